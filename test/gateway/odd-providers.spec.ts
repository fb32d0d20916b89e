/** Providers, and what stands before them, that answer in ways HTTP allows and hardly anybody uses. */
import type { ServerResponse } from 'node:http'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'

let upstream: FakeUpstream
let running: TestGateway
beforeAll(async () => {
  upstream = await fakeUpstream()
  // without a key nothing is remembered of one that was refused
  running = await startGateway({
    settings: {
      customProviders: [{ id: 'odd', name: 'Odd', baseUrl: upstream.url, needsKey: false }],
      routing: { failuresInARow: 0 },
      attempts: { most: 1 },
      timeouts: { connectMs: 2000, firstEventMs: 5000, silenceMs: 5000, wholeMs: 60_000 },
    },
  })
})
afterAll(async () => {
  await running.close()
  await upstream.close()
})

const ask = (more: object = {}, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  raw(`${running.address}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'odd/m', messages: [{ role: 'user', content: 'x' }], ...more }),
  })
async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 1000) throw new Error('waited too long')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('a refusal is known by its status, whatever its body is', () => {
  it('also where that breaks off', async () => {
    upstream.answer((_seen, response) => {
      response.writeHead(401, { 'content-type': 'application/json', 'content-length': 500 }).write('{"error":')
      setTimeout(() => response.destroy(), 20)
    })
    expect((await ask()).json()).toMatchObject({ error: { metadata: { error_type: 'authentication' } } })
  })

  it('also where that is longer than anybody reads', async () => {
    upstream.answer((_seen, response) => void response.writeHead(503, { 'content-type': 'text/html' }).end(`<html>${'x'.repeat(600_000)}</html>`))
    expect((await ask()).status).toBe(503)
  })
})

it.each([
  ['of no type', {}],
  ['of plain text', { 'content-type': 'text/plain; charset=utf-8' }],
])('hands on a stream %s as it comes', async (_what, headers) => {
  const chunk = (content: string, finish_reason: string | null): string =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: { content }, finish_reason }] })}\n\n`
  const end = `${chunk(' upon', 'stop')}data: [DONE]\n\n`
  let goOn = (): void => undefined
  upstream.answer((_seen, response) => {
    response.writeHead(200, headers).write(chunk('Once', null))
    goOn = () => void response.end(end)
  })
  const response = await fetch(`${running.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEYS.client}` },
    body: JSON.stringify({ model: 'odd/m', stream: true, messages: [{ role: 'user', content: 'x' }] }),
  })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  goOn()
  expect(await response.text()).toBe(chunk('Once', null) + end)
})

describe('an answer that has told its end', () => {
  const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' }
  const data = (event: object): string => `data: ${JSON.stringify(event)}\n\n`
  const whole =
    data({ ...chunk, choices: [{ index: 0, delta: { content: 'fine' }, finish_reason: null }] }) +
    data({ ...chunk, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })

  it.each([
    ['drops the connection', (response: ServerResponse) => setTimeout(() => response.destroy(), 30), '/v1/chat/completions', 'data: [DONE]'],
    ['drops the connection', (response: ServerResponse) => setTimeout(() => response.destroy(), 30), '/v1/messages', 'event: message_stop'],
    ['forgets to end it', () => undefined, '/v1/chat/completions', 'data: [DONE]'],
  ] as const)('is complete, also where its provider %s (%#)', async (_what, then, path, end) => {
    upstream.answer((_seen, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`${whole}data: [DONE]\n\n`)
      then(response)
    })
    const before = (await running.rows(0)).length
    const answer = await raw(running.address + path, {
      headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json', 'x-switchyard-timeout-silence': '200' },
      body: JSON.stringify({ model: 'odd/m', max_tokens: 9, stream: true, messages: [{ role: 'user', content: 'x' }] }),
    })
    expect(answer.text.trimEnd().split('\n\n').at(-1)).toContain(end)
    expect(answer.text).not.toContain('error')
    expect((await running.rows(before + 1))[0]).toMatchObject({ outcome: 'ok', attempts: [{ phase: 'done' }] })
  })

  it('is not one that has only told why it would', async () => {
    upstream.answer((_seen, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(whole)
      setTimeout(() => response.destroy(), 30)
    })
    const before = (await running.rows(0)).length
    expect((await ask({ stream: true })).text).toContain('"error"')
    expect((await running.rows(before + 1))[0]).toMatchObject({ outcome: 'stream-broken' })
  })
})

it('closes the connection of a redirect, which it does not follow', async () => {
  const before = upstream.left
  upstream.answer((_seen, response) => void response.writeHead(302, { location: 'http://elsewhere.invalid/' }).write('moved'))
  const answer = await ask()
  expect(answer.status).toBe(502)
  expect(answer.text).toContain('302')
  await until(() => upstream.left === before + 1)
})

it.each([
  ['GZIP', gzipSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
] as const)('reads an answer that came as %s although nobody asked for that', async (encoding, compress) => {
  const choices = [{ index: 0, message: { role: 'assistant', content: 'fine' }, finish_reason: 'stop' }]
  const body = compress(Buffer.from(JSON.stringify({ id: 'c', object: 'chat.completion', created: 1, model: 'm', choices })))
  upstream.answer((_seen, response) => void response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding }).end(body))
  expect((await ask()).json()).toMatchObject({ choices })
})

it.each(['odd/m', 'demo/swift'])('puts its report of the routing behind an answer of %s that speaks of the end of streams, and nowhere else', async (model) => {
  const said = 'A stream ends with data: [DONE] and a blank line.'
  const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' }
  const choices = [
    { delta: { content: said }, finish_reason: null },
    { delta: {}, finish_reason: 'stop' },
  ]
  const events = choices.map((choice) => `data: ${JSON.stringify({ ...chunk, choices: [{ index: 0, ...choice }] })}\n\n`)
  // without the space, as some write it
  upstream.answer((_seen, response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`${events.join('')}data:[DONE]\n\n`))
  const answer = await ask({ model, stream: true }, { 'x-openrouter-metadata': 'enabled' })
  const told = answer.text.split('\n\n').filter((event) => event !== '')
  expect(told.at(-1)).toMatch(/^data: ?\[DONE\]$/)
  const pieces = told.slice(0, -1).map((event) => JSON.parse(event.slice(6)) as { openrouter_metadata?: object })
  expect(pieces.map(({ openrouter_metadata }) => openrouter_metadata !== undefined)).toEqual([...pieces.slice(1).map(() => false), true])
})
