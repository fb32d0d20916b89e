import type { OutgoingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { asBuffer } from './as-buffer.ts'

/** Beyond this, copying the body costs more than a second piece in the write. */
const LIMIT_BYTES = 16 * 1024

/** What a stream that was corked has to write. */
type Pieces = { readonly chunk: Buffer | string; readonly encoding: BufferEncoding }[]

/** Makes a socket write what it was given while corked in one piece too, as undici gives it the head and the body of a request. */
export function joinWrites(socket: Duplex): void {
  const separately = socket._writev?.bind(socket)
  if (separately === undefined) return
  socket._writev = (pieces: Pieces, done) => {
    let size = 0
    for (const { chunk, encoding } of pieces) size += typeof chunk !== 'string' || encoding === 'latin1' ? chunk.length : Number.POSITIVE_INFINITY
    if (size > LIMIT_BYTES) return separately(pieces, done)
    let text = ''
    for (const { chunk } of pieces) text += typeof chunk === 'string' ? chunk : chunk.toString('latin1')
    socket._write(text, 'latin1', done)
  }
}

/**
 * Ends an HTTP message with head and body in one write. node:http joins them only where both are text; two pieces become a `writev`, which costs a
 * short exchange a quarter of its CPU. Latin-1 turns each byte into one character and back, so the bytes go out as they are.
 */
export function endInOneWrite(message: OutgoingMessage, body: Uint8Array | string | undefined): void {
  if (typeof body !== 'object' || body.byteLength > LIMIT_BYTES) message.end(body)
  else message.end(asBuffer(body).toString('latin1'), 'latin1')
}
