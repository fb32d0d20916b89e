/** Which columns fit, and what a key does to the current row. Pure, so that the table only draws. */

/** Height of a row, 28 px as in `--row`; the windowing needs it as a number. */
export const ROW_PX = 28

export interface ColumnRoom {
  readonly id: string
  /** Its width; the least one of a column that fills or would like more. */
  readonly widthPx: number
  readonly fill?: boolean
  /** What it would like to have: other columns give way before it gets less. */
  readonly likesPx?: number
  /** Who goes first when there is no room: the highest number. Columns with 0 always stay. */
  readonly yields: number
}

/** The columns that fit into `widthPx`, in their order. */
export function fittingColumns<C extends ColumnRoom>(columns: readonly C[], widthPx: number): readonly C[] {
  let kept = columns
  for (;;) {
    const needed = kept.reduce((sum, column) => sum + (column.likesPx ?? column.widthPx), 0)
    const next = kept.reduce((most, column) => Math.max(most, column.yields), 0)
    if (needed <= widthPx || next === 0) return kept
    kept = kept.filter((column) => column.yields !== next)
  }
}

/** A CSS `grid-template-columns` for them. */
export function gridTemplate(columns: readonly ColumnRoom[]): string {
  return columns
    .map(({ widthPx, fill, likesPx }) => {
      if (fill === true) return `minmax(${widthPx}px, 1fr)`
      return likesPx === undefined ? `${widthPx}px` : `minmax(${widthPx}px, ${likesPx}px)`
    })
    .join(' ')
}

/** The row that a key, by its name or by what it means in lists, moves to, or undefined when the key does not move. `current` is -1 when there is none. */
export function rowAfterKey(key: string, current: number, count: number, rowsPerPage: number): number | undefined {
  if (count === 0) return undefined
  const within = (index: number): number => Math.min(count - 1, Math.max(0, index))
  switch (key) {
    case 'ArrowDown':
    case 'nextRow':
      return within(current + 1)
    case 'ArrowUp':
    case 'previousRow':
      return within(current - 1)
    case 'PageDown':
      return within(current + rowsPerPage)
    case 'PageUp':
      return within(current - rowsPerPage)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
