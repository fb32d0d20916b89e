import type { IncomingMessage } from 'node:http'
import { Failure } from '../../shared/failure.ts'
import { addPiece } from '../engine/attempt/few-pieces.ts'

/** All of a request's body. @throws Failure 'body-too-large' as soon as that is known, 'cancelled' when the client goes away first */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Uint8Array> {
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
    request.on('end', () => resolve(others === undefined ? (first ?? NOTHING) : Buffer.concat(others, size)))
    // node:http tells of an abort by this event too, where somebody listens to it
    request.on('error', (cause) => reject(new Failure('cancelled', 'The client went away while it sent its request.', { cause })))
  })
}

const NOTHING = new Uint8Array(0)

function tooLarge(limitBytes: number): Failure {
  return new Failure('body-too-large', `The body is larger than ${limitBytes} bytes. The limit is a setting (bodyLimitBytes).`)
}
