import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Dialect } from '../../shared/chat.ts'
import type { Failure } from '../../shared/failure.ts'
import { endInOneWrite } from '../engine/one-write.ts'
import { clientCodec } from '../engine/protocols/codecs.ts'
import { statusTowards } from '../engine/protocols/protocol.ts'
import type { Reply } from '../engine/request.ts'

/** Writes a reply, streamed ones with back-pressure all the way: nothing is pulled while the client is behind. undefined: there is nothing to wait for. */
export function writeReply(reply: Reply, response: ServerResponse): Promise<void> | undefined {
  const { body } = reply
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return response.destroyed ? abandon(body) : writeStream(reply, body, response)
  if (response.destroyed) return undefined
  response.writeHead(reply.status, { ...reply.headers, 'content-length': typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength })
  endInOneWrite(response, body)
  return undefined
}

type Streamed = AsyncIterable<Uint8Array | string>

async function writeStream(reply: Reply, body: Streamed, response: ServerResponse): Promise<void> {
  try {
    response.writeHead(reply.status, reply.headers)
  } catch (thrown) {
    await abandon(body)
    throw thrown
  }
  response.flushHeaders()
  const silence = keepAlive(reply, response)
  try {
    for await (const chunk of body) {
      if (response.destroyed) return
      if (!response.write(chunk)) await drained(response)
      silence?.refresh()
    }
  } finally {
    clearInterval(silence)
  }
  response.end()
}

/**
 * Headers are only sent once an endpoint has committed to its answer, so this bridges silence in the middle of one: while the first content is
 * waited for, nothing has gone out and the next endpoint can still be tried.
 */
function keepAlive(reply: Reply, response: ServerResponse): NodeJS.Timeout | undefined {
  if (reply.keepAlive === undefined) return undefined
  const { text, afterMs } = reply.keepAlive
  return setInterval(() => {
    // a client that is behind has enough to read
    if (!response.destroyed && !response.writableNeedDrain) response.write(text)
  }, afterMs)
}

/** A stream nobody will read must still be ended, or its account stays open. It is pulled once, for a generator that has not begun ends without its `finally`. */
async function abandon(body: Streamed): Promise<void> {
  const pieces = body[Symbol.asyncIterator]()
  await pieces.next()
  await pieces.return?.()
}

function drained(response: ServerResponse): Promise<void> {
  if (response.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
}

/**
 * Codex first asks for a websocket, and falls back to plain HTTP at once when it is told 426; any other answer costs it seconds of retries. No
 * request has been made yet, so there is no ledger row either.
 */
export function refuseUpgrade(response: ServerResponse): void {
  const text = JSON.stringify({
    error: { message: 'This endpoint speaks plain HTTP: send POST requests.', type: 'invalid_request_error', param: null, code: null },
  })
  response.writeHead(426, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), connection: 'close' })
  response.end(text)
}

/** An error in the given dialect, outside of any pipeline (unknown routes, refused origins, oversized bodies). */
export function writeFailure(failure: Failure, dialect: Dialect, request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const codec = clientCodec(dialect)
  const text = JSON.stringify(codec.writeFailure(failure, ''))
  const headers: Record<string, string | number> = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
  if (failure.retryAfterSeconds !== undefined) headers['retry-after'] = failure.retryAfterSeconds
  // what is left of the body is not worth reading; a client that is still sending learns so when the connection closes
  const unread = !request.complete
  if (unread) headers.connection = 'close'
  response.writeHead(statusTowards(codec, failure.kind), headers)
  response.end(text)
  if (unread) drainThenClose(request)
}

/** Reading on for a moment lets the client see the answer before the connection goes; at most this much and this long. */
const DRAIN_LIMIT_BYTES = 64 * 1024 * 1024
const DRAIN_LIMIT_MS = 5_000

function drainThenClose(request: IncomingMessage): void {
  let size = 0
  const stop = setTimeout(() => request.destroy(), DRAIN_LIMIT_MS)
  stop.unref()
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > DRAIN_LIMIT_BYTES) request.destroy()
  })
  request.once('close', () => clearTimeout(stop))
  request.resume()
}
