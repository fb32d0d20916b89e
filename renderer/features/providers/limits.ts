/** Limits of a key as they are typed: every field may be empty, which means no limit. */
import type { Settings } from '../../../shared/settings.ts'

export type KeyLimit = Settings['routing']['keyLimits'][string]
export const KEY_LIMITS = ['weight', 'rpm', 'tpm', 'concurrency'] as const satisfies readonly (keyof KeyLimit)[]
export type KeyLimitName = (typeof KEY_LIMITS)[number]
export type TypedLimit = Readonly<Record<KeyLimitName, string>>

export type ReadLimit = { readonly is: 'limit'; readonly limit: KeyLimit } | { readonly is: 'unreadable'; readonly fields: readonly KeyLimitName[] }

/** As in shared/settings.ts. */
const MOST_WEIGHT = 1_000

/** What was typed; a weight may have decimals, the others are whole. */
export function readLimit(typed: TypedLimit): ReadLimit {
  const numbers = KEY_LIMITS.flatMap((name) => {
    const text = typed[name].trim().replace(',', '.')
    return text === '' ? [] : [[name, Number(text)] as const]
  })
  const fields = numbers.filter(([name, value]) => !isFit(name, value)).map(([name]) => name)
  return fields.length > 0 ? { is: 'unreadable', fields } : { is: 'limit', limit: Object.fromEntries(numbers) }
}

function isFit(name: KeyLimitName, value: number): boolean {
  if (!(value > 0) || !Number.isFinite(value)) return false
  return name === 'weight' ? value <= MOST_WEIGHT : Number.isSafeInteger(value)
}
