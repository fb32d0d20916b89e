import { createHash } from 'node:crypto'
import type { ClientProtocol, JsonObject, Need } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { Endpoint } from '../../shared/routing.ts'
import { filterModels, number, type PlaceFacts } from './model-filter.ts'
import { openrouterEndpoints, openrouterModel } from './openrouter-models.ts'

/** What the catalogue and the providers tell of themselves. */
export interface ModelFactsForList {
  readonly endpoints: readonly Endpoint[]
  /** Models that are no chat: embeddings. */
  readonly others: readonly Endpoint[]
  /** The hosts of the model that a name means. */
  readonly hosts: (name: string) => readonly Endpoint[]
  readonly providers: readonly ProviderFacts[]
}

export interface ProviderFacts extends PlaceFacts {
  readonly id: string
  readonly name: string
  readonly privacyPage: string | undefined
  readonly statusPage: string | undefined
}

/** Pages as Anthropic cuts them: https://platform.claude.com/docs/en/api/models-list */
const ANTHROPIC_PAGE = { usual: 20, most: 1000 } as const
/** https://ai.google.dev/api/models#method:-models.list */
const GEMINI_PAGE = { usual: 50, most: 1000 } as const

/**
 * The list of models in the shape that the dialect's own clients parse. `createdAt` in seconds is when this process started: the list is alive.
 * @throws Failure 'bad-request' for a filter or a page that is none
 */
export function modelList(facts: ModelFactsForList, dialect: ClientProtocol, query: URLSearchParams, createdAt: number): JsonObject {
  const { endpoints } = facts
  switch (dialect) {
    case 'anthropic-messages': {
      const page = pageBetween(endpoints, query)
      const data = page.rows.map((endpoint) => anthropicModel(endpoint, createdAt))
      return { data, has_more: page.hasMore, first_id: page.rows[0]?.id ?? null, last_id: page.rows.at(-1)?.id ?? null }
    }
    case 'gemini': {
      const all = [...endpoints, ...facts.others]
      const start = number(query, 'pageToken', 0, Number.MAX_SAFE_INTEGER) ?? 0
      const asked = number(query, 'pageSize', 0, Number.MAX_SAFE_INTEGER)
      // as with Anthropic's, who asks for no page gets all
      const asksForPages = query.has('pageSize') || query.has('pageToken')
      const size = asksForPages ? Math.min(asked || GEMINI_PAGE.usual, GEMINI_PAGE.most) : all.length
      const models = all.slice(start, start + size).map(geminiModel)
      return { models, ...(start + size < all.length && { nextPageToken: String(start + size) }) }
    }
    case 'ollama-chat':
      return { models: endpoints.map((endpoint) => ollamaModel(endpoint, createdAt)) }
    default: {
      const { page, total, next } = filterModels(endpoints, facts.others, query, placeIn(facts.providers))
      const data = page.map((endpoint) => openrouterModel(endpoint, createdAt))
      return { object: 'list', data, links: { next: next === undefined ? null : `/api/v1/models?${next}` }, total_count: total }
    }
  }
}

/** `GET /models/count`: how many the same query would list. @throws Failure 'bad-request' */
export function modelCount(facts: ModelFactsForList, query: URLSearchParams): JsonObject {
  return { data: { count: filterModels(facts.endpoints, facts.others, query, placeIn(facts.providers)).total } }
}

/** @throws Failure 'unknown-model' */
export function modelEndpoints(facts: ModelFactsForList, name: string, createdAt: number): JsonObject {
  const [first, ...rest] = facts.hosts(name)
  if (first === undefined) throw unknownModel(name)
  const names = new Map(facts.providers.map(({ id, name }) => [id, name]))
  return openrouterEndpoints([first, ...rest], createdAt, (id) => names.get(id) ?? id)
}

export function providerList({ providers }: ModelFactsForList): JsonObject {
  return {
    data: providers.map(({ id, name, privacyPage, statusPage }) => ({
      name,
      slug: id,
      privacy_policy_url: privacyPage ?? null,
      terms_of_service_url: null,
      status_page_url: statusPage ?? null,
    })),
  }
}

function placeIn(providers: readonly ProviderFacts[]): (id: string) => PlaceFacts {
  const byId = new Map(providers.map((provider) => [provider.id, provider]))
  return (id) => byId.get(id) ?? { regions: undefined, keepsNothing: undefined }
}

/** Anthropic's pages lie after or before a model that the client has seen. */
function pageBetween(endpoints: readonly Endpoint[], query: URLSearchParams): { readonly rows: readonly Endpoint[]; readonly hasMore: boolean } {
  // who asks for no page at all does not know that there are any, and gets the whole list
  const asksForPages = ['limit', 'after_id', 'before_id'].some((name) => query.has(name))
  const size = asksForPages ? (number(query, 'limit', 1, ANTHROPIC_PAGE.most) ?? ANTHROPIC_PAGE.usual) : endpoints.length
  const placeOf = (name: 'after_id' | 'before_id'): number | undefined => {
    const id = query.get(name)
    if (id === null) return undefined
    const place = endpoints.findIndex((endpoint) => endpoint.id === id)
    if (place < 0) throw new Failure('bad-request', `${name} names no model of this list: '${id}'.`, { param: name })
    return place
  }
  const before = placeOf('before_id')
  if (before !== undefined) return { rows: endpoints.slice(Math.max(0, before - size), before), hasMore: before > size }
  const start = (placeOf('after_id') ?? -1) + 1
  return { rows: endpoints.slice(start, start + size), hasMore: start + size < endpoints.length }
}

/** @throws Failure 'unknown-model' */
export function oneModel(facts: ModelFactsForList, id: string, dialect: ClientProtocol, createdAt: number): JsonObject {
  const endpoint = findModel(facts, id)
  switch (dialect) {
    case 'anthropic-messages':
      return anthropicModel(endpoint, createdAt)
    case 'gemini':
      return geminiModel(endpoint)
    case 'ollama-chat':
      return ollamaDetails(endpoint, createdAt)
    default:
      return openrouterModel(endpoint, createdAt)
  }
}

/** A model by the name it is listed under, or by `author/model`. */
function findModel(facts: ModelFactsForList, id: string): Endpoint {
  const endpoint = [...facts.endpoints, ...facts.others].find((candidate) => candidate.id === id) ?? facts.hosts(id)[0]
  if (endpoint === undefined) throw unknownModel(id)
  return endpoint
}

function unknownModel(id: string): Failure {
  return new Failure('unknown-model', `There is no model '${id}'. The list without an id names all.`, { code: 'model_not_found' })
}

function anthropicModel(endpoint: Endpoint, createdAt: number): JsonObject {
  return { type: 'model', id: endpoint.id, display_name: endpoint.name, created_at: new Date(createdAt * 1000).toISOString() }
}

function geminiModel(endpoint: Endpoint): JsonObject {
  return {
    name: `models/${endpoint.id}`,
    displayName: endpoint.name,
    supportedGenerationMethods:
      endpoint.facts?.kind === 'embedding' ? ['embedContent', 'batchEmbedContents'] : ['generateContent', 'streamGenerateContent', 'countTokens'],
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
