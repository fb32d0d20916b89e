import type { CatalogStatus } from '../../../shared/api/models.ts'
import type { ApiFailure, Result } from '../../../shared/contract.ts'
import type { EndpointId, Ms } from '../../../shared/ids.ts'
import type { WrittenPrice } from '../../../shared/models-config.ts'
import { client } from '../../client/client.ts'
import { catalog, models } from '../../client/mirrors.ts'
import { go, hashOf } from '../../frame/route.ts'
import { textsNow } from '../../i18n/texts.ts'
import { showFailure, showToast } from '../../ui/toast.tsx'
import { openTab } from '../playground/desk-actions.ts'
import { type ModelFilter, NO_FILTER, readFilter, type SortBy, type Switch, writeFilter } from './filter.ts'
import { MOST_COMPARED, useModels } from './store.ts'
import { MODELS_TEXTS } from './texts.ts'

/** Takes over what the address says, when it was not us who wrote it. */
export function followAddress(rest: string): void {
  if (rest !== writeFilter(useModels.getState().filter)) useModels.setState({ filter: readFilter(rest) })
}

/** Takes the place of the address: Back leaves the screen, not each letter that was typed. */
export function setFilter(changes: Partial<ModelFilter>): void {
  const filter = { ...useModels.getState().filter, ...changes }
  useModels.setState({ filter })
  window.location.replace(hashOf('models', writeFilter(filter)))
}

export function clearFilter(): void {
  const { sort, descending } = useModels.getState().filter
  setFilter({ ...NO_FILTER, sort, descending })
}

export function toggleSwitch(which: Switch): void {
  const { on } = useModels.getState().filter
  setFilter({ on: on.includes(which) ? on.filter((each) => each !== which) : [...on, which] })
}

/** Sorts by it; once more the other way round. */
export function sortBy(sort: SortBy): void {
  const { filter } = useModels.getState()
  setFilter({ sort, descending: filter.sort === sort && !filter.descending })
}

/** With the details open, they follow the current row. */
export function setCurrent(id: EndpointId): void {
  useModels.setState(({ open }) => ({ current: id, open: open === undefined ? undefined : id }))
}

export function openModel(id: EndpointId): void {
  useModels.setState({ current: id, open: id })
}

export function toggleModel(id: EndpointId): void {
  useModels.setState(({ open }) => ({ current: id, open: open === id ? undefined : id }))
}

export function closeModel(): void {
  useModels.setState({ open: undefined })
}

/** Into the tray, or out of it again. A full tray stays as it is and says so. */
export function toggleCompared(id: EndpointId): void {
  const { tray } = useModels.getState()
  if (tray.includes(id)) useModels.setState({ tray: tray.filter((each) => each !== id) })
  else if (tray.length < MOST_COMPARED) useModels.setState({ tray: [...tray, id] })
  else showToast(textsNow(MODELS_TEXTS).trayFull(MOST_COMPARED))
}

export function emptyTray(): void {
  useModels.setState({ tray: [], comparing: false })
}

export function compare(comparing: boolean): void {
  useModels.setState({ comparing })
}

/** Side by side in a tab of their own. */
export function openInPlayground(ids: readonly EndpointId[]): void {
  openTab({ panes: ids.map((model) => ({ id: '', model })) })
  go('playground')
}

export async function refreshCatalog(): Promise<void> {
  if (useModels.getState().refreshing) return
  useModels.setState({ refreshing: true })
  const result = await client['catalog.refresh']({})
  useModels.setState({ refreshing: false })
  if (!result.ok) return showFailure(result.failure.message)
  await Promise.all([catalog.refresh(), models.refresh()])
  const texts = textsNow(MODELS_TEXTS)
  const failed = result.value.sources.filter((source) => source.failure !== undefined).length
  showToast(failed === 0 ? texts.refreshed : texts.refreshedExcept(failed))
}

/** What has come by then stays. */
export async function cancelRefresh(): Promise<void> {
  const failure = await changed(client['catalog.cancelRefresh']({}))
  if (failure !== undefined) showFailure(failure.message)
}

export async function decideHeld(endpoint: EndpointId, accept: boolean): Promise<void> {
  const failure = await changed(client['catalog.decideHeld']({ endpoint, accept }))
  if (failure !== undefined) showFailure(failure.message)
}

/** null takes the correction back. */
export function setPrice(endpoint: EndpointId, price: WrittenPrice | null): Promise<ApiFailure | undefined> {
  return changed(client['models.setPrice']({ endpoint, price }))
}

export function setDiscount(of: string, percent: number | null): Promise<ApiFailure | undefined> {
  return changed(client['models.setDiscount']({ of, percent }))
}

export function addOwn(model: Parameters<(typeof client)['models.addOwn']>[0]): Promise<ApiFailure | undefined> {
  return changed(client['models.addOwn'](model))
}

export async function removeOwn(endpoint: EndpointId): Promise<string | undefined> {
  const failure = await changed(client['models.removeOwn']({ endpoint }))
  if (failure === undefined) closeModel()
  return failure?.message
}

/** Charges past requests at the price of now. A sentence when that failed. */
export async function reprice(endpoint: EndpointId, since: Ms): Promise<string | undefined> {
  const result = await client['models.reprice']({ endpoint, since })
  if (!result.ok) return result.failure.message
  showToast(textsNow(MODELS_TEXTS).repriced(result.value.rows, result.value.before, result.value.after))
  return undefined
}

async function changed(answer: Promise<Result<CatalogStatus>>): Promise<ApiFailure | undefined> {
  const result = await answer
  if (!result.ok) return result.failure
  await Promise.all([catalog.refresh(), models.refresh()])
  return undefined
}
