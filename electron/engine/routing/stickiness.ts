/**
 * Which host and key have the beginning of a conversation in their prompt cache: the next turn goes there while it is warm. A conversation is what
 * its client names (`session_id`, `x-session-id`, `prompt_cache_key`), else what has the same system prompt and first message.
 */
import { hash } from 'node:crypto'
import type { ChatView, Message } from '../../../shared/chat.ts'
import type { CallerId, CredentialId, EndpointId, Ms } from '../../../shared/ids.ts'
import type { Endpoint } from '../../../shared/routing.ts'

/** Below it no provider caches a prefix. */
const LEAST_TOKENS = 1024
/** Of these, how long an idle prefix lives; all others: the user's setting. PROTOCOLS of the providers, read in November 2026. */
const LIFE_MS: Readonly<Record<string, Ms>> = {
  anthropic: 5 * 60_000,
  'bedrock-anthropic': 5 * 60_000,
  'vertex-anthropic': 5 * 60_000,
  bedrock: 5 * 60_000,
  alibaba: 5 * 60_000,
  google: 5 * 60_000,
  vertex: 5 * 60_000,
  // on disk
  deepseek: 2 * 3_600_000,
}
const HOUR_MS = 3_600_000
/** More conversations than run at once on one machine. */
const MOST_SESSIONS = 5_000
/** Claude Code's first system block: its end differs between kinds of requests of one conversation. */
const CHANGING_BLOCK = /^x-anthropic-billing-header:/

export interface Warm {
  readonly endpoint: EndpointId
  readonly credential: CredentialId | undefined
  /** How much of the conversation's beginning is in its cache, at most. */
  readonly tokens: number
}

export class Stickiness {
  readonly #now: () => Ms
  readonly #idleMs: () => Ms
  readonly #sessions = new Map<string, Warm & { readonly until: Ms }>()

  constructor(now: () => Ms, idleMs: () => Ms) {
    this.#now = now
    this.#idleMs = idleMs
  }

  find(session: string): Warm | undefined {
    const found = this.#sessions.get(session)
    return found !== undefined && found.until > this.#now() ? found : undefined
  }

  /** @param tokens everything that went in; undefined: nobody counted. @param forAnHour the client marked its prefix for an hour */
  note(session: string, endpoint: Endpoint, credential: CredentialId | undefined, tokens: number | undefined, forAnHour: boolean): void {
    if (!caches(endpoint) || (tokens !== undefined && tokens < LEAST_TOKENS && !endpoint.runsLocally)) return
    this.#sessions.delete(session)
    const oldest = this.#sessions.size >= MOST_SESSIONS ? this.#sessions.keys().next().value : undefined
    if (oldest !== undefined) this.#sessions.delete(oldest)
    const life = forAnHour && LIFE_MS[endpoint.provider] !== undefined ? HOUR_MS : (LIFE_MS[endpoint.provider] ?? this.#idleMs())
    this.#sessions.set(session, { endpoint: endpoint.id, credential, tokens: tokens ?? LEAST_TOKENS, until: this.#now() + life })
  }
}

/** A cache whose reads are no cheaper is no reason to stay; where nobody knows, and on this machine, it is. */
function caches({ price, runsLocally }: Endpoint): boolean {
  if (runsLocally || price === undefined) return true
  const { input, cacheRead } = price.microUsdPerMillion
  return input !== undefined && cacheRead !== undefined && cacheRead < input
}

/** What identifies the conversation of a request, for this caller alone. */
export function sessionOf(view: Pick<ChatView, 'messages' | 'routing' | 'model'>, header: string | undefined, caller: CallerId): string {
  const named = view.routing.session ?? header ?? view.routing.promptCacheKey
  return `${caller}\n${view.model}\n${named === undefined || named === '' ? hash('sha1', beginning(view.messages), 'base64') : named}`
}

function beginning(messages: readonly Message[]): string {
  const system = messages.find(({ role }) => role === 'system')
  const first = messages.find(({ role }) => role !== 'system')
  return `${textOf(system)}\n\n${textOf(first)}`
}

function textOf(message: Message | undefined): string {
  let text = ''
  for (const part of message?.parts ?? []) if (part.type === 'text' && !CHANGING_BLOCK.test(part.text)) text += `${part.text}\n`
  return text
}

/** Whether a client marked a prefix to be kept for an hour. */
export function isMarkedForAnHour({ messages, tools }: Pick<ChatView, 'messages' | 'tools'>): boolean {
  return tools.some(({ cache }) => cache?.ttl === '1h') || messages.some(({ parts }) => parts.some((part) => 'cache' in part && part.cache?.ttl === '1h'))
}
