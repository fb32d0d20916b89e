import { ExternalLink } from 'lucide-react'
import type { ReactElement } from 'react'
import { openLink } from './links.ts'
import styles from './outside-link.module.css'

/** An icon that leads out of Switchyard: through the shell in a desktop window, a new tab in a browser. */
export function OutsideLink({ href, label }: { readonly href: string; readonly label: string }): ReactElement {
  return (
    <a className={styles.link} href={href} target="_blank" rel="noreferrer" title={label} aria-label={label} onClick={openLink}>
      <ExternalLink aria-hidden size={15} />
    </a>
  )
}
