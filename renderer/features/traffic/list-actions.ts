/**
 * The log on screen: blocks asked from the engine as they come near, live records laid over them. A live record shows at once; whatever may have been
 * missed (a gap, a reconnect, a removal) is asked for again, now and then and only while the log is on screen.
 */
import type { ApiFailure, Result } from '../../../shared/contract.ts'
import type { RequestId } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { matchesFilter } from '../../../shared/traffic/match-filter.ts'
import { parseFilter } from '../../../shared/traffic/parse-filter.ts'
import { client } from '../../client/client.ts'
import { live } from '../../client/live.ts'
import { atMostEvery, onceAFrame } from '../../ui/pace.ts'
import { followDetail, setCurrent } from './actions.ts'
import { BLOCK_ROWS, blocksOf, mergeRows, newestFirst, TrafficRows, withBlock } from './rows.ts'
import { useTraffic } from './store.ts'

const REFETCH_MS = 1500
/** Typing settles for this long before the engine is asked. */
const TYPING_MS = 150
/** Blocks that stay in memory, some twenty megabytes with long lists of attempts. */
const MOST_BLOCKS = 40
/** Rows fetched ahead on both sides of the screen. */
const AHEAD_ROWS = 250
const FETCHES_AT_ONCE = 3
/** More than this above the blocks is folded into them. */
const MOST_HEAD_ROWS = 2000

/** Live records that wait for the next frame. */
let arrived = new Map<RequestId, UsageRecord>()
/** Live records since the running fetch of places began: its answer may be older than they are. */
let duringFetch = new Map<RequestId, UsageRecord>()
/** Answers to an older question are dropped. */
let question = 0
let typing: ReturnType<typeof setTimeout> | undefined
/** What the table shows, and the row that a key moved to before it was here. */
let range = { first: 0, last: 40 }
let awaited: number | undefined
const fetching = new Set<number>()

const flushSoon = onceAFrame(flush)
const refetchSoon = atMostEvery(REFETCH_MS, refresh)

/** Follows the log until the returned function is called. What was loaded before is shown at once and brought up to date. */
export function followTraffic(): () => void {
  const leave = [
    live.on('traffic', ({ record }) => {
      arrived.set(record.id, record)
      duringFetch.set(record.id, record)
      flushSoon()
    }),
    live.on('traffic-list', () => {
      refetchSoon()
      void fetchFilters()
    }),
    live.onResync(refetchSoon),
  ]
  void refresh()
  void fetchFilters()
  return () => {
    for (const each of leave) each()
  }
}

/** Asks for the places and for what is on screen. The rows on screen stay until both are there. */
export async function refresh(): Promise<void> {
  const asked = ++question
  duringFetch = new Map()
  const filter = textInUse()
  const marks = await client['traffic.marks']({ every: BLOCK_ROWS, ...filterInput(filter) })
  if (asked !== question) return
  const shown = useTraffic.getState().list
  const isNew = shown.is !== 'ready' || shown.filter !== filter
  const head = shown.is === 'ready' && !isNew ? shown.rows.head.length : 0
  const places = isNew ? [0] : placesAround(marks.ok ? marks.value.marks.length : 0, head)
  const pages = marks.ok ? await Promise.all(places.map((place) => fetchBlock(marks.value.marks[place], filter))) : []
  if (asked !== question) return
  const failed = [marks, ...pages].find((each): each is { ok: false; failure: ApiFailure } => !each.ok)
  if (failed !== undefined || !marks.ok) return refreshFailed(failed?.failure)
  const blocks = new Map(pages.map((page, index) => [places[index] ?? 0, page.ok ? page.value.rows : []]))
  const rows = new TrafficRows({ head: [], ...marks.value, blocks, top: blocks.get(0)?.[0] })
  const merged = mergeRows(rows, duringFetch, parseFilter(filter).terms, Date.now())
  useTraffic.setState({ list: { is: 'ready', rows: merged.rows, filter, stale: false } })
  if (isNew) range = { first: 0, last: 40 }
  pump()
}

/** An old list is worth more than an error page; the frame says that the engine is away, and the filter still works on what is here. */
function refreshFailed(failure: ApiFailure | undefined): void {
  const { list } = useTraffic.getState()
  const filter = textInUse()
  if (list.is !== 'ready') {
    if (failure !== undefined) useTraffic.setState({ list: { is: 'failed', failure } })
  } else if (list.filter === filter) useTraffic.setState({ list: { ...list, stale: true } })
  else {
    const { terms } = parseFilter(filter)
    const here = [...list.rows.head, ...[...list.rows.blocks.values()].flat()].filter((row) => matchesFilter(row, terms, Date.now()))
    const rows = new TrafficRows({ head: here.sort(newestFirst), marks: [], total: 0, blocks: new Map(), top: undefined })
    useTraffic.setState({ list: { is: 'ready', rows, filter, stale: true } })
  }
}

export function retryTraffic(): void {
  const { list } = useTraffic.getState()
  if (list.is !== 'ready') useTraffic.setState({ list: { is: 'loading' } })
  void refresh()
}

/** The table shows these rows: what is missing of them and near them is fetched. */
export function showRange(first: number, last: number): void {
  range = { first, last }
  pump()
}

/** A key moves to a row that may not be here yet. */
export function goToRow(index: number): void {
  awaited = index
  reachAwaited()
  pump()
}

/** The row `by` rows on from the current one; the first when there is none. */
export function stepRow(by: number): void {
  const { list, current } = useTraffic.getState()
  if (list.is !== 'ready' || list.rows.length === 0) return
  const index = current === undefined ? -1 : list.rows.findIndex((row) => row.id === current)
  goToRow(index === -1 ? 0 : Math.min(list.rows.length - 1, Math.max(0, index + by)))
}

function reachAwaited(): void {
  const { list } = useTraffic.getState()
  const row = awaited === undefined || list.is !== 'ready' ? undefined : list.rows.at(awaited)
  if (row === undefined) return
  awaited = undefined
  setCurrent(row.id)
}

/** The first block, for it says what is newer, and those on screen. */
function placesAround(count: number, head: number): readonly number[] {
  if (count === 0) return []
  const seen = [range.first, range.last].map((index) => Math.min(count - 1, Math.max(0, Math.floor((index - head) / BLOCK_ROWS))))
  return [...new Set([0, ...seen])]
}

/** Fetches what is missing, nearest to the screen first, a few at a time: what was scrolled past is not asked for. */
function pump(): void {
  const { list } = useTraffic.getState()
  if (list.is !== 'ready') return
  const { rows, filter } = list
  const middle = (awaited ?? (range.first + range.last) / 2) - rows.head.length
  const near = blocksOf(rows, range.first - AHEAD_ROWS, range.last + AHEAD_ROWS)
  const wanted = (awaited === undefined ? near : [...near, ...blocksOf(rows, awaited, awaited)])
    .filter((block) => !rows.blocks.has(block) && !fetching.has(block))
    .sort((one, other) => Math.abs((one + 0.5) * BLOCK_ROWS - middle) - Math.abs((other + 0.5) * BLOCK_ROWS - middle))
  for (const block of wanted.slice(0, FETCHES_AT_ONCE - fetching.size)) void fetchInto(block, rows.marks[block], filter)
}

async function fetchInto(block: number, mark: string | undefined, filter: string): Promise<void> {
  const asked = question
  fetching.add(block)
  const page = await fetchBlock(mark, filter)
  fetching.delete(block)
  const { list, current } = useTraffic.getState()
  if (asked !== question || list.is !== 'ready') return pump()
  if (!page.ok) {
    // shown below the list; scrolling on, or the button there, tries again
    useTraffic.setState({ list: { ...list, stale: true } })
    return
  }
  useTraffic.setState({ list: { ...list, rows: withBlock(list.rows, block, page.value.rows, MOST_BLOCKS, current) } })
  const isLast = block === list.rows.marks.length - 1
  if (!isLast && page.value.rows.length < BLOCK_ROWS) refetchSoon()
  reachAwaited()
  pump()
}

function fetchBlock(mark: string | undefined, filter: string): Promise<Result<{ readonly rows: readonly UsageRecord[] }>> {
  if (mark === undefined) return Promise.resolve({ ok: true, value: { rows: [] } })
  return client['traffic.list']({ limit: BLOCK_ROWS, from: mark, ...filterInput(filter) })
}

/** What is typed. The list follows it as soon as all of it can be understood. */
export function setFilter(text: string): void {
  useTraffic.setState({ filter: text })
  clearTimeout(typing)
  if (parseFilter(text).problems.length > 0) return
  // whatever is on its way answers the old filter
  question += 1
  typing = setTimeout(() => void refresh(), text.trim() === '' ? 0 : TYPING_MS)
}

/** The filter that the list is to show: what is typed, or, while that cannot be understood, what is shown already. */
function textInUse(): string {
  const { filter, list } = useTraffic.getState()
  if (parseFilter(filter).problems.length === 0) return filter.trim()
  return list.is === 'ready' ? list.filter : ''
}

function filterInput(filter: string): { filter?: string } {
  return filter === '' ? {} : { filter }
}

export async function fetchFilters(): Promise<void> {
  const result = await client['traffic.filters']({})
  // without them there is still the filter itself
  if (result.ok) useTraffic.setState({ filters: result.value })
}

function flush(): void {
  const changed = arrived
  arrived = new Map()
  const { list, detail } = useTraffic.getState()
  if (list.is === 'ready') {
    const { rows, isUnsure } = mergeRows(list.rows, changed, parseFilter(list.filter).terms, Date.now())
    if (rows !== list.rows) useTraffic.setState({ list: { ...list, rows } })
    if (isUnsure || rows.head.length > MOST_HEAD_ROWS) refetchSoon()
  }
  const record = detail.is === 'closed' ? undefined : changed.get(detail.id)
  if (record !== undefined) followDetail(record)
}
