/**
 * Models in the rows of OpenRouter's API (https://openrouter.ai/docs/api-reference/models/get-models), as its own SDK validates them. There is one row for
 * each endpoint, since here the provider is part of a model's name; `canonical_slug` groups them. A price that nobody knows is '-1', which there stands for
 * one that depends.
 */
import type { JsonObject, Need, Protocol } from '../../shared/chat.ts'
import type { ModelKind } from '../../shared/models.ts'
import type { Endpoint, Prices, TokenPrices } from '../../shared/routing.ts'

/** What a format carries whatever the model. */
const PARAMETERS: Readonly<Record<Protocol, readonly string[]>> = {
  'openai-chat': ['max_tokens', 'temperature', 'top_p', 'stop', 'seed', 'frequency_penalty', 'presence_penalty'],
  'openai-completions': ['max_tokens', 'temperature', 'top_p', 'stop', 'seed', 'frequency_penalty', 'presence_penalty'],
  'openai-responses': ['max_tokens', 'temperature', 'top_p'],
  'anthropic-messages': ['max_tokens', 'temperature', 'top_p', 'top_k', 'stop'],
  gemini: ['max_tokens', 'temperature', 'top_p', 'top_k', 'stop', 'seed', 'frequency_penalty', 'presence_penalty'],
  'cohere-v2': ['max_tokens', 'temperature', 'top_p', 'top_k', 'stop', 'seed', 'frequency_penalty', 'presence_penalty'],
  'ollama-chat': ['max_tokens', 'temperature', 'top_p', 'top_k', 'stop', 'seed', 'frequency_penalty', 'presence_penalty'],
  'bedrock-converse': ['max_tokens', 'temperature', 'top_p', 'stop'],
}

/** Endings by which names tell a format of weights: https://openrouter.ai/docs/features/provider-routing#quantization */
const QUANTIZATION = /(?:^|[-_:])(int4|int8|fp4|fp6|fp8|fp16|bf16|fp32)(?:$|[-_:])/i

export function supportedParameters(endpoint: Endpoint): readonly string[] {
  if (isEmbedding(endpoint)) return []
  // what nobody told of is not ruled out, as in routing
  const can = (need: Need): boolean => endpoint.can?.has(need) ?? true
  const abilities = endpoint.facts?.abilities
  return [
    ...PARAMETERS[endpoint.protocol],
    ...(can('tools') ? ['tools', 'tool_choice'] : []),
    ...(abilities?.['parallel-tools'] === true ? ['parallel_tool_calls'] : []),
    ...(can('json-schema') ? ['response_format', 'structured_outputs'] : []),
    ...(can('reasoning') ? ['reasoning', 'include_reasoning'] : []),
    ...(can('reasoning') && (endpoint.facts?.efforts?.length ?? 0) > 0 ? ['reasoning_effort'] : []),
    ...(abilities?.['web-search'] === true ? ['web_search_options'] : []),
  ]
}

export function inputModalities({ facts, can }: Endpoint): readonly string[] {
  return facts?.inputModalities ?? ['text', ...(can?.has('vision') === true ? ['image'] : [])]
}

export function outputModalities(endpoint: Endpoint): readonly string[] {
  return isEmbedding(endpoint) ? ['embeddings'] : (endpoint.facts?.outputModalities ?? ['text'])
}

function isEmbedding({ facts }: Endpoint): boolean {
  return facts?.kind === ('embedding' satisfies ModelKind)
}

/** @param createdAt seconds since 1970 */
export function openrouterModel(endpoint: Endpoint, createdAt: number): JsonObject {
  const { facts, limits } = endpoint
  const input = inputModalities(endpoint)
  const output = outputModalities(endpoint)
  const canReason = endpoint.can?.has('reasoning') === true && facts?.abilities.reasoning === true
  return {
    id: endpoint.id,
    canonical_slug: endpoint.canonical ?? endpoint.id,
    object: 'model',
    created: createdAt,
    owned_by: endpoint.provider,
    name: endpoint.name,
    context_length: limits.context ?? null,
    architecture: { modality: `${input.join('+')}->${output.join('+')}`, input_modalities: input, output_modalities: output, instruct_type: null },
    pricing: pricingOf(endpoint.price),
    top_provider: { context_length: limits.context ?? null, max_completion_tokens: limits.output ?? null, is_moderated: false },
    per_request_limits: null,
    supported_parameters: supportedParameters(endpoint),
    default_parameters: null,
    supported_voices: null,
    ...(canReason && { reasoning: { mandatory: false, ...(facts.efforts !== undefined && { supported_efforts: facts.efforts }) } }),
    knowledge_cutoff: facts?.cutoff ?? null,
    expiration_date: facts?.retiresOn ?? null,
    links: { details: `/api/v1/models/${endpoint.canonical ?? endpoint.id}/endpoints` },
    simulated: endpoint.simulated,
  }
}

/** `GET /models/{author}/{slug}/endpoints`. @param hosts at least one; of one model */
export function openrouterEndpoints(hosts: readonly [Endpoint, ...Endpoint[]], createdAt: number, providerName: (id: string) => string): JsonObject {
  const [first] = hosts
  const input = inputModalities(first)
  const output = outputModalities(first)
  return {
    data: {
      id: first.canonical ?? first.id,
      name: first.name,
      created: createdAt,
      description: '',
      architecture: {
        modality: `${input.join('+')}->${output.join('+')}`,
        input_modalities: input,
        output_modalities: output,
        instruct_type: null,
        tokenizer: null,
      },
      endpoints: hosts.map((host) => openrouterEndpoint(host, providerName(host.provider))),
    },
  }
}

function openrouterEndpoint(host: Endpoint, providerName: string): JsonObject {
  return {
    name: `${providerName} | ${host.upstreamModel}`,
    model_id: host.id,
    model_name: host.name,
    provider_name: providerName,
    tag: host.provider,
    // the format has no word for an unknown length
    context_length: host.limits.context ?? 0,
    max_completion_tokens: host.limits.output ?? null,
    max_prompt_tokens: host.limits.context ?? null,
    pricing: pricingOf(host.price),
    quantization: QUANTIZATION.exec(host.upstreamModel)?.[1]?.toLowerCase() ?? null,
    supported_parameters: supportedParameters(host),
    supports_implicit_caching: host.facts?.abilities['prompt-caching'] === true && host.protocol !== 'anthropic-messages',
    supports_tool_choice: toolChoices(host),
    supports_voice_cloning: false,
    status: 0,
    uptime_last_5m: null,
    uptime_last_30m: null,
    uptime_last_1d: null,
    latency_last_30m: null,
    throughput_last_30m: null,
  }
}

function toolChoices(host: Endpoint): JsonObject {
  const can = !isEmbedding(host) && (host.can?.has('tools') ?? true)
  return { none: can, auto: can, required: can, function: can, literal_none: can, literal_auto: can, literal_required: can, type_function: can }
}

export function pricingOf(price: Prices | undefined): JsonObject {
  if (price === undefined) return { prompt: '-1', completion: '-1' }
  const { tiers = [], hours = [], perCall } = price
  const overrides = [
    ...tiers.map(({ overInputTokens, microUsdPerMillion }) => ({ min_prompt_tokens: overInputTokens + 1, ...tokenPricing(microUsdPerMillion) })),
    ...hours.map(({ from, to, microUsdPerMillion }) => ({ utc_start: clock(from), utc_end: clock(to), ...tokenPricing(microUsdPerMillion) })),
  ]
  const request = perCall?.request ?? perCall?.requestAtMost
  return {
    prompt: '-1',
    completion: '-1',
    ...tokenPricing(price.microUsdPerMillion),
    ...(request !== undefined && { request: perPiece(request) }),
    ...(perCall?.webSearch !== undefined && { web_search: perPiece(perCall.webSearch) }),
    ...(overrides.length > 0 && { overrides }),
  }
}

/** OpenRouter's word for each bucket. */
const PRICE_NAMES: Readonly<Record<keyof TokenPrices, string>> = {
  input: 'prompt',
  output: 'completion',
  cacheRead: 'input_cache_read',
  cacheWrite5m: 'input_cache_write',
  cacheWrite1h: 'input_cache_write_1h',
  reasoning: 'internal_reasoning',
  audioInput: 'audio',
  audioOutput: 'audio_output',
  audioCacheRead: 'input_audio_cache',
  imageInput: 'image_token',
  imageOutput: 'image_output',
}

function tokenPricing(prices: TokenPrices): JsonObject {
  const named: Record<string, string> = {}
  for (const [bucket, micro] of Object.entries(prices) as [keyof TokenPrices, number][]) named[PRICE_NAMES[bucket]] = decimal(micro, 12)
  return named
}

/** OpenRouter writes an hour of the day as a number such as 1630. */
function clock(minute: number): number {
  return Math.floor(minute / 60) * 100 + (minute % 60)
}

function perPiece(nanoUsd: number): string {
  return decimal(nanoUsd, 9)
}

/** A whole number of the `places`th decimal as a decimal fraction, exactly: 1 micro-USD per million tokens is 1e-12 USD per token. */
function decimal(value: number, places: number): string {
  const digits = String(value).padStart(places + 1, '0')
  const text = `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '')
  return text === '' ? '0' : text
}
