/** What the user knows better, over real requests: own prices, discounts and models, past rows charged anew, fresher lists, moves that are held back. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CatalogStatus } from '../../shared/api/models.ts'
import { type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'

let upstream: FakeUpstream
let running: TestGateway
beforeEach(async () => {
  upstream = await fakeUpstream()
  running = await startGateway({ upstream: upstream.url, settings: settings() })
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

const settings = () => ({
  catalog: { refresh: 'off' as const, priceList: `${upstream.url}/prices.json` },
  baseUrls: { openai: `${upstream.url}/v1`, anthropic: `${upstream.url}/anthropic`, google: `${upstream.url}/v1beta`, cohere: upstream.url },
})

const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-5-mini',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 },
}

async function ask(model: string, answer: object = ANSWER): Promise<void> {
  upstream.answer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answer))
  })
  const response = await fetch(`${running.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEYS.client}` },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }] }),
  })
  expect(response.status).toBe(200)
  await response.text()
}

async function must<Value>(result: Promise<{ ok: true; value: Value } | { ok: false; failure: { message: string } }>): Promise<Value> {
  const answered = await result
  if (!answered.ok) throw new Error(answered.failure.message)
  return answered.value
}

const client = () => running.client

describe('a price of the user’s own', () => {
  it('charges from then on, charges past rows anew when asked, and leaves the old price on record', async () => {
    await ask('openai/gpt-5-mini')
    // $0.25 and $2 a million: https://platform.openai.com/docs/pricing
    expect((await running.rows(1))[0]).toMatchObject({ cost: 250_000 + 200_000, pricesAsOf: '2026-09-23' })

    await must(client()['models.setPrice']({ endpoint: 'openai/gpt-5-mini', price: { input: 0.5, output: 4, source: 'our contract', asOf: '2026-11-01' } }))
    await ask('openai/gpt-5-mini')
    const [second, first] = await running.rows(2)
    expect(second).toMatchObject({ cost: 900_000, pricesAsOf: '2026-11-01' })
    expect(first).toMatchObject({ cost: 450_000 })

    expect(await must(client()['models.reprice']({ endpoint: 'openai/gpt-5-mini', since: 0 }))).toEqual({ rows: 1, before: 450_000, after: 900_000 })
    const rows = await running.rows(2)
    expect(rows.map(({ cost }) => cost)).toEqual([900_000, 900_000])
    expect(new Set(rows.map(({ priceVersion }) => priceVersion)).size).toBe(1)
    const history = await must(client()['models.priceHistory']({ endpoint: 'openai/gpt-5-mini' }))
    expect(history.versions.map(({ prices }) => prices.microUsdPerMillion.input)).toEqual(expect.arrayContaining([500_000, 250_000]))
    expect(await must(client()['models.measured']({ endpoint: 'openai/gpt-5-mini' }))).toMatchObject({ requests: 2, firstEventMs: expect.any(Number) })
    expect(await must(client()['models.measured']({ endpoint: 'openai/gpt-5' }))).toMatchObject({ requests: 0 })
    expect(history).toMatchObject({ current: { source: 'our contract' }, listed: { microUsdPerMillion: { input: 250_000 } } })

    await must(client()['models.setPrice']({ endpoint: 'openai/gpt-5-mini', price: null }))
    expect(await must(client()['models.priceHistory']({ endpoint: 'openai/gpt-5-mini' }))).toMatchObject({
      current: { microUsdPerMillion: { input: 250_000 } },
    })
  })

  it('gives way to the sum that the provider itself states, also when rows are charged anew', async () => {
    await ask('openai/gpt-5-mini', { ...ANSWER, usage: { ...ANSWER.usage, cost: 0.000123 } })
    expect((await running.rows(1))[0]).toMatchObject({ cost: 123_000, extras: { reportedCost: 123_000 } })
    await must(client()['models.setPrice']({ endpoint: 'openai/gpt-5-mini', price: { input: 9, output: 9 } }))
    expect(await must(client()['models.reprice']({ endpoint: 'openai/gpt-5-mini', since: 0 }))).toMatchObject({ rows: 0 })
  })

  it('is refused with more than six decimals, naming the field', async () => {
    const refused = await client()['models.setPrice']({ endpoint: 'openai/gpt-5-mini', price: { input: 0.12345678 } })
    expect(refused).toMatchObject({ ok: false, failure: { message: expect.stringContaining('six decimals') } })
  })
})

it('takes a discount off the list, by provider or by model', async () => {
  await must(client()['models.setDiscount']({ of: 'openai', percent: 10 }))
  await ask('openai/gpt-5-mini')
  expect((await running.rows(1))[0]).toMatchObject({ cost: 405_000 })
  await must(client()['models.setDiscount']({ of: 'openai/gpt-5-mini', percent: 50 }))
  const models = await must(client()['models.list']({}))
  expect(models.find(({ id }) => id === 'openai/gpt-5-mini')).toMatchObject({ priceIs: 'discounted', price: { microUsdPerMillion: { input: 125_000 } } })
  expect(models.find(({ id }) => id === 'openai/gpt-5')).toMatchObject({ price: { microUsdPerMillion: { input: 1_125_000 } } })
})

it('charges the class of service, the searches and the sound that an answer tells of', async () => {
  await ask('openai/gpt-5-mini', { ...ANSWER, service_tier: 'priority' })
  // $0.45 and $3.60 a million for priority: https://platform.openai.com/docs/pricing?latest-pricing=priority
  expect((await running.rows(1))[0]).toMatchObject({ cost: 450_000 + 360_000, extras: { serviceTier: 'priority' } })
  await ask('openai/gpt-audio', {
    ...ANSWER,
    usage: { prompt_tokens: 1000, completion_tokens: 100, prompt_tokens_details: { audio_tokens: 900 }, completion_tokens_details: { audio_tokens: 80 } },
  })
  // text $2.50 and $10, sound $32 and $64 a million: https://platform.openai.com/docs/models/gpt-audio
  expect((await running.rows(2))[0]).toMatchObject({
    tokens: { input: 100, audioInput: 900, output: 20, audioOutput: 80 },
    cost: 100 * 2_500 + 900 * 32_000 + 20 * 10_000 + 80 * 64_000,
  })
})

describe('a model of the user’s own', () => {
  it('is listed with its facts and charged at its price', async () => {
    await must(
      client()['models.addOwn']({
        provider: 'openai',
        id: 'ft:mine',
        name: 'Mine',
        context: 64_000,
        abilities: { tools: false },
        price: { input: 1, output: 1 },
      }),
    )
    const models = await must(client()['models.list']({}))
    expect(models.find(({ id }) => id === 'openai/ft:mine')).toMatchObject({ name: 'Mine', context: 64_000, can: expect.not.arrayContaining(['tools']) })
    await ask('openai/ft:mine')
    expect((await running.rows(1))[0]).toMatchObject({ cost: 1_100_000 })
    const status = await must(client()['models.removeOwn']({ endpoint: 'openai/ft:mine' }))
    expect(status.own.models).toEqual([])
  })

  it('may stand in models.json, and a field that is wrong is named while the rest stays in force', async () => {
    const file = join(running.dataDir, 'models.json')
    writeFileSync(file, JSON.stringify({ prices: { 'openai/gpt-5-mini': { input: 7, output: 7 } } }))
    expect((await must(client()['catalog.status']({}))).fileProblem).toBeUndefined()
    await ask('openai/gpt-5-mini')
    expect((await running.rows(1))[0]).toMatchObject({ cost: 7_700_000 })
    writeFileSync(file, JSON.stringify({ prices: { 'openai/gpt-5-mini': { input: -1 } } }))
    const { fileProblem, own } = await must(client()['catalog.status']({}))
    expect(fileProblem).toContain('models.json: prices.openai/gpt-5-mini.input')
    expect(own.prices).toMatchObject({ 'openai/gpt-5-mini': { input: 7 } })
  })
})

describe('fresher lists', () => {
  const model = (id: string, input: number) => ({ id, match: { equals: id }, prices: { input_mtok: input, output_mtok: input * 8 } })
  const provider = (id: string, models: readonly object[]) => ({ id, name: id, api_pattern: `https://${id}\\.example`, models })
  /** The package's own shape, with every provider that the engine looks for. */
  const list = (openai: readonly object[]) =>
    [
      ...['anthropic', 'google', 'openrouter', 'perplexity', 'mistral', 'cohere', 'groq', 'deepseek', 'x-ai', 'together', 'cerebras', 'moonshotai', 'zai'],
      ...['fireworks', 'azure', 'aws', 'baseten', 'cloudflare', 'minimax', 'novita', 'ovhcloud', 'zhipuai'],
    ]
      .map((id) => provider(id, []))
      .concat([provider('openai', openai)])

  function serve(answers: Readonly<Record<string, unknown>>): void {
    upstream.answer((request, response) => {
      const body = answers[request.url]
      response.statusCode = body === undefined ? 500 : 200
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(body ?? { error: { message: 'no' } }))
    })
  }
  const source = (status: CatalogStatus, name: string) => status.sources.find((one) => one.name === name)
  const listed = async (endpoint: string) => (await must(client()['models.priceHistory']({ endpoint }))).listed?.microUsdPerMillion.input

  const past = async (endpoint: string) =>
    (await must(client()['models.priceHistory']({ endpoint }))).listedBefore.map(({ prices, ...when }) => [when, prices.microUsdPerMillion.input])

  it('are known with their dates, also ahead of time', async () => {
    // $10 until OpenAI lowered it to $2: https://openai.com/index/introducing-o3-pro
    expect(await past('openai/o3')).toEqual([
      [{ since: '2025-06-10' }, 2_000_000],
      [{}, 10_000_000],
    ])
    expect((await past('google/gemini-3.6-flash'))[0]).toEqual([{ since: '2027-01-01' }, 1_500_000])
  })

  it('take effect, hold back what moved more than tenfold, and outlive a restart', async () => {
    serve({
      '/prices.json': list([model('gpt-5-mini', 0.3), model('gpt-5', 0.00125)]),
      '/v1/models': { object: 'list', data: [{ id: 'gpt-5-mini' }, { id: 'gpt-77', context_window: 5000 }] },
    })
    const status = await must(client()['catalog.refresh']({}))
    expect(source(status, '@pydantic/genai-prices')).toEqual({ name: '@pydantic/genai-prices', asOf: expect.any(String), fetchedAt: expect.any(Number) })
    expect(source(status, 'openai')).toMatchObject({ models: 2 })
    expect(source(status, 'anthropic')).toMatchObject({ failure: { code: 'list-status', status: 500 } })
    expect(await listed('openai/gpt-5-mini')).toBe(300_000)
    expect(status.held).toMatchObject([{ endpoint: 'openai/gpt-5', before: { microUsdPerMillion: { input: 1_250_000 } } }])
    expect(await listed('openai/gpt-5')).toBe(1_250_000)
    const before = await past('openai/gpt-5-mini')
    expect(before).toEqual([[{ until: expect.stringMatching(/^2\d{3}-\d{2}-\d{2}$/) }, 250_000]])
    const models = await must(client()['models.list']({}))
    expect(models.filter((row) => row.provider === 'openai').map(({ id, context }) => [id, context])).toEqual([
      ['openai/gpt-5-mini', 400_000],
      ['openai/gpt-77', 5000],
    ])

    const accepted = await must(client()['catalog.decideHeld']({ endpoint: 'openai/gpt-5', accept: true }))
    expect(accepted.held).toEqual([])
    expect(await listed('openai/gpt-5')).toBe(1250)
    expect(await past('openai/gpt-5')).toEqual([[{ until: expect.any(String) }, 1_250_000]])

    // a list that fails, or is none, changes nothing
    serve({ '/prices.json': { not: 'a list' } })
    const failed = await must(client()['catalog.refresh']({}))
    expect(source(failed, '@pydantic/genai-prices')).toMatchObject({
      failure: expect.anything(),
      fetchedAt: source(status, '@pydantic/genai-prices')?.fetchedAt,
    })
    expect(source(failed, 'openai')).toMatchObject({ models: 2, failure: { code: 'list-status', status: 500 } })
    expect(await listed('openai/gpt-5-mini')).toBe(300_000)
    expect(await past('openai/gpt-5-mini')).toEqual(before)
    expect(readFileSync(join(running.dataDir, 'catalog.json'), 'utf8')).not.toContain(TEST_KEYS.openai)
  })

  it('tell how far they are, and can be stopped: what has come stays, and nobody has failed by it', async () => {
    let held = 0
    upstream.answer((request, response) => {
      // the price list answers, and OpenAI and the others keep their client waiting
      if (request.url !== '/prices.json') return void held++
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(list([model('gpt-5-mini', 0.3)])))
    })
    const refreshing = client()['catalog.refresh']({})
    const status = async () => must(client()['catalog.status']({}))
    await vi.waitFor(async () => {
      const { progress, refreshing: isRunning } = await status()
      expect(isRunning).toBe(true)
      expect(progress?.done).toBe(1)
      expect(progress?.asking).toContain('openai')
      expect(progress?.asking).not.toContain('@pydantic/genai-prices')
      expect(progress?.total).toBe(1 + (progress?.asking.length ?? 0))
      expect(held).toBe(progress?.asking.length)
    }, 20_000)
    await must(client()['catalog.cancelRefresh']({}))
    const stopped = await must(refreshing)
    expect(stopped).toMatchObject({ refreshing: false })
    expect(stopped.progress).toBeUndefined()
    expect(stopped.sources).toMatchObject([{ name: '@pydantic/genai-prices', fetchedAt: expect.any(Number) }])
    expect(stopped.sources.every(({ failure }) => failure === undefined)).toBe(true)
    expect(await listed('openai/gpt-5-mini')).toBe(300_000)

    // the next one starts afresh
    serve({ '/prices.json': list([model('gpt-5-mini', 0.4)]), '/v1/models': { object: 'list', data: [{ id: 'gpt-5-mini' }] } })
    expect(source(await must(client()['catalog.refresh']({})), 'openai')).toMatchObject({ models: 1 })
  })
})
