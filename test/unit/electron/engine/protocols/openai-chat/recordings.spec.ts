/** Every recorded exchange of this format, of all providers: answers, refusals and requests. */
import { describe, expect, test } from 'vitest'
import { openaiChat } from '../../../../../../electron/engine/protocols/openai-chat/openai-chat.ts'
import { SseSplitter } from '../../../../../../electron/engine/protocols/sse.ts'
import type { ChatEvent, ChatView, JsonObject, Message, Tokens } from '../../../../../../shared/chat.ts'
import { totalInput, totalOutput } from '../../../../../../shared/chat.ts'
import type { FailureKind } from '../../../../../../shared/failure.ts'
import { cut, load, type Recording, recordings } from '../../../../../support/recordings.ts'

const all = recordings('openai-chat')
const answers = all.filter((line) => line.status < 400)
const refusals = all.filter((line) => line.status >= 400)
console.log(
  `openai-chat: ${answers.length} recorded answers (${answers.filter((line) => line.response.endsWith('.sse')).length} streamed), ${refusals.length} refusals`,
)

interface Summary {
  readonly text: string
  readonly reasoning: string
  readonly refusal: string
  readonly calls: readonly { readonly name: string; readonly arguments: unknown; readonly id: string }[]
  readonly finish: Extract<ChatEvent, { type: 'finish' }> | undefined
  readonly tokens: Tokens | undefined
  readonly sealed: number
  readonly error: Extract<ChatEvent, { type: 'error' }> | undefined
}

function textOf(events: readonly ChatEvent[], type: 'text-delta' | 'reasoning-delta' | 'refusal-delta'): string {
  return events.map((event) => (event.type === type ? event.text : '')).join('')
}

function summarise(events: readonly ChatEvent[]): Summary {
  const calls = events.flatMap((event) => {
    if (event.type !== 'tool-call-start') return []
    const text = events.map((other) => (other.type === 'tool-call-delta' && other.index === event.index ? other.arguments : '')).join('')
    return [{ name: event.name, id: event.id, arguments: text === '' ? {} : (JSON.parse(text) as unknown) }]
  })
  const isSealed = (event: ChatEvent) =>
    event.type === 'reasoning-signature' || (event.type === 'opaque' && JSON.stringify(event.value).includes('reasoning.encrypted'))
  return {
    text: textOf(events, 'text-delta'),
    reasoning: textOf(events, 'reasoning-delta'),
    refusal: textOf(events, 'refusal-delta'),
    calls,
    finish: events.find((event) => event.type === 'finish'),
    tokens: events.findLast((event) => event.type === 'usage')?.tokens,
    sealed: events.filter(isSealed).length,
    error: events.find((event) => event.type === 'error'),
  }
}

function readStream(bytes: Uint8Array, size: number): ChatEvent[] {
  const splitter = new SseSplitter()
  const reader = openaiChat.reader()
  const frames = cut(bytes, size).flatMap((piece) => splitter.push(piece))
  const last = splitter.end()
  if (last !== undefined) frames.push(last)
  expect(Buffer.concat(frames.map((frame) => frame.wire)).equals(bytes)).toBe(true)
  return [...frames.flatMap((frame) => (frame.event === undefined ? [] : reader.read(frame.event))), ...reader.end()]
}

function events(recording: Recording): readonly ChatEvent[] {
  if (recording.response.endsWith('.sse')) return readStream(recording.body, Number.POSITIVE_INFINITY)
  return openaiChat.readWhole(JSON.parse(recording.body.toString()) as JsonObject)
}

describe.runIf(all.length > 0)('recorded streams', () => {
  const streams = answers.filter((line) => line.response.endsWith('.sse'))
  test.each(streams.map((line) => [line.id, line] as const))('%s says the same after it was written anew', (_, line) => {
    const read = readStream(load(line).body, Number.POSITIVE_INFINITY)
    const failure = read.find((event) => event.type === 'error')
    const writer = openaiChat.writer({ requestId: 'req-1', model: 'asked/for', createdAt: 1_700_000_000, wantsUsage: true })
    const wire = read.map((event) => writer.write(event)).join('') + writer.end()
    const again = summarise(readStream(Buffer.from(wire), Number.POSITIVE_INFINITY))
    const before = summarise(read)
    expect({ ...again, tokens: 0, error: 0, finish: again.finish?.reason }).toEqual({ ...before, tokens: 0, error: 0, finish: before.finish?.reason })
    expect(again.error?.message).toBe(failure?.type === 'error' ? failure.message : undefined)
    if (failure === undefined) {
      expect(totalInput(again.tokens ?? {})).toBe(totalInput(before.tokens ?? {}))
      expect(totalOutput(again.tokens ?? {})).toBe(totalOutput(before.tokens ?? {}))
    }
  })

  test.each(answers.filter((line) => !line.response.endsWith('.sse')).map((line) => [line.id, line] as const))(
    '%s says the same after it was written anew, whole',
    (_, line) => {
      const read = events(load(line))
      const whole = openaiChat.writeWhole(read, { requestId: 'req-1', model: 'asked/for', createdAt: 1_700_000_000, wantsUsage: false })
      const again = summarise(openaiChat.readWhole(JSON.parse(JSON.stringify(whole)) as JsonObject))
      const before = summarise(read)
      expect({ ...again, tokens: 0, finish: again.finish?.reason }).toEqual({ ...before, tokens: 0, finish: before.finish?.reason })
      expect(totalOutput(again.tokens ?? {})).toBe(totalOutput(before.tokens ?? {}) ?? 0)
    },
  )
})

/** The recordings' kinds in ours. */
const KINDS: Readonly<Record<string, FailureKind>> = {
  auth: 'credential-refused',
  model_not_found: 'model-missing',
  unsupported_parameter: 'unsupported-parameter',
  invalid_request: 'bad-request',
  rate_limit: 'rate-limited',
}

describe.runIf(all.length > 0)('recorded refusals', () => {
  test.each(refusals.map((line) => [line.id, line] as const))('%s', (_, line) => {
    const { expected, headers, body } = load(line)
    const failure = openaiChat.classify(line.status, headers, body.toString())
    expect(KINDS[expected.error?.kind ?? '']).toBe(failure.kind)
    expect(failure.upstreamStatus).toBe(line.status)
    expect(failure.message).not.toMatch(/<html|\n/)
    expect(expected.error?.message?.replace(/sk-fake-key/, '[hidden]')).toContain(failure.message.slice(0, 60))
  })
})

describe.runIf(all.length > 0)('recorded requests', () => {
  const requests = all.filter((line) => line.request && line.status < 400)
  test.each(requests.map((line) => [line.id, line] as const))('%s keeps its meaning through the view and back', (_, line) => {
    const body = load(line).requestBody ?? {}
    const route = body.model === undefined ? { model: 'deployment' } : {}
    const view = openaiChat.readRequest(body, route)
    const target = { provider: line.provider, upstreamModel: view.model, stream: view.stream, outputLimit: undefined }
    const written = openaiChat.writeRequest(view, target)
    const again = openaiChat.readRequest(written.body, {})
    expect(withInstructionsJoined(again.messages).map(bare)).toEqual(withInstructionsJoined(asSent(view, written.dropped)).map(bare))
    expect(again.tools.map((tool) => ({ ...tool, cache: 0, parameters: tool.parameters ?? 0 }))).toEqual(
      view.tools.map((tool) => ({ ...tool, cache: 0, parameters: tool.parameters ?? 0 })),
    )
    expect(again.output).toEqual(view.output)
    expect(again.maxOutputTokens).toBe(view.maxOutputTokens)
    if (view.tools.length > 0) expect(again.toolChoice).toEqual(view.toolChoice)
    if (!written.dropped.includes('stop')) expect(again.stop).toEqual(view.stop)
    if (!written.dropped.includes('temperature') && view.temperature !== 1) expect(again.temperature).toBe(view.temperature)
    expect([...again.needs].filter((need) => need !== 'reasoning')).toEqual([...view.needs].filter((need) => need !== 'reasoning'))
  })
})

/** Some providers get what stands in several messages at the beginning as one. */
function withInstructionsJoined(messages: readonly Message[]): readonly Message[] {
  const first = messages.findIndex(({ role }) => role !== 'system')
  const opening = messages.slice(0, first).flatMap(({ parts }) => parts.map((part) => (part.type === 'text' ? part.text : part.type)))
  return opening.length === 0 ? messages : [{ role: 'system', parts: [{ type: 'text', text: opening.join('\n\n') }] }, ...messages.slice(first)]
}

/** Cache marks and the names on results only survive where the format has a place for them; they are checked elsewhere. */
function bare(message: Message): unknown {
  return JSON.parse(JSON.stringify(message, (key, value: unknown) => (key === 'cache' || (key === 'name' && message.role === 'tool') ? undefined : value)))
}

/** What the view's messages are bound to become on the wire: reasoning that the provider does not take back is gone, pictures follow results. */
function asSent(view: ChatView, dropped: readonly string[]): readonly Message[] {
  const losesReasoning = dropped.includes('messages.reasoning') || dropped.includes('messages.thinking')
  return view.messages.flatMap((message): readonly Message[] => {
    if (message.role === 'assistant') {
      const parts = message.parts.filter((part) => !(losesReasoning && part.type === 'reasoning'))
      const texts = parts.filter((part) => part.type === 'text')
      const others = (type: 'reasoning' | 'tool-call') => parts.filter((part) => part.type === type)
      const joined = texts.length > 1 ? [{ type: 'text' as const, text: texts.map((part) => part.text).join('') }] : texts
      return [{ role: 'assistant', parts: [...others('reasoning'), ...joined, ...others('tool-call')] }]
    }
    const [result] = message.parts
    if (result?.type !== 'tool-result' || result.parts.every((part) => part.type === 'text')) return [message]
    const pictures = result.parts.filter((part) => part.type !== 'text')
    return [
      { role: 'tool', parts: [{ ...result, parts: result.parts.filter((part) => part.type === 'text') }] },
      { role: 'user', parts: [{ type: 'text', text: `Result of tool call ${result.callId}:` }, ...pictures] },
    ]
  })
}
