import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SseEvent } from '../../../../../electron/engine/protocols/protocol.ts'
import { EVENT_LIMIT_BYTES, type SseFrame, SseSplitter, sse } from '../../../../../electron/engine/protocols/sse.ts'
import { Failure } from '../../../../../shared/failure.ts'

function split(pieces: readonly Uint8Array[]): SseFrame[] {
  const splitter = new SseSplitter()
  const frames = pieces.flatMap((piece) => splitter.push(piece))
  const last = splitter.end()
  return last === undefined ? frames : [...frames, last]
}

function eventsOf(frames: readonly SseFrame[]): SseEvent[] {
  return frames.flatMap((frame) => (frame.event === undefined ? [] : [frame.event]))
}

function events(...texts: readonly string[]): SseEvent[] {
  return eventsOf(split(texts.map((text) => Buffer.from(text))))
}

const lineEnd = fc.constantFrom('\n', '\r\n', '\r')
/** Text of several byte lengths per character, without line ends. */
const value = fc.string({ unit: fc.constantFrom('a', ' ', ':', '"', '{', 'é', '語', '🚂', '\u2028'), maxLength: 12 })

interface Line {
  readonly field: string
  readonly value: string
}
const line: fc.Arbitrary<Line> = fc.record({ field: fc.constantFrom('data', 'data', 'data', 'event', 'id', ''), value })
const block = fc.record({ lines: fc.array(line, { minLength: 1, maxLength: 4 }), end: lineEnd, blank: lineEnd })

/** What the standard says the lines of one block mean. */
function meaning(lines: readonly Line[]): SseEvent | undefined {
  const data = lines.filter(({ field }) => field === 'data').map((entry) => entry.value)
  const event = lines.findLast(({ field }) => field === 'event')?.value ?? ''
  return data.length === 0 ? undefined : { event, data: data.join('\n') }
}

describe('SseSplitter', () => {
  test('reads any mix of line ends the same way wherever the bytes are cut, and loses none of them', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), fc.array(fc.nat(400), { maxLength: 12 }), (blocks, cuts) => {
        // CR before LF is one line end, not two, so a line that ends with CR is followed by a blank line that is not LF
        const fixed = blocks.map((entry) => (entry.end === '\r' && entry.blank === '\n' ? { ...entry, blank: '\r' } : entry))
        const text = fixed.map(({ lines, end, blank }) => lines.map((entry) => `${entry.field}: ${entry.value}${end}`).join('') + blank).join('')
        const bytes = Buffer.from(text)
        const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]
        const pieces = places.slice(1).map((place, index) => bytes.subarray(places[index], place))
        const frames = split(pieces)
        expect(eventsOf(frames)).toEqual(fixed.flatMap(({ lines }) => meaning(lines) ?? []))
        expect(Buffer.concat(frames.map((frame) => frame.wire)).equals(bytes)).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })

  test('gives the same frames byte by byte as in one piece', () => {
    const bytes = Buffer.from(': hello\n\ndata: {"a":"🚂"}\n\nevent: error\r\ndata: x\r\n\r\ndata: y\r\rdata:z\n\n')
    const whole = split([bytes])
    const single = split([...bytes].map((byte) => Uint8Array.of(byte)))
    expect(eventsOf(whole)).toEqual([
      { event: '', data: '{"a":"🚂"}' },
      { event: 'error', data: 'x' },
      { event: '', data: 'y' },
      { event: '', data: 'z' },
    ])
    expect(eventsOf(single)).toEqual(eventsOf(whole))
  })

  test('hands an event out as soon as its blank line is there', () => {
    const splitter = new SseSplitter()
    expect(splitter.push(Buffer.from('data: 1\n'))).toHaveLength(0)
    expect(splitter.push(Buffer.from('\n'))).toHaveLength(1)
    expect(splitter.push(Buffer.from('data: 2\r\n\r'))).toHaveLength(1)
    expect(splitter.push(Buffer.from('\ndata: 3\n\ndata'))).toHaveLength(1)
  })

  test.each([
    ['a value without a space after the colon', 'data:x\n\n', [{ event: '', data: 'x' }]],
    ['only one space less', 'data:  x\n\n', [{ event: '', data: ' x' }]],
    ['an empty value', 'data:\n\n', [{ event: '', data: '' }]],
    ['a field without a colon', 'data\n\n', [{ event: '', data: '' }]],
    ['several data lines as one text', 'data: a\ndata: b\n\n', [{ event: '', data: 'a\nb' }]],
    ['nothing in comments', ': OPENROUTER PROCESSING\n\n', []],
    ['nothing in an event line alone', 'event: ping\n\n', []],
    ['a last event without its blank line', 'data: x', [{ event: '', data: 'x' }]],
    ['past a byte order mark', '\uFEFFdata: x\n\n', [{ event: '', data: 'x' }]],
    ['past blank lines', '\n\n\ndata: x\n\n', [{ event: '', data: 'x' }]],
    ['a comment right before data', ': keep\ndata: x\n\n', [{ event: '', data: 'x' }]],
    ['fields that only begin like data as others', 'database: x\n\n', []],
  ])('reads %s', (_, text, expected) => {
    expect(events(text)).toEqual(expected)
  })

  test('keeps frames intact that were handed out before', () => {
    const splitter = new SseSplitter()
    const frames: SseFrame[] = []
    const expected: string[] = []
    for (let index = 0; index < 300; index++) {
      const text = `data: ${'x'.repeat(index % 37)}${index}\n\n`
      expected.push(text)
      const bytes = Buffer.from(text)
      frames.push(...splitter.push(bytes.subarray(0, 4)), ...splitter.push(bytes.subarray(4)))
    }
    expect(frames.map((frame) => Buffer.from(frame.wire).toString())).toEqual(expected)
  })

  test('refuses a single event that grows without end', () => {
    const splitter = new SseSplitter()
    const piece = Buffer.alloc(1024 * 1024, 120)
    expect(() => {
      for (let pushed = 0; pushed <= EVENT_LIMIT_BYTES; pushed += piece.length) splitter.push(piece)
    }).toThrow(Failure)
  })

  test('reads back what it writes', () => {
    expect(events(sse('{"a":1}'), sse('{"b":2}', 'error'))).toEqual([
      { event: '', data: '{"a":1}' },
      { event: 'error', data: '{"b":2}' },
    ])
  })
})
