/** What each grammar must refuse: a good stream of our own writer, spoiled in one place. A grammar that accepts everything protects nobody. */
import { describe, expect, it } from 'vitest'
import { clientCodec } from '../../../../../../electron/engine/protocols/codecs.ts'
import { grammars } from '../../../../../../electron/engine/protocols/grammar/grammars.ts'
import type { ChatDialect, ChatEvent } from '../../../../../../shared/chat.ts'
import { Failure } from '../../../../../../shared/failure.ts'
import { CONTEXT, checkStream, writeStream } from '../../../../../support/formats.ts'

const EVENTS: readonly ChatEvent[] = [
  { type: 'response-start', model: 'some-model' },
  { type: 'reasoning-delta', text: 'Hm.' },
  { type: 'text-delta', text: 'Hello' },
  { type: 'text-delta', text: ' you' },
  { type: 'tool-call-start', index: 0, id: 'call_a', name: 'look' },
  { type: 'tool-call-delta', index: 0, arguments: '{"a":' },
  { type: 'tool-call-delta', index: 0, arguments: '1}' },
  { type: 'tool-call-end', index: 0 },
  { type: 'tool-call-start', index: 1, id: 'call_b', name: 'listen' },
  { type: 'tool-call-end', index: 1 },
  { type: 'usage', tokens: { input: 3, cacheRead: 2, output: 4, reasoning: 1 } },
  { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' },
]

interface Stream {
  readonly text: string
  readonly frames: readonly string[]
  /** The first frame that holds the text. */
  at(part: string): number
}

type Spoil = (stream: Stream) => string

const end = (dialect: ChatDialect): string => (dialect.startsWith('ollama') ? '\n' : '\n\n')
const joined = (frames: readonly string[], by: string): string => frames.map((frame) => frame + by).join('')

/** Spoilings of frames, by the text that tells which. They know the frame's end from the stream. */
const without =
  (part: string): Spoil =>
  ({ frames, at, text }) =>
    joined(frames.toSpliced(at(part), 1), by(text))
const twice =
  (part: string): Spoil =>
  ({ frames, at, text }) =>
    joined(frames.toSpliced(at(part), 0, frames[at(part)] ?? ''), by(text))
const after =
  (part: string, moved: string): Spoil =>
  ({ frames, at, text }) => {
    const frame = frames[at(moved)] ?? ''
    return joined(frames.toSpliced(at(part) + 1, 0, frame), by(text))
  }
const edited =
  (from: string | RegExp, to: string): Spoil =>
  ({ text }) =>
    text.replace(from, to)
const cutBefore =
  (part: string): Spoil =>
  ({ frames, at, text }) =>
    joined(frames.slice(0, at(part)), by(text))
/** Counted anew, so that a breach is not found by the numbers alone. */
const renumbered =
  (spoil: Spoil): Spoil =>
  (stream) => {
    let next = 0
    return spoil(stream).replace(/"sequence_number":\d+/g, () => `"sequence_number":${next++}`)
  }
const by = (text: string): string => (text.endsWith('\n\n') ? '\n\n' : '\n')

const EVERYWHERE: Readonly<Record<string, Spoil>> = {
  'nothing at all': () => '',
  'the last frame cut off': ({ text }) => text.slice(0, -2),
  'something that is no JSON': edited('"Hello"', '"Hel'),
  'something after the end': ({ text, frames }) => text + (frames[0] ?? '') + by(text),
}

const SPOILED: Readonly<Partial<Record<ChatDialect, Readonly<Record<string, Spoil>>>>> = {
  'openai-responses': {
    'no beginning': renumbered(without('response.created')),
    'no second event': renumbered(without('response.in_progress')),
    'an event name unlike its type': edited('event: response.created', 'event: response.opened'),
    'numbers out of order': edited('"sequence_number":4', '"sequence_number":5'),
    'a delta twice': renumbered(twice('response.output_text.delta')),
    'a delta outside of any item': renumbered(without('"type":"response.output_item.added","output_index":1')),
    'a delta of another item': edited(/("delta":"Hello".*?"item_id":")/, '$1x'),
    'an item whose place is skipped': edited(/"output_index":3/g, '"output_index":4'),
    'two items of one id': edited(/fc_req-1_3/g, 'fc_req-1_2'),
    'text at the end that is not what was streamed': edited('"text":"Hello you"', '"text":"Hullo you"'),
    'a part that holds something else': edited(/("type":"response.content_part.done".*?"text":)"Hello you"/, '$1"Hullo you"'),
    'an item that holds something else': edited(/("type":"response.output_item.done","output_index":1.*?"text":)"Hello you"/, '$1"Hullo you"'),
    'arguments that differ at the end': edited(/(function_call_arguments\.done",.*?"arguments":")/, '$1 '),
    'a call without arguments': renumbered(({ text }) => text.replace(/event: response.function_call_arguments.delta\n.*"delta":"\{\}".*\n\n/, '')),
    'an item that never ends': renumbered(without('"type":"response.output_item.done","output_index":3')),
    'a last event that leaves an item out': edited(/("type":"response.completed".*"output":\[)\{.*?\},\{"id":"msg/, '$1{"id":"msg'),
    'counts that do not add up': edited('"total_tokens":10', '"total_tokens":11'),
    'more cached than sent': edited('"cached_tokens":2', '"cached_tokens":6'),
    'a status unlike the event': edited(/("type":"response.completed".*?"status":")completed/, '$1incomplete'),
    'a model that changes': edited(/("type":"response.completed".*"model":")/, '$1x'),
    'no last event': cutBefore('"type":"response.completed"'),
    '[DONE], which this dialect does not have': ({ text }) => `${text}data: [DONE]\n\n`,
  },
  'cohere-v2': {
    'no beginning': without('message-start'),
    'a beginning twice': twice('message-start'),
    'an event name unlike its type': edited('event: content-end', 'event: content-over'),
    'a part begun twice': twice('content-start'),
    'a part whose place is skipped': edited(/"index":1,"delta":\{"message":\{"content":/g, '"index":2,"delta":{"message":{"content":'),
    'a part that never ends': without('"type":"content-end","index":1'),
    'a delta of another type': edited('"text":"Hello"', '"thinking":"Hello"'),
    'a delta outside of any part': without('content-start'),
    'content in the first frame of a part': edited('"thinking":""', '"thinking":"x"'),
    'a call begun twice': twice('"id":"call_a"'),
    'two calls of one id': edited('call_b', 'call_a'),
    'a call without name': edited('"name":"look"', '"name":""'),
    'arguments of no call': without('"id":"call_b"'),
    'a call that ends without arguments': without('"arguments":"{}"'),
    'a call that never ends': without('"type":"tool-call-end","index":1'),
    'a call that ends twice': twice('"type":"tool-call-end","index":1'),
    'a finish for calls that are not there': ({ frames }) =>
      joined(
        frames.filter((frame) => !frame.includes('tool-call')),
        '\n\n',
      ),
    'an unknown finish reason': edited('TOOL_CALL', 'TOOL'),
    'no counts': edited(/,"usage":\{.*\}\}\}/, '}}'),
    'a count that is none': edited('"input_tokens":5', '"input_tokens":-5'),
    'more cached than sent': edited('"cached_tokens":2', '"cached_tokens":6'),
    'an end twice': twice('message-end'),
    'text after the end': after('message-end', '"text":"Hello"'),
    'no end': without('message-end'),
    'no [DONE]': without('[DONE]'),
  },
  'ollama-chat': {
    'a line without model': edited('"model":"asked/for",', ''),
    'a model that changes': edited('"model":"asked/for"', '"model":"other"'),
    'a moment that is none': edited(/"created_at":"[^"]*"/, '"created_at":"now"'),
    'a line without done': edited(',"done":false', ''),
    'a message of nobody': edited('"role":"assistant",', ''),
    'content that is no text': edited('"content":"Hello"', '"content":["Hello"]'),
    'arguments as text': edited('"arguments":{"a":1}', '"arguments":"{\\"a\\":1}"'),
    'a call without name': edited('"name":"look"', '"name":""'),
    'calls out of order': edited('"index":1', '"index":0'),
    'an empty list of calls': edited(/"tool_calls":\[.*?\]/, '"tool_calls":[]'),
    'counts before the end': edited('"done":false', '"done":false,"eval_count":1'),
    'a count that is none': edited('"eval_count":5', '"eval_count":"5"'),
    'a count without its duration': edited(/,"eval_duration":\d+/, ''),
    'an unknown reason': edited('"done_reason":"stop"', '"done_reason":"tool_calls"'),
    'an end twice': twice('"done":true'),
    'text after the end': after('"done":true', '"content":"Hello"'),
    'no end': without('"done":true'),
    'an empty line': edited('\n', '\n\n'),
    'a field nobody knows': edited('"done":false', '"done":false,"id":"x"'),
  },
  'ollama-generate': {
    'a conversation’s message': edited('"response":"Hello"', '"message":{"role":"assistant","content":"Hello"}'),
    'a line without text': edited('"response":"Hello",', ''),
    'text that is none': edited('"response":"Hello"', '"response":null'),
    'an end twice': twice('"done":true'),
    'no end': without('"done":true'),
    'an unknown reason': edited('"done_reason":"stop"', '"done_reason":"error"'),
  },
  'openai-completions': {
    'an event name': edited('data: {', 'event: chunk\ndata: {'),
    'an id that changes': edited('"id":"cmpl-req-1"', '"id":"cmpl-x"'),
    'a chunk of a conversation': edited('"object":"text_completion"', '"object":"chat.completion.chunk"'),
    'a chunk without created': edited(/"created":\d+,/, ''),
    'two choices': edited('"choices":[{', '"choices":[{"text":"","index":1,"logprobs":null,"finish_reason":null},{'),
    'a choice without text': edited('"text":"Hello",', ''),
    'a choice of another place': edited('"index":0', '"index":1'),
    'a choice without finish_reason': edited(',"finish_reason":null', ''),
    'a delta in a choice': edited('"text":"Hello"', '"text":"Hello","delta":{}'),
    'a reason that completions do not have': edited('"finish_reason":"stop"', '"finish_reason":"tool_calls"'),
    'a finish twice': twice('"finish_reason":"stop"'),
    'no finish': without('"finish_reason":"stop"'),
    'text after the finish': after('"finish_reason":"stop"', '"text":"Hello"'),
    'counts before the finish': after('"text":"Hello"', '"usage"'),
    'counts twice': twice('"usage"'),
    'counts that do not add up': edited('"total_tokens":10', '"total_tokens":11'),
    'no [DONE]': without('[DONE]'),
    'text after [DONE]': after('[DONE]', '"text":"Hello"'),
  },
  gemini: {
    'an event name': edited('data: {', 'event: chunk\ndata: {'),
    'a comment, which Google’s client takes for content': ({ text }) => `: waiting\n\n${text}`,
    'an id that changes': edited(/"responseId":"[^"]*"/, '"responseId":"x"'),
    'a response without model': edited(/,?"modelVersion":"[^"]*"/, ''),
    'two candidates': edited('"candidates":[', '"candidates":[{"content":{"role":"model","parts":[]},"index":1},'),
    'a candidate of another place': edited('"index":0', '"index":1'),
    'a part of two kinds': edited('"text":"Hello"', '"text":"Hello","functionCall":{"id":"x","name":"y","args":{}}'),
    'arguments as text': edited('"args":{"a":1}', '"args":"{}"'),
    'a call without name': edited('"name":"look"', '"name":""'),
    'two calls of one id': edited('call_b', 'call_a'),
    'an unknown finish reason': edited('"finishReason":"STOP"', '"finishReason":"TOOL_CALLS"'),
    'no finish reason': edited('"finishReason":"STOP",', ''),
    'text after the finish': after('"finishReason"', '"text":"Hello"'),
    'counts that do not add up': edited(/"totalTokenCount":\d+/, '"totalTokenCount":1'),
    'a field nobody knows': edited('"candidates"', '"choices":[],"candidates"'),
  },
}

describe.each(Object.entries(SPOILED) as [ChatDialect, Record<string, Spoil>][])('the grammar of %s', (dialect, spoiled) => {
  const codec = clientCodec(dialect)
  const text = writeStream(codec, EVENTS)
  const frames = text.split(end(dialect)).slice(0, -1)
  const at = (part: string): number => {
    const place = frames.findIndex((frame) => frame.includes(part))
    if (place < 0) throw new Error(`no frame holds ${part}`)
    return place
  }

  it('accepts what our writer makes of reasoning, text and two calls, in pieces of any size', () => {
    expect(checkStream(dialect, text)).toBe('complete')
    const grammar = grammars[dialect]()
    for (const character of text) grammar.push(character)
    expect(grammar.end()).toBe('complete')
  })

  it.each(Object.entries({ ...EVERYWHERE, ...spoiled }))('refuses %s', (_what, spoil) => {
    const stream = spoil({ text, frames, at })
    expect(stream).not.toBe(text)
    expect(() => checkStream(dialect, stream)).toThrow()
  })

  it('accepts an error as the last thing, says that it was one, and takes nothing after it', () => {
    const inside = EVENTS.findIndex((event) => event.type === 'tool-call-delta') + 1
    const writer = codec.writer(CONTEXT)
    const broken = EVENTS.slice(0, inside)
      .map((event) => writer.write(event))
      .join('')
    const stream = broken + writer.fail(new Failure('stream-broken', 'Gone.'))
    expect(checkStream(dialect, stream)).toBe('failed')
    expect(() => checkStream(dialect, broken)).toThrow()
    expect(() => checkStream(dialect, stream + (frames.at(-1) ?? '') + end(dialect))).toThrow()
  })
})

it('every dialect that clients speak has a grammar with a table of what it refuses', () => {
  // those two have files of their own beside this one
  const tables = new Set([...Object.keys(SPOILED), 'openai-chat', 'anthropic-messages'])
  expect(tables).toEqual(new Set(Object.keys(grammars)))
})
