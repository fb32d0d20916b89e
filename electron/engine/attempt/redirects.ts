import { Failure } from '../../../shared/failure.ts'
import type { Send, UpstreamRequest } from './send.ts'

const MOST_REDIRECTS = 5
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * The same way out, for files that their server hands on to another, as the hubs of models do; providers are never followed. Only what holds no key may be sent so:
 * every server on the way sees all of it. @throws Failure 'upstream-unreadable' for a redirect that is none, one too many, or one out of TLS
 */
export function followingRedirects(send: Send): Send {
  return async (request, departure) => {
    let asked: UpstreamRequest = request
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const answer = await send(asked, departure)
      if (!REDIRECTS.has(answer.status)) return answer
      // leaving at once closes the connection: of the body nothing is wanted
      for await (const _ of answer.body) break
      asked = { ...asked, url: nextOf(asked.url, answer.headers.location) }
    }
    throw new Failure('upstream-unreadable', `${hostOf(request.url)} redirected more than ${MOST_REDIRECTS} times`)
  }
}

function nextOf(from: string, location: string | undefined): string {
  const next = location === undefined ? null : URL.parse(location, from)
  if (next === null || (next.protocol !== 'https:' && next.protocol !== 'http:'))
    throw new Failure('upstream-unreadable', `${hostOf(from)} leads to no address`)
  if (next.protocol === 'http:' && URL.parse(from)?.protocol === 'https:') throw new Failure('upstream-unreadable', `${hostOf(from)} leads from https to http`)
  return next.href
}

/** Of an address no more is told: it may be signed. */
function hostOf(url: string): string {
  return new URL(url).host
}
