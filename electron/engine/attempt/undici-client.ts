/**
 * Calls providers by undici's `dispatch`, the layer below its streams and promises. Its parts are imported one by one, for its index would bring
 * fetch, websockets and caches along; the version is pinned, so that they stay where they are.
 */
import type { Dispatcher } from 'undici'
import buildConnector from 'undici/lib/core/connect.js'
import Pool from 'undici/lib/dispatcher/pool.js'
import type { Failure } from '../../../shared/failure.ts'
import type { Departure } from '../departure.ts'
import { joinWrites } from '../one-write.ts'
import type { Reach } from './address.ts'
import { decoderFor } from './decoder.ts'
import { type Outbound, proxyHeaders, STRAIGHT } from './outbound.ts'
import type { OutboundProxy } from './proxy.ts'
import { PulledBody, type Tap } from './pulled-body.ts'
import type { Client, ClientOptions, UpstreamResponse } from './send.ts'
import { boundsOf, lookupFor, type Target, targetOf } from './target.ts'
import { openTunnel, refusedByProxy } from './tunnel.ts'
import { brokenOff, callerGone, notConnected, unreachable } from './upstream-failure.ts'

/** How long an idle connection is kept where its server does not say. */
const KEEP_ALIVE_MS = 60_000

export function undiciClient(options: ClientOptions): Client {
  const outbound = options.outbound ?? (() => STRAIGHT)
  let way = outbound()
  /** By origin, and by where its connections may lead. */
  let places = new Map<ReadonlySet<Reach>, Map<string, Place>>()
  const all = (): readonly Place[] => [...places.values()].flatMap((ofBounds) => [...ofBounds.values()])
  const placeOf = (target: Target, within: ReadonlySet<Reach>): Place => {
    if (way !== outbound()) {
      // what runs goes on to its end; no connection is used again
      for (const { pool } of all()) void pool.close()
      places = new Map()
      way = outbound()
    }
    const ofBounds = places.get(within) ?? new Map<string, Place>()
    const place = ofBounds.get(target.origin) ?? new Place(target, within, way)
    if (ofBounds.size === 0) places.set(within, ofBounds)
    ofBounds.set(target.origin, place)
    return place
  }
  return {
    send: (request, departure) =>
      new Promise((resolve, reject) => {
        if (departure.isGone) return reject(callerGone())
        const target = targetOf(request.url)
        const place = placeOf(target, boundsOf(request, target))
        const connectMs = request.connectMs ?? options.connectMs()
        place.connectMs = connectMs
        const { body, method } = request
        const headers: Record<string, string> = { ...request.headers, 'accept-encoding': 'identity' }
        const { asked } = place
        if (asked !== undefined) Object.assign(headers, { host: target.host }, proxyHeaders(asked))
        const path = asked === undefined ? target.path : target.origin + target.path
        const what: Dispatcher.DispatchOptions = { path, method, headers, body: body as Buffer | string | null }
        place.pool.dispatch(what, new Exchange(place, what, target, connectMs, departure, resolve, reject))
      }),
    close() {
      for (const { pool } of all()) void pool.destroy()
    },
  }
}

/** The connections to one origin: as many as there are requests, one request at a time on each. */
class Place {
  readonly pool: Pool
  /** The proxy that makes the calls itself, as it does for plain HTTP; it is told the whole address: RFC 9112 3.2.2. */
  readonly asked: OutboundProxy | undefined
  /** The proxy that opens tunnels to the origin. */
  readonly #tunneller: OutboundProxy | undefined
  readonly #within: ReadonlySet<Reach>
  readonly #way: Outbound
  /** For the next connection. */
  connectMs = 0
  /** A connection has just been made, and the request that waited for it begins on it. */
  isFresh: boolean = false
  #connector: { readonly connectMs: number; readonly connect: buildConnector.connector } | undefined

  constructor(target: Target, within: ReadonlySet<Reach>, way: Outbound) {
    this.#within = within
    this.#way = way
    const proxy = way.proxyFor(target)
    this.asked = target.secure ? undefined : proxy
    this.#tunneller = target.secure ? proxy : undefined
    const connect: buildConnector.connector = (options, callback) =>
      this.#connect(options, (...made) => {
        // of a failed attempt there is an error alone
        if (made[0] === null) joinWrites(made[1])
        this.isFresh = true
        callback(...made)
        this.isFresh = false
      })
    // the deadlines of an answer are the attempt's
    const timeouts = { headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS }
    const origin = this.asked === undefined ? target.origin : originOf(this.asked)
    this.pool = new Pool(origin, { connections: null, pipelining: 1, allowH2: false, ...timeouts, connect })
  }

  #connect(options: buildConnector.Options, callback: buildConnector.Callback): void {
    const { connectMs } = this
    const proxy = this.#tunneller
    if (proxy === undefined) {
      this.#connectorFor(connectMs)(options, callback)
      return
    }
    const port = Number(options.port || 443)
    const { secureContext } = this.#way
    openTunnel(proxy, options.hostname, port, { secureContext, connectMs }).then(
      (httpSocket) => void this.#connectorFor(connectMs)({ ...options, httpSocket }, callback),
      (error: Error) => callback(error, null),
    )
  }

  /** A connector knows one timeout, and the TLS sessions that it may take up again. */
  #connectorFor(connectMs: number): buildConnector.connector {
    if (this.#connector?.connectMs === connectMs) return this.#connector.connect
    const { secureContext } = this.#way
    const isProxied = this.asked !== undefined || this.#tunneller !== undefined
    const connect = buildConnector({
      timeout: connectMs,
      allowH2: false,
      ...(secureContext !== undefined && { secureContext }),
      // a proxy finds the target by itself
      ...(!isProxied && { lookup: lookupFor(this.#within) }),
    })
    this.#connector = { connectMs, connect }
    return connect
  }
}

function originOf({ secure, hostname, port }: OutboundProxy): string {
  return `${secure ? 'https' : 'http'}://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`
}

/** Of a connection that its server had closed already when a request was sent on it. */
const CLOSED = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])
/** Such a connection shows itself after one way there and back; a server that breaks off later may have worked on the request. */
const STALE_WITHIN_MS = 1_000

/** One request and its answer, as undici tells of them. */
class Exchange implements Dispatcher.DispatchHandler, Tap {
  readonly #place: Place
  readonly #what: Dispatcher.DispatchOptions
  readonly #target: Target
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
  /** When it was sent on a connection that had stood before; 0: it was not. */
  #reusedAt = 0
  #isAgain: boolean = false

  constructor(
    place: Place,
    what: Dispatcher.DispatchOptions,
    target: Target,
    connectMs: number,
    departure: Departure,
    resolve: (response: UpstreamResponse) => void,
    reject: (failure: Failure) => void,
  ) {
    this.#place = place
    this.#what = what
    this.#target = target
    this.#hostname = target.hostname
    this.#connectMs = connectMs
    this.#departure = departure
    this.#resolve = resolve
    this.#reject = reject
    departure.on(this.#onGone)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    this.#reusedAt = this.#place.isFresh ? 0 : performance.now()
    // the caller left while the connection was being made
    if (this.#isClosed) controller.abort(callerGone())
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: UpstreamResponse['headers']): void {
    // hints ahead of the answer (103 and its like)
    if (status < 200) return
    this.#departure.off(this.#onGone)
    const { asked } = this.#place
    if (status === 407 && asked !== undefined) {
      this.#reject(refusedByProxy(asked, status, this.#target.host))
      this.close()
      return
    }
    const decoder = decoderFor(headers['content-encoding'])
    const body = new PulledBody(this, this.#departure)
    this.#body = body
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
    else if (this.#isStale(error)) {
      this.#isAgain = true
      this.#place.pool.dispatch(this.#what, this)
    } else {
      this.#departure.off(this.#onGone)
      const { asked } = this.#place
      const name = asked === undefined ? this.#hostname : `The proxy ${asked.name}`
      this.#reject(error.code === 'UND_ERR_CONNECT_TIMEOUT' ? notConnected(name, this.#connectMs) : unreachable(name, error))
    }
  }

  /** Servers close idle connections, and a request may cross that on its way: nobody has read it, so it is sent again on another one, once. */
  #isStale({ code = '' }: NodeJS.ErrnoException): boolean {
    const { isGone } = this.#departure
    return this.#reusedAt > 0 && !this.#isAgain && !isGone && CLOSED.has(code) && performance.now() - this.#reusedAt < STALE_WITHIN_MS
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
