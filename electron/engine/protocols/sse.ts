/**
 * Server-sent events cut out of a byte stream, with the bytes kept beside their meaning: a relay passes the bytes on as they came, everyone else
 * reads the event. Splits on bytes (CR, LF and CRLF line ends), so a cut inside a character or between CR and LF does no harm.
 * Format: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
import { Failure } from '../../../shared/failure.ts'
import type { SseEvent } from './protocol.ts'

/** A single event larger than this is no chat answer any more; 16 MiB leaves room for an inlined image. */
export const EVENT_LIMIT_BYTES = 16 * 1024 * 1024

export interface SseFrame {
  /** From the first byte after the previous frame up to and including the blank line. */
  readonly wire: Uint8Array
  /** undefined for a frame without data: comments, keep-alives, lone `event:` lines. */
  readonly event: SseEvent | undefined
}

const LF = 10
const CR = 13
const NOTHING: Uint8Array = new Uint8Array(0)

export class SseSplitter {
  #rest: Uint8Array = NOTHING
  /** Where to go on looking for line ends in `#rest`. */
  #scanned = 0

  /** Complete frames of everything pushed so far. @throws Failure 'upstream-unreadable' when one event exceeds the limit. */
  push(chunk: Uint8Array): SseFrame[] {
    const buffer = this.#rest.length === 0 ? chunk : concat(this.#rest, chunk)
    const frames: SseFrame[] = []
    let frameStart = 0
    let position = this.#scanned
    // `position` always stands at the start of a line, or inside a line that was incomplete at the last push.
    for (;;) {
      const end = frameEnd(buffer, position)
      if (end < 0) break
      frames.push({ wire: buffer.subarray(frameStart, end), event: parseFrame(buffer, frameStart, end) })
      frameStart = end
      position = end
    }
    this.#rest = frameStart === buffer.length ? NOTHING : buffer.subarray(frameStart)
    // A blank line may straddle the cut by at most three bytes (CR LF CR | LF).
    this.#scanned = Math.max(0, this.#rest.length - 3)
    if (this.#rest.length > EVENT_LIMIT_BYTES) throw new Failure('upstream-unreadable', 'The provider sent a single streamed event of more than 16 MiB.')
    return frames
  }

  /** What is left when the stream ends: a last event without its blank line counts (lenient, as official clients are). */
  end(): SseFrame | undefined {
    const rest = this.#rest
    this.#rest = NOTHING
    this.#scanned = 0
    if (rest.length === 0) return undefined
    return { wire: rest, event: parseFrame(rest, 0, rest.length) }
  }
}

/** Index after the blank line that ends the frame, or -1. */
function frameEnd(buffer: Uint8Array, from: number): number {
  for (let index = from; index < buffer.length; index++) {
    const byte = buffer[index]
    if (byte !== LF && byte !== CR) continue
    // a line ends here; is the next line empty?
    let next = index + 1
    if (byte === CR) {
      if (next >= buffer.length) return -1
      if (buffer[next] === LF) next++
    }
    if (next >= buffer.length) return -1
    if (buffer[next] === LF) return next + 1
    if (buffer[next] === CR) {
      // CR LF CR must wait for its LF, or the LF would open the next frame
      if (next + 1 >= buffer.length) return byte === CR && buffer[index + 1] === LF ? -1 : next + 1
      return buffer[next + 1] === LF ? next + 2 : next + 1
    }
  }
  return -1
}

const decoder = new TextDecoder('utf-8')

function parseFrame(buffer: Uint8Array, start: number, end: number): SseEvent | undefined {
  const text = decoder.decode(buffer.subarray(start, end))
  let event = ''
  let data: string | undefined
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line.startsWith('data:')) {
      const value = line.charCodeAt(5) === 32 ? line.slice(6) : line.slice(5)
      data = data === undefined ? value : `${data}\n${value}`
    } else if (line === 'data') {
      data = data === undefined ? '' : `${data}\n`
    } else if (line.startsWith('event:')) {
      event = line.charCodeAt(6) === 32 ? line.slice(7) : line.slice(6)
    }
  }
  return data === undefined ? undefined : { event, data }
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length)
  joined.set(first)
  joined.set(second, first.length)
  return joined
}

/** One event as text for the wire. Data is JSON and so never holds a line break. */
export function sse(data: string, event = ''): string {
  return event === '' ? `data: ${data}\n\n` : `event: ${event}\ndata: ${data}\n\n`
}
