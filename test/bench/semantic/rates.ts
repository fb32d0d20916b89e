/** Counting what a rule serves, and tables of it. */
export interface Counts {
  /** Served and rightly so, served wrongly, not served though it could have been, rightly not served. */
  readonly right: number
  readonly wrong: number
  readonly missed: number
  readonly refused: number
}

export function count<Item extends { readonly same: boolean }>(items: readonly Item[], serves: (item: Item) => boolean): Counts {
  let [right, wrong, missed, refused] = [0, 0, 0, 0]
  for (const item of items) {
    const served = serves(item)
    if (served && item.same) right++
    else if (served) wrong++
    else if (item.same) missed++
    else refused++
  }
  return { right, wrong, missed, refused }
}

export const sum = (all: readonly Counts[]): Counts => ({
  right: all.reduce((total, { right }) => total + right, 0),
  wrong: all.reduce((total, { wrong }) => total + wrong, 0),
  missed: all.reduce((total, { missed }) => total + missed, 0),
  refused: all.reduce((total, { refused }) => total + refused, 0),
})

const share = (part: number, whole: number): number => (whole === 0 ? Number.NaN : part / whole)
/** Of what was served, how much rightly. */
export const precision = ({ right, wrong }: Counts): number => share(right, right + wrong)
/** Of what could have been served, how much was. */
export const recall = ({ right, missed }: Counts): number => share(right, right + missed)
/** Of what must not be served, how much was. */
export const falseHits = ({ wrong, refused }: Counts): number => share(wrong, wrong + refused)

export const percent = (value: number): string => (Number.isNaN(value) ? '–' : `${(value * 100).toFixed(1)} %`)

/** A Markdown table, padded so that it reads as text too. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n')
}
