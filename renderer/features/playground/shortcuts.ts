import { isMod } from '../../ui/keyboard.ts'
import { addPane, regenerate, stopAll } from './actions.ts'
import { useConversation, useDesk } from './store.ts'

/** Keys of this screen. Those of the frame and of the composer are theirs. */
export function playgroundKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  if (event.key === 'Escape' || (isMod(event) && event.key === '.')) {
    // Esc in an open list closes the list
    if (useConversation.getState().running.length === 0 || document.querySelector('[role="listbox"]') !== null) return
    stopAll()
  } else if (isMod(event) && event.key === '\\') {
    addPane()
  } else if (isMod(event) && event.key.toLowerCase() === 'r') {
    // never reloads the window: a run would be lost
    const { panes } = useDesk.getState()
    const focused = focusedPane()
    for (const pane of focused === undefined ? panes : panes.slice(focused - 1, focused)) regenerate(pane.id)
  } else if (event.altKey && !event.ctrlKey && !event.metaKey && /^Digit[1-6]$/.test(event.code)) {
    document.querySelector<HTMLElement>(`[data-pane="${event.code.slice(-1)}"] [role="group"]`)?.focus()
  } else if (event.key.toLowerCase() === 'm' && !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    document.querySelector<HTMLElement>(`[data-pane="${focusedPane() ?? 1}"] [aria-haspopup]`)?.click()
  } else {
    return
  }
  event.preventDefault()
}

/** The number of the pane that has the focus, from 1. */
function focusedPane(): number | undefined {
  const place = document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset.pane
  return place === undefined ? undefined : Number(place)
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:input|textarea|select)$/i.test(target.tagName))
}
