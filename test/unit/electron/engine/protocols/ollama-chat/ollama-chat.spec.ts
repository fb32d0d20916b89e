import { describe, expect, it } from 'vitest'
import { codecs } from '../../../../../../electron/engine/protocols/codecs.ts'
import { NdjsonSplitter } from '../../../../../../electron/engine/protocols/ollama-chat/ndjson.ts'
import { ollamaChat } from '../../../../../../electron/engine/protocols/ollama-chat/ollama-chat.ts'
import type { JsonObject } from '../../../../../../shared/chat.ts'
import { answers } from '../../../../../support/answer-cases.ts'
import { meaningOf, readStream } from '../../../../../support/answer-meaning.ts'
import { CUTS } from '../../../../../support/recordings.ts'

const target = { provider: 'ollama', upstreamModel: 'qwen3:8b', stream: true, outputLimit: undefined }
const written = (body: JsonObject) =>
  ollamaChat.writeRequest(codecs['openai-chat'].readRequest({ model: 'm', messages: [{ role: 'user', content: 'hi' }], ...body }, {}), target)
const options = (body: JsonObject): JsonObject => written(body).body.options as JsonObject

describe('lines of JSON', () => {
  it('come out whole, however they come in, and their bytes with them', () => {
    const text = '{"a":"é"}\r\n\n{"b":1}\n{"c":2}'
    for (const size of CUTS) {
      const splitter = new NdjsonSplitter()
      const bytes = Buffer.from(text)
      const frames = Array.from({ length: Math.ceil(bytes.length / Math.min(size, bytes.length)) }, (_, index) =>
        splitter.push(bytes.subarray(index * Math.min(size, bytes.length), (index + 1) * Math.min(size, bytes.length))),
      ).flat()
      const last = splitter.end()
      if (last !== undefined) frames.push(last)
      expect(frames.flatMap(({ event }) => (event === undefined ? [] : [event.data]))).toEqual(['{"a":"é"}', '{"b":1}', '{"c":2}'])
      expect(Buffer.concat(frames.map(({ wire }) => wire)).toString()).toBe(text)
    }
  })

  it('without end are refused', () => {
    const splitter = new NdjsonSplitter()
    const piece = Buffer.alloc(1024 * 1024, 'x')
    const push = (): void => {
      for (let index = 0; index < 20; index++) splitter.push(piece)
    }
    expect(push).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
  })
})

describe('a request to Ollama', () => {
  it('names a window that holds the prompt and its answer', () => {
    expect(options({}).num_ctx).toBe(8_192)
    expect(options({ max_tokens: 100 }).num_ctx).toBe(4_096)
    const long = { messages: [{ role: 'user', content: 'word '.repeat(20_000) }] }
    expect(options(long).num_ctx).toBe(65_536)
    // the same window for the next turn, so that the model stays loaded
    expect(options({ messages: [...long.messages, { role: 'assistant', content: 'ok' }, { role: 'user', content: 'and?' }] }).num_ctx).toBe(65_536)
  })

  it('puts sampling among its options', () => {
    expect(options({ max_tokens: 7, temperature: 0, top_p: 0.5, top_k: 4, seed: 1, stop: 'x' })).toEqual({
      num_ctx: 4_096,
      num_predict: 7,
      temperature: 0,
      top_p: 0.5,
      top_k: 4,
      seed: 1,
      stop: ['x'],
    })
  })

  it('names results by their tool and hands arguments over as objects', () => {
    const { body } = written({
      messages: [
        { role: 'user', content: 'q' },
        { role: 'assistant', content: null, reasoning: 'hm', tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{"a":1}' } }] },
        { role: 'tool', tool_call_id: 'c1', content: 'found' },
      ],
    })
    expect((body.messages as readonly JsonObject[]).slice(1)).toEqual([
      { role: 'assistant', content: '', thinking: 'hm', tool_calls: [{ function: { name: 'look', arguments: { a: 1 } } }] },
      { role: 'tool', content: 'found', tool_name: 'look' },
    ])
  })

  it('says what it cannot', () => {
    const tools = [{ type: 'function', function: { name: 'a', strict: true } }]
    const { body, dropped } = written({
      tools,
      tool_choice: 'required',
      parallel_tool_calls: false,
      user: 'u',
      messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.org/a.png' } }] }],
    })
    expect(body.tools).toHaveLength(1)
    expect(dropped.toSorted()).toEqual(['image_url', 'parallel_tool_calls', 'strict', 'tool_choice', 'user'])
    expect(written({ tools, tool_choice: 'none' }).body).not.toHaveProperty('tools')
  })

  it.each([
    ['none', false],
    ['minimal', 'low'],
    ['medium', 'medium'],
    ['xhigh', 'high'],
  ] as const)('thinks with effort %s as %s', (reasoning_effort, think) => {
    expect(written({ reasoning_effort }).body.think).toBe(think)
  })

  it('asks for JSON and for schemas', () => {
    expect(written({ response_format: { type: 'json_object' } }).body.format).toBe('json')
    const schema = { type: 'object' }
    expect(written({ response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } }).body.format).toEqual(schema)
  })
})

describe('an answer of Ollama', () => {
  it.each(answers('ollama-chat').filter(({ what, stream }) => stream && !what.includes('/')))('reads the same at any cut: $what', ({ body, expected }) => {
    for (const size of CUTS) {
      const meaning = meaningOf(readStream(ollamaChat, body, size))
      expect(meaning.text).toBe(expected.text)
      expect(meaning.calls.map(({ name, arguments: args }) => ({ name, arguments: args }))).toEqual(expected.calls)
      expect(new Set(meaning.calls.map(({ id }) => id)).size).toBe(expected.calls.length)
    }
  })

  it('tells of an error in the middle', () => {
    const lines = `${JSON.stringify({ model: 'm', message: { role: 'assistant', content: 'half' }, done: false })}\n{"error":"model runner has unexpectedly stopped"}\n`
    expect(readStream(ollamaChat, Buffer.from(lines)).at(-1)).toEqual({ type: 'error', message: 'model runner has unexpectedly stopped' })
  })

  it('knows no count where the server gave none', () => {
    const events = ollamaChat.readWhole({ model: 'm', message: { role: 'assistant', content: 'x' }, done: true, done_reason: 'stop', eval_count: 1 })
    expect(meaningOf(events).tokens).toEqual({ output: 1 })
  })

  it('that is none is said to be unreadable', () => {
    expect(() => ollamaChat.readWhole({ choices: [] })).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
  })
})

describe('a request of an Ollama client', () => {
  it('streams unless told not to', () => {
    const body = { model: 'm', messages: [] }
    expect(ollamaChat.readRequest(body, {}).stream).toBe(true)
    expect(ollamaChat.readRequest({ ...body, stream: false }, {}).stream).toBe(false)
  })

  it('has its window named as something others cannot carry', () => {
    const view = ollamaChat.readRequest({ model: 'm', messages: [], keep_alive: '5m', options: { num_ctx: 9, num_predict: -1 } }, {})
    expect(Object.keys(view.unmodelled)).toEqual(['options.num_ctx'])
    expect(view.maxOutputTokens).toBeUndefined()
  })

  it('tells pictures by their first bytes', () => {
    const view = ollamaChat.readRequest({ model: 'm', messages: [{ role: 'user', content: 'x', images: ['/9j/4AAQ', 'iVBORw0K'] }] }, {})
    expect(view.messages[0]?.parts.flatMap((part) => (part.type === 'image' && part.media.kind === 'base64' ? [part.media.mediaType] : []))).toEqual([
      'image/jpeg',
      'image/png',
    ])
  })

  it('whose result follows no call is told so', () => {
    expect(() => ollamaChat.readRequest({ model: 'm', messages: [{ role: 'tool', content: 'x' }] }, {})).toThrow(
      expect.objectContaining({ param: 'messages[0].tool_name' }),
    )
  })
})
