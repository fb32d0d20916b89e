import type { ReactElement, ReactNode } from 'react'
import { useTexts } from '../../../i18n/texts.ts'
import { classes } from '../../../ui/button.tsx'
import styles from '../routing.module.css'
import auto from './auto.module.css'
import { AUTO_TEXTS } from './texts.ts'

export interface FiguresProps {
  /** What it is about; it says itself that it is figures. */
  readonly label: string
  /** The first column names the row; the others hold figures unless told. */
  readonly columns: readonly string[]
  /** So many columns hold words. */
  readonly words?: number
  /** Long words go on in the next line. */
  readonly wrap?: boolean
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
}

/** A table that scrolls sideways where it has to. */
export function Figures({ label, columns, words = 1, wrap = false, rows }: FiguresProps): ReactElement {
  const texts = useTexts(AUTO_TEXTS)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={`${label}: ${texts.table}`}>
      <table className={classes(styles.table, wrap && auto.wrapping)}>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th key={column} scope="col" data-number={at >= words || undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...cells] }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => (
                <td key={columns[at + 1]} data-number={at + 1 >= words || undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
