import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anthropicMessages } from '../../../../../electron/engine/protocols/anthropic-messages/anthropic-messages.ts'
import { gemini } from '../../../../../electron/engine/protocols/gemini/gemini.ts'
import { cuttingAt } from '../../../../../electron/engine/protocols/local-stop.ts'
import { openaiChat } from '../../../../../electron/engine/protocols/openai-chat/openai-chat.ts'
import { openaiResponses } from '../../../../../electron/engine/protocols/openai-responses/openai-responses.ts'
import type { ChatEvent, JsonObject, TokenLogprob } from '../../../../../shared/chat.ts'
import { CONTEXT, checkStream, readStream, readWhole, writeStream } from '../../../../support/formats.ts'

const carriers = [openaiChat, openaiResponses, gemini]

/** What is told of the tokens, in order, whichever pieces they came in. */
const tokensOf = (events: readonly ChatEvent[]): readonly TokenLogprob[] =>
  events.flatMap((event) => (event.type === 'text-delta' ? (event.logprobs ?? []) : []))
const plain = (tokens: readonly TokenLogprob[]): object[] =>
  tokens.map(({ token, logprob, top }) => ({ token, logprob, top: top.map((other) => ({ token: other.token, logprob: other.logprob })) }))

const choice = fc.record({
  token: fc.string({ minLength: 1, maxLength: 5, unit: 'grapheme' }),
  logprob: fc.double({ min: -40, max: 0, noNaN: true }).map((n) => n + 0),
})
const piece = fc.array(fc.tuple(choice, fc.array(choice, { minLength: 1, maxLength: 3 })), { minLength: 1, maxLength: 4 }).map(
  (tokens): ChatEvent => ({
    type: 'text-delta',
    text: tokens.map(([{ token }]) => token).join(''),
    logprobs: tokens.map(([token, top]) => ({ ...token, top })),
  }),
)
const answer = fc
  .array(piece, { minLength: 1, maxLength: 4 })
  .map((pieces): readonly ChatEvent[] => [
    { type: 'response-start', id: 'a', model: 'm' },
    ...pieces,
    { type: 'usage', tokens: { input: 1, output: 1 } },
    { type: 'finish', reason: 'stop', raw: 'stop' },
  ])

describe.each(carriers)('probabilities of tokens through $id', (format) => {
  it('are the same after any answer is written and read, streamed and whole', () => {
    fc.assert(
      fc.property(answer, (events) => {
        const stream = writeStream(format, events)
        checkStream(format.id, stream)
        const told = plain(tokensOf(events))
        expect(plain(tokensOf(readStream(format, Buffer.from(stream))))).toEqual(told)
        expect(plain(tokensOf(readWhole(format, Buffer.from(JSON.stringify(format.writeWhole(events, CONTEXT))))))).toEqual(told)
      }),
      { numRuns: 50 },
    )
  })

  it('are asked for in a request of each, as far as the client asked', () => {
    const target = { provider: format === gemini ? 'google' : 'openai', upstreamModel: 'gpt-4o-mini', stream: false, outputLimit: undefined }
    const requests: readonly (readonly [typeof openaiChat | typeof openaiResponses | typeof gemini, JsonObject])[] = [
      [openaiChat, { model: 'm', messages: [{ role: 'user', content: 'x' }], logprobs: true, top_logprobs: 3 }],
      [openaiResponses, { model: 'm', input: 'x', include: ['message.output_text.logprobs'], top_logprobs: 3 }],
      [gemini, { model: 'm', contents: [{ role: 'user', parts: [{ text: 'x' }] }], generation_config: { response_logprobs: true, logprobs: 3 } }],
    ]
    for (const [client, body] of requests) {
      const written = format.writeRequest(client.readRequest(body, {}), target)
      expect(written.dropped, client.id).toEqual([])
      expect(JSON.stringify(written.body)).toMatch(/"logprobs":(?:true,"top_logprobs":)?3|"message\.output_text\.logprobs"\],"top_logprobs":3/)
    }
  })
})

it('those of a reasoning model are named as dropped, since it refuses the field', () => {
  const view = openaiChat.readRequest({ model: 'm', messages: [{ role: 'user', content: 'x' }], logprobs: true, top_logprobs: 3 }, {})
  for (const format of [openaiChat, openaiResponses]) {
    const { dropped } = format.writeRequest(view, { provider: 'openai', upstreamModel: 'gpt-5-mini', stream: false, outputLimit: undefined })
    expect(dropped).toEqual(['logprobs', 'top_logprobs'])
  }
})

it('are left out by a dialect that has no place for them', () => {
  const events: readonly ChatEvent[] = [
    { type: 'response-start', id: 'a', model: 'm' },
    { type: 'text-delta', text: 'Yes', logprobs: [{ token: 'Yes', logprob: -1, top: [] }] },
    { type: 'text-delta', text: '', logprobs: [{ token: '', logprob: -1, top: [] }] },
    { type: 'finish', reason: 'stop', raw: 'stop' },
  ]
  const stream = writeStream(anthropicMessages, events)
  checkStream('anthropic-messages', stream)
  expect(stream).not.toContain('logprob')
})

it('stay with the text that is held back for a stop sequence', () => {
  const chunk = (content: string): string =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: { content }, logprobs: { content: [{ token: content, logprob: -1, bytes: null, top_logprobs: [] }] }, finish_reason: null }] })}\n\n`
  const stream = `${['One ', 'E', 'X'].map(chunk).join('')}data: {"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`
  const events = readStream({ ...openaiChat, ...cuttingAt(openaiChat, ['END']) }, Buffer.from(stream))
  expect(tokensOf(events).map(({ token }) => token)).toEqual(['One ', 'E', 'X'])
})
