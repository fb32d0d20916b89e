import type { comparisonsTable } from './comparisons-table.ts'
import type { libraryTable } from './library-table.ts'
import type { matrixTables } from './matrix-tables.ts'
import type { votesTable } from './votes-table.ts'

/** The playground's questions to the database, as its tables answer them inside the thread. */
export type PlaygroundCalls = ReturnType<typeof votesTable> &
  ReturnType<typeof libraryTable> &
  ReturnType<typeof comparisonsTable> &
  ReturnType<typeof matrixTables>
type Name = keyof PlaygroundCalls

/** The same as seen from outside the thread. */
export type PlaygroundStorage = { readonly [N in Name]: (...values: Parameters<PlaygroundCalls[N]>) => Promise<ReturnType<PlaygroundCalls[N]>> }

const NAMES: Readonly<Record<Name, true>> = {
  putVote: true,
  listVotes: true,
  voteTags: true,
  removeVote: true,
  listLibrary: true,
  putLibrary: true,
  importLibrary: true,
  removeLibrary: true,
  putComparison: true,
  listComparisons: true,
  getComparison: true,
  removeComparison: true,
  putMatrix: true,
  listMatrices: true,
  getMatrix: true,
  setMatrixState: true,
  setMatrixSpec: true,
  pauseMatrices: true,
  removeMatrix: true,
  putMatrixCell: true,
  matrixCells: true,
  matrixPlaces: true,
}

/** A function for each question, which hands its arguments to the thread. */
export function playgroundStorage(call: (name: Name, ...values: readonly unknown[]) => Promise<unknown>): PlaygroundStorage {
  const asked = Object.keys(NAMES).map((name) => [name, (...values: readonly unknown[]) => call(name as Name, ...values)])
  return Object.fromEntries(asked) as PlaygroundStorage
}
