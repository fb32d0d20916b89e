import type { Database } from 'better-sqlite3'
import type { ArmResult, ShadowPair } from '../../../shared/api/routing.ts'
import type { Ms } from '../../../shared/ids.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import type { RoutingMark, RoutingResults } from './storage.ts'

type StoredArm = { [Field in keyof ArmResult]: Field extends 'name' | 'arm' ? string : number | null }

const MOST_PAIRS = 100
/** What became of the rows that bear a mark. A caller who left is no failure of the arm; what is still open is not counted. */
const FIGURES = `
  count(*) AS requests,
  count(*) FILTER (WHERE l.outcome NOT IN ('ok', 'cancelled')) AS failed,
  sum(l.cost_nano_usd) AS cost,
  count(*) FILTER (WHERE l.cost_nano_usd IS NULL AND l.served_by IS NOT NULL) AS unpriced,
  avg(l.first_event_ms) AS firstEventMs,
  avg(l.total_ms) AS totalMs`

/** Splits and shadow runs beside the ledger's rows. */
export function routingMarksTable(database: Database) {
  const put = database.prepare<[Omit<RoutingMark, 'original'> & { original: string | null }]>(
    'INSERT INTO routing_marks (request, kind, name, arm, original, at) VALUES (@request, @kind, @name, @arm, @original, @at) ON CONFLICT DO NOTHING',
  )
  const arms = database.prepare<[number], StoredArm>(`
    SELECT m.name, m.arm, ${FIGURES} FROM routing_marks m JOIN ledger l ON l.id = m.request
    WHERE m.kind = 'split' AND m.at >= ? AND l.outcome <> 'open' GROUP BY m.name, m.arm ORDER BY m.name, m.arm`)
  const shadows = database.prepare<[number], StoredArm>(`
    SELECT m.name, 'shadow' AS arm, ${FIGURES} FROM routing_marks m JOIN ledger l ON l.id = m.request
    WHERE m.kind = 'shadow' AND m.at >= ? AND l.outcome <> 'open' GROUP BY m.name ORDER BY m.name`)
  const originals = database.prepare<[number], StoredArm>(`
    SELECT m.name, 'original' AS arm, ${FIGURES} FROM routing_marks m JOIN ledger l ON l.id = m.original
    WHERE m.kind = 'shadow' AND m.at >= ? AND l.outcome <> 'open' GROUP BY m.name ORDER BY m.name`)
  const pairs = database.prepare<[number, number], ShadowPair>(`
    SELECT name, request AS shadow, original, at FROM routing_marks WHERE kind = 'shadow' AND at >= ? ORDER BY at DESC LIMIT ?`)
  const spent = database.prepare<[string, number], { spent: number | null }>(`
    SELECT sum(l.cost_nano_usd) AS spent FROM routing_marks m JOIN ledger l ON l.id = m.request WHERE m.kind = 'shadow' AND m.name = ? AND m.at >= ?`)

  return {
    put: (mark: RoutingMark): void => void put.run({ ...mark, original: mark.original ?? null, at: Math.round(mark.at) }),
    results: (since: Ms): RoutingResults => ({
      splits: arms.all(since).map(fromStored),
      shadows: [...shadows.all(since), ...originals.all(since)].map(fromStored),
      pairs: pairs.all(since, MOST_PAIRS),
    }),
    shadowSpent: (name: string, since: Ms): NanoUsd => asNanoUsd(spent.get(name, since)?.spent ?? 0),
  }
}

function fromStored({ name, arm, requests, failed, cost, unpriced, firstEventMs, totalMs }: StoredArm): ArmResult {
  return {
    ...{ name, arm, requests: requests ?? 0, failed: failed ?? 0, unpriced: unpriced ?? 0, cost: asNanoUsd(cost ?? 0) },
    ...{ firstEventMs: firstEventMs ?? undefined, totalMs: totalMs ?? undefined },
  }
}
