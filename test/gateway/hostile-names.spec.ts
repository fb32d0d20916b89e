/** Names that clients make up: of models, fields and files. They end up in headers, addresses and tables. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'

const ANSWER = {
  ...{ id: 'x', object: 'chat.completion', created: 1, model: 'm' },
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
}
const VECTORS = { object: 'list', data: [{ object: 'embedding', index: 0, embedding: [0.5] }], model: 'm', usage: { prompt_tokens: 1, total_tokens: 1 } }

let upstream: FakeUpstream
let running: TestGateway
beforeAll(async () => {
  upstream = await fakeUpstream()
  running = await startGateway({
    upstream: upstream.url,
    settings: { customProviders: [{ id: 'lab', name: 'Lab', baseUrl: `${upstream.url}/lab`, needsKey: false }], attempts: { most: 1 } },
  })
})
afterAll(async () => {
  await running.close()
  await upstream.close()
})
beforeEach(() => {
  upstream.seen.length = 0
  upstream.answer((seen, response) => answerJson(seen.url.endsWith('/embeddings') ? VECTORS : ANSWER)(seen, response))
})

const post = (path: string, body: string | object): Promise<RawAnswer> =>
  raw(running.address + path, { headers: { authorization: `Bearer ${TEST_KEYS.client}` }, body: typeof body === 'string' ? body : JSON.stringify(body) })
const chat = (model: string) => post('/v1/chat/completions', { model, messages: [{ role: 'user', content: 'hi' }] })
const posted = () => upstream.seen.filter(({ method }) => method === 'POST').map(({ url }) => url)

describe('a model whose name no header can hold', () => {
  it.each([
    ['lab/模型', 'lab/??'],
    ['lab/a\r\nx-evil: 1', 'lab/a??x-evil: 1'],
    ['lab/\u{1f600}', 'lab/??'],
  ])('answers all the same: %j', async (model, told) => {
    for (const stream of [false, true]) {
      const answer = await post('/v1/chat/completions', { model, stream, messages: [{ role: 'user', content: 'hi' }] })
      expect([answer.status, answer.headers['x-switchyard-served-by'], answer.headers['x-evil']]).toEqual([200, told, undefined])
    }
    const vectors = await post('/v1/embeddings', { model, input: 'hi' })
    expect([vectors.status, vectors.headers['x-switchyard-served-by']]).toEqual([200, told])
  })
})

describe('a model whose name leads elsewhere', () => {
  it.each(['../../files', 'a?key=b#c', '%2e%2e%2fx', 'a/b:generateContent?x='])('stays one part of its provider’s address: %s', async (name) => {
    await chat(`google/${name}`)
    await post(`/v1beta/models/google%2F${encodeURIComponent(name)}:generateContent`, { contents: [{ parts: [{ text: 'hi' }] }] })
    expect(new Set(posted())).toEqual(new Set([`/v1beta/models/${encodeURIComponent(name)}:generateContent`]))
  })
})

describe('names that every object has', () => {
  it.each(['__proto__', 'constructor', 'toString', '__proto__/x', 'constructor/prototype', '@preset/__proto__', '@preset/constructor'])(
    'are no models: %s',
    async (model) => {
      expect((await chat(model)).status).toBe(404)
      expect(posted()).toEqual([])
    },
  )

  it('are no providers either', async () => {
    const add = (id: string) => running.client['providers.addCustom']({ id, name: 'C', baseUrl: `${upstream.url}/v1`, needsKey: true })
    for (const id of ['constructor', '__proto__']) expect(await add(id)).toMatchObject({ ok: false, failure: { kind: 'bad-input', field: 'id' } })
    expect(await running.client['providers.list']({})).toMatchObject({ ok: true })
  })

  it.each(['openai/__proto__', 'lab/constructor'])('are models like any other: %s', async (model) => {
    expect((await chat(model)).status).toBe(200)
    expect(JSON.parse(upstream.seen.at(-1)?.body ?? '{}')).toMatchObject({ model: model.split('/')[1] })
  })

  it.each(['/v1/chat/completions', '/v1/messages'])('change no object as fields of a body: %s', async (path) => {
    const schema = '{"type":"object","properties":{"__proto__":{"type":"string"}}}'
    const tool = path === '/v1/messages' ? `{"name":"f","input_schema":${schema}}` : `{"type":"function","function":{"name":"f","parameters":${schema}}}`
    const message = '{"role":"user","content":"x","__proto__":{"polluted":true}}'
    const model = path === '/v1/messages' ? 'lab/m' : 'anthropic/claude-sonnet-4-5'
    await post(
      path,
      `{"model":"${model}","max_tokens":5,"messages":[${message}],"tools":[${tool}],"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`,
    )
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    // the schema's field is the client's own and goes on
    expect(upstream.seen.at(-1)?.body).toContain('"properties":{"__proto__":{"type":"string"}}')
  })
})
