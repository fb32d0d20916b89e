import type { Charge, JsonObject, JsonValue, Tokens } from '../../../../shared/chat.ts'
import { totalInput, totalOutput } from '../../../../shared/chat.ts'
import { COUNTING, restOf } from '../counting.ts'
import { known, numberOf, objectOf } from '../json.ts'

const { cached: CACHED, reasoning: REASONING } = COUNTING['openai-chat']

/**
 * The counts of OpenAI and its dialects as disjoint buckets. A provider's totals are trusted before its breakdown: a breakdown that does not fit
 * into its total is left out, so no bucket is ever negative. undefined when nothing was counted.
 */
export function readUsage(usage: JsonObject | undefined): Tokens | undefined {
  if (usage === undefined) return undefined
  const prompt = numberOf(usage.prompt_tokens)
  const completion = numberOf(usage.completion_tokens)
  if (prompt === undefined && completion === undefined) return undefined
  const total = numberOf(usage.total_tokens)
  const outputSide = readOutput(usage, prompt, completion, total)
  const inputSide = besideThePrompt(usage, prompt, totalOutput(outputSide), total) ?? readInput(usage, prompt)

  const counted = (totalInput(inputSide) ?? 0) + (totalOutput(outputSide) ?? 0)
  const uncounted = total === undefined || prompt === undefined || completion === undefined ? 0 : total - counted
  if (uncounted <= 0) return { ...inputSide, ...outputSide }
  // The provider bills its total. Voxtral leaves audio out of the prompt; Gemini's OpenAI surface hides its thinking.
  if (usage.prompt_audio_seconds !== undefined) return { ...inputSide, ...outputSide, input: (inputSide.input ?? 0) + uncounted }
  return { ...inputSide, ...outputSide, reasoning: (outputSide.reasoning ?? 0) + uncounted }
}

function readCached(usage: JsonObject): { readonly cacheRead: number | undefined; readonly cacheWrite5m: number | undefined } {
  const details = objectOf(usage.prompt_tokens_details)
  return {
    cacheRead:
      numberOf(details?.cached_tokens) ?? numberOf(usage.prompt_cache_hit_tokens) ?? numberOf(usage.num_cached_tokens) ?? numberOf(usage.cached_tokens),
    cacheWrite5m: numberOf(details?.cache_write_tokens),
  }
}

/** Proxies before Anthropic's models may leave what is cached out of the prompt, as those do; only their total gives that away. undefined: it does not. */
function besideThePrompt(usage: JsonObject, prompt: number | undefined, output: number | undefined, total: number | undefined): Tokens | undefined {
  const { cacheRead = 0, cacheWrite5m } = readCached(usage)
  const cached = cacheRead + (cacheWrite5m ?? 0)
  if (prompt === undefined || output === undefined || cached <= 0 || total !== prompt + cached + output) return undefined
  return { input: prompt, cacheRead, ...known({ cacheWrite5m }) }
}

function readInput(usage: JsonObject, prompt: number | undefined): Tokens {
  if (prompt === undefined) return {}
  const details = objectOf(usage.prompt_tokens_details)
  const { cacheRead, cacheWrite5m } = readCached(usage)
  const audioInput = positive(details?.audio_tokens)
  const input = restOf(prompt, CACHED, cacheRead, cacheWrite5m) - (audioInput ?? 0)
  // Grok on Azure reports more cached tokens than the prompt has
  if (input < 0) return { input: prompt }
  if (cacheRead === undefined && cacheWrite5m === undefined && audioInput === undefined) return { input }
  return { input, ...known({ cacheRead, cacheWrite5m, audioInput }) }
}

function readOutput(usage: JsonObject, prompt: number | undefined, completion: number | undefined, total: number | undefined): Tokens {
  if (completion === undefined) return {}
  const reasoning = numberOf(objectOf(usage.completion_tokens_details)?.reasoning_tokens) ?? numberOf(usage.reasoning_tokens)
  const audioOutput = positive(objectOf(usage.completion_tokens_details)?.audio_tokens)
  const rest = restOf(completion, REASONING, reasoning)
  if (audioOutput !== undefined && audioOutput <= rest) return { output: rest - audioOutput, audioOutput, ...known({ reasoning }) }
  if (reasoning === undefined) return { output: completion }
  // xAI counts reasoning beside completion_tokens; only its total gives that away
  if (reasoning > 0 && total === (prompt ?? 0) + completion + reasoning) return { output: completion, reasoning }
  return rest < 0 ? { output: completion } : { output: rest, reasoning }
}

/** A count of none is what every answer without sound has, and says nothing. */
function positive(value: JsonValue | undefined): number | undefined {
  const count = numberOf(value)
  return count === 0 ? undefined : count
}

/** The buckets as OpenAI's `usage`: cached input inside the prompt, reasoning inside the completion; details only where they are known. */
export function writeUsage(tokens: Tokens, charge?: Charge): JsonObject {
  const prompt = totalInput(tokens) ?? 0
  const completion = totalOutput(tokens) ?? 0
  const written = tokens.cacheWrite5m === undefined && tokens.cacheWrite1h === undefined ? undefined : (tokens.cacheWrite5m ?? 0) + (tokens.cacheWrite1h ?? 0)
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: tokens.cacheRead ?? 0, ...known({ cache_write_tokens: written }) },
    completion_tokens_details: { reasoning_tokens: tokens.reasoning ?? 0 },
    // dollars, by OpenRouter's name; `saved` is ours
    ...(charge === undefined ? {} : { cost: charge.cost / 1e9, ...known({ saved: charge.saved === undefined ? undefined : charge.saved / 1e9 }) }),
  }
}
