import { describe, expect, it } from 'vitest'
import { cohereV2 } from '../../../../../../electron/engine/protocols/cohere-v2/cohere-v2.ts'
import type { ChatEvent, JsonObject, JsonValue } from '../../../../../../shared/chat.ts'
import { eventsOf, isStream, meaningOf, openAiCounts, readStream } from '../../../../../support/answer-meaning.ts'
import { CUTS, load, type Recording, recordings } from '../../../../../support/recordings.ts'

const all = recordings('cohere-v2-chat')
const answered = all.filter((line) => line.status === 200)
const CONTEXT = { requestId: 'req-1', model: 'cohere/command-a', createdAt: 1_700_000_000, wantsUsage: true }

interface Told {
  readonly tool_plan?: string
  readonly citations?: number
}

function expectMeaning({ expected }: Recording, events: readonly ChatEvent[]): void {
  const meaning = meaningOf(events)
  const told = expected as Told
  expect(meaning.text).toBe(expected.text ?? '')
  expect(meaning.reasoning).toBe((told.tool_plan ?? '') + (expected.reasoning ?? ''))
  expect(meaning.calls).toEqual((expected.tool_calls ?? []).map(({ id, name, arguments: args }) => ({ id, name, arguments: args ?? {} })))
  expect(meaning.finish?.reason.replace('-', '_')).toBe(expected.finish_reason)
  expect(meaning.finish?.raw).toBe(expected.finish_reason_raw)
  expect(meaning.opaque).toBe(told.citations ?? 0)
  const { usage } = expected
  expect(openAiCounts(meaning.tokens)).toEqual({ prompt: usage?.prompt_tokens, completion: usage?.completion_tokens, cached: usage?.cached_tokens ?? 0 })
}

describe.skipIf(all.length === 0)('recorded answers of Cohere', () => {
  it.each(answered)('say the same as their independent reading: $id', (line) => {
    const recording = load(line)
    const events = eventsOf(cohereV2, recording)
    expectMeaning(recording, events)
    if (isStream(line)) for (const size of CUTS) expect(readStream(cohereV2, recording.body, size)).toEqual(events)
  })

  it.each(answered)('keep their meaning when written for a client of Cohere: $id', (line) => {
    const recording = load(line)
    const events = eventsOf(cohereV2, recording)
    expectMeaning(recording, cohereV2.readWhole(cohereV2.writeWhole(events, CONTEXT)))
    const writer = cohereV2.writer(CONTEXT)
    const stream = events.map((event) => writer.write(event)).join('') + writer.end()
    expectMeaning(recording, readStream(cohereV2, Buffer.from(stream)))
  })

  it.each(answered.filter(isStream))('end in an error when they are cut off: $id', (line) => {
    const { body } = load(line)
    const end = body.indexOf('"message-end"')
    const before = body.subarray(0, body.lastIndexOf('\n\n', end) + 2)
    expect(() => readStream(cohereV2, before)).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
  })
})

describe.skipIf(all.length === 0)('recorded refusals of Cohere', () => {
  it.each(all.filter((line) => line.status >= 400))('are told by what the router can do about them: $id', (line) => {
    const { expected, headers, body } = load(line)
    const failure = cohereV2.classify(line.status, headers, body.toString())
    expect(failure.kind).toBe({ auth: 'credential-refused', model_not_found: 'model-missing' }[expected.error?.kind ?? ''])
    expect(failure.message).toBe(expected.error?.message)
  })
})

describe.skipIf(all.length === 0)('recorded requests of Cohere’s own clients', () => {
  it.each(answered.filter((line) => line.request))('are written again as they were sent: $id', (line) => {
    const sent = load(line).requestBody ?? {}
    const view = cohereV2.readRequest(sent, {})
    const written = cohereV2.writeRequest(view, { provider: 'cohere', upstreamModel: view.model, stream: view.stream, outputLimit: undefined })
    expect(written.dropped).toEqual([])
    expect(comparable(written.body)).toEqual(comparable(sent))
  })
})

/** A text alone is the same as a list of one, absent content the same as none. */
function comparable(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  const fields: Record<string, JsonValue> = {}
  for (const [name, field] of Object.entries(value as JsonObject)) {
    if (field === null || field === '') continue
    if (name === 'content' && Array.isArray(field)) {
      const texts = (field as readonly JsonObject[]).map((part) =>
        part.type === 'text' ? part.text : part.type === 'document' ? JSON.stringify((part.document as JsonObject).data) : undefined,
      )
      const said = texts.every((text) => text !== undefined) ? texts.join('\n\n') : comparable(field)
      if (said !== '') fields[name] = said
    } else fields[name] = comparable(field)
  }
  return fields
}
