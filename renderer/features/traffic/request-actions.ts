/** What can be done with a request: by key, from the drawer, from its menu. */
import type { PastQuestion, TrafficDetail } from '../../../shared/api/traffic.ts'
import type { RequestId } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { client } from '../../client/client.ts'
import { connectStatus } from '../../client/mirrors.ts'
import { go } from '../../frame/route.ts'
import { textsNow } from '../../i18n/texts.ts'
import { copyText } from '../../ui/copy-text.ts'
import { showFailure, showToast } from '../../ui/toast.tsx'
import { openTab } from '../playground/desk-actions.ts'
import { closeDetail, openDetail, showTab } from './actions.ts'
import { asSdkCall, type SdkLanguage } from './code.ts'
import { asCurl } from './curl.ts'
import { refresh } from './list-actions.ts'
import { useTraffic } from './store.ts'
import { TRAFFIC_TEXTS } from './texts.ts'

const texts = () => textsNow(TRAFFIC_TEXTS).actions
const ANYWHERE = 'http://127.0.0.1:4747'

export async function replay(id: RequestId): Promise<void> {
  const result = await client['traffic.replay']({ id })
  if (!result.ok) return showFailure(result.failure.message)
  showToast(texts().replayed)
  await openDetail(result.value.id)
}

/** Into a tab of the playground: the model that answered beside two cheaper ones. */
export async function compareCheaper(id: RequestId): Promise<void> {
  const result = await client['traffic.question']({ id })
  if (!result.ok) return showFailure(result.failure.message)
  openQuestion(result.value)
}

function openQuestion({ system, prompt, turns, filesLeftOut, models, maxOutputTokens, temperature }: PastQuestion): void {
  const parameters = { ...(maxOutputTokens !== undefined && { maxOutputTokens }), ...(temperature !== undefined && { temperature }) }
  openTab({ panes: models.map((model) => ({ id: '', model })), draft: prompt, system, systemOpen: system !== '', parameters }, prompt.slice(0, 30))
  go('playground')
  if (turns > 1) showToast(texts().writtenOut(turns))
  if (filesLeftOut > 0) showToast(texts().filesLeftOut(filesLeftOut))
  if (models.length === 1) showToast(texts().noCheaper)
}

export async function togglePin(id: RequestId): Promise<void> {
  const pinned = shownRecord(id)?.pinned !== true
  const result = await client['traffic.pin']({ id, pinned })
  if (!result.ok) return showFailure(result.failure.message)
  showToast(pinned ? texts().pinnedNow : texts().unpinnedNow)
}

/** The details, at the tab that says why this model answered. */
export async function explain(id: RequestId): Promise<void> {
  showTab('why')
  await openDetail(id)
}

/** The answer that was given again, where it can be deleted; a merged one is in no cache. */
export async function openCached(id: RequestId): Promise<void> {
  const cache = shownRecord(id)?.cache
  if (cache?.kind === 'exact' || cache?.kind === 'semantic') go('cache', cache.key)
  else showToast(texts().notCached)
}

function shownRecord(id: RequestId): UsageRecord | undefined {
  const { list, detail } = useTraffic.getState()
  if (detail.is === 'ready' && detail.id === id) return detail.detail.record
  return list.is === 'ready' ? list.rows.find(id) : undefined
}

/** The Routing screen opens with a rule for the model that was asked for. */
export async function makeRule(id: RequestId): Promise<void> {
  const detail = await detailOf(id)
  if (detail !== undefined) go('routing', `rule-for/${detail.record.requested}`)
}

/** The next row becomes the current one, so that one can go on deleting. */
export async function remove(id: RequestId): Promise<void> {
  const { list } = useTraffic.getState()
  const index = list.is === 'ready' ? list.rows.findIndex((row) => row.id === id) : -1
  const next = list.is === 'ready' && index !== -1 ? (list.rows.at(index + 1) ?? list.rows.at(index - 1)) : undefined
  const result = await client['traffic.remove']({ what: { ids: [id] }, dryRun: false })
  if (!result.ok) return showFailure(result.failure.message)
  if (result.value.rows === 0) return showFailure(texts().notRemoved)
  const { detail } = useTraffic.getState()
  if (detail.is !== 'closed' && detail.id === id) closeDetail()
  useTraffic.setState({ current: next?.id })
  await refresh()
  offerUndo(result.value)
}

/** All that fits. A sentence when it failed. */
export async function removeShown(filter: string): Promise<string | undefined> {
  const result = await client['traffic.remove']({ what: { filter }, dryRun: false })
  if (!result.ok) return result.failure.message
  closeDetail()
  useTraffic.setState({ current: undefined })
  await refresh()
  offerUndo(result.value)
  return undefined
}

function offerUndo({ rows, removal }: { readonly rows: number; readonly removal: number | undefined }): void {
  showToast(texts().removed(rows), removal === undefined ? undefined : () => void restore(removal))
}

async function restore(removal: number): Promise<void> {
  const result = await client['traffic.restore']({ removal })
  if (!result.ok) return showFailure(result.failure.message)
  await refresh()
}

export async function copyCurl(id: RequestId): Promise<void> {
  const detail = await detailOf(id)
  if (detail?.exchange === undefined) return showFailure(texts().noBody)
  await copy(asCurl(detail.record, detail.exchange, address()), 'curl')
}

export async function copySdkCall(id: RequestId, language: SdkLanguage): Promise<void> {
  const detail = await detailOf(id)
  if (detail?.exchange === undefined) return showFailure(texts().noBody)
  const code = asSdkCall(language, detail.record, detail.exchange, address())
  if (code === undefined) return showFailure(texts().noSdk)
  await copy(code, language === 'python' ? 'Python' : 'TypeScript')
}

/** Record and bodies. Headers are those that were kept, which hold no key. */
export async function copyJson(id: RequestId): Promise<void> {
  const detail = await detailOf(id)
  if (detail !== undefined) await copy(JSON.stringify(detail, null, 2), 'JSON')
}

/** Takes away the hint that the other side is to be chosen. */
let closeHint: (() => void) | undefined

/** The first call chooses one side, the second opens both. On the chosen one itself it lets go again. @param key that does this */
export async function chooseForDiff(id: RequestId, key?: string): Promise<void> {
  const { difference } = useTraffic.getState()
  if (difference.is !== 'half') {
    useTraffic.setState({ difference: { is: 'half', one: id } })
    closeHint = showToast(texts().diffHalf(key))
    return
  }
  closeHint?.()
  if (difference.one === id) return useTraffic.setState({ difference: { is: 'none' } })
  useTraffic.setState({ difference: { is: 'loading' } })
  const [one, other] = await Promise.all([detailOf(difference.one), detailOf(id)])
  useTraffic.setState({ difference: one === undefined || other === undefined ? { is: 'none' } : { is: 'open', one, other }, detail: { is: 'closed' } })
}

export function closeDifference(): void {
  useTraffic.setState({ difference: { is: 'none' } })
}

/** What the drawer holds already, or the engine's; a failure is shown. */
async function detailOf(id: RequestId): Promise<TrafficDetail | undefined> {
  const { detail } = useTraffic.getState()
  if (detail.is === 'ready' && detail.id === id) return detail.detail
  const result = await client['traffic.get']({ id })
  if (result.ok) return result.value
  showFailure(result.failure.message)
  return undefined
}

async function copy(text: string, what: string): Promise<void> {
  if (await copyText(text)) showToast(texts().copied(what))
  else showFailure(texts().refused)
}

function address(): string {
  const state = connectStatus.store.getState()
  return (state.is === 'ready' ? state.value.address : undefined) ?? ANYWHERE
}
