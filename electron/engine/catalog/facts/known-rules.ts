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

/** A class of service that costs what another one does. */
export const SAME_PRICE: readonly (FamilyRule & { readonly tier: ServiceTier; readonly as: 'batch' | 'standard' })[] = [
  { providers: ['openai'], models: /./, tier: 'flex', as: 'batch', source: 'https://platform.openai.com/docs/guides/flex-processing' },
  { providers: ['groq'], models: /./, tier: 'flex', as: 'standard', source: 'https://console.groq.com/docs/flex-processing' },
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
