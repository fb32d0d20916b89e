import type { Reading, Word } from '../reading.ts'
import { areAntonyms } from '../words/antonyms.ts'
import { FUNCTION_WORDS } from '../words/function-words.ts'
import { stem } from '../words/stem.ts'
import { differing, type Guard, surplus, veto } from './guard.ts'

const NEGATIONS = new Set('not no never without neither nor none nobody nothing nowhere hardly barely scarcely non isn aren'.split(' '))
/** Verbs that turn what follows into its opposite. */
const REVERSERS = new Set('except excluding exclude avoid prevent refuse fail lack instead unless rather besides apart minus'.split(' '))

const negationsOf = ({ tokens }: Reading): readonly string[] =>
  tokens.filter(({ kind, lower }) => kind === 'word' && NEGATIONS.has(lower)).map(({ lower }) => (lower === 'without' ? 'without' : 'not'))

/** "not", "no", "never", "without" and their kind: as many on both sides. */
export const negation: Guard = { name: 'negation', check: (a, b) => veto(differing('a negation', negationsOf(a), negationsOf(b))) }

const reversersOf = (words: readonly Word[]): readonly string[] =>
  words.filter(({ key, lower }) => REVERSERS.has(lower) || REVERSERS.has(key)).map(({ lower }) => lower)

/** "except", "avoid", "instead of" without a partner on the other side. */
export const exceptions: Guard = {
  name: 'exceptions',
  check: (_a, _b, { onlyA, onlyB }) => veto(differing('an exception', reversersOf(onlyA), reversersOf(onlyB))),
}

/** A word on one side whose opposite stands on the other: on and off, before and after, lock and unlock. Small words count too. */
export const antonyms: Guard = {
  name: 'antonyms',
  check(a, b, { onlyA, onlyB }) {
    const [mine, yours] = [standing(a, onlyA), standing(b, onlyB)]
    const [left, right] = surplus(mine, yours)
    for (const one of left)
      for (const other of right) if (areAntonyms(one, other) || areAntonyms(stem(one), stem(other))) return veto({ code: 'opposites', one, other })
    // "show hidden files", "hide files": the opposite of what stands alone is said elsewhere
    for (const [alone, there] of [
      [onlyA, b.words],
      [onlyB, a.words],
    ] as const)
      for (const one of alone)
        for (const other of there)
          if (areAntonyms(one.key, stem(other.key)) || areAntonyms(one.lower, other.lower))
            return veto({ code: 'opposites', one: one.lower, other: other.lower })
    return undefined
  },
}

/** The unmatched content words of a question and all its small words. */
function standing({ tokens }: Reading, only: readonly Word[]): readonly string[] {
  return [...only.map(({ lower }) => lower), ...tokens.filter(({ kind, lower }) => kind === 'word' && FUNCTION_WORDS.has(lower)).map(({ lower }) => lower)]
}
