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
    case 'openai-chat':
      return '/v1/chat/completions'
    case 'openai-responses':
      return '/v1/responses'
    case 'anthropic-messages':
      return '/v1/messages'
    case 'gemini':
      return `/v1beta/models/${record.requested}:${record.streamed ? 'streamGenerateContent?alt=sse' : 'generateContent'}`
  }
}

function keyHeader(record: UsageRecord): string {
  switch (record.dialect) {
    case 'openai-chat':
    case 'openai-responses':
      return 'authorization: Bearer '
    case 'anthropic-messages':
      return 'x-api-key: '
    case 'gemini':
      return 'x-goog-api-key: '
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
