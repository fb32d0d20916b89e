/** One suite for every way the workbench reaches the engine: memory, loopback HTTP with a session, the window's app:// handler. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appProtocol } from '../../electron/http/app-protocol.ts'
import type { Api } from '../../shared/api/api.ts'
import { kinds } from '../../shared/api/kinds.ts'
import type { RunEvent } from '../../shared/api/playground.ts'
import { type Client, clientOf, StreamError, type Transport } from '../../shared/contract.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'

let running: TestGateway
beforeAll(async () => {
  running = await startGateway()
})
afterAll(() => running.close())

interface Way {
  readonly name: string
  connect(): Promise<{ client: Client<Api>; raw: (path: string, init: RequestInit) => Promise<Response> }>
}

function through(transport: Transport, origin: string): Awaited<ReturnType<Way['connect']>> {
  return { client: clientOf<Api>(kinds, transport, `${origin}/api/`), raw: (path, init) => transport(new Request(origin + path, init)) }
}

const ways: readonly Way[] = [
  { name: 'memory', connect: async () => through((request) => running.gateway.handleApp(request), 'http://memory') },
  {
    name: 'loopback HTTP',
    connect: async () => {
      const signIn = await fetch(`${running.address}/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code: running.gateway.newCode() }),
      })
      expect(signIn.status).toBe(200)
      const cookie = signIn.headers.get('set-cookie') ?? ''
      expect(cookie).toMatch(/HttpOnly/)
      expect(cookie).toMatch(/SameSite=Strict/)
      const [pair = ''] = cookie.split(';')
      return through((request) => {
        const headers = new Headers(request.headers)
        headers.set('cookie', pair)
        return fetch(new Request(request, { headers }))
      }, running.address)
    },
  },
  {
    name: "the window's app:// handler",
    connect: async () =>
      through(
        appProtocol((request) => running.gateway.handleApp(request), '/nowhere'),
        'app://switchyard',
      ),
  },
]

describe.each(ways)('over $name', (way) => {
  let connected: Awaited<ReturnType<Way['connect']>>
  beforeAll(async () => {
    connected = await way.connect()
  })

  it('reads', async () => {
    const status = await connected.client['connect.status']({})
    expect(status).toMatchObject({ ok: true, value: { address: running.address, mode: 'headless' } })
  })

  it('writes, and reads what it wrote', async () => {
    const created = await connected.client['clients.create']({ name: `by ${way.name}` })
    expect(created.ok).toBe(true)
    const listed = await connected.client['clients.list']({})
    expect(listed.ok && listed.value.some((key) => key.name === `by ${way.name}`)).toBe(true)
  })

  it('tells bad input with its field', async () => {
    const answer = await connected.client['clients.create']({ name: '   ' })
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'bad-input', field: 'name' } })
  })

  it('tells a failure as data', async () => {
    expect(await connected.client['traffic.get']({ id: 'gen-nobody' })).toMatchObject({ ok: false, failure: { kind: 'not-found' } })
  })

  it('streams a run to its end', async () => {
    const events: RunEvent[] = []
    for await (const event of connected.client['playground.run']({ model: 'demo/swift', messages: [{ role: 'user', text: 'hello' }] })) events.push(event)
    expect(events[0]?.type).toBe('started')
    expect(events[1]).toMatchObject({ type: 'answering', servedBy: 'demo/swift', simulated: true })
    const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('')
    expect(text).toMatch(/simulated/i)
    expect(events.at(-1)).toMatchObject({ type: 'ended', summary: { outcome: 'ok', cost: 0 } })
  })

  it('tells a failed run as its last event', async () => {
    const events: RunEvent[] = []
    for await (const event of connected.client['playground.run']({ model: 'demo/nobody', messages: [{ role: 'user', text: 'hello' }] })) events.push(event)
    expect(events.at(-1)).toMatchObject({ type: 'ended', summary: { outcome: 'unknown-model' } })
  })

  it('cancels a stream when its reader leaves or its signal aborts', async () => {
    const active = async (): Promise<number> => {
      const totals = await connected.client['traffic.totals']({})
      return totals.ok ? totals.value.active : -1
    }
    for await (const event of connected.client['playground.run']({ model: 'demo/scholar', messages: [{ role: 'user', text: 'a long story' }] }))
      if (event.type === 'answering') break
    const gone = new AbortController()
    for await (const event of connected.client['playground.run'](
      { model: 'demo/scholar', messages: [{ role: 'user', text: 'another long story' }] },
      gone.signal,
    ))
      if (event.type === 'answering') gone.abort()
    for (let tries = 0; (await active()) > 0; tries++) {
      if (tries > 500) throw new Error('a cancelled run goes on')
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  })

  it('announces changes with numbers that have no gap', async () => {
    const gone = new AbortController()
    const seen: string[] = []
    let next = 1
    for await (const event of connected.client['live.changes']({}, gone.signal)) {
      expect(event.seq).toBe(next++)
      seen.push(event.topic)
      if (event.topic === 'hello') void connected.client['clients.create']({ name: 'noise' })
      if (event.topic === 'clients') gone.abort()
    }
    expect(seen).toContain('clients')
  })

  it('refuses other methods, other media types, bad JSON and unknown routes', async () => {
    const json = { 'content-type': 'application/json' }
    expect((await connected.raw('/api/keys.list', { method: 'GET' })).status).toBe(405)
    expect((await connected.raw('/api/keys.list', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' })).status).toBe(415)
    expect((await connected.raw('/api/keys.list', { method: 'POST', headers: json, body: '{' })).status).toBe(400)
    expect((await connected.raw('/api/no.such', { method: 'POST', headers: json, body: '{}' })).status).toBe(404)
    expect((await connected.raw('/api/constructor', { method: 'POST', headers: json, body: '{}' })).status).toBe(404)
  })
})

describe('without a session', () => {
  it('says that one must sign in, and takes a code only once', async () => {
    const transport: Transport = (request) => fetch(request)
    const client = clientOf<Api>(kinds, transport, `${running.address}/api/`)
    expect(await client['keys.list']({})).toMatchObject({ ok: false, failure: { kind: 'signed-out' } })
    await expect(client['live.changes']({})[Symbol.asyncIterator]().next()).rejects.toThrow(StreamError)
    const code = running.gateway.newCode()
    const signIn = (text: string): Promise<Response> =>
      fetch(`${running.address}/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: text }) })
    expect((await signIn('AAAA-AAAA')).status).toBe(403)
    expect((await signIn(code.toLowerCase())).status).toBe(200)
    expect((await signIn(code)).status).toBe(403)
  })
})
