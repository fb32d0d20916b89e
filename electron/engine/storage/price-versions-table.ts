import type { Database } from 'better-sqlite3'
import type { EndpointId } from '../../../shared/ids.ts'
import type { Prices } from '../../../shared/routing.ts'
import type { PriceVersionRow } from './storage.ts'

interface Stored {
  readonly id: string
  readonly endpoint: string
  readonly since: number
  readonly prices: string
}

/** Prices that requests were charged at. Never changed: another price is another row. */
export function priceVersionsTable(database: Database) {
  const put = database.prepare<[Stored]>('INSERT OR IGNORE INTO price_versions (id, endpoint, since, prices) VALUES (@id, @endpoint, @since, @prices)')
  const of = database.prepare<[string], Stored>('SELECT id, endpoint, since, prices FROM price_versions WHERE endpoint = ? ORDER BY since DESC, id')
  return {
    put: ({ prices, ...row }: PriceVersionRow): void => void put.run({ ...row, since: Math.round(row.since), prices: JSON.stringify(prices) }),
    /** Newest first. */
    of: (endpoint: EndpointId): readonly PriceVersionRow[] => of.all(endpoint).map(({ prices, ...row }) => ({ ...row, prices: JSON.parse(prices) as Prices })),
  }
}
