/** What the Traffic screen asks of the database beside the ledger's own pages: places in the list, pins, removals, named filters. */
import type { Ms, RequestId } from '../../../shared/ids.ts'
import type { TrafficFilter } from '../../../shared/traffic/filter.ts'

/** What was removed can be brought back for this long; then its bodies are let go. */
export const RESTORABLE_MS: Ms = 10 * 60_000

export interface LedgerMarks {
  readonly total: number
  /** For `LedgerQuery.from`: where each block begins. */
  readonly marks: readonly string[]
}

export interface SavedFilter {
  readonly name: string
  readonly filter: string
}

/** Which rows are meant: these, or all that fit. Rows that are pinned or still open are never removed by a filter. */
export type Removal = { readonly ids: readonly RequestId[] } | { readonly filter: TrafficFilter }

export interface RemovalCount {
  readonly rows: number
  /** Fit the filter and stay because they are pinned. */
  readonly pinned: number
  /** Fit and stay because they have not ended. */
  readonly open: number
}

/** By the name of the method, as they run in the database's thread. Each is a promise for whoever is outside of it. */
export interface TrafficCalls {
  ledgerMarks: (filter: TrafficFilter, every: number, now: Ms) => LedgerMarks
  /** false: there is no such row. */
  pinRequest: (id: RequestId, pinned: boolean, now: Ms) => boolean
  countRemoval: (removal: Removal, now: Ms) => RemovalCount
  /** Takes rows off the list, marked with `now`, by which they can be brought back. What they cost stays counted. */
  removeRequests: (removal: Removal, now: Ms) => RemovalCount
  /** Brings back what was removed at that moment. Returns how many. */
  restoreRequests: (removedAt: Ms) => number
  /** Lets the exchanges of what was removed before go for good. */
  forgetRemoved: (before: Ms) => number
  listTrafficFilters: () => readonly SavedFilter[]
  /** One of the same name is replaced. */
  putTrafficFilter: (saved: SavedFilter, now: Ms) => void
  removeTrafficFilter: (name: string) => boolean
}

export const TRAFFIC_CALLS = [
  'ledgerMarks',
  'pinRequest',
  'countRemoval',
  'removeRequests',
  'restoreRequests',
  'forgetRemoved',
  'listTrafficFilters',
  'putTrafficFilter',
  'removeTrafficFilter',
] as const satisfies readonly (keyof TrafficCalls)[]

export type TrafficStorage = {
  readonly [Name in keyof TrafficCalls]: (...values: Parameters<TrafficCalls[Name]>) => Promise<ReturnType<TrafficCalls[Name]>>
}
