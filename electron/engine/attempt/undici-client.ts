/**
 * Calls providers by undici's `dispatch`, the layer below its streams and promises. Its parts are imported one by one, for its index would bring
 * fetch, websockets and caches along; the version is pinned, so that they stay where they are.
 */
import type { Dispatcher } from 'undici'
import buildConnector from 'undici/lib/core/connect.js'
import Pool from 'undici/lib/dispatcher/pool.js'
import type { Failure } from '../../../shared/failure.ts'
import type { Departure } from '../departure.ts'
import { decoderFor } from './decoder.ts'
import { PulledBody, type Tap } from './pulled-body.ts'
import type { Client, ClientOptions, UpstreamResponse } from './send.ts'
import { type Target, targetOf } from './target.ts'
import { brokenOff, callerGone, notConnected, unreachable } from './upstream-failure.ts'

/** How long an idle connection is kept where its server does not say. */
const KEEP_ALIVE_MS = 60_000

export function undiciClient(options: ClientOptions): Client {
  const pools = new Map<string, Pool>()
  const poolOf = ({ origin }: Target): Pool => {
    let pool = pools.get(origin)
    if (pool === undefined) {
      // the deadlines of a request are ours; as many connections as there are requests, one request at a time on each
      const timeouts = { headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS }
      pool = new Pool(origin, { connections: null, pipelining: 1, allowH2: false, ...timeouts, connect: connectorFor(options.connectMs) })
      pools.set(origin, pool)
    }
    return pool
  }
  return {
    send: (request, departure) =>
      new Promise((resolve, reject) => {
        if (departure.isGone) return reject(callerGone())
        const target = targetOf(request.url)
        const { body, method } = request
        const headers = { ...request.headers, 'accept-encoding': 'identity' }
        const exchange = new Exchange(target, departure, options.connectMs, resolve, reject)
        poolOf(target).dispatch({ path: target.path, method, headers, body: body as Buffer | string | null }, exchange)
      }),
    close() {
      for (const pool of pools.values()) void pool.destroy()
    },
  }
}

/** A connector knows one timeout; the setting may change. */
function connectorFor(connectMs: () => number): buildConnector.connector {
  let timeout: number | undefined
  let connect: buildConnector.connector | undefined
  return (options, callback) => {
    if (connect === undefined || timeout !== connectMs()) {
      timeout = connectMs()
      connect = buildConnector({ timeout, allowH2: false })
    }
    connect(options, callback)
  }
}

/** One request and its answer, as undici tells of them. */
class Exchange implements Dispatcher.DispatchHandler, Tap {
  readonly #target: Target
  readonly #departure: Departure
  readonly #connectMs: () => number
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

  constructor(
    target: Target,
    departure: Departure,
    connectMs: () => number,
    resolve: (response: UpstreamResponse) => void,
    reject: (failure: Failure) => void,
  ) {
    this.#target = target
    this.#departure = departure
    this.#connectMs = connectMs
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
      decoder.once('error', (error) => body.fail(brokenOff(this.#target.hostname, error)))
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
    const { hostname } = this.#target
    if (this.#body !== undefined) this.#body.fail(brokenOff(hostname, error.code?.startsWith('UND_') === true ? undefined : error))
    else {
      this.#departure.off(this.#onGone)
      this.#reject(error.code === 'UND_ERR_CONNECT_TIMEOUT' ? notConnected(hostname, this.#connectMs()) : unreachable(hostname, error))
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
