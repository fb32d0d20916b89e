import type { ReactElement, ReactNode } from 'react'
import styles from './routing.module.css'

/** A titled part of a card: when, unless, then. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className={styles.part}>
      <span className={styles.partTitle}>{title}</span>
      <div className={styles.partBody}>{children}</div>
    </div>
  )
}
