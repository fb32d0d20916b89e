import type { ReactElement } from 'react'
import styles from './mark.module.css'

/** One line that parts into three: what the product does. */
export function Mark({ size }: { readonly size: number }): ReactElement {
  return (
    <svg className={styles.mark} width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <path d="M2 10h16M4.5 10c4 0 4-5.5 8-5.5H18M4.5 10c4 0 4 5.5 8 5.5H18" />
    </svg>
  )
}
