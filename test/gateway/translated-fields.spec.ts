/** What a translation does to headers and stop sequences, on real requests. */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answerJson, type FakeUpstream, fakeUpstream, replay } from '../support/fake-upstream.ts'
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

const ANSWER = {
  type: 'message',
  role: 'assistant',
  content: [{ type: 'text', text: 'Hi.' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 1, output_tokens: 1 },
}

async function versionSent(path: string, more: object): Promise<unknown> {
  upstream.answer(answerJson(ANSWER))
  const headers = {
    ...{ 'x-api-key': TEST_KEYS.client, 'content-type': 'application/json' },
    ...{ 'anthropic-version': '2026-10-21', 'anthropic-beta': 'context-1m-2025-08-07' },
  }
  const body = { model: 'anthropic/claude-sonnet-4-5', max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }], ...more }
  const response = await fetch(`${running.address}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(response.status).toBe(200)
  expect(upstream.seen.at(-1)?.headers['anthropic-beta']).toBe('context-1m-2025-08-07')
  return upstream.seen.at(-1)?.headers['anthropic-version']
}

describe('Anthropic’s version', () => {
  it('is the client’s own on a relay', async () => {
    expect(await versionSent('/v1/messages', {})).toBe('2026-10-21')
  })

  it('is the one that we write for where the body is ours: the newer refuses a temperature', async () => {
    expect(await versionSent('/v1/chat/completions', { temperature: 0.5 })).toBe('2023-06-01')
    expect(JSON.parse(upstream.seen.at(-1)?.body ?? '')).toMatchObject({ temperature: 0.5 })
  })
})

it('an answer of a model that takes no stop sequences ends at one all the same', async () => {
  const text = (delta: string): string =>
    `data: ${JSON.stringify({ type: 'response.output_text.delta', output_index: 0, content_index: 0, item_id: 'm', delta })}\n\n`
  const item = { type: 'message', id: 'm', role: 'assistant', content: [] }
  const usage = { input_tokens: 3, output_tokens: 9, total_tokens: 12 }
  const response = {
    id: 'resp_1',
    status: 'completed',
    model: 'gpt-5-pro',
    output: [{ ...item, content: [{ type: 'output_text', text: 'One, two. EN' + 'D Three.', annotations: [] }] }],
    usage,
  }
  const events = [
    `data: ${JSON.stringify({ type: 'response.created', response: { ...response, status: 'in_progress', output: [] } })}\n\n`,
    `data: ${JSON.stringify({ type: 'response.output_item.added', output_index: 0, item })}\n\n`,
    ...[text('One, two. EN'), text('D Three.')],
    `data: ${JSON.stringify({ type: 'response.output_item.done', output_index: 0, item: response.output[0] })}\n\n`,
    `data: ${JSON.stringify({ type: 'response.completed', response })}\n\n`,
  ]
  upstream.answer(replay(Buffer.from(events.join(''))))
  const client = new OpenAI({ apiKey: TEST_KEYS.client, baseURL: `${running.address}/v1`, maxRetries: 0 })
  const { data, response: answered } = await client.chat.completions
    .create({
      model: 'openai/gpt-5-pro',
      stop: ['END'],
      messages: [{ role: 'user', content: 'Count.' }],
      stream: true,
      stream_options: { include_usage: true },
    })
    .withResponse()
  let said = ''
  let finish: string | null | undefined
  for await (const chunk of data) {
    said += chunk.choices[0]?.delta.content ?? ''
    finish = chunk.choices[0]?.finish_reason ?? finish
  }
  expect(said).toBe('One, two. ')
  expect(finish).toBe('stop')
  expect(answered.headers.get('x-switchyard-dropped')).toBe('stop')
  // what the model wrote on is paid for
  expect((await running.rows(1))[0]).toMatchObject({ tokens: { output: 9 } })
})

it.each(['gzip', 'br', 'deflate'] as const)('a stream that a provider has packed by %s is read, and goes on unpacked', async (encoding) => {
  const pack = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync }[encoding]
  const chunk = (delta: object, finish: string | null): string =>
    `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
  const body = pack(Buffer.from(`${chunk({ content: 'Grüße' }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`))
  upstream.answer(replay(body, { headers: { 'content-type': 'text/event-stream', 'content-encoding': encoding }, size: 7 }))
  const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
  for (const path of ['/v1/chat/completions', '/v1/messages']) {
    const asked = { model: 'openai/gpt-4.1', max_tokens: 10, stream: true, messages: [{ role: 'user', content: 'Hi' }] }
    const response = await fetch(`${running.address}${path}`, { method: 'POST', headers, body: JSON.stringify(asked) })
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(await response.text()).toContain('Grüße')
  }
})

describe('Anthropic’s betas', () => {
  const CHAT = {
    ...{ id: 'c', object: 'chat.completion', created: 1, model: 'm', usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 } },
    choices: [{ index: 0, message: { role: 'assistant', content: 'fine' }, finish_reason: 'stop' }],
  }
  const ask = (model: string, betas: string, more: object = {}): Promise<Response> =>
    fetch(`${running.address}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': TEST_KEYS.client, 'content-type': 'application/json', 'anthropic-beta': betas },
      body: JSON.stringify({ model, max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }], ...more }),
    })

  it.each([
    ['claude-code-20250219,interleaved-thinking-2025-05-14, fine-grained-tool-streaming-2025-05-14,effort-2025-11-24', null],
    ['context-1m-2025-08-07', 'anthropic-beta: context-1m-2025-08-07'],
    ['claude-code-20250219,context-1m-2025-08-07,made-up-2026-01-01', 'anthropic-beta: context-1m-2025-08-07, anthropic-beta: made-up-2026-01-01'],
  ])('that a translation loses are named: %s', async (betas, named) => {
    upstream.answer(answerJson(CHAT))
    const response = await ask('openai/gpt-4o-mini', betas)
    expect(response.status).toBe(200)
    expect(response.headers.get('x-switchyard-dropped')).toBe(named)
    expect(upstream.seen.at(-1)?.headers['anthropic-beta']).toBeUndefined()
  })

  it('reach Anthropic itself, with nothing named', async () => {
    upstream.answer(answerJson(ANSWER))
    const response = await ask('anthropic/claude-sonnet-4-5', 'context-1m-2025-08-07')
    expect(response.headers.get('x-switchyard-dropped')).toBeNull()
    expect(upstream.seen.at(-1)?.headers['anthropic-beta']).toBe('context-1m-2025-08-07')
  })

  it('hold an endpoint back from whoever insists on every field', async () => {
    const response = await ask('openai/gpt-4o-mini', 'context-1m-2025-08-07', { provider: { require_parameters: true } })
    expect(response.status).toBe(400)
    expect(await response.text()).toMatch(/cannot carry anthropic-beta: context-1m-2025-08-07/)
    expect(upstream.seen).toEqual([])
  })
})

// written from reports: https://github.com/automazeio/vibeproxy/issues/411
it('Cursor’s Anthropic tools at the chat door reach Claude as tools, and other makers as theirs', async () => {
  const messages = [
    { role: 'user', content: 'Read it.' },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'read_file', input: { path: 'a' } }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'gone' }] },
  ]
  const tools = [{ name: 'read_file', input_schema: { type: 'object', properties: {} } }]
  const ask = async (model: string): Promise<{ messages: object[]; tools: object[] }> => {
    const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
    const response = await fetch(`${running.address}/v1/chat/completions`, { method: 'POST', headers, body: JSON.stringify({ model, messages, tools }) })
    expect(response.status).toBe(200)
    return JSON.parse(upstream.seen.at(-1)?.body ?? '') as { messages: object[]; tools: object[] }
  }
  upstream.answer(answerJson(ANSWER))
  expect(await ask('anthropic/claude-sonnet-4-5')).toMatchObject({ messages: [{}, ...messages.slice(1)], tools })
  upstream.answer(answerJson({ id: 'c', choices: [{ index: 0, message: { role: 'assistant', content: 'fine' }, finish_reason: 'stop' }] }))
  expect(await ask('openai/gpt-4.1')).toMatchObject({
    messages: [{}, { role: 'assistant', tool_calls: [{ id: 'toolu_1', function: { name: 'read_file', arguments: '{"path":"a"}' } }] }, { role: 'tool' }],
    tools: [{ type: 'function', function: { name: 'read_file', parameters: tools[0]?.input_schema } }],
  })
})

it('clients find the id of a request where they look for it: ours, or the provider’s where they speak the same', async () => {
  const messages = [{ role: 'user' as const, content: 'Hi' }]
  const openai = new OpenAI({ apiKey: TEST_KEYS.client, baseURL: `${running.address}/v1`, maxRetries: 0 })
  const anthropic = new Anthropic({ apiKey: TEST_KEYS.client, baseURL: running.address, maxRetries: 0 })
  const model = 'anthropic/claude-sonnet-4-5'
  upstream.answer(answerJson(ANSWER, 200, { 'request-id': 'req_011' }))
  expect((await anthropic.messages.create({ model, max_tokens: 9, messages }))._request_id).toBe('req_011')
  expect((await openai.chat.completions.create({ model, messages }))._request_id).toMatch(/^gen-/)
  expect((await openai.responses.create({ model, input: 'Hi' }))._request_id).toMatch(/^gen-/)
  upstream.answer(answerJson({ type: 'error', error: { type: 'invalid_request_error', message: 'No.' } }, 400))
  const refused = { status: 400, requestID: expect.stringMatching(/^gen-/) }
  await expect(openai.chat.completions.create({ model, messages })).rejects.toMatchObject(refused)
  await expect(anthropic.messages.create({ model, max_tokens: 9, messages })).rejects.toMatchObject(refused)
})

// written from https://github.com/docker/docker-agent/issues/2251 and https://github.com/danny-avila/LibreChat/issues/13162
it('a tool that is declared twice reaches Claude once, and the answer says so where the two differ', async () => {
  const tool = (description: string): object => ({ type: 'function', function: { name: 'read_file', description, parameters: { type: 'object' } } })
  const body = { model: 'anthropic/claude-sonnet-4-5', messages: [{ role: 'user', content: 'Hi' }] }
  const ask = async (...tools: object[]): Promise<string | null> => {
    upstream.answer(answerJson(ANSWER))
    const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
    const response = await fetch(`${running.address}/v1/chat/completions`, { method: 'POST', headers, body: JSON.stringify({ ...body, tools }) })
    expect(JSON.parse(upstream.seen.at(-1)?.body ?? '').tools).toMatchObject([{ name: 'read_file', description: 'Reads.' }])
    return response.headers.get('x-switchyard-dropped')
  }
  expect(await ask(tool('Reads.'), tool('Reads.'))).toBeNull()
  expect(await ask(tool('Reads.'), tool('Others.'))).toBe('tools.read_file (declared twice)')
})

// written from documentation and https://github.com/BerriAI/litellm/issues/36540
it('what only Claude knows of a conversation reaches other makers in words, and Claude as it was', async () => {
  const found = { type: 'search_result', source: 'https://a.example', title: 'Fjords', content: [{ type: 'text', text: 'Oslo has one.' }] }
  const pages = { type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'Page one.' }] } }
  const messages = [
    { role: 'user', content: [{ type: 'text', text: 'Look.' }, pages] },
    { role: 'assistant', content: ['a', 'b'].map((id) => ({ type: 'tool_use', id, name: 'ToolSearch', input: {} })) },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'tool_reference', tool_name: 'Fetch' }] },
        { type: 'tool_result', tool_use_id: 'b', content: [found] },
      ],
    },
  ]
  const ask = async (model: string): Promise<{ dropped: string | null; messages: { content: unknown }[] }> => {
    const headers = { 'x-api-key': TEST_KEYS.client, 'content-type': 'application/json' }
    const response = await fetch(`${running.address}/v1/messages`, { method: 'POST', headers, body: JSON.stringify({ model, max_tokens: 9, messages }) })
    expect(response.status).toBe(200)
    return { ...JSON.parse(upstream.seen.at(-1)?.body ?? ''), dropped: response.headers.get('x-switchyard-dropped') }
  }
  upstream.answer(answerJson({ id: 'c', choices: [{ index: 0, message: { role: 'assistant', content: 'fine' }, finish_reason: 'stop' }] }))
  const told = await ask('openai/gpt-4.1')
  expect(told.messages.map(({ content }) => content)).toEqual([
    ['Look.', 'Page one.'].map((text) => ({ type: 'text', text })),
    null,
    '[Loaded tool: Fetch]',
    'Search result "Fjords" (https://a.example):\n\nOslo has one.',
  ])
  expect(told.dropped).toBeNull()
  upstream.answer(answerJson(ANSWER))
  expect((await ask('anthropic/claude-sonnet-4-5')).messages).toEqual(messages)
})
