/** What is remembered of one place: its circuit breaker, the rests it asked for, and how its last calls went. Plain data, changed by whoever holds it. */
import type { Ms } from '../../../shared/ids.ts'
import type { RouteReason } from '../../../shared/messages/routing.ts'
import type { Standing } from '../../../shared/routing.ts'
import type { Place } from './place.ts'
import { Rolling } from './rolling.ts'

/** OpenRouter measures over five minutes too, so that percentiles of its clients mean the same here. */
export const WINDOW_MS = 5 * 60_000
export const LONGEST_REST_MS = 30_000
/** No rest that a provider asks for is believed beyond a day. */
export const LONGEST_LIMIT_MS = 86_400_000
/** After a failure others are preferred for so long. */
export const TROUBLED_MS = 30_000
/** So are they while the next call is as likely to fail as this. */
const TROUBLED_FROM = 0.2
/** How much the newest call counts in that, so that it follows a provider within some five calls; without calls it halves in so long. */
const NEWEST_COUNTS = 0.2
const HALVES_IN_MS = 15_000
/** Fewer calls in the window say nothing of how many fail. */
const LEAST_CALLS = 10

export interface Pulse extends Place {
  inARow: number
  lastFailureAt: Ms
  /** 0: closed. Past: half open. */
  openUntil: Ms
  /** In a row, without a success between them. */
  openings: number
  onTrial: boolean
  limitedUntil: Ms
  outcomes: Rolling
  /** Of the calls so far, the newest counting most, as of `heardAt`. */
  failing: number
  heardAt: Ms
}

/** One as it is kept over a restart. */
export interface KeptPulse extends Readonly<Omit<Pulse, 'endpoint' | 'credential' | 'onTrial' | 'outcomes'>> {
  readonly outcomes: readonly (readonly [number, number])[]
}

const say = (reason: RouteReason): RouteReason => reason

export const WELL: Standing = { is: 'well' }

export function newPulse({ endpoint, credential }: Place): Pulse {
  return {
    endpoint,
    credential,
    inARow: 0,
    lastFailureAt: 0,
    openUntil: 0,
    openings: 0,
    onTrial: false,
    limitedUntil: 0,
    outcomes: new Rolling(WINDOW_MS),
    failing: 0,
    heardAt: 0,
  }
}

export function standingOf(pulse: Pulse, now: Ms): Standing {
  if (pulse.limitedUntil > now)
    return { is: 'resting', until: pulse.limitedUntil, because: 'limit', why: say({ code: 'rate-limited', ms: pulse.limitedUntil - now }) }
  if (pulse.openUntil > now) {
    return {
      is: 'resting',
      until: pulse.openUntil,
      because: 'failures',
      why: say({ code: 'failed-in-a-row', times: pulse.inARow, ms: pulse.openUntil - now }),
    }
  }
  if (pulse.openUntil > 0) return { is: 'on-trial', running: pulse.onTrial, why: say({ code: pulse.onTrial ? 'tried-by-another' : 'tried-after-rest' }) }
  const failing = failingNow(pulse, now)
  if (pulse.inARow > 0 && now - pulse.lastFailureAt < TROUBLED_MS)
    return { is: 'troubled', failing, why: say({ code: 'failed-ago', ms: now - pulse.lastFailureAt }) }
  return failing >= TROUBLED_FROM ? { is: 'troubled', failing, why: say({ code: 'failed-lately' }) } : WELL
}

/** A call has ended. */
export function hear(pulse: Pulse, failed: 0 | 1, now: Ms): void {
  pulse.failing = failingNow(pulse, now) * (1 - NEWEST_COUNTS) + failed * NEWEST_COUNTS
  pulse.heardAt = now
  pulse.outcomes.add(failed, now)
}

/** 0 to 1, of the calls in the window; 0 while they are few. */
export function failedShare({ outcomes }: Pulse, now: Ms): number {
  const all = outcomes.values(now)
  if (all.length < LEAST_CALLS) return 0
  return all.reduce((sum, failed) => sum + failed, 0) / all.length
}

export function keptOf({ inARow, lastFailureAt, openUntil, openings, limitedUntil, failing, heardAt, outcomes }: Pulse, now: Ms): KeptPulse {
  return { inARow, lastFailureAt, openUntil, openings, limitedUntil, failing, heardAt, outcomes: outcomes.entries(now) }
}

/** A clock that was set back must not make a rest of seconds one of days. */
export function revived(place: Place, { outcomes, ...kept }: KeptPulse, now: Ms): Pulse {
  const pulse = newPulse(place)
  pulse.inARow = kept.inARow
  pulse.lastFailureAt = Math.min(now, kept.lastFailureAt)
  pulse.openUntil = Math.min(kept.openUntil, now + LONGEST_REST_MS)
  pulse.openings = kept.openings
  pulse.limitedUntil = Math.min(kept.limitedUntil, now + LONGEST_LIMIT_MS)
  pulse.failing = kept.failing
  pulse.heardAt = kept.heardAt
  for (const [at, value] of outcomes) pulse.outcomes.add(value, at)
  return pulse
}

function failingNow({ failing, heardAt }: Pulse, now: Ms): number {
  return failing === 0 ? 0 : failing * 0.5 ** (Math.max(0, now - heardAt) / HALVES_IN_MS)
}
