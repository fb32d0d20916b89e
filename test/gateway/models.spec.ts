/** The lists of models as each dialect's official client reads them, OpenRouter's own SDK among them, which validates every row. */
import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import { OpenRouter } from '@openrouter/sdk'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'

let running: TestGateway
let openrouter: OpenRouter
beforeAll(async () => {
  running = await startGateway()
  openrouter = new OpenRouter({ apiKey: TEST_KEYS.client, serverURL: `${running.address}/api/v1` })
})
afterAll(() => running.close())

interface Row {
  readonly id: string
  readonly context_length: number | null
  readonly pricing: Readonly<Record<string, string>>
  readonly supported_parameters: readonly string[]
  readonly architecture: { readonly input_modalities: readonly string[]; readonly output_modalities: readonly string[] }
}
interface Listed {
  readonly data: readonly Row[]
  readonly links: { readonly next: string | null }
  readonly total_count: number
}

async function get<Body>(path: string, status = 200): Promise<Body> {
  const response = await fetch(running.address + path, { headers: { authorization: `Bearer ${TEST_KEYS.client}` } })
  expect(response.status, path).toBe(status)
  return (await response.json()) as Body
}

const list = (query: string): Promise<Listed> => get<Listed>(`/v1/models?${query}`)

describe('OpenRouter’s own SDK', () => {
  it('takes every row of the list, page by page', async () => {
    let count = 0
    let total = 0
    for await (const page of await openrouter.models.list({ limit: 250 })) {
      count += page.result.data.length
      total = page.result.totalCount
      if (page.result.data.length === 0 || count > 10_000) break
    }
    expect(count).toBe(total)
    expect(total).toBeGreaterThan(700)
    expect((await openrouter.models.count()).data.count).toBe(total)
  })

  it('takes the hosts of a model, its details and the providers', async () => {
    const { data } = await openrouter.endpoints.list({ author: 'openai', slug: 'gpt-oss-120b' })
    expect(data.id).toBe('openai/gpt-oss-120b')
    expect(data.endpoints.map(({ tag }) => tag)).toEqual(expect.arrayContaining(['groq', 'together', 'cerebras', 'openrouter']))
    const { data: model } = await openrouter.models.get({ author: 'openai', slug: 'gpt-5-mini' })
    expect(model).toMatchObject({ id: 'openai/gpt-5-mini', canonicalSlug: 'openai/gpt-5-mini', knowledgeCutoff: '2024-05-31', contextLength: 400_000 })
    const { data: providers } = await openrouter.providers.list()
    expect(providers.map(({ slug }) => slug)).toEqual(expect.arrayContaining(['openai', 'anthropic', 'ollama']))
  })
})

describe('filters', () => {
  it.each<[string, (row: Row) => boolean]>([
    ['providers=groq', ({ id }) => id.startsWith('groq/')],
    [
      'supported_parameters=tools,reasoning',
      ({ supported_parameters }) => supported_parameters.includes('tools') && supported_parameters.includes('reasoning'),
    ],
    ['input_modalities=image', ({ architecture }) => architecture.input_modalities.includes('image')],
    ['output_modalities=embeddings', ({ architecture }) => architecture.output_modalities.includes('embeddings')],
    ['context=1000000', ({ context_length }) => (context_length ?? 0) >= 1_000_000],
    ['max_price=0.1', ({ pricing }) => Number(pricing.prompt) >= 0 && Number(pricing.prompt) <= 0.1e-6],
    ['min_price=10&providers=openai', ({ pricing, id }) => Number(pricing.prompt) >= 10e-6 && id.startsWith('openai/')],
    ['q=sonnet', ({ id }) => id.includes('sonnet')],
    ['model_authors=deepseek', ({ id }) => id.toLowerCase().includes('deepseek')],
  ])('%s leaves what fits, and not everything', async (query, fits) => {
    const { data, total_count } = await list(query)
    expect(data.length).toBeGreaterThan(0)
    expect(data.length).toBe(total_count)
    expect(data.filter((row) => !fits(row))).toEqual([])
    expect(total_count).toBeLessThan((await list('')).total_count)
    expect(await get(`/v1/models/count?${query}`)).toEqual({ data: { count: total_count } })
  })

  it('sorts, and goes on where a page ended', async () => {
    const cheap = await list('sort=pricing-low-to-high&providers=openai,anthropic&limit=5')
    expect(cheap.data).toHaveLength(5)
    const next = await get<Listed>(cheap.links.next ?? '')
    const prices = [...cheap.data, ...next.data].map(({ pricing }) => Number(pricing.prompt) + Number(pricing.completion))
    expect(prices).toEqual(prices.toSorted((a, b) => a - b))
    expect(new Set([...cheap.data, ...next.data].map(({ id }) => id)).size).toBe(10)
    const wide = await list('sort=context-high-to-low&limit=3')
    expect(wide.data[0]?.context_length).toBeGreaterThanOrEqual(wide.data[2]?.context_length ?? 0)
  })

  it.each(['sort=loveliest', 'limit=none', 'context=-1', 'min_price=x'])('%s is refused by its name', async (query) => {
    const { error } = await get<{ error: { message: string; param: string } }>(`/v1/models?${query}`, 400)
    expect(error.param).toBe(query.split('=')[0])
  })
})

it('writes prices as exact decimals, with tiers, hours and pieces', async () => {
  const rows = new Map((await list('')).data.map((row) => [row.id, row.pricing]))
  expect(rows.get('openai/gpt-5-mini')).toMatchObject({ prompt: '0.00000025', completion: '0.000002', input_cache_read: '0.000000025', web_search: '0.01' })
  expect(rows.get('openai/gpt-5.4')).toMatchObject({ overrides: [{ min_prompt_tokens: 272_000, prompt: '0.000005' }] })
  expect(rows.get('deepseek/deepseek-v4-flash')).toMatchObject({
    overrides: [
      { utc_start: 100, utc_end: 400 },
      { utc_start: 600, utc_end: 1000 },
    ],
  })
  expect(rows.get('anthropic/claude-sonnet-4-5')).toMatchObject({ input_cache_write: '0.00000375', input_cache_write_1h: '0.000006' })
})

describe('the other dialects’ clients', () => {
  it('OpenAI’s lists all at once and gets one', async () => {
    const client = new OpenAI({ apiKey: TEST_KEYS.client, baseURL: `${running.address}/v1` })
    expect((await client.models.list()).data.length).toBeGreaterThan(700)
    expect(await client.models.retrieve('anthropic/claude-sonnet-4-5')).toMatchObject({ id: 'anthropic/claude-sonnet-4-5', owned_by: 'anthropic' })
  })

  it('Anthropic’s turns its pages by the last id', async () => {
    const client = new Anthropic({ apiKey: TEST_KEYS.client, baseURL: running.address })
    const first = await client.models.list({ limit: 3 })
    expect(first).toMatchObject({ has_more: true, last_id: first.data[2]?.id })
    const ids = first.data.map(({ id }) => id)
    const second = await first.getNextPage()
    expect(second.data).toHaveLength(3)
    expect(second.data.some(({ id }) => ids.includes(id))).toBe(false)
    const back = await client.models.list({ limit: 3, before_id: second.data[0]?.id ?? '' })
    expect(back.data.map(({ id }) => id)).toEqual(ids)
  })

  it('Google’s turns them by a token', async () => {
    const client = new GoogleGenAI({ apiKey: TEST_KEYS.client, httpOptions: { baseUrl: running.address } })
    const pager = await client.models.list({ config: { pageSize: 100, queryBase: true } })
    const seen = new Set<string>()
    for await (const model of pager) {
      expect(seen, 'comes once').not.toContain(model.name)
      seen.add(model.name ?? '')
    }
    expect(seen.has('models/google/gemini-2.5-pro')).toBe(true)
    expect(seen.size).toBeGreaterThan(700)
  })
})

it('lists to the window no two models of one provider under one name', async () => {
  const listed = await running.client['models.list']({})
  if (!listed.ok) throw new Error(listed.failure.message)
  const called = listed.value.map(({ provider, name }) => `${provider}: ${name}`)
  expect(called.filter((each, place) => called.indexOf(each) !== place)).toEqual([])
  expect(called).toEqual(expect.arrayContaining(['anthropic: Claude Haiku 4.5', 'anthropic: claude-haiku-4-5-20251001']))
})

it('names no host of a model that nobody knows', async () => {
  await get('/v1/models/nobody/nothing/endpoints', 404)
  await get('/v1/model/nobody/nothing', 404)
})
