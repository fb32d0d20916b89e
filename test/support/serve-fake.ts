/**
 * Serves the renderer with the fake engine on 127.0.0.1, under the very policy that the product sends.
 *
 *   node test/support/serve-fake.ts            the built renderer (vite build) on port 4780
 *   node test/support/serve-fake.ts --dev      Vite's own server, with hot reload and without the policy
 *   node test/support/serve-fake.ts --locked   starts signed out, as headless mode does
 */
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { fileURLToPath } from 'node:url'
import { type FakeEngine, type FakeOptions, fakeEngine } from './fake-api.ts'

export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-src 'none'; " +
  "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const BUILT = fileURLToPath(new URL('../../out/renderer/', import.meta.url))
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }
const COOKIE = 'switchyard_session=fake'

export interface FakeServer {
  readonly url: string
  readonly engine: FakeEngine
  /** The code that signs in while the server is locked; a new one after each `/session/code`. */
  code(): string
  lock(): void
  close(): Promise<void>
}

type Middleware = (request: IncomingMessage, response: ServerResponse) => void

export type FakeServerOptions = FakeOptions & { readonly port?: number; readonly locked?: boolean; readonly pages?: Middleware }

export async function serveFake(options: FakeServerOptions = {}): Promise<FakeServer> {
  const engine = fakeEngine(options)
  let locked = options.locked ?? false
  let code = 'ABCD-1234'
  let printed = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://fake').pathname
    if (path === '/session' && request.method === 'POST') {
      const given = (JSON.parse((await bodyOf(request)).toString()) as { code?: string }).code
      if (given !== code) return void response.writeHead(401).end()
      return void response.writeHead(204, { 'set-cookie': `${COOKIE}; HttpOnly; SameSite=Strict; Path=/` }).end()
    }
    if (path === '/session/code' && request.method === 'POST') {
      code = `CODE-${String(++printed).padStart(4, '0')}`
      console.log(`one-time code: ${code}`)
      return void response.writeHead(204).end()
    }
    const isKnown = !locked || (request.headers.cookie ?? '').includes(COOKIE)
    if (path.startsWith('/api/')) {
      if (!isKnown) {
        response.writeHead(401, { 'content-type': 'application/json' })
        return void response.end(JSON.stringify({ ok: false, failure: { kind: 'signed-out', message: 'Sign in first.' } }))
      }
      return relay(engine, request, response)
    }
    if (options.pages !== undefined) return options.pages(request, response)
    return file(path, isKnown, response)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((thrown: unknown) => {
      console.error(thrown)
      response.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    engine,
    code: () => code,
    lock() {
      locked = true
    },
    async close() {
      engine.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function relay(engine: FakeEngine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const body = await bodyOf(request)
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  const answered = await engine.fetch(
    new Request(`http://fake${request.url}`, { method: request.method ?? 'GET', headers, signal: gone.signal, ...(body.length > 0 && { body }) }),
  )
  response.writeHead(answered.status, Object.fromEntries(answered.headers))
  if (answered.body === null) return void response.end()
  // The reader leaving ends the handler; pipe would swallow that.
  const stream = Readable.fromWeb(answered.body as ReadableStream)
  stream.on('error', () => response.destroy())
  response.on('close', () => stream.destroy())
  stream.pipe(response)
}

async function file(path: string, isKnown: boolean, response: ServerResponse): Promise<void> {
  const name = normalize(path === '/' ? '/index.html' : path)
  const read = name.startsWith('/') ? await readFile(join(BUILT, name)).catch(() => undefined) : undefined
  const bytes = read !== undefined && path === '/' && !isKnown ? read.toString('utf8').replace('<html', '<html data-signed-out') : read
  if (bytes === undefined) return void response.writeHead(404).end()
  response.writeHead(200, {
    'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
  })
  response.end(bytes)
}

async function bodyOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function vitePages(): Promise<Middleware> {
  const { createServer: createVite } = await import('vite')
  const root = fileURLToPath(new URL('../../renderer/', import.meta.url))
  const vite = await createVite({ root, appType: 'spa', server: { middlewareMode: true } })
  return vite.middlewares
}

if (import.meta.main) {
  const flags = new Set(process.argv.slice(2))
  const pages = flags.has('--dev') ? await vitePages() : undefined
  const locked = flags.has('--locked')
  const server = await serveFake({ port: 4780, locked, mode: locked ? 'headless' : 'desktop', ...(pages && { pages }) })
  console.log(`${server.url}/${locked ? `#code=${server.code()}` : ''}`)
}
