import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Catalog, createCatalog } from '../../../../../electron/engine/catalog/catalog.ts'
import { loadModelBook } from '../../../../../electron/engine/catalog/model-book.ts'
import type { PriceBook } from '../../../../../electron/engine/catalog/price-book.ts'
import { costOf } from '../../../../../electron/engine/ledger/cost.ts'
import { providersWith } from '../../../../../electron/engine/providers/registry.ts'

const custom = [{ id: 'acme', name: 'Acme', baseUrl: 'https://llm.acme.example/v1/', needsKey: true }]

let now: number
let catalog: Catalog

function catalogOf(options: { readonly loadPrices?: () => Promise<PriceBook>; readonly usableProvider?: string } = {}): Catalog {
  const { loadPrices = loadModelBook, usableProvider } = options
  return createCatalog({
    providers: providersWith(custom),
    now: () => now,
    loadPrices,
    ...(usableProvider === undefined ? {} : { isUsable: (endpoint) => endpoint.provider === usableProvider }),
  })
}

function idOf(name: string): string {
  const resolution = catalog.resolve(name)
  if (resolution.is === 'found') return resolution.endpoint.id
  return resolution.is === 'ambiguous' ? `ambiguous: ${resolution.candidates.join(' ')}` : 'unknown'
}

function endpoint(name: string) {
  const resolution = catalog.resolve(name)
  if (resolution.is !== 'found') throw new Error(`${name} is ${resolution.is}`)
  return resolution.endpoint
}

beforeEach(async () => {
  now = Date.parse('2026-11-22T12:00:00Z')
  catalog = catalogOf()
  await catalog.ready()
})

describe('what a model name means', () => {
  it.each([
    ['its full name', 'openai/gpt-5-mini', 'openai/gpt-5-mini'],
    ['a dated name', 'openai/gpt-5-2025-08-07', 'openai/gpt-5-2025-08-07'],
    ['a model newer than the list', 'openai/gpt-99', 'openai/gpt-99'],
    ['a custom provider', 'acme/Whatever-Model:7b', 'acme/Whatever-Model:7b'],
    ['a bare name, of the vendor rather than the aggregator', 'gpt-5-mini', 'openai/gpt-5-mini'],
    ['a bare dated name', 'claude-sonnet-4-5-20250929', 'anthropic/claude-sonnet-4-5-20250929'],
    ["OpenRouter's spelling of a vendor we call directly", 'anthropic/claude-sonnet-4.5', 'anthropic/claude-sonnet-4-5'],
    ['that spelling without the vendor', 'claude-sonnet-4.5', 'anthropic/claude-sonnet-4-5'],
    ['a model at OpenRouter', 'openrouter/meta-llama/llama-3.3-70b-instruct', 'openrouter/meta-llama/llama-3.3-70b-instruct'],
    ['with its suffix', 'openrouter/openai/gpt-oss-20b:free', 'openrouter/openai/gpt-oss-20b:free'],
    ['open weights by their author, at a direct host', 'meta-llama/llama-3.3-70b-instruct', 'groq/llama-3.3-70b-versatile'],
    ['a vendor that only OpenRouter serves', 'mancer/weaver', 'openrouter/mancer/weaver'],
    ['a simulated model', 'demo/swift', 'demo/swift'],
    ['a simulated model that is not there', 'demo/oracle', 'unknown'],
    ['a simulated model by half its name', 'swift', 'unknown'],
    ['a provider without a model', 'openai/', 'unknown'],
    ['nothing', '', 'unknown'],
    ['a slash', '/', 'unknown'],
    ['a vendor nobody serves', 'nobody/model', 'unknown'],
  ])('%s: %s', (_what, name, expected) => {
    expect(idOf(name)).toBe(expected)
    // and again, from memory
    expect(idOf(name)).toBe(expected)
  })

  it('is open when two servers hold the same model', () => {
    catalog.setModels('ollama', [{ id: 'qwen3:4b' }])
    catalog.setModels('lmstudio', [{ id: 'qwen3:4b' }])
    expect(idOf('qwen3:4b')).toBe('ambiguous: ollama/qwen3:4b lmstudio/qwen3:4b')
    catalog.setModels('lmstudio', [])
    expect(idOf('qwen3:4b')).toBe('ollama/qwen3:4b')
  })

  it('takes any string, and finds what it lists', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => ['found', 'ambiguous', 'unknown'].includes(catalog.resolve(name).is)))
    for (const listed of catalog.endpoints()) expect(endpoint(listed.id)).toBe(listed)
  })

  it('is not remembered for names nobody could mean', () => {
    expect(catalog.resolve(`openai/${'x'.repeat(500)}`).is).toBe('unknown')
  })
})

describe('the hosts of a model', () => {
  const hostsOf = (name: string): readonly string[] => {
    const resolution = catalog.resolve(name)
    return resolution.is === 'found' ? [resolution.endpoint.id, ...resolution.alternatives.map(({ id }) => id)] : []
  }

  it.each([
    ['openai/gpt-5-mini', 'openai/gpt-5-mini', 'openrouter/openai/gpt-5-mini'],
    ['gpt-5-mini', 'openai/gpt-5-mini', 'openrouter/openai/gpt-5-mini'],
    ['openrouter/openai/gpt-5-mini', 'openrouter/openai/gpt-5-mini', 'openai/gpt-5-mini'],
    ['openai/gpt-oss-120b', 'groq/openai/gpt-oss-120b', 'openrouter/openai/gpt-oss-120b'],
    ['meta-llama/llama-3.3-70b-instruct', 'groq/llama-3.3-70b-versatile', 'openrouter/meta-llama/llama-3.3-70b-instruct'],
    ['anthropic/claude-sonnet-4-5-20250929', 'anthropic/claude-sonnet-4-5-20250929', 'openrouter/anthropic/claude-sonnet-4.5'],
  ])('%s: %s among the first, %s behind', (name, first, behind) => {
    const hosts = hostsOf(name)
    expect(hosts).toContain(first)
    expect(hosts.indexOf(behind)).toBeGreaterThanOrEqual(0)
    expect(hosts.indexOf(first)).toBeLessThan(hosts.indexOf(behind))
    expect(new Set(hosts.map((id) => id.split('/')[0])).size).toBe(hosts.length)
  })

  it('are those that can be used, and follow the keys', async () => {
    const keys = new Set(['openrouter'])
    catalog = createCatalog({ providers: providersWith([]), now: () => now, loadPrices: () => loadModelBook(), isUsable: ({ provider }) => keys.has(provider) })
    await catalog.ready()
    expect(hostsOf('meta-llama/llama-3.3-70b-instruct')).toEqual(['openrouter/meta-llama/llama-3.3-70b-instruct'])
    expect(hostsOf('gpt-5-mini')).toEqual(['openai/gpt-5-mini', 'openrouter/openai/gpt-5-mini'])
    keys.add('groq')
    catalog.keysChanged()
    expect(hostsOf('meta-llama/llama-3.3-70b-instruct')).toEqual(['groq/llama-3.3-70b-versatile', 'openrouter/meta-llama/llama-3.3-70b-instruct'])
  })

  it('are never those of another model', () => {
    for (const { id, canonical } of catalog.endpoints().slice(0, 400)) {
      const resolution = catalog.resolve(id)
      if (resolution.is === 'found') for (const other of resolution.alternatives) expect(other.canonical, `${id} and ${other.id}`).toBe(canonical)
    }
  })

  it.each([
    ['openai/gpt-5-mini:floor', { sort: 'price' }],
    ['gpt-5-mini:nitro', { sort: 'throughput' }],
    ['claude-sonnet-4.5:nitro', { sort: 'throughput' }],
  ])('%s are ordered by a wish that is split off', (name, wish) => {
    expect(catalog.resolve(name)).toMatchObject({ is: 'found', ...wish })
    expect(idOf(name)).toBe(idOf(name.slice(0, name.lastIndexOf(':'))))
  })

  it('with :free are only those that charge nothing', () => {
    const resolution = catalog.resolve('meta-llama/llama-3.3-70b-instruct:free')
    if (resolution.is !== 'found') throw new Error('not found')
    expect(resolution.onlyFree).toBe(true)
    for (const { price } of [resolution.endpoint, ...resolution.alternatives]) expect(price?.microUsdPerMillion).toMatchObject({ input: 0, output: 0 })
    expect(catalog.resolve('openai/gpt-5:free').is).toBe('unknown')
    // free of charge is never a way out of a price that was asked for
    expect(hostsOf('meta-llama/llama-3.3-70b-instruct').filter((id) => id.endsWith(':free'))).toEqual([])
  })

  it('leave the endings of local servers and of OpenRouter to them', () => {
    catalog.setModels('ollama', [{ id: 'mine:free' }])
    expect(idOf('ollama/mine:free')).toBe('ollama/mine:free')
    expect(idOf('openrouter/openai/gpt-5:nitro')).toBe('openrouter/openai/gpt-5:nitro')
  })
})

describe('what an endpoint can do', () => {
  it.each([
    ['openai/gpt-5-mini', 'vision', true],
    ['openai/gpt-5-mini', 'json-schema', true],
    ['openai/gpt-5-mini', 'audio', false],
    ['openai/gpt-4', 'vision', false],
    ['openai/gpt-4', 'json-schema', false],
    ['google/gemini-2.5-pro', 'audio', true],
    ['groq/llama-3.3-70b-versatile', 'vision', false],
    ['groq/llama-3.3-70b-versatile', 'reasoning', false],
    // nobody tells, so it is not ruled out
    ['openai/gpt-4', 'documents', true],
  ] as const)('%s and %s: %s', (id, need, can) => {
    expect(endpoint(id).can?.has(need)).toBe(can)
  })

  it('is not said of a model that nobody knows', () => {
    expect(endpoint('openai/gpt-99').can).toBeUndefined()
    expect(endpoint('acme/any').can).toBeUndefined()
  })
})

describe('names that were probably meant', () => {
  it.each([
    ['gpt5-mni', 'openai/gpt-5-mini'],
    ['opneai/gpt-5-mini', 'openai/gpt-5-mini'],
    ['claude-sonet-4-5', 'anthropic/claude-sonnet-4-5'],
    ['gemini-flash-2.5', 'google/gemini-2.5-flash'],
    ['demo/swft', 'demo/swift'],
  ])('%s: %s comes first', (wrong, right) => {
    const resolution = catalog.resolve(wrong)
    expect(resolution).toMatchObject({ is: 'unknown' })
    if (resolution.is !== 'unknown') return
    expect(resolution.near[0]).toBe(right)
    expect(resolution.near.length).toBeLessThanOrEqual(5)
  })

  it('are none when nothing is like it', () => {
    expect(catalog.resolve('zzzzzzzzzzzz')).toEqual({ is: 'unknown', near: [] })
  })

  it('are only those that can be used', async () => {
    catalog = catalogOf({ usableProvider: 'anthropic' })
    await catalog.ready()
    const resolution = catalog.resolve('claude-sonet-4-5')
    expect(resolution.is === 'unknown' && resolution.near.every((id) => id.startsWith('anthropic/'))).toBe(true)
  })
})

describe('before prices are loaded', () => {
  beforeEach(() => {
    catalog = catalogOf()
  })

  it('a full name already works, and its price is found when the request is settled', async () => {
    const early = endpoint('openai/gpt-5-mini')
    expect(early.price).toBeUndefined()
    await catalog.ready()
    expect(costOf({ input: 1000, output: 500 }, catalog.priceOf(early.id))).toBe(1_250_000)
    expect(endpoint('openai/gpt-5-mini').price).toBeDefined()
  })

  it('simulated models are there with their price', () => {
    expect(catalog.endpoints().map(({ id }) => id)).toEqual(['demo/swift', 'demo/steady', 'demo/scholar', 'demo/clerk'])
    expect(costOf({ input: 5, output: 50, reasoning: 9 }, endpoint('demo/scholar').price)).toBe(0)
  })

  it('a load that failed is told and tried again', async () => {
    let loads = 0
    catalog = catalogOf({
      loadPrices: async () => {
        loads++
        if (loads === 1) throw new Error('no disk')
        return loadModelBook()
      },
    })
    await expect(catalog.ready()).rejects.toThrow('no disk')
    expect(idOf('openai/gpt-5')).toBe('openai/gpt-5')
    await Promise.all([catalog.ready(), catalog.ready()])
    expect(loads).toBe(2)
    expect(idOf('gpt-5')).toBe('openai/gpt-5')
  })
})

describe('what a model costs', () => {
  it('follows the calendar', () => {
    const input = () => endpoint('google/gemini-3.6-flash').price?.microUsdPerMillion.input
    now = Date.parse('2026-12-31T23:59:59Z')
    expect(input()).toBe(750_000)
    now = Date.parse('2027-01-01T00:00:00Z')
    expect(input()).toBe(1_500_000)
    expect(catalog.priceOf('google/gemini-3.6-flash')?.microUsdPerMillion.input).toBe(1_500_000)
  })

  it('is told anew after whatever changes it', () => {
    const input = (id: string) => catalog.priceOf(id)?.microUsdPerMillion.input
    const given = (price: number) => ({ asOf: '2026-11-22', source: 'test', microUsdPerMillion: { input: price, output: 1 } })
    const corrections = { prices: new Map(), discounts: new Map(), ownModels: [] }
    expect(input('openai/gpt-5-mini')).toBe(250_000)
    catalog.setCorrections({ ...corrections, prices: new Map([['openai/gpt-5-mini', given(7)]]) })
    expect(input('openai/gpt-5-mini')).toBe(7)
    catalog.setCorrections({ ...corrections, discounts: new Map([['openai', 50]]) })
    expect(input('openai/gpt-5-mini')).toBe(125_000)
    expect(catalog.priceNotes('acme/new')).toHaveLength(1)
    catalog.setModels('acme', [{ id: 'new', price: given(9) }])
    expect(input('acme/new')).toBe(9)
    expect(catalog.priceNotes('acme/new')).toEqual([])
    catalog.setBook({ models: () => [], find: () => undefined })
    expect(input('openai/gpt-5-mini')).toBeUndefined()
    catalog.setProviders(providersWith([]))
    expect(input('acme/new')).toBeUndefined()
  })

  it('is unknown for sound that nobody counted, and told where somebody did', () => {
    const price = catalog.priceOf('google/gemini-2.5-flash')
    expect(costOf({ input: 1000, output: 1 }, price, { needs: new Set(['tools']) })).toBe(302_500)
    expect(costOf({ input: 1000, output: 1 }, price, { needs: new Set(['audio']) })).toBeUndefined()
    // $0.30 for text and $1.00 for sound: https://ai.google.dev/gemini-api/docs/pricing
    expect(costOf({ input: 100, audioInput: 900, output: 1 }, price, { needs: new Set(['audio']) })).toBe(30_000 + 900_000 + 2_500)
  })

  it('is nothing on this machine, and unknown where Ollama hands the request on', () => {
    catalog.setModels('ollama', [{ id: 'llama3.2:3b' }, { id: 'gpt-oss:120b-cloud' }])
    expect(endpoint('ollama/llama3.2:3b')).toMatchObject({ runsLocally: true, price: { microUsdPerMillion: { input: 0, output: 0 } } })
    expect(endpoint('ollama/gpt-oss:120b-cloud')).toMatchObject({ runsLocally: false, price: undefined })
    expect(catalog.priceOf('ollama/gpt-oss:120b-cloud')).toBeUndefined()
  })

  it('is unknown at a custom provider, and for a model that no list names', () => {
    expect(catalog.priceOf('acme/gpt-5')).toBeUndefined()
    expect(catalog.priceOf('openai/gpt-99')).toBeUndefined()
    expect(catalog.priceNotes('openai/gpt-99')).toHaveLength(1)
    expect(catalog.priceOf('nobody/model')).toBeUndefined()
  })
})

describe('what is offered', () => {
  it('has every id once, and names its provider first', () => {
    const ids = catalog.endpoints().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { id, provider, upstreamModel } of catalog.endpoints()) expect(id).toBe(`${provider}/${upstreamModel}`)
  })

  it('follows what a server says it holds', () => {
    catalog.setModels('lmstudio', [{ id: 'qwen/qwen3-4b', name: 'Qwen3 4B', context: 32_768 }, { id: 'text-embedding-nomic' }])
    const offered = catalog.endpoints().filter(({ provider }) => provider === 'lmstudio')
    expect(offered).toMatchObject([{ id: 'lmstudio/qwen/qwen3-4b', name: 'Qwen3 4B', limits: { context: 32_768 }, can: undefined }])
    expect(idOf('qwen/qwen3-4b')).toBe('lmstudio/qwen/qwen3-4b')
  })

  it('forgets a provider that was removed', () => {
    expect(idOf('acme/any')).toBe('acme/any')
    catalog.setProviders(providersWith([]))
    expect(idOf('acme/any')).toBe('unknown')
  })

  it('keeps declared lists as they are', () => {
    catalog.setModels('demo', [{ id: 'oracle' }])
    expect(idOf('demo/oracle')).toBe('unknown')
  })
})
