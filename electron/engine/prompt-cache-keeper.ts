/**
 * What of conversations is in providers' prompt caches now, what that is worth, and one call that keeps it there when its user asks for it. The last
 * requests that such a call would repeat are held in memory within bounds, and without their clients' keys; those that are not are looked for among what
 * the ledger has kept.
 */

import { hash } from 'node:crypto'
import type { KeepWarm, KeptWarm, WarmPrefixSummary } from '../../shared/api/prompt-cache.ts'
import type { JsonValue, Message } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { CallerId, EndpointId, RequestId } from '../../shared/ids.ts'
import type { RouteReason } from '../../shared/messages/routing.ts'
import { asNanoUsd } from '../../shared/money.ts'
import { KEEP_WARM_REFUSALS, type KeepWarmRefusal, promptCacheRules } from '../../shared/prompt-cache-rules.ts'
import type { Endpoint } from '../../shared/routing.ts'
import type { Settings } from '../../shared/settings.ts'
import { Departure } from './departure.ts'
import { Account } from './ledger/account.ts'
import { askProvider, type Stages } from './pipeline.ts'
import { patchTopLevel } from './protocols/relay-body.ts'
import type { Caller, ChatRequest, Incoming } from './request.ts'
import type { Stickiness, WarmPrefix } from './routing/stickiness.ts'
import { SlotMap } from './slot-map.ts'
import { watched } from './watched.ts'

export interface KeeperFacts {
  readonly stages: () => Stages
  readonly stickiness: Pick<Stickiness, 'list' | 'find' | 'ofConversation'>
  readonly endpoint: (id: EndpointId) => Endpoint | undefined
  readonly keyLabel: (provider: string, id: string) => string | undefined
  /** What the ledger has kept of a request; undefined: nothing, or not all of it. */
  readonly pastTurn: (id: RequestId) => Promise<ChatRequest | undefined>
  readonly settings: () => Pick<Settings, 'routing'>
  readonly onChange: () => void
}

const MOST_REQUESTS = 64
const MOST_BYTES = 32 * 1024 * 1024
/** One longer than this would push out all others. */
const MOST_BYTES_EACH = 4 * 1024 * 1024
/** A call that is less likely to pay than a coin to fall on one side is not offered. */
const PAYS_BELOW = 0.5
/** OpenAI's Responses refuse a lower limit. */
const SHORTEST_OPENAI = 16

/** Of a conversation's last turn, what its repetition needs. Its client's key is not among it. */
interface Held extends Pick<ChatRequest, 'wire' | 'view'>, Pick<Incoming, 'dialect' | 'framing' | 'route' | 'body'> {
  readonly own: ChatRequest['own'] | undefined
  /** Of the client's headers, those that change what a provider makes of a prompt. */
  readonly version: string | undefined
  readonly beta: string | undefined
}

interface Looked {
  readonly request: RequestId
  readonly ended: Promise<void>
}

export class PromptCacheKeeper {
  readonly #facts: KeeperFacts
  readonly #requests = new SlotMap<string, Held>()
  /** Last turns that the ledger was asked for, by session: once each. */
  readonly #looked = new Map<string, Looked>()
  #bytes = 0

  constructor(facts: KeeperFacts) {
    this.#facts = facts
  }

  /** @param request the conversation's last turn, of which the prefix consists; undefined: it was none */
  warmed(session: string, request: ChatRequest | undefined): void {
    if (request === undefined || request.wire.bytes.length > MOST_BYTES_EACH) this.#forget(session)
    else {
      this.#hold(session, heldOf(request))
      if (this.#requests.size > MOST_REQUESTS || this.#bytes > MOST_BYTES) this.#forgetOldest()
    }
    this.#facts.onChange()
  }

  async list(): Promise<readonly WarmPrefixSummary[]> {
    const prefixes = this.#facts.stickiness.list()
    const warm = new Set(prefixes.map(({ session }) => session))
    for (const session of this.#requests.keys()) if (!warm.has(session)) this.#forget(session)
    for (const session of this.#looked.keys()) if (!warm.has(session)) this.#looked.delete(session)
    await this.#recall(prefixes)
    return prefixes.map((prefix) => this.#summary(prefix))
  }

  /** What is warm of a caller's conversation that begins so: leaving its model forfeits that. */
  async ofConversation(caller: CallerId, messages: readonly Message[]): Promise<WarmPrefixSummary | undefined> {
    const found = this.#facts.stickiness.ofConversation(messages, caller)
    if (found === undefined) return undefined
    await this.#recall([found])
    return this.#summary(found)
  }

  /** Takes last turns that are not in memory from the ledger, those of the dearest prefixes, as far as there is room. */
  async #recall(prefixes: readonly WarmPrefix[]): Promise<void> {
    for (const prefix of prefixes) {
      if (this.#requests.size >= MOST_REQUESTS) return
      const { session, request } = prefix
      const offer = this.#offer(prefix)
      if (request === undefined || offer.is === 'offered' || offer.reason !== 'not-held') continue
      const before = this.#looked.get(session)
      const looked = before?.request === request ? before : { request, ended: this.#look(session, request) }
      this.#looked.set(session, looked)
      await looked.ended
    }
  }

  async #look(session: string, id: RequestId): Promise<void> {
    const request = await this.#facts.pastTurn(id)
    // meanwhile the conversation may have gone on
    if (request === undefined || this.#requests.has(session) || this.#facts.stickiness.find(session)?.request !== id) return
    const { length } = request.wire.bytes
    if (length <= MOST_BYTES_EACH && this.#bytes + length <= MOST_BYTES) this.#hold(session, heldOf(request))
  }

  #summary(prefix: WarmPrefix): WarmPrefixSummary {
    const { endpoint: endpointOf, keyLabel } = this.#facts
    const { session, caller, title, model, endpoint, credential, tokens, until, worth } = prefix
    const provider = endpointOf(endpoint)?.provider
    const label = credential === undefined || provider === undefined ? undefined : keyLabel(provider, credential)
    const key = credential === undefined ? undefined : { id: credential, label: label ?? credential }
    return { id: idOf(session), client: caller, title, model, endpoint, key, tokens, until, worth, keepWarm: this.#offer(prefix) }
  }

  #offer({ session, endpoint: id, tokens, worth }: WarmPrefix): KeepWarm {
    const endpoint = this.#facts.endpoint(id)
    if (endpoint === undefined) return not('model-gone')
    if (endpoint.runsLocally) return not('this-machine')
    const { readRenews, idleMs } = promptCacheRules(endpoint.provider, endpoint.upstreamModel)
    if (!readRenews) return not('not-renewed')
    const { input, cacheRead, output } = endpoint.price?.microUsdPerMillion ?? {}
    if (input === undefined || cacheRead === undefined || output === undefined || worth === undefined) return not('no-prices')
    const request = this.#requests.get(session)
    if (request === undefined) return not('not-held')
    const limit = limitOf(request, endpoint)
    if (typeof limit === 'string') return not(limit)
    // the answer's least, and the newest turn's end below a step, are what is not read from the cache
    const cost = asNanoUsd(Math.ceil((cacheRead * tokens + output * limit.tokens) / 1000))
    const paysFrom = worth <= 0 ? 1 : cost / worth
    if (paysFrom > PAYS_BELOW) return not('does-not-pay')
    return { is: 'offered', cost, paysFrom, keptForMs: idleMs ?? this.#facts.settings().routing.stickyMs }
  }

  /** @throws Failure 'bad-request' when there is nothing to keep, or whatever the provider refuses the call with */
  async keepWarm(id: string): Promise<KeptWarm> {
    const { stickiness, stages: stagesOf, endpoint: endpointOf } = this.#facts
    const prefix = stickiness.list().find(({ session }) => idOf(session) === id)
    if (prefix === undefined) throw new Failure('bad-request', 'This prefix is not warm any more.')
    await this.#recall([prefix])
    const offer = this.#offer(prefix)
    const held = this.#requests.get(prefix.session)
    const endpoint = endpointOf(prefix.endpoint)
    const limit = held === undefined || endpoint === undefined ? undefined : limitOf(held, endpoint)
    if (offer.is === 'not-offered' || held === undefined || endpoint === undefined || limit === undefined || typeof limit === 'string') {
      throw new Failure('bad-request', offer.is === 'not-offered' ? offer.why : 'This prefix cannot be kept.')
    }
    const stages = stagesOf()
    const { wire, view, own } = held
    const incoming = repeated(held)
    const account = new Account(stages, incoming)
    const caller: Caller = { id: prefix.caller, name: 'Keep warm', opens: 'everything' }
    account.calledBy(caller)
    const short = { ...view, stream: false, maxOutputTokens: limit.tokens }
    account.asks(short)
    account.open()
    const shortened = { ...wire, bytes: patchTopLevel(wire.bytes, limit.fields) }
    const asked: ChatRequest = { id: account.id, incoming, view: short, wire: shortened, sent: wire.body, turn: undefined, ...(own !== undefined && { own }) }
    const why: RouteReason = { code: 'keep-warm' }
    const plan = {
      ...{ requested: view.model, decidedBy: { code: 'by-keep-warm' }, passedOver: [], session: prefix.session },
      candidates: [{ endpoint, credential: prefix.credential, why }],
    }
    try {
      const answer = await askProvider(asked, caller, { ...stages, plan: () => plan }, account)
      const nothing = (): readonly never[] => []
      let broken: Failure | undefined
      for await (const _ of watched({ ...answer, relay: false }, account, nothing, nothing, (failure) => {
        broken = failure
        return nothing()
      }));
      if (broken !== undefined) throw broken
    } catch (thrown) {
      const failure = Failure.from(thrown)
      await account.fail(failure, failure.rule.status)
      throw failure
    }
    const { cacheRead } = account.tokens
    const { cost } = await account.charged()
    // what is repeated next time is what the client sent, not this
    this.#hold(prefix.session, held)
    return { cost, wasWarm: cacheRead === undefined ? undefined : cacheRead > 0, until: stickiness.find(prefix.session)?.until }
  }

  #hold(session: string, held: Held): void {
    this.#bytes += held.wire.bytes.length - (this.#requests.get(session)?.wire.bytes.length ?? 0)
    this.#requests.setNewest(session, held)
  }

  #forgetOldest(): void {
    for (const oldest of this.#requests.keys()) {
      if (this.#requests.size <= MOST_REQUESTS && this.#bytes <= MOST_BYTES) break
      this.#forget(oldest)
    }
  }

  #forget(session: string): void {
    const request = this.#requests.get(session)
    if (request === undefined) return
    this.#requests.delete(session)
    this.#looked.delete(session)
    this.#bytes -= request.wire.bytes.length
  }
}

function not(reason: KeepWarmRefusal): KeepWarm {
  return { is: 'not-offered', reason, why: KEEP_WARM_REFUSALS[reason] }
}

/** Sessions hold what clients call them, and are as long as those like. */
function idOf(session: string): string {
  return hash('sha1', session, 'hex')
}

function heldOf({ wire, view, own, incoming }: ChatRequest): Held {
  const { dialect, framing, route, body, headers } = incoming
  return {
    wire,
    view,
    own,
    dialect,
    framing,
    route,
    body,
    version: headers['anthropic-version'],
    beta: headers['anthropic-beta'],
  }
}

function repeated({ dialect, framing, route, body, version, beta }: Held): Incoming {
  const headers = { ...(version !== undefined && { 'anthropic-version': version }), ...(beta !== undefined && { 'anthropic-beta': beta }) }
  return { dialect, framing, route, body, headers, presentedKey: undefined, source: 'keep-warm', departure: new Departure() }
}

type Fields = Readonly<Record<string, JsonValue | undefined>>

/** The shortest answer that can be asked for without changing the prompt, and the fields of the client's body that ask for it. A reason: none can. */
function limitOf({ wire, view }: Held, endpoint: Endpoint): { readonly tokens: number; readonly fields: Fields } | KeepWarmRefusal {
  const isClaude = /claude/i.test(endpoint.upstreamModel)
  // its limit must be above the budget, and another budget is another prefix
  if (isClaude && view.reasoning !== undefined && view.reasoning.effort !== 'none') {
    const isAdaptive = view.reasoning.adaptive === true && view.reasoning.budgetTokens === undefined
    if (!isAdaptive || wire.codec.id !== 'anthropic-messages') return 'thinks'
  }
  const tokens = isClaude ? 1 : SHORTEST_OPENAI
  switch (wire.codec.id) {
    case 'anthropic-messages':
      return { tokens, fields: { max_tokens: tokens, stream: undefined } }
    case 'openai-responses':
      return { tokens, fields: { max_output_tokens: tokens, stream: undefined } }
    case 'openai-chat': {
      const isOpenAi = endpoint.provider === 'openai' || endpoint.provider === 'azure'
      const limits = isOpenAi ? { max_completion_tokens: tokens, max_tokens: undefined } : { max_tokens: tokens, max_completion_tokens: undefined }
      return { tokens, fields: { ...limits, stream: undefined, stream_options: undefined } }
    }
    default:
      return 'dialect'
  }
}
