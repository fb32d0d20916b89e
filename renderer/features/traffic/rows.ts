/**
 * The list as far as it is here. `marks` name where each block of the list began when it was asked for; blocks are fetched when they come near the
 * screen and let go when they are far from it. What has arrived since stands above them in `head`, so that no row below ever changes its place.
 */
import type { Ms } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import type { TrafficFilter } from '../../../shared/traffic/filter.ts'
import { matchesFilter } from '../../../shared/traffic/match-filter.ts'

/** Rows of a block: a screen holds some thirty. */
export const BLOCK_ROWS = 100

export class TrafficRows {
  /** Newest first. */
  readonly head: readonly UsageRecord[]
  readonly marks: readonly string[]
  /** Rows below the head. */
  readonly total: number
  readonly blocks: ReadonlyMap<number, readonly UsageRecord[]>
  /** The newest row below the head; undefined when there is none. */
  readonly top: UsageRecord | undefined

  constructor(parts: Pick<TrafficRows, 'head' | 'marks' | 'total' | 'blocks' | 'top'>) {
    this.head = parts.head
    this.marks = parts.marks
    this.total = parts.total
    this.blocks = parts.blocks
    this.top = parts.top
  }

  get length(): number {
    return this.head.length + this.total
  }

  /** undefined: it is not here (yet). */
  at(index: number): UsageRecord | undefined {
    if (index < this.head.length) return this.head[index]
    const below = index - this.head.length
    return this.blocks.get(Math.floor(below / BLOCK_ROWS))?.[below % BLOCK_ROWS]
  }

  /** Among the rows that are here; -1 when there is none. */
  findIndex(test: (row: UsageRecord) => boolean): number {
    const inHead = this.head.findIndex(test)
    if (inHead !== -1) return inHead
    for (const [block, rows] of this.blocks) {
      const place = rows.findIndex(test)
      if (place !== -1) return this.head.length + block * BLOCK_ROWS + place
    }
    return -1
  }

  find(id: string): UsageRecord | undefined {
    const index = this.findIndex((row) => row.id === id)
    return index === -1 ? undefined : this.at(index)
  }

  with(parts: Partial<Pick<TrafficRows, 'head' | 'blocks'>>): TrafficRows {
    return new TrafficRows({ head: parts.head ?? this.head, marks: this.marks, total: this.total, blocks: parts.blocks ?? this.blocks, top: this.top })
  }
}

export const NO_ROWS = new TrafficRows({ head: [], marks: [], total: 0, blocks: new Map(), top: undefined })

/** Blocks that rows `first` to `last` of the list lie in, cut to those there are. */
export function blocksOf(rows: TrafficRows, first: number, last: number): readonly number[] {
  const from = Math.max(0, Math.floor((first - rows.head.length) / BLOCK_ROWS))
  const to = Math.min(rows.marks.length - 1, Math.floor((last - rows.head.length) / BLOCK_ROWS))
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}

/** A block has come. Of the others the `most` nearest to it stay, and that of `keep`. */
export function withBlock(rows: TrafficRows, block: number, page: readonly UsageRecord[], most: number, keep: string | undefined): TrafficRows {
  const blocks = new Map(rows.blocks).set(block, page.slice(0, BLOCK_ROWS))
  const far = [...blocks.keys()].sort((one, other) => Math.abs(other - block) - Math.abs(one - block))
  for (const each of far) {
    if (blocks.size <= most) break
    if (!blocks.get(each)?.some((row) => row.id === keep)) blocks.delete(each)
  }
  return rows.with({ blocks })
}

export interface Merged {
  readonly rows: TrafficRows
  /** A row came or went below the head: the places are not right any more and have to be asked for again. */
  readonly isUnsure: boolean
}

/**
 * Puts changed records into the list: known ones in their place, new ones above, those that no longer fit out of the head. `rows` is the same object
 * when nothing changed.
 */
export function mergeRows(rows: TrafficRows, changed: ReadonlyMap<string, UsageRecord>, filter: TrafficFilter, now: Ms): Merged {
  if (changed.size === 0) return { rows, isUnsure: false }
  const rest = new Map(changed)
  const [head, headTouched] = replaced(rows.head, rest)
  const blocks = new Map<number, readonly UsageRecord[]>()
  let touched = headTouched
  let isUnsure = false
  for (const [block, page] of rows.blocks) {
    const [next, isTouched] = replaced(page, rest)
    blocks.set(block, next)
    touched ||= isTouched
    if (isTouched && filter.length > 0) isUnsure ||= next.some((row, index) => row !== page[index] && !matchesFilter(row, filter, now))
  }
  const fitting = headTouched ? head.filter((row) => matchesFilter(row, filter, now)) : head
  const added: UsageRecord[] = []
  for (const record of rest.values()) {
    if (!matchesFilter(record, filter, now)) continue
    if (rows.top === undefined || newestFirst(record, rows.top) < 0) added.push(record)
    else if (belongsHere(rows, record)) isUnsure = true
  }
  if (added.length === 0 && !touched) return { rows, isUnsure }
  return { rows: rows.with({ head: added.length === 0 ? fitting : [...added, ...fitting].sort(newestFirst), blocks }), isUnsure }
}

/** The rows with those of `changed` in their place, which are taken out of it. */
function replaced(rows: readonly UsageRecord[], changed: Map<string, UsageRecord>): readonly [readonly UsageRecord[], boolean] {
  let next: UsageRecord[] | undefined
  for (const [index, row] of rows.entries()) {
    const change = changed.get(row.id)
    if (change === undefined) continue
    changed.delete(row.id)
    if (isOlder(change, row)) continue
    next ??= [...rows]
    // what the engine tells of a running request does not say whether it is pinned
    next[index] = change.pinned === undefined && row.pinned !== undefined ? { ...change, pinned: row.pinned } : change
    if (changed.size === 0) break
  }
  return next === undefined ? [rows, false] : [next, true]
}

/** Whether a record that is not in the list lies within what is here of it. */
function belongsHere(rows: TrafficRows, record: UsageRecord): boolean {
  for (const page of rows.blocks.values()) {
    const [first, last] = [page[0], page.at(-1)]
    if (first !== undefined && last !== undefined && newestFirst(first, record) <= 0 && newestFirst(record, last) <= 0) return true
  }
  return false
}

/** An open state that arrives after the closed one (events and pages overtake each other) must not reopen the row. */
function isOlder(change: UsageRecord, row: UsageRecord): boolean {
  return change.outcome === 'open' && row.outcome !== 'open'
}

/** The order of the ledger: by time, and of one millisecond by id. */
export function newestFirst(one: UsageRecord, other: UsageRecord): number {
  return Math.round(other.at) - Math.round(one.at) || (one.id < other.id ? 1 : one.id > other.id ? -1 : 0)
}
