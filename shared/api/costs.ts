import { z } from 'zod'
import { reads } from '../contract.ts'
import type { Ms } from '../ids.ts'
import type { NanoUsd } from '../money.ts'

export const COST_DIMENSIONS = ['model', 'provider', 'client', 'key'] as const
export type CostDimension = (typeof COST_DIMENSIONS)[number]

/** Tokens as bars show them: what went in uncached, what prompt caches gave and took, what came out (reasoning included). */
export interface CostTokens {
  readonly input: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly output: number
}

export interface CostSums {
  readonly requests: number
  /** Requests whose cost nobody knows: `spent` is a lower bound when this is not 0. */
  readonly unpriced: number
  readonly spent: NanoUsd
  readonly tokens: CostTokens
}

/** `id` is a model, provider, client or key; '' where there was none. */
export interface CostGroup extends CostSums {
  readonly id: string
  /** For people; undefined: none is known (any more). */
  readonly name: string | undefined
}

export interface CostDay extends CostSums {
  /** Its local midnight. */
  readonly at: Ms
  readonly groups: readonly CostGroup[]
}

/** Against what one would have paid otherwise. `leftOut`: requests it could not be said for. */
export interface Saving {
  readonly amount: NanoUsd
  readonly leftOut: number
  readonly byDay: readonly NanoUsd[]
}

export interface CostReport {
  readonly from: Ms
  readonly until: Ms
  readonly by: CostDimension
  readonly total: CostSums
  /** Oldest first, days without a request included. */
  readonly days: readonly CostDay[]
  /** The dearest first. */
  readonly groups: readonly CostGroup[]
  readonly saved: {
    readonly responseCache: Saving
    readonly promptCache: Saving
    readonly routing: Saving
    readonly fee: Saving
  }
}

const moment = z.number().int().min(0).max(8_640_000_000_000_000)

export const costsApi = {
  /** Local days that begin within [from, until), the day of `from` included; 400 at most. Simulated answers cost nothing and are left out. */
  'costs.report': reads(z.object({ from: moment, until: moment, by: z.enum(COST_DIMENSIONS).default('model') })).returns<CostReport>(),
}
