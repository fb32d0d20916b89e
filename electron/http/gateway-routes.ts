/** The client-facing routes: which dialect a path speaks, and what its URL says of model and streaming. */
import type { ChatDialect, ClientProtocol, Dialect, SideCall } from '../../shared/chat.ts'

export type GatewayRoute =
  | { readonly is: 'chat'; readonly dialect: ChatDialect; readonly model?: string; readonly stream?: boolean; readonly framing: 'sse' | 'json-array' }
  | { readonly is: 'models'; readonly dialect: ClientProtocol; readonly id?: string }
  /** OpenRouter's: how many models there are, one model's hosts, one model in an envelope, the providers. */
  | { readonly is: 'model-count' | 'providers'; readonly dialect: 'openai-chat' }
  | { readonly is: 'model-endpoints' | 'model-details'; readonly dialect: 'openai-chat'; readonly id: string }
  /** Ollama names the model it asks about in the body. */
  | { readonly is: 'show'; readonly dialect: 'ollama-chat' }
  | { readonly is: 'side-call'; readonly dialect: SideCall; readonly model?: string }
  | { readonly is: 'stored-response'; readonly dialect: ClientProtocol; readonly id: string; readonly of: 'response' | 'input-items' | 'cancel' }
  | { readonly is: 'health' }
  | { readonly is: 'ollama-version' }
  | { readonly is: 'unknown'; readonly dialect: Dialect }

interface Matched {
  readonly route: GatewayRoute
  readonly methods: readonly string[]
}

type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>

const GET = ['GET', 'HEAD'] as const
const POST = ['POST'] as const

/**
 * undefined for paths that are not the gateway's (the workbench's). `/api/v1` serves the same as `/v1`, so that a tool set up for OpenRouter
 * moves by its base URL alone.
 */
export function gatewayRoute(pathname: string, query: string, headers: RequestHeaders): Matched | undefined {
  const exact = routeAt(pathname, query, headers)
  if (exact !== undefined && exact.route.is !== 'unknown') return exact
  const meant = meantPath(pathname)
  const mended = meant === pathname ? undefined : routeAt(meant, query, headers)
  return mended === undefined || mended.route.is === 'unknown' ? exact : mended
}

/** What clients ask for without the version, because their base URL should have had it. */
const UNVERSIONED: ReadonlySet<string> = new Set([
  ...['/chat/completions', '/completions', '/responses', '/embeddings', '/models'],
  ...['/messages', '/messages/count_tokens'],
])

/**
 * The path that a tool with a slightly wrong base URL is after: Anthropic's clients add `/v1` themselves, OpenAI's do not, and slashes are doubled where a
 * base URL ends with one.
 */
function meantPath(pathname: string): string {
  const path = pathname.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1')
  const lastVersion = path.replace(/^(?:\/api)?(?:\/v1(?:beta)?)+(?=\/(?:v1|v1beta|v2|api)\/)/, '')
  return UNVERSIONED.has(lastVersion) ? `/v1${lastVersion}` : lastVersion
}

function routeAt(pathname: string, query: string, headers: RequestHeaders): Matched | undefined {
  const path = pathname.startsWith('/api/v1/') || pathname.startsWith('/api/v1beta/') || pathname === '/api/v1' ? pathname.slice(4) : pathname
  switch (path) {
    case '/v1/chat/completions':
      return { route: { is: 'chat', dialect: 'openai-chat', framing: 'sse' }, methods: POST }
    case '/v1/responses':
      return { route: { is: 'chat', dialect: 'openai-responses', framing: 'sse' }, methods: POST }
    case '/v1/responses/input_tokens':
      return { route: { is: 'side-call', dialect: 'openai-input-tokens' }, methods: POST }
    case '/v1/responses/compact':
      return { route: { is: 'side-call', dialect: 'openai-compaction' }, methods: POST }
    case '/v1/messages':
      return { route: { is: 'chat', dialect: 'anthropic-messages', framing: 'sse' }, methods: POST }
    case '/v1/completions':
      return { route: { is: 'chat', dialect: 'openai-completions', framing: 'sse' }, methods: POST }
    case '/v1/embeddings':
      return { route: { is: 'side-call', dialect: 'openai-embeddings' }, methods: POST }
    case '/v1/messages/count_tokens':
      return { route: { is: 'side-call', dialect: 'anthropic-count-tokens' }, methods: POST }
    case '/v2/chat':
      return { route: { is: 'chat', dialect: 'cohere-v2', framing: 'sse' }, methods: POST }
    case '/v1/models':
      return { route: { is: 'models', dialect: dialectOfList(headers) }, methods: GET }
    case '/v1/models/count':
      return { route: { is: 'model-count', dialect: 'openai-chat' }, methods: GET }
    case '/v1/models/user':
      return { route: { is: 'models', dialect: 'openai-chat' }, methods: GET }
    case '/v1/providers':
      return { route: { is: 'providers', dialect: 'openai-chat' }, methods: GET }
    case '/v1beta/models':
      return { route: { is: 'models', dialect: 'gemini' }, methods: GET }
    case '/health':
      return { route: { is: 'health' }, methods: GET }
    default:
  }
  const ollama = ollamaRoute(path)
  if (ollama !== undefined) return ollama
  if (path.startsWith('/v1beta/models/') && path !== '/v1beta/models/') return geminiRoute(path.slice('/v1beta/models/'.length), query)
  if (path.startsWith('/v1/models/') && path !== '/v1/models/') {
    const rest = path.slice('/v1/models/'.length)
    // Google's newer clients say /v1 where older ones said /v1beta
    if (/:(?:generateContent|streamGenerateContent|countTokens|embedContent|batchEmbedContents)$/.test(rest)) return geminiRoute(rest, query)
    const hosted = /^(.+)\/endpoints$/.exec(rest)?.[1]
    if (hosted !== undefined) return { route: { is: 'model-endpoints', dialect: 'openai-chat', id: decoded(hosted) }, methods: GET }
    const dialect = dialectOfList(headers)
    return { route: { is: 'models', dialect, id: decoded(rest) }, methods: GET }
  }
  if (path.startsWith('/v1/model/')) {
    return { route: { is: 'model-details', dialect: 'openai-chat', id: decoded(path.slice('/v1/model/'.length)) }, methods: GET }
  }
  const stored = storedRoute(path)
  if (stored !== undefined) return stored
  if (path.startsWith('/v1/messages/')) return { route: { is: 'unknown', dialect: 'anthropic-messages' }, methods: [] }
  if (path.startsWith('/v1beta/')) return { route: { is: 'unknown', dialect: 'gemini' }, methods: [] }
  if (path === '/v1' || path.startsWith('/v1/')) return { route: { is: 'unknown', dialect: 'openai-chat' }, methods: [] }
  return undefined
}

/** Three vendors list their models at one path; their clients are told apart by what only they send. Google's newer client says /v1 too. */
function dialectOfList(headers: RequestHeaders): ClientProtocol {
  if (headers['anthropic-version'] !== undefined) return 'anthropic-messages'
  return headers['x-goog-api-key'] === undefined ? 'openai-chat' : 'gemini'
}

/** Answers that were kept. https://platform.openai.com/docs/api-reference/responses/get */
function storedRoute(path: string): Matched | undefined {
  const [, id, rest = ''] = /^\/v1\/responses\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? []
  if (id === undefined) return undefined
  const route = { is: 'stored-response', dialect: 'openai-responses', id: decoded(id) } as const
  switch (rest) {
    case '':
      return { route: { ...route, of: 'response' }, methods: ['GET', 'DELETE'] }
    case 'input_items':
      return { route: { ...route, of: 'input-items' }, methods: GET }
    case 'cancel':
      return { route: { ...route, of: 'cancel' }, methods: POST }
    default:
      return undefined
  }
}

/** The workbench's own routes under `/api/` all have a dot in their name; Ollama's have none. */
function ollamaRoute(path: string): Matched | undefined {
  switch (path) {
    case '/api/chat':
      return { route: { is: 'chat', dialect: 'ollama-chat', framing: 'sse' }, methods: POST }
    case '/api/generate':
      return { route: { is: 'chat', dialect: 'ollama-generate', framing: 'sse' }, methods: POST }
    case '/api/embed':
    case '/api/embeddings':
      return { route: { is: 'side-call', dialect: 'ollama-embeddings' }, methods: POST }
    case '/api/tags':
      return { route: { is: 'models', dialect: 'ollama-chat' }, methods: GET }
    case '/api/show':
      return { route: { is: 'show', dialect: 'ollama-chat' }, methods: POST }
    case '/api/version':
      return { route: { is: 'ollama-version' }, methods: GET }
    default:
      return undefined
  }
}

function geminiRoute(rest: string, query: string): Matched {
  const colon = rest.lastIndexOf(':')
  const verb = rest.slice(colon + 1)
  const model = decoded(colon < 0 ? rest : rest.slice(0, colon))
  if (verb === 'generateContent') return { route: { is: 'chat', dialect: 'gemini', model, stream: false, framing: 'sse' }, methods: POST }
  if (verb === 'streamGenerateContent') {
    const framing = new URLSearchParams(query).get('alt') === 'sse' ? 'sse' : 'json-array'
    return { route: { is: 'chat', dialect: 'gemini', model, stream: true, framing }, methods: POST }
  }
  if (verb === 'countTokens') return { route: { is: 'side-call', dialect: 'gemini-count-tokens', model }, methods: POST }
  if (verb === 'embedContent' || verb === 'batchEmbedContents') return { route: { is: 'side-call', dialect: 'gemini-embeddings', model }, methods: POST }
  if (colon < 0) return { route: { is: 'models', dialect: 'gemini', id: model }, methods: GET }
  return { route: { is: 'unknown', dialect: 'gemini' }, methods: [] }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // a stray % is part of the name then; no model has such a name, and the answer will say so
    return text
  }
}

/** The client key, from wherever the dialects' official clients put it. */
export function presentedKey(headers: Readonly<Record<string, string | string[] | undefined>>, query: string): string | undefined {
  const { authorization } = headers
  if (typeof authorization === 'string') {
    if (authorization.startsWith('Bearer ')) return authorization.slice(7).trim()
    const space = authorization.indexOf(' ')
    if (space > 0 && authorization.slice(0, space).toLowerCase() === 'bearer') return authorization.slice(space + 1).trim()
  }
  for (const name of ['x-api-key', 'x-goog-api-key']) {
    const value = headers[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return query === '' ? undefined : (new URLSearchParams(query).get('key') ?? undefined)
}
