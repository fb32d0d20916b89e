/** What a request will probably cost at a model, before it is asked: its input at the price of a warm or cold prefix, and a usual length of answer. Pure. */
import type { Task } from '../../../../shared/auto.ts'
import { asNanoUsd, type NanoUsd } from '../../../../shared/money.ts'
import type { Prices, TokenPrices } from '../../../../shared/routing.ts'

/** Usual lengths of answers in tokens; orders of magnitude, replaced by the user's own as soon as there are some. */
const USUAL_OUTPUT: Readonly<Record<Task, number>> = {
  ...{ code: 600, maths: 350, knowledge: 200, reasoning: 300, extraction: 200, classification: 30, translation: 300, summarising: 300, creative: 700 },
  ...{ chat: 250, 'agent-step': 250, 'long-context': 500 },
}
/** A translation or a rewriting is about as long as what it is made from. */
const AS_LONG_AS_INPUT: ReadonlySet<Task> = new Set(['translation'])
const LONGEST_GUESS = 4_000

export interface CostFacts {
  readonly inputTokens: number
  /** Of those, what the provider of the conversation's model still has in its prompt cache. */
  readonly warmTokens: number
  readonly outputTokens: number
}

export function expectedOutput(task: Task, inputTokens: number, most: number | undefined, own?: number): number {
  const usual = own ?? (AS_LONG_AS_INPUT.has(task) ? Math.max(50, inputTokens) : USUAL_OUTPUT[task])
  return Math.min(usual, most ?? LONGEST_GUESS, LONGEST_GUESS)
}

/** undefined where a price is missing: unknown is not free. */
export function expectedCost(price: Prices | undefined, { inputTokens, warmTokens, outputTokens }: CostFacts): NanoUsd | undefined {
  const rates = ratesFor(price, inputTokens)
  if (rates?.input === undefined || rates.output === undefined) return undefined
  const warm = Math.min(warmTokens, inputTokens)
  return asNanoUsd(Math.round(((inputTokens - warm) * rates.input + warm * (rates.cacheRead ?? rates.input) + outputTokens * rates.output) / 1000))
}

function ratesFor(price: Prices | undefined, inputTokens: number): TokenPrices | undefined {
  return price?.tiers?.findLast(({ overInputTokens }) => inputTokens > overInputTokens)?.microUsdPerMillion ?? price?.microUsdPerMillion
}
