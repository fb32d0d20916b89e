import { diffWordsWithSpace } from 'diff'

/** Two answers with nothing in common take long to compare and show nothing. */
const LONGEST_MS = 400

export interface DiffPart {
  readonly is: 'same' | 'added' | 'removed'
  readonly text: string
}

/** Word by word from `one` to `other`; undefined when they are too large and too different to compare. */
export function wordDiff(one: string, other: string): readonly DiffPart[] | undefined {
  const changes = diffWordsWithSpace(one, other, { timeout: LONGEST_MS })
  return changes?.map(({ value, added, removed }) => ({ is: added ? 'added' : removed ? 'removed' : 'same', text: value }))
}

/** Words of `other` that stand in `one` too, of all words of the longer one, 0 to 1. */
export function sameShare(parts: readonly DiffPart[]): number {
  const words = (kinds: readonly DiffPart['is'][]): number =>
    parts.filter(({ is }) => kinds.includes(is)).reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0)
  const longer = Math.max(words(['same', 'added']), words(['same', 'removed']))
  return longer === 0 ? 1 : words(['same']) / longer
}
