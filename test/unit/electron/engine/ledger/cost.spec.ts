import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadGenaiPrices } from '../../../../../electron/engine/catalog/genai-prices.ts'
import type { PriceBook } from '../../../../../electron/engine/catalog/price-book.ts'
import { costOf } from '../../../../../electron/engine/ledger/cost.ts'
import type { Tokens } from '../../../../../shared/chat.ts'
import type { Prices, TokenPrices } from '../../../../../shared/routing.ts'

const TODAY = '2026-11-22'

function prices(microUsdPerMillion: TokenPrices, tiers?: Prices['tiers']): Prices {
  return { asOf: TODAY, source: 'test', microUsdPerMillion, ...(tiers ? { tiers } : {}) }
}

const price = fc.integer({ min: 0, max: 600_000_000 })
const anyPrices = fc.record({ input: price, cacheRead: price, cacheWrite5m: price, cacheWrite1h: price, output: price }).map((all) => prices(all))
const count = fc.integer({ min: 0, max: 2_000_000 })
const anyTokens = fc.record({ input: count, cacheRead: count, cacheWrite5m: count, cacheWrite1h: count, output: count, reasoning: count })
const NONE = { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, reasoning: 0 } as const

describe('the cost of a request', () => {
  it('is exact: never more than half a nano-USD from the true sum', () => {
    fc.assert(
      fc.property(anyTokens, anyPrices, (tokens, given) => {
        const each = given.microUsdPerMillion
        const of = (tokenCount: number, unit: number | undefined) => BigInt(tokenCount) * BigInt(unit ?? 0)
        const thousandths =
          of(tokens.input, each.input) +
          of(tokens.cacheRead, each.cacheRead) +
          of(tokens.cacheWrite5m, each.cacheWrite5m) +
          of(tokens.cacheWrite1h, each.cacheWrite1h) +
          of(tokens.output + tokens.reasoning, each.output)
        const cost = costOf(tokens, given)
        const tooMuch = BigInt(cost ?? -1) * 1000n - thousandths
        // half up: from -499 (rounded down) to +500 (rounded up)
        return tooMuch > -500n && tooMuch <= 500n
      }),
    )
  })

  it('adds up: the buckets priced one by one differ from the whole by rounding alone', () => {
    fc.assert(
      fc.property(anyTokens, anyPrices, (tokens, given) => {
        const whole = costOf(tokens, given) ?? Number.NaN
        const parts = Object.entries(tokens).map(([bucket, tokenCount]) => costOf({ ...NONE, [bucket]: tokenCount }, given) ?? Number.NaN)
        return Math.abs(whole - parts.reduce((sum, part) => sum + part, 0)) <= 3.5
      }),
    )
  })

  it('never falls when more tokens are used', () => {
    const bucket = fc.constantFrom<keyof typeof NONE>('input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output', 'reasoning')
    fc.assert(
      fc.property(anyTokens, anyPrices, bucket, count, (tokens, given, which, more) => {
        const before = costOf(tokens, given) ?? Number.NaN
        return (costOf({ ...tokens, [which]: tokens[which] + more }, given) ?? Number.NaN) >= before
      }),
    )
  })

  it('is unknown without prices, without counts, and for used tokens without a price', () => {
    expect(costOf({ input: 10, output: 10 }, undefined)).toBeUndefined()
    expect(costOf({}, prices({ input: 1, output: 1 }))).toBeUndefined()
    expect(costOf({ input: 10, cacheRead: 1 }, prices({ input: 1000, output: 1000 }))).toBeUndefined()
    expect(costOf({ input: 10, reasoning: 1 }, prices({ input: 1000 }))).toBeUndefined()
  })

  it('needs no price for a bucket of nothing', () => {
    expect(costOf({ input: 10, cacheRead: 0, cacheWrite1h: 0, output: 0 }, prices({ input: 1000 }))).toBe(10)
  })

  it('is zero, and not unknown, where the price is an explicit zero', () => {
    expect(costOf({ input: 10, output: 500, reasoning: 3 }, prices({ input: 0, output: 0 }))).toBe(0)
  })

  it('is unknown for a count that cannot be one', () => {
    expect(costOf({ input: -1, output: 3 }, prices({ input: 1, output: 1 }))).toBeUndefined()
    expect(costOf({ input: 1.5 }, prices({ input: 1, output: 1 }))).toBeUndefined()
    expect(costOf({ input: Number.NaN }, prices({ input: 1 }))).toBeUndefined()
  })

  it('chooses the tier by everything that went in, cached or not, and for the whole request', () => {
    const tiered = prices({ input: 1000, cacheRead: 100, output: 2000 }, [
      { overInputTokens: 100, microUsdPerMillion: { input: 5000, cacheRead: 500, output: 6000 } },
      { overInputTokens: 200, microUsdPerMillion: { input: 9000, cacheRead: 900, output: 9000 } },
    ])
    expect(costOf({ input: 40, cacheRead: 60, output: 1 }, tiered)).toBe(48) // (40,000 + 6,000 + 2,000) / 1000
    expect(costOf({ input: 41, cacheRead: 60, output: 1 }, tiered)).toBe(241) // (205,000 + 30,000 + 6,000) / 1000
    expect(costOf({ input: 201, output: 100_000 }, tiered)).toBe(901_809)
  })

  it('is unknown, and no error, for a count that no request comes to', () => {
    expect(costOf({ input: Number.MAX_SAFE_INTEGER }, prices({ input: 600_000_000 }))).toBeUndefined()
    expect(costOf({ input: 1_000_000_000_000 }, prices({ input: 1_000_000 }))).toBeUndefined()
    // two million tokens at 600 USD a million
    expect(costOf({ input: 2_000_000 }, prices({ input: 600_000_000 }))).toBe(1_200_000_000_000)
  })

  it('of a long prompt is as much more in a class of service as it is in the usual one', () => {
    const usual = { input: 1000, cacheRead: 100, output: 6000 }
    const long = prices(usual, [{ overInputTokens: 100, microUsdPerMillion: { input: 2000, cacheRead: 200, output: 9000 } }])
    const half = { input: 500, cacheRead: 50, output: 3000 }
    const served: Prices = { ...long, serviceTiers: { flex: half, fast: { input: 6000, output: 30_000 } } }
    const flex = { extras: { serviceTier: 'flex' } }
    expect(costOf({ input: 60, cacheRead: 40, output: 10 }, served, flex)).toBe(62)
    expect(costOf({ input: 100, cacheRead: 100, output: 10 }, served, flex)).toBe(100 + 10 + 45)
    // what has no price at one of the lengths has none here
    expect(costOf({ input: 200, output: 10 }, { ...served, microUsdPerMillion: { input: 1000 } }, flex)).toBeUndefined()
    expect(costOf({ input: 200, output: 10 }, served, { extras: { serviceTier: 'fast' } })).toBe(1500)
  })

  it('is a tenth more where a surcharge is asked on tokens, and searches cost what they did', () => {
    const searched: Prices = { ...prices({ input: 1_000_000, output: 5_000_000 }), perCall: { webSearch: 10_000_000 } }
    expect(costOf({ input: 1000, output: 100 }, searched, { extras: { surchargePercent: 10, webSearches: 2 } })).toBe(1_650_000 + 20_000_000)
    // rounded once: 1.1 times 5 thousandths
    expect(costOf({ input: 5 }, prices({ input: 100 }), { extras: { surchargePercent: 10 } })).toBe(1)
  })
})

/** Worked out by hand, from the prices that the list records for these pages; so the table also holds the list, and our reading of it, to them. */
const OPENAI = 'https://developers.openai.com/api/docs/pricing'
const ANTHROPIC = 'https://platform.claude.com/docs/en/about-claude/pricing'
const GOOGLE = 'https://ai.google.dev/gemini-api/docs/pricing'

const cases: readonly {
  readonly page: string
  readonly model: string
  readonly why: string
  readonly tokens: Tokens
  readonly nanoUsd: number
  readonly on?: string
}[] = [
  { page: OPENAI, model: 'openai/gpt-5-mini', why: '$0.25 in, $2 out', tokens: { input: 1000, output: 500 }, nanoUsd: 1_250_000 },
  {
    page: OPENAI,
    model: 'openai/gpt-5',
    why: 'cached input at $0.125, reasoning as output at $10',
    tokens: { input: 200, cacheRead: 1800, output: 300, reasoning: 700 },
    nanoUsd: 10_475_000,
  },
  {
    page: OPENAI,
    model: 'openai/gpt-4o-mini',
    why: 'one token of each kind at $0.15, $0.075, $0.60',
    tokens: { input: 1, cacheRead: 1, output: 1 },
    nanoUsd: 825,
  },
  { page: OPENAI, model: 'openai/gpt-5-nano', why: 'cached input at $0.005', tokens: { input: 0, cacheRead: 3, output: 0 }, nanoUsd: 15 },
  { page: OPENAI, model: 'openai/gpt-5.4', why: 'the last prompt at $2.50', tokens: { input: 271_999, output: 0 }, nanoUsd: 679_997_500 },
  { page: OPENAI, model: 'openai/gpt-5.4', why: 'from 272K on at $5 and $22.50', tokens: { input: 272_000, output: 1000 }, nanoUsd: 1_382_500_000 },
  {
    page: OPENAI,
    model: 'openai/gpt-5.6-sol',
    why: 'cache writes at 1.25 times $4, after the cut of 2026-08-21',
    tokens: { input: 500, cacheWrite5m: 10_000, output: 1000 },
    nanoUsd: 72_000_000,
  },
  {
    page: OPENAI,
    model: 'openai/gpt-5.6-sol',
    why: 'before that cut: $5 and $30',
    tokens: { input: 1000, output: 1000 },
    nanoUsd: 35_000_000,
    on: '2026-08-20',
  },
  { page: OPENAI, model: 'openai/o3', why: '$2 and $8 since 2025-06-10', tokens: { input: 1000, output: 250, reasoning: 750 }, nanoUsd: 10_000_000 },
  {
    page: ANTHROPIC,
    model: 'anthropic/claude-sonnet-4-5',
    why: 'all five: $3, read $0.30, write $3.75 and $6, out $15',
    tokens: { input: 10, cacheRead: 50_000, cacheWrite5m: 1000, cacheWrite1h: 2000, output: 400 },
    nanoUsd: 36_780_000,
  },
  {
    page: ANTHROPIC,
    model: 'anthropic/claude-haiku-4-5',
    why: 'a million of each at $1 and $5',
    tokens: { input: 1_000_000, output: 1_000_000 },
    nanoUsd: 6_000_000_000,
  },
  { page: ANTHROPIC, model: 'anthropic/claude-opus-5-5', why: 'reads at 0.05 times $4', tokens: { cacheRead: 100_000, output: 1000 }, nanoUsd: 40_000_000 },
  {
    page: ANTHROPIC,
    model: 'anthropic/claude-opus-4-6',
    why: 'flat since 2026-03-13: $5 also over 200K',
    tokens: { input: 300_000, output: 0 },
    nanoUsd: 1_500_000_000,
  },
  {
    page: GOOGLE,
    model: 'google/gemini-2.5-flash',
    why: 'thinking as output: $0.30, $2.50',
    tokens: { input: 1200, output: 80, reasoning: 920 },
    nanoUsd: 2_860_000,
  },
  { page: GOOGLE, model: 'google/gemini-2.5-pro', why: 'up to 200K at $1.25', tokens: { input: 200_000, output: 0 }, nanoUsd: 250_000_000 },
  { page: GOOGLE, model: 'google/gemini-2.5-pro', why: 'over 200K at $2.50 and $15', tokens: { input: 200_001, output: 1 }, nanoUsd: 500_017_500 },
  { page: GOOGLE, model: 'google/gemini-1.5-flash', why: '18.75 nano-USD rounded up', tokens: { cacheRead: 1 }, nanoUsd: 19 },
  { page: GOOGLE, model: 'google/gemini-1.5-flash', why: '37.5 nano-USD: halves go up', tokens: { cacheRead: 2 }, nanoUsd: 38 },
  { page: GOOGLE, model: 'google/gemini-3.6-flash', why: 'introductory $0.75 and $3.75', tokens: { input: 1000, output: 1000 }, nanoUsd: 4_500_000 },
  {
    page: GOOGLE,
    model: 'google/gemini-3.6-flash',
    why: '$1.50 and $7.50 from 2027 on',
    tokens: { input: 1000, output: 1000 },
    nanoUsd: 9_000_000,
    on: '2027-01-01',
  },
]

describe('published prices', () => {
  let book: PriceBook
  beforeAll(async () => {
    book = await loadGenaiPrices()
  })

  it.each(cases)('$model: $why ($page)', ({ model, tokens, nanoUsd, on = TODAY }) => {
    const [provider = '', name = ''] = model.split('/')
    expect(costOf(tokens, book.find(provider, name)?.pricing(Date.parse(on)).price)).toBe(nanoUsd)
  })
})

describe('prices that depend', () => {
  const base = { input: 1_000_000, output: 2_000_000, cacheRead: 100_000 }
  const dear = { input: 2_000_000, output: 4_000_000 }
  const at = (time: string) => Date.parse(`2026-11-22T${time}:00Z`)

  it('on the hour: from the first minute until before the last, over midnight too', () => {
    const hourly: Prices = { ...prices(base), hours: [{ from: 60, to: 240, microUsdPerMillion: dear }] }
    const night: Prices = { ...prices(base), hours: [{ from: 1380, to: 60, microUsdPerMillion: dear }] }
    const cost = (given: Prices, time: string) => costOf({ input: 1000, output: 0 }, given, { at: at(time) })
    expect(['00:59', '01:00', '03:59', '04:00'].map((time) => cost(hourly, time))).toEqual([1_000_000, 2_000_000, 2_000_000, 1_000_000])
    expect(['22:59', '23:00', '00:59', '01:00'].map((time) => cost(night, time))).toEqual([1_000_000, 2_000_000, 2_000_000, 1_000_000])
  })

  it('on the class of service, and are unknown for a class without a price', () => {
    const served: Prices = { ...prices(base), serviceTiers: { flex: { input: 500_000, output: 1_000_000 } } }
    const cost = (serviceTier: string) => costOf({ input: 1000, output: 1000 }, served, { extras: { serviceTier } })
    expect(cost('flex')).toBe(1_500_000)
    expect(cost('priority')).toBeUndefined()
  })

  it('on pieces: searches and requests, to the nano-USD', () => {
    const pieces: Prices = { ...prices(base), perCall: { request: 5_000_000, webSearch: 10_000_000 } }
    expect(costOf({ input: 1, output: 0 }, pieces, { extras: { webSearches: 3 } })).toBe(1_000 + 5_000_000 + 30_000_000)
    expect(costOf({ input: 1, output: 0 }, prices(base), { extras: { webSearches: 1 } })).toBeUndefined()
  })

  it('on what is counted apart: reasoning, sound and pictures at their own price, else at that of text', () => {
    const apart: Prices = prices({ ...base, reasoning: 3_000_000, audioInput: 8_000_000, imageOutput: 30_000_000 })
    expect(costOf({ reasoning: 10 }, apart)).toBe(30_000)
    expect(costOf({ reasoning: 10 }, prices(base))).toBe(20_000)
    expect(costOf({ audioInput: 10, audioOutput: 10, imageInput: 10, imageOutput: 10 }, apart)).toBe(80_000 + 20_000 + 10_000 + 300_000)
    expect(costOf({ audioCacheRead: 10 }, apart)).toBe(1_000)
  })
})
