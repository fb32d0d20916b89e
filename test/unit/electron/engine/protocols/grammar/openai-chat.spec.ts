import { describe, expect, it } from 'vitest'
import { checkedWriter } from '../../../../../../electron/engine/protocols/grammar/grammars.ts'
import { checkOpenAiStream, OpenAiChatGrammar } from '../../../../../../electron/engine/protocols/grammar/openai-chat.ts'
import { openaiChat } from '../../../../../../electron/engine/protocols/openai-chat/openai-chat.ts'
import type { ChatEvent } from '../../../../../../shared/chat.ts'
import { Failure } from '../../../../../../shared/failure.ts'

const EVENTS: readonly ChatEvent[] = [
  { type: 'response-start', model: 'some-model' },
  { type: 'reasoning-delta', text: 'Hm.' },
  { type: 'text-delta', text: 'Hello' },
  { type: 'tool-call-start', index: 0, id: 'call_a', name: 'look' },
  { type: 'tool-call-start', index: 1, id: 'call_b', name: 'listen' },
  { type: 'tool-call-delta', index: 1, arguments: '{"to":"it"}' },
  { type: 'tool-call-end', index: 1 },
  { type: 'tool-call-end', index: 0 },
  { type: 'usage', tokens: { input: 3, cacheRead: 2, output: 4, reasoning: 1 } },
  { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' },
]
const CONTEXT = { requestId: 'r', model: 'm', createdAt: 1, wantsUsage: true }

function written(events: readonly ChatEvent[] = EVENTS): string {
  const writer = openaiChat.writer(CONTEXT)
  return events.map((event) => writer.write(event)).join('') + writer.end()
}
const GOOD = written()
const frames = GOOD.split('\n\n').slice(0, -1)
const position = (part: string): number => frames.findIndex((frame) => frame.includes(part))
const without = (part: string): string => joined(frames.filter((_frame, index) => index !== position(part)))
const twice = (part: string): string => joined(frames.flatMap((frame, index) => (index === position(part) ? [frame, frame] : [frame])))
const joined = (list: readonly string[]): string => list.map((frame) => `${frame}\n\n`).join('')

describe('the grammar of OpenAI streams', () => {
  it('accepts what our writer makes of reasoning, text and two calls at once', () => {
    expect(checkOpenAiStream(GOOD)).toHaveLength(frames.length - 1)
  })

  it('accepts comments between events, as keep-alives are', () => {
    checkOpenAiStream(GOOD.replace('\n\n', '\n\n: keep-alive\n\n'))
  })

  it('accepts an error as the last thing, and says that it was one', () => {
    const writer = openaiChat.writer(CONTEXT)
    const stream = writer.write({ type: 'text-delta', text: 'Once' }) + writer.fail(new Failure('stream-broken', 'Gone.'))
    checkOpenAiStream(stream, { mayFail: true })
    expect(() => checkOpenAiStream(stream)).toThrow('ended with an error')
    expect(() => checkOpenAiStream(`${stream}data: [DONE]\n\n`, { mayFail: true })).toThrow('follows the end')
  })

  it.each<[string, string]>([
    ['a first delta without role', without('"role"')],
    ['the role a second time', twice('"role"')],
    ['an id that changes', GOOD.replace('"id":"chatcmpl-r"', '"id":"chatcmpl-s"')],
    ['a chunk without created', GOOD.replace('"created":1,', '')],
    ['a choice without finish_reason', GOOD.replace(',"finish_reason":null', '')],
    ['arguments before the call has begun', without('"id":"call_b"')],
    ['a call that begins again', twice('"id":"call_a"')],
    ['a call that ends without arguments', without('"arguments":"{}"')],
    ['a finish reason a second time', twice('"finish_reason":"tool_calls"')],
    ['no finish reason', without('"finish_reason":"tool_calls"')],
    ['text after the finish reason', joined([...frames.slice(0, -2), frames[position('"content":"Hello"')] ?? '', ...frames.slice(-2)])],
    ['token counts twice', twice('"usage"')],
    ['token counts that do not add up', GOOD.replace('"total_tokens":10', '"total_tokens":11')],
    ['no [DONE]', without('[DONE]')],
    ['something after [DONE]', GOOD + (frames[0] ?? '')],
    ['a field nobody knows', GOOD.replace('"index":0,"delta"', '"place":0,"index":0,"delta"')],
    ['an event cut off', GOOD.slice(0, -1)],
    ['two data lines in one event', GOOD.replace('\n\n', '\n')],
    ['nothing at all', ''],
  ])('refuses %s', (_what, stream) => {
    expect(stream).not.toBe(GOOD)
    expect(() => checkOpenAiStream(stream)).toThrow()
  })
})

describe('a writer under its grammar', () => {
  it('tells the first breach once and writes on as it would have', () => {
    const told: string[] = []
    const events: readonly ChatEvent[] = [
      { type: 'text-delta', text: 'a' },
      { type: 'finish', reason: 'stop', raw: 'stop' },
      { type: 'text-delta', text: 'b' },
      { type: 'text-delta', text: 'c' },
    ]
    const writer = checkedWriter(openaiChat.writer(CONTEXT), new OpenAiChatGrammar(), (breach) => told.push(breach))
    expect(events.map((event) => writer.write(event)).join('') + writer.end()).toBe(written(events))
    expect(told).toEqual(['a choice after the finish reason'])
  })
})
