/** Calls providers by node:http, which costs nothing to load and knows proxies (`proxyEnv`). */
import type * as Http from 'node:http'
import type { Departure } from '../departure.ts'
import { endInOneWrite } from '../one-write.ts'
import { decoderFor } from './decoder.ts'
import { PulledBody } from './pulled-body.ts'
import type { Client, ClientOptions, UpstreamRequest, UpstreamResponse } from './send.ts'
import { boundsOf, lookupFor, type Target, targetOf } from './target.ts'
import { brokenOff, callerGone, notConnected, unreachable } from './upstream-failure.ts'

// Not imported: an import of node:http reads all its exports, WebSocket among them, which loads Node's own undici (some 20 ms of our start).
const http = process.getBuiltinModule('node:http')
const https = process.getBuiltinModule('node:https')

export function nodeHttpClient(options: ClientOptions): Client {
  // The agents look at proxy variables at every call; where there are none they need not.
  const shared = { keepAlive: true, maxFreeSockets: 1024, scheduling: 'lifo' as const, ...(usesProxy(process.env) && { proxyEnv: process.env }) }
  const plain = new http.Agent(shared)
  const secure = new https.Agent(shared)
  return {
    send: (request, departure) => {
      const target = targetOf(request.url)
      return call(request, target, target.secure ? secure : plain, departure, request.connectMs ?? options.connectMs())
    },
    close() {
      plain.destroy()
      secure.destroy()
    },
  }
}

export function usesProxy(env: NodeJS.ProcessEnv): boolean {
  return ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'].some((name) => env[name] !== undefined && env[name] !== '')
}

function call(request: UpstreamRequest, target: Target, agent: Http.Agent, departure: Departure, connectMs: number): Promise<UpstreamResponse> {
  return new Promise((resolve, reject) => {
    if (departure.isGone) return reject(callerGone())
    const within = boundsOf(request, target)
    const headers: Record<string, string | number> = { ...request.headers, 'accept-encoding': 'identity' }
    if (request.body !== undefined) headers['content-length'] = typeof request.body === 'string' ? Buffer.byteLength(request.body) : request.body.length
    const outgoing = (target.secure ? https : http).request({
      agent,
      host: target.hostname,
      port: target.port,
      path: target.path,
      method: request.method,
      headers,
      ...(target.reach === undefined && { lookup: lookupFor(within) }),
    })

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
        reject(notConnected(target.hostname, connectMs))
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
