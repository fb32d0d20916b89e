import { USUAL_PRICE_LIST } from '../../../shared/price-list.ts'
import type { Settings } from '../../../shared/settings.ts'
import { client } from '../../client/client.ts'
import { settings } from '../../client/mirrors.ts'
import { textsNow } from '../../i18n/texts.ts'
import { showFailure, showToast } from '../../ui/toast.tsx'
import type { Change, Limit } from './limits.ts'
import { useRefusals } from './store.ts'
import { SETTINGS_TEXTS } from './texts.ts'

/** Changes settings at once. True when the engine took it. */
export async function change(changed: Change): Promise<boolean> {
  const result = await client['settings.update'](changed)
  if (!result.ok) {
    showFailure(result.failure.message)
    return false
  }
  settings.store.setState({ is: 'ready', value: result.value }, true)
  return true
}

/** Changes one number; a refusal stands below its field. The old value can be brought back. */
export async function changeLimit(limit: Limit, before: Settings, value: number): Promise<void> {
  const old = limit.read(before)
  if (value === old) return refuse(limit.path, undefined)
  const result = await client['settings.update'](limit.write(before, value))
  if (!result.ok) return refuse(limit.path, result.failure.message.replace(/^[\w.]+: /, ''))
  refuse(limit.path, undefined)
  settings.store.setState({ is: 'ready', value: result.value }, true)
  const texts = textsNow(SETTINGS_TEXTS)
  showToast(texts.changed(texts.items[limit.path].label), () => void changeLimit(limit, result.value, old))
}

/** An amount in dollars; nothing for no limit. */
export async function changeMostUsd(before: Settings, text: string): Promise<void> {
  const typed = text.trim().replace(',', '.').replace(/^\$/, '')
  const amount = typed === '' ? null : Number(typed)
  if (amount !== null && !(amount > 0 && Number.isFinite(amount))) return refuse('attempts.mostUsd', textsNow(SETTINGS_TEXTS).typeNumber)
  refuse('attempts.mostUsd', undefined)
  if (amount !== before.attempts.mostUsd) await change({ attempts: { ...before.attempts, mostUsd: amount } })
}

/** Where fresher prices come from; nothing for the usual list. The list is not fetched before somebody asks, or its day has come. */
export async function changePriceList(before: Settings, text: string): Promise<void> {
  const typed = text.trim()
  const priceList = typed === '' ? USUAL_PRICE_LIST : typed
  const isAddress = /^https?:$/.test(URL.parse(priceList)?.protocol ?? '')
  refuse('catalog.priceList', isAddress ? undefined : textsNow(SETTINGS_TEXTS).priceListRefused)
  if (!isAddress || priceList === before.catalog.priceList) return
  const texts = textsNow(SETTINGS_TEXTS)
  if (!(await change({ catalog: { ...before.catalog, priceList } }))) return
  const undo = (): void => void change({ catalog: { ...before.catalog } })
  showToast(texts.changed(texts.items['catalog.priceList'].label), undo)
}

/** Where newer versions are announced; nothing for nowhere. */
export async function changeUpdateFeed(before: Settings, text: string): Promise<void> {
  const feed = text.trim()
  const isAddress = feed === '' || /^https?:$/.test(URL.parse(feed)?.protocol ?? '')
  refuse('updates.feed', isAddress ? undefined : textsNow(SETTINGS_TEXTS).priceListRefused)
  if (isAddress && feed !== before.updates.feed) await change({ updates: { ...before.updates, feed } })
}

/** One origin a line; nothing is changed while one of them is none. */
export async function changeOrigins(text: string): Promise<void> {
  const origins = text
    .split('\n')
    .map((line) => line.trim().replace(/\/$/, ''))
    .filter(Boolean)
  const wrong = origins.find((origin) => !/^https?:$/.test(URL.parse(origin)?.protocol ?? '') || URL.parse(origin)?.origin !== origin)
  refuse('allowedOrigins', wrong === undefined ? undefined : textsNow(SETTINGS_TEXTS).originsRefused(wrong))
  if (wrong === undefined) await change({ allowedOrigins: origins })
}

/** '' for no keys; undefined for the first ones again. */
export async function changeShortcut(own: Settings['shortcuts'], id: string, chord: string | undefined): Promise<void> {
  const { [id]: _, ...others } = own
  await change({ shortcuts: chord === undefined ? others : { ...others, [id]: chord } })
}

export function refuse(path: string, why: string | undefined): void {
  const { [path]: _, ...others } = useRefusals.getState()
  useRefusals.setState(why === undefined ? others : { ...others, [path]: why }, true)
}

/** Opens the data folder in the file manager; only a desktop window can. */
export async function revealDataFolder(): Promise<void> {
  try {
    await window.switchyardNative?.revealDataFolder()
  } catch {
    // the shell's own message names paths and errors for logs, not for people
    showFailure(textsNow(SETTINGS_TEXTS).folderFailed)
  }
}
