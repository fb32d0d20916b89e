import { describe, expect, it } from 'vitest'
import { anthropicMessages } from '../../../../../../electron/engine/protocols/anthropic-messages/anthropic-messages.ts'
import { DEFAULT_MAX_TOKENS } from '../../../../../../electron/engine/protocols/anthropic-messages/write-request.ts'
import type { ChatView, JsonObject, Message, Part, ReasoningWish } from '../../../../../../shared/chat.ts'

const TOOL = { name: 'one', parameters: { type: 'object' } }
const NEW_MODELS = ['claude-opus-4-7', 'claude-opus-5', 'claude-sonnet-5-5-20261001', 'claude-unheard-of-9']

function text(value: string): Part {
  return { type: 'text', text: value }
}

function message(role: Message['role'], ...parts: readonly Part[]): Message {
  return { role, parts }
}

function view(fields: Partial<ChatView>): ChatView {
  return {
    model: 'm',
    messages: [message('user', text('hi'))],
    stream: false,
    wantsUsage: false,
    maxOutputTokens: 10_000,
    tools: [],
    needs: new Set(),
    unmodelled: {},
    routing: { fallbackModels: [], requireParameters: false },
    ...fields,
  }
}

function write(fields: Partial<ChatView>, model = 'claude-sonnet-4-5', outputLimit?: number): { body: JsonObject; dropped: readonly string[] } {
  return anthropicMessages.writeRequest(view(fields), { provider: 'anthropic', upstreamModel: model, stream: false, outputLimit })
}

function messagesOf(messages: readonly Message[], model?: string): unknown {
  return write({ messages }, model).body.messages
}

describe('a conversation for Anthropic', () => {
  it('has its first instructions as system and later ones as tagged user text', () => {
    const { body } = write({
      messages: [
        message('system', { type: 'text', text: 'Be brief.', cache: { ttl: '1h' } }),
        message('user', text('a')),
        message('assistant', text('b')),
        message('system', text('In French.')),
        message('user', text('c')),
      ],
    })
    expect(body.system).toEqual([{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h' } }])
    expect(body.messages).toEqual([
      { role: 'user', content: [text('a')] },
      { role: 'assistant', content: [text('b')] },
      { role: 'user', content: [text('<system>\nIn French.\n</system>'), text('c')] },
    ])
  })

  it('puts the results of all calls of a turn first, in one user turn', () => {
    const call = (id: string, input: string): Part => ({ type: 'tool-call', id, name: 'one', arguments: input })
    const result = (callId: string, ...parts: readonly Part[]): Part => ({ type: 'tool-result', callId, parts, isError: callId === 'b' })
    const messages = [
      message('user', text('go')),
      message('assistant', call('a', '{"x":1}'), call('b', ''), call('c', 'null'), call('d', '{"cut')),
      message('tool', result('a', text('1'))),
      message('user', text('while you wait')),
      message('tool', result('b', text('2'), { type: 'image', media: { kind: 'url', url: 'data:image/jpg;base64,AAAA' } })),
      message('tool', result('c'), result('d', text('4'))),
    ]
    expect(messagesOf(messages)).toEqual([
      { role: 'user', content: [text('go')] },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'a', name: 'one', input: { x: 1 } },
          { type: 'tool_use', id: 'b', name: 'one', input: {} },
          { type: 'tool_use', id: 'c', name: 'one', input: {} },
          { type: 'tool_use', id: 'd', name: 'one', input: { _raw_arguments: '{"cut' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'a', content: '1' },
          {
            type: 'tool_result',
            tool_use_id: 'b',
            content: [text('2'), { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: 'AAAA' } }],
            is_error: true,
          },
          { type: 'tool_result', tool_use_id: 'c' },
          { type: 'tool_result', tool_use_id: 'd', content: '4' },
          text('while you wait'),
        ],
      },
    ])
  })

  it('makes ids legal and unique, and results follow the latest call', () => {
    const turn = (n: string): Message[] => [
      message('assistant', { type: 'tool-call', id: 'call:0', name: 'a.b', arguments: '' }),
      message('tool', { type: 'tool-result', callId: 'call:0', parts: [text(n)], isError: false }),
    ]
    const written = messagesOf([message('user', text('go')), ...turn('1'), ...turn('2')]) as { content: JsonObject[] }[]
    const ids = written.flatMap(({ content }) => content.map((block) => block.id ?? block.tool_use_id)).filter((id) => id !== undefined)
    expect(ids[0]).toBe(ids[1])
    expect(ids[2]).toBe(ids[3])
    expect(ids[0]).not.toBe(ids[2])
    for (const id of ids) expect(id).toMatch(/^[\w-]+$/)
    expect(written[1]?.content[0]?.name).toMatch(/^[\w-]+$/)
  })

  it('gives back its own thinking, first in the turn, and no other', () => {
    const { body, dropped } = write({
      messages: [
        message('user', text('go')),
        message(
          'assistant',
          text('Here.'),
          { type: 'reasoning', text: 'mine', signature: 'sig', format: 'anthropic-messages' },
          { type: 'reasoning', text: '', redacted: 'enc', format: 'anthropic-messages' },
          { type: 'reasoning', text: 'unsigned', format: 'anthropic-messages' },
          { type: 'reasoning', text: 'theirs', signature: 's', format: 'gemini' },
        ),
        message('user', text('on')),
      ],
    })
    expect((body.messages as JsonObject[])[1]?.content).toEqual([
      { type: 'thinking', thinking: 'mine', signature: 'sig' },
      { type: 'redacted_thinking', data: 'enc' },
      text('Here.'),
    ])
    expect(dropped).toEqual(['messages.thinking', 'messages.reasoning'])
  })

  it('carries documents and names what it cannot carry', () => {
    const base64 = Buffer.from('Łódź').toString('base64')
    const { body, dropped } = write({
      messages: [
        message(
          'user',
          { type: 'document', media: { kind: 'base64', mediaType: 'application/pdf', data: 'JVBERi0=' }, name: 'Report' },
          { type: 'document', media: { kind: 'base64', mediaType: 'text/csv', data: base64 } },
          { type: 'document', media: { kind: 'base64', mediaType: 'application/msword', data: 'AA==' } },
          { type: 'audio', format: 'wav', data: 'AA==' },
          { type: 'opaque', protocol: 'gemini', value: { type: 'fileData' } },
          { type: 'opaque', protocol: 'anthropic-messages', value: { type: 'search_result', title: 't' } },
        ),
      ],
    })
    expect((body.messages as JsonObject[])[0]?.content).toEqual([
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' }, title: 'Report' },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Łódź' } },
      { type: 'search_result', title: 't' },
    ])
    expect(dropped).toEqual(['messages.document (application/msword)', 'messages.input_audio', 'messages.fileData'])
  })

  it('leaves out text that is nothing but white space, and turns that are then empty', () => {
    expect(messagesOf([message('user', text('a'), text(' \n')), message('assistant', text('')), message('user', text('b'))])).toEqual([
      { role: 'user', content: [text('a'), text('b')] },
    ])
  })

  it('always opens with the user', () => {
    expect(messagesOf([message('assistant', text('Welcome!')), message('user', text('a'))])).toMatchObject([
      { role: 'user' },
      { role: 'assistant' },
      { role: 'user' },
    ])
    expect(write({ messages: [message('system', text('Say hi.'))] }).body).toMatchObject({ messages: [{ role: 'user', content: [text('Say hi.')] }] })
  })

  it('goes on from a prefill only where the model takes one', () => {
    const messages = [message('user', text('a')), message('assistant', text('{"answer": '))]
    expect((messagesOf(messages) as JsonObject[]).at(-1)).toEqual({ role: 'assistant', content: [text('{"answer":')] })
    const { body, dropped } = write({ messages }, 'claude-opus-4-6')
    expect((body.messages as JsonObject[]).at(-1)?.role).toBe('user')
    expect(dropped).toEqual(['prefill'])
  })

  it('keeps at most four cache marks, the latest', () => {
    const marked = Array.from({ length: 6 }, (_, index): Part => ({ type: 'text', text: `${index}`, cache: {} }))
    const { body, dropped } = write({ messages: [message('user', ...marked)], tools: [{ ...TOOL, cache: {} }] })
    const content = (body.messages as { content: JsonObject[] }[])[0]?.content ?? []
    expect(content.map((block) => block.cache_control !== undefined)).toEqual([false, false, true, true, true, true])
    expect((body.tools as JsonObject[])[0]?.cache_control).toBeUndefined()
    expect(dropped).toEqual(['cache_control'])
  })
})

describe('the fields of a request for Anthropic', () => {
  it('fill in the limit that it demands', () => {
    const { maxOutputTokens: _left, ...open } = view({})
    const target = { provider: 'anthropic', upstreamModel: 'claude-3-haiku', stream: true }
    expect(anthropicMessages.writeRequest(open, { ...target, outputLimit: 8192 }).body).toMatchObject({ max_tokens: 8192, stream: true })
    expect(anthropicMessages.writeRequest(open, { ...target, outputLimit: undefined }).body).toMatchObject({ max_tokens: DEFAULT_MAX_TOKENS })
    // as for the first request after a start, which does not wait for the catalogue
    const unknown = (upstreamModel: string) => anthropicMessages.writeRequest(open, { ...target, upstreamModel, outputLimit: undefined }).body.max_tokens
    expect(['claude-sonnet-4-0', 'claude-sonnet-4-5', 'claude-opus-5-5', 'MiniMax-M2'].map(unknown)).toEqual([32_000, 64_000, 64_000, DEFAULT_MAX_TOKENS])
    expect(write({ maxOutputTokens: 99_999 }, 'claude-3-haiku', 4096)).toMatchObject({ body: { max_tokens: 4096 }, dropped: ['max_tokens'] })
  })

  it('drop what it does not know, by name', () => {
    const { body, dropped } = write({
      temperature: 1.7,
      topK: 5,
      frequencyPenalty: 1,
      presencePenalty: 1,
      seed: 7,
      stop: ['END', ' \n'],
      user: 'u1',
      unmodelled: { logit_bias: { '50256': -100 }, n: 2 },
    })
    expect(body).toEqual({
      model: 'claude-sonnet-4-5',
      max_tokens: 10_000,
      messages: [{ role: 'user', content: [text('hi')] }],
      temperature: 1,
      top_k: 5,
      stop_sequences: ['END'],
      metadata: { user_id: 'u1' },
    })
    expect(new Set(dropped)).toEqual(new Set(['frequency_penalty', 'logit_bias', 'n', 'presence_penalty', 'seed', 'stop', 'temperature']))
  })

  it.each([
    ['auto', 'auto', []],
    ['default', 'standard_only', []],
    ['flex', undefined, ['service_tier']],
  ])('name the service tier %s as %s', (asked, sent, lost) => {
    const { body, dropped } = write({ unmodelled: { service_tier: asked } })
    expect(body.service_tier).toBe(sent)
    expect(dropped).toEqual(lost)
  })

  it.each(NEW_MODELS)('leave sampling to %s', (model) => {
    const { body, dropped } = write({ temperature: 0.2, topP: 0.9, topK: 3 }, model)
    expect(body).not.toHaveProperty('temperature')
    expect(dropped).toEqual(['temperature', 'top_p', 'top_k'])
  })

  it('send only one of temperature and top_p where only one is taken', () => {
    expect(write({ temperature: 0.2, topP: 0.9 })).toMatchObject({ body: { temperature: 0.2 }, dropped: ['top_p'] })
    expect(write({ temperature: 0.2, topP: 0.9 }, 'claude-3-5-haiku-latest').dropped).toEqual([])
  })

  it('describe tools and the choice among them', () => {
    const { body } = write({
      tools: [
        { name: 'plain' },
        { ...TOOL, description: 'd', strict: true, parameters: { type: 'object', properties: { n: { type: 'integer', minimum: 1 } } } },
      ],
      toolChoice: { type: 'tool', name: 'one' },
      parallelToolCalls: false,
    })
    expect(body.tools).toEqual([
      { name: 'plain', input_schema: { type: 'object', properties: {} } },
      {
        name: 'one',
        description: 'd',
        strict: true,
        input_schema: { type: 'object', properties: { n: { type: 'integer', description: '{minimum: 1}' } }, additionalProperties: false },
      },
    ])
    expect(body.tool_choice).toEqual({ type: 'tool', name: 'one', disable_parallel_tool_use: true })
    expect(write({ toolChoice: { type: 'required' } }).body).not.toHaveProperty('tool_choice')
  })

  it('ask for the tool in words where the model cannot be forced', () => {
    const forced = { tools: [TOOL], toolChoice: { type: 'tool', name: 'one' } } as const
    for (const [model, reasoning] of [
      ['claude-sonnet-4-5', { effort: 'high' }],
      ['claude-opus-5-5', undefined],
    ] as const) {
      const { body, dropped } = write({ ...forced, ...(reasoning !== undefined && { reasoning }) }, model)
      expect(body.tool_choice).toEqual({ type: 'auto' })
      expect(JSON.stringify(body.messages)).toContain('Call the tool `one` now.')
      expect(dropped).toEqual(['tool_choice'])
    }
    expect(write(forced, 'claude-opus-5').body).toMatchObject({ tool_choice: { type: 'tool', name: 'one' }, thinking: { type: 'disabled' } })
  })

  it('have the output schema in the form that it enforces, or in words', () => {
    const output = { type: 'json-schema', name: 'a', schema: { type: 'object', properties: { city: { type: 'string', pattern: '^A' } } } } as const
    expect(write({ output }).body.output_config).toEqual({
      format: {
        type: 'json_schema',
        schema: { type: 'object', properties: { city: { type: 'string', description: '{pattern: "^A"}' } }, additionalProperties: false },
      },
    })
    for (const { body, dropped } of [write({ output }, 'claude-3-haiku'), write({ output: { type: 'json-object' } })]) {
      expect(JSON.stringify(body.messages)).toContain('a single JSON object')
      expect(dropped).toEqual(['response_format'])
    }
  })
})

describe('thinking', () => {
  it.each<[string, ReasoningWish | undefined, unknown, unknown, readonly string[]]>([
    ['claude-3-5-sonnet-20241022', { effort: 'high' }, undefined, undefined, ['reasoning_effort']],
    ['claude-3-7-sonnet@20250219', { effort: 'high' }, { type: 'enabled', budget_tokens: 8000 }, undefined, []],
    ['claude-sonnet-4-20250514', { effort: 'low' }, { type: 'enabled', budget_tokens: 2000 }, undefined, []],
    ['us.anthropic.claude-opus-4-1-20250805-v1:0', { effort: 'minimal' }, { type: 'enabled', budget_tokens: 1024 }, undefined, []],
    ['anthropic/claude-sonnet-4.5', { budgetTokens: 3000 }, { type: 'enabled', budget_tokens: 3000 }, undefined, []],
    ['claude-sonnet-4-5', { budgetTokens: 99_999 }, { type: 'enabled', budget_tokens: 9999 }, undefined, ['reasoning.max_tokens']],
    ['claude-sonnet-4-5', { adaptive: true }, { type: 'enabled', budget_tokens: 8000 }, undefined, []],
    ['claude-sonnet-4-5', { effort: 'none' }, undefined, undefined, []],
    ['claude-sonnet-4-5', undefined, undefined, undefined, []],
    ['claude-opus-4-6', { effort: 'xhigh' }, { type: 'adaptive' }, { effort: 'high' }, ['reasoning_effort']],
    ['claude-opus-4-6', { budgetTokens: 3000 }, { type: 'enabled', budget_tokens: 3000 }, undefined, []],
    ['claude-opus-4-7', { effort: 'xhigh' }, { type: 'adaptive', display: 'summarized' }, { effort: 'xhigh' }, []],
    ['claude-opus-4-8', { budgetTokens: 5000 }, { type: 'adaptive', display: 'summarized' }, { effort: 'medium' }, ['reasoning.max_tokens']],
    ['claude-opus-4-8', { effort: 'none' }, undefined, undefined, []],
    ['claude-sonnet-5', { effort: 'medium', exclude: true }, { type: 'adaptive', display: 'omitted' }, { effort: 'medium' }, []],
    ['claude-sonnet-5', { effort: 'none' }, { type: 'disabled' }, undefined, []],
    ['claude-sonnet-5-5', { effort: 'none' }, { type: 'between_tools' }, undefined, []],
    ['claude-opus-5-5', { effort: 'none' }, undefined, { effort: 'low' }, ['reasoning_effort']],
    ['kimi-k3', { effort: 'medium' }, { type: 'enabled', budget_tokens: 5000 }, undefined, []],
  ])('of %s for %j', (model, reasoning, thinking, outputConfig, lost) => {
    const { body, dropped } = write(reasoning === undefined ? {} : { reasoning }, model)
    expect(body.thinking).toEqual(thinking)
    expect(body.output_config).toEqual(outputConfig)
    expect(dropped).toEqual(lost)
  })

  it('is left out where the limit has no room for it', () => {
    expect(write({ reasoning: { effort: 'high' }, maxOutputTokens: 500 })).toMatchObject({ body: { max_tokens: 500 }, dropped: ['reasoning_effort'] })
  })

  it('takes temperature with it', () => {
    expect(write({ reasoning: { effort: 'high' }, temperature: 0.3 })).toMatchObject({ dropped: ['temperature'] })
    expect(write({ reasoning: { effort: 'high' }, temperature: 1 }).body.temperature).toBe(1)
  })

  it('is not asked for inside a tool loop that another model began', () => {
    const loop = (...before: readonly Part[]): Message[] => [
      message('user', text('go')),
      message('assistant', ...before, { type: 'tool-call', id: 'a', name: 'one', arguments: '' }),
      message('tool', { type: 'tool-result', callId: 'a', parts: [text('1')], isError: false }),
    ]
    const reasoning = { effort: 'high' } as const
    expect(write({ messages: loop(), reasoning })).toMatchObject({ dropped: ['reasoning_effort'] })
    const own: Part = { type: 'reasoning', text: 'hm', signature: 's', format: 'anthropic-messages' }
    expect(write({ messages: loop(own), reasoning }).body).toHaveProperty('thinking')
    // adaptive thinking does not mind
    expect(write({ messages: loop(), reasoning }, 'claude-opus-4-7').body).toHaveProperty('thinking')
  })
})

describe("a client's own body on its way to the same format", () => {
  const target = { provider: 'anthropic', upstreamModel: 'claude-sonnet-4-5', stream: false, outputLimit: undefined }

  it('has its model named and the routing fields taken out', () => {
    expect(anthropicMessages.relayEdits(view({}), target, {}).fields).toStrictEqual({
      model: 'claude-sonnet-4-5',
      fallbacks: undefined,
      models: undefined,
      provider: undefined,
      session_id: undefined,
    })
    expect(Object.keys(anthropicMessages.relayEdits(view({}), { ...target, provider: 'openrouter' }, {}).fields)).toEqual(['model'])
  })

  it('goes to /messages below the base URL', () => {
    expect(anthropicMessages.path(target)).toBe('/messages')
  })
})
