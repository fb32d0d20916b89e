/**
 * What providers answer when asked which models a key opens, in the shapes they have. Lenient: a row that cannot be read is left out, an answer that is no
 * list gives undefined.
 */
import type { IsoDate } from '../../../shared/ids.ts'
import type { Ability, Modality, ModelKind } from '../../../shared/models.ts'
import type { Prices, TokenPrices } from '../../../shared/routing.ts'
import type { ProviderDefinition } from '../providers/define.ts'
import { kindOfName } from './kind-of-name.ts'
import type { LiveModel } from './local.ts'

type Row = Readonly<Record<string, unknown>>

interface Shape {
  /** Below the base URL, where the provider does not declare its own addresses. */
  readonly path: string
  readonly read: (row: Row, asOf: string) => LiveModel | undefined
}

/** By provider where its rows say more than OpenAI's, otherwise by wire format. Each with the page that describes it. */
const SHAPES: Readonly<Record<string, Shape>> = {
  // https://openrouter.ai/docs/api-reference/models/get-models
  openrouter: { path: '/models', read: readOpenrouter },
  // https://docs.mistral.ai/api/#tag/models
  mistral: { path: '/models', read: readMistral },
  // https://docs.together.ai/reference/models-1
  together: { path: '/models', read: readTogether },
  // https://docs.aws.amazon.com/bedrock/latest/APIReference/API_FoundationModelSummary.html and API_InferenceProfileSummary.html beside it
  bedrock: { path: '', read: readBedrock },
  'bedrock-anthropic': { path: '', read: (row) => [readBedrock(row)].find((model) => model !== undefined && /anthropic\./.test(model.id)) },
  // https://docs.perplexity.ai/api-reference/models-get
  perplexity: { path: '/models', read: readPerplexity },
  // https://docs.cohere.com/reference/list-models
  'cohere-v2': { path: '/v1/models?page_size=1000', read: readCohere },
  // https://platform.claude.com/docs/en/api/models-list
  'anthropic-messages': { path: '/models?limit=1000', read: readAnthropic },
  // https://ai.google.dev/api/models#method:-models.list
  gemini: { path: '/models?pageSize=1000', read: readGemini },
  // https://docs.ollama.com/api/tags
  'ollama-chat': { path: '/api/tags', read: ({ model, name }) => withId(model ?? name) },
}

/** OpenAI's own rows and those of its dialects, with what some add: https://platform.openai.com/docs/api-reference/models/list */
const OPENAI: Shape = { path: '/models', read: readOpenai }

function shapeOf(provider: ProviderDefinition): Shape {
  return SHAPES[provider.id] ?? SHAPES[provider.protocol] ?? OPENAI
}

/** Where a provider is asked which models it has. */
export function listUrls(provider: ProviderDefinition, baseUrl: string): readonly string[] {
  return provider.lists?.(baseUrl) ?? [baseUrl + shapeOf(provider).path]
}

/** @param asOf the day of the answer, which prices in it bear */
export function readModels(provider: ProviderDefinition, body: unknown, asOf: string): readonly LiveModel[] | undefined {
  const rows = Array.isArray(body) ? body : isRow(body) ? (body.data ?? body.models ?? body.modelSummaries ?? body.inferenceProfileSummaries) : undefined
  if (!Array.isArray(rows)) return undefined
  const { read } = shapeOf(provider)
  const found = new Map<string, LiveModel>()
  for (const row of rows) {
    const model = isRow(row) ? read(row, asOf) : undefined
    if (model !== undefined) found.set(model.id, model)
  }
  return [...found.values()]
}

function readOpenai(row: Row): LiveModel | undefined {
  const kind: ModelKind | undefined = row.type === 'embeddings' || row.type === 'embedding' ? 'embedding' : undefined
  return withId(row.id, {
    name: text(row.name) ?? text(row.display_name),
    context: tokens(row.context_length) ?? tokens(row.context_window) ?? tokens(row.max_context_length) ?? tokens(row.max_model_len),
    output: tokens(row.max_completion_tokens) ?? tokens(row.max_output_tokens),
    kind: kind ?? kindOfName(text(row.id)),
  })
}

function readAnthropic(row: Row): LiveModel | undefined {
  return withId(row.id, { name: text(row.display_name), context: tokens(row.max_input_tokens), output: tokens(row.max_tokens) })
}

function readGemini(row: Row): LiveModel | undefined {
  const methods = list(row.supportedGenerationMethods)
  const kind = methods.includes('embedContent') ? 'embedding' : methods.includes('generateContent') ? undefined : 'other'
  return withId(text(row.name)?.replace(/^models\//, ''), {
    name: text(row.displayName),
    context: tokens(row.inputTokenLimit),
    output: tokens(row.outputTokenLimit),
    kind,
    abilities: row.thinking === true ? { reasoning: true } : undefined,
  })
}

function readMistral(row: Row): LiveModel | undefined {
  const can = isRow(row.capabilities) ? row.capabilities : {}
  const told = (name: string): boolean | undefined => (typeof can[name] === 'boolean' ? can[name] : undefined)
  return withId(row.id, {
    name: text(row.name),
    context: tokens(row.max_context_length),
    kind: told('completion_chat') === false ? (kindOfName(text(row.id)) ?? 'other') : undefined,
    inputModalities:
      told('vision') === undefined ? undefined : ['text', ...(told('vision') ? ['image' as const] : []), ...(told('audio') ? ['audio' as const] : [])],
    abilities: abilities({ tools: told('function_calling'), reasoning: told('reasoning') }),
    retiresOn: day(row.deprecation),
  })
}

function readCohere(row: Row): LiveModel | undefined {
  const endpoints = list(row.endpoints)
  const features = list(row.features)
  const kind: ModelKind | undefined = endpoints.includes('chat')
    ? undefined
    : endpoints.includes('embed')
      ? 'embedding'
      : endpoints.includes('rerank')
        ? 'rerank'
        : 'other'
  return withId(row.name, {
    context: tokens(row.context_length),
    kind,
    abilities:
      features.length === 0
        ? undefined
        : abilities({ tools: features.includes('tools'), 'json-schema': features.includes('json_schema'), reasoning: features.includes('reasoning') }),
  })
}

/** A model that is called under its own id, or a profile that newer models are called under. */
function readBedrock(row: Row): LiveModel | undefined {
  if (row.inferenceProfileId !== undefined) return withId(row.inferenceProfileId, { name: text(row.inferenceProfileName) })
  if (!list(row.inferenceTypesSupported).includes('ON_DEMAND')) return undefined
  const outputs = list(row.outputModalities)
  const lifecycle = isRow(row.modelLifecycle) ? row.modelLifecycle : {}
  return withId(row.modelId, {
    name: text(row.modelName),
    kind: outputs.includes('EMBEDDING') ? 'embedding' : outputs.includes('TEXT') ? undefined : outputs.includes('IMAGE') ? 'image' : 'other',
    inputModalities: modalities(list(row.inputModalities).map((name) => name.toLowerCase())),
    outputModalities: modalities(outputs.map((name) => name.toLowerCase())),
    deprecated: lifecycle.status === 'LEGACY' ? true : undefined,
    retiresOn: lifecycle.status === 'LEGACY' ? day(lifecycle.endOfLifeTime) : undefined,
  })
}

function readTogether(row: Row, asOf: string): LiveModel | undefined {
  const kinds: Readonly<Record<string, ModelKind>> = { embedding: 'embedding', image: 'image', audio: 'audio', rerank: 'rerank', moderation: 'other' }
  const price = isRow(row.pricing) ? perMillion(row.pricing, { input: 'input', output: 'output', cacheRead: 'cached_input' }) : undefined
  return withId(row.id, {
    name: text(row.display_name),
    context: tokens(row.context_length),
    kind: kinds[text(row.type) ?? ''],
    price: priced(price, 'https://api.together.ai/v1/models', asOf),
  })
}

function readPerplexity(row: Row, asOf: string): LiveModel | undefined {
  const price = isRow(row.pricing)
    ? perMillion(row.pricing, { input: 'input', output: 'output', cacheRead: 'cache_read', cacheWrite5m: 'cache_write' })
    : undefined
  return withId(row.id, { price: priced(price, 'https://api.perplexity.ai/models', asOf) })
}

function readOpenrouter(row: Row, asOf: string): LiveModel | undefined {
  const architecture = isRow(row.architecture) ? row.architecture : {}
  const parameters = list(row.supported_parameters)
  const top = isRow(row.top_provider) ? row.top_provider : {}
  const outputs = list(architecture.output_modalities)
  return withId(row.id, {
    name: text(row.name),
    context: tokens(row.context_length),
    output: tokens(top.max_completion_tokens),
    kind: outputs.includes('embeddings') ? 'embedding' : outputs.length > 0 && !outputs.includes('text') ? 'other' : undefined,
    inputModalities: modalities(architecture.input_modalities),
    outputModalities: modalities(architecture.output_modalities),
    abilities:
      parameters.length === 0
        ? undefined
        : {
            tools: parameters.includes('tools'),
            reasoning: parameters.includes('reasoning'),
            'json-schema': parameters.includes('structured_outputs'),
            ...(parameters.includes('parallel_tool_calls') && { 'parallel-tools': true }),
          },
    price: isRow(row.pricing) ? openrouterPrice(row.pricing, asOf) : undefined,
    retiresOn: day(row.expiration_date),
  })
}

const OPENROUTER_BUCKETS: Readonly<Record<string, keyof TokenPrices>> = {
  prompt: 'input',
  completion: 'output',
  input_cache_read: 'cacheRead',
  input_cache_write: 'cacheWrite5m',
  input_cache_write_1h: 'cacheWrite1h',
  internal_reasoning: 'reasoning',
  audio: 'audioInput',
  audio_output: 'audioOutput',
}

/** Dollars per token as text, so that no binary fraction comes in; negative where it depends. */
function openrouterPrice(pricing: Row, asOf: string): Prices | undefined {
  const found: { -readonly [Bucket in keyof TokenPrices]: number } = {}
  for (const [name, bucket] of Object.entries(OPENROUTER_BUCKETS)) {
    const figure = scaled(text(pricing[name]), 12)
    // a reasoning price of nothing beside an output that costs means that it is charged as output
    if (figure !== undefined && !(bucket === 'reasoning' && figure === 0)) found[bucket] = figure
  }
  const webSearch = scaled(text(pricing.web_search), 9)
  const request = scaled(text(pricing.request), 9)
  const price = priced(found, 'https://openrouter.ai/api/v1/models', asOf)
  const perCall = { ...(webSearch !== undefined && webSearch > 0 && { webSearch }), ...(request !== undefined && request > 0 && { request }) }
  return price && Object.keys(perCall).length > 0 ? { ...price, perCall } : price
}

/** A written decimal times ten to the `places`, where that is a whole number. */
export function scaled(decimal: string | undefined, places: number): number | undefined {
  const written = /^(\d+)(?:\.(\d+))?(?:e-(\d+))?$/i.exec(decimal ?? '')
  if (!written) return undefined
  const [, whole = '', fraction = '', exponent = '0'] = written
  const shift = places - fraction.length - Number(exponent)
  const digits = whole + fraction
  if (shift >= 0) return safe(Number(digits + '0'.repeat(shift)))
  return /^0*$/.test(digits.slice(shift)) ? safe(Number(digits.slice(0, shift) || '0')) : undefined
}

function safe(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined
}

function perMillion(pricing: Row, names: Readonly<Partial<Record<keyof TokenPrices, string>>>): TokenPrices {
  const found: { -readonly [Bucket in keyof TokenPrices]: number } = {}
  for (const [bucket, name] of Object.entries(names) as [keyof TokenPrices, string][]) {
    const usd = pricing[name]
    const micro = typeof usd === 'number' ? scaled(String(usd), 6) : undefined
    // nothing beside an input that costs is a figure that is missing
    if (micro !== undefined && (micro > 0 || bucket === 'input' || bucket === 'output')) found[bucket] = micro
  }
  return found
}

/** Two zeros are what a list says of a model that it has no price for. */
function priced(prices: TokenPrices | undefined, source: string, asOf: string): Prices | undefined {
  if (prices?.input === undefined || prices.output === undefined) return undefined
  return { asOf, source, microUsdPerMillion: prices }
}

function abilities(told: Readonly<Partial<Record<Ability, boolean | undefined>>>): LiveModel['abilities'] {
  const known = Object.fromEntries(Object.entries(told).filter(([, does]) => does !== undefined)) as Partial<Record<Ability, boolean>>
  return Object.keys(known).length === 0 ? undefined : known
}

const MODALITIES: Readonly<Record<string, Modality>> = { text: 'text', image: 'image', file: 'file', audio: 'audio', video: 'video' }

function modalities(value: unknown): readonly Modality[] | undefined {
  const found = list(value).flatMap((name) => MODALITIES[name] ?? [])
  return found.length === 0 ? undefined : found
}

function withId(id: unknown, facts: { readonly [Name in keyof Omit<LiveModel, 'id'>]?: LiveModel[Name] | undefined } = {}): LiveModel | undefined {
  const known = text(id)
  if (known === undefined) return undefined
  return { id: known, ...Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)) }
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function tokens(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined
}

/** Of a date or a moment in ISO 8601. */
function day(value: unknown): IsoDate | undefined {
  return /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(text(value) ?? '')?.[0]
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
