import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MatrixSpec } from '../../shared/api/matrix.ts'
import type { SettingsInput } from '../../shared/settings.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'

const answered = (content: string) => ({
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
})
const QUESTION = 'Why does the number of open files of this server grow over night?'

let upstream: FakeUpstream
let running: TestGateway
let clock: number
const start = async (settings: SettingsInput = {}) => {
  running = await startGateway({ upstream: upstream.url, settings, now: () => clock })
  await running.gateway.ready()
}
beforeEach(async () => {
  clock = Date.now()
  upstream = await fakeUpstream()
  upstream.answer((seen, response) => answerJson(answered('Probably a leak.'))(seen, response))
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

async function told<T>(call: Promise<{ ok: true; value: T } | { ok: false; failure: { message: string } }>): Promise<T> {
  const result = await call
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}
const evidence = async () =>
  (await told(running.client['auto.evidence']({ limit: 100 }))).map(({ signal, model, prompt, quality }) => ({ signal, model, prompt, quality }))
let sent = 0
/** Asks and waits until the row is closed. */
const ask = async (messages: readonly { role: string; content: string }[], model = 'openai/gpt-4o-mini') => {
  const answer = await raw(`${running.address}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}` },
    body: JSON.stringify({ model, messages }),
  })
  expect(answer.status, answer.text).toBe(200)
  await running.rows(++sent)
}
beforeEach(() => {
  sent = 0
})
const user = (content: string) => ({ role: 'user', content })
const earlier = [user('Hello, I need help with a server.'), { role: 'assistant', content: 'Gladly.' }]

describe('signs of a bad answer', () => {
  it('are seen where the same is asked again soon, also of another model', async () => {
    await start()
    await ask([user(QUESTION)])
    clock += 20_000
    await ask([user(QUESTION)], 'openai/gpt-5')
    await vi.waitFor(async () => expect(await evidence()).toEqual([{ signal: 're-asked', model: 'openai/gpt-4o-mini', prompt: QUESTION, quality: 0 }]))
  })

  it('are seen where a turn is worded anew, and not where the conversation goes on', async () => {
    await start()
    await ask([...earlier, user(QUESTION)])
    clock += 20_000
    await ask([...earlier, user(`${QUESTION} It runs Debian.`)])
    await vi.waitFor(async () => expect(await evidence()).toMatchObject([{ signal: 'edited', model: 'openai/gpt-4o-mini', prompt: QUESTION }]))
    clock += 20_000
    await ask([...earlier, user(`${QUESTION} It runs Debian.`), { role: 'assistant', content: 'Probably a leak.' }, user('How do I find the leak?')])
    clock += 20_000
    await ask([...earlier, user('What is the weather like in the mountains today, and shall I take a coat?')])
    expect(await evidence()).toHaveLength(1)
  })

  it('have one of a good answer beside them: two further turns that ask for other things', async () => {
    await start()
    const answer = { role: 'assistant', content: 'Probably a leak.' }
    const turns = [QUESTION, 'How do I list the files it holds open?', 'And which signal makes it read its configuration anew?', 'Thank you, that was it.']
    const upTo = (count: number) => turns.slice(0, count).flatMap((text, at) => (at === 0 ? [user(text)] : [answer, user(text)]))
    for (let count = 1; count <= 2; count++) {
      await ask(upTo(count))
      clock += 20_000
    }
    expect(await evidence()).toEqual([])
    await ask(upTo(3))
    await vi.waitFor(async () => expect(await evidence()).toEqual([{ signal: 'went-on', model: 'openai/gpt-4o-mini', prompt: QUESTION, quality: 0.9 }]))
    // it is no judgement that expectations are held against
    expect((await told(running.client['auto.report']({ past: 50 }))).calibration.judgements).toBe(0)
  })

  it.each([
    ['the next turn complains', 'No, that is not what I asked about at all.', 20_000],
    ['it comes sooner than anybody reads', 'How do I list the files it holds open?', 500],
    ['it comes hours later', 'How do I list the files it holds open?', 7_200_000],
  ])('have none of a good answer where %s', async (_why, second, passed) => {
    await start()
    const answer = { role: 'assistant', content: 'Probably a leak.' }
    await ask([user(QUESTION)])
    clock += passed
    await ask([user(QUESTION), answer, user(second)])
    clock += 20_000
    await ask([user(QUESTION), answer, user(second), answer, user('And which signal makes it read its configuration anew?')])
    expect(await evidence()).toEqual([])
  })

  it('are not read into programs that ask at once or much later, into first turns of one template, and into failed tries', async () => {
    await start()
    await ask([user(QUESTION)])
    await ask([user(QUESTION)])
    clock += 3_600_000
    await ask([user(QUESTION)])
    clock += 20_000
    await ask([user(`${QUESTION} It runs Debian.`)])
    clock += 20_000
    upstream.answer((seen, response) => answerJson({ error: { message: 'no', type: 'invalid_request_error' } }, 400)(seen, response))
    const failing = () =>
      raw(`${running.address}/v1/chat/completions`, {
        headers: { authorization: `Bearer ${TEST_KEYS.client}` },
        body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [user('Something that the provider refuses to answer.')] }),
      })
    expect((await failing()).status).toBe(400)
    clock += 20_000
    expect((await failing()).status).toBe(400)
    expect(await evidence()).toEqual([])
  })

  it.each([
    ['learning is switched off', { auto: { learns: { reAsked: false } } }],
    ['what was asked is not kept', { capture: 'errors' }],
  ] as const)('are left alone where %s', async (_why, settings) => {
    await start(settings)
    await ask([user(QUESTION)])
    clock += 20_000
    await ask([user(QUESTION)])
    expect(await evidence()).toEqual([])
  })

  it('are learned from a cached answer that is called wrong', async () => {
    await start({ cache: { use: 'everyone' } })
    await ask([user(QUESTION)])
    const [entry] = await vi.waitFor(async () => {
      const { rows } = await told(running.client['cache.list']({ sort: 'newest', limit: 10 }))
      expect(rows.length).toBe(1)
      return rows
    })
    await told(running.client['cache.wrong']({ key: entry?.key ?? '' }))
    expect(await evidence()).toMatchObject([{ signal: 'wrong', model: 'openai/gpt-4o-mini', quality: 0 }])
  })

  it('and of good ones are learned from the checks of a matrix', async () => {
    await start()
    upstream.answer((seen, response) =>
      answerJson(answered((JSON.parse(seen.body) as { model: string }).model.includes('mini') ? 'no idea' : 'Vienna'))(seen, response),
    )
    const spec: MatrixSpec = {
      name: 'capitals',
      prompts: [{ system: '', text: 'What is the capital of Austria?' }],
      models: ['openai/gpt-4o-mini', 'openai/gpt-4o'],
      rows: [],
      parameters: {},
      checks: [{ kind: 'contains', text: 'Vienna', ignoreCase: true }],
      concurrency: 1,
    }
    await told(running.client['matrix.start']({ spec }))
    await vi.waitFor(async () => expect((await evidence()).length).toBe(2))
    expect((await evidence()).map(({ signal, model, quality }) => [signal, model, quality]).toSorted()).toEqual([
      ['check', 'openai/gpt-4o', 1],
      ['check', 'openai/gpt-4o-mini', 0],
    ])
  })
})

describe('evidence', () => {
  it('moves the choice between two models, without waiting on a request', async () => {
    await start({ auto: { slider: 0.5, pairs: { pair: { strong: 'openai/gpt-5', cheap: 'openai/gpt-4o-mini' } } } })
    const choice = async (text: string) => {
      const body = { model: 'pair', messages: [user(text)] }
      const { decidedBy } = await told(running.client['routing.simulate']({ dialect: 'openai-chat', body, headers: {} }))
      return /: (openai\/[^,]+), /.exec(decidedBy)?.[1]
    }
    const tax = (at: number) => `Explain the deduction of depreciation for partnership number ${at}.`
    const before = await choice(tax(1_000))
    expect(before).toMatch(/^openai/)
    for (let at = 0; at < 60; at++) {
      await told(
        running.client['auto.addEvidence']({
          signal: 'vote',
          quality: before === 'openai/gpt-5' ? 1 : 0,
          of: { prompt: tax(at), model: 'openai/gpt-4o-mini' },
        }),
      )
    }
    await vi.waitFor(async () => expect(await choice(tax(1_000))).not.toBe(before), { timeout: 5_000 })
  })
})
