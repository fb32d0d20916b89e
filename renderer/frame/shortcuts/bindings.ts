/** Which key does what just now: the first keys with the user's own from the settings put over them. */
import type { Settings } from '../../../shared/settings.ts'
import { settings } from '../../client/mirrors.ts'
import type { ListKey } from '../../ui/list-keys.ts'
import { ACTION_IDS, ACTIONS, type ActionId } from './actions.ts'
import { chordHint, chordOf, isTyped } from './chord.ts'
import { SCREEN_KEY_IDS, SCREEN_KEYS, type ScreenKey } from './screen-keys.ts'

export type BoundId = ActionId | ScreenKey
export type Bindings = Readonly<Record<BoundId, string>>

export function bindingsOf(own: Settings['shortcuts']): Bindings {
  const ofFrame = ACTION_IDS.map((id) => [id, own[id] ?? ACTIONS[id].chord])
  const ofScreens = SCREEN_KEY_IDS.map((id) => [id, own[id] ?? SCREEN_KEYS[id].chord])
  return Object.fromEntries([...ofFrame, ...ofScreens]) as Bindings
}

export function bindings(): Bindings {
  const state = settings.store.getState()
  return bindingsOf(state.is === 'ready' ? state.value.shortcuts : {})
}

export function runAction(id: ActionId): void {
  ACTIONS[id].run()
}

/** The window's keys. A screen that has taken a key already keeps it; what would be typed never fires in a field. */
export function frameKey(event: KeyboardEvent): void {
  const chord = chordOf(event)
  if (chord === undefined) return
  // A run, a draft and the scroll position would be lost. A screen may mean something else by it.
  if (chord === 'Mod+R' || chord === 'F5') event.preventDefault()
  if (event.defaultPrevented || event.isComposing || (isTyped(chord) && isField(event.target))) return
  const bound = bindings()
  const id = ACTION_IDS.find((each) => bound[each] === chord)
  if (id === undefined) return
  event.preventDefault()
  runAction(id)
}

/** What a key means in lists, for `listKeysAre`. */
export function listKey(event: KeyboardEvent): ListKey | undefined {
  const id = screenKey(event, 'lists')
  if (id === 'filterToo') return 'filter'
  return id === 'nextRow' || id === 'previousRow' || id === 'openRow' || id === 'quickLook' || id === 'close' || id === 'filter' ? id : undefined
}

/** The key that does something just now, as it is written on this machine; undefined where its user wants none. */
export function hintOf(id: BoundId): string | undefined {
  const chord = bindings()[id]
  return chord === '' ? undefined : chordHint(chord)
}

/** The key for filtering, for `listKeysAre`: the first of the two that is bound. */
export function filterHint(): string | undefined {
  return hintOf('filter') ?? hintOf('filterToo')
}

/** Which of a screen's keys was pressed; never one that would be typed where text is. */
export function screenKey(event: KeyboardEvent, on: (typeof SCREEN_KEYS)[ScreenKey]['on']): ScreenKey | undefined {
  const chord = chordOf(event)
  if (chord === undefined || (isTyped(chord) && isField(event.target))) return undefined
  const bound = bindings()
  return SCREEN_KEY_IDS.find((id) => SCREEN_KEYS[id].on === on && bound[id] === chord)
}

/** Nothing is typed into radio buttons and switches. */
const TYPED_INTO = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [role="textbox"]'

export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest(TYPED_INTO) !== null)
}
