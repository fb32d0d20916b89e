/** A hub of sentence models over real HTTP: the one route that files are asked of, which can go on from the middle, break off, wait, and lie. */
import { createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ModelOffer } from '../../electron/engine/cache/semantic/embedders/models.ts'
import { madeModelFiles } from './made-embedding-model.ts'

export interface FakeHub {
  readonly url: string
  /** `GET path` with the range, where one was asked for. */
  readonly asked: string[]
  /** Served in place of the right bytes, by path. */
  readonly lies: Map<string, Uint8Array>
  /** Sends so many bytes and breaks the connection once it is released; once for each entry. */
  readonly breaks: Map<string, number>
  /** Sends so many bytes and then nothing, until it is released. */
  readonly holds: Map<string, number>
  /** Pieces of so many bytes, each in a write of its own. */
  pieceBytes: number
  /** Whether `Range` is heeded. */
  ranges: boolean
  release(): void
  close(): Promise<void>
}

export const MADE_REVISION = '0123456789abcdef0123456789abcdef01234567'

/** An offer of these files as if they were a real model's. */
export function offerOf(files: ReadonlyMap<string, Uint8Array>, changed: Partial<ModelOffer> = {}): ModelOffer {
  return {
    id: 'made-model',
    repository: 'someone/made-model',
    revision: MADE_REVISION,
    licence: 'CC0-1.0',
    files: [...files].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })),
    pooling: 'mean',
    leastSimilarity: 0.9,
    ...changed,
  }
}

export async function fakeHub(files: ReadonlyMap<string, Uint8Array> = madeModelFiles()): Promise<FakeHub> {
  const waiting = new Set<() => void>()
  const server = createServer((request, response) => {
    const { range } = request.headers
    hub.asked.push(`${request.method} ${request.url}${range === undefined ? '' : ` ${range}`}`)
    const path = /^\/[^/]+\/[^/]+\/resolve\/[0-9a-f]{40}\/(.+)$/.exec(request.url ?? '')?.[1] ?? ''
    const bytes = hub.lies.get(path) ?? files.get(path)
    if (bytes === undefined) return void response.writeHead(404).end('Entry not found')
    const from = hub.ranges ? Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0) : 0
    const head = { 'content-type': 'application/octet-stream', 'content-length': bytes.length - from }
    if (from > 0) response.writeHead(206, { ...head, 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` })
    else response.writeHead(200, head)
    void send(bytes, from, path, response)
  })
  async function send(bytes: Uint8Array, from: number, path: string, response: ServerResponse): Promise<void> {
    const breakAt = hub.breaks.get(path)
    const holdAt = hub.holds.get(path)
    hub.breaks.delete(path)
    for (let at = from; at < bytes.length; at += hub.pieceBytes) {
      const end = Math.min(at + hub.pieceBytes, bytes.length)
      if (breakAt !== undefined && end > breakAt) {
        response.write(bytes.subarray(at, breakAt))
        await new Promise<void>((resolve) => waiting.add(resolve))
        return void response.destroy()
      }
      if (holdAt !== undefined && end > holdAt && hub.holds.has(path)) await new Promise<void>((resolve) => waiting.add(resolve))
      if (response.destroyed) return
      await new Promise<void>((resolve) => response.write(bytes.subarray(at, end), () => resolve()))
    }
    response.end()
  }
  const hub = {
    url: '',
    asked: [] as string[],
    lies: new Map<string, Uint8Array>(),
    breaks: new Map<string, number>(),
    holds: new Map<string, number>(),
    pieceBytes: 256,
    ranges: true,
    release() {
      hub.holds.clear()
      for (const go of waiting) go()
      waiting.clear()
    },
    close: () =>
      new Promise<void>((resolve) => {
        hub.release()
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  hub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return hub
}
