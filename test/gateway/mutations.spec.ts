/**
 * Streams as no provider should send them, of every format, through the real gateway to clients of each dialect: frames dropped, doubled, swapped, cut
 * off, spoiled. The process lives, nobody waits longer than the silence allowed, every row is closed, and what goes out keeps to its dialect's grammar.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientCodec } from '../../electron/engine/protocols/codecs.ts'
import { SseSplitter } from '../../electron/engine/protocols/sse.ts'
import type { ChatDialect, ChatEvent } from '../../shared/chat.ts'
import { askStreamed, DIALECTS } from '../support/client-requests.ts'
import { type FakeUpstream, fakeUpstream, replay } from '../support/fake-upstream.ts'
import { checkStream, formatOf, readStream } from '../support/formats.ts'
import { placesAt, startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import type { RawAnswer } from '../support/http.ts'
import { argumentsOf, meaningOf } from '../support/meaning.ts'
import { officialParsers } from '../support/official-parsers.ts'
import { type Framing, framesOf, padded, streamsOf, UPSTREAMS, type Upstream } from '../support/upstream-streams.ts'

/** Longer than any piece takes on a busy machine, 5 MB in one frame too. */
const PATIENCE_MS = 20_000
/** For providers that say nothing on purpose. */
const SILENCE_MS = 300
/** Doors through which no call can pass. */
const WITHOUT_CALLS: ReadonlySet<ChatDialect> = new Set(['openai-completions', 'ollama-generate'])
/** These hear recorded streams too; the others the project's own. */
const HEAR_ALL: ReadonlySet<ChatDialect> = new Set(['openai-chat', 'anthropic-messages', 'gemini'])

const NO_KEYS = { OPENAI_API_KEY: '', ANTHROPIC_API_KEY: '', GEMINI_API_KEY: '', COHERE_API_KEY: '' }
const KEYS: Readonly<Record<string, Record<string, string>>> = {
  openai: { OPENAI_API_KEY: TEST_KEYS.openai },
  anthropic: { ANTHROPIC_API_KEY: TEST_KEYS.anthropic },
  google: { GEMINI_API_KEY: TEST_KEYS.google },
  cohere: { COHERE_API_KEY: TEST_KEYS.cohere },
  openrouter: { OPENROUTER_API_KEY: 'made-up-openrouter-key-1234567890' },
  bedrock: { BEDROCK_CREDENTIALS: 'ABSKmadeup@us-west-2' },
  'bedrock-anthropic': { BEDROCK_ANTHROPIC_CREDENTIALS: 'ABSKmadeup@us-west-2' },
}

let upstream: FakeUpstream
beforeAll(async () => {
  upstream = await fakeUpstream()
})
afterAll(() => upstream.close())

/** A few places of a stream: its ends and some between. */
function places(length: number, most = 5): readonly number[] {
  return [...new Set(Array.from({ length: most }, (_, index) => Math.round((index * (length - 1)) / (most - 1))))]
}

type Spoil = (frames: readonly Buffer[], body: Buffer) => readonly Buffer[]
const at =
  (spoil: (frames: readonly Buffer[], place: number) => readonly Buffer[]): Spoil =>
  (frames) =>
    places(frames.length).map((place) => Buffer.concat(spoil(frames, place)))
const frameAt = (frames: readonly Buffer[], place: number): Buffer => frames[Math.max(0, place)] ?? Buffer.alloc(0)

/** Whatever is made of these is right as long as it is said in the dialect's own grammar. */
const SPOILED: Readonly<Record<string, Spoil>> = {
  'frames dropped': at((frames, place) => frames.toSpliced(place, 1)),
  'frames doubled': at((frames, place) => frames.toSpliced(place, 0, frameAt(frames, place))),
  'frames swapped': at((frames, place) => frames.toSpliced(Math.max(0, place - 1), 2, frameAt(frames, place), frameAt(frames, place - 1))),
  'frames in reverse': (frames) => [Buffer.concat(frames.toReversed())],
  'frames truncated': at((frames, place) => frames.with(place, frameAt(frames, place).subarray(0, -5))),
  'bytes cut off': (_frames, body) => places(body.length).map((place) => body.subarray(0, place)),
  'bytes that are no UTF-8': (_frames, body) =>
    places(body.length).map((place) => {
      const spoiled = Buffer.from(body)
      spoiled[place] = 0xff
      return spoiled
    }),
  'an empty body': () => [Buffer.alloc(0)],
  'nothing but blank lines': () => [Buffer.from('\n\n\r\n\r\n\n')],
}

const HUGE = 'a frame of 5 MB'

/** These are other spellings of the same answer. */
const RESPELLED: Readonly<Record<string, { readonly of: readonly Framing[]; readonly respell: (frames: readonly Buffer[], framing: Framing) => Buffer }>> = {
  '`data:` without a space': {
    of: ['sse'],
    respell: (frames) =>
      Buffer.from(
        Buffer.concat(frames)
          .toString()
          .replace(/^data: /gm, 'data:'),
      ),
  },
  'lines that end in CR LF': { of: ['sse', 'ndjson'], respell: (frames) => Buffer.from(Buffer.concat(frames).toString().replaceAll('\n', '\r\n')) },
  'comments between frames': { of: ['sse'], respell: (frames) => Buffer.concat(frames.flatMap((frame) => [Buffer.from(': waiting\n\n'), frame])) },
  [HUGE]: {
    of: ['sse', 'ndjson', 'binary'],
    respell: ([first, ...others], framing) => Buffer.concat([padded(framing, first ?? Buffer.alloc(0), 5 * 1024 * 1024), ...others]),
  },
}

const PAIRS = (Object.keys(UPSTREAMS) as Upstream[]).flatMap((api) => DIALECTS.map((dialect) => ({ api, dialect })))

describe.each(PAIRS)('a $dialect client on a $api provider', ({ api, dialect }) => {
  const { model, framing, client } = UPSTREAMS[api]
  const all = streamsOf(api)
  const streams = HEAR_ALL.has(dialect) ? all : all.slice(0, 1)
  const isRelay = client === dialect
  const format = formatOf(api)
  if (format === undefined) throw new Error(`no format ${api}`)
  let running: TestGateway
  let asked = 0
  const ask = (): Promise<RawAnswer> => {
    asked++
    return askStreamed(running.address, dialect, model)
  }
  const start = (silenceMs: number): Promise<TestGateway> => {
    // models that think first are given no more here
    const thinking = { reasoningFirstEventMs: silenceMs, reasoningSilenceMs: silenceMs }
    const timeouts = { connectMs: 2000, firstEventMs: silenceMs, silenceMs, wholeMs: 60_000, ...thinking }
    const { url } = upstream
    return startGateway({
      settings: {
        baseUrls: { ...placesAt(url), ollama: url, bedrock: url, 'bedrock-anthropic': url },
        timeouts,
        attempts: { most: 1, waitMs: 0 },
        // here the same places fail again and again on purpose
        routing: { failuresInARow: 0 },
      },
      // a key of this one host alone: others that serve the same model would answer in its place
      environment: { ...NO_KEYS, ...KEYS[model.slice(0, model.indexOf('/'))] },
    })
  }
  beforeAll(async () => {
    running = await start(PATIENCE_MS)
  })
  afterAll(() => running.close())

  async function expectClosed(): Promise<void> {
    const rows = await running.rows(asked)
    expect(rows.filter(({ outcome }) => outcome === 'open')).toEqual([])
    expect(rows.filter(({ outcome }) => outcome === 'internal').map(({ message }) => message)).toEqual([])
    expect(rows.length).toBe(asked)
  }

  it.each(Object.entries(SPOILED))('survives %s', async (_what, spoil) => {
    for (const { body, headers } of streams) {
      for (const spoiled of spoil(framesOf(framing, body), body)) {
        upstream.answer(replay(spoiled, { headers }))
        expectWellSaid(await ask(), dialect, isRelay)
      }
    }
    await expectClosed()
  })

  // what 5 MB cost is spent before anyone knows for whom, so one translation and the relay are enough
  const spellings = Object.entries(RESPELLED).filter(([what, { of }]) => of.includes(framing) && (what !== HUGE || isRelay || dialect === 'openai-chat'))
  it.each(spellings)('hears the same through %s', async (_what, { respell }) => {
    for (const { body, headers, expected } of streams) {
      const respelled = respell(framesOf(framing, body), framing)
      upstream.answer(replay(respelled, { headers }))
      const answer = await ask()
      expect(answer.status, answer.text.slice(0, 300)).toBe(200)
      if (isRelay && framing !== 'binary') {
        expect(answer.text === respelled.toString()).toBe(true)
        continue
      }
      checkStream(dialect, answer.text)
      const heard = await officialParsers[dialect](answer.text, true)
      expect(heard).toMatchObject({ text: expected.text, calls: WITHOUT_CALLS.has(dialect) ? [] : expected.calls })
    }
    await expectClosed()
  })

  it('is told of every stream that stops before its end, in the arguments of a call above all', async () => {
    let inside = 0
    for (const { body, headers, what } of streams) {
      const frames = framesOf(framing, body)
      for (const length of places(frames.length, 40)) {
        const stopped = Buffer.concat(frames.slice(0, length))
        upstream.answer(replay(stopped, { headers }))
        const answer = await ask()
        const [row] = await running.rows(asked)
        if (ends(stopped)) continue
        expect(row?.outcome, `${what} after ${length} frames`).not.toBe('ok')
        if (answer.status !== 200) continue
        inside++
        expect(answer.text).toMatch(/"error"/)
        if (isRelay) continue
        expect(checkStream(dialect, answer.text)).toBe('failed')
        // whoever reads on regardless finds no call that looks complete and is not
        for (const call of completeCalls(answer.text, dialect)) expect(callsOf(body)).toContainEqual(call)
      }
    }
    expect(inside).toBeGreaterThan(0)
    await expectClosed()
  })

  // whom it waits for is the same for all, so one client of each provider is enough
  it.runIf(dialect === 'openai-chat')('waits no longer than the silence allowed for a stream that hangs', async () => {
    const { body, headers } = all[0] ?? { body: Buffer.alloc(0), headers: {} }
    const frames = framesOf(framing, body)
    const impatient = await start(SILENCE_MS)
    try {
      for (const length of [0, Math.ceil(frames.length / 2)]) {
        upstream.answer((seen, response) => {
          // a server on this machine is asked for its models now and then
          if (seen.method !== 'POST') return void response.writeHead(404).end()
          response.writeHead(200, headers).write(Buffer.concat([...frames.slice(0, length), Buffer.from(framing === 'binary' ? '' : '\n')]))
        })
        expectWellSaid(await askStreamed(impatient.address, dialect, model), dialect, true)
        // the first row of all is closed once the price list has been loaded
        await expect.poll(async () => (await impatient.rows(1))[0]?.outcome).toBe('timeout')
      }
    } finally {
      await impatient.close()
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
})

function expectWellSaid(answer: RawAnswer, dialect: ChatDialect, isRelay: boolean): void {
  if (answer.status === 200) {
    if (!isRelay) checkStream(dialect, answer.text)
    return
  }
  expect(answer.status).toBeGreaterThanOrEqual(400)
  // each dialect says it in a place of its own
  const { error, message } = answer.json<{ error?: string | { message?: string }; message?: string }>()
  expect(typeof error === 'object' ? error.message : (error ?? message)).toMatch(/\w/)
}

/** The calls that a careless client would run: those before the error whose arguments are complete. */
function completeCalls(stream: string, dialect: ChatDialect): readonly unknown[] {
  const format = formatOf(dialect)
  if (format === undefined) return []
  const splitter = format.splitter?.() ?? new SseSplitter()
  const reader = format.reader()
  const events: ChatEvent[] = []
  for (const { event } of splitter.push(Buffer.from(stream))) if (event !== undefined) events.push(...reader.read(event))
  const ended = new Set(events.flatMap((event) => (event.type === 'tool-call-end' ? [event.index] : [])))
  return meaningOf(events)
    .calls.filter((_call, index) => ended.has(index))
    .map((call) => ({ name: call.name, arguments: argumentsOf(call) }))
}

it('keeps a door for every dialect', () => {
  for (const dialect of DIALECTS) expect(clientCodec(dialect).id).toBe(dialect)
})
