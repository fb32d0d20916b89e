/** What a request is charged: all of its answer, a share of a call that several get, or nothing. */
import type { Tokens, UsageExtras } from '../../../shared/chat.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { asNanoUsd, type NanoUsd, ZERO_USD } from '../../../shared/money.ts'
import type { Account } from './account.ts'

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
  /** The same of what is charged beside tokens. */
  readonly extras: UsageExtras | undefined
  pays(account: Account): boolean
}

export type Charge = Priced & Pick<UsageRecord, 'saved'>

/** For who pays nothing: what it would have cost is saved. */
export function savedAltogether(priced: Priced): Charge {
  return { ...priced, cost: ZERO_USD, saved: priced.cost }
}

/** With what answers have cost that were set aside. Unknown where a part of it is not known: unknown is not free. */
export function withAside(priced: Priced, aside: readonly (NanoUsd | undefined)[]): Charge {
  if (aside.length === 0) return priced
  const cost = aside.reduce<NanoUsd | undefined>((sum, one) => (sum === undefined || one === undefined ? undefined : asNanoUsd(sum + one)), priced.cost)
  return { ...priced, cost }
}
