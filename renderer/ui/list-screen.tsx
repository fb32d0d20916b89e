import type { ReactElement, ReactNode } from 'react'
import styles from './list-screen.module.css'

export interface ListScreenProps {
  /** Read aloud; the rail shows where one is. */
  readonly title: string
  readonly children: ReactNode
}

/** A screen that holds one list: bars above it, details beside it. */
export function ListScreen({ title, children }: ListScreenProps): ReactElement {
  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">{title}</h1>
      {children}
    </div>
  )
}

/** What narrows the list, and what can be done with all of it. `label` names the region, for screen readers. */
export function Toolbar({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <search className={styles.toolbar} aria-label={label}>
      {children}
    </search>
  )
}

/** One of several lines of a toolbar. */
export function ToolbarLine({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={styles.line}>{children}</div>
}

/** Buttons at the end of a toolbar. */
export function Tools({ children }: { readonly children: ReactNode }): ReactElement {
  return <span className={styles.tools}>{children}</span>
}

/** How many rows there are, at the end of a toolbar. `announced`: read aloud when it changes. */
export function RowCount({ announced = false, children }: { readonly announced?: boolean; readonly children: ReactNode }): ReactElement {
  return (
    <span className={styles.count} role={announced ? 'status' : undefined}>
      {children}
    </span>
  )
}

export interface SplitProps {
  readonly list: ReactNode
  /** A `Drawer`, or nothing. */
  readonly detail: ReactNode
}

/** The list, and details at its end. */
export function Split({ list, detail }: SplitProps): ReactElement {
  return (
    <div className={styles.split}>
      {list}
      {detail}
    </div>
  )
}

/** Room for the table, or for what stands in its place. */
export function ListArea({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={styles.list}>{children}</div>
}

export interface FilterSelectProps {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly options: readonly { readonly value: string; readonly title: string }[]
  /** Shown in colour while anything but the empty value is chosen. */
  readonly marked?: boolean
}

/** A choice of few in a toolbar. */
export function FilterSelect({ label, value, onValue, options, marked = false }: FilterSelectProps): ReactElement {
  return (
    <select
      className={styles.select}
      aria-label={label}
      data-set={(marked && value !== '') || undefined}
      value={value}
      onChange={(event) => onValue(event.target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.title}
        </option>
      ))}
    </select>
  )
}
