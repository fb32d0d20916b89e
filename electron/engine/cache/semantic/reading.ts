import { type Frame, framesOf } from './frame.ts'
import { takeLiterals } from './literals.ts'
import { reword } from './rewording.ts'
import { type Token, tokensOf } from './tokens.ts'
import { FUNCTION_WORDS, ROLES } from './words/function-words.ts'
import { stem } from './words/stem.ts'

/** A word that bears content, with what is known of its place. */
export interface Word {
  readonly kind: Token['kind']
  readonly raw: string
  readonly lower: string
  /** What is compared: the stem of a word, the value of a number, code as it stands. */
  readonly key: string
  /** The preposition that governs the phrase it stands in ("from", "to", "by" ...); '' without one. */
  readonly role: string
  /** Written like a name: a capital inside a sentence, a digit, an underscore. */
  readonly isName: boolean
  /** Its place among all tokens. */
  readonly at: number
}

/** A question read once: everything the guards compare. */
export interface Reading {
  readonly text: string
  readonly reworded: string
  readonly frames: readonly Frame[]
  readonly tokens: readonly Token[]
  readonly words: readonly Word[]
  readonly code: readonly string[]
  readonly quotes: readonly string[]
}

/** Reads a question. About 30 microseconds for a sentence; readings of cached questions are kept. */
export function readQuestion(text: string): Reading {
  const literals = takeLiterals(text.normalize('NFC'))
  const reworded = reword(literals.rest)
  const tokens = tokensOf({ ...literals, rest: reworded })
  return { text, reworded, frames: framesOf(reworded), tokens, words: wordsOf(tokens), code: literals.code, quotes: literals.quotes }
}

/** Above this share of capitals, small words among them, a text is a headline, and capitals say nothing. */
const HEADLINE = 0.6

function wordsOf(tokens: readonly Token[]): readonly Word[] {
  const written = tokens.filter(({ kind, raw }) => kind === 'word' && raw.length > 1)
  const capitals = written.filter(({ raw }) => isCapitalised(raw))
  const isHeadline = capitals.length > HEADLINE * written.length && capitals.some(({ lower, opensSentence }) => !opensSentence && FUNCTION_WORDS.has(lower))
  const shouts = written.length > 1 && written.filter(({ raw }) => raw === raw.toUpperCase()).length > HEADLINE * written.length
  const words: Word[] = []
  let role = ''
  let roleIsFresh = true
  tokens.forEach((token, at) => {
    const { kind, lower, opensSentence } = token
    const raw = token.raw.replace(/'s$/i, '')
    const acronym = !shouts && kind === 'word' && raw.length > 1 && raw.length <= 5 && raw === raw.toUpperCase() && /\p{L}/u.test(raw)
    const letter = kind === 'word' && raw.length === 1 && raw !== raw.toLowerCase() && !opensSentence && raw !== 'I' && !shouts
    if (kind === 'word' && !letter && !(acronym && !opensSentence)) {
      const here = ROLES.get(lower)
      if (here !== undefined) {
        role = here
        roleIsFresh = true
      } else if (
        FUNCTION_WORDS.has(lower) &&
        /^(?:and|or|is|are|was|were|do|does|did|can|could|will|would|should|i|you|we|that|which|who|what|how|why|when|where|if|so|but|has|have|had)$/.test(
          lower,
        )
      ) {
        // a new clause; "and" goes on with the phrase before it
        if (lower !== 'and' && lower !== 'or') role = ''
        roleIsFresh = false
      }
      if (FUNCTION_WORDS.has(lower)) return
    }
    const isName = kind === 'name' || kind === 'code' || (kind === 'word' && (acronym || letter || (!opensSentence && !isHeadline && isCapitalised(raw))))
    words.push({ kind, raw: token.raw, lower, key: keyOf(token, acronym && !opensSentence), role: roleIsFresh || role !== '' ? role : '', isName, at })
  })
  return words
}

const isCapitalised = (raw: string): boolean => /^\p{Lu}/u.test(raw)

function keyOf({ kind, lower }: Token, isAcronym: boolean): string {
  if (kind !== 'word') return kind === 'number' ? `#${lower}` : lower
  // "US" is not "us", "IT" is not "it"
  if (isAcronym && FUNCTION_WORDS.has(lower)) return `${lower}.`
  return stem(/\P{ASCII}/u.test(lower) ? withoutAccents(lower) : lower)
}

const withoutAccents = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/(?<=[a-z])\p{M}+/gu, '')
    .normalize('NFC')
