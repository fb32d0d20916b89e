import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { clientKeysTable } from '../../../../../electron/engine/storage/client-keys-table.ts'
import { writeBatch } from '../../../../../electron/engine/storage/ledger-json.ts'
import { ledgerTable } from '../../../../../electron/engine/storage/ledger-table.ts'
import { MIGRATIONS, type Migration } from '../../../../../electron/engine/storage/migrations/migration.ts'
import { DatabaseTooNew, openDatabase } from '../../../../../electron/engine/storage/open.ts'
import { dataFolder } from '../../../../support/data-folder.ts'
import { closedRow } from '../../../../support/ledger-rows.ts'

const newest = MIGRATIONS.at(-1)?.version ?? 0
const further: Migration = { version: newest + 1, sql: 'ALTER TABLE ledger ADD COLUMN test_only TEXT' }

function filled(dataDir: string): string {
  const database = openDatabase(dataDir)
  ledgerTable(database).write(writeBatch([{ record: closedRow('kept'), exchange: undefined }]))
  clientKeysTable(database).put({ id: 'k1', name: 'Cursor', last4: 'abcd', hash: 'f'.repeat(64), createdAt: 1, lastUsedAt: undefined })
  database.close()
  return join(dataDir, 'switchyard.db')
}

it('numbers migrations from 1 without gaps', () => {
  expect(MIGRATIONS.map((migration) => migration.version)).toEqual(MIGRATIONS.map((_, index) => index + 1))
})

describe('a new database', () => {
  it('stands in a folder that only its owner may enter, in a file that only its owner may read', () => {
    const dataDir = join(dataFolder(), 'new', 'data')
    openDatabase(dataDir).close()
    if (process.platform === 'win32') return
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    expect(statSync(join(dataDir, 'switchyard.db')).mode & 0o777).toBe(0o600)
  })

  it('writes ahead, waits for others, minds foreign keys, and has only strict tables', () => {
    const database = openDatabase(dataFolder())
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(database.pragma('synchronous', { simple: true })).toBe(1)
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(database.pragma('busy_timeout', { simple: true })).toBe(5_000)
    expect(database.pragma('page_size', { simple: true })).toBe(8_192)
    expect(database.pragma('user_version', { simple: true })).toBe(newest)
    const tables = database.pragma('table_list') as readonly { name: string; type: string; strict: number }[]
    // the full-text index is SQLite's own: virtual, with shadow tables that nobody else writes
    const ours = tables.filter((table) => table.type === 'table' && !table.name.startsWith('sqlite_'))
    expect(ours.filter((table) => table.strict !== 1)).toEqual([])
    database.close()
  })

  it('makes no copy of nothing', () => {
    const dataDir = dataFolder()
    openDatabase(dataDir).close()
    expect(readdirSync(dataDir)).toEqual(['switchyard.db'])
  })
})

describe('a migration', () => {
  it('is preceded by a copy of what was there', () => {
    const dataDir = dataFolder()
    const file = filled(dataDir)
    const log: string[] = []
    openDatabase(dataDir, { migrations: [...MIGRATIONS, further], log: (_, message) => log.push(message) }).close()
    const backup = `${file}.backup-v${newest}`
    expect(log).toEqual([expect.stringContaining(backup)])
    const copy = new Database(backup, { readonly: true })
    expect(copy.pragma('user_version', { simple: true })).toBe(newest)
    expect(ledgerTable(copy).get('kept')?.record).toEqual(closedRow('kept'))
    copy.close()
    if (process.platform !== 'win32') expect(statSync(backup).mode & 0o777).toBe(0o600)
  })

  it('keeps the rows', () => {
    const dataDir = dataFolder()
    filled(dataDir)
    const database = openDatabase(dataDir, { migrations: [...MIGRATIONS, further] })
    expect(ledgerTable(database).get('kept')?.record).toEqual(closedRow('kept'))
    database.close()
  })

  it('that fails leaves the database at its version', () => {
    const dataDir = dataFolder()
    const file = filled(dataDir)
    const broken = { version: newest + 1, sql: 'CREATE TABLE half (a INTEGER) STRICT; SELECT nonsense FROM nowhere' }
    expect(() => openDatabase(dataDir, { migrations: [...MIGRATIONS, broken] })).toThrow('nowhere')
    const database = new Database(file)
    expect(database.pragma('user_version', { simple: true })).toBe(newest)
    expect(database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined()
    database.close()
  })
})

it('leaves a database of a newer version untouched and says so', () => {
  const dataDir = dataFolder()
  const file = filled(dataDir)
  openDatabase(dataDir, { migrations: [...MIGRATIONS, further] }).close()
  const before = readFileSync(file)
  expect(() => openDatabase(dataDir)).toThrow(DatabaseTooNew)
  expect(() => openDatabase(dataDir)).toThrow(/newer Switchyard .* untouched/)
  expect(readFileSync(file).equals(before)).toBe(true)
})

describe('a damaged file', () => {
  it('is moved aside and a fresh database begun', () => {
    const dataDir = dataFolder()
    mkdirSync(dataDir, { recursive: true })
    const file = join(dataDir, 'switchyard.db')
    const garbage = Buffer.alloc(8192, 'not a database ')
    writeFileSync(file, garbage)
    const log: string[] = []
    const database = openDatabase(dataDir, { log: (level, message) => log.push(`${level}: ${message}`), now: () => Date.UTC(2026, 10, 1) })
    const aside = `${file}.damaged-2026-11-01T00-00-00.000Z`
    expect(readFileSync(aside).equals(garbage)).toBe(true)
    expect(log).toEqual([
      expect.stringMatching(/^error: .*damaged.*moved to .*damaged-2026/),
      expect.stringMatching(/^error: The provider keys could not be read .*enter them again/),
      expect.stringMatching(/^error: The client keys could not be read/),
    ])
    ledgerTable(database).write(writeBatch([{ record: closedRow('new'), exchange: undefined }]))
    expect(ledgerTable(database).get('new')).toBeDefined()
    database.close()
  })

  it('that looks whole is found after a crash, and its keys are taken over', () => {
    const dataDir = dataFolder()
    const file = filled(dataDir)
    // Ruin the ledger's own pages and leave a write-ahead log behind, as a crash does.
    const database = new Database(file)
    const page = database.prepare<[], { rootpage: number }>("SELECT rootpage FROM sqlite_schema WHERE name = 'ledger'").get()?.rootpage ?? 0
    const size = Number(database.pragma('page_size', { simple: true }))
    database.close()
    const bytes = readFileSync(file)
    bytes.fill(0x5a, (page - 1) * size, page * size)
    writeFileSync(file, bytes)
    writeFileSync(`${file}-wal`, Buffer.alloc(32))
    const log: string[] = []
    const fresh = openDatabase(dataDir, { log: (_, message) => log.push(message) })
    expect(log.join('\n')).toMatch(/damaged[\s\S]*1 client keys/)
    expect(
      clientKeysTable(fresh)
        .list()
        .map((key) => key.name),
    ).toEqual(['Cursor'])
    expect(ledgerTable(fresh).list({ limit: 5 }).rows).toEqual([])
    fresh.close()
  })
})

it('opens a database that a crash left with its log', () => {
  const dataDir = dataFolder()
  const file = filled(dataDir)
  const first = openDatabase(dataDir)
  ledgerTable(first).write(writeBatch([{ record: closedRow('in the log'), exchange: undefined }]))
  const copy = dataFolder()
  for (const suffix of ['', '-wal']) writeFileSync(join(copy, `switchyard.db${suffix}`), readFileSync(file + suffix))
  first.close()
  const second = openDatabase(copy)
  expect(ledgerTable(second).get('in the log')).toBeDefined()
  expect(existsSync(join(copy, 'switchyard.db-wal'))).toBe(true)
  second.close()
})
