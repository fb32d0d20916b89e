/** OpenAI's Responses at the door: the memory it expects, the websocket Codex tries first, and models that only answer there. */
import { request as httpRequest } from 'node:http'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../shared/chat.ts'
import { type AnswerCase, answers } from '../support/answer-cases.ts'
import { answerJson, type FakeUpstream, fakeUpstream, replay } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'

let upstream: FakeUpstream
let running: TestGateway
beforeAll(async () => {
  upstream = await fakeUpstream()
  running = await startGateway({ upstream: upstream.url })
})
afterAll(async () => {
  await running.close()
  await upstream.close()
})

const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
const officialClient = (): OpenAI => new OpenAI({ apiKey: TEST_KEYS.client, baseURL: `${running.address}/v1`, maxRetries: 0 })
const post = (path: string, body: object) => raw(running.address + path, { headers, body: JSON.stringify(body) })
const sent = (): JsonObject => JSON.parse(upstream.seen.at(-1)?.body ?? '{}') as JsonObject

function fixture(protocol: AnswerCase['protocol'], stream: boolean): AnswerCase {
  const found = answers(protocol).find((answer) => answer.stream === stream)
  if (found === undefined) throw new Error(`no fixture for ${protocol}`)
  return found
}

function provide(protocol: AnswerCase['protocol'], stream: boolean): AnswerCase['expected'] {
  const { body, headers: answered, expected } = fixture(protocol, stream)
  upstream.answer(replay(body, { headers: answered, size: 100 }))
  return expected
}

const MODELS = { 'openai-responses': 'openai/gpt-5-mini', 'anthropic-messages': 'anthropic/claude-sonnet-4-5', gemini: 'google/gemini-2.5-flash' } as const

describe.each(['openai-responses', 'anthropic-messages', 'gemini'] as const)('a conversation by previous_response_id on a %s provider', (protocol) => {
  const model = MODELS[protocol]

  it.each([false, true])('goes on where it was (streamed: %s)', async (stream) => {
    const client = officialClient()
    const expected = provide(protocol, stream)
    const request = { model, input: 'My name is Ada.', instructions: 'Be brief.' }
    const first = stream ? await client.responses.stream(request).finalResponse() : await client.responses.create(request)
    provide(protocol, false)
    const second = await client.responses.create({ model, input: 'What is my name?', previous_response_id: first.id })
    const body = JSON.stringify(sent())
    expect(body).toContain('My name is Ada.')
    expect(body).toContain('What is my name?')
    for (const call of expected.calls) expect(body).toContain(call.name)
    if (expected.text !== '') expect(body).toContain(JSON.stringify(expected.text).slice(1, -1))
    // instructions hold for one request only
    expect(body).not.toContain('Be brief.')
    expect(body).not.toContain('previous_response_id')

    // the relayed answers of these tests all have the same id: a third turn would go on from itself
    if (protocol !== 'openai-responses') {
      const third = await client.responses.create({ model, input: 'And now?', previous_response_id: second.id })
      expect(JSON.stringify(sent())).toContain('My name is Ada.')
      expect((await client.responses.retrieve(third.id)).previous_response_id).toBe(second.id)
    }
  })
})

describe('a stored response', () => {
  it('can be read and deleted by the key that asked for it, and by no other', async () => {
    provide('anthropic-messages', false)
    const client = officialClient()
    const response = await client.responses.create({ model: MODELS['anthropic-messages'], input: 'x' })
    const kept = await client.responses.retrieve(response.id)
    expect(kept.output).toEqual(response.output)
    expect(kept).toMatchObject({ store: true })

    const stranger = new OpenAI({ apiKey: await running.gateway.newClientKey('another tool'), baseURL: `${running.address}/v1`, maxRetries: 0 })
    await expect(stranger.responses.retrieve(response.id)).rejects.toMatchObject({ status: 404 })
    await expect(stranger.responses.create({ model: 'demo/echo', input: 'x', previous_response_id: response.id })).rejects.toMatchObject({ status: 400 })
    expect((await raw(`${running.address}/v1/responses/${response.id}`, { method: 'GET' })).status).toBe(401)

    const path = `${running.address}/api/v1/responses/${response.id}`
    expect(JSON.parse((await raw(path, { method: 'DELETE', headers })).text)).toEqual({ id: response.id, object: 'response.deleted', deleted: true })
    expect((await raw(path, { method: 'DELETE', headers })).status).toBe(404)
    await expect(client.responses.retrieve(response.id)).rejects.toMatchObject({ status: 404 })
  })

  it('is found by references to its items', async () => {
    const expected = provide('anthropic-messages', false)
    const response = await officialClient().responses.create({ model: MODELS['anthropic-messages'], input: 'x' })
    const id = response.output[0]?.id ?? ''
    await officialClient().responses.create({
      model: MODELS['anthropic-messages'],
      input: [
        { role: 'user', content: 'x' },
        { type: 'item_reference', id },
        { role: 'user', content: 'y' },
      ],
    })
    expect(JSON.stringify(sent())).toContain(expected.text)
    const unknown = await post('/v1/responses', { model: MODELS['anthropic-messages'], input: [{ type: 'item_reference', id: 'msg_unknown' }] })
    expect(unknown.status).toBe(400)
    expect(unknown.text).toContain('msg_unknown')
  })

  it('tells what it was given to, page by page', async () => {
    const client = officialClient()
    const model = MODELS['anthropic-messages']
    provide('anthropic-messages', false)
    const first = await client.responses.create({ model, input: 'one' })
    provide('anthropic-messages', false)
    const second = await client.responses.create({ model, input: [{ role: 'user', content: 'two' }], previous_response_id: first.id })
    const texts: string[] = []
    const ids = new Set<string>()
    // the official client asks for the next page by the last id of the one before
    for await (const item of client.responses.inputItems.list(second.id, { limit: 1, order: 'asc' })) {
      texts.push(JSON.stringify(item))
      ids.add(item.id ?? '')
    }
    expect(texts[0]).toContain('one')
    expect(texts.slice(1, -1).join()).toContain(JSON.stringify(first.output_text).slice(1, -1))
    expect(texts.at(-1)).toContain('two')
    expect(ids.size).toBe(texts.length)
    expect((await client.responses.inputItems.list(second.id)).data[0]).toMatchObject({ content: 'two' })
    for (const query of ['limit=0', 'limit=many', 'order=up', 'after=nobody']) {
      const refused = await raw(`${running.address}/v1/responses/${second.id}/input_items?${query}`, { method: 'GET', headers })
      expect(refused.status).toBe(400)
      expect(refused.json<{ error: { param: string } }>().error.param).toBe(query.split('=')[0])
    }
    await expect(client.responses.inputItems.list('resp_nobody')).rejects.toMatchObject({ status: 404 })

    const counted = await post('/v1/responses/input_tokens', { model: 'cohere/command-a-03-2025', input: 'three', previous_response_id: second.id })
    const alone = await post('/v1/responses/input_tokens', { model: 'cohere/command-a-03-2025', input: 'three' })
    const tokens = (answer: typeof counted): number => answer.json<{ input_tokens: number }>().input_tokens
    expect(tokens(counted)).toBeGreaterThan(tokens(alone))
  })

  it('cannot be cancelled, being complete', async () => {
    provide('anthropic-messages', false)
    const { id } = await officialClient().responses.create({ model: MODELS['anthropic-messages'], input: 'x' })
    await expect(officialClient().responses.cancel(id)).rejects.toMatchObject({ status: 400, message: expect.stringContaining('synchronous') })
    await expect(officialClient().responses.cancel('resp_nobody')).rejects.toMatchObject({ status: 404 })
    expect((await raw(`${running.address}/v1/responses/${id}/cancel`, { method: 'GET', headers })).status).toBe(405)
  })

  it('is not made when the client says so', async () => {
    provide('anthropic-messages', false)
    const response = await officialClient().responses.create({ model: MODELS['anthropic-messages'], input: 'x', store: false })
    await expect(officialClient().responses.retrieve(response.id)).rejects.toMatchObject({ status: 404 })
  })

  it('that nobody has is told in the words that clients match on', async () => {
    const answer = await post('/v1/responses', { model: MODELS.gemini, input: 'x', previous_response_id: 'resp_nobody' })
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'previous_response_not_found', param: 'previous_response_id' } })
  })

  it('is refused in clear words where the user has turned storing off', async () => {
    const off = await startGateway({ upstream: upstream.url, settings: { responses: { store: false, keepDays: 30 } } })
    const ask = (body: object) => raw(`${off.address}/v1/responses`, { headers, body: JSON.stringify({ model: MODELS.gemini, input: 'x', ...body }) })
    try {
      provide('gemini', false)
      expect((await ask({})).status).toBe(200)
      const [asked, previous] = [await ask({ store: true }), await ask({ previous_response_id: 'resp_1' })]
      for (const refused of [asked, previous]) {
        expect(refused.status).toBe(400)
        expect(refused.text).toContain('turned off')
      }
    } finally {
      await off.close()
    }
  })
})

describe('an answer of another provider', () => {
  const model = MODELS['anthropic-messages']
  const tool = { type: 'function' as const, name: 'lookup', description: 'Looks up.', parameters: { type: 'object', properties: {} }, strict: true }
  const asked = {
    ...{ instructions: 'Be brief.', metadata: { topic: 'demo' }, max_output_tokens: 2048, temperature: 0.5, top_p: 0.9, parallel_tool_calls: false },
    ...{ tools: [tool], tool_choice: 'required' as const, truncation: 'auto' as const, prompt_cache_key: 'k', safety_identifier: 'ada' },
    ...{ reasoning: { effort: 'low' as const }, text: { format: { type: 'text' as const }, verbosity: 'low' as const } },
  }

  it.each([false, true])('repeats what was asked, as OpenAI does (streamed: %s)', async (stream) => {
    const client = officialClient()
    provide('anthropic-messages', false)
    const first = await client.responses.create({ model, input: 'x' })
    provide('anthropic-messages', stream)
    const request = { model, input: 'y', previous_response_id: first.id, ...asked }
    const told: object[] = []
    if (stream) {
      for await (const event of client.responses.stream(request)) if ('response' in event) told.push(event.response)
    } else told.push(await client.responses.create(request))
    expect(told).toHaveLength(stream ? 3 : 1)
    const repeated = { ...asked, reasoning: { effort: 'low', summary: null }, store: true, previous_response_id: first.id }
    for (const response of told) expect(response).toMatchObject(repeated)
  })

  it('says of what was not asked that it is as usual or untold, and fills a tool up to what clients demand', async () => {
    provide('anthropic-messages', false)
    const plain = (await post('/v1/responses', { model, input: 'x', store: false, tools: [{ type: 'function', name: 'f' }] })).json<JsonObject>()
    expect(plain).toMatchObject({
      ...{ instructions: null, metadata: {}, max_output_tokens: null, temperature: null, top_p: null, parallel_tool_calls: true, tool_choice: 'auto' },
      ...{ truncation: 'disabled', store: false, previous_response_id: null, text: { format: { type: 'text' } }, reasoning: { effort: null, summary: null } },
      tools: [{ type: 'function', name: 'f', description: null, parameters: null, strict: null }],
    })
    for (const untold of ['user', 'prompt_cache_key', 'max_tool_calls']) expect(plain).not.toHaveProperty(untold)
  })
})

describe('a request in this format', () => {
  it.each([
    ['background', true],
    ['conversation', 'conv_1'],
    ['prompt', { id: 'pmpt_1' }],
  ])('that wants %s is refused with the reason', async (field, value) => {
    const answer = await post('/v1/responses', { model: MODELS.gemini, input: 'x', [field]: value })
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.text)).toMatchObject({ error: { param: field } })
  })

  it('is relayed to OpenAI as it came, stored nowhere, with its reasoning encrypted', async () => {
    provide('openai-responses', false)
    await post('/v1/responses', { model: MODELS['openai-responses'], input: 'x', include: ['web_search_call.action.sources'], brand_new: 1 })
    expect(upstream.seen.at(-1)?.url).toBe('/v1/responses')
    expect(sent()).toEqual({
      model: 'gpt-5-mini',
      input: 'x',
      include: ['web_search_call.action.sources', 'reasoning.encrypted_content'],
      brand_new: 1,
      store: false,
    })
  })

  it('takes reasoning of other makers out on its way to OpenAI, and gives it back to them', async () => {
    const thinking = { type: 'thinking', thinking: 'Hm.', signature: 'signed-by-its-maker' }
    const answer = {
      ...{ id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5', stop_reason: 'end_turn', stop_sequence: null },
      content: [thinking, { type: 'text', text: 'Hello' }],
      usage: { input_tokens: 1, output_tokens: 2 },
    }
    upstream.answer((_seen, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer)))
    const first = await officialClient().responses.create({ model: MODELS['anthropic-messages'], input: 'x', store: false })
    const reasoning = first.output.find((item) => item.type === 'reasoning')
    expect(reasoning?.summary[0]?.text).toBe('Hm.')
    const input = [{ role: 'user' as const, content: 'x' }, ...first.output, { role: 'user' as const, content: 'y' }] as OpenAI.Responses.ResponseInput
    await officialClient().responses.create({ model: MODELS['anthropic-messages'], input, store: false })
    expect(JSON.stringify(sent())).toContain('signed-by-its-maker')

    provide('openai-responses', false)
    await officialClient().responses.create({ model: MODELS['openai-responses'], input, store: false, instructions: 'Be brief.' })
    expect(JSON.stringify(sent())).not.toContain('switchyard')
    expect(sent().input).toEqual([
      { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'Be brief.' }] },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'x' }] },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'y' }] },
    ])
  })

  it('over a websocket is answered 426 at once', async () => {
    const { port } = new URL(running.address)
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-version': '13' }
    const before = (await running.rows(0)).length
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.1', port, path: '/v1/responses', headers: { ...headers, ...upgrade } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      request.on('error', reject)
      request.end()
    })
    expect(status).toBe(426)
    expect((await running.rows(0)).length).toBe(before)
  })
})

describe('a chat request to OpenAI', () => {
  const messages = [{ role: 'user', content: 'x' }]
  const tools = [{ type: 'function', function: { name: 'lookup', parameters: { type: 'object', properties: {} } } }]

  it.each([
    ['for a model that reasons with tools on /responses only', { model: 'openai/gpt-5.6', messages, tools, reasoning_effort: 'high' }, '/v1/responses'],
    ['for a model that is only there', { model: 'openai/gpt-5-pro', messages }, '/v1/responses'],
    ['without tools', { model: 'openai/gpt-5.6', messages, reasoning_effort: 'high' }, '/v1/chat/completions'],
    ['without reasoning', { model: 'openai/gpt-5.6', messages, tools, reasoning_effort: 'none' }, '/v1/chat/completions'],
    ['for a model that takes both in chat', { model: 'openai/gpt-5-mini', messages, tools, reasoning_effort: 'high' }, '/v1/chat/completions'],
  ])('%s goes to the format that takes it', async (_what, body, path) => {
    const expected = provide(path === '/v1/responses' ? 'openai-responses' : 'openai-chat', false)
    const answer = await post('/v1/chat/completions', body)
    expect(upstream.seen.at(-1)?.url).toBe(path)
    expect(JSON.parse(answer.text)).toMatchObject({ object: 'chat.completion', choices: [{ message: { content: expected.text } }] })
  })

  it.each([false, true])(
    'asks for what the model thought where the client wants to see it, and does without where that is refused (refused: %s)',
    async (isRefused) => {
      const { body: answer, headers: answered } = fixture('openai-responses', false)
      upstream.answer((seen, response) => {
        const refusal = { message: 'Your organization must be verified to generate reasoning summaries.', type: 'invalid_request_error' }
        const refused = { error: { ...refusal, param: 'reasoning.summary', code: 'unsupported_value' } }
        const isTooMuch = isRefused && seen.body.includes('"summary"')
        return isTooMuch ? answerJson(refused, 400)(seen, response) : replay(answer, { headers: answered })(seen, response)
      })
      const thinking = { type: 'enabled', budget_tokens: 2000 }
      const told = await post('/v1/messages', { model: 'openai/gpt-5-mini', max_tokens: 4000, thinking, messages })
      expect(told.status, told.text).toBe(200)
      expect(upstream.seen.at(-1)?.url).toBe('/v1/responses')
      expect(sent().reasoning).toEqual(isRefused ? { effort: 'medium' } : { effort: 'medium', summary: 'auto' })
      expect(told.headers['x-switchyard-dropped']).toBe(isRefused ? 'reasoning.summary' : undefined)
    },
  )

  it('keeps the chain of reasoning through a client that knows nothing of it', async () => {
    const { body, headers: answered } = fixture('openai-responses', false)
    upstream.answer(replay(body, { headers: answered }))
    const first = JSON.parse((await post('/v1/chat/completions', { model: 'openai/gpt-5.6', messages, tools })).text) as {
      choices: [{ message: JsonObject }]
    }
    const history = [...messages, first.choices[0].message, { role: 'user', content: 'y' }]
    await post('/v1/chat/completions', { model: 'openai/gpt-5.6', messages: history, tools })
    expect(sent().input).toContainEqual({ type: 'reasoning', summary: [], encrypted_content: 'gAAAA-written-from-documentation' })
  })
})
