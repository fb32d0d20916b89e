/** Stopping the endpoint, starting it, and opening it to the local network: over real HTTP. */
import { createServer, request as httpRequest } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectStatus } from '../../shared/api/connect.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'

const PIECE = { id: 'made-up', object: 'chat.completion.chunk', model: 'gpt-5-nano', choices: [{ index: 0, delta: { role: 'assistant', content: 'Hello' } }] }
const END = { ...PIECE, choices: [{ index: 0, delta: { content: ', and goodbye.' }, finish_reason: 'stop' }] }
const frame = (value: object) => `data: ${JSON.stringify(value)}\n\n`

let upstream: FakeUpstream
let running: TestGateway
/** Lets the answer that is being streamed go on to its end. */
let goOn: () => void

beforeEach(async () => {
  upstream = await fakeUpstream(async (_seen, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(frame(PIECE))
    await new Promise<void>((resolve) => {
      goOn = resolve
    })
    response.end(`${frame(END)}data: [DONE]\n\n`)
  })
  running = await startGateway({ upstream: upstream.url, lanAddresses: () => ['127.0.0.2'] })
})
afterEach(async () => {
  goOn?.()
  await running.close()
  await upstream.close()
})

async function told<T>(asking: Promise<{ ok: true; value: T } | { ok: false; failure: { message: string } }>): Promise<T> {
  const result = await asking
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}
const stop = (how: 'finish' | 'end' = 'finish'): Promise<ConnectStatus> => told(running.client['connect.stop']({ running: how }))
const start = (): Promise<ConnectStatus> => told(running.client['connect.start']({}))
const status = (): Promise<ConnectStatus> => told(running.client['connect.status']({}))

const chat = { model: 'openai/gpt-5-nano', messages: [{ role: 'user', content: 'Hi' }] }
function post(path: string, body: object, address = running.address, key: string = TEST_KEYS.client): Promise<Response> {
  return fetch(address + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'x-goog-api-key': key, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

describe('a stopped endpoint', () => {
  it.each([
    ['/v1/chat/completions', chat, { error: { message: expect.stringContaining('stopped'), type: 'server_error' } }],
    ['/v1/messages', { ...chat, max_tokens: 9 }, { type: 'error', error: { type: 'overloaded_error', message: expect.stringContaining('stopped') } }],
    ['/v1beta/models/openai/gpt-5-nano:generateContent', { contents: [] }, { error: { code: 503, status: 'UNAVAILABLE' } }],
    ['/api/chat', chat, { error: expect.stringContaining('stopped') }],
  ])('turns %s away with 503 in its own format', async (path, body, expected) => {
    await stop()
    const response = await post(path, body)
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject(expected)
    expect(upstream.seen.filter(({ method }) => method === 'POST')).toEqual([])
  })

  it('is stopped and started from the tray as from the window, and the window hears of it', async () => {
    const heard: string[] = []
    const ended = new AbortController()
    const listening = (async () => {
      for await (const { topic } of running.client['live.changes']({}, ended.signal)) heard.push(topic)
    })().catch(() => undefined)
    await expect.poll(() => heard).toContain('hello')
    heard.length = 0
    running.gateway.stopServing()
    await expect.poll(() => heard).toContain('settings')
    ended.abort()
    await listening
    expect(await status()).toMatchObject({ stopped: true })
    expect((await post('/v1/chat/completions', chat)).status).toBe(503)
    await start()
    expect(running.gateway.stopped).toBe(false)
    await stop()
    running.gateway.startServing()
    expect(await status()).toMatchObject({ stopped: false })
  })

  it('answers no list and no health check either, and leaves a row of what was turned away', async () => {
    await stop()
    const headers = { authorization: `Bearer ${TEST_KEYS.client}` }
    for (const path of ['/v1/models', '/health', '/api/version']) expect((await fetch(running.address + path, { headers })).status).toBe(503)
    await post('/v1/chat/completions', chat)
    const [row] = await running.rows(1)
    expect(row).toMatchObject({ status: 503, outcome: 'stopped' })
  })

  it('leaves the workbench open, in process and at the same port', async () => {
    expect(await stop()).toMatchObject({ stopped: true, address: running.address })
    expect(await status()).toMatchObject({ stopped: true })
    // the sign-in page: unlike a tool, the window is answered, here for want of a session
    expect((await fetch(`${running.address}/api/connect.status`, { method: 'POST' })).status).not.toBe(503)
  })

  it('serves again once it is started, at the same address', async () => {
    await stop()
    expect(await start()).toMatchObject({ stopped: false, address: running.address })
    upstream.answer(
      answerJson({ ...PIECE, object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: 'Hi.' }, finish_reason: 'stop' }] }),
    )
    expect((await post('/v1/chat/completions', chat)).status).toBe(200)
  })

  it('starts on, whatever it was when Switchyard ended', async () => {
    await stop()
    await running.gateway.close()
    running = await startGateway({ upstream: upstream.url, dataDir: running.dataDir })
    expect(await status()).toMatchObject({ stopped: false })
    expect((await fetch(`${running.address}/health`)).status).toBe(200)
  })
})

describe('what is being answered when it is stopped', () => {
  async function begun() {
    const response = await post('/v1/chat/completions', { ...chat, stream: true })
    const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader()
    const first = await reader.read()
    const rest = async (): Promise<string> => {
      let text = first.value ?? ''
      for (;;) {
        const { value, done } = await reader.read()
        if (done) return text
        text += value
      }
    }
    expect(first.value).toContain('Hello')
    return rest
  }

  it('is counted, and let finish', async () => {
    const rest = await begun()
    expect((await status()).serving).toBe(1)
    await stop('finish')
    expect((await post('/v1/chat/completions', chat)).status).toBe(503)
    goOn()
    expect(await rest()).toContain('and goodbye.')
    await expect.poll(async () => (await status()).serving).toBe(0)
  })

  it('is ended with its client told, where that is wanted', async () => {
    const rest = await begun()
    await stop('end')
    expect(await rest()).toContain('stopped')
    const [row] = await running.rows(1)
    expect(row).toMatchObject({ outcome: 'stopped' })
    await expect.poll(() => upstream.left).toBe(1)
  })
})

it('tells of a port that belonged to another program', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as { port: number }
  await running.close()
  running = await startGateway({ upstream: upstream.url, port })
  expect(running.address).not.toBe(`http://127.0.0.1:${port}`)
  expect(await status()).toMatchObject({ portTaken: port, address: running.address })
  await new Promise((resolve) => other.close(resolve))
})

// a second address of this machine, which nothing but Linux has without asking: all of 127.0.0.0/8
const HAS_SECOND_ADDRESS = process.platform === 'linux'
if (!HAS_SECOND_ADDRESS) it.skip('the local network: not run here (this system has no second loopback address)', () => undefined)

describe.runIf(HAS_SECOND_ADDRESS)('the local network', () => {
  const door = () => running.address.replace('127.0.0.1', '127.0.0.2')
  const open = async (lan: boolean) => {
    await told(running.client['settings.update']({ lan }))
    await expect.poll(async () => (await status()).lanAddresses).toEqual(lan ? [door()] : [])
  }
  const models = (address: string, headers: Record<string, string> = {}) => fetch(`${address}/v1/models`, { headers })
  const byKey = { authorization: `Bearer ${TEST_KEYS.client}` }

  it('is not served before it is switched on, nor after it is switched off', async () => {
    await expect(models(door(), byKey)).rejects.toThrow()
    await open(true)
    expect((await models(door(), byKey)).status).toBe(200)
    await open(false)
    await expect(models(door(), byKey)).rejects.toThrow()
    expect((await models(running.address, byKey)).status).toBe(200)
  })

  it('gets in by a client key alone: not without, not by the demo key, on no route', async () => {
    await open(true)
    const demo = { authorization: `Bearer ${(await status()).demoKey}` }
    for (const path of ['/v1/models', '/health', '/api/version', '/api/tags']) {
      expect([(await fetch(door() + path)).status, (await fetch(door() + path, { headers: demo })).status]).toEqual([401, 401])
      expect((await fetch(door() + path, { headers: byKey })).status).toBe(200)
    }
    expect((await post('/v1/chat/completions', { ...chat, model: 'demo/lorem' }, door(), (await status()).demoKey)).status).toBe(401)
    expect((await fetch(`${running.address}/health`)).status).toBe(200)
  })

  it('never reaches the workbench, its pages, its sign-in or its API', async () => {
    await open(true)
    for (const path of ['/', '/index.html', '/session', '/api/settings.get', '/api/keys.list']) {
      for (const method of ['GET', 'POST']) expect((await fetch(door() + path, { method, headers: byKey })).status, `${method} ${path}`).toBe(403)
    }
  })

  it('must name the host by its address, so that no page can rebind a name to it', async () => {
    await open(true)
    const { port } = new URL(door())
    const asHost = (host: string) =>
      new Promise<number>((resolve, reject) => {
        const sent = httpRequest({ host: '127.0.0.2', port, path: '/v1/models', headers: { ...byKey, host } }, ({ statusCode = 0 }) => resolve(statusCode))
        sent.on('error', reject).end()
      })
    expect(await asHost(`127.0.0.2:${port}`)).toBe(200)
    for (const host of [`evil.example:${port}`, `127.0.0.1:${port}`, `localhost:${port}`, '127.0.0.2']) expect(await asHost(host)).toBe(403)
    // nor by a page of this machine's own origin
    expect((await models(door(), { ...byKey, origin: running.address })).status).toBe(403)
    // and the door at home answers to no other name for it
    expect((await models(running.address, byKey)).status).toBe(200)
  })

  it('is stopped with the endpoint, and open again at the next start', async () => {
    await open(true)
    await stop()
    expect((await models(door(), byKey)).status).toBe(503)
    await running.gateway.close()
    running = await startGateway({ upstream: upstream.url, dataDir: running.dataDir, settings: { lan: true }, lanAddresses: () => ['127.0.0.2'] })
    await expect.poll(async () => (await status()).lanAddresses).toEqual([door()])
    expect((await models(door(), byKey)).status).toBe(200)
  })

  it('opens doors on networks that come, and closes those that have gone', async () => {
    let there: readonly string[] = []
    await running.close()
    running = await startGateway({ upstream: upstream.url, settings: { lan: true }, lanAddresses: () => there })
    expect((await status()).lanAddresses).toEqual([])
    there = ['127.0.0.2']
    await open(true)
    there = []
    await told(running.client['settings.update']({ lan: true }))
    await expect.poll(async () => (await status()).lanAddresses).toEqual([])
  })
})
