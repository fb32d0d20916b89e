/** A provider's count against what really went through, by the route that the window uses. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'

const usage = { prompt_tokens: 1200, completion_tokens: 30, total_tokens: 1230, prompt_tokens_details: { cached_tokens: 200 } }
const answer = {
  ...{ id: 'x', object: 'chat.completion', created: 1, model: 'gpt-5-mini', usage },
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
}

let upstream: FakeUpstream
let rig: TestGateway
beforeAll(async () => {
  upstream = await fakeUpstream(answerJson(answer))
  rig = await startGateway({ upstream: upstream.url })
})
afterAll(async () => {
  await rig.close()
  await upstream.close()
})

it('finds two requests of today again, in tokens and in cost, and names what is missing', async () => {
  for (const _ of [1, 2]) {
    const response = await fetch(`${rig.address}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json', 'x-switchyard-cache': 'off' },
      body: JSON.stringify({ model: 'openai/gpt-5-mini', messages: [{ role: 'user', content: 'Hello' }], temperature: 1 }),
    })
    expect(response.status).toBe(200)
    await response.text()
  }
  const rows = await rig.rows(2)
  const day = new Date(rows[0]?.at ?? 0).toISOString().slice(0, 10)
  const answered = rows.filter(({ servedBy }) => servedBy === 'openai/gpt-5-mini')
  const told = answered.filter(({ cache }) => cache?.kind === undefined || cache.kind === 'miss')
  const cost = told.reduce((sum, row) => sum + (row.cost ?? 0), 0)
  const asked = {
    provider: 'openai',
    groups: [
      { day, model: 'gpt-5-mini-2025-08-07', input: 1200 * told.length, output: 30 * told.length, cost },
      { day, model: 'gpt-5', input: 10, output: 1, cost: 5_000_000_000 },
    ],
  }
  const found = await rig.client['costs.reconcile'](asked)
  if (!found.ok) throw new Error(found.failure.message)
  expect(found.value.rows.map(({ model, kind }) => [model, kind])).toEqual([
    ['gpt-5', 'missing-here'],
    ['gpt-5-mini-2025-08-07', 'matched'],
  ])
  expect(found.value.rows[1]).toMatchObject({ theirs: { cost }, ours: { cost, input: 1200 * told.length, output: 30 * told.length } })
  expect(cost).toBeGreaterThan(0)
  expect(found.value.difference).toEqual({ input: 10, output: 1, cost: 5_000_000_000 })
})

it('refuses a period that is too long, and what is no day', async () => {
  const far = await rig.client['costs.reconcile']({
    provider: 'openai',
    groups: [
      { day: '2024-01-01', model: 'm', input: 1 },
      { day: '2026-01-01', model: 'm', input: 1 },
    ],
  })
  expect(far).toMatchObject({ ok: false, failure: { kind: 'bad-input', message: expect.stringContaining('732 days') } })
  expect(await rig.client['costs.reconcile']({ provider: 'openai', groups: [{ day: '2026-02-30', model: 'm' }] })).toMatchObject({ ok: false })
})
