/** How often questions that have nothing to do with each other pass the strict gate all the same: the figure behind `CHANCE_MATCH`. */
import { objections, refuses } from '../../../electron/engine/cache/semantic/gate.ts'
import { type Reading, readQuestion } from '../../../electron/engine/cache/semantic/reading.ts'
import type { Pair, PairSet } from './data.ts'

const MOST_PAIRS = 100_000
const MOST_TEXTS = 1_500
/** Of the one-sided 90 % bound where nothing was found, -ln 0.1. */
const NONE_FOUND = Math.LN10

export function printChance(sets: readonly PairSet[]): void {
  console.info('\n## questions of one file that no row joins, strict tier\n')
  for (const { name, pairs } of sets) {
    const { compared, passed } = chanceOf(pairs)
    const bound = passed === 0 && compared > 0 ? `; at most one in ${Math.floor(compared / NONE_FOUND)} at 90 %` : ''
    console.info(`${name}: ${passed} of ${compared} pairs pass${bound}`)
  }
}

function chanceOf(pairs: readonly Pair[]): { readonly compared: number; readonly passed: number } {
  const joined = components(pairs)
  const stride = Math.ceil(joined.size / MOST_TEXTS)
  const texts = [...joined.keys()].filter((_, index) => index % stride === 0)
  const readings = texts.map((text): Reading => readQuestion(text))
  const all = (texts.length * (texts.length - 1)) / 2
  let [compared, passed, state] = [0, 0, 1]
  const look = (one: number, other: number): void => {
    const [a, b] = [readings[one], readings[other]]
    if (a === undefined || b === undefined || joined.get(a.text) === joined.get(b.text)) return
    compared++
    if (!refuses(objections(a, b, 'strict'), 'strict')) passed++
  }
  if (all <= MOST_PAIRS) for (let one = 0; one < texts.length; one++) for (let other = one + 1; other < texts.length; other++) look(one, other)
  else
    for (let draw = 0; draw < MOST_PAIRS; draw++) {
      // a dice of its own, the same in every run (Numerical Recipes' constants)
      const [one, other] = [0, 0].map(() => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0
        return Math.floor((state / 2 ** 32) * texts.length)
      }) as [number, number]
      look(one, other)
    }
  return { compared, passed }
}

/** Each text with the root of those that rows join it to, whatever their label says. */
function components(pairs: readonly Pair[]): ReadonlyMap<string, string> {
  const parents = new Map<string, string>()
  const rootOf = (text: string): string => {
    let root = text
    for (let above = parents.get(root); above !== undefined && above !== root; above = parents.get(root)) root = above
    parents.set(text, root)
    return root
  }
  for (const { a, b } of pairs) {
    for (const text of [a, b]) if (!parents.has(text)) parents.set(text, text)
    parents.set(rootOf(a), rootOf(b))
  }
  return new Map([...parents.keys()].map((text) => [text, rootOf(text)]))
}
