import { type RefObject, useEffect } from 'react'
import { isSomethingInFront } from '../../ui/keyboard.ts'
import { screenKey } from './bindings.ts'

/** The keys for filtering (`/` and Mod+F at first) go to the search of the list that is on the screen, unless something is being typed. */
export function useFilterKey(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || isSomethingInFront() || !isForFilter(event)) return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [field])
}

/** Whether that is one of them. */
export function isForFilter(event: KeyboardEvent): boolean {
  const key = screenKey(event, 'lists')
  return key === 'filter' || key === 'filterToo'
}
