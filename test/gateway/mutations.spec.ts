/**
 * Streams as no provider should send them, through the real gateway to clients of each dialect: frames dropped, doubled, swapped, cut off, spoiled.
 * The process lives, nobody waits longer than the silence allowed, every row is closed, and what goes out keeps to its dialect's grammar.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClientProtocol } from '../../shared/chat.ts'
import { type AnswerCase, answers } from '../support/answer-cases.ts'
import { type FakeUpstream, fakeUpstream, replay } from '../support/fake-upstream.ts'
import { checkStream, formatOf, readStream } from '../support/formats.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'
import { argumentsOf, meaningOf } from '../support/meaning.ts'
import { officialParsers } from '../support/official-parsers.ts'

const DIALECTS = ['openai-chat', 'anthropic-messages', 'gemini'] as const
const MODELS = { 'openai-chat': 'openai/gpt-4o-mini', 'anthropic-messages': 'anthropic/claude-sonnet-4-5', gemini: 'google/gemini-2.5-flash' } as const
/** Longer than any piece takes on a busy machine, shorter than a test may take. */
const SILENCE_MS = 500

let upstream: FakeUpstream
let running: TestGateway
let asked = 0
beforeAll(async () => {
  upstream = await fakeUpstream()
})
afterAll(() => upstream.close())

function ask(dialect: (typeof DIALECTS)[number], model: string): Promise<RawAnswer> {
  asked++
  const user = [{ role: 'user', content: 'x' }]
  const requests = {
    'openai-chat': { path: '/v1/chat/completions', body: { model, stream: true, stream_options: { include_usage: true }, messages: user } },
    'anthropic-messages': { path: '/v1/messages', body: { model, stream: true, max_tokens: 1000, messages: user } },
    gemini: { path: `/v1beta/models/${model}:streamGenerateContent?alt=sse`, body: { contents: [{ parts: [{ text: 'x' }] }] } },
  } as const
  const { path, body } = requests[dialect]
  const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
  return raw(running.address + path, { headers, body: JSON.stringify(body) })
}

const LINES = /\r\n/g
const framesOf = (body: Buffer): readonly string[] =>
  body
    .toString()
    .replace(LINES, '\n')
    .split('\n\n')
    .filter((frame) => frame.trim() !== '')
const bytesOf = (frames: readonly string[]): Buffer => Buffer.from(frames.map((frame) => `${frame}\n\n`).join(''))
/** A few places of a stream: its ends and some between. */
function places(length: number): readonly number[] {
  const most = 6
  return [...new Set(Array.from({ length: most }, (_, index) => Math.round((index * (length - 1)) / (most - 1))))]
}
const at = (body: Buffer, spoil: (frames: string[], place: number) => readonly string[]): readonly Buffer[] => {
  const frames = framesOf(body)
  return places(frames.length).map((place) => bytesOf(spoil([...frames], place)))
}

/** Whatever is made of these is right as long as it is said in the dialect's own grammar. */
const SPOILED: Readonly<Record<string, (body: Buffer) => readonly Buffer[]>> = {
  'frames dropped': (body) => at(body, (frames, place) => frames.toSpliced(place, 1)),
  'frames doubled': (body) => at(body, (frames, place) => frames.toSpliced(place, 0, frames[place] ?? '')),
  'frames swapped': (body) =>
    at(body, (frames, place) => frames.toSpliced(Math.max(0, place - 1), 2, frames[place] ?? '', frames[Math.max(0, place - 1)] ?? '')),
  'frames in reverse': (body) => [bytesOf(framesOf(body).toReversed())],
  'frames truncated': (body) => at(body, (frames, place) => frames.with(place, (frames[place] ?? '').slice(0, -3))),
  'bytes cut off': (body) => places(body.length).map((place) => body.subarray(0, place)),
  'bytes that are no UTF-8': (body) =>
    places(body.length).map((place) => {
      const spoiled = Buffer.from(body)
      spoiled[place] = 0xff
      return spoiled
    }),
  'an empty body': () => [Buffer.alloc(0)],
  'nothing but blank lines': () => [Buffer.from('\n\n\r\n\r\n\n')],
}

/** These are other spellings of the same answer. */
const RESPELLED: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  '`data:` without a space': (body) => Buffer.from(body.toString().replace(/^data: /gm, 'data:')),
  'lines that end in CR LF': (body) => Buffer.from(body.toString().replace(LINES, '\n').replaceAll('\n', '\r\n')),
  'a frame of 5 MB': (body) => Buffer.from(body.toString().replace(/^data: \{/m, `data: ${' '.repeat(5 * 1024 * 1024)}{`)),
  'comments between frames': (body) =>
    Buffer.from(
      framesOf(body)
        .map((frame) => `: waiting\n\n${frame}\n\n`)
        .join(''),
    ),
}

function expectWellSaid(answer: RawAnswer, dialect: ClientProtocol, isRelay: boolean): void {
  if (answer.status === 200) {
    if (!isRelay) checkStream(dialect, answer.text)
    return
  }
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.json<{ error?: { message?: string } }>().error?.message).not.toBe('')
}

async function expectClosed(count: number): Promise<void> {
  const rows = await running.rows(count)
  expect(rows.filter(({ outcome }) => outcome === 'open')).toEqual([])
  expect(rows.filter(({ outcome }) => outcome === 'internal').map(({ message }) => message)).toEqual([])
  expect(rows.length).toBe(count)
}

describe.each(DIALECTS.flatMap((protocol) => DIALECTS.map((dialect) => ({ protocol, dialect }))))(
  'a $dialect client on a $protocol provider',
  ({ protocol, dialect }) => {
    const streams: readonly AnswerCase[] = answers(protocol).filter(({ stream }) => stream)
    const isRelay = protocol === dialect
    const format = formatOf(protocol)
    if (format === undefined) throw new Error(`no format ${protocol}`)
    beforeAll(async () => {
      asked = 0
      const timeouts = { connectMs: 2000, firstEventMs: SILENCE_MS, silenceMs: SILENCE_MS, wholeMs: 60_000 }
      running = await startGateway({ upstream: upstream.url, settings: { timeouts, attempts: { most: 1 }, routing: { failuresInARow: 0 } } })
    })
    afterAll(() => running.close())

    it.each(Object.entries(SPOILED))('survives %s', async (_what, spoil) => {
      for (const { body, headers } of streams) {
        for (const spoiled of spoil(body)) {
          upstream.answer(replay(spoiled, { headers }))
          expectWellSaid(await ask(dialect, MODELS[protocol]), dialect, isRelay)
        }
      }
      await expectClosed(asked)
    })

    it.each(Object.entries(RESPELLED))('hears the same through %s', async (_what, respell) => {
      for (const { body, headers, expected } of streams) {
        const respelled = respell(body)
        upstream.answer(replay(respelled, { headers }))
        const answer = await ask(dialect, MODELS[protocol])
        expect(answer.status).toBe(200)
        if (isRelay) {
          expect(answer.text).toBe(respelled.toString())
          continue
        }
        checkStream(dialect, answer.text)
        const heard = await officialParsers[dialect]?.(answer.text, true)
        expect(heard).toMatchObject({ text: expected.text, calls: expected.calls })
      }
      await expectClosed(asked)
    })

    it('is told of every stream that stops before its end, in the arguments of a call above all', async () => {
      let inside = 0
      for (const { body, headers, what } of streams) {
        const frames = framesOf(body)
        for (const length of frames.keys()) {
          const stopped = bytesOf(frames.slice(0, length))
          const isOver = ends(stopped)
          upstream.answer(replay(stopped, { headers }))
          const answer = await ask(dialect, MODELS[protocol])
          const [row] = await running.rows(asked)
          if (isOver) continue
          expect(row?.outcome, `${what} after ${length} frames`).not.toBe('ok')
          if (answer.status !== 200) continue
          inside++
          expect(answer.text).toMatch(/"error"/)
          if (!isRelay) expect(() => checkStream(dialect, answer.text)).not.toThrow()
          // whoever reads on regardless finds no call that looks complete and is not
          if (!isRelay) for (const call of completeCalls(answer.text, dialect)) expect(callsOf(body)).toContainEqual(call)
        }
      }
      expect(inside).toBeGreaterThan(0)
      await expectClosed(asked)
    })

    it('waits no longer than the silence allowed for a stream that hangs', async () => {
      const { body, headers } = streams[0] as AnswerCase
      const frames = framesOf(body)
      for (const length of [0, Math.ceil(frames.length / 2)]) {
        upstream.answer((_seen, response) => void response.writeHead(200, headers).write(`${frames.slice(0, length).join('\n\n')}\n\n`))
        const answer = await ask(dialect, MODELS[protocol])
        expectWellSaid(answer, dialect, true)
        const [row] = await running.rows(asked)
        expect(row?.outcome).toBe('timeout')
      }
    })

    function ends(stopped: Buffer): boolean {
      try {
        return format !== undefined && meaningOf(readStream(format, stopped)).finish !== undefined
      } catch {
        // it was cut off, and the reader says so
        return false
      }
    }

    function callsOf(body: Buffer): readonly unknown[] {
      if (format === undefined) return []
      return meaningOf(readStream(format, body)).calls.map((call) => ({ name: call.name, arguments: argumentsOf(call) }))
    }
  },
)

/** The calls that a careless client would run: those of the frames before the error whose arguments are complete. */
function completeCalls(stream: string, dialect: ClientProtocol): readonly unknown[] {
  const format = formatOf(dialect)
  if (format === undefined) return []
  const reader = format.reader()
  const events = framesOf(Buffer.from(stream)).flatMap((frame) => {
    const data = /^data: (.*)$/m.exec(frame)?.[1]
    const event = /^event: (.*)$/m.exec(frame)?.[1] ?? ''
    return data === undefined ? [] : reader.read({ event, data })
  })
  const ended = new Set(events.flatMap((event) => (event.type === 'tool-call-end' ? [event.index] : [])))
  return meaningOf(events)
    .calls.filter((_call, index) => ended.has(index))
    .map((call) => ({ name: call.name, arguments: argumentsOf(call) }))
}
