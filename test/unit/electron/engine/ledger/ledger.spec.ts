import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLedger, FLUSH_EVERY_MS, type LedgerOptions, QUEUED_ROWS, RETRY_EVERY_MS } from '../../../../../electron/engine/ledger/ledger.ts'
import { writeExchange } from '../../../../../electron/engine/storage/ledger-json.ts'
import type { LedgerWrite } from '../../../../../electron/engine/storage/storage.ts'
import { closedRow, exchangeOf, opening, openRow } from '../../../../support/ledger-rows.ts'

let batches: (readonly LedgerWrite[])[]
let failWith: Error | undefined
let errors: string[]
const changes: string[] = []

beforeEach(() => {
  vi.useFakeTimers()
  batches = []
  errors = []
  failWith = undefined
  changes.length = 0
})
afterEach(() => {
  vi.useRealTimers()
})

function ledger(more: Partial<LedgerOptions> = {}) {
  return createLedger({
    storage: {
      async writeLedger(rows) {
        if (failWith !== undefined) throw failWith
        batches.push(rows)
      },
    },
    onError: (error) => errors.push(error.message),
    onChange: (record) => changes.push(`${record.id} ${record.outcome}`),
    ...more,
  })
}

const written = () => batches.flat().map(({ record }) => `${record.id} ${record.outcome}`)

it('writes a row that opened and closed within one interval once', async () => {
  const pen = ledger()
  const a = pen.open(opening('a'))
  pen.close(closedRow('a'), exchangeOf('a'), a)
  expect(batches).toEqual([])
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS)
  expect(batches).toEqual([[{ record: closedRow('a'), exchange: writeExchange(exchangeOf('a')) }]])
})

it('writes a row that outlasts the interval when it opens and when it closes', async () => {
  const pen = ledger()
  const a = pen.open(opening('a'))
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS)
  pen.close(closedRow('a'), undefined, a)
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS)
  expect(written()).toEqual(['a open', 'a ok'])
})

it('has no timer while there is nothing to write', async () => {
  const pen = ledger()
  expect(vi.getTimerCount()).toBe(0)
  pen.open(opening('a'))
  expect(vi.getTimerCount()).toBe(1)
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS)
  expect(vi.getTimerCount()).toBe(0)
})

it('tells of every opening and closing at once', () => {
  const pen = ledger()
  const a = pen.open(opening('a'))
  pen.close(closedRow('a'), undefined, a)
  expect(changes).toEqual(['a open', 'a ok'])
})

it('knows which requests are open', () => {
  const pen = ledger()
  const a = pen.open(opening('a'))
  pen.open(opening('b'))
  pen.close(closedRow('a'), undefined, a)
  expect(pen.active()).toEqual([openRow('b')])
})

it('tells what is open oldest first, also where others have ended in between', () => {
  const pen = ledger()
  const [a, b] = [1, 2].map((at) => pen.open(opening(`r${at}`, { at })))
  pen.open(opening('r3', { at: 3 }))
  for (const row of [a, b]) pen.close(closedRow('gone'), undefined, row)
  for (const at of [4, 5]) pen.open(opening(`r${at}`, { at }))
  expect(pen.active().map(({ id }) => id)).toEqual(['r3', 'r4', 'r5'])
})

it('takes a record that is amended after its row was closed', async () => {
  const pen = ledger()
  const a = pen.open(opening('a'))
  pen.close(closedRow('a'), undefined, a)
  pen.open(opening('b'))
  pen.close(closedRow('a', { tokens: { input: 7 } }), undefined, a)
  expect(pen.active()).toEqual([openRow('b')])
  await pen.flush()
  expect(batches.flat().map(({ record: { id, tokens } }) => `${id} ${tokens.input}`)).toEqual(['a 10', 'a 7', 'b undefined'])
})

it('flushes everything recorded before the call, also while a batch is on its way', async () => {
  const pending: (() => void)[] = []
  const seen: string[] = []
  const pen = ledger({
    storage: {
      writeLedger: (rows) =>
        new Promise((resolve) => {
          pending.push(() => {
            seen.push(...rows.map(({ record }) => record.id))
            resolve()
          })
        }),
    },
  })
  pen.open(opening('a'))
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS)
  pen.open(opening('b'))
  let flushed = false
  const flush = pen.flush().then(() => {
    flushed = true
  })
  pending.shift()?.()
  await vi.advanceTimersByTimeAsync(0)
  expect(flushed).toBe(false)
  pending.shift()?.()
  await flush
  expect(seen).toEqual(['a', 'b'])
})

it('never has two batches on their way', async () => {
  let running = 0
  let most = 0
  const pen = ledger({
    storage: {
      async writeLedger() {
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 500))
        running--
      },
    },
  })
  for (let index = 0; index < 2_000; index++) {
    pen.open(opening(`r${index}`))
    if (index % 100 === 0) await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS)
  }
  await vi.advanceTimersByTimeAsync(20_000)
  expect(most).toBe(1)
})

it('splits what has gathered into batches of bounded size, in order', async () => {
  const pen = ledger()
  for (let index = 0; index < 1_000; index++) pen.open(opening(`r${index}`))
  await pen.flush()
  expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(256)
  expect(batches.flat().map(({ record }) => record.id)).toEqual(Array.from({ length: 1_000 }, (_, index) => `r${index}`))
})

it('keeps rows while the database fails, says so once, and writes the newest version of each when it is back', async () => {
  const pen = ledger()
  failWith = new Error('disk full')
  const a = pen.open(opening('a'))
  pen.open(opening('b'))
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS)
  pen.close(closedRow('a'), exchangeOf('a'), a)
  pen.open(opening('c'))
  await vi.advanceTimersByTimeAsync(RETRY_EVERY_MS * 3)
  expect(errors).toEqual([expect.stringContaining('disk full')])
  failWith = undefined
  await vi.advanceTimersByTimeAsync(RETRY_EVERY_MS)
  expect(written()).toEqual(['a ok', 'b open', 'c open'])
  expect(batches.flat()[0]?.exchange).toBe(writeExchange(exchangeOf('a')))
  expect(vi.getTimerCount()).toBe(0)
})

it('says anew when writing fails again later', async () => {
  const pen = ledger()
  for (const id of ['a', 'b']) {
    failWith = new Error(`disk full at ${id}`)
    pen.open(opening(id))
    await pen.flush()
    failWith = undefined
    await pen.flush()
  }
  expect(errors).toEqual([expect.stringContaining('at a'), expect.stringContaining('at b')])
})

it('lets the oldest exchanges go before any row when too much waits', async () => {
  const pen = ledger()
  failWith = new Error('disk full')
  const large = 'x'.repeat(8 * 1024 * 1024)
  for (let index = 0; index < 10; index++) pen.close(closedRow(`r${index}`), exchangeOf(`r${index}`, { requestBody: large }))
  await pen.flush()
  failWith = undefined
  await pen.flush()
  const kept = batches.flat().map(({ record, exchange }) => `${record.id} ${exchange === undefined ? 'row' : 'whole'}`)
  expect(kept).toEqual(['r0 row', 'r1 row', 'r2 row', ...[3, 4, 5, 6, 7, 8, 9].map((index) => `r${index} whole`)])
  expect(errors.filter((message) => message.includes('bodies'))).toHaveLength(1)
})

it('says once that bodies are let go while the database is merely slow', async () => {
  const pen = ledger()
  const large = 'x'.repeat(8 * 1024 * 1024)
  for (let index = 0; index < 40; index++) {
    pen.close(closedRow(`r${index}`), exchangeOf(`r${index}`, { requestBody: large }))
    if (index % 10 === 9) await vi.advanceTimersByTimeAsync(0)
  }
  await pen.flush()
  expect(batches.flat()).toHaveLength(40)
  expect(errors).toHaveLength(1)
})

it('bounds the rows that wait, and says how many were lost', async () => {
  const pen = ledger()
  failWith = new Error('disk full')
  for (let index = 0; index < QUEUED_ROWS + 3; index++) pen.open(opening(`r${index}`))
  await pen.flush()
  failWith = undefined
  await pen.flush()
  expect(batches.flat()).toHaveLength(QUEUED_ROWS)
  expect(batches.flat()[0]?.record.id).toBe('r3')
  expect(errors).toEqual([expect.stringContaining('being lost'), expect.stringContaining('disk full'), expect.stringContaining('3 rows were lost')])
})

it('writes what is left when it stops, and says what came too late', async () => {
  const pen = ledger()
  const a = pen.open(opening('a'))
  await pen.stop()
  expect(written()).toEqual(['a open'])
  pen.close(closedRow('a'), undefined, a)
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS)
  expect(written()).toEqual(['a open'])
  expect(errors).toEqual([expect.stringContaining('after the ledger had stopped')])
  expect(vi.getTimerCount()).toBe(0)
})

it('says what is lost when it stops while the database is gone', async () => {
  const pen = ledger()
  failWith = new Error('gone')
  pen.open(opening('a'))
  await pen.stop()
  expect(errors.at(-1)).toContain('1 rows of the ledger could not be written')
  expect(vi.getTimerCount()).toBe(0)
})
