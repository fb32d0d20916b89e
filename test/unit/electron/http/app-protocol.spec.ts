import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { APP_ORIGIN, APP_SCHEME_PRIVILEGES, appProtocol } from '../../../../electron/http/app-protocol.ts'
import { SECURITY_HEADERS } from '../../../../electron/http/security-headers.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const noApi = (): Promise<Response> => Promise.reject(new Error('the engine was asked'))

describe('the window’s files', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let serve: (request: Request) => Promise<Response>
  beforeAll(() => {
    folder = temporaryFolder()
    const renderer = join(folder.path, 'renderer')
    mkdirSync(join(renderer, 'assets'), { recursive: true })
    writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>page</title>')
    writeFileSync(join(renderer, 'assets/app.js'), 'run()')
    writeFileSync(join(folder.path, 'secret.json'), '"beside the renderer"')
    serve = appProtocol(noApi, renderer)
  })
  afterAll(() => folder[Symbol.dispose]())

  it.each([
    ['/', 'text/html; charset=utf-8', '<!doctype html><title>page</title>'],
    ['/assets/app.js', 'text/javascript; charset=utf-8', 'run()'],
  ])('serves %s as %s with every security header', async (path, mediaType, text) => {
    const response = await serve(new Request(APP_ORIGIN + path))
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({ ...SECURITY_HEADERS, 'content-type': mediaType })
    expect(await response.text()).toBe(text)
  })

  it.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..%2f..%2fsecret.json',
    '/%2e%2e%5csecret.json',
    '/assets/app.js%00.json',
    '/missing.js',
    '/assets',
    '/%',
  ])('serves nothing for %s', async (path) => {
    const response = await serve(new Request(APP_ORIGIN + path))
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
    expect(await response.text()).not.toContain('beside the renderer')
  })

  it('answers to its own host and to reading only', async () => {
    expect((await serve(new Request('app://elsewhere/index.html'))).status).toBe(404)
    expect((await serve(new Request(`${APP_ORIGIN}/index.html`, { method: 'POST', body: 'x' }))).status).toBe(405)
  })
})

describe('the window’s API', () => {
  /** An endless answer, and what became of it. */
  function endless() {
    let signal: AbortSignal | undefined
    let cancelled = false
    const serve = appProtocol((request) => {
      signal = request.signal
      const body = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new TextEncoder().encode('{"item":1}\n')),
        cancel: () => {
          cancelled = true
        },
      })
      return Promise.resolve(new Response(body, { headers: { 'content-type': 'application/x-ndjson' } }))
    }, '/nowhere')
    return { serve, aborted: () => signal?.aborted, cancelled: () => cancelled }
  }

  it('hands the request to the engine as it came, and the answer back', async () => {
    const serve = appProtocol(
      async (request) => Response.json({ path: new URL(request.url).pathname, body: await request.json() }, { status: 201 }),
      '/nowhere',
    )
    const response = await serve(new Request(`${APP_ORIGIN}/api/keys.list`, { method: 'POST', body: '{"a":1}' }))
    expect(response.status).toBe(201)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(await response.json()).toEqual({ path: '/api/keys.list', body: { a: 1 } })
  })

  it('ends the engine’s work when the page stops reading, though Electron leaves the request’s signal alone', async () => {
    const { serve, aborted, cancelled } = endless()
    const response = await serve(new Request(`${APP_ORIGIN}/api/playground.run`, { method: 'POST', body: '{}' }))
    const reader = response.body?.getReader()
    await reader?.read()
    expect(aborted()).toBe(false)
    await reader?.cancel()
    expect(aborted()).toBe(true)
    expect(cancelled()).toBe(true)
  })

  it('ends it too when the request itself is aborted', async () => {
    const { serve, aborted } = endless()
    const leaving = new AbortController()
    await serve(new Request(`${APP_ORIGIN}/api/playground.run`, { method: 'POST', body: '{}', signal: leaving.signal }))
    leaving.abort()
    expect(aborted()).toBe(true)
  })

  it('passes an answer without body on', async () => {
    const serve = appProtocol(() => Promise.resolve(new Response(null, { status: 204 })), '/nowhere')
    expect((await serve(new Request(`${APP_ORIGIN}/api/x`, { method: 'POST' }))).status).toBe(204)
  })
})

it('asks for no more privileges than a page with fetch and streams needs', () => {
  expect(APP_SCHEME_PRIVILEGES.privileges).toEqual({ standard: true, secure: true, supportFetchAPI: true, stream: true })
})
