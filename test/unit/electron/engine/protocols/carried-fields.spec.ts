/** Fields that stand outside the conversation, from every dialect that has them to every provider that knows them; elsewhere they are named. */
import { describe, expect, it } from 'vitest'
import { codecs, upstreamFormats } from '../../../../../electron/engine/protocols/codecs.ts'
import type { ClientProtocol, JsonObject, Protocol } from '../../../../../shared/chat.ts'

const HI = [{ role: 'user', content: 'Hi' }]

function bodyOf(dialect: ClientProtocol, fields: JsonObject): JsonObject {
  if (dialect === 'openai-responses') return { model: 'm', input: 'Hi', ...fields }
  if (dialect === 'gemini') return { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }], ...fields }
  return { model: 'm', max_tokens: 10, messages: HI, ...fields }
}

function written(dialect: ClientProtocol, fields: JsonObject, protocol: Protocol, provider: string, upstreamModel: string) {
  const view = codecs[dialect].readRequest(bodyOf(dialect, fields), dialect === 'gemini' ? { model: 'm' } : {})
  return upstreamFormats[protocol].writeRequest(view, { provider, upstreamModel, stream: false, outputLimit: 100 })
}

type Row = readonly [ClientProtocol, JsonObject, Protocol, string, string, JsonObject | undefined]

const TIER: readonly Row[] = [
  ['openai-chat', { service_tier: 'flex' }, 'openai-responses', 'openai', 'gpt-5.6', { service_tier: 'flex' }],
  ['openai-chat', { service_tier: 'default' }, 'anthropic-messages', 'anthropic', 'claude-sonnet-4-5', { service_tier: 'standard_only' }],
  ['openai-chat', { service_tier: 'flex' }, 'anthropic-messages', 'anthropic', 'claude-sonnet-4-5', undefined],
  ['openai-chat', { service_tier: 'priority' }, 'gemini', 'google', 'gemini-3-flash', { serviceTier: 'priority' }],
  ['openai-chat', { service_tier: 'default' }, 'gemini', 'google', 'gemini-3-flash', { serviceTier: 'standard' }],
  ['openai-chat', { service_tier: 'scale' }, 'gemini', 'google', 'gemini-3-flash', undefined],
  ['openai-chat', { service_tier: 'flex' }, 'bedrock-converse', 'bedrock', 'amazon.nova-pro-v1:0', { serviceTier: { type: 'flex' } }],
  ['openai-chat', { service_tier: 'flex' }, 'cohere-v2', 'cohere', 'command-a', undefined],
  ['openai-chat', { service_tier: 'priority' }, 'cohere-v2', 'cohere', 'command-a', { priority: 0 }],
  ['anthropic-messages', { service_tier: 'standard_only' }, 'openai-chat', 'openai', 'gpt-4.1', { service_tier: 'default' }],
  ['anthropic-messages', { service_tier: 'standard_only' }, 'openai-chat', 'groq', 'llama', undefined],
  // Mistral documents none, and refuses fields that it does not know
  ['openai-chat', { service_tier: 'priority' }, 'openai-chat', 'mistral', 'mistral-large', undefined],
  ['gemini', { serviceTier: 'flex' }, 'openai-chat', 'openai', 'gpt-4.1', { service_tier: 'flex' }],
  ['gemini', { serviceTier: 'standard' }, 'anthropic-messages', 'anthropic', 'claude-sonnet-4-5', { service_tier: 'standard_only' }],
]

const CACHE_KEY: readonly Row[] = [
  ['openai-responses', { prompt_cache_key: 'k' }, 'openai-chat', 'openai', 'gpt-4.1', { prompt_cache_key: 'k' }],
  ['openai-responses', { prompt_cache_key: 'k' }, 'openai-chat', 'openrouter', 'x/y', { prompt_cache_key: 'k' }],
  ['openai-responses', { prompt_cache_key: 'k' }, 'openai-chat', 'mistral', 'mistral-large', { prompt_cache_key: 'k' }],
  ['openai-responses', { prompt_cache_key: 'k' }, 'openai-chat', 'groq', 'llama', undefined],
  ['openai-chat', { prompt_cache_key: 'k' }, 'openai-responses', 'openai', 'gpt-5.6', { prompt_cache_key: 'k' }],
  ['openai-chat', { prompt_cache_key: 'k' }, 'anthropic-messages', 'anthropic', 'claude-sonnet-4-5', undefined],
  ['openai-chat', { prompt_cache_key: 'k' }, 'gemini', 'google', 'gemini-3-flash', undefined],
]

const OTHERS: readonly Row[] = [
  ['openai-responses', { text: { verbosity: 'low' } }, 'openai-chat', 'openai', 'gpt-5', { verbosity: 'low' }],
  ['openai-chat', { verbosity: 'low' }, 'openai-responses', 'openai', 'gpt-5', { text: { verbosity: 'low' } }],
  ['openai-chat', { seed: 7 }, 'openai-chat', 'mistral', 'mistral-large', { random_seed: 7 }],
  ['openai-chat', { seed: 7 }, 'gemini', 'google', 'gemini-3-flash', { generationConfig: { seed: 7 } }],
  ['openai-chat', { seed: 7 }, 'cohere-v2', 'cohere', 'command-a', { seed: 7 }],
  ['gemini', { generationConfig: { presencePenalty: 0.5 } }, 'openai-chat', 'groq', 'llama', { presence_penalty: 0.5 }],
  ...(['openai-responses', 'anthropic-messages', 'bedrock-converse'] as const).map((to): Row => ['openai-chat', { seed: 7 }, to, 'x', 'm', undefined]),
  ...(['openai-responses', 'anthropic-messages', 'gemini', 'bedrock-converse', 'cohere-v2', 'ollama-chat'] as const).flatMap((to): Row[] => [
    ['openai-chat', { n: 2 }, to, 'x', 'm', undefined],
    ['openai-chat', { logprobs: true }, to, 'x', 'm', to === 'gemini' ? { generationConfig: { responseLogprobs: true } } : undefined],
    ['openai-chat', { logit_bias: { '5': 1 } }, to, 'x', 'm', undefined],
  ]),
]

describe.each([...TIER, ...CACHE_KEY, ...OTHERS])('%s with %j', (dialect, fields, protocol, provider, model, expected) => {
  it(`to ${protocol} of ${provider} (${model}) ${expected === undefined ? 'is named as dropped' : `says ${JSON.stringify(expected)}`}`, () => {
    const { body, dropped } = written(dialect, fields, protocol, provider, model)
    const [field = ''] = Object.keys(fields)
    if (expected === undefined) expect(dropped).toContain(field)
    else {
      expect(body).toMatchObject(expected)
      expect(dropped).toEqual([])
    }
  })
})

/** Sources are asked for by fields of one maker each: sources in the client's own documents, and in files that the provider keeps. */
it.each(['openai-chat', 'openai-responses', 'gemini', 'bedrock-converse', 'cohere-v2', 'ollama-chat'] as const)(
  'citations of the client’s own documents are asked of Anthropic alone, and named as dropped to %s',
  (protocol) => {
    const document = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Blue.' }, citations: { enabled: true } }
    const { dropped } = written(
      'anthropic-messages',
      { messages: [{ role: 'user', content: [document, { type: 'text', text: 'Which?' }] }] },
      protocol,
      'x',
      'm',
    )
    expect(dropped).toContain('messages.document.citations')
  },
)

it.each(['openai-chat', 'anthropic-messages', 'gemini', 'bedrock-converse', 'cohere-v2', 'ollama-chat'] as const)(
  'a search in files that OpenAI keeps, and so its file citations, is named as dropped to %s',
  (protocol) => {
    const { dropped } = written('openai-responses', { tools: [{ type: 'file_search', vector_store_ids: ['vs_1'] }] }, protocol, 'x', 'm')
    expect(dropped).toContain('tools[0]')
  },
)

it('candidates beyond the first are named as dropped by Gemini’s name', () => {
  for (const protocol of ['openai-chat', 'anthropic-messages'] as const) {
    expect(written('gemini', { generationConfig: { candidateCount: 2 } }, protocol, 'x', 'm').dropped).toContain('generationConfig.candidateCount')
  }
})

it('values that say what holds anyway are no loss', () => {
  for (const protocol of ['anthropic-messages', 'gemini', 'cohere-v2'] as const) {
    expect(written('openai-chat', { service_tier: 'auto', n: 1, logprobs: false }, protocol, 'x', 'm').dropped).toEqual([])
  }
})

describe('marks of what to cache', () => {
  const marked = (ttl?: string): JsonObject => ({ type: 'text', text: 'Long.', cache_control: { type: 'ephemeral', ...(ttl && { ttl }) } })
  const messages = (count: number, part: JsonObject): JsonObject[] => Array.from({ length: count }, () => ({ role: 'user', content: [part] }))
  const marks = (body: JsonObject, name: string): number => JSON.stringify(body).split(`"${name}"`).length - 1

  it('become breakpoints at GPT-5.6, at most four and the latest ones', () => {
    for (const protocol of ['openai-chat', 'openai-responses'] as const) {
      const { body, dropped } = written('anthropic-messages', { messages: messages(1, marked()) }, protocol, 'openai', 'gpt-5.6')
      expect(marks(body, 'prompt_cache_breakpoint')).toBe(1)
      expect(dropped).toEqual([])
    }
    const turns = messages(6, marked()).flatMap((message) => [message, { role: 'assistant', content: 'ok' }])
    for (const [protocol, list] of [
      ['openai-chat', 'messages'],
      ['openai-responses', 'input'],
    ] as const) {
      const { body, dropped } = written('anthropic-messages', { messages: [...turns, HI[0] as JsonObject] }, protocol, 'openai', 'gpt-5.6')
      expect(marks(body, 'prompt_cache_breakpoint')).toBe(4)
      expect(JSON.stringify((body[list] as JsonObject[])[0])).not.toContain('prompt_cache_breakpoint')
      expect(dropped).toEqual(['cache_control'])
    }
  })

  it('are left out and named where OpenAI’s models know none', () => {
    const { body, dropped } = written('anthropic-messages', { messages: messages(1, marked()) }, 'openai-chat', 'openai', 'gpt-4.1')
    expect(JSON.stringify(body)).not.toContain('cache')
    expect(dropped).toEqual(['cache_control'])
  })

  it('keep their lifetime where it can be told, and name it where it cannot', () => {
    const long = { messages: messages(1, marked('1h')) }
    expect(JSON.stringify(written('openai-chat', long, 'anthropic-messages', 'anthropic', 'claude-sonnet-4-5').body)).toContain('"ttl":"1h"')
    expect(JSON.stringify(written('anthropic-messages', long, 'bedrock-converse', 'bedrock', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0').body)).toContain(
      '"ttl":"1h"',
    )
    expect(written('anthropic-messages', long, 'openai-chat', 'openai', 'gpt-5.6').dropped).toEqual(['cache_control.ttl'])
    expect(written('anthropic-messages', long, 'openai-responses', 'openai', 'gpt-5.6').dropped).toEqual(['cache_control.ttl'])
  })

  it('come back from breakpoints', () => {
    const part = { type: 'text', text: 'Long.', prompt_cache_breakpoint: { mode: 'explicit' } }
    const { body } = written('openai-chat', { messages: messages(1, part) }, 'anthropic-messages', 'anthropic', 'claude-sonnet-4-5')
    expect(marks(body, 'cache_control')).toBe(1)
  })
})
