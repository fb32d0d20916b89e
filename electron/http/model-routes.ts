import type { Dialect, JsonObject } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { Endpoint } from '../../shared/routing.ts'

/** The list of models in the shape that the dialect's own clients parse. `createdAt` in seconds is when this process started: the list is alive. */
export function modelList(endpoints: readonly Endpoint[], dialect: Dialect, createdAt: number): JsonObject {
  switch (dialect) {
    case 'openai-chat':
    case 'openai-responses':
      return { object: 'list', data: endpoints.map((endpoint) => openaiModel(endpoint, createdAt)) }
    case 'anthropic-messages': {
      const data = endpoints.map((endpoint) => anthropicModel(endpoint, createdAt))
      return { data, has_more: false, first_id: endpoints[0]?.id ?? null, last_id: endpoints.at(-1)?.id ?? null }
    }
    case 'gemini':
      return { models: endpoints.map(geminiModel) }
  }
}

/** @throws Failure 'unknown-model' */
export function oneModel(endpoints: readonly Endpoint[], id: string, dialect: Dialect, createdAt: number): JsonObject {
  const endpoint = endpoints.find((candidate) => candidate.id === id)
  if (endpoint === undefined) throw new Failure('unknown-model', `There is no model '${id}'. The list without an id names all.`, { code: 'model_not_found' })
  if (dialect === 'openai-chat' || dialect === 'openai-responses') return openaiModel(endpoint, createdAt)
  return dialect === 'gemini' ? geminiModel(endpoint) : anthropicModel(endpoint, createdAt)
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
    supportedGenerationMethods: ['generateContent', 'streamGenerateContent'],
    ...(endpoint.limits.context !== undefined && { inputTokenLimit: endpoint.limits.context }),
    ...(endpoint.limits.output !== undefined && { outputTokenLimit: endpoint.limits.output }),
  }
}
