import { describe, expect, it } from 'vitest'
import { TIER_RULES } from '../../../../../electron/engine/catalog/facts/known-rules.ts'
import { loadModelBook } from '../../../../../electron/engine/catalog/model-book.ts'
import { serviceTiersOf } from '../../../../../electron/engine/catalog/service-tiers.ts'

const STANDARD = { input: 1_250_000, cacheRead: 125_000, output: 10_000_000 }
const AT = Date.parse('2026-11-22')

describe('the prices of classes of service', () => {
  it('are those of a source, before any rule of the family', () => {
    const told = { batch: { input: 700_000, output: 5_000_000 } }
    expect(serviceTiersOf('openai', 'gpt-5', STANDARD, { told, batches: true })).toMatchObject({ batch: told.batch, flex: told.batch })
  })

  it('are half of the usual ones in batches, at OpenAI only of models that are answered so', () => {
    const half = { input: 625_000, cacheRead: 62_500, output: 5_000_000 }
    expect(serviceTiersOf('openai', 'gpt-4o', STANDARD, { batches: true })).toEqual({ batch: half })
    expect(serviceTiersOf('openai', 'gpt-4o', STANDARD, {})).toBeUndefined()
    expect(serviceTiersOf('anthropic', 'claude-sonnet-5', STANDARD, {})).toEqual({ batch: half })
    // their discounts do not add up, so what is cached has no price in a batch that we know
    expect(serviceTiersOf('vertex', 'gemini-2.5-pro', STANDARD, {})).toEqual({ batch: { input: 625_000, output: 5_000_000 } })
  })

  it('leave out what would be no whole micro-USD', () => {
    expect(serviceTiersOf('anthropic', 'claude-x', { input: 3, output: 4 }, {})).toEqual({ batch: { output: 2 } })
  })

  it.each(TIER_RULES.map((rule) => [`${rule.providers.join(', ')}: ${rule.tier} of ${rule.models.source}`, rule] as const))(
    '%s stands on a page',
    (_name, { source, times: [numerator, denominator] }) => {
      expect(source).toMatch(/^https:\/\//)
      expect(numerator / denominator).toBeGreaterThan(0)
    },
  )

  // dollars per million as https://openai.com/api-priority-processing/ names them, read on 2026-11-25
  it.each([
    ['gpt-5.5', 12.5, 1.25, 75],
    ['gpt-5.4-mini', 1.5, 0.15, 9],
    ['gpt-5.4', 5, 0.5, 30],
    ['gpt-5.2', 3.5, 0.35, 28],
    ['gpt-5.1', 2.5, 0.25, 20],
    ['gpt-5', 2.5, 0.25, 20],
    ['gpt-5-mini', 0.45, 0.045, 3.6],
    ['gpt-5.1-codex', 2.5, 0.25, 20],
    ['gpt-5-codex', 2.5, 0.25, 20],
    ['gpt-4.1', 3.5, 0.875, 14],
  ])('of %s with priority are those of the page', async (model, input, cacheRead, output) => {
    const priority = (await loadModelBook()).find('openai', model)?.pricing(AT).price?.serviceTiers?.priority
    expect(priority).toMatchObject({ input: input * 1e6, cacheRead: cacheRead * 1e6, output: output * 1e6 })
  })

  it('are each model’s own where two share a price', async () => {
    const book = await loadModelBook()
    const tiersOf = (model: string) => Object.keys(book.find('openai', model)?.pricing(AT).price?.serviceTiers ?? {})
    // asked in this order, the second has had those of the first
    expect(tiersOf('gpt-5')).toContain('priority')
    expect(tiersOf('gpt-5-chat-latest')).not.toContain('priority')
  })
})

describe('Vertex', () => {
  it('asks for long prompts and for sound what the Gemini API does', async () => {
    const book = await loadModelBook()
    const priceOf = (provider: string, model: string) => book.find(provider, model)?.pricing(AT).price
    expect(priceOf('vertex', 'gemini-2.5-pro')?.tiers).toEqual([
      { overInputTokens: 200_000, microUsdPerMillion: { input: 2_500_000, cacheRead: 250_000, output: 15_000_000 } },
    ])
    expect(priceOf('vertex', 'gemini-2.5-flash')?.microUsdPerMillion.audioInput).toBe(1_000_000)
    for (const { id } of book.models('vertex')) {
      const [here, there] = [priceOf('vertex', id), priceOf('google', id)]
      if (here !== undefined && there !== undefined) expect([id, here.microUsdPerMillion, here.tiers]).toEqual([id, there.microUsdPerMillion, there.tiers])
    }
    // what the list knows of Claude there is not the Gemini API's
    expect(priceOf('vertex', 'claude-sonnet-4-5')).toBeUndefined()
  })
})

it('takes of a model that the list takes for another of its family what is its own', async () => {
  // cache hits at 0.05 times the input, where Sonnet 5 has 0.1: https://platform.claude.com/docs/en/about-claude/pricing
  const price = (await loadModelBook()).find('anthropic', 'claude-sonnet-5-5')?.pricing(AT).price
  expect(price).toMatchObject({
    microUsdPerMillion: { input: 2_000_000, cacheRead: 100_000, cacheWrite5m: 2_500_000, cacheWrite1h: 4_000_000, output: 10_000_000 },
    perCall: { webSearch: 10_000_000 },
  })
  expect((await loadModelBook()).find('anthropic', 'claude-sonnet-5')?.pricing(AT).price?.microUsdPerMillion.cacheRead).toBe(200_000)
})
