/** Where a request goes when its first place cannot serve it, in every dialect: longer contexts, other providers, other keys. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChatDialect } from '../../shared/chat.ts'
import type { SettingsInput } from '../../shared/settings.ts'
import { DIALECTS } from '../support/client-requests.ts'
import { type Answering, answerJson, type FakeUpstream, fakeUpstream, type Seen } from '../support/fake-upstream.ts'
import { GOOD_TEXT, good } from '../support/faults.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'

let upstream: FakeUpstream
let running: TestGateway
let answering: Answering = good

beforeEach(async () => {
  answering = good
  upstream = await fakeUpstream((seen, response) => answering(seen, response))
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

async function start(settings: SettingsInput = {}): Promise<void> {
  running = await startGateway({
    settings: { baseUrls: { openai: `${upstream.url}/openai`, groq: `${upstream.url}/groq` }, attempts: { backoffMs: 5, waitMs: 100 }, ...settings },
    environment: { GROQ_API_KEY: 'made-up-groq-key-00112233' },
  })
}

/** A request whose first model has another behind it, as clients of each dialect say that. */
function asked(dialect: ChatDialect, stream: boolean, model: string, next: string): { readonly path: string; readonly body: object } {
  const messages = [{ role: 'user', content: 'hi' }]
  const models = [next]
  switch (dialect) {
    case 'openai-chat':
      return { path: '/v1/chat/completions', body: { model, models, messages, stream } }
    case 'openai-responses':
      return { path: '/v1/responses', body: { model, models, input: 'hi', stream, store: false } }
    case 'openai-completions':
      return { path: '/v1/completions', body: { model, models, prompt: 'hi', stream } }
    case 'anthropic-messages':
      return { path: '/v1/messages', body: { model, fallbacks: [{ model: next }], messages, max_tokens: 64, stream } }
    case 'gemini':
      return {
        path: `/v1beta/models/${encodeURIComponent(model)}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
        body: { models, contents: [{ role: 'user', parts: [{ text: 'hi' }] }] },
      }
    case 'cohere-v2':
      return { path: '/v2/chat', body: { model, models, messages, stream } }
    case 'ollama-chat':
      return { path: '/api/chat', body: { model, models, messages, stream } }
    case 'ollama-generate':
      return { path: '/api/generate', body: { model, models, prompt: 'hi', stream } }
  }
}

async function ask(dialect: ChatDialect, stream: boolean, model: string, next: string): Promise<RawAnswer> {
  const { path, body } = asked(dialect, stream, model, next)
  return raw(running.address + path, { headers: { authorization: `Bearer ${TEST_KEYS.client}` }, body: JSON.stringify(body) })
}
const posts = (): readonly Seen[] => upstream.seen.filter(({ method }) => method === 'POST')
const modelsCalled = (): readonly string[] => posts().map(({ body }) => (JSON.parse(body) as { model: string }).model)
const refusing =
  (model: string, refusal: Answering): Answering =>
  (seen, response) =>
    (seen.body.includes(`"model":"${model}"`) ? refusal : good)(seen, response)

const TOO_LONG = answerJson({ error: { message: "This model's maximum context length is 8192 tokens.", code: 'context_length_exceeded' } }, 400)
const REFUSED = answerJson({ error: { message: 'Rejected by the content filter.', code: 'content_filter' } }, 400)
const WAYS = DIALECTS.flatMap((dialect) => [true, false].map((stream) => [dialect, stream ? 'streamed' : 'whole', stream] as const))

describe.each(WAYS)('by %s, %s', (dialect, _how, stream) => {
  it('what is too long for one model is answered by one that reads more', async () => {
    await start()
    answering = refusing('gpt-4', TOO_LONG)
    const answer = await ask(dialect, stream, 'openai/gpt-4', 'groq/llama-3.3-70b-versatile')
    expect(answer.status, answer.text).toBe(200)
    expect(answer.text).toContain(GOOD_TEXT)
    expect(modelsCalled()).toEqual(['gpt-4', 'llama-3.3-70b-versatile'])
    expect(answer.headers['x-switchyard-served-by']).toBe('groq/llama-3.3-70b-versatile')
  })

  it('what a provider refuses for its content goes on where the user says so', async () => {
    await start({ routing: { afterContentPolicy: true } })
    answering = refusing('gpt-4.1', REFUSED)
    const answer = await ask(dialect, stream, 'openai/gpt-4.1', 'groq/llama-3.3-70b-versatile')
    expect(answer.status, answer.text).toBe(200)
    expect(answer.text).toContain(GOOD_TEXT)
    expect(modelsCalled()).toEqual(['gpt-4.1', 'llama-3.3-70b-versatile'])
  })
})

describe('otherwise', () => {
  it('what is too long never goes to a model that reads less', async () => {
    await start()
    answering = refusing('gpt-4.1', TOO_LONG)
    const answer = await ask('openai-chat', false, 'openai/gpt-4.1', 'openai/gpt-4')
    expect(answer.status).toBe(400)
    expect(modelsCalled()).toEqual(['gpt-4.1'])
  })

  it('what is refused for its content stays refused', async () => {
    await start()
    answering = refusing('gpt-4.1', REFUSED)
    expect((await ask('openai-chat', false, 'openai/gpt-4.1', 'groq/llama-3.3-70b-versatile')).status).toBe(400)
    expect(modelsCalled()).toEqual(['gpt-4.1'])
  })
})

describe('keys of one provider', () => {
  const SECOND = 'made-up-openai-second-key-0b1c2d3e4f'
  const askChat = (): Promise<RawAnswer> =>
    raw(`${running.address}/v1/chat/completions`, {
      headers: { authorization: `Bearer ${TEST_KEYS.client}` },
      body: JSON.stringify({ model: 'openai/gpt-4.1', messages: [{ role: 'user', content: `hi ${Math.random()}` }] }),
    })
  const shown = (): readonly ('first' | 'second')[] => posts().map(({ headers }) => (headers.authorization?.endsWith(SECOND) === true ? 'second' : 'first'))
  const count = (which: 'first' | 'second'): number => shown().filter((each) => each === which).length

  /** Two keys, and what the user allows each. */
  async function withKeys(limits: readonly object[]): Promise<void> {
    await start({ attempts: { backoffMs: 5, waitMs: 0 } })
    await running.client['vault.choose']({ backend: 'memory' })
    const ids: string[] = []
    for (const secret of ['made-up-openai-first-key-1a2b3c4d5e', SECOND]) {
      const added = await running.client['keys.add']({ provider: 'openai', secret })
      if (!added.ok) throw new Error(added.failure.message)
      ids.push(added.value.credential.id)
    }
    const { value: settings } = (await running.client['settings.get']({})) as { value: { routing: object } }
    const keyLimits = Object.fromEntries(ids.map((id, index) => [id, limits[index] ?? {}]))
    const updated = await running.client['settings.update']({ routing: { ...settings.routing, keyLimits } as never })
    expect(updated.ok).toBe(true)
    upstream.seen.length = 0
  }

  it('share requests by their weights', async () => {
    await withKeys([{ weight: 3 }, { weight: 1 }])
    for (let batch = 0; batch < 20; batch++) await Promise.all(Array.from({ length: 20 }, askChat))
    expect(posts()).toHaveLength(400)
    // 300 are expected; 5 standard deviations are 43
    expect(count('first')).toBeGreaterThan(255)
    expect(count('first')).toBeLessThan(345)
  })

  it('are used in their order without weights', async () => {
    await withKeys([{}, {}])
    for (let time = 0; time < 5; time++) await askChat()
    expect(shown()).toEqual(Array.from({ length: 5 }, () => 'first'))
  })

  it('give way to the next at their requests of a minute, and wait when all have had theirs', async () => {
    await withKeys([{ rpm: 3 }, { rpm: 2 }])
    for (let time = 0; time < 5; time++) expect((await askChat()).status).toBe(200)
    expect(shown()).toEqual(['first', 'first', 'first', 'second', 'second'])
    const refused = await askChat()
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(30)
    expect(posts()).toHaveLength(5)
  })

  it('give way at their tokens of a minute', async () => {
    // an answer of the fake provider counts four
    await withKeys([{ tpm: 8 }, {}])
    for (let time = 0; time < 3; time++) {
      await askChat()
      await running.rows(time + 1)
    }
    expect(shown()).toEqual(['first', 'first', 'second'])
  })

  it('give way at their requests at once', async () => {
    await withKeys([{ concurrency: 1 }, {}])
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    answering = async (seen, response) => {
      await held
      return good(seen, response)
    }
    const first = askChat()
    await expect.poll(() => posts().length).toBe(1)
    const second = askChat()
    await expect.poll(() => posts().length).toBe(2)
    expect(shown()).toEqual(['first', 'second'])
    release()
    expect((await first).status).toBe(200)
    expect((await second).status).toBe(200)
  })
})
