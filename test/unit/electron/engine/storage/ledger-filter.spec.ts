import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { writeBatch, writeExchange } from '../../../../../electron/engine/storage/ledger-json.ts'
import { ledgerTable } from '../../../../../electron/engine/storage/ledger-table.ts'
import { openDatabase } from '../../../../../electron/engine/storage/open.ts'
import { trafficTables } from '../../../../../electron/engine/storage/traffic-tables.ts'
import type { UsageRecord } from '../../../../../shared/ledger.ts'
import { asNanoUsd } from '../../../../../shared/money.ts'
import type { FilterTerm, TrafficFilter } from '../../../../../shared/traffic/filter.ts'
import { matchesFilter } from '../../../../../shared/traffic/match-filter.ts'
import { parseFilter } from '../../../../../shared/traffic/parse-filter.ts'
import { dataFolder } from '../../../../support/data-folder.ts'
import { filterTerm } from '../../../../support/filter-terms.ts'
import { closedRow, exchangeOf, openRow } from '../../../../support/ledger-rows.ts'

const NOW = 1_000_000
const ROWS: readonly UsageRecord[] = [
  closedRow('a', { at: 10, tokens: { input: 10, cacheRead: 90, output: 5, audioInput: 7 }, cost: asNanoUsd(20_000_000) }),
  closedRow('b', { at: 20, servedBy: 'anthropic/claude-sonnet-4-5', requested: 'claude-sonnet-4-5', callerName: 'Cursor', dialect: 'anthropic-messages' }),
  closedRow('c', { at: 30, outcome: 'rate-limited', status: 429, servedBy: undefined, tokens: {}, cost: undefined, message: '50% of _all_ went \\ away' }),
  openRow('d', { at: 40, callerName: undefined }),
  closedRow('e', { at: 50, cache: { kind: 'exact', key: 'k', source: 'a', ageMs: 5 }, saved: asNanoUsd(1), cost: asNanoUsd(0) }),
  closedRow('f', { at: 60, cache: { kind: 'miss', key: 'k' }, streamed: false, source: 'playground', finish: 'length' }),
  closedRow('g', { at: 70, simulated: true, servedBy: 'demo/swift', requested: 'demo/swift', attempts: [], firstEventMs: 200, totalMs: 200 }),
]

let ledger: ReturnType<typeof ledgerTable>
let traffic: ReturnType<typeof trafficTables>
let known: readonly UsageRecord[]

beforeEach(() => {
  const database = openDatabase(dataFolder())
  ledger = ledgerTable(database)
  traffic = trafficTables(database)
  ledger.write(writeBatch(ROWS.map((record) => ({ record, exchange: writeExchange(exchangeOf(record.id)) }))))
  traffic.pinRequest('b', true, NOW)
  known = ledger.list({ limit: 100 }).rows
  return () => database.close()
})

const found = (filter: TrafficFilter): string[] => ledger.list({ limit: 100, filter, now: NOW }).rows.map(({ id }) => id)

describe('a filter finds', () => {
  it.each([
    ['status>=400', 'c'],
    ['model:claude*', 'b'],
    ['-model:claude*', 'gfedca'],
    ['model:gpt', 'fedca'],
    ['provider:anthropic', 'b'],
    ['client:cursor', 'b'],
    ['-client:cursor', 'gfedca'],
    ['cache:hit', 'e'],
    ['cache:none', 'gdcba'],
    ['cost>0.01', 'a'],
    ['tokens>100', 'a'],
    ['in>=107', 'a'],
    ['ttft>2s', ''],
    ['pinned', 'b'],
    ['is:open', 'd'],
    ['is:failed', 'c'],
    ['is:unpriced', 'c'],
    ['source:playground', 'f'],
    ['-is:streamed', 'f'],
    ['dialect:anthropic', 'b'],
    ['50%', 'c'],
    ['_all_', 'c'],
    ['\\', 'c'],
    ['age>999970ms', 'ba'],
    ['tries:0', 'gd'],
    ['speed>1', 'fba'],
  ])('%s', (text, ids) => {
    expect(found(parseFilter(text).terms).join('')).toBe(ids)
  })

  it('what the window finds in its own rows', () => {
    const near = fc.constantFrom(...['claude', 'open*', '*mini', 'swift', 'ok', 'Cursor', '%', '_', 'stop', 'e', 'anthropic/*'])
    const likely = filterTerm.chain(
      (term): fc.Arbitrary<FilterTerm> =>
        term.kind === 'name'
          ? near.map((each) => ({ ...term, anyOf: [each] }))
          : term.kind === 'text'
            ? near.map((words) => ({ ...term, words }))
            : fc.constant(term),
    )
    fc.assert(
      fc.property(fc.array(likely, { maxLength: 3 }), (filter) => {
        expect(found(filter)).toEqual(known.filter((row) => matchesFilter(row, filter, NOW)).map(({ id }) => id))
      }),
      { numRuns: 300 },
    )
  })
})

describe('pages', () => {
  it('are found from any place, in both directions', () => {
    const { total, marks } = ledger.marks([], 3, NOW)
    expect(total).toBe(7)
    const ids = marks.map((from) =>
      ledger
        .list({ limit: 3, from })
        .rows.map(({ id }) => id)
        .join(''),
    )
    expect(ids).toEqual(['gfe', 'dcb', 'a'])
    expect(ledger.list({ limit: 2, after: marks[1] ?? '' }).rows.map(({ id }) => id)).toEqual(['f', 'e'])
    expect(ledger.marks(parseFilter('is:ok').terms, 3, NOW).total).toBe(5)
  })
})

describe('removing', () => {
  it('takes what fits but for pinned and running ones, tells first what it would take, and brings it back', () => {
    const all = { filter: [] }
    expect(traffic.countRemoval(all, NOW)).toEqual({ rows: 5, pinned: 1, open: 1 })
    expect(found([])).toHaveLength(7)
    expect(traffic.removeRequests(all, NOW)).toEqual({ rows: 5, pinned: 1, open: 1 })
    expect(found([]).join('')).toBe('db')
    expect(ledger.totalsSince(0).requests).toBe(7)
    expect(traffic.restoreRequests(NOW)).toBe(5)
    expect(found([])).toHaveLength(7)
  })

  it('lets bodies go for good once they cannot be brought back', () => {
    traffic.removeRequests({ ids: ['a', 'b', 'd'] }, NOW)
    expect(found([]).join('')).toBe('gfedc')
    expect(traffic.forgetRemoved(NOW)).toBe(0)
    expect(traffic.forgetRemoved(NOW + 1)).toBe(2)
    expect(ledger.get('a')?.exchange).toBeUndefined()
    traffic.restoreRequests(NOW)
    expect(ledger.get('b')?.record.pinned).toBe(true)
  })

  it('keeps the exchange of a pinned request when old ones are let go', () => {
    ledger.write(writeBatch([{ record: closedRow('b', { at: 20 }), exchange: writeExchange(exchangeOf('b')) }]))
    ledger.trimExchanges(0)
    expect(ledger.get('b')?.exchange).toBeDefined()
    expect(ledger.get('c')?.exchange).toBeUndefined()
    traffic.pinRequest('b', false, NOW)
    ledger.trimExchanges(0)
    expect(ledger.get('b')?.exchange).toBeUndefined()
  })
})

it('keeps filters under their names', () => {
  traffic.putTrafficFilter({ name: 'Failures', filter: 'is:failed' }, 1)
  traffic.putTrafficFilter({ name: 'Failures', filter: 'status>=500' }, 2)
  expect(traffic.listTrafficFilters()).toEqual([{ name: 'Failures', filter: 'status>=500' }])
  expect(traffic.removeTrafficFilter('Failures')).toBe(true)
  expect(traffic.removeTrafficFilter('Failures')).toBe(false)
})
