/** The response cache on screen: pages asked from the engine, asked for again when it says that entries have changed. */

import type { CacheFilterInput, KeyComparison } from '../../../shared/api/cache.ts'
import type { WarmPrefixSummary } from '../../../shared/api/prompt-cache.ts'
import type { CacheEntrySummary, CacheHitRecord, CacheKey } from '../../../shared/cache.ts'
import type { Settings } from '../../../shared/settings.ts'
import { client } from '../../client/client.ts'
import { live } from '../../client/live.ts'
import { settings } from '../../client/mirrors.ts'
import { textsNow } from '../../i18n/texts.ts'
import { formatMoney } from '../../ui/figures.ts'
import { atMostEvery } from '../../ui/pace.ts'
import { showFailure, showToast } from '../../ui/toast.tsx'
import { type CacheFilter, NO_FILTER, type Tab, useCache } from './store.ts'
import { CACHE_TEXTS } from './texts.ts'

const said = () => textsNow(CACHE_TEXTS).toasts
const PAGE_ROWS = 100
const LATE_REQUESTS = 30
const REFETCH_MS = 1000
/** Typing settles for this long before the engine is asked. */
const TYPING_MS = 150
/** Undo of a clearing names its entries one by one; the engine takes so many at once. */
const MOST_RESTORED = 10_000

/** Answers to an older question are dropped. */
let question = 0
let typing: ReturnType<typeof setTimeout> | undefined

const refetchSoon = atMostEvery(REFETCH_MS, async () => {
  const { open } = useCache.getState()
  await Promise.all([fetchFirstPage(), fetchStats(), fetchWarm(), open.is === 'closed' ? undefined : fetchDetail(open.key)])
})

/** Follows the cache until the returned function is called. */
export function followCache(): () => void {
  const leave = [live.on('cache', refetchSoon), live.onResync(refetchSoon)]
  void fetchFirstPage()
  void fetchStats()
  void fetchWarm()
  return () => {
    for (const each of leave) each()
  }
}

export async function fetchFirstPage(): Promise<void> {
  const asked = ++question
  const { filter } = useCache.getState()
  const result = await client['cache.list']({ ...filterInput(filter), sort: filter.sort, limit: PAGE_ROWS })
  if (asked !== question) return
  if (result.ok) useCache.setState({ list: { is: 'ready', ...result.value, more: 'idle' } })
  // an old list is worth more than an error page; the frame says that the engine is away
  else if (useCache.getState().list.is !== 'ready') useCache.setState({ list: { is: 'failed', failure: result.failure } })
}

async function fetchStats(): Promise<void> {
  const result = await client['cache.stats']({})
  if (result.ok) useCache.setState({ stats: result.value })
}

async function fetchWarm(): Promise<void> {
  const result = await client['promptCache.list']({})
  // what was warm stays so until its time has come, whether the engine is away or not
  useCache.setState(result.ok ? { warm: result.value, warmFailed: false } : { warmFailed: true })
}

/** Sends the last turn of a conversation once more, so that its provider keeps it. */
export async function keepWarm({ id }: WarmPrefixSummary): Promise<void> {
  const result = await client['promptCache.keepWarm']({ id })
  if (!result.ok) return showFailure(result.failure.message)
  const { cost, wasWarm } = result.value
  showToast(wasWarm === false ? said().cold(formatMoney(cost)) : said().kept(formatMoney(cost)))
  await fetchWarm()
}

export function retryCache(): void {
  useCache.setState({ list: { is: 'loading' } })
  void fetchFirstPage()
}

export async function loadMore(): Promise<void> {
  const { list, filter } = useCache.getState()
  if (list.is !== 'ready' || list.cursor === undefined || list.more === 'loading') return
  const asked = question
  useCache.setState({ list: { ...list, more: 'loading' } })
  const result = await client['cache.list']({ ...filterInput(filter), sort: filter.sort, limit: PAGE_ROWS, before: list.cursor })
  const now = useCache.getState().list
  if (asked !== question || now.is !== 'ready') return
  if (!result.ok) {
    useCache.setState({ list: { ...now, more: 'failed' } })
    return
  }
  const known = new Set(now.rows.map((row) => row.key))
  const rows = [...now.rows, ...result.value.rows.filter((row) => !known.has(row.key))]
  useCache.setState({ list: { is: 'ready', rows, cursor: result.value.cursor, more: 'idle' } })
}

export function setFilter(changed: Partial<CacheFilter>): void {
  useCache.setState(({ filter }) => ({ filter: { ...filter, ...changed } }))
  clearTimeout(typing)
  typing = setTimeout(() => void fetchFirstPage(), changed.text === undefined || changed.text === '' ? 0 : TYPING_MS)
}

export function clearFilter(): void {
  setFilter({ ...NO_FILTER, sort: useCache.getState().filter.sort })
}

export function filterInput({ text, model, kind }: CacheFilter): CacheFilterInput {
  return { ...(text.trim() !== '' && { text: text.trim() }), ...(model !== '' && { model }), ...(kind !== 'all' && { kind }) }
}

export function setCurrent(key: CacheKey): void {
  useCache.setState({ current: key })
  // with the drawer open, walking through the list is reading
  if (useCache.getState().open.is !== 'closed') void openEntry(key)
}

/** Opens the drawer on an entry; on the one it already shows, closes it. */
export function toggleEntry(key: CacheKey): void {
  const { open } = useCache.getState()
  if (open.is !== 'closed' && open.key === key) closeEntry()
  else void openEntry(key)
}

export async function openEntry(key: CacheKey): Promise<void> {
  const { open } = useCache.getState()
  if (open.is === 'ready' && open.key === key) return
  useCache.setState({ current: key, open: { is: 'loading', key } })
  await fetchDetail(key)
}

export function closeEntry(): void {
  useCache.setState({ open: { is: 'closed' } })
}

export function showTab(tab: Tab): void {
  useCache.setState({ tab })
}

async function fetchDetail(key: CacheKey): Promise<void> {
  const result = await client['cache.get']({ key })
  const { open } = useCache.getState()
  if (open.is === 'closed' || open.key !== key) return
  if (result.ok) useCache.setState({ open: { is: 'ready', key, detail: result.value } })
  else useCache.setState({ open: { is: 'failed', key, failure: result.failure } })
}

function refresh(): void {
  void fetchFirstPage()
  void fetchStats()
}

export async function pin(entry: CacheEntrySummary): Promise<void> {
  const result = await client['cache.pin']({ key: entry.key, pinned: !entry.pinned })
  if (!result.ok) return showFailure(result.failure.message)
  showToast(entry.pinned ? said().unpinned : said().pinned)
  refresh()
  await fetchDetail(entry.key)
}

export async function setLife(key: CacheKey, ttlSeconds: number): Promise<string | undefined> {
  const result = await client['cache.setTtl']({ key, ttlSeconds })
  if (!result.ok) return result.failure.message
  refresh()
  await fetchDetail(key)
  return undefined
}

export async function deleteEntry(key: CacheKey): Promise<void> {
  const result = await client['cache.delete']({ keys: [key] })
  if (!result.ok) return showFailure(result.failure.message)
  removed(key)
  showToast(said().deleted, () => void restore([key]))
}

async function restore(keys: readonly CacheKey[]): Promise<void> {
  const result = await client['cache.restore']({ keys: keys.slice(0, MOST_RESTORED) })
  if (!result.ok) showFailure(result.failure.message)
  refresh()
}

export async function neverCache(key: CacheKey): Promise<void> {
  const result = await client['cache.never']({ key, allow: false })
  if (!result.ok) return showFailure(result.failure.message)
  removed(key)
  showToast(said().never, () => {
    void client['cache.never']({ key, allow: true }).then(() => restore([key]))
  })
}

export async function fetchNevers(): Promise<void> {
  const result = await client['cache.nevers']({})
  useCache.setState({ nevers: result.ok ? { is: 'ready', rows: result.value } : { is: 'failed', failure: result.failure } })
}

export async function allowAgain(key: CacheKey): Promise<void> {
  const result = await client['cache.never']({ key, allow: true })
  if (!result.ok) return showFailure(result.failure.message)
  showToast(said().allowed)
  await fetchNevers()
}

/** A request that has been, by its id. Returns a sentence when it could not be done. */
export async function forbidRequest(request: string): Promise<string | undefined> {
  const one = comparedOf(request)
  if (one === undefined || 'entry' in one) return textsNow(CACHE_TEXTS).nevers.refused
  // its key, out of its body
  const found = await client['cache.explain']({ one, other: one })
  if (!found.ok) return found.failure.message
  const result = await client['cache.never']({ key: found.value.one.key, allow: false })
  if (!result.ok) return result.failure.message
  refresh()
  await fetchNevers()
  return undefined
}

/** What was typed: a key of an entry, or the id of a request; undefined: neither. */
export function comparedOf(text: string): { readonly request: string } | { readonly entry: CacheKey } | undefined {
  const said = text.trim()
  if (/^[0-9a-f]{64}$/.test(said)) return { entry: said }
  return /^\S{1,100}$/.test(said) ? { request: said } : undefined
}

/** The parts in which two keys differ. A sentence when that could not be found out. */
export async function compareKeys(one: string, other: string): Promise<KeyComparison | string> {
  const [a, b] = [comparedOf(one), comparedOf(other)]
  if (a === undefined || b === undefined) return textsNow(CACHE_TEXTS).explain.refused
  const result = await client['cache.explain']({ one: a, other: b })
  return result.ok ? result.value : result.failure.message
}

export interface LateRequest {
  readonly id: string
  readonly model: string
  readonly at: number
}

/** The newest requests, to choose from. None where they cannot be had: an id can be typed all the same. */
export async function lateRequests(): Promise<readonly LateRequest[]> {
  const result = await client['traffic.list']({ limit: LATE_REQUESTS })
  return result.ok ? result.value.rows.map(({ id, requested, at }) => ({ id, model: requested, at })) : []
}

/** A hit that was no answer to its question; without one, the answer itself was wrong. */
export async function callWrong(key: CacheKey, hit: CacheHitRecord | undefined): Promise<void> {
  const result = await client['cache.wrong']({ key, ...(hit !== undefined && { request: hit.request }) })
  if (!result.ok) return showFailure(result.failure.message)
  if (result.value.deleted) {
    removed(key)
    showToast(said().removed, () => void restore([key]))
    return
  }
  showToast(said().learned)
  await fetchDetail(key)
}

function removed(key: CacheKey): void {
  const { open } = useCache.getState()
  if (open.is !== 'closed' && open.key === key) closeEntry()
  refresh()
}

/** How many entries a filter means. A sentence when that could not be found out. */
export async function countMatching(filter: CacheFilterInput): Promise<number | string> {
  const result = await client['cache.clear']({ filter, dryRun: true })
  return result.ok ? result.value.keys.length : result.failure.message
}

export async function clearMatching(filter: CacheFilterInput): Promise<string | undefined> {
  const result = await client['cache.clear']({ filter, dryRun: false })
  if (!result.ok) return result.failure.message
  const { keys } = result.value
  closeEntry()
  refresh()
  showToast(said().cleared(keys.length), keys.length === 0 || keys.length > MOST_RESTORED ? undefined : () => void restore(keys))
  return undefined
}

/** Changes the settings of the response cache, or of merging, at once. */
export async function changeSettings(changed: Partial<Pick<Settings, 'cache' | 'merging'>>): Promise<void> {
  const result = await client['settings.update'](changed)
  if (!result.ok) return showFailure(result.failure.message)
  settings.store.setState({ is: 'ready', value: result.value }, true)
}

/** Every entry as a file, a line each. */
export async function exportEntries(): Promise<void> {
  const parts: string[] = []
  let after: CacheKey | undefined
  do {
    const result = await client['cache.export'](after === undefined ? {} : { after })
    if (!result.ok) return showFailure(result.failure.message)
    parts.push(result.value.lines)
    after = result.value.next
  } while (after !== undefined)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob(parts, { type: 'application/x-ndjson' }))
  link.download = 'switchyard-response-cache.ndjson'
  link.click()
  URL.revokeObjectURL(link.href)
}

/** The engine takes so much of a file at once. */
const IMPORTED_CHARACTERS = 4 * 1024 * 1024

export async function importEntries(file: File): Promise<void> {
  const lines = (await file.text()).split('\n')
  let imported = 0
  const refused: string[] = []
  while (lines.length > 0) {
    let part = ''
    while (lines.length > 0 && (part === '' || part.length < IMPORTED_CHARACTERS)) part += `${lines.shift()}\n`
    const result = await client['cache.import']({ lines: part })
    if (!result.ok) return showFailure(result.failure.message)
    imported += result.value.imported
    refused.push(...result.value.refused)
  }
  if (refused.length > 0) showFailure(said().refused(refused.length, refused[0] ?? ''))
  showToast(said().imported(imported))
  refresh()
}
