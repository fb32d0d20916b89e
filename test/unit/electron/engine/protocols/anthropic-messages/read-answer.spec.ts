import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { anthropicMessages } from '../../../../../../electron/engine/protocols/anthropic-messages/anthropic-messages.ts'
import { checkAnthropicStream } from '../../../../../../electron/engine/protocols/grammar/anthropic-messages.ts'
import type { ChatEvent, JsonObject } from '../../../../../../shared/chat.ts'
import { Failure } from '../../../../../../shared/failure.ts'
import { CUTS, cut } from '../../../../../support/recordings.ts'
import { meaningOf, readStream } from './events.ts'

const FIXTURE = readFileSync(new URL('../../../../../fixtures/anthropic-messages/thinking-and-tools.sse', import.meta.url))
const CONTEXT = { requestId: 'r1', model: 'asked-for', createdAt: 0, wantsUsage: true }

/** The same answer as the fixture, in one piece. */
const WHOLE: JsonObject = {
  id: 'msg_01',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5',
  content: [
    { type: 'thinking', thinking: 'Two cities.', signature: 'c2lnbmVk' },
    { type: 'redacted_thinking', data: 'ZW5jcnlwdGVk' },
    { type: 'text', text: 'Łódź 🚋 first.' },
    { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'trams' } },
    { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] },
    { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Łódź' } },
    { type: 'tool_use', id: 'toolu_2', name: 'get_time', input: {} },
  ],
  stop_reason: 'tool_use',
  stop_sequence: null,
  usage: {
    input_tokens: 31,
    cache_creation_input_tokens: 200,
    cache_read_input_tokens: 1000,
    cache_creation: { ephemeral_5m_input_tokens: 50, ephemeral_1h_input_tokens: 150 },
    output_tokens: 90,
    output_tokens_details: { thinking_tokens: 40 },
    server_tool_use: { web_search_requests: 1 },
  },
}

function read(...events: readonly JsonObject[]): { readonly events: readonly ChatEvent[]; readonly end: () => readonly ChatEvent[] } {
  const reader = anthropicMessages.reader()
  return { events: events.flatMap((event) => reader.read({ event: '', data: JSON.stringify(event) })), end: () => reader.end() }
}

function usage(...counts: readonly JsonObject[]): unknown {
  const { events } = read(...counts.map((count) => ({ type: 'message_delta', delta: {}, usage: count })))
  return meaningOf(events).tokens
}

const START = { type: 'message_start', message: { id: 'msg_1', model: 'm', usage: { input_tokens: 5, output_tokens: 1 } } }
const TOOL = { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 'toolu_1', name: 'one', input: {} } }
const END = { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 9 } }

function piece(partial_json: string): JsonObject {
  return { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json } }
}

describe('a streamed answer', () => {
  it('keeps to the grammar that we hold our own to', () => {
    checkAnthropicStream(FIXTURE.toString('utf8').split('\n').slice(1).join('\n'))
  })

  it('gives text, thinking, calls and disjoint token counts', () => {
    expect(meaningOf(readStream([FIXTURE]))).toEqual({
      text: 'Łódź 🚋 first.',
      reasoning: 'Two cities.',
      refusal: '',
      toolCalls: [
        { id: 'toolu_1', name: 'get_weather', arguments: '{"city": "Łódź"}', ended: true },
        { id: 'toolu_2', name: 'get_time', arguments: '', ended: true },
      ],
      signatures: [
        { signature: 'c2lnbmVk', format: 'anthropic-messages' },
        { redacted: 'ZW5jcnlwdGVk', format: 'anthropic-messages' },
      ],
      opaque: [
        '{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"trams"}}',
        '{"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[]}',
        '{"type":"message_delta","server_tool_use":{"web_search_requests":1}}',
      ],
      tokens: { input: 31, cacheRead: 1000, cacheWrite5m: 50, cacheWrite1h: 150, output: 50, reasoning: 40 },
      finish: 'tool-calls',
      raw: 'tool_use',
      id: 'msg_01',
      model: 'claude-sonnet-4-5',
    })
  })

  it.each(CUTS)('reads alike in pieces of %d bytes', (size) => {
    expect(readStream(cut(FIXTURE, size))).toEqual(readStream([FIXTURE]))
  })

  it('means what the same answer means in one piece', () => {
    const withoutSpaces = (events: readonly ChatEvent[]): unknown => JSON.parse(JSON.stringify(meaningOf(events)).replaceAll('\\": \\"', '\\":\\"'))
    expect(withoutSpaces(anthropicMessages.readWhole(WHOLE))).toEqual(withoutSpaces(readStream([FIXTURE])))
  })

  it('is written again without losing what only this format has', () => {
    expect(anthropicMessages.writeWhole(readStream([FIXTURE]), CONTEXT)).toMatchObject(WHOLE)
  })

  it('takes a tool input that comes whole at the start', () => {
    const block = { type: 'tool_use', id: 'toolu_1', name: 'one', input: { city: 'Paris' } }
    const { events } = read(START, { type: 'content_block_start', index: 0, content_block: block }, { type: 'content_block_stop', index: 0 }, END)
    expect(meaningOf(events).toolCalls).toEqual([{ id: 'toolu_1', name: 'one', arguments: '{"city":"Paris"}', ended: true }])
  })

  it('takes a call that is begun twice for one, and a call that another one displaces for a broken stream', () => {
    const other = { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 'toolu_other', name: 'two', input: {} } }
    const { events } = read(START, TOOL, TOOL, piece('{}'), { type: 'content_block_stop', index: 0 }, END)
    expect(meaningOf(events).toolCalls).toMatchObject([{ arguments: '{}', ended: true }])
    expect(() => read(START, TOOL, other)).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
  })

  it('keeps text blocks with their own citations apart', () => {
    const cited = { type: 'text', text: 'cited', citations: [{ type: 'char_location', cited_text: 'x' }] }
    const body = { ...WHOLE, content: [{ type: 'text', text: 'plain ' }, cited, { type: 'text', text: ' plain' }] }
    const events = anthropicMessages.readWhole(body)
    expect(meaningOf(events).text).toBe('plain cited plain')
    expect(anthropicMessages.writeWhole(events, CONTEXT).content).toEqual(body.content)
  })

  it('lets kinds of events and blocks that are yet to come pass', () => {
    const block = { type: 'compaction', content: '' }
    const { events, end } = read(
      START,
      { type: 'heartbeat_v2' },
      { type: 'content_block_start', index: 0, content_block: block },
      { type: 'content_block_delta', index: 0, delta: { type: 'compaction_delta', content: 'short' } },
      { type: 'content_block_stop', index: 0 },
      END,
    )
    expect(end()).toEqual([])
    expect(events).toContainEqual({ type: 'opaque', protocol: 'anthropic-messages', value: { type: 'compaction', content: 'short' } })
  })

  it('tells of an error in band once, with the status it would have had', () => {
    const { events, end } = read(START, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } })
    expect(events.at(-1)).toEqual({ type: 'error', message: 'Overloaded', code: 'overloaded_error', status: 529 })
    expect(end()).toEqual([])
  })

  it.each<[string, readonly JsonObject[]]>([
    ['before its stop reason', [START]],
    ['inside the arguments of a tool', [START, TOOL, piece('{"a":')]],
    ['after a tool without arguments began', [START, TOOL]],
  ])('is broken when it ends %s', (_where, sent) => {
    expect(() => read(...sent).end()).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
  })

  it('is broken when it claims to be done inside the arguments of a tool', () => {
    expect(() => read(START, TOOL, piece('{"a":'), END)).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
  })

  it('hands on arguments that the token limit cut short, as the provider ended them properly', () => {
    const cutShort = { type: 'message_delta', delta: { stop_reason: 'max_tokens' }, usage: { output_tokens: 9 } }
    const { events, end } = read(START, TOOL, piece('{"a":'), { type: 'content_block_stop', index: 0 }, cutShort)
    expect(end()).toEqual([])
    expect(meaningOf(events).finish).toBe('length')
  })

  it.each([
    ['no JSON', '<html>'],
    ['no object', '[1]'],
    ['no type', '{}'],
    ['a piece of a block that never began', '{"type":"content_block_delta","index":3,"delta":{"type":"text_delta","text":"x"}}'],
  ])('is unreadable with %s', (_what, data) => {
    expect(() => anthropicMessages.reader().read({ event: '', data })).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
  })

  it.each<JsonObject>([{}, { content: 'text' }, { choices: [] }, { content: [] }])('is unreadable as a whole: %j', (body) => {
    expect(() => anthropicMessages.readWhole(body)).toThrow(Failure)
  })
})

describe('token counts', () => {
  it('of the last event hold, and those it leaves out stay', () => {
    expect(
      usage({ input_tokens: 10, cache_read_input_tokens: 4, output_tokens: 1 }, { input_tokens: 12, cache_read_input_tokens: null, output_tokens: 8 }),
    ).toEqual({
      input: 12,
      cacheRead: 4,
      output: 8,
    })
  })

  it('count cache writes of unknown lifetime as five minutes', () => {
    expect(usage({ cache_creation_input_tokens: 7 })).toEqual({ cacheWrite5m: 7 })
  })

  it('are scaled where the split does not add up to the total', () => {
    const split = { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 30 }
    expect(usage({ cache_creation_input_tokens: 80, cache_creation: split })).toEqual({ cacheWrite5m: 20, cacheWrite1h: 60 })
  })

  it('that are missing stay unknown', () => {
    expect(usage({ output_tokens: 3 })).toEqual({ output: 3 })
  })

  it('adds what it took to sum the conversation up, which the totals leave out', () => {
    const iterations = [
      { type: 'compaction', input_tokens: 180_000, output_tokens: 3_500, cache_read_input_tokens: 10 },
      { type: 'message', input_tokens: 23_000, output_tokens: 1_000 },
    ]
    const told = usage({ input_tokens: 23_000, output_tokens: 1_000, iterations })
    expect(told).toEqual({ input: 203_000, cacheRead: 10, output: 4_500 })
    expect(usage({ input_tokens: 5, output_tokens: 1 }, { output_tokens: 9, iterations: [iterations[1] ?? {}] })).toEqual({ input: 5, output: 9 })
  })

  it('says where an answer made in the US alone asks a tenth more', () => {
    const extras = (inference_geo: string): unknown =>
      read({ type: 'message_delta', delta: {}, usage: { output_tokens: 1, inference_geo } }).events.flatMap((event) =>
        event.type === 'usage' ? [event.extras] : [],
      )
    expect(extras('us')).toEqual([{ surchargePercent: 10 }])
    expect(extras('global')).toEqual([undefined])
    expect(extras('not_available')).toEqual([undefined])
  })
})
