/** Token counts of a Converse answer. `inputTokens` leaves out what was read from or written to the prompt cache; reasoning is part of the output. */
import type { JsonObject, Tokens } from '../../../../shared/chat.ts'
import { COUNTING, restOf } from '../counting.ts'
import { arrayOf, known, numberOf, objectOf } from '../json.ts'

/** Reasoning is part of the output here and is not told apart. */
const { cached: CACHED } = COUNTING['bedrock-converse']

export function tokensOf(usage: JsonObject): Tokens {
  const written = numberOf(usage.cacheWriteInputTokens)
  const longLived = arrayOf(usage.cacheDetails)
    .map(objectOf)
    .filter((detail) => detail?.ttl === '1h')
    .reduce((sum, detail) => sum + (numberOf(detail?.inputTokens) ?? 0), 0)
  // the total is what is billed; details beyond it would be money made up
  const cacheWrite1h = written === undefined || longLived === 0 ? undefined : Math.min(longLived, written)
  const input = numberOf(usage.inputTokens)
  const cacheRead = numberOf(usage.cacheReadInputTokens)
  return known({
    input: input === undefined ? undefined : restOf(input, CACHED, cacheRead, written),
    cacheRead,
    cacheWrite5m: written === undefined ? undefined : written - (cacheWrite1h ?? 0),
    cacheWrite1h,
    output: numberOf(usage.outputTokens),
  })
}
