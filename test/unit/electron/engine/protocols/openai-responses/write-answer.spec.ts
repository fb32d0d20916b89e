import fc from 'fast-check'
import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import { checkResponsesStream } from '../../../../../../electron/engine/protocols/grammar/openai-responses.ts'
import { arrayOf, objectOf } from '../../../../../../electron/engine/protocols/json.ts'
import { openaiResponses } from '../../../../../../electron/engine/protocols/openai-responses/openai-responses.ts'
import type { ChatEvent, JsonObject, Tool } from '../../../../../../shared/chat.ts'
import { Failure } from '../../../../../../shared/failure.ts'
import { CONTEXT, meaningOf, readStream, write } from './events.ts'

const STOP: ChatEvent = { type: 'finish', reason: 'stop', raw: 'stop' }

/** What any dialect's reader may give: pieces of text, refusal, reasoning and tool calls in any order that keeps each call's own order. */
const anyAnswer: fc.Arbitrary<readonly ChatEvent[]> = fc
  .record({
    calls: fc.array(
      fc.record({
        id: fc.constantFrom('', 'call_1', 'toolu_01A'),
        name: fc.constantFrom('get_weather', 'mcp__list__all'),
        input: fc.constantFrom('', '{}', '{"city":"Łódź 🚋"}', '{"nested":{"list":[1,2,3]},"text":"\\"null\\""}'),
        sizes: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 6 }),
        signature: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
        ends: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    spoken: fc.array(
      fc.oneof(
        fc.record({ type: fc.constantFrom('text-delta' as const, 'reasoning-delta' as const, 'refusal-delta' as const), text: fc.string() }),
        fc.record({
          type: fc.constant('reasoning-signature' as const),
          signature: fc.string({ minLength: 1 }),
          format: fc.constantFrom('gemini' as const, 'anthropic-messages' as const, 'openai-responses' as const),
        }),
        fc.record({
          type: fc.constant('reasoning-signature' as const),
          redacted: fc.string({ minLength: 1 }),
          format: fc.constant('anthropic-messages' as const),
        }),
      ),
      { maxLength: 12 },
    ),
    reason: fc.constantFrom('stop' as const, 'length' as const, 'content-filter' as const),
    picks: fc.infiniteStream(fc.nat()),
  })
  .map(({ calls, spoken, reason, picks }) => {
    // calls begin in the order of their index; their pieces then mix freely with each other and with what is said
    const lanes: ChatEvent[][] = [[...spoken]]
    for (const [index, call] of calls.entries()) {
      const { id, name, signature } = call
      const lane: ChatEvent[] = [{ type: 'tool-call-start', index, id, name, ...(signature !== undefined && { signature }) }]
      let from = 0
      for (const size of [...call.sizes, call.input.length]) {
        const piece = call.input.slice(from, from + size)
        from += size
        if (piece !== '') lane.push({ type: 'tool-call-delta', index, arguments: piece })
      }
      if (call.ends) lane.push({ type: 'tool-call-end', index })
      lanes.push(lane)
    }
    const events: ChatEvent[] = [{ type: 'response-start', id: 'chatcmpl-1', model: 'some-model' }]
    let begun = 1
    for (;;) {
      const open = lanes.filter((lane, position) => lane.length > 0 && position <= begun)
      if (open.length === 0) break
      const lane = open[(picks.next().value as number) % open.length] as ChatEvent[]
      if (lanes.indexOf(lane) === begun && begun < lanes.length) begun++
      events.push(lane.shift() as ChatEvent)
    }
    events.push({ type: 'usage', tokens: { input: 7, cacheRead: 2, output: 5, reasoning: 1 } })
    events.push({ type: 'finish', reason: reason === 'stop' && calls.length > 0 ? 'tool-calls' : reason, raw: 'whatever' })
    return events
  })

/** Everything but ids, with the arguments that clients may parse. */
function said(events: readonly ChatEvent[]) {
  const { text, refusal, reasoning, calls, tokens, finish } = meaningOf(events)
  return {
    ...{ text, refusal, reasoning, tokens: { cacheRead: 0, cacheWrite5m: 0, reasoning: 0, ...tokens }, finish: finish?.reason },
    calls: calls.map((call) => ({ name: call.name, arguments: call.arguments === '' ? '{}' : call.arguments })),
  }
}

describe('a written stream', () => {
  it('keeps to the grammar and means the same, whatever the order of its pieces', () => {
    fc.assert(
      fc.property(anyAnswer, (events) => {
        const stream = write(events)
        checkResponsesStream(stream)
        expect(said(readStream(Buffer.from(stream)))).toEqual(said(events))
      }),
      { numRuns: 300 },
    )
  })

  it('is the same answer as the whole one', () => {
    fc.assert(
      fc.property(anyAnswer, (events) => {
        const last = checkResponsesStream(write(events)).at(-1)
        expect(openaiResponses.writeWhole(events, CONTEXT)).toEqual(last?.response)
      }),
      { numRuns: 100 },
    )
  })

  it('gives back signatures and sealed reasoning to their maker when its client returns the items', () => {
    fc.assert(
      fc.property(anyAnswer, (events) => {
        const { output } = openaiResponses.writeWhole(events, CONTEXT) as { output: JsonObject[] }
        const { messages } = openaiResponses.readRequest({ model: 'any', input: [...output, { role: 'user', content: 'go on' }] }, {})
        const parts = messages.flatMap((message) => message.parts)
        const seals = parts.flatMap((part) => (part.type === 'reasoning' ? [part.signature ?? part.redacted] : [])).filter((seal) => seal !== undefined)
        expect(seals).toEqual(meaningOf(events).signatures.map(({ signature, redacted }) => signature ?? redacted))
        const started = events.filter((event) => event.type === 'tool-call-start')
        const calls = parts.filter((part) => part.type === 'tool-call')
        expect(calls.map(({ name, signature }) => ({ name, signature }))).toEqual(started.map(({ name, signature }) => ({ name, signature })))
      }),
      { numRuns: 200 },
    )
  })

  it('is understood by the official SDK', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnswer, async (events) => {
        const answer = () => new Response(write(events), { headers: { 'content-type': 'text/event-stream' } })
        const client = new OpenAI({ apiKey: 'test', maxRetries: 0, fetch: async () => answer() })
        const response = await client.responses.stream({ model: 'any', input: 'hi' }).finalResponse()
        const before = said(events)
        expect(response.output_text).toBe(before.text)
        expect(response.output.flatMap((item) => (item.type === 'function_call' ? [item.arguments] : []))).toEqual(before.calls.map((call) => call.arguments))
        expect(response.usage).toMatchObject({ input_tokens: 9, output_tokens: 6, total_tokens: 15 })
        expect(response.status).toBe(before.finish === 'length' || before.finish === 'content-filter' ? 'incomplete' : 'completed')
      }),
      { numRuns: 60 },
    )
  })

  it('passes text on at once, and lets later calls wait their turn', () => {
    const writer = openaiResponses.writer(CONTEXT)
    expect(writer.write({ type: 'text-delta', text: 'Hel' })).toContain('"delta":"Hel"')
    expect(writer.write({ type: 'text-delta', text: 'lo' })).toContain('"delta":"lo"')
    expect(writer.write({ type: 'tool-call-start', index: 0, id: 'a', name: 'one' })).toContain('"call_id":"a"')
    expect(writer.write({ type: 'tool-call-start', index: 1, id: 'b', name: 'two' })).toBe('')
    expect(writer.write({ type: 'tool-call-delta', index: 1, arguments: '{"second":2}' })).toBe('')
    expect(writer.write({ type: 'tool-call-end', index: 0 })).toContain('second')
  })

  it('says in band that it broke off, and nothing after that', () => {
    const writer = openaiResponses.writer(CONTEXT)
    const begun = writer.write({ type: 'text-delta', text: 'half' })
    const events = checkResponsesStream(begun + writer.fail(new Failure('context-too-long', 'Too long.')), { mayFail: true })
    expect(events.at(-1)?.response).toMatchObject({ status: 'failed', error: { code: 'context_length_exceeded', message: 'Too long.' } })
    expect(writer.fail(new Failure('internal', 'x')) + writer.write({ type: 'text-delta', text: 'late' }) + writer.end()).toBe('')
  })

  it('that was never finished fails, even inside of a call', () => {
    const stream = write([
      { type: 'tool-call-start', index: 0, id: 'a', name: 'one' },
      { type: 'tool-call-delta', index: 0, arguments: '{"half' },
    ])
    expect(stream).toContain('response.failed')
    expect(stream).not.toContain('arguments.done')
  })

  it('tells the limit and the filter as incomplete', () => {
    const details = (reason: 'length' | 'content-filter') =>
      openaiResponses.writeWhole(
        [
          { type: 'text-delta', text: 'x' },
          { type: 'finish', reason, raw: '' },
        ],
        CONTEXT,
      )
    expect(details('length')).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, output: [{ status: 'incomplete' }] })
    expect(details('content-filter')).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'content_filter' } })
  })
})

describe('a call goes back as its client declared the tool', () => {
  const tools: readonly Tool[] = [
    { name: 'agents__spawn', namespace: 'agents' },
    { name: 'apply_patch', freeform: { type: 'custom', name: 'apply_patch' } },
    { name: 'mcp__files__read' },
  ]
  const call = (name: string, text: string): ChatEvent[] => [
    { type: 'tool-call-start', index: 0, id: 'call_1', name },
    { type: 'tool-call-delta', index: 0, arguments: text.slice(0, 3) },
    { type: 'tool-call-delta', index: 0, arguments: text.slice(3) },
    { type: 'tool-call-end', index: 0 },
    STOP,
  ]
  const item = (events: readonly ChatEvent[]): unknown => arrayOf(objectOf(checkResponsesStream(write(events, tools)).at(-1)?.response)?.output)[0]

  it('in its namespace', () => {
    expect(item(call('agents__spawn', '{}'))).toMatchObject({ type: 'function_call', name: 'spawn', namespace: 'agents', arguments: '{}' })
  })

  it('with its name alone where that only looks like one', () => {
    expect(item(call('mcp__files__read', '{}'))).toMatchObject({ type: 'function_call', name: 'mcp__files__read' })
  })

  it('as free text', () => {
    expect(item(call('apply_patch', '{"input":"*** \\"a\\"\\n+b"}'))).toMatchObject({ type: 'custom_tool_call', input: '*** "a"\n+b', call_id: 'call_1' })
    // a model that did not keep to the schema
    expect(item(call('apply_patch', '*** bare text'))).toMatchObject({ type: 'custom_tool_call', input: '*** bare text' })
  })

  it('and free text that a provider streams is read as arguments', () => {
    const text = 'say "hi"\n\\ 🐛'
    const events = readStream(Buffer.from(write(call('apply_patch', JSON.stringify({ input: text })), tools)))
    expect(JSON.parse(meaningOf(events).calls[0]?.arguments ?? '')).toEqual({ input: text })
  })
})
