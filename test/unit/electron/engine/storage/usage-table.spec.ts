import fc from 'fast-check'
import { beforeEach, expect, it } from 'vitest'
import { writeBatch } from '../../../../../electron/engine/storage/ledger-json.ts'
import { ledgerTable } from '../../../../../electron/engine/storage/ledger-table.ts'
import { SUMS } from '../../../../../electron/engine/storage/migrations/0009-usage-quarters.ts'
import { openDatabase } from '../../../../../electron/engine/storage/open.ts'
import { usageTable } from '../../../../../electron/engine/storage/usage-table.ts'
import type { UsageRecord } from '../../../../../shared/ledger.ts'
import { asNanoUsd } from '../../../../../shared/money.ts'
import type { Attempt } from '../../../../../shared/routing.ts'
import { dataFolder } from '../../../../support/data-folder.ts'
import { closedRow, openRow } from '../../../../support/ledger-rows.ts'

const QUARTER_MS = 900_000
const ALL = [{ from: 0, until: 100 * QUARTER_MS }]

let database: ReturnType<typeof openDatabase>
beforeEach(() => {
  database = openDatabase(dataFolder())
  return () => database.close()
})

const write = (rows: readonly UsageRecord[]) => ledgerTable(database).write(writeBatch(rows.map((record) => ({ record, exchange: undefined }))))

const record: fc.Arbitrary<UsageRecord> = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    at: fc.integer({ min: 0, max: 4 * QUARTER_MS }),
    open: fc.boolean(),
    servedBy: fc.constantFrom(undefined, 'openai/gpt-5-mini', 'anthropic/claude-sonnet-4-5'),
    caller: fc.constantFrom(undefined, 'one', 'two'),
    cost: fc.option(fc.integer({ min: 0, max: 1e9 }), { nil: undefined }),
    outcome: fc.constantFrom('ok' as const, 'cancelled' as const, 'rate-limited' as const),
    input: fc.integer({ min: 0, max: 1000 }),
    simulated: fc.boolean(),
    saved: fc.option(fc.integer({ min: 0, max: 1e9 }).map(asNanoUsd), { nil: undefined }),
    routed: fc.option(
      fc.integer({ min: -1e9, max: 1e9 }).map((saved) => ({ instead: 'openai/gpt-5', saved: asNanoUsd(saved) })),
      { nil: undefined },
    ),
    cache: fc.constantFrom(undefined, { kind: 'exact' as const, key: 'k', source: 's', ageMs: 1 }, { kind: 'miss' as const, key: 'k' }),
  })
  .map(({ id, at, open, cost, input, ...more }) => {
    const facts = { at, cost: cost === undefined ? undefined : asNanoUsd(cost), tokens: { input }, ...more }
    return open ? openRow(id, { ...facts, outcome: 'open' }) : closedRow(id, facts)
  })

it('agrees with the ledger after any writes', () => {
  fc.assert(
    fc.property(fc.array(fc.array(record, { maxLength: 6 }), { maxLength: 8 }), (batches) => {
      database.exec('DELETE FROM ledger')
      for (const batch of batches) write(batch)
      const { rows } = ledgerTable(database).list({ limit: 100 })
      const closed = rows.filter(({ outcome }) => outcome !== 'open')
      const sums = usageTable(database).sums(ALL)[0] ?? []
      const sum = (of: (row: (typeof sums)[number]) => number) => sums.reduce((total, row) => total + of(row), 0)
      expect(sum(({ requests }) => requests)).toBe(closed.length)
      expect(sum(({ spent }) => spent)).toBe(closed.reduce((total, { cost }) => total + (cost ?? 0), 0))
      expect(sum(({ tokens }) => tokens.input)).toBe(closed.reduce((total, { tokens }) => total + (tokens.input ?? 0), 0))
      expect(sum(({ unpriced }) => unpriced)).toBe(
        closed.filter(({ cost, servedBy, outcome }) => cost === undefined && (servedBy !== undefined || outcome === 'cancelled')).length,
      )
      expect(sum(({ saved }) => saved)).toBe(closed.reduce((total, { saved }) => total + (saved ?? 0), 0))
      expect(sum(({ savedUnknown }) => savedUnknown)).toBe(closed.filter(({ saved, cache }) => saved === undefined && cache?.kind === 'exact').length)
      expect(usageTable(database).routed(ALL)).toEqual([closed.reduce((total, { routed }) => total + (routed?.saved ?? 0), 0)])
      expect(sums.filter(({ caller }) => caller === 'two').reduce((total, { requests }) => total + requests, 0)).toBe(
        closed.filter(({ caller }) => caller === 'two').length,
      )
    }),
    { numRuns: 60 },
  )
})

it('adds for each new row just what the database takes back when the row goes', () => {
  const ended = fc.constantFrom('ok' as const, 'cancelled' as const, 'timeout' as const, 'crashed' as const, 'rate-limited' as const)
  const hit = { key: 'k', source: 's', ageMs: 1 }
  const cache = fc.constantFrom(
    undefined,
    { kind: 'merged' as const, with: 'other' },
    { kind: 'semantic' as const, similarity: 1, ...hit },
    { kind: 'exact' as const, ...hit },
  )
  const rows = fc.array(fc.tuple(record, ended, cache), { maxLength: 10 })
  const agrees = (drawn: readonly (readonly [UsageRecord, UsageRecord['outcome'], UsageRecord['cache']])[]): void => {
    database.exec('DELETE FROM ledger; DELETE FROM usage_quarters; DELETE FROM routing_saved')
    write(drawn.map(([row, outcome, use], place) => (row.outcome === 'open' ? { ...row, id: `r${place}` } : { ...row, id: `r${place}`, outcome, cache: use })))
    database.exec('DELETE FROM ledger')
    const left = database
      .prepare<[], Record<string, number>>(`SELECT ${SUMS.map((sum) => `total(abs(${sum})) AS ${sum}`).join(', ')} FROM usage_quarters`)
      .get()
    expect(Object.values(left ?? {})).toEqual(SUMS.map(() => 0))
    expect(database.prepare('SELECT total(abs(requests)) + total(abs(saved_nano_usd)) FROM routing_saved').pluck().get()).toBe(0)
  }
  fc.assert(fc.property(rows, agrees), { numRuns: 100 })
})

it('names the key that the last attempt used, and keeps spans apart', () => {
  const [attempt] = closedRow('a').attempts
  if (attempt === undefined) throw new Error('no attempt')
  write([
    closedRow('a', {
      at: 10,
      attempts: [
        { ...attempt, credential: 'refused' },
        { ...attempt, credential: 'used' },
      ],
    }),
    closedRow('b', { at: QUARTER_MS, attempts: [] }),
  ])
  const [first, second] = usageTable(database).sums([
    { from: 0, until: QUARTER_MS },
    { from: QUARTER_MS, until: 2 * QUARTER_MS },
  ])
  expect(first?.map(({ credential }) => credential)).toEqual(['used'])
  expect(second?.map(({ credential }) => credential)).toEqual([undefined])
})

it('counts a request for the key whose answer was given, where two ran side by side', () => {
  const base = { endpoint: 'openai/gpt-5-mini' } as const
  const won: Attempt = { ...base, credential: 'key-1', startedAt: 1_001, phase: 'done', firstEventMs: 900, totalMs: 950, finish: 'stop' }
  const lost: Attempt = { ...base, credential: 'key-2', startedAt: 1_500, hedge: true, phase: 'left', afterMs: 401 }
  const row = closedRow('a', { attempts: [won, lost] })
  write([row])
  const spentBy = () => (usageTable(database).sums(ALL)[0] ?? []).map(({ credential, spent, requests }) => [credential, spent, requests])
  expect(spentBy()).toEqual([['key-1', 12_345, 1]])
  // told in the order in which they ran
  expect(ledgerTable(database).get('a')?.record.attempts).toEqual([won, lost])
  write([{ ...row, cost: asNanoUsd(1) }])
  expect(spentBy()).toEqual([['key-1', 1, 1]])
})

it('takes nothing off for a count below nothing', () => {
  write([closedRow('a', { tokens: { input: 10 } }), closedRow('b', { tokens: { input: -7 } })])
  expect(
    usageTable(database)
      .sums(ALL)[0]
      ?.map(({ tokens }) => tokens.input),
  ).toEqual([10])
  expect(ledgerTable(database).get('b')?.record.tokens).toEqual({})
})
