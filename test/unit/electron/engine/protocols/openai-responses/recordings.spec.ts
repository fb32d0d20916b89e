/** Every recorded exchange of this format, of all providers: answers, refusals and requests. */
import { describe, expect, test } from 'vitest'
import { checkResponsesStream } from '../../../../../../electron/engine/protocols/grammar/openai-responses.ts'
import { openaiResponses } from '../../../../../../electron/engine/protocols/openai-responses/openai-responses.ts'
import type { ChatEvent, ChatView, JsonObject, Message, Part } from '../../../../../../shared/chat.ts'
import { totalInput, totalOutput } from '../../../../../../shared/chat.ts'
import type { FailureKind } from '../../../../../../shared/failure.ts'
import { load, type Recording, recordings } from '../../../../../support/recordings.ts'
import { CONTEXT, meaningOf, readStream, write } from './events.ts'

const all = recordings('openai-responses')
const answers = all.filter((line) => line.status < 400)
const refusals = all.filter((line) => line.status >= 400)
const streams = answers.filter((line) => line.response.endsWith('.sse'))
console.log(`openai-responses: ${answers.length} recorded answers (${streams.length} streamed), ${refusals.length} refusals`)

function events(recording: Recording): readonly ChatEvent[] {
  if (recording.response.endsWith('.sse')) return readStream(recording.body)
  return openaiResponses.readWhole(JSON.parse(recording.body.toString()) as JsonObject)
}

describe.runIf(all.length > 0)('recorded answers', () => {
  test.each(answers.map((line) => [line.id, line] as const))('%s keeps the items that only this format has', (_, line) => {
    const recording = load(line)
    const others = meaningOf(events(recording)).others.flatMap((value) => (typeof value.type === 'string' ? [value.type] : []))
    expect(others).toEqual(recording.expected.other ?? [])
  })
})

/** Server-side items keep their own ids; text and calls get ours. */
function comparable(read: readonly ChatEvent[]): unknown {
  const { finish, tokens, error, signatures, ...said } = meaningOf(read)
  // reasoning that nobody signed gets a mark that says so
  const genuine = signatures.filter(({ signature }) => signature?.startsWith('switchyard.') !== true)
  return { ...said, signatures: genuine, finish: finish?.reason, in: totalInput(tokens ?? {}) ?? 0, out: totalOutput(tokens ?? {}) ?? 0, error: error?.message }
}

describe.runIf(all.length > 0)('recorded answers written anew', () => {
  const finished = answers.filter((line) => load(line).expected.finish_reason_raw !== 'queued')
  test.each(finished.map((line) => [line.id, line] as const))('%s says the same, streamed and whole', (_, line) => {
    const recording = load(line)
    const read = events(recording)
    const stream = write(read)
    checkResponsesStream(stream, { mayFail: recording.expected.midstream_error !== undefined })
    expect(comparable(readStream(Buffer.from(stream)))).toEqual(comparable(read))
    const whole = JSON.parse(JSON.stringify(openaiResponses.writeWhole(read, CONTEXT))) as JsonObject
    expect(comparable(openaiResponses.readWhole(whole))).toEqual(comparable(read))
  })
})

/** The recordings' kinds in ours. */
const KINDS: Readonly<Record<string, FailureKind>> = {
  auth: 'credential-refused',
  model_not_found: 'model-missing',
  unsupported_parameter: 'unsupported-parameter',
  invalid_request: 'bad-request',
  rate_limit: 'rate-limited',
  quota: 'out-of-credit',
}

describe.runIf(all.length > 0)('recorded refusals', () => {
  test.each(refusals.map((line) => [line.id, line] as const))('%s', (_, line) => {
    const { expected, headers, body } = load(line)
    const failure = openaiResponses.classify(line.status, headers, body.toString())
    expect(failure.kind).toBe(KINDS[expected.error?.kind ?? ''])
    expect(failure.upstreamStatus).toBe(line.status)
    expect(expected.error?.message).toContain(failure.message.replace(/.*\[hidden\]/, '').slice(0, 40))
  })
})

describe.runIf(all.length > 0)('recorded requests', () => {
  const requests = all.filter((line) => line.request && line.status < 400)
  test.each(requests.map((line) => [line.id, line] as const))('%s keeps its meaning through the view and back', (_, line) => {
    const { previous_response_id: _previous, background: _background, ...body } = load(line).requestBody ?? {}
    const view = openaiResponses.readRequest(body, {})
    const target = { provider: line.provider, upstreamModel: view.model, stream: view.stream, outputLimit: undefined }
    const written = openaiResponses.writeRequest(view, target)
    const again = openaiResponses.readRequest(JSON.parse(JSON.stringify(written.body)) as JsonObject, {})
    expect(again.messages).toEqual(asSent(view, written.dropped))
    expect(again.tools).toEqual(view.tools.map((tool) => ({ ...tool, strict: tool.strict ?? false })))
    expect(again.output).toEqual(view.output)
    if (view.tools.length > 0) expect(again.toolChoice).toEqual(view.toolChoice)
    expect(again.parallelToolCalls).toEqual(view.tools.length > 0 ? view.parallelToolCalls : undefined)
    expect(again.reasoning).toEqual(view.reasoning)
  })
})

/** What the view's messages become on the wire: reasoning that stands alone or proves nothing is gone. */
function asSent(view: ChatView, dropped: readonly string[]): readonly Message[] {
  if (!dropped.includes('messages.reasoning')) return view.messages
  const isKept = (part: Part): boolean => part.type !== 'reasoning'
  return view.messages.map(({ role, parts }) => ({ role, parts: parts.filter(isKept) })).filter(({ parts }) => parts.length > 0)
}
