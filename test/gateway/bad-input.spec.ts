/** Whatever comes in: a clear error in the client's own dialect, a closed ledger row, and a process that lives on. */
import { type AddressInfo, Server } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FailureKind } from '../../shared/failure.ts'
import { type Answering, answerJson, type FakeUpstream, fakeUpstream, replay } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'

let upstream: FakeUpstream
let running: TestGateway
beforeAll(async () => {
  upstream = await fakeUpstream()
  running = await startGateway({
    upstream: upstream.url,
    settings: {
      routing: { failuresInARow: 0 },
      attempts: { backoffMs: 5, waitMs: 100 },
      timeouts: { connectMs: 2000, firstEventMs: 400, silenceMs: 400, wholeMs: 60_000 },
    },
  })
})
afterAll(async () => {
  await running.close()
  await upstream.close()
})
let before = 0
beforeEach(async () => {
  before = (await running.rows(0)).length
})

interface Dialect {
  readonly name: string
  readonly path: string
  readonly body: (model: string, stream: boolean) => object
  readonly streamPath?: string
  /** The message out of an error body of this dialect; undefined when it has another shape. */
  readonly message: (answer: RawAnswer) => string | undefined
  /** The in-band error of a stream, likewise. */
  readonly inBand: (text: string) => boolean
}
const dialects: readonly Dialect[] = [
  {
    name: 'openai-chat',
    path: '/v1/chat/completions',
    body: (model, stream) => ({ model, stream, messages: [{ role: 'user', content: 'hi' }] }),
    message: (answer) => answer.json<{ error?: { message?: string; type?: string; metadata?: { error_type?: string } } }>().error?.message,
    inBand: (text) =>
      text
        .split('\n')
        .some((line) => line.startsWith('data: {') && (JSON.parse(line.slice(6)) as { error?: { message?: string } }).error?.message !== undefined),
  },
  {
    name: 'anthropic-messages',
    path: '/v1/messages',
    body: (model, stream) => ({ model, stream, max_tokens: 100, messages: [{ role: 'user', content: 'hi' }] }),
    message: (answer) => {
      const body = answer.json<{ type?: string; error?: { type?: string; message?: string } }>()
      return body.type === 'error' && body.error?.type !== undefined ? body.error.message : undefined
    },
    inBand: (text) => /event: error\ndata: \{"type":"error"/.test(text),
  },
  {
    name: 'gemini',
    path: '/v1beta/models/MODEL:generateContent',
    streamPath: '/v1beta/models/MODEL:streamGenerateContent?alt=sse',
    body: () => ({ contents: [{ role: 'user', parts: [{ text: 'hi' }] }] }),
    message: (answer) => {
      const body = answer.json<{ error?: { code?: number; status?: string; message?: string } }>()
      return body.error?.code === answer.status && body.error.status !== undefined ? body.error.message : undefined
    },
    inBand: (text) =>
      text.split('\n').some((line) => line.startsWith('data: {') && (JSON.parse(line.slice(6)) as { error?: { status?: string } }).error?.status !== undefined),
  },
]

const key = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
const pathOf = (dialect: Dialect, model: string, stream = false): string =>
  running.address + (stream ? (dialect.streamPath ?? dialect.path) : dialect.path).replace('MODEL', model)
const ask = (dialect: Dialect, model: string, stream = false, headers: Record<string, string> = key): Promise<RawAnswer> =>
  raw(pathOf(dialect, model, stream), { headers, body: JSON.stringify(dialect.body(model, stream)) })

async function lastRow(): Promise<{ outcome: string; status: number | undefined; message: string | undefined }> {
  const rows = await running.rows(before + 1)
  expect(rows.length, 'one more row').toBe(before + 1)
  const [row] = rows
  if (row === undefined) throw new Error('no row')
  expect(row.outcome).not.toBe('open')
  return row
}
async function expectFailure(answer: RawAnswer, dialect: Dialect, status: number, message: RegExp, outcome: FailureKind): Promise<void> {
  expect(answer.status, answer.text).toBe(status)
  expect(answer.headers['content-type']).toMatch(/^application\/json/)
  expect(dialect.message(answer)).toMatch(message)
  expect(await lastRow()).toMatchObject({ outcome, status })
  expect((await raw(`${running.address}/health`, { method: 'GET' })).status).toBe(200)
}

describe.each(dialects)('a $name client', (dialect) => {
  it('learns where its JSON breaks', async () => {
    const answer = await raw(pathOf(dialect, 'openai/gpt-4o-mini'), { headers: key, body: '{"model": "x",\n "messages": [}' })
    await expectFailure(answer, dialect, 400, /not valid JSON.*unexpected "}" at line 2, column 15 \(position 29\)/, 'invalid-json')
  })

  it('learns that its body ends too early, is empty or is no object', async () => {
    expect(dialect.message(await raw(pathOf(dialect, 'openai/gpt-4o-mini'), { headers: key, body: '{"model": "x"' }))).toMatch(/ends too early/)
    expect(dialect.message(await raw(pathOf(dialect, 'openai/gpt-4o-mini'), { headers: key, body: '' }))).toMatch(/empty/)
    expect(dialect.message(await raw(pathOf(dialect, 'openai/gpt-4o-mini'), { headers: key, body: '[]' }))).toMatch(/JSON object/)
  })

  it('learns that 30 MB are too much', async () => {
    const answer = await raw(pathOf(dialect, 'openai/gpt-4o-mini'), { headers: key, body: Buffer.alloc(30 * 1024 * 1024, 'x') })
    await expectFailure(answer, dialect, 413, /larger than 26214400 bytes/, 'body-too-large')
  })

  it('learns that its key is wrong or missing', async () => {
    await expectFailure(
      await ask(dialect, 'openai/gpt-4o-mini', false, { ...key, authorization: 'Bearer nobody-knows-this-one' }),
      dialect,
      401,
      /not known here/,
      'unauthenticated',
    )
    before++
    await expectFailure(
      await ask(dialect, 'openai/gpt-4o-mini', false, { 'content-type': 'application/json' }),
      dialect,
      401,
      /wants a client key/,
      'unauthenticated',
    )
  })

  it('is refused under a foreign Host, a foreign Origin, or from another site', async () => {
    await expectFailure(
      await ask(dialect, 'openai/gpt-4o-mini', false, { ...key, host: 'evil.example' }),
      dialect,
      403,
      /not to the host 'evil.example'/,
      'forbidden',
    )
    before++
    await expectFailure(
      await ask(dialect, 'openai/gpt-4o-mini', false, { ...key, origin: 'https://evil.example' }),
      dialect,
      403,
      /Pages of 'https:\/\/evil.example'/,
      'forbidden',
    )
    before++
    await expectFailure(await ask(dialect, 'openai/gpt-4o-mini', false, { ...key, 'sec-fetch-site': 'cross-site' }), dialect, 403, /another site/, 'forbidden')
  })

  it('is told near names of a model that is not there', async () => {
    await expectFailure(await ask(dialect, 'demo/swfit'), dialect, 404, /no model 'demo\/swfit'.*demo\/swift/, 'unknown-model')
  })

  it('is told which providers share a name, or that there is no key', async () => {
    const noKey = await ask(dialect, 'openrouter/meta-llama/llama-3.3-70b-instruct')
    await expectFailure(noKey, dialect, 401, /no key for openrouter.*Providers screen/, 'no-credential')
  })

  it('is told when the provider hangs', async () => {
    upstream.answer(() => undefined)
    await expectFailure(await ask(dialect, 'openai/gpt-4o-mini'), dialect, 504, /OpenAI.* sent nothing within 400 ms/, 'timeout')
    expect(upstream.left).toBeGreaterThan(0)
  })

  it('is told when the provider answers with an HTML error page, whose text it never sees', async () => {
    upstream.answer(
      (_seen, response) =>
        void response.writeHead(502, { 'content-type': 'text/html' }).end('<html><body><h1>502 Bad Gateway</h1><script>x()</script></body></html>'),
    )
    const answer = await ask(dialect, 'openai/gpt-4o-mini')
    await expectFailure(answer, dialect, dialect.name === 'anthropic-messages' ? 529 : 503, /OpenAI/, 'overloaded')
    expect(answer.text).not.toContain('<')
  })

  it('is told when the provider says 200 and sends a page', async () => {
    upstream.answer((_seen, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>welcome to the airport wifi</html>'))
    await expectFailure(await ask(dialect, 'openai/gpt-4o-mini'), dialect, 502, /not JSON/, 'upstream-unreadable')
  })

  it('is told when the provider sends malformed events before anything else', async () => {
    upstream.answer(replay(Buffer.from('data: {"broken":\n\nnot-a-field\n\n')))
    await expectFailure(await ask(dialect, 'openai/gpt-4o-mini', true), dialect, 502, /OpenAI|provider|stream/i, 'upstream-unreadable')
  })

  const opening =
    'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Once upon"},"finish_reason":null}]}\n\n'
  const broken: readonly [string, Answering, FailureKind][] = [
    [
      'closes mid-stream',
      (_seen, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(opening, () => setTimeout(() => response.destroy(), 20))
      },
      'stream-broken',
    ],
    ['ends without a finish reason', replay(Buffer.from(opening)), 'stream-broken'],
    ['sends malformed events after the first content', replay(Buffer.from(`${opening}data: {"broken":\n\n`)), 'upstream-unreadable'],
    [
      'falls silent',
      (_seen, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(opening)
      },
      'timeout',
    ],
  ]
  it.each(broken)('is told in band when the provider %s', async (_what, answering, outcome) => {
    upstream.answer(answering)
    const answer = await ask(dialect, 'openai/gpt-4o-mini', true)
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('Once upon')
    expect(dialect.inBand(answer.text), answer.text).toBe(true)
    expect(await lastRow()).toMatchObject({ outcome, status: 200 })
  })

  it("gets the provider's own sentence, and never its key back", async () => {
    upstream.answer(
      answerJson({ error: { message: `Incorrect API key provided: ${TEST_KEYS.openai}.`, type: 'invalid_request_error', code: 'invalid_api_key' } }, 401),
    )
    const answer = await ask(dialect, 'openai/gpt-4o-mini')
    expect(answer.status).toBe(401)
    expect(dialect.message(answer)).toMatch(/OpenAI/)
    expect(answer.text).not.toContain(TEST_KEYS.openai)
    expect(await lastRow()).toMatchObject({ outcome: 'credential-refused' })
    // a refused key rests until it is checked again; the other tests want it back
    const keys = await running.client['keys.list']({})
    if (!keys.ok) throw new Error(keys.failure.message)
    upstream.answer(answerJson({ object: 'list', data: [] }))
    for (const known of keys.value) await running.client['keys.validate']({ id: known.id })
  })
})

it('lives on when the system refuses it a connection', async () => {
  const handles = (process as unknown as { _getActiveHandles(): unknown[] })._getActiveHandles()
  const server = handles.find((handle) => handle instanceof Server && (handle.address() as AddressInfo).port === Number(new URL(running.address).port))
  ;(server as Server).emit('error', new Error('accept ENOBUFS'))
  expect((await raw(`${running.address}/health`, { method: 'GET' })).status).toBe(200)
})

it('passes over a byte order mark before a body', async () => {
  const body = JSON.stringify({ model: 'nope/none', messages: [{ role: 'user', content: 'hi' }] })
  expect((await raw(`${running.address}/v1/chat/completions`, { headers: key, body: `\ufeff${body}` })).text).toContain("no model 'nope/none'")
})

describe('a compressed body', () => {
  const body = Buffer.from(JSON.stringify({ model: 'nope/none', messages: [{ role: 'user', content: 'hi' }] }))
  const send = (bytes: Buffer, encoding: string): Promise<RawAnswer> =>
    raw(`${running.address}/v1/chat/completions`, { headers: { ...key, 'content-encoding': encoding }, body: bytes })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['zstd', zstdCompressSync],
  ] as const)('is read where it is by %s', async (encoding, compress) => {
    expect((await send(compress(body), encoding)).text).toContain("no model 'nope/none'")
  })

  it('is refused where it is by something else, is no such thing, or holds more than is taken', async () => {
    const refusals = [await send(body, 'lzma'), await send(body, 'gzip'), await send(gzipSync(Buffer.alloc(30 * 1024 * 1024)), 'gzip')]
    expect(refusals.map(({ status }) => status)).toEqual([400, 400, 413])
    expect(refusals.map(({ text }) => text).join()).toMatch(/not known here.*not compressed by gzip.*larger than 26214400 bytes/)
    expect((await running.rows(before + 3))[0]).toMatchObject({ outcome: 'body-too-large' })
  })
})

describe('a page in a browser', () => {
  const page = 'https://tool.example'
  const preflight = (origin: string) =>
    raw(`${running.address}/v1/chat/completions`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
        'access-control-request-private-network': 'true',
      },
    })

  it('is refused unless its origin is allowed, and then named and never by a wildcard', async () => {
    expect((await preflight(page)).status).toBe(403)
    await running.client['settings.update']({ allowedOrigins: [page] })
    const allowed = await preflight(page)
    expect(allowed.status).toBe(204)
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': page,
      'access-control-allow-headers': 'authorization',
      // answers that were kept can be removed
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-private-network': 'true',
    })
    expect((await preflight('https://other.example')).status).toBe(403)
    const answer = await raw(`${running.address}/v1/models`, { method: 'GET', headers: { ...key, origin: page } })
    expect(answer.headers['access-control-allow-origin']).toBe(page)
    // the workbench is for our own pages alone
    const workbench = await raw(`${running.address}/api/keys.list`, { headers: { ...key, origin: page }, body: '{}' })
    expect(workbench.headers['access-control-allow-origin']).toBeUndefined()
    expect(workbench.status).toBe(403)
    await running.client['settings.update']({ allowedOrigins: [] })
  })
})

describe('routes', () => {
  it("answers unknown ones in OpenAI's shape, naming them, and wrong methods with 405", async () => {
    const unknown = await raw(`${running.address}/v1/nothing/here`, { headers: key, body: '{}' })
    expect(unknown.status).toBe(404)
    expect(unknown.json<{ error: { message: string } }>().error.message).toContain('POST /v1/nothing/here')
    const method = await raw(`${running.address}/v1/chat/completions`, { method: 'GET', headers: key })
    expect(method.status).toBe(405)
    expect(method.headers.allow).toBe('POST')
  })

  it('serves the same under /api/v1', async () => {
    const answer = await raw(`${running.address}/api/v1/chat/completions`, {
      headers: key,
      body: JSON.stringify({ model: 'nope/none', messages: [{ role: 'user', content: 'x' }] }),
    })
    expect(answer.status).toBe(404)
    expect((await raw(`${running.address}/api/v1/models`, { method: 'GET', headers: key })).status).toBe(200)
  })

  it('never opens the workbench to a client key', async () => {
    for (const headers of [key, { ...key, cookie: `switchyard=${TEST_KEYS.client}` }]) {
      const answer = await raw(`${running.address}/api/keys.list`, { headers, body: '{}' })
      expect(answer.status).toBe(401)
    }
  })

  it('lists models in the shape of each dialect, and only the simulated ones to the demo key', async () => {
    const openai = (await raw(`${running.address}/v1/models`, { method: 'GET', headers: key })).json<{ object: string; data: { id: string }[] }>()
    expect(openai.object).toBe('list')
    expect(openai.data.some((model) => model.id.startsWith('anthropic/'))).toBe(true)
    const anthropic = (await raw(`${running.address}/v1/models`, { method: 'GET', headers: { ...key, 'anthropic-version': '2023-06-01' } })).json<{
      has_more: boolean
      data: { type: string }[]
    }>()
    expect(anthropic).toMatchObject({ has_more: false })
    expect(anthropic.data[0]).toMatchObject({ type: 'model' })
    const gemini = (await raw(`${running.address}/v1beta/models`, { method: 'GET', headers: { 'x-goog-api-key': TEST_KEYS.client } })).json<{
      models: { name: string }[]
    }>()
    expect(gemini.models[0]?.name).toMatch(/^models\//)
    const demo = (await raw(`${running.address}/v1/models`, { method: 'GET', headers: { authorization: 'Bearer sk-switchyard-demo' } })).json<{
      data: { id: string }[]
    }>()
    expect(demo.data.length).toBeGreaterThan(0)
    expect(demo.data.every((model) => model.id.startsWith('demo/'))).toBe(true)
  })

  it('refuses the demo key for real models', async () => {
    const answer = await raw(`${running.address}/v1/chat/completions`, {
      headers: { authorization: 'Bearer sk-switchyard-demo' },
      body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'x' }] }),
    })
    expect(answer.status).toBe(403)
  })
})
