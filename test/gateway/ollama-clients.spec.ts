/** Tools that only speak Ollama, on models of any provider: its documented requests put by hand, and its official client. */
import { Ollama } from 'ollama'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answers } from '../support/answer-cases.ts'
import { answerJson, type FakeUpstream, fakeUpstream, replay } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { CUTS } from '../support/recordings.ts'

let upstream: FakeUpstream
let test: TestGateway
beforeAll(async () => {
  upstream = await fakeUpstream()
  test = await startGateway({ upstream: upstream.url })
})
afterAll(async () => {
  await test.close()
  await upstream.close()
})

const post = (path: string, body: unknown, key: string | undefined = TEST_KEYS.client): Promise<Response> =>
  fetch(test.address + path, { method: 'POST', headers: key === undefined ? {} : { authorization: `Bearer ${key}` }, body: JSON.stringify(body) })

interface Line {
  readonly model: string
  readonly created_at: string
  readonly message?: {
    readonly role: string
    readonly content: string
    readonly tool_calls?: readonly { readonly function: { readonly name: string; readonly arguments: unknown } }[]
  }
  readonly response?: string
  readonly done: boolean
  readonly done_reason?: string
  readonly prompt_eval_count?: number
  readonly eval_count?: number
  readonly error?: string
}

async function linesOf(response: Response): Promise<readonly Line[]> {
  const text = await response.text()
  expect(text.endsWith('\n')).toBe(true)
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

const MODELS = {
  'openai-chat': 'openai/gpt-4o-mini',
  'anthropic-messages': 'anthropic/claude-sonnet-4-5',
  gemini: 'google/gemini-2.5-flash',
  'cohere-v2': 'cohere/command-a-03-2025',
} as const

describe.each(['openai-chat', 'anthropic-messages', 'gemini', 'cohere-v2'] as const)('an Ollama client on a %s provider', (protocol) => {
  it.each(answers(protocol))('hears $what', async ({ body, stream, headers, expected }) => {
    for (const size of stream ? CUTS : [Number.POSITIVE_INFINITY]) {
      upstream.answer(replay(body, { headers, size }))
      const response = await post('/api/chat', {
        model: MODELS[protocol],
        messages: [{ role: 'user', content: 'hello' }],
        tools: [{ type: 'function', function: { name: 'lookup', parameters: { type: 'object', properties: {} } } }],
        options: { num_predict: 300 },
        // streaming is what it does unless told not to
        ...(stream ? {} : { stream: false }),
      })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toMatch(stream ? /^application\/x-ndjson/ : /^application\/json/)
      const lines = stream ? await linesOf(response) : [(await response.json()) as Line]
      const last = lines.at(-1)
      expect(lines.map((line) => line.message?.content ?? '').join(''), `cut at ${size}`).toBe(expected.text)
      expect(lines.flatMap((line) => line.message?.tool_calls ?? []).map((call) => call.function)).toMatchObject(expected.calls)
      expect(lines.map((line) => line.done)).toEqual(lines.map((line) => line === last))
      expect(last).toMatchObject({ done: true, done_reason: expected.finish === 'length' ? 'length' : 'stop' })
      expect({ input: last?.prompt_eval_count, output: last?.eval_count }).toEqual({ input: expected.input, output: expected.output })
    }
  })
})

it('completes one prompt', async () => {
  upstream.answer(
    answerJson({
      choices: [{ index: 0, message: { role: 'assistant', content: '{"a":1}' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 2 },
    }),
  )
  const response = await post('/api/generate', {
    model: 'openai/gpt-4o-mini',
    prompt: 'Say it',
    system: 'In JSON',
    format: 'json',
    stream: false,
    keep_alive: '5m',
  })
  expect(await response.json()).toMatchObject({ response: '{"a":1}', done: true, prompt_eval_count: 3, eval_count: 2 })
  expect(JSON.parse(upstream.seen.at(-1)?.body ?? '')).toMatchObject({
    messages: [
      { role: 'system', content: 'In JSON' },
      { role: 'user', content: 'Say it' },
    ],
    response_format: { type: 'json_object' },
  })
  expect(response.headers.get('x-switchyard-dropped')).toBeNull()
  expect((await test.rows(1))[0]).toMatchObject({ dialect: 'ollama-generate', outcome: 'ok' })
})

it('finds results to calls by the name of the tool', async () => {
  upstream.answer(answerJson({ choices: [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }] }))
  const call = (name: string) => ({ function: { name, arguments: { city: name } } })
  await post('/api/chat', {
    model: 'openai/gpt-4o-mini',
    stream: false,
    messages: [
      { role: 'user', content: 'both' },
      { role: 'assistant', content: '', tool_calls: [call('a'), call('b')] },
      { role: 'tool', tool_name: 'b', content: 'of b' },
      { role: 'tool', tool_name: 'a', content: 'of a' },
    ],
  })
  const sent = JSON.parse(upstream.seen.at(-1)?.body ?? '') as { messages: { tool_calls?: { id: string }[]; tool_call_id?: string; content: string }[] }
  const [, assistant, ofB, ofA] = sent.messages
  expect(ofA).toMatchObject({ tool_call_id: assistant?.tool_calls?.[0]?.id, content: 'of a' })
  expect(ofB).toMatchObject({ tool_call_id: assistant?.tool_calls?.[1]?.id, content: 'of b' })
})

it('is told in its own way when the answer breaks off', async () => {
  upstream.answer((_seen, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(`data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta: { content: 'half' }, finish_reason: null }] })}\n\n`)
    setImmediate(() => response.destroy())
  })
  const lines = await linesOf(await post('/api/chat', { model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'x' }] }))
  expect(lines[0]?.message?.content).toBe('half')
  expect(lines.at(-1)).toEqual({ error: expect.stringContaining('broke off') })
})

describe('the official client', () => {
  const ollama = (): Ollama => new Ollama({ host: test.address, headers: { authorization: `Bearer ${TEST_KEYS.client}` } })

  it.each(['openai-chat', 'anthropic-messages', 'gemini', 'cohere-v2'] as const)('chats with a %s provider', async (protocol) => {
    for (const { body, stream, headers, expected } of answers(protocol)) {
      upstream.answer(replay(body, { headers, size: 7 }))
      const request = { model: MODELS[protocol], messages: [{ role: 'user', content: 'hello' }] }
      const pieces = []
      if (stream) for await (const piece of await ollama().chat({ ...request, stream: true })) pieces.push(piece)
      else pieces.push(await ollama().chat(request))
      expect(pieces.map(({ message }) => message.content).join('')).toBe(expected.text)
      const calls = pieces.flatMap(({ message }) => message.tool_calls ?? [])
      expect(calls.map((call) => call.function)).toMatchObject(expected.calls)
      expect(pieces.at(-1)).toMatchObject({ done: true, prompt_eval_count: expected.input, eval_count: expected.output })
    }
  })

  it('completes, embeds, lists, shows and asks for the version', async () => {
    const choices = [{ index: 0, message: { role: 'assistant', content: 'Hi.' }, finish_reason: 'stop' }]
    upstream.answer(answerJson({ choices, usage: { prompt_tokens: 3, completion_tokens: 2 } }))
    expect(await ollama().generate({ model: 'openai/gpt-4o-mini', prompt: 'Say it' })).toMatchObject({ response: 'Hi.', done: true })
    upstream.answer(answerJson({ data: [{ index: 0, embedding: [0.5, 1] }], usage: { prompt_tokens: 2 } }))
    expect((await ollama().embed({ model: 'openai/text-embedding-3-small', input: 'a' })).embeddings).toEqual([[0.5, 1]])
    const { models } = await ollama().list()
    expect(models.length).toBeGreaterThan(1)
    expect((await ollama().show({ model: models[0]?.name ?? '' })).capabilities).toContain('completion')
    expect(await ollama().version()).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/) })
  })

  it('throws what it is told when a provider refuses', async () => {
    upstream.answer(answerJson({ error: { message: 'No such thing.', type: 'invalid_request_error' } }, 400))
    await expect(ollama().chat({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'x' }] })).rejects.toThrow(/No such thing/)
  })
})

describe('the other routes', () => {
  const get = (path: string, key: string | undefined = TEST_KEYS.client): Promise<Response> =>
    fetch(test.address + path, { headers: key === undefined ? {} : { authorization: `Bearer ${key}` } })

  it('list and show models', async () => {
    const { models } = (await (await get('/api/tags')).json()) as { models: { name: string; model: string; modified_at: string; digest: string }[] }
    const [first] = models
    expect(first).toMatchObject({ name: first?.model, modified_at: expect.stringMatching(/^\d{4}-/), digest: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const shown = await post('/api/show', { model: first?.name })
    expect(await shown.json()).toMatchObject({ capabilities: expect.arrayContaining(['completion']), model_info: expect.any(Object) })
    const missing = await post('/api/show', { model: 'nobody/none' })
    expect(missing.status).toBe(404)
    expect(await missing.json()).toEqual({ error: expect.stringContaining('nobody/none') })
  })

  it('tell a version without a key, and nothing else', async () => {
    expect(await (await get('/api/version', '')).json()).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/) })
    for (const response of [await get('/api/tags', ''), await post('/api/chat', { model: 'demo/echo', messages: [] }, '')]) {
      expect(response.status).toBe(401)
      expect(await response.json()).toEqual({ error: expect.stringMatching(/wants a client key.*Unlike Ollama/) })
    }
  })

  it('make embeddings', async () => {
    upstream.answer(answerJson({ data: [{ index: 0, embedding: [0.5, 1] }], usage: { prompt_tokens: 2 } }))
    const embed = await post('/api/embed', { model: 'openai/text-embedding-3-small', input: ['a'] })
    expect(await embed.json()).toMatchObject({ model: 'openai/text-embedding-3-small', embeddings: [[0.5, 1]], prompt_eval_count: 2 })
    const legacy = await post('/api/embeddings', { model: 'openai/text-embedding-3-small', prompt: 'a' })
    expect(await legacy.json()).toEqual({ embedding: [0.5, 1] })
  })

  it('leave OpenRouter’s and the workbench’s paths alone', async () => {
    expect(await (await get('/api/v1/models')).json()).toMatchObject({ object: 'list' })
    expect((await post('/api/traffic.list', {})).status).not.toBe(200)
  })
})
