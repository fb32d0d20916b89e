/** Asks a proxy for a tunnel to a host: CONNECT, RFC 9110 9.3.6. What is said inside is between the host and us. */
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { Failure } from '../../../shared/failure.ts'
import { proxyHeaders } from './outbound.ts'
import type { OutboundProxy } from './proxy.ts'
import { notConnected, unreachable } from './upstream-failure.ts'

// Not imported: see node-http-client.ts.
const http = process.getBuiltinModule('node:http')
const https = process.getBuiltinModule('node:https')

export interface TunnelOptions {
  readonly secureContext: SecureContext | undefined
  /** Until the tunnel stands, in ms. */
  readonly connectMs: number
  readonly signal?: AbortSignal
}

/** @throws Failure 'upstream-unreachable' | 'timeout' saying that it was the proxy, and what it said */
export function openTunnel(proxy: OutboundProxy, hostname: string, port: number, { secureContext, connectMs, signal }: TunnelOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const authority = `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`
    const request = (proxy.secure ? https : http).request({
      method: 'CONNECT',
      host: proxy.hostname,
      port: proxy.port,
      path: authority,
      headers: { host: authority, connection: 'keep-alive', ...proxyHeaders(proxy) },
      agent: false,
      ...(secureContext !== undefined && { secureContext }),
      ...(signal !== undefined && { signal }),
    })
    const timer = setTimeout(() => {
      reject(notConnected(`The proxy ${proxy.name}`, connectMs))
      request.destroy()
    }, connectMs)
    request.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      reject(unreachable(`The proxy ${proxy.name}`, error))
    })
    request.once('connect', (answer: IncomingMessage, socket: Socket, head: Buffer) => {
      clearTimeout(timer)
      if (answer.statusCode !== 200) {
        socket.destroy()
        return reject(refusedByProxy(proxy, answer.statusCode ?? 0, authority))
      }
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    request.end()
  })
}

/** The proxy's own answer, which must not pass for the provider's. */
export function refusedByProxy(proxy: OutboundProxy, status: number, authority: string): Failure {
  const why =
    status === 407
      ? `asks for a user and a password${proxy.authorization === undefined ? '' : ' other than those it was given'}: see Settings, Network`
      : `did not connect to ${authority}`
  return new Failure('upstream-unreachable', `The proxy ${proxy.name} ${why} (status ${status}).`)
}
