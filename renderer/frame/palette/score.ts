/** How well a few typed letters fit a title. Pure. */

const START_OF_TEXT = 8
const START_OF_WORD = 6
const NEXT_LETTER = 7
/** For each letter that is jumped over, up to `MOST_GAP`. */
const GAP = 0.25
const MOST_GAP = 3

/**
 * Higher is better; undefined: the letters do not all occur in this order. Beginnings of words and letters in a row count most, so that `opc` finds
 * `Open Costs` before `stop copying`. Each word of the query is looked for by itself, so their order does not matter.
 */
export function score(query: string, text: string): number | undefined {
  let sum = 0
  for (const word of folded(query).split(/\s+/).filter(Boolean)) {
    const found = scoreWord(word, folded(text))
    if (found === undefined) return undefined
    sum += found
  }
  // of two that fit alike the shorter one was meant
  return sum - text.length / 100
}

function scoreWord(word: string, text: string): number | undefined {
  let best: number | undefined
  for (let start = text.indexOf(word[0] ?? ''); start !== -1; start = text.indexOf(word[0] ?? '', start + 1)) {
    const from = scoreFrom(word, text, start)
    if (from !== undefined && (best === undefined || from > best)) best = from
  }
  return best
}

/** Takes each further letter where it begins a word, otherwise at its next place. */
function scoreFrom(word: string, text: string, start: number): number | undefined {
  let sum = placeValue(text, start)
  let at = start
  for (const letter of word.slice(1)) {
    const next = text.indexOf(letter, at + 1)
    if (next === -1) return undefined
    const begun = next === at + 1 ? next : (wordStart(text, letter, at + 1) ?? next)
    sum += begun === at + 1 ? NEXT_LETTER : placeValue(text, begun) - Math.min(MOST_GAP, (begun - at - 1) * GAP)
    at = begun
  }
  return sum
}

function placeValue(text: string, at: number): number {
  if (at === 0) return START_OF_TEXT
  return isWordStart(text, at) ? START_OF_WORD : 0
}

function wordStart(text: string, letter: string, from: number): number | undefined {
  for (let at = text.indexOf(letter, from); at !== -1; at = text.indexOf(letter, at + 1)) if (isWordStart(text, at)) return at
  return undefined
}

function isWordStart(text: string, at: number): boolean {
  return /[^\p{L}\p{N}]/u.test(text[at - 1] ?? ' ')
}

/** `Schlüssel` is found by `schlussel`. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
