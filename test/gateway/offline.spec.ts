/** A machine without a network, as the engine's own requests show it: names that no resolver knows, of two providers. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'

let upstream: FakeUpstream
let rig: TestGateway
beforeAll(async () => {
  upstream = await fakeUpstream(
    answerJson({
      ...{ id: 'x', object: 'chat.completion', created: 1, model: 'm', usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } },
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
    }),
  )
  rig = await startGateway({
    settings: {
      baseUrls: { openai: 'https://openai.invalid/v1', anthropic: 'https://anthropic.invalid/v1', openrouter: `${upstream.url}/api/v1` },
      attempts: { backoffMs: 1, waitMs: 1 },
    },
    environment: { OPENROUTER_API_KEY: 'made-up-openrouter-key-1a2b3c' },
  })
})
afterAll(async () => {
  await rig.close()
  await upstream.close()
})

const ask = (model: string): Promise<Response> =>
  fetch(`${rig.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: `Hello ${model}` }] }),
  })

const offlineSince = async (): Promise<number | undefined> => {
  const status = await rig.client['connect.status']({})
  if (!status.ok) throw new Error(status.failure.message)
  return status.value.offlineSince
}

it('tells the window when it goes, while local models answer, and when the first provider answers again', async () => {
  const stop = new AbortController()
  const topics: string[] = []
  const watching = (async () => {
    for await (const { topic } of rig.client['live.changes']({}, stop.signal)) topics.push(topic)
  })().catch(() => undefined)
  expect(await offlineSince()).toBeUndefined()

  for (const model of ['openai/gpt-5-mini', 'anthropic/claude-haiku-4-5']) expect((await ask(model)).ok).toBe(false)
  expect(await offlineSince()).toEqual(expect.any(Number))
  await expect.poll(() => topics).toContain('network')
  // this machine needs no network for its own
  expect((await ask('demo/swift')).status).toBe(200)
  expect(await offlineSince()).toEqual(expect.any(Number))

  expect((await ask('openrouter/openai/gpt-5-mini')).status).toBe(200)
  expect(await offlineSince()).toBeUndefined()

  for (const model of ['openai/gpt-5-mini', 'anthropic/claude-haiku-4-5']) await ask(model)
  stop.abort()
  await watching
})

it('forgets it when the window knows better', async () => {
  await rig.client['connect.networkIsBack']({})
  expect(await offlineSince()).toBeUndefined()
})
