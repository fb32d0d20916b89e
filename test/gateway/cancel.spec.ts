/** The caller's leaving is no fault: the provider's connection closes in every phase, and the row says so. */
import http from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Answering, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'

let upstream: FakeUpstream
let running: TestGateway
beforeEach(async () => {
  upstream = await fakeUpstream()
  running = await startGateway({ upstream: upstream.url })
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 1000) throw new Error('waited too long')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const piece = (text: string): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: { content: text }, finish_reason: null }] })}\n\n`

const phases: readonly [string, Answering, 'before' | 'during'][] = [
  ['before the provider has answered', () => undefined, 'before'],
  [
    'after the headers, before the first event',
    (_seen, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders(),
    'before',
  ],
  ['in the middle of a stream', (_seen, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(piece('Once')), 'during'],
]
it.each(phases)('closes the connection to the provider when the client leaves %s', async (_what, answering, phase) => {
  upstream.answer(answering)
  const body = JSON.stringify({ model: 'openai/gpt-4o-mini', stream: true, messages: [{ role: 'user', content: 'x' }] })
  const request = http.request(`${running.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-length': Buffer.byteLength(body) },
  })
  const heard = new Promise<void>((resolve) => {
    request.on('error', () => resolve())
    request.on('response', (response) => response.once('data', () => resolve()).on('error', () => undefined))
  })
  request.end(body)
  await until(() => upstream.seen.length === 1)
  if (phase === 'during') await heard
  request.destroy()
  await until(() => upstream.left === 1)
  const [row] = await running.rows(1)
  expect(row?.outcome).toBe('cancelled')
  expect(row?.attempts).toMatchObject([{ phase: 'left' }])
})

it('tells of a client that leaves while it sends its request', async () => {
  const request = http.request(`${running.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-length': 1_000 },
  })
  request.on('error', () => undefined)
  // the rest never comes
  await new Promise<void>((resolve) => request.write('{"model":', () => resolve()))
  request.destroy()
  const [row] = await running.rows(1)
  expect(row).toMatchObject({ outcome: 'cancelled', attempts: [] })
  expect(upstream.seen).toEqual([])
})

it('keeps what an answer had said when its client leaves', async () => {
  const said = ['Once', ' upon', ' a', ' time']
  upstream.answer((_seen, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const more = (place: number): void => {
      const text = said[place]
      if (text !== undefined) response.write(piece(text), () => setTimeout(() => more(place + 1), 2))
    }
    more(0)
  })
  const client = new AbortController()
  const body = JSON.stringify({ model: 'openai/gpt-4o-mini', stream: true, messages: [{ role: 'user', content: 'x' }] })
  const headers = { authorization: `Bearer ${TEST_KEYS.client}` }
  const response = await fetch(`${running.address}/v1/chat/completions`, { method: 'POST', headers, body, signal: client.signal })
  let heard = ''
  for await (const chunk of response.body ?? []) {
    heard += Buffer.from(chunk).toString()
    if (heard.includes(' time')) break
  }
  client.abort()
  const [row] = await running.rows(1)
  const detail = await running.client['traffic.get']({ id: row?.id ?? '' })
  expect(row?.outcome).toBe('cancelled')
  expect(detail.ok && detail.value.exchange?.answer?.text).toBe(said.join(''))
})

it('stops pulling from the provider while the client does not read', async () => {
  let sent = 0
  upstream.answer((_seen, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const filler = 'x'.repeat(64 * 1024)
    const more = (): void => {
      while (!response.destroyed && sent < 400 * 1024 * 1024) {
        sent += filler.length
        if (!response.write(piece(filler))) return void response.once('drain', more)
      }
    }
    more()
  })
  const body = JSON.stringify({ model: 'openai/gpt-4o-mini', stream: true, messages: [{ role: 'user', content: 'x' }] })
  const request = http.request(`${running.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-length': Buffer.byteLength(body) },
  })
  request.on('error', () => undefined)
  const response = await new Promise<http.IncomingMessage>((resolve) => {
    request.once('response', resolve)
    request.end(body)
  })
  response.pause()
  let last = -1
  await until(() => {
    const still = sent === last && sent > 0
    last = sent
    return still
  })
  // socket buffers on the way hold some megabytes; without back-pressure all 400 MB would have been taken
  expect(sent).toBeLessThan(100 * 1024 * 1024)
  request.destroy()
  await until(() => upstream.left === 1)
})

it('does not take a client that reads slowly for a provider that has fallen silent', async () => {
  const patient = await startGateway({
    upstream: upstream.url,
    settings: { timeouts: { connectMs: 2000, firstEventMs: 5000, silenceMs: 150, wholeMs: 60_000 } },
  })
  const filler = 'x'.repeat(64 * 1024)
  const pieces = 400
  upstream.answer(async (_seen, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (let index = 0; index < pieces; index++) if (!response.write(piece(filler))) await new Promise((resolve) => response.once('drain', resolve))
    response.end(
      `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`,
    )
  })
  const response = await fetch(`${patient.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEYS.client}` },
    body: JSON.stringify({ model: 'openai/gpt-4o-mini', stream: true, messages: [{ role: 'user', content: 'x' }] }),
  })
  // several silences long, with the sockets between full
  await new Promise((resolve) => setTimeout(resolve, 700))
  const text = await response.text()
  expect(text).toContain('[DONE]')
  const [row] = await patient.rows(1)
  expect(row).toMatchObject({ outcome: 'ok' })
  await patient.close()
})

it('tells running streams when Switchyard is asked to quit, and closes their rows', async () => {
  upstream.answer((_seen, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(piece('Once')))
  const asked = fetch(`${running.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEYS.client}` },
    body: JSON.stringify({ model: 'openai/gpt-4o-mini', stream: true, messages: [{ role: 'user', content: 'x' }] }),
  })
  const response = await asked
  await running.gateway.close()
  const text = await response.text()
  expect(text).toContain('Once')
  expect(text).toMatch(/"error".*shutting down/)
})
