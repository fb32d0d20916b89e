import type { Reading, Word } from './reading.ts'
import { areRelated } from './words/derivation.ts'
import { areNear, areSynonyms } from './words/synonyms.ts'
import { isMisspelling } from './words/typos.ts'

/** Which words of two questions answer to each other, and which stand alone. */
export interface Alignment {
  readonly pairs: readonly (readonly [Word, Word])[]
  readonly onlyA: readonly Word[]
  readonly onlyB: readonly Word[]
  /** Pairs that met as synonyms or as a misspelling, not by the same key. */
  readonly loose: number
  /** Pairs that share no more than a root ("decoration", "decorating") or are near in meaning ("tool", "gadget"): not for the strict tier. */
  readonly related: number
}

/** Pairs words by key, then run together ("web site", "website"), then misspelled, then by synonym. Each word is used once, earlier ones first. */
export function align(a: Reading, b: Reading): Alignment {
  const pairs: [Word, Word][] = []
  let left = [...a.words]
  let right = [...b.words]
  const pairUp = (meets: (one: Word, other: Word) => boolean): number => {
    const before = pairs.length
    left = left.filter((one) => {
      const found = right.findIndex((other) => meets(one, other))
      if (found < 0) return true
      pairs.push([one, right[found] as Word])
      right.splice(found, 1)
      return false
    })
    return pairs.length - before
  }
  pairUp((one, other) => one.key === other.key)
  ;[left, right] = joinCompounds(left, right, pairs)
  ;[right, left] = joinCompounds(right, left, pairs, true)
  const misspelled = pairUp((one, other) => isPlain(one) && isPlain(other) && isMisspelling(one.lower, other.lower))
  const synonyms = pairUp(
    (one, other) => one.kind === 'word' && other.kind === 'word' && (areSynonyms(one.key, other.key) || areSynonyms(one.lower, other.lower)),
  )
  const related = pairUp(
    (one, other) =>
      isPlain(one) &&
      isPlain(other) &&
      (isMisspelling(one.lower, other.lower, true) || areRelated(one.lower, other.lower) || areNear(one.key, other.key) || areNear(one.lower, other.lower)),
  )
  return { pairs, onlyA: left, onlyB: right, loose: misspelled + synonyms, related }
}

const isPlain = (word: Word): boolean => word.kind === 'word' && !word.isName

function joinCompounds(parts: readonly Word[], wholes: readonly Word[], pairs: [Word, Word][], swapped = false): [Word[], Word[]] {
  const leftParts = [...parts]
  const leftWholes = wholes.filter((whole) => {
    for (let index = 0; index + 1 < leftParts.length; index++) {
      const [one, next] = [leftParts[index], leftParts[index + 1]]
      if (one === undefined || next === undefined || next.at !== one.at + 1 || one.lower + next.lower !== whole.lower) continue
      pairs.push(swapped ? [whole, one] : [one, whole])
      leftParts.splice(index, 2)
      return false
    }
    return true
  })
  return [leftParts, leftWholes]
}
