import type { LookupFunction } from 'node:net'
import { lookupWithin, type Reach, reachOfHostname, refusal } from './address.ts'
import type { UpstreamRequest } from './send.ts'

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
  /** What the host name tells by itself; undefined where only a resolver can tell. */
  readonly reach: Reach | undefined
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
    reach: reachOfHostname(parsed.hostname),
  }
  if (known.size > KNOWN_LIMIT) known.clear()
  known.set(url, target)
  return target
}

/** All but link-local, metadata and unusable addresses. */
const CALLED: ReadonlySet<Reach> = new Set(['public', 'this-machine', 'private-network'])

/** Where a request's connection may lead. @throws Failure for a host name that by itself leads elsewhere */
export function boundsOf({ within = CALLED }: UpstreamRequest, target: Target): ReadonlySet<Reach> {
  if (target.reach !== undefined && !within.has(target.reach)) throw refusal(target.hostname, target.reach)
  return within
}

const lookups = new Map<ReadonlySet<Reach>, LookupFunction>()

/** A name may lead elsewhere at each look-up. */
export function lookupFor(within: ReadonlySet<Reach>): LookupFunction {
  const made = lookups.get(within) ?? lookupWithin(within)
  lookups.set(within, made)
  return made
}
