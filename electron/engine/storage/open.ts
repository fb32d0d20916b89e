/**
 * Opens `switchyard.db` in the data folder and brings its schema up to date. What is there is never destroyed: a migration is preceded by a
 * copy, a damaged file is moved aside, and a file of a newer Switchyard is left as it is.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { MIGRATIONS, type Migration } from './migrations/migration.ts'
import { rescueKeys } from './rescue.ts'
import type { StorageLog } from './storage-log.ts'

export const DATABASE_FILE = 'switchyard.db'

/** How long to wait for another process that writes; migrations of a large ledger take seconds. */
const BUSY_TIMEOUT_MS = 5_000

/** Checking reads the whole file, and the first request waits for it. A larger one is trusted: the death of a process does no harm to a write-ahead log. */
const CHECK_LIMIT_BYTES = 16 * 1024 * 1024

/**
 * Of a new database; an older one keeps SQLite's 4 kB. An exchange is a kilobyte or two, of which more fit into a larger page with less room left over, and
 * a batch writes fewer of them: each page costs some system calls, to the log and from there to the file.
 */
const PAGE_BYTES = 8_192

/** Pages at the end of an index change with every batch; the rarer they are copied from the log into the file, the less is written twice. */
const CHECKPOINT_BYTES = 16 * 1024 * 1024

/** The database was written by a newer Switchyard; this one does not know what it would break. */
export class DatabaseTooNew extends Error {
  constructor(file: string, version: number, known: number) {
    super(
      `${file} was written by a newer Switchyard (its format is ${version}, this one knows up to ${known}). It has been left untouched: update Switchyard, or start it with another data folder.`,
    )
    this.name = 'DatabaseTooNew'
  }
}

export interface OpenOptions {
  readonly log?: StorageLog
  readonly migrations?: readonly Migration[]
  /** For the names of files moved aside. */
  readonly now?: () => number
}

/** @throws DatabaseTooNew, or SQLite's own error when the file cannot be opened at all (no permission, disk full). */
export function openDatabase(dataDir: string, options: OpenOptions = {}): Database.Database {
  const { log = () => undefined, migrations = MIGRATIONS, now = Date.now } = options
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, DATABASE_FILE)
  try {
    return openAndMigrate(file, migrations, log)
  } catch (thrown) {
    if (!isCorrupt(thrown)) throw thrown
    const aside = moveAside(file, now())
    log('error', `${file} is damaged (${(thrown as Error).message}). It was moved to ${aside} and a new database begun; past traffic is only in the old file.`)
    const fresh = openAndMigrate(file, migrations, log)
    rescueKeys(aside, fresh, log)
    return fresh
  }
}

function openAndMigrate(file: string, migrations: readonly Migration[], log: StorageLog): Database.Database {
  const unclean = sizeOf(`${file}-wal`) > 0
  createPrivate(file)
  const database = new Database(file, { timeout: BUSY_TIMEOUT_MS })
  try {
    const known = migrations.at(-1)?.version ?? 0
    const version = versionOf(database)
    // Before anything is written, the journal mode included.
    if (version > known) throw new DatabaseTooNew(file, version, known)
    database.pragma(`page_size = ${PAGE_BYTES}`)
    database.pragma('journal_mode = WAL')
    // Survives the death of the process; a power cut may take the last commits, never the file's consistency.
    database.pragma('synchronous = NORMAL')
    database.pragma('foreign_keys = ON')
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_BYTES / Number(database.pragma('page_size', { simple: true }))}`)
    // A database that was closed leaves no log behind. Only after a crash is the time for a check well spent.
    if (unclean && sizeOf(file) <= CHECK_LIMIT_BYTES) check(database)
    migrate(database, file, migrations, log)
    return database
  } catch (thrown) {
    database.close()
    throw thrown
  }
}

function migrate(database: Database.Database, file: string, migrations: readonly Migration[], log: StorageLog): void {
  const before = versionOf(database)
  const pending = migrations.filter((migration) => migration.version > before)
  if (pending.length === 0) return
  if (hasTables(database)) {
    const backup = `${file}.backup-v${before}`
    copyTo(database, backup)
    log('info', `Before changing the database's format from ${before} to ${pending.at(-1)?.version} a copy was made: ${backup}`)
  }
  for (const migration of pending) {
    database
      .transaction(() => {
        // Another process may have taken this step while we waited for the lock.
        if (versionOf(database) >= migration.version) return
        database.exec(migration.sql)
        database.pragma(`user_version = ${migration.version}`)
      })
      .immediate()
  }
}

function versionOf(database: Database.Database): number {
  return Number(database.pragma('user_version', { simple: true }))
}

function hasTables(database: Database.Database): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' LIMIT 1").get() !== undefined
}

function copyTo(database: Database.Database, backup: string): void {
  const unfinished = `${backup}.unfinished`
  rmSync(unfinished, { force: true })
  database.prepare('VACUUM INTO ?').run(unfinished)
  chmodSync(unfinished, 0o600)
  renameSync(unfinished, backup)
}

class DamagedDatabase extends Error {}

function check(database: Database.Database): void {
  const verdict = String(database.pragma('quick_check(1)', { simple: true }))
  if (verdict !== 'ok') throw new DamagedDatabase(verdict)
}

function isCorrupt(thrown: unknown): boolean {
  if (thrown instanceof DamagedDatabase) return true
  return thrown instanceof Database.SqliteError && (thrown.code.startsWith('SQLITE_CORRUPT') || thrown.code === 'SQLITE_NOTADB')
}

function moveAside(file: string, at: number): string {
  const aside = `${file}.damaged-${new Date(at).toISOString().replaceAll(':', '-')}`
  // The log belongs to the file: next to a new database SQLite would take it for that one's.
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix)
  return aside
}

/** SQLite would create the file readable for everybody, and its log files copy its mode. The ledger holds people's prompts. */
function createPrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600))
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** What SQLite finds damaged, a line each, at most 20. https://sqlite.org/pragma.html#pragma_quick_check */
export function damageIn(database: Database.Database): readonly string[] {
  const lines = (database.pragma('quick_check(20)') as readonly { readonly quick_check: string }[]).map(({ quick_check }) => quick_check)
  return lines.length === 1 && lines[0] === 'ok' ? [] : lines
}
