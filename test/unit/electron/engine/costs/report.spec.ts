import { describe, expect, it } from 'vitest'
import { costReport, localDays, type ReportFacts } from '../../../../../electron/engine/costs/report.ts'
import type { UsageSums } from '../../../../../electron/engine/storage/usage.ts'
import { asNanoUsd } from '../../../../../shared/money.ts'

const NO_TOKENS = { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, reasoning: 0 }
const facts: ReportFacts = {
  priceOf: (endpoint) =>
    endpoint.startsWith('anthropic/')
      ? { asOf: '2026-11-01', source: 'made up', microUsdPerMillion: { input: 3_000_000, cacheRead: 300_000, cacheWrite5m: 3_750_000, output: 15_000_000 } }
      : undefined,
  providerName: (id) => (id === 'anthropic' ? 'Anthropic' : undefined),
  keyLabel: (id) => (id === 'key-1' ? 'Laptop' : undefined),
}

function used(more: Partial<UsageSums> = {}): UsageSums {
  return {
    endpoint: 'anthropic/claude',
    caller: 'caller-1',
    callerName: 'Claude Code',
    credential: 'key-1',
    simulated: false,
    requests: 1,
    unpriced: 0,
    spent: asNanoUsd(1_000_000_000),
    saved: asNanoUsd(0),
    savedUnknown: 0,
    ...more,
    tokens: { ...NO_TOKENS, ...more.tokens },
  }
}

const days = localDays(new Date(2026, 10, 1).getTime(), new Date(2026, 10, 4).getTime())

describe('days', () => {
  it('begin at local midnights, whatever the clocks do', () => {
    const year = localDays(new Date(2026, 0, 1, 13).getTime(), new Date(2027, 0, 1).getTime())
    expect(year).toHaveLength(365)
    expect(year.every(({ from }) => new Date(from).getHours() === 0)).toBe(true)
    expect(year.slice(1).every(({ from }, index) => from === year[index]?.until)).toBe(true)
  })
})

describe('groups', () => {
  const sums = [[used(), used({ endpoint: 'openai/gpt', spent: asNanoUsd(0), unpriced: 1, credential: undefined })], [], [used({ callerName: 'Renamed' })]]

  it.each([
    ['model', ['anthropic/claude', 'openai/gpt']],
    ['provider', ['Anthropic', 'openai']],
    ['client', ['Renamed']],
    ['key', ['Laptop', undefined]],
  ] as const)('are made by %s, the dearest first', (by, names) => {
    const report = costReport(by, days, sums, facts)
    expect(report.groups.map(({ name }) => name)).toEqual(names)
    expect(report.total).toMatchObject({ requests: 3, unpriced: 1, spent: 2_000_000_000 })
    expect(report.days.map(({ requests }) => requests)).toEqual([2, 0, 1])
  })

  it('leave simulated answers out', () => {
    expect(costReport('model', days, [[used({ simulated: true })], [], []], facts).total.requests).toBe(0)
  })
})

describe('savings', () => {
  it('of prompt caches are what reading saved less what writing cost', () => {
    const tokens = { ...NO_TOKENS, cacheRead: 1_000_000, cacheWrite5m: 100_000 }
    const { promptCache } = costReport('model', days, [[used({ tokens })], [], []], facts).saved
    // 1 M tokens at 2.70 less, 0.1 M at 0.75 more
    expect(promptCache).toMatchObject({ amount: 2_625_000_000, leftOut: 0 })
  })

  it('of the response cache are what its hits would have cost', () => {
    const { responseCache } = costReport('model', days, [[used({ saved: asNanoUsd(7) })], [used({ savedUnknown: 2 })], []], facts).saved
    expect(responseCache).toMatchObject({ amount: 7, leftOut: 2, byDay: [7, 0, 0] })
  })

  it('may be losses', () => {
    const { promptCache } = costReport('model', days, [[used({ tokens: { ...NO_TOKENS, cacheWrite5m: 1_000_000 } })], [], []], facts).saved
    expect(promptCache).toMatchObject({ amount: -750_000_000 })
  })

  it('leave out what has no price, and say how much that is', () => {
    const unknown = used({ endpoint: 'openai/gpt', requests: 4, tokens: { ...NO_TOKENS, cacheRead: 9 } })
    expect(costReport('model', days, [[unknown], [], []], facts).saved.promptCache).toMatchObject({ amount: 0, leftOut: 4 })
  })

  it.each([
    ['5.5 % of a month’s spending', 100_000_000_000, 5_500_000_000],
    ['$0.80 where that is more', 1_000_000_000, 800_000_000],
    ['nothing where nothing was spent', 0, 0],
  ])('of the fee are %s', (_, spent, fee) => {
    const { fee: saved } = costReport('model', days, [[used({ spent: asNanoUsd(spent) })], [], []], facts).saved
    expect(saved).toMatchObject({ amount: fee })
  })

  it('of the fee leave out what went through the reseller itself', () => {
    expect(costReport('model', days, [[used({ endpoint: 'openrouter/openai/gpt' })], [], []], facts).saved.fee).toMatchObject({ amount: 0 })
  })

  it('of routing are what was settled for each day', () => {
    const routed = [asNanoUsd(5), asNanoUsd(-2), asNanoUsd(0)]
    expect(costReport('model', days, [[], [], []], facts, routed).saved.routing).toEqual({ amount: 3, leftOut: 0, byDay: routed })
  })
})
