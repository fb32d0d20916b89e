import type { Exchange, UsageRecord } from '../../../shared/ledger.ts'

/** Headers that curl or the network sets by itself, or that name the caller. */
const LEFT_OUT =
  /^(?:host|connection|content-length|accept-encoding|user-agent|authorization|x-api-key|x-goog-api-key|cookie|origin|referer|sec-.*|transfer-encoding|keep-alive|x-stainless-.*)$/i

/**
 * The request as a curl command against the local endpoint. The key stays a shell variable, `$SWITCHYARD_KEY`: the window never had it.
 *
 * @throws nothing; a body that was cut at the capture limit is used as it is, and the caller says so.
 */
export function asCurl(record: UsageRecord, exchange: Exchange, address: string): string {
  const headers = Object.entries(exchange.requestHeaders).filter(([name]) => !LEFT_OUT.test(name) && name.toLowerCase() !== 'content-type')
  const lines = [
    `curl ${quoted(address + pathOf(record))}`,
    `-H ${quoted('content-type: application/json')}`,
    // double quotes, so that the shell puts the key in
    `-H "${keyHeader(record)}$SWITCHYARD_KEY"`,
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(record.streamed ? ['--no-buffer'] : []),
    `--data-raw ${quoted(compact(exchange.requestBody))}`,
  ]
  return lines.join(' \\\n  ')
}

function pathOf(record: UsageRecord): string {
  switch (record.dialect) {
    case 'openai-responses':
      return '/v1/responses'
    case 'anthropic-messages':
      return '/v1/messages'
    case 'gemini':
      return `/v1beta/models/${record.requested}:${record.streamed ? 'streamGenerateContent?alt=sse' : 'generateContent'}`
    case 'gemini-count-tokens':
      return `/v1beta/models/${record.requested}:countTokens`
    case 'gemini-embeddings':
      return `/v1beta/models/${record.requested}:batchEmbedContents`
    case 'anthropic-count-tokens':
      return '/v1/messages/count_tokens'
    case 'openai-input-tokens':
      return '/v1/responses/input_tokens'
    case 'openai-compaction':
      return '/v1/responses/compact'
    case 'cohere-v2':
      return '/v2/chat'
    case 'ollama-chat':
      return '/api/chat'
    case 'ollama-generate':
      return '/api/generate'
    case 'ollama-embeddings':
      return '/api/embed'
    case 'openai-completions':
      return '/v1/completions'
    case 'openai-embeddings':
      return '/v1/embeddings'
    default:
      return '/v1/chat/completions'
  }
}

function keyHeader(record: UsageRecord): string {
  switch (record.dialect) {
    case 'anthropic-messages':
    case 'anthropic-count-tokens':
      return 'x-api-key: '
    case 'gemini':
    case 'gemini-count-tokens':
    case 'gemini-embeddings':
      return 'x-goog-api-key: '
    default:
      return 'authorization: Bearer '
  }
}

/** One shell word, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** White space between tokens means nothing to the server; what is not JSON stays as it came. */
function compact(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body))
  } catch {
    // not JSON, or cut at the capture limit: then its own bytes are the truth
    return body
  }
}
