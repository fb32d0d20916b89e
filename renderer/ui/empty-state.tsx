import type { ReactElement, ReactNode } from 'react'
import styles from './empty-state.module.css'

export interface EmptyStateProps {
  readonly icon: ReactNode
  readonly title: string
  readonly children?: ReactNode
  /** A failure is announced; an empty list is not. */
  readonly tone?: 'calm' | 'bad'
}

/** What stands where a list would be: nothing yet, nothing found, or failed and how to go on. */
export function EmptyState({ icon, title, children, tone = 'calm' }: EmptyStateProps): ReactElement {
  return (
    <div className={styles.state} data-empty data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </div>
  )
}

/** Grey bars in the place of rows that are on their way. */
export function Skeleton({ rows, label }: { readonly rows: number; readonly label: string }): ReactElement {
  return (
    <div className={styles.skeleton} role="status" aria-label={label} data-skeleton>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical bars that never move
        <span key={index} className={styles.bar} style={{ '--bar-width': `${92 - ((index * 17) % 38)}%` }} />
      ))}
    </div>
  )
}
