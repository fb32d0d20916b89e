import type { MatrixCell, MatrixSpec } from '../../../../shared/api/matrix.ts'
import { isFailing } from '../../../../shared/matrix.ts'
import { fill } from '../../../../shared/template.ts'

/** One line of the table: a prompt with a row's values, and what each model answered so far. */
export interface Line {
  readonly prompt: number
  readonly row: number
  readonly question: string
  readonly values: Readonly<Record<string, string>>
  /** By model; undefined while it is not answered. */
  readonly cells: readonly (MatrixCell | undefined)[]
}

export const FILTERS = ['all', 'different', 'failing'] as const
export type Filter = (typeof FILTERS)[number]

export function linesOf(spec: MatrixSpec, cells: Iterable<MatrixCell>): readonly Line[] {
  const byPlace = new Map<number, MatrixCell>()
  for (const cell of cells) byPlace.set(cell.place, cell)
  const rows = Math.max(1, spec.rows.length)
  return spec.prompts.flatMap(({ text }, prompt) =>
    Array.from({ length: rows }, (_, row): Line => {
      const values = spec.rows[row] ?? {}
      const first = (prompt * rows + row) * spec.models.length
      return { prompt, row, question: fill(text, values), values, cells: spec.models.map((_model, place) => byPlace.get(first + place)) }
    }),
  )
}

export function filtered(lines: readonly Line[], filter: Filter): readonly Line[] {
  if (filter === 'all') return lines
  return lines.filter((line) => (filter === 'different' ? isDifferent(line) : line.cells.some((cell) => cell !== undefined && isFailing(cell))))
}

/** Two good answers that are not the same but for white space. */
export function isDifferent({ cells }: Pick<Line, 'cells'>): boolean {
  const answers = cells.flatMap((cell) => (cell?.outcome === 'ok' ? [cell.answer.trim().replace(/\s+/g, ' ')] : []))
  return new Set(answers).size > 1
}
