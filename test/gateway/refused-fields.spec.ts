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

const chunk = (choices: object[], more: object = {}): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices, ...more })}\n\n`
const usage = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 }
const STREAM = [
  chunk([{ index: 0, delta: { role: 'assistant', content: 'fine' }, finish_reason: null }]),
  chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]),
  chunk([], { usage }),
  'data: [DONE]\n\n',
].join('')
const WHOLE = {
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'fine' }, finish_reason: 'stop' }],
  usage,
}
/** Refuses every body that holds `marker`, naming the field. */
const refusing =
  (marker: string, param: string, code = 'unsupported_parameter'): Answering =>
  (seen, response) => {
    const answer = seen.body.includes(marker)
      ? answerJson({ error: { message: `Not supported: '${param}'`, type: 'invalid_request_error', param, code } }, 400)
      : seen.body.includes('"stream":true')
        ? replay(Buffer.from(STREAM))
        : answerJson(WHOLE)
    void answer(seen, response)
  }

const headers = { authorization: `Bearer ${TEST_KEYS.client}` }
const post = (path: string, body: object): ReturnType<typeof raw> => raw(`${running.address}${path}`, { headers, body: JSON.stringify(body) })
const bodies = (): readonly Record<string, unknown>[] => upstream.seen.map(({ body }) => JSON.parse(body) as Record<string, unknown>)

/** The same wish in the endpoint's own dialect, which is relayed, and in another one, which is translated. */
const asked: readonly [string, string, object][] = [
  ['relayed', '/v1/chat/completions', { messages: [{ role: 'user', content: 'hi' }] }],
  ['translated', '/v1/messages', { messages: [{ role: 'user', content: 'hi' }], max_tokens: 100 }],
]
const model = 'openai/gpt-4o-mini'

describe.each(asked)('a field that an endpoint refuses, %s', (_how, path, body) => {
  it.each([false, true])('is left out once and then at once (streamed: %s)', async (stream) => {
    upstream.answer(refusing('"temperature"', 'temperature'))
    const request = { model, temperature: 0.2, stream, ...body }
    const first = await post(path, request)
    expect(first.status, first.text).toBe(200)
    expect(first.text).toContain('fine')
    expect(first.headers['x-switchyard-dropped']).toBe('temperature')
    expect(bodies().map((sent) => 'temperature' in sent)).toEqual([true, false])

    const second = await post(path, request)
    expect(second.status, second.text).toBe(200)
    expect(second.headers['x-switchyard-dropped']).toBe('temperature')
    expect(bodies().map((sent) => 'temperature' in sent)).toEqual([true, false, false])

    const without = await post(path, { model, stream, ...body })
    expect(without.headers['x-switchyard-dropped']).toBeUndefined()
    const rows = await running.rows(3)
    expect(rows.map((row) => row.attempts.map(({ phase }) => phase))).toEqual([['done'], ['done'], ['failed', 'done']])
    const dropped: unknown[] = []
    for (const { id } of rows) {
      const detail = await running.client['traffic.get']({ id })
      dropped.push(detail.ok && detail.value.exchange?.dropped)
    }
    expect(dropped).toEqual([[], ['temperature'], ['temperature']])
  })
})

describe('what is remembered of a refusal', () => {
  const relayed = { model, messages: [{ role: 'user', content: 'hi' }] }

  it('is one value where that alone was refused', async () => {
    upstream.answer(refusing('"top_p":0.2', 'top_p', 'unsupported_value'))
    await post('/v1/chat/completions', { ...relayed, top_p: 0.2 })
    const other = await post('/v1/chat/completions', { ...relayed, top_p: 0.9 })
    const same = await post('/v1/chat/completions', { ...relayed, top_p: 0.2 })
    expect(other.headers['x-switchyard-dropped']).toBeUndefined()
    expect(same.headers['x-switchyard-dropped']).toBe('top_p')
    expect(bodies().map((sent) => sent.top_p)).toEqual([0.2, undefined, 0.9, undefined])
  })

  it('adds up, a field a request', async () => {
    upstream.answer((seen, response) =>
      refusing(seen.body.includes('"seed"') ? '"seed"' : '"top_p"', seen.body.includes('"seed"') ? 'seed' : 'top_p')(seen, response),
    )
    const request = { ...relayed, top_p: 0.5, seed: 7 }
    expect((await post('/v1/chat/completions', request)).status).toBe(400)
    upstream.answer(refusing('"seed"', 'seed'))
    expect((await post('/v1/chat/completions', request)).headers['x-switchyard-dropped']).toBe('seed')
    upstream.answer(refusing('"top_p"', 'top_p'))
    expect((await post('/v1/chat/completions', request)).headers['x-switchyard-dropped']).toBe('seed, top_p')
    expect((await post('/v1/chat/completions', request)).headers['x-switchyard-dropped']).toBe('seed, top_p')
    // two tries each but the last, which knows
    expect(upstream.seen).toHaveLength(7)
  })

  it('holds an endpoint back from whoever insists on every field', async () => {
    upstream.answer(refusing('"temperature"', 'temperature'))
    const strict = { ...relayed, temperature: 0.2, provider: { require_parameters: true } }
    expect((await post('/v1/chat/completions', strict)).status).toBe(400)
    expect(upstream.seen).toHaveLength(1)
    await post('/v1/chat/completions', { ...relayed, temperature: 0.2 })
    expect(upstream.seen).toHaveLength(3)
    const passedOver = await post('/v1/chat/completions', strict)
    expect(passedOver.status).toBe(400)
    expect(passedOver.text).toMatch(/cannot carry temperature, and provider\.require_parameters is set/)
    expect(upstream.seen).toHaveLength(3)
  })

  it.each(['messages', 'tools', 'model', 'response_format'])('never leaves out %s', async (param) => {
    upstream.answer(refusing('"messages"', param))
    const tools = [{ type: 'function', function: { name: 'look' } }]
    const answer = await post('/v1/chat/completions', { ...relayed, tools, response_format: { type: 'json_object' } })
    expect(answer.status).toBe(400)
    expect(answer.json<{ error: { param: string } }>().error.param).toBe(param)
    expect(upstream.seen).toHaveLength(1)
  })
})
