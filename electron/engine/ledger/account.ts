/** The running account of one request: opened when it arrives, told everything on its way, closed on every path exactly once. */

import type { CacheUse } from '../../../shared/cache.ts'
import { type ChatEvent, type ChatView, type Dialect, isContent, type Need, type RoutingWish, type Tokens, type UsageExtras } from '../../../shared/chat.ts'
import type { Failure } from '../../../shared/failure.ts'
import type { Exchange, Source, UsageRecord } from '../../../shared/ledger.ts'
import type { Said } from '../../../shared/messages/message.ts'
import { asNanoUsd, type NanoUsd, ZERO_USD } from '../../../shared/money.ts'
import type { Endpoint, RoutePlan } from '../../../shared/routing.ts'
import type { Caller } from '../request.ts'
import type { AccountStages, Routed } from './account-stages.ts'
import { AnswerSummary } from './answer-summary.ts'
import { Attempts } from './attempts.ts'
import { type Charge, type Priced, type SharedCall, savedAltogether, withAside } from './charge.ts'
import { exchangeOf, type Sent } from './exchange.ts'
import type { OpenRequest, OpenRow } from './ledger.ts'
import { ToldBytes } from './told-bytes.ts'
import { withUntold } from './untold.ts'

const NOTHING_SPECIAL: ReadonlySet<Need> = new Set()

/** Nobody has said yet what it costs. */
const UNCHARGED: Charge = { cost: undefined, pricesAsOf: undefined }
const NO_TOKENS: Tokens = {}
/** Hears how an answer ended. */
type Ended = (failure: Failure | undefined, tokens: Tokens) => void
const NONE_HELD: readonly Ended[] = []
const NONE_ASIDE: readonly (NanoUsd | undefined)[] = []

type Asks = Pick<ChatView, 'model' | 'stream' | 'needs' | 'routing' | 'messages' | 'tools' | 'output'>

export class Account implements OpenRequest {
  readonly id: string
  readonly receivedAt: number
  readonly attempts: Attempts
  /** As the client sent them, lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** What went out last. Set anew where it was not that which was answered. */
  sent: Sent | undefined
  readonly #stages: AccountStages
  readonly #dialect: Dialect
  readonly #source: Source
  readonly #body: Uint8Array
  #caller: Caller | undefined
  #requested = ''
  #streamed = false
  #needs: ReadonlySet<Need> = NOTHING_SPECIAL
  #asked: Asks | undefined
  #plan: RoutePlan | undefined
  #wish: RoutingWish | undefined
  #whenClosed: Ended | undefined
  /** Of answers that are held still. */
  #whenHeldClosed: readonly Ended[] = NONE_HELD
  #served: Endpoint | undefined
  #firstEventAt: number | undefined
  #countedBy: 'provider' | 'estimate' = 'provider'
  readonly #answer: AnswerSummary
  readonly #told: ToldBytes
  #watch: ((events: readonly ChatEvent[]) => void) | undefined
  #closed: UsageRecord | undefined
  #cache: CacheUse | undefined
  #shared: SharedCall | undefined
  #asideCosts = NONE_ASIDE
  #charged: NanoUsd = ZERO_USD
  #row: OpenRow | undefined

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
    this.headers = facts.headers
    this.#body = facts.body
    this.attempts = new Attempts(stages.now)
    const capture = stages.capture()
    const limitBytes = capture.what === 'none' ? 0 : capture.limitBytes
    this.#answer = new AnswerSummary(limitBytes)
    this.#told = new ToldBytes(limitBytes)
  }

  /** The row stands from here on; called once the caller and the model are known or refused. */
  open(): void {
    this.#row = this.#stages.ledger.open(this)
  }

  /** Its row while it is open. */
  standing(): UsageRecord {
    return this.#record('open', undefined, undefined, UNCHARGED)
  }

  calledBy(caller: Caller): void {
    this.#caller = caller
  }

  /** The id of whoever calls; '' until that is known. */
  get callerId(): string {
    return this.#caller?.id ?? ''
  }

  asks(view: Asks): void {
    this.#asked = view
    this.#wish = view.routing
    this.#requested = view.model
    this.#streamed = view.stream
    this.#needs = view.needs
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
    this.sent = { url, body, dropped }
  }

  /** Hears, once, how the answer ended: what was used, and what broke it off. Of a call that goes on after its request, when that ends. */
  whenClosed(listener: Ended): void {
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
    if (ended !== undefined) this.#whenHeldClosed = [...this.#whenHeldClosed, ended]
    const isHeld = (): boolean => {
      const before = this.#whenHeldClosed
      this.#whenHeldClosed = before.filter((other) => other !== ended)
      return this.#whenHeldClosed.length < before.length
    }
    return {
      accept: () => {
        if (isHeld()) this.#whenClosed = ended
      },
      setAside: (why, tokens, cost) => {
        if (isHeld()) ended?.(undefined, tokens)
        attempt.setAside({ why, tokens, cost })
        this.#asideCosts = [...this.#asideCosts, cost]
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

  /**
   * A shared call has ended after this request, which pays for it, was closed: what it used is known only now.
   * @param isWhole it came to its end, so that what its provider told holds for all of it
   */
  paysLate(isWhole: boolean): void {
    const closed = this.#closed
    const told = this.#shared?.tokens
    if (closed === undefined || told === undefined) return
    this.used(told, 'provider', this.#shared?.extras)
    if (!isWhole) this.#reckonUntold()
    const priced = this.price()
    const amended = { ...closed, tokens: this.tokens, extras: this.#answer.extras, countedBy: this.#countedBy }
    const settle = (known: Priced): UsageRecord => this.#settle({ ...amended, ...this.#charge(known) }, undefined)
    if (priced instanceof Promise) void priced.then(settle)
    else settle(priced)
  }

  /** The call that this request made has ended, for whomever it ran. @param failure what broke it off */
  callEnded(failure: Failure | undefined, tokens: Tokens): void {
    if (this.#closed === undefined) return
    this.#tellEnd(failure, tokens)
    this.#stages.settled(this.#closed, ZERO_USD, true)
  }

  /** It was left, and the call that it made goes on: for others, or for a client that may come back. */
  get #callGoesOn(): boolean {
    return this.#shared?.isRunning === true && this.#shared.leader === this
  }

  #tellEnd(failure: Failure | undefined, tokens: Tokens): void {
    this.#whenClosed?.(failure, tokens)
    this.#whenClosed = undefined
    // the request ended while they were being checked
    for (const ended of this.#whenHeldClosed) ended(failure, NO_TOKENS)
    this.#whenHeldClosed = NONE_HELD
  }

  /** Watches an answer pass. */
  sees(events: readonly ChatEvent[]): void {
    this.#watch?.(events)
    for (const event of events) {
      if (this.#firstEventAt === undefined && isContent(event)) this.#firstEventAt = this.#stages.now()
      this.#answer.add(event)
    }
  }

  /** What an answer that is no conversation has used. */
  used(tokens: Tokens, countedBy: 'provider' | 'estimate', extras?: UsageExtras): void {
    this.#answer.tokens = tokens
    this.#answer.extras = extras ?? this.#answer.extras
    this.#countedBy = countedBy
  }

  get finish(): Extract<ChatEvent, { type: 'finish' }> | undefined {
    return this.#answer.finish
  }

  get inBandError(): Extract<ChatEvent, { type: 'error' }> | undefined {
    return this.#answer.error
  }

  get firstEventMs(): number | undefined {
    return this.#firstEventAt === undefined ? undefined : this.#firstEventAt - this.receivedAt
  }

  get tokens(): Tokens {
    return this.#answer.tokens
  }

  /** What the request is charged, as its row says it. Asked once its answer has ended. */
  async charged(): Promise<Charge> {
    return this.#charge(await this.price())
  }

  /** The price of what was used. */
  price(): Priced | Promise<Priced> {
    return this.#served === undefined
      ? { cost: undefined, pricesAsOf: undefined }
      : this.#stages.price(this.#served, this.#answer.tokens, { at: this.receivedAt, needs: this.#needs, extras: this.#answer.extras })
  }

  /** The answer is complete and handed over. */
  succeed(status: number): Promise<UsageRecord> | UsageRecord {
    ;(this.#shared?.leader ?? this).attempts.finish(this.#answer.finish?.reason ?? 'stop')
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
    if (!this.#callGoesOn) this.#tellEnd(failure, this.#answer.tokens)
    // whoever pays for a shared call pays all of it, also when it left before the end
    if (this.#shared?.tokens !== undefined && this.#shared.pays(this)) this.used(this.#shared.tokens, 'provider', this.#shared.extras)
    if (!this.#isHit && (this.#shared === undefined || this.#shared.pays(this))) this.#reckonUntold()
    const priced = this.price()
    const isPriced = !(priced instanceof Promise)
    const record = this.#record(outcome, failure, status, isPriced ? this.#charge(priced) : UNCHARGED)
    this.#closed = record
    const exchange = this.#exchange(outcome)
    return isPriced ? this.#settle(record, exchange) : priced.then((known) => this.#settle({ ...record, ...this.#charge(known) }, exchange))
  }

  #settle(record: UsageRecord, exchange: Exchange | undefined): UsageRecord {
    const settled = this.#withRouted(record)
    this.#stages.ledger.close(settled, exchange, this.#row)
    const { cost = ZERO_USD } = settled
    this.#stages.settled(settled, asNanoUsd(cost - this.#charged), !this.#callGoesOn)
    this.#charged = cost
    return settled
  }

  /** An answer that nobody paid for was chosen by the cache. */
  #withRouted(record: UsageRecord): UsageRecord {
    if (this.#plan === undefined || record.cost === ZERO_USD || (this.#plan.auto === undefined && this.#plan.trail === undefined)) return record
    const routed = this.#stages.routed(record, this.#plan)
    return routed === undefined ? record : { ...record, routed }
  }

  #charge(priced: Priced): Charge {
    if (this.#isHit) return savedAltogether(priced)
    if (this.#shared === undefined || this.#shared.pays(this)) return withAside(priced, (this.#shared?.leader ?? this).#asideCosts)
    // who left early had not the whole answer, so nothing is said of what it would have cost
    return savedAltogether(this.#answer.finish === undefined ? { ...priced, cost: undefined } : priced)
  }

  /** Marked as an estimate. Nothing of this where there was no answer, or one that takes no money. */
  #reckonUntold(): void {
    if (this.#served === undefined || this.#served.runsLocally || this.#asked === undefined) return
    const tokens = withUntold(this.#answer, this.#asked)
    if (tokens !== undefined) this.used(tokens, 'estimate')
  }

  get #isHit(): boolean {
    return this.#cache?.kind === 'exact' || this.#cache?.kind === 'semantic'
  }

  #record(outcome: UsageRecord['outcome'], failure: Failure | undefined, status: number | undefined, charge: Charge): UsageRecord {
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
      tokens: this.#answer.tokens,
      countedBy: isCounted(this.#answer.tokens) ? this.#countedBy : undefined,
      extras: this.#answer.extras,
      cost: charge.cost,
      pricesAsOf: charge.pricesAsOf,
      priceVersion: charge.priceVersion,
      saved: charge.saved,
      cache: this.#cache,
      outcome,
      message: failure?.message,
      said: failure?.said,
      status,
      firstEventMs: this.firstEventMs,
      totalMs: outcome === 'open' ? undefined : this.#stages.now() - this.receivedAt,
      finish: this.#answer.finish?.raw,
    }
  }

  #exchange(outcome: UsageRecord['outcome']): Exchange | undefined {
    const { what, limitBytes } = this.#stages.capture()
    // a caller nobody recognised leaves no text behind
    if (what === 'none' || this.#caller === undefined || (what === 'errors' && outcome === 'ok')) return undefined
    const answer = this.#served && this.#answer
    return exchangeOf({ id: this.id, headers: this.headers, body: this.#body, sent: this.sent, plan: this.#plan, answer, told: this.#told }, limitBytes)
  }
}

function isCounted(tokens: Tokens): boolean {
  for (const _ in tokens) return true
  return false
}

/** An answer that nobody has seen yet. One of the two is to be called, once. */
export interface HeldAnswer {
  accept(): void
  /** @param cost undefined: nobody knows */
  setAside(why: Said, tokens: Tokens, cost: NanoUsd | undefined): void
}
