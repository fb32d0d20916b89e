/**
 * AWS's binary event stream, cut out of a byte stream and checked. A message is a prelude (total length, length of the headers, CRC-32 of these
 * eight bytes), headers, payload, and the CRC-32 of everything before it; all numbers big-endian.
 * Format: https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html#streaming-event-stream
 */
import { crc32 } from 'node:zlib'
import type { JsonValue } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import type { FrameSplitter, SseEvent, StreamFrame } from './protocol.ts'

/** AWS's own limit is 24 MiB; no piece of a chat answer comes near. */
export const MESSAGE_LIMIT_BYTES = 16 * 1024 * 1024

const PRELUDE_BYTES = 12
const CHECKSUM_BYTES = 4
const LEAST_MESSAGE_BYTES = PRELUDE_BYTES + CHECKSUM_BYTES

/** The `event` of a message that tells of an error; the exception's name follows. */
export const EXCEPTION = 'exception:'

/** A message as an event: its `:event-type` and its payload; of an exception its name behind `exception:`. */
export class EventStreamSplitter implements FrameSplitter {
  /** What has come of the message that is not complete yet; joined once it is. */
  #pieces: Uint8Array[] = []
  #length = 0
  /** How many bytes there must be before anything more can be read. */
  #needed = PRELUDE_BYTES

  /** What came before a damaged message is good and goes out first; the damage is told with the next piece. */
  #damage: unknown

  push(chunk: Uint8Array): readonly StreamFrame[] {
    if (this.#damage !== undefined) throw this.#damage
    this.#pieces.push(chunk)
    this.#length += chunk.length
    if (this.#length < this.#needed) return []
    const bytes = Buffer.concat(this.#pieces, this.#length)
    const frames: StreamFrame[] = []
    let start = 0
    try {
      for (;;) {
        const size = messageLength(bytes, start)
        this.#needed = size ?? PRELUDE_BYTES
        if (size === undefined || start + size > bytes.length) break
        const wire = bytes.subarray(start, start + size)
        frames.push({ wire, event: readMessage(wire) })
        start += size
      }
    } catch (thrown) {
      if (frames.length === 0) throw thrown
      this.#damage = thrown
    }
    this.#pieces = start === bytes.length ? [] : [bytes.subarray(start)]
    this.#length = bytes.length - start
    return frames
  }

  /** @throws Failure 'stream-broken' when the stream ended inside a message, or what damaged its last one */
  end(): undefined {
    if (this.#damage !== undefined) throw this.#damage
    if (this.#length > 0) throw new Failure('stream-broken', 'The provider broke off inside a message of its stream.')
  }
}

/** Bytes of the message at `start`, or undefined while its prelude is not complete. @throws Failure 'upstream-unreadable' */
function messageLength(bytes: Buffer, start: number): number | undefined {
  if (bytes.length - start < PRELUDE_BYTES) return undefined
  if (crc32(bytes.subarray(start, start + 8)) !== bytes.readUInt32BE(start + 8)) throw unreadable('a damaged message head')
  const total = bytes.readUInt32BE(start)
  const headers = bytes.readUInt32BE(start + 4)
  if (total > MESSAGE_LIMIT_BYTES) throw unreadable(`a single message of ${total} bytes`)
  if (total < LEAST_MESSAGE_BYTES + headers) throw unreadable('a message shorter than its own headers')
  return total
}

function readMessage(message: Buffer): SseEvent {
  const checked = message.length - CHECKSUM_BYTES
  if (crc32(message.subarray(0, checked)) !== message.readUInt32BE(checked)) throw unreadable('a damaged message')
  const headersEnd = PRELUDE_BYTES + message.readUInt32BE(4)
  const headers = readHeaders(message.subarray(PRELUDE_BYTES, headersEnd))
  const data = message.toString('utf8', headersEnd, checked)
  switch (headers.get(':message-type')) {
    case 'exception':
      return { event: EXCEPTION + (headers.get(':exception-type') ?? ''), data }
    case 'error': {
      // an error that no service named: code and sentence stand in the headers
      const said: JsonValue = { message: headers.get(':error-message') ?? '' }
      return { event: EXCEPTION + (headers.get(':error-code') ?? ''), data: JSON.stringify(said) }
    }
    default:
      return { event: headers.get(':event-type') ?? '', data }
  }
}

const STRING_TYPE = 7
/** Bytes of a header's value by its type; those of bytes (6) and strings follow a length of two bytes. */
const VALUE_BYTES: readonly (number | undefined)[] = [0, 0, 1, 2, 4, 8, undefined, undefined, 8, 16]

/** Headers whose value is text; AWS's own all are. */
function readHeaders(bytes: Buffer): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  let at = 0
  try {
    while (at < bytes.length) {
      const nameEnd = at + 1 + bytes.readUInt8(at)
      const name = bytes.toString('utf8', at + 1, nameEnd)
      const type = bytes.readUInt8(nameEnd)
      if (type >= VALUE_BYTES.length) throw unreadable('a message header of an unknown type')
      const fixed = VALUE_BYTES[type]
      const valueStart = nameEnd + (fixed === undefined ? 3 : 1)
      const valueEnd = valueStart + (fixed ?? bytes.readUInt16BE(nameEnd + 1))
      if (valueEnd > bytes.length) throw unreadable('a message header that is cut short')
      if (type === STRING_TYPE) headers.set(name, bytes.toString('utf8', valueStart, valueEnd))
      at = valueEnd
    }
  } catch (thrown) {
    throw thrown instanceof RangeError ? unreadable('a message header that is cut short') : thrown
  }
  return headers
}

function unreadable(what: string): Failure {
  return new Failure('upstream-unreadable', `The provider's stream holds ${what}.`)
}
