import { isMod, isSomethingInFront } from '../../ui/keyboard.ts'
import { regenerate, runPane, stopAll } from './actions.ts'
import { addPane, closeTab, openTab, stepTab, toggleBlind, toggleFocus } from './desk-actions.ts'
import { toggleDiff } from './diff-store.ts'
import { runningOf, useConversation, useDesk } from './store.ts'
import { vote } from './vote-actions.ts'

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey'>

/** Keys of this screen. Those of the frame and of the composer are theirs. */
export function playgroundKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || useDesk.getState().mode !== 'compare') return
  const handled = withModifier(event) || (!isTyping(event.target) && !isSomethingInFront() && single(event))
  if (handled) event.preventDefault()
}

function withModifier(event: Key): boolean {
  const { panes, active } = useDesk.getState()
  if (event.key === 'Escape' || (isMod(event) && event.key === '.')) {
    // Esc in an open list closes the list
    if (runningOf(useConversation.getState(), panes).length === 0 || isSomethingInFront()) return false
    stopAll()
  } else if (isMod({ ...keysOf(event), shiftKey: false }) && event.shiftKey && event.key === 'Enter') {
    runPane(panes[(focusedPane() ?? 1) - 1]?.id ?? '')
  } else if (isMod(event) && event.key === '\\') {
    addPane()
  } else if (isMod(event) && event.key.toLowerCase() === 't') {
    openTab()
  } else if (isMod(event) && event.key.toLowerCase() === 'w') {
    closeTab(active)
  } else if (event.ctrlKey && event.key === 'Tab') {
    stepTab(event.shiftKey ? -1 : 1)
  } else if (isMod(event) && event.key.toLowerCase() === 'r') {
    // never reloads the window: a run would be lost
    const focused = focusedPane()
    for (const pane of focused === undefined ? panes : panes.slice(focused - 1, focused)) regenerate(pane.id)
  } else if (event.altKey && !event.ctrlKey && !event.metaKey && /^Digit[1-6]$/.test(event.code)) {
    focusPane(Number(event.code.slice(-1)))
  } else {
    return false
  }
  return true
}

/** Single letters and digits, which never fire where text is typed. */
function single(event: Key): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const place = (focusedPane() ?? 1) - 1
  switch (event.key.toLowerCase()) {
    case 'm':
      press(place, '[aria-haspopup="listbox"], [role="combobox"]')
      return true
    case 'p':
      press(place, '[data-settings]')
      return true
    case 'f':
      toggleFocus(place)
      return true
    case 'd':
      toggleDiff()
      return true
    case 's':
      useDesk.setState(({ syncScroll }) => ({ syncScroll: !syncScroll }))
      return true
    case 'b':
      toggleBlind()
      return true
    case '0':
      void vote({ is: 'tie' })
      return true
    case '9':
      void vote({ is: 'both-bad' })
      return true
    default:
      if (!/^[1-6]$/.test(event.key)) return false
      void vote({ is: 'place', place: Number(event.key) - 1 })
      return true
  }
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

function keysOf({ metaKey, ctrlKey, altKey }: Key): Pick<Key, 'metaKey' | 'ctrlKey' | 'altKey'> {
  return { metaKey, ctrlKey, altKey }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:input|textarea|select)$/i.test(target.tagName))
}
