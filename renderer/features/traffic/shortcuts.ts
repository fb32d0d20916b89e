import type { RequestId } from '../../../shared/ids.ts'
import { isField, screenKey } from '../../frame/shortcuts/bindings.ts'
import { chordOf } from '../../frame/shortcuts/chord.ts'
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
  chooseForDiff,
  pin: togglePin,
  copyCurl,
  remove,
}

const ANYWHERE: Readonly<Partial<Record<ScreenKey, () => void>>> = {
  focusList: () => focusOn('[role="grid"]'),
  focusDetail: () => focusOn('[data-traffic-drawer] [role="tab"][aria-selected="true"]'),
}

/** Keys that are not rebound: those of every list, also where the list itself has not the focus. */
const OF_LISTS: Readonly<Record<string, () => void>> = {
  '/': focusFilter,
  'Mod+F': focusFilter,
  J: () => stepRow(1),
  K: () => stepRow(-1),
}

/** Keys of this screen. The list itself moves by arrows, j and k, and opens by Enter and Space. */
export function trafficKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isSomethingInFront()) return
  const chord = chordOf(event)
  if (chord === undefined) return
  const ofList = chord.startsWith('Mod+') || !isField(event.target) ? OF_LISTS[chord] : undefined
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
