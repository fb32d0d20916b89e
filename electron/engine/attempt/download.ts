/**
 * Fetches a file that a prompt names by its address, for providers that take bytes alone. The address is not ours to trust: only public hosts, on
 * every redirect anew; the connection goes to the very IP address that was checked, so a name cannot change its meaning in between. Sends nothing
 * of the client's, keeps no connection and uses no proxy, behind which nothing could be checked.
 */
import type { LookupAddress } from 'node:dns'
import type * as Http from 'node:http'
import type { SecureContext } from 'node:tls'
import { Failure } from '../../../shared/failure.ts'
import type { Departure } from '../departure.ts'
import { type Reach, reachOfAddress, reachOfHostname } from './address.ts'
import { addPiece } from './few-pieces.ts'

// Not imported: see upstream.ts.
const http = process.getBuiltinModule('node:http')
const https = process.getBuiltinModule('node:https')
const dns = process.getBuiltinModule('node:dns')

/** Bedrock takes some 4 MB an image and 5 MB a document, Gemini 50 MB a PDF; base64 adds a third. */
export const DOWNLOAD_LIMIT_BYTES = 20 * 1024 * 1024
/** For all of one file, redirects included: somebody is waiting for the answer. */
export const DOWNLOAD_LIMIT_MS = 15_000
const MOST_REDIRECTS = 3

export const PUBLIC_ONLY: ReadonlySet<Reach> = new Set(['public'])
/** This machine and its network too, but never a place that hands out secrets. */
export const ANYWHERE_SAFE: ReadonlySet<Reach> = new Set(['public', 'private-network', 'this-machine'])

export interface DownloadGuard {
  /** Where a connection may lead. */
  readonly allowed: ReadonlySet<Reach>
  readonly lookup?: (hostname: string) => Promise<readonly LookupAddress[]>
  readonly limitBytes?: number
  readonly limitMs?: number
  /** The roots that are trusted; undefined for the usual ones. */
  readonly secureContext?: SecureContext | undefined
}

export interface Downloaded {
  readonly mediaType: string
  readonly bytes: Buffer
}

/**
 * @param takes whether files of a media type are wanted; asked before any byte of the body is read
 * @throws Failure 'cancelled' when the caller has left, otherwise 'bad-request' saying why the file could not be had
 */
export async function download(url: string, takes: (mediaType: string) => boolean, departure: Departure, guard: DownloadGuard): Promise<Downloaded> {
  const controller = new AbortController()
  const onLeave = (): void => controller.abort(new Failure('cancelled', { code: 'caller-gone' }))
  if (departure.isGone) onLeave()
  departure.on(onLeave)
  const { limitMs = DOWNLOAD_LIMIT_MS } = guard
  const timer = setTimeout(() => controller.abort(refusal(`did not come within ${limitMs} ms`)), limitMs)
  try {
    let place = httpAddress(url)
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const answer = await get(place, controller.signal, guard)
      const next = redirectOf(answer, place)
      if (next === undefined) return await bodyOf(answer, takes, guard.limitBytes ?? DOWNLOAD_LIMIT_BYTES)
      answer.destroy()
      place = next
    }
    throw refusal('was redirected too often')
  } catch (thrown) {
    if (controller.signal.aborted) throw controller.signal.reason
    if (thrown instanceof Failure) throw thrown
    throw new Failure('bad-request', 'could not be fetched', { cause: thrown })
  } finally {
    clearTimeout(timer)
    departure.off(onLeave)
    // whatever is still open is not wanted any more
    controller.abort()
  }
}

const ELSEWHERE = 'is not on the public internet'

function refusal(why: string): Failure {
  return new Failure('bad-request', why)
}

function httpAddress(url: string, base?: URL): URL {
  const place = URL.parse(url, base?.href)
  if (place === null || (place.protocol !== 'https:' && place.protocol !== 'http:')) throw refusal('is no http or https address')
  if (place.username !== '' || place.password !== '') throw refusal('holds a name or password')
  return place
}

function redirectOf(answer: Http.IncomingMessage, from: URL): URL | undefined {
  const { statusCode = 0, headers } = answer
  if (![301, 302, 303, 307, 308].includes(statusCode)) return undefined
  const to = httpAddress(headers.location ?? '', from)
  if (from.protocol === 'https:' && to.protocol === 'http:') throw refusal('leads from https to http')
  return to
}

function get(place: URL, signal: AbortSignal, guard: DownloadGuard): Promise<Http.IncomingMessage> {
  const host = place.hostname.replace(/^\[|\]$/g, '')
  // addresses that are no names are connected to without a lookup
  const reach = reachOfHostname(host)
  if (reach !== undefined && !guard.allowed.has(reach)) throw refusal(ELSEWHERE)
  return new Promise((resolve, reject) => {
    const options: Http.RequestOptions & { readonly secureContext?: SecureContext } = {
      host,
      port: place.port,
      path: place.pathname + place.search,
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'Switchyard' },
      agent: false,
      signal,
      ...(guard.secureContext !== undefined && { secureContext: guard.secureContext }),
      lookup: (hostname, { all }, found) => {
        addressesOf(hostname, guard).then(
          (addresses) => (all === true ? found(null, [...addresses]) : found(null, addresses[0]?.address ?? '', addresses[0]?.family)),
          (error: Error) => found(error, ''),
        )
      },
    }
    const request = (place.protocol === 'https:' ? https : http).get(options, resolve)
    request.once('error', reject)
  })
}

/** All addresses of a name, of which none may be a forbidden one: the connection goes to whichever answers. */
async function addressesOf(hostname: string, guard: DownloadGuard): Promise<readonly LookupAddress[]> {
  const addresses = await (guard.lookup?.(hostname) ?? dns.promises.lookup(hostname, { all: true }))
  if (addresses.length === 0 || !addresses.every(({ address }) => guard.allowed.has(reachOfAddress(address)))) throw refusal(ELSEWHERE)
  return addresses
}

async function bodyOf(answer: Http.IncomingMessage, takes: (mediaType: string) => boolean, limitBytes: number): Promise<Downloaded> {
  const { statusCode = 0, headers } = answer
  if (statusCode !== 200) throw refusal(`was answered with status ${statusCode}`)
  const [mediaType = ''] = (headers['content-type'] ?? '').toLowerCase().split(';', 1)
  if (!takes(mediaType.trim())) throw refusal(`is of type ${mediaType.trim().slice(0, 60) || 'unknown'}, which cannot be taken here`)
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') throw refusal('came compressed')
  if (Number(headers['content-length'] ?? 0) > limitBytes) throw refusal(`is larger than ${limitBytes} bytes`)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limitBytes) throw refusal(`is larger than ${limitBytes} bytes`)
    addPiece(chunks, chunk)
  }
  return { mediaType: mediaType.trim(), bytes: Buffer.concat(chunks, size) }
}
