import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RetrainResult } from '../../shared/api/auto.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'

const openai = (model: string) => ({
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model,
  choices: [{ index: 0, message: { role: 'assistant', content: 'fine' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
})

let upstream: FakeUpstream
let running: TestGateway
beforeEach(async () => {
  upstream = await fakeUpstream()
  upstream.answer((seen, response) => answerJson(openai((JSON.parse(seen.body) as { model: string }).model))(seen, response))
  running = await startGateway({ upstream: upstream.url })
  await running.gateway.ready()
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

const EASY = 'Extract the name and the date from this text as JSON: Anna came on 3 March.'
const HARD = 'Write a Rust function that merges two sorted linked lists in place, with unit tests.'
/** Only OpenAI's models, whose format the fake upstream answers in. */
const within = { plugins: [{ id: 'auto-router', allowed_models: ['openai/*'], excluded_models: ['*pro*', '*search*', '*codex*', '*deep*'] }] }
const chat = (body: object, text = EASY) =>
  raw(`${running.address}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}` },
    body: JSON.stringify({ messages: [{ role: 'user', content: text }], ...within, ...body }),
  })
async function told<T>(call: Promise<{ ok: true; value: T } | { ok: false; failure: { message: string } }>): Promise<T> {
  const result = await call
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}
const decisions = async (count: number) => {
  await running.rows(count)
  return (await told(running.client['auto.report']({ past: 50 }))).latest.map(({ decision }) => decision)
}

describe('switchyard/auto', () => {
  it('answers with a model of its choice, says why, and leaves nothing of the wish in the body', async () => {
    const answer = await chat({ model: 'switchyard/auto' })
    expect(answer.status, answer.text).toBe(200)
    const served = String(answer.headers['x-switchyard-served-by'])
    expect(served).toMatch(/^openai\//)
    const sent = JSON.parse(upstream.seen[0]?.body ?? '{}') as Record<string, unknown>
    expect(sent).toMatchObject({ model: served.slice('openai/'.length) })
    expect(sent.plugins).toBeUndefined()
    const [row] = await running.rows(1)
    expect(row).toMatchObject({ requested: 'switchyard/auto', servedBy: served, outcome: 'ok' })
    const detail = await told(running.client['traffic.get']({ id: row?.id ?? '' }))
    expect(detail.exchange?.plan?.decidedBy).toMatch(/^auto: extraction, .*% expected, about \$/)
    expect(detail.exchange?.plan?.auto?.order[0]?.model).toBe(served)
    expect(detail.exchange?.plan?.auto?.baselines.length).toBeGreaterThan(0)
  })

  it('is known by its other names, presets and tiers, and costs more the better it shall be', async () => {
    for (const model of ['auto:cheap', 'openrouter/auto', 'switchyard/auto:best']) expect((await chat({ model }, `${EASY} ${model}`)).status).toBe(200)
    const [plugin] = within.plugins
    expect((await chat({ model: 'auto', plugins: [{ ...plugin, cost_tier: 'high' }] }, `${EASY} high`)).status).toBe(200)
    const [high, best, middle, cheap] = await decisions(4)
    expect([cheap?.slider, middle?.slider, best?.slider, high?.slider]).toEqual([0.3, 0.65, 1, 1])
    expect(best?.order[0]?.quality).toBeGreaterThanOrEqual(cheap?.order[0]?.quality ?? 1)
    expect(best?.order[0]?.cost).toBeGreaterThan(cheap?.order[0]?.cost ?? Number.MAX_VALUE)
  })

  it('goes on to its next choice when the first fails', async () => {
    let calls = 0
    upstream.answer((seen, response) => (calls++ === 0 ? answerJson({ error: { message: 'busy' } }, 503) : answerJson(openai('m')))(seen, response))
    const answer = await chat({ model: 'switchyard/auto' })
    expect(answer.status, answer.text).toBe(200)
    const models = upstream.seen.map(({ body }) => (JSON.parse(body) as { model: string }).model)
    expect(new Set(models).size).toBe(2)
  })

  it('stays with the model of a conversation', async () => {
    const first = await chat({ model: 'switchyard/auto:best' }, HARD)
    const messages = [
      { role: 'user', content: HARD },
      { role: 'assistant', content: 'fine' },
      { role: 'user', content: 'Thanks, you are very kind.' },
    ]
    const second = await chat({ model: 'auto:cheap', messages })
    expect(second.headers['x-switchyard-served-by']).toBe(first.headers['x-switchyard-served-by'])
  })

  it('holds no conversation to what was only simulated', async () => {
    const body = { model: 'switchyard/auto', messages: [{ role: 'user', content: `${HARD} Now.` }], ...within }
    const simulated = async () => (await told(running.client['routing.simulate']({ dialect: 'openai-chat', body, headers: {} }))).decidedBy
    const before = await simulated()
    expect(before).toMatch(/^auto: code/)
    expect(await simulated()).toBe(before)
    // a real one it is held to
    expect((await chat(body)).status).toBe(200)
    expect((await chat(body)).status).toBe(200)
    const [second, first] = await decisions(2)
    expect([first, second].map((decision) => decision?.order[0]?.why.includes('stays with the conversation'))).toEqual([false, true])
    expect(before).not.toContain('stays with the conversation')
  })

  it('refuses in plain words what no model can do', async () => {
    const answer = await chat({ model: 'switchyard/auto', plugins: [{ id: 'auto-router', allowed_models: ['nobody/*'] }] })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('No model can serve this request')
    expect(upstream.seen).toEqual([])
  })

  it.each([
    ['/v1/chat/completions', { messages: [{ role: 'user', content: EASY }] }, ['error', 'param']],
    ['/v1/responses', { input: EASY }, ['error', 'param']],
    ['/v1/messages', { max_tokens: 100, messages: [{ role: 'user', content: EASY }] }, undefined],
  ] as const)('names the plugin’s field that holds what it cannot, at %s', async (path, body, where) => {
    const answer = await raw(`${running.address}${path}`, {
      headers: { authorization: `Bearer ${TEST_KEYS.client}` },
      body: JSON.stringify({ ...body, model: 'auto', plugins: [{ id: 'auto-router', cost_tier: 'free' }] }),
    })
    expect(answer.status, answer.text).toBe(400)
    expect(answer.text).toContain('plugins[0].cost_tier must be one of low, medium, high.')
    const told: unknown = where?.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], JSON.parse(answer.text))
    if (where !== undefined) expect(told).toBe('plugins[0].cost_tier')
    expect(upstream.seen).toEqual([])
  })

  it('stays with its model within a loop of tools, whatever the step looks like', async () => {
    const tools = [{ type: 'function', function: { name: 'read', parameters: { type: 'object' } } }]
    const first = await chat({ model: 'auto:best', tools }, HARD)
    const call = { role: 'assistant', content: null, tool_calls: [{ id: 'a', type: 'function', function: { name: 'read', arguments: '{}' } }] }
    const messages = [{ role: 'user', content: HARD }, call, { role: 'tool', tool_call_id: 'a', content: 'fn merge() {}' }]
    for (const model of ['auto:cheap', 'auto:balanced']) {
      const step = await chat({ model, tools, messages })
      expect(step.headers['x-switchyard-served-by']).toBe(first.headers['x-switchyard-served-by'])
    }
    const [latest] = await decisions(3)
    expect(latest).toMatchObject({ task: 'agent-step', taskConfidence: 1 })
  })

  it('believes what the user states of a provider’s data policy', async () => {
    const { auto, routing } = await told(running.client['settings.get']({}))
    await told(running.client['settings.update']({ auto: { ...auto, dataPolicy: 'not-kept' } }))
    expect((await chat({ model: 'auto' })).text).toContain('its host may keep data')
    await told(running.client['settings.update']({ routing: { ...routing, dataPolicies: { openai: { keepsNothing: true, learnsNothing: true } } } }))
    expect((await chat({ model: 'auto' })).status).toBe(200)
  })

  it('keeps to what the request asks of hosts', async () => {
    const answer = await chat({ model: 'switchyard/auto', provider: { ignore: ['openai'] } })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('is in provider.ignore')
    expect(upstream.seen).toEqual([])
  })

  it('chooses between the two models of a pair by its name', async () => {
    await told(
      running.client['settings.update']({
        auto: { ...(await told(running.client['settings.get']({}))).auto, pairs: { 'my-pair': { strong: 'openai/gpt-5', cheap: 'openai/gpt-4o-mini' } } },
      }),
    )
    expect((await chat({ model: 'my-pair', plugins: [] })).headers['x-switchyard-served-by']).toMatch(/openai\/(gpt-5|gpt-4o-mini)$/)
    const [decision] = await decisions(1)
    expect(decision?.order.length).toBe(2)
  })
})

describe('the names of automatic routing', () => {
  it('stand in the list of models, the user’s pairs among them', async () => {
    const { auto } = await told(running.client['settings.get']({}))
    await told(running.client['settings.update']({ auto: { ...auto, pairs: { 'my-pair': { strong: 'openai/gpt-5', cheap: 'openai/gpt-4o-mini' } } } }))
    const list = await fetch(`${running.address}/v1/models`, { headers: { authorization: `Bearer ${TEST_KEYS.client}` } })
    const ids = ((await list.json()) as { data: { id: string }[] }).data.map(({ id }) => id)
    for (const name of ['switchyard/auto', 'auto:cheap', 'auto:balanced', 'auto:best', 'my-pair']) {
      expect(ids).toContain(name)
      expect((await chat({ model: name, ...(name === 'my-pair' && { plugins: [] }) }, `${EASY} ${name}`)).status, name).toBe(200)
    }
  })

  it('tell the decision in one line, in a header and in OpenRouter’s metadata', async () => {
    const { headers, text } = await raw(`${running.address}/v1/chat/completions`, {
      headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'x-openrouter-metadata': 'enabled' },
      body: JSON.stringify({ model: 'switchyard/auto', messages: [{ role: 'user', content: EASY }], ...within }),
    })
    const line = String(headers['x-switchyard-decision'])
    expect(line).toMatch(/^extraction, .*: openai\/\S+, .*expected, about \$.*runner-up openai\//)
    expect(line).toMatch(/^[\x20-\x7e]+$/)
    expect((JSON.parse(text) as { openrouter_metadata: object }).openrouter_metadata).toMatchObject({ strategy: 'auto', switchyard_decision: line })
    expect((await chat({ model: 'openai/gpt-5', plugins: [] })).headers['x-switchyard-decision']).toBeUndefined()
  })

  it('have defaults of their own for a client key', async () => {
    const { auto } = await told(running.client['settings.get']({}))
    const made = await told(running.client['clients.create']({ name: 'thrifty' }))
    await told(running.client['settings.update']({ auto: { ...auto, slider: 1, clients: { [made.client.id]: { slider: 0, allowed: ['openai/gpt-4o*'] } } } }))
    const answer = await raw(`${running.address}/v1/chat/completions`, {
      headers: { authorization: `Bearer ${made.secret}` },
      body: JSON.stringify({ model: 'switchyard/auto', messages: [{ role: 'user', content: HARD }] }),
    })
    expect(answer.headers['x-switchyard-served-by']).toMatch(/^openai\/gpt-4o/)
    await chat({ model: 'switchyard/auto' }, HARD)
    const [others, thrifty] = await decisions(2)
    expect([thrifty?.slider, others?.slider]).toEqual([0, 1])
  })

  it('choose among the models of an alias of the user’s own', async () => {
    const routing = await told(running.client['routing.get']({}))
    const models = [{ model: 'openai/gpt-5' }, { model: 'gpt-4o-mini' }]
    await told(running.client['routing.save']({ revision: routing.revision, config: { version: 1, aliases: { mine: { models, balance: 'auto' } } } }))
    const answer = await chat({ model: 'mine', plugins: [] })
    expect(answer.status, answer.text).toBe(200)
    const [decision] = await decisions(1)
    expect(new Set(decision?.order.map(({ model }) => model))).toEqual(new Set(['openai/gpt-5', 'openai/gpt-4o-mini']))
    const [row] = await running.rows(1)
    const { plan } = (await told(running.client['traffic.get']({ id: row?.id ?? '' }))).exchange ?? {}
    expect(plan?.decidedBy).toMatch(/^alias 'mine', then auto: /)
  })
})

describe('judgements compared by meaning', () => {
  const EMBEDDER = 'openai/text-embedding-3-small'
  const embedded = () => upstream.seen.filter(({ url }) => url.includes('embeddings')).map(({ body }) => (JSON.parse(body) as { input: string[] }).input)
  /** Cars are one direction, everything else another. */
  const vectorOf = (text: string) => (/car|saloon|automobile/i.test(text) ? [1, 0] : [0, 1])
  const use = async (more: object = {}) => {
    upstream.answer((seen, response) => {
      const { model, input } = JSON.parse(seen.body) as { model: string; input?: string[] }
      const data = input?.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) }))
      return answerJson(data === undefined ? openai(model) : { object: 'list', model, data, usage: { prompt_tokens: 5, total_tokens: 5 } })(seen, response)
    })
    const { auto, cache } = await told(running.client['settings.get']({}))
    await told(running.client['settings.update']({ auto: { ...auto, embeds: true, ...more }, cache: { ...cache, embedder: EMBEDDER } }))
  }
  const judge = (prompt: string) => told(running.client['auto.addEvidence']({ signal: 'vote', quality: 0, of: { prompt, model: 'openai/gpt-5' } }))

  it('are embedded beside the requests, through the ledger like any call, and no decision waits for that', async () => {
    await use()
    await judge('Which automobile is best for a family?')
    await expect.poll(embedded).toEqual([['Which automobile is best for a family?']])
    await running.rows(1)
    const before = embedded().length
    expect((await chat({ model: 'auto' }, 'What saloon would you get?')).status).toBe(200)
    expect(embedded()).toHaveLength(before)
  })

  it.each([
    ['data must stay on this machine', { dataPolicy: 'this-machine' }],
    ['it is not known to be processed in the region', { regions: ['eu'] }],
    ['its host may keep what it gets', { dataPolicy: 'not-kept' }],
    ['nobody asked for it', { embeds: false }],
  ] as const)('are sent to no embedder where %s', async (_why, more) => {
    await use(more)
    await judge('Which automobile is best for a family?')
    // as long as an embedding above would have taken, and a real request besides
    await chat({ model: 'openai/gpt-5' })
    await running.rows(1)
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(embedded()).toEqual([])
  })

  it('stay where the request itself was to be kept by nobody', async () => {
    await use()
    await told(
      running.client['settings.update']({
        routing: { ...(await told(running.client['settings.get']({}))).routing, dataPolicies: { openai: { keepsNothing: true, learnsNothing: true } } },
      }),
    )
    expect((await chat({ model: 'openai/gpt-5', plugins: undefined, provider: { zdr: true } }, 'My car is stolen.')).status).toBe(200)
    const [row] = await running.rows(1)
    const added = await told(running.client['auto.addEvidence']({ signal: 'vote', quality: 0, of: { request: row?.id ?? '' } }))
    expect(added.stays).toBe(true)
    await judge('Which automobile is best for a family?')
    await expect.poll(embedded).toEqual([['Which automobile is best for a family?']])
  })
})

describe('what automatic routing learns', () => {
  const retrained = async (): Promise<RetrainResult> => {
    let progress = 0
    for await (const event of running.client['auto.retrain']({}, new AbortController().signal)) {
      if (event.type === 'result') return event.result
      expect(event.done).toBe(++progress)
      expect(event.done).toBeLessThan(event.of)
    }
    throw new Error('no result')
  }

  it('is kept, counted and can be taken back', async () => {
    await chat({ model: 'switchyard/auto' })
    const [row] = await running.rows(1)
    const added = await told(running.client['auto.addEvidence']({ signal: 'wrong', quality: 0, of: { request: row?.id ?? '' } }))
    expect(added).toMatchObject({ prompt: EASY, model: row?.servedBy, quality: 0, request: row?.id })
    expect((await told(running.client['auto.report']({ past: 50 }))).calibration.regrets.map(({ evidence }) => evidence.id)).toEqual([added.id])
    await told(running.client['auto.removeEvidence']({ id: added.id }))
    expect(await told(running.client['auto.evidence']({ limit: 10 }))).toEqual([])
  })

  it('takes a word for the best cheap model instead of the one that answered', async () => {
    const { auto } = await told(running.client['settings.get']({}))
    await told(running.client['settings.update']({ auto: { ...auto, allowed: ['openai/gpt-5', 'openai/gpt-5-nano'] } }))
    await chat({ model: 'openai/gpt-5' }, HARD)
    const [row] = await running.rows(1)
    const said = { signal: 'check', quality: 1, of: { request: row?.id ?? '', about: 'cheaper' } } as const
    expect(await told(running.client['auto.addEvidence'](said))).toMatchObject({ prompt: HARD, model: 'openai/gpt-5-nano', quality: 1 })
    await told(running.client['settings.update']({ auto: { ...auto, allowed: ['openai/gpt-5'] } }))
    const refused = await running.client['auto.addEvidence'](said)
    expect(refused.ok ? undefined : refused.failure.kind).toBe('not-found')
  })

  it('draws the curve of other models than those that are allowed', async () => {
    await chat({ model: 'openai/gpt-5' }, HARD)
    await running.rows(1)
    const only = { past: 50, allowed: ['openai/gpt-5-nano'] }
    const { points } = await told(running.client['auto.curve'](only))
    expect(points.at(-1)).toMatchObject({ requests: 1, elsewhere: 1, models: [{ model: 'openai/gpt-5-nano', requests: 1 }] })
    expect((await told(running.client['auto.replay']({ ...only, slider: 1 }))).models).toEqual(points.at(-1)?.models)
    expect((await told(running.client['auto.overview']({}))).shipped.measured.length).toBeGreaterThan(0)
  })

  it('retrains on judgements, with curves before and after, and is taken back by one step', async () => {
    expect(await retrained()).toEqual({ is: 'too-few', have: 0, need: 40 })
    for (let at = 0; at < 60; at++) {
      const isTax = at % 2 === 0
      const prompt = isTax ? `Explain the deduction of depreciation for partnership number ${at}.` : `Recommend a calm walk near the river for day ${at}.`
      await told(running.client['auto.addEvidence']({ signal: 'vote', quality: isTax ? 0 : 1, of: { prompt, model: 'openai/gpt-4o-mini' } }))
    }
    const result = await retrained()
    if (result.is === 'too-few') throw new Error('sixty are enough')
    expect(result.is).toBe('better')
    expect(result.after.brier).toBeLessThan(result.before.brier)
    expect((await told(running.client['auto.overview']({}))).retrained?.note).toBe('60 judgements')
    expect(await told(running.client['auto.undoRetrain']({}))).toBe(true)
    expect((await told(running.client['auto.overview']({}))).retrained).toBeUndefined()
    expect(await told(running.client['auto.undoRetrain']({}))).toBe(false)
  })

  it('is replayed over past traffic without sending anything', async () => {
    await chat({ model: 'openai/gpt-5' }, HARD)
    await chat({ model: 'openai/gpt-5' }, EASY)
    await running.rows(2)
    const sent = upstream.seen.length
    const { points, leftOut } = await told(running.client['auto.curve']({ past: 50 }))
    expect(leftOut).toBe(0)
    expect(points.map(({ requests }) => requests)).toEqual(points.map(() => 2))
    const qualities = points.map(({ quality }) => quality.mean)
    expect(qualities).toEqual(qualities.toSorted((a, b) => a - b))
    expect(points.at(-1)?.cost.mean).toBeGreaterThan(points[0]?.cost.mean ?? Number.MAX_VALUE)
    const replayed = await told(running.client['auto.replay']({ past: 50, slider: 0 }))
    expect(replayed).toEqual(points[0])
    expect(replayed.savings?.against.map(({ baseline, requests }) => [baseline, requests])).toEqual([
      ['model asked for', 2],
      ['best single cheap model', 2],
      ['fixed mix', 2],
    ])
    expect(replayed.savings?.against[0]?.saved).toBeGreaterThan(0)
    expect(upstream.seen.length).toBe(sent)
  })
})
