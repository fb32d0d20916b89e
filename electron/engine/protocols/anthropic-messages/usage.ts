/** Token counts of an answer, both ways. Anthropic's `input_tokens` is the uncached part only; its `output_tokens` has the thinking in it. */
import type { ChatEvent, JsonObject, JsonValue, Tokens } from '../../../../shared/chat.ts'
import { totalOutput } from '../../../../shared/chat.ts'
import { chargesOf } from '../charges.ts'
import { COUNTING, restOf } from '../counting.ts'
import { arrayOf, objectOf } from '../json.ts'
import { countIn, objectIn } from './json-fields.ts'

const { cached: CACHED, reasoning: REASONING } = COUNTING['anthropic-messages']

/** Counts are cumulative and later events leave out what they do not change, so each `usage` object is laid over the ones before. */
export class UsageTally {
  #usage: Record<string, JsonValue> = {}

  add(usage: JsonObject): Extract<ChatEvent, { type: 'usage' }> {
    for (const [name, value] of Object.entries(usage)) if (value !== null) this.#usage[name] = value
    const searches = countIn(objectIn(this.#usage, 'server_tool_use'), 'web_search_requests')
    // fast mode is a class of its own: https://platform.claude.com/docs/en/build-with-claude/fast-mode
    const charges = chargesOf(searches, this.#usage.speed === 'fast' ? 'fast' : this.#usage.service_tier)
    const extras = this.#usage.inference_geo === 'us' ? { ...charges, surchargePercent: US_SURCHARGE_PERCENT } : charges
    return { type: 'usage', tokens: tokensOf(this.#usage), ...(extras !== undefined && { extras }) }
  }
}

/** Of answers made in the US alone: https://platform.claude.com/docs/en/about-claude/pricing#data-residency-pricing */
const US_SURCHARGE_PERCENT = 10

/**
 * What was used to sum a conversation up is charged beside what the usage itself says of it: "sum across all entries in the usage.iterations array",
 * https://platform.claude.com/docs/en/build-with-claude/compaction#understanding-usage
 */
function tokensOf(usage: JsonObject): Tokens {
  const compactions = arrayOf(usage.iterations).flatMap((iteration) => {
    const each = objectOf(iteration)
    return each?.type === 'compaction' ? [countedIn(each)] : []
  })
  const own = countedIn(usage)
  if (compactions.length === 0) return own
  const sum: { -readonly [Bucket in keyof Tokens]: number } = { ...own }
  for (const tokens of compactions) for (const [bucket, count] of Object.entries(tokens) as [keyof Tokens, number][]) sum[bucket] = (sum[bucket] ?? 0) + count
  return sum
}

function countedIn(usage: JsonObject): Tokens {
  const input = countIn(usage, 'input_tokens')
  const cacheRead = countIn(usage, 'cache_read_input_tokens')
  const output = countIn(usage, 'output_tokens')
  const thinking = countIn(objectIn(usage, 'output_tokens_details'), 'thinking_tokens')
  const reasoning = thinking === undefined || output === undefined ? thinking : Math.min(thinking, output)
  const writes = cacheWrites(usage)
  return {
    ...(input !== undefined && { input: restOf(input, CACHED, cacheRead, writes.cacheWrite5m, writes.cacheWrite1h) }),
    ...(cacheRead !== undefined && { cacheRead }),
    ...writes,
    ...(output !== undefined && { output: restOf(output, REASONING, reasoning) }),
    ...(reasoning !== undefined && { reasoning }),
  }
}

/** The total is what is billed. A split by lifetime that does not add up to it is scaled; without one everything counts as 5 minutes, the default. */
function cacheWrites(usage: JsonObject): Pick<Tokens, 'cacheWrite5m' | 'cacheWrite1h'> {
  const split = objectIn(usage, 'cache_creation')
  const short = countIn(split, 'ephemeral_5m_input_tokens')
  const long = countIn(split, 'ephemeral_1h_input_tokens')
  const total = countIn(usage, 'cache_creation_input_tokens')
  if (short === undefined && long === undefined) return total === undefined ? {} : { cacheWrite5m: total }
  const sum = (short ?? 0) + (long ?? 0)
  if (total === undefined || total === sum) return { cacheWrite5m: short ?? 0, cacheWrite1h: long ?? 0 }
  const cacheWrite1h = sum === 0 ? 0 : Math.round((total * (long ?? 0)) / sum)
  return { cacheWrite5m: total - cacheWrite1h, cacheWrite1h }
}

/** The `usage` of a whole message. The format demands the two main counts as numbers; everything unknown besides is null. */
export function usageOf(tokens: Tokens): Record<string, JsonValue> {
  const { cacheRead, cacheWrite5m, cacheWrite1h, reasoning } = tokens
  const written = cacheWrite5m === undefined && cacheWrite1h === undefined ? undefined : (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0)
  return {
    input_tokens: uncachedInput(tokens) ?? 0,
    cache_creation_input_tokens: written ?? null,
    cache_read_input_tokens: cacheRead ?? null,
    cache_creation: cacheWrite1h === undefined ? null : { ephemeral_5m_input_tokens: cacheWrite5m ?? 0, ephemeral_1h_input_tokens: cacheWrite1h },
    output_tokens: totalOutput(tokens) ?? 0,
    output_tokens_details: reasoning === undefined ? null : { thinking_tokens: reasoning },
    server_tool_use: null,
    service_tier: null,
    inference_geo: null,
  }
}

/** The `usage` of message_delta: a null leaves the client's earlier number alone, so an unknown input does not erase it. */
export function deltaUsageOf(tokens: Tokens): Record<string, JsonValue> {
  const { cache_creation_input_tokens, cache_read_input_tokens, cache_creation, output_tokens, output_tokens_details } = usageOf(tokens)
  return {
    input_tokens: uncachedInput(tokens) ?? null,
    cache_creation_input_tokens: cache_creation_input_tokens ?? null,
    cache_read_input_tokens: cache_read_input_tokens ?? null,
    cache_creation: cache_creation ?? null,
    output_tokens: output_tokens ?? 0,
    output_tokens_details: output_tokens_details ?? null,
    server_tool_use: null,
  }
}

/** Sound and pictures are input like any other here. */
function uncachedInput({ input, audioInput, imageInput, audioCacheRead }: Tokens): number | undefined {
  return input === undefined ? undefined : input + (audioInput ?? 0) + (imageInput ?? 0) + (audioCacheRead ?? 0)
}
