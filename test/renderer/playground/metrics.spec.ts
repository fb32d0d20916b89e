import { describe, expect, it } from 'vitest'
import { formatPrice, metricsOf } from '../../../renderer/features/playground/metrics.ts'
import type { RunState } from '../../../renderer/features/playground/run-store.ts'
import type { RunSummary } from '../../../shared/api/playground.ts'
import { asNanoUsd } from '../../../shared/money.ts'

const RUNNING: RunState = {
  phase: { is: 'answering' },
  id: undefined,
  closed: [],
  tail: '',
  reasoning: '',
  reasoningMs: undefined,
  toolCalls: [],
  servedBy: undefined,
  simulated: false,
  firstEventMs: undefined,
  heardAt: 0,
}

const ended = (summary: Partial<RunSummary>): RunState => ({
  ...RUNNING,
  phase: {
    is: 'ended',
    summary: {
      outcome: 'ok',
      message: undefined,
      retryAfterSeconds: undefined,
      finish: 'stop',
      firstEventMs: 500,
      totalMs: 2_500,
      tokens: {},
      cost: undefined,
      ...summary,
    },
  },
})

describe('metricsOf', () => {
  it('counts every bucket that went in, and reasoning as output', () => {
    const metrics = metricsOf(ended({ tokens: { input: 100, cacheRead: 900, output: 150, reasoning: 50 }, cost: asNanoUsd(4_200_000) }), 0)
    expect(metrics).toMatchObject({
      tokensIn: 1_000,
      tokensOut: 200,
      cached: 900,
      reasoning: 50,
      tokensPerSecond: 100,
      estimated: false,
      final: true,
      cost: 4_200_000,
    })
  })

  it('leaves unknown what the provider did not count', () => {
    expect(metricsOf(ended({}), 0)).toMatchObject({ tokensIn: undefined, tokensOut: undefined, tokensPerSecond: undefined, cost: undefined, final: true })
  })

  it('guesses the speed while the answer is written, and says that it does', () => {
    expect(metricsOf({ ...RUNNING, closed: ['a'.repeat(300)], tail: 'b'.repeat(100), firstEventMs: 500 }, 1_500)).toMatchObject({
      tokensPerSecond: 100,
      estimated: true,
      final: false,
    })
  })

  it('gives no speed for an answer that came all at once', () => {
    expect(metricsOf(ended({ tokens: { output: 50 }, firstEventMs: 800, totalMs: 805 }), 0).tokensPerSecond).toBeUndefined()
  })

  it('knows that nothing more will come for a stopped answer', () => {
    expect(metricsOf({ ...RUNNING, phase: { is: 'stopped', totalMs: 900 } }, 5_000)).toMatchObject({ final: true, cost: undefined })
  })
})

describe('formatting', () => {
  it.each([
    [0, 'free'],
    [250_000, '$0.25'],
    [400_000, '$0.40'],
    [50_000, '$0.05'],
    [500, '$0.0005'],
    [4_500_000, '$4.50'],
    [15_000_000, '$15'],
    [37_500, '$0.0375'],
    [100_000_000, '$100'],
  ])('writes %d micro-dollars per million as %s', (price, expected) => {
    expect(formatPrice(price)).toBe(expected)
  })
})
