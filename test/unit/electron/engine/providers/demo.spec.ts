import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { UpstreamResponse } from '../../../../../electron/engine/attempt/send.ts'
import { Departure } from '../../../../../electron/engine/departure.ts'
import { SseSplitter } from '../../../../../electron/engine/protocols/sse.ts'
import { LABEL } from '../../../../../electron/engine/providers/demo/compose.ts'
import { demoModels } from '../../../../../electron/engine/providers/demo/models.ts'
import { demoProvider } from '../../../../../electron/engine/providers/demo/provider.ts'
import type { JsonObject } from '../../../../../shared/chat.ts'
import { Failure } from '../../../../../shared/failure.ts'
import { CUTS, cut } from '../../../../support/recordings.ts'

const MODELS = demoModels.map(({ id }) => id)
const QUESTION = 'How do freight cars find their way through a hump yard?'

interface Answer {
  readonly id: string
  readonly created: number
  readonly choices: readonly { readonly message: Message; readonly delta: Partial<Message>; readonly finish_reason: string | null }[]
  readonly usage: {
    readonly prompt_tokens: number
    readonly completion_tokens: number
    readonly total_tokens: number
    readonly completion_tokens_details: { reasoning_tokens: number }
  }
  readonly error: { readonly message: string; readonly type: string; readonly param: string | null; readonly code: string | null }
}

interface Message {
  readonly content: string | null
  readonly reasoning_content?: string
  readonly tool_calls?: readonly { readonly index: number; readonly id?: string; readonly function: { readonly name?: string; readonly arguments: string } }[]
}

/** Sleeps are noted and take no time, unless they are longer than any answer: those end only by the signal. */
function demo() {
  const slept: number[] = []
  const provider = demoProvider({
    now: () => 1_790_000_000_000,
    sleep: async (ms, signal) => {
      slept.push(ms)
      if (ms > 1e8) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('slept no longer')), { once: true }))
    },
  })
  const post = (body: unknown, signal = new AbortController().signal): Promise<UpstreamResponse> => {
    if (!provider.send) throw new Error('the demo provider sends by itself')
    return provider.send(
      { method: 'POST', url: `${provider.baseUrl}/chat/completions`, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) },
      Departure.of(signal),
    )
  }
  return { slept, post, provider }
}

async function read(response: UpstreamResponse): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of response.body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function whole(body: JsonObject): Promise<Answer> {
  return JSON.parse((await read(await demo().post(body))).toString()) as Answer
}

function events(bytes: Uint8Array, size: number = Number.POSITIVE_INFINITY): readonly string[] {
  const splitter = new SseSplitter()
  const frames = cut(bytes, size).flatMap((piece) => splitter.push(piece))
  const last = splitter.end()
  return [...frames, ...(last ? [last] : [])].flatMap(({ event }) => (event ? [event.data] : []))
}

function ask(model: string, content: string = QUESTION, more: JsonObject = {}): JsonObject {
  return { model, messages: [{ role: 'user', content }], ...more }
}

const streamed = { stream: true, stream_options: { include_usage: true } }

describe.each(MODELS)('demo/%s', (model) => {
  it('says first that it is simulated, and quotes the question', async () => {
    const { content } = (await whole(ask(model))).choices[0]?.message ?? {}
    expect(content?.startsWith(`${LABEL}\n`)).toBe(true)
    expect(content).toContain('How do freight cars')
  })

  it('gives the same answer to the same request, and another to another', async () => {
    const [first, second, other] = await Promise.all([whole(ask(model)), whole(ask(model)), whole(ask(model, 'Write a haiku'))])
    expect(second).toEqual(first)
    expect(other.choices[0]?.message.content).not.toBe(first.choices[0]?.message.content)
  })

  it('streams the answer that it gives whole, with the same usage', async () => {
    const answer = await whole(ask(model))
    const bytes = await read(await demo().post(ask(model, QUESTION, streamed)))
    for (const size of CUTS) {
      const data = events(bytes, size)
      expect(data.at(-1)).toBe('[DONE]')
      const chunks = data.slice(0, -1).map((text) => JSON.parse(text) as Answer)
      expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(answer.choices[0]?.message.content)
      expect(chunks.map(({ choices }) => choices[0]?.delta.reasoning_content ?? '').join('')).toBe(answer.choices[0]?.message.reasoning_content ?? '')
      expect(chunks.at(-1)).toMatchObject({ choices: [], usage: answer.usage })
      expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop')
      expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
    }
  })

  it('keeps usage to itself unless it was asked for', async () => {
    const data = events(await read(await demo().post(ask(model, QUESTION, { stream: true }))))
    expect(data.join()).not.toContain('usage')
  })

  it('counts tokens that add up', async () => {
    const { usage, choices } = await whole(ask(model))
    expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens)
    expect(usage.prompt_tokens).toBe(Math.ceil(QUESTION.length / 4))
    const { content, reasoning_content: reasoning = '' } = choices[0]?.message ?? {}
    expect(usage.completion_tokens_details.reasoning_tokens).toBe(Math.ceil(reasoning.length / 4))
    expect(usage.completion_tokens).toBe(Math.ceil(reasoning.length / 4) + Math.ceil((content ?? '').length / 4))
  })

  it('stops where it was told to', async () => {
    const { choices, usage } = await whole(ask(model, QUESTION, { max_completion_tokens: 8 }))
    expect(choices[0]?.finish_reason).toBe('length')
    expect(usage.completion_tokens).toBeLessThanOrEqual(8)
  })

  it.each(['', '🚂'.repeat(60), '| a | `b` |\n\n# c', 'x'.repeat(20_000)])('has an answer to odd questions', async (question) => {
    const content = (await whole(ask(model, question))).choices[0]?.message.content ?? ''
    expect(content.startsWith(LABEL)).toBe(true)
    expect(content.isWellFormed()).toBe(true)
  })
})

describe('the manners of the models', () => {
  it('scholar thinks first, and the others do not', async () => {
    for (const model of MODELS) expect((await whole(ask(model))).choices[0]?.message.reasoning_content !== undefined).toBe(model === 'scholar')
  })

  it('steady writes Markdown of every kind', async () => {
    const content = (await whole(ask('steady'))).choices[0]?.message.content
    for (const mark of [/^## /m, /^1\. /m, /^- /m, /^\| --- /m, /^```ts$/m]) expect(content).toMatch(mark)
  })

  it('answers grow from swift to steady to scholar', async () => {
    const lengths = await Promise.all(['swift', 'steady', 'scholar'].map(async (model) => (await whole(ask(model))).usage.completion_tokens))
    expect(lengths).toEqual([...lengths].sort((first, second) => first - second))
  })

  it('later turns are noticed', async () => {
    const messages = [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'Hi' },
      { role: 'user', content: [{ type: 'text', text: QUESTION }] },
    ]
    expect((await whole({ model: 'swift', messages })).choices[0]?.message.content).toContain('turn 2')
  })
})

describe('the clerk', () => {
  const tool = (name: string, description: string, parameters: JsonObject) => ({ type: 'function', function: { name, description, parameters } })
  const weather = tool('get_weather', 'Weather of a city', {
    type: 'object',
    properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 1, maximum: 10 }, unit: { enum: ['c', 'f'] } },
    required: ['city', 'days'],
  })
  const tools = [tool('send_mail', 'Sends a letter', { type: 'object', properties: { to: { type: 'string', format: 'email' } } }), weather]

  it('calls the tool that fits, with arguments that fit', async () => {
    const { choices } = await whole(ask('clerk', 'What is the weather in Paris for 3 days?', { tools }))
    const call = choices[0]?.message.tool_calls?.[0]
    expect(choices[0]?.finish_reason).toBe('tool_calls')
    expect(call?.function.name).toBe('get_weather')
    expect(JSON.parse(call?.function.arguments ?? '')).toMatchObject({ days: 3, city: expect.stringContaining('simulated') })
  })

  it('calls the tool that was demanded, and none when none is wanted', async () => {
    const demanded = await whole(ask('clerk', 'What is the weather?', { tools, tool_choice: { type: 'function', function: { name: 'send_mail' } } }))
    expect(demanded.choices[0]?.message.tool_calls?.[0]?.function.name).toBe('send_mail')
    const unwanted = await whole(ask('clerk', 'What is the weather?', { tools, tool_choice: 'none' }))
    expect(unwanted.choices[0]?.message.tool_calls).toBeUndefined()
  })

  it('streams a call in pieces that join to the same arguments', async () => {
    const question = 'What is the weather in Paris for 3 days?'
    const answer = await whole(ask('clerk', question, { tools }))
    const chunks = events(await read(await demo().post(ask('clerk', question, { tools, ...streamed }))))
      .slice(0, -1)
      .map((text) => JSON.parse(text) as Answer)
    const pieces = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? [])
    expect(pieces[0]).toMatchObject({ index: 0, id: answer.choices[0]?.message.tool_calls?.[0]?.id, function: { name: 'get_weather', arguments: '' } })
    expect(pieces.map((piece) => piece.function.arguments).join('')).toBe(answer.choices[0]?.message.tool_calls?.[0]?.function.arguments)
    expect(chunks.at(-1)?.usage).toEqual(answer.usage)
  })

  it('reads what the tool answered and then speaks', async () => {
    const messages = [
      { role: 'user', content: 'Weather?' },
      { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{}' } }] },
      { role: 'tool', tool_call_id: 'call_1', content: 'Rain until noon' },
    ]
    const { choices } = await whole({ model: 'clerk', messages, tools })
    expect(choices[0]?.finish_reason).toBe('stop')
    expect(choices[0]?.message.content).toContain('Rain until noon')
  })

  const schemas: Readonly<Record<string, JsonObject>> = {
    'an object with all that is common': {
      type: 'object',
      properties: {
        title: { type: 'string', maxLength: 20, minLength: 5 },
        score: { type: 'number', minimum: 2, maximum: 3 },
        count: { type: 'integer', exclusiveMinimum: 10, multipleOf: 5 },
        tags: { type: 'array', items: { type: 'string' }, minItems: 3 },
        kind: { enum: ['question', 'order'] },
        done: { type: 'boolean' },
        none: { type: 'null' },
        maybe: { anyOf: [{ type: 'null' }, { type: 'object', properties: { at: { type: 'string', format: 'date-time' } }, required: ['at'] }] },
        fixed: { const: 7 },
      },
      required: ['title', 'score', 'count', 'tags', 'kind', 'done', 'none', 'maybe', 'fixed'],
      additionalProperties: false,
    },
    'references and parts of a whole': {
      $defs: { name: { type: 'string' }, aged: { type: 'object', properties: { age: { type: 'integer' } }, required: ['age'] } },
      allOf: [{ $ref: '#/$defs/aged' }, { type: 'object', properties: { name: { $ref: '#/$defs/name' } }, required: ['name'] }],
    },
    'a list at the top': { type: 'array', items: { type: ['string', 'null'] }, maxItems: 1 },
  }

  it.each(Object.entries(schemas))('answers with JSON that fits %s', async (_what, schema) => {
    const { choices } = await whole(ask('clerk', QUESTION, { response_format: { type: 'json_schema', json_schema: { name: 'answer', schema, strict: true } } }))
    const value: unknown = JSON.parse(choices[0]?.message.content ?? '')
    expect(z.fromJSONSchema(structuredClone(schema) as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value)).toMatchObject({ success: true })
  })

  it('ends for a schema that refers to itself', async () => {
    const schema = {
      $ref: '#/$defs/node',
      $defs: { node: { type: 'object', properties: { children: { type: 'array', items: { $ref: '#/$defs/node' } } }, required: ['children'] } },
    }
    const { choices } = await whole(ask('clerk', QUESTION, { response_format: { type: 'json_schema', json_schema: { name: 'tree', schema } } }))
    expect(Array.isArray((JSON.parse(choices[0]?.message.content ?? '') as JsonObject).children)).toBe(true)
  })

  it('labels an object of any shape', async () => {
    const { choices } = await whole(ask('clerk', QUESTION, { response_format: { type: 'json_object' } }))
    expect(JSON.parse(choices[0]?.message.content ?? '')).toMatchObject({ simulated: true })
  })
})

describe('what a prompt can ask for', () => {
  it.each([429, 503, 500, 401, 400])('an error of status %d in the shape of OpenAI', async (status) => {
    const response = await demo().post(ask('swift', `Hello\ndemo: fail ${status}`))
    expect(response.status).toBe(status)
    expect(response.headers['retry-after']).toBe(status === 429 || status === 503 ? '1' : undefined)
    expect(JSON.parse((await read(response)).toString())).toMatchObject({
      error: { message: expect.stringContaining(String(status)), type: expect.any(String) },
    })
  })

  it('an error of one model only, so that another answers', async () => {
    const prompt = 'demo: fail 503 for demo/swift\nHello'
    expect((await demo().post(ask('swift', prompt))).status).toBe(503)
    const other = await whole(ask('steady', prompt))
    expect(other.choices[0]?.message.content).not.toContain('demo:')
  })

  it('an answer that never begins, until the caller leaves', async () => {
    const controller = new AbortController()
    const pending = demo().post(ask('swift', 'demo: hang'), controller.signal)
    controller.abort()
    await expect(pending).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it('a stream that breaks off without a finish', async () => {
    const data = events(await read(await demo().post(ask('swift', 'demo: break', { stream: true }))))
    expect(data.length).toBe(12)
    expect(data.join()).not.toMatch(/"finish_reason":"|\[DONE\]/)
  })

  it('a stream that falls silent, until a timeout of ours ends it', async () => {
    const controller = new AbortController()
    const response = await demo().post(ask('swift', 'demo: stall', { stream: true }), controller.signal)
    const iterator = response.body[Symbol.asyncIterator]()
    for (let index = 0; index < 12; index++) expect((await iterator.next()).done).toBe(false)
    const silent = iterator.next()
    controller.abort(new Failure('timeout', 'silent for too long'))
    await expect(silent).rejects.toMatchObject({ kind: 'timeout' })
  })

  it('patience: ten times slower', async () => {
    const usual = demo()
    const slow = demo()
    await read(await usual.post(ask('swift', 'Hello there')))
    await read(await slow.post(ask('swift', 'Hello there\ndemo: slow')))
    expect(slow.slept[0]).toBe(10 * (usual.slept[0] ?? 0))
  })

  it('nothing by a line that only looks like it', async () => {
    expect((await demo().post(ask('swift', 'demo: fail 200'))).status).toBe(200)
    expect((await demo().post(ask('swift', 'say demo: hang, please'))).status).toBe(200)
  })
})

describe('the stream', () => {
  it('moves only when it is pulled', async () => {
    const { post, slept } = demo()
    const response = await post(ask('scholar', QUESTION, { stream: true }))
    const before = slept.length
    const iterator = response.body[Symbol.asyncIterator]()
    await iterator.next()
    await iterator.next()
    expect(slept.length).toBe(before + 1)
  })

  it('ends as soon as the caller leaves, in the middle of a pause too', async () => {
    const controller = new AbortController()
    const response = await demo().post(ask('scholar', QUESTION, { stream: true }), controller.signal)
    let received = 0
    await expect(
      (async () => {
        for await (const _ of response.body) if (++received === 5) controller.abort()
      })(),
    ).rejects.toMatchObject({ kind: 'cancelled' })
    expect(received).toBe(5)
  })

  it('is not begun for a caller who has left already', async () => {
    await expect(demo().post(ask('swift'), AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it('keeps the pace of its model', async () => {
    const pace = async (model: string) => {
      const { post, slept } = demo()
      const bytes = await read(await post(ask(model, QUESTION, streamed)))
      return slept.reduce((sum, ms) => sum + ms, 0) / bytes.length
    }
    expect(await pace('swift')).toBeLessThan(await pace('scholar'))
  })
})

describe('a request that makes no sense', () => {
  it.each([
    ['no JSON', '{"model":', 400, null],
    ['no object', '[]', 400, null],
    ['no model', { messages: [] }, 400, 'model'],
    ['another model', ask('gpt-5'), 404, 'model'],
    ['no messages', { model: 'swift' }, 400, 'messages'],
    ['no message in it', { model: 'swift', messages: [] }, 400, 'messages'],
    ['a message without a role', { model: 'swift', messages: [{ content: 'x' }] }, 400, 'messages[0].role'],
    ['content of a wrong type', { model: 'swift', messages: [{ role: 'user', content: 7 }] }, 400, 'messages[0].content'],
  ])('%s', async (_what, body, status, param) => {
    const response = await demo().post(body)
    expect(response.status).toBe(status)
    const { error } = JSON.parse((await read(response)).toString()) as Answer
    expect(error).toMatchObject({ type: 'invalid_request_error', param })
    expect(error.message).not.toBe('')
  })

  it('another address', async () => {
    const { provider } = demo()
    const response = await provider.send?.({ method: 'POST', url: `${provider.baseUrl}/embeddings`, headers: {}, body: '{}' }, new Departure())
    expect(response?.status).toBe(404)
  })
})
