/** Answers without a recording, written from the providers' documentation; and what official clients make of the ones we write. */
import fc from 'fast-check'
import { ChatCompletionStream } from 'openai/lib/ChatCompletionStream'
import { describe, expect, test } from 'vitest'
import { openaiChat } from '../../../../../../electron/engine/protocols/openai-chat/openai-chat.ts'
import { SseSplitter, sse } from '../../../../../../electron/engine/protocols/sse.ts'
import type { ChatEvent, JsonObject, JsonValue } from '../../../../../../shared/chat.ts'
import { Failure } from '../../../../../../shared/failure.ts'

const CONTEXT = { requestId: 'req-1', model: 'asked/for', createdAt: 1_700_000_000, wantsUsage: true }

function chunk(delta: JsonObject, finish: string | null = null, extra: JsonObject = {}): JsonObject {
  return { id: 'gen-1', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }], ...extra }
}

function toolCall(fields: JsonObject, finish: string | null = null): JsonObject {
  return chunk({ tool_calls: [fields] }, finish)
}

function read(...chunks: readonly JsonValue[]): ChatEvent[] {
  const reader = openaiChat.reader()
  const events = chunks.flatMap((value) => reader.read({ event: '', data: typeof value === 'string' ? value : JSON.stringify(value) }))
  return [...events, ...reader.end()]
}

function withoutStart(events: readonly ChatEvent[]): readonly ChatEvent[] {
  return events.filter((event) => event.type !== 'response-start')
}

const STOP: ChatEvent = { type: 'finish', reason: 'stop', raw: 'stop' }
const CALLS: ChatEvent = { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' }

describe('reading a stream', () => {
  test('takes the start from the first chunk that names something, as Azure opens without', () => {
    const events = read(
      { id: '', model: '', object: '', choices: [], prompt_filter_results: [] },
      chunk({ role: 'assistant', content: 'Hi' }),
      chunk({}, 'stop'),
      '[DONE]',
    )
    expect(events).toEqual([{ type: 'response-start', id: 'gen-1', model: 'm' }, { type: 'text-delta', text: 'Hi' }, STOP])
  })

  test('reads fields that a host fills with nothing as absent', () => {
    const nothing = {
      content: null,
      tool_calls: null,
      function_call: { name: '', arguments: '' },
      audio: { data: '' },
      refusal: '',
      reasoning: null,
      annotations: [],
    }
    const empty = { id: 'gen-1', model: 'm', choices: [{ index: 0, delta: nothing, finish_reason: '' }], usage: null }
    expect(withoutStart(read(empty, chunk({ content: 'Hi' }, 'stop')))).toEqual([{ type: 'text-delta', text: 'Hi' }, STOP])
  })

  test('tells the finish once when the provider says it twice', () => {
    expect(withoutStart(read(chunk({ content: 'x' }), chunk({}, 'stop'), chunk({ content: '' }, 'stop')))).toEqual([{ type: 'text-delta', text: 'x' }, STOP])
  })

  test('puts usage before the finish of the same chunk, and lets cumulative counts follow each other', () => {
    const events = withoutStart(
      read(
        chunk({ content: 'a' }, null, { usage: { prompt_tokens: 1, completion_tokens: 1 } }),
        chunk({}, 'stop', { usage: { prompt_tokens: 1, completion_tokens: 2 } }),
      ),
    )
    expect(events.map((event) => event.type)).toEqual(['text-delta', 'usage', 'usage', 'finish'])
  })

  test('says which chunk is nothing but counts', () => {
    const reader = openaiChat.reader()
    reader.read({ event: '', data: JSON.stringify(chunk({ content: 'x' }, 'stop', { usage: { prompt_tokens: 1, completion_tokens: 1 } })) })
    expect(reader.usageOnly).toBe(false)
    reader.read({ event: '', data: JSON.stringify({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } }) })
    expect(reader.usageOnly).toBe(true)
    reader.read({ event: '', data: '[DONE]' })
    expect(reader.usageOnly).toBe(false)
  })

  test('leaves other choices alone', () => {
    const both = {
      id: 'gen-1',
      model: 'm',
      choices: [
        { index: 1, delta: { content: 'no' }, finish_reason: 'stop' },
        { index: 0, delta: { content: 'yes' } },
      ],
    }
    expect(withoutStart(read(both, chunk({}, 'stop')))).toEqual([{ type: 'text-delta', text: 'yes' }, STOP])
  })

  test.each<[string, JsonObject[], string[]]>([
    [
      'pieces under an index',
      [
        { index: 0, id: 'a', function: { name: 'f', arguments: '' } },
        { index: 0, function: { arguments: '{"x":' } },
        { index: 0, function: { arguments: '1}' } },
      ],
      ['a f {"x":1}'],
    ],
    [
      'an id repeated in each piece',
      [
        { index: 0, id: 'a', function: { name: 'f', arguments: '{' } },
        { index: 0, id: 'a', function: { name: 'f', arguments: '}' } },
      ],
      ['a f {}'],
    ],
    ['pieces without an index', [{ id: 'a', function: { name: 'f', arguments: '{"x"' } }, { function: { arguments: ':1}' } }], ['a f {"x":1}']],
    [
      'whole calls without an index',
      [
        { id: 'a', function: { name: 'f', arguments: '{}' } },
        { id: 'b', function: { name: 'g', arguments: '{}' } },
      ],
      ['a f {}', 'b g {}'],
    ],
    [
      'whole calls under one index',
      [
        { index: 0, id: 'a', function: { name: 'f', arguments: '{}' } },
        { index: 0, id: 'b', function: { name: 'g', arguments: '{}' } },
      ],
      ['a f {}', 'b g {}'],
    ],
    [
      'whole calls without any id',
      [
        { index: 0, function: { name: 'f', arguments: '{}' } },
        { index: 0, function: { name: 'f', arguments: '{}' } },
      ],
      ['call_gen1_0 f {}', 'call_gen1_1 f {}'],
    ],
    [
      'calls in turns',
      [
        { index: 0, id: 'a', function: { name: 'f' } },
        { index: 1, id: 'b', function: { name: 'g' } },
        { index: 0, function: { arguments: '{}' } },
        { index: 1, function: { arguments: '[]' } },
      ],
      ['a f {}', 'b g []'],
    ],
    [
      'a name that comes after the id',
      [
        { index: 0, id: 'a' },
        { index: 0, function: { name: 'f', arguments: '{}' } },
      ],
      ['a f {}'],
    ],
    ['arguments as an object', [{ index: 0, id: 'a', function: { name: 'f', arguments: { x: 1 } } }], ['a f {"x":1}']],
  ])('puts together %s', (_, pieces, expected) => {
    const events = read(...pieces.map((piece) => toolCall(piece)), chunk({}, 'tool_calls'))
    const calls = events.flatMap((event) => {
      if (event.type !== 'tool-call-start') return []
      const written = events.map((other) => (other.type === 'tool-call-delta' && other.index === event.index ? other.arguments : ''))
      return [`${event.id} ${event.name} ${written.join('')}`]
    })
    expect(calls).toEqual(expected)
    expect(events.filter((event) => event.type === 'tool-call-end')).toHaveLength(expected.length)
    expect(events.at(-1)).toEqual(CALLS)
  })

  test('reads a legacy function call as a tool call', () => {
    const events = withoutStart(
      read(chunk({ function_call: { name: 'f', arguments: '{"a"' } }), chunk({ function_call: { arguments: ':1}' } }), chunk({}, 'function_call')),
    )
    expect(events.map((event) => event.type)).toEqual(['tool-call-start', 'tool-call-delta', 'tool-call-delta', 'tool-call-end', 'finish'])
  })

  test('hands a signature that OpenRouter sends for a call to that call', () => {
    const detail = { type: 'reasoning.encrypted', data: 'c2ln', format: 'google-gemini-v1', id: 'a', index: 0 }
    const delta = { reasoning_details: [detail], tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }] }
    expect(read(chunk(delta, 'tool_calls'))).toContainEqual({ type: 'tool-call-start', index: 0, id: 'a', name: 'f', signature: 'c2ln' })
  })

  test.each<[string, JsonObject, string, Partial<Extract<ChatEvent, { type: 'error' }>>]>([
    [
      'a chunk with an error',
      { ...chunk({ content: '' }, 'error'), error: { code: 502, message: 'Upstream died' } },
      '',
      { message: 'Upstream died', status: 502 },
    ],
    ['an error event', { error: { message: 'No', type: 'server_error', status_code: 500 } }, 'error', { message: 'No', code: 'server_error', status: 500 }],
    ['an error event without a wrapper', { message: 'No', code: 'overloaded' }, 'error', { message: 'No', code: 'overloaded' }],
    ['an error that is only a text', { error: 'model crashed' }, '', { message: 'model crashed' }],
  ])('reads %s as the end', (_, value, event, expected) => {
    const reader = openaiChat.reader()
    const events = [...reader.read({ event, data: JSON.stringify(value) }), ...reader.end()]
    expect(events.at(-1)).toMatchObject({ type: 'error', ...expected })
  })

  test.each<[string, JsonValue[], string]>([
    ['ends without saying why', [chunk({ content: 'x' })], 'stream-broken'],
    ['ends with [DONE] but no reason', [chunk({ content: 'x' }), '[DONE]'], 'stream-broken'],
    ['is empty', [], 'stream-broken'],
    ['ends inside arguments', [toolCall({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x": "y' } })], 'stream-broken'],
    [
      'claims to be complete inside arguments',
      [toolCall({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x": "y' } }), chunk({}, 'tool_calls')],
      'stream-broken',
    ],
    ['holds no JSON', ['<html>'], 'upstream-unreadable'],
    ['holds other JSON', [{ type: 'message_start' }], 'upstream-unreadable'],
  ])('fails when the stream %s', (_, chunks, kind) => {
    expect(() => read(...chunks)).toThrow(expect.objectContaining({ kind }))
  })

  test('takes the text of a freeform tool as one argument, wherever it is cut', () => {
    const text = 'say "hi"\n🚋 {'
    const pieces = [...Array(text.length).keys()].map((index) => text.slice(index, index + 1))
    const opening = toolCall({ index: 0, id: 'a', type: 'custom', custom: { name: 'f', input: '' } })
    const events = read(opening, ...pieces.map((input) => toolCall({ index: 0, custom: { input } })), chunk({}, 'tool_calls'), '[DONE]')
    const written = events.map((event) => (event.type === 'tool-call-delta' ? event.arguments : '')).join('')
    expect(JSON.parse(written)).toEqual({ input: text })
    expect(events.slice(-2)).toEqual([{ type: 'tool-call-end', index: 0 }, CALLS])
  })

  test('lets arguments be cut by the length limit, and ill-formed ones be the model’s own', () => {
    expect(read(toolCall({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x": "y' } }), chunk({}, 'length')).at(-1)).toMatchObject({
      reason: 'length',
    })
    expect(read(toolCall({ index: 0, id: 'a', function: { name: 'f', arguments: "{'x': 1}" } }), chunk({}, 'tool_calls')).at(-1)).toEqual(CALLS)
  })
})

describe('reading a whole answer', () => {
  test('fails on an answer without choices, so that another endpoint may be tried', () => {
    expect(() => openaiChat.readWhole({ choices: [], usage: {} })).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
    expect(() => openaiChat.readWhole({ hello: 'world' })).toThrow(Failure)
  })

  test('reads an answer that Azure filtered whole', () => {
    expect(withoutStart(openaiChat.readWhole({ id: 'x', choices: [{ index: 0, finish_reason: 'content_filter' }] }))).toEqual([
      { type: 'finish', reason: 'content-filter', raw: 'content_filter' },
    ])
  })

  test('reads a refusal', () => {
    expect(
      openaiChat.readWhole({ choices: [{ index: 0, message: { role: 'assistant', content: null, refusal: 'No.' }, finish_reason: 'stop' }] }),
    ).toContainEqual({ type: 'refusal-delta', text: 'No.' })
  })

  test.each<[string, JsonObject, JsonObject]>([
    [
      'OpenAI',
      {
        prompt_tokens: 100,
        completion_tokens: 50,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 60 },
        completion_tokens_details: { reasoning_tokens: 20 },
      },
      { input: 40, cacheRead: 60, output: 30, reasoning: 20 },
    ],
    [
      'DeepSeek',
      { prompt_tokens: 100, completion_tokens: 50, prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36 },
      { input: 36, cacheRead: 64, output: 50 },
    ],
    [
      'xAI, which counts reasoning apart',
      { prompt_tokens: 10, completion_tokens: 5, total_tokens: 35, completion_tokens_details: { reasoning_tokens: 20 } },
      { input: 10, output: 5, reasoning: 20 },
    ],
    [
      'a cache write',
      { prompt_tokens: 100, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 10, cache_write_tokens: 80 } },
      { input: 10, cacheRead: 10, cacheWrite5m: 80, output: 5 },
    ],
    [
      'a breakdown larger than its total',
      {
        prompt_tokens: 7,
        completion_tokens: 2,
        total_tokens: 9,
        prompt_tokens_details: { cached_tokens: 161 },
        completion_tokens_details: { reasoning_tokens: 3 },
      },
      { input: 7, output: 2 },
    ],
    [
      'Voxtral, whose prompt leaves the audio out',
      { prompt_tokens: 10, completion_tokens: 5, total_tokens: 400, prompt_audio_seconds: 30 },
      { input: 395, output: 5 },
    ],
    ['Gemini, which hides its thinking', { prompt_tokens: 35, completion_tokens: 12, total_tokens: 109 }, { input: 35, output: 12, reasoning: 62 }],
    [
      'a proxy that leaves what is cached out of the prompt',
      { prompt_tokens: 10, completion_tokens: 5, total_tokens: 2_015, prompt_tokens_details: { cached_tokens: 2_000 } },
      { input: 10, cacheRead: 2_000, output: 5 },
    ],
    [
      'one that also tells what is written there',
      { prompt_tokens: 3_000, completion_tokens: 5, total_tokens: 5_505, prompt_tokens_details: { cached_tokens: 2_000, cache_write_tokens: 500 } },
      { input: 3_000, cacheRead: 2_000, cacheWrite5m: 500, output: 5 },
    ],
  ])('counts like %s', (_, usage, tokens) => {
    const events = openaiChat.readWhole({ choices: [{ index: 0, message: { content: 'x' }, finish_reason: 'stop' }], usage })
    expect(events.find((event) => event.type === 'usage')).toEqual({ type: 'usage', tokens })
  })
})

const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', 'é', '🚂'), minLength: 1, maxLength: 6 })
const piece = fc.oneof(
  text.map((value): ChatEvent[] => [{ type: 'text-delta', text: value }]),
  text.map((value): ChatEvent[] => [{ type: 'reasoning-delta', text: value }]),
  text.map((value): ChatEvent[] => [{ type: 'refusal-delta', text: value }]),
  text.map((signature): ChatEvent[] => [{ type: 'reasoning-signature', signature, format: 'anthropic-messages' }]),
  text.map((redacted): ChatEvent[] => [{ type: 'reasoning-signature', redacted, format: 'anthropic-messages' }]),
  text.map((signature): ChatEvent[] => [{ type: 'reasoning-signature', signature, format: 'gemini' }]),
)
const call = fc.record({
  name: fc.constantFrom('f', 'g'),
  signature: fc.option(text, { nil: undefined }),
  pieces: fc.constantFrom(['{}'], ['{"a"', ':1}'], ['{"a":', '[1,', '2]}']),
})

/** An answer as a model may give it: anything in any order, the calls' pieces interleaved with each other and with the rest. */
const answer = fc
  .record({ pieces: fc.array(piece, { maxLength: 6 }), calls: fc.array(call, { maxLength: 3 }), order: fc.array(fc.nat(5), { maxLength: 30 }) })
  .map(({ pieces, calls, order }): ChatEvent[] => {
    const calling = calls.map(({ name, signature, pieces: parts }, index): ChatEvent[] => [
      { type: 'tool-call-start', index, id: `id-${index}`, name, ...(signature === undefined ? {} : { signature }) },
      ...parts.map((part): ChatEvent => ({ type: 'tool-call-delta', index, arguments: part })),
    ])
    // calls start in order; apart from that, any of the queues may go next
    const queues = [pieces.flat(), ...calling]
    const events: ChatEvent[] = []
    let started = 0
    for (const pick of [...order, ...queues.flatMap((queue, index) => queue.map(() => index))]) {
      const index = pick % queues.length
      if (index > started + 1) continue
      const event = queues[index]?.shift()
      if (event?.type === 'tool-call-start') started++
      if (event !== undefined) events.push(event)
    }
    const ends = calls.map((_, index): ChatEvent => ({ type: 'tool-call-end', index }))
    const tokens: ChatEvent = { type: 'usage', tokens: { input: 5, cacheRead: 3, output: 2, reasoning: 1 } }
    return [{ type: 'response-start', id: 'chatcmpl-req-1', model: 'm' }, ...events, ...ends, calls.length > 0 ? CALLS : STOP, tokens]
  })

function written(events: readonly ChatEvent[]): string {
  const writer = openaiChat.writer(CONTEXT)
  return events.map((event) => writer.write(event)).join('') + writer.end()
}

function readWire(wire: string): ChatEvent[] {
  const reader = openaiChat.reader()
  return [...new SseSplitter().push(Buffer.from(wire)).flatMap((frame) => (frame.event === undefined ? [] : reader.read(frame.event))), ...reader.end()]
}

test('believes a finish reason between two calls only once the answer is over', () => {
  const chunk = (delta: object, finish: string | null): string =>
    `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
  const call = (index: number, text: string): object => ({
    tool_calls: [{ index, id: `c${index}`, type: 'function', function: { name: 'look', arguments: text } }],
  })
  const first = chunk(call(0, '{}'), 'tool_calls')
  const events = readWire(`${first}${chunk(call(1, '{}'), 'tool_calls')}data: [DONE]\n\n`)
  expect(events.map((event) => event.type)).toEqual([
    ...['response-start', 'tool-call-start', 'tool-call-delta', 'tool-call-start', 'tool-call-delta'],
    ...['tool-call-end', 'tool-call-end', 'finish'],
  ])
  expect(() => readWire(first + chunk(call(1, '{"half'), null))).toThrow('inside the arguments')
})

describe('writing', () => {
  test('a written stream reads back as the very same events, in whatever order they came', () => {
    fc.assert(
      fc.property(answer, (events) => {
        expect(readWire(written(events))).toEqual(events)
      }),
      { numRuns: 500 },
    )
  })

  test('a written whole answer holds the same text, reasoning, calls and counts', () => {
    const joined = (events: readonly ChatEvent[], type: string) =>
      events
        .map((event) => (event.type === type ? ('text' in event ? event.text : 'arguments' in event ? event.arguments : JSON.stringify(event)) : ''))
        .join('')
    fc.assert(
      fc.property(answer, (events) => {
        const again = openaiChat.readWhole(openaiChat.writeWhole(events, CONTEXT))
        for (const type of ['text-delta', 'reasoning-delta', 'refusal-delta', 'reasoning-signature', 'tool-call-start', 'usage', 'finish']) {
          expect(joined(again, type)).toBe(joined(events, type))
        }
      }),
    )
  })

  test('the official client takes every written stream', async () => {
    await fc.assert(
      fc.asyncProperty(answer, async (events) => {
        const frames = new SseSplitter().push(Buffer.from(written(events)))
        const lines = frames.flatMap(({ event }) => (event === undefined || event.data === '[DONE]' ? [] : [`${event.data}\n`]))
        const completion = await ChatCompletionStream.fromReadableStream(new Blob(lines).stream()).finalChatCompletion()
        const message = completion.choices[0]?.message
        expect(message?.content ?? '').toBe(events.map((event) => (event.type === 'text-delta' ? event.text : '')).join(''))
        expect((message?.tool_calls ?? []).length).toBe(events.filter((event) => event.type === 'tool-call-start').length)
        expect(completion.usage).toMatchObject({ prompt_tokens: 8, completion_tokens: 3, total_tokens: 11 })
      }),
      { numRuns: 60 },
    )
  })

  test('gives a call without arguments an empty object, which clients parse blindly', () => {
    const events: ChatEvent[] = [{ type: 'tool-call-start', index: 0, id: 'a', name: 'f' }, { type: 'tool-call-end', index: 0 }, CALLS]
    expect(readWire(written(events))).toContainEqual({ type: 'tool-call-delta', index: 0, arguments: '{}' })
    expect(openaiChat.writeWhole(events, CONTEXT)).toMatchObject({ choices: [{ message: { tool_calls: [{ function: { arguments: '{}' } }] } }] })
  })

  test('sends counts only to those who asked', () => {
    const writer = openaiChat.writer({ ...CONTEXT, wantsUsage: false })
    const wire =
      [{ type: 'text-delta', text: 'x' } as const, { type: 'usage', tokens: { input: 1, output: 1 } } as const, STOP]
        .map((event) => writer.write(event))
        .join('') + writer.end()
    expect(wire).not.toContain('usage')
    expect(wire.endsWith('data: [DONE]\n\n')).toBe(true)
  })

  test('says in band that the answer broke off, once, and does not call it done', () => {
    const writer = openaiChat.writer(CONTEXT)
    writer.write({ type: 'text-delta', text: 'x' })
    const wire = writer.fail(new Failure('stream-broken', 'The provider went away.'))
    const data = new SseSplitter().push(Buffer.from(wire))[0]?.event?.data ?? ''
    expect(JSON.parse(data)).toMatchObject({
      id: 'chatcmpl-req-1',
      error: { code: 502, message: 'The provider went away.', metadata: { error_type: 'provider_unavailable' } },
      choices: [{ delta: { content: '' }, finish_reason: 'error' }],
    })
    expect(writer.fail(new Failure('internal', 'again')) + writer.end()).toBe('')
  })

  test('every chunk stands on its own with what strict clients demand', () => {
    for (const frame of new SseSplitter().push(Buffer.from(written([{ type: 'reasoning-delta', text: 'r' }, { type: 'text-delta', text: 't' }, STOP])))) {
      if (frame.event?.data === '[DONE]') continue
      expect(JSON.parse(frame.event?.data ?? '')).toMatchObject({
        id: 'chatcmpl-req-1',
        object: 'chat.completion.chunk',
        created: 1_700_000_000,
        model: 'asked/for',
        choices: [{ index: 0, delta: {}, logprobs: null }],
      })
    }
    expect(sse('x')).toBe('data: x\n\n')
  })
})
