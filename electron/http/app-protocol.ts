/**
 * The window's whole world: `app://switchyard/*`, served by one function from Request to Response. `/api/*` goes to the engine in process,
 * everything else is a file of the built renderer. No port, no token: nothing outside this app can ask.
 */
import { SECURITY_HEADERS } from './security-headers.ts'
import { staticFile } from './static-files.ts'

export const APP_SCHEME = 'app'
export const APP_ORIGIN = `${APP_SCHEME}://switchyard`

/** For registerSchemesAsPrivileged: a proper origin, fetch and streamed answers; nothing that other schemes could use. */
export const APP_SCHEME_PRIVILEGES = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
} as const

/**
 * @param handleApi serves `/api/*`; its request's signal aborts when the window stops reading
 * @param rendererDir absolute folder of the built renderer
 */
export function appProtocol(handleApi: (request: Request) => Promise<Response>, rendererDir: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (originOf(request.url) !== APP_ORIGIN) return refusal(404)
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/api/')) return endingWithItsReader(request, handleApi)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405)
    return staticFile(rendererDir, pathname, SECURITY_HEADERS)
  }
}

/**
 * When the page aborts a fetch, Electron cancels the answer's body but leaves `request.signal` alone. So the engine gets a signal of our own,
 * aborted by either; without it a stopped comparison would run on, and be paid for, to its end.
 */
async function endingWithItsReader(request: Request, handle: (request: Request) => Promise<Response>): Promise<Response> {
  const gone = new AbortController()
  const response = await handle(new Request(request, { signal: AbortSignal.any([request.signal, gone.signal]) }))
  if (response.body === null) return response
  const reader = response.body.getReader()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel(reason) {
      gone.abort(reason)
      await reader.cancel(reason)
    },
  })
  return new Response(body, { status: response.status, headers: { ...Object.fromEntries(response.headers), 'x-content-type-options': 'nosniff' } })
}

/** The origin of an address, also for app://, where `URL.origin` is 'null'. undefined: not an address. */
export function originOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const { protocol, host } = new URL(address)
  return `${protocol}//${host}`
}

function refusal(status: 404 | 405): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS })
}

const OUTSIDE_PROTOCOLS: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:'])

/** The address as it may be handed to the operating system, or undefined. Parsed, for `startsWith` lets ` javascript:` and the like through. */
export function openableOutside(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  return OUTSIDE_PROTOCOLS.has(url.protocol) ? url.href : undefined
}
