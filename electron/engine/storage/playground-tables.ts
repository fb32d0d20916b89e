import type { Database } from 'better-sqlite3'
import { comparisonsTable } from './comparisons-table.ts'
import { libraryTable } from './library-table.ts'
import { matrixTables } from './matrix-tables.ts'
import type { PlaygroundCalls } from './playground-storage.ts'
import { votesTable } from './votes-table.ts'

/** What the database's thread does for the playground. */
export function playgroundTables(database: Database): PlaygroundCalls {
  return { ...votesTable(database), ...libraryTable(database), ...comparisonsTable(database), ...matrixTables(database) }
}
