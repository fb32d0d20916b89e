/** One suite for both ways to call a provider: over real connections on 127.0.0.1. */
import { createServer, type Server } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nodeHttpClient } from '../../../../../electron/engine/attempt/node-http-client.ts'
import { readAll } from '../../../../../electron/engine/attempt/pulled-body.ts'
import type { Client, ClientOptions, UpstreamRequest } from '../../../../../electron/engine/attempt/send.ts'
import { undiciClient } from '../../../../../electron/engine/attempt/undici-client.ts'
import { Departure } from '../../../../../electron/engine/departure.ts'
import { type FakeUpstream, fakeUpstream } from '../../../../support/fake-upstream.ts'
import { freePort } from '../../../../support/free-port.ts'

const CLIENTS: readonly [string, (options: ClientOptions) => Client][] = [
  ['node:http', nodeHttpClient],
  ['undici', undiciClient],
]
const LIMIT_BYTES = 64 * 1024 * 1024

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 1000) throw new Error('waited too long')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe.each(CLIENTS)('the client over %s', (_name, make) => {
  let upstream: FakeUpstream
  let client: Client
  let departure: Departure
  beforeEach(async () => {
    upstream = await fakeUpstream()
    client = make({ connectMs: () => 2_000 })
    departure = new Departure()
  })
  afterEach(async () => {
    client.close()
    await upstream.close()
  })
  const post = (path: string, body: UpstreamRequest['body'] = '{}', headers: Record<string, string> = {}): UpstreamRequest => ({
    method: 'POST',
    url: upstream.url + path,
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })

  it.each([
    ['few bytes', Buffer.from([0x7b, 0xff, 0x00, 0xc3, 0xa9, 0x7d])],
    ['many bytes', Buffer.alloc(300_000, 0xe9)],
    ['text', '{"text":"Grüße, 世界 🌍"}'],
  ])('sends %s as they are, and gives the answer back as it is', async (_what, body) => {
    const bytes = Buffer.from(body as string)
    let arrived = Buffer.alloc(0)
    const raw = createServer((socket) => {
      socket.on('data', (chunk) => {
        arrived = Buffer.concat([arrived, chunk])
        const head = arrived.indexOf('\r\n\r\n')
        if (head < 0 || arrived.length < head + 4 + bytes.length) return
        socket.write(`HTTP/1.1 201 Created\r\nX-Request-Id: r1\r\nContent-Length: ${bytes.length}\r\n\r\n`)
        socket.write(bytes)
      })
    })
    const url = await listening(raw)
    try {
      const response = await client.send({ ...post('/v1/x?y=1', body, { authorization: 'Bearer sk-made-up' }), url: `${url}/v1/x?y=1` }, departure)
      expect(response.status).toBe(201)
      expect(response.headers['x-request-id']).toBe('r1')
      expect(await readAll(response.body, LIMIT_BYTES)).toEqual(bytes)
      const head = arrived.subarray(0, arrived.indexOf('\r\n\r\n')).toString()
      expect(head).toMatch(/^POST \/v1\/x\?y=1 HTTP\/1\.1\r\n/)
      expect(head.toLowerCase()).toContain(`\r\ncontent-length: ${bytes.length}`)
      expect(head).toContain('Bearer sk-made-up')
      expect(head.toLowerCase()).toContain('\r\naccept-encoding: identity')
      expect(arrived.subarray(arrived.indexOf('\r\n\r\n') + 4)).toEqual(bytes)
    } finally {
      raw.close()
    }
  })

  it('keeps a connection for the next request', async () => {
    const ports = new Set<number | undefined>()
    upstream.answer((_seen, response) => {
      ports.add(response.socket?.remotePort)
      response.end('ok')
    })
    for (let round = 0; round < 3; round++) {
      await readAll((await client.send(post('/'), departure)).body, LIMIT_BYTES)
      // a connection is free again a moment after its last byte
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(ports.size).toBe(1)
  })

  it('sends a request again that met the end of an idle connection, and only then', async () => {
    let sent = 0
    const closing = createServer((socket) => {
      let onThis = 0
      socket.on('data', () => {
        sent++
        if (++onThis > 1) socket.resetAndDestroy()
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
      })
    })
    const url = await listening(closing)
    try {
      for (const expected of [1, 3]) {
        const { body } = await client.send({ ...post('/'), url }, departure)
        expect((await readAll(body, LIMIT_BYTES)).toString()).toBe('ok')
        expect(sent).toBe(expected)
        await new Promise((resolve) => setImmediate(resolve))
      }
    } finally {
      closing.close()
    }
    upstream.answer((_seen, response) => void response.socket?.resetAndDestroy())
    await expect(client.send(post('/'), departure)).rejects.toMatchObject({ kind: 'upstream-unreachable' })
    expect(upstream.seen).toHaveLength(1)
  })

  it('passes over hints that come ahead of an answer', async () => {
    upstream.answer((_seen, response) => {
      response.writeEarlyHints({ link: '</x>; rel=preload' })
      response.end('the answer')
    })
    const response = await client.send(post('/'), departure)
    expect(response.status).toBe(200)
    expect((await readAll(response.body, LIMIT_BYTES)).toString()).toBe('the answer')
  })

  it('reads a compressed answer, also one that is larger than what may wait', async () => {
    const text = Buffer.alloc(2_000_000, 'abcdefg')
    upstream.answer((_seen, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(text)))
    const { body } = await client.send(post('/'), departure)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await readAll(body, LIMIT_BYTES)).equals(text)).toBe(true)
  })

  it('holds the provider back while nobody reads', async () => {
    let sent = 0
    upstream.answer((_seen, response) => {
      const more = (): void => {
        while (sent < 64 * 1024 * 1024) {
          sent += 64 * 1024
          if (!response.write(Buffer.alloc(64 * 1024))) return void response.once('drain', more)
        }
        response.end()
      }
      more()
    })
    const { body } = await client.send(post('/'), departure)
    let before = -1
    await until(() => {
      const isStill = sent === before
      before = sent
      return isStill
    })
    expect(sent).toBeLessThan(32 * 1024 * 1024)
    let read = 0
    for await (const chunk of body) read += chunk.length
    expect(read).toBe(64 * 1024 * 1024)
  })

  it('closes the connection when the caller leaves before the answer', async () => {
    upstream.answer(() => undefined)
    const answer = client.send(post('/'), departure)
    await until(() => upstream.seen.length === 1)
    departure.leave()
    await expect(answer).rejects.toMatchObject({ kind: 'cancelled' })
    await until(() => upstream.left === 1)
  })

  it('closes the connection when the caller leaves in the middle of the answer, or stops reading', async () => {
    upstream.answer((_seen, response) => void response.writeHead(200).write('a piece'))
    const { body } = await client.send(post('/'), departure)
    const pieces = body[Symbol.asyncIterator]()
    expect(Buffer.from((await pieces.next()).value as Uint8Array).toString()).toBe('a piece')
    const next = pieces.next()
    departure.leave()
    await expect(next).rejects.toMatchObject({ kind: 'cancelled' })
    await until(() => upstream.left === 1)

    for await (const _piece of (await client.send(post('/'), new Departure())).body) break
    await until(() => upstream.left === 2)
  })

  it('sends nothing for a caller who has left, nor for one who leaves while the connection is made', async () => {
    departure.leave()
    await expect(client.send(post('/'), departure)).rejects.toMatchObject({ kind: 'cancelled' })
    const late = new Departure()
    const answer = client.send(post('/'), late)
    late.leave()
    await expect(answer).rejects.toMatchObject({ kind: 'cancelled' })
    upstream.answer((_seen, response) => void response.end('ok'))
    await readAll((await client.send(post('/after'), new Departure())).body, LIMIT_BYTES)
    expect(upstream.seen.map(({ url }) => url)).toEqual(['/after'])
  })

  it('calls no place outside of the bounds, not even over a connection that stands', async () => {
    upstream.answer((_seen, response) => void response.end('ok'))
    await readAll((await client.send(post('/'), departure)).body, LIMIT_BYTES)
    const outside = { kind: 'upstream-unreachable', message: '127.0.0.1 leads to this machine. It is not called.' }
    await expect(client.send({ ...post('/'), within: new Set(['public']) }, departure)).rejects.toMatchObject(outside)
    await expect(client.send({ ...post('/'), url: 'http://169.254.169.254/' }, departure)).rejects.toMatchObject({ kind: 'upstream-unreachable' })
    expect(upstream.seen).toHaveLength(1)
  })

  it('says that nobody listens', async () => {
    const port = await freePort()
    const failure = { kind: 'upstream-unreachable', message: '127.0.0.1 refused the connection; is the server running?' }
    await expect(client.send({ ...post('/'), url: `http://127.0.0.1:${port}/` }, departure)).rejects.toMatchObject(failure)
  })

  it('says that a connection closed before the answer, or in its middle', async () => {
    upstream.answer((_seen, response) => void response.socket?.destroy())
    const before = { kind: 'upstream-unreachable', message: '127.0.0.1 closed the connection before it answered.' }
    await expect(client.send(post('/'), departure)).rejects.toMatchObject(before)
    upstream.answer((_seen, response) => void response.writeHead(200, { 'content-length': 100 }).write('some', () => response.socket?.destroy()))
    const { body } = await client.send(post('/'), departure)
    await expect(readAll(body, LIMIT_BYTES)).rejects.toMatchObject({ kind: 'stream-broken' })
  })

  it('gives up on a connection that does not come about', async () => {
    // takes the connection and never says a word of TLS
    const silent = createServer(() => undefined)
    const url = await listening(silent)
    const hasty = make({ connectMs: () => 60 })
    const failure = { kind: 'timeout', message: '127.0.0.1 did not accept a connection within 60 ms.' }
    try {
      await expect(hasty.send({ ...post('/'), url: url.replace('http:', 'https:') }, departure)).rejects.toMatchObject(failure)
    } finally {
      hasty.close()
      silent.close()
    }
  })
})

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}
