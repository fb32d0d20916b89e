/** Routing as a client sees it: its wishes, its limits, what it is told of the way its request went. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { UsageRecord } from '../../shared/ledger.ts'
import type { SettingsInput } from '../../shared/settings.ts'
import { type Answering, answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { good } from '../support/faults.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'
import { inEnglish } from '../support/in-english.ts'

let upstream: FakeUpstream
let running: TestGateway
const answers = new Map<string, Answering>()
const hostOf = (url: string): string => url.split('/')[1] ?? ''
beforeEach(async () => {
  answers.clear()
  upstream = await fakeUpstream((seen, response) => ((seen.method === 'POST' ? answers.get(hostOf(seen.url)) : undefined) ?? good)(seen, response))
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

async function start(settings: SettingsInput = {}, options: Parameters<typeof startGateway>[0] = {}): Promise<void> {
  const customProviders = ['left', 'right'].map((id) => ({ id, name: id, baseUrl: `${upstream.url}/${id}`, needsKey: false }))
  running = await startGateway({ ...options, settings: { customProviders, attempts: { backoffMs: 5, waitMs: 300 }, ...settings } })
}
const chat = (body: object, headers: Record<string, string> = {}): ReturnType<typeof raw> =>
  raw(`${running.address}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, ...headers },
    body: JSON.stringify({ model: 'left/m', messages: [{ role: 'user', content: 'hi' }], ...body }),
  })
/** Servers of the user's own are asked for their models now and then; that is no call of a request. */
const called = (): readonly string[] => upstream.seen.flatMap(({ method, url }) => (method === 'POST' ? [hostOf(url)] : []))
const newest = async (count: number): Promise<UsageRecord> => {
  const [row] = await running.rows(count)
  if (row === undefined) throw new Error('no row')
  return row
}
const busy = answerJson({ error: { message: 'busy' } }, 503)
const after =
  (ms: number, then: Answering): Answering =>
  async (seen, response) => {
    await new Promise((resolve) => setTimeout(resolve, ms))
    return then(seen, response)
  }

describe("a client's wishes", () => {
  it('decide which host of its list is asked first, and never reach a provider that does not know them', async () => {
    await start()
    const answer = await chat({ models: ['right/m'], provider: { sort: { by: 'price', partition: 'none' }, order: ['right'] }, session_id: 's' })
    expect(answer.headers['x-switchyard-served-by']).toBe('right/m')
    expect(
      Object.keys(JSON.parse(upstream.seen.find(({ method }) => method === 'POST')?.body ?? '{}') as object).toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['messages', 'model'])
  })

  it('are refused in its own dialect, with the field named, when they are none', async () => {
    await start()
    const answer = await chat({ provider: { sort: 'fastest' } })
    expect(answer.status).toBe(400)
    expect(answer.json<{ error: object }>().error).toMatchObject({ param: 'provider.sort', message: expect.stringContaining('price, throughput, latency') })
    const filtered = await chat({ provider: { only: ['anthropic'] } })
    expect(filtered.status).toBe(404)
    expect(filtered.json<{ error: object }>().error).toMatchObject({ param: 'provider.only', code: 'constraint_filtered' })
    expect(called()).toEqual([])
  })
})

describe('a region', () => {
  const model = 'bedrock/amazon.nova-lite-v1:0'
  it.each([
    [{ only: ['amazon-bedrock/us-west-2'] }, true],
    [{ only: ['amazon-bedrock/eu-central-1', 'amazon-bedrock/US-WEST-2'] }, true],
    [{ only: ['amazon-bedrock/eu-central-1'] }, false],
    [{ only: ['google-vertex/us-west-2'] }, false],
    [{ ignore: ['amazon-bedrock/us-west-2'] }, false],
    [{ ignore: ['amazon-bedrock/eu-central-1'] }, true],
    [{ order: ['amazon-bedrock/eu-central-1'] }, true],
    [{ order: ['amazon-bedrock/eu-central-1'], allow_fallbacks: false }, false],
  ])('is that of the key: %j', async (provider, fits) => {
    await start({ baseUrls: { bedrock: `${upstream.url}/bedrock` } }, { environment: { BEDROCK_CREDENTIALS: 'ABSKmadeup@us-west-2' } })
    const answer = await chat({ model, provider })
    // what answers is no Bedrock, which is enough to see that it was asked
    expect(called().length > 0).toBe(fits)
    if (fits) return
    expect(answer.status).toBe(404)
    expect(answer.json<{ error: object }>().error).toMatchObject({ code: 'constraint_filtered', param: `provider.${Object.keys(provider)[0] ?? ''}` })
  })
})

describe('a service tier', () => {
  const flex = { model: 'openai/gpt-5-mini', service_tier: 'flex', max_tokens: 4000 }
  const body = (): Record<string, unknown> => JSON.parse(upstream.seen.findLast(({ method }) => method === 'POST')?.body ?? '{}') as Record<string, unknown>

  it('goes to the host, and its price is the one that counts', async () => {
    await start({ baseUrls: { openai: `${upstream.url}/openai` } })
    // flex is half of the usual 0.25 and 2 USD a million
    const cost = { 'x-switchyard-max-cost': '0.005' }
    expect((await chat(flex, cost)).status).toBe(200)
    expect(body()).toMatchObject({ service_tier: 'flex' })
    expect((await chat({ ...flex, service_tier: 'auto' }, cost)).status).toBe(402)
  })

  it('passes over who is not known to have it only where every parameter is required', async () => {
    await start()
    expect((await chat({ service_tier: 'flex' })).status).toBe(200)
    const answer = await chat({ service_tier: 'flex', provider: { require_parameters: true } })
    expect(answer.status).toBe(404)
    expect(answer.json<{ error: object }>().error).toMatchObject({ param: 'service_tier', code: 'constraint_filtered' })
  })
})

describe('limits of one request', () => {
  it.each([
    ['x-switchyard-timeout-first-event', '400', {}],
    ['x-litellm-timeout', '0.4', {}],
    ['x-litellm-stream-timeout', '0.4', { stream: true }],
    ['x-portkey-request-timeout', '400', {}],
    ['cf-aig-request-timeout', '400', {}],
    ['x-switchyard-timeout-whole', '400', {}],
  ])('hold by %s', async (header, value, body) => {
    await start()
    // the first request loads what the others find
    await chat({})
    upstream.seen.length = 0
    answers.set('left', () => undefined)
    const answer = await chat(body, { [header]: value, 'x-switchyard-max-attempts': '1' })
    expect(answer.status, answer.text).toBe(504)
    expect(called()).toEqual(['left'])
  })

  it('name a header that is no number', async () => {
    await start()
    const answer = await chat({}, { 'x-switchyard-timeout-whole': 'soon' })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('x-switchyard-timeout-whole')
  })

  it('cap attempts, by our name and by others', async () => {
    await start({ routing: { failuresInARow: 0 } })
    answers.set('left', busy)
    for (const [header, value] of [
      ['x-switchyard-max-attempts', '2'],
      ['x-litellm-num-retries', '1'],
      ['cf-aig-max-attempts', '2'],
    ] as const) {
      upstream.seen.length = 0
      expect((await chat({}, { [header]: value })).headers['x-switchyard-attempts'], header).toBe('2')
      expect(called()).toEqual(['left', 'left'])
    }
  })

  it('leave second tries to a client library that makes them itself', async () => {
    await start()
    answers.set('left', busy)
    const answer = await chat({}, { 'x-stainless-retry-count': '0' })
    expect(answer.status).toBe(503)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1)
    expect(called()).toEqual(['left'])
    expect((await chat({ models: ['right/m'] }, { 'x-stainless-retry-count': '1' })).status).toBe(200)
  })

  it('refuse what may cost more than the request may', async () => {
    await start({ baseUrls: { openai: `${upstream.url}/openai` } })
    const dear = { model: 'openai/gpt-4o', max_tokens: 4000 }
    const answer = await chat(dear, { 'x-switchyard-max-cost': '0.001' })
    expect(answer.status).toBe(402)
    expect(answer.text).toContain('may cost up to $0.04')
    expect(called()).toEqual([])
    expect((await chat(dear, { 'x-switchyard-max-cost': '0.5' })).status).toBe(200)
  })
})

describe('places that rest', () => {
  it('are waited for within the budget when nobody else is left', async () => {
    await start({ attempts: { waitMs: 5_000, backoffMs: 5 } })
    let times = 0
    answers.set('left', (seen, response) =>
      (times++ === 0 ? answerJson({ error: { message: 'slow down' } }, 429, { 'retry-after-ms': '150' }) : good)(seen, response),
    )
    const answer = await chat({})
    expect(answer.status).toBe(200)
    const row = await newest(1)
    expect(row.attempts).toMatchObject([{ phase: 'failed' }, { phase: 'done', again: true }])
    expect((row.attempts[1]?.startedAt ?? 0) - (row.attempts[0]?.startedAt ?? 0)).toBeGreaterThanOrEqual(140)
  })

  it('are not asked once an answer has said that its limit is used up', async () => {
    await start()
    answers.set('left', (seen, response) => {
      response.setHeader('x-ratelimit-remaining-requests', '0')
      response.setHeader('x-ratelimit-reset-requests', '40s')
      return good(seen, response)
    })
    expect((await chat({ models: ['right/m'] })).headers['x-switchyard-served-by']).toBe('left/m')
    expect((await chat({ models: ['right/m'] })).headers['x-switchyard-served-by']).toBe('right/m')
    const alone = await chat({})
    expect(alone.status).toBe(429)
    expect(Number(alone.headers['retry-after'])).toBeGreaterThan(30)
  })

  it('give 503 where failures are the cause, and are tried again by real traffic alone', async () => {
    await start({ routing: { failuresInARow: 2 }, attempts: { waitMs: 0, backoffMs: 5 } })
    answers.set('left', busy)
    await chat({}, { 'x-switchyard-max-attempts': '1' })
    await chat({}, { 'x-switchyard-max-attempts': '1' })
    const resting = await chat({})
    expect(resting.status).toBe(503)
    expect(resting.headers['retry-after']).toBe('1')
    expect(called()).toEqual(['left', 'left'])
    answers.delete('left')
    await new Promise((resolve) => setTimeout(resolve, 1_050))
    expect(called().length).toBe(2)
    expect((await chat({})).status).toBe(200)
  })
})

describe('a conversation', () => {
  const long = 'A long story. '.repeat(500)
  const usage = { prompt_tokens: 2_000, completion_tokens: 1, total_tokens: 2_001 }
  const told = answerJson({
    ...{ id: 'c', object: 'chat.completion', created: 1, model: 'm', usage },
    choices: [{ index: 0, message: { role: 'assistant', content: 'fine' }, finish_reason: 'stop' }],
  })

  it('stays where its beginning is cached, whatever the next draw says, unless the client orders otherwise', async () => {
    await start()
    answers.set('left', told).set('right', told)
    // a sort by latency without measurements leaves the list's order: the first turn goes left
    const talk = { models: ['right/m'], messages: [{ role: 'user', content: long }], provider: { sort: { by: 'price', partition: 'none' } } }
    answers.set('left', busy)
    expect((await chat(talk)).headers['x-switchyard-served-by']).toBe('right/m')
    answers.set('left', told)
    const detail = async (count: number) => running.client['traffic.get']({ id: (await newest(count)).id })
    expect((await chat(talk)).headers['x-switchyard-served-by']).toBe('right/m')
    const got = await detail(2)
    const plan = got.ok ? got.value.exchange?.plan : undefined
    expect(inEnglish(plan?.candidates[0])).toMatchObject({ why: expect.stringContaining('in its cache'), score: { warm: { tokens: 2_000 } } })
    expect((await chat({ ...talk, provider: { order: ['left'] } })).headers['x-switchyard-served-by']).toBe('left/m')
  })
})

describe('a hedge', () => {
  it('answers when the first is slower than ever, and the loser is cancelled and shown with what it may have cost', async () => {
    await start({ routing: { hedge: true } })
    for (let time = 0; time < 20; time++) await chat({})
    answers.set('left', after(5_000, good))
    const answer = await chat({ models: ['right/m'] })
    expect(answer.status).toBe(200)
    expect(answer.headers['x-switchyard-served-by']).toBe('right/m')
    const row = await newest(21)
    expect(row.attempts).toMatchObject([
      { endpoint: 'left/m', phase: 'left' },
      { endpoint: 'right/m', phase: 'done', hedge: true },
    ])
    for (let tries = 0; upstream.left === 0 && tries < 200; tries++) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(upstream.left).toBe(1)
  })
})

describe('what is learned', () => {
  it('outlives a restart: rests of places and refusals of keys', async () => {
    await start({ baseUrls: { openai: `${upstream.url}/openai` } }, { keepData: true })
    answers.set('left', answerJson({ error: { message: 'slow down' } }, 429, { 'retry-after': '60' }))
    answers.set('openai', answerJson({ error: { message: 'revoked', code: 'invalid_api_key' } }, 401))
    expect((await chat({})).status).toBe(429)
    expect((await chat({ model: 'openai/gpt-4o' })).status).toBe(401)
    const { dataDir } = running
    await running.close()
    upstream.seen.length = 0
    await start({ baseUrls: { openai: `${upstream.url}/openai` } }, { dataDir })
    await running.gateway.ready()
    expect((await chat({})).status).toBe(429)
    expect((await chat({ model: 'openai/gpt-4o' })).text).toContain('revoked')
    expect(called()).toEqual([])
  })
})

describe('the way of a request', () => {
  const metadata = {
    requested: 'left/m',
    strategy: 'fallback',
    attempt: 2,
    attempts: [
      { provider: 'left', status: 503 },
      { provider: 'right', status: 200 },
    ],
  }

  it('is told in the answer when the client asks by OpenRouter’s header, and not otherwise', async () => {
    await start()
    answers.set('left', busy)
    const asked = { 'x-openrouter-metadata': 'Enabled' }
    const whole = await chat({ models: ['right/m'] }, asked)
    expect(whole.json<{ openrouter_metadata: object }>().openrouter_metadata).toMatchObject(metadata)
    const stream = await chat({ models: ['right/m'], stream: true }, asked)
    const last = stream.text.trim().split('\n\n').slice(-2)
    expect(last[1]).toBe('data: [DONE]')
    expect(JSON.parse(last[0]?.slice(6) ?? '')).toMatchObject({ object: 'chat.completion.chunk', choices: [], openrouter_metadata: metadata })
    expect((await chat({ models: ['right/m'], stream: true })).text).not.toContain('openrouter_metadata')
    answers.set('right', busy)
    expect((await chat({ models: ['right/m'] }, asked)).json<{ openrouter_metadata: object }>().openrouter_metadata).toMatchObject({ requested: 'left/m' })
  })

  it('is told in the last event of the other dialects too', async () => {
    await start()
    const ask = (path: string, body: object): ReturnType<typeof raw> =>
      raw(running.address + path, {
        headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'x-openrouter-metadata': 'enabled' },
        body: JSON.stringify({ model: 'left/m', stream: true, ...body }),
      })
    const messages = await ask('/v1/messages', { max_tokens: 5, messages: [{ role: 'user', content: 'hi' }] })
    expect(messages.text).toMatch(/event: message_stop\ndata: \{.*"openrouter_metadata":\{"requested":"left\/m"/)
    const responses = await ask('/v1/responses', { input: 'hi', store: false })
    expect(responses.text).toMatch(/event: response\.completed\ndata: \{.*"openrouter_metadata":\{"requested":"left\/m"/)
  })

  it('can be simulated: the plan, and nothing sent', async () => {
    await start()
    const body = { model: 'left/m', models: ['right/m', 'nobody/knows'], messages: [{ role: 'user', content: 'hi' }], provider: { order: ['right'] } }
    const simulated = await running.client['routing.simulate']({ dialect: 'openai-chat', body, headers: {} })
    expect(simulated).toMatchObject({
      ok: true,
      value: { requested: 'left/m', candidates: [{ endpoint: 'left/m' }, { endpoint: 'right/m' }], passedOver: [{ endpoint: 'nobody/knows' }] },
    })
    const refused = await running.client['routing.simulate']({ dialect: 'openai-chat', body: { ...body, provider: { zdr: 1 } }, headers: {} })
    expect(refused).toMatchObject({ ok: false, failure: { field: 'provider.zdr' } })
    expect(called()).toEqual([])
    expect(await running.rows(0)).toEqual([])
  })

  it.each([
    ['what OpenAI documents', {}, { data_collection: 'deny' }, true],
    ['what OpenAI documents', {}, { zdr: true }, false],
    ['a contract in its place', { openai: { keepsNothing: true } }, { zdr: true }, true],
    ['a contract in its place', { openai: {} }, { data_collection: 'deny' }, false],
  ])('goes by %s: %j, %j', async (_, dataPolicies, provider, fits) => {
    await start({ routing: { dataPolicies } })
    const model = 'openai/gpt-4o'
    const body = { model, messages: [{ role: 'user', content: 'hi' }], provider }
    const simulated = await running.client['routing.simulate']({ dialect: 'openai-chat', body, headers: {} })
    if (fits) expect(simulated).toMatchObject({ ok: true, value: { candidates: [{ endpoint: model }] } })
    else expect(simulated).toMatchObject({ ok: false, failure: { message: expect.stringContaining('is not known') } })
  })
})
