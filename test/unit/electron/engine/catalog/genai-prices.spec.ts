import { readFileSync } from 'node:fs'
import { calcPrice, findProvider } from '@pydantic/genai-prices'
import { beforeAll, describe, expect, it } from 'vitest'
import { GENAI_PRICES, loadGenaiPrices, microUsd } from '../../../../../electron/engine/catalog/genai-prices.ts'
import type { PriceBook } from '../../../../../electron/engine/catalog/price-book.ts'
import { costOf } from '../../../../../electron/engine/ledger/cost.ts'
import { inEnglish } from '../../../../support/in-english.ts'

const NOW = Date.parse('2026-11-22')
const COVERED = ['openai', 'anthropic', 'google', 'openrouter'] as const

let book: PriceBook
beforeAll(async () => {
  book = await loadGenaiPrices()
})

const pricing = (provider: string, model: string, at = NOW) => book.find(provider, model)?.pricing(at)

describe('dollars as micro-USD', () => {
  it.each([
    [0.0375, 37_500],
    [0.01875, 18_750],
    [0.1, 100_000],
    [75, 75_000_000],
    [600, 600_000_000],
    [3.125, 3_125_000],
    [0.000001, 1],
    [0, 0],
  ])('$%d is %d', (usd, micro) => {
    expect(microUsd(usd)).toBe(micro)
  })

  it.each([0.08333333333333334, 1e-7, 0.0000015])('%d has no whole number of them', (usd) => {
    expect(microUsd(usd)).toBeUndefined()
  })
})

describe('the price list', () => {
  it('is the version whose date stands beside its prices', () => {
    const installed = JSON.parse(readFileSync(new URL('../../../../../node_modules/@pydantic/genai-prices/package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    // after an update: the day on which `npm view @pydantic/genai-prices time` says that version was published
    expect(installed.version).toBe(GENAI_PRICES.version)
  })

  it('takes over long-prompt prices as tiers of the whole request', () => {
    expect(pricing('openai', 'gpt-5.4')?.price).toMatchObject({
      microUsdPerMillion: { input: 2_500_000, cacheRead: 250_000, output: 15_000_000 },
      tiers: [{ overInputTokens: 271_999, microUsdPerMillion: { input: 5_000_000, cacheRead: 500_000, output: 22_500_000 } }],
    })
  })

  it('takes the price in force on the day', () => {
    expect(pricing('openai', 'gpt-5.6-luna', Date.parse('2026-07-29T23:59:59Z'))?.price?.microUsdPerMillion.input).toBe(1_000_000)
    expect(pricing('openai', 'gpt-5.6-luna', Date.parse('2026-07-30T00:00:00Z'))?.price?.microUsdPerMillion.input).toBe(200_000)
    expect(pricing('anthropic', 'claude-opus-4-6')?.price?.tiers).toBeUndefined()
  })

  it('knows dated and alternative names', () => {
    expect(book.find('openai', 'gpt-4o-mini-2024-07-18')?.id).toBe('gpt-4o-mini')
    expect(book.find('anthropic', 'claude-haiku-4-5-20251001')?.id).toBe('claude-haiku-4-5')
    expect(book.find('openai', 'gpt-5.2-proo')).toBeUndefined()
    expect(book.find('ollama', 'llama3.2')).toBeUndefined()
  })

  it('does not know what Vertex charges as a price of the Gemini API', () => {
    expect(book.find('google', 'claude-sonnet-4-6')).toBeUndefined()
  })

  it('has sound, searches and the hour of the day apart', () => {
    expect(pricing('google', 'gemini-2.5-flash')?.price?.microUsdPerMillion).toMatchObject({ input: 300_000, audioInput: 1_000_000 })
    // $10 a thousand searches
    expect(pricing('openai', 'gpt-5')?.price?.perCall).toEqual({ webSearch: 10_000_000 })
    // twice the price between 01:00 and 04:00 and between 06:00 and 10:00 UTC: https://api-docs.deepseek.com/quick_start/pricing
    expect(pricing('deepseek', 'deepseek-v4-flash')?.price).toMatchObject({
      microUsdPerMillion: { input: 220_000, output: 660_000 },
      hours: [
        { from: 60, to: 240, microUsdPerMillion: { input: 440_000, output: 1_320_000 } },
        { from: 360, to: 600, microUsdPerMillion: { input: 440_000, output: 1_320_000 } },
      ],
    })
  })

  it('does not take the highest fee of a request for the one that was charged', () => {
    const { price, notes } = inEnglish(pricing('perplexity', 'sonar')) ?? {}
    expect(price?.perCall?.requestAtMost).toBeGreaterThan(0)
    expect(costOf({ input: 10, output: 10 }, price)).toBeUndefined()
    expect(notes).toContain('a fee by the request comes on top, and only the answer tells how much')
  })

  it.each([
    ['openai', 'whisper-1'],
    ['perplexity', 'sonar-deep-research'],
  ])('has no price for %s/%s, which tokens alone do not tell, and says so', (provider, model) => {
    expect(pricing(provider, model)?.price).toBeUndefined()
    expect(pricing(provider, model)?.notes).not.toEqual([])
  })

  it('leaves out a single price that is no whole number, and keeps the others', () => {
    const found = pricing('openrouter', 'google/gemini-2.5-flash-lite')
    expect(found?.price?.microUsdPerMillion.input).toBe(100_000)
    expect(found?.price?.microUsdPerMillion.cacheWrite5m).toBeUndefined()
    expect(inEnglish(found?.notes)?.join()).toContain('cache_write_mtok')
  })

  it('takes a missing price for free only where the source says so', () => {
    expect(costOf({ input: 1000, output: 1000 }, pricing('openrouter', 'openai/gpt-oss-20b:free')?.price)).toBe(0)
    expect(costOf({ input: 1000, output: 1000 }, pricing('google', 'gemma-4-31b-it')?.price)).toBe(0)
    expect(pricing('openrouter', 'google/lyria-3-pro-preview')?.price).toBeUndefined()
  })

  it.each([
    ['mistral', 'mistral-large-latest'],
    ['cohere', 'command-a-03-2025'],
    ['groq', 'llama-3.3-70b-versatile'],
    ['xai', 'grok-4'],
    ['moonshot', 'kimi-k2.6'],
  ])('prices what %s calls %s, and leaves the listing to the provider', (provider, model) => {
    expect(pricing(provider, model)?.price?.microUsdPerMillion.input).toBeGreaterThan(0)
    expect(book.models(provider).filter(({ id }) => !id.includes('embed'))).toEqual([])
  })

  it.each(COVERED)('offers models of %s for chat, each with a price or a reason', (provider) => {
    const models = book.models(provider).filter(({ id }) => !id.includes('embed'))
    expect(models.length).toBeGreaterThan(10)
    for (const model of models) {
      expect(model.id).not.toMatch(/embedding|whisper|tts|image-\d/)
      const { price, notes } = model.pricing(NOW)
      if (price === undefined) expect(notes).not.toEqual([])
    }
  })

  it('comes to the same sum as the package itself, for every model with a price', () => {
    const usage = { input_tokens: 300_000, cache_read_tokens: 0, output_tokens: 4_321 }
    let compared = 0
    for (const provider of COVERED) {
      for (const { id } of findProvider({ providerId: provider })?.models ?? []) {
        const price = pricing(provider, id)?.price
        if (price === undefined) continue
        const theirs = calcPrice(usage, id, { providerId: provider, timestamp: new Date(NOW) })
        // templates such as `ft:gpt-4o` stand for names and are none themselves
        if (theirs === null) continue
        compared++
        // a request fee or another model of that name would show here; a nano-USD is our rounding
        const ours = costOf({ input: usage.input_tokens, output: price.microUsdPerMillion.output === undefined ? 0 : usage.output_tokens }, price)
        expect(Math.abs((ours ?? Number.NaN) / 1e9 - theirs.total_price), `${provider}/${id}`).toBeLessThan(1e-8)
      }
    }
    expect(compared).toBeGreaterThan(600)
  })
})
