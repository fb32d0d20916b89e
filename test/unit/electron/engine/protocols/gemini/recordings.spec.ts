import { describe, expect, it } from 'vitest'
import { gemini } from '../../../../../../electron/engine/protocols/gemini/gemini.ts'
import { checkGeminiResponses, checkGeminiStream } from '../../../../../../electron/engine/protocols/grammar/gemini.ts'
import type { ChatEvent, ChatView, JsonObject, JsonValue } from '../../../../../../shared/chat.ts'
import type { FailureKind } from '../../../../../../shared/failure.ts'
import { CUTS, load, type Recording, recordings } from '../../../../../support/recordings.ts'
import { meaningOf, openAiUsage, readStream } from './meaning.ts'

const cases = recordings('gemini-generate')
const CONTEXT = { requestId: 'req-1', model: 'gemini/some-model', createdAt: 1_700_000_000, wantsUsage: true }

describe.skipIf(cases.length === 0)('recorded answers of Google and Vertex', () => {
  it.each(cases.filter((line) => line.status === 200))('say the same as their independent reading: $id', (line) => {
    const recording = load(line)
    const events = eventsOf(recording)
    expectMeaning(recording, events)
    if (recording.response.endsWith('.sse')) {
      for (const size of CUTS) expect(readStream(recording.body, size)).toEqual(events)
    }
  })

  it.each(cases.filter((line) => line.status === 200))('keep their meaning when written for a Gemini client: $id', (line) => {
    const recording = load(line)
    const events = eventsOf(recording)
    const whole = gemini.writeWhole(events, CONTEXT)
    expectMeaning(recording, gemini.readWhole(whole))
    checkGeminiResponses([whole])
    const writer = gemini.writer(CONTEXT)
    const stream = events.map((event) => writer.write(event)).join('') + writer.end()
    checkGeminiStream(stream)
    expectMeaning(recording, readStream(Buffer.from(stream), Number.POSITIVE_INFINITY))
  })
})

function eventsOf(recording: Recording): readonly ChatEvent[] {
  if (recording.response.endsWith('.sse')) return readStream(recording.body, Number.POSITIVE_INFINITY)
  return gemini.readWhole(JSON.parse(recording.body.toString('utf8')) as JsonObject)
}

function expectMeaning(recording: Recording, events: readonly ChatEvent[]): void {
  const { expected } = recording
  const meaning = meaningOf(events)
  expect(meaning.text).toBe(expected.text ?? '')
  expect(meaning.reasoning).toBe(expected.reasoning ?? '')
  expect(meaning.calls.map((call) => ({ name: call.name, arguments: JSON.parse(call.arguments) as unknown }))).toEqual(
    (expected.tool_calls ?? []).map((call) => ({ name: call.name, arguments: call.arguments })),
  )
  for (const [index, call] of (expected.tool_calls ?? []).entries()) if (call.id) expect(meaning.calls[index]?.id).toBe(call.id)
  expect(meaning.finish?.replace('-', '_')).toBe(expected.finish_reason)
  expect(meaning.raw).toBe(expected.finish_reason_raw)
  const { usage } = expected
  if (usage !== undefined) {
    expect(openAiUsage(meaning.tokens)).toEqual({ prompt: usage.prompt_tokens, completion: usage.completion_tokens })
    expect(meaning.tokens?.cacheRead ?? 0).toBe(usage.cached_tokens ?? 0)
    expect(meaning.tokens?.reasoning ?? 0).toBe(usage.reasoning_tokens ?? 0)
  }
  const onCalls = meaning.calls.filter((call) => call.signature !== undefined).length
  const onOpaque = meaning.opaque.filter((value) => (value as JsonObject).thoughtSignature !== undefined).length
  expect(meaning.signatures.length + onCalls + onOpaque).toBe(expected.signatures ?? 0)
  const kinds = new Set(meaning.opaque.flatMap((value) => Object.keys(value as JsonObject)))
  for (const kind of expected.other ?? []) expect(kinds).toContain(kind)
}

const KINDS: Readonly<Record<string, FailureKind>> = { auth: 'credential-refused', model_not_found: 'model-missing', invalid_request: 'bad-request' }

describe.skipIf(cases.length === 0)('recorded errors of Google and Vertex', () => {
  it.each(cases.filter((line) => line.status >= 400))('are told by what the router can do about them: $id', (line) => {
    const recording = load(line)
    const failure = gemini.classify(recording.status, recording.headers, recording.body.toString('utf8'))
    const { error } = recording.expected
    expect(failure.kind).toBe(KINDS[error?.kind ?? ''])
    expect(failure.message).toBe(error?.message)
    expect(failure.upstreamStatus).toBe(recording.status)
  })
})

describe.skipIf(cases.length === 0)('recorded requests', () => {
  it.each(cases.filter((line) => line.request))('come back from the canonical view with nothing lost: $id', (line) => {
    const recording = load(line)
    const body = recording.requestBody as JsonObject
    const model = recording.model ?? 'gemini-2.5-flash'
    const view = gemini.readRequest(body, { model, stream: recording.streaming })
    const target = { provider: 'google', upstreamModel: model, stream: recording.streaming, outputLimit: undefined }
    const written = gemini.writeRequest(view, target)
    expect(contentsOf(written.body)).toEqual(contentsOf(body))
    expect(toolsOf(written.body)).toEqual(toolsOf(body))
    // what the view has no place for is named, not lost
    for (const name of Object.keys(view.unmodelled)) expect(written.dropped).toContain(name)
    // and a second reading finds the same conversation
    const again = gemini.readRequest(written.body, { model, stream: recording.streaming })
    expect(conversationOf(again)).toEqual(conversationOf(view))
  })
})

/** All but the fields that were named as dropped, and the wish for reasoning: a budget turns into a level for newer models. */
function conversationOf(view: ChatView): unknown {
  return { ...view, unmodelled: {}, reasoning: view.reasoning !== undefined }
}

const GEMINI_NAMES: Readonly<Record<string, string>> = {
  inline_data: 'inlineData',
  mime_type: 'mimeType',
  file_data: 'fileData',
  file_uri: 'fileUri',
  function_call: 'functionCall',
  function_response: 'functionResponse',
  thought_signature: 'thoughtSignature',
}

/** One spelling for both, so that two bodies can be compared. */
function camel(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(camel)
  if (value === 'audio/mpeg') return 'audio/mp3'
  // Google's Python client sends the URL-safe alphabet
  if (typeof value === 'string' && value.length > 100 && /^[\w=-]+$/.test(value)) return value.replaceAll('-', '+').replaceAll('_', '/')
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [GEMINI_NAMES[key] ?? key, camel(inner)]))
}

/** Every part in order with its role; call ids left out, since a written call always bears one; results by what they say. */
function contentsOf(body: JsonObject): unknown {
  const contents = camel(body.contents as JsonValue) as JsonValue
  const turns = (Array.isArray(contents) ? contents : [contents]) as { role?: string; parts: JsonObject[] }[]
  return turns.flatMap((turn) =>
    turn.parts.filter((part) => part.text !== '').map((part) => ({ role: turn.role === 'model' ? 'model' : 'user', part: comparable(part) })),
  )
}

function comparable(part: JsonObject): JsonObject {
  const call = part.functionCall as JsonObject | undefined
  if (call !== undefined) return { ...part, functionCall: { name: call.name ?? '', args: call.args ?? {} } }
  const result = part.functionResponse as { name: string; response: JsonObject; parts?: JsonValue } | undefined
  if (result === undefined) return part
  const { output, ...others } = result.response
  const response = output !== undefined && Object.keys(others).length === 0 ? { result: output } : result.response
  return { functionResponse: { name: result.name, response, ...(result.parts === undefined ? {} : { parts: result.parts }) } }
}

function toolsOf(body: JsonObject): unknown {
  const tools = (body.tools ?? []) as { functionDeclarations?: JsonObject[]; function_declarations?: JsonObject[] }[]
  return tools
    .flatMap((tool) => tool.functionDeclarations ?? tool.function_declarations ?? [])
    .map((tool) => ({
      name: tool.name,
      description: tool.description,
      // types differ in case and `nullable` by dialect: the names of the arguments must all be there
      parameters: Object.keys(
        ((tool.parametersJsonSchema ?? tool.parameters_json_schema ?? tool.parameters ?? {}) as { properties?: object }).properties ?? {},
      ),
    }))
}
