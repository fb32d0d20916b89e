import { ExternalLink } from 'lucide-react'
import type { MouseEvent, ReactElement } from 'react'
import styles from './outside-link.module.css'

/** An icon that leads out of Switchyard: through the shell in a desktop window, a new tab in a browser. */
export function OutsideLink({ href, label }: { readonly href: string; readonly label: string }): ReactElement {
  return (
    <a className={styles.link} href={href} target="_blank" rel="noreferrer" title={label} aria-label={label} onClick={openOutside}>
      <ExternalLink aria-hidden size={15} />
    </a>
  )
}

function openOutside(event: MouseEvent<HTMLAnchorElement>): void {
  const native = window.switchyardNative
  if (native === undefined) return
  event.preventDefault()
  native.openExternal(event.currentTarget.href).catch((thrown: unknown) => console.warn('The shell did not open the link.', thrown))
}
