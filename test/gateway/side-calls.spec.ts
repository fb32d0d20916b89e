/** What clients ask beside conversations: embeddings, token counts, legacy completions; by the official clients over real HTTP. */
import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answerJson, type FakeUpstream, fakeUpstream, replay } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { load, recordings } from '../support/recordings.ts'

let upstream: FakeUpstream
let test: TestGateway
let openai: OpenAI
let anthropic: Anthropic
let google: GoogleGenAI

const COHERE_KEY = 'made-up-cohere-key-00112233445566'

beforeAll(async () => {
  upstream = await fakeUpstream()
  const { url } = upstream
  test = await startGateway({
    settings: {
      baseUrls: {
        openai: `${url}/v1`,
        anthropic: `${url}/v1`,
        google: `${url}/v1beta`,
        cohere: url,
        mistral: `${url}/mistral/v1`,
        perplexity: url,
        voyage: `${url}/voyage/v1`,
      },
    },
    environment: {
      COHERE_API_KEY: COHERE_KEY,
      MISTRAL_API_KEY: 'made-up-mistral-key-998877665544',
      PERPLEXITY_API_KEY: 'made-up-perplexity-key-5544332211',
      VOYAGE_API_KEY: 'pa-made-up-voyage-key-0011223344',
    },
  })
  openai = new OpenAI({ baseURL: `${test.address}/v1`, apiKey: TEST_KEYS.client, maxRetries: 0 })
  anthropic = new Anthropic({ baseURL: test.address, apiKey: TEST_KEYS.client, maxRetries: 0 })
  google = new GoogleGenAI({ apiKey: TEST_KEYS.client, httpOptions: { baseUrl: test.address } })
})
beforeEach(() => void upstream.seen.splice(0))
afterAll(async () => {
  await test.close()
  await upstream.close()
})

const sent = (): unknown => JSON.parse(upstream.seen.at(-1)?.body ?? '')
const lastRow = async () => (await test.rows(1))[0]
const FLOATS = [0.5, -0.25, 0.125]
const BASE64 = Buffer.from(Float32Array.from(FLOATS).buffer).toString('base64')

describe('embeddings', () => {
  it('pass between an OpenAI client and an OpenAI provider untouched but for the model', async () => {
    const answer = {
      object: 'list',
      data: [{ object: 'embedding', index: 0, embedding: BASE64 }],
      model: 'text-embedding-3-small',
      usage: { prompt_tokens: 3, total_tokens: 3 },
    }
    upstream.answer(answerJson(answer))
    const got = await openai.embeddings.create({ model: 'openai/text-embedding-3-small', input: ['a'], user: 'someone' })
    expect(got.data[0]?.embedding).toEqual(FLOATS)
    expect(upstream.seen[0]).toMatchObject({ url: '/v1/embeddings' })
    expect(sent()).toEqual({ model: 'text-embedding-3-small', input: ['a'], user: 'someone', encoding_format: 'base64' })
    expect(upstream.seen[0]?.headers.authorization).toBe(`Bearer ${TEST_KEYS.openai}`)
    expect(await lastRow()).toMatchObject({
      dialect: 'openai-embeddings',
      requested: 'openai/text-embedding-3-small',
      servedBy: 'openai/text-embedding-3-small',
      outcome: 'ok',
      tokens: { input: 3 },
      countedBy: 'provider',
    })
  })

  it('are packed for a client that wants base64 from a server that knows none', async () => {
    upstream.answer(
      answerJson({
        object: 'list',
        data: [
          { index: 1, embedding: [1, 2] },
          { index: 0, embedding: FLOATS },
        ],
        usage: { prompt_tokens: 2 },
      }),
    )
    const got = await openai.embeddings.create({ model: 'mistral/mistral-embed', input: ['a', 'b'] })
    expect(got.data.map((row) => row.embedding)).toEqual([FLOATS, [1, 2]])
  })

  it('come from Voyage, which counts a total alone (from its documentation)', async () => {
    upstream.answer(
      answerJson({ object: 'list', data: [{ object: 'embedding', index: 0, embedding: FLOATS }], model: 'voyage-3.5', usage: { total_tokens: 7 } }),
    )
    const got = await openai.embeddings.create({ model: 'voyage/voyage-3.5', input: 'a', encoding_format: 'float' })
    expect(got.data[0]?.embedding).toEqual(FLOATS)
    expect(upstream.seen[0]).toMatchObject({ url: '/voyage/v1/embeddings' })
    expect(await lastRow()).toMatchObject({ servedBy: 'voyage/voyage-3.5', tokens: { input: 7 } })
  })

  it.each(['float', 'base64'] as const)('come from Gemini to an OpenAI client as %s, their tokens an estimate', async (encoding_format) => {
    upstream.answer(answerJson({ embeddings: [{ values: FLOATS }, { values: [1, 2, 3] }] }))
    const { data: got, response } = await openai.embeddings
      .create({ model: 'google/gemini-embedding-001', input: ['hello', 'world'], dimensions: 3, encoding_format })
      .withResponse()
    expect(got.data[0]?.embedding).toEqual(encoding_format === 'float' ? FLOATS : BASE64)
    expect(got.usage.prompt_tokens).toBeGreaterThan(0)
    expect(upstream.seen[0]).toMatchObject({ url: '/v1beta/models/gemini-embedding-001:batchEmbedContents' })
    expect(sent()).toEqual({
      requests: ['hello', 'world'].map((text) => ({ model: 'models/gemini-embedding-001', content: { parts: [{ text }] }, outputDimensionality: 3 })),
    })
    expect(response.headers.get('x-switchyard-estimated')).toBe('tokens')
    expect(await lastRow()).toMatchObject({ countedBy: 'estimate', outcome: 'ok' })
  })

  it('come from Cohere, which wants to know what they are for', async () => {
    upstream.answer(answerJson({ id: 'x', embeddings: { float: [FLOATS] }, meta: { billed_units: { input_tokens: 4 } } }))
    const ask = (extra: object) => openai.embeddings.create({ model: 'cohere/embed-v4.0', input: 'hi', ...extra })
    expect((await ask({})).usage).toEqual({ prompt_tokens: 4, total_tokens: 4 })
    expect(sent()).toEqual({ model: 'embed-v4.0', texts: ['hi'], input_type: 'search_document', embedding_types: ['float'] })
    expect(upstream.seen[0]).toMatchObject({ url: '/v2/embed' })
    expect(upstream.seen[0]?.headers.authorization).toBe(`Bearer ${COHERE_KEY}`)
    await ask({ input_type: 'search_query' })
    expect(sent()).toMatchObject({ input_type: 'search_query' })
  })

  it.each([
    ['cohere/embed-v4.0', 96],
    ['google/gemini-embedding-001', 100],
  ])('come from %s in batches of %i, in the order of their texts and with all their tokens', async (model, most) => {
    upstream.answer((seen, response) => {
      const body = JSON.parse(seen.body)
      const texts: string[] = body.texts ?? body.requests.map((request: { content: { parts: { text: string }[] } }) => request.content.parts[0]?.text)
      const vectors = texts.map((text) => [Number(text), 0.5])
      const tokens = texts.length
      const answer = body.texts
        ? { embeddings: { float: vectors }, meta: { billed_units: { input_tokens: tokens } } }
        : { embeddings: vectors.map((values) => ({ values })), usageMetadata: { promptTokenCount: tokens } }
      return answerJson(answer)(seen, response)
    })
    const input = Array.from({ length: 2 * most + 1 }, (_, index) => String(index))
    const answer = await openai.embeddings.create({ model, input, encoding_format: 'float' })
    expect(answer.data.map(({ embedding }) => embedding[0])).toEqual(input.map(Number))
    expect(answer.usage.prompt_tokens).toBe(input.length)
    expect(upstream.seen).toHaveLength(3)
  })

  it('come from OpenAI to a Gemini client, one or many', async () => {
    upstream.answer(answerJson({ data: [{ index: 0, embedding: FLOATS }], usage: { prompt_tokens: 2 } }))
    const got = await google.models.embedContent({ model: 'openai/text-embedding-3-small', contents: 'hi' })
    expect(got.embeddings?.[0]?.values).toEqual(FLOATS)
    expect(sent()).toEqual({ model: 'text-embedding-3-small', input: ['hi'], encoding_format: 'float' })
    expect(await lastRow()).toMatchObject({ dialect: 'gemini-embeddings' })
  })

  it('name the fields that were left out, whatever a client calls them, and have one row', async () => {
    upstream.answer(answerJson({ embeddings: [{ values: FLOATS }] }))
    const before = (await test.rows(0)).length
    const odd = { model: 'google/gemini-embedding-001', input: 'x', 'new \u{1F600}\nfield': 1 }
    const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
    const answer = await fetch(`${test.address}/v1/embeddings`, { method: 'POST', headers, body: JSON.stringify(odd) })
    expect(answer.status, await answer.text()).toBe(200)
    expect(answer.headers.get('x-switchyard-dropped')).toBe('new ???field')
    expect(await test.rows(before + 1)).toHaveLength(before + 1)
  })

  it('are refused by name where a provider makes none, or cannot read tokens', async () => {
    await expect(openai.embeddings.create({ model: 'anthropic/claude-sonnet-4-5', input: 'a' })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('makes no embeddings'),
    })
    await expect(openai.embeddings.create({ model: 'google/gemini-embedding-001', input: [1, 2] })).rejects.toMatchObject({ status: 400, param: 'input' })
    await expect(openai.embeddings.create({ model: 'demo/echo', input: 'a' })).rejects.toBeInstanceOf(OpenAI.APIError)
    expect(upstream.seen).toEqual([])
  })

  it('tell of a failure in the client’s dialect, and in the ledger', async () => {
    upstream.answer(answerJson({ error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } }, 429))
    await expect(openai.embeddings.create({ model: 'mistral/mistral-embed', input: 'a' })).rejects.toMatchObject({ status: 402 })
    expect(await lastRow()).toMatchObject({ outcome: 'out-of-credit', status: 402 })
  })

  it('want a client key', async () => {
    const stranger = new OpenAI({ baseURL: `${test.address}/v1`, apiKey: 'made-up-unknown-key', maxRetries: 0 })
    await expect(stranger.embeddings.create({ model: 'openai/text-embedding-3-small', input: 'a' })).rejects.toMatchObject({ status: 401 })
  })
})

describe('token counts', () => {
  const question = { messages: [{ role: 'user' as const, content: 'What is the capital of France?' }] }

  it('are Anthropic’s own for its models', async () => {
    upstream.answer(answerJson({ input_tokens: 14 }))
    expect(await anthropic.messages.countTokens({ model: 'anthropic/claude-haiku-4-5', ...question })).toEqual({ input_tokens: 14 })
    expect(upstream.seen[0]).toMatchObject({ url: '/v1/messages/count_tokens' })
    expect(upstream.seen[0]?.headers['x-api-key']).toBe(TEST_KEYS.anthropic)
    expect(sent()).toEqual({ model: 'claude-haiku-4-5', ...question })
    expect(await lastRow()).toMatchObject({ dialect: 'anthropic-count-tokens', outcome: 'ok', tokens: {} })
  })

  it('are Google’s for an Anthropic client on a Gemini model', async () => {
    upstream.answer(answerJson({ totalTokens: 7 }))
    expect(await anthropic.messages.countTokens({ model: 'google/gemini-2.5-flash', system: 'Be brief.', ...question })).toEqual({ input_tokens: 7 })
    expect(upstream.seen[0]).toMatchObject({ url: '/v1beta/models/gemini-2.5-flash:countTokens' })
    expect(sent()).toMatchObject({ generateContentRequest: { model: 'models/gemini-2.5-flash', contents: [{ role: 'user' }] } })
  })

  it('are Anthropic’s for a Gemini client on a Claude', async () => {
    upstream.answer(answerJson({ input_tokens: 9 }))
    const got = await google.models.countTokens({ model: 'anthropic/claude-haiku-4-5', contents: 'hello' })
    expect(got.totalTokens).toBe(9)
    const body = sent() as object
    expect(Object.keys(body).filter((field) => !['model', 'messages', 'system', 'tools', 'tool_choice', 'thinking'].includes(field))).toEqual([])
  })

  it('pass between a Gemini client and Google', async () => {
    upstream.answer(answerJson({ totalTokens: 5, promptTokensDetails: [{ modality: 'TEXT', tokenCount: 5 }] }))
    const got = await google.models.countTokens({ model: 'google/gemini-2.5-flash', contents: 'Hello, world!' })
    expect(got.totalTokens).toBe(5)
    expect(sent()).toMatchObject({ contents: [{ parts: [{ text: 'Hello, world!' }] }] })
  })

  it('are OpenAI’s own for its models', async () => {
    upstream.answer(answerJson({ object: 'response.input_tokens', input_tokens: 12 }))
    const got = await openai.responses.inputTokens.count({ model: 'openai/gpt-4.1-mini', input: 'What is it?', instructions: 'Be brief.' })
    expect(got).toMatchObject({ object: 'response.input_tokens', input_tokens: 12 })
    expect(upstream.seen[0]).toMatchObject({ url: '/v1/responses/input_tokens' })
    expect(sent()).toEqual({ model: 'gpt-4.1-mini', input: 'What is it?', instructions: 'Be brief.' })
    expect(await lastRow()).toMatchObject({ dialect: 'openai-input-tokens', outcome: 'ok', tokens: {} })
  })

  it('are OpenAI’s for an Anthropic client on a GPT, and Anthropic’s for an OpenAI client on a Claude', async () => {
    upstream.answer(answerJson({ object: 'response.input_tokens', input_tokens: 11 }))
    expect(await anthropic.messages.countTokens({ model: 'openai/gpt-4o-mini', system: 'Be brief.', ...question })).toEqual({ input_tokens: 11 })
    expect(upstream.seen[0]).toMatchObject({ url: '/v1/responses/input_tokens' })
    expect(sent()).toMatchObject({ model: 'gpt-4o-mini' })
    expect(JSON.stringify(sent())).toContain('Be brief.')
    expect(sent()).not.toHaveProperty('store')
    upstream.answer(answerJson({ input_tokens: 13 }))
    const got = await openai.responses.inputTokens.count({ model: 'anthropic/claude-haiku-4-5', input: 'What is it?' })
    expect(got).toEqual({ object: 'response.input_tokens', input_tokens: 13 })
  })

  it('are estimates where a proxy in OpenAI’s place knows no such question', async () => {
    upstream.answer(answerJson({ error: { message: 'Not found' } }, 404))
    const { data, response } = await anthropic.messages.countTokens({ model: 'openai/gpt-4o-mini', ...question }).withResponse()
    expect(data.input_tokens).toBeGreaterThan(7)
    expect(response.headers.get('x-switchyard-estimated')).toBe('tokens')
    await expect(openai.responses.inputTokens.count({ model: 'openai/gpt-4o-mini', input: 'x' })).rejects.toMatchObject({ status: 404 })
  })

  it('are estimates elsewhere, and say so', async () => {
    const { data, response } = await anthropic.messages.countTokens({ model: 'cohere/command-a-03-2025', ...question }).withResponse()
    expect(data.input_tokens).toBeGreaterThan(7)
    expect(data.input_tokens).toBeLessThan(30)
    expect(response.headers.get('x-switchyard-estimated')).toBe('tokens')
    expect(upstream.seen).toEqual([])
  })

  it('of models nobody knows are refused', async () => {
    await expect(anthropic.messages.countTokens({ model: 'nobody-knows-this', ...question })).rejects.toMatchObject({ status: 404 })
  })
})

describe('legacy completions', () => {
  const whole = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-haiku-4-5',
    content: [{ type: 'text', text: ' Paris.' }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 5, output_tokens: 2 },
  }

  it('are answered by any model', async () => {
    upstream.answer(answerJson(whole))
    const got = await openai.completions.create({ model: 'anthropic/claude-haiku-4-5', prompt: 'The capital of France is', max_tokens: 5, stop: ['\n'] })
    expect(got).toMatchObject({
      object: 'text_completion',
      choices: [{ text: ' Paris.', finish_reason: 'stop' }],
      usage: { prompt_tokens: 5, completion_tokens: 2 },
    })
    expect(sent()).toMatchObject({ max_tokens: 5, messages: [{ role: 'user', content: expect.anything() }] })
    expect(await lastRow()).toMatchObject({ dialect: 'openai-completions', outcome: 'ok', tokens: { input: 5, output: 2 } })
  })

  it('stream', async () => {
    const chunk = (fields: object) => `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: 'gpt-4o-mini', ...fields })}\n\n`
    const stream = [
      chunk({ choices: [{ index: 0, delta: { role: 'assistant', content: 'Par' }, finish_reason: null }] }),
      chunk({ choices: [{ index: 0, delta: { content: 'is.' }, finish_reason: null }] }),
      chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'length' }] }),
      chunk({ choices: [], usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 } }),
      'data: [DONE]\n\n',
    ]
    upstream.answer(replay(Buffer.from(stream.join('')), { size: 7 }))
    let text = ''
    let finish: string | null | undefined
    let total: number | undefined
    const pieces = await openai.completions.create({ model: 'openai/gpt-4o-mini', prompt: 'Q', stream: true, stream_options: { include_usage: true } })
    for await (const piece of pieces) {
      text += piece.choices[0]?.text ?? ''
      finish = piece.choices[0]?.finish_reason ?? finish
      total = piece.usage?.total_tokens ?? total
    }
    expect({ text, finish, total }).toEqual({ text: 'Paris.', finish: 'length', total: 7 })
    expect(upstream.seen[0]).toMatchObject({ url: '/v1/chat/completions' })
  })

  it('pass between an OpenAI client and a model that knows nothing else', async () => {
    const answer = { id: 'cmpl-1', object: 'text_completion', created: 1, model: 'gpt-3.5-turbo-instruct', choices: [choiceOf(' Paris.', 'stop')] }
    const usage = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 }
    upstream.answer(answerJson({ ...answer, usage }))
    const got = await openai.completions.create({ model: 'openai/gpt-3.5-turbo-instruct', prompt: 'The capital of France is', suffix: '!' })
    expect(got).toEqual({ ...answer, usage })
    expect(upstream.seen[0]).toMatchObject({ url: '/v1/completions' })
    expect(sent()).toEqual({ model: 'gpt-3.5-turbo-instruct', prompt: 'The capital of France is', suffix: '!' })

    const frames = [
      { ...answer, choices: [choiceOf(' Par', null)] },
      { ...answer, choices: [choiceOf('is.', 'stop')] },
    ]
    const stream = `${frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join('')}data: ${JSON.stringify({ ...answer, choices: [], usage })}\n\ndata: [DONE]\n\n`
    upstream.answer(replay(Buffer.from(stream), { size: 7 }))
    let text = ''
    for await (const piece of await openai.completions.create({ model: 'openai/gpt-3.5-turbo-instruct', prompt: 'Q', stream: true })) {
      text += piece.choices[0]?.text ?? ''
      // nobody asked for it but the ledger
      expect(piece.usage ?? undefined).toBeUndefined()
    }
    expect(text).toBe(' Paris.')
    expect(sent()).toMatchObject({ stream: true, stream_options: { include_usage: true } })
    expect(await lastRow()).toMatchObject({ outcome: 'ok', tokens: { input: 5, output: 2 } })
  })

  it('are what such a model is asked by a client that converses', async () => {
    upstream.answer(answerJson({ id: 'cmpl-1', object: 'text_completion', created: 1, model: 'm', choices: [choiceOf(' Paris.', 'length')] }))
    const messages = [
      { role: 'system' as const, content: 'Be brief.' },
      { role: 'user' as const, content: 'What is the capital of France?' },
    ]
    const got = await openai.chat.completions.create({ model: 'openai/gpt-3.5-turbo-instruct', messages })
    expect(got.choices[0]).toMatchObject({ finish_reason: 'length', message: { content: ' Paris.' } })
    expect(sent()).toEqual({
      model: 'gpt-3.5-turbo-instruct',
      prompt: 'System: Be brief.\n\nUser: What is the capital of France?\n\nAssistant:',
    })
  })

  it('take one prompt in words', async () => {
    const ask = (prompt: string[] | number[]) => openai.completions.create({ model: 'openai/gpt-4o-mini', prompt })
    await expect(ask(['a', 'b'])).rejects.toMatchObject({ status: 400, param: 'prompt' })
    await expect(ask([1, 2])).rejects.toMatchObject({ status: 400, param: 'prompt' })
    upstream.answer(answerJson({ choices: [{ index: 0, message: { role: 'assistant', content: 'x' }, finish_reason: 'stop' }] }))
    expect((await ask(['a'])).choices[0]?.text).toBe('x')
  })
})

function choiceOf(text: string, finish: string | null): object {
  return { text, index: 0, logprobs: null, finish_reason: finish }
}

describe('compaction', () => {
  const compacted = {
    id: 'resp_1',
    object: 'response.compaction',
    created_at: 1,
    output: [{ id: 'cmp_1', type: 'compaction', encrypted_content: 'sealed' }],
    usage: { input_tokens: 90, output_tokens: 10, total_tokens: 100 },
  }
  const ask = (model: string) => openai.responses.compact({ model, input: [{ role: 'user', content: 'A long story.' }] })

  it('is OpenAI’s, and is paid', async () => {
    upstream.answer(answerJson(compacted))
    expect(await ask('openai/gpt-5.1')).toMatchObject({ object: 'response.compaction', output: [{ encrypted_content: 'sealed' }] })
    expect(upstream.seen[0]).toMatchObject({ url: '/v1/responses/compact' })
    expect(sent()).toEqual({ model: 'gpt-5.1', input: [{ role: 'user', content: 'A long story.' }] })
    expect(await lastRow()).toMatchObject({ dialect: 'openai-compaction', outcome: 'ok', tokens: { input: 90, output: 10 } })
  })

  it('is refused elsewhere, saying what to do', async () => {
    await expect(ask('anthropic/claude-haiku-4-5')).rejects.toMatchObject({
      status: 400,
      param: 'model',
      message: expect.stringContaining('sum the conversation up'),
    })
    expect(upstream.seen).toEqual([])
  })
})

const recordedEmbeddings = [
  ...recordings('openai-embeddings', ({ status, provider }) => status === 200 && provider !== 'azure'),
  ...recordings('gemini-embed', ({ status }) => status === 200),
  ...recordings('cohere-embed', ({ status }) => status === 200),
]
const PROVIDER_OF_API: Readonly<Record<string, string>> = { 'openai-embeddings': 'openai', 'gemini-embed': 'google', 'cohere-embed': 'cohere' }

describe.skipIf(recordedEmbeddings.length === 0)('recorded embeddings', () => {
  it.each(recordedEmbeddings)('reach an OpenAI client number by number: $id', async (line) => {
    const { body, requestBody } = load(line)
    upstream.answer(answerJson(JSON.parse(body.toString())))
    const asked = (requestBody ?? {}) as { input?: string | string[]; texts?: string[]; requests?: { content: { parts: { text: string }[] } }[] }
    const input = asked.input ?? asked.texts ?? asked.requests?.map((request) => request.content.parts[0]?.text ?? '') ?? 'text'
    const provider = line.provider === 'perplexity' ? 'perplexity' : PROVIDER_OF_API[line.api]
    const model = `${provider}/${line.model ?? 'some-model'}`
    const got = await openai.embeddings.create({ model, input, encoding_format: 'float' })
    const answered = JSON.parse(body.toString()) as {
      data?: { embedding: number[] | string }[]
      embeddings?: { values: number[] }[] | { float: number[][] }
    }
    const recorded =
      answered.data?.map((row) => row.embedding) ??
      (Array.isArray(answered.embeddings) ? answered.embeddings.map((row) => row.values) : answered.embeddings?.float)
    expect(got.data).toHaveLength(recorded?.length ?? -1)
    for (const [index, vector] of (recorded ?? []).entries()) {
      const numbers =
        typeof vector !== 'string'
          ? vector
          : provider === 'perplexity'
            ? [...new Int8Array(Buffer.from(vector, 'base64'))]
            : [...new Float32Array(Uint8Array.from(Buffer.from(vector, 'base64')).buffer)]
      expect(got.data[index]?.embedding).toEqual(numbers)
    }
  })
})
