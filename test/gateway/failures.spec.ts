/** Failures as the clients see them that act on what they read: Claude Code, Codex, and their official SDKs. */
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
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

function post(path: string, body: object): Promise<Response> {
  const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
  return fetch(`${running.address}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

const message = { model: 'openai/gpt-4.1', max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }] }
const TOO_LONG = {
  error: { message: "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.", code: 'context_length_exceeded' },
}

describe('an overloaded provider', () => {
  it('is a 529 with a wait to Anthropic’s clients', async () => {
    upstream.answer(answerJson({ error: { message: 'The server is overloaded' } }, 503))
    const response = await post('/v1/messages', message)
    expect(response.status).toBe(529)
    expect(response.headers.get('retry-after')).toBe('5')
    expect(await response.json()).toMatchObject({ type: 'error', error: { type: 'overloaded_error' } })
    expect((await running.rows(1))[0]).toMatchObject({ status: 529 })
  })

  it('is waited for as long as the provider says', async () => {
    upstream.answer(answerJson({ error: { message: 'The server is overloaded' } }, 503, { 'retry-after': '17' }))
    expect((await post('/v1/messages', message)).headers.get('retry-after')).toBe('17')
  })

  it('is a 503 with OpenAI’s code to Codex', async () => {
    upstream.answer(answerJson({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 529))
    const response = await post('/v1/responses', { model: 'anthropic/claude-sonnet-4-5', input: 'Hi', stream: true })
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ error: { code: 'server_is_overloaded' } })
  })
})

describe('a prompt that is too long', () => {
  it('makes Claude Code compact', async () => {
    upstream.answer(answerJson(TOO_LONG, 400))
    const client = new Anthropic({ apiKey: TEST_KEYS.client, baseURL: running.address, maxRetries: 0 })
    const failed = await client.messages
      .stream({ ...message, messages: [{ role: 'user', content: 'Hi' }] })
      .finalMessage()
      .catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(Anthropic.BadRequestError)
    expect(String(failed)).toContain('prompt is too long: 9000 tokens > 8192 maximum')
  })

  it('makes Codex trim: it reads the code in the stream it asked for', async () => {
    upstream.answer(answerJson({ type: 'error', error: { type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens > 200000 maximum' } }, 400))
    const client = new OpenAI({ apiKey: TEST_KEYS.client, baseURL: `${running.address}/v1`, maxRetries: 0 })
    const stream = await client.responses.create({ model: 'anthropic/claude-sonnet-4-5', input: 'Hi', stream: true })
    const events: OpenAI.Responses.ResponseStreamEvent[] = []
    for await (const event of stream) events.push(event)
    expect(events.map(({ type }) => type)).toEqual(['response.created', 'response.in_progress', 'response.failed'])
    expect(events.at(-1)).toMatchObject({ response: { status: 'failed', error: { code: 'context_length_exceeded' } } })
    expect((await running.rows(1))[0]).toMatchObject({ outcome: 'context-too-long' })
  })

  it('is a 400 to a Responses client that asked for one object', async () => {
    upstream.answer(answerJson(TOO_LONG, 400))
    const response = await post('/v1/responses', { model: 'openai/gpt-4.1', input: 'Hi' })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'context_length_exceeded' } })
  })
})
