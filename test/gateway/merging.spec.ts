/** Equal requests at the same time are one call of the provider; each client gets all of the answer, from its first byte, at its own speed. */

import type { ServerResponse } from 'node:http'
import http from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Settings } from '../../shared/settings.ts'
import { type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { checkStream } from '../support/formats.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'

let upstream: FakeUpstream
let running: TestGateway
/** The provider's side of each call that came, oldest first. */
let calls: ServerResponse[]

beforeEach(async () => {
  calls = []
  upstream = await fakeUpstream((_seen, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    calls.push(response)
  })
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

const start = async (merging: Partial<Settings['merging']> = {}): Promise<void> => {
  running = await startGateway({ upstream: upstream.url, settings: { debug: { checkStreams: true }, merging: merging as Settings['merging'] } })
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 4000) throw new Error('waited too long')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const chunk = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
const USAGE = `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [], usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 } })}\n\n`
const END = `${chunk({}, 'stop')}${USAGE}data: [DONE]\n\n`
const words = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, index) => chunk({ ...(from + index === 0 && { role: 'assistant' }), content: `word${from + index} ` })).join('')

const BODY = { model: 'openai/gpt-4o-mini', stream: true, temperature: 0, messages: [{ role: 'user', content: 'x' }] }

interface Client {
  readonly request: http.ClientRequest
  /** What has come so far. */
  text(): string
  readonly ended: Promise<'ended' | 'broken'>
  headers(): http.IncomingHttpHeaders
}

const agent = new http.Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY })

function open(body: object = BODY, path = '/v1/chat/completions'): Client {
  const text = JSON.stringify(body)
  const request = http.request(running.address + path, {
    method: 'POST',
    agent,
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-length': Buffer.byteLength(text) },
  })
  let heard = ''
  let headers: http.IncomingHttpHeaders = {}
  const ended = new Promise<'ended' | 'broken'>((resolve) => {
    request.on('error', () => resolve('broken'))
    request.on('response', (response) => {
      headers = response.headers
      response.on('data', (piece: Buffer) => (heard += piece.toString()))
      response.on('end', () => resolve('ended'))
      response.on('error', () => resolve('broken'))
    })
  })
  request.end(text)
  return { request, text: () => heard, ended, headers: () => headers }
}

const active = async (): Promise<number> => {
  const totals = await running.client['traffic.totals']({})
  return totals.ok ? totals.value.active : -1
}

async function allArrived(count: number): Promise<void> {
  for (let tries = 0; (await active()) < count; tries++) {
    if (tries > 2000) throw new Error(`only ${await active()} of ${count} requests arrived`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

it('gives a thousand equal streams one call and each of them the whole answer', async () => {
  const COUNT = 1_000
  await start()
  const clients = Array.from({ length: COUNT }, () => open())
  await until(() => calls.length > 0)
  calls[0]?.write(words(0, 3))
  await allArrived(COUNT)
  // everybody has the first byte before the answer has ended
  await until(() => clients.every((client) => client.text().includes('word2')))
  calls[0]?.write(words(3, 50))
  calls[0]?.end(END)
  expect(await Promise.all(clients.map((client) => client.ended))).toEqual(clients.map(() => 'ended'))
  const heard = new Set(clients.map((client) => client.text()))
  expect(heard.size).toBe(1)
  const [text = ''] = heard
  expect(text.match(/word\d+/g)).toEqual(Array.from({ length: 50 }, (_, index) => `word${index}`))
  checkStream('openai-chat', text)
  expect(upstream.seen).toHaveLength(1)

  const rows = await everyRow(COUNT)
  expect(rows).toHaveLength(COUNT)
  // one row pays; the others say whose call they shared, and what that saved
  const paying = rows.filter((row) => row.cost !== 0)
  expect(paying).toMatchObject([{ cost: 270_000, outcome: 'ok', attempts: [{ phase: 'done' }] }])
  expect(paying[0]?.saved).toBeUndefined()
  for (const row of rows) {
    if (row === paying[0]) continue
    expect(row).toMatchObject({ cost: 0, saved: 270_000, outcome: 'ok', attempts: [], cache: { kind: 'merged', with: paying[0]?.id } })
  }
}, 60_000)

async function everyRow(count: number) {
  await running.rows(Math.min(count, 500))
  const rows = []
  let before: string | undefined
  do {
    const page = await running.client['traffic.list']({ limit: 500, ...(before !== undefined && { before }) })
    if (!page.ok) throw new Error(page.failure.message)
    rows.push(...page.value.rows)
    before = page.value.cursor
  } while (before !== undefined)
  return rows
}

it('goes on for the one who stays while all others leave at random', async () => {
  const COUNT = 60
  await start()
  const clients = Array.from({ length: COUNT }, () => open())
  await until(() => calls.length > 0)
  await allArrived(COUNT)
  const stays = clients[37]
  let dice = 17
  for (let word = 0; word < COUNT; word++) {
    calls[0]?.write(words(word, word + 1))
    dice = (dice * 48_271) % 2_147_483_647
    const leaves = clients[dice % COUNT]
    if (leaves !== stays) leaves?.request.destroy()
    await new Promise((resolve) => setImmediate(resolve))
  }
  for (const client of clients) if (client !== stays) client.request.destroy()
  await until(() => stays?.text().includes(`word${COUNT - 1}`) === true)
  calls[0]?.end(END)
  expect(await stays?.ended).toBe('ended')
  expect(stays?.text().match(/word\d+/g)).toHaveLength(COUNT)
  expect(upstream.seen).toHaveLength(1)
  expect(upstream.left).toBe(0)
  const rows = await running.rows(COUNT)
  // whoever made the call has left: who stayed pays, for all of it
  expect(rows.filter((row) => row.outcome === 'ok')).toMatchObject([{ cost: 270_000, attempts: [{ phase: 'done' }] }])
  expect(rows.reduce((sum, row) => sum + (row.cost ?? 0), 0)).toBe(270_000)
  expect(rows.every((row) => row.cost !== undefined)).toBe(true)
}, 30_000)

it('closes the connection to the provider when the last one leaves, before the first byte and after', async () => {
  await start()
  for (const begins of [false, true]) {
    const clients = [open(), open(), open()]
    const before = calls.length
    await until(() => calls.length === before + 1)
    await allArrived(3)
    if (begins) calls.at(-1)?.write(words(0, 1))
    if (begins) await until(() => clients.every((client) => client.text() !== ''))
    const left = upstream.left
    clients[0]?.request.destroy()
    clients[1]?.request.destroy()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(upstream.left).toBe(left)
    clients[2]?.request.destroy()
    await until(() => upstream.left === left + 1)
  }
})

it('gives a client that was cut off the running answer, or the one that has just ended', async () => {
  await start()
  const [stays, cut] = [open(), open()]
  await until(() => calls.length === 1)
  await allArrived(2)
  calls[0]?.write(words(0, 3))
  await until(() => cut.text().includes('word2'))
  cut.request.destroy()
  const again = open()
  await until(() => again.text().includes('word2'))
  again.request.destroy()
  calls[0]?.end(words(3, 6) + END)
  await stays.ended
  const late = open()
  expect(await late.ended).toBe('ended')
  expect(late.text()).toBe(stays.text())
  expect(upstream.seen).toHaveLength(1)
  // once more than clients were cut off is a new question
  const another = open()
  const yetAnother = open()
  await until(() => calls.length === 2)
  calls[1]?.end(words(0, 1) + END)
  await Promise.all([another.ended, yetAnother.ended])
})

it('does not give an answer to somebody who asks again after having had all of it', async () => {
  await start()
  for (let time = 1; time <= 2; time++) {
    const client = open()
    await until(() => calls.length === time)
    calls[time - 1]?.end(words(0, 2) + END)
    await client.ended
  }
  expect(upstream.seen).toHaveLength(2)
})

it('lets a call run on for a while after the last client has left, where that is set, and who asks again gets it', async () => {
  await start({ keepRunningMs: 20_000 })
  const client = open()
  await until(() => calls.length === 1)
  calls[0]?.write(words(0, 2))
  await until(() => client.text().includes('word1'))
  client.request.destroy()
  await running.rows(1)
  calls[0]?.write(words(2, 4))
  const again = open()
  await until(() => again.text().includes('word3'))
  calls[0]?.end(END)
  expect(await again.ended).toBe('ended')
  expect(upstream.left).toBe(0)
  const rows = await running.rows(2)
  for (let tries = 0; tries < 100 && (await running.rows(2)).some((row) => row.cost === undefined); tries++) await new Promise((done) => setTimeout(done, 10))
  expect((await running.rows(2)).map((row) => [row.outcome, row.cost])).toEqual([
    ['ok', 0],
    ['cancelled', 270_000],
  ])
  expect(rows).toHaveLength(2)
})

it('merges those at temperature 0 alone unless told otherwise, and nothing where told so', async () => {
  const cases: readonly (readonly [Partial<Settings['merging']>, object, number])[] = [
    [{}, { temperature: 0 }, 1],
    [{}, { temperature: 0.1 }, 2],
    [{}, { temperature: undefined }, 2],
    [{ when: 'always' }, { temperature: 0.7 }, 1],
    [{ when: 'never' }, { temperature: 0 }, 2],
  ]
  for (const [merging, change, expected] of cases) {
    await start(merging)
    const before = upstream.seen.length
    const clients = [open({ ...BODY, ...change }), open({ ...BODY, ...change })]
    await allArrived(2)
    await until(() => calls.length >= before + expected)
    for (const call of calls.slice(before)) call.end(words(0, 2) + END)
    await Promise.all(clients.map((client) => client.ended))
    expect([merging, change, upstream.seen.length - before]).toEqual([merging, change, expected])
    if (cases.at(-1)?.[0] !== merging) await running.close()
  }
})

it('serves a client of another dialect, and one that does not stream, from the same call', async () => {
  await start()
  const leader = open()
  await until(() => calls.length === 1)
  const anthropic = open({ ...BODY, max_tokens: undefined, messages: BODY.messages, stream: false }, '/v1/chat/completions')
  const withUsage = open({ ...BODY, stream_options: { include_usage: true } })
  await allArrived(3)
  calls[0]?.end(words(0, 3) + END)
  await Promise.all([leader.ended, anthropic.ended, withUsage.ended])
  expect((JSON.parse(anthropic.text()) as { choices: { message: { content: string } }[] }).choices[0]?.message.content).toBe('word0 word1 word2 ')
  expect(leader.text()).not.toContain('prompt_tokens')
  expect(withUsage.text()).toContain('"prompt_tokens":1000')
  checkStream('openai-chat', withUsage.text())
  expect(upstream.seen).toHaveLength(1)
  expect(anthropic.headers()['x-switchyard-cache']).toMatch(/^merged; with=gen-/)
})

it('tells all of them when the call fails', async () => {
  await start()
  upstream.answer((_seen, response) => void response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":{"message":"no such thing"}}'))
  const clients = [open(), open()]
  await Promise.all(clients.map((client) => client.ended))
  for (const client of clients) expect(client.text()).toContain('no such thing')
  const rows = await running.rows(2)
  expect(rows.map((row) => row.outcome)).toEqual(['bad-request', 'bad-request'])
})

it('holds what a call may cost, and its place among those of its key, until it has ended for nobody', async () => {
  running = await startGateway({
    upstream: upstream.url,
    settings: {
      merging: { keepRunningMs: 60_000 },
      budgets: { overall: { day: 5 } },
      routing: { keyLimits: { 'env:OPENAI_API_KEY': { concurrency: 1 } } },
    },
  })
  const reserved = async (): Promise<number> => {
    const listed = await running.client['budgets.list']({})
    return listed.ok ? (listed.value[0]?.reserved ?? -1) : -1
  }
  const left = open()
  await until(() => calls.length === 1)
  left.request.destroy()
  await running.rows(1)
  expect(await reserved()).toBeGreaterThan(0)
  const other = open({ ...BODY, messages: [{ role: 'user', content: 'another question' }] })
  await other.ended
  expect(other.text()).toContain('rate_limit')

  calls[0]?.end(words(0, 3) + END)
  for (let tries = 0; (await reserved()) > 0 && tries < 400; tries++) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(await reserved()).toBe(0)
  const next = open({ ...BODY, messages: [{ role: 'user', content: 'a third question' }] })
  await until(() => calls.length === 2)
  calls[1]?.end(words(0, 3) + END)
  await next.ended
  expect(next.text()).toContain('word2')
})
