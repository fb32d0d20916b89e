/** A URL taken apart into what a connection and a request line need. */
export interface Target {
  readonly secure: boolean
  readonly origin: string
  /** As in the Host header: with the port where it is not the usual one. */
  readonly host: string
  readonly hostname: string
  readonly port: string
  /** With the query. */
  readonly path: string
}

/** URLs repeat from request to request; parsing one costs more than everything else about it. */
const KNOWN_LIMIT = 1_000
const known = new Map<string, Target>()

/** @throws TypeError for what is no URL */
export function targetOf(url: string): Target {
  const found = known.get(url)
  if (found !== undefined) return found
  const parsed = new URL(url)
  const target = {
    secure: parsed.protocol === 'https:',
    origin: parsed.origin,
    host: parsed.host,
    hostname: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port,
    path: parsed.pathname + parsed.search,
  }
  if (known.size > KNOWN_LIMIT) known.clear()
  known.set(url, target)
  return target
}
