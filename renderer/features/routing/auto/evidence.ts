/** The user's judgements counted by kind and age. Pure. */
import { type Evidence, SIGNALS, type Signal } from '../../../../shared/auto.ts'
import type { Ms } from '../../../../shared/ids.ts'

const DAY_MS = 86_400_000
export const AGES = ['week', 'quarter', 'older'] as const
export type Age = (typeof AGES)[number]

export interface EvidenceCount {
  readonly signal: Signal
  readonly byAge: Readonly<Record<Age, number>>
  readonly total: number
  /** Of them, those that were good. */
  readonly good: number
}

export function ageOf(at: Ms, now: Ms): Age {
  const days = (now - at) / DAY_MS
  return days < 7 ? 'week' : days < 90 ? 'quarter' : 'older'
}

/** A row for each kind there is any of, in the order of their trust. */
export function countEvidence(evidence: readonly Evidence[], now: Ms): readonly EvidenceCount[] {
  return SIGNALS.flatMap((signal) => {
    const ofKind = evidence.filter((one) => one.signal === signal)
    if (ofKind.length === 0) return []
    const byAge: Record<Age, number> = { week: 0, quarter: 0, older: 0 }
    for (const { at } of ofKind) byAge[ageOf(at, now)]++
    return [{ signal, byAge, total: ofKind.length, good: ofKind.filter(({ quality }) => quality >= 0.5).length }]
  })
}
