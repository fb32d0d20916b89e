/** What an account is given to work with, and what it tells of the routing. */
import type { CacheUse } from '../../../shared/cache.ts'
import type { RoutingWish, Tokens } from '../../../shared/chat.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import type { NanoUsd } from '../../../shared/money.ts'
import type { Attempt, Endpoint, RoutePlan } from '../../../shared/routing.ts'
import type { Priced } from './charge.ts'
import type { Charged } from './cost.ts'
import type { Ledger } from './ledger.ts'

export interface AccountStages {
  readonly ledger: Ledger
  readonly now: () => number
  readonly newId: () => string
  readonly capture: () => { readonly what: 'all' | 'errors' | 'none'; readonly limitBytes: number }
  /** The price of what was used; may have to load the price list first. */
  readonly price: (endpoint: Endpoint, tokens: Tokens, charged: Charged) => Priced | Promise<Priced>
  /**
   * A row is closed, or closed anew; `more` is what its cost has grown by. `isOver`: nothing runs for it any more. On the request's path: be quick and do
   * not throw.
   */
  readonly settled: (record: UsageRecord, more: NanoUsd, isOver: boolean) => void
  readonly routed: (record: UsageRecord, plan: RoutePlan) => UsageRecord['routed']
}

/** How a request went its way. */
export interface Routed {
  readonly plan: RoutePlan
  readonly attempts: readonly Attempt[]
  readonly served: Endpoint | undefined
  readonly wish: RoutingWish | undefined
  readonly cache: CacheUse | undefined
}
