import { expect, it } from 'vitest'
import { measure } from '../../../../../electron/engine/ledger/measure.ts'
import type { UsageRecord } from '../../../../../shared/ledger.ts'
import { openRecord } from '../../../../support/fake-traffic.ts'

const NOW = 1_790_000_000_000

function row(index: number, fields: Partial<UsageRecord> = {}): UsageRecord {
  const id = String(index).padStart(6, '0')
  return { ...openRecord(id, NOW, 'a/m'), streamed: true, outcome: 'ok', tokens: { output: 100 }, firstEventMs: 100, totalMs: 1_100, ...fields }
}

/** Pages as the table gives them. */
function holding(rows: readonly UsageRecord[]) {
  const asked: unknown[] = []
  return {
    asked,
    async ledgerServedBy(endpoint: string, since: number, after: string | undefined, limit: number) {
      asked.push([endpoint, since])
      return rows.filter(({ id }) => after === undefined || id > after).slice(0, limit)
    },
  }
}

it('tells medians over all pages of the last seven days', async () => {
  const table = holding(Array.from({ length: 1_201 }, (_, index) => row(index, { firstEventMs: index, totalMs: index + 1_000 })))
  expect(await measure('a/m', NOW, table)).toEqual({
    since: NOW - 7 * 86_400_000,
    requests: 1_201,
    firstEventMs: 600,
    slowFirstEventMs: 1_140,
    tokensPerSecond: 100,
  })
  expect(table.asked).toEqual(Array.from({ length: 3 }, () => ['a/m', NOW - 7 * 86_400_000]))
})

it('leaves out failures, answers of the response cache, and rates over a moment or of an answer that came whole', async () => {
  const found = await measure(
    'a/m',
    NOW,
    holding([
      row(1, { outcome: 'timeout', firstEventMs: 9_000 }),
      row(2, { cache: { kind: 'exact', key: 'k', source: 's', ageMs: 1 } as never, firstEventMs: 1 }),
      row(3, { cache: { kind: 'miss', key: 'k' } as never, firstEventMs: 300, totalMs: 350 }),
      row(4, { streamed: false, firstEventMs: 500, totalMs: 5_000 }),
    ]),
  )
  expect(found).toMatchObject({ requests: 2, firstEventMs: 300, slowFirstEventMs: 500, tokensPerSecond: undefined })
})

it('knows nothing of nothing', async () => {
  expect(await measure('a/m', NOW, holding([]))).toMatchObject({ requests: 0, firstEventMs: undefined, tokensPerSecond: undefined })
})
