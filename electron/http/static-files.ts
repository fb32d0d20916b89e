import { readFile } from 'node:fs/promises'
import { join, normalize, sep } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  json: 'application/json',
  woff2: 'font/woff2',
  txt: 'text/plain; charset=utf-8',
}

/** A file of the built renderer, confined to its folder; '/' is index.html. Hashed assets may be kept for ever, the page itself never. */
export async function staticFile(rendererDir: string, pathname: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  let path: string
  try {
    path = normalize(join(rendererDir, decodeURIComponent(pathname === '/' ? '/index.html' : pathname)))
  } catch {
    return new Response('Bad path.', { status: 400, headers })
  }
  if (!path.startsWith(rendererDir + sep) || path.includes('\0')) return new Response('Not found.', { status: 404, headers })
  const type = TYPES[path.slice(path.lastIndexOf('.') + 1)]
  if (type === undefined) return new Response('Not found.', { status: 404, headers })
  try {
    const bytes = await readFile(path)
    return new Response(bytes, {
      headers: { ...headers, 'content-type': type, 'cache-control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store' },
    })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return new Response('Not found.', { status: 404, headers })
    throw error
  }
}
