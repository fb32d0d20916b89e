/**
 * What providers count and go on charging, as data with a source. The readers of answers follow the first two columns when they make disjoint buckets;
 * the last one says whether a client that leaves saves anything.
 */
import type { ProviderId } from '../../../shared/ids.ts'

export interface BillingRule {
  /** Whether reasoning tokens stand inside the count of the output, or beside it. */
  readonly reasoning: 'inside-output' | 'beside-output'
  /** Whether cached tokens stand inside the count of the input, or beside it. */
  readonly cached: 'inside-input' | 'beside-input'
  readonly source: string
}

const OPENAI_LIKE: BillingRule = { reasoning: 'inside-output', cached: 'inside-input', source: 'https://platform.openai.com/docs/api-reference/chat/object' }
const ANTHROPIC_LIKE: BillingRule = {
  reasoning: 'inside-output',
  cached: 'beside-input',
  source: 'https://platform.claude.com/docs/en/build-with-claude/prompt-caching#tracking-cache-performance',
}
const GEMINI_LIKE: BillingRule = { reasoning: 'beside-output', cached: 'inside-input', source: 'https://ai.google.dev/api/generate-content#UsageMetadata' }

/** Those that differ from OpenAI's. */
const RULES: Readonly<Record<ProviderId, BillingRule>> = {
  anthropic: ANTHROPIC_LIKE,
  'bedrock-anthropic': ANTHROPIC_LIKE,
  'vertex-anthropic': ANTHROPIC_LIKE,
  bedrock: { ...ANTHROPIC_LIKE, source: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html' },
  google: GEMINI_LIKE,
  vertex: GEMINI_LIKE,
  xai: { reasoning: 'beside-output', cached: 'inside-input', source: 'https://docs.x.ai/docs/guides/reasoning' },
}

export function billingRule(provider: ProviderId): BillingRule {
  return RULES[provider] ?? OPENAI_LIKE
}

/** OpenRouter's account of who stops working, and charging, when the connection is closed. */
export const CANCELLATION_SOURCE = 'https://openrouter.ai/docs/api-reference/streaming#stream-cancellation'
const STOPS: ReadonlySet<ProviderId> = new Set([
  ...['openai', 'azure', 'anthropic', 'fireworks', 'novita', 'deepinfra', 'together', 'cohere', 'xai', 'cloudflare', 'friendli', 'chutes', 'deepseek'],
])
const GOES_ON: ReadonlySet<ProviderId> = new Set([
  ...['bedrock', 'groq', 'google', 'vertex', 'minimax', 'huggingface', 'perplexity', 'mistral', 'sambanova', 'alibaba', 'nebius', 'inference-net'],
])

/** undefined: nobody tells. */
export function billsAfterCancel(provider: ProviderId): boolean | undefined {
  return STOPS.has(provider) ? false : GOES_ON.has(provider) ? true : undefined
}
