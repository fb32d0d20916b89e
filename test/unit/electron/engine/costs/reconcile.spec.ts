import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelKey } from '../../../../../electron/engine/costs/model-key.ts'
import { reconcile, utcDays } from '../../../../../electron/engine/costs/reconcile.ts'
import type { UsageSums } from '../../../../../electron/engine/storage/usage.ts'
import type { ExportGroup } from '../../../../../shared/api/reconcile.ts'
import { asNanoUsd } from '../../../../../shared/money.ts'

const NO_TOKENS = { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, reasoning: 0 }
const used = (endpoint: string, spent: number, tokens: Partial<UsageSums['tokens']> = {}, more: Partial<UsageSums> = {}): UsageSums => ({
  ...{ endpoint, caller: 'c', callerName: 'C', credential: 'k', simulated: false, requests: 1, unpriced: 0, saved: asNanoUsd(0), savedUnknown: 0 },
  spent: asNanoUsd(spent),
  tokens: { ...NO_TOKENS, ...tokens },
  ...more,
})
const theirs = (day: string, model: string, measured: Partial<ExportGroup>): ExportGroup => ({ day, model, ...measured })

describe('names of one model', () => {
  it.each([
    ['Claude Haiku 4.5', 'anthropic', 'anthropic/claude-haiku-4-5'],
    ['claude-haiku-4-5-20251001', 'anthropic', 'anthropic/claude-haiku-4-5'],
    ['Claude Sonnet 3.5 2024-10-22', 'anthropic', 'claude-sonnet-3-5'],
    ['gpt-4o-2024-08-06', 'openai', 'openai/gpt-4o'],
    ['claude-3-5-sonnet-latest', 'anthropic', 'claude-3-5-sonnet-20241022'],
    ['anthropic/claude-opus-4.7', 'openrouter', 'openrouter/anthropic/claude-opus-4.7'],
  ])('%s of %s is %s', (one, provider, other) => {
    expect(modelKey(one, provider)).toBe(modelKey(other, provider))
  })

  it.each([
    ['gpt-5', 'gpt-5-mini'],
    ['gpt-4o', 'gpt-4o-mini'],
    ['claude-opus-4-5', 'claude-opus-4-6'],
  ])('%s is not %s', (one, other) => {
    expect(modelKey(one, 'openai')).not.toBe(modelKey(other, 'openai'))
  })
})

describe('a provider’s count against ours', () => {
  it('tells what matches, differs and is missing on either side, by day and model', () => {
    const groups = [
      theirs('2026-09-01', 'gpt-5-mini', { input: 1000, output: 200, cost: 5_000_000 }),
      theirs('2026-09-01', 'gpt-5', { input: 400, output: 100, cost: 900_000_000 }),
      theirs('2026-09-03', 'gpt-5', { input: 10, output: 1, cost: 20_000_000 }),
    ]
    const days = [
      [
        used('openai/gpt-5-mini', 5_000_000, { input: 600, cacheRead: 400, output: 150, reasoning: 50 }),
        used('openai/gpt-5', 700_000_000, { input: 300, output: 100 }),
        used('anthropic/claude-opus-5', 1, { input: 1 }),
        used('openai/gpt-5', 1, { input: 1 }, { simulated: true }),
      ],
      [used('openai/gpt-5-nano', 3_000_000, { input: 70, output: 7 })],
      [],
    ]
    const found = reconcile('openai', groups, days)
    expect(found.rows.map(({ day, model, kind, difference }) => [day, model, kind, difference.input, difference.output, difference.cost])).toEqual([
      ['2026-09-01', 'gpt-5', 'differs', 100, 0, 200_000_000],
      ['2026-09-01', 'gpt-5-mini', 'matched', 0, 0, 0],
      ['2026-09-02', 'openai/gpt-5-nano', 'missing-there', -70, -7, -3_000_000],
      ['2026-09-03', 'gpt-5', 'missing-here', 10, 1, 20_000_000],
    ])
    expect(found).toMatchObject({
      ...{ provider: 'openai', from: '2026-09-01', to: '2026-09-03', byModel: true },
      counts: { matched: 1, differs: 1, 'missing-here': 1, 'missing-there': 1 },
      theirs: { input: 1410, output: 301, cost: 925_000_000 },
      ours: { input: 1370, output: 307, cost: 708_000_000, requests: 3, unpriced: 0 },
      difference: { input: 40, output: -6, cost: 217_000_000 },
    })
  })

  it('adds up snapshots and keys of one model', () => {
    const groups = [theirs('2026-09-01', 'gpt-4o', { input: 10 }), theirs('2026-09-01', 'gpt-4o-2024-08-06', { input: 5 })]
    const { rows } = reconcile('openai', groups, [[used('openai/gpt-4o', 1, { input: 8 }), used('openai/gpt-4o', 1, { input: 7 }, { credential: 'other' })]])
    expect(rows).toMatchObject([{ model: 'gpt-4o', kind: 'matched', theirs: { input: 15 }, ours: { input: 15, requests: 2 } }])
  })

  it('compares by day alone where the export names no models', () => {
    const { byModel, rows } = reconcile(
      'openai',
      [theirs('2026-09-01', '', { cost: 30_000_000 })],
      [[used('openai/a', 10_000_000), used('openai/b', 20_000_000)]],
    )
    expect(byModel).toBe(false)
    expect(rows).toMatchObject([{ model: '', kind: 'matched', difference: { input: undefined, output: undefined, cost: 0 } }])
  })

  it('takes an unknown price for unknown, not for nothing', () => {
    const unpriced = used('openai/new', 0, { input: 100 }, { unpriced: 1 })
    const costs = reconcile('openai', [theirs('2026-09-01', 'new', { cost: 500_000_000 })], [[unpriced]])
    expect(costs.rows).toMatchObject([{ kind: 'differs', ours: { cost: undefined, unpriced: 1 }, difference: { cost: undefined } }])
    const tokens = reconcile('openai', [theirs('2026-09-01', 'new', { input: 100 })], [[unpriced]])
    expect(tokens.rows).toMatchObject([{ kind: 'matched' }])
  })

  it('lets rounding be no difference', () => {
    const kind = (there: Partial<ExportGroup>, here: UsageSums): string | undefined =>
      reconcile('openai', [theirs('2026-09-01', 'm', there)], [[here]]).rows[0]?.kind
    expect(kind({ cost: 50_000_000 }, used('openai/m', 47_000_000))).toBe('matched')
    expect(kind({ cost: 50_000_000 }, used('openai/m', 30_000_000))).toBe('differs')
    expect(kind({ input: 100_000 }, used('openai/m', 0, { input: 99_600 }))).toBe('matched')
    expect(kind({ input: 100_000 }, used('openai/m', 0, { input: 99_000 }))).toBe('differs')
    // one measure that agrees does not excuse the other
    expect(kind({ input: 100_000, cost: 50_000_000 }, used('openai/m', 49_000_000, { input: 90_000 }))).toBe('differs')
  })

  it('leaves out what is nothing on both sides', () => {
    expect(reconcile('openai', [theirs('2026-09-01', 'm', { input: 0, cost: 0 })], [[]]).rows).toEqual([])
  })

  it('loses nothing: its rows add up to its totals', () => {
    const model = fc.constantFrom('a', 'b', 'openai/c', 'd-2024-08-06')
    const day = fc.constantFrom('2026-02-27', '2026-02-28', '2026-03-01')
    const group = fc.record({ day, model, input: fc.nat(1e6), output: fc.nat(1e6), cost: fc.nat(1e9) })
    const row = fc.tuple(model, fc.nat(1e9), fc.nat(1e6)).map(([name, spent, input]) => used(`openai/${name.replace('openai/', '')}`, spent, { input }))
    fc.assert(
      fc.property(fc.array(group, { minLength: 1 }), fc.array(fc.array(row), { minLength: 3, maxLength: 3 }), (groups, days) => {
        const found = reconcile('openai', groups, days.slice(0, utcDays(groups).length))
        const sum = (of: (row: (typeof found.rows)[number]) => number | undefined): number => found.rows.reduce((total, each) => total + (of(each) ?? 0), 0)
        expect(sum(({ theirs: there }) => there?.cost)).toBe(found.theirs.cost)
        expect(sum(({ ours }) => ours?.cost)).toBe(found.ours.cost)
        expect(sum(({ difference }) => difference.cost)).toBe(found.difference.cost)
        expect(sum(({ difference }) => difference.input)).toBe(found.difference.input)
      }),
    )
  })
})

describe('days in UTC', () => {
  it('go from the first to the last without a gap, over a leap day and a change of clocks', () => {
    const days = utcDays([{ day: '2028-03-01' }, { day: '2028-02-28' }])
    expect(days.map(({ day }) => day)).toEqual(['2028-02-28', '2028-02-29', '2028-03-01'])
    expect(days.every(({ from, until }) => until - from === 86_400_000 && from % 86_400_000 === 0)).toBe(true)
  })
})
