/**
 * Calls providers by undici's `dispatch`, the layer below its streams and promises. Its parts are imported one by one, for its index would bring
 * fetch, websockets and caches along; the version is pinned, so that they stay where they are.
 */
import type { Dispatcher } from 'undici'
import buildConnector from 'undici/lib/core/connect.js'
import Pool from 'undici/lib/dispatcher/pool.js'
import type { Failure } from '../../../shared/failure.ts'
import type { Departure } from '../departure.ts'
import type { Reach } from './address.ts'
import { decoderFor } from './decoder.ts'
import { PulledBody, type Tap } from './pulled-body.ts'
import type { Client, ClientOptions, UpstreamResponse } from './send.ts'
import { boundsOf, lookupFor, targetOf } from './target.ts'
import { brokenOff, callerGone, notConnected, unreachable } from './upstream-failure.ts'

/** How long an idle connection is kept where its server does not say. */
const KEEP_ALIVE_MS = 60_000

export function undiciClient(options: ClientOptions): Client {
  /** By origin, and by where its connections may lead. */
  const places = new Map<ReadonlySet<Reach>, Map<string, Place>>()
  const placeOf = (origin: string, within: ReadonlySet<Reach>): Place => {
    const ofBounds = places.get(within) ?? new Map<string, Place>()
    const place = ofBounds.get(origin) ?? new Place(origin, within)
    if (ofBounds.size === 0) places.set(within, ofBounds)
    ofBounds.set(origin, place)
    return place
  }
  return {
    send: (request, departure) =>
      new Promise((resolve, reject) => {
        if (departure.isGone) return reject(callerGone())
        const target = targetOf(request.url)
        const place = placeOf(target.origin, boundsOf(request, target))
        const connectMs = request.connectMs ?? options.connectMs()
        place.connectMs = connectMs
        const { body, method } = request
        const headers = { ...request.headers, 'accept-encoding': 'identity' }
        place.pool.dispatch(
          { path: target.path, method, headers, body: body as Buffer | string | null },
          new Exchange(target.hostname, connectMs, departure, resolve, reject),
        )
      }),
    close() {
      for (const ofBounds of places.values()) for (const { pool } of ofBounds.values()) void pool.destroy()
    },
  }
}

/** The connections to one origin: as many as there are requests, one request at a time on each. */
class Place {
  readonly pool: Pool
  readonly #within: ReadonlySet<Reach>
  /** For the next connection. */
  connectMs = 0
  #connector: { readonly connectMs: number; readonly connect: buildConnector.connector } | undefined

  constructor(origin: string, within: ReadonlySet<Reach>) {
    this.#within = within
    const connect: buildConnector.connector = (options, callback) => this.#connect(options, callback)
    // the deadlines of an answer are the attempt's
    const timeouts = { headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS }
    this.pool = new Pool(origin, { connections: null, pipelining: 1, allowH2: false, ...timeouts, connect })
  }

  /** A connector knows one timeout, and the TLS sessions that it may take up again. */
  #connect(options: buildConnector.Options, callback: buildConnector.Callback): void {
    const { connectMs } = this
    if (this.#connector?.connectMs !== connectMs)
      this.#connector = { connectMs, connect: buildConnector({ timeout: connectMs, allowH2: false, lookup: lookupFor(this.#within) }) }
    this.#connector.connect(options, callback)
  }
}

/** One request and its answer, as undici tells of them. */
class Exchange implements Dispatcher.DispatchHandler, Tap {
  readonly #hostname: string
  readonly #connectMs: number
  readonly #departure: Departure
  readonly #resolve: (response: UpstreamResponse) => void
  readonly #reject: (failure: Failure) => void
  /** While there is no answer. From then on its body looks after the caller's leaving. */
  readonly #onGone = (): void => {
    // first, for closing is told as an error too
    this.#reject(callerGone())
    this.close()
  }
  #controller: Dispatcher.DispatchController | undefined
  #body: PulledBody | undefined
  #decoder: ReturnType<typeof decoderFor>
  #isClosed: boolean = false

  constructor(hostname: string, connectMs: number, departure: Departure, resolve: (response: UpstreamResponse) => void, reject: (failure: Failure) => void) {
    this.#hostname = hostname
    this.#connectMs = connectMs
    this.#departure = departure
    this.#resolve = resolve
    this.#reject = reject
    departure.on(this.#onGone)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    // the caller left while the connection was being made
    if (this.#isClosed) controller.abort(callerGone())
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: UpstreamResponse['headers']): void {
    // hints ahead of the answer (103 and its like)
    if (status < 200) return
    this.#departure.off(this.#onGone)
    const body = new PulledBody(this, this.#departure)
    this.#body = body
    const decoder = decoderFor(headers['content-encoding'])
    if (decoder !== undefined) {
      this.#decoder = decoder
      decoder.on('data', (chunk: Buffer) => body.push(chunk))
      decoder.on('drain', () => this.#controller?.resume())
      decoder.once('end', () => body.end())
      decoder.once('error', (error) => body.fail(brokenOff(this.#hostname, error)))
    }
    this.#resolve({ status, headers, body })
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#decoder === undefined) this.#body?.push(chunk)
    else if (!this.#decoder.write(chunk)) controller.pause()
  }

  onResponseEnd(): void {
    if (this.#decoder === undefined) this.#body?.end()
    else this.#decoder.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: NodeJS.ErrnoException): void {
    if (this.#body !== undefined) this.#body.fail(brokenOff(this.#hostname, error.code?.startsWith('UND_') === true ? undefined : error))
    else {
      this.#departure.off(this.#onGone)
      this.#reject(error.code === 'UND_ERR_CONNECT_TIMEOUT' ? notConnected(this.#hostname, this.#connectMs) : unreachable(this.#hostname, error))
    }
  }

  pause(): void {
    if (this.#decoder === undefined) this.#controller?.pause()
    else this.#decoder.pause()
  }

  resume(): void {
    if (this.#decoder === undefined) this.#controller?.resume()
    else this.#decoder.resume()
  }

  close(): void {
    this.#isClosed = true
    this.#decoder?.destroy()
    this.#controller?.abort(callerGone())
  }
}
