import { describe, expect, it } from 'vitest'
import { readModels, scaled } from '../../../../../electron/engine/catalog/model-lists.ts'
import { providersWith } from '../../../../../electron/engine/providers/registry.ts'
import { load, RECORDINGS_PRESENT, recordings } from '../../../../support/recordings.ts'

const providers = providersWith([])
const DAY = '2026-11-25'

function read(provider: string, body: unknown) {
  const definition = providers.get(provider)
  if (definition === undefined) throw new Error(`there is no provider ${provider}`)
  return readModels(definition, body, DAY)
}

describe.skipIf(!RECORDINGS_PRESENT)('recorded lists of models', () => {
  it.each(recordings('models-list').map((line) => [line.id, line] as const))('%s', (_id, line) => {
    if (!providers.has(line.provider)) return
    const body: unknown = JSON.parse(load(line).body.toString('utf8'))
    const rows = (body as { data: readonly { id: string }[] }).data
    const models = read(line.provider, body) ?? []
    expect(new Set(models.map(({ id }) => id))).toEqual(new Set(rows.map(({ id }) => id)))
  })
})

// Written from each provider's documentation.
describe('what lists tell beside names', () => {
  it('OpenRouter: prices by the token, modalities, parameters', () => {
    const row = {
      id: 'anthropic/claude-x',
      name: 'Claude X',
      context_length: 200_000,
      architecture: { input_modalities: ['text', 'image', 'file'], output_modalities: ['text'] },
      pricing: {
        prompt: '0.000003',
        completion: '0.000015',
        input_cache_read: '0.0000003',
        input_cache_write: '0.00000375',
        web_search: '0.01',
        internal_reasoning: '0',
      },
      top_provider: { max_completion_tokens: 64_000 },
      expiration_date: '2027-01-31',
      supported_parameters: ['tools', 'reasoning'],
    }
    expect(read('openrouter', { data: [row] })).toEqual([
      {
        id: 'anthropic/claude-x',
        name: 'Claude X',
        context: 200_000,
        output: 64_000,
        inputModalities: ['text', 'image', 'file'],
        outputModalities: ['text'],
        abilities: { tools: true, reasoning: true, 'json-schema': false },
        retiresOn: '2027-01-31',
        price: {
          asOf: DAY,
          source: 'https://openrouter.ai/api/v1/models',
          microUsdPerMillion: { input: 3_000_000, output: 15_000_000, cacheRead: 300_000, cacheWrite5m: 3_750_000 },
          perCall: { webSearch: 10_000_000 },
        },
      },
    ])
    expect(read('openrouter', { data: [{ ...row, pricing: { prompt: '-1', completion: '-1' } }] })?.[0]).not.toHaveProperty('price')
  })

  it('Gemini: limits, and what only embeds', () => {
    const models = [
      {
        name: 'models/gemini-x',
        displayName: 'Gemini X',
        inputTokenLimit: 1_048_576,
        outputTokenLimit: 65_536,
        supportedGenerationMethods: ['generateContent'],
        thinking: true,
      },
      { name: 'models/gemini-embedding-x', inputTokenLimit: 2048, supportedGenerationMethods: ['embedContent'] },
    ]
    expect(read('google', { models })).toEqual([
      { id: 'gemini-x', name: 'Gemini X', context: 1_048_576, output: 65_536, abilities: { reasoning: true } },
      { id: 'gemini-embedding-x', context: 2048, kind: 'embedding' },
    ])
  })

  it('Mistral: abilities, and the day on which a model goes', () => {
    const row = { id: 'm-x', max_context_length: 131_072, capabilities: { completion_chat: true, function_calling: true, vision: false } }
    const models = read('mistral', {
      data: [
        { ...row, deprecation: '2026-12-31T12:00:00Z' },
        { ...row, id: 'm-y', deprecation: null },
      ],
    })
    const known = { context: 131_072, inputModalities: ['text'], abilities: { tools: true } }
    expect(models).toEqual([
      { id: 'm-x', ...known, retiresOn: '2026-12-31' },
      { id: 'm-y', ...known },
    ])
  })

  it('Cohere, Together and Ollama: their own shapes', () => {
    expect(
      read('cohere', {
        models: [
          { name: 'command-x', endpoints: ['chat'], context_length: 256_000, features: ['tools'] },
          { name: 'embed-x', endpoints: ['embed'] },
        ],
      }),
    ).toEqual([
      { id: 'command-x', context: 256_000, abilities: { tools: true, 'json-schema': false, reasoning: false } },
      { id: 'embed-x', kind: 'embedding' },
    ])
    expect(read('together', [{ id: 'Qwen/X', type: 'chat', context_length: 1000, pricing: { input: 0.2, output: 0.6, cached_input: 0 } }])).toMatchObject([
      { id: 'Qwen/X', context: 1000, price: { microUsdPerMillion: { input: 200_000, output: 600_000 } } },
    ])
    expect(read('ollama', { models: [{ model: 'qwen3:4b', name: 'qwen3:4b' }] })).toEqual([{ id: 'qwen3:4b' }])
  })

  it('rows that cannot be read are left out, and what is no list is none', () => {
    expect(read('openai', { data: [{ id: 'a' }, null, 'b', { name: 'no id' }, { id: '' }] })).toEqual([{ id: 'a' }])
    for (const body of [null, 'x', {}, { data: 'x' }, 7]) expect(read('openai', body)).toBeUndefined()
  })
})

it.each([
  ['0.000003', 12, 3_000_000],
  ['3e-06', 12, 3_000_000],
  ['0.00000000001', 12, 10],
  ['0.0000000000001', 12, undefined],
  ['0', 12, 0],
  ['-1', 12, undefined],
  ['1.50', 1, 15],
  ['', 3, undefined],
])('%s with %d decimals is %s', (text, places, expected) => {
  expect(scaled(text, places)).toBe(expected)
})
