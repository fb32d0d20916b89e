import type { Database } from 'better-sqlite3'
import type { ArmResult, ArmSpan, ShadowPair } from '../../../shared/api/routing.ts'
import type { Ms } from '../../../shared/ids.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import type { RoutingMark, RoutingResults } from './storage.ts'

type Sums = Omit<ArmResult, 'firstEventMs' | 'totalMs'>
type StoredSums = { [Field in keyof Sums]: Field extends 'name' | 'arm' ? string : number | null }

interface StoredSpan extends Pick<ArmResult, 'name' | 'arm'> {
  readonly p50: number | null
  readonly p95: number | null
}

const MOST_PAIRS = 100

/** Which rows of the ledger bear the marks of which arm. */
const ARMS = {
  split: { arm: 'm.arm', marked: "ledger l ON l.id = m.request WHERE m.kind = 'split'" },
  shadow: { arm: "'shadow'", marked: "ledger l ON l.id = m.request WHERE m.kind = 'shadow'" },
  original: { arm: "'original'", marked: "ledger l ON l.id = m.original WHERE m.kind = 'shadow'" },
} as const
type Kind = keyof typeof ARMS

/** What became of the rows that bear a mark. A caller who left is no failure of the arm; what is still open is not counted. */
const sumsOf = (kind: Kind): string => `
  SELECT m.name AS name, ${ARMS[kind].arm} AS arm,
    count(*) AS requests,
    count(*) FILTER (WHERE l.outcome NOT IN ('ok', 'cancelled')) AS failed,
    sum(l.cost_nano_usd) AS cost,
    count(*) FILTER (WHERE l.cost_nano_usd IS NULL AND l.served_by IS NOT NULL) AS unpriced
  FROM routing_marks m JOIN ${ARMS[kind].marked} AND m.at >= ? AND l.outcome <> 'open' GROUP BY 1, 2 ORDER BY 1, 2`

/** The times below which half, and 95 in 100, of an arm's complete answers lie, by nearest rank: ceil(n * q / 100) is (n * q + 99) / 100 in whole numbers. */
const spansOf = (kind: Kind, column: 'first_event_ms' | 'total_ms'): string => `
  WITH marked AS (
    SELECT m.name AS name, ${ARMS[kind].arm} AS arm, l.${column} AS ms
    FROM routing_marks m JOIN ${ARMS[kind].marked} AND m.at >= ? AND l.outcome = 'ok' AND l.${column} IS NOT NULL
  ), ranked AS (
    SELECT name, arm, ms, row_number() OVER (PARTITION BY name, arm ORDER BY ms) AS place, count(*) OVER (PARTITION BY name, arm) AS n FROM marked
  )
  SELECT name, arm, min(ms) FILTER (WHERE place >= (n * 50 + 99) / 100) AS p50, min(ms) FILTER (WHERE place >= (n * 95 + 99) / 100) AS p95
  FROM ranked GROUP BY name, arm`

/** Splits and shadow runs beside the ledger's rows. */
export function routingMarksTable(database: Database) {
  const put = database.prepare<[Omit<RoutingMark, 'original'> & { original: string | null }]>(
    'INSERT INTO routing_marks (request, kind, name, arm, original, at) VALUES (@request, @kind, @name, @arm, @original, @at) ON CONFLICT DO NOTHING',
  )
  const resultsOf = (kind: Kind): ((since: Ms) => readonly ArmResult[]) => {
    const sums = database.prepare<[number], StoredSums>(sumsOf(kind))
    const firsts = database.prepare<[number], StoredSpan>(spansOf(kind, 'first_event_ms'))
    const wholes = database.prepare<[number], StoredSpan>(spansOf(kind, 'total_ms'))
    return (since) => {
      const spans = [firsts.all(since), wholes.all(since)] as const
      return sums.all(since).map((row) => fromStored(row, spanFor(row, spans[0]), spanFor(row, spans[1])))
    }
  }
  const splits = resultsOf('split')
  const shadows = resultsOf('shadow')
  const originals = resultsOf('original')
  const pairs = database.prepare<[number, number], ShadowPair>(`
    SELECT name, request AS shadow, original, at FROM routing_marks WHERE kind = 'shadow' AND at >= ? ORDER BY at DESC LIMIT ?`)
  const spent = database.prepare<[string, number], { spent: number | null }>(`
    SELECT sum(l.cost_nano_usd) AS spent FROM routing_marks m JOIN ledger l ON l.id = m.request WHERE m.kind = 'shadow' AND m.name = ? AND m.at >= ?`)
  const trimByAge = database.prepare<[number]>('DELETE FROM routing_marks WHERE at < ?')
  const trimByCount = database.prepare<[number]>(
    'DELETE FROM routing_marks WHERE rowid <= (SELECT rowid FROM routing_marks ORDER BY rowid DESC LIMIT 1 OFFSET ?)',
  )

  return {
    put: (mark: RoutingMark): void => void put.run({ ...mark, original: mark.original ?? null, at: Math.round(mark.at) }),
    results: (since: Ms): RoutingResults => ({ splits: splits(since), shadows: [...shadows(since), ...originals(since)], pairs: pairs.all(since, MOST_PAIRS) }),
    shadowSpent: (name: string, since: Ms): NanoUsd => asNanoUsd(spent.get(name, since)?.spent ?? 0),
    /** Removes what is older, and of the rest the oldest beyond `keep`. */
    trim: (olderThan: Ms, keep: number): void => {
      trimByAge.run(Math.round(olderThan))
      trimByCount.run(keep)
    },
  }
}

function spanFor({ name, arm }: Pick<ArmResult, 'name' | 'arm'>, spans: readonly StoredSpan[]): ArmSpan {
  const found = spans.find((each) => each.name === name && each.arm === arm)
  return { p50: found?.p50 ?? undefined, p95: found?.p95 ?? undefined }
}

function fromStored({ name, arm, requests, failed, cost, unpriced }: StoredSums, firstEventMs: ArmSpan, totalMs: ArmSpan): ArmResult {
  return { name, arm, requests: requests ?? 0, failed: failed ?? 0, unpriced: unpriced ?? 0, cost: asNanoUsd(cost ?? 0), firstEventMs, totalMs }
}
