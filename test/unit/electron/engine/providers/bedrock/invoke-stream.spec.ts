import { describe, expect, it } from 'vitest'
import { anthropicMessages } from '../../../../../../electron/engine/protocols/anthropic-messages/anthropic-messages.ts'
import { classify } from '../../../../../../electron/engine/protocols/bedrock-converse/failure.ts'
import { checkAnthropicStream } from '../../../../../../electron/engine/protocols/grammar/anthropic-messages.ts'
import { InvokeStreamSplitter } from '../../../../../../electron/engine/providers/bedrock/invoke-stream.ts'
import { type ChatEvent, type JsonObject, totalInput, totalOutput } from '../../../../../../shared/chat.ts'
import type { FailureKind } from '../../../../../../shared/failure.ts'
import { converseMessage, exceptionMessage } from '../../../../../support/event-stream.ts'
import { CUTS, cut, load, RECORDINGS_PRESENT, type Recording, recordings } from '../../../../../support/recordings.ts'
import { meaningOf, readText } from '../../protocols/anthropic-messages/events.ts'
import { readStream } from '../../protocols/bedrock-converse/meaning.ts'

const cases = recordings('bedrock-invoke-anthropic')

function eventsOf({ streaming, body }: Recording, size = Number.POSITIVE_INFINITY): readonly ChatEvent[] {
  if (!streaming) return anthropicMessages.readWhole(JSON.parse(body.toString('utf8')) as JsonObject)
  return readStream(cut(body, size), anthropicMessages, new InvokeStreamSplitter())
}

describe.runIf(RECORDINGS_PRESENT)('recorded answers of Claude by InvokeModel', () => {
  it.each(cases.filter(({ status }) => status === 200))('mean what their client had to get: $id', (line) => {
    const recording = load(line)
    const { expected } = recording
    const events = eventsOf(recording)
    const meaning = meaningOf(events)
    expect(meaning.text).toBe(expected.text ?? '')
    expect(meaning.reasoning).toBe(expected.reasoning ?? '')
    expect(meaning.toolCalls.map((call) => ({ name: call.name, id: call.id, arguments: call.arguments === '' ? {} : JSON.parse(call.arguments) }))).toEqual(
      (expected.tool_calls ?? []).map(({ name, id, arguments: input }) => ({ name, id, arguments: input })),
    )
    expect(meaning.raw).toBe(expected.finish_reason_raw)
    expect(meaning.signatures).toHaveLength(expected.signatures ?? 0)
    expect(totalInput(meaning.tokens)).toBe(expected.usage?.prompt_tokens)
    expect(totalOutput(meaning.tokens)).toBe(expected.usage?.completion_tokens)
    if (recording.streaming) for (const size of CUTS) expect(eventsOf(recording, size)).toEqual(events)
  })

  it.each(cases.filter(({ status, streaming }) => status === 200 && streaming))('reach an Anthropic client as a stream of its own: $id', (line) => {
    const recording = load(line)
    const splitter = new InvokeStreamSplitter()
    const wire = cut(recording.body, 64).flatMap((piece) => splitter.push(piece).map((frame) => frame.wire))
    const text = Buffer.concat(wire).toString('utf8')
    checkAnthropicStream(text)
    expect(readText(text)).toEqual(eventsOf(recording))
  })

  it.each(cases.filter(({ status }) => status >= 400))('that are errors have their kind: $id', (line) => {
    const { status, headers, body, expected } = load(line)
    const kinds: Readonly<Record<string, FailureKind>> = { auth: 'credential-refused', unsupported_parameter: 'unsupported-parameter' }
    const failure = classify(status, headers, body.toString('utf8'))
    expect(failure.kind).toBe(kinds[expected.error?.kind ?? ''])
    expect(failure.message).toBe(expected.error?.message)
  })
})

describe('a stream of InvokeModel', () => {
  it('tells exceptions as Anthropic’s errors', () => {
    const [frame] = new InvokeStreamSplitter().push(exceptionMessage('throttlingException', 'Slow down.'))
    expect(Buffer.from(frame?.wire ?? []).toString()).toBe(
      'event: error\ndata: {"type":"error","error":{"type":"rate_limit_error","message":"Slow down."}}\n\n',
    )
  })

  it.each([
    ['without content', {}],
    ['without a type', { bytes: Buffer.from('{}').toString('base64') }],
  ])('with a piece %s is refused', (_what, payload) => {
    expect(() => new InvokeStreamSplitter().push(converseMessage('chunk', payload))).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
  })
})
