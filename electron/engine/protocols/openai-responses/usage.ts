import type { JsonObject, Tokens } from '../../../../shared/chat.ts'
import { totalInput, totalOutput } from '../../../../shared/chat.ts'
import { COUNTING, restOf } from '../counting.ts'
import { known, numberOf, objectOf } from '../json.ts'

const { cached: CACHED, reasoning: REASONING } = COUNTING['openai-responses']

/**
 * The counts of a response as disjoint buckets. Cached input stands inside the input, reasoning inside the output; a breakdown that does not fit
 * into its total is left out, so no bucket is ever negative. undefined when nothing was counted.
 */
export function readUsage(usage: JsonObject | undefined): Tokens | undefined {
  const input = numberOf(usage?.input_tokens)
  const output = numberOf(usage?.output_tokens)
  if (input === undefined && output === undefined) return undefined
  const inputDetails = objectOf(usage?.input_tokens_details)
  const cacheRead = numberOf(inputDetails?.cached_tokens)
  const cacheWrite5m = numberOf(inputDetails?.cache_write_tokens)
  const reasoning = numberOf(objectOf(usage?.output_tokens_details)?.reasoning_tokens)
  const uncached = restOf(input ?? 0, CACHED, cacheRead, cacheWrite5m)
  const visible = restOf(output ?? 0, REASONING, reasoning)
  return {
    ...(uncached < 0 ? known({ input }) : known({ input: input === undefined ? undefined : uncached, cacheRead, cacheWrite5m })),
    ...(visible < 0 ? known({ output }) : known({ output: output === undefined ? undefined : visible, reasoning })),
  }
}

export function writeUsage(tokens: Tokens): JsonObject {
  const input = totalInput(tokens) ?? 0
  const output = totalOutput(tokens) ?? 0
  const written = (tokens.cacheWrite5m ?? 0) + (tokens.cacheWrite1h ?? 0)
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: tokens.cacheRead ?? 0, cache_write_tokens: written },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: tokens.reasoning ?? 0 },
    total_tokens: input + output,
  }
}
