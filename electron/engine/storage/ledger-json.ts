/**
 * Ledger writes as JSON and back. A batch crosses to the database's thread as one text, which is several times cheaper than cloning its objects;
 * an exchange is also stored as one. An endpoint's abilities are a Set, of which JSON would make `{}`: they are written as a list.
 */
import type { Need } from '../../../shared/chat.ts'
import type { Exchange } from '../../../shared/ledger.ts'
import type { RoutePlan } from '../../../shared/routing.ts'
import type { LedgerWrite } from './storage.ts'

export function writeBatch(rows: readonly LedgerWrite[]): string {
  return JSON.stringify(rows.map(({ record, exchange }) => ({ record, exchange: exchange && plain(exchange) })))
}

export function readBatch(text: string): readonly LedgerWrite[] {
  const rows = JSON.parse(text) as readonly LedgerWrite[]
  return rows.map(({ record, exchange }) => ({ record, exchange: exchange && revived(exchange) }))
}

export function writeExchange(exchange: Exchange): string {
  return JSON.stringify(plain(exchange))
}

export function readExchange(text: string): Exchange {
  return revived(JSON.parse(text) as Exchange)
}

function plain(exchange: Exchange): unknown {
  return exchange.plan === undefined ? exchange : { ...exchange, plan: withAbilities(exchange.plan, (can) => [...can]) }
}

function revived(exchange: Exchange): Exchange {
  return exchange.plan === undefined ? exchange : { ...exchange, plan: withAbilities(exchange.plan, (can) => new Set(can)) as RoutePlan }
}

function withAbilities(plan: RoutePlan, convert: (can: Iterable<Need>) => unknown) {
  const candidates = plan.candidates.map((candidate) => {
    const { can } = candidate.endpoint
    return can === undefined ? candidate : { ...candidate, endpoint: { ...candidate.endpoint, can: convert(can) } }
  })
  return { ...plan, candidates }
}
