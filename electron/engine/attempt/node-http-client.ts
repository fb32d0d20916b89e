/** Calls providers by node:http, which costs nothing to load. */
import type * as Http from 'node:http'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { Departure } from '../departure.ts'
import { endInOneWrite } from '../one-write.ts'
import { decoderFor } from './decoder.ts'
import { type Outbound, proxyHeaders, STRAIGHT } from './outbound.ts'
import type { OutboundProxy } from './proxy.ts'
import { PulledBody } from './pulled-body.ts'
import type { Client, ClientOptions, UpstreamRequest, UpstreamResponse } from './send.ts'
import { boundsOf, lookupFor, type Target, targetOf } from './target.ts'
import { openTunnel, refusedByProxy } from './tunnel.ts'
import { brokenOff, callerGone, notConnected, unreachable } from './upstream-failure.ts'

// Not imported: an import of node:http reads all its exports, WebSocket among them, which loads Node's own undici (some 20 ms of our start).
const http = process.getBuiltinModule('node:http')
const https = process.getBuiltinModule('node:https')

export function nodeHttpClient(options: ClientOptions): Client {
  const outbound = options.outbound ?? (() => STRAIGHT)
  let agents = new Agents(outbound())
  return {
    send: (request, departure) => {
      if (agents.outbound !== outbound()) {
        agents.retire()
        agents = new Agents(outbound())
      }
      const target = targetOf(request.url)
      return call(request, target, agents, departure, request.connectMs ?? options.connectMs())
    },
    close: () => agents.close(),
  }
}

/** The connections of one way out of this machine. */
class Agents {
  readonly outbound: Outbound
  readonly plain: Http.Agent
  readonly secure: Http.Agent
  readonly #shared: { keepAlive: true; maxFreeSockets: number; scheduling: 'lifo'; secureContext?: NonNullable<Outbound['secureContext']> }
  readonly #tunnels = new Map<OutboundProxy, TunnelAgent>()

  constructor(outbound: Outbound) {
    this.outbound = outbound
    const { secureContext } = outbound
    this.#shared = { keepAlive: true, maxFreeSockets: 1024, scheduling: 'lifo', ...(secureContext !== undefined && { secureContext }) }
    this.plain = new http.Agent(this.#shared)
    this.secure = new https.Agent(this.#shared)
  }

  through(proxy: OutboundProxy): Http.Agent {
    const agent = this.#tunnels.get(proxy) ?? new TunnelAgent(proxy, this.outbound, this.#shared)
    this.#tunnels.set(proxy, agent)
    return agent
  }

  /** What runs goes on to its end; no connection is used again. */
  retire(): void {
    for (const agent of [this.plain, this.secure, ...this.#tunnels.values()]) {
      agent.maxFreeSockets = 0
      for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy()
    }
  }

  close(): void {
    for (const agent of [this.plain, this.secure, ...this.#tunnels.values()]) agent.destroy()
  }
}

/** Of `connectMs` an agent knows nothing by itself. */
type TunnelRequest = Http.ClientRequestArgs & { readonly connectMs?: number }

/** Connections to targets over TLS, inside tunnels of a proxy. */
class TunnelAgent extends https.Agent {
  readonly #proxy: OutboundProxy
  readonly #outbound: Outbound

  constructor(proxy: OutboundProxy, outbound: Outbound, options: ConstructorParameters<typeof https.Agent>[0]) {
    super(options)
    this.#proxy = proxy
    this.#outbound = outbound
  }

  override createConnection(options: TunnelRequest, made?: (error: Error | null, socket: Duplex) => void): Duplex | null | undefined {
    const { connectMs = 10_000, host } = options
    const hostname = host ?? ''
    const began = performance.now()
    const fail = (error: Error): void => made?.(error, undefined as unknown as Duplex)
    openTunnel(this.#proxy, hostname, Number(options.port ?? 443), { secureContext: this.#outbound.secureContext, connectMs }).then((tunnel) => {
      const secured = super.createConnection({ ...options, socket: tunnel } as Http.ClientRequestArgs) as TLSSocket
      const timer = setTimeout(() => secured.destroy(notConnected(hostname, connectMs)), Math.max(1, connectMs - (performance.now() - began)))
      const settle = (): void => {
        clearTimeout(timer)
        secured.off('error', failed)
      }
      const failed = (error: Error): void => {
        settle()
        fail(error)
      }
      secured.once('error', failed)
      secured.once('secureConnect', () => {
        settle()
        made?.(null, secured)
      })
    }, fail)
    return undefined
  }
}

function call(request: UpstreamRequest, target: Target, agents: Agents, departure: Departure, connectMs: number): Promise<UpstreamResponse> {
  return new Promise((resolve, reject) => {
    if (departure.isGone) return reject(callerGone())
    const within = boundsOf(request, target)
    const headers: Record<string, string | number> = { ...request.headers, 'accept-encoding': 'identity' }
    if (request.body !== undefined) headers['content-length'] = typeof request.body === 'string' ? Buffer.byteLength(request.body) : request.body.length
    const proxy = agents.outbound.proxyFor(target)
    // a proxy makes calls over plain HTTP itself, and is told the whole address: RFC 9112 3.2.2
    const asked = target.secure ? undefined : proxy
    const hop = asked ?? target
    if (asked !== undefined) Object.assign(headers, { host: target.host }, proxyHeaders(asked))
    const direct = hop.secure ? agents.secure : agents.plain
    const options: Http.RequestOptions & TunnelRequest = {
      agent: proxy !== undefined && asked === undefined ? agents.through(proxy) : direct,
      host: hop.hostname,
      port: hop.port,
      path: asked === undefined ? target.path : target.origin + target.path,
      method: request.method,
      headers,
      connectMs,
      // a proxy finds the target by itself
      ...(proxy === undefined && target.reach === undefined && { lookup: lookupFor(within) }),
    }
    const outgoing = (hop.secure ? https : http).request(options)

    let connectTimer: NodeJS.Timeout | undefined
    const onAbort = (): void => {
      outgoing.destroy()
      reject(callerGone())
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
        reject(notConnected(asked === undefined ? target.hostname : `The proxy ${asked.name}`, connectMs))
      }, connectMs)
      socket.once(hop.secure ? 'secureConnect' : 'connect', () => clearTimeout(connectTimer))
    })
    outgoing.once('error', (error: NodeJS.ErrnoException) => {
      settle()
      // its server had closed it, and the request crossed that on its way
      if (outgoing.reusedSocket && error.code === 'ECONNRESET' && !departure.isGone) {
        resolve(call(request, target, agents, departure, connectMs))
        return
      }
      reject(unreachable(asked === undefined ? target.hostname : `The proxy ${asked.name}`, error))
    })
    outgoing.once('response', (incoming) => {
      settle()
      if (asked !== undefined && incoming.statusCode === 407) {
        outgoing.destroy()
        return reject(refusedByProxy(asked, 407, target.host))
      }
      resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers as UpstreamResponse['headers'],
        body: bodyOf(incoming, outgoing, target.hostname, departure),
      })
    })
    endInOneWrite(outgoing, request.body)
  })
}

function bodyOf(incoming: Http.IncomingMessage, outgoing: Http.ClientRequest, hostname: string, departure: Departure): PulledBody {
  const decoder = decoderFor(incoming.headers['content-encoding'])
  const source = decoder === undefined ? incoming : incoming.pipe(decoder)
  const body = new PulledBody({ pause: () => source.pause(), resume: () => source.resume(), close: () => outgoing.destroy() }, departure)
  const broken = (error?: NodeJS.ErrnoException): void => body.fail(brokenOff(hostname, error))
  incoming.once('error', broken)
  decoder?.once('error', broken)
  // a connection that closes early emits 'aborted'/'close' without 'end'
  incoming.once('close', () => {
    if (!incoming.complete) broken()
  })
  source.on('data', (chunk: Buffer) => body.push(chunk))
  source.once('end', () => body.end())
  return body
}
