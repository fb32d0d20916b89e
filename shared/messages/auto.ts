/** Why automatic routing chose a model, and why others could not be chosen. */
import type { Task, Tier } from '../auto.ts'
import type { Need } from '../chat.ts'
import { formatUsd, type NanoUsd } from '../money.ts'
import type { MessageOf, Said, Sentences } from './message.ts'

/** From easy to hard, in spreads of the training questions; the last has no upper end. */
export const HARDNESS = ['easy', 'rather-easy', 'usual', 'rather-hard', 'hard'] as const
export type Hardness = (typeof HARDNESS)[number]
const HARDNESS_WORDS: Readonly<Record<Hardness, string>> = {
  easy: 'easy',
  'rather-easy': 'rather easy',
  usual: 'of usual difficulty',
  'rather-hard': 'rather hard',
  hard: 'hard',
}
const HARDNESS_UP_TO = [-1, -0.3, 0.3, 1]

export function hardnessOf(difficulty: number): Hardness {
  const place = HARDNESS_UP_TO.findIndex((most) => difficulty <= most)
  return HARDNESS.at(place) as Hardness
}

interface Expectation {
  readonly model: string
  /** 0 to 1 */
  readonly quality: number
  readonly cost: NanoUsd | undefined
}

interface Line {
  readonly task: Task
  readonly hardness: Hardness
  readonly chosen: Expectation & { readonly why: Said }
  readonly unsure: Said | undefined
  readonly runnerUp: Expectation | undefined
  /** Only where it is not the chosen one. */
  readonly best: Expectation | undefined
}

const percent = (share: number): string => `${Math.round(100 * share)} %`

export const AUTO_REASONS = {
  // why this one
  'stays-with-conversation': () => 'stays with the conversation',
  'only-one': () => 'the only one that can',
  'best-of-all': () => 'the best of those that can',
  'cheapest-with': ({ percent: share }: { percent: number }) => `the cheapest with ${share} % of the best one's quality`,
  'cheapest-of-use': () => 'the cheapest of use, since its answer is checked',
  'of-tier': ({ tier, because }: { tier: Tier; because: Said }, say) => `${tier} (${say(because)})`,
  'by-auto': ({ before, line }: { before: Said | undefined; line: Said }, say) =>
    before === undefined ? `auto: ${say(line)}` : `${say(before)}, then auto: ${say(line)}`,
  'auto-line': ({ task, hardness, chosen, unsure, runnerUp, best }: Line, say) => {
    const parts = [
      `${task}, ${HARDNESS_WORDS[hardness]}: ${chosen.model}, ${say(chosen.why)} (${percent(chosen.quality)} expected, about ${formatUsd(chosen.cost)})`,
      ...(unsure === undefined ? [] : [`unsure (${say(unsure)}), so it went up`]),
      ...(runnerUp === undefined ? [] : [`runner-up ${runnerUp.model} (${percent(runnerUp.quality)}, ${formatUsd(runnerUp.cost)})`]),
      ...(best === undefined ? [] : [`the best, ${best.model}, would be ${percent(best.quality)} for ${formatUsd(best.cost)}`]),
    ]
    return `${parts.join('; ')}.`
  },
  'unlike-training': () => 'the prompt is unlike what was trained on',
  'task-unclear': () => 'it is not clear what kind of task this is',

  // how a tier was read
  'set-by-you': () => 'set by you',
  family: ({ family }: { family: string }) => `family: ${family}`,
  'size-in-name': ({ billions }: { billions: number }) => `${billions} billion parameters, by its name`,
  'word-in-name': () => 'by a word in its name',
  'by-its-price': () => 'by its price',
  'nothing-known': () => 'nothing is known of it',

  // why not that one
  'not-of-pair': () => 'not one of the two of this pair',
  'not-of-alias': () => 'not one of this alias',
  'not-allowed': () => 'not among the allowed models',
  excluded: () => 'excluded',
  'not-answering': () => 'not answering at the moment',
  'stays-on-machine': () => 'data must stay on this machine',
  'host-keeps-data': () => 'its host may keep data',
  'leaves-regions': ({ regions }: { regions: readonly string[] }) => `data would leave ${regions.join(', ')}`,
  'does-not-fit': ({ tokens }: { tokens: number }) => `the conversation does not fit (${tokens} tokens)`,
  'writes-less': () => 'cannot write as long an answer',
  'not-known-to': ({ need }: { need: Need }) => `not known to do ${need}`,
  'fewer-tools': ({ most, asked }: { most: number; asked: number }) => `takes ${most} tools, not ${asked}`,
  'budget-left': () => 'more than the budget has left',

  // why an answer was set aside
  'not-good-enough': ({ why }: { why: Said }, say) => `not good enough: ${say(why)}`,
  'was-judge': () => 'it judged another answer',
  'was-sample': () => 'it was asked to see whether the model is sure',
  'broke-off': ({ said }: { said: Said }, say) => `it broke off: ${say(said)}`,
  declines: () => 'it declines to answer',
  'is-empty': () => 'it is empty',
  'calls-unknown-tool': ({ tool }: { tool: string }) => `it calls a tool that there is not, ${tool}`,
  'arguments-no-object': ({ tool }: { tool: string }) => `the arguments for ${tool} are no JSON object`,
  'arguments-lack': ({ tool, field }: { tool: string; field: string }) => `the arguments for ${tool} lack ${field}`,
  'no-json-object': () => 'it is no JSON object',
  'samples-agree': ({ agreeing, asked }: { agreeing: number; asked: number }) => `${agreeing} of ${asked} further answers agree with it`,

  'retrained-with': ({ judgements }: { judgements: number }) => `${judgements} judgements`,
} satisfies Sentences

export type AutoReason = MessageOf<typeof AUTO_REASONS>
