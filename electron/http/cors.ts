/** For browser pages of origins that the user has allowed: they are told so by name, never by a wildcard, and their preflights are answered. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isOurOrigin } from './guard.ts'

/** What pages may read of an answer besides the usual. */
const EXPOSED = [
  ...['x-generation-id', 'x-switchyard-served-by', 'x-switchyard-simulated', 'x-switchyard-dropped', 'x-switchyard-cache', 'retry-after'],
  ...['x-switchyard-attempts', 'x-switchyard-decision', 'x-request-id', 'request-id'],
  ...['status', 'age', 'ttl', 'source-id'].map((name) => `x-openrouter-cache-${name}`),
].join(', ')
/** A browser asks again after this long. */
const PREFLIGHT_LIFE_SECONDS = 600

/** Marks the response for an allowed foreign origin. Returns true when the request was a preflight and has been answered. The guard has checked the origin. */
export function allowOrigin(request: IncomingMessage, response: ServerResponse, port: number): boolean {
  const { origin } = request.headers
  if (origin === undefined || isOurOrigin(origin, port)) return false
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('vary', 'origin')
  response.setHeader('access-control-expose-headers', EXPOSED)
  if (request.method !== 'OPTIONS') return false
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST, DELETE',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? 'authorization, content-type',
    'access-control-max-age': String(PREFLIGHT_LIFE_SECONDS),
    // Chromium asks this of pages that call into the local network: https://wicg.github.io/private-network-access/
    ...(request.headers['access-control-request-private-network'] === 'true' && { 'access-control-allow-private-network': 'true' }),
  })
  response.end()
  return true
}
