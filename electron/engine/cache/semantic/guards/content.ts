import type { Word } from '../reading.ts'
import { LIGHT_WORDS } from '../words/function-words.ts'
import type { Guard } from './guard.ts'

const isLight = ({ lower, key }: Word): boolean => LIGHT_WORDS.has(lower) || LIGHT_WORDS.has(key)
const listed = (words: readonly Word[]): string => words.map(({ lower }) => lower).join(', ')

/** Every content word of one side is on the other: what the strict tier asks for. */
export const sameContent: Guard = {
  name: 'content words',
  check(_a, _b, { onlyA, onlyB }) {
    if (onlyA.length + onlyB.length === 0) return undefined
    return `words without a partner: ${listed([...onlyA, ...onlyB])}`
  },
}

/** One word in the place of another that does not mean the same. */
export const swap: Guard = {
  name: 'one word for another',
  check(_a, _b, { onlyA, onlyB }) {
    const [mine, yours] = [onlyA.filter((word) => !isLight(word)), onlyB.filter((word) => !isLight(word))]
    if (mine.length === 0 || yours.length === 0) return undefined
    return `one word for another: ${listed(mine)} for ${listed(yours)}`
  },
}

/** Share of the shorter question's words that may stand alone before the two are about different things. */
const MOST_UNMATCHED = 0.34

export const unmatched: Guard = {
  name: 'unmatched words',
  check(a, b, { onlyA, onlyB }) {
    const weight = [...onlyA, ...onlyB].reduce((sum, word) => sum + (isLight(word) ? 0.34 : 1), 0)
    const most = MOST_UNMATCHED * Math.min(a.words.length, b.words.length)
    return weight > most ? `too much stands on one side alone: ${listed([...onlyA, ...onlyB])}` : undefined
  },
}
