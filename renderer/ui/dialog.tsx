import { AlertDialog as BaseAlertDialog } from '@base-ui/react/alert-dialog'
import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactElement, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { Button, type ButtonVariant, IconButton } from './button.tsx'
import styles from './dialog.module.css'
import { UI_TEXTS } from './texts.ts'

export interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly description?: ReactNode
  readonly children: ReactNode
}

/** A modal question with a form in it. Esc, the cross and a click outside close it; focus goes to its first field and comes back. */
export function Dialog({ open, onClose, title, description, children }: DialogProps): ReactElement {
  const texts = useTexts(UI_TEXTS)
  const popup = useRef<HTMLDivElement>(null)
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles.backdrop} />
        <BaseDialog.Popup ref={popup} className={styles.popup} initialFocus={() => firstFieldIn(popup.current) ?? true}>
          <div className={styles.head}>
            <BaseDialog.Title className={styles.title}>{title}</BaseDialog.Title>
            <BaseDialog.Close
              render={
                <IconButton label={texts.close} small>
                  <X />
                </IconButton>
              }
            />
          </div>
          {description !== undefined && <BaseDialog.Description className={styles.description}>{description}</BaseDialog.Description>}
          {children}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}

/** Else the focus rests on the first thing that can have it. */
function firstFieldIn(popup: HTMLElement | null): HTMLElement | null | undefined {
  return popup?.querySelector<HTMLElement>(':is(input:not([type=hidden], [type=file]), textarea, select):enabled')
}

/** The row of buttons that ends a dialog. */
export function DialogActions({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={styles.actions}>{children}</div>
}

export interface ConfirmProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  /** What is lost and cannot come back. */
  readonly children: ReactNode
  /** The verb on the button: `Delete key`. */
  readonly action: string
  readonly variant?: ButtonVariant
  /** Closes when it resolves; a sentence as its value keeps the dialog open and is shown. */
  readonly onConfirm: () => Promise<string | undefined>
}

/** Asks before what cannot be undone. Focus starts on Cancel, so a stray Enter harms nothing; it comes back to where it was, or to what is left nearby. */
export function Confirm({ open, onClose, title, children, action, variant = 'danger', onConfirm }: ConfirmProps): ReactElement {
  const texts = useTexts(UI_TEXTS)
  const place = useRef<HTMLSpanElement>(null)
  useFocusNearby(place, open)
  const [phase, setPhase] = useState<{ readonly is: 'asking' | 'busy' } | { readonly is: 'failed'; readonly message: string }>({ is: 'asking' })

  async function confirm(): Promise<void> {
    setPhase({ is: 'busy' })
    const message = await onConfirm()
    setPhase(message === undefined ? { is: 'asking' } : { is: 'failed', message })
    if (message === undefined) onClose()
  }
  function cancel(): void {
    setPhase({ is: 'asking' })
    onClose()
  }

  return (
    <BaseAlertDialog.Root open={open} onOpenChange={(next) => !next && cancel()}>
      <span ref={place} hidden />
      <BaseAlertDialog.Portal>
        <BaseAlertDialog.Backdrop className={styles.backdrop} />
        <BaseAlertDialog.Popup className={styles.popup}>
          <div className={styles.head}>
            <BaseAlertDialog.Title className={styles.title}>{title}</BaseAlertDialog.Title>
          </div>
          <BaseAlertDialog.Description className={styles.description}>{children}</BaseAlertDialog.Description>
          {phase.is === 'failed' && (
            <p className={styles.failed} role="alert">
              {phase.message}
            </p>
          )}
          <DialogActions>
            <BaseAlertDialog.Close render={<Button>{texts.cancel}</Button>} />
            <Button variant={variant} disabled={phase.is === 'busy'} onClick={() => void confirm()}>
              {action}
            </Button>
          </DialogActions>
        </BaseAlertDialog.Popup>
      </BaseAlertDialog.Portal>
    </BaseAlertDialog.Root>
  )
}

/** What can have the focus, in the order of the document. */
const FOCUSABLE = ':is(button, input, textarea, select):enabled, a[href], [tabindex="0"]'

/** Where what was asked about is gone by the answer, and with it the button that had the focus: the focus goes to what is left nearby. */
function useFocusNearby(place: RefObject<HTMLElement | null>, open: boolean): void {
  useEffect(() => {
    if (!open) return undefined
    const around: HTMLElement[] = []
    for (let each = place.current?.parentElement; each != null; each = each.parentElement) around.push(each)
    return () => {
      if (around[0]?.isConnected !== false) return
      const left = around.find((each) => each.isConnected && each.querySelector(FOCUSABLE) !== null)
      left?.querySelector<HTMLElement>(FOCUSABLE)?.focus({ preventScroll: true })
    }
  }, [place, open])
}
