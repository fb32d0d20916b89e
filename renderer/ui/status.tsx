import type { ReactElement, ReactNode } from 'react'
import styles from './status.module.css'

export type StatusTone = 'ok' | 'warn' | 'bad' | 'info' | 'idle'

/** A coloured dot with its word: colour never speaks alone. */
export function Status({ tone, children, beats = false }: { readonly tone: StatusTone; readonly children: ReactNode; readonly beats?: boolean }): ReactElement {
  return (
    <span className={styles.status} data-tone={tone}>
      <span className={styles.dot} data-beats={beats || undefined} aria-hidden="true" />
      {children}
    </span>
  )
}

/** A small tinted word, such as `simulated`. */
export function Chip({ tone = 'idle', title, children }: { readonly tone?: StatusTone; readonly title?: string; readonly children: ReactNode }): ReactElement {
  return (
    <span className={styles.chip} data-tone={tone} title={title}>
      {children}
    </span>
  )
}

/** A result in a sentence, on tinted ground; read out when it appears. */
export function Notice({ tone, children }: { readonly tone: StatusTone; readonly children: ReactNode }): ReactElement {
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  )
}
