/** Charges past requests anew after a price has been corrected. The price they were charged at before stays in `price_versions`. */
import type { EndpointId, Ms } from '../../../shared/ids.ts'
import { asNanoUsd, type NanoUsd, ZERO_USD } from '../../../shared/money.ts'
import type { Prices } from '../../../shared/routing.ts'
import type { Storage } from '../storage/storage.ts'
import { costOf } from './cost.ts'

const PAGE = 500

export interface Repriced {
  /** Rows whose sum changed. */
  readonly rows: number
  /** Sums of those rows. A row that had no cost counts as 0 before. */
  readonly before: NanoUsd
  readonly after: NanoUsd
}

/** Rows for which the provider itself stated the sum stay as they are, and so do those that the new price tells nothing of. */
export async function reprice(
  { endpoint, prices, version, since }: { endpoint: EndpointId; prices: Prices; version: string; since: Ms },
  storage: Pick<Storage, 'ledgerServedBy' | 'setCosts'>,
): Promise<Repriced> {
  let rows = 0
  let before = 0
  let after = 0
  for (let cursor: string | undefined; ; ) {
    const page = await storage.ledgerServedBy(endpoint, since, cursor, PAGE)
    const changed = page.flatMap(({ id, at, tokens, extras, cost: old }) => {
      if (extras?.reportedCost !== undefined) return []
      const cost = costOf(tokens, prices, { at, extras })
      if (cost === undefined || cost === old) return []
      before += old ?? 0
      after += cost
      return [{ id, cost, pricesAsOf: prices.asOf, priceVersion: version }]
    })
    rows += changed.length
    if (changed.length > 0) await storage.setCosts(changed)
    cursor = page.at(-1)?.id
    if (page.length < PAGE || cursor === undefined) break
  }
  return { rows, before: rows === 0 ? ZERO_USD : asNanoUsd(before), after: rows === 0 ? ZERO_USD : asNanoUsd(after) }
}
