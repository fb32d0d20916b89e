import { describe, expect, it } from 'vitest'
import { clientCodec } from '../../../../../../electron/engine/protocols/codecs.ts'
import { presetNamed, withPreset } from '../../../../../../electron/engine/routing/own/preset.ts'
import type { ChatDialect, JsonObject } from '../../../../../../shared/chat.ts'
import { type Preset, presetSchema } from '../../../../../../shared/routing-config.ts'

describe('a preset is named', () => {
  it.each<[string, JsonObject, object | undefined]>([
    ['@preset/terse', {}, { slug: 'terse', model: undefined }],
    ['openai/gpt-5@preset/terse', {}, { slug: 'terse', model: 'openai/gpt-5' }],
    ['openai/gpt-5', { preset: 'terse' }, { slug: 'terse', model: 'openai/gpt-5' }],
    ['openai/gpt-5', { preset: '@preset/terse' }, { slug: 'terse', model: 'openai/gpt-5' }],
    ['openai/gpt-5', {}, undefined],
    ['openai/gpt-5', { preset: null }, undefined],
    ['vertex-anthropic/claude@20250929', {}, undefined],
  ])('%j %j', (model, body, named) => {
    expect(presetNamed(model, body)).toEqual(named)
  })

  it('by text alone', () => {
    expect(() => presetNamed('x', { preset: 3 })).toThrow('preset must be the name of a preset.')
  })
})

function preset(fields: object): Preset {
  return presetSchema.parse(fields)
}

const FULL = preset({ parameters: { temperature: 0.2, top_p: 0.9, max_tokens: 300, seed: 7, stop: ['END'], reasoning_effort: 'low' }, system: 'Be brief.' })

/** One small request in each dialect, with a system text of its own. */
const BODIES: Readonly<Record<ChatDialect, JsonObject>> = {
  'openai-chat': {
    model: 'm',
    messages: [
      { role: 'system', content: 'Own.' },
      { role: 'user', content: 'Hi' },
    ],
  },
  'openai-completions': { model: 'm', prompt: 'Hi' },
  'openai-responses': { model: 'm', instructions: 'Own.', input: 'Hi' },
  'anthropic-messages': { model: 'm', max_tokens: 50, system: 'Own.', messages: [{ role: 'user', content: 'Hi' }] },
  gemini: { systemInstruction: { parts: [{ text: 'Own.' }] }, contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] },
  'cohere-v2': {
    model: 'm',
    messages: [
      { role: 'system', content: 'Own.' },
      { role: 'user', content: 'Hi' },
    ],
  },
  'ollama-chat': {
    model: 'm',
    messages: [
      { role: 'system', content: 'Own.' },
      { role: 'user', content: 'Hi' },
    ],
  },
  'ollama-generate': { model: 'm', system: 'Own.', prompt: 'Hi' },
}
const UNSAID: Partial<Record<ChatDialect, readonly string[]>> = {
  'openai-completions': ['reasoning_effort'],
  'openai-responses': ['seed', 'stop'],
  'anthropic-messages': ['seed'],
  gemini: ['reasoning_effort'],
  'cohere-v2': ['reasoning_effort'],
  'ollama-chat': ['reasoning_effort'],
  'ollama-generate': ['reasoning_effort'],
}

describe.each(Object.keys(BODIES) as ChatDialect[])('in %s', (dialect) => {
  const read = (body: JsonObject) => clientCodec(dialect).readRequest(body, { model: 'm', stream: false })
  const systemOf = (body: JsonObject): string =>
    read(body)
      .messages.filter(({ role }) => role === 'system')
      .flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])))
      .join('|')

  it('it is read like what the client says itself', () => {
    const { body, unsaid } = withPreset(dialect, BODIES[dialect], { ...FULL, overrides: true })
    expect(unsaid).toEqual(UNSAID[dialect] ?? [])
    const view = read(body)
    expect([view.temperature, view.topP, view.maxOutputTokens]).toEqual([0.2, 0.9, 300])
    if (!unsaid.includes('seed')) expect(view.seed).toBe(7)
    if (!unsaid.includes('stop')) expect(view.stop).toEqual(['END'])
    if (!unsaid.includes('reasoning_effort')) expect(view.reasoning?.effort).toBe('low')
    // nothing in it that the dialect does not know
    expect(Object.keys(view.unmodelled)).toEqual(Object.keys(read(BODIES[dialect]).unmodelled))
  })

  it('the client’s own parameters hold unless the preset overrides', () => {
    const once = withPreset(dialect, BODIES[dialect], preset({ parameters: { temperature: 1 } })).body
    expect(read(withPreset(dialect, once, FULL).body).temperature).toBe(1)
    expect(read(withPreset(dialect, once, { ...FULL, overrides: true }).body).temperature).toBe(0.2)
  })

  if (dialect !== 'openai-completions') {
    it.each([
      ['before', /^Be brief\.[|\n\s]*Own\.$/],
      ['missing', /^Own\.$/],
      ['instead', /^Be brief\.$/],
    ] as const)('its system text stands %s', (place, expected) => {
      expect(systemOf(withPreset(dialect, BODIES[dialect], { ...FULL, systemPlace: place }).body)).toMatch(expected)
    })

    it('its system text stands alone where the client has none', () => {
      const bare = { ...BODIES[dialect] }
      for (const field of ['system', 'instructions', 'systemInstruction']) Reflect.deleteProperty(bare, field)
      if (Array.isArray(bare.messages)) Object.assign(bare, { messages: bare.messages.slice(-1) })
      expect(systemOf(withPreset(dialect, bare, { ...FULL, systemPlace: 'missing' }).body)).toBe('Be brief.')
    })
  }
})

it('leaves Anthropic’s cache marks with their blocks', () => {
  const block = { type: 'text', text: 'Own.', cache_control: { type: 'ephemeral' } }
  const { body } = withPreset('anthropic-messages', { max_tokens: 1, system: [block], messages: [] }, FULL)
  expect(body.system).toEqual([{ type: 'text', text: 'Be brief.' }, block])
})

it('counts a limit by its other name as given, and replaces it when it overrides', () => {
  const body = { max_tokens: 5, messages: [] }
  expect(withPreset('openai-chat', body, FULL).body).not.toHaveProperty('max_completion_tokens')
  expect(withPreset('openai-chat', body, { ...FULL, overrides: true }).body).toMatchObject({ max_completion_tokens: 300 })
  expect(withPreset('openai-chat', body, { ...FULL, overrides: true }).body).not.toHaveProperty('max_tokens')
})

it('is gone from the body once it is written in', () => {
  expect(withPreset('openai-chat', { preset: 'terse', messages: [] }, FULL).body).not.toHaveProperty('preset')
})
