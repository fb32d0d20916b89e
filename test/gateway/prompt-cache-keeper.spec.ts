/** What is warm in providers' prompt caches: listed with its worth, missed in the plan when a turn goes elsewhere, kept by a call that its user asks for. */

import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SettingsInput } from '../../shared/settings.ts'
import { dataFolder } from '../support/data-folder.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'
import { inEnglish } from '../support/in-english.ts'

let upstream: FakeUpstream
let running: TestGateway

/** As Anthropic's documentation has it; so much of the prompt is in its cache. */
const usage = { input_tokens: 20, cache_read_input_tokens: 90_000, cache_creation_input_tokens: 10_000, output_tokens: 1 }

beforeEach(async () => {
  upstream = await fakeUpstream((seen, response) => {
    const { model } = JSON.parse(seen.body) as { model: string }
    const said = seen.url.endsWith('/messages')
      ? {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          model,
          content: [{ type: 'text', text: 'Yes' }],
          stop_reason: 'end_turn',
          stop_sequence: null,
          usage,
        }
      : {
          ...{ id: 'c', object: 'chat.completion', created: 1, model },
          choices: [{ index: 0, message: { role: 'assistant', content: 'Yes' }, finish_reason: 'stop' }],
          usage: { prompt_tokens: 100_000, completion_tokens: 1, total_tokens: 100_001 },
        }
    return answerJson(said)(seen, response)
  })
  running = await startGateway({ upstream: upstream.url, settings: { promptCache: { anthropic: 'aggressive' } } })
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

const QUESTION = `Tell me about ${'cats '.repeat(2_000)}`
async function ask(model: string, more: object = {}): Promise<void> {
  const answer = await raw(`${running.address}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: QUESTION }], ...more }),
  })
  expect(answer.status).toBe(200)
}
async function listed() {
  const list = await running.client['promptCache.list']({})
  if (!list.ok) throw new Error(list.failure.message)
  return list.value
}
const SONNET = 'anthropic/claude-sonnet-4-5'

it('a prefix is listed with its place, its life and its worth', async () => {
  expect(await listed()).toEqual([])
  await ask(SONNET)
  await running.rows(1)
  const [prefix, ...others] = await listed()
  expect(others).toEqual([])
  expect(prefix).toMatchObject({
    ...{ endpoint: SONNET, model: SONNET, tokens: 100_000, key: { label: expect.any(String) } },
    title: expect.stringMatching(/^Tell me about cats/),
    // $3 a million against a tenth of that
    worth: 270_000_000,
    // $0.03 to read it, and one token of output at $15 a million
    keepWarm: { is: 'offered', cost: 30_015_000, keptForMs: 300_000 },
  })
  expect(JSON.stringify(prefix)).not.toContain(TEST_KEYS.client)
})

it('a prompt that was not marked leaves nothing warm at Claude', async () => {
  upstream.answer((seen, response) => {
    const content = [{ type: 'text', text: 'Yes' }]
    const plain = { input_tokens: 100_000, cache_read_input_tokens: 0, cache_creation_input_tokens: 0, output_tokens: 1 }
    return answerJson({ id: 'm', type: 'message', role: 'assistant', model: 'm', content, stop_reason: 'end_turn', stop_sequence: null, usage: plain })(
      seen,
      response,
    )
  })
  await ask(SONNET)
  await running.rows(1)
  expect(await listed()).toEqual([])
})

it('the plan says what switching the model forfeits', async () => {
  await ask(SONNET)
  await running.rows(1)
  await ask('openai/gpt-5-mini')
  const [row] = await running.rows(2)
  const detail = await running.client['traffic.get']({ id: row?.id ?? '' })
  const plan = detail.ok ? detail.value.exchange?.plan : undefined
  expect(inEnglish(plan?.candidates[0]?.why)).toBe(
    `the model asked for; forfeits $0.2700: 100000 tokens of this conversation are in the prompt cache of ${SONNET}`,
  )
  expect(await listed()).toHaveLength(2)
})

it('what is warm is known again after a restart, and the next turn goes there', async () => {
  const restart = await restarting({})
  await restart()
  await ask(SONNET)
  await running.rows(1)
  const [before] = await listed()
  await restart()
  await expect.poll(listed).toMatchObject([{ id: before?.id, endpoint: SONNET, tokens: 100_000, until: before?.until, title: before?.title }])
  expect(await listed()).toEqual([before])
  await ask('openai/gpt-5-mini')
  const [row] = await running.rows(2)
  const detail = await running.client['traffic.get']({ id: row?.id ?? '' })
  expect(inEnglish(detail.ok ? detail.value.exchange?.plan?.candidates[0]?.why : undefined)).toContain('forfeits $0.2700')
})

/** Closes what runs, and starts it again and again over one data folder. */
async function restarting(settings: SettingsInput): Promise<() => Promise<void>> {
  const dataDir = dataFolder()
  return async () => {
    await running.close()
    running = await startGateway({ upstream: upstream.url, dataDir, keepData: true, settings: { promptCache: { anthropic: 'aggressive' }, ...settings } })
  }
}

it('a prefix of an earlier run is kept warm by what Traffic has kept of its last turn', async () => {
  const restart = await restarting({})
  await restart()
  await ask(SONNET, { max_tokens: 500, metadata: { note: 'as é came' } })
  await running.rows(1)
  await restart()
  await expect.poll(listed).toMatchObject([{ keepWarm: { is: 'offered', cost: 30_015_000 } }])
  const [prefix] = await listed()
  expect(await running.client['promptCache.keepWarm']({ id: prefix?.id ?? '' })).toMatchObject({ ok: true, value: { wasWarm: true } })
  const [first, second] = upstream.seen.map(({ body }) => body)
  expect(second).toBe(first?.replace('"max_tokens":500', '"max_tokens":1'))
  expect((await running.rows(2)).map(({ source, caller }) => [source, caller])).toEqual([
    ['keep-warm', 'environment'],
    ['proxy', 'environment'],
  ])
  // that call is the last turn now, and what would be repeated is still what the client sent
  await restart()
  await expect.poll(listed).toMatchObject([{ id: prefix?.id, keepWarm: { is: 'offered' } }])
})

it.each<[string, SettingsInput]>([
  ['contents are not kept', { capture: 'none' }],
  ['only the beginning of it was kept', { captureLimitBytes: 1_024 }],
])('nothing is offered for a prefix of an earlier run where %s', async (_why, settings) => {
  const restart = await restarting(settings)
  await restart()
  await ask(SONNET)
  await running.rows(1)
  await restart()
  await expect.poll(async () => (await listed())[0]?.keepWarm).toMatchObject({ is: 'not-offered', reason: 'not-held' })
})

it('tells what leaving the model of a conversation forfeits, before it is left', async () => {
  const ofConversation = async (system: string, question: string) => running.client['promptCache.ofConversation']({ system, question, client: 'environment' })
  await ask(SONNET, {
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: QUESTION },
      { role: 'assistant', content: 'Yes' },
      { role: 'user', content: 'And dogs?' },
    ],
  })
  await running.rows(1)
  expect(await ofConversation('Be brief.', QUESTION)).toMatchObject({ ok: true, value: { endpoint: SONNET, tokens: 100_000, worth: 270_000_000 } })
  expect(await ofConversation('Be long.', QUESTION)).toEqual({ ok: true, value: null })
  expect(await running.client['promptCache.ofConversation']({ system: 'Be brief.', question: QUESTION })).toEqual({
    ok: true,
    value: null,
  })
})

it('a keep-warm call repeats the prompt, asks for one token, and is accounted for', async () => {
  await ask(SONNET, { max_tokens: 500, stream: false })
  await running.rows(1)
  const [before] = await listed()
  const kept = await running.client['promptCache.keepWarm']({ id: before?.id ?? '' })
  expect(kept).toMatchObject({ ok: true, value: { wasWarm: true, cost: expect.any(Number) } })
  const [first, second] = upstream.seen.map(({ body }) => JSON.parse(body) as Record<string, unknown>)
  expect(second).toEqual({ ...first, max_tokens: 1 })
  const rows = await running.rows(2)
  expect(rows[0]).toMatchObject({ source: 'keep-warm', outcome: 'ok' })
  const [after] = await listed()
  expect(after?.until).toBeGreaterThanOrEqual(before?.until ?? Number.POSITIVE_INFINITY)
  expect(after?.keepWarm.is).toBe('offered')
})

it('no such call is offered where it would not help, and none is made', async () => {
  await ask(SONNET, { reasoning_effort: 'high', max_tokens: 5_000 })
  await running.rows(1)
  const [prefix] = await listed()
  expect(prefix?.keepWarm).toMatchObject({ is: 'not-offered', why: expect.stringContaining('thinks') })
  const sent = upstream.seen.length
  expect(await running.client['promptCache.keepWarm']({ id: prefix?.id ?? '' })).toMatchObject({ ok: false, failure: { kind: 'bad-input' } })
  expect(await running.client['promptCache.keepWarm']({ id: 'unknown' })).toMatchObject({ ok: false })
  expect(upstream.seen).toHaveLength(sent)
})
