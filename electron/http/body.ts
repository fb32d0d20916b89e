import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib'
import { Failure } from '../../shared/failure.ts'
import { addPiece } from '../engine/attempt/few-pieces.ts'

/**
 * All of a request's body, decompressed.
 * @throws Failure 'body-too-large' as soon as that is known, 'cancelled' when the client goes away first, 'bad-request' for what cannot be decompressed
 */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Uint8Array> {
  const encoding = request.headers['content-encoding']
  const sent = readSent(request, limitBytes)
  return encoding === undefined ? sent : sent.then(async (bytes) => withoutMark(await decompressed(bytes, encoding.trim().toLowerCase(), limitBytes)))
}

/** As the client sent it. */
function readSent(request: IncomingMessage, limitBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > limitBytes) return reject(tooLarge(limitBytes))
    // most bodies come in one piece
    let first: Buffer | undefined
    let others: Uint8Array[] | undefined
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limitBytes) reject(tooLarge(limitBytes))
      else if (first === undefined) first = chunk
      else if (others === undefined) others = [first, chunk]
      else addPiece(others, chunk)
    })
    request.on('end', () => resolve(withoutMark(others === undefined ? (first ?? NOTHING) : Buffer.concat(others, size))))
    // node:http tells of an abort by this event too, where somebody listens to it
    request.on('error', (cause) => reject(new Failure('cancelled', 'The client went away while it sent its request.', { cause })))
  })
}

const NOTHING = new Uint8Array(0)

/** Some clients on Windows open a body with a byte order mark, which is no part of it and may be passed over: RFC 8259 8.1. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

const DECOMPRESS = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
} as const

/** A small body may hold a huge one, so the limit is one for both. */
async function decompressed(bytes: Uint8Array, encoding: string, limitBytes: number): Promise<Uint8Array> {
  if (encoding === 'identity' || encoding === '') return bytes
  if (!isKnown(encoding)) {
    const known = Object.keys(DECOMPRESS).join(', ')
    throw new Failure('bad-request', `The body is compressed in a way that is not known here (Content-Encoding); known are ${known}.`)
  }
  try {
    return await DECOMPRESS[encoding](bytes, { maxOutputLength: limitBytes })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limitBytes)
    throw new Failure('bad-request', `The body is not compressed by ${encoding}, as its header Content-Encoding says.`, { cause })
  }
}

function isKnown(encoding: string): encoding is keyof typeof DECOMPRESS {
  return Object.hasOwn(DECOMPRESS, encoding)
}

function tooLarge(limitBytes: number): Failure {
  return new Failure('body-too-large', `The body is larger than ${limitBytes} bytes. The limit is a setting (bodyLimitBytes).`)
}
