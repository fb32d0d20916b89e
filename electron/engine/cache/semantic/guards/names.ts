import type { Reading, Word } from '../reading.ts'
import { AMBIGUOUS, PROGRAMMED, SAME_LANGUAGE, SPOKEN } from '../words/languages.ts'
import { differing, doubt, type Guard, veto } from './guard.ts'

/** Code spans, byte for byte. */
export const code: Guard = { name: 'code', check: (a, b) => veto(differing('code', a.code, b.code)) }

const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s.,!?;:'"]+/g, ' ')
    .trim()

/** Quotations as they stand; one side may have left the marks away. */
export const quotes: Guard = {
  name: 'quotes',
  check(a, b) {
    const unmatched = (one: Reading, other: Reading): readonly string[] =>
      one.quotes.filter((quote) => !other.quotes.includes(quote) && (other.quotes.length > 0 || !` ${bare(other.text)} `.includes(` ${bare(quote)} `)))
    return veto(differing('quotations', unmatched(a, b), unmatched(b, a)))
  },
}

/** Words with a capital inside a sentence, identifiers, file names, addresses. A name one letter away is another name. */
export const names: Guard = {
  name: 'names',
  check(a, b, { onlyA, onlyB, pairs }) {
    const [mine, yours] = [onlyA.filter(isNameAlone), onlyB.filter(isNameAlone)]
    if (mine.length + yours.length === 0) return undefined
    const why = differing(
      'names',
      mine.map(({ raw }) => raw),
      yours.map(({ raw }) => raw),
    )
    if (mine.length > 0 && yours.length > 0) return veto(why)
    // "Trump", "Donald Trump": one side may say a name in full
    const [fuller, matched] = mine.length > 0 ? [a, pairs.map(([one]) => one)] : [b, pairs.map(([, other]) => other)]
    const inFull = [...mine, ...yours].every(
      (name) =>
        name.kind === 'word' &&
        !PLACE_PREFIXES.has(name.lower) &&
        matched.some((other) => other.isName && other.kind === 'word' && other.at === name.at + 1 && fuller.tokens[name.at]?.kind === 'word'),
    )
    return inFull ? doubt(why) : veto(why)
  },
}

/** Before a name these make another name of it. */
const PLACE_PREFIXES = new Set(
  'north south east west northern southern eastern western new old great upper lower saint san papua equatorial inner outer'.split(' '),
)

const isNameAlone = ({ isName, kind }: Word): boolean => isName && kind !== 'code'

function languagesOf({ tokens }: Reading): readonly string[] {
  return tokens.flatMap(({ kind, raw, lower, opensSentence }, at) => {
    if (kind !== 'word' && kind !== 'name') return []
    if (!SPOKEN.has(lower) && !PROGRAMMED.has(lower)) return []
    const before = tokens[at - 1]?.lower ?? ''
    const sure =
      !AMBIGUOUS.has(lower) ||
      /^(?:programming|language|compiler|code)$/.test(tokens[at + 1]?.lower ?? '') ||
      (raw !== lower && !opensSentence) ||
      (lower === 'go' ? /^(?:in|into|using)$/ : /^(?:in|into|using|with|to)$/).test(before)
    return sure ? [SAME_LANGUAGE.get(lower) ?? lower] : []
  })
}

/** The languages asked for or about, spoken and programmed. */
export const languages: Guard = {
  name: 'languages',
  check: (a, b) => veto(differing('languages', [...new Set(languagesOf(a))], [...new Set(languagesOf(b))])),
}
