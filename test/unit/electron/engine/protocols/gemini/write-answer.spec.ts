import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gemini } from '../../../../../../electron/engine/protocols/gemini/gemini.ts'
import { asJsonArray } from '../../../../../../electron/engine/protocols/gemini/json-array.ts'
import { checkGeminiResponses, checkGeminiStream } from '../../../../../../electron/engine/protocols/grammar/gemini.ts'
import type { ChatEvent, JsonObject } from '../../../../../../shared/chat.ts'
import { Failure } from '../../../../../../shared/failure.ts'
import { meaningOf, readStream } from './meaning.ts'

const CONTEXT = { requestId: 'req-1', model: 'google/gemini-3-flash', createdAt: 1_700_000_000, wantsUsage: true }

function stream(events: readonly ChatEvent[]): string {
  const writer = gemini.writer(CONTEXT)
  return events.map((event) => writer.write(event)).join('') + writer.end()
}

interface Call {
  readonly name: string
  readonly args: JsonObject
  readonly signature: string | undefined
}

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
const signature = fc.option(fc.base64String({ minLength: 4, maxLength: 12 }), { nil: undefined })
const call: fc.Arbitrary<Call> = fc.record({
  name: fc.constantFrom('look_up', 'now', 'get.weather'),
  args: fc.dictionary(fc.string({ maxLength: 5 }), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))).map((args) => ({ ...args })),
  signature,
})
const said: fc.Arbitrary<ChatEvent> = fc.oneof(
  words.map((text): ChatEvent => ({ type: 'text-delta', text })),
  words.map((text): ChatEvent => ({ type: 'reasoning-delta', text })),
  fc.base64String({ minLength: 4, maxLength: 8 }).map((text): ChatEvent => ({ type: 'reasoning-signature', signature: text, format: 'gemini' })),
)
const tokens = fc.record({ input: fc.nat(9999), cacheRead: fc.nat(9999), output: fc.nat(9999), reasoning: fc.nat(9999) }, { requiredKeys: [] })

/** The events of one call, its arguments cut in up to four pieces. */
function callEvents(call: Call, index: number, pieces: number): ChatEvent[] {
  const text = Object.keys(call.args).length === 0 && pieces === 1 ? '' : JSON.stringify(call.args)
  const size = Math.max(1, Math.ceil(text.length / pieces))
  const deltas: ChatEvent[] = []
  for (let start = 0; start < text.length; start += size) deltas.push({ type: 'tool-call-delta', index, arguments: text.slice(start, start + size) })
  const start: ChatEvent = {
    type: 'tool-call-start',
    index,
    id: `call_${index}`,
    name: call.name,
    ...(call.signature === undefined ? {} : { signature: call.signature }),
  }
  return [start, ...deltas, { type: 'tool-call-end', index }]
}

/** Any interleaving of what is said and of calls whose pieces come between each other's; calls begin in the order of their index. */
const answer = fc
  .record({
    said: fc.array(said, { maxLength: 12 }),
    calls: fc.array(fc.tuple(call, fc.integer({ min: 1, max: 4 })), { maxLength: 4 }),
    tokens: fc.option(tokens, { nil: undefined }),
  })
  .chain((made) => {
    const lanes: ChatEvent[][] = [made.said, ...made.calls.map(([one, pieces], index) => callEvents(one, index, pieces))]
    const steps = lanes.reduce((sum, lane) => sum + lane.length, 0)
    return fc.array(fc.nat(), { minLength: steps, maxLength: steps }).map((choices) => {
      const rest = lanes.map((lane) => [...lane])
      const events: ChatEvent[] = [{ type: 'response-start', id: 'resp-1', model: 'upstream-model' }]
      let begun = 0
      for (const choice of choices) {
        // a lane may go on when it has begun, or when it is the next to begin
        const open = rest.filter((lane, index) => lane.length > 0 && (index === 0 || index - 1 <= begun))
        const lane = open[choice % open.length] as ChatEvent[]
        const event = lane.shift() as ChatEvent
        if (event.type === 'tool-call-start') begun++
        events.push(event)
      }
      if (made.tokens !== undefined) events.push({ type: 'usage', tokens: made.tokens })
      events.push({ type: 'finish', reason: made.calls.length > 0 ? 'tool-calls' : 'stop', raw: 'end_turn' })
      return events
    })
  })

describe('an answer written for a Gemini client', () => {
  it('keeps to the grammar and means the same, however its events interleave', () => {
    fc.assert(
      fc.property(answer, (events) => {
        const meaning = meaningOf(events)
        const text = stream(events)
        const checked = checkGeminiStream(text)
        expect(checked.text).toBe(meaning.text)
        expect(checked.thoughts).toBe(meaning.reasoning)
        const back = meaningOf(readStream(Buffer.from(text), Number.POSITIVE_INFINITY))
        const parsed = (calls: typeof back.calls) => calls.map((one) => ({ ...one, arguments: JSON.parse(one.arguments || '{}') as unknown }))
        expect({ ...back, calls: parsed(back.calls), raw: '', tokens: counts(back.tokens) }).toEqual({
          ...meaning,
          calls: parsed(meaning.calls),
          raw: '',
          tokens: counts(meaning.tokens),
        })
      }),
      { numRuns: 300 },
    )
  })

  it('means the same whole as streamed', () => {
    fc.assert(
      fc.property(answer, (events) => {
        const whole = gemini.writeWhole(events, CONTEXT)
        const checked = checkGeminiResponses([whole])
        const streamed = checkGeminiStream(stream(events))
        expect({ ...checked, usage: undefined }).toEqual({ ...streamed, usage: undefined })
        expect(checked.usage).toEqual(streamed.usage)
      }),
      { numRuns: 300 },
    )
  })

  it('hangs a signature on the text it closes when whole, and behind it when streamed', () => {
    const events: ChatEvent[] = [
      { type: 'reasoning-delta', text: 'Hm' },
      { type: 'reasoning-delta', text: '.' },
      { type: 'reasoning-signature', signature: 'b25l', format: 'gemini' },
      { type: 'text-delta', text: 'Yes.' },
      { type: 'reasoning-signature', signature: 'dHdv', format: 'gemini' },
      { type: 'reasoning-signature', signature: 'foreign', format: 'anthropic-messages' },
      { type: 'finish', reason: 'length', raw: 'max_tokens' },
    ]
    expect(gemini.writeWhole(events, CONTEXT)).toEqual({
      candidates: [
        {
          content: {
            parts: [
              { text: 'Hm.', thought: true, thoughtSignature: 'b25l' },
              { text: 'Yes.', thoughtSignature: 'dHdv' },
            ],
            role: 'model',
          },
          finishReason: 'MAX_TOKENS',
          index: 0,
        },
      ],
      modelVersion: 'google/gemini-3-flash',
      responseId: 'req-1',
    })
    expect(checkGeminiStream(stream(events)).signatures).toEqual(['b25l', 'dHdv'])
  })

  it('sends each piece of text at once, and a call when its arguments are complete', () => {
    const writer = gemini.writer(CONTEXT)
    expect(writer.write({ type: 'text-delta', text: 'a' })).toContain('"text":"a"')
    expect(writer.write({ type: 'tool-call-start', index: 0, id: 'x', name: 'f' })).toBe('')
    expect(writer.write({ type: 'tool-call-delta', index: 0, arguments: '{"a":' })).toBe('')
    expect(writer.write({ type: 'tool-call-delta', index: 0, arguments: '1}' })).toBe('')
    expect(writer.write({ type: 'tool-call-end', index: 0 })).toContain('"functionCall":{"id":"x","name":"f","args":{"a":1}}')
  })

  it('never makes a well-formed call out of a broken one', () => {
    const events: ChatEvent[] = [
      { type: 'tool-call-start', index: 0, id: 'x', name: 'f' },
      { type: 'tool-call-delta', index: 0, arguments: '{"path": "/tm' },
    ]
    const writer = gemini.writer(CONTEXT)
    for (const event of events) writer.write(event)
    expect(() => writer.end()).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
    expect(() => gemini.writeWhole(events, CONTEXT)).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
    expect(() => writer.write({ type: 'tool-call-end', index: 0 })).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
  })

  it('says in band that it broke off', () => {
    const writer = gemini.writer(CONTEXT)
    const text = writer.write({ type: 'text-delta', text: 'half' }) + writer.fail(new Failure('overloaded', 'The provider gave up.'))
    expect(checkGeminiStream(text)).toMatchObject({ text: 'half', error: { code: 503, message: 'The provider gave up.', status: 'UNAVAILABLE' } })
  })

  it("keeps Gemini's own word for the end where it had one", () => {
    const reason = (finish: ChatEvent): string | undefined => checkGeminiStream(stream([finish])).finishReason
    expect(reason({ type: 'finish', reason: 'content-filter', raw: 'RECITATION' })).toBe('RECITATION')
    expect(reason({ type: 'finish', reason: 'content-filter', raw: 'refusal' })).toBe('SAFETY')
    expect(reason({ type: 'finish', reason: 'tool-calls', raw: 'tool_use' })).toBe('STOP')
    expect(reason({ type: 'finish', reason: 'error', raw: 'MALFORMED_FUNCTION_CALL' })).toBe('MALFORMED_FUNCTION_CALL')
  })

  it('counts cached tokens as part of the prompt', () => {
    const events: ChatEvent[] = [
      { type: 'usage', tokens: { input: 10, cacheRead: 5, cacheWrite5m: 2, output: 3, reasoning: 4 } },
      { type: 'finish', reason: 'stop', raw: 'stop' },
    ]
    expect(checkGeminiStream(stream(events)).usage).toEqual({
      promptTokenCount: 17,
      cachedContentTokenCount: 5,
      candidatesTokenCount: 3,
      thoughtsTokenCount: 4,
      totalTokenCount: 24,
    })
  })
})

describe('a stream for a client that did not ask for alt=sse', () => {
  const events: ChatEvent[] = [
    { type: 'text-delta', text: 'one\n\ntwo' },
    { type: 'text-delta', text: ' three' },
    { type: 'finish', reason: 'stop', raw: 'STOP' },
  ]

  it('is one JSON list', () => {
    const writer = asJsonArray(gemini.writer(CONTEXT))
    const text = events.map((event) => writer.write(event)).join('') + writer.end()
    expect(text.startsWith('[{')).toBe(true)
    expect(text).toContain('},\r\n{')
    expect(checkGeminiResponses(JSON.parse(text) as JsonObject[]).text).toBe('one\n\ntwo three')
  })

  it('is closed when it breaks off, also before anything went out', () => {
    const writer = asJsonArray(gemini.writer(CONTEXT))
    const failure = new Failure('stream-broken', 'Gone.')
    expect(
      JSON.parse(
        events
          .slice(0, 1)
          .map((event) => writer.write(event))
          .join('') + writer.fail(failure),
      ),
    ).toMatchObject([{ candidates: [{}] }, { error: { code: 502 } }])
    expect(JSON.parse(asJsonArray(gemini.writer(CONTEXT)).fail(failure))).toMatchObject([{ error: { message: 'Gone.' } }])
  })
})

/** Counts as they survive: no bucket at all is no usage, and an input known only by its cached part reads as all cached. */
function counts(tokens: ReturnType<typeof meaningOf>['tokens']): unknown {
  if (tokens === undefined || Object.keys(tokens).length === 0) return undefined
  const { input, cacheRead } = tokens
  const isPromptKnown = input !== undefined || cacheRead !== undefined
  return { ...tokens, input: isPromptKnown ? (input ?? 0) : undefined }
}
