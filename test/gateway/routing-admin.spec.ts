/** The Routing screen's half of the engine: saving, checking, simulating, health. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OwnRoutingState } from '../../shared/api/routing.ts'
import type { Result } from '../../shared/contract.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { good } from '../support/faults.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'
import { inEnglish } from '../support/in-english.ts'

let upstream: FakeUpstream
let running: TestGateway

beforeEach(async () => {
  upstream = await fakeUpstream(good)
  const customProviders = ['left', 'right'].map((id) => ({ id, name: id, baseUrl: `${upstream.url}/${id}`, needsKey: false }))
  running = await startGateway({ upstream: upstream.url, settings: { customProviders, attempts: { backoffMs: 5, waitMs: 50 } } })
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.message}`)
  return result.value
}
/** JSON as a window would send it. */
type Dialect = Parameters<TestGateway['client']['routing.simulate']>[0]['dialect']
type Own = Parameters<TestGateway['client']['routing.check']>[0]['config']
const state = async (): Promise<OwnRoutingState> => value(await running.client['routing.get']({}))
const save = async (own: Own) => running.client['routing.save']({ config: { version: 1, ...own }, revision: (await state()).revision })
const chat = (model: string): Promise<RawAnswer> =>
  raw(`${running.address}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}` },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }] }),
  })
const FAST = { aliases: { fast: { models: [{ model: 'left/m' }] } } }

describe('saving', () => {
  it('is in force at once and readable by hand', async () => {
    expect((await chat('fast')).status).toBe(404)
    expect(value(await save(FAST))).toMatchObject({ saved: true, config: FAST })
    expect((await chat('fast')).headers['x-switchyard-served-by']).toBe('left/m')
    expect(JSON.parse(readFileSync(join(running.dataDir, 'routing.json'), 'utf8'))).toMatchObject(FAST)
  })

  it('names every field at fault and changes nothing', async () => {
    value(await save(FAST))
    const answer = value(
      await save({
        rules: [
          { name: '', when: { hours: { from: 25, to: 3 } }, actions: [{ do: 'deny', message: 'no' }] },
          { name: 'b', when: {}, actions: [] },
        ],
      }),
    )
    expect(answer).toMatchObject({ saved: false })
    expect(answer.saved ? [] : answer.problems.map(({ at }) => at)).toEqual(['rules.0.name', 'rules.0.when.hours.from', 'rules.1.actions'])
    expect((await state()).config).toMatchObject(FAST)
  })

  it('refuses preferences that no request could state', async () => {
    const answer = value(await save({ rules: [{ name: 'a', when: {}, actions: [{ do: 'prefer', provider: { sort: 'fastest' } }] }] }))
    expect(answer.saved ? [] : answer.problems).toMatchObject([
      { at: 'rules.0.actions.0.provider.sort', message: expect.stringContaining('price, throughput, latency') },
    ])
  })

  it('leaves alone what somebody else has changed meanwhile', async () => {
    const { revision } = await state()
    value(await save(FAST))
    expect(await running.client['routing.save']({ config: { version: 1 }, revision })).toMatchObject({ ok: false, failure: { kind: 'conflict' } })
    expect((await state()).config).toMatchObject(FAST)
  })

  it('keeps the versions before, and takes up a file that was written by hand', async () => {
    value(await save(FAST))
    value(await save({}))
    const [before] = value(await running.client['routing.versions']({}))
    expect(before).toMatchObject({ version: 1, config: FAST })
    writeFileSync(join(running.dataDir, 'routing.json'), JSON.stringify({ version: 1, ...FAST }))
    expect(value(await running.client['routing.reload']({})).config).toMatchObject(FAST)
    writeFileSync(join(running.dataDir, 'routing.json'), '{"version": 1, "aliases": 3}')
    expect(await running.client['routing.reload']({})).toMatchObject({ ok: false, failure: { field: 'file', message: expect.stringContaining('aliases') } })
    expect((await chat('fast')).status).toBe(200)
  })

  it('warns of names that nobody serves', async () => {
    const check = value(
      await running.client['routing.check']({ config: { version: 1, aliases: { a: { models: [{ model: 'nobody/has-this' }, { model: 'left/m' }] } } } }),
    )
    expect(check).toMatchObject({ problems: [], warnings: [{ at: 'aliases.a.models.0.model' }] })
  })
})

describe('names of the user’s own', () => {
  it('are offered where models are chosen', async () => {
    value(await save(FAST))
    expect(value(await running.client['models.list']({}))[0]).toMatchObject({ id: 'fast', provider: 'switchyard', usable: true })
  })
})

describe('the simulator', () => {
  const body = (model: string): Own => ({ model, messages: [{ role: 'user', content: 'hi' }] })

  it.each([
    ['openai-chat', body('cheap')],
    ['anthropic-messages', { ...body('cheap'), max_tokens: 100 }],
    ['openai-responses', { model: 'cheap', input: 'hi' }],
  ] as [Dialect, Own][])('reads %s, tells each step and the price beside that of the model asked for, and sends nothing', async (dialect, request) => {
    value(
      await save({
        aliases: { cheap: { models: [{ model: 'openai/gpt-5-mini' }] } },
        rules: [
          { name: 'others', when: { models: ['x*'] }, actions: [{ do: 'deny', message: 'no' }] },
          { name: 'all', when: { models: ['openai/gpt-5'] }, actions: [{ do: 'route', models: ['cheap'] }] },
        ],
      }),
    )
    const plan = value(await running.client['routing.simulate']({ dialect, body: request, headers: {} }))
    expect(inEnglish(plan.trail)).toEqual([
      "Rule 'others' does not apply: another model.",
      "Rule 'all' does not apply: another model.",
      "Alias 'cheap' stands for openai/gpt-5-mini.",
    ])
    expect(inEnglish(plan)).toMatchObject({ decidedBy: "alias 'cheap'", candidates: [{ endpoint: 'openai/gpt-5-mini' }] })
    expect(plan.baseline).toBeUndefined()
    const routed = value(await running.client['routing.simulate']({ dialect, body: { ...request, model: 'openai/gpt-5' }, headers: {} }))
    expect(inEnglish(routed.decidedBy)).toBe("rule 'all'")
    expect(routed.baseline?.endpoint).toBe('openai/gpt-5')
    expect(routed.baseline?.inputCost).toBeGreaterThan(routed.candidates[0]?.inputCost ?? Number.POSITIVE_INFINITY)
    expect(upstream.seen.filter(({ method }) => method === 'POST')).toEqual([])
  })

  it('counts the input by the tokenizer of the model, and says where there is none', async () => {
    const { candidates } = value(
      await running.client['routing.simulate']({
        dialect: 'openai-chat',
        body: { ...body('openai/gpt-5-mini'), models: ['anthropic/claude-sonnet-5'] },
        headers: {},
      }),
    )
    expect(candidates.map(({ endpoint, inputTokens, estimated }) => [endpoint, inputTokens, estimated])).toEqual([
      ['openai/gpt-5-mini', 7, false],
      ['anthropic/claude-sonnet-5', 6, true],
    ])
    // 7 tokens at $0.25 per million
    expect(candidates[0]?.inputCost).toBe(1_750)
  })

  it('tries out a routing that is not saved', async () => {
    const plan = value(await running.client['routing.simulate']({ dialect: 'openai-chat', body: body('fast'), headers: {}, config: { version: 1, ...FAST } }))
    expect(plan.candidates[0]?.endpoint).toBe('left/m')
    expect((await chat('fast')).status).toBe(404)
  })

  it('says what a client would be told', async () => {
    value(await save({ rules: [{ name: 'no', when: {}, actions: [{ do: 'deny', message: 'Closed today.' }] }] }))
    expect(await running.client['routing.simulate']({ dialect: 'openai-chat', body: body('left/m'), headers: {} })).toMatchObject({
      ok: false,
      failure: { message: 'Closed today.' },
    })
  })
})

describe('a replay', () => {
  const replay = async (config: Own) => {
    const events = []
    for await (const event of running.client['routing.replay']({ config, most: 100 })) events.push(event)
    return events.at(-1)
  }

  it('tells what would have gone elsewhere, what would have been denied, and what it would have cost, and sends nothing', async () => {
    await chat('openai/gpt-5')
    await chat('openai/gpt-5')
    await chat('left/m')
    await running.rows(3)
    const sent = upstream.seen.filter(({ method }) => method === 'POST').length
    const result = await replay({
      version: 1,
      rules: [
        { name: 'cheaper', when: { models: ['openai/gpt-5'] }, actions: [{ do: 'route', models: ['openai/gpt-5-mini'] }] },
        { name: 'closed', when: { models: ['left/*'] }, actions: [{ do: 'deny', message: 'no' }] },
      ],
    })
    expect(result).toMatchObject({
      type: 'result',
      totals: { looked: 3, moved: 2, same: 0, denied: 1, refused: 0, notKept: 0, unpriced: 0 },
      moves: [{ from: 'openai/gpt-5', to: 'openai/gpt-5-mini', count: 2 }],
    })
    if (result?.type !== 'result') throw new Error('no result')
    expect(result.totals.costNow).toBeGreaterThan(0)
    expect(result.totals.costNow).toBeLessThan(result.totals.costThen)
    expect(upstream.seen.filter(({ method }) => method === 'POST')).toHaveLength(sent)
  })

  it('counts what has no price apart', async () => {
    await chat('left/m')
    await running.rows(1)
    expect(await replay({ version: 1 })).toMatchObject({ totals: { looked: 1, same: 1, unpriced: 1, costThen: 0, costNow: 0 }, moves: [] })
  })

  it('ends when nobody listens any more', async () => {
    await chat('left/m')
    await running.rows(1)
    const stop = new AbortController()
    const events: unknown[] = []
    stop.abort()
    try {
      for await (const event of running.client['routing.replay']({ most: 100 }, stop.signal)) events.push(event)
    } catch {
      // a call that was ended may say so
    }
    expect(events).toEqual([])
  })
})

describe('health', () => {
  it('shows a breaker that has opened, and closes it on request', async () => {
    upstream.answer(answerJson({ error: { message: 'broken' } }, 500))
    for (let calls = 0; calls < 3; calls++) await chat('left/m')
    const find = async () => value(await running.client['routing.health']({})).places.find(({ endpoint }) => endpoint === 'left/m')
    expect(await find()).toMatchObject({ standing: { is: 'resting', because: 'failures' }, errorRate: 1 })
    value(await running.client['routing.resetHealth']({ endpoint: 'left/m' }))
    expect(await find()).toBeUndefined()
    upstream.answer(good)
    expect((await chat('left/m')).status).toBe(200)
    expect(await find()).toMatchObject({ standing: { is: 'well' }, errorRate: 0 })
  })
})
