import type { IncomingMessage } from 'node:http'
import { Failure } from '../../shared/failure.ts'

/** All of a request's body. @throws Failure 'body-too-large' as soon as that is known, 'cancelled' when the client goes away first */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Uint8Array> {
  const tooLarge = (): Failure => new Failure('body-too-large', `The body is larger than ${limitBytes} bytes. The limit is a setting (bodyLimitBytes).`)
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > limitBytes) return Promise.reject(tooLarge())
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limitBytes) reject(tooLarge())
      else chunks.push(chunk)
    })
    request.once('end', () => {
      const [only] = chunks
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size))
    })
    request.once('error', (cause) => reject(new Failure('cancelled', 'The client went away while it sent its request.', { cause })))
    request.once('aborted', () => reject(new Failure('cancelled', 'The client went away while it sent its request.')))
  })
}
