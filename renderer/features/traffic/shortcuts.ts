import type { RequestId } from '../../../shared/ids.ts'
import { hintOf, screenKey } from '../../frame/shortcuts/bindings.ts'
import type { ScreenKey } from '../../frame/shortcuts/screen-keys.ts'
import { isSomethingInFront } from '../../ui/keyboard.ts'
import { focusFilter } from './filter-field.tsx'
import { stepRow } from './list-actions.ts'
import { chooseForDiff, compareCheaper, copyCurl, explain, makeRule, openCached, remove, replay, togglePin } from './request-actions.ts'
import { useTraffic } from './store.ts'

/** What is done with the current request. */
const WITH_CURRENT: Readonly<Partial<Record<ScreenKey, (id: RequestId) => Promise<void>>>> = {
  explain,
  openCached,
  replay,
  compareCheaper,
  makeRule,
  chooseForDiff: (id) => chooseForDiff(id, hintOf('chooseForDiff')),
  pin: togglePin,
  copyCurl,
  remove,
}

const ANYWHERE: Readonly<Partial<Record<ScreenKey, () => void>>> = {
  focusList: () => focusOn('[role="grid"]'),
  focusDetail: () => focusOn('[data-detail-tabs] [role="tab"][aria-selected="true"]'),
}

/** Keys of every list, also where the list itself has not the focus. */
const OF_LISTS: Readonly<Partial<Record<ScreenKey, () => void>>> = {
  filter: focusFilter,
  filterToo: focusFilter,
  nextRow: () => stepRow(1),
  previousRow: () => stepRow(-1),
}

/** Keys of this screen. By arrows, and by the keys that open a row, the list itself is moved. */
export function trafficKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isSomethingInFront()) return
  const listed = screenKey(event, 'lists')
  const ofList = listed === undefined ? undefined : OF_LISTS[listed]
  const id = screenKey(event, 'traffic')
  const { current } = useTraffic.getState()
  if (ofList !== undefined) ofList()
  else if (id !== undefined && ANYWHERE[id] !== undefined) ANYWHERE[id]()
  else if (id !== undefined && current !== undefined) void WITH_CURRENT[id]?.(current)
  else return
  event.preventDefault()
}

function focusOn(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus()
}
