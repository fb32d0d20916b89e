/** What a prompt looks like, whatever it is about: lengths, numbers, options, code, its question's frame. Pure, one reading of at most 4,000 characters. */

/** Of a longer text the beginning and the end are read: instructions stand there. */
const READ_HEAD = 3_000
const READ_TAIL = 1_000

export const STRUCTURE = [
  ...['characters', 'words', 'word-length', 'long-words', 'very-long-words', 'sentences', 'sentence-length', 'distinct-words', 'lines'],
  ...['digits', 'numbers', 'distinct-numbers', 'largest-number', 'decimals', 'percent', 'money', 'fractions'],
  ...['operators', 'latex', 'equations', 'code-signs', 'indented-lines', 'code-words', 'fences', 'quotes', 'parentheses'],
  ...['capitals', 'names', 'other-scripts', 'greek-or-symbols', 'uppercase-words'],
  ...['options', 'option-length', 'option-spread', 'numeric-options', 'stem-length', 'one-word-options', 'all-or-none', 'stem-word-length'],
  ...['question-mark', 'blank', 'following', 'negated', 'statements', 'what', 'which', 'how', 'how-many', 'why', 'who-when-where', 'true-false', 'if'],
  ...['multi-step', 'compared', 'rates', 'imperative', 'best-or-most', 'function-words', 'common-words', 'second-person', 'story', 'calculate', 'named-law'],
] as const
export type StructureName = (typeof STRUCTURE)[number]

const FUNCTION_WORDS = new Set(
  (
    'the of and to a in is it that for on was with as be by at or an are from this which not have has had but they their he she his her its we you your i my me ' +
    'will would can could should may might do does did if then than so what when where who how why all each there these those been were into about between'
  ).split(' '),
)
/** Everyday words: prompts made of them are read by every model alike. */
const COMMON_WORDS = new Set(
  (
    'people time day year week month hour minute man woman boy girl child children friend family mother father house home school work job money dollar dollars ' +
    'buy bought sell sold cost costs price pay paid give gave get got make made go went come came take took say said see saw know knew think want need use used ' +
    'find found tell told ask asked put keep kept let begin leave left call good new first last long great little own other old right big high small large next ' +
    'early young few same more most many much some any only very just also now here well even back after before over under again both two three four five six ' +
    'seven eight nine ten half twice food water book car city country world life hand part place case point company number group problem fact eat play run walk ' +
    'read write start stop open close live die love like look feel try help show move turn wear drink sleep red blue green white black dog cat bird fish tree'
  ).split(' '),
)

const OPTION = /(?:^|\n)\s*\(?([A-J])[.):]\s*([^\n]*)/g

/** Values of `STRUCTURE`, in its order; counts as logarithms, shares as they are. */
export function structureOf(whole: string): Float64Array {
  const text = whole.length <= READ_HEAD + READ_TAIL ? whole : `${whole.slice(0, READ_HEAD)}\n${whole.slice(-READ_TAIL)}`
  const lower = text.toLowerCase()
  const out = new Float64Array(STRUCTURE.length)
  let at = 0
  const put = (value: number): void => {
    out[at++] = value
  }
  const count = (pattern: RegExp, of = lower): number => of.match(pattern)?.length ?? 0

  const signs = countSigns(text)
  const options = [...text.matchAll(OPTION)].map(([, , option]) => option?.trim() ?? '')
  const stem = options.length >= 3 ? text.slice(0, text.search(OPTION)) : text
  const words = lower.match(/\p{L}+/gu) ?? []
  const stemWords = options.length >= 3 ? (stem.match(/\p{L}+/gu) ?? []) : words
  const perWord = 1 / Math.max(1, words.length)
  let letters = 0
  let long = 0
  let veryLong = 0
  let functionWords = 0
  let common = 0
  for (const word of words) {
    letters += word.length
    if (word.length >= 7) long++
    if (word.length >= 10) veryLong++
    if (FUNCTION_WORDS.has(word)) functionWords++
    else if (COMMON_WORDS.has(word)) common++
  }
  const sentences = Math.max(1, count(/[.!?](?:\s|$)/g, stem))
  const numbers = text.match(/\d+(?:[.,]\d+)*/g) ?? []
  const values = numbers.map((number) => Number(number.replaceAll(',', ''))).filter(Number.isFinite)

  put(Math.log(1 + whole.length))
  put(Math.log(1 + words.length))
  put(letters * perWord)
  put(long * perWord)
  put(veryLong * perWord)
  put(Math.log(sentences))
  put(Math.log(1 + stemWords.length / sentences))
  put(new Set(words).size * perWord)
  put(Math.log(1 + signs.lines))

  put(signs.digits / Math.max(1, text.length))
  put(Math.log(1 + numbers.length))
  put(Math.log(1 + new Set(numbers).size))
  put(Math.log10(1 + values.reduce((most, value) => Math.max(most, value), 0)))
  put(Math.log(1 + count(/\d\.\d/g)))
  put(Math.log(1 + count(/%|percent/g)))
  put(Math.log(1 + count(/[$€£]\s?\d|dollar/g)))
  put(Math.log(1 + count(/\d\s?\/\s?\d|\bhalf\b|\bthird\b|\bquarter\b|\bfrac/g)))

  put(Math.log(1 + signs.operators))
  put(Math.log(1 + count(/\\[a-z]+/g)))
  put(Math.log(1 + count(/=/g)))
  put(signs.code / Math.max(1, text.length))
  put(Math.log(1 + count(/\n(?: {2,}|\t)\S/g)))
  put(Math.log(1 + count(/\b(?:def|return|function|class|import|const|for|while|print|assert|int|str|list|lambda|null|none|self|var|void)\b/g)))
  put(Math.log(1 + count(/```|<\/?[a-z]+>/g)))
  put(Math.log(1 + signs.quotes))
  put(Math.log(1 + signs.parentheses))

  put(signs.capitals / Math.max(1, signs.letters))
  put(Math.log(1 + count(/(?<=[\p{Ll},;] )\p{Lu}\p{Ll}+/gu, stem)))
  put(signs.wide / Math.max(1, text.length))
  put(Math.log(1 + count(/[\u0370-\u03ff\u2200-\u22ff\u00b0-\u00b9√×·→]/g)))
  put(Math.log(1 + count(/\b[A-Z]{2,}\b/g, text)))

  const lengths = options.map((option) => option.length)
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length)
  put(options.length / 10)
  put(Math.log(1 + meanLength))
  put(lengths.length === 0 ? 0 : Math.sqrt(lengths.reduce((sum, length) => sum + (length - meanLength) ** 2, 0) / lengths.length) / (1 + meanLength))
  put(options.length === 0 ? 0 : options.filter((option) => /^[-$£€]?\s?[\d.,]+/.test(option)).length / options.length)
  put(options.length === 0 ? 0 : Math.log(1 + stem.length))
  put(options.length === 0 ? 0 : options.filter((option) => !option.includes(' ')).length / options.length)
  put(count(/(?:all|none|both) of (?:the|these)/g))
  put(stemWords.reduce((sum, word) => sum + word.length, 0) / Math.max(1, stemWords.length))

  const flag = (pattern: RegExp, of = lower): void => put(pattern.test(of) ? 1 : 0)
  const asked = lower.slice(0, stem.length)
  flag(/\?/, asked)
  flag(/_{2,}|\.{4,}/, asked)
  flag(/following/, asked)
  flag(/\bnot\b|\bexcept\b|\bleast\b|\bfalse\b|\bincorrect\b|n't\b/, asked)
  flag(/statement|\bi\.|\bii\b|scenario/, asked)
  flag(/\bwhat\b/, asked)
  flag(/\bwhich\b/, asked)
  flag(/\bhow\b(?! (?:many|much))/, asked)
  flag(/\bhow (?:many|much)\b/, asked)
  flag(/\bwhy\b|because/, asked)
  flag(/\bwho\b|\bwhen\b|\bwhere\b/, asked)
  flag(/\btrue\b/, lower)
  put(Math.log(1 + count(/\bif\b|\bsuppose\b|\bassum/g, asked)))

  put(Math.log(1 + count(/\b(?:then|after|before|remaining|left|rest|total|altogether|each|every|per|first|next|finally)\b/g, asked)))
  put(Math.log(1 + count(/\b(?:more|less|fewer|older|younger|times|twice|than)\b/g, asked)))
  put(Math.log(1 + count(/\b(?:per|rate|ratio|speed|average|mean|probability|interest|percent)\b/g, asked)))
  flag(/^\W*(?:write|find|calculate|compute|solve|determine|prove|show|list|give|explain|evaluate|complete|translate|summari[sz]e|implement)\b/, lower)
  flag(/\b(?:best|most|primary|primarily|main|mainly|likely)\b/, asked)
  put(functionWords * perWord)
  put(common * perWord)
  flag(/\byou\b|\byour\b/, asked)
  put(Math.log(1 + count(/\b(?:he|she|his|her|him|they|their)\b/g, asked)))
  flag(/calculat|comput|determine|estimate|evaluate|\bfind\b|solve/, asked)
  flag(/\b(?:law|theorem|theory|principle|model|hypothesis|effect|equation|act|amendment|syndrome|disease)\b/, lower)
  return out
}

interface Signs {
  readonly lines: number
  readonly digits: number
  readonly operators: number
  readonly code: number
  readonly quotes: number
  readonly parentheses: number
  readonly capitals: number
  readonly letters: number
  readonly wide: number
}

function countSigns(text: string): Signs {
  let lines = 1
  let digits = 0
  let operators = 0
  let code = 0
  let quotes = 0
  let parentheses = 0
  let capitals = 0
  let small = 0
  let wide = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign >= 97 && sign <= 122) small++
    else if (sign >= 65 && sign <= 90) capitals++
    else if (sign >= 48 && sign <= 57) digits++
    else if (sign === 10) lines++
    else if (sign > 127) wide++
    else if (sign === 40 || sign === 41) parentheses++
    else if (sign === 34 || sign === 39 || sign === 96) quotes++
    else if (sign === 42 || sign === 43 || sign === 45 || sign === 47 || sign === 61 || sign === 94 || sign === 60 || sign === 62) operators++
    else if (sign === 123 || sign === 125 || sign === 59 || sign === 91 || sign === 93 || sign === 95) code++
  }
  return { lines, digits, operators, code, quotes, parentheses, capitals, letters: Math.max(1, capitals + small), wide }
}
