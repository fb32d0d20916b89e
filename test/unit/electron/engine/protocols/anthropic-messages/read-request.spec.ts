import { describe, expect, it } from 'vitest'
import { anthropicMessages } from '../../../../../../electron/engine/protocols/anthropic-messages/anthropic-messages.ts'
import type { ChatView, JsonObject, JsonValue } from '../../../../../../shared/chat.ts'

const HELLO = [{ role: 'user', content: 'hi' }]
const PIXEL = { type: 'base64', media_type: 'image/png', data: 'iVBORw0=' }

function read(fields: JsonObject): ChatView {
  return anthropicMessages.readRequest({ model: 'm', max_tokens: 100, messages: HELLO, ...fields }, {})
}

function user(...content: readonly JsonValue[]): JsonObject {
  return { messages: [{ role: 'user', content }] }
}

describe('a request', () => {
  it('is read in full', () => {
    const view = read({
      system: 'Be brief.',
      stop_sequences: ['END'],
      temperature: 0,
      top_p: 0.9,
      top_k: 40,
      stream: true,
      metadata: { user_id: 'u1' },
      thinking: { type: 'adaptive' },
      output_config: { effort: 'xhigh', format: { type: 'json_schema', schema: { type: 'object' } } },
      tools: [{ name: 'one', description: 'first', input_schema: { type: 'object' }, strict: true, cache_control: { type: 'ephemeral', ttl: '1h' } }],
      tool_choice: { type: 'any', disable_parallel_tool_use: true },
      fallbacks: [{ model: 'b' }, { model: 'c' }],
    })
    expect(view).toEqual({
      model: 'm',
      messages: [
        { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
        { role: 'user', parts: [{ type: 'text', text: 'hi' }] },
      ],
      stream: true,
      wantsUsage: true,
      maxOutputTokens: 100,
      temperature: 0,
      topP: 0.9,
      topK: 40,
      stop: ['END'],
      tools: [{ name: 'one', description: 'first', parameters: { type: 'object' }, strict: true, cache: { ttl: '1h' } }],
      toolChoice: { type: 'required' },
      parallelToolCalls: false,
      output: { type: 'json-schema', name: 'answer', schema: { type: 'object' } },
      reasoning: { effort: 'xhigh', adaptive: true },
      user: 'u1',
      needs: new Set(['tools', 'json-schema']),
      unmodelled: {},
      routing: { fallbackModels: ['b', 'c'], requireParameters: false },
    })
  })

  it('puts tool results into messages of their own, before what the user says beside them', () => {
    const view = read({
      messages: [
        { role: 'user', content: 'go' },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'hm', signature: 'sig' },
            { type: 'redacted_thinking', data: 'enc' },
            { type: 'tool_use', id: 't1', name: 'one', input: {} },
            { type: 'tool_use', id: 't2', name: 'two', input: { a: [1] } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 't1', content: 'done' },
            { type: 'tool_result', tool_use_id: 't2', is_error: true, content: [{ type: 'image', source: PIXEL }] },
            { type: 'text', text: 'and now?', cache_control: { type: 'ephemeral' } },
          ],
        },
      ],
    })
    expect(view.messages.slice(1)).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'hm', signature: 'sig', format: 'anthropic-messages' },
          { type: 'reasoning', text: '', redacted: 'enc', format: 'anthropic-messages' },
          { type: 'tool-call', id: 't1', name: 'one', arguments: '{}' },
          { type: 'tool-call', id: 't2', name: 'two', arguments: '{"a":[1]}' },
        ],
      },
      {
        role: 'tool',
        parts: [
          { type: 'tool-result', callId: 't1', parts: [{ type: 'text', text: 'done' }], isError: false },
          {
            type: 'tool-result',
            callId: 't2',
            parts: [{ type: 'image', media: { kind: 'base64', mediaType: 'image/png', data: 'iVBORw0=' } }],
            isError: true,
          },
        ],
      },
      { role: 'user', parts: [{ type: 'text', text: 'and now?', cache: {} }] },
    ])
    expect([...view.needs]).toEqual(['vision'])
  })

  it('joins neighbours of one role and keeps instructions where they stand', () => {
    const view = read({
      messages: [
        { role: 'user', content: 'a' },
        { role: 'user', content: 'b' },
        { role: 'system', content: 'from now on in French' },
        { role: 'user', content: 'c' },
      ],
    })
    expect(view.messages.map((message) => [message.role, message.parts.length])).toEqual([
      ['user', 2],
      ['system', 1],
      ['user', 1],
    ])
  })

  it('reads documents of every portable source and leaves the others to Anthropic', () => {
    const file = { type: 'document', source: { type: 'file', file_id: 'file_1' } }
    const view = read(
      user(
        { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' }, title: 'Report', context: 'old' },
        { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Łódź' } },
        { type: 'document', source: { type: 'url', url: 'https://example.org/a.pdf' } },
        file,
      ),
    )
    expect(view.messages[0]?.parts).toEqual([
      { type: 'document', media: { kind: 'base64', mediaType: 'application/pdf', data: 'JVBERi0=' }, name: 'Report' },
      { type: 'document', media: { kind: 'base64', mediaType: 'text/plain', data: Buffer.from('Łódź').toString('base64') } },
      { type: 'document', media: { kind: 'url', url: 'https://example.org/a.pdf' } },
      { type: 'opaque', protocol: 'anthropic-messages', value: file },
    ])
    expect(view.unmodelled).toEqual({ 'messages.document.context': ['old'] })
    expect(view.needs.has('documents')).toBe(true)
  })

  it('names everything that it has no place for', () => {
    const view = read({
      container: 'c1',
      service_tier: 'auto',
      metadata: { user_id: 'u', team: 'x' },
      tools: [
        { type: 'web_search_20250305', name: 'web_search' },
        { name: 'one', input_schema: { type: 'object' }, defer_loading: true },
      ],
    })
    expect(new Set(Object.keys(view.unmodelled))).toEqual(
      new Set(['container', 'metadata.team', 'service_tier', 'tools.defer_loading', 'tools.web_search_20250305']),
    )
    expect(view.tools.map((tool) => tool.name)).toEqual(['one'])
  })

  it.each<[JsonObject, object | undefined]>([
    [{}, undefined],
    [{ thinking: { type: 'enabled', budget_tokens: 2000 } }, { budgetTokens: 2000, shown: true }],
    [{ thinking: { type: 'enabled', budget_tokens: 2000, display: 'omitted' } }, { budgetTokens: 2000, exclude: true }],
    [{ thinking: { type: 'adaptive' } }, { adaptive: true }],
    [{ thinking: { type: 'adaptive', display: 'summarized' } }, { adaptive: true, shown: true }],
    [{ thinking: { type: 'adaptive', display: 'omitted' } }, { adaptive: true, exclude: true }],
    [{ thinking: { type: 'disabled' } }, { effort: 'none' }],
    [{ output_config: { effort: 'low' } }, { effort: 'low' }],
  ])('understands the wish about thinking in %j', (fields, wish) => {
    expect(read(fields).reasoning).toEqual(wish)
  })

  it.each<[JsonObject, string]>([
    [{ model: 7 }, 'model'],
    [{ max_tokens: -1 }, 'max_tokens'],
    [{ max_tokens: 1.5 }, 'max_tokens'],
    [{ messages: 'hi' }, 'messages'],
    [{ messages: [] }, 'messages'],
    [{ messages: ['hi'] }, 'messages.0'],
    [{ messages: [{ role: 'developer', content: 'hi' }] }, 'messages.0.role'],
    [{ messages: [{ role: 'user' }] }, 'messages.0.content'],
    [{ messages: [...HELLO, { role: 'assistant', content: [{ text: 'no type' }] }] }, 'messages.1.content.0.type'],
    [user({ type: 'image' }), 'messages.0.content.0.source'],
    [user({ type: 'image', source: { type: 'base64', data: 'x' } }), 'messages.0.content.0.source.media_type'],
    [user({ type: 'tool_result', content: 'x' }), 'messages.0.content.0.tool_use_id'],
    [user({ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text' }] }), 'messages.0.content.0.content.0.text'],
    [user({ type: 'text', text: 'x', cache_control: { type: 'ephemeral', ttl: '2h' } }), 'messages.0.content.0.cache_control.ttl'],
    [{ messages: [{ role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'n', input: '{}' }] }] }, 'messages.0.content.0.input'],
    [{ tools: [{ name: 'one' }] }, 'tools.0.input_schema'],
    [{ tool_choice: { type: 'required' } }, 'tool_choice.type'],
    [{ tool_choice: { type: 'tool' } }, 'tool_choice.name'],
    [{ temperature: 'hot' }, 'temperature'],
    [{ stop_sequences: [1] }, 'stop_sequences.0'],
    [{ thinking: { type: 'enabled' } }, 'thinking.budget_tokens'],
    [{ fallbacks: [{ model: 'a' }, { model: 'b' }, { model: 'c' }, { model: 'd' }] }, 'fallbacks'],
  ])('that is wrong is refused with the field: %j', (fields, param) => {
    expect(() => read(fields)).toThrow(expect.objectContaining({ kind: 'bad-request', param, message: expect.stringMatching(`^${param}: `) }))
  })

  it.each(['model', 'max_tokens', 'messages'])('must have %s', (field) => {
    const { [field]: _left, ...body } = { model: 'm', max_tokens: 1, messages: HELLO } as JsonObject
    expect(() => anthropicMessages.readRequest(body, {})).toThrow(`${field}: Field required`)
  })
})
