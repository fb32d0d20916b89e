/** A provider made of replayed answers: real HTTP on 127.0.0.1, bytes cut wherever the test wants, faults on demand. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cut } from './recordings.ts'

export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export type Answering = (seen: Seen, response: ServerResponse) => void | Promise<void>

export interface FakeUpstream {
  readonly url: string
  /** Requests that came, oldest first. */
  readonly seen: Seen[]
  /** Connections that the gateway closed before the answer was complete. */
  readonly left: number
  /** Whether that happened to a request whose path begins so. */
  closed(path: string): boolean
  /** Decides what the next requests get. */
  answer(with_: Answering): void
  close(): Promise<void>
}

export async function fakeUpstream(first: Answering = (_seen, response) => void response.writeHead(500).end()): Promise<FakeUpstream> {
  let answering = first
  const seen: Seen[] = []
  const leftPaths: string[] = []
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const entry = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() }
      seen.push(entry)
      Promise.resolve(answering(entry, response)).catch((error: unknown) => response.destroy(error as Error))
    })
    response.on('close', () => {
      if (!response.writableFinished) leftPaths.push(request.url ?? '')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    get left() {
      return leftPaths.length
    },
    closed: (path) => leftPaths.some((left) => left.startsWith(path)),
    answer(with_) {
      answering = with_
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Replays a body in pieces of `size` bytes, each its own write; small sizes are grouped so that long recordings do not take minutes. */
export function replay(body: Uint8Array, options: { status?: number; headers?: Record<string, string>; size?: number } = {}): Answering {
  const { status = 200, headers = { 'content-type': 'text/event-stream' }, size = Number.POSITIVE_INFINITY } = options
  return async (_seen, response) => {
    response.writeHead(status, headers)
    for (const [index, piece] of cut(body, size).entries()) {
      response.write(piece)
      // a turn of the loop now and then makes the pieces arrive apart
      if (index % 8 === 7) await new Promise((resolve) => setImmediate(resolve))
    }
    response.end()
  }
}

export function answerJson(value: unknown, status = 200, headers: Record<string, string> = {}): Answering {
  return (_seen, response) => void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}
