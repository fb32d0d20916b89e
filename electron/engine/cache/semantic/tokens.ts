import { isCodeMark, isQuoteMark, type Literals } from './literals.ts'
import { MAGNITUDES, NUMBER_WORDS, ORDINAL_WORDS } from './words/number-words.ts'
import { BRITISH } from './words/spelling.ts'
import { CURRENCY_SIGNS, ONLY_BEHIND_A_NUMBER, UNITS } from './words/units.ts'

/** A piece of a question in reading order. `lower` is what rules look at, `raw` what was written. */
export interface Token {
  readonly kind: 'word' | 'number' | 'unit' | 'name' | 'code' | 'quote'
  readonly raw: string
  readonly lower: string
  readonly opensSentence: boolean
}

const PIECE =
  /[\uE000\uE001]|https?:\/\/[^\s]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:\p{L}\.){2,}|(?<![\p{L}\d])(?:[cC]\+\+|[cCfF]#|\.(?:net|NET|Net)\b)|\d+(?:[.,:/-]\d+)*(?:\s?%|°?\p{L}+)?|[$€£¥₹₩₽]|[\p{L}_][\p{L}\p{M}\d_]*(?:(?:\.(?=[a-z\d_])|::|'(?=\p{L}))[\p{L}\d_]+)*(?:\(\))?|[.!?]+(?=\s|$)|(?<=\s)--?[a-zA-Z][\w-]*/gu

/** Cuts reworded text into tokens. `1,000`, `1000` and `1k` are one number; `5km` is a number and a unit; `iphone7` is a word and a number. */
export function tokensOf({ rest, code, quotes }: Literals): readonly Token[] {
  const tokens: Token[] = []
  let opensSentence = true
  let nextCode = 0
  let nextQuote = 0
  const put = (kind: Token['kind'], raw: string, lower: string): void => {
    tokens.push({ kind, raw, lower, opensSentence })
    opensSentence = false
  }
  for (const [piece] of rest.matchAll(PIECE)) {
    if (isCodeMark(piece)) put('code', piece, code[nextCode++] ?? '')
    else if (isQuoteMark(piece)) put('quote', piece, quotes[nextQuote++] ?? '')
    else if (/^[.!?]/.test(piece) && !/^\.[a-z]/i.test(piece)) opensSentence = true
    else if (/^\d/.test(piece)) putNumber(piece, put)
    else if (CURRENCY_SIGNS.includes(piece)) put('unit', piece, UNITS.get(piece) ?? piece)
    else if (/^(https?:|.*@)/.test(piece)) put('name', piece, piece)
    else if (/^(\p{L}\.)+$/u.test(piece)) put('name', piece, piece.replaceAll('.', '').toLowerCase())
    else putWord(piece, put)
  }
  return joinNumbers(tokens)
}

type Put = (kind: Token['kind'], raw: string, lower: string) => void

function putNumber(piece: string, put: Put): void {
  const [, digits = piece, suffix = ''] = /^([\d.,:/-]*\d)\s?(.*)$/su.exec(piece) ?? []
  const behind = suffix.toLowerCase()
  const magnitude = behind.length <= 2 ? MAGNITUDES.get(behind) : undefined
  const unit = UNITS.get(behind)
  if (/^(st|nd|rd|th)$/.test(behind)) put('number', piece, `${canonicalNumber(digits)}th`)
  else if (behind === 's' && /^\d{2,4}$/.test(digits)) put('number', piece, `${digits}s`)
  else if (unit !== undefined && !(behind === 'm' && magnitude === undefined)) {
    put('number', digits, canonicalNumber(digits, true))
    put('unit', suffix, unit)
  } else if (magnitude !== undefined && /^[kmb]n?$/.test(behind)) put('number', piece, String(Number(canonicalNumber(digits, true)) * magnitude))
  else if (behind === '') for (const part of digits.split(/(?<=^\d+)-(?=\d+$)/)) put('number', part, canonicalNumber(part))
  else {
    put('number', digits, canonicalNumber(digits))
    put('word', suffix, behind)
  }
}

/**
 * One spelling for one value: thousands separators go, a decimal comma becomes a point. "3.10" stays apart from "3.1" (versions) unless `isAmount`.
 */
export function canonicalNumber(text: string, isAmount = false): string {
  let digits = text
  if (/^\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?$/.test(digits)) digits = digits.replaceAll(',', '')
  else if (/^\d+,\d{1,2}$/.test(digits)) digits = digits.replace(',', '.')
  if (/^\d+$/.test(digits)) return digits.replace(/^0+(?=\d)/, '')
  return isAmount && /^\d+\.\d+$/.test(digits) ? String(Number(digits)) : digits
}

function putWord(piece: string, put: Put): void {
  const plain = piece.replace(/'s$/i, '')
  const lower = plain.toLowerCase()
  const numbered = /^(\p{L}+)(\d+)(\p{L}*)$/u.exec(plain)
  // an option of a command keeps its dashes; a name keeps its case
  if (/^--?[a-z]/i.test(piece)) put('name', piece, piece)
  else if (/[_:]|\.\p{L}|\(\)|\.\d/u.test(plain)) put('name', plain, plain)
  else if (numbered !== null) {
    const [, before = '', digits = '', after = ''] = numbered
    put('word', before, before.toLowerCase())
    put('number', digits, canonicalNumber(digits))
    if (after !== '') put('word', after, after.toLowerCase())
  }
  // "R" is a language, "r" is a hasty "are"
  else put('word', piece, plain.length === 1 && plain !== lower ? lower : (BRITISH.get(lower) ?? lower))
}

/** Number words become numbers, and "2 million" one number. */
function joinNumbers(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = []
  for (const [index, token] of tokens.entries()) {
    const last = joined.at(-1)
    if (token.kind !== 'word') {
      joined.push(token)
      continue
    }
    const value = NUMBER_WORDS.get(token.lower)
    const magnitude = token.lower.length > 2 ? MAGNITUDES.get(token.lower) : undefined
    const ordinal = ORDINAL_WORDS.get(token.lower)
    if (magnitude !== undefined && last?.kind === 'number' && Number.isFinite(Number(last.lower))) {
      joined[joined.length - 1] = { ...last, raw: `${last.raw} ${token.raw}`, lower: String(Number(last.lower) * magnitude) }
    } else if (magnitude !== undefined) joined.push({ ...token, kind: 'number', lower: String(magnitude) })
    else if (value !== undefined && token.lower !== 'one') {
      // "twenty five"
      if (last?.kind === 'number' && /^[a-z]/i.test(last.raw) && value < 10 && Number(last.lower) >= 20 && Number(last.lower) % 10 === 0)
        joined[joined.length - 1] = { ...last, raw: `${last.raw} ${token.raw}`, lower: String(Number(last.lower) + value) }
      else joined.push({ ...token, kind: 'number', lower: String(value) })
    } else if (token.lower === 'one' && UNITS.has(tokens[index + 1]?.lower ?? '')) joined.push({ ...token, kind: 'number', lower: '1' })
    else if (ordinal !== undefined && !(token.lower === 'second' && last?.kind === 'number')) joined.push({ ...token, kind: 'number', lower: `${ordinal}th` })
    else if (UNITS.has(token.lower) && (last?.kind === 'number' || !ONLY_BEHIND_A_NUMBER.has(token.lower)))
      joined.push({ ...token, kind: 'unit', lower: UNITS.get(token.lower) ?? token.lower })
    else joined.push(token)
  }
  return joined
}
