/** What an answer says of its own charge beside the token counts: class of service, searches, and at some providers the very sum. */
import type { JsonObject, JsonValue, UsageExtras } from '../../../shared/chat.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import { known, numberOf, objectOf } from './json.ts'

/** xAI counts in ten-billionths of a dollar: https://docs.x.ai/docs/api-reference#chat-completions */
const TICKS_PER_NANO_USD = 10
const NANO_USD = 1e9
/** OpenAI's, Anthropic's and Groq's words for what they charge their list prices for; 'auto' is what was asked, not what was served. */
const USUAL_TIERS: ReadonlySet<string> = new Set(['auto', 'default', 'standard', 'standard_only', 'on_demand', 'unspecified'])

/**
 * Of OpenAI's formats. The sum stands in `cost` at OpenRouter (https://openrouter.ai/docs/use-cases/usage-accounting, with the user's own key there it is
 * the fee alone and the vendor's charge stands beside it), in `cost.total_cost` at Perplexity, in `cost_in_usd_ticks` at xAI.
 */
export function readCharges(usage: JsonObject | undefined, answer: JsonObject, searchesSeen?: number): UsageExtras | undefined {
  const searches =
    numberOf(objectOf(usage?.server_tool_use)?.web_search_requests) ?? numberOf(objectOf(usage?.server_tool_use_details)?.web_search_requests) ?? searchesSeen
  return chargesOf(searches, answer.service_tier, usage === undefined ? undefined : reportedCost(usage))
}

/** undefined when there is nothing unusual to tell. */
export function chargesOf(searches: number | undefined, serviceTier: JsonValue | undefined, reported?: NanoUsd): UsageExtras | undefined {
  const webSearches = searches === 0 ? undefined : searches
  const unusualTier = typeof serviceTier === 'string' && !USUAL_TIERS.has(serviceTier) ? serviceTier : undefined
  if (webSearches === undefined && unusualTier === undefined && reported === undefined) return undefined
  return known({ webSearches, serviceTier: unusualTier, reportedCost: reported })
}

function reportedCost(usage: JsonObject): NanoUsd | undefined {
  const ticks = numberOf(usage.cost_in_usd_ticks)
  if (ticks !== undefined) return nanoUsd(ticks / TICKS_PER_NANO_USD / NANO_USD)
  const total = numberOf(objectOf(usage.cost)?.total_cost)
  if (total !== undefined) return nanoUsd(total)
  const cost = numberOf(usage.cost)
  if (cost === undefined) return undefined
  const vendors = usage.is_byok === true ? numberOf(objectOf(usage.cost_details)?.upstream_inference_cost) : 0
  // with the user's own key and no word of what its vendor asks, the fee alone would be too little
  return vendors === undefined ? undefined : nanoUsd(cost + vendors)
}

function nanoUsd(usd: number): NanoUsd | undefined {
  const nano = Math.round(usd * NANO_USD)
  return Number.isSafeInteger(nano) && nano >= 0 ? asNanoUsd(nano) : undefined
}
