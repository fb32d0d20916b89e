/**
 * Server-sent events cut out of a byte stream, with the bytes kept beside their meaning: a relay passes the bytes on as they came, everyone else
 * reads the event. Splits on bytes (CR, LF and CRLF line ends), so a cut inside a character or between CR and LF does no harm.
 * Format: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
import { Failure } from '../../../shared/failure.ts'
import { asBuffer } from '../as-buffer.ts'
import type { SseEvent } from './protocol.ts'

/** A single event larger than this is no chat answer any more; 16 MiB leaves room for an inlined image. */
export const EVENT_LIMIT_BYTES = 16 * 1024 * 1024

export interface SseFrame {
  /** From the first byte after the previous frame up to and including the blank line. */
  readonly wire: Uint8Array
  /** undefined for a frame without data: comments, keep-alives, lone `event:` lines. */
  readonly event: SseEvent | undefined
}

/** Longer pieces hold several events nearly always. */
const SHORT_BYTES = 1024

const LF = 10
const CR = 13
const SPACE = 32
const COLON = 58
const NOTHING = Buffer.alloc(0)

export class SseSplitter {
  /** The bytes of the frame that is not complete yet. */
  #rest: Buffer = NOTHING
  /** Our own memory behind `#rest`, when it has some; bytes after `#rest` in it are free. Frames handed out lie before and are never written to. */
  #memory: Buffer = NOTHING
  /** Where in `#rest` to go on looking for its end. */
  #scanned = 0
  /** The stream may open with a byte order mark, which belongs to no event. */
  #isAtStart: boolean = true

  /** Complete frames of everything pushed so far. @throws Failure 'upstream-unreadable' when one event exceeds the limit. */
  push(chunk: Uint8Array): SseFrame[] {
    const isFresh = this.#rest.length === 0
    const bytes = isFresh ? asBuffer(chunk) : this.#append(chunk)
    const only = isFresh ? onlyFrame(bytes) : undefined
    if (only !== undefined) {
      this.#isAtStart = false
      return [only]
    }
    // CR inside JSON is escaped, so most streams hold none and the quick search for two line feeds is enough.
    const hasCr = bytes.indexOf(CR, Math.max(0, this.#scanned - 1)) >= 0
    const frames: SseFrame[] = []
    let start = 0
    let from = this.#scanned
    for (;;) {
      const end = hasCr ? frameEnd(bytes, from) : lineFeedFrameEnd(bytes, from)
      if (end < 0) break
      frames.push(this.#frame(bytes, start, end))
      start = end
      from = end
    }
    this.#keep(bytes, start)
    if (this.#rest.length > EVENT_LIMIT_BYTES) throw new Failure('upstream-unreadable', 'The provider sent a single streamed event of more than 16 MiB.')
    return frames
  }

  /** What is left when the stream ends: a last event without its blank line counts (lenient, as official clients are). */
  end(): SseFrame | undefined {
    const rest = this.#rest
    this.#keep(NOTHING, 0)
    return rest.length === 0 ? undefined : this.#frame(rest, 0, rest.length)
  }

  #frame(bytes: Buffer, start: number, end: number): SseFrame {
    const hasMark = this.#isAtStart && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf
    this.#isAtStart = false
    return { wire: bytes.subarray(start, end), event: parseFrame(bytes, hasMark ? start + 3 : start, end) }
  }

  #keep(bytes: Buffer, start: number): void {
    this.#rest = start === bytes.length ? NOTHING : bytes.subarray(start)
    // A blank line may straddle the cut by at most three bytes (CR LF CR | LF).
    this.#scanned = Math.max(0, this.#rest.length - 3)
    if (this.#rest.length === 0) this.#memory = NOTHING
  }

  /** `#rest` and the chunk in one piece. Memory grows by doubling, so an event that comes in many pieces is not copied once for each. */
  #append(chunk: Uint8Array): Buffer {
    const length = this.#rest.length + chunk.length
    let offset = this.#rest.byteOffset - this.#memory.byteOffset
    if (this.#rest.buffer !== this.#memory.buffer || offset < 0 || offset + length > this.#memory.length) {
      this.#memory = Buffer.allocUnsafeSlow(Math.max(1024, length * 2))
      this.#memory.set(this.#rest)
      offset = 0
    }
    this.#memory.set(chunk, offset + this.#rest.length)
    return this.#memory.subarray(offset, offset + length)
  }
}

/** Index after the first LF LF, or -1. */
function lineFeedFrameEnd(bytes: Buffer, from: number): number {
  let lineEnd = bytes.indexOf(LF, from)
  while (lineEnd >= 0 && lineEnd + 1 < bytes.length) {
    if (bytes[lineEnd + 1] === LF) return lineEnd + 2
    lineEnd = bytes.indexOf(LF, lineEnd + 1)
  }
  return -1
}

/** Index after the blank line that ends the frame, or -1; with any mix of line ends. */
function frameEnd(bytes: Buffer, from: number): number {
  let lf = bytes.indexOf(LF, from)
  let cr = bytes.indexOf(CR, from)
  while (lf >= 0 || cr >= 0) {
    // a line ends here; is the next line empty?
    const lineEnd = cr >= 0 && (lf < 0 || cr < lf) ? cr : lf
    const next = lineEnd === cr && bytes[cr + 1] === LF ? cr + 2 : lineEnd + 1
    if (next >= bytes.length) return -1
    if (bytes[next] === LF) return next + 1
    // A lone CR may be half of a CR LF. Waiting for its LF would hold the event back, so it ends the frame, and the LF, should it
    // come, opens the next one as an empty line without meaning.
    if (bytes[next] === CR) return bytes[next + 1] === LF ? next + 2 : next + 1
    if (lf >= 0 && lf < next) lf = bytes.indexOf(LF, next)
    if (cr >= 0 && cr < next) cr = bytes.indexOf(CR, next)
  }
  return -1
}

function parseFrame(bytes: Buffer, start: number, end: number): SseEvent | undefined {
  // nearly every frame of a chat stream is one `data:` line and a blank one
  if (isDataLine(bytes, start)) {
    let valueEnd = end
    while (bytes[valueEnd - 1] === LF || bytes[valueEnd - 1] === CR) valueEnd--
    const data = bytes.toString('utf8', bytes[start + 5] === SPACE ? start + 6 : start + 5, valueEnd)
    if (!data.includes('\n') && !data.includes('\r')) return { event: '', data }
  }
  const text = bytes.toString('utf8', start, end)
  return namedEvent(text) ?? parseLines(text)
}

/** A line with the event's name, one with its data and a blank one, as the formats have them that name their events. */
function namedEvent(text: string): SseEvent | undefined {
  const nameEnd = text.indexOf('\n')
  const dataEnd = text.length - 2
  if (!text.startsWith('event:') || !text.startsWith('data:', nameEnd + 1) || text.indexOf('\n', nameEnd + 1) !== dataEnd || text.includes('\r'))
    return undefined
  const from = nameEnd + 6
  return {
    event: text.slice(text.charCodeAt(6) === SPACE ? 7 : 6, nameEnd),
    data: text.slice(text.charCodeAt(from) === SPACE ? from + 1 : from, dataEnd),
  }
}

/** What most pieces of a stream are, one `data:` line and a blank one, without a search for where it ends. */
function onlyFrame(bytes: Buffer): SseFrame | undefined {
  const { length } = bytes
  if (length < 7 || length > SHORT_BYTES || bytes[length - 1] !== LF || bytes[length - 2] !== LF || !isDataLine(bytes, 0)) return undefined
  const data = bytes.toString('utf8', bytes[5] === SPACE ? 6 : 5, length - 2)
  return data.includes('\n') || data.includes('\r') ? undefined : { wire: bytes, event: { event: '', data } }
}

function isDataLine(bytes: Buffer, start: number): boolean {
  return bytes[start] === 100 && bytes[start + 1] === 97 && bytes[start + 2] === 116 && bytes[start + 3] === 97 && bytes[start + 4] === COLON
}

function parseLines(text: string): SseEvent | undefined {
  let event = ''
  let data: string | undefined
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line.startsWith('data:')) {
      const value = line.charCodeAt(5) === SPACE ? line.slice(6) : line.slice(5)
      data = data === undefined ? value : `${data}\n${value}`
    } else if (line === 'data') {
      data = data === undefined ? '' : `${data}\n`
    } else if (line.startsWith('event:')) {
      event = line.charCodeAt(6) === SPACE ? line.slice(7) : line.slice(6)
    }
  }
  return data === undefined ? undefined : { event, data }
}

/** One event as text for the wire. Data is JSON and so never holds a line break. */
export function sse(data: string, event = ''): string {
  return event === '' ? `data: ${data}\n\n` : `event: ${event}\ndata: ${data}\n\n`
}
