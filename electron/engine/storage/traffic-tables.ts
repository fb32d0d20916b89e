import type { Database } from 'better-sqlite3'
import type { Ms, RequestId } from '../../../shared/ids.ts'
import { type Condition, filterConditions } from './ledger-filter.ts'
import { whereOf } from './ledger-table.ts'
import type { Removal, RemovalCount, SavedFilter, TrafficCalls } from './traffic-storage.ts'

const REMOVED = 'EXISTS (SELECT 1 FROM traffic_marks m WHERE m.request = ledger.id AND m.removed_at IS NOT NULL)'
const PINNED = 'EXISTS (SELECT 1 FROM traffic_marks m WHERE m.request = ledger.id AND m.pinned_at IS NOT NULL)'

/** What the user did with rows of the ledger, and the filters that were given a name. */
export function trafficTables(database: Database): Omit<TrafficCalls, 'ledgerMarks'> {
  const isThere = database.prepare<[string], { id: string }>('SELECT id FROM ledger WHERE id = ?')
  const pin = database.prepare<[string, number]>(
    'INSERT INTO traffic_marks (request, pinned_at) VALUES (?, ?) ON CONFLICT (request) DO UPDATE SET pinned_at = excluded.pinned_at',
  )
  const unpin = database.prepare<[string]>('UPDATE traffic_marks SET pinned_at = NULL WHERE request = ? AND removed_at IS NOT NULL')
  const dropPin = database.prepare<[string]>('DELETE FROM traffic_marks WHERE request = ? AND removed_at IS NULL')
  const restorePinned = database.prepare<[number]>('UPDATE traffic_marks SET removed_at = NULL WHERE removed_at = ? AND pinned_at IS NOT NULL')
  const restore = database.prepare<[number]>('DELETE FROM traffic_marks WHERE removed_at = ? AND pinned_at IS NULL')
  const forget = database.prepare<[number]>(
    'DELETE FROM exchanges WHERE id IN (SELECT request FROM traffic_marks WHERE removed_at IS NOT NULL AND removed_at < ?)',
  )
  const listFilters = database.prepare<[], SavedFilter>('SELECT name, filter FROM traffic_filters ORDER BY at DESC, name')
  const putFilter = database.prepare<[string, string, number]>(
    'INSERT INTO traffic_filters (name, filter, at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET filter = excluded.filter, at = excluded.at',
  )
  const dropFilter = database.prepare<[string]>('DELETE FROM traffic_filters WHERE name = ?')

  const count = (removal: Removal, now: Ms): RemovalCount => {
    const { where, values } = whereOf(conditionsOf(removal, now))
    const byFilter = 'filter' in removal
    const row = database
      .prepare<unknown[], { rows: number; pinned: number; open: number }>(`
        SELECT count(*) FILTER (WHERE outcome <> 'open' AND NOT pinned) AS rows,
          count(*) FILTER (WHERE outcome <> 'open' AND pinned) AS pinned, count(*) FILTER (WHERE outcome = 'open') AS open
        FROM (SELECT outcome, ${byFilter ? PINNED : '0'} AS pinned FROM ledger ${where})`)
      .get(...values)
    return row ?? { rows: 0, pinned: 0, open: 0 }
  }

  const remove = database.transaction((removal: Removal, now: Ms): RemovalCount => {
    const counted = count(removal, now)
    const kept: Condition = { sql: 'filter' in removal ? `outcome <> 'open' AND NOT ${PINNED}` : "outcome <> 'open'", values: [] }
    const { where, values } = whereOf([...conditionsOf(removal, now), kept])
    database
      .prepare<unknown[]>(`
        INSERT INTO traffic_marks (request, removed_at) SELECT id, ? FROM ledger ${where}
        ON CONFLICT (request) DO UPDATE SET removed_at = excluded.removed_at`)
      .run(now, ...values)
    return counted
  })

  return {
    pinRequest(id: RequestId, pinned: boolean, now: Ms): boolean {
      if (isThere.get(id) === undefined) return false
      if (pinned) pin.run(id, now)
      else {
        unpin.run(id)
        dropPin.run(id)
      }
      return true
    },
    countRemoval: count,
    removeRequests: (removal, now) => remove.immediate(removal, now),
    restoreRequests: database.transaction((removedAt: Ms): number => restorePinned.run(removedAt).changes + restore.run(removedAt).changes),
    forgetRemoved: (before) => forget.run(before).changes,
    listTrafficFilters: () => listFilters.all(),
    putTrafficFilter: ({ name, filter }, now) => void putFilter.run(name, filter, now),
    removeTrafficFilter: (name) => dropFilter.run(name).changes > 0,
  }
}

function conditionsOf(removal: Removal, now: Ms): readonly Condition[] {
  const here: Condition = { sql: `NOT ${REMOVED}`, values: [] }
  return 'filter' in removal
    ? [here, ...filterConditions(removal.filter, now)]
    : [here, { sql: 'id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(removal.ids)] }]
}
