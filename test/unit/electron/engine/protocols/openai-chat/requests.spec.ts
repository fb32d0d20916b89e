import { describe, expect, test } from 'vitest'
import { openaiChat } from '../../../../../../electron/engine/protocols/openai-chat/openai-chat.ts'
import type { ChatView, JsonObject, JsonValue, Message, Part } from '../../../../../../shared/chat.ts'

const USER: JsonObject = { role: 'user', content: 'Hi' }

function view(fields: JsonObject, messages: readonly JsonObject[] = [USER]): ChatView {
  return openaiChat.readRequest({ model: 'm', messages, ...fields }, {})
}

function parts(message: JsonObject): readonly Part[] {
  return view({}, [message]).messages[0]?.parts ?? []
}

function user(...content: readonly JsonValue[]): JsonObject {
  return { role: 'user', content }
}

describe('reading a request', () => {
  test.each<[string, JsonObject, string]>([
    ['no model', { model: null, messages: [USER] }, 'model'],
    ['no messages', { model: 'm' }, 'messages'],
    ['an empty conversation', { model: 'm', messages: [] }, 'messages'],
    ['a message that is none', { model: 'm', messages: ['Hi'] }, 'messages[0]'],
    ['an unknown role', { model: 'm', messages: [USER, { role: 'robot', content: '' }] }, 'messages[1].role'],
    ['content that is a number', { model: 'm', messages: [{ role: 'user', content: 1 }] }, 'messages[0].content'],
    ['a part without a type', { model: 'm', messages: [user({ text: 'x' })] }, 'messages[0].content[0].type'],
    [
      'an image that is no address',
      { model: 'm', messages: [USER, USER, user({ type: 'image_url', image_url: { url: 'file:///etc/passwd' } })] },
      'messages[2].content[0].image_url.url',
    ],
    [
      'audio without data',
      { model: 'm', messages: [user({ type: 'input_audio', input_audio: { format: 'wav' } })] },
      'messages[0].content[0].input_audio.data',
    ],
    ['a file without its data', { model: 'm', messages: [user({ type: 'file', file: {} })] }, 'messages[0].content[0].file.file_data'],
    ['a result that answers no call', { model: 'm', messages: [{ role: 'tool', content: 'x' }] }, 'messages[0].tool_call_id'],
    [
      'a call without a name',
      { model: 'm', messages: [{ role: 'assistant', tool_calls: [{ id: 'a', function: {} }] }] },
      'messages[0].tool_calls[0].function.name',
    ],
    ['a tool without a name', { model: 'm', messages: [USER], tools: [{ type: 'function', function: {} }] }, 'tools[0].function.name'],
    [
      'a schema that is a text',
      { model: 'm', messages: [USER], response_format: { type: 'json_schema', json_schema: { name: 'a', schema: '' } } },
      'response_format.json_schema.schema',
    ],
    ['a warm temperature', { model: 'm', messages: [USER], temperature: 'hot' }, 'temperature'],
    ['a stop that is a number', { model: 'm', messages: [USER], stop: ['a', 1] }, 'stop[1]'],
    ['models that are no names', { model: 'm', messages: [USER], models: ['a', {}] }, 'models[1]'],
  ])('names the field at fault: %s', (_, body, param) => {
    expect(() => openaiChat.readRequest(body, {})).toThrow(expect.objectContaining({ kind: 'bad-request', param }))
  })

  test('takes null for an option as not given', () => {
    const read = view({ temperature: null, tools: null, stop: null, max_tokens: null, response_format: null, stream_options: null, logprobs: null })
    expect(read).not.toHaveProperty('temperature')
    expect(read.tools).toEqual([])
    expect(read.unmodelled).toEqual({})
  })

  test('prefers the limit that counts reasoning', () => {
    expect(view({ max_tokens: 1, max_completion_tokens: 2 }).maxOutputTokens).toBe(2)
    expect(view({ max_tokens: 1 }).maxOutputTokens).toBe(1)
  })

  test.each<[string, JsonObject, Part]>([
    [
      'an address',
      { type: 'image_url', image_url: { url: 'https://a.example/x.png', detail: 'low' } },
      { type: 'image', media: { kind: 'url', url: 'https://a.example/x.png' }, detail: 'low' },
    ],
    [
      'bytes',
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
      { type: 'image', media: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' } },
    ],
    [
      'bytes with a charset',
      { type: 'image_url', image_url: { url: 'data:image/svg+xml;charset=utf-8;base64,AAAA' } },
      { type: 'image', media: { kind: 'base64', mediaType: 'image/svg+xml', data: 'AAAA' } },
    ],
    [
      'percent-encoded bytes',
      { type: 'image_url', image_url: { url: 'data:image/svg+xml,%3Csvg%2F%3E' } },
      { type: 'image', media: { kind: 'base64', mediaType: 'image/svg+xml', data: 'PHN2Zy8+' } },
    ],
    ['a bare string', { type: 'image_url', image_url: 'https://a.example/x.png' }, { type: 'image', media: { kind: 'url', url: 'https://a.example/x.png' } }],
    [
      'a PDF',
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' } },
      { type: 'document', name: 'a.pdf', media: { kind: 'base64', mediaType: 'application/pdf', data: 'AAAA' } },
    ],
    [
      'a PDF without its prefix',
      { type: 'file', file: { file_data: 'JVBERi0=' } },
      { type: 'document', media: { kind: 'base64', mediaType: 'application/pdf', data: 'JVBERi0=' } },
    ],
    [
      'a stored file',
      { type: 'file', file: { file_id: 'f-1' } },
      { type: 'opaque', protocol: 'openai-chat', value: { type: 'file', file: { file_id: 'f-1' } } },
    ],
    ['audio', { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }, { type: 'audio', data: 'AAAA', format: 'wav' }],
    [
      'a part of some other kind',
      { type: 'video_url', video_url: {} },
      { type: 'opaque', protocol: 'openai-chat', value: { type: 'video_url', video_url: {} } },
    ],
    ['a cache mark', { type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: '1h' } }, { type: 'text', text: 'x', cache: { ttl: '1h' } }],
    ['OpenAI’s cache mark', { type: 'text', text: 'x', prompt_cache_breakpoint: { mode: 'explicit' } }, { type: 'text', text: 'x', cache: {} }],
  ])('reads content: %s', (_, part, expected) => {
    expect(parts(user(part))).toEqual([expected])
  })

  test('reads reasoning of earlier turns for the family that signed it', () => {
    const details = [
      { type: 'reasoning.text', text: 'a', format: null, index: 0 },
      { type: 'reasoning.text', text: 'b', format: 'anthropic-claude-v1', index: 0 },
      { type: 'reasoning.text', signature: 's', format: 'anthropic-claude-v1', index: 0 },
      { type: 'reasoning.encrypted', data: 'r', format: 'anthropic-claude-v1', index: 1 },
      { type: 'reasoning.encrypted', data: 'g', format: 'google-gemini-v1', id: 'call', index: 2 },
      { type: 'reasoning.encrypted', data: 'x', format: 'xai-responses-v1', index: 3 },
    ]
    const call = { id: 'call', type: 'function', function: { name: 'f', arguments: '' } }
    expect(parts({ role: 'assistant', content: null, reasoning: 'ab', reasoning_details: details, tool_calls: [call] })).toEqual([
      { type: 'reasoning', text: 'ab', signature: 's', format: 'anthropic-messages' },
      { type: 'reasoning', text: '', redacted: 'r', format: 'anthropic-messages' },
      { type: 'opaque', protocol: 'openai-chat', value: { reasoning_details: [details[5]] } },
      { type: 'tool-call', id: 'call', name: 'f', arguments: '', signature: 'g' },
    ])
  })

  test('finds the call that a result without an id answers', () => {
    const messages: JsonObject[] = [
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          { id: '', function: { name: 'f', arguments: '{}' } },
          { id: '', function: { name: 'g', arguments: '{}' } },
        ],
      },
      { role: 'tool', tool_call_id: '', content: '1' },
      { role: 'tool', tool_call_id: '', content: '2' },
      { role: 'assistant', content: null, function_call: { name: 'h', arguments: '{}' } },
      { role: 'function', name: 'h', content: '3' },
    ]
    const read = view({}, messages).messages.flatMap((message) => message.parts)
    const calls = read.flatMap((part) => (part.type === 'tool-call' ? [part.id] : []))
    expect(new Set(calls).size).toBe(3)
    expect(read.flatMap((part) => (part.type === 'tool-result' ? [part.callId] : []))).toEqual(calls)
  })

  test.each<[JsonValue, ChatView['toolChoice']]>([
    ['auto', { type: 'auto' }],
    ['none', { type: 'none' }],
    ['required', { type: 'required' }],
    ['any', { type: 'required' }],
    [
      { type: 'function', function: { name: 'f' } },
      { type: 'tool', name: 'f' },
    ],
  ])('reads the tool choice %j', (choice, expected) => {
    expect(view({ tool_choice: choice }).toolChoice).toEqual(expected)
  })

  test.each<[JsonObject, ChatView['reasoning']]>([
    [{ reasoning_effort: 'low' }, { effort: 'low' }],
    [{ reasoning: { effort: 'high', exclude: true } }, { effort: 'high', exclude: true }],
    [{ reasoning: { max_tokens: 2000 } }, { budgetTokens: 2000 }],
    [{ reasoning: { enabled: true } }, { effort: 'medium' }],
    [{ reasoning: { enabled: false } }, { effort: 'none' }],
    [{ include_reasoning: false }, { exclude: true }],
    [{ reasoning_effort: 'default' }, undefined],
  ])('reads the reasoning wish %j', (fields, expected) => {
    expect(view(fields).reasoning).toEqual(expected)
  })

  test('says what the request needs from a model', () => {
    expect(view({ reasoning_effort: 'none' }).needs.size).toBe(0)
    const tools = [{ type: 'function', function: { name: 'f' } }]
    const image = user({ type: 'image_url', image_url: { url: 'https://a.example/x' } }, { type: 'input_audio', input_audio: { data: '', format: 'mp3' } })
    const output = { type: 'json_schema', json_schema: { name: 'a', schema: {} } }
    const { needs } = view({ tools, reasoning_effort: 'low', response_format: output }, [image])
    expect(needs).toEqual(new Set(['tools', 'vision', 'audio', 'json-schema', 'reasoning']))
  })

  test('loses nothing it does not know', () => {
    const named = { ...USER, name: 'Ada' }
    const body = { logit_bias: { 1: 2 }, n: 2, tools: [{ type: 'custom', custom: {} }], stream_options: { include_usage: true, include_obfuscation: false } }
    expect(view(body, [named]).unmodelled).toEqual({
      logit_bias: { 1: 2 },
      n: 2,
      'tools[0]': { type: 'custom', custom: {} },
      stream_options: { include_obfuscation: false },
      'messages[].name': { 0: 'Ada' },
    })
    expect(view({ n: 1, logprobs: false }).unmodelled).toEqual({})
  })

  test('takes OpenRouter’s routing fields for the router', () => {
    const read = view({ models: ['a/b', 'c/d'], provider: { require_parameters: true, order: ['x'] } })
    expect(read.routing).toEqual({ fallbackModels: ['a/b', 'c/d'], requireParameters: true, order: ['x'] })
  })
})

const BASE: ChatView = {
  model: 'm',
  messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
  stream: false,
  wantsUsage: false,
  tools: [],
  needs: new Set(),
  unmodelled: {},
  routing: { fallbackModels: [], requireParameters: false },
}

function write(changes: Partial<ChatView>, provider = 'openai', upstreamModel = 'gpt-4o') {
  return openaiChat.writeRequest({ ...BASE, ...changes }, { provider, upstreamModel, stream: changes.stream ?? false, outputLimit: undefined })
}

function writtenMessages(messages: readonly Message[], provider = 'openai'): JsonValue | undefined {
  return write({ messages }, provider).body.messages
}

describe('writing a request', () => {
  test('puts results before the words of the same turn, and their pictures behind them all', () => {
    const image: Part = { type: 'image', media: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' } }
    const written = writtenMessages([
      {
        role: 'assistant',
        parts: [
          { type: 'text', text: 'Look' },
          { type: 'tool-call', id: 'a', name: 'f', arguments: '' },
          { type: 'tool-call', id: 'b', name: 'f', arguments: '{}' },
        ],
      },
      {
        role: 'user',
        parts: [
          { type: 'tool-result', callId: 'a', parts: [image], isError: false },
          { type: 'tool-result', callId: 'b', parts: [{ type: 'text', text: 'no such file' }], isError: true },
          { type: 'text', text: 'And now?' },
        ],
      },
    ])
    expect(written).toMatchObject([
      { role: 'assistant', content: 'Look', tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{}' } }, { id: 'b' }] },
      { role: 'tool', tool_call_id: 'a' },
      { role: 'tool', tool_call_id: 'b', content: 'Error: no such file' },
      { role: 'user', content: [{ type: 'text' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] },
      { role: 'user', content: 'And now?' },
    ])
  })

  test('says what of an Anthropic client’s request a model cannot take', () => {
    const messages: Message[] = [
      {
        role: 'system',
        parts: [
          { type: 'text', text: 'Be brief.', cache: {} },
          { type: 'text', text: 'Be kind.' },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'hm', signature: 's', format: 'anthropic-messages' },
          { type: 'text', text: 'Yes' },
        ],
      },
      {
        role: 'user',
        parts: [
          { type: 'opaque', protocol: 'anthropic-messages', value: { type: 'search_result' } },
          { type: 'text', text: 'Why?' },
        ],
      },
    ]
    const written = write({ messages, topK: 5, temperature: 0.5, unmodelled: { context_management: {} } })
    expect(new Set(written.dropped)).toEqual(new Set(['cache_control', 'context_management', 'search_result', 'messages.thinking', 'top_k']))
    expect(written.body).toEqual({
      model: 'gpt-4o',
      temperature: 0.5,
      messages: [
        { role: 'system', content: 'Be brief.\n\nBe kind.' },
        { role: 'assistant', content: 'Yes' },
        { role: 'user', content: 'Why?' },
      ],
    })
  })

  test('keeps for OpenRouter what only it takes', () => {
    const messages: Message[] = [
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'hm', signature: 's', format: 'anthropic-messages' },
          { type: 'tool-call', id: 'a', name: 'f', arguments: '{}', signature: 'g' },
        ],
      },
      { role: 'tool', parts: [{ type: 'tool-result', callId: 'a', parts: [], isError: false }] },
      { role: 'user', parts: [{ type: 'text', text: 'x', cache: { ttl: '1h' } }] },
    ]
    const written = write({ messages, topK: 5, reasoning: { budgetTokens: 1024 }, maxOutputTokens: 9 }, 'openrouter', 'anthropic/claude-sonnet-4.5')
    expect(written.dropped).toEqual([])
    expect(written.body).toMatchObject({
      top_k: 5,
      max_tokens: 9,
      reasoning: { max_tokens: 1024 },
      messages: [
        {
          reasoning_details: [
            { type: 'reasoning.text', text: 'hm', signature: 's', format: 'anthropic-claude-v1' },
            { type: 'reasoning.encrypted', data: 'g', format: 'google-gemini-v1', id: 'a' },
          ],
        },
        { role: 'tool' },
        { content: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: '1h' } }] },
      ],
    })
  })

  test.each<[string, Partial<ChatView>, JsonObject, string[]]>([
    ['gpt-4o', { maxOutputTokens: 9, temperature: 0, stop: ['a'] }, { max_completion_tokens: 9, temperature: 0, stop: ['a'] }, []],
    ['gpt-4o', { reasoning: { effort: 'high' } }, {}, ['reasoning_effort']],
    ['gpt-4o', { stop: ['1', '2', '3', '4', '5'] }, { stop: ['1', '2', '3', '4'] }, ['stop']],
    ['o3-mini', { temperature: 0, stop: ['a'], reasoning: { effort: 'xhigh' } }, { reasoning_effort: 'high' }, ['reasoning_effort', 'stop', 'temperature']],
    [
      'gpt-5-mini',
      { temperature: 1, topP: 0.5, reasoning: { budgetTokens: 16_000 }, maxOutputTokens: 32_000 },
      { max_completion_tokens: 32_000, reasoning_effort: 'medium' },
      ['top_p'],
    ],
    ['gpt-5.1', { temperature: 0, reasoning: { effort: 'none' } }, { temperature: 0, reasoning_effort: 'none' }, []],
    ['gpt-5-chat-latest', { temperature: 0, stop: ['a'] }, { stop: ['a'] }, ['temperature']],
    [
      'gpt-5.6',
      { tools: [{ name: 'f' }], reasoning: { effort: 'high' } },
      { tools: [{ type: 'function', function: { name: 'f' } }], reasoning_effort: 'none' },
      ['reasoning_effort'],
    ],
  ])('fits a request to %s: %j', (model, changes, fields, dropped) => {
    const written = write(changes, 'openai', model)
    expect(written.body).toEqual({ model, messages: [{ role: 'user', content: 'Hi' }], ...fields })
    expect(new Set(written.dropped)).toEqual(new Set(dropped))
  })

  test.each([
    ['grok-3', [], undefined],
    ['grok-4.20-0309-non-reasoning', ['frequency_penalty', 'presence_penalty'], undefined],
    ['grok-4.6', ['frequency_penalty', 'presence_penalty', 'stop'], ['a']],
  ])('sends %s nothing that it refuses, and stops its answer here', (model, dropped, cutAt) => {
    const { body, ...written } = write({ presencePenalty: 0, frequencyPenalty: 1, stop: ['a'] }, 'xai', model)
    expect(written.dropped.toSorted()).toEqual(dropped)
    expect(written.cutAt).toEqual(cutAt)
    for (const field of dropped) expect(body).not.toHaveProperty(field)
  })

  test('asks every stream for its counts, except where that is refused', () => {
    expect(write({ stream: true }).body).toMatchObject({ stream: true, stream_options: { include_usage: true } })
    expect(write({ stream: true, seed: 1 }, 'mistral', 'mistral-small').body).toEqual({
      model: 'mistral-small',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      random_seed: 1,
    })
  })

  test('hides a long user id behind its hash', () => {
    expect(write({ user: 'ada' }).body.safety_identifier).toBe('ada')
    expect(write({ user: 'x'.repeat(200) }).body.safety_identifier).toMatch(/^[0-9a-f]{64}$/)
  })

  test('leaves out a tool choice that has no tools to choose from', () => {
    expect(write({ toolChoice: { type: 'auto' }, parallelToolCalls: false }).body).toEqual({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] })
  })
})

describe('relaying a request', () => {
  const target = { provider: 'openai', upstreamModel: 'gpt-5-mini', stream: true, outputLimit: undefined }

  test('asks for counts beside the client’s own stream options, and takes OpenRouter’s fields out', () => {
    const read = view({ stream: true, stream_options: { include_obfuscation: false }, models: ['a'], reasoning: { effort: 'low' } })
    const edits = openaiChat.relayEdits(read, target, {}).fields
    expect(edits).toMatchObject({ model: 'gpt-5-mini', stream_options: { include_obfuscation: false, include_usage: true }, reasoning_effort: 'low' })
    for (const field of ['models', 'provider', 'route', 'plugins', 'transforms', 'reasoning']) expect(edits).toHaveProperty([field], undefined)
  })

  test('names what the client loses by it', () => {
    const dropped = (body: JsonObject, where: Partial<typeof target> = {}) => openaiChat.relayEdits(view(body), { ...target, ...where }, body).dropped
    expect(dropped({ plugins: [{ id: 'web' }], transforms: [], models: ['a'], provider: {}, session_id: 's', usage: { include: true } })).toEqual([
      'plugins',
      'transforms',
    ])
    expect(dropped({ reasoning: { effort: 'xhigh' } })).toEqual(['reasoning_effort'])
    expect(dropped({ stream_options: { include_obfuscation: false } }, { provider: 'mistral' })).toEqual(['stream_options'])
    expect(dropped({ plugins: [] }, { provider: 'openrouter' })).toEqual([])
  })

  test('leaves OpenRouter its own', () => {
    expect(Object.keys(openaiChat.relayEdits(view({ models: ['a'] }), { ...target, provider: 'openrouter' }, {}).fields)).toEqual(['model', 'stream_options'])
  })

  const edited = (body: JsonObject, where: Partial<typeof target>): JsonObject => {
    const whole = { model: 'm', messages: [USER], ...body }
    const { fields } = openaiChat.relayEdits(openaiChat.readRequest(whole, {}), { ...target, stream: false, ...where }, whole)
    return Object.fromEntries(Object.entries({ ...whole, ...fields }).filter(([, value]) => value !== undefined)) as JsonObject
  }

  test.each<[string, Partial<typeof target>, JsonObject, JsonObject]>([
    ['a reasoning model', {}, { max_tokens: 9 }, { max_completion_tokens: 9 }],
    ['a reasoning model elsewhere', { provider: 'my-proxy' }, { max_tokens: 9 }, { max_completion_tokens: 9 }],
    ['an older model of OpenAI', { upstreamModel: 'gpt-4.1' }, { max_tokens: 9 }, { max_tokens: 9 }],
    ['an older model of OpenAI', { upstreamModel: 'gpt-4.1' }, { max_completion_tokens: 9 }, { max_completion_tokens: 9 }],
    ['a compatible server', { provider: 'deepseek', upstreamModel: 'deepseek-chat' }, { max_completion_tokens: 9 }, { max_tokens: 9 }],
    ['a compatible server', { provider: 'lmstudio', upstreamModel: 'qwen3' }, { max_tokens: 8, max_completion_tokens: 9 }, { max_tokens: 9 }],
    ['OpenRouter', { provider: 'openrouter', upstreamModel: 'openai/gpt-5' }, { max_tokens: 9 }, { max_tokens: 9 }],
  ])('tells %s the limit by the name it knows: %j', (_what, where, sent, limits) => {
    const { max_tokens, max_completion_tokens } = edited(sent, where)
    expect(JSON.parse(JSON.stringify({ max_tokens, max_completion_tokens }))).toEqual(limits)
  })

  test('calls instructions by the name that everybody but OpenAI knows', () => {
    const developer = { role: 'developer', content: 'Be brief.', name: 'x' }
    const body = { messages: [developer, USER] }
    expect(edited(body, { provider: 'deepseek', upstreamModel: 'deepseek-chat' }).messages).toEqual([{ ...developer, role: 'system' }, USER])
    expect(edited({ messages: [developer, USER] }, { provider: 'mistral', upstreamModel: 'mistral-small' }).messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      USER,
    ])
    expect(edited(body, {}).messages).toBe(body.messages)
  })

  test('keeps calls and results together under ids that OpenAI takes', () => {
    const long = `functions.mcp__github__search_repositories:${'0'.repeat(20)}`
    const call = { id: long, type: 'function', function: { name: 'f', arguments: '{}' } }
    const messages = [USER, { role: 'assistant', content: null, tool_calls: [call] }, { role: 'tool', tool_call_id: long, content: 'r' }]
    const [, asked, answered] = edited({ messages }, {}).messages as readonly JsonObject[]
    const id = String(answered?.tool_call_id)
    expect(id.length).toBeLessThanOrEqual(40)
    expect(asked).toEqual({ role: 'assistant', content: null, tool_calls: [{ ...call, id }] })
    const read = openaiChat.readRequest({ model: 'm', messages }, {})
    expect(openaiChat.writeRequest(read, { ...target, stream: false }).body.messages).toEqual([USER, asked, answered])
    // nobody else minds
    expect(edited({ messages }, { provider: 'lmstudio', upstreamModel: 'qwen3' }).messages).toBe(messages)
  })

  test.each(['deepseek', 'moonshot'])('gives %s a reasoning for every turn of the model where one has it or has called a tool', (provider) => {
    const where = { provider, upstreamModel: 'm', stream: false }
    const call = { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }
    const plain = { role: 'assistant', content: 'Hello.' }
    const called = { role: 'assistant', content: null, tool_calls: [call], reasoning_content: 'Hm.' }
    const messages = [USER, plain, USER, called, { role: 'tool', tool_call_id: 'a', content: 'r' }]
    const whole = messages.with(1, { ...plain, reasoning_content: ' ' })
    expect(edited({ messages }, where).messages).toEqual(whole)
    expect(openaiChat.writeRequest(openaiChat.readRequest({ model: 'm', messages }, {}), { ...target, ...where }).body.messages).toEqual(whole)
    const { reasoning_content: _lost, ...bare } = called
    expect(edited({ messages: [USER, bare, messages[4] ?? {}] }, where).messages).toEqual([USER, { ...bare, reasoning_content: ' ' }, messages[4]])
    const chat = [USER, plain, USER]
    expect(edited({ messages: chat }, where).messages).toBe(chat)
  })
})
