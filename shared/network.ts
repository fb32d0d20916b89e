/** How calls to providers leave this machine, and what is told of it. */
import { z } from 'zod'

/** As Node and curl read `no_proxy`: `*`, a host, `.suffix`, `*.suffix`, `host:port`, an address, `address/bits`, `from-to`. */
const EXCEPTION = /^(\*|(\*?\.)?[a-z0-9_][a-z0-9._-]*(:\d{1,5})?|\[?[0-9a-f:.]+\]?(\/\d{1,3})?|[0-9a-f:.]+-[0-9a-f:.]+)$/i

/** `https://proxy.example:8443`: no path, and no password, which has a place of its own. */
const proxyUrl = z
  .string()
  .max(500)
  .refine((text) => text === '' || isProxyUrl(text), 'an address such as http://proxy.example:8080, without user, password and path')

export const networkSettings = z.object({
  /** 'environment': as `http_proxy`, `https_proxy` and `no_proxy` say. 'own': the one below. */
  proxy: z.enum(['environment', 'none', 'own']).default('environment'),
  proxyUrl: proxyUrl.default(''),
  /** '' for none. */
  proxyUser: z.string().max(200).default(''),
  /** Whether there is a password; it rests in the vault. */
  hasProxyPassword: z.boolean().default(false),
  /** What is called without the proxy. This machine always is. */
  exceptions: z.array(z.string().trim().max(300).regex(EXCEPTION, 'a host, .suffix, address or range')).max(200).default([]),
  /** A PEM file whose certificates are trusted besides the usual roots; '' for none. */
  caFile: z.string().max(4_096).default(''),
})
export type NetworkSettings = z.infer<typeof networkSettings>

export function isProxyUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false
  return url.hostname !== '' && url.username === '' && url.password === '' && url.pathname === '/' && url.search === '' && url.hash === ''
}

export interface CertificateFacts {
  readonly subject: string
  readonly issuer: string
  /** ms since the epoch. */
  readonly validFrom: number
  readonly validTo: number
  /** SHA-256, as `AB:CD:...`. */
  readonly fingerprint: string
  /** Whether it may sign others. */
  readonly isAuthority: boolean
}

export type CaProblem = 'not-absolute' | 'not-found' | 'not-readable' | 'too-large' | 'no-pem' | 'private-key' | 'broken' | 'none'

/** What a CA file holds. `block` counts from 1, where one of its blocks is at fault. */
export type CaReading =
  | { readonly is: 'read'; readonly certificates: readonly CertificateFacts[] }
  | { readonly is: 'refused'; readonly why: CaProblem; readonly block?: number }

export interface NetworkStatus extends NetworkSettings {
  /** 'missing': there was one, and the vault in use does not hold it (now). */
  readonly password: 'none' | 'kept' | 'missing'
  /** The proxy variables that are set; passwords in them are left out. */
  readonly environment: readonly { readonly name: string; readonly value: string }[]
  /** Of `caFile` as it is in force; undefined where none is named. */
  readonly ca: CaReading | undefined
}

/** What was tried, in order; the last one may have failed. */
export type ConnectionStep =
  | { readonly is: 'way'; readonly proxy: string | undefined }
  | { readonly is: 'resolved'; readonly host: string; readonly addresses: readonly string[] }
  | { readonly is: 'connected'; readonly host: string; readonly ms: number }
  | { readonly is: 'tunnel'; readonly proxy: string }
  | { readonly is: 'secured'; readonly subject: string; readonly issuer: string; readonly validTo: number; readonly byOwnAuthority: boolean }
  | { readonly is: 'answered'; readonly status: number }

export type ConnectionFault =
  /** The name leads nowhere. */
  | { readonly is: 'dns'; readonly host: string; readonly code: string }
  /** The address is one that is never called. */
  | { readonly is: 'refused-address'; readonly message: string }
  | { readonly is: 'connect'; readonly host: string; readonly code: string }
  /** `status` 407: a user and a password are asked for. */
  | { readonly is: 'proxy'; readonly proxy: string; readonly status: number }
  | { readonly is: 'certificate'; readonly code: string; readonly subject: string; readonly issuer: string; readonly validTo: number }
  | { readonly is: 'tls'; readonly host: string; readonly code: string }
  | { readonly is: 'answer'; readonly host: string; readonly code: string }

export interface ConnectionReport {
  readonly url: string
  readonly steps: readonly ConnectionStep[]
  readonly fault: ConnectionFault | undefined
}
