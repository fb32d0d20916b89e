import type { Database } from 'better-sqlite3'
import type { EndpointId, Ms, RequestId } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { asNanoUsd } from '../../../shared/money.ts'
import { readCursor, writeCursor } from './ledger-cursor.ts'
import { type LedgerBatch, readExchange } from './ledger-json.ts'
import { COLUMNS, type RowValues, recordOf, type StoredRow } from './ledger-row.ts'
import type { LedgerQuery, RowCost, Storage } from './storage.ts'
import { sumsAdder } from './usage-table.ts'

const CRASHED_MESSAGE = 'Switchyard ended before this request did.'

const AT = COLUMNS.indexOf('at')

type Page = Awaited<ReturnType<Storage['listLedger']>>
type Detail = Awaited<ReturnType<Storage['getLedger']>>
type Totals = Awaited<ReturnType<Storage['totalsSince']>>

/** The ledger's rows and, beside them, what is kept of each exchange. */
export function ledgerTable(database: Database) {
  const columns = COLUMNS.join(', ')
  const insert = database.prepare<[RowValues]>(`
    INSERT INTO ledger (${columns}) VALUES (${COLUMNS.map(() => '?').join(', ')}) ON CONFLICT (id) DO NOTHING`)
  const update = database.prepare<[RowValues]>(`
    UPDATE ledger SET ${COLUMNS.flatMap((column) => (column === 'id' ? [] : [`${column} = ?`])).join(', ')} WHERE id = ?`)
  const newest = database.prepare<[], number | null>('SELECT max(rowid) FROM ledger').pluck()
  const addSums = sumsAdder(database)
  const putExchange = database.prepare<[string, number, string]>(`
    INSERT INTO exchanges (id, at, content) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, content = excluded.content`)
  const get = database.prepare<[string], StoredRow>('SELECT * FROM ledger WHERE id = ?')
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
  const trim = database.prepare<[number]>('DELETE FROM exchanges WHERE rowid <= (SELECT rowid FROM exchanges ORDER BY rowid DESC LIMIT 1 OFFSET ?)')

  const write = database.transaction(({ rows, exchanges }: LedgerBatch) => {
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
    const before = newest.get() ?? 0
    for (const [place, values] of rows.entries()) {
      tryTo(() => {
        if (insert.run(values).changes === 0) known.push(place)
        else putText(values, place)
      }, values)
    }
    addSums(before)
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
      const { where, values } = conditions(query)
      // One more than asked tells whether there is another page.
      const found = database.prepare<unknown[], StoredRow>(`SELECT * FROM ledger ${where} ORDER BY at DESC, id DESC LIMIT ?`).all(...values, query.limit + 1)
      const rows = found.slice(0, query.limit).map(recordOf)
      const last = rows.at(-1)
      return { rows, cursor: found.length > query.limit && last !== undefined ? writeCursor(last) : undefined }
    },

    get(id: RequestId): Detail {
      const stored = get.get(id)
      if (stored === undefined) return undefined
      const exchange = getExchange.get(id)
      return { record: recordOf(stored), exchange: exchange === undefined ? undefined : readExchange(exchange.content) }
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

function isConstraint(thrown: unknown): thrown is Error {
  return thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('SQLITE_CONSTRAINT')
}

function conditions(query: LedgerQuery): { readonly where: string; readonly values: readonly unknown[] } {
  const parts: string[] = []
  const values: unknown[] = []
  if (query.before !== undefined) {
    const { at, id } = readCursor(query.before)
    parts.push('(at, id) < (?, ?)')
    values.push(at, id)
  }
  if (query.outcome === 'failed') parts.push("outcome NOT IN ('ok', 'open')")
  else if (query.outcome !== undefined) {
    parts.push('outcome = ?')
    values.push(query.outcome)
  }
  const text = query.text?.trim() ?? ''
  if (text !== '') {
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
    const columns = ['requested', 'served_by', 'caller_name', 'outcome', 'message']
    parts.push(`(${columns.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`)
    values.push(...columns.map(() => pattern))
  }
  return { where: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values }
}
