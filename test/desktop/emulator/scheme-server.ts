import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'

/** Serves a scheme's handler on a port of 127.0.0.1, streaming, and cancels an answer's body when the page stops reading, as Electron does. */
export function serveScheme(origin: string, handler: (request: Request) => Response | Promise<Response>): Promise<number> {
  const server = createServer((incoming, outgoing) => {
    answer(origin, handler, incoming, outgoing).catch((thrown: unknown) => {
      console.error('the scheme handler failed:', thrown)
      outgoing.destroy()
    })
  })
  server.unref()
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
}

async function answer(
  origin: string,
  handler: (request: Request) => Response | Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = incoming
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers))
    if (typeof value === 'string' && name !== 'host' && name !== 'connection') headers.set(name, value)
  const hasBody = method !== 'GET' && method !== 'HEAD'
  // As in Electron, the request's signal is never aborted.
  const response = await handler(new Request(origin + url, { method, headers, ...(hasBody && { body: Readable.toWeb(incoming), duplex: 'half' }) }))
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (response.body === null) {
    outgoing.end()
    return
  }
  const reader = response.body.getReader()
  outgoing.once('close', () => void reader.cancel().catch(() => undefined)) // cancelling what is finished is no error
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    outgoing.write(value)
  }
  outgoing.end()
}
