/** Live records and fetched pages as one list, newest first, each request once. */
import { totalOutput } from '../../../shared/chat.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'

export type OutcomeFilter = 'all' | 'ok' | 'failed' | 'open'

export interface TrafficFilter {
  readonly text: string
  readonly outcome: OutcomeFilter
}

export const NO_FILTER: TrafficFilter = { text: '', outcome: 'all' }

/** Whether a live record belongs into the filtered list: the server's own rule, so that a row need not wait for a page. */
export function matches(record: UsageRecord, filter: TrafficFilter): boolean {
  if (filter.outcome === 'ok' && record.outcome !== 'ok') return false
  if (filter.outcome === 'open' && record.outcome !== 'open') return false
  if (filter.outcome === 'failed' && (record.outcome === 'ok' || record.outcome === 'open')) return false
  const text = filter.text.trim().toLowerCase()
  if (text === '') return true
  return [record.requested, record.servedBy, record.callerName, record.outcome].some((part) => part?.toLowerCase().includes(text) === true)
}

/**
 * Puts changed records into the list: known ones in their place, new ones where their time says, those that no longer match out.
 * Returns the same array when nothing changed.
 */
export function mergeRows(rows: readonly UsageRecord[], changed: ReadonlyMap<string, UsageRecord>, filter: TrafficFilter): readonly UsageRecord[] {
  if (changed.size === 0) return rows
  const fresh = new Map(changed)
  const merged: UsageRecord[] = []
  let touched = false
  for (const row of rows) {
    const change = fresh.get(row.id)
    fresh.delete(row.id)
    if (change === undefined || isOlder(change, row)) merged.push(row)
    else {
      touched = true
      if (matches(change, filter)) merged.push(change)
    }
  }
  const added = [...fresh.values()].filter((record) => matches(record, filter))
  if (added.length === 0) return touched ? merged : rows
  return [...added, ...merged].sort(newestFirst)
}

/** The next, older page behind what is there. A request that is already listed keeps its place. */
export function appendPage(rows: readonly UsageRecord[], page: readonly UsageRecord[]): readonly UsageRecord[] {
  const known = new Set(rows.map((row) => row.id))
  return [...rows, ...page.filter((row) => !known.has(row.id))]
}

/** A fresh first page over a list that may already be longer: newer rows first, older ones kept when the page reaches them. */
export function replaceFirstPage(rows: readonly UsageRecord[], page: readonly UsageRecord[], hasMore: boolean): readonly UsageRecord[] {
  const last = page.at(-1)
  if (last === undefined || !hasMore) return page
  const index = rows.findIndex((row) => row.id === last.id)
  // The page does not reach the old list: what lies between is unknown, so the old rows may not be shown behind it.
  return index === -1 ? page : [...page, ...rows.slice(index + 1)]
}

/** An open state that arrives after the closed one (events and pages overtake each other) must not reopen the row. */
function isOlder(change: UsageRecord, row: UsageRecord): boolean {
  return change.outcome === 'open' && row.outcome !== 'open'
}

function newestFirst(one: UsageRecord, other: UsageRecord): number {
  return other.at - one.at || (one.id < other.id ? 1 : one.id > other.id ? -1 : 0)
}

/** Output tokens per second of streaming, from the first content to the end; undefined when either is unknown. */
export function tokensPerSecond(record: UsageRecord): number | undefined {
  // what came out of the cache was not made meanwhile
  if (record.cache?.kind === 'exact' || record.cache?.kind === 'semantic') return undefined
  const tokens = totalOutput(record.tokens)
  if (tokens === undefined || tokens === 0 || record.totalMs === undefined || record.firstEventMs === undefined) return undefined
  const streamingMs = record.totalMs - record.firstEventMs
  // An answer that came in one piece has no speed of its own.
  return streamingMs < 1 ? undefined : (tokens * 1000) / streamingMs
}
