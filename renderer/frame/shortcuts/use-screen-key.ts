import { useEffect } from 'react'
import { isSomethingInFront } from '../../ui/keyboard.ts'
import { screenKey } from './bindings.ts'
import type { SCREEN_KEYS, ScreenKey } from './screen-keys.ts'

/** One key of the screen that is seen, wherever on it the focus rests. @param act false leaves the key to whoever else wants it; keep it the same between drawings */
export function useScreenKey(on: (typeof SCREEN_KEYS)[ScreenKey]['on'], id: ScreenKey, act: () => boolean): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || isSomethingInFront()) return
      if (screenKey(event, on) === id && act()) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [on, id, act])
}
