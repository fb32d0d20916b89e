import type { ReactElement, ReactNode } from 'react'
import { UNKNOWN } from '../../ui/figures.ts'
import styles from './traffic.module.css'

interface BlockProps {
  readonly title: string
  readonly note?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A titled part of a tab. */
export function Block({ title, note, actions, children }: BlockProps): ReactElement {
  return (
    <section className={styles.block} aria-label={title}>
      <h3 className={styles.blockTitle}>
        {title}
        {note !== undefined && <span className={styles.axis}>{note}</span>}
        {actions !== undefined && <span className={styles.blockActions}>{actions}</span>}
      </h3>
      {children}
    </section>
  )
}

/** A name and its value; what is unknown is dimmed. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd data-unknown={children === UNKNOWN || undefined}>{children}</dd>
    </div>
  )
}
