/**
 * The workbench over HTTP: sign-in, the contract's routes under /api/, and the built renderer, as one `Request -> Response` function. Only a
 * session opens the contract; the cookie is HttpOnly and SameSite=Strict and named after the port, since cookies ignore ports.
 */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Transport } from '../../shared/contract.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import type { Sessions } from './session.ts'
import { staticFile } from './static-files.ts'

export interface WorkbenchStages {
  readonly api: Transport
  readonly sessions: Sessions
  readonly rendererDir: string | undefined
  readonly port: () => number
  /** Someone at the sign-in page asks for a new code; it goes to the terminal, never to them. */
  readonly printCode: () => void
}

/** The contract's bodies are bounded by their schemas, this bounds what is read before those, whether its length is told or not. */
const BODY_LIMIT_BYTES = 32 * 1024 * 1024
/** Whoever sends a code is a stranger still. */
const SIGN_IN_LIMIT_BYTES = 1024
/** A person asks for a code now and then; a script that fills the terminal does not get its way. */
const CODE_EVERY_MS = 3_000

export function workbench(stages: WorkbenchStages): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const app = new Hono()
  const cookieName = (): string => `switchyard_${stages.port()}`
  const isSignedIn = (context: Context): boolean => stages.sessions.isOpen(getCookie(context, cookieName()))
  let codeAskedAt = 0

  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.res.headers.set(name, value)
  })
  app.post('/session', bodyLimit({ maxSize: SIGN_IN_LIMIT_BYTES, onError: tooLarge }), async (context) => {
    if (!isJson(context.req.header('content-type'))) return context.json({ ok: false, failure: { kind: 'bad-input', message: 'Send application/json.' } }, 415)
    const body = await context.req.json<{ code?: unknown }>().catch(() => ({ code: undefined }))
    const token = typeof body.code === 'string' ? stages.sessions.exchange(body.code) : undefined
    if (token === undefined) {
      return context.json(
        { ok: false, failure: { kind: 'refused', message: 'This code is not valid (any more). Print a new one in the terminal.', field: 'code' } },
        403,
      )
    }
    setCookie(context, cookieName(), token, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 30 * 24 * 3600 })
    return context.json({ ok: true, value: null })
  })
  app.post('/session/code', (context) => {
    const now = Date.now()
    if (now - codeAskedAt < CODE_EVERY_MS) return context.json({ ok: false, failure: { kind: 'refused', message: 'A code was printed a moment ago.' } }, 429)
    codeAskedAt = now
    stages.printCode()
    return context.json({ ok: true, value: null })
  })
  app.delete('/session', (context) => {
    const token = getCookie(context, cookieName())
    if (token !== undefined) stages.sessions.close(token)
    deleteCookie(context, cookieName(), { path: '/' })
    return context.json({ ok: true, value: null })
  })
  app.use('/api/*', async (context, next) => {
    if (!isSignedIn(context)) {
      return context.json({ ok: false, failure: { kind: 'signed-out', message: 'Sign in with the code that Switchyard printed.' } }, 401)
    }
    return next()
  })
  app.all('/api/*', bodyLimit({ maxSize: BODY_LIMIT_BYTES, onError: tooLarge }), (context) => stages.api(context.req.raw))
  app.get('*', async (context) => {
    if (stages.rendererDir === undefined) return context.text('The workbench has not been built. Run npm run build.', 503)
    const { pathname } = new URL(context.req.url)
    const file = await staticFile(stages.rendererDir, pathname, {})
    return pathname === '/' && !isSignedIn(context) ? forStrangers(file) : file
  })
  app.all('*', (context) =>
    context.json(
      { error: { message: `There is no route ${context.req.method} ${context.req.path}.`, type: 'invalid_request_error', param: null, code: null } },
      404,
    ),
  )
  return getRequestListener(app.fetch, { overrideGlobalObjects: false })
}

/** The page says itself that nobody has signed in, so that the window does not begin with screens that it has to take away again. */
async function forStrangers(page: Response): Promise<Response> {
  const { status, headers } = page
  return new Response((await page.text()).replace('<html', '<html data-signed-out'), { status, headers })
}

function tooLarge(context: Context): Response {
  return context.json({ ok: false, failure: { kind: 'bad-input', message: 'The body is too large.' } }, 413)
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json\b/i.test(contentType ?? '')
}
