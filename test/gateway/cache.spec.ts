/** The response cache over real HTTP: what is answered from it, in every dialect, and what never is. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Settings } from '../../shared/settings.ts'
import { ASK_DIALECTS, type AskDialect, ask } from '../support/ask.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { checkStream, clientFormats, readStream } from '../support/formats.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'
import { meaningOf } from '../support/meaning.ts'
import { officialParsers } from '../support/official-parsers.ts'

let upstream: FakeUpstream
let running: TestGateway
let answers = 0

beforeEach(async () => {
  answers = 0
  upstream = await fakeUpstream((seen, response) => answerJson(completion(`answer ${++answers}`))(seen, response))
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

const start = async (settings: Partial<Settings> = {}): Promise<void> => {
  running = await startGateway({ upstream: upstream.url, settings: { debug: { checkStreams: true }, ...settings } })
}
const cacheSettings = (cache: Partial<Settings['cache']>): Partial<Settings> => ({ cache: cache as Settings['cache'] })

function completion(content: string, more: object = {}, finish = 'stop'): object {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'gpt-4o-mini-2024-07-18',
    choices: [{ index: 0, message: { role: 'assistant', content, refusal: null, ...more }, logprobs: null, finish_reason: finish }],
    usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 },
  }
}

const USE = { 'x-openrouter-cache': 'true' }
const MODEL = 'openai/gpt-4o-mini'

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<RawAnswer> {
  return raw(running.address + path, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

const chat = (question: string, more: object = {}, headers: Record<string, string> = USE): Promise<RawAnswer> =>
  post('/v1/chat/completions', { model: MODEL, messages: [{ role: 'user', content: question }], ...more }, headers)

/** Entries are written after their answers have been delivered. */
async function stored(count: number): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const stats = await running.client['cache.stats']({})
    if (stats.ok && stats.value.entries >= count) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`there are no ${count} entries`)
}

it('answers an equal request without asking the provider, and says what it did and saved', async () => {
  await start()
  const first = await chat('Name a colour.')
  expect(first.headers['x-openrouter-cache-status']).toBe('MISS')
  await stored(1)
  // a row is closed with its price: from then on the price list is there
  await running.rows(1)
  const again = await chat('Name a colour.')
  expect(upstream.seen).toHaveLength(1)
  expect(again.headers).toMatchObject({
    'x-openrouter-cache-status': 'HIT',
    'x-openrouter-cache-source-id': first.headers['x-generation-id'],
    'x-switchyard-served-by': MODEL,
  })
  expect(Number(again.headers['x-openrouter-cache-age'])).toBeLessThan(60)
  expect(Number(again.headers['x-openrouter-cache-ttl'])).toBeGreaterThan(86_000)
  expect(again.headers['x-switchyard-cache']).toMatch(/^exact; saved=0\.000270000$/)
  const body = again.json<{ id: string; choices: { message: { content: string } }[]; usage: Record<string, unknown> }>()
  expect(body.choices[0]?.message.content).toBe('answer 1')
  // 1000 tokens at $0.15 and 200 at $0.60 a million
  expect(body.usage).toMatchObject({ prompt_tokens: 1000, completion_tokens: 200, cost: 0, saved: 0.00027 })
  const [hit, miss] = await running.rows(2)
  expect(miss).toMatchObject({ cache: { kind: 'miss' }, cost: 270_000, outcome: 'ok' })
  expect(hit).toMatchObject({ cache: { kind: 'exact', source: miss?.id }, cost: 0, saved: 270_000, outcome: 'ok', attempts: [], servedBy: MODEL })
  expect(hit?.tokens).toEqual(miss?.tokens)
})

it('is used by nobody who has not asked for it, and by everybody when so set', async () => {
  await start()
  for (let time = 0; time < 2; time++) expect((await chat('x', {}, {})).headers['x-openrouter-cache-status']).toBeUndefined()
  expect(upstream.seen).toHaveLength(2)
  await running.client['settings.update']({ cache: { ...(await settingsNow()), use: 'everyone' } })
  await chat('x', {}, {})
  await stored(1)
  expect((await chat('x', {}, {})).headers['x-openrouter-cache-status']).toBe('HIT')
  expect((await chat('x', {}, { 'x-openrouter-cache': 'false' })).headers['x-openrouter-cache-status']).toBeUndefined()
  expect(upstream.seen).toHaveLength(4)
})

async function settingsNow(): Promise<Settings['cache']> {
  const settings = await running.client['settings.get']({})
  if (!settings.ok) throw new Error(settings.failure.message)
  return settings.value.cache
}

it('may be forbidden to a client key, whatever that asks', async () => {
  await start(cacheSettings({ use: 'everyone', clients: { environment: 'off' } }))
  for (let time = 0; time < 2; time++) await chat('x')
  expect(upstream.seen).toHaveLength(2)
})

describe('never answers another question', () => {
  const base = {
    temperature: 0.5,
    messages: [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Turn it on?' },
    ],
  }
  const tool = (name: string) => ({ type: 'function', function: { name, parameters: { type: 'object', properties: {} } } })
  const others: readonly (readonly [string, object])[] = [
    ['other words', { messages: [base.messages[0], { role: 'user', content: 'Turn it off?' }] }],
    ['another system prompt', { messages: [{ role: 'system', content: 'Be rude.' }, base.messages[1]] }],
    ['no system prompt', { messages: [base.messages[1]] }],
    ['an earlier turn', { messages: [{ role: 'user', content: 'Hi' }, { role: 'assistant', content: 'Hello' }, base.messages[1]] }],
    ['another earlier turn', { messages: [{ role: 'user', content: 'Hi' }, { role: 'assistant', content: 'Hullo' }, base.messages[1]] }],
    ['a tool', { tools: [tool('one')] }],
    ['another tool', { tools: [tool('two')] }],
    ['another model', { model: 'openai/gpt-4.1-mini' }],
    ['another temperature', { temperature: 0.6 }],
    ['a seed', { seed: 1 }],
    ['a stop text', { stop: ['x'] }],
    ['a limit', { max_tokens: 50 }],
    ['a format', { response_format: { type: 'json_object' } }],
    ['a field that nobody knows', { num_ctx: 4096 }],
    ['other fallbacks', { models: ['openai/gpt-4.1-nano'] }],
  ]
  it('not with any of them changed', async () => {
    await start()
    const heard = new Set<string>()
    for (const [, change] of [['', {}] as const, ...others]) heard.add((await post('/v1/chat/completions', { model: MODEL, ...base, ...change }, USE)).text)
    await stored(others.length + 1)
    // each has been answered by a call of its own, and each has its own answer again
    expect(upstream.seen).toHaveLength(others.length + 1)
    for (const [what, change] of others) {
      const again = await post('/v1/chat/completions', { model: MODEL, ...base, ...change }, USE)
      expect([what, again.headers['x-openrouter-cache-status']]).toEqual([what, 'HIT'])
    }
    expect(heard.size).toBe(others.length + 1)
    expect(upstream.seen).toHaveLength(others.length + 1)
  })

  it('and not that of another client key, unless all share', async () => {
    await start()
    const made = await running.gateway.newClientKey('other')
    await chat('x')
    await stored(1)
    const other = { authorization: `Bearer ${made}`, ...USE }
    expect((await chat('x', {}, other)).headers['x-openrouter-cache-status']).toBe('MISS')
    await running.client['settings.update']({ cache: { ...(await settingsNow()), share: 'everyone' } })
    await chat('x')
    await stored(3)
    expect((await chat('x', {}, other)).headers['x-openrouter-cache-status']).toBe('HIT')
  })
})

describe('keeps no answer that', () => {
  const bad: readonly (readonly [string, object])[] = [
    ['was cut off at its length limit', completion('Once upon', {}, 'length')],
    ['a filter stopped', completion('Once', {}, 'content_filter')],
    ['is a refusal', completion('', { content: null, refusal: 'I cannot.' })],
    ['is empty', completion('')],
    ['calls tools', completion('', { content: null, tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }] }, 'tool_calls')],
  ]
  it.each(bad)('%s', async (_what, answer) => {
    await start()
    upstream.answer(answerJson(answer))
    for (let time = 0; time < 2; time++) expect((await chat('x')).headers['x-openrouter-cache-status']).toBe('MISS')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await chat('x')).headers['x-openrouter-cache-status']).toBe('MISS')
    expect(upstream.seen).toHaveLength(3)
  })

  it('failed, or broke off in the middle of its stream', async () => {
    await start()
    upstream.answer(answerJson({ error: { message: 'bad', type: 'invalid_request_error' } }, 400))
    expect((await chat('x')).status).toBe(400)
    upstream.answer((_seen, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(
        `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: { content: 'Once' }, finish_reason: null }] })}\n\n`,
      )
      response.end()
    })
    await chat('x', { stream: true })
    upstream.answer(answerJson(completion('good')))
    expect((await chat('x')).headers['x-openrouter-cache-status']).toBe('MISS')
  })

  it('a fallback gave in place of the model asked for', async () => {
    await start()
    upstream.answer((seen, response) =>
      seen.body.includes('gpt-4o-mini') && !seen.body.includes('"model":"gpt-4.1-nano"')
        ? answerJson({ error: { message: 'busy' } }, 503)(seen, response)
        : answerJson(completion('from the fallback'))(seen, response),
    )
    const first = await chat('x', { models: ['openai/gpt-4.1-nano'] })
    expect(first.headers['x-switchyard-served-by']).toBe('openai/gpt-4.1-nano')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await chat('x', { models: ['openai/gpt-4.1-nano'] })).headers['x-openrouter-cache-status']).toBe('MISS')
  })
})

describe('in both dialects of cache headers', () => {
  it.each([
    ['X-OpenRouter-Cache', { 'x-openrouter-cache': 'yes' }],
    ['X-OpenRouter-Cache-TTL', { ...USE, 'x-openrouter-cache-ttl': '0' }],
    ['X-OpenRouter-Cache-TTL', { ...USE, 'x-openrouter-cache-ttl': '86401' }],
    ['X-OpenRouter-Cache-TTL', { ...USE, 'x-openrouter-cache-ttl': '5m' }],
    ['X-OpenRouter-Cache-Clear', { ...USE, 'x-openrouter-cache-clear': '1' }],
    ['Cache-Control: max-age', { ...USE, 'cache-control': 'max-age=soon' }],
  ])('a bad %s is refused by its name', async (name, headers) => {
    await start()
    const answer = await chat('x', {}, headers as Record<string, string>)
    expect(answer.status).toBe(400)
    expect(answer.json<{ error: { message: string; param: string } }>().error).toMatchObject({ message: expect.stringContaining(name), param: name })
    expect(upstream.seen).toHaveLength(0)
  })

  it('no-cache asks anew and keeps that, no-store keeps nothing, max-age bounds the age, clear begins again', async () => {
    await start()
    const heard = async (headers: Record<string, string>): Promise<string> => {
      const answer = await chat('x', {}, { ...USE, ...headers })
      await new Promise((resolve) => setTimeout(resolve, 30))
      return answer.json<{ choices: { message: { content: string } }[] }>().choices[0]?.message.content ?? ''
    }
    expect(await heard({ 'cache-control': 'no-store' })).toBe('answer 1')
    expect(await heard({})).toBe('answer 2')
    expect(await heard({})).toBe('answer 2')
    expect(await heard({ 'cache-control': 'no-cache' })).toBe('answer 3')
    expect(await heard({ 'cache-control': 'max-age=600' })).toBe('answer 3')
    expect(await heard({ 'cache-control': 'max-age=0' })).toBe('answer 4')
    expect(await heard({ 'cache-control': 'no-store' })).toBe('answer 5')
    expect(await heard({})).toBe('answer 4')
    expect(await heard({ 'x-openrouter-cache-clear': 'true' })).toBe('answer 6')
    expect(await heard({})).toBe('answer 6')
  })

  it('an entry lives as long as its request said', async () => {
    await start()
    await chat('x', {}, { ...USE, 'x-openrouter-cache-ttl': '1' })
    await stored(1)
    await new Promise((resolve) => setTimeout(resolve, 1_050))
    expect((await chat('x')).headers['x-openrouter-cache-status']).toBe('MISS')
  })
})

/** Held to its dialect's grammar, and read by that dialect's own reader and official client. */
async function heardFrom(dialect: AskDialect, answer: RawAnswer, stream: boolean): Promise<string> {
  const codec = clientFormats.find(({ id }) => id === dialect)
  if (codec === undefined) throw new Error(`no reader of ${dialect}`)
  if (stream) checkStream(dialect, answer.text)
  const events = stream ? readStream(codec, Buffer.from(answer.text)) : codec.readWhole(answer.json())
  const meaning = meaningOf(events)
  expect(meaning.finish).toBe('stop')
  expect((await officialParsers[dialect]?.(answer.text, stream))?.text ?? meaning.text).toBe(meaning.text)
  return meaning.text
}

describe.each(ASK_DIALECTS)('an answer that was given to a client of %s', (maker) => {
  it.each([false, true])('is given again in every dialect, streamed and whole (made streamed: %s)', async (madeStreamed) => {
    // a server that speaks chat completions alone, so that Responses are translated too
    await start({ customProviders: [{ id: 'mine', name: 'Mine', baseUrl: `${upstream.url}/v1`, needsKey: false }] })
    const text = 'Grün, "blue" and\nrot 🌍.'
    upstream.answer((seen, response) => {
      // a server is asked for its models
      if (seen.method === 'GET') return answerJson({ data: [] })(seen, response)
      const streamed = (JSON.parse(seen.body) as { stream?: boolean }).stream === true
      if (!streamed) return answerJson(completion(text))(seen, response)
      const chunk = (delta: object, finish: string | null = null) =>
        `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(
        `${chunk({ role: 'assistant', content: '' })}${[...text].map((letter) => chunk({ content: letter })).join('')}${chunk({}, 'stop')}data: [DONE]\n\n`,
      )
    })
    const asked = ask(maker, 'mine/model', 'Name colours.', madeStreamed)
    expect(await heardFrom(maker, await post(asked.path, asked.body, USE), madeStreamed)).toBe(text)
    await stored(1)
    for (const dialect of ASK_DIALECTS) {
      for (const stream of [false, true]) {
        const { path, body } = ask(dialect, 'mine/model', 'Name colours.', stream)
        const answer = await post(path, body, USE)
        expect([dialect, stream, answer.headers['x-openrouter-cache-status']]).toEqual([dialect, stream, 'HIT'])
        expect(await heardFrom(dialect, answer, stream)).toBe(text)
      }
    }
    expect(upstream.seen.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })
})

it('gives an answer with reasoning and a tool call again, where calls are kept', async () => {
  await start(cacheSettings({ tools: 'all' }))
  const call = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }
  upstream.answer(answerJson(completion('', { content: 'I look.', reasoning_content: 'Hm.', tool_calls: [call] }, 'tool_calls')))
  const tools = [{ type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: {} } } }]
  const first = (await chat('x', { tools })).json<{ choices: { message: object }[] }>()
  await stored(1)
  const again = await chat('x', { tools })
  expect(again.headers['x-openrouter-cache-status']).toBe('HIT')
  expect(again.json<{ choices: { message: object }[] }>().choices[0]?.message).toMatchObject({ content: 'I look.', tool_calls: [call] })
  expect(first.choices[0]?.message).toMatchObject({ tool_calls: [call] })
})

it('streams a hit in the pace the user chose', async () => {
  await start(cacheSettings({ pace: 'typed', typedCharactersPerSecond: 100 }))
  upstream.answer(answerJson(completion('0123456789'.repeat(3))))
  await chat('x')
  await stored(1)
  const answer = await chat('x', { stream: true })
  // 30 characters in pieces of 4
  expect(answer.text.match(/"delta":\{"content":"[^"]+"/g)?.length).toBe(8)
  expect(meaningOf(readStream(clientFormats.find(({ id }) => id === 'openai-chat') as never, Buffer.from(answer.text))).text).toBe('0123456789'.repeat(3))
})

it('leaves the playground alone', async () => {
  await start(cacheSettings({ use: 'everyone' }))
  for (let time = 0; time < 2; time++) {
    for await (const _event of running.client['playground.run']({ model: MODEL, messages: [{ role: 'user', text: 'x' }], temperature: 0 }));
  }
  expect(upstream.seen).toHaveLength(2)
})
