import { z } from 'zod'
import { reads } from '../contract.ts'
import type { IsoDate } from '../ids.ts'
import type { NanoUsd } from '../money.ts'
import { MOST_RECONCILED_GROUPS } from '../reconcile-limits.ts'

/** What a provider's export and our ledger can both say. undefined: the export does not say it, or our ledger does not know it. */
export interface Measured {
  /** All that went in, what prompt caches gave and took included. */
  readonly input: number | undefined
  /** Reasoning included. */
  readonly output: number | undefined
  readonly cost: NanoUsd | undefined
}

export interface MeasuredHere extends Measured {
  readonly requests: number
  /** Requests whose cost nobody knows; with any, `cost` is a lower bound, and undefined where it is all of them. */
  readonly unpriced: number
}

/** `missing-here`: the provider counted it and our ledger has nothing; `missing-there`: the other way round. */
export const RECONCILE_KINDS = ['differs', 'missing-here', 'missing-there', 'matched'] as const
export type ReconcileKind = (typeof RECONCILE_KINDS)[number]

export interface ReconcileRow {
  /** A day in UTC, as providers count them. */
  readonly day: IsoDate
  /** As the export writes it, or as we do where it is missing there; '' for all models together. */
  readonly model: string
  readonly kind: ReconcileKind
  readonly theirs: Measured | undefined
  readonly ours: MeasuredHere | undefined
  /** Theirs less ours. */
  readonly difference: Measured
}

export interface Reconciliation {
  readonly provider: string
  readonly from: IsoDate
  /** The last day, included. */
  readonly to: IsoDate
  /** Whether the export tells models apart. */
  readonly byModel: boolean
  /** By day, then by model. */
  readonly rows: readonly ReconcileRow[]
  readonly counts: Readonly<Record<ReconcileKind, number>>
  readonly theirs: Measured
  readonly ours: MeasuredHere
  readonly difference: Measured
}

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const group = z.object({
  day: z.iso.date(),
  model: z.string().max(300),
  input: count.optional(),
  output: count.optional(),
  /** Nano-USD; credits given back make it negative. */
  cost: z.number().int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER).optional(),
})
/** One day and model of an export, summed up. */
export type ExportGroup = z.infer<typeof group>

export const reconcileApi = {
  /** Compares sums out of a provider's export with the ledger's. Nothing is kept, and the file itself never comes here. */
  'costs.reconcile': reads(
    z.object({ provider: z.string().min(1).max(100), groups: z.array(group).min(1).max(MOST_RECONCILED_GROUPS) }),
  ).returns<Reconciliation>(),
}
