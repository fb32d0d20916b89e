/** Why a question was not answered from the cache in other words: what a guard had against it, what excluded it, or what evidence was missing. */
import { type MessageOf, type Sentences, speaker } from './message.ts'

/** What two questions must have alike. */
export type Alike =
  | 'numbers'
  | 'units'
  | 'dates'
  | 'symbols'
  | 'code'
  | 'quotations'
  | 'names'
  | 'languages'
  | 'scope words'
  | 'whose'
  | 'pronouns'
  | 'time'
  | 'modality'
  | 'a negation'
  | 'an exception'

interface Words {
  readonly words: readonly string[]
}
interface Sides {
  readonly one: readonly string[]
  readonly other: readonly string[]
}

const listed = (words: readonly string[]): string => words.join(', ')
/** Of a share, 0 to 1. */
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

export const CACHE_REASONS = {
  differ: ({ what, one, other }: Sides & { what: Alike }) => `${what} differ: ${listed(one)} and ${listed(other)}`,
  'one-has': ({ what, words }: Words & { what: Alike }) => `only one has ${what}: ${listed(words)}`,
  'symbol-order': ({ one, other }: Sides) => `symbols stand in another order: ${one.join(' ')} and ${other.join(' ')}`,
  'no-partner': ({ words }: Words) => `words without a partner: ${listed(words)}`,
  'near-in-meaning': () => 'some words are near in meaning, not the same',
  'one-for-another': ({ one, other }: Sides) => `one word for another: ${listed(one)} for ${listed(other)}`,
  'on-one-side': ({ words }: Words) => `stands on one side alone: ${listed(words)}`,
  opposites: ({ one, other }: { one: string; other: string }) => `opposites: ${one} and ${other}`,
  'asked-differently': ({ one, other }: Sides) => `asked for differently: ${one.join(' + ')} and ${other.join(' + ')}`,
  'ends-with': ({ words }: Words) => `only one ends with "${words.join('", "')}"`,
  'another-part': ({ word, one, other }: { word: string; one: string; other: string }) => `"${word}" plays another part: ${one} and ${other}`,
  'one-says-by-whom': () => 'only one says by whom or by what',
  'word-order': ({ first, second }: { first: string; second: string }) => `order differs: ${first}, ${second}`,
  'one-compares': ({ words }: Words) => `only one compares: ${listed(words)}`,

  'last-turn-not-users': () => 'the last turn is not the user’s',
  'offers-tools': () => 'offers tools',
  'tool-loop': () => 'stands in a tool loop',
  attachments: () => 'has attachments',
  temperature: ({ above }: { above: number }) => `temperature above ${above}`,
  'several-answers': () => 'asks for several answers',
  'many-turns': ({ most }: { most: number }) => `more than ${most} earlier turns`,
  empty: () => 'is empty',
  'too-long': ({ most }: { most: number }) => `longer than ${most} characters`,
  'private-use': () => 'holds private-use characters',
  'code-block': () => 'holds a block of code',
  'new-each-time': ({ word }: { word: string }) => `asks for something new each time: ${word}`,
  'changes-with-time': ({ word }: { word: string }) => `asks for something that changes with time: ${word}`,
  'refers-back': ({ word }: { word: string }) => `refers to earlier turns: ${word}`,
  'too-short': () => 'too short to stand for itself within a conversation',

  /** A similarity, 0 to 1. */
  'was-wrong': ({ above }: { above: number }) => `this answer or one near it was wrong before; it needs a similarity above ${above.toFixed(3)} now`,
  /** Shares, 0 to 1, here and below. */
  'kind-unproved': ({ bound, accepted }: { bound: number; accepted: number }) =>
    `up to ${percent(bound)} of such matches may be wrong, more than the ${percent(accepted)} you accept`,
  'answer-doubtful': ({ rate, accepted }: { rate: number; accepted: number }) =>
    `this answer is expected to be wrong ${percent(rate)} of the time, more than the ${percent(accepted)} you accept`,
  shadow: () => 'shadow mode',
} satisfies Sentences

export type CacheReason = MessageOf<typeof CACHE_REASONS>

const say = speaker(CACHE_REASONS)

/** For logs, the ledger and whoever reads the admin API. */
export function reasonInEnglish(reason: CacheReason): string {
  return say(reason)
}

/** The gates, as the threshold tester lists them. */
export const GATES = [
  ...(['eligibility', 'numbers', 'units', 'symbols', 'dates', 'languages', 'code', 'quotes', 'negation', 'exceptions', 'antonyms', 'names'] as const),
  ...(['question frame', 'pronouns', 'owner', 'scope', 'time', 'modality', 'direction', 'word order', 'comparatives', 'ending', 'content words'] as const),
  ...(['one word for another', 'unmatched words'] as const),
] as const
export type Gate = (typeof GATES)[number]
