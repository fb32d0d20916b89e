/**
 * The log on screen: pages asked from the engine, live records laid over them. A live record shows at once; whatever may have been missed
 * (a gap, a reconnect) is asked for again, at most once a second and only while the log is on screen.
 */
import type { RequestId } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { client } from '../../client/client.ts'
import { live } from '../../client/live.ts'
import { atMostEvery, onceAFrame } from '../../ui/pace.ts'
import { appendPage, matches, mergeRows, NO_FILTER, replaceFirstPage, type TrafficFilter } from './rows.ts'
import { type Tab, useTraffic } from './store.ts'

const PAGE_ROWS = 100
const REFETCH_MS = 1000
/** Typing settles for this long before the engine is asked. */
const TYPING_MS = 150

/** Live records that wait for the next frame. */
let arrived = new Map<RequestId, UsageRecord>()
/** Live records since the running fetch began: its page may be older than they are. */
let duringFetch = new Map<RequestId, UsageRecord>()
/** Answers to an older question are dropped. */
let question = 0
let typing: ReturnType<typeof setTimeout> | undefined

const flushSoon = onceAFrame(flush)
const refetchSoon = atMostEvery(REFETCH_MS, fetchFirstPage)

/** Follows the log until the returned function is called. What was loaded before is shown at once and brought up to date. */
export function followTraffic(): () => void {
  const leave = [
    live.on('traffic', ({ record }) => {
      arrived.set(record.id, record)
      duringFetch.set(record.id, record)
      flushSoon()
    }),
    live.onResync(refetchSoon),
  ]
  void fetchFirstPage()
  return () => {
    for (const each of leave) each()
  }
}

/** Asks for the newest page. The rows on screen stay until it is there, and older ones after it where the two meet. */
export async function fetchFirstPage(): Promise<void> {
  const asked = ++question
  duringFetch = new Map()
  const { filter } = useTraffic.getState()
  const result = await client['traffic.list']({ limit: PAGE_ROWS, ...filterInput(filter) })
  if (asked !== question) return
  const { list } = useTraffic.getState()
  const before = list.is === 'ready' ? list : undefined
  if (result.ok) {
    const { rows: page, cursor } = result.value
    const rows = replaceFirstPage(before?.rows.filter((row) => matches(row, filter)) ?? [], page, cursor !== undefined)
    const keepsOlder = rows.length > page.length
    useTraffic.setState({
      list: { is: 'ready', rows: mergeRows(rows, duringFetch, filter), cursor: keepsOlder ? before?.cursor : cursor, more: 'idle' },
    })
  } else if (before === undefined) useTraffic.setState({ list: { is: 'failed', failure: result.failure } })
  // An old list is worth more than an error page; the frame says that the engine is away, and the filter still works on what is loaded.
  else
    useTraffic.setState({ list: { ...before, rows: before.rows.filter((row) => matches(row, filter)), more: before.cursor === undefined ? 'idle' : 'failed' } })
}

export function retryTraffic(): void {
  useTraffic.setState({ list: { is: 'loading' } })
  void fetchFirstPage()
}

/** The next, older page. Ignored while one is under way and at the end. */
export async function loadOlder(): Promise<void> {
  const { list, filter } = useTraffic.getState()
  if (list.is !== 'ready' || list.cursor === undefined || list.more === 'loading') return
  const asked = question
  useTraffic.setState({ list: { ...list, more: 'loading' } })
  const result = await client['traffic.list']({ limit: PAGE_ROWS, before: list.cursor, ...filterInput(filter) })
  const now = useTraffic.getState().list
  if (asked !== question || now.is !== 'ready') return
  useTraffic.setState({
    list: result.ok ? { ...now, rows: appendPage(now.rows, result.value.rows), cursor: result.value.cursor, more: 'idle' } : { ...now, more: 'failed' },
  })
}

/** Asks for what fits. The rows on screen stay until the answer is there, so that typing does not flicker. */
export function setFilter(changed: Partial<TrafficFilter>): void {
  const { filter: before, list } = useTraffic.getState()
  const filter = { ...before, ...changed }
  // whatever is on its way answers the old filter
  question += 1
  useTraffic.setState({ filter, list: list.is === 'ready' ? { ...list, more: 'loading' } : list })
  clearTimeout(typing)
  typing = setTimeout(() => void fetchFirstPage(), changed.text === undefined || changed.text === '' ? 0 : TYPING_MS)
}

export function clearFilter(): void {
  setFilter(NO_FILTER)
}

function filterInput({ text, outcome }: TrafficFilter): { text?: string; outcome?: 'ok' | 'failed' | 'open' } {
  return { ...(text.trim() !== '' && { text: text.trim() }), ...(outcome !== 'all' && { outcome }) }
}

function flush(): void {
  const changed = arrived
  arrived = new Map()
  const { list, filter, detail } = useTraffic.getState()
  if (list.is === 'ready') {
    const rows = mergeRows(list.rows, changed, filter)
    if (rows !== list.rows) useTraffic.setState({ list: { ...list, rows } })
  }
  const record = detail.is === 'closed' ? undefined : changed.get(detail.id)
  if (record !== undefined && detail.is !== 'closed') followDetail(record)
}

/** The open drawer keeps up: the row's own facts at once, and its bodies once the request has ended. */
function followDetail(record: UsageRecord): void {
  const { detail } = useTraffic.getState()
  if (detail.is === 'ready') useTraffic.setState({ detail: { ...detail, detail: { ...detail.detail, record } } })
  if (record.outcome !== 'open') void fetchDetail(record.id)
}

export function setCurrent(id: RequestId): void {
  const { detail } = useTraffic.getState()
  useTraffic.setState({ current: id })
  // With the drawer open, walking through the list is reading.
  if (detail.is !== 'closed') void openDetail(id)
}

/** Opens the drawer on a request; on the one it already shows, closes it. */
export function toggleDetail(id: RequestId): void {
  const { detail } = useTraffic.getState()
  if (detail.is !== 'closed' && detail.id === id) closeDetail()
  else void openDetail(id)
}

export async function openDetail(id: RequestId): Promise<void> {
  const { detail } = useTraffic.getState()
  if (detail.is === 'ready' && detail.id === id) return
  useTraffic.setState({ current: id, detail: { is: 'loading', id } })
  await fetchDetail(id)
}

export function closeDetail(): void {
  useTraffic.setState({ detail: { is: 'closed' } })
}

export function showTab(tab: Tab): void {
  useTraffic.setState({ tab })
}

async function fetchDetail(id: RequestId): Promise<void> {
  const result = await client['traffic.get']({ id })
  const { detail } = useTraffic.getState()
  // another row was opened meanwhile, or the drawer was closed
  if (detail.is === 'closed' || detail.id !== id) return
  if (result.ok) useTraffic.setState({ detail: { is: 'ready', id, detail: result.value } })
  else if (detail.is !== 'ready') useTraffic.setState({ detail: { is: 'failed', id, failure: result.failure } })
}
