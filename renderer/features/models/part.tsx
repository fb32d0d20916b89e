import type { ReactElement, ReactNode } from 'react'
import styles from './models.module.css'

/** A titled part of the details. */
export function Part({ title, hint, children }: { readonly title: string; readonly hint?: ReactNode; readonly children: ReactNode }): ReactElement {
  return (
    <section className={styles.part} aria-label={title}>
      <h3 className={styles.partTitle}>
        {title}
        {hint !== undefined && <span className={styles.partHint}>{hint}</span>}
      </h3>
      {children}
    </section>
  )
}
