import type { Reading } from '../reading.ts'
import { AMBIGUOUS, PROGRAMMED, SAME_LANGUAGE, SPOKEN } from '../words/languages.ts'
import { differing, type Guard } from './guard.ts'

/** Code spans, byte for byte. */
export const code: Guard = { name: 'code', check: (a, b) => differing('code', a.code, b.code) }

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
    return differing('quotations', unmatched(a, b), unmatched(b, a))
  },
}

/** Words with a capital inside a sentence, identifiers, file names, addresses. A name one letter away is another name. */
export const names: Guard = {
  name: 'names',
  check(_a, _b, { onlyA, onlyB }) {
    const mine = onlyA.filter(({ isName, kind }) => isName && kind !== 'code').map(({ raw }) => raw)
    const yours = onlyB.filter(({ isName, kind }) => isName && kind !== 'code').map(({ raw }) => raw)
    return mine.length + yours.length === 0 ? undefined : differing('names', mine, yours)
  },
}

function languagesOf({ tokens }: Reading): readonly string[] {
  return tokens.flatMap(({ kind, raw, lower, opensSentence }, at) => {
    if (kind !== 'word' && kind !== 'name') return []
    if (!SPOKEN.has(lower) && !PROGRAMMED.has(lower)) return []
    const before = tokens[at - 1]?.lower ?? ''
    const sure = !AMBIGUOUS.has(lower) || (raw !== lower && !opensSentence) || /^(in|into|using|with|to)$/.test(before)
    return sure ? [SAME_LANGUAGE.get(lower) ?? lower] : []
  })
}

/** The languages asked for or about, spoken and programmed. */
export const languages: Guard = {
  name: 'languages',
  check: (a, b) => differing('languages', [...new Set(languagesOf(a))], [...new Set(languagesOf(b))]),
}
