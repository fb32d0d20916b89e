import { createHash } from 'node:crypto'
import type { ClientProtocol, JsonObject, Need } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { Endpoint } from '../../shared/routing.ts'

/** The list of models in the shape that the dialect's own clients parse. `createdAt` in seconds is when this process started: the list is alive. */
export function modelList(endpoints: readonly Endpoint[], dialect: ClientProtocol, createdAt: number): JsonObject {
  switch (dialect) {
    case 'anthropic-messages': {
      const data = endpoints.map((endpoint) => anthropicModel(endpoint, createdAt))
      return { data, has_more: false, first_id: endpoints[0]?.id ?? null, last_id: endpoints.at(-1)?.id ?? null }
    }
    case 'gemini':
      return { models: endpoints.map(geminiModel) }
    case 'ollama-chat':
      return { models: endpoints.map((endpoint) => ollamaModel(endpoint, createdAt)) }
    default:
      return { object: 'list', data: endpoints.map((endpoint) => openaiModel(endpoint, createdAt)) }
  }
}

/** @throws Failure 'unknown-model' */
export function oneModel(endpoints: readonly Endpoint[], id: string, dialect: ClientProtocol, createdAt: number): JsonObject {
  const endpoint = endpoints.find((candidate) => candidate.id === id)
  if (endpoint === undefined) throw new Failure('unknown-model', `There is no model '${id}'. The list without an id names all.`, { code: 'model_not_found' })
  switch (dialect) {
    case 'anthropic-messages':
      return anthropicModel(endpoint, createdAt)
    case 'gemini':
      return geminiModel(endpoint)
    case 'ollama-chat':
      return ollamaDetails(endpoint, createdAt)
    default:
      return openaiModel(endpoint, createdAt)
  }
}

/** OpenAI's row with OpenRouter's fields beside; prices are strings in USD per token there. */
function openaiModel(endpoint: Endpoint, createdAt: number): JsonObject {
  const { price } = endpoint
  return {
    id: endpoint.id,
    object: 'model',
    created: createdAt,
    owned_by: endpoint.provider,
    name: endpoint.name,
    context_length: endpoint.limits.context ?? null,
    pricing: price === undefined ? null : { prompt: perToken(price.microUsdPerMillion.input), completion: perToken(price.microUsdPerMillion.output) },
    simulated: endpoint.simulated,
  }
}

/** Micro-USD per million tokens as USD per token, exactly: 1 micro-USD per million is 1e-12 USD. */
function perToken(microUsdPerMillion: number | undefined): string | null {
  if (microUsdPerMillion === undefined) return null
  const digits = String(microUsdPerMillion).padStart(13, '0')
  const text = `${digits.slice(0, -12)}.${digits.slice(-12)}`.replace(/\.?0+$/, '')
  return text === '' ? '0' : text
}

function anthropicModel(endpoint: Endpoint, createdAt: number): JsonObject {
  return { type: 'model', id: endpoint.id, display_name: endpoint.name, created_at: new Date(createdAt * 1000).toISOString() }
}

function geminiModel(endpoint: Endpoint): JsonObject {
  return {
    name: `models/${endpoint.id}`,
    displayName: endpoint.name,
    supportedGenerationMethods: ['generateContent', 'streamGenerateContent', 'countTokens'],
    ...(endpoint.limits.context !== undefined && { inputTokenLimit: endpoint.limits.context }),
    ...(endpoint.limits.output !== undefined && { outputTokenLimit: endpoint.limits.output }),
  }
}

/** Ollama's row of `/api/tags`. There is no file behind it, so it has no size, and its digest stands for its name alone. */
function ollamaModel(endpoint: Endpoint, createdAt: number): JsonObject {
  return {
    name: endpoint.id,
    model: endpoint.id,
    modified_at: new Date(createdAt * 1000).toISOString(),
    size: 0,
    digest: createHash('sha256').update(endpoint.id).digest('hex'),
    details: OLLAMA_DETAILS,
  }
}

const OLLAMA_DETAILS = { parent_model: '', format: '', family: '', families: [], parameter_size: '', quantization_level: '' }

/** Ollama's `/api/show`. What nobody told us a model cannot do counts as something it can. */
function ollamaDetails(endpoint: Endpoint, createdAt: number): JsonObject {
  const can = (need: Need): boolean => endpoint.can?.has(need) ?? true
  const { context } = endpoint.limits
  return {
    modelfile: '',
    parameters: '',
    template: '',
    modified_at: new Date(createdAt * 1000).toISOString(),
    details: OLLAMA_DETAILS,
    model_info: { 'general.architecture': endpoint.provider, ...(context === undefined ? {} : { [`${endpoint.provider}.context_length`]: context }) },
    capabilities: ['completion', ...(can('tools') ? ['tools'] : []), ...(can('vision') ? ['vision'] : []), ...(can('reasoning') ? ['thinking'] : [])],
  }
}
