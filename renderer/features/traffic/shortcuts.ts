import { isMod, isSomethingInFront } from '../../ui/keyboard.ts'
import { focusFilter } from './filter-field.tsx'
import { stepRow } from './list-actions.ts'
import { chooseForDiff, compareCheaper, copyCurl, makeRule, remove, replay, togglePin } from './request-actions.ts'
import { useTraffic } from './store.ts'

type Key = Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey'>

/** Keys of this screen. The list itself moves by arrows, j and k, and opens by Enter and Space. */
export function trafficKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || isSomethingInFront()) return
  const handled = withModifier(event) || (!isTyping(event.target) && single(event))
  if (handled) event.preventDefault()
}

function withModifier(event: Key): boolean {
  const { current } = useTraffic.getState()
  const key = event.key.toLowerCase()
  const isModShift = event.shiftKey && isMod({ metaKey: event.metaKey, ctrlKey: event.ctrlKey, altKey: event.altKey, shiftKey: false })
  if (isMod(event) && key === 'f') focusFilter()
  else if (isMod(event) && event.key === '[') focusOn('[role="grid"]')
  else if (isMod(event) && event.key === ']') focusOn('[data-traffic-drawer] [role="tab"][aria-selected="true"]')
  else if (current !== undefined && isMod(event) && key === 'p') void togglePin(current)
  else if (current !== undefined && isModShift && key === 'c') void copyCurl(current)
  else return false
  return true
}

/** Single letters, which never fire where text is typed. */
function single(event: Key): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  if (event.key === '/') {
    focusFilter()
    return true
  }
  if (event.key === 'j' || event.key === 'k') {
    stepRow(event.key === 'j' ? 1 : -1)
    return true
  }
  const { current } = useTraffic.getState()
  if (current === undefined) return false
  switch (event.key.toLowerCase()) {
    case 'r':
      void replay(current)
      return true
    case 'c':
      void compareCheaper(current)
      return true
    case 'm':
      void makeRule(current)
      return true
    case 'd':
      void chooseForDiff(current)
      return true
    case 'delete':
    case 'backspace':
      void remove(current)
      return true
    default:
      return false
  }
}

function focusOn(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus()
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:input|textarea|select)$/i.test(target.tagName))
}
