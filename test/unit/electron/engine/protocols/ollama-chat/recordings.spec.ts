import { describe, expect, it } from 'vitest'
import { clientCodec } from '../../../../../../electron/engine/protocols/codecs.ts'
import { ollamaChat } from '../../../../../../electron/engine/protocols/ollama-chat/ollama-chat.ts'
import type { ChatEvent } from '../../../../../../shared/chat.ts'
import { eventsOf, isStream, meaningOf, openAiCounts, readStream } from '../../../../../support/answer-meaning.ts'
import { CUTS, load, type Recording, recordings } from '../../../../../support/recordings.ts'

const all = [...recordings('ollama-chat'), ...recordings('ollama-generate')]
const answered = all.filter((line) => line.status === 200)
const CONTEXT = { requestId: 'req-1', model: 'ollama/qwen3', createdAt: 1_700_000_000, wantsUsage: true }

function expectMeaning({ expected }: Recording, events: readonly ChatEvent[]): void {
  const meaning = meaningOf(events)
  expect(meaning.text).toBe(expected.text ?? '')
  expect(meaning.reasoning).toBe(expected.reasoning ?? '')
  const calls = expected.tool_calls ?? []
  expect(meaning.calls.map(({ name, arguments: args }) => ({ name, arguments: args }))).toEqual(
    calls.map(({ name, arguments: args }) => ({ name, arguments: args })),
  )
  for (const [index, { id }] of calls.entries()) if (id !== undefined) expect(meaning.calls[index]?.id).toBe(id)
  // ids that we had to make up tell the calls of an answer apart
  expect(new Set(meaning.calls.map((call) => call.id)).size).toBe(calls.length)
  expect(meaning.finish?.reason.replace('-', '_')).toBe(expected.finish_reason)
  expect(meaning.finish?.raw).toBe(expected.finish_reason_raw)
  const { usage } = expected
  expect(openAiCounts(meaning.tokens)).toEqual({ prompt: usage?.prompt_tokens, completion: usage?.completion_tokens, cached: 0 })
}

describe.skipIf(all.length === 0)('recorded answers of Ollama', () => {
  it.each(answered)('say the same as their independent reading: $id', (line) => {
    const recording = load(line)
    const events = eventsOf(ollamaChat, recording)
    expectMeaning(recording, events)
    if (isStream(line)) for (const size of CUTS) expect(readStream(ollamaChat, recording.body, size)).toEqual(events)
  })

  it.each(answered)('keep their meaning when written for a client of Ollama: $id', (line) => {
    const recording = load(line)
    const events = eventsOf(ollamaChat, recording)
    const codec = clientCodec(line.api === 'ollama-generate' ? 'ollama-generate' : 'ollama-chat')
    expectMeaning(recording, ollamaChat.readWhole(JSON.parse(JSON.stringify(codec.writeWhole(events, CONTEXT)))))
    const writer = codec.writer(CONTEXT)
    const stream = events.map((event) => writer.write(event)).join('') + writer.end()
    expectMeaning(recording, readStream(ollamaChat, Buffer.from(stream)))
  })

  it.each(answered.filter(isStream))('end in an error when they are cut off: $id', (line) => {
    const { body } = load(line)
    const before = body.subarray(0, body.toString('latin1').trimEnd().lastIndexOf('\n') + 1)
    expect(() => readStream(ollamaChat, before)).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
  })
})

describe.skipIf(all.length === 0)('recorded refusals of Ollama', () => {
  it.each(all.filter((line) => line.status >= 400))('are told by what the router can do about them: $id', (line) => {
    const { headers, body } = load(line)
    expect(ollamaChat.classify(line.status, headers, body.toString())).toMatchObject({ kind: 'model-missing', upstreamStatus: 404 })
  })
})

describe.skipIf(all.length === 0)('recorded requests of Ollama’s own clients', () => {
  it.each(all.filter((line) => line.request))('are read whole, and written again as they were sent: $id', (line) => {
    const sent = load(line).requestBody ?? {}
    const view = clientCodec(line.api === 'ollama-generate' ? 'ollama-generate' : 'ollama-chat').readRequest(sent, {})
    expect(view.unmodelled).toEqual({})
    const { body, dropped } = ollamaChat.writeRequest(view, { provider: 'ollama', upstreamModel: view.model, stream: view.stream, outputLimit: undefined })
    expect(dropped).toEqual([])
    if (line.api === 'ollama-generate') {
      expect(body.messages).toEqual([{ role: 'user', content: sent.prompt }])
      expect(body.format).toBe(sent.format)
      return
    }
    expect(body.messages).toEqual(sent.messages)
    expect(body.tools ?? []).toEqual(sent.tools ?? [])
    expect(body.options).toMatchObject((sent.options ?? {}) as object)
    expect(body.stream).toBe(sent.stream)
  })
})
