/**
 * How every place that answers is doing: a circuit breaker for each (endpoint, key), rests that providers ask for, and how fast each endpoint was in
 * the last minutes. Learns from real traffic alone: a half-open breaker lets one real request through, and nothing is ever sent only to see.
 */

import type { Failure, FailureKind } from '../../../shared/failure.ts'
import type { CredentialId, EndpointId, Ms } from '../../../shared/ids.ts'
import type { Endpoint, Standing } from '../../../shared/routing.ts'
import { Network } from './network.ts'
import { keyOf, type Place, placeOf } from './place.ts'
import {
  failedShare,
  hear,
  type KeptPulse,
  keptOf,
  LONGEST_LIMIT_MS,
  LONGEST_REST_MS,
  newPulse,
  type Pulse,
  revived,
  standingOf,
  TROUBLED_MS,
  WELL,
  WINDOW_MS,
} from './pulse.ts'
import { Rolling } from './rolling.ts'
import type { Wakefulness } from './wakefulness.ts'

/** Opens the breaker, as the user's number of failures in a row does: this share of the calls in the window. */
const OPENING_SHARE = 0.5
/** The first rest of an opened breaker; each further one is twice as long. */
const FIRST_REST_MS = 1_000
/** A server on this machine costs nothing to ask, and its user may have started it just now. */
const LONGEST_LOCAL_REST_MS = 2_000
/** A provider that says 'too many' without saying for how long. */
const UNSAID_REST_MS = 1_000
/** More places than anybody has; the oldest are forgotten. */
const MOST_PLACES = 2_000

/** What speaks against the place and not against the request, the key or ourselves. */
const AT_FAULT: ReadonlySet<FailureKind> = new Set(['overloaded', 'upstream-error', 'upstream-unreadable', 'upstream-unreachable', 'stream-broken', 'timeout'])

/** Quantiles of the last five minutes; undefined while too little was measured. */
export interface Pace {
  firstEventMs(share: number): number | undefined
  tokensPerSecond(share: number): number | undefined
}

/** One place as people see it. */
export interface MeasuredPlace extends Place {
  readonly standing: Standing
  /** Heard of in the window, the last 64 at most. */
  readonly calls: number
  /** 0 to 1; undefined: no calls. */
  readonly errorRate: number | undefined
  readonly firstEventMs: { readonly p50: number | undefined; readonly p95: number | undefined }
  readonly tokensPerSecond: number | undefined
}

/** One place as it is kept over a restart. */
export interface HealthRow extends Place {
  readonly state: string
}

interface Kept extends KeptPulse {
  readonly firstEventMs: readonly (readonly [number, number])[]
  readonly tokensPerSecond: readonly (readonly [number, number])[]
}

export class Health {
  readonly #now: () => Ms
  readonly #wakefulness: Pick<Wakefulness, 'disturbed'>
  readonly #mostInARow: () => number
  readonly #network: Network
  readonly #pulses = new Map<string, Pulse>()
  readonly #firstEvents = new Map<EndpointId, Rolling>()
  readonly #speeds = new Map<EndpointId, Rolling>()
  readonly #changed = new Set<string>()

  /** @param mostInARow so many failures in a row open a breaker; 0: nothing does. @param onNetwork the machine went offline, or came back */
  constructor(now: () => Ms, wakefulness: Pick<Wakefulness, 'disturbed'>, mostInARow: () => number, onNetwork?: () => void) {
    this.#network = new Network(onNetwork)
    this.#now = now
    this.#mostInARow = mostInARow
    this.#wakefulness = wakefulness
  }

  standing(endpoint: EndpointId, credential: CredentialId | undefined): Standing {
    const pulse = this.#pulses.get(keyOf(endpoint, credential))
    return pulse === undefined ? WELL : standingOf(pulse, this.#now())
  }

  pace(endpoint: EndpointId): Pace {
    return {
      firstEventMs: (share) => this.#firstEvents.get(endpoint)?.quantile(share, this.#now()),
      tokensPerSecond: (share) => this.#speeds.get(endpoint)?.quantile(share, this.#now()),
    }
  }

  /** The 95th percentile of the wait for a first event; undefined unless at least 20 were measured. */
  slowFirstEventMs(endpoint: EndpointId): number | undefined {
    return this.#firstEvents.get(endpoint)?.quantile(0.95, this.#now(), 20)
  }

  /** A request goes to this place. A half-open breaker lets one through at a time: false when this is not the one. */
  begin({ endpoint, credential }: Place): boolean {
    const pulse = this.#pulses.get(keyOf(endpoint, credential))
    if (pulse === undefined) return true
    if (pulse.limitedUntil > 0 && pulse.limitedUntil > this.#now()) return false
    if (pulse.openUntil === 0) return true
    if (pulse.onTrial || pulse.openUntil > this.#now()) return false
    pulse.onTrial = true
    return true
  }

  /** Its first content is here. A server on this machine says nothing of the network. */
  answered(place: Place, endpoint: Pick<Endpoint, 'provider' | 'runsLocally'>, firstEventMs: number): void {
    const now = this.#now()
    if (!endpoint.runsLocally) this.#network.reached(endpoint.provider, now)
    rollingOf(this.#firstEvents, place.endpoint).add(firstEventMs, now)
    const pulse = this.#pulse(place)
    hear(pulse, 0, now)
    pulse.inARow = 0
    pulse.openUntil = 0
    pulse.openings = 0
    pulse.onTrial = false
  }

  /** Tokens of output in the time between the first content and the end. Too little of either says nothing. */
  streamed(endpoint: EndpointId, tokens: number, overMs: number): void {
    if (tokens < 10 || overMs < 50) return
    rollingOf(this.#speeds, endpoint).add((tokens * 1000) / overMs, this.#now())
  }

  /** It failed, before its first content or after it. @param startedAt when the attempt began */
  failed(place: Place, endpoint: Pick<Endpoint, 'provider' | 'runsLocally'>, failure: Failure, startedAt: Ms): void {
    const now = this.#now()
    if (failure.kind === 'rate-limited') {
      this.limited(place, now + (failure.retryAfterSeconds === undefined ? UNSAID_REST_MS : failure.retryAfterSeconds * 1000))
      this.left(place)
      return
    }
    if (failure.upstreamStatus !== undefined && !endpoint.runsLocally) this.#network.reached(endpoint.provider, now)
    const isTheirs = AT_FAULT.has(failure.kind) && !this.#wakefulness.disturbed(startedAt)
    const isOurs = isTheirs && !endpoint.runsLocally && this.#network.isOurs(failure, endpoint.provider, now)
    if (isOurs) this.#forgive()
    if (!isTheirs || isOurs) {
      this.left(place)
      return
    }
    const pulse = this.#pulse(place)
    const wasOnTrial = pulse.openUntil > 0
    pulse.onTrial = false
    hear(pulse, 1, now)
    pulse.inARow++
    pulse.lastFailureAt = now
    if (failure.kind === 'overloaded' && failure.retryAfterSeconds !== undefined) this.limited(place, now + failure.retryAfterSeconds * 1000)
    const most = this.#mostInARow()
    if (most === 0 || (!wasOnTrial && pulse.inARow < most && failedShare(pulse, now) < OPENING_SHARE)) return
    const longest = endpoint.runsLocally ? LONGEST_LOCAL_REST_MS : LONGEST_REST_MS
    // a later, shorter rest never cuts an earlier one short
    pulse.openUntil = Math.max(pulse.openUntil, now + Math.min(longest, FIRST_REST_MS * 2 ** pulse.openings))
    pulse.openings++
  }

  /** The caller left, or another was faster: nothing was learned, and a trial is open to the next. */
  left({ endpoint, credential }: Place): void {
    const pulse = this.#pulses.get(keyOf(endpoint, credential))
    if (pulse !== undefined) pulse.onTrial = false
  }

  /** Nothing is sent there before `until`; a later moment that is known already stays. */
  limited(place: Place, until: Ms): void {
    const pulse = this.#pulse(place)
    pulse.limitedUntil = Math.min(Math.max(pulse.limitedUntil, until), this.#now() + LONGEST_LIMIT_MS)
  }

  /** The places of a key that was replaced, deleted or found good begin anew. */
  forget(credential: CredentialId): void {
    for (const [key, pulse] of this.#pulses) {
      if (pulse.credential !== credential) continue
      this.#pulses.delete(key)
      this.#changed.add(key)
    }
  }

  /** Every place that is known, for people; what was measured is that of the last five minutes. */
  list(): readonly MeasuredPlace[] {
    const now = this.#now()
    return [...this.#pulses.values()].map(({ endpoint, credential, outcomes }) => {
      const calls = outcomes.values(now)
      const pace = this.pace(endpoint)
      return {
        ...{ endpoint, credential, standing: this.standing(endpoint, credential), calls: calls.length },
        errorRate: calls.length === 0 ? undefined : calls.reduce((sum, failed) => sum + failed, 0) / calls.length,
        firstEventMs: { p50: pace.firstEventMs(0.5), p95: pace.firstEventMs(0.95) },
        tokensPerSecond: pace.tokensPerSecond(0.5),
      }
    })
  }

  /** One place begins anew, because somebody knows better. */
  reset({ endpoint, credential }: Place): void {
    const key = keyOf(endpoint, credential)
    if (this.#pulses.delete(key)) this.#changed.add(key)
  }

  /** What has changed since the last call, to be kept; `state` is '' for what is to be dropped. */
  takeChanges(): readonly HealthRow[] {
    const now = this.#now()
    const rows = [...this.#changed].map((key): HealthRow => {
      const pulse = this.#pulses.get(key)
      const { endpoint, credential } = pulse ?? placeOf(key)
      return { endpoint, credential, state: pulse === undefined ? '' : JSON.stringify(this.#kept(pulse, now)) }
    })
    this.#changed.clear()
    return rows
  }

  /** What an earlier run knew. What this run has learned meanwhile counts more. */
  restore(rows: readonly HealthRow[]): void {
    const now = this.#now()
    for (const row of rows) {
      const key = keyOf(row.endpoint, row.credential)
      if (this.#pulses.has(key)) continue
      const kept = JSON.parse(row.state) as Kept
      for (const [at, value] of kept.firstEventMs) rollingOf(this.#firstEvents, row.endpoint).add(value, at)
      for (const [at, value] of kept.tokensPerSecond) rollingOf(this.#speeds, row.endpoint).add(value, at)
      this.#pulses.set(key, revived(row, kept, now))
    }
  }

  /** Since when nothing could be reached at all. */
  get offlineSince(): Ms | undefined {
    return this.#network.offlineSince
  }

  /** The network is back, by whoever knows better than past requests. */
  networkIsBack(): void {
    this.#network.forget()
  }

  /** We are offline: what was held against providers in the last moments was not theirs. */
  #forgive(): void {
    const now = this.#now()
    for (const [key, pulse] of this.#pulses) {
      if (pulse.inARow === 0 || now - pulse.lastFailureAt > TROUBLED_MS) continue
      pulse.inARow = 0
      pulse.openUntil = 0
      pulse.openings = 0
      pulse.outcomes = new Rolling(WINDOW_MS)
      pulse.failing = 0
      this.#changed.add(key)
    }
  }

  #pulse(place: Place): Pulse {
    const key = keyOf(place.endpoint, place.credential)
    this.#changed.add(key)
    let pulse = this.#pulses.get(key)
    if (pulse === undefined) {
      pulse = newPulse(place)
      const oldest = this.#pulses.size >= MOST_PLACES ? this.#pulses.keys().next().value : undefined
      if (oldest !== undefined) this.#pulses.delete(oldest)
      this.#pulses.set(key, pulse)
    }
    return pulse
  }

  #kept(pulse: Pulse, now: Ms): Kept {
    return {
      ...keptOf(pulse, now),
      firstEventMs: this.#firstEvents.get(pulse.endpoint)?.entries(now) ?? [],
      tokensPerSecond: this.#speeds.get(pulse.endpoint)?.entries(now) ?? [],
    }
  }
}

function rollingOf(map: Map<EndpointId, Rolling>, endpoint: EndpointId): Rolling {
  let rolling = map.get(endpoint)
  if (rolling === undefined) {
    rolling = new Rolling(WINDOW_MS)
    if (map.size >= MOST_PLACES) map.clear()
    map.set(endpoint, rolling)
  }
  return rolling
}
