import { describe, expect, it } from 'vitest'
import { EventStreamSplitter, MESSAGE_LIMIT_BYTES } from '../../../../../electron/engine/protocols/event-stream.ts'
import type { SseEvent } from '../../../../../electron/engine/protocols/protocol.ts'
import { converseMessage, eventMessage, exceptionMessage, framed, textHeader } from '../../../../support/event-stream.ts'
import { CUTS, cut } from '../../../../support/recordings.ts'

function read(pieces: Iterable<Uint8Array>): readonly (SseEvent | undefined)[] {
  const splitter = new EventStreamSplitter()
  const events = [...pieces].flatMap((piece) => splitter.push(piece).map(({ event }) => event))
  splitter.end()
  return events
}

/** A dice that falls the same way every time (mulberry32). */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const TEXTS = ['', 'a', 'Grüße, 世界 👋', 'x'.repeat(5000), '{"contentBlockIndex":0}', '\u0000\u0001\n']

function someMessages(roll: () => number): { bytes: Buffer; events: SseEvent[] } {
  const events = Array.from({ length: 1 + Math.floor(roll() * 6) }, (_, index) => ({
    event: `kind-${index}`,
    data: JSON.stringify({ text: TEXTS[Math.floor(roll() * TEXTS.length)] }),
  }))
  return { events, bytes: Buffer.concat(events.map(({ event, data }) => eventMessage({ ':event-type': event, ':message-type': 'event' }, data))) }
}

describe('AWS event streams', () => {
  it('read alike wherever their bytes are cut', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const roll = dice(seed)
      const { bytes, events } = someMessages(roll)
      for (const size of CUTS) expect(read(cut(bytes, size)), `seed ${seed}, cut at ${size}`).toEqual(events)
      const pieces: Uint8Array[] = []
      for (let at = 0; at < bytes.length; ) {
        const size = 1 + Math.floor(roll() * 300)
        pieces.push(bytes.subarray(at, at + size))
        at += size
      }
      expect(read(pieces), `seed ${seed}, random cuts`).toEqual(events)
    }
  })

  it('are refused when any single byte is damaged', () => {
    const bytes = Buffer.concat([converseMessage('messageStart', { role: 'assistant' }), converseMessage('messageStop', { stopReason: 'end_turn' })])
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] ?? 0) ^ 0x40
      expect(() => read([damaged]), `byte ${at}`).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
    }
  })

  it('hand out the whole messages that came before a damaged one, in the same piece too', () => {
    const damaged = Buffer.concat([converseMessage('messageStart', {}), Buffer.alloc(64)])
    const splitter = new EventStreamSplitter()
    expect(splitter.push(damaged)).toHaveLength(1)
    expect(() => splitter.push(Buffer.alloc(1))).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
    expect(() => splitter.end()).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
  })

  it('that end inside a message are broken', () => {
    const bytes = converseMessage('messageStop', { stopReason: 'end_turn' })
    for (let length = 1; length < bytes.length; length++) {
      expect(() => read([bytes.subarray(0, length)])).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
    }
    expect(read([])).toEqual([])
  })

  it('are refused at once when a message says it is larger than any chat answer', () => {
    const head = eventMessage({}, Buffer.alloc(MESSAGE_LIMIT_BYTES)).subarray(0, 12)
    expect(() => new EventStreamSplitter().push(head)).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
  })

  it('lay the frames of one piece side by side, so that a relay can pass them on in one', () => {
    const [first, second] = [converseMessage('messageStart', {}), converseMessage('messageStop', {})]
    const frames = new EventStreamSplitter().push(Buffer.concat([first, second, first.subarray(0, 5)]))
    expect(frames.map(({ wire }) => wire)).toEqual([first, second])
    const [one, two] = frames
    expect(one?.wire.buffer).toBe(two?.wire.buffer)
    expect((one?.wire.byteOffset ?? 0) + first.length).toBe(two?.wire.byteOffset)
  })

  it('tell of exceptions and nameless errors by name', () => {
    expect(read([exceptionMessage('throttlingException', 'Too many requests')])).toEqual([
      { event: 'exception:throttlingException', data: '{"message":"Too many requests"}' },
    ])
    const nameless = eventMessage({ ':message-type': 'error', ':error-code': 'InternalFailure', ':error-message': 'It broke.' }, '')
    expect(read([nameless])).toEqual([{ event: 'exception:InternalFailure', data: '{"message":"It broke."}' }])
  })

  it('skip headers that are no text', () => {
    const flag = Buffer.from([4, ...Buffer.from('flag'), 0])
    const long = Buffer.from([4, ...Buffer.from('long'), 5, 0, 0, 0, 0, 0, 0, 0, 9])
    const data = Buffer.from([4, ...Buffer.from('data'), 6, 0, 2, 1, 2])
    const message = framed(Buffer.concat([flag, long, data, textHeader(':event-type', 'late')]), Buffer.from('{}'))
    expect(read([message])).toEqual([{ event: 'late', data: '{}' }])
  })

  it.each([
    ['of an unknown type', Buffer.from([1, 97, 99])],
    ['that are cut short', textHeader(':event-type', 'late').subarray(0, -2)],
    ['that break off in their name', Buffer.from([200, 97])],
  ])('are refused for headers %s, though the checksums fit', (_what, head) => {
    expect(() => read([framed(head, Buffer.from('{}'))])).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
  })
})
