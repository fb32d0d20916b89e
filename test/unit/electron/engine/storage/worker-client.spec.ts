import { execFileSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { writeExchange } from '../../../../../electron/engine/storage/ledger-json.ts'
import { MIGRATIONS } from '../../../../../electron/engine/storage/migrations/migration.ts'
import { openDatabase } from '../../../../../electron/engine/storage/open.ts'
import type { Storage } from '../../../../../electron/engine/storage/storage.ts'
import { openStorage, StorageError } from '../../../../../electron/engine/storage/worker-client.ts'
import type { CallMessage } from '../../../../../electron/engine/storage/worker-messages.ts'
import { dataFolder } from '../../../../support/data-folder.ts'
import { closedRow, exchangeOf, openRow } from '../../../../support/ledger-rows.ts'

const opened: Storage[] = []
afterEach(async () => {
  for (const storage of opened.splice(0)) await storage.close()
})

async function open(dataDir: string, log: string[] = []): Promise<Storage> {
  const storage = await openStorage({ dataDir, log: (level, message) => log.push(`${level}: ${message}`) })
  opened.push(storage)
  return storage
}

it('answers every question of the interface from its thread', async () => {
  const storage = await open(dataFolder())
  await storage.writeLedger([
    { record: openRow('a', { at: 1 }), exchange: undefined },
    { record: closedRow('b', { at: 2 }), exchange: writeExchange(exchangeOf('b')) },
  ])
  expect((await storage.listLedger({ limit: 1 })).rows).toEqual([closedRow('b', { at: 2 })])
  expect(await storage.getLedger('b')).toEqual({ record: closedRow('b', { at: 2 }), exchange: exchangeOf('b') })
  expect(await storage.getLedger('none')).toBeUndefined()
  expect(await storage.totalsSince(0)).toEqual({ requests: 2, spent: 12_345, unpriced: 0 })
  expect(await storage.closeCrashed(5)).toBe(1)
  await storage.trimExchanges(0)
  expect((await storage.getLedger('b'))?.exchange).toBeUndefined()

  const credential = { id: 'c', provider: 'openai', label: 'Key 1', last4: '', vault: 'memory', order: 0, createdAt: 1, lastUsedAt: undefined } as const
  await storage.putCredential(credential)
  expect(await storage.touchCredential('c', 2)).toBe(true)
  expect(await storage.listCredentials()).toEqual([{ ...credential, lastUsedAt: 2 }])
  await storage.removeCredential('c')
  expect(await storage.listCredentials()).toEqual([])

  const key = { id: 'k', name: 'Cursor', last4: 'abcd', hash: '0'.repeat(64), createdAt: 1, lastUsedAt: undefined }
  await storage.putClientKey(key)
  expect(await storage.touchClientKey('k', 2)).toBe(true)
  expect(await storage.listClientKeys()).toEqual([{ ...key, lastUsedAt: 2 }])
  await storage.removeClientKey('k')
  expect(await storage.touchClientKey('k', 3)).toBe(false)
})

it('writes what was asked before it closes, and refuses what comes later', async () => {
  const dataDir = dataFolder()
  const storage = await openStorage({ dataDir })
  const written = storage.writeLedger([{ record: closedRow('a'), exchange: undefined }])
  await Promise.all([storage.close(), storage.close()])
  await written
  await expect(storage.totalsSince(0)).rejects.toThrow('The database is closed.')
  expect(await (await open(dataDir)).getLedger('a')).toBeDefined()
})

it('refuses a page mark that is not its own as the caller’s mistake', async () => {
  const storage = await open(dataFolder())
  await expect(storage.listLedger({ limit: 1, before: 'nonsense' })).rejects.toMatchObject({ failure: { kind: 'bad-input', field: 'before' } })
})

describe('a database that cannot be opened', () => {
  it('rejects every call with the reason, early and late ones alike', async () => {
    const dataDir = dataFolder()
    const database = openDatabase(dataDir, { migrations: [...MIGRATIONS, { version: 99, sql: 'CREATE TABLE future (a TEXT) STRICT' }] })
    database.close()
    const log: string[] = []
    const storage = await open(dataDir, log)
    await expect(storage.totalsSince(0)).rejects.toThrow(/newer Switchyard/)
    await expect(storage.totalsSince(0)).rejects.toBeInstanceOf(StorageError)
    expect(log).toEqual([expect.stringMatching(/^error: .*newer Switchyard/)])
  })

  it('tells of a folder that is a file', async () => {
    const file = join(dataFolder(), 'file')
    writeFileSync(file, '')
    await expect((await open(file)).totalsSince(0)).rejects.toBeInstanceOf(StorageError)
  })
})

describe('a thread that dies', () => {
  /** The threads in the order of their starts. Questions for totals are lost on their way, so that they still wait when the thread ends. */
  const spyOnWorkers = () => {
    const workers: Worker[] = []
    const postMessage = Worker.prototype.postMessage
    vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker, message: CallMessage) {
      if (!workers.includes(this)) workers.push(this)
      if (message.name !== 'totalsSince') postMessage.call(this, message)
    })
    return workers
  }

  it('rejects what waits, is started again once, and then gives up loudly', async () => {
    const workers = spyOnWorkers()
    const log: string[] = []
    const storage = await open(dataFolder(), log)
    await storage.writeLedger([{ record: closedRow('a'), exchange: undefined }])

    const waiting = expect(storage.totalsSince(0)).rejects.toThrow('ended before it answered')
    await workers[0]?.terminate()
    await waiting
    expect(await storage.getLedger('a')).toBeDefined()
    expect(log).toEqual([expect.stringMatching(/^warn: .*started again/)])

    const again = expect(storage.totalsSince(0)).rejects.toThrow('ended before it answered')
    await workers[1]?.terminate()
    await again
    await expect(storage.totalsSince(0)).rejects.toThrow('ended twice')
    expect(log.at(-1)).toMatch(/^error: .*ended twice/)
  })
})

describe('a process of its own', () => {
  const client = fileURLToPath(new URL('../../../../../electron/engine/storage/worker-client.ts', import.meta.url))
  /** Runs `body` with an open `storage` in a new process and returns what it printed. */
  const run = (dataDir: string, body: string) => {
    const script = `
      import { createRequire } from 'node:module'
      import { openStorage } from ${JSON.stringify(client)}
      const storage = await openStorage({ dataDir: ${JSON.stringify(dataDir)} })
      ${body}`
    return execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8', timeout: 25_000 }).trim()
  }
  const PUT = "storage.putClientKey({ id: 'k', name: 'n', last4: '', hash: 'h', createdAt: 1, lastUsedAt: undefined })"
  const keysIn = (dataDir: string) => {
    const database = openDatabase(dataDir)
    const row = database.prepare('SELECT count(*) AS keys FROM client_keys').get()
    database.close()
    return row
  }

  it('ends when it forgot to close it, after the queue is written', () => {
    const dataDir = dataFolder()
    run(dataDir, `void ${PUT}`)
    expect(keysIn(dataDir)).toEqual({ keys: 1 })
  })

  it('can close it as its last act', () => {
    const dataDir = dataFolder()
    expect(run(dataDir, `void ${PUT}; await storage.close(); console.log('closed')`)).toBe('closed')
    expect(readdirSync(dataDir)).toEqual(['switchyard.db'])
    expect(keysIn(dataDir)).toEqual({ keys: 1 })
  })

  it('does not load SQLite into its main thread', () => {
    const loaded = `Object.keys(createRequire(${JSON.stringify(client)}).cache).filter((file) => file.includes('better-sqlite3'))`
    expect(run(dataFolder(), `await ${PUT}; console.log(JSON.stringify(${loaded}))`)).toBe('[]')
  })
})
