/**
 * Whether two answers to one question say the same, as far as their words tell: equal numbers, and most of the longer words of the shorter answer in the
 * other one too. A model's second answer is never equal to its first; this finds answers to different questions, not slips in one of them.
 */
const SHARED_AT_LEAST = 0.5
/** Shorter words are the same in all texts of a language. */
const WORD_CHARACTERS = 4
/** Beyond, long answers name numbers (steps, years) by the way. */
const SHORT_CHARACTERS = 200

export function agree(one: string, other: string): boolean {
  const [a, b] = [plain(one), plain(other)]
  if (a === b) return true
  if (Math.max(a.length, b.length) <= SHORT_CHARACTERS && numbers(a) !== numbers(b)) return false
  const [mine, theirs] = [words(a), words(b)]
  const [fewer, more] = mine.size <= theirs.size ? [mine, theirs] : [theirs, mine]
  if (fewer.size === 0) return false
  const shared = [...fewer].filter((word) => more.has(word)).length
  return shared / fewer.size >= SHARED_AT_LEAST
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

function numbers(text: string): string {
  return (text.match(/\d+(?:[.,]\d+)*/g) ?? []).sort().join(' ')
}

function words(text: string): ReadonlySet<string> {
  const all = text.match(/[\p{L}\p{N}]+/gu) ?? []
  const long = all.filter((word) => word.length >= WORD_CHARACTERS)
  return new Set(long.length === 0 ? all : long)
}
