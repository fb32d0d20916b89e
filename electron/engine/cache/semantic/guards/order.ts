import type { Alignment } from '../alignment.ts'
import type { Reading, Word } from '../reading.ts'
import { compares } from '../words/adjectives.ts'
import { POSSESSIVES, SCOPE } from '../words/function-words.ts'
import { doubt, type Guard, type Objection, veto } from './guard.ts'

/** Roles that say who does what to whom, or from where to where. */
const DIRECTED = new Set(['from', 'to', 'by', 'than', 'before', 'after', 'against', 'over', 'under', 'with', 'without'])

/** Roles that a word takes up when a compound is taken apart: "coverage of tests", "pages about Rome". */
const COMPOUND = new Set(['of', 'for', 'in', 'about', 'as'])

/** From or to, by or to, before or after: a phrase keeps its part. */
export const direction: Guard = {
  name: 'direction',
  check(a, b, { pairs }) {
    if (areActiveAndPassive(a, b, pairs)) return undefined
    for (const [one, other] of pairs) {
      if (one.role === other.role || one.role === '' || other.role === '') continue
      if (DIRECTED.has(one.role) && DIRECTED.has(other.role)) return veto({ code: 'another-part', word: one.lower, one: one.role, other: other.role })
    }
    if (hasAgent(a) === hasAgent(b)) return undefined
    const why = { code: 'one-says-by-whom' } as const
    return verbOf(hasAgent(a) ? a : b, pairs) === undefined ? doubt(why) : veto(why)
  },
}

/** "line by line" and "by the way" name nobody. */
const hasAgent = ({ tokens }: Reading): boolean =>
  tokens.some(
    ({ lower }, at) =>
      lower === 'by' && tokens[at - 1]?.lower !== tokens[at + 1]?.lower && !/^(?:way|far|mistake|default|hand)$/.test(tokens[at + 1]?.lower ?? ''),
  )

/** The same words in another order ask something else, unless the order is one of those below. */
export const order: Guard = {
  name: 'word order',
  check(a, b, { pairs }: Alignment) {
    if (areActiveAndPassive(a, b, pairs)) return undefined
    const keys = pairs.map(([one]) => one.key)
    const once = pairs
      .filter(([one]) => !POSSESSIVES.has(one.lower) && keys.indexOf(one.key) === keys.lastIndexOf(one.key))
      .toSorted(([one], [other]) => one.at - other.at)
    let worst: Objection | undefined
    for (let index = 0; index < once.length; index++) {
      for (let next = index + 1; next < once.length; next++) {
        const [first, second] = [once[index], once[next]]
        if (first === undefined || second === undefined || first[1].at < second[1].at) continue
        if (mayChangePlaces(first, second, a, b)) continue
        const why = { code: 'word-order', first: first[0].lower, second: second[0].lower } as const
        // words of one phrase, such as its adjectives, move more freely than who does what to whom
        const withinPhrase = isCompound(first[0], second[0], a) && isCompound(second[1], first[1], b)
        const symmetric = a.frames[0] === 'difference' && b.frames[0] === 'difference'
        const mild =
          (withinPhrase && first[0].kind === 'word' && second[0].kind === 'word') ||
          symmetric ||
          !(isArgument(first[0]) || isArgument(second[0]) || haveChangedPlaces(once, index, next))
        worst = mild ? (worst ?? doubt(why)) : veto(why)
        if (!mild) return worst
      }
    }
    return worst
  },
}

type Pair = Alignment['pairs'][number]

/** What stands in a relation by its place: names, numbers, units, quotations. */
const isArgument = ({ kind, isName }: Word): boolean => isName || kind !== 'word'

/** All other words keep their order: these two, and no block of words, were exchanged. */
function haveChangedPlaces(inOrder: readonly Pair[], index: number, next: number): boolean {
  const there = inOrder.map(([, other]) => other.at)
  ;[there[index], there[next]] = [there[next] ?? 0, there[index] ?? 0]
  return there.every((at, place) => place === 0 || at > (there[place - 1] ?? 0))
}

/** `first` stands before `second` in `a` and behind it in `b`. */
function mayChangePlaces([first, firstThere]: Pair, [second, secondThere]: Pair, a: Reading, b: Reading): boolean {
  // "and" and "or" join equals
  if (areJoined(first, second, a) && areJoined(secondThere, firstThere, b)) return true
  // each keeps its preposition: "in India for students", "for students in India"
  if (first.role === firstThere.role && second.role === secondThere.role && first.role !== second.role) return true
  // a compound taken apart or put together: "test coverage", "coverage of tests"
  if (isCompound(first, second, a) && COMPOUND.has(firstThere.role) && secondThere.role !== firstThere.role) return true
  if (isCompound(secondThere, firstThere, b) && COMPOUND.has(second.role) && first.role !== second.role) return true
  // "Hoffman's theory", "theory by Hoffman"
  if (isOwner(first) && /^(?:of|by)$/.test(firstThere.role)) return true
  if (isOwner(secondThere) && /^(?:of|by)$/.test(second.role)) return true
  // "the tallest mountain", "which mountain is the tallest"
  return (SUPERLATIVE.test(first.lower) && isPredicate(firstThere, b)) || (SUPERLATIVE.test(second.lower) && isPredicate(second, a))
}

const SUPERLATIVE = /^(?:most|least|best|worst|good|favou?rite|\p{L}{2,}est|\d+th)$/u
function isPredicate({ at }: Word, { tokens }: Reading): boolean {
  const [before, earlier] = [tokens[at - 1]?.lower ?? '', tokens[at - 2]?.lower ?? '']
  return BE.test(before) || (/^(?:the|most|your|my)$/.test(before) && (BE.test(earlier) || earlier === 'the'))
}
const BE = /^(?:is|are|was|were)$/

const isOwner = ({ raw }: Word): boolean => /['’]s?$/.test(raw)

/** Nothing but content words between them. */
function isCompound(first: Word, second: Word, { words }: Reading): boolean {
  return words.filter(({ at }) => at >= first.at && at <= second.at).length === second.at - first.at + 1
}

/** Where "and" or "or" joins two words, either may come first. */
function areJoined(first: Word, second: Word, { tokens }: Reading): boolean {
  return tokens.slice(first.at + 1, second.at).some(({ lower }) => /^(?:and|or|vs|versus|nor)$/.test(lower))
}

/** "Did Ann buy the house?" and "Was the house bought by Ann?": whoever stands behind "by" must stand before the verb of the other, the rest behind it. */
function areActiveAndPassive(a: Reading, b: Reading, pairs: readonly Pair[]): boolean {
  if (hasAgent(a) === hasAgent(b)) return false
  const passive = hasAgent(a) ? a : b
  const verb = verbOf(passive, pairs)
  if (verb === undefined) return false
  const sides = sidesOf(passive, pairs)
  const agents = sides.filter(({ there }) => there.role === 'by')
  const patients = sides.filter(({ there }) => there.at < verb.there.at)
  return agents.length > 0 && patients.length > 0 && agents.every(({ here }) => here.at < verb.here.at) && patients.every(({ here }) => here.at > verb.here.at)
}

interface Sides {
  readonly there: Word
  readonly here: Word
}

/** The pairs with the passive sentence's word as `there`. */
const sidesOf = (passive: Reading, pairs: readonly Pair[]): readonly Sides[] =>
  pairs.map(([one, other]) => (passive.words.includes(one) ? { there: one, here: other } : { there: other, here: one }))

/** The verb that both share and that stands between "was" and "by"; undefined where "by" has another sense. */
function verbOf(passive: Reading, pairs: readonly Pair[]): Sides | undefined {
  const by = passive.tokens.findIndex(({ lower }) => lower === 'by')
  if (!passive.tokens.slice(0, Math.max(0, by - 1)).some(({ lower }) => /^(?:is|are|was|were|be|been|being)$/.test(lower))) return undefined
  return sidesOf(passive, pairs).find(({ there }) => there.at === by - 1)
}

/** Comparatives and superlatives that stand on one side alone. */
export const comparatives: Guard = {
  name: 'comparatives',
  check(_a, _b, { onlyA, onlyB }) {
    const found = [...onlyA, ...onlyB].filter(
      ({ kind, lower, isName }) => kind === 'word' && !isName && compares(lower) && !SCOPE.has(lower) && lower !== 'best' && lower !== 'better',
    )
    if (found.length === 0) return undefined
    const why = { code: 'one-compares', words: found.map(({ lower }) => lower) } as const
    return found.every(({ lower }) => lower.endsWith('st')) && !(onlyA.some((word) => found.includes(word)) && onlyB.some((word) => found.includes(word)))
      ? doubt(why)
      : veto(why)
  },
}
