import type { JsonObject, Tokens } from '../../../../shared/chat.ts'
import { totalInput, totalOutput } from '../../../../shared/chat.ts'
import { COUNTING, restOf } from '../counting.ts'
import { known, numberOf, objectOf } from '../json.ts'

const { cached: CACHED, reasoning: REASONING } = COUNTING['cohere-v2']

/**
 * Cohere's counts as disjoint buckets. `tokens` is what the model read and wrote; `billed_units` leaves its hidden preamble out and is the smaller
 * one, so a cost made of `tokens` is an upper bound. Cached tokens are part of the input, reasoning is part of the output.
 */
export function readUsage(usage: JsonObject | undefined): Tokens | undefined {
  const tokens = objectOf(usage?.tokens) ?? objectOf(usage?.billed_units)
  const input = numberOf(tokens?.input_tokens)
  const output = numberOf(tokens?.output_tokens)
  if (input === undefined && output === undefined) return undefined
  const cached = numberOf(usage?.cached_tokens)
  const cacheRead = cached !== undefined && cached <= (input ?? 0) ? cached : undefined
  const thought = numberOf(tokens?.reasoning_tokens)
  const reasoning = thought !== undefined && thought <= (output ?? 0) ? thought : undefined
  return {
    ...(input === undefined ? {} : { input: restOf(input, CACHED, cacheRead) }),
    ...(output === undefined ? {} : { output: restOf(output, REASONING, reasoning) }),
    ...known({ cacheRead, reasoning }),
  }
}

export function writeUsage(tokens: Tokens): JsonObject {
  const counts = known({ input_tokens: totalInput(tokens), output_tokens: totalOutput(tokens) })
  return {
    billed_units: counts,
    tokens: { ...counts, ...known({ reasoning_tokens: tokens.reasoning }) },
    ...known({ cached_tokens: tokens.cacheRead }),
  }
}
