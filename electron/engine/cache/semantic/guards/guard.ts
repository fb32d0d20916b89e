import type { Alike, CacheReason, Gate } from '../../../../../shared/messages/cache-reasons.ts'
import type { Alignment } from '../alignment.ts'
import type { Reading } from '../reading.ts'

/** What a guard has against serving one answer for both. */
export interface Objection {
  readonly why: CacheReason
  /** 1 refuses alone. Less is a doubt: the strict tier refuses on any, the guarded tier when doubts add up. */
  readonly weight: number
}

/** Something that must agree between two questions. A guard may object and never approve. */
export interface Guard {
  readonly name: Gate
  /** Pure, some microseconds. */
  check(a: Reading, b: Reading, alignment: Alignment): Objection | undefined
}

/** A doubt counts so much unless its guard says otherwise: one or two are let through, three are not. */
const DOUBT = 0.45

export const veto = (why: CacheReason | undefined): Objection | undefined => (why === undefined ? undefined : { why, weight: 1 })
export const doubt = (why: CacheReason | undefined, weight = DOUBT): Objection | undefined => (why === undefined ? undefined : { why, weight })

/** Items that one list has more often than the other, as `[only in one, only in the other]`. */
export function surplus(one: readonly string[], other: readonly string[]): readonly [readonly string[], readonly string[]] {
  const rest = [...other]
  const mine = one.filter((item) => {
    const found = rest.indexOf(item)
    if (found >= 0) rest.splice(found, 1)
    return found < 0
  })
  return [mine, rest]
}

/** "numbers differ: 5 and 6", "only one has numbers: 5"; undefined when both lists hold the same. */
export function differing(what: Alike, one: readonly string[], other: readonly string[]): CacheReason | undefined {
  const [mine, yours] = surplus(one, other)
  if (mine.length === 0 && yours.length === 0) return undefined
  if (mine.length === 0 || yours.length === 0) return { code: 'one-has', what, words: [...mine, ...yours] }
  return { code: 'differ', what, one: mine, other: yours }
}
