import { describe, expect, it } from 'vitest'
import { bedrockConverse } from '../../../../../../electron/engine/protocols/bedrock-converse/bedrock-converse.ts'
import { type ChatEvent, type JsonObject, totalInput, totalOutput } from '../../../../../../shared/chat.ts'
import type { FailureKind } from '../../../../../../shared/failure.ts'
import { CUTS, cut, load, RECORDINGS_PRESENT, type Recording, recordings } from '../../../../../support/recordings.ts'
import { meaningOf } from '../anthropic-messages/events.ts'
import { readStream } from './meaning.ts'

const cases = recordings('bedrock-converse')

function eventsOf(recording: Recording): readonly ChatEvent[] {
  return recording.streaming ? readStream([recording.body]) : bedrockConverse.readWhole(JSON.parse(recording.body.toString('utf8')) as JsonObject)
}

describe.runIf(RECORDINGS_PRESENT)('recorded Converse answers', () => {
  it.each(cases.filter((line) => line.status === 200))('mean what their client had to get: $id', (line) => {
    const recording = load(line)
    const { expected } = recording
    const meaning = meaningOf(eventsOf(recording))
    expect(meaning.text).toBe(expected.text ?? '')
    expect(meaning.reasoning).toBe(expected.reasoning ?? '')
    expect(meaning.toolCalls.map((call) => ({ name: call.name, id: call.id, arguments: call.arguments === '' ? {} : JSON.parse(call.arguments) }))).toEqual(
      (expected.tool_calls ?? []).map(({ name, id, arguments: input }) => ({ name, id, arguments: input })),
    )
    expect(meaning.toolCalls.every((call) => call.ended)).toBe(true)
    expect(meaning.finish?.replace('-', '_')).toBe(expected.finish_reason)
    expect(meaning.raw).toBe(expected.finish_reason_raw)
    expect(meaning.signatures).toHaveLength(expected.signatures ?? 0)

    const { tokens } = meaning
    const { usage } = expected
    expect(totalInput(tokens)).toBe(usage?.prompt_tokens)
    expect(totalOutput(tokens)).toBe(usage?.completion_tokens)
    expect(tokens.cacheRead ?? 0).toBe(usage?.cached_tokens ?? 0)
    expect((tokens.cacheWrite5m ?? 0) + (tokens.cacheWrite1h ?? 0)).toBe(usage?.cache_write_tokens ?? 0)
  })

  it.each(cases.filter((line) => line.status === 200 && line.streaming))('read alike however the bytes are cut: $id', (line) => {
    const recording = load(line)
    const whole = readStream([recording.body])
    for (const size of CUTS) expect(readStream(cut(recording.body, size))).toEqual(whole)
  })

  it.each(cases.filter((line) => line.status === 200 && line.streaming))('are never complete when cut short: $id', (line) => {
    const { body } = load(line)
    for (const share of [0.2, 0.5, 0.8]) {
      const pieces = [body.subarray(0, Math.floor(body.length * share))]
      expect(() => readStream(pieces)).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
    }
  })

  it.each(cases.filter((line) => line.status >= 400))('that are errors have their kind: $id', (line) => {
    const { status, headers, body, expected } = load(line)
    const kinds: Readonly<Record<string, FailureKind>> = {
      auth: 'credential-refused',
      model_not_found: 'model-missing',
      unsupported_parameter: 'unsupported-parameter',
      invalid_request: 'bad-request',
    }
    const failure = bedrockConverse.classify(status, headers, body.toString('utf8'))
    expect(failure.kind).toBe(kinds[expected.error?.kind ?? ''])
    expect(failure.message).toBe(expected.error?.message)
    expect(failure.upstreamStatus).toBe(status)
  })
})
