/** Which key does what just now: the first keys with the user's own from the settings put over them. */
import type { Settings } from '../../../shared/settings.ts'
import { settings } from '../../client/mirrors.ts'
import { ACTION_IDS, ACTIONS, type ActionId } from './actions.ts'
import { chordOf, isTyped } from './chord.ts'

export type Bindings = Readonly<Record<ActionId, string>>

export function bindingsOf(own: Settings['shortcuts']): Bindings {
  return Object.fromEntries(ACTION_IDS.map((id) => [id, own[id] ?? ACTIONS[id].chord])) as Bindings
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

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, [role="textbox"]') !== null)
}
