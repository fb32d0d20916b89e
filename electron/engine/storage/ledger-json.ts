/**
 * Ledger writes as JSON and back. The rows of a batch cross to the database's thread as one text, which is several times cheaper than cloning its
 * objects. An exchange waits and crosses as the text that is stored: a text is one thing for the garbage collector to move, where its object is fifty, and
 * the thread neither parses nor prints it. An endpoint's abilities are a Set, of which JSON would make `{}`: they are written as a list.
 */
import type { Need } from '../../../shared/chat.ts'
import type { Exchange, UsageRecord } from '../../../shared/ledger.ts'
import type { Candidate, RoutePlan } from '../../../shared/routing.ts'
import type { LedgerWrite } from './storage.ts'

/** As it crosses between the threads. `exchanges` holds one entry for each record. */
export interface LedgerBatch {
  readonly records: string
  readonly exchanges: readonly (string | undefined)[]
}

export function writeBatch(rows: readonly LedgerWrite[]): LedgerBatch {
  return {
    records: JSON.stringify(rows.map(({ record }) => record)),
    exchanges: rows.map(({ exchange }) => exchange),
  }
}

export function readBatch({ records, exchanges }: LedgerBatch): readonly LedgerWrite[] {
  return (JSON.parse(records) as readonly UsageRecord[]).map((record, index) => ({ record, exchange: exchanges[index] }))
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
