/** What strangers send to the listener: other users and programs of this machine, and whoever shares the network. */
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'

const byKey = { authorization: `Bearer ${TEST_KEYS.client}` }

let running: TestGateway
beforeAll(async () => {
  running = await startGateway({ lanAddresses: () => ['127.0.0.2'] })
})
afterAll(() => running.close())

/** The answer to a request whose body is announced and never sent. */
function announced(address: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(address, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }, ({ statusCode }: IncomingMessage) => {
      resolve(statusCode)
      sent.destroy()
    })
    sent.on('error', reject)
    sent.flushHeaders()
  })
}

describe('a body of nobody known', () => {
  const large = { 'content-length': String(20 * 1024 * 1024) }
  const paths = ['/v1/chat/completions', '/v1/embeddings', '/v1/responses/input_tokens', '/api/show']

  it.each(paths)('is not waited for where it may be large: %s', async (path) => {
    expect(await announced(running.address + path, large)).toBe(401)
    expect(await announced(running.address + path, { 'transfer-encoding': 'chunked' })).toBe(401)
    expect(await announced(running.address + path, { ...large, authorization: 'Bearer nobody-knows-this-one' })).toBe(401)
  })

  // a second address of this machine, which nothing but Linux has without asking
  it.runIf(process.platform === 'linux')('is not waited for at all where it comes over the network', async () => {
    await running.client['settings.update']({ lan: true })
    const door = running.address.replace('127.0.0.1', '127.0.0.2')
    const models = () => fetch(`${door}/v1/models`, { headers: byKey })
    await expect.poll(async () => (await models().catch(() => undefined))?.status).toBe(200)
    for (const path of paths) expect(await announced(door + path, { 'content-length': '10' })).toBe(401)
    await running.client['settings.update']({ lan: false })
  })
})

it('records strangers at the door, but lets no page fill the ledger with them', async () => {
  const knock = () => fetch(`${running.address}/v1/chat/completions`, { method: 'POST', headers: { origin: 'https://evil.example' }, body: '{}' })
  for (let round = 0; round < 5; round++) await Promise.all(Array.from({ length: 50 }, knock))
  // whoever has a key is recorded all the same
  const wrong = await fetch(`${running.address}/v1/chat/completions`, { method: 'POST', headers: byKey, body: 'no JSON' })
  expect(wrong.status).toBe(400)
  await expect.poll(async () => (await running.rows(0)).some(({ outcome }) => outcome === 'invalid-json')).toBe(true)
  const forbidden = (await running.rows(0)).filter(({ outcome }) => outcome === 'forbidden').length
  expect(forbidden).toBeGreaterThan(50)
  expect(forbidden).toBeLessThanOrEqual(100)
})

describe('a page that reaches this machine by another name', () => {
  const statusOf = async (headers: Record<string, string>) => (await raw(`${running.address}/health`, { method: 'GET', headers })).status
  const port = () => new URL(running.address).port

  it.each([
    'localhost.',
    '127.0.0.1.',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0.0.0.0',
    '[::ffff:127.0.0.1]',
    'localhost.evil.example',
    'localhost@evil.example',
  ])('is refused: %s', async (name) => {
    expect(await statusOf({ host: `${name}:${port()}` })).toBe(403)
  })

  it('is refused under another port, or none', async () => {
    for (const host of ['127.0.0.1', 'localhost', '127.0.0.1:80', `127.0.0.1:${port()}:80`]) expect(await statusOf({ host })).toBe(403)
    for (const host of [`LOCALHOST:${port()}`, `[::1]:${port()}`]) expect(await statusOf({ host })).toBe(200)
  })

  it.each(['null', 'file://', 'https://127.0.0.1', 'http://127.0.0.1:1', 'http://localhost', 'app://switchyard', 'chrome-extension://abcdef', ''])(
    'is refused by its origin: %j',
    async (origin) => {
      expect(await statusOf({ origin })).toBe(403)
    },
  )
})

it.each([
  'Content-Length: 5\r\nTransfer-Encoding: chunked',
  'Content-Length: 5\r\nContent-Length: 6',
  'Transfer-Encoding : chunked',
  'Host: evil.example\r\nContent-Length: 0',
  'X-Folded: a\r\n b\r\nContent-Length: 0',
])('reads no second request out of one that is ambiguous: %j', async (ambiguous) => {
  const { port, host } = new URL(running.address)
  const answers = await new Promise<string>((resolve, reject) => {
    let got = ''
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(`POST /v1/chat/completions HTTP/1.1\r\nHost: ${host}\r\n${ambiguous}\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
    )
    socket.on('data', (bytes: Buffer) => {
      got += bytes.toString()
    })
    socket.once('error', reject)
    socket.once('close', () => resolve(got))
  })
  expect(answers).toMatch(/^HTTP\/1\.1 400 /)
  expect(answers.match(/HTTP\/1\.1/g)).toHaveLength(1)
})

describe('the workbench over HTTP', () => {
  /** In chunks, so that its length is not told. How many bytes went out until the answer came, and its status. */
  function endless(path: string, headers: Record<string, string>): Promise<{ readonly status: number | undefined; readonly sentBytes: number }> {
    return new Promise((resolve, reject) => {
      const piece = Buffer.alloc(256 * 1024, ' ')
      let sentBytes = 0
      const sent = httpRequest(running.address + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }, ({ statusCode }) => {
        resolve({ status: statusCode, sentBytes })
        sent.destroy()
      })
      const more = (): void => {
        if (sent.destroyed || sentBytes > 200 * 1024 * 1024) return
        sentBytes += piece.length
        sent.write(piece, more)
      }
      sent.on('error', reject)
      more()
    })
  }

  it('reads no more of a sign-in than a code takes', async () => {
    const { status, sentBytes } = await endless('/session', {})
    expect(status).toBe(413)
    expect(sentBytes).toBeLessThan(20 * 1024 * 1024)
    const told = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: 'x'.repeat(5_000) }) }
    expect((await fetch(`${running.address}/session`, told)).status).toBe(413)
  })

  it('reads nothing for who is not signed in, and not without end for who is', async () => {
    const unknown = await endless('/api/settings.update', {})
    expect(unknown.status).toBe(401)
    expect(unknown.sentBytes).toBeLessThan(20 * 1024 * 1024)
    const code = JSON.stringify({ code: running.gateway.newCode() })
    const signedIn = await fetch(`${running.address}/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: code })
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const small = { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: '{}' }
    expect((await fetch(`${running.address}/api/settings.get`, small)).status).toBe(200)
    expect((await endless('/api/settings.update', { cookie })).status).toBe(413)
  })
})
