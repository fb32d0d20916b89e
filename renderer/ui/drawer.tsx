import { X } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, type ReactElement, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { IconButton } from './button.tsx'
import styles from './drawer.module.css'
import { focusList, isSomethingInFront } from './keyboard.ts'
import { listKeyOf } from './list-keys.ts'
import { useRememberedNumber } from './remembered.ts'
import { UI_TEXTS } from './texts.ts'

export interface DrawerProps {
  /** Names the region, for screen readers. */
  readonly label: string
  /** Under which its width is remembered. */
  readonly name: string
  /** The title line; stays in sight while the content scrolls. */
  readonly title: ReactNode
  /** Buttons beside the close button. */
  readonly actions?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

const DEFAULT_PX = 520
const LEAST_PX = 340
const MOST_PX = 1100
const STEP_PX = 24

/** Details at the right of a list. Not modal: the list keeps its place, its focus and its keys. Esc closes it, and a focus in it goes back to the list. */
export function Drawer({ label, name, title, actions, onClose, children }: DrawerProps): ReactElement {
  const texts = useTexts(UI_TEXTS)
  const [widthPx, setWidthPx] = useRememberedNumber(`drawer.${name}`, DEFAULT_PX, LEAST_PX, MOST_PX)
  const drawer = useRef<HTMLElement>(null)
  useEscape(onClose)
  useFocusBack(drawer)

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId)
    event.preventDefault()
  }
  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const box = drawer.current?.getBoundingClientRect()
    if (box !== undefined) setWidthPx(isRightToLeft() ? event.clientX - box.left : box.right - event.clientX)
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    setWidthPx(widthPx + ((event.key === 'ArrowLeft') === isRightToLeft() ? -STEP_PX : STEP_PX))
  }

  return (
    <aside ref={drawer} className={styles.drawer} aria-label={label} style={{ '--drawer-width': `${widthPx}px` }}>
      {/* biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be dragged */}
      <div
        className={styles.handle}
        role="separator"
        aria-label={texts.drawerWidth}
        aria-orientation="vertical"
        aria-valuenow={widthPx}
        aria-valuemin={LEAST_PX}
        aria-valuemax={MOST_PX}
        tabIndex={0}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onKeyDown={onKeyDown}
      />
      <header className={styles.header}>
        <div className={styles.title}>{title}</div>
        {actions}
        <IconButton label={texts.closeByEsc} small onClick={onClose}>
          <X />
        </IconButton>
      </header>
      {children}
    </aside>
  )
}

/** Whoever was in the drawer is in its list once it is closed. */
function useFocusBack(drawer: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const closing = drawer.current
    const beside = closing?.parentElement
    return () => {
      if (closing?.contains(document.activeElement) === true) focusList(beside)
    }
  }, [drawer])
}

/** Then the drawer stands at the left of its list. */
function isRightToLeft(): boolean {
  return document.documentElement.dir === 'rtl'
}

/** The key for closing (Esc, unless the user has another) closes, unless something in front (a dialog, a menu) took it first or text is being typed. */
function useEscape(onClose: () => void): void {
  useEffect(() => {
    function onKeyDown(event: globalThis.KeyboardEvent): void {
      if (event.defaultPrevented || listKeyOf(event) !== 'close') return
      if (isSomethingInFront()) return
      onClose()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [onClose])
}
