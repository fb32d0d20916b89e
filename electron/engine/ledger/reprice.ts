/** Charges past requests anew after a price has been corrected. The price they were charged at before stays in `price_versions`. */
import type { Need } from '../../../shared/chat.ts'
import type { EndpointId, Ms } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { asNanoUsd, type NanoUsd, ZERO_USD } from '../../../shared/money.ts'
import type { Prices } from '../../../shared/routing.ts'
import type { Storage } from '../storage/storage.ts'
import { withAside } from './charge.ts'
import { costOf } from './cost.ts'

const PAGE = 500

export interface Repriced {
  /** Rows whose sum changed. */
  readonly rows: number
  /** Sums of those rows. A row that had no cost counts as 0 before. */
  readonly before: NanoUsd
  readonly after: NanoUsd
}

const ANY_NEED: ReadonlySet<Need> = new Set(['audio', 'vision'])

/**
 * Rows for which the provider itself stated the sum stay as they are, and so do those that the new price tells nothing of and those that paid nothing: of
 * an answer that the cache gave or that another request paid for.
 * @param settled is told of every row whose sum changed, and by how much
 */
export async function reprice(
  { endpoint, prices, version, since }: { endpoint: EndpointId; prices: Prices; version: string; since: Ms },
  storage: Pick<Storage, 'ledgerServedBy' | 'setCosts'>,
  settled: (row: UsageRecord, more: NanoUsd) => void = () => {},
): Promise<Repriced> {
  let rows = 0
  let before = 0
  let after = 0
  for (let cursor: string | undefined; ; ) {
    const page = await storage.ledgerServedBy(endpoint, since, cursor, PAGE)
    const changed = page.flatMap((row) => {
      const cost = chargeOf(row, prices)
      if (cost === undefined || cost === row.cost) return []
      before += row.cost ?? 0
      after += cost
      return [{ row, cost }]
    })
    rows += changed.length
    if (changed.length > 0) {
      await storage.setCosts(changed.map(({ row, cost }) => ({ id: row.id, cost, pricesAsOf: prices.asOf, priceVersion: version })))
      for (const { row, cost } of changed) settled(row, asNanoUsd(cost - (row.cost ?? 0)))
    }
    cursor = page.at(-1)?.id
    if (page.length < PAGE || cursor === undefined) break
  }
  return { rows, before: rows === 0 ? ZERO_USD : asNanoUsd(before), after: rows === 0 ? ZERO_USD : asNanoUsd(after) }
}

/** undefined: it stays as it is. */
function chargeOf({ at, tokens, extras, cost, cache, attempts }: UsageRecord, prices: Prices): NanoUsd | undefined {
  const isHit = cache?.kind === 'exact' || cache?.kind === 'semantic'
  // of those that shared a call one has paid for it
  if (extras?.reportedCost !== undefined || isHit || (cache?.kind === 'merged' && cost === 0)) return undefined
  // whether something else than text went in is not kept, and may be why there is no sum
  const priced = costOf(tokens, prices, { at, extras, ...(cost === undefined && { needs: ANY_NEED }) })
  const aside = attempts.flatMap(({ setAside }) => (setAside === undefined ? [] : [setAside.cost]))
  return withAside({ cost: priced, pricesAsOf: undefined }, aside).cost
}
