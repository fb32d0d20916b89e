/** Same dialect in and out: the answer's bytes pass untouched, and unknown request fields reach the provider as they were written. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answers } from '../support/answer-cases.ts'
import { type FakeUpstream, fakeUpstream, replay } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'
import { load, recordings } from '../support/recordings.ts'

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
const ROUTES = {
  'openai-chat': {
    provider: 'openai',
    api: 'openai-chat',
    url: () => '/v1/chat/completions',
    body: (stream: boolean) => ({
      model: 'openai/gpt-4o-mini',
      stream,
      ...(stream && { stream_options: { include_usage: true } }),
      messages: [{ role: 'user', content: 'x' }],
    }),
  },
  'openai-responses': {
    provider: 'openai',
    api: 'openai-responses',
    url: () => '/v1/responses',
    body: (stream: boolean) => ({ model: 'openai/gpt-5-mini', stream, store: false, input: 'x' }),
  },
  'anthropic-messages': {
    provider: 'anthropic',
    api: 'anthropic-messages',
    url: () => '/v1/messages',
    body: (stream: boolean) => ({ model: 'anthropic/claude-sonnet-4-5', stream, max_tokens: 10, messages: [{ role: 'user', content: 'x' }] }),
  },
  gemini: {
    provider: 'google',
    api: 'gemini-generate',
    url: (stream: boolean) => `/v1beta/models/google/gemini-2.5-flash:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    body: () => ({ contents: [{ parts: [{ text: 'x' }] }] }),
  },
} as const

describe.each(['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'] as const)('a %s client on a provider of the same format', (protocol) => {
  const route = ROUTES[protocol]
  it('receives exactly the bytes that the provider sent, cut anywhere', async () => {
    const recorded = recordings(route.api, (line) => line.provider === route.provider && line.status === 200)
      .map(load)
      .filter((recording) => recording.expected.midstream_error === undefined)
      .map((recording) => ({
        what: recording.id,
        stream: recording.streaming,
        body: recording.body,
        headers: { 'content-type': recording.streaming ? 'text/event-stream; charset=utf-8' : 'application/json' },
      }))
    const cases = [...answers(protocol), ...recorded]
    let same = 0
    for (const [index, { what, stream, body, headers: answered }] of cases.entries()) {
      const size = [Number.POSITIVE_INFINITY, 7, 64, 1000][index % 4] ?? 7
      upstream.answer(replay(body, { headers: answered, size }))
      const answer = await raw(running.address + route.url(stream), { headers, body: JSON.stringify(route.body(stream)) })
      expect(answer.status, `${what}: ${answer.text.slice(0, 300)}`).toBe(200)
      expect(answer.text, what).toBe(body.toString())
      same++
    }
    console.log(`${protocol}: ${same} answers relayed byte for byte`)
  })
})

describe('a relayed request', () => {
  it('reaches the provider with its unknown fields, number spellings and order', async () => {
    const body =
      '{"zeta": 1.0, "seed": 12345678901234567890, "model": "openai/gpt-4o-mini", "messages": [{"role":"user","content":"\\u00fc"}],\n "brand_new": {"a": [1e2]}}'
    upstream.answer(replay(answers('openai-chat')[0]?.body ?? Buffer.from(''), { headers: { 'content-type': 'application/json' } }))
    await raw(`${running.address}/v1/chat/completions`, { headers, body })
    expect(upstream.seen.at(-1)?.body).toBe(body.replace('openai/', ''))
  })

  it("carries the user's provider key and not the client's", async () => {
    const seen = upstream.seen.at(-1)
    expect(seen?.headers.authorization).toBe(`Bearer ${TEST_KEYS.openai}`)
    expect(JSON.stringify(seen)).not.toContain(TEST_KEYS.client)
  })

  it('passes anthropic-version and anthropic-beta on', async () => {
    upstream.answer(replay(answers('anthropic-messages')[0]?.body ?? Buffer.from(''), { headers: { 'content-type': 'application/json' } }))
    await raw(`${running.address}/v1/messages?beta=true`, {
      headers: { ...headers, 'anthropic-version': '2026-10-21', 'anthropic-beta': 'one,two' },
      body: JSON.stringify(ROUTES['anthropic-messages'].body(false)),
    })
    expect(upstream.seen.at(-1)?.headers).toMatchObject({ 'anthropic-version': '2026-10-21', 'anthropic-beta': 'one,two', 'x-api-key': TEST_KEYS.anthropic })
  })

  it('hides the usage chunk that only we asked for, and nothing else', async () => {
    const fixture = answers('openai-chat').find((answer) => answer.stream)
    if (fixture === undefined) throw new Error('no streamed fixture')
    upstream.answer(replay(fixture.body, { headers: fixture.headers, size: 5 }))
    const answer = await raw(`${running.address}/v1/chat/completions`, {
      headers,
      body: JSON.stringify({ model: 'openai/gpt-4o-mini', stream: true, messages: [{ role: 'user', content: 'x' }] }),
    })
    expect(upstream.seen.at(-1)?.body).toContain('"include_usage":true')
    const withoutUsage = fixture.body
      .toString()
      .split('\n\n')
      .filter((event) => !event.includes('"choices": []'))
      .join('\n\n')
    expect(answer.text).toBe(withoutUsage)
    const [row] = await running.rows(1)
    expect(row?.tokens).toMatchObject({ input: fixture.expected.input })
  })
})
