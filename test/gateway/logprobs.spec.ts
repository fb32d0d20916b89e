/** Probabilities of tokens on whole requests, asked for and told in another dialect than the provider's. Answers are written from documentation. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Answering, answerJson, type FakeUpstream, fakeUpstream, replay } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'

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

const headers = { authorization: `Bearer ${TEST_KEYS.client}` }
const post = (path: string, body: object): ReturnType<typeof raw> => raw(`${running.address}${path}`, { headers, body: JSON.stringify(body) })
const sent = (): Record<string, unknown> => JSON.parse(upstream.seen.at(-1)?.body ?? '{}') as Record<string, unknown>
interface Told {
  readonly type?: string
  readonly choices: readonly { readonly delta: object; readonly logprobs?: object | null }[]
  readonly logprobs?: unknown
  readonly response?: unknown
}
const dataOf = (stream: string): Told[] => stream.split('\n').flatMap((line) => (line.startsWith('data: {') ? [JSON.parse(line.slice(6)) as Told] : []))

const geminiStep = (text: string, logProbability: number, more: object = {}): object => ({
  candidates: [
    {
      content: { role: 'model', parts: [{ text }] },
      index: 0,
      logprobsResult: {
        topCandidates: [
          {
            candidates: [
              { token: text, tokenId: 7, logProbability },
              { token: 'No', tokenId: 8, logProbability: -3 },
            ],
          },
        ],
        chosenCandidates: [{ token: text, tokenId: 7, logProbability }],
      },
      ...more,
    },
  ],
  usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 2, totalTokenCount: 5 },
  modelVersion: 'm',
  responseId: 'r',
})
const last = { finishReason: 'STOP' }
const gemini: Answering = (seen, response) =>
  seen.url.includes('stream')
    ? replay(Buffer.from([geminiStep('Yes', -0.5), geminiStep('é', -0.25, last)].map((step) => `data: ${JSON.stringify(step)}\n\n`).join('')))(seen, response)
    : answerJson(geminiStep('Yes', -0.5, last))(seen, response)

const yes = {
  token: 'Yes',
  logprob: -0.5,
  bytes: [89, 101, 115],
  top_logprobs: [
    { token: 'Yes', logprob: -0.5, bytes: [89, 101, 115] },
    { token: 'No', logprob: -3, bytes: [78, 111] },
  ],
}
const chat = { model: 'google/gemini-2.0-flash', messages: [{ role: 'user', content: 'hi' }], logprobs: true, top_logprobs: 2 }
const responses = { model: 'google/gemini-2.0-flash', input: 'hi', include: ['message.output_text.logprobs'], top_logprobs: 2 }

describe('logprobs of Gemini', () => {
  beforeEach(() => upstream.answer(gemini))
  const isAsked = (dropped: unknown): void => {
    expect(sent().generationConfig).toMatchObject({ responseLogprobs: true, logprobs: 2 })
    expect(dropped).toBeUndefined()
  }

  it('reach chat clients whole', async () => {
    const answer = await post('/v1/chat/completions', chat)
    isAsked(answer.headers['x-switchyard-dropped'])
    expect(answer.json<{ choices: unknown[] }>().choices).toMatchObject([{ message: { content: 'Yes' }, logprobs: { content: [yes], refusal: null } }])
  })

  it('reach chat clients streamed, each beside its text', async () => {
    const answer = await post('/v1/chat/completions', { ...chat, stream: true })
    isAsked(answer.headers['x-switchyard-dropped'])
    const told = dataOf(answer.text).flatMap(({ choices }) => choices.filter(({ logprobs }) => logprobs !== null))
    expect(told).toMatchObject([
      { delta: { content: 'Yes' }, logprobs: { content: [yes] } },
      { delta: { content: 'é' }, logprobs: { content: [{ token: 'é', logprob: -0.25, bytes: [195, 169] }] } },
    ])
  })

  it.each([false, true])('reach Responses clients (streamed: %s)', async (stream) => {
    const answer = await post('/v1/responses', { ...responses, stream })
    isAsked(answer.headers['x-switchyard-dropped'])
    const events = stream ? dataOf(answer.text) : []
    const whole: unknown = stream ? events.at(-1)?.response : answer.json()
    const tokens = stream ? ['Yes', 'é'] : ['Yes']
    expect(whole).toMatchObject({ output: [{ content: [{ text: tokens.join(''), logprobs: tokens.map((token) => ({ token })) }] }] })
    expect(events.filter(({ type }) => type === 'response.output_text.delta').map(({ logprobs }) => logprobs)).toMatchObject(
      stream ? [[yes], [{ token: 'é' }]] : [],
    )
  })
})

describe('logprobs of chat completions', () => {
  const choice = { index: 0, logprobs: { content: [yes], refusal: null }, finish_reason: null }
  const chunk = (choices: object[]): string => `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices })}\n\n`
  beforeEach(() =>
    upstream.answer((seen, response) =>
      (seen.body.includes('"stream":true')
        ? replay(
            Buffer.from(
              `${chunk([{ ...choice, delta: { role: 'assistant', content: 'Yes' } }])}${chunk([{ index: 0, delta: {}, finish_reason: 'stop' }])}data: [DONE]\n\n`,
            ),
          )
        : answerJson({
            ...{ id: 'c', object: 'chat.completion', created: 1, model: 'm' },
            choices: [{ ...choice, message: { role: 'assistant', content: 'Yes' }, finish_reason: 'stop' }],
          }))(seen, response),
    ),
  )

  it.each(['generateContent', 'streamGenerateContent?alt=sse'])('reach Gemini clients (%s)', async (method) => {
    const body = { contents: [{ role: 'user', parts: [{ text: 'hi' }] }], generationConfig: { responseLogprobs: true, logprobs: 2 } }
    const answer = await post(`/v1beta/models/openai/gpt-4o-mini:${method}`, body)
    expect(answer.status, answer.text).toBe(200)
    expect(sent()).toMatchObject({ logprobs: true, top_logprobs: 2 })
    expect(answer.headers['x-switchyard-dropped']).toBeUndefined()
    const steps = method === 'generateContent' ? [answer.json()] : dataOf(answer.text)
    const [told] = steps.filter((step) => JSON.stringify(step).includes('logprobsResult'))
    expect(told).toMatchObject({
      candidates: [
        {
          content: { parts: [{ text: 'Yes' }] },
          logprobsResult: {
            chosenCandidates: [{ token: 'Yes', logProbability: -0.5 }],
            topCandidates: [{ candidates: [{ token: 'Yes' }, { token: 'No', logProbability: -3 }] }],
          },
        },
      ],
    })
  })
})

describe('logprobs where they cannot be had', () => {
  it('are named as dropped, and refused to whoever insists', async () => {
    upstream.answer(
      answerJson({
        ...{ id: 'msg', type: 'message', role: 'assistant', model: 'm', stop_reason: 'end_turn', stop_sequence: null },
        ...{ content: [{ type: 'text', text: 'fine' }], usage: { input_tokens: 3, output_tokens: 1 } },
      }),
    )
    const request = { ...chat, model: 'anthropic/claude-sonnet-4-5' }
    const answer = await post('/v1/chat/completions', request)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.headers['x-switchyard-dropped']?.toString().split(', ').toSorted()).toEqual(['logprobs', 'top_logprobs'])
    const refused = await post('/v1/chat/completions', { ...request, provider: { require_parameters: true } })
    expect(refused.status).toBe(400)
    expect(refused.text).toMatch(/cannot carry .*logprobs.*provider\.require_parameters is set/)
    expect(upstream.seen).toHaveLength(1)
  })

  it('are left out for a Gemini model that has them not enabled', async () => {
    const message = 'Logprobs is not enabled for models/gemini-2.0-flash'
    upstream.answer((seen, response) =>
      (seen.body.includes('responseLogprobs') ? answerJson({ error: { code: 400, message, status: 'INVALID_ARGUMENT' } }, 400) : gemini)(seen, response),
    )
    const request = { ...chat, temperature: 0.5 }
    for (const tries of [2, 3]) {
      const answer = await post('/v1/chat/completions', request)
      expect(answer.status, answer.text).toBe(200)
      expect(answer.headers['x-switchyard-dropped']).toBe('generationConfig.responseLogprobs')
      expect(sent().generationConfig).toEqual({ temperature: 0.5 })
      expect(upstream.seen).toHaveLength(tries)
    }
  })
})

describe('several answers at once (n)', () => {
  const choices = [0, 1].map((index) => ({ index, message: { role: 'assistant', content: `fine ${index}` }, finish_reason: 'stop' }))
  const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }

  it('are relayed where the dialect is the same', async () => {
    upstream.answer(answerJson({ id: 'c', object: 'chat.completion', created: 1, model: 'm', choices, usage }))
    const request = { model: 'openai/gpt-4o-mini', messages: chat.messages, n: 2 }
    const answer = await post('/v1/chat/completions', request)
    expect(sent().n).toBe(2)
    expect(answer.headers['x-switchyard-dropped']).toBeUndefined()
    expect(answer.json<{ choices: unknown[] }>().choices).toHaveLength(2)
    const strict = await post('/v1/chat/completions', { ...request, provider: { require_parameters: true } })
    expect(strict.status, strict.text).toBe(200)
  })

  it('are refused where it is another, and a host that gives them is found', async () => {
    const answer = await post('/v1/chat/completions', { model: chat.model, messages: chat.messages, n: 2 })
    expect(answer.status).toBe(400)
    expect(answer.json()).toMatchObject({ error: { param: 'n', message: expect.stringContaining('n asks for more') } })
    const body = { contents: [{ role: 'user', parts: [{ text: 'hi' }] }], generationConfig: { candidateCount: 2 } }
    const other = await post('/v1beta/models/openai/gpt-4o-mini:generateContent', body)
    expect(other.status).toBe(400)
    expect(other.text).toContain('generationConfig.candidateCount')
    expect(upstream.seen).toEqual([])
    upstream.answer(answerJson({ id: 'c', object: 'chat.completion', created: 1, model: 'm', choices, usage }))
    const found = await post('/v1/chat/completions', { model: chat.model, models: ['openai/gpt-4o-mini'], messages: chat.messages, n: 2 })
    expect(found.status, found.text).toBe(200)
    expect(found.json<{ choices: unknown[] }>().choices).toHaveLength(2)
  })
})
