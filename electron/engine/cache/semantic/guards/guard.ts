import type { Alignment } from '../alignment.ts'
import type { Reading } from '../reading.ts'

/** Something that must agree between two questions. A guard may refuse and never approve. */
export interface Guard {
  readonly name: string
  /** Why one answer cannot serve both, in words for the screen; undefined when this guard has nothing against it. Pure, some microseconds. */
  check(a: Reading, b: Reading, alignment: Alignment): string | undefined
}

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
export function differing(what: string, one: readonly string[], other: readonly string[]): string | undefined {
  const [mine, yours] = surplus(one, other)
  if (mine.length === 0 && yours.length === 0) return undefined
  if (mine.length === 0 || yours.length === 0) return `only one has ${what}: ${[...mine, ...yours].join(', ')}`
  return `${what} differ: ${mine.join(', ')} and ${yours.join(', ')}`
}
