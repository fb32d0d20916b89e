import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { writeBatch } from '../../../../../electron/engine/storage/ledger-json.ts'
import { ledgerTable } from '../../../../../electron/engine/storage/ledger-table.ts'
import { openDatabase } from '../../../../../electron/engine/storage/open.ts'
import { routingMarksTable } from '../../../../../electron/engine/storage/routing-marks-table.ts'
import { asNanoUsd } from '../../../../../shared/money.ts'
import { dataFolder } from '../../../../support/data-folder.ts'
import { closedRow } from '../../../../support/ledger-rows.ts'

let database: ReturnType<typeof openDatabase>
beforeEach(() => {
  database = openDatabase(dataFolder())
  return () => database.close()
})

const mark = (request: string, arm: string, at: number) => ({ request, kind: 'split' as const, name: 'trial', arm, at })
/** The smallest value that so large a share of them does not exceed. */
const atShare = (values: readonly number[], share: number): number | undefined =>
  values.toSorted((one, other) => one - other)[Math.max(0, Math.ceil(values.length * share) - 1)]

describe('results of an arm', () => {
  it('are quantiles of its complete answers, and sums of all', () => {
    const rows = fc.array(
      fc.record({ arm: fc.constantFrom('a', 'b'), ms: fc.integer({ min: 0, max: 9_000 }), ok: fc.boolean(), cost: fc.integer({ min: 0, max: 1e6 }) }),
      { minLength: 1, maxLength: 60 },
    )
    fc.assert(
      fc.property(rows, (given) => {
        database.exec('DELETE FROM ledger; DELETE FROM routing_marks')
        const marks = routingMarksTable(database)
        const records = given.map(({ ms, ok, cost }, index) =>
          closedRow(`r${index}`, { firstEventMs: ms, totalMs: 2 * ms, outcome: ok ? 'ok' : 'timeout', cost: asNanoUsd(cost) }),
        )
        ledgerTable(database).write(writeBatch(records.map((record) => ({ record, exchange: undefined }))))
        for (const [index, { arm }] of given.entries()) marks.put(mark(`r${index}`, arm, 10))
        for (const { arm, firstEventMs, totalMs, requests, failed, cost } of marks.results(0).splits) {
          const own = given.filter((row) => row.arm === arm)
          const complete = own.filter(({ ok }) => ok).map(({ ms }) => ms)
          expect(firstEventMs).toEqual({ p50: atShare(complete, 0.5), p95: atShare(complete, 0.95) })
          const doubled = complete.map((ms) => 2 * ms)
          expect(totalMs).toEqual({ p50: atShare(doubled, 0.5), p95: atShare(doubled, 0.95) })
          expect({ requests, failed, cost }).toEqual({
            ...{ requests: own.length, failed: own.length - complete.length },
            cost: own.reduce((sum, row) => sum + row.cost, 0),
          })
        }
      }),
      { numRuns: 60 },
    )
  })

  it('are forgotten with age, and beyond a number', () => {
    const marks = routingMarksTable(database)
    ledgerTable(database).write(writeBatch(['old', 'r1', 'r2', 'r3'].map((id) => ({ record: closedRow(id), exchange: undefined }))))
    for (const [index, id] of ['old', 'r1', 'r2', 'r3'].entries()) marks.put(mark(id, id, index * 100))
    const left = (): readonly string[] => marks.results(0).splits.map(({ arm }) => arm)
    marks.trim(50, 100)
    expect(left()).toEqual(['r1', 'r2', 'r3'])
    marks.trim(50, 2)
    expect(left()).toEqual(['r2', 'r3'])
  })
})
