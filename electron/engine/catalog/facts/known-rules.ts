/**
 * What providers write of whole families and no package holds: from how many tokens on a prompt is cached, what their classes of service cost, and abilities.
 * Each with the page it stands on. The last row that fits a model holds.
 */
import type { ProviderId } from '../../../../shared/ids.ts'
import type { Ability } from '../../../../shared/models.ts'
import type { ServiceTier } from '../../../../shared/routing.ts'

interface FamilyRule {
  readonly providers: readonly ProviderId[]
  readonly models: RegExp
  readonly source: string
}

const ANTHROPIC_CACHE = 'https://platform.claude.com/docs/en/build-with-claude/prompt-caching#cache-limitations'

/** Tokens. */
export const CACHE_MINIMUM: readonly (FamilyRule & { readonly tokens: number })[] = [
  {
    providers: ['openai', 'azure'],
    models: /^(gpt-(4o|4\.1|5|6)|o\d)/,
    tokens: 1024,
    source: 'https://platform.openai.com/docs/guides/prompt-caching#requirements',
  },
  {
    providers: ['anthropic', 'bedrock', 'bedrock-anthropic', 'vertex-anthropic'],
    models: /claude-(sonnet|opus-4-(0|1|20))/,
    tokens: 1024,
    source: ANTHROPIC_CACHE,
  },
  {
    providers: ['anthropic', 'bedrock', 'bedrock-anthropic', 'vertex-anthropic'],
    models: /claude-(opus-4-[5-7]|haiku-4-5)/,
    tokens: 4096,
    source: ANTHROPIC_CACHE,
  },
  {
    providers: ['anthropic', 'bedrock', 'bedrock-anthropic', 'vertex-anthropic'],
    models: /claude-(opus-5|fable-5|(sonnet|haiku)-5-5)/,
    tokens: 512,
    source: ANTHROPIC_CACHE,
  },
  { providers: ['google', 'vertex'], models: /^gemini-2\.5/, tokens: 2048, source: 'https://ai.google.dev/gemini-api/docs/caching' },
  { providers: ['google', 'vertex'], models: /^gemini-[34]/, tokens: 4096, source: 'https://ai.google.dev/gemini-api/docs/caching' },
  { providers: ['bedrock'], models: /nova-/, tokens: 1000, source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html' },
  { providers: ['alibaba'], models: /^qwen/, tokens: 1024, source: 'https://www.alibabacloud.com/help/en/model-studio/context-cache' },
]

/** What a class of service costs, as a share of what another one does. */
export interface TierRule extends FamilyRule {
  readonly tier: ServiceTier
  readonly of: 'standard' | 'batch'
  /** A fraction, so that whole prices stay whole. */
  readonly times: readonly [numerator: number, denominator: number]
  /** Whether what is read from or written to the cache is charged at that share too; where not, its price in that class is not told. */
  readonly cacheToo: boolean
  /** Only of models that a source says are answered in batches. */
  readonly ifBatches?: true
}

const HALF = [1, 2] as const
const OPENAI_PRIORITY = 'https://openai.com/api-priority-processing/'
const GEMINI_FAMILIES = /^gemini-(2\.5|[3-9])(?!.*(tts|live|audio|image))/

export const TIER_RULES: readonly TierRule[] = [
  {
    ...{ providers: ['openai'], models: /./, tier: 'batch', of: 'standard', times: HALF, cacheToo: true, ifBatches: true },
    source: 'https://platform.openai.com/docs/guides/batch',
  },
  {
    ...{ providers: ['anthropic'], models: /^claude-/, tier: 'batch', of: 'standard', times: HALF, cacheToo: true },
    source: 'https://platform.claude.com/docs/en/build-with-claude/batch-processing#pricing',
  },
  {
    ...{ providers: ['google'], models: GEMINI_FAMILIES, tier: 'batch', of: 'standard', times: HALF, cacheToo: false },
    source: 'https://ai.google.dev/gemini-api/docs/batch-api',
  },
  {
    ...{ providers: ['google'], models: GEMINI_FAMILIES, tier: 'flex', of: 'standard', times: HALF, cacheToo: false },
    source: 'https://ai.google.dev/gemini-api/docs/flex-inference#pricing',
  },
  {
    // "the discounts for cache and batch don't stack"
    ...{ providers: ['vertex'], models: GEMINI_FAMILIES, tier: 'batch', of: 'standard', times: HALF, cacheToo: false },
    source: 'https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/batch-prediction-gemini',
  },
  {
    ...{ providers: ['groq'], models: /./, tier: 'batch', of: 'standard', times: HALF, cacheToo: false },
    source: 'https://console.groq.com/docs/batch',
  },
  {
    ...{ providers: ['mistral'], models: /./, tier: 'batch', of: 'standard', times: HALF, cacheToo: false },
    source: 'https://docs.mistral.ai/capabilities/batch/',
  },
  {
    ...{ providers: ['openai'], models: /^(gpt-[56]|o3(?!-(mini|pro|deep))|o4-mini(?!-deep))/, tier: 'flex', of: 'batch', times: [1, 1], cacheToo: true },
    source: 'https://platform.openai.com/docs/guides/flex-processing',
  },
  {
    ...{ providers: ['groq'], models: /./, tier: 'flex', of: 'standard', times: [1, 1], cacheToo: true },
    source: 'https://console.groq.com/docs/flex-processing',
  },
  // that page names prices model by model; these are what they are in multiples of the usual ones
  ...(
    [
      [/^gpt-5\.5(-20\d\d-\d\d-\d\d)?$/, [5, 2]],
      [/^gpt-5\.4(-mini)?(-20\d\d-\d\d-\d\d)?$/, [2, 1]],
      [/^gpt-5(\.[12])?(-20\d\d-\d\d-\d\d)?$/, [2, 1]],
      [/^gpt-5(\.1)?-codex$/, [2, 1]],
      [/^gpt-5-mini(-20\d\d-\d\d-\d\d)?$/, [9, 5]],
      [/^gpt-4\.1(-20\d\d-\d\d-\d\d)?$/, [7, 4]],
    ] as const
  ).map(([models, times]): TierRule => ({ providers: ['openai'], models, tier: 'priority', of: 'standard', times, cacheToo: true, source: OPENAI_PRIORITY })),
]

export const FAMILY_ABILITIES: readonly (FamilyRule & { readonly can: readonly Ability[] })[] = [
  {
    providers: ['openai', 'azure'],
    models: /^gpt-(4o|4\.1|5|6)/,
    can: ['parallel-tools'],
    source: 'https://platform.openai.com/docs/guides/function-calling#parallel-function-calling',
  },
  {
    providers: ['anthropic'],
    models: /^claude-/,
    can: ['parallel-tools'],
    source: 'https://platform.claude.com/docs/en/agents-and-tools/tool-use/implement-tool-use#parallel-tool-use',
  },
  {
    providers: ['anthropic'],
    models: /^claude-((sonnet|haiku|opus)-(4-[5-9]|[5-9])|opus-4-1|fable)/,
    can: ['json-schema'],
    source: 'https://platform.claude.com/docs/en/build-with-claude/structured-outputs',
  },
  {
    providers: ['google'],
    models: /^gemini-(2\.5|[3-9])(?!.*(tts|image|audio))/,
    can: ['json-schema', 'parallel-tools'],
    source: 'https://ai.google.dev/gemini-api/docs/structured-output',
  },
  {
    providers: ['vertex'],
    models: /^gemini-(2\.5|[3-9])(?!.*(tts|image|audio))/,
    can: ['json-schema', 'parallel-tools'],
    source: 'https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/control-generated-output',
  },
  {
    providers: ['mistral'],
    models: /./,
    can: ['json-schema', 'parallel-tools'],
    source: 'https://docs.mistral.ai/capabilities/structured-output/custom_structured_output',
  },
  { providers: ['xai'], models: /^grok-(2-1212|[3-9])/, can: ['json-schema', 'parallel-tools'], source: 'https://docs.x.ai/docs/guides/structured-outputs' },
  { providers: ['groq', 'cerebras'], models: /gpt-oss/, can: ['json-schema'], source: 'https://console.groq.com/docs/structured-outputs' },
  { providers: ['fireworks'], models: /./, can: ['json-schema'], source: 'https://docs.fireworks.ai/structured-responses/structured-response-formatting' },
  { providers: ['cohere'], models: /^command-(r|a)/, can: ['tools', 'json-schema', 'streaming'], source: 'https://docs.cohere.com/docs/structured-outputs' },
  {
    providers: ['perplexity'],
    models: /^sonar/,
    can: ['json-schema', 'streaming', 'web-search'],
    source: 'https://docs.perplexity.ai/guides/structured-outputs',
  },
]

/** The rules of `table` that fit, in its order. */
export function rulesFor<Rule extends FamilyRule>(table: readonly Rule[], provider: ProviderId, model: string): readonly Rule[] {
  return table.filter(({ providers, models }) => providers.includes(provider) && models.test(model))
}
