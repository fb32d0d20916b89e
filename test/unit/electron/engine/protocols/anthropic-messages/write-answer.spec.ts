import Anthropic from '@anthropic-ai/sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anthropicMessages } from '../../../../../../electron/engine/protocols/anthropic-messages/anthropic-messages.ts'
import { checkAnthropicStream } from '../../../../../../electron/engine/protocols/grammar/anthropic-messages.ts'
import type { ChatEvent, JsonObject } from '../../../../../../shared/chat.ts'
import { Failure } from '../../../../../../shared/failure.ts'
import { meaningOf, readText } from './events.ts'

const CONTEXT = { requestId: 'r1', model: 'asked-for', createdAt: 0, wantsUsage: true }
const STOP: ChatEvent = { type: 'finish', reason: 'stop', raw: 'stop' }

function write(events: readonly ChatEvent[]): string {
  const writer = anthropicMessages.writer(CONTEXT)
  return events.map((event) => writer.write(event)).join('') + writer.end()
}

function blocksOf(stream: string): readonly JsonObject[] {
  const starts = checkAnthropicStream(stream).filter((event) => event.type === 'content_block_start')
  return starts.map((event) => event.content_block as JsonObject)
}

function stopReason(events: readonly ChatEvent[]): unknown {
  return wireEvent(write(events), 'message_delta', 'delta').stop_reason
}

/** The named object inside of the first event of a kind. */
function wireEvent(stream: string, type: string, field: string): JsonObject {
  const found = checkAnthropicStream(stream).find((event) => event.type === type)
  if (found === undefined) throw new Error(`no ${type}`)
  return found[field] as JsonObject
}

/** What any dialect's reader may give: pieces of text, reasoning and tool calls in any order that keeps each call's own order. */
const answers: fc.Arbitrary<readonly ChatEvent[]> = fc
  .record({
    calls: fc.array(
      fc.record({
        id: fc.oneof(fc.constant(''), fc.string({ minLength: 1, maxLength: 12 }), fc.constantFrom('call_1', 'toolu_01A')),
        name: fc.constantFrom('get_weather', 'files.read', 'mcp:list/all'),
        input: fc.constantFrom('', 'null', '{}', '{"city":"Łódź 🚋"}', '{"nested":{"list":[1,2,3]},"text":"null"}'),
        sizes: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 6 }),
        ends: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    spoken: fc.array(
      fc.oneof(
        fc.record({ type: fc.constant('text-delta' as const), text: fc.string() }),
        fc.record({ type: fc.constant('reasoning-delta' as const), text: fc.string() }),
        fc.record({ type: fc.constant('reasoning-signature' as const), signature: fc.string({ minLength: 1 }), format: fc.constant('gemini' as const) }),
        fc.record({
          type: fc.constant('reasoning-signature' as const),
          redacted: fc.string({ minLength: 1 }),
          format: fc.constant('anthropic-messages' as const),
        }),
      ),
      { maxLength: 12 },
    ),
    picks: fc.infiniteStream(fc.nat()),
  })
  .map(({ calls, spoken, picks }) => {
    // calls begin in the order of their index; their pieces then mix freely with each other and with what is said
    const lanes: ChatEvent[][] = [[...spoken]]
    for (const [index, call] of calls.entries()) {
      const lane: ChatEvent[] = [{ type: 'tool-call-start', index, id: call.id, name: call.name }]
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
    events.push({ type: 'finish', reason: calls.length > 0 ? 'tool-calls' : 'stop', raw: 'whatever' })
    return events
  })

describe('a written stream', () => {
  it('keeps to the grammar and means the same, whatever the order of its pieces', () => {
    fc.assert(
      fc.property(answers, (events) => {
        const before = meaningOf(events)
        const stream = write(events)
        checkAnthropicStream(stream)
        const after = meaningOf(readText(stream))
        expect(after.text).toBe(before.text)
        expect(after.reasoning).toBe(before.reasoning)
        expect(after.toolCalls.map((call) => call.name)).toEqual(before.toolCalls.map((call) => call.name))
        expect(after.toolCalls.map((call) => call.arguments)).toEqual(before.toolCalls.map((call) => (call.arguments === 'null' ? '' : call.arguments)))
        expect(after.signatures.filter((signature) => signature.redacted !== undefined)).toEqual(
          before.signatures.filter((signature) => signature.redacted !== undefined),
        )
        expect(after.finish).toBe(before.finish)
        expect(after.tokens).toEqual(before.tokens)
      }),
      { numRuns: 400 },
    )
  })

  it('is the same answer as the whole one', () => {
    fc.assert(
      fc.property(answers, (events) => {
        const streamed = meaningOf(readText(write(events)))
        const whole = meaningOf(anthropicMessages.readWhole(anthropicMessages.writeWhole(events, CONTEXT)))
        const values = (calls: typeof whole.toolCalls): unknown[] => calls.map((call) => [call.id, call.name, JSON.parse(call.arguments || '{}')])
        expect(values(whole.toolCalls)).toEqual(values(streamed.toolCalls))
        expect({ ...whole, toolCalls: [] }).toEqual({ ...streamed, toolCalls: [] })
      }),
      { numRuns: 200 },
    )
  })

  it('is understood by the official SDK', async () => {
    await fc.assert(
      fc.asyncProperty(answers, async (events) => {
        const client = new Anthropic({ apiKey: 'test', maxRetries: 0, fetch: async () => streamed(write(events)) })
        const message = await client.messages.stream({ model: 'any', max_tokens: 10, messages: [{ role: 'user', content: 'hi' }] }).finalMessage()
        const before = meaningOf(events)
        const { content } = message
        expect(content.map((block) => (block.type === 'text' ? block.text : '')).join('')).toBe(before.text)
        expect(content.map((block) => (block.type === 'thinking' ? block.thinking : '')).join('')).toBe(before.reasoning)
        const inputs = content.filter((block) => block.type === 'tool_use').map((block) => block.input)
        expect(inputs).toEqual(before.toolCalls.map((call) => JSON.parse(call.arguments || '{}') ?? {}))
        expect(message.stop_reason).toBe(before.toolCalls.length > 0 ? 'tool_use' : 'end_turn')
        expect(message.usage).toMatchObject({ input_tokens: 7, cache_read_input_tokens: 2, output_tokens: 6 })
      }),
      { numRuns: 60 },
    )
  })

  it('lets the first call stream while later ones wait their turn', () => {
    const writer = anthropicMessages.writer(CONTEXT)
    expect(writer.write({ type: 'tool-call-start', index: 0, id: 'a', name: 'one' })).toContain('"id":"a"')
    expect(writer.write({ type: 'tool-call-start', index: 1, id: 'b', name: 'two' })).toBe('')
    expect(writer.write({ type: 'tool-call-delta', index: 1, arguments: '{"second":2}' })).toBe('')
    expect(writer.write({ type: 'tool-call-delta', index: 0, arguments: '{"first":1}' })).toContain('first')
    const released = writer.write({ type: 'tool-call-end', index: 0 })
    expect(released).toContain('"id":"b"')
    expect(released).toContain('second')
  })

  it('passes text on at once', () => {
    const writer = anthropicMessages.writer(CONTEXT)
    expect(writer.write({ type: 'text-delta', text: 'Hel' })).toContain('"text":"Hel"')
    expect(writer.write({ type: 'text-delta', text: 'lo' })).toContain('"text":"lo"')
  })

  it('opens with the input size where it is known by then', () => {
    const message = wireEvent(
      write([{ type: 'response-start' }, { type: 'usage', tokens: { input: 12, cacheRead: 3 } }, { type: 'text-delta', text: 'x' }, STOP]),
      'message_start',
      'message',
    )
    expect(message.usage).toMatchObject({ input_tokens: 12, cache_read_input_tokens: 3 })
    expect(message.model).toBe('asked-for')
  })

  it('takes the token counts that come after the finish', () => {
    const stream = write([{ type: 'text-delta', text: 'x' }, STOP, { type: 'usage', tokens: { input: 4, output: 2 } }])
    expect(meaningOf(readText(stream)).tokens).toEqual({ input: 4, output: 2 })
  })

  it('is complete without any content', () => {
    expect(blocksOf(write([STOP]))).toEqual([])
  })

  it.each<[string, ChatEvent[], string]>([
    ['a stop', [STOP], 'end_turn'],
    ['a stop at a sequence', [{ type: 'finish', reason: 'stop', raw: 'stop', stopSequence: 'END' }], 'stop_sequence'],
    ['a stop after a tool call', [{ type: 'tool-call-start', index: 0, id: 'a', name: 'one' }, STOP], 'tool_use'],
    ['the limit', [{ type: 'finish', reason: 'length', raw: 'MAX_TOKENS' }], 'max_tokens'],
    ['a filter', [{ type: 'finish', reason: 'content-filter', raw: 'SAFETY' }], 'refusal'],
    ['a refusal in words', [{ type: 'refusal-delta', text: 'I will not.' }, STOP], 'refusal'],
    ["Anthropic's own word", [{ type: 'finish', reason: 'stop', raw: 'pause_turn' }], 'pause_turn'],
  ])('tells why it ended: %s', (_name, events, expected) => {
    expect(stopReason(events)).toBe(expected)
  })

  it('says in band that it broke off, and nothing after that', () => {
    const writer = anthropicMessages.writer(CONTEXT)
    const begun = writer.write({ type: 'text-delta', text: 'half' })
    const end = writer.fail(new Failure('overloaded', 'The provider is overloaded.'))
    const events = checkAnthropicStream(begun + end, { mayFail: true })
    expect(events.at(-1)?.error).toMatchObject({ type: 'overloaded_error', message: 'The provider is overloaded.' })
    expect(writer.fail(new Failure('internal', 'x')) + writer.write({ type: 'text-delta', text: 'late' }) + writer.end()).toBe('')
  })

  it('passes on as an error what has no stop reason here', () => {
    const stream = write([
      { type: 'text-delta', text: 'x' },
      { type: 'finish', reason: 'error', raw: 'MALFORMED_FUNCTION_CALL' },
    ])
    expect(() => checkAnthropicStream(stream)).toThrow('MALFORMED_FUNCTION_CALL')
    expect(() => anthropicMessages.writeWhole([{ type: 'finish', reason: 'error', raw: 'X' }], CONTEXT)).toThrow(Failure)
  })

  it('refuses to end an answer that never finished', () => {
    expect(() => checkAnthropicStream(write([{ type: 'text-delta', text: 'x' }]))).toThrow('The answer ended before it was complete.')
  })
})

describe('reasoning of another model', () => {
  it.each<[string, ChatEvent[], object]>([
    ['unsigned', [], { format: 'openai-chat' }],
    ['signed', [{ type: 'reasoning-signature', signature: 'c2ln+/=', format: 'gemini' }], { format: 'gemini', signature: 'c2ln+/=' }],
    ['encrypted', [{ type: 'reasoning-signature', redacted: 'gAAAA', format: 'openai-chat' }], { format: 'openai-chat', redacted: 'gAAAA' }],
  ])('goes out under our mark and comes back as it was: %s', (_name, closing, expected) => {
    const events: ChatEvent[] = [{ type: 'reasoning-delta', text: 'Let me see.' }, ...closing, { type: 'text-delta', text: '42' }, STOP]
    const { content } = anthropicMessages.writeWhole(events, CONTEXT) as { content: JsonObject[] }
    expect(content.map((block) => block.type)).toEqual(['thinking', 'text'])
    const body = { model: 'm', max_tokens: 10, messages: [{ role: 'assistant', content }] }
    const view = anthropicMessages.readRequest(body, {})
    expect(view.messages[0]?.parts[0]).toEqual({ type: 'reasoning', text: 'Let me see.', ...expected })
  })

  it('is taken out before the conversation goes to Anthropic', () => {
    const { content } = anthropicMessages.writeWhole(
      [{ type: 'reasoning-delta', text: 'Hm.' }, { type: 'tool-call-start', index: 0, id: 'a', name: 'one' }, { type: 'tool-call-end', index: 0 }, STOP],
      CONTEXT,
    ) as { content: JsonObject[] }
    const messages = [
      { role: 'user', content: 'hi' },
      { role: 'assistant', content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'done' }] },
    ]
    const body = { model: 'm', max_tokens: 9000, thinking: { type: 'enabled', budget_tokens: 2000 }, messages }
    const view = anthropicMessages.readRequest(body, {})
    const target = { provider: 'anthropic', upstreamModel: 'claude-sonnet-4-5', stream: false, outputLimit: undefined }
    const { fields: edits } = anthropicMessages.relayEdits(view, target, {})
    expect(JSON.stringify(edits.messages)).not.toContain('switchyard')
    expect(JSON.stringify(edits.messages)).toContain('tool_use')
    // Anthropic would refuse to go on thinking in a tool loop that did not begin with its own
    expect('thinking' in edits && edits.thinking === undefined).toBe(true)
  })
})

function streamed(text: string): Response {
  return new Response(text, { status: 200, headers: { 'content-type': 'text/event-stream' } })
}
