/**
 * Who goes on charging when a client leaves in the middle of an answer, as data with a source. Few providers write of it; where one does not, OpenRouter's
 * word of what it pays that provider stands in for it, and is marked as assumed. How formats count is in protocols/counting.ts.
 */
import type { ProviderId } from '../../../shared/ids.ts'

export interface CancelRule {
  /** Whether what would have followed is charged too. */
  readonly bills: boolean
  /** The page that says so. */
  readonly source: string
  /** That page is somebody else's, or of another way to the same models. */
  readonly assumed: boolean
}

/** Their own words. */
const DOCUMENTED: readonly (CancelRule & { readonly providers: readonly ProviderId[] })[] = [
  { providers: ['novita'], bills: true, source: 'https://novita.ai/docs/guides/llm-billing', assumed: false },
]

/** https://openrouter.ai/docs/api-reference/streaming, read on 2026-11-25. */
const OPENROUTERS_WORD = 'https://openrouter.ai/docs/api-reference/streaming#stream-cancellation'
const STOPS: readonly ProviderId[] = [
  ...['openai', 'azure', 'anthropic', 'fireworks', 'deepinfra', 'together', 'cohere', 'xai', 'cloudflare', 'friendli', 'chutes', 'deepseek'],
]
const GOES_ON: readonly ProviderId[] = [
  ...['bedrock', 'groq', 'google', 'vertex', 'minimax', 'huggingface', 'perplexity', 'mistral', 'sambanova', 'alibaba', 'nebius', 'inference-net'],
]

const RULES: ReadonlyMap<ProviderId, CancelRule> = new Map<ProviderId, CancelRule>([
  ...STOPS.map((id) => [id, { bills: false, source: OPENROUTERS_WORD, assumed: true }] as const),
  ...GOES_ON.map((id) => [id, { bills: true, source: OPENROUTERS_WORD, assumed: true }] as const),
  ...DOCUMENTED.flatMap(({ providers, ...rule }) => providers.map((id) => [id, rule] as const)),
])

/** undefined: nobody tells. */
export function cancelRuleOf(provider: ProviderId): CancelRule | undefined {
  return RULES.get(provider)
}

export const PROVIDERS_WITH_CANCEL_RULES: readonly ProviderId[] = [...RULES.keys()]
