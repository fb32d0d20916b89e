/**
 * Which host and key have the beginning of a conversation in their prompt cache: the next turn goes there while it is warm. A conversation is what
 * its client names (`session_id`, `x-session-id`, `prompt_cache_key`), else what has the same system prompt and first message.
 */
import { hash } from 'node:crypto'
import { type ChatView, type Message, type Tokens, totalInput } from '../../../shared/chat.ts'
import type { CallerId, CredentialId, EndpointId, Ms, RequestId } from '../../../shared/ids.ts'
import type { NanoUsd } from '../../../shared/money.ts'
import { promptCacheRules } from '../../../shared/prompt-cache-rules.ts'
import type { Endpoint } from '../../../shared/routing.ts'
import { SlotMap } from '../slot-map.ts'

/** More conversations than run at once on one machine. */
const MOST_SESSIONS = 5_000
/** Begins Claude Code's first system block, whose end differs between kinds of requests of one conversation. */
const CHANGING_BLOCK = 'x-anthropic-billing-header:'
const LONGEST_TITLE = 80

export interface Warm {
  readonly endpoint: EndpointId
  readonly credential: CredentialId | undefined
  /** How much of the conversation's beginning is in its cache, at most. */
  readonly tokens: number
  /** What reading them there saves against sending them anew; undefined: the prices are not known. */
  readonly worth?: NanoUsd | undefined
}

/** A prefix that is in a provider's cache, as far as its rules tell. */
export interface WarmPrefix extends Warm {
  readonly session: string
  readonly caller: CallerId
  /** The model as its client asked for it. */
  readonly model: string
  /** How its first question begins. */
  readonly title: string
  readonly until: Ms
  /** Its last turn, by which the ledger may know what was sent; undefined: it was none. */
  readonly request: RequestId | undefined
}

/** What is known of one, but for its worth, which follows the prices. */
export type KeptPrefix = Omit<WarmPrefix, 'worth'>

/** What is known of an answer's request when it has ended. */
export interface Served extends Pick<Warm, 'credential'> {
  readonly endpoint: Endpoint
  /** Of its input, what the cache can have kept; undefined: nobody counted. */
  readonly tokens: number | undefined
  readonly caller: CallerId
  readonly request?: RequestId | undefined
  readonly view: Pick<ChatView, 'messages' | 'tools' | 'unmodelled' | 'model'>
}

interface Conversation {
  /** The session in which it was warm last: its model may have changed since. */
  latest: string
}

/** Noted with every answer, so what stays the same is not made again. */
interface Known {
  prefix: KeptPrefix
  readonly conversation: Conversation
}

export class Stickiness {
  readonly #now: () => Ms
  readonly #idleMs: () => Ms
  readonly #worth: (endpoint: EndpointId, tokens: number) => NanoUsd | undefined
  readonly #sessions = new SlotMap<string, Known>()
  /** Each conversation, whatever its model. */
  readonly #conversations = new Map<string, Conversation>()
  /** The models that each caller has had something warm at. */
  readonly #models = new Map<CallerId, Set<string>>()
  #changed = false

  /** @param worth what reading so many tokens from the cache saves there, by the prices of now */
  constructor(now: () => Ms, idleMs: () => Ms, worth: (endpoint: EndpointId, tokens: number) => NanoUsd | undefined) {
    this.#worth = worth
    this.#now = now
    this.#idleMs = idleMs
  }

  find(session: string): WarmPrefix | undefined {
    const found = this.#sessions.get(session)?.prefix
    return found !== undefined && found.until > this.#now() ? this.#valued(found) : undefined
  }

  /** Where the same conversation is warm at another model. */
  elsewhere(session: string): WarmPrefix | undefined {
    const latest = this.#conversations.get(conversationOf(session))?.latest
    return latest === undefined || latest === session ? undefined : this.find(latest)
  }

  /** Where the conversation that begins so, and has no name of its own, was warm last. */
  ofConversation(messages: readonly Message[], caller: CallerId): WarmPrefix | undefined {
    const latest = this.#conversations.get(conversationOf(sessionFrom(messages, caller, '')))?.latest
    return latest === undefined ? undefined : this.find(latest)
  }

  /** Cheaper than to find out which conversation a request belongs to: whether this caller ever had one warm at another model. */
  hasOtherModels(caller: CallerId, model: string): boolean {
    const models = this.#models.get(caller)
    return models !== undefined && models.size > (models.has(model) ? 1 : 0)
  }

  /** All that is warm, dearest first. */
  list(): readonly WarmPrefix[] {
    const now = this.#now()
    return Array.from(this.#sessions.values(), ({ prefix }) => prefix)
      .filter(({ until }) => until > now)
      .map((kept) => this.#valued(kept))
      .sort((one, other) => (other.worth ?? 0) - (one.worth ?? 0))
  }

  #valued(kept: KeptPrefix): WarmPrefix {
    return { ...kept, worth: this.#worth(kept.endpoint, kept.tokens) }
  }

  /** Whether an answer from there leaves anything in a cache. */
  keeps(endpoint: Endpoint, tokens: number | undefined): boolean {
    if (endpoint.simulated || !caches(endpoint)) return false
    return tokens === undefined || endpoint.runsLocally || tokens >= promptCacheRules(endpoint.provider, endpoint.upstreamModel).leastTokens
  }

  /** Takes note of an answer of which `keeps` says that it leaves something in a cache. */
  note(session: string, { endpoint, credential, tokens, caller, request, view }: Served): void {
    const { leastTokens, stepTokens, idleMs, longMs } = promptCacheRules(endpoint.provider, endpoint.upstreamModel)
    const life = (longMs !== undefined && isForLong(view) ? longMs : undefined) ?? idleMs ?? this.#idleMs()
    const kept = tokens === undefined ? leastTokens : endpoint.runsLocally ? tokens : Math.floor(tokens / stepTokens) * stepTokens
    // how it began does not change as it goes on
    const title = this.#sessions.get(session)?.prefix.title || titleOf(view.messages)
    this.#know({ session, caller, model: view.model, title, until: this.#now() + life, endpoint: endpoint.id, credential, tokens: kept, request })
    this.#changed = true
  }

  /** The newest of what is warm, if anything has changed since this was last asked: for whoever keeps it over a restart. */
  takeChanged(most: number): readonly KeptPrefix[] | undefined {
    if (!this.#changed) return undefined
    this.#changed = false
    const now = this.#now()
    return Array.from(this.#sessions.values(), ({ prefix }) => prefix)
      .slice(-most)
      .filter(({ until }) => until > now)
  }

  /** What an earlier run knew; what has been learned since is newer. */
  restore(rows: readonly KeptPrefix[]): void {
    const now = this.#now()
    for (const row of rows) if (row.until > now && !this.#sessions.has(row.session)) this.#know(row)
  }

  #know(prefix: KeptPrefix): void {
    const { session } = prefix
    const known = this.#sessions.get(session)
    if (known !== undefined) {
      known.prefix = prefix
      known.conversation.latest = session
      this.#sessions.touch(session)
      return
    }
    const oldest = this.#sessions.size >= MOST_SESSIONS ? this.#sessions.keys().next().value : undefined
    if (oldest !== undefined) this.#forget(oldest)
    this.#sessions.set(session, { prefix, conversation: this.#conversationWith(session) })
    const models = this.#models.get(prefix.caller)
    if (models === undefined) this.#models.set(prefix.caller, new Set([prefix.model]))
    else models.add(prefix.model)
  }

  #conversationWith(session: string): Conversation {
    const key = conversationOf(session)
    let conversation = this.#conversations.get(key)
    if (conversation === undefined) {
      conversation = { latest: session }
      this.#conversations.set(key, conversation)
    } else conversation.latest = session
    return conversation
  }

  #forget(session: string): void {
    if (this.#sessions.get(session)?.conversation.latest === session) this.#conversations.delete(conversationOf(session))
    this.#sessions.delete(session)
  }
}

/** A cache whose reads are no cheaper is no reason to stay; where nobody knows, and on this machine, it is. */
function caches({ price, runsLocally }: Endpoint): boolean {
  if (runsLocally || price === undefined) return true
  const { input, cacheRead } = price.microUsdPerMillion
  return input !== undefined && cacheRead !== undefined && cacheRead < input
}

/** What identifies the conversation of a request at its model, for this caller alone. */
export function sessionOf(view: Pick<ChatView, 'messages' | 'routing' | 'model'>, header: string | undefined, caller: CallerId): string {
  const named = view.routing.session ?? header ?? view.routing.promptCacheKey
  return named === undefined || named === '' ? sessionFrom(view.messages, caller, view.model) : `${caller}\n${named}\n${view.model}`
}

function conversationOf(session: string): string {
  return session.slice(0, session.lastIndexOf('\n'))
}

interface Begun {
  readonly caller: CallerId
  readonly model: string
  readonly system: string
  readonly session: string
}

/**
 * Sessions without a name that were asked about last, by their first message: each turn of a conversation begins as the one before it. What comes out
 * is the very same string, so that a Map that is asked for it next neither hashes nor compares texts.
 */
const begun = new Map<string, Begun>()
const MOST_BEGUN = 256
/** Longer beginnings are not held for this. */
const LONGEST_BEGUN = 16_384

function sessionFrom(messages: readonly Message[], caller: CallerId, model: string): string {
  let opening: Message | undefined
  let question: Message | undefined
  for (let at = 0; at < messages.length && (opening === undefined || question === undefined); at++) {
    const message = messages[at] as Message
    if (message.role === 'system') opening ??= message
    else question ??= message
  }
  const system = textOf(opening)
  const first = textOf(question)
  const known = begun.get(first)
  if (known !== undefined && known.caller === caller && known.model === model && known.system === system) return known.session
  const session = `${caller}\n${hash('sha1', `${system}\n\n${first}`, 'base64')}\n${model}`
  if (begun.size >= MOST_BEGUN) begun.clear()
  if (system.length + first.length <= LONGEST_BEGUN) begun.set(first, { caller, model, system, session })
  return session
}

function textOf(message: Message | undefined): string {
  if (message === undefined) return ''
  let text = ''
  for (const part of message.parts) {
    if (part.type === 'text' && !part.text.startsWith(CHANGING_BLOCK)) text = text === '' ? part.text : `${text}\n${part.text}`
  }
  return text
}

/** How the first question begins, for people. */
function titleOf(messages: readonly Message[]): string {
  const title = textOf(messages.find(({ role }) => role === 'user'))
    .slice(0, LONGEST_TITLE)
    .trim()
  // a part of a string keeps all of it in memory; this is a string of its own
  return Buffer.from(title).toString()
}

/** Whether a client asked for its prefix to be kept for long: by a mark for an hour, on the whole or on a part, or by OpenAI's retention. */
export function isForLong({ messages, tools, unmodelled }: Pick<ChatView, 'messages' | 'tools' | 'unmodelled'>): boolean {
  const whole = unmodelled.cache_control
  if (typeof whole === 'object' && whole !== null && 'ttl' in whole && whole.ttl === '1h') return true
  if (unmodelled.prompt_cache_retention === '24h') return true
  return tools.some(({ cache }) => cache?.ttl === '1h') || messages.some(({ parts }) => parts.some((part) => 'cache' in part && part.cache?.ttl === '1h'))
}

/** What of an answer's input can be in the cache now: where only marked prompts are kept, what was read and written; elsewhere all of it. */
export function keptOf(tokens: Tokens, { provider, upstreamModel }: Pick<Endpoint, 'provider' | 'upstreamModel'>): number | undefined {
  const { cacheRead, cacheWrite5m, cacheWrite1h } = tokens
  const isTold = cacheRead !== undefined || cacheWrite5m !== undefined || cacheWrite1h !== undefined
  if (promptCacheRules(provider, upstreamModel).byMarks && isTold) return (cacheRead ?? 0) + (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0)
  return totalInput(tokens)
}
