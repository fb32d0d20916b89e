import type { Reading, Word } from '../reading.ts'
import { compares } from '../words/adjectives.ts'
import { LIGHT_WORDS, POSSESSIVES, SCOPE } from '../words/function-words.ts'
import { doubt, type Guard, veto } from './guard.ts'

const LIGHT = 0.3
const weightOf = ({ lower, key }: Word): number => (LIGHT_WORDS.has(lower) || LIGHT_WORDS.has(key) ? LIGHT : 1)
const listed = (words: readonly Word[]): readonly string[] => words.map(({ lower }) => lower)

/** Every content word of one side has its partner on the other: what the strict tier asks for. */
export const sameContent: Guard = {
  name: 'content words',
  check(_a, _b, { onlyA, onlyB, related }) {
    if (onlyA.length + onlyB.length > 0) return veto({ code: 'no-partner', words: listed([...onlyA, ...onlyB]) })
    return related === 0 ? undefined : veto({ code: 'near-in-meaning' })
  },
}

/** One word in the place of another that does not mean the same. */
export const swap: Guard = {
  name: 'one word for another',
  check(_a, _b, { onlyA, onlyB }) {
    const speaks = (word: Word): boolean => weightOf(word) === 1 && !POSSESSIVES.has(word.lower) && !SCOPE.has(word.lower)
    const [mine, yours] = [onlyA.filter(speaks), onlyB.filter(speaks)]
    return mine.length === 0 || yours.length === 0 ? undefined : veto({ code: 'one-for-another', one: listed(mine), other: listed(yours) })
  },
}

/** Share of the shorter question's words that may stand alone before the two are about different things. */
const MOST_UNMATCHED = 0.8
/** Yes and no turn on a single word, whomever they are asked of: "Is Ann a doctor?", "Is Ann a good doctor?". There names do not make a question long. */
const MOST_UNMATCHED_YES_NO = 0.55

/** What one side says beyond the other. Weighs more the shorter the questions are. */
export const unmatched: Guard = {
  name: 'unmatched words',
  check(a, b, { onlyA, onlyB }) {
    // those that another guard speaks for
    const alone = [...onlyA, ...onlyB].filter(({ lower }) => !POSSESSIVES.has(lower) && !SCOPE.has(lower) && !compares(lower))
    if (alone.length === 0) return undefined
    const yesNo = a.frames[0] === 'yes-no' || b.frames[0] === 'yes-no'
    const long = Math.min(countOf(a, yesNo), countOf(b, yesNo))
    const most = (yesNo ? MOST_UNMATCHED_YES_NO : MOST_UNMATCHED) * long
    return doubt({ code: 'on-one-side', words: listed(alone) }, Math.min(1, most === 0 ? 1 : alone.reduce((sum, word) => sum + weightOf(word), 0) / most))
  },
}

const countOf = ({ words }: Reading, withoutNames: boolean): number => (withoutNames ? words.filter(({ isName }) => !isName) : words).length
