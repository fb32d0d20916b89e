import { beforeEach, describe, expect, it } from 'vitest'
import { writeBatch, writeExchange } from '../../../../../electron/engine/storage/ledger-json.ts'
import { ledgerTable } from '../../../../../electron/engine/storage/ledger-table.ts'
import { openDatabase } from '../../../../../electron/engine/storage/open.ts'
import { asNanoUsd } from '../../../../../shared/money.ts'
import { dataFolder } from '../../../../support/data-folder.ts'
import { closedRow, exchangeOf, openRow } from '../../../../support/ledger-rows.ts'

let table: ReturnType<typeof ledgerTable>

beforeEach(() => {
  const database = openDatabase(dataFolder())
  table = ledgerTable(database)
  return () => database.close()
})

const write = (...rows: ReturnType<typeof openRow>[]) => table.write(writeBatch(rows.map((record) => ({ record, exchange: undefined }))))
const ids = (query: Parameters<typeof table.list>[0]) => table.list(query).rows.map((row) => row.id)

describe('rows', () => {
  it('come back as they went in', () => {
    const full = closedRow('a', { tokens: { input: 1, cacheRead: 2, cacheWrite5m: 3, cacheWrite1h: 4, output: 5, reasoning: 6 } })
    write(full)
    expect(table.get('a')).toEqual({ record: full, exchange: undefined })
  })

  it('keep what is unknown unknown, and 0 as 0', () => {
    write(closedRow('a', { tokens: { input: 0 }, cost: undefined }))
    expect(table.get('a')?.record.tokens).toStrictEqual({ input: 0 })
    expect(table.get('a')?.record.cost).toBeUndefined()
    write(closedRow('a', { cost: asNanoUsd(0) }))
    expect(table.get('a')?.record.cost).toBe(0)
  })

  it('replace their open version when closed', () => {
    write(openRow('a'))
    write(closedRow('a'))
    expect(table.list({ limit: 10 }).rows).toEqual([closedRow('a')])
  })

  it('are kept when a provider sent a fraction as a token count', () => {
    write(closedRow('a', { tokens: { input: 10.5, output: Number.NaN } }), closedRow('b'))
    expect(table.get('a')?.record.tokens).toStrictEqual({})
    expect(table.get('b')?.record.tokens).toStrictEqual({ input: 10, cacheRead: 0, output: 5 })
  })
})

it('writes the other rows of a batch when one breaks the rules, and says which', () => {
  const poisoned = openRow('poisoned', { at: Number.NaN })
  const rows = [openRow('a'), poisoned, openRow('b')].map((record) => ({ record, exchange: writeExchange(exchangeOf(record.id)) }))
  expect(table.write(writeBatch(rows))).toEqual([expect.stringMatching(/^poisoned: NOT NULL/)])
  expect(ids({ limit: 5 })).toEqual(['b', 'a'])
  expect(table.get('b')?.exchange).toBeDefined()
})

describe('exchanges', () => {
  it('come back with the abilities of their endpoints as a set', () => {
    table.write(writeBatch([{ record: closedRow('a'), exchange: writeExchange(exchangeOf('a')) }]))
    expect(table.get('a')?.exchange).toEqual(exchangeOf('a'))
    expect(table.get('a')?.exchange?.plan?.candidates[0]?.endpoint.can).toEqual(new Set(['tools', 'vision']))
  })

  it('outlive a later write of their row', () => {
    table.write(writeBatch([{ record: openRow('a'), exchange: writeExchange(exchangeOf('a')) }]))
    write(closedRow('a'))
    expect(table.get('a')?.exchange).toEqual(exchangeOf('a'))
  })

  it('are trimmed oldest first while their rows stay', () => {
    for (const at of [1, 2, 3]) table.write(writeBatch([{ record: closedRow(`r${at}`, { at }), exchange: writeExchange(exchangeOf(`r${at}`)) }]))
    table.trimExchanges(2)
    expect([1, 2, 3].map((at) => table.get(`r${at}`)?.exchange !== undefined)).toEqual([false, true, true])
    expect(ids({ limit: 10 })).toEqual(['r3', 'r2', 'r1'])
    table.trimExchanges(0)
    expect(table.get('r3')?.exchange).toBeUndefined()
  })
})

describe('the list', () => {
  it('pages through rows of one millisecond without losing or repeating any', () => {
    write(...Array.from({ length: 25 }, (_, index) => closedRow(`r${String(index).padStart(2, '0')}`, { at: 1_000 + Math.floor(index / 10) })))
    const seen: string[] = []
    let before: string | undefined
    do {
      const page = table.list({ limit: 4, before })
      seen.push(...page.rows.map((row) => row.id))
      before = page.cursor
    } while (before !== undefined)
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => `r${String(24 - index).padStart(2, '0')}`))
  })

  it('has no further page when the rows end with the page', () => {
    write(closedRow('a'), closedRow('b'))
    expect(table.list({ limit: 2 }).cursor).toBeUndefined()
  })

  it('is not disturbed by rows that arrive between two pages', () => {
    write(closedRow('a', { at: 1 }), closedRow('b', { at: 2 }))
    const { cursor } = table.list({ limit: 1 })
    write(closedRow('c', { at: 3 }))
    expect(ids({ limit: 1, before: cursor })).toEqual(['a'])
  })

  it('refuses a page mark that is not its own', () => {
    expect(() => table.list({ limit: 1, before: "' OR 1=1" })).toThrow('page mark')
  })

  it('filters by outcome', () => {
    write(openRow('open'), closedRow('ok'), closedRow('limited', { outcome: 'rate-limited' }), closedRow('gone', { outcome: 'cancelled' }))
    expect(ids({ limit: 10, outcome: 'open' })).toEqual(['open'])
    expect(ids({ limit: 10, outcome: 'ok' })).toEqual(['ok'])
    expect(ids({ limit: 10, outcome: 'failed' })).toEqual(['limited', 'gone'])
  })

  it.each([
    ['gpt-5', ['model']],
    ['ANTHROPIC/', ['served']],
    ['cursor', ['client']],
    ['rate-lim', ['outcome']],
    ['too fast', ['message']],
    ['100%', ['percent']],
    ['a_b', ['underscore']],
    ['back\\slash', ['backslash']],
    ['%', ['percent']],
    ['  ', ['backslash', 'client', 'message', 'model', 'outcome', 'percent', 'served', 'underscore']],
    ['nothing like it', []],
  ])('finds %j', (text, expected) => {
    const plain = { requested: 'x/y', servedBy: undefined, callerName: undefined }
    write(
      closedRow('model', { ...plain, requested: 'openai/gpt-5-mini' }),
      closedRow('served', { ...plain, servedBy: 'anthropic/claude-opus-5' }),
      closedRow('client', { ...plain, callerName: 'Cursor' }),
      closedRow('outcome', { ...plain, outcome: 'rate-limited' }),
      closedRow('message', { ...plain, outcome: 'overloaded', message: 'You are too fast.' }),
      closedRow('percent', { ...plain, requested: 'x/100%' }),
      closedRow('underscore', { ...plain, requested: 'x/a_b' }),
      closedRow('backslash', { ...plain, requested: 'x/back\\slash' }),
    )
    expect(ids({ limit: 20, text }).sort()).toEqual(expected)
  })
})

describe('totals', () => {
  it('count from the given moment and sum what is known', () => {
    write(closedRow('before', { at: 999 }), closedRow('a', { at: 1_000, cost: asNanoUsd(1) }), closedRow('b', { at: 2_000, cost: asNanoUsd(2) }))
    expect(table.totalsSince(1_000)).toEqual({ requests: 2, spent: 3, unpriced: 0 })
  })

  it('say how many rows have a cost that nobody knows', () => {
    write(
      openRow('open'),
      closedRow('unpriced', { cost: undefined }),
      closedRow('refused before any attempt', { cost: undefined, servedBy: undefined, attempts: [], outcome: 'unauthenticated' }),
      closedRow('refused by every provider', { cost: undefined, servedBy: undefined, outcome: 'overloaded' }),
      closedRow('left before the first word', { cost: undefined, servedBy: undefined, outcome: 'cancelled' }),
      closedRow('crashed', { cost: undefined, attempts: [], outcome: 'crashed' }),
      closedRow('free', { cost: asNanoUsd(0) }),
    )
    expect(table.totalsSince(0)).toEqual({ requests: 7, spent: 0, unpriced: 3 })
  })

  it('of an empty ledger are nothing', () => {
    expect(table.totalsSince(0)).toEqual({ requests: 0, spent: 0, unpriced: 0 })
  })
})

it('closes rows that a crash left open, and no row that was opened since', () => {
  write(openRow('left', { at: 10 }), closedRow('done', { at: 10 }), openRow('new', { at: 30 }))
  expect(table.closeCrashed(20)).toBe(1)
  expect(table.get('left')?.record).toMatchObject({ outcome: 'crashed', message: 'Switchyard ended before this request did.', cost: undefined })
  expect(table.get('done')?.record.outcome).toBe('ok')
  expect(table.get('new')?.record.outcome).toBe('open')
})
