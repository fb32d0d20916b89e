import { describe, expect, it } from 'vitest'
import { LateFrames } from '../../../../../electron/engine/attempt/late-frames.ts'
import { upstreamFormats } from '../../../../../electron/engine/protocols/codecs.ts'
import type { AnswerReader, SseEvent } from '../../../../../electron/engine/protocols/protocol.ts'
import { Failure } from '../../../../../shared/failure.ts'

/** Says each event's data, and refuses 'bad'. */
function readerOf(read: string[]): AnswerReader {
  return {
    usageOnly: false,
    read({ data }: SseEvent) {
      if (data === 'bad') throw new Failure('upstream-unreadable', 'bad')
      read.push(data)
      return [{ type: 'text-delta', text: data }]
    },
    end: () => [],
  }
}

const wire = Buffer.from('x')
const framesOf = (...data: string[]) => data.map((each) => ({ wire, event: { event: '', data: each } }))
const textOf = (text: string) => ({ type: 'text-delta', text })

describe('frames that are read late', () => {
  it('are read in their order, once, when the first is asked for', () => {
    const read: string[] = []
    const late = new LateFrames(readerOf(read))
    const held = [late.hold(wire, framesOf('a', 'b')), late.hold(wire, framesOf('c'))]
    expect(read).toEqual([])
    expect(held[1]?.events).toEqual([textOf('c')])
    expect(held[0]?.events).toEqual([textOf('a'), textOf('b')])
    late.read()
    expect(read).toEqual(['a', 'b', 'c'])
  })

  it('have their events up to one that cannot be read, and none behind it', () => {
    const late = new LateFrames(readerOf([]))
    const [good, bad, behind] = [late.hold(wire, framesOf('a')), late.hold(wire, framesOf('bad')), late.hold(wire, framesOf('b'))]
    expect(() => late.read()).toThrow(Failure)
    expect(good?.events).toEqual([textOf('a')])
    expect(() => bad?.events).toThrow(Failure)
    expect(behind?.events).toEqual([])
  })
})

const chunk = (fields: string): string => `data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hi"}}]${fields}}\n\n`

describe('a frame of a relay', () => {
  it.each([
    ['openai-chat', 'text', chunk(''), true],
    ['openai-chat', 'text beside usage that is still to come', chunk(',"usage":null'), true],
    ['openai-chat', 'usage', chunk(',"usage":{"prompt_tokens":1}'), false],
    ['openai-chat', 'an error', 'data: {"error":{"message":"no"}}\n\n', false],
    ['openai-chat', 'text about an "error"', chunk('').replace('Hi', 'an \\"error\\"'), true],
    ['openai-chat', 'the end', 'data: [DONE]\n\n', false],
    ['openai-chat', 'half an event', 'data: {"choices":[\n\n', false],
    ['openai-chat', 'a comment', ': OPENROUTER PROCESSING\n\n', false],
    ['openai-chat', 'a long text', chunk('').replace('Hi', 'x'.repeat(5000)), false],
    ['anthropic-messages', 'a delta', 'event: content_block_delta\ndata: {"type":"content_block_delta","index":0}\n\n', true],
    ['anthropic-messages', 'usage', 'event: message_delta\ndata: {"type":"message_delta","usage":{"output_tokens":1}}\n\n', false],
    ['anthropic-messages', 'an error', 'event: error\ndata: {"type":"error"}\n\n', false],
    ['openai-responses', 'a delta', 'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":"Hi"}\n\n', true],
    ['openai-responses', 'the end', 'event: response.completed\ndata: {"type":"response.completed"}\n\n', false],
    ['gemini', 'text', 'data: {"candidates":[{"content":{"parts":[{"text":"Hi"}]}}]}\r\n\r\n', true],
    ['gemini', 'an error', 'data: {"error":{"code":503}}\r\n\r\n', false],
    ['cohere-v2', 'anything', chunk(''), false],
  ] as const)('of %s that holds %s is read late or at once', (format, _what, text, mayWait) => {
    expect(upstreamFormats[format].readableLater?.(Buffer.from(text)) ?? false).toBe(mayWait)
  })
})
