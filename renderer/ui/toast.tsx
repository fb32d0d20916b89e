import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import { textsNow, useTexts } from '../i18n/texts.ts'
import { Button, IconButton } from './button.tsx'
import { UI_TEXTS } from './texts.ts'
import styles from './toast.module.css'

const manager = Toast.createToastManager()

const SHOWN_MS = 6000
const AT_ONCE = 3

/** Says that something was done, from anywhere, also from actions. `undo` puts a button beside it. Returns what takes it away before its time. */
export function showToast(text: string, undo?: () => void): () => void {
  const id = manager.add({
    title: text,
    timeout: SHOWN_MS,
    ...(undo && {
      actionProps: {
        children: textsNow(UI_TEXTS).undo,
        onClick: () => {
          manager.close(id)
          undo()
        },
      },
    }),
  })
  return () => manager.close(id)
}

/** Says that something failed; stays until it is closed. */
export function showFailure(text: string): void {
  // not of high priority: Base UI would hide it from screen readers, its button included, in favour of a copy that cannot be dismissed
  manager.add({ title: text, type: 'bad', timeout: 0 })
}

/** The corner where toasts appear. Once in the app. */
export function ToastHost(): ReactElement {
  return (
    <Toast.Provider toastManager={manager} limit={AT_ONCE}>
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport} data-toasts>
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function Toasts(): readonly ReactElement[] {
  const { toasts } = Toast.useToastManager()
  const { dismiss } = useTexts(UI_TEXTS)
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles.toast} swipeDirection="right">
      <Toast.Content className={styles.content}>
        {/* a heading by default, which it is not */}
        <Toast.Title className={styles.title} render={<p />} />
        {toast.actionProps !== undefined && <Toast.Action render={<Button small />} />}
        <Toast.Close
          // Base UI hides it while the toasts are not looked at, and it can be reached by Tab all the same
          aria-hidden={false}
          render={
            <IconButton label={dismiss} small>
              <X />
            </IconButton>
          }
        />
      </Toast.Content>
    </Toast.Root>
  ))
}
