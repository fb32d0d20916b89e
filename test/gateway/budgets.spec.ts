/** Budgets in money, over whole requests: what is set aside, what is refused, and what is left afterwards. */

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BudgetState } from '../../shared/api/budgets.ts'
import type { SettingsInput } from '../../shared/settings.ts'
import { askStreamed, DIALECTS } from '../support/client-requests.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { placesAt, startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'
import { inEnglish } from '../support/in-english.ts'

/** gpt-4o costs 2.5 USD a million tokens in and 10 out: 4,000 tokens of answer are four cents. */
const DEAR = { model: 'openai/gpt-4o', max_tokens: 4_000, messages: [{ role: 'user', content: 'hi' }] }
const CHEAP = 'openai/gpt-4o-mini'

let upstream: FakeUpstream
let running: TestGateway

beforeEach(async () => {
  upstream = await fakeUpstream(answered(4_000))
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

function answered(tokens: number): ReturnType<typeof answerJson> {
  return answerJson({
    ...{ id: 'c', object: 'chat.completion', created: 1, model: 'm' },
    choices: [{ index: 0, message: { role: 'assistant', content: 'fine' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 8, completion_tokens: tokens, total_tokens: tokens + 8 },
  })
}

async function start(budgets: SettingsInput['budgets'], options: Parameters<typeof startGateway>[0] = {}): Promise<void> {
  running = await startGateway({ ...options, settings: { baseUrls: placesAt(upstream.url), budgets } })
}

const chat = (body: object = DEAR, key: string = TEST_KEYS.client): Promise<RawAnswer> =>
  raw(`${running.address}/v1/chat/completions`, { headers: { authorization: `Bearer ${key}` }, body: JSON.stringify(body) })

async function standings(): Promise<readonly BudgetState[]> {
  const listed = await running.client['budgets.list']({})
  if (!listed.ok) throw new Error(listed.failure.message)
  return listed.value
}
const called = (): number => upstream.seen.filter(({ method }) => method === 'POST').length

describe('a budget', () => {
  it('holds against two hundred requests at once', async () => {
    await start({ overall: { day: 1 } })
    const answers = await Promise.all(Array.from({ length: 200 }, () => chat()))
    const statuses = answers.map(({ status }) => status)
    // each may cost four cents and a little for its input
    expect(statuses.filter((status) => status === 200)).toHaveLength(24)
    expect(statuses.filter((status) => status === 402)).toHaveLength(176)
    expect(called()).toBe(24)
    const spent = (await running.rows(200)).reduce((sum, { cost = 0 }) => sum + cost, 0)
    expect(spent).toBeLessThanOrEqual(1e9)
    expect(await standings()).toMatchObject([{ period: 'day', limit: 1e9, spent, reserved: 0 }])
  })

  it('gives back what was set aside and not spent', async () => {
    upstream.answer(answered(10))
    await start({ overall: { month: 0.05 } })
    // each sets four of the five cents aside
    for (let turn = 0; turn < 5; turn++) expect((await chat()).status).toBe(200)
    upstream.answer(answerJson({ error: { message: 'no such thing' } }, 400))
    for (let turn = 0; turn < 3; turn++) expect((await chat()).status).toBe(400)
    expect((await standings())[0]).toMatchObject({ period: 'month', reserved: 0, spent: 5 * (8 * 2_500 + 10 * 10_000) })
  })

  it.each(DIALECTS)('refuses in the words of %s, with the moment it begins anew', async (dialect) => {
    await start({ overall: { day: 0 } })
    const answer = await askStreamed(running.address, dialect, 'openai/gpt-4o')
    const [budget] = await standings()
    expect(answer.text).toContain('The budget for all clients for this day ($0.00) is used up')
    expect(answer.text).toContain(`It begins anew at ${new Date(budget?.resetsAt ?? 0).toISOString()}.`)
    expect(called()).toBe(0)
    const [row] = await running.rows(1)
    expect(row).toMatchObject({ outcome: 'over-budget', attempts: [] })
    expect(answer.status).toBe(402)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  })

  it('of one client key leaves the others alone', async () => {
    await start({})
    const secret = await running.gateway.newClientKey('Cursor')
    const clients = await running.client['clients.list']({})
    const id = clients.ok ? (clients.value[0]?.id ?? '') : ''
    expect(await running.client['budgets.set']({ client: id, day: 0.05, month: null })).toMatchObject({ ok: true, value: [{ client: { id, name: 'Cursor' } }] })
    expect((await chat(DEAR, secret)).status).toBe(200)
    const refused = await chat(DEAR, secret)
    expect(refused.status).toBe(402)
    expect(refused.json<{ error: object }>().error).toMatchObject({ type: 'insufficient_quota', code: 'budget_exceeded' })
    expect(refused.text).toContain("The budget of the client key 'Cursor' for this day ($0.0500) has $0.0099")
    expect((await chat()).status).toBe(200)
    await running.client['budgets.set']({ client: id, day: null, month: null })
    expect((await chat(DEAR, secret)).status).toBe(200)
    expect(await standings()).toEqual([])
  })

  it('counts what earlier runs have spent', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'switchyard-test-'))
    await start({ overall: { day: 0.05 } }, { dataDir, keepData: true })
    expect((await chat()).status).toBe(200)
    const before = await standings()
    await running.close()
    await start({ overall: { day: 0.05 } }, { dataDir })
    expect(await standings()).toEqual(before)
    expect((await chat()).status).toBe(402)
  })

  it('passes over what it cannot bear, and says so in the plan', async () => {
    await start({ overall: { day: 0.01 } })
    const answer = await chat({ ...DEAR, models: [CHEAP] })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.headers['x-switchyard-served-by']).toBe(CHEAP)
    const [row] = await running.rows(1)
    const detail = await running.client['traffic.get']({ id: row?.id ?? '' })
    const plan = detail.ok ? detail.value.exchange?.plan : undefined
    expect(inEnglish(plan?.passedOver)).toMatchObject([
      { endpoint: 'openai/gpt-4o', why: expect.stringContaining('the budget for all clients for this day has $0.0100 left') },
    ])
  })

  it('lets through what costs nothing, and what has no price only where the user says so', async () => {
    await start({ overall: { day: 0 } })
    expect((await chat({ ...DEAR, model: 'demo/smalltalk' })).status).not.toBe(402)
    const unknown = await chat({ ...DEAR, model: 'openai/of-tomorrow' })
    expect(unknown.status).toBe(402)
    expect(unknown.text).toContain('its price is not known')
    await running.client['settings.update']({ budgets: { overall: { day: 0 }, clients: {}, unpriced: 'let-through' } })
    expect((await chat({ ...DEAR, model: 'openai/of-tomorrow' })).status).toBe(200)
  })

  it('holds for embeddings too', async () => {
    await start({ overall: { day: 0 } })
    const answer = await raw(`${running.address}/v1/embeddings`, {
      headers: { authorization: `Bearer ${TEST_KEYS.client}` },
      body: JSON.stringify({ model: 'openai/text-embedding-3-small', input: 'hi' }),
    })
    expect(answer.status).toBe(402)
    expect(called()).toBe(0)
  })

  it('may be what a rule goes by', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'switchyard-test-'))
    const rule = { name: 'Nearly spent', when: { budgetLeftUsd: { max: 0.07 } }, actions: [{ do: 'route', models: [CHEAP] }] }
    writeFileSync(join(dataDir, 'routing.json'), JSON.stringify({ version: 1, rules: [rule] }))
    await start({ overall: { day: 0.1 } }, { dataDir })
    const first = await chat()
    expect(first.headers['x-switchyard-served-by'], first.text).toBe('openai/gpt-4o')
    expect((await chat()).headers['x-switchyard-served-by']).toBe(CHEAP)
  })
})
