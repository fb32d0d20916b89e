/**
 * The one budget of a request: which candidate is tried next, whether one may be tried again, how long is waited, and when it is enough. Candidates
 * that are well come first, each once; then those worth a second try, after the wait that they ask for; places that rest are waited for last.
 */
import type { ChatView, Tokens } from '../../../shared/chat.ts'
import { Failure, type FailureKind } from '../../../shared/failure.ts'
import type { Ms } from '../../../shared/ids.ts'
import type { NanoUsd } from '../../../shared/money.ts'
import type { Candidate, Endpoint, RoutePlan } from '../../../shared/routing.ts'
import type { Cause } from '../../../shared/routing-config.ts'
import type { Departure } from '../departure.ts'
import type { Account } from '../ledger/account.ts'
import { refusesThoughts } from '../protocols/earlier-thoughts.ts'
import type { ChatRequest, Incoming } from '../request.ts'
import type { Health } from '../routing/health.ts'
import type { KeyLimits } from '../routing/key-limits.ts'
import { goneBecause, type Timeouts } from './deadline.ts'
import { firstHeld, following, isSlower, pause } from './race.ts'
import type { RefusedField } from './refused-fields.ts'
import { type AttemptSettings, limitsOf, type RequestLimits, type TimeoutSettings, timeoutsFor } from './request-limits.ts'
import { allRest, mostActionable } from './verdict.ts'

export interface TurnStages {
  /** Tells the key pool what a provider said of a key. */
  readonly markCredential: (id: string, failure: Failure | undefined) => void
  /** Secrets that were replaced a moment ago, by the id of the key in their place. */
  readonly formerKeys: { readonly isThere: (id: string) => boolean; readonly refused: (id: string) => void }
  readonly timeouts: () => TimeoutSettings
  readonly attemptLimits: () => AttemptSettings
  readonly now: () => number
  /** 0 to below 1, for waits that must not fall together. */
  readonly random: () => number
  readonly health: Pick<Health, 'standing' | 'begin' | 'answered' | 'streamed' | 'failed' | 'left' | 'slowFirstEventMs'>
  readonly keyLimits: Pick<KeyLimits, 'reached' | 'begin' | 'end'>
  /** The user lets the next provider decide about what one refused for its content. */
  readonly afterContentPolicy: () => boolean
  readonly hedges: () => boolean
  /** An answer was complete: the next turn of its conversation may find it in that place's cache. */
  readonly served: (plan: RoutePlan, candidate: Candidate, trying: Trying & { readonly caller: string | undefined }, tokens: Tokens) => void
  /** What a request would cost there: its input alone, and with as much output as it allows. undefined where a price is not known. */
  /** @param inputTokens absent: estimated from lengths, since an attempt does not wait for a tokenizer */
  readonly reckon: (endpoint: Endpoint, view: ChatView, inputTokens?: number) => { readonly input: NanoUsd | undefined; readonly whole: NanoUsd | undefined }
}

export interface Trying extends Pick<Incoming, 'departure' | 'headers'> {
  readonly view: ChatView
  /** Absent for what clients ask beside conversations. */
  readonly request?: ChatRequest
}

/** How one try is to be made. */
export interface Trial {
  readonly departure: Departure
  readonly timeouts: Timeouts
  /** A field of the body that this place has just refused: to be left out. */
  readonly without: RefusedField | undefined
  /** This place has just refused the reasoning of earlier turns: to be left out. */
  readonly withoutThoughts: boolean
  /** With the secret that the candidate's key has replaced. */
  readonly formerKey: boolean
}

/** Tries `once` with each candidate until one holds. @throws Failure the most actionable one of those that the candidates gave. */
export function tryInTurn<Outcome>(
  plan: RoutePlan,
  trying: Trying,
  stages: TurnStages,
  account: Account,
  once: (candidate: Candidate, trial: Trial) => Promise<Outcome>,
): Promise<Outcome> {
  return new Turn(plan, trying, stages, account, once).run()
}

/** How often one place is tried again in one request, by what went wrong; others are tried first. Everything else would fail alike. */
const AGAIN: Partial<Readonly<Record<FailureKind, number>>> = {
  'rate-limited': 2,
  overloaded: 2,
  'upstream-error': 1,
  'upstream-unreadable': 1,
  'upstream-unreachable': 1,
  'stream-broken': 1,
  timeout: 1,
}
/** The provider may have worked, and may charge for it. */
const MAY_COST: ReadonlySet<FailureKind> = new Set(['timeout', 'stream-broken', 'upstream-unreadable'])
/** The key is at fault, so another model behind the same key would fail alike. */
const CREDENTIAL_DEAD: ReadonlySet<FailureKind> = new Set(['credential-refused', 'out-of-credit', 'no-credential'])
/** Fields that a request means the same without, near enough: one that a model refuses is left out and named as dropped. */
const DROPPABLE: ReadonlySet<string> = new Set([
  ...['temperature', 'top_p', 'top_k', 'min_p', 'frequency_penalty', 'presence_penalty', 'repetition_penalty', 'seed', 'logit_bias', 'logprobs'],
  ...['top_logprobs', 'parallel_tool_calls', 'reasoning_effort', 'verbosity', 'service_tier', 'user', 'metadata', 'store', 'prediction', 'safety_identifier'],
  ...['prompt_cache_key', 'stream_options', 'reasoning.effort', 'reasoning.summary', 'text.verbosity', 'generationConfig.responseLogprobs'],
])
const LONGEST_BACKOFF_MS = 8_000
/** Another request is finding out whether this place is well again. */
const LOOK_AGAIN_MS = 250

interface Entry {
  readonly candidate: Candidate
  readyAt: number
  tries: number
  without: RefusedField | undefined
  withoutThoughts: boolean
  formerKey: boolean
  because: 'limit' | 'failures'
}

/** A try under way. */
interface Started {
  readonly entry: Entry
  readonly trial: Trial
  readonly attempt: ReturnType<Account['attempts']['begin']>
  readonly at: Ms
}

class Turn<Outcome> {
  readonly #plan: RoutePlan
  readonly #trying: Trying
  readonly #stages: TurnStages
  readonly #account: Account
  readonly #once: (candidate: Candidate, trial: Trial) => Promise<Outcome>
  readonly #limits: RequestLimits
  readonly #failures: Failure[] = []
  #queue: Entry[]
  #tried = 0
  #waitedMs = 0
  #reckoned = 0
  /** What has gone wrong so far, for candidates that wait for that. */
  readonly #causes: Cause[]

  constructor(plan: RoutePlan, trying: Trying, stages: TurnStages, account: Account, once: (candidate: Candidate, trial: Trial) => Promise<Outcome>) {
    this.#plan = plan
    this.#trying = trying
    this.#stages = stages
    this.#account = account
    this.#once = once
    this.#limits = limitsOf(trying.headers, trying.view.stream, stages.attemptLimits())
    this.#causes = plan.causes === undefined ? [] : [...plan.causes]
    this.#queue = []
    for (const candidate of plan.candidates) this.#queue.push(entryOf(candidate, 0, 'failures'))
    for (const { candidate, until, because } of plan.resting ?? []) this.#queue.push(entryOf(candidate, until, because))
  }

  async run(): Promise<Outcome> {
    for (;;) {
      const next = this.#next()
      if (next === undefined) {
        if (!(await this.#waited())) throw this.#verdict()
        continue
      }
      if (this.#stages.hedges()) {
        const held = await this.#hedged(next)
        if (held !== undefined) return held.outcome
        continue
      }
      const started = this.#begin(next, this.#trying.departure, false)
      try {
        const outcome = await this.#once(next.candidate, started.trial)
        this.#held(started)
        return outcome
      } catch (thrown) {
        this.#failed(started, thrown)
      }
    }
  }

  /** The first candidate that may be tried now, taken out of the queue. */
  #next(): Entry | undefined {
    if (!this.#mayStart()) return undefined
    for (let place = 0; place < this.#queue.length; place++) {
      const entry = this.#queue[place] as Entry
      if ((entry.readyAt > 0 && entry.readyAt > this.#stages.now()) || !this.#isOpen(entry)) continue
      const until = this.#notBefore(entry)
      if (until !== undefined) {
        entry.readyAt = until
        continue
      }
      this.#queue.splice(place, 1)
      if (this.#isAffordable(entry)) return entry
      // the queue is shorter now
      return this.#next()
    }
    return undefined
  }

  /** A fallback for certain causes is open once one of them has come up. */
  #isOpen({ candidate: { after } }: Entry): boolean {
    return after?.some((cause) => this.#causes.includes(cause)) ?? true
  }

  #mayStart(): boolean {
    if (this.#tried >= this.#limits.most) return false
    return this.#tried === 0 || this.#stages.now() - this.#account.receivedAt <= this.#limits.startWithinMs
  }

  /** When it may be tried, where that is not now; holds its breaker's trial otherwise. */
  #notBefore(entry: Entry): number | undefined {
    const { endpoint, credential } = entry.candidate
    const reached = credential === undefined ? undefined : this.#stages.keyLimits.reached(credential)
    if (reached !== undefined) {
      entry.because = 'limit'
      return reached.until
    }
    if (this.#stages.health.begin({ endpoint: endpoint.id, credential })) return undefined
    const standing = this.#stages.health.standing(endpoint.id, credential)
    if (standing.is !== 'resting') return this.#stages.now() + LOOK_AGAIN_MS
    entry.because = standing.because
    return standing.until
  }

  #isAffordable({ candidate }: Entry): boolean {
    const { mostUsd } = this.#limits
    if (mostUsd === null) return true
    const { endpoint } = candidate
    const { whole } = this.#stages.reckon(endpoint, this.#trying.view)
    if (whole !== undefined && (this.#reckoned + whole) / 1e9 <= mostUsd) return true
    this.#stages.health.left(placeOf(candidate))
    this.#failures.push(new Failure('out-of-credit', { code: 'costs-too-much', endpoint: endpoint.id, cost: whole, most: mostUsd }))
    return false
  }

  /** What `once` gave; undefined when it failed and another may still be tried. @throws Failure when none may */
  async #attempt(entry: Entry, departure: Departure, isHedge: boolean): Promise<{ readonly outcome: Outcome } | undefined> {
    const started = this.#begin(entry, departure, isHedge)
    try {
      const outcome = await this.#once(entry.candidate, started.trial)
      // the other of a pair was faster by a moment
      if (departure !== this.#trying.departure && departure.isGone) throw goneBecause(departure)
      this.#held(started)
      return { outcome }
    } catch (thrown) {
      this.#failed(started, thrown)
      return undefined
    }
  }

  #begin(entry: Entry, departure: Departure, isHedge: boolean): Started {
    const { candidate, without, withoutThoughts, formerKey } = entry
    this.#tried++
    const attempt = this.#account.attempts.begin(candidate, { again: entry.tries > 0, hedge: isHedge, formerKey })
    entry.tries++
    if (candidate.credential !== undefined) this.#stages.keyLimits.begin(candidate.credential)
    const timeouts = timeoutsFor(candidate.endpoint, this.#trying.view, this.#limits, this.#stages.timeouts())
    return { entry, trial: { departure, timeouts, without, withoutThoughts, formerKey }, attempt, at: this.#stages.now() }
  }

  /** The first content is here. */
  #held({ entry, trial, attempt, at }: Started): void {
    const { candidate } = entry
    const { endpoint, credential } = candidate
    attempt.commit()
    // of the new key the old one's answer says nothing
    if (credential !== undefined && !trial.formerKey) this.#stages.markCredential(credential, undefined)
    const heldAt = this.#stages.now()
    this.#stages.health.answered(placeOf(candidate), endpoint, heldAt - at)
    this.#watchEnd(candidate, at, heldAt)
  }

  /** @throws Failure when no other may be tried */
  #failed({ entry, trial, attempt, at }: Started, thrown: unknown): void {
    const { candidate } = entry
    const { endpoint, credential } = candidate
    const { health, keyLimits, markCredential } = this.#stages
    const failure = Failure.from(thrown)
    if (credential !== undefined) keyLimits.end(credential, 0)
    const mayCost = MAY_COST.has(failure.kind) || (failure.kind === 'cancelled' && trial.departure !== this.#trying.departure)
    const cost = mayCost ? this.#stages.reckon(endpoint, this.#trying.view).input : undefined
    this.#reckoned += cost ?? 0
    attempt.fail(failure, cost)
    if (failure.kind === 'cancelled' || failure.kind === 'shutting-down' || failure.kind === 'stopped') {
      health.left(placeOf(candidate))
      // only the caller's own leaving ends it all
      if (this.#trying.departure.isGone) throw failure
      return
    }
    // a simulated failure is what its user asked for
    if (endpoint.simulated) health.left(placeOf(candidate))
    else health.failed(placeOf(candidate), endpoint, failure, at)
    if (credential !== undefined && !trial.formerKey) markCredential(credential, failure)
    this.#dispose(entry, failure)
  }

  /** How the answer went on is known when its row is closed. */
  #watchEnd(candidate: Candidate, startedAt: number, committedAt: number): void {
    const { health, keyLimits } = this.#stages
    const { endpoint, credential } = candidate
    this.#account.whenClosed((failure, tokens) => {
      const output = (tokens.output ?? 0) + (tokens.reasoning ?? 0)
      const input = (tokens.input ?? 0) + (tokens.cacheRead ?? 0) + (tokens.cacheWrite5m ?? 0) + (tokens.cacheWrite1h ?? 0)
      if (credential !== undefined) keyLimits.end(credential, input + output)
      if (failure === undefined) {
        health.streamed(endpoint.id, output, this.#stages.now() - committedAt)
        this.#stages.served(this.#plan, candidate, { ...this.#trying, caller: this.#account.callerId }, tokens)
      } else if (failure.kind !== 'cancelled' && !endpoint.simulated) health.failed(placeOf(candidate), endpoint, failure, startedAt)
    })
  }

  /** What a failure means for the candidates that are left. @throws Failure when nothing can mend it */
  #dispose(entry: Entry, failure: Failure): void {
    const { candidate } = entry
    this.#failures.push(failure)
    const cause = causeOf(failure)
    if (!this.#causes.includes(cause)) this.#causes.push(cause)
    const isMeantFor = (other: Entry): boolean => other.candidate.after?.includes(cause) === true
    if (failure.kind === 'context-too-long') {
      this.#queue = this.#queue.filter((other) => isMeantFor(other) || readsMore(other.candidate.endpoint, candidate.endpoint))
      return
    }
    if (failure.kind === 'content-policy' && !this.#stages.afterContentPolicy() && this.#queue.some(isMeantFor)) {
      this.#queue = this.#queue.filter(isMeantFor)
      return
    }
    if (failure.kind === 'content-policy' && this.#stages.afterContentPolicy()) {
      this.#queue = this.#queue.filter((other) => other.candidate.endpoint.id !== candidate.endpoint.id)
      return
    }
    if (!entry.withoutThoughts && refusesThoughts(failure)) {
      entry.withoutThoughts = true
      this.#queue.unshift(entry)
      return
    }
    if (failure.rule.router === 'give-up') throw failure
    if (failure.kind === 'credential-refused' && candidate.credential !== undefined) {
      const { formerKeys } = this.#stages
      if (entry.formerKey) formerKeys.refused(candidate.credential)
      else if (formerKeys.isThere(candidate.credential)) {
        entry.formerKey = true
        this.#queue.unshift(entry)
        return
      }
    }
    if (CREDENTIAL_DEAD.has(failure.kind) && candidate.credential !== undefined) {
      this.#queue = this.#queue.filter((other) => other.candidate.credential !== candidate.credential)
      return
    }
    if (failure.kind === 'unsupported-parameter') {
      const { param } = failure
      if (param === undefined || entry.without !== undefined || !DROPPABLE.has(param) || this.#trying.view.routing.requireParameters) return
      entry.without = { field: param, whatever: failure.code !== 'unsupported_value' }
      this.#queue.unshift(entry)
      return
    }
    if (this.#limits.clientRetries || candidate.endpoint.simulated || entry.tries > (AGAIN[failure.kind] ?? 0)) return
    const backoffMs = Math.min(LONGEST_BACKOFF_MS, this.#limits.backoffMs * 2 ** (entry.tries - 1)) * (0.8 + 0.4 * this.#stages.random())
    entry.readyAt = this.#stages.now() + Math.max(backoffMs, (failure.retryAfterSeconds ?? 0) * 1000)
    entry.because = failure.kind === 'rate-limited' ? 'limit' : 'failures'
    this.#queue.push(entry)
  }

  /** Waits until the soonest of those left may be tried. false: that is too long, or nobody is left. @throws Failure when the caller leaves */
  async #waited(): Promise<boolean> {
    const open = this.#queue.filter((entry) => this.#isOpen(entry))
    if (open.length === 0 || !this.#mayStart()) return false
    const now = this.#stages.now()
    const waitMs = Math.max(0, Math.min(...open.map(({ readyAt }) => readyAt)) - now)
    const { waitMs: most, startWithinMs } = this.#limits
    if (this.#waitedMs + waitMs > most || now + waitMs - this.#account.receivedAt > startWithinMs) return false
    this.#waitedMs += waitMs
    await pause(waitMs, this.#trying.departure)
    return true
  }

  /** Starts another candidate when the first is slower than it nearly always is; whoever commits first answers. */
  async #hedged(first: Entry): Promise<{ readonly outcome: Outcome } | undefined> {
    const slowMs = this.#stages.health.slowFirstEventMs(first.candidate.endpoint.id)
    if (slowMs === undefined || this.#queue.length === 0) return this.#attempt(first, this.#trying.departure, false)
    const own = following(this.#trying.departure)
    const running = this.#attempt(first, own, false)
    const second = (await isSlower(running, slowMs, own)) ? this.#next() : undefined
    if (second === undefined) return running
    const { sent } = this.#account
    const other = following(this.#trying.departure)
    const hedge = this.#attempt(second, other, true)
    try {
      const winner = await firstHeld(running, hedge)
      // the row shows what went to whoever answered
      if (winner === 'first') this.#account.sent = sent
      const [won, lost, loser] = winner === 'first' ? [running, hedge, other] : [hedge, running, own]
      loser.leave()
      await lost.catch(() => undefined)
      return await won
    } catch (thrown) {
      own.leave()
      other.leave()
      throw thrown
    }
  }

  #verdict(): Failure {
    if (this.#failures.length === 0 && this.#queue.length === 0) return new Failure('internal', { code: 'plan-empty' })
    const soonest = this.#secondsUntilSoonest()
    if (this.#failures.length === 0)
      return allRest(
        this.#plan,
        this.#queue.map(({ because }) => because),
        soonest ?? 1,
      )
    return mostActionable(this.#failures, soonest)
  }

  /** When the next of the plan's places may be tried; undefined: that is not a matter of time. */
  #secondsUntilSoonest(): number | undefined {
    const now = this.#stages.now()
    const moments = [...this.#plan.candidates, ...(this.#plan.resting ?? []).map(({ candidate }) => candidate)].flatMap(({ endpoint, credential }) => {
      const standing = this.#stages.health.standing(endpoint.id, credential)
      return standing.is === 'resting' ? [standing.until] : []
    })
    for (const { readyAt } of this.#queue) if (readyAt > now) moments.push(readyAt)
    return moments.length === 0 ? undefined : Math.max(1, Math.ceil((Math.min(...moments) - now) / 1000))
  }
}

function entryOf(candidate: Candidate, readyAt: number, because: Entry['because']): Entry {
  return { candidate, readyAt, tries: 0, without: undefined, withoutThoughts: false, formerKey: false, because }
}

function placeOf({ endpoint, credential }: Candidate): { endpoint: string; credential: string | undefined } {
  return { endpoint: endpoint.id, credential }
}

/** By the words of the user's own fallbacks. */
function causeOf({ kind }: Failure): Cause {
  switch (kind) {
    case 'rate-limited':
      return 'rate-limit'
    case 'context-too-long':
    case 'content-policy':
      return kind
    default:
      return 'error'
  }
}

function readsMore(one: Endpoint, than: Endpoint): boolean {
  return one.limits.context !== undefined && than.limits.context !== undefined && one.limits.context > than.limits.context
}
