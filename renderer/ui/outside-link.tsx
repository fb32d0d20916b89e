import { ExternalLink } from 'lucide-react'
import type { ReactElement } from 'react'
import { openLink } from './links.ts'
import styles from './outside-link.module.css'

/** An icon that leads out of Switchyard: through the shell in a desktop window, a new tab in a browser. `inText`: it ends a sentence. */
export function OutsideLink({ href, label, inText = false }: { readonly href: string; readonly label: string; readonly inText?: boolean }): ReactElement {
  return (
    <a className={inText ? styles.inText : styles.link} href={href} target="_blank" rel="noreferrer" title={label} aria-label={label} onClick={openLink}>
      <ExternalLink aria-hidden size={inText ? 12 : 15} />
    </a>
  )
}
