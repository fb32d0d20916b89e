/** Goes the way that calls to a provider go, step by step and with nobody's key, and says at which step it ends. */
import { lookup } from 'node:dns/promises'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { isIP, type Socket } from 'node:net'
import type { PeerCertificate, TLSSocket } from 'node:tls'
import { Failure } from '../../shared/failure.ts'
import type { ConnectionFault, ConnectionReport, ConnectionStep } from '../../shared/network.ts'
import { type Outbound, proxyHeaders } from './attempt/outbound.ts'
import type { OutboundProxy } from './attempt/proxy.ts'
import { boundsOf, lookupFor, type Target, targetOf } from './attempt/target.ts'

const net = process.getBuiltinModule('node:net')
const tls = process.getBuiltinModule('node:tls')
const http = process.getBuiltinModule('node:http')

export interface CheckOptions {
  /** For each step, in ms. */
  readonly limitMs: number
  readonly signal: AbortSignal
  /** Whether a certificate, by its fingerprint, is of the user's own CA file. */
  readonly isOwn: (fingerprint: string) => boolean
}

/** A step that failed, on its way to the report. */
class Broken extends Error {
  readonly fault: ConnectionFault
  constructor(fault: ConnectionFault) {
    super(fault.is)
    this.fault = fault
  }
}

/** Never rejects: what fails is the report's fault. */
export async function checkConnection(url: string, outbound: Outbound, options: CheckOptions): Promise<ConnectionReport> {
  const steps: ConnectionStep[] = []
  const opened: Socket[] = []
  try {
    await walk(targetOf(url), outbound, options, steps, opened)
    return { url, steps, fault: undefined }
  } catch (thrown) {
    return { url, steps, fault: faultOf(thrown, url) }
  } finally {
    // it ends those below it; ended from below, one that is inside TLS can take the process along
    opened.at(-1)?.destroy()
  }
}

async function walk(target: Target, outbound: Outbound, { limitMs, signal, isOwn }: CheckOptions, steps: ConnectionStep[], opened: Socket[]): Promise<void> {
  const proxy = outbound.proxyFor(target)
  const bounds = boundsOf({ method: 'GET', url: '', headers: {}, body: undefined }, target)
  steps.push({ is: 'way', proxy: proxy?.name })
  const hop = proxy ?? { hostname: target.hostname, port: portOf(target) }
  if (isIP(hop.hostname) === 0) steps.push({ is: 'resolved', host: hop.hostname, addresses: await resolved(hop.hostname) })
  const began = performance.now()
  const plain = net.connect({ host: hop.hostname, port: hop.port, ...(proxy === undefined && target.reach === undefined && { lookup: lookupFor(bounds) }) })
  opened.push(plain)
  await settled(plain, 'connect', limitMs, signal, (code) => ({ is: 'connect', host: `${hop.hostname}:${hop.port}`, code }))
  steps.push({ is: 'connected', host: `${hop.hostname}:${hop.port}`, ms: Math.round(performance.now() - began) })
  let socket: Socket = plain
  if (proxy?.secure === true) socket = await secured(plain, proxy.hostname, outbound, { limitMs, signal, isOwn }, steps, opened)
  if (proxy !== undefined && target.secure) {
    const status = await tunnelled(socket, proxy, target, limitMs, signal)
    if (status !== 200) throw new Broken({ is: 'proxy', proxy: proxy.name, status })
    steps.push({ is: 'tunnel', proxy: proxy.name })
  }
  if (target.secure) socket = await secured(socket, target.hostname, outbound, { limitMs, signal, isOwn }, steps, opened)
  const asked = target.secure ? undefined : proxy
  const status = await answered(socket, target, asked, limitMs, signal)
  if (asked !== undefined && status === 407) throw new Broken({ is: 'proxy', proxy: asked.name, status })
  steps.push({ is: 'answered', status })
}

async function resolved(hostname: string): Promise<readonly string[]> {
  try {
    return (await lookup(hostname, { all: true })).map(({ address }) => address)
  } catch (error) {
    throw new Broken({ is: 'dns', host: hostname, code: codeOf(error) })
  }
}

async function secured(
  below: Socket,
  hostname: string,
  { secureContext }: Outbound,
  { limitMs, signal, isOwn }: CheckOptions,
  steps: ConnectionStep[],
  opened: Socket[],
): Promise<TLSSocket> {
  const socket = tls.connect({
    socket: below,
    ...(isIP(hostname) === 0 && { servername: hostname }),
    host: hostname,
    ALPNProtocols: ['http/1.1'],
    // whom it is from is looked at below: a certificate that is not trusted is what one wants to see; nothing is sent over it
    rejectUnauthorized: false,
    ...(secureContext !== undefined && { secureContext }),
  })
  opened.push(socket)
  await settled(socket, 'secureConnect', limitMs, signal, (code) => ({ is: 'tls', host: hostname, code }))
  const shown = socket.getPeerCertificate(true)
  const facts = { subject: nameOf(shown.subject), issuer: nameOf(shown.issuer), validTo: Date.parse(shown.valid_to) }
  const { authorizationError } = socket
  if (!socket.authorized) throw new Broken({ is: 'certificate', code: codeOf(authorizationError), ...facts })
  steps.push({ is: 'secured', ...facts, byOwnAuthority: chainOf(shown).some(({ fingerprint256 }) => isOwn(fingerprint256)) })
  return socket
}

function chainOf(leaf: PeerCertificate & { issuerCertificate?: PeerCertificate }): readonly PeerCertificate[] {
  const chain: PeerCertificate[] = []
  for (
    let each: typeof leaf | undefined = leaf;
    each?.fingerprint256 !== undefined && !chain.includes(each);
    each = each.issuerCertificate as typeof leaf | undefined
  )
    chain.push(each)
  return chain
}

function tunnelled(socket: Socket, proxy: OutboundProxy, target: Target, limitMs: number, signal: AbortSignal): Promise<number> {
  const authority = `${target.hostname.includes(':') ? `[${target.hostname}]` : target.hostname}:${portOf(target)}`
  return asking(
    { createConnection: () => socket, method: 'CONNECT', path: authority, headers: { host: authority, connection: 'keep-alive', ...proxyHeaders(proxy) } },
    'connect',
    { is: 'answer', host: proxy.name, code: '' },
    limitMs,
    signal,
  )
}

function answered(socket: Socket, target: Target, asked: OutboundProxy | undefined, limitMs: number, signal: AbortSignal): Promise<number> {
  const headers = { host: target.host, accept: '*/*', 'user-agent': 'Switchyard', ...(asked !== undefined && proxyHeaders(asked)) }
  const path = asked === undefined ? target.path : target.origin + target.path
  return asking(
    { createConnection: () => socket, method: 'GET', path, headers },
    'response',
    { is: 'answer', host: target.hostname, code: '' },
    limitMs,
    signal,
  )
}

function asking(
  options: RequestOptions,
  event: 'connect' | 'response',
  fault: Extract<ConnectionFault, { is: 'answer' }>,
  limitMs: number,
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request({ signal, ...options })
    const timer = setTimeout(() => {
      reject(new Broken({ ...fault, code: 'ETIMEDOUT' }))
      if (event === 'response') request.destroy()
    }, limitMs)
    request.once('error', (error) => {
      clearTimeout(timer)
      reject(new Broken({ ...fault, code: codeOf(error) }))
    })
    request.once(event, (answer: IncomingMessage) => {
      clearTimeout(timer)
      resolve(answer.statusCode ?? 0)
    })
    request.end()
  })
}

function settled(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  limitMs: number,
  signal: AbortSignal,
  fault: (code: string) => ConnectionFault,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      end()
      reject(error instanceof Failure ? error : new Broken(fault(codeOf(error))))
    }
    const onAbort = (): void => fail({ code: 'ABORT_ERR' })
    const onClose = (): void => fail({ code: 'ECONNRESET' })
    const timer = setTimeout(() => fail({ code: 'ETIMEDOUT' }), limitMs)
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      socket.off('close', onClose)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    socket.once('close', onClose)
    // stays, so that what breaks later is not thrown at everybody
    socket.on('error', fail)
    socket.once(event, () => {
      end()
      resolve()
    })
  })
}

function faultOf(thrown: unknown, url: string): ConnectionFault {
  if (thrown instanceof Broken) return thrown.fault
  if (thrown instanceof Failure) return { is: 'refused-address', message: thrown.message }
  return { is: 'answer', host: targetOf(url).hostname, code: codeOf(thrown) }
}

function codeOf(error: unknown): string {
  if (typeof error === 'string') return error
  const { code, errors, message = '' } = error as { code?: string; errors?: readonly { code?: string }[]; message?: string }
  return code ?? errors?.[0]?.code ?? message
}

function portOf({ port, secure }: Target): number {
  return port === '' ? (secure ? 443 : 80) : Number(port)
}

function nameOf(distinguished: PeerCertificate['subject'] | undefined): string {
  const { CN, O, OU } = distinguished ?? {}
  return [CN, O, OU].flat().find((name) => name !== undefined && name !== '') ?? ''
}
