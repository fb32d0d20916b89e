import { describe, expect, it } from 'vitest'
import { formatAgo, formatBytes, formatCount, formatListMoment, formatRate, formatSpan, formatUntil } from '../../../renderer/ui/figures.ts'

describe('figures for people', () => {
  it.each([
    [undefined, 'n/a'],
    [0, '0 ms'],
    [268.4, '268 ms'],
    [999.6, '1.00 s'],
    [3_420, '3.42 s'],
    [9_996, '10.0 s'],
    [59_940, '59.9 s'],
    [59_960, '1 m 00 s'],
    [125_000, '2 m 05 s'],
  ])('writes a span of %s ms as %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text)
  })

  it.each([
    [undefined, 'n/a'],
    [0, '0'],
    [1234, '1,234'],
    [12_345, '12.3k'],
    [999_949, '999.9k'],
    [1_200_000, '1.2M'],
  ])('writes the count %s as %s', (count, text) => {
    expect(formatCount(count)).toBe(text)
  })

  it('keeps one decimal of a rate while it says something', () => {
    expect([26.44, 99.96, 170.2, undefined].map((rate) => formatRate(rate))).toEqual(['26.4', '100', '170', 'n/a'])
  })

  it('drops a decimal that is zero from sizes', () => {
    expect([512, 65_536, 1_572_864, 79_672_901_632].map(formatBytes)).toEqual(['512 B', '64 KB', '1.5 MB', '74.2 GB'])
  })

  it('tells how long ago, and never as a negative span when clocks disagree', () => {
    const now = Date.UTC(2026, 10, 22, 12)
    const minutesAgo = (minutes: number) => formatAgo(now - minutes * 60_000, now)
    expect([-3, 0, 5, 130, 1500, 4000].map(minutesAgo)).toEqual(['just now', 'just now', '5 min ago', '2 h ago', 'yesterday', '2 days ago'])
    expect(formatAgo(undefined, now)).toBe('never')
  })

  it('rounds what is left upwards, so that a limit is not over before it says so', () => {
    expect([0, 400, 61_000, 3_601_000].map((ms) => formatUntil(ms, 0))).toEqual(['0 s', '1 s', '2 min', '2 h'])
  })

  it('names the day only where the clock alone would mislead', () => {
    const now = new Date(2026, 10, 22, 12, 0, 5).getTime()
    expect(formatListMoment(now - 65_000, now)).toBe('11:59:00')
    expect(formatListMoment(new Date(2026, 10, 21, 14, 3).getTime(), now)).toBe('Sat 14:03')
    expect(formatListMoment(new Date(2026, 10, 2, 14, 3).getTime(), now)).toBe('2 Nov')
  })
})
