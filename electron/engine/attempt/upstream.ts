/**
 * Calls providers over node:http with keep-alive. Why not undici: measured on our hot path both cost the same per JSON request, but undici
 * takes some 60 ms to load, more than all the rest of the engine, and node:http brings proxy support (`proxyEnv`) and custom CAs too.
 */
import type * as Http from 'node:http'
import type { LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { Failure } from '../../../shared/failure.ts'
import type { Departure } from '../departure.ts'
import { lookupWithin, type Reach, reachOfHostname, refusal } from './address.ts'
import type { Send, UpstreamRequest, UpstreamResponse } from './send.ts'

// Not imported: an import of node:http reads all its exports, WebSocket among them, which loads Node's own undici (some 20 ms of our start).
const http = process.getBuiltinModule('node:http')
const https = process.getBuiltinModule('node:https')

/** What may wait in memory between provider and client before the provider is asked to pause. */
const HIGH_WATER_BYTES = 256 * 1024

export interface UpstreamOptions {
  /** Until the connection stands, TLS included; read at each call. */
  readonly connectMs: () => number
}

/** A `Send` over real sockets, and `close` to drop idle connections. */
export function createUpstream(options: UpstreamOptions): { readonly send: Send; readonly close: () => void } {
  const shared = { keepAlive: true, maxFreeSockets: 1024, scheduling: 'lifo' as const, ...(usesProxy(process.env) && { proxyEnv: process.env }) }
  const plain = new http.Agent(shared)
  const secure = new https.Agent(shared)
  const targets = new Map<string, Target>()

  const send: Send = (request, departure) => {
    const target = targetOf(request.url, targets)
    return call(request, target, target.secure ? secure : plain, departure, options.connectMs())
  }
  return {
    send,
    close() {
      plain.destroy()
      secure.destroy()
    },
  }
}

/** The agents look at proxy variables at every call; where there are none they need not. */
function usesProxy(env: NodeJS.ProcessEnv): boolean {
  return ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'].some((name) => env[name] !== undefined && env[name] !== '')
}

/** All but link-local, metadata and unusable addresses. */
const CALLED: ReadonlySet<Reach> = new Set(['public', 'this-machine', 'private-network'])

const lookups = new Map<ReadonlySet<Reach>, LookupFunction>()

function lookupFor(within: ReadonlySet<Reach>): LookupFunction {
  const made = lookups.get(within) ?? lookupWithin(within)
  lookups.set(within, made)
  return made
}

interface Target {
  readonly secure: boolean
  readonly hostname: string
  readonly port: string
  readonly path: string
  /** What the host name tells by itself; undefined where only a resolver can tell. */
  readonly reach: Reach | undefined
}

/** URLs repeat from request to request; parsing one costs more than everything else here. */
function targetOf(url: string, known: Map<string, Target>): Target {
  const found = known.get(url)
  if (found !== undefined) return found
  const parsed = new URL(url)
  const target = {
    secure: parsed.protocol === 'https:',
    hostname: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port,
    path: parsed.pathname + parsed.search,
    reach: reachOfHostname(parsed.hostname),
  }
  if (known.size > 1000) known.clear()
  known.set(url, target)
  return target
}

function call(request: UpstreamRequest, target: Target, agent: Http.Agent, departure: Departure, connectMs: number): Promise<UpstreamResponse> {
  return new Promise((resolve, reject) => {
    if (departure.isGone) return reject(new Failure('cancelled', 'The caller went away.'))
    const { within = CALLED } = request
    if (target.reach !== undefined && !within.has(target.reach)) return reject(refusal(target.hostname, target.reach))
    const headers: Record<string, string | number> = { ...request.headers, 'accept-encoding': 'identity' }
    if (request.body !== undefined) headers['content-length'] = typeof request.body === 'string' ? Buffer.byteLength(request.body) : request.body.length
    const outgoing = (target.secure ? https : http).request({
      agent,
      host: target.hostname,
      port: target.port,
      path: target.path,
      method: request.method,
      headers,
      // a name may lead elsewhere at each look-up
      ...(target.reach === undefined && { lookup: lookupFor(within) }),
    })

    let connectTimer: NodeJS.Timeout | undefined
    const onAbort = (): void => {
      outgoing.destroy()
      reject(new Failure('cancelled', 'The caller went away.'))
    }
    departure.on(onAbort)
    const settle = (): void => {
      clearTimeout(connectTimer)
      departure.off(onAbort)
    }
    outgoing.on('socket', (socket) => {
      if (!socket.connecting) return
      connectTimer = setTimeout(() => {
        outgoing.destroy()
        reject(new Failure('timeout', `${target.hostname} did not accept a connection within ${connectMs} ms.`))
      }, connectMs)
      socket.once(target.secure ? 'secureConnect' : 'connect', () => clearTimeout(connectTimer))
    })
    outgoing.once('error', (error: NodeJS.ErrnoException) => {
      settle()
      reject(unreachable(target.hostname, error))
    })
    outgoing.once('response', (incoming) => {
      settle()
      resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers as UpstreamResponse['headers'],
        body: new Body(incoming, outgoing, target.hostname, departure),
      })
    })
    outgoing.end(request.body)
  })
}

function unreachable(hostname: string, error: NodeJS.ErrnoException): Failure {
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'refused the connection; is the server running?',
    ENOTFOUND: 'could not be found; is this machine online?',
    EAI_AGAIN: 'could not be looked up; is this machine online?',
    ECONNRESET: 'closed the connection before it answered.',
    ETIMEDOUT: 'did not answer in time.',
  }
  if (error instanceof Failure) return error
  const known = error.code === undefined ? undefined : reasons[error.code]
  return new Failure('upstream-unreachable', `${hostname} ${known ?? `could not be reached (${error.code ?? 'connection failed'}).`}`, { cause: error })
}

/**
 * An answer's bytes, pulled by one consumer. Cheaper than a Readable's own iterator, and it takes everything that has arrived in one go, so that
 * several small reads become one. Pauses the socket while the consumer is behind.
 */
class Body implements AsyncIterable<Uint8Array>, AsyncIterator<Uint8Array> {
  readonly #source: Readable
  readonly #outgoing: Http.ClientRequest
  readonly #departure: Departure
  // A field, not an assignment in the constructor: V8 makes a function that is assigned to a property in the old generation at once, and its closure
  // then keeps everything of this request alive until the next full collection. Measured: three times the time in minor collections.
  readonly #onAbort = (): void => this.#fail(new Failure('cancelled', 'The caller went away.'))
  #queue: Uint8Array[] = []
  #queuedBytes = 0
  #ended: boolean = false
  #failure: Failure | undefined
  #waiting: { resolve: (result: IteratorResult<Uint8Array>) => void; reject: (failure: Failure) => void } | undefined

  constructor(incoming: Http.IncomingMessage, outgoing: Http.ClientRequest, hostname: string, departure: Departure) {
    this.#outgoing = outgoing
    this.#source = decoded(incoming)
    this.#departure = departure
    departure.on(this.#onAbort)
    const broken = (error?: NodeJS.ErrnoException): void =>
      this.#fail(
        new Failure('stream-broken', `${hostname} broke off in the middle of its answer${error?.code === undefined ? '' : ` (${error.code})`}.`, {
          cause: error,
        }),
      )
    incoming.once('error', broken)
    if (this.#source !== incoming) this.#source.once('error', broken)
    // a connection that closes early emits 'aborted'/'close' without 'end'
    incoming.once('close', () => {
      if (!incoming.complete) broken()
    })
    this.#source.on('data', (chunk: Buffer) => {
      const waiting = this.#waiting
      if (waiting !== undefined) {
        this.#waiting = undefined
        waiting.resolve({ done: false, value: chunk })
        return
      }
      this.#queue.push(chunk)
      this.#queuedBytes += chunk.length
      if (this.#queuedBytes > HIGH_WATER_BYTES) this.#source.pause()
    })
    this.#source.once('end', () => {
      this.#ended = true
      this.#release()
      this.#waiting?.resolve({ done: true, value: undefined })
      this.#waiting = undefined
    })
  }

  #release(): void {
    this.#departure.off(this.#onAbort)
  }

  #fail(failure: Failure): void {
    if (this.#ended || this.#failure !== undefined) return
    this.#failure = failure
    this.#release()
    this.#outgoing.destroy()
    this.#waiting?.reject(failure)
    this.#waiting = undefined
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const [first] = this.#queue
    if (first !== undefined) {
      const value = this.#queue.length === 1 ? first : Buffer.concat(this.#queue, this.#queuedBytes)
      this.#queue = []
      if (this.#queuedBytes > HIGH_WATER_BYTES) this.#source.resume()
      this.#queuedBytes = 0
      return Promise.resolve({ done: false, value })
    }
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    if (this.#ended) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
  }

  /** The consumer has had enough: the provider sees its connection close. */
  return(): Promise<IteratorResult<Uint8Array>> {
    if (!this.#ended) this.#fail(new Failure('cancelled', 'Nobody reads on.'))
    return Promise.resolve({ done: true, value: undefined })
  }
}

/** We ask for identity; some providers compress all the same. */
function decoded(incoming: Http.IncomingMessage): Readable {
  switch (incoming.headers['content-encoding']) {
    case 'gzip':
    case 'x-gzip':
      return incoming.pipe(createGunzip())
    case 'br':
      return incoming.pipe(createBrotliDecompress())
    case 'deflate':
      return incoming.pipe(createInflate())
    default:
      return incoming
  }
}

/** All of a body as bytes. @throws Failure 'upstream-unreadable' beyond `limitBytes`. */
export async function readAll(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > limitBytes) throw new Failure('upstream-unreadable', `The provider's answer is larger than ${limitBytes} bytes.`)
    chunks.push(chunk)
  }
  const [only] = chunks
  return chunks.length === 1 && only !== undefined ? Buffer.from(only.buffer, only.byteOffset, only.byteLength) : Buffer.concat(chunks, size)
}
