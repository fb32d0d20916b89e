/**
 * Ledger writes on their way to the database's thread, and exchanges as JSON. Rows cross as plain values, see ledger-row.ts. An exchange waits and crosses as
 * the text that is stored: a text is one thing for the garbage collector to move, where its object is fifty, and the thread neither parses nor prints
 * it. An endpoint's abilities are a Set, of which JSON would make `{}`: they are written as a list.
 */
import type { Need } from '../../../shared/chat.ts'
import type { Exchange } from '../../../shared/ledger.ts'
import type { Candidate, RoutePlan } from '../../../shared/routing.ts'
import { type RowValues, valuesOf } from './ledger-row.ts'
import type { LedgerWrite } from './storage.ts'

/** As it crosses between the threads. `exchanges` holds one entry for each row. */
export interface LedgerBatch {
  readonly rows: readonly RowValues[]
  readonly exchanges: readonly (string | undefined)[]
}

export function writeBatch(rows: readonly LedgerWrite[]): LedgerBatch {
  return { rows: rows.map(({ record }) => valuesOf(record)), exchanges: rows.map(({ exchange }) => exchange) }
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
  const converted = (candidate: Candidate) => {
    const { can } = candidate.endpoint
    return can === undefined ? candidate : { ...candidate, endpoint: { ...candidate.endpoint, can: convert(can) } }
  }
  const resting = plan.resting?.map((each) => ({ ...each, candidate: converted(each.candidate) }))
  return { ...plan, candidates: plan.candidates.map(converted), ...(resting !== undefined && { resting }) }
}
