import type { Database, Statement } from 'better-sqlite3'
import type { EndpointId, Ms, RequestId } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { asNanoUsd } from '../../../shared/money.ts'
import type { TrafficFilter } from '../../../shared/traffic/filter.ts'
import { readCursor, writeCursor } from './ledger-cursor.ts'
import { type Condition, filterConditions } from './ledger-filter.ts'
import { type LedgerBatch, readExchange } from './ledger-json.ts'
import { COLUMNS, type RowValues, recordOf, type StoredRow } from './ledger-row.ts'
import type { LedgerQuery, RowCost, Storage } from './storage.ts'
import type { LedgerMarks } from './traffic-storage.ts'
import { usageAdder } from './usage-adder.ts'

const PINNED = 'EXISTS (SELECT 1 FROM traffic_marks m WHERE m.request = ledger.id AND m.pinned_at IS NOT NULL) AS pinned'
const NOT_REMOVED: Condition = { sql: 'NOT EXISTS (SELECT 1 FROM traffic_marks m WHERE m.request = ledger.id AND m.removed_at IS NOT NULL)', values: [] }

const CRASHED_MESSAGE = 'Switchyard ended before this request did.'

/** With what stands beside the ledger. */
type Listed = StoredRow & { readonly pinned: number }

/** Each holds some kilobytes of SQLite's memory; clients decide which columns are known, so there is an end to it. */
const MOST_STATEMENTS = 100

const AT = COLUMNS.indexOf('at')

type Page = Awaited<ReturnType<Storage['listLedger']>>
type Detail = Awaited<ReturnType<Storage['getLedger']>>
type Totals = Awaited<ReturnType<Storage['totalsSince']>>

/** The ledger's rows and, beside them, what is kept of each exchange. */
export function ledgerTable(database: Database) {
  const insert = rowInserter(database)
  const update = database.prepare<[RowValues]>(`
    UPDATE ledger SET ${COLUMNS.flatMap((column) => (column === 'id' ? [] : [`${column} = ?`])).join(', ')} WHERE id = ?`)
  const newSums = usageAdder(database)
  const putExchange = database.prepare<[string, number, string]>(`
    INSERT INTO exchanges (id, at, content) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, content = excluded.content`)
  const get = database.prepare<[string], Listed>(`SELECT *, ${PINNED} FROM ledger WHERE id = ?`)
  const getExchange = database.prepare<[string], { content: string }>('SELECT content FROM exchanges WHERE id = ?')
  const closeCrashed = database.prepare<[string, number]>("UPDATE ledger SET outcome = 'crashed', message = ? WHERE outcome = 'open' AND at <= ?")
  // An open row's cost is not unknown but not yet known. Where every attempt ended in a refusal or an error status nothing was answered that could be
  // charged; one that was left, timed out or crashed may have been.
  const totals = database.prepare<[number], { requests: number; spent: number | null; unpriced: number }>(`
    SELECT count(*) AS requests, sum(cost_nano_usd) AS spent,
      count(*) FILTER (WHERE cost_nano_usd IS NULL AND outcome <> 'open' AND (served_by IS NOT NULL OR outcome IN ('cancelled', 'timeout', 'crashed'))) AS unpriced
    FROM ledger WHERE at >= ?`)
  const servedBy = database.prepare<[string, number, string, number], StoredRow>(
    "SELECT * FROM ledger WHERE served_by = ? AND at >= ? AND id > ? AND outcome <> 'open' ORDER BY id LIMIT ?",
  )
  const setCost = database.prepare<[number, string, string, string]>('UPDATE ledger SET cost_nano_usd = ?, prices_as_of = ?, price_version = ? WHERE id = ?')
  const trim = database.prepare<[number]>(`
    DELETE FROM exchanges WHERE rowid <= (SELECT rowid FROM exchanges ORDER BY rowid DESC LIMIT 1 OFFSET ?)
      AND NOT EXISTS (SELECT 1 FROM traffic_marks m WHERE m.request = exchanges.id AND m.pinned_at IS NOT NULL)`)

  const write = database.transaction(({ rows, credentials, exchanges }: LedgerBatch) => {
    const refusals: string[] = []
    const tryTo = (put: () => void, values: RowValues): void => {
      try {
        put()
      } catch (thrown) {
        if (!isConstraint(thrown)) throw thrown
        refusals.push(`${values.at(-1)}: ${thrown.message}`)
      }
    }
    const putText = (values: RowValues, place: number): void => {
      const exchange = exchanges[place]
      if (exchange !== undefined) putExchange.run(values.at(-1) as string, values[AT] as number, exchange)
    }
    const known: number[] = []
    const sums = newSums()
    for (const [place, values] of rows.entries()) {
      tryTo(() => {
        if (!insert(values)) {
          known.push(place)
          return
        }
        sums.take(values, credentials[place] ?? '')
        putText(values, place)
      }, values)
    }
    sums.add()
    // only now, for their triggers take the sums of what they replace back
    for (const place of known) {
      const values = rows[place] ?? []
      tryTo(() => {
        update.run(values)
        putText(values, place)
      }, values)
    }
    return refusals
  })

  return {
    /**
     * In one transaction. A row that is there already is replaced. One that breaks a rule of the table is left out and returned with the reason:
     * it would break it again at every retry, and hold up all others for ever.
     */
    write: (batch: LedgerBatch): readonly string[] => write.immediate(batch),

    list(query: LedgerQuery): Page {
      const { where, values } = whereOf(conditions(query))
      // Upwards the nearest newer rows are wanted; they are turned round afterwards.
      const order = query.after === undefined ? 'DESC' : 'ASC'
      // One more than asked tells whether there is another page.
      const found = database
        .prepare<unknown[], Listed>(`SELECT *, ${PINNED} FROM ledger ${where} ORDER BY at ${order}, id ${order} LIMIT ?`)
        .all(...values, query.limit + 1)
      const rows = found.slice(0, query.limit).map(listed)
      const last = rows.at(-1)
      const cursor = found.length > query.limit && last !== undefined ? writeCursor(last) : undefined
      return { rows: query.after === undefined ? rows : rows.reverse(), cursor }
    },

    /** How many rows fit, and where each block of `every` of them begins, newest first: with these a page anywhere in the list is one step away. */
    marks(filter: TrafficFilter, every: number, now: Ms): LedgerMarks {
      const { where, values } = whereOf([NOT_REMOVED, ...filterConditions(filter, now)])
      const marks: string[] = []
      let total = 0
      for (const row of database
        .prepare<unknown[], { at: number; id: string }>(`SELECT at, id FROM ledger ${where} ORDER BY at DESC, id DESC`)
        .iterate(...values)) {
        if (total % every === 0) marks.push(writeCursor(row))
        total++
      }
      return { total, marks }
    },

    get(id: RequestId): Detail {
      const stored = get.get(id)
      if (stored === undefined) return undefined
      const exchange = getExchange.get(id)
      return { record: listed(stored), exchange: exchange === undefined ? undefined : readExchange(id, exchange.content) }
    },

    closeCrashed: (at: Ms): number => closeCrashed.run(CRASHED_MESSAGE, at).changes,

    totalsSince(since: Ms): Totals {
      const row = totals.get(since)
      return { requests: row?.requests ?? 0, spent: asNanoUsd(row?.spent ?? 0), unpriced: row?.unpriced ?? 0 }
    },

    servedBy: (endpoint: EndpointId, since: Ms, after: RequestId | undefined, limit: number): readonly UsageRecord[] =>
      servedBy.all(endpoint, since, after ?? '', limit).map(recordOf),

    setCosts: database.transaction((costs: readonly RowCost[]): void => {
      for (const { id, cost, pricesAsOf, priceVersion } of costs) setCost.run(cost, pricesAsOf, priceVersion, id)
    }),

    trimExchanges: (keep: number): void => void trim.run(keep),
  }
}

/**
 * Puts a row in; false: there is one of its id. Half of the columns are unknown for nearly every row, and to bind a value costs more than to leave its column
 * out: there is a statement for each set of columns that has occurred, which are a handful.
 */
function rowInserter(database: Database): (values: RowValues) => boolean {
  const statements = new Map<number, Statement<(string | number)[]>>()
  const statementFor = (set: number): Statement<(string | number)[]> => {
    const columns = COLUMNS.filter((_, place) => (set & (1 << place)) !== 0)
    const statement = database.prepare<(string | number)[]>(
      `INSERT INTO ledger (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT (id) DO NOTHING`,
    )
    if (statements.size >= MOST_STATEMENTS) statements.clear()
    statements.set(set, statement)
    return statement
  }
  return (values) => {
    const known: (string | number)[] = []
    // one bit for each of the thirty columns
    let set = 0
    for (let place = 0; place < values.length; place++) {
      const value = values[place]
      if (value === null || value === undefined) continue
      known.push(value)
      set |= 1 << place
    }
    return (statements.get(set) ?? statementFor(set)).run(...known).changes > 0
  }
}

function isConstraint(thrown: unknown): thrown is Error {
  return thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('SQLITE_CONSTRAINT')
}

function conditions(query: LedgerQuery): readonly Condition[] {
  const parts: Condition[] = [NOT_REMOVED]
  const bound = (sql: string, cursor: string | undefined): void => {
    if (cursor === undefined) return
    const { at, id } = readCursor(cursor)
    parts.push({ sql, values: [at, id] })
  }
  bound('(at, id) < (?, ?)', query.before)
  bound('(at, id) <= (?, ?)', query.from)
  bound('(at, id) > (?, ?)', query.after)
  if (query.outcome === 'failed') parts.push({ sql: "outcome NOT IN ('ok', 'open')", values: [] })
  else if (query.outcome !== undefined) parts.push({ sql: 'outcome = ?', values: [query.outcome] })
  const text = query.text?.trim() ?? ''
  const typed: TrafficFilter = text === '' ? [] : [{ kind: 'text', not: false, words: text }]
  return [...parts, ...filterConditions([...typed, ...(query.filter ?? [])], query.now ?? 0)]
}

/** Joins what must all hold. */
export function whereOf(conditions: readonly Condition[]): { readonly where: string; readonly values: readonly (string | number)[] } {
  return {
    where: conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
    values: conditions.flatMap(({ values }) => values),
  }
}

function listed(row: Listed): UsageRecord {
  return row.pinned === 1 ? { ...recordOf(row), pinned: true } : recordOf(row)
}
