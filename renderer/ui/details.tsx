import type { ReactElement, ReactNode } from 'react'
import styles from './details.module.css'
import { UNKNOWN } from './figures.ts'

/** The two lines at the top of a drawer. Of the second, a part in `GivesWay` is cut where room is short. */
export function DetailTitle({ name, note }: { readonly name: ReactNode; readonly note?: ReactNode }): ReactElement {
  return (
    <div className={styles.title}>
      <h2 className={styles.name}>{name}</h2>
      {note !== undefined && <span className={styles.note}>{note}</span>}
    </div>
  )
}

export function GivesWay({ children }: { readonly children: ReactNode }): ReactElement {
  return <span className={styles.gives}>{children}</span>
}

/** What a drawer without tabs shows; it scrolls. `label` names it, for screen readers. */
export function DetailBody({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className={styles.body} tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}

export interface BlockProps {
  readonly title: string
  readonly note?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A titled part of what a drawer shows. */
export function Block({ title, note, actions, children }: BlockProps): ReactElement {
  return (
    <section className={styles.block} aria-label={title}>
      <h3 className={styles.blockTitle}>
        {title}
        {note !== undefined && <span className={styles.blockNote}>{note}</span>}
        {actions !== undefined && <span className={styles.blockActions}>{actions}</span>}
      </h3>
      {children}
    </section>
  )
}

/** Names and their values, one below the other; in `columns` where there is room. */
export function Facts({ columns = false, children }: { readonly columns?: boolean; readonly children: ReactNode }): ReactElement {
  return (
    <dl className={styles.facts} data-columns={columns || undefined}>
      {children}
    </dl>
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
