/** What routing saved, from a request to the Costs screen's report. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'

const USAGE = { prompt_tokens: 1_000_000, completion_tokens: 0, total_tokens: 1_000_000 }
const ANSWER = {
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }],
}
const OWN = {
  version: 1,
  aliases: { small: { models: [{ model: 'openai/gpt-4.1-nano' }] } },
  rules: [{ name: 'thrift', when: { models: ['openai/gpt-4.1'] }, actions: [{ do: 'route', models: ['openai/gpt-4.1-mini'] }] }],
}

let upstream: FakeUpstream
let gateway: TestGateway

beforeEach(async () => {
  upstream = await fakeUpstream(answerJson({ ...ANSWER, usage: USAGE }))
  const dataDir = mkdtempSync(join(tmpdir(), 'switchyard-test-'))
  writeFileSync(join(dataDir, 'routing.json'), JSON.stringify(OWN))
  gateway = await startGateway({ upstream: upstream.url, dataDir })
})
afterEach(async () => {
  await gateway.close()
  await upstream.close()
})

async function ask(model: string): Promise<void> {
  const answer = await raw(`${gateway.address}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}` },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }] }),
  })
  expect(answer.status, answer.text).toBe(200)
}

it('is the difference to the model asked for, and nothing where nobody chose', async () => {
  await raw(`${gateway.address}/v1/models`, { method: 'GET', headers: { authorization: `Bearer ${TEST_KEYS.client}` } })
  for (const model of ['openai/gpt-4.1', 'openai/gpt-4.1-mini', 'small']) await ask(model)
  const rows = await gateway.rows(3)
  // $2.00 and $0.40 a million tokens of input, by OpenAI's price list
  expect(rows.map(({ routed }) => routed)).toEqual([undefined, undefined, { instead: 'openai/gpt-4.1', saved: 1_600_000_000 }])
  const now = Date.now()
  const report = await gateway.client['costs.report']({ from: now - 1, until: now, by: 'model' })
  expect(report.ok && report.value.saved.routing).toEqual({ amount: 1_600_000_000, leftOut: 0, byDay: [1_600_000_000] })
})
