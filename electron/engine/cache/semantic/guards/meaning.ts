import type { Frame } from '../frame.ts'
import type { Reading } from '../reading.ts'
import { PRONOUNS, SCOPE } from '../words/function-words.ts'
import { differing, doubt, type Guard, type Objection, surplus, veto } from './guard.ts'

/** Frames that one answer often serves alike: "What is recursion?", "Explain recursion". */
const COMPATIBLE = new Set([
  'what task',
  'meaning task',
  'meaning what',
  'difference task',
  'difference what',
  'how-to task',
  'how-many task',
  'how-much task',
  'how-many what',
  'how-much what',
  'how-to how',
  'who task',
  'where task',
  'when task',
])
/** Frames whose answers often hold each other: "How is yoga good for you?", "Is yoga good for you?". A doubt, no veto. */
const AKIN = new Set([
  'how yes-no',
  'yes-no task',
  'how task',
  'how what',
  'how-to what',
  'what where',
  'why yes-no',
  'what what-if',
  'how-to yes-no',
  'when what',
  'who what',
  'how-far how',
  'how-far what',
  'how-often how',
])

const stands = (set: ReadonlySet<string>, one: Frame, other: Frame): boolean => set.has(`${one} ${other}`) || set.has(`${other} ${one}`)
const agree = (one: Frame, other: Frame): boolean => one === other || stands(COMPATIBLE, one, other)

/** What, why, how, who, when, where or yes and no: the same kind of answer is asked for. */
export const frame: Guard = {
  name: 'question frame',
  check(a, b) {
    const [one, other] = [a.frames, b.frames]
    const [mine, yours] = [
      one.filter((asked) => !other.some((there) => agree(asked, there))),
      other.filter((asked) => !one.some((there) => agree(asked, there))),
    ]
    if (mine.length + yours.length === 0) return undefined
    const why = { code: 'asked-differently', one, other } as const
    // a second question behind the common first one, or one that an answer to the other touches: "Should it? Why?", "Why should it?"
    if (mine.length === 0 || yours.length === 0) {
      const isPart = one.every((asked) => other.includes(asked)) || other.every((asked) => one.includes(asked))
      return isPart || agree(one[0] as Frame, other[0] as Frame) ? doubt(why) : veto(why)
    }
    return mine.length === 1 && yours.length === 1 && stands(AKIN, mine[0] as Frame, yours[0] as Frame) ? doubt(why) : veto(why)
  },
}

const scopeOf = ({ tokens }: Reading): readonly string[] =>
  tokens.filter(({ kind, lower }) => kind === 'word' && SCOPE.has(lower)).map(({ lower }) => SOMEBODY.get(lower) ?? lower)

/** Words that widen or narrow what is asked. */
export const scope: Guard = {
  name: 'scope',
  check(a, b) {
    const [one, other] = [scopeOf(a), scopeOf(b)]
    const why = differing('scope words', one, other)
    return surplus(one, other)
      .flat()
      .every((word) => MILD.has(word))
      ? doubt(why)
      : veto(why)
  },
}
const SOMEBODY = new Map(['somebody', 'anyone', 'anybody'].map((word) => [word, 'someone']))
/** Often said without narrowing anything. */
const MILD = new Set('any all just every most even entire whole especially mostly mainly'.split(' '))

const OWNERS = new Map(Object.entries({ my: 'mine', mine: 'mine', our: 'mine', ours: 'mine', your: 'yours', yours: 'yours' }))

/** Mine or yours. */
export const owners: Guard = {
  name: 'owner',
  check(a, b) {
    const ownersOf = ({ tokens, frames }: Reading): readonly string[] => {
      const found = tokens.flatMap(({ lower }) => OWNERS.get(lower) ?? [])
      return frames[0] === 'how-to' ? found.map(() => 'mine') : found
    }
    const [one, other] = [new Set(ownersOf(a)), new Set(ownersOf(b))]
    const why = differing('whose', [...one], [...other])
    return one.size > 0 && other.size > 0 ? veto(why) : doubt(why)
  },
}

/** He, she, they: content, for only the words around them tell whom they mean. */
export const pronouns: Guard = {
  name: 'pronouns',
  check(a, b) {
    const found = ({ tokens }: Reading): readonly string[] =>
      tokens
        .filter(({ lower }) => PRONOUNS.has(lower) && !lower.startsWith('it'))
        .map(({ lower }) =>
          lower.replace(/^(hers|his|him|theirs|them)$/, (form) => ({ hers: 'her', his: 'he', him: 'he', theirs: 'their', them: 'they' })[form] ?? form),
        )
    const [one, other] = [found(a), found(b)]
    const why = differing('pronouns', one, other)
    return surplus(one, other)
      .flat()
      .every((pronoun) => pronoun === 'their')
      ? doubt(why)
      : veto(why)
  },
}

/** When something holds: now, once, some day, no longer. */
function timesOf({ reworded }: Reading): readonly string[] {
  const text = ` ${reworded.toLowerCase()} `
  const times: string[] = []
  if (/ (?:was|were|did|had|used to) /.test(text)) times.push('past')
  if (/ (?:will|shall|going to|gonna) /.test(text)) times.push('future')
  if (/ used? to (?:be|have|do|live|work|play)/.test(text) || / used to /.test(text.replace(/ (?:is|are|was|were|be|get|getting|got) used to /, ' ')))
    times.push('once')
  if (/ (?:am|is|are|was|were|been) (?:\S+ ){0,4}(?:becoming|turning into) | (?:is|are|was|were) getting /.test(text)) times.push('becoming')
  if (/ (?:still|no longer|any ?more|anymore|yet|already) /.test(text)) times.push('still')
  return times
}

export const times: Guard = {
  name: 'time',
  check(a, b): Objection | undefined {
    const [one, other] = [timesOf(a), timesOf(b)]
    const why = differing('time', one, other)
    const tenseOnly = surplus(one, other)
      .flat()
      .every((time) => time === 'past' || time === 'future' || time === 'still')
    // who it was and who it is are two people; how a thing was made is told alike in any tense
    return tenseOnly && a.frames[0] !== 'who' && a.frames[0] !== 'yes-no' ? doubt(why) : veto(why)
  },
}

const MODALS = new Map(
  Object.entries({
    can: 'can',
    could: 'can',
    may: 'can',
    might: 'can',
    should: 'should',
    must: 'should',
    shall: 'should',
    ought: 'should',
    will: 'will',
    would: 'would',
  }),
)

/** "Can", "should" and "is" ask for three answers; how-to questions are the same with any of them. */
export const modality: Guard = {
  name: 'modality',
  check(a, b) {
    // different frames are the other guard's to judge
    if (a.frames[0] !== b.frames[0] || a.frames[0] === 'how-to') return undefined
    const yesNo = a.frames[0] === 'yes-no'
    const found = ({ tokens }: Reading): readonly string[] =>
      [...new Set(tokens.flatMap(({ lower }) => MODALS.get(lower) ?? []))].filter((modal) => yesNo || modal === 'should')
    const [one, other] = [found(a), found(b)]
    const why = differing('modality', one, other)
    return one.length > 0 && other.length > 0 ? veto(why) : doubt(why)
  },
}

/** "What is a hash for?" and "What is a hash?": a small word at the very end bears the question. */
export const ending: Guard = {
  name: 'ending',
  check(a, b) {
    const [one, other] = [a.tokens.at(-1), b.tokens.at(-1)]
    if (one === undefined || other === undefined || one.lower === other.lower) return undefined
    const small = [one, other].filter(({ kind, lower }) => kind === 'word' && ENDINGS.has(lower))
    return small.length === 0 ? undefined : doubt({ code: 'ends-with', words: small.map(({ lower }) => lower) })
  },
}
const ENDINGS = new Set(
  'for of in on at to with by from about as like you me us someone anyone it this that do have off out up down over through into'.split(' '),
)
