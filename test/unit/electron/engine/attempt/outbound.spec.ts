/** Both clients through proxies and over TLS of a made-up authority, over real connections on 127.0.0.1. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { trusting } from '../../../../../electron/engine/attempt/certificates.ts'
import { nodeHttpClient } from '../../../../../electron/engine/attempt/node-http-client.ts'
import { type Outbound, outboundOf, STRAIGHT } from '../../../../../electron/engine/attempt/outbound.ts'
import { basicAuthorization, type ProxyRules, proxyOf } from '../../../../../electron/engine/attempt/proxy.ts'
import { readAll } from '../../../../../electron/engine/attempt/pulled-body.ts'
import type { Client, ClientOptions } from '../../../../../electron/engine/attempt/send.ts'
import { undiciClient } from '../../../../../electron/engine/attempt/undici-client.ts'
import { Secret } from '../../../../../electron/engine/credentials/secret.ts'
import { Departure } from '../../../../../electron/engine/departure.ts'
import { type MadeUpAuthority, madeUpAuthority } from '../../../../support/authority.ts'
import { type FakeProxy, type FakeProxyOptions, fakeProxy } from '../../../../support/fake-proxy.ts'
import { type FakeUpstream, fakeUpstream } from '../../../../support/fake-upstream.ts'
import { freePort } from '../../../../support/free-port.ts'

const CLIENTS: readonly [string, (options: ClientOptions) => Client][] = [
  ['node:http', nodeHttpClient],
  ['undici', undiciClient],
]
const LIMIT_BYTES = 1024 * 1024

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 1000) throw new Error('waited too long')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

let authority: MadeUpAuthority
let credentials: { readonly key: string; readonly cert: string }
beforeAll(async () => {
  authority = await madeUpAuthority()
  credentials = await authority.serverFor(['upstream.example', '127.0.0.1', 'localhost'])
})

describe.each(CLIENTS)('the way out, over %s', (_name, make) => {
  let outbound: Outbound
  let client: Client
  let plain: FakeUpstream
  const connections = new Set<Duplex>()
  let answering: (request: IncomingMessage, response: ServerResponse) => void
  const secure = { port: 0, url: '', close: async (): Promise<void> => undefined }
  const proxies: FakeProxy[] = []
  const departure = new Departure()

  beforeAll(async () => {
    const server = createServer(credentials, (request, response) => answering(request, response))
    server.on('connection', (socket) => connections.add(socket))
    // handshakes that are broken off are looked at where they are begun
    server.on('tlsClientError', () => undefined)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    secure.port = (server.address() as AddressInfo).port
    secure.url = `https://127.0.0.1:${secure.port}`
    secure.close = async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    }
  })
  afterAll(() => secure.close())
  beforeEach(async () => {
    outbound = STRAIGHT
    connections.clear()
    answering = (request, response) => {
      request.resume().once('end', () => response.end(`secure ${request.url}`))
    }
    plain = await fakeUpstream((seen, response) => void response.end(`plain ${seen.url}`))
    client = make({ connectMs: () => 2_000, outbound: () => outbound })
  })
  afterEach(async () => {
    client.close()
    await plain.close()
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()))
  })

  const started = async (options: Partial<FakeProxyOptions> = {}): Promise<FakeProxy> => {
    const proxy = await fakeProxy({ portOf: (host) => (host.endsWith(':443') ? secure.port : Number(new URL(plain.url).port)), ...options })
    proxies.push(proxy)
    return proxy
  }
  const rulesFor = (address: string, more: Partial<ProxyRules> = {}): ProxyRules => {
    const proxy = proxyOf(address, (text) => new Secret(basicAuthorization(text)))
    return { http: proxy, https: proxy, exceptions: [], sparesThisMachine: true, ...more }
  }
  const ours = (): NonNullable<Outbound['secureContext']> => trusting([authority.certificate])
  const ask = async (url: string, body = '{}'): Promise<string> => {
    const answer = await client.send({ method: 'POST', url, headers: { 'content-type': 'application/json' }, body }, departure)
    return `${answer.status} ${(await readAll(answer.body, LIMIT_BYTES)).toString()}`
  }

  it('trusts the authority of the settings, and nobody unknown without it', async () => {
    await expect(ask(`${secure.url}/a`)).rejects.toMatchObject({ kind: 'upstream-unreachable', message: expect.stringContaining('Settings, Network') })
    outbound = outboundOf(undefined, ours())
    expect(await ask(`${secure.url}/a`)).toBe('200 secure /a')
    outbound = STRAIGHT
    await expect(ask(`${secure.url}/a`)).rejects.toMatchObject({ kind: 'upstream-unreachable' })
  })

  it('refuses a certificate for another name, authority or not', async () => {
    const proxy = await started()
    outbound = outboundOf(rulesFor(proxy.url), ours())
    await expect(ask('https://other.example/a')).rejects.toMatchObject({ message: 'other.example shows a certificate for another name.' })
  })

  it('goes through a tunnel to hosts over TLS, and keeps the connection for the next call', async () => {
    const proxy = await started()
    outbound = outboundOf(rulesFor(proxy.url), ours())
    for (const path of ['/a', '/b', '/c']) {
      expect(await ask(`https://upstream.example${path}`)).toBe(`200 secure ${path}`)
      // undici takes a connection again a turn after its answer has ended
      for (let turns = 0; turns < 3; turns++) await new Promise(setImmediate)
    }
    expect(proxy.asked).toEqual(['CONNECT upstream.example:443'])
    expect(connections.size).toBe(1)
  })

  it('has plain calls made by the proxy, and says the host and no secret of ours to the target', async () => {
    const proxy = await started({ wants: basicAuthorization('anna:pa:ss wörd') })
    outbound = outboundOf(rulesFor(`http://anna:${encodeURIComponent('pa:ss wörd')}@127.0.0.1:${proxy.port}`), undefined)
    expect(await ask('http://upstream.example/v1/x?y=1')).toBe('200 plain /v1/x?y=1')
    expect(proxy.asked).toEqual(['POST http://upstream.example/v1/x?y=1'])
    expect(plain.seen[0]?.headers).toMatchObject({ host: 'upstream.example' })
    expect(plain.seen[0]?.headers).not.toHaveProperty('proxy-authorization')
  })

  it('shows its password to the proxy alone', async () => {
    const proxy = await started({ wants: basicAuthorization('anna:made-up-password') })
    let headers: IncomingMessage['headers'] = {}
    answering = (request, response) => {
      headers = request.headers
      response.end('in')
    }
    outbound = outboundOf(rulesFor(`http://anna:made-up-password@127.0.0.1:${proxy.port}`), ours())
    expect(await ask('https://upstream.example/a')).toBe('200 in')
    expect(headers).not.toHaveProperty('proxy-authorization')
  })

  it.each(['http://upstream.example/a', 'https://upstream.example/a'])('tells the 407 of a proxy from an answer of %s', async (url) => {
    const proxy = await started({ wants: 'Basic something-else' })
    outbound = outboundOf(rulesFor(proxy.url), ours())
    await expect(ask(url)).rejects.toMatchObject({
      kind: 'upstream-unreachable',
      message: expect.stringMatching(/^The proxy 127\.0\.0\.1:\d+ asks for a user and a password: /),
    })
  })

  it('says what a proxy refuses with', async () => {
    const proxy = await started({ refusesWith: 403 })
    outbound = outboundOf(rulesFor(proxy.url), ours())
    await expect(ask('https://upstream.example/a')).rejects.toMatchObject({
      message: `The proxy 127.0.0.1:${proxy.port} did not connect to upstream.example:443 (status 403).`,
    })
  })

  it.each(['http://upstream.example/a', 'https://upstream.example/a'])('names the proxy where it is down, for %s', async (url) => {
    const port = await freePort()
    outbound = outboundOf(rulesFor(`http://127.0.0.1:${port}`), ours())
    await expect(ask(url)).rejects.toMatchObject({ message: `The proxy 127.0.0.1:${port} refused the connection; is the server running?` })
  })

  it('ends the wait for a proxy that says nothing', async () => {
    const { createServer: createRaw } = await import('node:net')
    const silent = createRaw().listen(0, '127.0.0.1')
    await new Promise((resolve) => silent.once('listening', resolve))
    const { port } = silent.address() as AddressInfo
    outbound = outboundOf(rulesFor(`http://127.0.0.1:${port}`), ours())
    const asked = client.send({ method: 'GET', url: 'https://upstream.example/a', headers: {}, body: undefined, connectMs: 100 }, departure)
    await expect(asked).rejects.toMatchObject({ kind: 'timeout', message: `The proxy 127.0.0.1:${port} did not accept a connection within 100 ms.` })
    silent.close()
  })

  it('reaches a proxy over TLS', async () => {
    // a tunnel inside TLS to the proxy: the proxy's own certificate is of the made-up authority too
    const inner = await started()
    const { createServer: createSecure } = await import('node:tls')
    const { connect } = await import('node:net')
    const outer = createSecure(credentials, (socket) => {
      const onward = connect(inner.port, '127.0.0.1')
      socket.pipe(onward).pipe(socket)
      const end = (): void => {
        socket.destroy()
        onward.destroy()
      }
      for (const side of [socket, onward]) side.on('error', end).on('close', end)
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => outer.once('listening', resolve))
    outbound = outboundOf(rulesFor(`https://localhost:${(outer.address() as AddressInfo).port}`), ours())
    expect(await ask('https://upstream.example/a')).toBe('200 secure /a')
    expect(await ask('http://upstream.example/b')).toBe('200 plain /b')
    outer.close()
  })

  it('never asks a proxy of the settings for this machine, nor for exceptions', async () => {
    const proxy = await started()
    outbound = outboundOf(rulesFor(proxy.url, { exceptions: ['.internal.example'] }), ours())
    expect(await ask(`${plain.url}/here`)).toBe('200 plain /here')
    expect(await ask(`${secure.url}/here`)).toBe('200 secure /here')
    expect(proxy.asked).toEqual([])
  })

  it('takes the new way from the next call on, while what runs goes on', async () => {
    const proxy = await started()
    outbound = outboundOf(rulesFor(proxy.url), ours())
    let finish = (): void => undefined
    answering = (_request, response) => {
      response.write('begun ')
      finish = () => void response.end('ended')
    }
    const running = await client.send({ method: 'POST', url: 'https://upstream.example/slow', headers: {}, body: '{}' }, departure)
    outbound = outboundOf(undefined, ours())
    answering = (_request, response) => void response.end('straight')
    expect(await ask(`${secure.url}/b`)).toBe('200 straight')
    expect(proxy.asked).toHaveLength(1)
    finish()
    expect((await readAll(running.body, LIMIT_BYTES)).toString()).toBe('begun ended')
    // its connection is of the old way, and not kept
    await until(() => proxy.open === 0)
  })

  it('closes the tunnel when the caller leaves in the middle of an answer', async () => {
    const proxy = await started()
    outbound = outboundOf(rulesFor(proxy.url), ours())
    answering = (_request, response) => void response.write('begun')
    const leaving = new Departure()
    const answer = await client.send({ method: 'POST', url: 'https://upstream.example/slow', headers: {}, body: '{}' }, leaving)
    leaving.leave()
    await expect(readAll(answer.body, LIMIT_BYTES)).rejects.toMatchObject({ kind: 'cancelled' })
    await until(() => proxy.open === 0)
  })

  it('answers a caller who leaves while the tunnel is being made', async () => {
    const proxy = await started()
    outbound = outboundOf(rulesFor(proxy.url), ours())
    const leaving = new Departure()
    const asked = client.send({ method: 'POST', url: 'https://upstream.example/a', headers: {}, body: '{}' }, leaving)
    leaving.leave()
    await expect(asked).rejects.toMatchObject({ kind: 'cancelled' })
  })
})
