import type { Database } from 'better-sqlite3'
import type { MatrixCell, MatrixRow, MatrixSpec, MatrixState } from '../../../shared/api/matrix.ts'
import { asNanoUsd } from '../../../shared/money.ts'

interface StoredRun {
  readonly id: string
  readonly at: number
  readonly name: string
  readonly state: string
  readonly total: number
  readonly done: number
  readonly failing: number
  readonly spent: number
  readonly unpriced: number
}

const COUNTED = `
  SELECT id, at, name, state, total, count(place) AS done, coalesce(sum(failing), 0) AS failing, coalesce(sum(cost_nano_usd), 0) AS spent,
    count(place) - count(cost_nano_usd) AS unpriced
  FROM matrix_runs LEFT JOIN matrix_cells ON run = id`

/** Matrix runs and the cells that are answered; what has no row is still to do, which is how a run goes on after a restart. */
export function matrixTables(database: Database) {
  const put = database.prepare<[Record<string, string | number>]>(
    'INSERT INTO matrix_runs (id, at, name, state, total, spec) VALUES (@id, @at, @name, @state, @total, @spec)',
  )
  const list = database.prepare<[], StoredRun>(`${COUNTED} GROUP BY id ORDER BY at DESC, id DESC`)
  const get = database.prepare<[string], StoredRun>(`${COUNTED} WHERE id = ? GROUP BY id`)
  const specOf = database.prepare<[string], { spec: string }>('SELECT spec FROM matrix_runs WHERE id = ?')
  const setState = database.prepare<[string, string]>('UPDATE matrix_runs SET state = ? WHERE id = ?')
  const setSpec = database.prepare<[string, string]>('UPDATE matrix_runs SET spec = ? WHERE id = ?')
  const pauseAll = database.prepare<[]>("UPDATE matrix_runs SET state = 'paused' WHERE state = 'running'")
  const remove = database.prepare<[string]>('DELETE FROM matrix_runs WHERE id = ?')
  const putCell = database.prepare<[Record<string, string | number | null>]>(`
    INSERT OR REPLACE INTO matrix_cells (run, place, serial, failing, cost_nano_usd, cell)
    VALUES (@run, @place, @serial, @failing, @cost, @cell)`)
  const cells = database.prepare<[string, number], { cell: string }>('SELECT cell FROM matrix_cells WHERE run = ? AND serial > ? ORDER BY serial')
  const places = database.prepare<[string], { place: number; serial: number }>('SELECT place, serial FROM matrix_cells WHERE run = ?')

  return {
    putMatrix: ({ id, at, name, state, total }: Pick<MatrixRow, 'id' | 'at' | 'name' | 'state' | 'total'>, spec: MatrixSpec): void =>
      void put.run({ id, at, name, state, total, spec: JSON.stringify(spec) }),
    /** Newest first. */
    listMatrices: (): readonly MatrixRow[] => list.all().map(fromStored),
    getMatrix: (id: string): { readonly row: MatrixRow; readonly spec: MatrixSpec } | undefined => {
      const stored = get.get(id)
      const spec = specOf.get(id)
      return stored && spec && { row: fromStored(stored), spec: JSON.parse(spec.spec) as MatrixSpec }
    },
    setMatrixState: (id: string, state: MatrixState): void => void setState.run(state, id),
    setMatrixSpec: (id: string, spec: MatrixSpec): void => void setSpec.run(JSON.stringify(spec), id),
    /** What ran when Switchyard ended does not run any more. */
    pauseMatrices: (): void => void pauseAll.run(),
    removeMatrix: (id: string): void => void remove.run(id),
    putMatrixCell: (run: string, cell: MatrixCell, failing: boolean): void =>
      void putCell.run({ run, place: cell.place, serial: cell.serial, failing: Number(failing), cost: cell.cost ?? null, cell: JSON.stringify(cell) }),
    /** In the order in which they were answered. */
    matrixCells: (run: string, after: number): readonly MatrixCell[] => cells.all(run, after).map(({ cell }) => JSON.parse(cell) as MatrixCell),
    matrixPlaces: (run: string): readonly { readonly place: number; readonly serial: number }[] => places.all(run),
  }
}

function fromStored({ id, at, name, state, total, done, failing, spent, unpriced }: StoredRun): MatrixRow {
  return { id, at, name, state: state as MatrixState, total, done, failing, spent: asNanoUsd(spent), unpriced }
}
