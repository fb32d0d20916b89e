/** What real clients sent to a loopback server (`../shared/client-captures`, see its README): conversations, in the order they came. */
import { existsSync, readFileSync } from 'node:fs'
import type { ChatDialect, JsonObject, JsonValue } from '../../shared/chat.ts'
import { SHARED_DIR } from './recordings.ts'

export interface Capture {
  /** Client and number of the call, such as `codex 4`. */
  readonly name: string
  readonly dialect: ChatDialect
  readonly body: JsonObject
}

const CLIENTS = ['anthropic', 'claude-code', 'codex', 'openai', 'opencode', 'openrouter-ai', 'openrouter-sdk']

/** Empty where the folder is missing. */
export const captures: readonly Capture[] = CLIENTS.flatMap((client) => {
  const file = `${SHARED_DIR}client-captures/${client}.json`
  if (!existsSync(file)) return []
  const calls = JSON.parse(readFileSync(file, 'utf8')) as readonly { readonly url: string; readonly body?: JsonObject | null }[]
  return calls.flatMap(({ url, body }, index) => {
    const dialect = dialectOf(url)
    return dialect === undefined || body == null ? [] : [{ name: `${client} ${index + 1}`, dialect, body: withoutNotes(body) as JsonObject }]
  })
})

function dialectOf(url: string): ChatDialect | undefined {
  const path = url.replace(/^\/api/, '').replace(/\?.*$/, '')
  if (path === '/v1/messages') return 'anthropic-messages'
  if (path === '/v1/responses') return 'openai-responses'
  return path === '/v1/chat/completions' ? 'openai-chat' : undefined
}

/** The captures abridge long lists by a line of text, which no client sent. */
function withoutNotes(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).filter((entry) => typeof entry !== 'string' || !entry.startsWith('… ')).map(withoutNotes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withoutNotes(field)]))
}
