/** What a provider that means ill, or is merely careless, may send back. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'

/** Of no vendor's shape, so that nothing but knowing it tells that it is a key. */
const PLAIN_KEY = 'made.up.words.without.any.digit'

const ANSWER = {
  ...{ id: 'x', object: 'chat.completion', created: 1, model: 'm' },
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
}

let upstream: FakeUpstream
let running: TestGateway
beforeAll(async () => {
  upstream = await fakeUpstream()
  running = await startGateway({
    upstream: upstream.url,
    settings: {
      customProviders: [{ id: 'lab', name: 'Lab', baseUrl: `${upstream.url}/lab`, needsKey: true }],
      attempts: { most: 1, waitMs: 0 },
      routing: { failuresInARow: 0 },
    },
  })
  await running.client['vault.choose']({ backend: 'memory' })
  upstream.answer(answerJson({ object: 'list', data: [] }))
  await running.client['keys.add']({ provider: 'lab', secret: PLAIN_KEY })
})
afterAll(async () => {
  await running.close()
  await upstream.close()
})

const chat = (more: object = {}): Promise<RawAnswer> =>
  raw(`${running.address}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}` },
    body: JSON.stringify({ model: 'lab/m', messages: [{ role: 'user', content: 'hi' }], ...more }),
  })

describe('a provider that says the key that it was shown', () => {
  it.each([400, 404, 413, 500])('is quoted without it, in the answer and in the ledger (%i)', async (status) => {
    upstream.answer(answerJson({ error: { message: `The header was 'Bearer ${PLAIN_KEY}', or '${PLAIN_KEY}'`, type: 'x', code: 'y' } }, status))
    const answer = await chat()
    const [newest] = await running.rows(1)
    if (newest === undefined) throw new Error('there is no row')
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.text + JSON.stringify([newest, await running.client['traffic.get']({ id: newest.id })]) + running.log.join('')).not.toContain(PLAIN_KEY)
  })

  it('is quoted without it where the key is checked', async () => {
    upstream.answer(answerJson({ error: { message: `No, not ${PLAIN_KEY}`, type: 'x', code: 'y' } }, 401))
    const keys = await running.client['keys.list']({})
    const id = (keys.ok ? keys.value : []).find(({ provider }) => provider === 'lab')?.id ?? ''
    const validated = await running.client['keys.validate']({ id })
    expect(validated).toMatchObject({ ok: true, value: { is: 'refused', message: expect.stringContaining('[hidden]') } })
    expect(JSON.stringify([validated, await running.client['keys.list']({}), (await chat()).text])).not.toContain(PLAIN_KEY)
    upstream.answer(answerJson({ object: 'list', data: [] }))
    await running.client['keys.validate']({ id })
  })
})

it('cannot steer the terminal that shows its complaint', async () => {
  upstream.answer(answerJson({ error: { message: 'No\u001b[2J\u001b]0;evil\u0007 \u009b31m\u202egnihtemos', type: 'x' } }, 400))
  expect((await chat()).json<{ error: { message: string } }>().error.message).toBe('Lab: No[2J]0;evil 31mgnihtemos')
})

describe('a provider whose headers', () => {
  it.each<[string, Record<string, string | string[]>]>([
    ['say the type twice', { 'content-type': ['application/json', 'text/html'] }],
    ['say when to come again twice', { 'retry-after': ['3', '4'] }],
    ['say twice that limits are used up', { 'x-ratelimit-remaining': ['0', '0'], 'x-ratelimit-reset': ['0s', '0s'] }],
    ['say twice that it is compressed, which it is not', { 'content-encoding': ['gzip', 'gzip'] }],
    ['hold bytes beyond ASCII', { 'x-request-id': '\u00e9\u00ff' }],
    ['are named like parts of every object', { ['__proto__']: 'x', constructor: 'y' }],
    ['would set cookies and let pages in', { 'set-cookie': 'a=b', 'access-control-allow-origin': '*', connection: 'close', location: 'https://example.com' }],
  ])('%s is read all the same, and gets no header of its choice to the client', async (_what, headers) => {
    for (const status of [200, 400]) {
      upstream.answer((_seen, response) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers })
        response.end(JSON.stringify(status === 200 ? ANSWER : { error: { message: 'slow down' } }))
      })
      const answer = await chat()
      expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(status === 200 ? '"hi"' : 'slow down')])
      for (const name of ['set-cookie', 'access-control-allow-origin', 'location', 'constructor']) expect(answer.headers).not.toHaveProperty([name])
    }
  })
})

describe('an answer of 100 kB that unpacks to 100 MB', () => {
  const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024, ' '))

  it.each(['application/json', 'text/event-stream'])('is given up on the way (%s)', async (type) => {
    upstream.answer((_seen, response) => void response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(bomb))
    const answer = await chat({ stream: type === 'text/event-stream' })
    expect([answer.status, answer.text]).toEqual([502, expect.stringMatching(/larger than|more than 16 MiB/)])
  })
})

it('reads an answer that comes byte by byte as it reads any other', async () => {
  upstream.answer((_seen, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    for (const byte of Buffer.from(JSON.stringify({ ...ANSWER, padding: 'x'.repeat(20_000) }))) response.write(Buffer.of(byte))
    response.end()
  })
  const answer = await chat()
  expect([answer.status, answer.text.length]).toEqual([200, JSON.stringify(ANSWER).length + 20_000 + ',"padding":""'.length])
})
