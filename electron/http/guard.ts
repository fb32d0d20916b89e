/**
 * Loopback is hostile ground: any page in a browser can send requests to 127.0.0.1, and a DNS name can be made to point there. What protects this
 * server: it listens on 127.0.0.1 alone, unless the user opens it to their own network (lan.ts); the Host must name this machine and port; an Origin must be ours or allowed by the user; a cross-site
 * fetch is refused; every route but /health wants a client key or a session. Parsed by URL, never by prefix.
 */
import { Failure } from '../../shared/failure.ts'

export interface GuardFacts {
  readonly port: number
  /** What nearly every request names as its host. It is compared first, before anything is taken apart. */
  readonly usualHost: string
  /** The hosts that are answered to in place of this machine's own, for a door to another network. */
  readonly names?: ReadonlySet<string>
}

export interface GuardedHeaders {
  readonly host?: string | undefined
  readonly origin?: string | undefined
  readonly 'sec-fetch-site'?: string | undefined
}

const OUR_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** @param allowedOrigins browser origins that the user has allowed, such as `https://tool.example` @throws Failure 'forbidden' */
export function guard(headers: GuardedHeaders, { port, usualHost, names }: GuardFacts, allowedOrigins: readonly string[]): void {
  if (headers.host !== usualHost && !isHost(headers.host, port, names ?? OUR_NAMES)) {
    const answersTo = names === undefined ? `127.0.0.1:${port} and localhost:${port}` : [...names].map((name) => `${name}:${port}`).join(', ')
    throw new Failure('forbidden', `This server answers to ${answersTo} only, not to the host '${printable(headers.host)}'.`)
  }
  const { origin } = headers
  if (origin !== undefined) {
    if ((names !== undefined || !isOurOrigin(origin, port)) && !allowedOrigins.includes(origin)) {
      throw new Failure('forbidden', `Pages of '${printable(origin)}' may not call this server. Allowed origins are a setting.`)
    }
    return
  }
  const site = headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site') throw new Failure('forbidden', 'A page of another site may not call this server.')
}

export function isOurHost(host: string | undefined, port: number): boolean {
  return isHost(host, port, OUR_NAMES)
}

function isHost(host: string | undefined, port: number, names: ReadonlySet<string>): boolean {
  if (host === undefined) return false
  const colon = host.lastIndexOf(':')
  const name = colon > host.lastIndexOf(']') ? host.slice(0, colon) : host
  const given = colon > host.lastIndexOf(']') ? host.slice(colon + 1) : '80'
  return names.has(name.toLowerCase()) && given === String(port)
}

export function isOurOrigin(origin: string, port: number): boolean {
  let url: URL
  try {
    url = new URL(origin)
  } catch {
    // 'null' and other things that are no URL are nobody's origin
    return false
  }
  return url.protocol === 'http:' && OUR_NAMES.has(url.hostname) && (url.port === '' ? 80 : Number(url.port)) === port && url.origin === origin
}

function printable(text: string | undefined): string {
  return (text ?? '').replace(/[^\x20-\x7e]/g, '?').slice(0, 100)
}
