/**
 * Which proxy, if any, a call to a provider goes through. Decided here for both clients alike, from what the environment says
 * (`http_proxy`, `https_proxy`, `no_proxy`, in either case) or from the settings. Calls to this machine never go through a proxy of the settings;
 * those of the environment are followed to the letter.
 * The exceptions are written as Node and curl read `no_proxy`: https://nodejs.org/api/http.html#built-in-proxy-support
 */
import { BlockList, isIP } from 'node:net'
import type { Secret } from '../credentials/secret.ts'
import type { Target } from './target.ts'

export interface OutboundProxy {
  /** Whether the proxy itself is reached over TLS. */
  readonly secure: boolean
  readonly hostname: string
  readonly port: number
  /** `proxy.example:8080`, for people and as a name. */
  readonly name: string
  /** The whole value of `proxy-authorization`. */
  readonly authorization: Secret | undefined
}

export interface ProxyRules {
  /** For calls over plain HTTP, which the proxy is asked to make. */
  readonly http: OutboundProxy | undefined
  /** For calls over TLS, for which the proxy opens a tunnel and sees nothing. */
  readonly https: OutboundProxy | undefined
  readonly exceptions: readonly string[]
  /** Calls to this machine go straight. */
  readonly sparesThisMachine: boolean
}

export function proxyFor(rules: ProxyRules, target: Pick<Target, 'secure' | 'hostname' | 'port' | 'reach'>): OutboundProxy | undefined {
  const proxy = target.secure ? rules.https : rules.http
  if (proxy === undefined || (rules.sparesThisMachine && target.reach === 'this-machine')) return undefined
  const port = target.port === '' ? (target.secure ? '443' : '80') : target.port
  return rules.exceptions.some((exception) => isExcepted(exception, target.hostname, port)) ? undefined : proxy
}

/** A proxy's address taken apart, undefined where it is none of an HTTP proxy. `secretOf` wraps what it says of user and password. */
export function proxyOf(address: string, secretOf: (credentials: string) => Secret): OutboundProxy | undefined {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`)
  if (url === null || url.hostname === '' || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined
  const secure = url.protocol === 'https:'
  const credentials = url.username === '' && url.password === '' ? undefined : `${decoded(url.username)}:${decoded(url.password)}`
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port)
  return {
    secure,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    name: `${url.hostname}:${port}`,
    authorization: credentials === undefined ? undefined : secretOf(credentials),
  }
}

/** `proxy-authorization` for a user and a password, RFC 7617. */
export function basicAuthorization(credentials: string): string {
  return `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`
}

export const PROXY_VARIABLES = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY'] as const

/** The lower-case name wins, as everywhere. */
export function environmentRules(environment: Readonly<Record<string, string | undefined>>, secretOf: (credentials: string) => Secret): ProxyRules | undefined {
  const read = (name: string): string => environment[name] || environment[name.toUpperCase()] || ''
  const proxy = (name: string): OutboundProxy | undefined => (read(name) === '' ? undefined : proxyOf(read(name), secretOf))
  const [http, https] = [proxy('http_proxy'), proxy('https_proxy')]
  if (http === undefined && https === undefined) return undefined
  return { http, https, exceptions: exceptionsIn(read('no_proxy')), sparesThisMachine: false }
}

/** Separated by commas, spaces or lines. */
export function exceptionsIn(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}

function isExcepted(exception: string, hostname: string, port: string): boolean {
  if (exception === '*') return true
  const host = hostname.toLowerCase()
  if (isIP(host) !== 0) {
    const listed = addresses(exception)
    if (listed !== undefined) return listed.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4')
  }
  const [, name = '', ofPort] = /^(.*?)(?::(\d+))?$/.exec(exception.toLowerCase()) ?? []
  if (ofPort !== undefined && ofPort !== port) return false
  const suffix = name.replace(/^\*?\./, '')
  if (suffix === name) return host === name
  return host === suffix || host.endsWith(`.${suffix}`)
}

const known = new Map<string, BlockList | undefined>()

/** An address, `a-b`, or `address/bits`; undefined for what is a name. */
function addresses(exception: string): BlockList | undefined {
  if (known.has(exception)) return known.get(exception)
  const list = addressesOf(exception.replace(/^\[|\]$/g, ''))
  if (known.size > 1_000) known.clear()
  known.set(exception, list)
  return list
}

function addressesOf(exception: string): BlockList | undefined {
  const [from = '', to] = exception.split('-')
  const [network = '', bits] = exception.split('/')
  const list = new BlockList()
  const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')
  try {
    if (isIP(exception) !== 0) list.addAddress(exception, family(exception))
    else if (to !== undefined && isIP(from) !== 0 && isIP(to) === isIP(from)) list.addRange(from, to, family(from))
    else if (bits !== undefined && isIP(network) !== 0) list.addSubnet(network, Number(bits), family(network))
    else return undefined
    return list
  } catch {
    // a range that runs backwards, more bits than there are: no address is in it
    return undefined
  }
}

/** What cannot be decoded was meant as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
