import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Answering, answerJson, type FakeUpstream, fakeUpstream, replay } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'

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

const headers = { authorization: `Bearer ${TEST_KEYS.client}` }
const chat = (body: object): ReturnType<typeof raw> =>
  raw(`${running.address}/v1/chat/completions`, { headers, body: JSON.stringify({ messages: [{ role: 'user', content: 'hi' }], ...body }) })
const good = {
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'fine' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
}
const goodClaude = {
  id: 'msg',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content: [{ type: 'text', text: 'fine' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 3, output_tokens: 1 },
}
/** OpenAI's side fails as told, Anthropic's side is well. */
const openaiFails =
  (failing: Answering): Answering =>
  (seen, response) =>
    seen.url.startsWith('/v1/messages') ? answerJson(goodClaude)(seen, response) : failing(seen, response)

describe('failover over models[]', () => {
  const faults: readonly [string, Answering][] = [
    ['429', answerJson({ error: { message: 'slow down', type: 'rate_limit_error' } }, 429, { 'retry-after': '7' })],
    ['503', answerJson({ error: { message: 'busy' } }, 503)],
    ['500', answerJson({ error: { message: 'oops' } }, 500)],
    ['401', answerJson({ error: { message: 'bad key', code: 'invalid_api_key' } }, 401)],
    ['402', answerJson({ error: { message: 'no money' } }, 402)],
    ['404', answerJson({ error: { message: 'no such model', code: 'model_not_found' } }, 404)],
    ['a reset connection', (_seen, response) => void response.destroy()],
    ['a 200 that is no JSON', (_seen, response) => void response.writeHead(200, { 'content-type': 'text/plain' }).end('hm')],
  ]
  it.each(faults)('is silent after %s', async (_what, fault) => {
    upstream.answer(openaiFails(fault))
    const answer = await chat({ model: 'openai/gpt-4o-mini', models: ['anthropic/claude-sonnet-4-5'] })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.json<{ choices: { message: { content: string } }[] }>().choices[0]?.message.content).toBe('fine')
    expect(answer.headers['x-switchyard-served-by']).toBe('anthropic/claude-sonnet-4-5')
    const [row] = await running.rows(1)
    expect(row).toMatchObject({ outcome: 'ok', servedBy: 'anthropic/claude-sonnet-4-5', requested: 'openai/gpt-4o-mini' })
    expect(row?.attempts.map((attempt) => attempt.phase)).toEqual(['failed', 'done'])
  })

  it('is silent when a stream fails behind its role-only opening', async () => {
    const opening =
      'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}\n\n'
    upstream.answer(openaiFails(replay(Buffer.from(`${opening}data: {"error":{"message":"overloaded","code":503}}\n\n`))))
    const answer = await chat({ model: 'openai/gpt-4o-mini', stream: true, models: ['demo/swift'] })
    expect(answer.status).toBe(200)
    expect(answer.headers['x-switchyard-served-by']).toBe('demo/swift')
    expect(answer.text).not.toContain('overloaded')
  })

  it('never switches after the first content', async () => {
    const opening =
      'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Once"},"finish_reason":null}]}\n\n'
    upstream.answer(openaiFails(replay(Buffer.from(opening))))
    const answer = await chat({ model: 'openai/gpt-4o-mini', stream: true, models: ['demo/swift'] })
    expect(answer.text).toContain('Once')
    expect(answer.text).toContain('"error"')
    expect(upstream.seen.length).toBe(1)
    const [row] = await running.rows(1)
    expect(row?.attempts).toMatchObject([{ phase: 'broken', kind: 'stream-broken' }])
  })

  it('gives up at once on what no other model can mend', async () => {
    upstream.answer(openaiFails(answerJson({ error: { message: "Invalid 'messages'", type: 'invalid_request_error', param: 'messages' } }, 400)))
    const answer = await chat({ model: 'openai/gpt-4o-mini', models: ['anthropic/claude-sonnet-4-5'] })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain("Invalid 'messages'")
    expect(upstream.seen.length).toBe(1)
  })

  it('shows the most actionable failure when all candidates fail, and says how many there were', async () => {
    upstream.answer((seen, response) =>
      (seen.url.startsWith('/v1/messages')
        ? answerJson({ type: 'error', error: { type: 'overloaded_error', message: 'busy' } }, 529)
        : answerJson({ error: { message: 'Incorrect API key', code: 'invalid_api_key' } }, 401))(seen, response),
    )
    const answer = await chat({ model: 'anthropic/claude-sonnet-4-5', models: ['openai/gpt-4o-mini'] })
    expect(answer.status).toBe(401)
    expect(answer.text).toMatch(/OpenAI: Incorrect API key.*4 attempts failed.*overloaded/)
  })

  it('stays within its attempt budget', async () => {
    upstream.answer(answerJson({ error: { message: 'busy' } }, 503))
    const models = Array.from({ length: 12 }, (_, index) => `openai/made-up-${index}`)
    const answer = await chat({ model: 'openai/gpt-4o-mini', models })
    expect(answer.status).toBe(503)
    expect(upstream.seen.length).toBe(6)
  })
})

describe('several keys of one provider', () => {
  it("are tried in the user's order, and a refused one is left out from then on", async () => {
    await running.client['vault.choose']({ backend: 'memory' })
    upstream.answer(answerJson({ object: 'list', data: [] }))
    for (const [label, secret] of [
      ['first', TEST_KEYS.openai],
      ['second', TEST_KEYS.openaiSecond],
    ] as const) {
      const added = await running.client['keys.add']({ provider: 'openai', label, secret })
      expect(added.ok && added.value.validation.is).toBe('valid')
    }
    upstream.seen.length = 0
    const revoked = answerJson({ error: { message: 'revoked', code: 'invalid_api_key' } }, 401)
    upstream.answer((seen, response) => (seen.headers.authorization === `Bearer ${TEST_KEYS.openai}` ? revoked : answerJson(good))(seen, response))
    expect((await chat({ model: 'openai/gpt-4o-mini' })).status).toBe(200)
    expect(upstream.seen.map((seen) => seen.headers.authorization)).toEqual([`Bearer ${TEST_KEYS.openai}`, `Bearer ${TEST_KEYS.openaiSecond}`])
    expect((await chat({ model: 'openai/gpt-4o-mini' })).status).toBe(200)
    expect(upstream.seen.length).toBe(3)
    const keys = await running.client['keys.list']({})
    expect(keys.ok && keys.value.map((key) => [key.label, key.state.is])).toEqual([
      ['first', 'refused'],
      ['second', 'ready'],
    ])
  })

  it('says when it may be tried again once every key is resting', async () => {
    upstream.answer(answerJson({ error: { message: 'slow down' } }, 429, { 'retry-after': '30' }))
    expect((await chat({ model: 'openai/gpt-4o-mini' })).headers['retry-after']).toBe('30')
    const second = await chat({ model: 'openai/gpt-4o-mini' })
    expect(second.status).toBe(429)
    expect(Number(second.headers['retry-after'])).toBeGreaterThan(20)
    expect(upstream.seen.length).toBe(1)
  })
})
