import { describe, expect, it } from 'vitest'
import { gemini } from '../../../../../../electron/engine/protocols/gemini/gemini.ts'
import type { ChatEvent, JsonObject } from '../../../../../../shared/chat.ts'
import { CUTS } from '../../../../../support/recordings.ts'
import { bodyFixture, streamFixture } from './fixture.ts'
import { meaningOf, readStream } from './meaning.ts'

function readAll(...responses: unknown[]): ChatEvent[] {
  const reader = gemini.reader()
  return responses.flatMap((response) => reader.read({ event: '', data: JSON.stringify(response) }))
}

const candidate = (parts: JsonObject[], finishReason?: string): JsonObject => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...(finishReason === undefined ? {} : { finishReason }) }],
})

describe('a streamed Gemini answer', () => {
  it('is told in order, call by call, with ids made up where they lack', () => {
    expect(readStream(streamFixture('thoughts-and-calls'), Number.POSITIVE_INFINITY)).toEqual([
      { type: 'response-start', id: 'rEsp-0_nse', model: 'gemini-3-flash' },
      { type: 'reasoning-delta', text: 'Two cities, ' },
      { type: 'usage', tokens: { input: 40, output: 0 } },
      { type: 'reasoning-delta', text: 'two calls. ☂' },
      { type: 'text-delta', text: 'Let me look.' },
      { type: 'tool-call-start', index: 0, id: 'call_rEsp-0_nse_0', name: 'get_weather', signature: 'c2lnLWNhbGw=' },
      { type: 'tool-call-delta', index: 0, arguments: '{"city":"Oslo"}' },
      { type: 'tool-call-end', index: 0 },
      { type: 'tool-call-start', index: 1, id: 'fc-2', name: 'get_weather' },
      { type: 'tool-call-delta', index: 1, arguments: '{"city":"Zürich"}' },
      { type: 'tool-call-end', index: 1 },
      { type: 'tool-call-start', index: 2, id: 'call_rEsp-0_nse_2', name: 'now' },
      { type: 'tool-call-delta', index: 2, arguments: '{}' },
      { type: 'tool-call-end', index: 2 },
      { type: 'reasoning-signature', signature: 'c2lnLXRleHQ=', format: 'gemini' },
      { type: 'usage', tokens: { input: 30, cacheRead: 15, output: 30, reasoning: 12 } },
      { type: 'finish', reason: 'tool-calls', raw: 'STOP' },
    ])
  })

  it.each(CUTS)('says the same when it comes in pieces of %s bytes', (size) => {
    const bytes = streamFixture('thoughts-and-calls')
    expect(readStream(bytes, size)).toEqual(readStream(bytes, Number.POSITIVE_INFINITY))
    const windows = Buffer.from(bytes.toString('utf8').replaceAll('\n', '\r\n').replaceAll('data: ', 'data:'))
    expect(readStream(windows, size)).toEqual(readStream(bytes, Number.POSITIVE_INFINITY))
  })

  it('is broken when it ends without a finish reason', () => {
    const reader = gemini.reader()
    reader.read({ event: '', data: JSON.stringify(candidate([{ text: 'half' }])) })
    expect(() => reader.end()).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
    expect(() => gemini.reader().end()).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
  })

  it.each(['{"candidates": [', '5', '{"choices": []}', 'null'])('is unreadable when an event is %s', (data) => {
    expect(() => gemini.reader().read({ event: '', data })).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
  })

  it('tells of an error in band, alone or as a list of one, and then ends in peace', () => {
    const error = { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }
    const event = { type: 'error', message: 'The model is overloaded.', code: 'UNAVAILABLE', status: 503 }
    expect(readAll(error)).toEqual([event])
    expect(readAll([error])).toEqual([event])
    const reader = gemini.reader()
    reader.read({ event: '', data: JSON.stringify(error) })
    expect(reader.end()).toEqual([])
  })

  it.each([
    ['STOP', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content-filter'],
    ['RECITATION', 'content-filter'],
    ['IMAGE_SAFETY', 'content-filter'],
    ['MALFORMED_FUNCTION_CALL', 'error'],
    ['UNEXPECTED_TOOL_CALL', 'error'],
    ['SOMETHING_NEW', 'error'],
    ['constructor', 'error'],
  ])('that ends with %s finishes as %s', (raw, reason) => {
    expect(readAll(candidate([], raw)).at(-1)).toEqual({ type: 'finish', reason, raw })
  })

  it('is filtered when the prompt was blocked', () => {
    expect(readAll({ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: { promptTokenCount: 4, totalTokenCount: 4 } })).toEqual([
      { type: 'response-start' },
      { type: 'usage', tokens: { input: 4, output: 0 } },
      { type: 'finish', reason: 'content-filter', raw: 'PROHIBITED_CONTENT' },
    ])
  })

  it('finishes once, unless a call comes late', () => {
    const finishes = (events: ChatEvent[]): unknown[] => events.filter((event) => event.type === 'finish').map((event) => event.reason)
    expect(finishes(readAll(candidate([{ text: 'a' }], 'STOP'), candidate([], 'STOP')))).toEqual(['stop'])
    expect(finishes(readAll(candidate([], 'STOP'), candidate([{ functionCall: { name: 'f' } }], 'STOP')))).toEqual(['stop', 'tool-calls'])
  })

  it('gathers a call whose arguments Vertex streams by path', () => {
    const piece = (functionCall: JsonObject): JsonObject => candidate([{ functionCall }])
    const pieces = [
      piece({ name: 'book', id: 'b-1', willContinue: true }),
      piece({ partialArgs: [{ jsonPath: '$.to', stringValue: 'Os', willContinue: true }], willContinue: true }),
      piece({ partialArgs: [{ jsonPath: '$.to', stringValue: 'lo' }], willContinue: true }),
      piece({
        partialArgs: [
          { jsonPath: "$.seats[0]['row no']", numberValue: 7 },
          { jsonPath: '$.seats[0].window', boolValue: true },
        ],
        willContinue: true,
      }),
    ]
    expect(readAll(...pieces, piece({}), candidate([], 'STOP')).slice(1)).toEqual([
      { type: 'tool-call-start', index: 0, id: 'b-1', name: 'book' },
      { type: 'tool-call-delta', index: 0, arguments: '{"to":"Oslo","seats":[{"row no":7,"window":true}]}' },
      { type: 'tool-call-end', index: 0 },
      { type: 'finish', reason: 'tool-calls', raw: 'STOP' },
    ])
    const reader = gemini.reader()
    for (const response of [...pieces, candidate([], 'MAX_TOKENS')]) reader.read({ event: '', data: JSON.stringify(response) })
    expect(() => reader.end()).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
  })

  it('leaves unknown what was not counted', () => {
    expect(readAll({ ...candidate([{ text: 'a' }]), usageMetadata: { trafficType: 'ON_DEMAND' } }).some((event) => event.type === 'usage')).toBe(false)
    expect(meaningOf(readAll({ ...candidate([]), usageMetadata: { promptTokenCount: 7 } })).tokens).toEqual({ input: 7 })
    // more is cached than went in, and less than nothing came out
    const odd = { promptTokenCount: 7, cachedContentTokenCount: 9, candidatesTokenCount: -2 }
    expect(meaningOf(readAll({ ...candidate([]), usageMetadata: odd })).tokens).toEqual({ input: 7 })
    const flex = readAll({ ...candidate([]), usageMetadata: { promptTokenCount: 7, serviceTier: 'flex' } })
    expect(flex).toContainEqual({ type: 'usage', tokens: { input: 7 }, extras: { serviceTier: 'flex' } })
  })
})

describe('a whole Gemini answer', () => {
  it('keeps server-side tools, images and sources as they came', () => {
    const body = bodyFixture('grounded-answer')
    const meaning = meaningOf(gemini.readWhole(body))
    expect(meaning).toMatchObject({ text: 'It is 4.', finish: 'stop', raw: 'STOP', calls: [], tokens: { input: 9, output: 21 } })
    expect(meaning.opaque.map((value) => Object.keys(value as JsonObject))).toEqual([
      ['executableCode'],
      ['codeExecutionResult'],
      ['inlineData'],
      ['candidate'],
    ])
    const context = { requestId: 'req-1', model: 'gemini/x', createdAt: 1, wantsUsage: true }
    expect(gemini.writeWhole(gemini.readWhole(body), context)).toEqual(body)
  })

  it.each([{ candidates: [] }, { usageMetadata: { promptTokenCount: 3, totalTokenCount: 3 } }, { choices: [] }, {}])('is unreadable when it is %j', (body) => {
    expect(() => gemini.readWhole(body)).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
  })

  it('is complete when it says something and gives no reason', () => {
    expect(gemini.readWhole(candidate([{ text: 'a' }])).at(-1)).toEqual({ type: 'finish', reason: 'stop', raw: '' })
  })
})
