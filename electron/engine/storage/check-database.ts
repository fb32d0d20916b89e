/** Looks at the database without changing it, for the doctor: whether SQLite finds it whole, and whether this Switchyard can read it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { MIGRATIONS } from './migrations/migration.ts'
import { DATABASE_FILE, damageIn } from './open.ts'

export type DatabaseState =
  | { readonly is: 'none' }
  | {
      readonly is: 'whole'
      readonly version: number
      readonly known: number
      readonly requests: number
      readonly keys: number
      readonly providers: readonly string[]
      readonly bytes: number
    }
  | { readonly is: 'too-new'; readonly version: number; readonly known: number }
  /** What SQLite says of it, a line each. */
  | { readonly is: 'damaged'; readonly damage: readonly string[] }

/** Reads the whole file: seconds for a large ledger. SQLite may leave an empty log and its index beside it, which the next start takes away. */
export function checkDatabase(dataDir: string): DatabaseState {
  const file = join(dataDir, DATABASE_FILE)
  if (!existsSync(file)) return { is: 'none' }
  let database: Database.Database | undefined
  try {
    database = new Database(file, { readonly: true, fileMustExist: true })
    return databaseState(database)
  } catch (thrown) {
    return damagedBy(thrown)
  } finally {
    database?.close()
  }
}

/** The same of one that is open. Reads all of it. */
export function databaseState(database: Database.Database): DatabaseState {
  try {
    const version = numberOf(database, 'user_version')
    const known = MIGRATIONS.at(-1)?.version ?? 0
    if (version > known) return { is: 'too-new', version, known }
    const damage = damageIn(database)
    if (damage.length > 0) return { is: 'damaged', damage }
    return {
      is: 'whole',
      version,
      known,
      bytes: numberOf(database, 'page_count') * numberOf(database, 'page_size'),
      requests: countOf(database, 'ledger'),
      keys: countOf(database, 'credentials'),
      providers: providersIn(database),
    }
  } catch (thrown) {
    return damagedBy(thrown)
  }
}

function damagedBy(thrown: unknown): DatabaseState {
  return { is: 'damaged', damage: [thrown instanceof Error ? thrown.message : String(thrown)] }
}

function numberOf(database: Database.Database, pragma: 'user_version' | 'page_count' | 'page_size'): number {
  return Number(database.pragma(pragma, { simple: true }))
}

/** 0 as well where the table is not there yet. */
function countOf(database: Database.Database, table: 'ledger' | 'credentials'): number {
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) === undefined) return 0
  return (database.prepare(`SELECT count(*) AS count FROM ${table}`).get() as { count: number }).count
}

/** Those that keys are stored for. */
function providersIn(database: Database.Database): readonly string[] {
  if (countOf(database, 'credentials') === 0) return []
  return (database.prepare('SELECT DISTINCT provider FROM credentials').all() as { provider: string }[]).map(({ provider }) => provider)
}
