/**
 * Adds what new rows of the ledger have used to the sums beside it (see migrations 9 and 11), once a batch: most rows of one are for one endpoint, client and
 * key, and to add numbers here costs a tenth of having SQLite read the rows again and group them.
 */
import type { Database } from 'better-sqlite3'
import type { CacheUse } from '../../../shared/cache.ts'
import { COLUMNS, type RowValues, type StoredRow, type UsageMore } from './ledger-row.ts'
import { SUMS } from './migrations/0009-usage-quarters.ts'

const QUARTER_MS = 900_000

type Value = RowValues[number]

interface Group {
  readonly quarter: number
  readonly endpoint: Value
  readonly caller: Value
  readonly credential: string
  readonly simulated: Value
  callerName: Value
  /** In the order of `SUMS`. */
  readonly sums: number[]
}

const column = (name: keyof StoredRow): number => COLUMNS.indexOf(name)
const AT = column('at')
const SERVED_BY = column('served_by')
const CALLER = column('caller')
const CALLER_NAME = column('caller_name')
const SIMULATED = column('simulated')
const OUTCOME = column('outcome')
const COST = column('cost_nano_usd')
const SAVED = column('saved_nano_usd')
const CACHE = column('cache')
const MORE = column('usage_more')
/** Sums that are a column's own; the others are reckoned. */
const SUMMED = SUMS.flatMap((sum, place) => (COLUMNS.includes(sum as keyof StoredRow) ? [{ place, column: column(sum as keyof StoredRow) }] : []))
const REQUESTS = SUMS.indexOf('requests')
const UNPRICED = SUMS.indexOf('unpriced')
const SPENT = SUMS.indexOf('spent_nano_usd')
const SAVED_UNKNOWN = SUMS.indexOf('saved_unknown')

/** The sums of one batch. */
export interface BatchSums {
  /** A row that was not there before. @param credential that its last attempt used; '' for none */
  take(values: RowValues, credential: string): void
  /** Writes the sums of what was taken; to be called in the transaction that has inserted it. */
  add(): void
}

/** For each batch anew: one that was given up leaves nothing behind. */
export function usageAdder(database: Database): () => BatchSums {
  const places = ['quarter', 'endpoint', 'caller', 'credential', 'simulated', 'caller_name', ...SUMS]
  const addSums = database.prepare<[Value[]]>(`
    INSERT INTO usage_quarters (${places.join(', ')}) VALUES (${places.map(() => '?').join(', ')})
    ON CONFLICT DO UPDATE SET caller_name = excluded.caller_name, ${SUMS.map((sum) => `${sum} = ${sum} + excluded.${sum}`).join(', ')}`)
  const addRouted = database.prepare<[number, number, number]>(`
    INSERT INTO routing_saved (quarter, requests, saved_nano_usd) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET requests = requests + excluded.requests, saved_nano_usd = saved_nano_usd + excluded.saved_nano_usd`)
  return () => {
    const groups: Group[] = []
    const routed: { readonly quarter: number; readonly saved: number }[] = []
    return {
      take(values, credential) {
        if (values[OUTCOME] === 'open') return
        const quarter = Math.trunc((values[AT] as number) / QUARTER_MS)
        addTo(groupFor(groups, values, credential, quarter), values)
        const more = values[MORE]
        if (typeof more !== 'string') return
        const saved = (JSON.parse(more) as UsageMore).routed?.saved
        if (saved !== undefined) routed.push({ quarter, saved })
      },
      add() {
        for (const { quarter, endpoint, caller, credential, simulated, callerName, sums } of groups) {
          addSums.run([quarter, endpoint, caller, credential, simulated, callerName, ...sums])
        }
        for (const { quarter, saved } of routed) addRouted.run(quarter, 1, saved)
      },
    }
  }
}

function groupFor(groups: Group[], values: RowValues, credential: string, quarter: number): Group {
  const endpoint = values[SERVED_BY] ?? ''
  const caller = values[CALLER] ?? ''
  const simulated = values[SIMULATED] ?? 0
  for (const group of groups) {
    const isSame = group.quarter === quarter && group.endpoint === endpoint && group.caller === caller
    if (isSame && group.credential === credential && group.simulated === simulated) return group
  }
  const group: Group = { quarter, endpoint, caller, credential, simulated, callerName: null, sums: SUMS.map(() => 0) }
  groups.push(group)
  return group
}

function addTo(group: Group, values: RowValues): void {
  const { sums } = group
  const add = (place: number, more: Value | undefined): void => {
    sums[place] = (sums[place] ?? 0) + ((more ?? 0) as number)
  }
  group.callerName = values[CALLER_NAME] ?? group.callerName
  add(REQUESTS, 1)
  add(SPENT, values[COST])
  for (const { place, column } of SUMMED) add(place, values[column])
  if (isUnpriced(values)) add(UNPRICED, 1)
  if (isSavedUnknown(values)) add(SAVED_UNKNOWN, 1)
}

/** As `unpriced` in migration 9. */
function isUnpriced(values: RowValues): boolean {
  const outcome = values[OUTCOME]
  return values[COST] === null && (values[SERVED_BY] !== null || outcome === 'cancelled' || outcome === 'timeout' || outcome === 'crashed')
}

/** As `savedUnknown` in migration 9. */
function isSavedUnknown(values: RowValues): boolean {
  const cache = values[CACHE]
  if (values[SAVED] !== null || typeof cache !== 'string') return false
  const { kind } = JSON.parse(cache) as CacheUse
  return kind === 'exact' || kind === 'semantic' || kind === 'merged'
}
