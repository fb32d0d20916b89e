/** The key of a request: the same whatever order and framing it came in, another one for any other change, in every dialect. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyOf } from '../../../../../electron/engine/cache/key.ts'
import { clientCodec } from '../../../../../electron/engine/protocols/codecs.ts'
import type { ChatDialect, JsonObject } from '../../../../../shared/chat.ts'

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

const route = (dialect: ChatDialect) => (dialect === 'gemini' ? { model: 'gemini-2.5-flash' } : {})

function key(dialect: ChatDialect, body: unknown, scope = 'client-1', model = 'openai/gpt-5-mini', headers: Record<string, string> = {}): string | undefined {
  const codec = clientCodec(dialect)
  return keyOf({ view: codec.readRequest(body as JsonObject, route(dialect)), wire: { codec, body: body as JsonObject }, incoming: { headers } }, scope, model)
    ?.key
}

const schema = { type: 'object', properties: { city: { type: 'string', enum: ['Oslo', 'Bergen'] } }, required: ['city'] }

/** One body of each dialect that holds much of what it can say; made up. */
const BODIES: Readonly<Record<ChatDialect, Json>> = {
  'openai-chat': {
    model: 'openai/gpt-5-mini',
    stream: true,
    stream_options: { include_usage: true },
    temperature: 0,
    top_p: 0.9,
    frequency_penalty: 0.1,
    presence_penalty: 0.2,
    max_completion_tokens: 100,
    max_tokens: 90,
    seed: 7,
    n: 2,
    logprobs: true,
    stop: ['END', 'STOP'],
    user: 'person-1',
    metadata: { team: 'blue' },
    logit_bias: { '50256': -100 },
    reasoning_effort: 'low',
    num_ctx: 4096,
    verbosity: 'low',
    parallel_tool_calls: false,
    tool_choice: 'auto',
    tools: [{ type: 'function', function: { name: 'weather', description: 'Tells the weather', parameters: schema, strict: true } }],
    response_format: { type: 'json_schema', json_schema: { name: 'reply', description: 'An answer', strict: true, schema } },
    provider: { order: ['a', 'b'], require_parameters: false },
    models: ['openai/gpt-4o-mini'],
    messages: [
      { role: 'system', content: 'Be short.', name: 'rules' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look:' },
          { type: 'image_url', image_url: { url: 'https://example.org/a.png', detail: 'low' } },
        ],
      },
      {
        role: 'assistant',
        content: 'I look.',
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'rain' },
      { role: 'user', content: 'And now?' },
    ],
  },
  'anthropic-messages': {
    model: 'anthropic/claude-sonnet-4-5',
    max_tokens: 200,
    stream: false,
    temperature: 0,
    top_k: 3,
    stop_sequences: ['END'],
    metadata: { user_id: 'person-1' },
    service_tier: 'auto',
    thinking: { type: 'enabled', budget_tokens: 1024 },
    tool_choice: { type: 'auto', disable_parallel_tool_use: true },
    tools: [
      { name: 'weather', description: 'Tells the weather', input_schema: schema },
      { type: 'web_search_20250305', name: 'web_search', max_uses: 2 },
    ],
    system: [{ type: 'text', text: 'Be short.' }],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look:' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGVsbG8=' } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' },
          { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Oslo', days: 2 } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_1', content: 'rain', is_error: false },
          { type: 'text', text: 'And now?' },
        ],
      },
    ],
  },
  'openai-responses': {
    model: 'openai/gpt-5-mini',
    stream: true,
    instructions: 'Be short.',
    temperature: 0,
    max_output_tokens: 100,
    user: 'person-1',
    reasoning: { effort: 'low', summary: 'auto' },
    text: { format: { type: 'json_schema', name: 'reply', schema, strict: true }, verbosity: 'low' },
    include: ['reasoning.encrypted_content'],
    truncation: 'auto',
    tools: [{ type: 'function', name: 'weather', description: 'Tells the weather', parameters: schema, strict: true }],
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Look:' },
          { type: 'input_image', image_url: 'https://example.org/a.png', detail: 'low' },
        ],
      },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'I look.' }] },
      { type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{"city":"Oslo"}' },
      { type: 'function_call_output', call_id: 'call_1', output: 'rain' },
      { role: 'user', content: 'And now?' },
    ],
  },
  gemini: {
    systemInstruction: { parts: [{ text: 'Be short.' }] },
    contents: [
      { role: 'user', parts: [{ text: 'Look:' }, { inlineData: { mimeType: 'image/png', data: 'aGVsbG8=' } }] },
      { role: 'model', parts: [{ functionCall: { name: 'weather', args: { city: 'Oslo' } } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'weather', response: { result: 'rain' } } }] },
      { role: 'user', parts: [{ text: 'And now?' }] },
    ],
    tools: [{ functionDeclarations: [{ name: 'weather', description: 'Tells the weather', parameters: schema }] }],
    toolConfig: { functionCallingConfig: { mode: 'AUTO' } },
    safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'BLOCK_NONE' }],
    generationConfig: {
      temperature: 0,
      topP: 0.5,
      topK: 3,
      maxOutputTokens: 100,
      stopSequences: ['END'],
      seed: 7,
      candidateCount: 1,
      responseMimeType: 'application/json',
      responseSchema: { type: 'OBJECT', properties: { city: { type: 'STRING' } } },
      thinkingConfig: { thinkingBudget: 100, includeThoughts: true },
    },
  },
  'ollama-chat': {
    model: 'ollama/llama3.2',
    stream: false,
    format: 'json',
    think: true,
    options: { temperature: 0, top_p: 0.5, top_k: 2, seed: 7, num_predict: 50, num_ctx: 4096, mirostat: 1, stop: ['END'] },
    tools: [{ type: 'function', function: { name: 'weather', description: 'Tells the weather', parameters: schema } }],
    messages: [
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'And now?', images: ['aGVsbG8='] },
    ],
  },
  'cohere-v2': {
    model: 'cohere/command-a-03-2025',
    stream: false,
    temperature: 0,
    p: 0.5,
    k: 3,
    seed: 7,
    max_tokens: 50,
    stop_sequences: ['END'],
    safety_mode: 'CONTEXTUAL',
    documents: [{ id: '1', data: { text: 'A document.' } }],
    messages: [
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'And now?' },
    ],
  },
  'openai-completions': { model: 'openai/gpt-3.5-turbo-instruct', prompt: 'Once', max_tokens: 20, temperature: 0, suffix: 'end', echo: true, best_of: 2 },
  'ollama-generate': { model: 'ollama/llama3.2', prompt: 'Once', system: 'Be short.', template: '{{ .Prompt }}', raw: true, options: { num_ctx: 4096 } },
}

const dialects = Object.keys(BODIES) as ChatDialect[]

/** Top-level fields, and what is below them, that must not matter. `model` is replaced by the resolved one. */
const INERT = new Set(['model', 'stream', 'stream_options', 'keep_alive'])

/** Every object's fields in another order, which `seed` decides. */
function shuffled(value: Json, seed: number): Json {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, seed))
  if (typeof value !== 'object' || value === null) return value
  const rank = (name: string): number => [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) * seed) % 1_000_003, seed)
  const fields = Object.entries(value).map(([name, field]) => [name, shuffled(field, seed)] as const)
  return Object.fromEntries(fields.toSorted(([one], [other]) => rank(one) - rank(other)))
}

type Path = readonly (string | number)[]

function paths(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [...(path.length === 0 ? [] : [path]), ...inner.flatMap(([name, field]) => paths(field, [...path, name]))]
}

function at(body: Json, path: Path): Json {
  return path.reduce((value: Json, name) => (value as Record<string, Json>)[name] ?? null, body)
}

function with_(body: Json, path: Path, change: (holder: Record<string, Json>, name: string) => void): Json {
  const copy = structuredClone(body)
  const holder = path.slice(0, -1).reduce((value: Json, name) => (value as Record<string, Json>)[name] ?? null, copy)
  change(holder as Record<string, Json>, String(path.at(-1)))
  return copy
}

/** The key, or that the dialect's reader refuses such a body: then it is no request at all. */
function keyOrRefused(dialect: ChatDialect, body: Json): string {
  try {
    return key(dialect, body) ?? 'no key'
  } catch (thrown) {
    return `refused: ${(thrown as Error).message}`
  }
}

describe.each(dialects)('%s', (dialect) => {
  const body = BODIES[dialect]
  const before = key(dialect, body)
  const meaningful = paths(body).filter(([top]) => !INERT.has(String(top)))

  it('has the same key in any order of its fields, with any spaces in its JSON', () => {
    expect(before).toMatch(/^[0-9a-f]{64}$/)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(8), (seed, spaces) => {
        expect(key(dialect, JSON.parse(JSON.stringify(shuffled(body, seed), null, spaces)))).toBe(before)
      }),
      { numRuns: 40 },
    )
  })

  it('has the same key streamed and whole', () => {
    // Gemini says it in the URL
    if (dialect === 'gemini') return
    for (const stream of [true, false]) expect(key(dialect, { ...(body as object), stream })).toBe(before)
    const { stream: _none, ...unsaid } = body as Record<string, Json>
    expect(key(dialect, unsaid)).toBe(before)
  })

  it('has another key when any value changes', () => {
    const same = meaningful.filter((path) => {
      const value = at(body, path)
      if (typeof value === 'object') return false
      const other = typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : !value
      return (
        keyOrRefused(
          dialect,
          with_(body, path, (holder, name) => (holder[name] = other)),
        ) === before
      )
    })
    expect(same).toEqual([])
  })

  it('has another key when any field or item is left out', () => {
    const same = meaningful.filter((path) => {
      const without = with_(body, path, (holder, name) => {
        if (Array.isArray(holder)) holder.splice(Number(name), 1)
        else delete holder[name]
      })
      return keyOrRefused(dialect, without) === before
    })
    // these say what the dialect takes for granted where nothing is said
    const granted: readonly Json[] = dialect === 'openai-responses' ? ['message'] : dialect === 'gemini' ? ['user'] : []
    expect(same.filter((path) => !granted.includes(at(body, path)))).toEqual([])
  })

  it('has another key when a field that nobody knows is added anywhere', () => {
    const objects = [[] as Path, ...meaningful].filter((path) => {
      const value = at(body, path)
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    })
    const same = objects.filter(
      (path) =>
        keyOrRefused(
          dialect,
          with_(body, [...path, 'not_yet_known'], (holder, name) => (holder[name] = 'x')),
        ) === before,
    )
    expect(same).toEqual([])
  })

  it('has another key for another scope, model or beta header', () => {
    const others = [
      key(dialect, body, 'client-2'),
      key(dialect, body, 'client-1', 'openai/gpt-5'),
      key(dialect, body, 'client-1', undefined, { 'anthropic-beta': 'x' }),
    ]
    expect(new Set([before, ...others]).size).toBe(4)
  })
})

describe('the same question in several dialects', () => {
  const said = { role: 'user', content: 'Name a colour.' }
  const asked: Partial<Record<ChatDialect, Json>> = {
    'openai-chat': { model: 'm', temperature: 0, max_tokens: 20, messages: [{ role: 'system', content: 'Be short.' }, said] },
    'anthropic-messages': { model: 'm', temperature: 0, max_tokens: 20, system: 'Be short.', messages: [said], stream: true },
    'openai-responses': { model: 'm', temperature: 0, max_output_tokens: 20, instructions: 'Be short.', input: 'Name a colour.' },
    gemini: {
      systemInstruction: { parts: [{ text: 'Be short.' }] },
      contents: [{ role: 'user', parts: [{ text: 'Name a colour.' }] }],
      generationConfig: { temperature: 0, maxOutputTokens: 20 },
    },
    'cohere-v2': { model: 'm', temperature: 0, max_tokens: 20, messages: [{ role: 'system', content: 'Be short.' }, said] },
  }

  it('has one key', () => {
    const keys = Object.entries(asked).map(([dialect, body]) => key(dialect as ChatDialect, body))
    expect(new Set(keys).size).toBe(1)
  })

  it('is asked by Claude Code with a note to Anthropic that ends differently each time', () => {
    const noted = (note: string) => ({
      model: 'm',
      max_tokens: 20,
      system: [
        { type: 'text', text: note },
        { type: 'text', text: 'Be short.' },
      ],
      messages: [said],
    })
    const one = key('anthropic-messages', noted('x-anthropic-billing-header: cc_version=2.1.197.1c6; cc_entrypoint=sdk-cli;'))
    expect(key('anthropic-messages', noted('x-anthropic-billing-header: cc_version=2.1.197.9aa; cc_entrypoint=cli;'))).toBe(one)
    expect(key('anthropic-messages', noted('x-anthropic-billing-header: a=b; Answer in French.'))).not.toBe(one)
    expect(key('anthropic-messages', noted('x-anthropic-billing-header: a=b;\nAnswer in French.'))).not.toBe(one)
  })
})

it('has no key where JSON has rounded a number, for two requests would share it', () => {
  const body = (seed: string) => JSON.parse(`{"model": "m", "seed": ${seed}, "messages": [{"role": "user", "content": "x"}]}`)
  expect(key('openai-chat', body('12345678901234567890'))).toBeUndefined()
  expect(key('openai-chat', body('1234567890'))).toBeDefined()
})

it('tells texts apart that look alike', () => {
  const ask = (content: string) => key('openai-chat', { model: 'm', messages: [{ role: 'user', content }] })
  const texts = ['turn it on', 'turn it off', 'turn it on ', 'Turn it on', 'turn it\non', 'turn it on\u0000', 'caf\u00e9', 'cafe\u0301']
  expect(new Set(texts.map(ask)).size).toBe(texts.length)
})
