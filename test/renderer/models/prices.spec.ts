import { describe, expect, it } from 'vitest'
import { amountOf, errorAt } from '../../../renderer/features/models/amount.ts'
import { changesBetween, priceText, writtenFrom } from '../../../renderer/features/models/price-buckets.ts'
import { writtenPrice } from '../../../shared/models-config.ts'
import type { Prices } from '../../../shared/routing.ts'

const WORDS = { free: 'free', unknown: 'n/a' }
const PRICE: Prices = {
  asOf: '2026-11-01',
  source: 'made up',
  microUsdPerMillion: { input: 37_500, output: 2_500_000, cacheRead: 1 },
  tiers: [{ overInputTokens: 200_000, microUsdPerMillion: { input: 75_000 } }],
  perCall: { webSearch: 10_000_000 },
}

describe('a price', () => {
  it.each([
    [0, 'free'],
    [undefined, 'n/a'],
    [250_000, '$0.25'],
    [2_500_000, '$2.50'],
    [15_000_000, '$15'],
    [37_500, '$0.0375'],
    [1, '$0.000001'],
  ])('of %s micro-USD reads %s', (microUsd, text) => {
    expect(priceText(microUsd, WORDS)).toBe(text)
  })

  it('goes into the form as the file takes it, tiers and all', () => {
    const written = writtenFrom({ price: PRICE })
    expect(written).toEqual({
      input: 0.0375,
      output: 2.5,
      cacheRead: 0.000001,
      webSearch: 0.01,
      tiers: [{ overInputTokens: 200_000, input: 0.075 }],
    })
    expect(writtenPrice.safeParse({ ...written, cacheRead: 0.00001 }).success).toBe(true)
    expect(writtenFrom({ price: undefined })).toEqual({})
  })

  it('differs from another by bucket', () => {
    const after = { ...PRICE, microUsdPerMillion: { input: 375_000, output: 2_500_000 } }
    expect(changesBetween(PRICE, after)).toEqual([
      { bucket: 'input', before: 37_500, after: 375_000 },
      { bucket: 'cacheRead', before: 1, after: undefined },
    ])
  })
})

it.each([
  ['', undefined],
  [' 0,5 ', 0.5],
  ['.25', 0.25],
  ['15', 15],
  ['-1', null],
  ['1e3', null],
  ['0.1234567', null],
  ['1000001', null],
  ['cheap', null],
])('%j typed is %s', (typed, amount) => {
  expect(amountOf(typed)).toBe(amount)
})

it('finds the field that the engine names', () => {
  expect(errorAt({ kind: 'bad-input', message: 'too much', field: 'price.input' }, 'input')).toBe('too much')
  expect(errorAt({ kind: 'bad-input', message: 'too much', field: 'price.input' }, 'output')).toBeUndefined()
  expect(errorAt(undefined, 'input')).toBeUndefined()
})
