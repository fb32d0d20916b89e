import { describe, expect, it } from 'vitest'
import { reportAsCsv } from '../../../renderer/features/costs/csv.ts'
import { type Range, spanOf } from '../../../renderer/features/costs/ranges.ts'
import { MOST_SERIES, seriesOf } from '../../../renderer/features/costs/series.ts'
import type { CostGroup, CostReport } from '../../../shared/api/costs.ts'
import { asNanoUsd } from '../../../shared/money.ts'

const TOKENS = { input: 10, cacheRead: 5, cacheWrite: 1, output: 2 }
const group = (id: string, spent: number, more: Partial<CostGroup> = {}): CostGroup => ({
  id,
  name: id,
  requests: 2,
  unpriced: 0,
  spent: asNanoUsd(spent),
  tokens: TOKENS,
  ...more,
})

function reportOf(...days: readonly (readonly CostGroup[])[]): CostReport {
  const all = Map.groupBy(days.flat(), ({ id }) => id)
  const groups = [...all]
    .map(([id, rows]) =>
      group(
        id,
        rows.reduce((sum, { spent }) => sum + spent, 0),
      ),
    )
    .toSorted((one, other) => other.spent - one.spent)
  const day = (rows: readonly CostGroup[], index: number) => ({ ...group('', 0), at: new Date(2026, 10, 1 + index).getTime(), groups: rows })
  const none = { amount: asNanoUsd(0), leftOut: 0, byDay: [] }
  return {
    ...{ from: 0, until: 1, by: 'model', groups, total: group('', 0), days: days.map(day) },
    saved: { responseCache: none, promptCache: none, routing: none, fee: none },
  }
}

describe('ranges', () => {
  const now = new Date(2026, 10, 25, 17, 3).getTime()
  const custom = (first: string, last: string): Range => ({ preset: 'custom', first, last })

  it('end now and begin on a midnight', () => {
    expect(spanOf({ preset: 'week', first: '', last: '' }, now)).toEqual({ from: new Date(2026, 10, 19).getTime(), until: now })
  })

  it('include both days of a custom one', () => {
    expect(spanOf(custom('2026-11-01', '2026-11-02'), now)).toEqual({ from: new Date(2026, 10, 1).getTime(), until: new Date(2026, 10, 3).getTime() })
  })

  it.each([
    ['2026-11-02', '2026-11-01'],
    ['', '2026-11-01'],
    ['2026-11-01', 'soon'],
  ])('are none from %s to %s', (first, last) => {
    expect(spanOf(custom(first, last), now)).toBeUndefined()
  })
})

describe('bars', () => {
  it('gather what is beyond the colours, and lose nothing', () => {
    const groups = Array.from({ length: MOST_SERIES + 3 }, (_, index) => group(`m${index}`, 1000 - index))
    const series = seriesOf(reportOf(groups, groups))
    expect(series).toHaveLength(MOST_SERIES + 1)
    const first = series.reduce((sum, { byDay }) => sum + (byDay[0] ?? 0), 0)
    expect(first).toBe(groups.reduce((sum, { spent }) => sum + spent, 0))
  })
})

describe('csv', () => {
  it('writes a line a day and group, and leaves an unknown cost empty', () => {
    const lines = reportAsCsv(reportOf([group('a', 1_500_000_000)], [group('b', 0, { unpriced: 2 })])).split('\r\n')
    expect(lines.slice(1)).toEqual(['2026-11-01,a,a,2,0,1.500000000,10,5,1,2', '2026-11-02,b,b,2,2,,10,5,1,2', ''])
  })

  it('runs nothing in a spreadsheet and keeps commas in their cell', () => {
    const csv = reportAsCsv(reportOf([group('x', 1, { name: '=HYPERLINK("a","b")' })]))
    expect(csv).toContain(`"'=HYPERLINK(""a"",""b"")"`)
  })
})
