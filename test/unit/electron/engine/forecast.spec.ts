import { describe, expect, it } from 'vitest'
import { forecastOf, roughForecast } from '../../../../electron/engine/forecast.ts'
import type { Endpoint } from '../../../../shared/routing.ts'

const prices = { asOf: '2026-11-25', source: 'made up', microUsdPerMillion: { input: 1_000_000, output: 2_000_000 } }
const hosted = (upstreamModel: string) => ({ id: `a/${upstreamModel}`, upstreamModel, limits: { context: undefined, output: 300 } }) as Endpoint
const catalog = {
  resolve: (name: string) =>
    name.startsWith('a/') ? ({ is: 'found', endpoint: hosted(name.slice(2)), alternatives: [] } as const) : ({ is: 'unknown', near: [] } as const),
  priceOf: () => prices,
}

describe('a forecast', () => {
  it('counts the input as the model does, and says so', async () => {
    // 2 tokens of text, 3 for the message and 3 for the reply: https://platform.openai.com/tokenizer
    expect(await forecastOf({ model: 'a/gpt-4o', texts: ['hello world'], maxOutputTokens: 100 }, catalog)).toEqual({
      ...{ model: 'a/gpt-4o', inputTokens: 8, estimated: false, outputTokens: 100 },
      cost: 8 * 1_000 + 100 * 2_000,
    })
    expect(await forecastOf({ model: 'a/gpt-4o', texts: ['hello world', 'hello world'] }, catalog)).toMatchObject({ inputTokens: 13, outputTokens: 300 })
  })

  it('estimates for a model without a tokenizer, as the quick one does for all', async () => {
    const asking = { model: 'a/claude-sonnet-5', texts: ['x'.repeat(35)], maxOutputTokens: 100 }
    expect(await forecastOf(asking, catalog)).toEqual({
      ...{ model: 'a/claude-sonnet-5', inputTokens: 16, estimated: true, outputTokens: 100 },
      cost: 16 * 1_000 + 100 * 2_000,
    })
    expect(roughForecast({ ...asking, model: 'a/gpt-4o' }, catalog)).toMatchObject({ inputTokens: 16, estimated: true })
  })

  it('estimates tools and files, and knows no price of a model nobody knows', async () => {
    const bare = await forecastOf({ model: 'a/gpt-4o', texts: ['Hi'] }, catalog)
    const pictured = await forecastOf({ model: 'a/gpt-4o', texts: ['Hi'], images: 2 }, catalog)
    expect(pictured.inputTokens - bare.inputTokens).toBeGreaterThan(2_000)
    expect(pictured.estimated).toBe(true)
    const withTool = await forecastOf({ model: 'a/gpt-4o', texts: ['Hi'], tools: [{ name: 'look' }] }, catalog)
    expect(withTool).toMatchObject({ estimated: true })
    expect(withTool.inputTokens).toBeGreaterThan(bare.inputTokens)
    const asked = await forecastOf({ model: 'a/gpt-4o', texts: ['Hi'], documentBytes: 3_000_000 }, catalog)
    expect(asked.inputTokens).toBeGreaterThan(pictured.inputTokens)
    expect((await forecastOf({ model: 'b/two', texts: ['Hi'] }, catalog)).cost).toBeUndefined()
  })
})
