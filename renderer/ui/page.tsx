import type { ReactElement, ReactNode } from 'react'
import styles from './page.module.css'

export interface PageProps {
  readonly title: string
  /** One sentence: what this screen is for. */
  readonly lead: ReactNode
  readonly actions?: ReactNode
  /** A narrower column at the right; below the rest in a narrow window. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** A screen that scrolls as a whole: title line, then sections. */
export function Page({ title, lead, actions, aside, children }: PageProps): ReactElement {
  const hasAside = aside !== undefined && aside !== false
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className={styles.scroller} tabIndex={0} aria-label={title}>
      <div className={styles.page} data-wide={hasAside || undefined}>
        <header className={styles.header}>
          <div className={styles.words}>
            <h1>{title}</h1>
            <p className={styles.lead}>{lead}</p>
          </div>
          {actions}
        </header>
        <div className={styles.columns}>
          <div className={styles.main}>{children}</div>
          {hasAside && <div className={styles.aside}>{aside}</div>}
        </div>
      </div>
    </section>
  )
}

export interface SectionProps {
  readonly title: string
  readonly hint?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A titled part of a page. */
export function Section({ title, hint, actions, children }: SectionProps): ReactElement {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.sectionHead}>
        <h2>{title}</h2>
        {hint !== undefined && <span className={styles.hint}>{hint}</span>}
        <span className={styles.gap} />
        {actions}
      </div>
      {children}
    </section>
  )
}

/** A hairline box; its direct children are parted by hairlines. */
export function Panel({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={styles.panel}>{children}</div>
}
