import { isField, screenKey } from '../../frame/shortcuts/bindings.ts'
import { chordOf, isTyped } from '../../frame/shortcuts/chord.ts'
import type { ScreenKey } from '../../frame/shortcuts/screen-keys.ts'
import { isSomethingInFront } from '../../ui/keyboard.ts'
import { regenerate, runAll, runPane, stopAll } from './actions.ts'
import { addPane, closeTab, openTab, stepTab, toggleBlind, toggleFocus } from './desk-actions.ts'
import { toggleDiff } from './diff-store.ts'
import { runningOf, useConversation, useDesk } from './store.ts'
import { vote } from './vote-actions.ts'

type Handler = () => unknown

/** `false` leaves the key to whoever else wants it. Digits for single panes are below. */
const DO: Readonly<Partial<Record<ScreenKey, Handler>>> = {
  runAll: () => !isSomethingInFront() && void runAll(),
  stopAll: stopIfRunning,
  runPane: () => runPane(useDesk.getState().panes[place()]?.id ?? ''),
  regenerate() {
    const { panes } = useDesk.getState()
    const focused = focusedPane()
    for (const pane of focused === undefined ? panes : panes.slice(focused - 1, focused)) regenerate(pane.id)
  },
  addPane: () => addPane(),
  newTab: () => void openTab(),
  closeTab: () => closeTab(useDesk.getState().active),
  pickModel: () =>
    focusedPane() === undefined
      ? document.querySelector<HTMLElement>('[data-models]')?.click()
      : press(place(), '[aria-haspopup="listbox"], [role="combobox"]'),
  parameters: () => press(place(), '[data-settings]'),
  onePane: () => toggleFocus(place()),
  diff: () => toggleDiff(),
  syncScroll: () => useDesk.setState(({ syncScroll }) => ({ syncScroll: !syncScroll })),
  blind: () => toggleBlind(),
  voteTie: () => void vote({ is: 'tie' }),
  voteBothBad: () => void vote({ is: 'both-bad' }),
}

/** Keys of this screen. Those of the frame and of the composer are theirs. */
export function playgroundKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || useDesk.getState().mode !== 'compare') return
  if (handled(event)) event.preventDefault()
}

function handled(event: KeyboardEvent): boolean {
  if (event.key === 'Escape') return stopIfRunning() || leaveQuestion(event.target)
  if (event.ctrlKey && event.key === 'Tab') {
    stepTab(event.shiftKey ? -1 : 1)
    return true
  }
  if (event.altKey && !event.ctrlKey && !event.metaKey && /^Digit[1-6]$/.test(event.code)) {
    focusPane(Number(event.code.slice(-1)))
    return true
  }
  const chord = chordOf(event)
  if (chord === undefined || (isTyped(chord) && (isField(event.target) || isSomethingInFront()))) return false
  const id = screenKey(event, 'playground')
  const act = id === undefined ? undefined : DO[id]
  if (act !== undefined) return act() !== false
  if (!/^[1-6]$/.test(chord)) return false
  void vote({ is: 'place', place: Number(chord) - 1 })
  return true
}

/** Esc in an open list closes the list. */
function stopIfRunning(): boolean {
  const { panes } = useDesk.getState()
  if (runningOf(useConversation.getState(), panes).length === 0 || isSomethingInFront()) return false
  stopAll()
  return true
}

/** Out of the question single letters are keys again. */
function leaveQuestion(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target.dataset.question === undefined || isSomethingInFront()) return false
  target.blur()
  return true
}

function place(): number {
  return (focusedPane() ?? 1) - 1
}

function press(place: number, selector: string): void {
  document.querySelector<HTMLElement>(`[data-pane="${place + 1}"] :is(${selector})`)?.click()
}

/** In layouts that show one pane, it is brought to the front first. */
function focusPane(number: number): void {
  const { layout, panes } = useDesk.getState()
  if (number > panes.length) return
  if (layout === 'focus' || layout === 'tabs') useDesk.setState({ front: number - 1 })
  const there = (): HTMLElement | null => document.querySelector(`[data-pane="${number}"] [role="group"]`)
  // at once, since the next key may follow at once; a pane that only comes to the front is drawn first
  if (there() === null) requestAnimationFrame(() => there()?.focus())
  else there()?.focus()
}

/** The number of the pane that has the focus, from 1. */
function focusedPane(): number | undefined {
  const place = document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset.pane
  return place === undefined ? undefined : Number(place)
}
