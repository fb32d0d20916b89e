/** The running account of one request: opened when it arrives, told everything on its way, closed on every path exactly once. */

import type { CacheUse } from '../../../shared/cache.ts'
import { type ChatEvent, type ChatView, type Dialect, isContent, type Need, type RoutingWish, type Tokens, type UsageExtras } from '../../../shared/chat.ts'
import type { Failure } from '../../../shared/failure.ts'
import type { Exchange, Source, UsageRecord } from '../../../shared/ledger.ts'
import type { Said } from '../../../shared/messages/message.ts'
import { asNanoUsd, type NanoUsd, ZERO_USD } from '../../../shared/money.ts'
import type { Attempt, Candidate, Endpoint, RoutePlan } from '../../../shared/routing.ts'
import type { Caller } from '../request.ts'
import { AnswerSummary } from './answer-summary.ts'
import type { Charged } from './cost.ts'
import type { Ledger } from './ledger.ts'
import { ToldBytes } from './told-bytes.ts'

export interface AccountStages {
  readonly ledger: Ledger
  readonly now: () => number
  readonly newId: () => string
  readonly capture: () => { readonly what: 'all' | 'errors' | 'none'; readonly limitBytes: number }
  /** The price of what was used; may have to load the price list first. */
  readonly price: (endpoint: Endpoint, tokens: Tokens, charged: Charged) => Priced | Promise<Priced>
  /** A row is closed, or closed anew; `more` is what its cost has grown by. On the request's path: be quick and do not throw. */
  readonly settled: (record: UsageRecord, more: NanoUsd) => void
  readonly routed: (record: UsageRecord, plan: RoutePlan) => UsageRecord['routed']
}

/** What went to a provider: the address, the body, and the fields that it could not carry. */
export interface Sent {
  readonly url: string
  readonly body: Uint8Array
  readonly dropped: readonly string[]
}

export interface Priced {
  readonly cost: NanoUsd | undefined
  readonly pricesAsOf: string | undefined
  /** The version of the price, where one is kept; see `price_versions`. */
  readonly priceVersion?: string | undefined
}

/** An upstream call whose answer several requests get. One of them pays for it. */
export interface SharedCall {
  /** The request that made it: its attempts are the call's. */
  readonly leader: Account
  readonly isRunning: boolean
  /** What the whole of it used, as far as the provider has told. */
  readonly tokens: Tokens | undefined
  pays(account: Account): boolean
}

/** How a request went its way. */
export interface Routed {
  readonly plan: RoutePlan
  readonly attempts: readonly Attempt[]
  readonly served: Endpoint | undefined
  readonly wish: RoutingWish | undefined
  readonly cache: CacheUse | undefined
}

/** Request headers worth keeping; the client's key is in none of them. */
const KEPT_HEADERS = [
  'user-agent',
  'content-type',
  'content-length',
  'anthropic-version',
  'anthropic-beta',
  'x-title',
  'http-referer',
  'x-session-id',
  'cache-control',
  'x-openrouter-cache',
  'x-openrouter-cache-ttl',
  'x-openrouter-cache-clear',
  'x-stainless-lang',
  'x-stainless-package-version',
] as const

const NOTHING_SPECIAL: ReadonlySet<Need> = new Set()

export class Account {
  readonly id: string
  readonly receivedAt: number
  readonly attempts: Attempts
  readonly #stages: AccountStages
  readonly #dialect: Dialect
  readonly #source: Source
  readonly #headers: Readonly<Record<string, string | undefined>>
  readonly #body: Uint8Array
  #caller: Caller | undefined
  #requested = ''
  #streamed = false
  #needs: ReadonlySet<Need> = NOTHING_SPECIAL
  #plan: RoutePlan | undefined
  #wish: RoutingWish | undefined
  #sent: Sent | undefined
  #whenClosed: ((failure: Failure | undefined, tokens: Tokens) => void) | undefined
  #served: Endpoint | undefined
  #firstEventAt: number | undefined
  #tokens: Tokens = {}
  #extras: UsageExtras | undefined
  #countedBy: 'provider' | 'estimate' = 'provider'
  #finish: Extract<ChatEvent, { type: 'finish' }> | undefined
  #inBandError: Extract<ChatEvent, { type: 'error' }> | undefined
  readonly #summary: AnswerSummary
  readonly #told: ToldBytes
  #watch: ((events: readonly ChatEvent[]) => void) | undefined
  #closed: UsageRecord | undefined
  #cache: CacheUse | undefined
  #shared: SharedCall | undefined
  readonly #asideCosts: (NanoUsd | undefined)[] = []
  #charged: NanoUsd = ZERO_USD

  /** Whether the client asked for a stream; false until its request has been read. */
  get isStreamed(): boolean {
    return this.#streamed
  }

  /** The model as the client named it; '' until its request has been read. */
  get requested(): string {
    return this.#requested
  }

  constructor(stages: AccountStages, facts: { dialect: Dialect; source: Source; headers: Readonly<Record<string, string | undefined>>; body: Uint8Array }) {
    this.#stages = stages
    this.id = stages.newId()
    this.receivedAt = stages.now()
    this.#dialect = facts.dialect
    this.#source = facts.source
    this.#headers = facts.headers
    this.#body = facts.body
    this.attempts = new Attempts(stages.now)
    const capture = stages.capture()
    const limitBytes = capture.what === 'none' ? 0 : capture.limitBytes
    this.#summary = new AnswerSummary(limitBytes)
    this.#told = new ToldBytes(limitBytes)
  }

  /** The row stands from here on; called once the caller and the model are known or refused. */
  open(): void {
    this.#stages.ledger.open(this.id, () => this.#record('open', undefined, undefined))
  }

  calledBy(caller: Caller): void {
    this.#caller = caller
  }

  /** The id of whoever calls; '' until that is known. */
  get callerId(): string {
    return this.#caller?.id ?? ''
  }

  asks({ model, stream, needs, routing }: Pick<ChatView, 'model' | 'stream' | 'needs' | 'routing'>): void {
    this.#wish = routing
    this.#requested = model
    this.#streamed = stream
    this.#needs = needs
  }

  /** The headers of the reply. */
  replies(headers: Readonly<Record<string, string>>): void {
    this.#told.headers(headers)
  }

  /** What goes to the client, piece by piece. */
  tells(piece: Uint8Array | string): void {
    this.#told.add(piece)
  }

  planned(plan: RoutePlan): void {
    this.#plan = plan
  }

  sends(url: string, body: Uint8Array, dropped: readonly string[]): void {
    this.#sent = { url, body, dropped }
  }

  /** What went out last. Set anew where it was not that which was answered. */
  get sent(): Sent | undefined {
    return this.#sent
  }

  set sent(sent: Sent | undefined) {
    this.#sent = sent
  }

  /** Hears, once, how the answer ended: what was used, and what broke it off. */
  whenClosed(listener: (failure: Failure | undefined, tokens: Tokens) => void): void {
    this.#whenClosed = listener
  }

  /**
   * The answer that was committed last is not shown yet. Whoever holds it either accepts it, after which it is the request's as usual, or sets it aside:
   * then its cost is the request's too, and what is accepted later is the answer.
   */
  holdAnswer(): HeldAnswer {
    const ended = this.#whenClosed
    const attempt = this.attempts.committed()
    this.#whenClosed = undefined
    return {
      accept: () => {
        this.#whenClosed = ended
      },
      setAside: (why, tokens, cost) => {
        ended?.(undefined, tokens)
        attempt.setAside({ why, tokens, cost })
        this.#asideCosts.push(cost)
      },
    }
  }

  /** What answers that were set aside have cost, as far as is known. */
  get asideCost(): NanoUsd {
    return asNanoUsd(this.#asideCosts.reduce<number>((sum, cost) => sum + (cost ?? 0), 0))
  }

  /** What a report of the routing is made from; undefined before there was a plan. */
  get routed(): Routed | undefined {
    return this.#plan && { plan: this.#plan, attempts: this.attempts.list, served: this.#served, wish: this.#wish, cache: this.#cache }
  }

  /** Whether there is a plan, or a reason why there is none. */
  get isPlanned(): boolean {
    return this.#plan !== undefined
  }

  /** What the response cache has done so far. */
  get cacheUse(): CacheUse | undefined {
    return this.#cache
  }

  /** As the client sent them, lower case. */
  get headers(): Readonly<Record<string, string | undefined>> {
    return this.#headers
  }

  answeredBy(endpoint: Endpoint): void {
    this.#served = endpoint
  }

  /** Someone else who watches the answer pass. */
  alsoSeenBy(watch: ((events: readonly ChatEvent[]) => void) | undefined): void {
    this.#watch = watch
  }

  /** That watcher, who from now on is told by whoever takes it. */
  takeWatcher(): ((events: readonly ChatEvent[]) => void) | undefined {
    const watch = this.#watch
    this.#watch = undefined
    return watch
  }

  /** What the response cache did for this request. An answer out of it costs nothing, and what it would have cost is saved. */
  cached(use: CacheUse): void {
    this.#cache = use
  }

  shares(call: SharedCall): void {
    this.#shared = call
  }

  /** A shared call has ended after this request, which pays for it, was closed: what it used is known only now. */
  paysLate(): void {
    const closed = this.#closed
    const tokens = this.#shared?.tokens
    if (closed === undefined || tokens === undefined) return
    this.used(tokens, 'provider')
    const priced = this.price()
    const amended = { ...closed, tokens, countedBy: 'provider' as const }
    if (priced instanceof Promise) void priced.then((known) => this.#settle(amended, undefined, known))
    else this.#settle(amended, undefined, priced)
  }

  /** Watches an answer pass. */
  sees(events: readonly ChatEvent[]): void {
    this.#watch?.(events)
    for (const event of events) {
      if (this.#firstEventAt === undefined && isContent(event)) this.#firstEventAt = this.#stages.now()
      if (event.type === 'usage') {
        this.#tokens = event.tokens
        this.#extras = event.extras ?? this.#extras
      } else if (event.type === 'finish') this.#finish = event
      else if (event.type === 'error') this.#inBandError = event
      else this.#summary.add(event)
    }
  }

  /** What an answer that is no conversation has used. */
  used(tokens: Tokens, countedBy: 'provider' | 'estimate'): void {
    this.#tokens = tokens
    this.#countedBy = countedBy
  }

  get finish(): Extract<ChatEvent, { type: 'finish' }> | undefined {
    return this.#finish
  }

  get inBandError(): Extract<ChatEvent, { type: 'error' }> | undefined {
    return this.#inBandError
  }

  get firstEventMs(): number | undefined {
    return this.#firstEventAt === undefined ? undefined : this.#firstEventAt - this.receivedAt
  }

  get tokens(): Tokens {
    return this.#tokens
  }

  /** The price of what was used. */
  price(): Priced | Promise<Priced> {
    return this.#served === undefined
      ? { cost: undefined, pricesAsOf: undefined }
      : this.#stages.price(this.#served, this.#tokens, { at: this.receivedAt, needs: this.#needs, extras: this.#extras })
  }

  /** The answer is complete and handed over. */
  succeed(status: number): Promise<UsageRecord> | UsageRecord {
    ;(this.#shared?.leader ?? this).attempts.finish(this.#finish?.reason ?? 'stop')
    return this.#close('ok', undefined, status)
  }

  /** It did not work; `status` is what the client got (200 when the failure had to be told in band). */
  fail(failure: Failure, status: number): Promise<UsageRecord> | UsageRecord {
    // what goes on for others has not ended
    if (this.#shared?.isRunning !== true) (this.#shared?.leader ?? this).attempts.end(failure)
    return this.#close(failure.kind, failure, status)
  }

  #close(outcome: UsageRecord['outcome'], failure: Failure | undefined, status: number): Promise<UsageRecord> | UsageRecord {
    if (this.#closed !== undefined) return this.#closed
    this.#whenClosed?.(failure, this.#tokens)
    // whoever pays for a shared call pays all of it, also when it left before the end
    if (this.#shared?.tokens !== undefined && this.#shared.pays(this)) this.used(this.#shared.tokens, 'provider')
    const record = this.#record(outcome, failure, status)
    this.#closed = record
    const exchange = this.#exchange(outcome)
    const priced = this.price()
    return priced instanceof Promise ? priced.then((known) => this.#settle(record, exchange, known)) : this.#settle(record, exchange, priced)
  }

  #settle(record: UsageRecord, exchange: Exchange | undefined, priced: Priced): UsageRecord {
    const settled = this.#withRouted({ ...record, ...this.#charge(priced) })
    this.#stages.ledger.close(settled, exchange)
    const { cost = ZERO_USD } = settled
    this.#stages.settled(settled, asNanoUsd(cost - this.#charged))
    this.#charged = cost
    return settled
  }

  /** An answer that nobody paid for was chosen by the cache. */
  #withRouted(record: UsageRecord): UsageRecord {
    if (this.#plan === undefined || record.cost === ZERO_USD || (this.#plan.auto === undefined && this.#plan.trail === undefined)) return record
    const routed = this.#stages.routed(record, this.#plan)
    return routed === undefined ? record : { ...record, routed }
  }

  #charge(priced: Priced): Priced & Pick<UsageRecord, 'saved'> {
    if (this.#isHit) return { ...priced, cost: ZERO_USD, saved: priced.cost }
    if (this.#shared === undefined || this.#shared.pays(this)) return { ...priced, cost: withAside(priced.cost, (this.#shared?.leader ?? this).#asideCosts) }
    // who left early had not the whole answer, so nothing is said of what it would have cost
    return { ...priced, cost: ZERO_USD, saved: this.#finish === undefined ? undefined : priced.cost }
  }

  get #isHit(): boolean {
    return this.#cache?.kind === 'exact' || this.#cache?.kind === 'semantic'
  }

  #record(outcome: UsageRecord['outcome'], failure: Failure | undefined, status: number | undefined): UsageRecord {
    return {
      id: this.id,
      at: this.receivedAt,
      source: this.#source,
      caller: this.#caller?.id,
      callerName: this.#caller?.name,
      dialect: this.#dialect,
      requested: this.#requested,
      streamed: this.#streamed,
      servedBy: this.#served?.id,
      simulated: this.#served?.simulated === true,
      attempts: (this.#shared?.pays(this) === true ? this.#shared.leader : this).attempts.list,
      tokens: this.#tokens,
      countedBy: Object.keys(this.#tokens).length > 0 ? this.#countedBy : undefined,
      extras: this.#extras,
      cost: undefined,
      pricesAsOf: undefined,
      cache: this.#cache,
      outcome,
      message: failure?.message,
      ...(failure?.said !== undefined && { said: failure.said }),
      status,
      firstEventMs: this.firstEventMs,
      totalMs: outcome === 'open' ? undefined : this.#stages.now() - this.receivedAt,
      finish: this.#finish?.raw,
    }
  }

  #exchange(outcome: UsageRecord['outcome']): Exchange | undefined {
    const { what, limitBytes } = this.#stages.capture()
    // a caller nobody recognised leaves no text behind
    if (what === 'none' || this.#caller === undefined || (what === 'errors' && outcome === 'ok')) return undefined
    const requestHeaders: Record<string, string> = {}
    for (const name of KEPT_HEADERS) {
      const value = this.#headers[name]
      if (value !== undefined) requestHeaders[name] = value
    }
    const truncated: Exchange['truncated'][number][] = []
    if (this.#body.length > limitBytes) truncated.push('requestBody')
    const sent = this.#sent
    if (sent !== undefined && sent.body.length > limitBytes) truncated.push('sentBody')
    if (this.#summary.truncated) truncated.push('answer')
    if (this.#told.isCut) truncated.push('response')
    const response = this.#told.record
    return {
      id: this.id,
      requestHeaders,
      requestBody: text(this.#body, limitBytes),
      sentBody: sent && text(sent.body, limitBytes),
      sentTo: sent?.url,
      plan: this.#plan,
      answer: this.#served && this.#summary.record,
      ...(response !== undefined && { response }),
      dropped: sent?.dropped ?? [],
      truncated,
    }
  }
}

/** undefined where a part of it is not known: unknown is not free. */
function withAside(cost: NanoUsd | undefined, aside: readonly (NanoUsd | undefined)[]): NanoUsd | undefined {
  return aside.reduce<NanoUsd | undefined>((sum, one) => (sum === undefined || one === undefined ? undefined : asNanoUsd(sum + one)), cost)
}

/** An answer that nobody has seen yet. One of the two is to be called, once. */
export interface HeldAnswer {
  accept(): void
  /** @param cost undefined: nobody knows */
  setAside(why: Said, tokens: Tokens, cost: NanoUsd | undefined): void
}

function text(bytes: Uint8Array, limitBytes: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, limitBytes)).toString('utf8')
}

/** The attempts of one request, each in the phase it has reached. */
export class Attempts {
  readonly #now: () => number
  readonly #list: Attempt[] = []

  constructor(now: () => number) {
    this.#now = now
  }

  get list(): readonly Attempt[] {
    return [...this.#list]
  }

  /** How many there were so far. */
  get count(): number {
    return this.#list.length
  }

  begin(
    candidate: Candidate,
    how: { readonly again: boolean; readonly hedge: boolean; readonly formerKey?: boolean },
  ): { commit: () => void; fail: (failure: Failure, cost?: NanoUsd) => void } {
    const place = this.#list.length
    const base: AttemptBase = {
      endpoint: candidate.endpoint.id,
      credential: candidate.credential,
      startedAt: this.#now(),
      ...(how.again && { again: true }),
      ...(how.hedge && { hedge: true }),
      ...(how.formerKey && { formerKey: true }),
    }
    this.#list.push({ ...base, phase: 'waiting' })
    return {
      commit: () => {
        this.#list[place] = { ...base, phase: 'committed', firstEventMs: this.#now() - base.startedAt }
      },
      fail: (failure, cost) => {
        const afterMs = this.#now() - base.startedAt
        const known = cost === undefined ? base : { ...base, estimatedCost: cost }
        this.#list[place] =
          failure.kind === 'cancelled'
            ? { ...known, phase: 'left', afterMs }
            : {
                ...known,
                phase: 'failed',
                kind: failure.kind,
                ...failure.told,
                afterMs,
                ...(failure.upstreamStatus !== undefined && { upstreamStatus: failure.upstreamStatus }),
              }
      },
    }
  }

  /** The one that was committed last, for who may have to set its answer aside. */
  committed(): { setAside(facts: NonNullable<Attempt['setAside']>): void } {
    const place = this.#list.findLastIndex(({ phase }) => phase === 'committed')
    return {
      setAside: (setAside) => {
        const attempt = this.#list[place]
        if (attempt?.phase !== 'committed') return
        this.#list[place] = {
          ...base(attempt),
          setAside,
          phase: 'done',
          firstEventMs: attempt.firstEventMs,
          totalMs: this.#now() - attempt.startedAt,
          finish: 'stop',
        }
      },
    }
  }

  finish(finish: Extract<Attempt, { phase: 'done' }>['finish']): void {
    this.#replaceCommitted((attempt, totalMs) => ({ ...base(attempt), phase: 'done', firstEventMs: attempt.firstEventMs, totalMs, finish }))
  }

  end(failure: Failure): void {
    this.#replaceCommitted((attempt, totalMs) =>
      failure.kind === 'cancelled'
        ? { ...base(attempt), phase: 'left', firstEventMs: attempt.firstEventMs, afterMs: totalMs }
        : { ...base(attempt), phase: 'broken', firstEventMs: attempt.firstEventMs, totalMs, kind: failure.kind, ...failure.told },
    )
  }

  #replaceCommitted(next: (attempt: Extract<Attempt, { phase: 'committed' }>, totalMs: number) => Attempt): void {
    const place = this.#list.findLastIndex(({ phase }) => phase === 'committed')
    const last = this.#list[place]
    if (last?.phase === 'committed') this.#list[place] = next(last, this.#now() - last.startedAt)
  }
}

type AttemptBase = Pick<Attempt, 'endpoint' | 'credential' | 'startedAt' | 'again' | 'hedge' | 'formerKey' | 'estimatedCost'>

function base({ endpoint, credential, startedAt, again, hedge, formerKey }: Attempt): AttemptBase {
  return { endpoint, credential, startedAt, ...(again && { again }), ...(hedge && { hedge }), ...(formerKey && { formerKey }) }
}
