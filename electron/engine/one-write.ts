import type { OutgoingMessage } from 'node:http'

/** Beyond this, copying the body costs more than a second piece in the write. */
const LIMIT_BYTES = 16 * 1024

/**
 * Ends an HTTP message with head and body in one write. node:http joins them only where both are text; two pieces become a `writev`, which costs a
 * short exchange a quarter of its CPU. Latin-1 turns each byte into one character and back, so the bytes go out as they are.
 */
export function endInOneWrite(message: OutgoingMessage, body: Uint8Array | string | undefined): void {
  if (typeof body !== 'object' || body.byteLength > LIMIT_BYTES) message.end(body)
  else message.end((Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength)).toString('latin1'), 'latin1')
}
