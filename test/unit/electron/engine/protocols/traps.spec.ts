/** Odd things that clients and providers are known to send, one test each where no other spec has one. Bodies are written from what was seen or documented. */
import { describe, expect, it } from 'vitest'
import { codecs, upstreamFormats } from '../../../../../electron/engine/protocols/codecs.ts'
import { readMediaUrl } from '../../../../../electron/engine/protocols/data-url.ts'
import type { WriteTarget } from '../../../../../electron/engine/protocols/protocol.ts'
import { type ChatEvent, type JsonObject, type Protocol, totalOutput } from '../../../../../shared/chat.ts'

const TARGETS: readonly (readonly [Protocol, WriteTarget])[] = [
  ['openai-chat', target('openai', 'gpt-4.1')],
  ['openai-chat', target('mistral', 'mistral-large-latest')],
  ['openai-responses', target('openai', 'gpt-4.1')],
  ['anthropic-messages', target('anthropic', 'claude-sonnet-4-5')],
  ['gemini', target('google', 'gemini-3-flash')],
  ['bedrock-converse', target('bedrock', 'anthropic.claude-sonnet-4-5-20250929-v1:0')],
  ['cohere-v2', target('cohere', 'command-a-03-2025')],
  ['ollama-chat', target('ollama', 'qwen3')],
]

function target(provider: string, upstreamModel: string): WriteTarget {
  return { provider, upstreamModel, stream: false, outputLimit: 8192 }
}

const HI: JsonObject = { role: 'user', content: 'Hi' }
const callOf = (id: string, args: string): JsonObject => ({ id, type: 'function', function: { name: 'look', arguments: args } })
const asked = (...messages: JsonObject[]): JsonObject => ({
  model: 'm',
  messages,
  tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }],
})

function written(body: JsonObject, protocol: Protocol, where: WriteTarget): JsonObject {
  return upstreamFormats[protocol].writeRequest(codecs['openai-chat'].readRequest(body, {}), where).body
}

describe.each(TARGETS)('a chat client’s request, written as %s', (protocol, where) => {
  it.each<[string, JsonObject]>([
    ['null', { content: null }],
    ['an empty text', { content: '' }],
    ['no field', {}],
    ['an empty list', { content: [] }],
  ])('keeps a call whose message has %s for content', (_what, content) => {
    const body = written(
      asked(HI, { role: 'assistant', ...content, tool_calls: [callOf('call_1', '{"a":1}')] }, { role: 'tool', tool_call_id: 'call_1', content: 'r' }),
      protocol,
      where,
    )
    const text = JSON.stringify(body)
    expect(text).toContain('look')
    // nobody takes an empty text block
    expect(text).not.toContain('"text":""')
  })

  it.each(['', 'null', '{}', '  '])('has an object for arguments that are %j', (args) => {
    const body = written(
      asked(HI, { role: 'assistant', content: null, tool_calls: [callOf('call_1', args)] }, { role: 'tool', tool_call_id: 'call_1', content: 'r' }),
      protocol,
      where,
    )
    const found = argumentsIn(body)
    expect(found).toHaveLength(1)
    expect(typeof found[0] === 'string' ? JSON.parse(found[0] === '' ? '{}' : found[0]) : found[0]).toEqual({})
  })

  it('keeps calls apart whose ids come again in a later turn', () => {
    const turn = (result: string): JsonObject[] => [
      { role: 'assistant', content: null, tool_calls: [callOf('call_0', '{}')] },
      { role: 'tool', tool_call_id: 'call_0', content: result },
    ]
    const text = JSON.stringify(written(asked(HI, ...turn('first result'), ...turn('second result')), protocol, where))
    expect(text.indexOf('first result')).toBeGreaterThan(0)
    expect(text.indexOf('second result')).toBeGreaterThan(text.indexOf('first result'))
    expect(text).not.toContain('no result')
  })

  it('keeps the words of several system messages and of neighbours of one role', () => {
    const system = (content: string): JsonObject => ({ role: 'system', content })
    const text = JSON.stringify(
      written(
        {
          model: 'm',
          messages: [system('One.'), system('Two.'), HI, { role: 'user', content: 'There?' }, system('Three.'), { role: 'user', content: 'Well?' }],
        },
        protocol,
        where,
      ),
    )
    for (const words of ['One.', 'Two.', 'Hi', 'There?', 'Three.', 'Well?']) expect(text).toContain(words)
  })

  it('keeps a schema with references, unions and formats as it is', () => {
    const parameters = {
      $defs: { place: { type: 'object', properties: { lat: { type: 'number' } } } },
      type: 'object',
      properties: {
        at: { $ref: '#/$defs/place' },
        when: { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] },
        n: { type: ['integer', 'null'] },
      },
    }
    const body = { model: 'm', messages: [HI], tools: [{ type: 'function', function: { name: 'look', parameters } }] }
    expect(JSON.stringify(written(body, protocol, where))).toContain(JSON.stringify(parameters.properties).slice(1, -1))
  })

  it('takes a prompt of some million tokens', () => {
    const long = 'word '.repeat(1_000_000)
    expect(JSON.stringify(written({ model: 'm', messages: [{ role: 'user', content: long }] }, protocol, where)).length).toBeGreaterThan(long.length)
  })
})

/** Whatever a format calls the arguments of a call. */
function argumentsIn(value: unknown, key = ''): unknown[] {
  if (['arguments', 'input', 'args'].includes(key) && !Array.isArray(value)) return [value]
  if (Array.isArray(value)) return value.flatMap((entry) => argumentsIn(entry))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, entry]) => argumentsIn(entry, name))
}

describe('Perplexity', () => {
  const where = target('perplexity', 'sonar')
  const odd = [
    { role: 'system', content: 'Be brief.' },
    { role: 'assistant', content: 'Hello!' },
    { role: 'user', content: 'One?' },
    { role: 'user', content: 'Two?' },
    { role: 'assistant', content: null, tool_calls: [callOf('call_1', '{"a":1}')] },
    { role: 'tool', tool_call_id: 'call_1', content: 'found' },
    { role: 'system', content: 'Now in French.' },
    { role: 'assistant', content: 'Voilà.' },
  ]

  it('is told the conversation by turns, tools in words, on a relay and in a translation', () => {
    const body = asked(...odd)
    const view = codecs['openai-chat'].readRequest(body, {})
    const relayed = codecs['openai-chat'].relayEdits(view, where, body).fields.messages as JsonObject[]
    for (const messages of [relayed, written(body, 'openai-chat', where).messages as JsonObject[]]) {
      expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user', 'assistant', 'user', 'assistant', 'user'])
      const text = JSON.stringify(messages)
      for (const words of ['One?', 'Two?', 'look', 'found', 'Now in French.', 'Voilà.']) expect(text).toContain(words)
      expect(text).not.toContain('tool_call_id')
    }
  })

  it('gets what it takes as it came', () => {
    const body = { model: 'm', messages: [{ role: 'system', content: 'a' }, HI, { role: 'assistant', content: 'b' }, HI] }
    expect(codecs['openai-chat'].relayEdits(codecs['openai-chat'].readRequest(body, {}), where, body).fields).not.toHaveProperty('messages')
  })
})

it('a budget of thinking never leaves less than a token for the answer', () => {
  for (const max_tokens of [1, 500, 1024, 1025, 2000]) {
    const view = codecs['anthropic-messages'].readRequest({ model: 'm', max_tokens, messages: [HI], thinking: { type: 'enabled', budget_tokens: 5000 } }, {})
    const { body, dropped } = codecs['anthropic-messages'].writeRequest(view, target('anthropic', 'claude-sonnet-4-5'))
    const budget = (body.thinking as JsonObject | undefined)?.budget_tokens
    expect(budget === undefined || (Number(budget) >= 1024 && Number(budget) < Number(body.max_tokens))).toBe(true)
    expect(dropped).toContain('reasoning.max_tokens')
  }
})

it.each([
  ['data:,Hello%20there', 'text/plain', 'Hello there'],
  ['data:text/plain,caf%C3%A9', 'text/plain', 'café'],
  ['data:text/plain;charset=utf-8;base64,Y2Fmw6k=', 'text/plain', 'café'],
  ['data:image/png;base64,iVBORw==', 'image/png', '\x89PNG'],
  ['DATA:IMAGE/PNG;BASE64,iVBORw==', 'image/png', '\x89PNG'],
])('%s is read, with or without a charset', (url, mediaType, content) => {
  const media = readMediaUrl(url, 'text/plain')
  expect(media).toMatchObject({ kind: 'base64', mediaType })
  expect(media?.kind === 'base64' && Buffer.from(media.data, 'base64').toString(mediaType === 'image/png' ? 'latin1' : 'utf8')).toBe(content)
})

describe('an answer in OpenAI’s format as others make it', () => {
  const whole = (message: JsonObject, more: JsonObject = {}, finish: string | null = 'stop'): readonly ChatEvent[] =>
    codecs['openai-chat'].readWhole({ id: 'x', choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }], ...more })
  const usageOf = (events: readonly ChatEvent[]) => events.flatMap((event) => (event.type === 'usage' ? [event.tokens] : [])).at(-1)
  const reasoningOf = (events: readonly ChatEvent[]) => events.flatMap((event) => (event.type === 'reasoning-delta' ? [event.text] : [])).join('')

  it('Groq: counts its tokens in x_groq of the last chunk', () => {
    const reader = codecs['openai-chat'].reader()
    const chunk = (body: JsonObject): readonly ChatEvent[] => reader.read({ event: '', data: JSON.stringify(body) })
    chunk({ choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: null }] })
    const events = chunk({
      choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
      x_groq: { id: 'r', usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 } },
    })
    expect(usageOf([...events, ...reader.end()])).toMatchObject({ input: 5, output: 2 })
  })

  it('xAI: leaves reasoning out of completion_tokens, not out of the total', () => {
    const usage = { prompt_tokens: 10, completion_tokens: 3, total_tokens: 20, completion_tokens_details: { reasoning_tokens: 7 } }
    const tokens = usageOf(whole({ content: 'Hi', reasoning_content: 'Hm.' }, { usage })) ?? {}
    expect(totalOutput(tokens)).toBe(10)
    expect(tokens).toMatchObject({ output: 3, reasoning: 7 })
  })

  it('DeepSeek: counts hits of its cache under names of its own', () => {
    const usage = { prompt_tokens: 100, completion_tokens: 3, total_tokens: 103, prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36 }
    expect(usageOf(whole({ content: 'Hi', reasoning_content: 'Hm.' }, { usage }))).toMatchObject({ input: 36, cacheRead: 64 })
    expect(reasoningOf(whole({ content: 'Hi', reasoning_content: 'Hm.' }))).toBe('Hm.')
  })

  it('Together: puts cached_tokens flat into usage', () => {
    expect(usageOf(whole({ content: 'Hi' }, { usage: { prompt_tokens: 100, completion_tokens: 3, total_tokens: 103, cached_tokens: 40 } }))).toMatchObject({
      input: 60,
      cacheRead: 40,
    })
  })

  it('Mistral: counted cached tokens as num_cached_tokens', () => {
    expect(usageOf(whole({ content: 'Hi' }, { usage: { prompt_tokens: 100, completion_tokens: 3, total_tokens: 103, num_cached_tokens: 40 } }))).toMatchObject({
      input: 60,
      cacheRead: 40,
    })
  })

  it('Cerebras: calls its reasoning reasoning', () => {
    expect(reasoningOf(whole({ content: 'Hi', reasoning: 'Hm.' }))).toBe('Hm.')
  })

  it('OpenRouter: says why under native_finish_reason, and what it cost inside of usage', () => {
    const events = codecs['openai-chat'].readWhole({
      choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop', native_finish_reason: 'end_turn' }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, cost: 0.1, is_byok: false, cost_details: { upstream_inference_cost: null } },
    })
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'stop' })
    expect(usageOf(events)).toMatchObject({ input: 1, output: 1 })
  })

  it('DeepSeek: ends with an error when it runs out of resources', () => {
    expect(whole({ content: 'Hi' }, {}, 'insufficient_system_resource').at(-1)).toMatchObject({ type: 'finish', reason: 'error' })
  })

  it('Hugging Face and Cloudflare: fill what is absent with nulls and empty things', () => {
    const reader = codecs['openai-chat'].reader()
    const empty = { tool_calls: null, function_call: { name: '', arguments: '' }, audio: { data: '' }, reasoning_content: '', refusal: null }
    const chunk = (content: string, finish: string): readonly ChatEvent[] =>
      reader.read({
        event: '',
        data: JSON.stringify({ id: '', choices: [{ index: 0, delta: { role: 'assistant', content, ...empty }, finish_reason: finish }], usage: null }),
      })
    const events = [...chunk('Hi', ''), ...chunk('', 'stop'), ...reader.read({ event: '', data: '[DONE]' }), ...reader.end()]
    expect(events.filter(({ type }) => type !== 'response-start').map(({ type }) => type)).toEqual(['text-delta', 'finish'])
    expect(whole({ content: 'Hi', ...empty, tool_calls: [] }).map(({ type }) => type)).toEqual(['response-start', 'text-delta', 'finish'])
  })

  it('llama.cpp: may count nothing, and adds its timings', () => {
    const events = whole({ content: 'Hi' }, { timings: { predicted_n: 3, predicted_ms: 12.5 } })
    expect(usageOf(events)).toBeUndefined()
    expect(events.at(-1)).toMatchObject({ type: 'finish', reason: 'stop' })
  })
})

it.each(Object.values(upstreamFormats))('$id reads events and parts of kinds that are yet to come without a fault', (format) => {
  const unknown: Readonly<Record<Protocol, JsonObject>> = {
    'openai-chat': {
      id: 'x',
      object: 'new',
      choices: [{ index: 0, delta: { novelty: [1], content: null }, finish_reason: null, more: {} }],
      extra: { a: null },
    },
    'openai-responses': { type: 'response.novelty.delta', output_index: 3, delta: { a: 1 } },
    'anthropic-messages': { type: 'novelty', index: 3, delta: null },
    'openai-completions': { id: 'c', object: 'text_completion', choices: [{ index: 0, text: null, finish_reason: null, novelty: [1] }], extra: { a: null } },
    gemini: { candidates: [{ content: { parts: [{ novelty: { a: 1 } }, null], role: null }, novelty: 1 }], modelVersion: null },
    'bedrock-converse': { novelty: { a: 1 }, p: 'abc' },
    'cohere-v2': { type: 'novelty', delta: null },
    'ollama-chat': { model: 'm', message: { role: 'assistant', content: '', novelty: 1, tool_calls: null }, done: false, novelty: {} },
  }
  const event = format.id === 'bedrock-converse' ? 'noveltyEvent' : ''
  const events = format.reader().read({ event, data: JSON.stringify(unknown[format.id]) })
  expect(events.filter(({ type }) => type === 'finish' || type === 'error' || type === 'text-delta')).toEqual([])
})
