/** What requests cost, over whole requests: where the ledger, the budgets, the playground and a later correction of the price have to agree. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BudgetState } from '../../shared/api/budgets.ts'
import type { RunEvent } from '../../shared/api/playground.ts'
import type { UsageRecord } from '../../shared/ledger.ts'
import type { SettingsInput } from '../../shared/settings.ts'
import { type Answering, answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { placesAt, startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'

/** USD 2.50 a million tokens in and 10 out. */
const MODEL = 'openai/gpt-4o'
const BODY = { model: MODEL, max_tokens: 4_000, messages: [{ role: 'user', content: 'Tell me of the sea.' }] }
/** Some 400 tokens. */
const TEXT = 'The sea is wide and the sky above it is wider still. '.repeat(32)

let upstream: FakeUpstream
let running: TestGateway

beforeEach(async () => {
  upstream = await fakeUpstream(answered({ prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 }))
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

const start = async (settings: SettingsInput = {}): Promise<void> => {
  running = await startGateway({ settings: { catalog: { refresh: 'off' }, baseUrls: placesAt(upstream.url), ...settings } })
}

function answered(usage: object | undefined, content = 'fine'): Answering {
  return answerJson({
    ...{ id: 'c', object: 'chat.completion', created: 1, model: 'm' },
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    ...(usage !== undefined && { usage }),
  })
}

const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  raw(`${running.address}${path}`, { headers: { authorization: `Bearer ${TEST_KEYS.client}`, ...headers }, body: JSON.stringify(body) })
const chat = (body: object = BODY, headers?: Record<string, string>): Promise<RawAnswer> => post('/v1/chat/completions', body, headers)

async function must<Value>(result: Promise<{ ok: true; value: Value } | { ok: false; failure: { message: string } }>): Promise<Value> {
  const answer = await result
  if (!answer.ok) throw new Error(answer.failure.message)
  return answer.value
}

const standings = (): Promise<readonly BudgetState[]> => must(running.client['budgets.list']({}))

/** Writes these pieces and then nothing more. */
function hanging(...pieces: readonly string[]): Answering {
  return (_seen, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const piece of pieces) response.write(piece)
  }
}

const chunk = (delta: object, rest: object = {}): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: null }], ...rest })}\n\n`

/** Reads until `words` have come, and leaves. */
async function leaveAfter(words: string, path: string, body: object): Promise<void> {
  const leaving = new AbortController()
  const response = await fetch(`${running.address}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
    body: JSON.stringify(body),
    signal: leaving.signal,
  })
  let text = ''
  const decoder = new TextDecoder()
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes as Uint8Array, { stream: true })
    if (text.includes(words)) break
  }
  leaving.abort()
}

const only = async (): Promise<UsageRecord> => {
  const [row] = await running.rows(1)
  if (row === undefined) throw new Error('no row')
  return row
}

describe('an answer whose provider does not tell what it used', () => {
  it('is reckoned where its client left in the middle, marked as such, and taken from the budget', async () => {
    await start({ budgets: { overall: { day: 1 } } })
    upstream.answer(hanging(chunk({ role: 'assistant', content: '' }), chunk({ content: TEXT }), chunk({ content: 'The end' })))
    await leaveAfter('The end', '/v1/chat/completions', { ...BODY, stream: true })
    const row = await only()
    expect(row).toMatchObject({ outcome: 'cancelled', countedBy: 'estimate' })
    expect(row.tokens.output).toBeGreaterThan(300)
    expect(row.tokens.output).toBeLessThan(700)
    expect(row.tokens.input).toBeGreaterThan(0)
    expect(row.cost).toBe(Math.round((row.tokens.input ?? 0) * 2_500 + (row.tokens.output ?? 0) * 10_000))
    expect(await standings()).toMatchObject([{ spent: row.cost, reserved: 0 }])
  })

  it('keeps the counts that came, and reckons what was written after them', async () => {
    await start()
    const event = (type: string, more: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`
    const message = { id: 'm', type: 'message', role: 'assistant', model: 'claude', content: [], stop_reason: null, stop_sequence: null }
    upstream.answer(
      hanging(
        event('message_start', { message: { ...message, usage: { input_tokens: 50, cache_read_input_tokens: 2_000, output_tokens: 1 } } }),
        event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
        event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: TEXT } }),
        event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'The end' } }),
      ),
    )
    await leaveAfter('The end', '/v1/messages', { model: 'anthropic/claude-sonnet-4-5', max_tokens: 4_000, stream: true, messages: BODY.messages })
    const row = await only()
    expect(row).toMatchObject({ outcome: 'cancelled', countedBy: 'estimate', tokens: { input: 50, cacheRead: 2_000 } })
    expect(row.tokens.output).toBeGreaterThan(300)
  })

  it('is trusted where a count came with the last words', async () => {
    await start()
    const part = (text: string, candidatesTokenCount: number): string =>
      `data: ${JSON.stringify({ candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0 }], usageMetadata: { promptTokenCount: 7, candidatesTokenCount, totalTokenCount: 7 + candidatesTokenCount } })}\r\n\r\n`
    upstream.answer(hanging(part('Once ', 1), part(TEXT, 333)))
    await leaveAfter('wider still', '/v1beta/models/google%2Fgemini-2.5-pro:streamGenerateContent?alt=sse', {
      contents: [{ role: 'user', parts: [{ text: 'hi' }] }],
    })
    expect(await only()).toMatchObject({ countedBy: 'provider', tokens: { input: 7, output: 333 } })
  })

  it.each([
    ['without a count', undefined],
    ['with zeros in its place', { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }],
  ])('is reckoned where it came whole %s', async (_how, usage) => {
    await start()
    upstream.answer(answered(usage, TEXT))
    expect((await chat()).status).toBe(200)
    const row = await only()
    expect(row).toMatchObject({ outcome: 'ok', countedBy: 'estimate' })
    expect(row.cost).toBeGreaterThan(300 * 10_000)
  })
})

it('reads the count that Moonshot puts into the last choice', async () => {
  await start()
  const usage = { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 }
  upstream.answer((_seen, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(chunk({ role: 'assistant', content: 'fine' }))
    response.write(chunk({}, { choices: [{ index: 0, delta: {}, finish_reason: 'stop', usage }] }))
    response.end('data: [DONE]\n\n')
  })
  await chat({ ...BODY, stream: true })
  expect(await only()).toMatchObject({ countedBy: 'provider', tokens: { input: 1_000, output: 100 }, cost: 3_500_000 })
})

describe('a price that is corrected', () => {
  it('leaves answers free of charge that the cache gave', async () => {
    await start({ budgets: { overall: { day: 1 } } })
    const cached = { 'x-openrouter-cache': 'true' }
    await chat(BODY, cached)
    await running.rows(1)
    expect((await chat(BODY, cached)).headers['x-openrouter-cache-status']).toBe('HIT')
    expect((await running.rows(2)).map(({ cost }) => cost)).toEqual([0, 3_500_000])
    await must(running.client['models.setPrice']({ endpoint: MODEL, price: { input: 5, output: 20 } }))
    expect(await must(running.client['models.reprice']({ endpoint: MODEL, since: 0 }))).toEqual({ rows: 1, before: 3_500_000, after: 7_000_000 })
    expect((await running.rows(2)).map(({ cost }) => cost)).toEqual([0, 7_000_000])
    // what the budget says is what the rows say
    expect(await standings()).toMatchObject([{ spent: 7_000_000 }])
  })
})

it('takes the user’s own prices of long prompts in whatever order they stand', async () => {
  await start()
  const tiers = [
    { overInputTokens: 500, input: 4, output: 10 },
    { overInputTokens: 100, input: 2, output: 10 },
  ]
  await must(running.client['models.setPrice']({ endpoint: MODEL, price: { input: 1, output: 10, tiers } }))
  await chat()
  expect((await only()).cost).toBe(1_000 * 4_000 + 100 * 10_000)
})

describe('the playground', () => {
  it('tells of an answer out of the cache what its row says', async () => {
    await start()
    const summaries: unknown[] = []
    for (let turn = 0; turn < 2; turn++) {
      let ended: Extract<RunEvent, { type: 'ended' }> | undefined
      for await (const event of running.client['playground.run']({ model: MODEL, messages: [{ role: 'user', text: 'Hi' }], cache: true })) {
        if (event.type === 'ended') ended = event
      }
      summaries.push(ended?.summary.cost)
      await running.rows(turn + 1)
    }
    expect(summaries).toEqual([3_500_000, 0])
    expect((await running.rows(2)).map(({ cost }) => cost)).toEqual([0, 3_500_000])
  })
})

describe('what is set aside', () => {
  it('is for all the answers that are asked for', async () => {
    // four cents each
    await start({ budgets: { overall: { day: 0.05 } } })
    expect((await chat({ ...BODY, n: 2 })).status).toBe(402)
    expect((await chat()).status).toBe(200)
  })

  it('is for what embeddings take, and they are made as long as there is money', async () => {
    await start({ budgets: { overall: { day: 0.001 } } })
    const vector = { object: 'embedding', index: 0, embedding: [1, 0] }
    upstream.answer(answerJson({ object: 'list', data: [vector], model: 'm', usage: { prompt_tokens: 5, total_tokens: 5 } }))
    // USD 0.02 a million tokens
    const ask = (input: string): Promise<RawAnswer> => post('/v1/embeddings', { model: 'openai/text-embedding-3-small', input })
    const answer = await ask('hi')
    expect(answer.status, answer.text).toBe(200)
    expect(await standings()).toMatchObject([{ spent: 100, reserved: 0 }])
    expect((await ask('word '.repeat(60_000))).status).toBe(402)
  })

  it('is for a prompt that is written to the cache', async () => {
    // 3 USD a million in, 3.75 written for five minutes, 6 for an hour
    await start({ budgets: { overall: { day: 0.1 } } })
    const text = 'word '.repeat(16_000)
    const body = (cache?: object): object => ({
      model: 'anthropic/claude-sonnet-4-5',
      max_tokens: 1,
      messages: [{ role: 'user', content: [{ type: 'text', text, ...(cache !== undefined && { cache_control: cache }) }] }],
    })
    upstream.answer(answerJson({ type: 'error', error: { type: 'invalid_request_error', message: 'no' } }, 400))
    expect((await post('/v1/messages', body({ type: 'ephemeral', ttl: '1h' }))).status).toBe(402)
    expect((await post('/v1/messages', body())).status).toBe(400)
  })
})
