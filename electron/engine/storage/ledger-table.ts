import type { Database } from 'better-sqlite3'
import type { Tokens, UsageExtras } from '../../../shared/chat.ts'
import type { EndpointId, Ms, RequestId } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import { readCursor, writeCursor } from './ledger-cursor.ts'
import { readExchange } from './ledger-json.ts'
import type { LedgerQuery, LedgerWrite, RowCost, Storage } from './storage.ts'

const CRASHED_MESSAGE = 'Switchyard ended before this request did.'

interface Stored {
  readonly id: string
  readonly at: number
  readonly source: string
  readonly caller: string | null
  readonly caller_name: string | null
  readonly dialect: string
  readonly requested: string
  readonly streamed: number
  readonly served_by: string | null
  readonly simulated: number
  readonly attempts: string
  readonly tokens_input: number | null
  readonly tokens_cache_read: number | null
  readonly tokens_cache_write_5m: number | null
  readonly tokens_cache_write_1h: number | null
  readonly tokens_output: number | null
  readonly tokens_reasoning: number | null
  readonly counted_by: string | null
  readonly cost_nano_usd: number | null
  readonly prices_as_of: string | null
  readonly cache: string | null
  readonly saved_nano_usd: number | null
  readonly outcome: string
  readonly message: string | null
  readonly status: number | null
  readonly first_event_ms: number | null
  readonly total_ms: number | null
  readonly finish: string | null
  readonly price_version: string | null
  readonly usage_more: string | null
}

/** What of the usage has no column of its own. */
interface UsageMore {
  readonly tokens?: Tokens
  readonly extras?: UsageExtras
  readonly routed?: UsageRecord['routed']
}

const COLUMNS = [
  'id',
  'at',
  'source',
  'caller',
  'caller_name',
  'dialect',
  'requested',
  'streamed',
  'served_by',
  'simulated',
  'attempts',
  'tokens_input',
  'tokens_cache_read',
  'tokens_cache_write_5m',
  'tokens_cache_write_1h',
  'tokens_output',
  'tokens_reasoning',
  'counted_by',
  'cost_nano_usd',
  'prices_as_of',
  'cache',
  'saved_nano_usd',
  'outcome',
  'message',
  'status',
  'first_event_ms',
  'total_ms',
  'finish',
  'price_version',
  'usage_more',
] as const satisfies readonly (keyof Stored)[]

type Page = Awaited<ReturnType<Storage['listLedger']>>
type Detail = Awaited<ReturnType<Storage['getLedger']>>
type Totals = Awaited<ReturnType<Storage['totalsSince']>>

/** The ledger's rows and, beside them, what is kept of each exchange. */
export function ledgerTable(database: Database) {
  const put = database.prepare<[Stored]>(`
    INSERT INTO ledger (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((column) => `@${column}`).join(', ')})
    ON CONFLICT (id) DO UPDATE SET ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}`)
  const putExchange = database.prepare<[string, number, string]>(`
    INSERT INTO exchanges (id, at, content) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, content = excluded.content`)
  const get = database.prepare<[string], Stored>('SELECT * FROM ledger WHERE id = ?')
  const getExchange = database.prepare<[string], { content: string }>('SELECT content FROM exchanges WHERE id = ?')
  const closeCrashed = database.prepare<[string, number]>("UPDATE ledger SET outcome = 'crashed', message = ? WHERE outcome = 'open' AND at <= ?")
  // An open row's cost is not unknown but not yet known. Where every attempt ended in a refusal or an error status nothing was answered that could be
  // charged; one that was left, timed out or crashed may have been.
  const totals = database.prepare<[number], { requests: number; spent: number | null; unpriced: number }>(`
    SELECT count(*) AS requests, sum(cost_nano_usd) AS spent,
      count(*) FILTER (WHERE cost_nano_usd IS NULL AND outcome <> 'open' AND (served_by IS NOT NULL OR outcome IN ('cancelled', 'timeout', 'crashed'))) AS unpriced
    FROM ledger WHERE at >= ?`)
  const servedBy = database.prepare<[string, number, string, number], Stored>(
    "SELECT * FROM ledger WHERE served_by = ? AND at >= ? AND id > ? AND outcome <> 'open' ORDER BY id LIMIT ?",
  )
  const setCost = database.prepare<[number, string, string, string]>('UPDATE ledger SET cost_nano_usd = ?, prices_as_of = ?, price_version = ? WHERE id = ?')
  const trim = database.prepare<[number]>('DELETE FROM exchanges WHERE rowid <= (SELECT rowid FROM exchanges ORDER BY rowid DESC LIMIT 1 OFFSET ?)')

  const write = database.transaction((rows: readonly LedgerWrite[]) => {
    const refusals: string[] = []
    for (const { record, exchange } of rows) {
      try {
        put.run(toStored(record))
        if (exchange !== undefined) putExchange.run(record.id, Math.round(record.at), exchange)
      } catch (thrown) {
        if (!isConstraint(thrown)) throw thrown
        refusals.push(`${record.id}: ${thrown.message}`)
      }
    }
    return refusals
  })

  return {
    /**
     * In one transaction. A row that is there already is replaced. One that breaks a rule of the table is left out and returned with the reason:
     * it would break it again at every retry, and hold up all others for ever.
     */
    write: (rows: readonly LedgerWrite[]): readonly string[] => write.immediate(rows),

    list(query: LedgerQuery): Page {
      const { where, values } = conditions(query)
      // One more than asked tells whether there is another page.
      const found = database.prepare<unknown[], Stored>(`SELECT * FROM ledger ${where} ORDER BY at DESC, id DESC LIMIT ?`).all(...values, query.limit + 1)
      const rows = found.slice(0, query.limit).map(fromStored)
      const last = rows.at(-1)
      return { rows, cursor: found.length > query.limit && last !== undefined ? writeCursor(last) : undefined }
    },

    get(id: RequestId): Detail {
      const stored = get.get(id)
      if (stored === undefined) return undefined
      const exchange = getExchange.get(id)
      return { record: fromStored(stored), exchange: exchange === undefined ? undefined : readExchange(exchange.content) }
    },

    closeCrashed: (at: Ms): number => closeCrashed.run(CRASHED_MESSAGE, at).changes,

    totalsSince(since: Ms): Totals {
      const row = totals.get(since)
      return { requests: row?.requests ?? 0, spent: asNanoUsd(row?.spent ?? 0), unpriced: row?.unpriced ?? 0 }
    },

    servedBy: (endpoint: EndpointId, since: Ms, after: RequestId | undefined, limit: number): readonly UsageRecord[] =>
      servedBy.all(endpoint, since, after ?? '', limit).map(fromStored),

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

function toStored(record: UsageRecord): Stored {
  const { tokens } = record
  return {
    id: record.id,
    at: Math.round(record.at),
    source: record.source,
    caller: record.caller ?? null,
    caller_name: record.callerName ?? null,
    dialect: record.dialect,
    requested: record.requested,
    streamed: record.streamed ? 1 : 0,
    served_by: record.servedBy ?? null,
    simulated: record.simulated ? 1 : 0,
    attempts: JSON.stringify(record.attempts),
    tokens_input: whole(tokens.input),
    tokens_cache_read: whole(tokens.cacheRead),
    tokens_cache_write_5m: whole(tokens.cacheWrite5m),
    tokens_cache_write_1h: whole(tokens.cacheWrite1h),
    tokens_output: whole(tokens.output),
    tokens_reasoning: whole(tokens.reasoning),
    counted_by: record.countedBy ?? null,
    cost_nano_usd: whole(record.cost),
    prices_as_of: record.pricesAsOf ?? null,
    cache: record.cache === undefined ? null : JSON.stringify(record.cache),
    saved_nano_usd: whole(record.saved),
    outcome: record.outcome,
    message: record.message ?? null,
    status: whole(record.status),
    first_event_ms: record.firstEventMs ?? null,
    total_ms: record.totalMs ?? null,
    finish: record.finish ?? null,
    price_version: record.priceVersion ?? null,
    usage_more: moreOf(record),
  }
}

/** null for nearly every row: it costs nothing where there is nothing. */
function moreOf({ tokens, extras, routed }: UsageRecord): string | null {
  const { audioInput, audioCacheRead, audioOutput, imageInput, imageOutput } = tokens
  const counted = Object.entries({ audioInput, audioCacheRead, audioOutput, imageInput, imageOutput }).filter(([, count]) => count !== undefined)
  if (counted.length === 0 && extras === undefined && routed === undefined) return null
  return JSON.stringify({ ...(counted.length > 0 && { tokens: Object.fromEntries(counted) }), extras, routed })
}

/** A count that is no whole number (providers have sent such) is unknown: the STRICT column would refuse it, and with it the whole batch. */
function whole(count: number | undefined): number | null {
  return count !== undefined && Number.isSafeInteger(count) ? count : null
}

function fromStored(stored: Stored): UsageRecord {
  const more: UsageMore = stored.usage_more === null ? {} : (JSON.parse(stored.usage_more) as UsageMore)
  return {
    id: stored.id,
    at: stored.at,
    source: stored.source as UsageRecord['source'],
    caller: stored.caller ?? undefined,
    callerName: stored.caller_name ?? undefined,
    dialect: stored.dialect as UsageRecord['dialect'],
    requested: stored.requested,
    streamed: stored.streamed === 1,
    servedBy: stored.served_by ?? undefined,
    simulated: stored.simulated === 1,
    attempts: JSON.parse(stored.attempts) as UsageRecord['attempts'],
    tokens: { ...tokensOf(stored), ...more.tokens },
    countedBy: (stored.counted_by ?? undefined) as UsageRecord['countedBy'],
    cost: costOf(stored.cost_nano_usd),
    pricesAsOf: stored.prices_as_of ?? undefined,
    cache: stored.cache === null ? undefined : (JSON.parse(stored.cache) as UsageRecord['cache']),
    saved: costOf(stored.saved_nano_usd),
    outcome: stored.outcome as UsageRecord['outcome'],
    message: stored.message ?? undefined,
    status: stored.status ?? undefined,
    firstEventMs: stored.first_event_ms ?? undefined,
    totalMs: stored.total_ms ?? undefined,
    finish: stored.finish ?? undefined,
    ...(more.extras !== undefined && { extras: more.extras }),
    ...(more.routed !== undefined && { routed: more.routed }),
    ...(stored.price_version !== null && { priceVersion: stored.price_version }),
  }
}

function costOf(nanoUsd: number | null): NanoUsd | undefined {
  return nanoUsd === null ? undefined : asNanoUsd(nanoUsd)
}

/** Only the buckets that somebody counted. */
function tokensOf(stored: Stored): Tokens {
  return {
    ...(stored.tokens_input !== null && { input: stored.tokens_input }),
    ...(stored.tokens_cache_read !== null && { cacheRead: stored.tokens_cache_read }),
    ...(stored.tokens_cache_write_5m !== null && { cacheWrite5m: stored.tokens_cache_write_5m }),
    ...(stored.tokens_cache_write_1h !== null && { cacheWrite1h: stored.tokens_cache_write_1h }),
    ...(stored.tokens_output !== null && { output: stored.tokens_output }),
    ...(stored.tokens_reasoning !== null && { reasoning: stored.tokens_reasoning }),
  }
}
