/** The user's own routing as clients meet it, in several dialects, streamed and not. */

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { english } from '../../shared/messages/english.ts'
import type { RoutingConfig } from '../../shared/routing-config.ts'
import { type Answering, answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { good } from '../support/faults.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'

let upstream: FakeUpstream
let running: TestGateway
const answers = new Map<string, Answering>()
const hostOf = (url: string): string => url.split('/')[1] ?? ''

beforeEach(async () => {
  answers.clear()
  upstream = await fakeUpstream((seen, response) => ((seen.method === 'POST' ? answers.get(hostOf(seen.url)) : undefined) ?? good)(seen, response))
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

type Given = { [Name in keyof RoutingConfig]?: unknown }

async function start(own: Given): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'switchyard-test-'))
  writeFileSync(join(dataDir, 'routing.json'), JSON.stringify({ version: 1, ...own }))
  const customProviders = ['left', 'right'].map((id) => ({ id, name: id, baseUrl: `${upstream.url}/${id}`, needsKey: false }))
  running = await startGateway({ dataDir, settings: { customProviders, attempts: { backoffMs: 5, waitMs: 300 } } })
}

/** Servers of the user's own are asked for their models now and then; that is no call of a request. */
const called = (): readonly string[] => upstream.seen.flatMap(({ method, url }) => (method === 'POST' ? [hostOf(url)] : []))
const sentUp = (): Record<string, unknown> => JSON.parse(upstream.seen.findLast(({ method }) => method === 'POST')?.body ?? '{}') as Record<string, unknown>

interface Way {
  readonly name: string
  readonly ask: (model: string, more?: object, headers?: Record<string, string>) => Promise<RawAnswer>
}

function way(name: string, path: (model: string) => string, body: (model: string) => object): Way {
  return {
    name,
    ask: (model, more = {}, headers = {}) =>
      raw(`${running.address}${path(model)}`, {
        headers: { authorization: `Bearer ${TEST_KEYS.client}`, ...headers },
        body: JSON.stringify({ ...body(model), ...more }),
      }),
  }
}

const messages = [{ role: 'user', content: 'hi' }]
const WAYS: readonly Way[] = [true, false].flatMap((stream) => {
  const how = stream ? 'streamed' : 'whole'
  return [
    way(
      `chat completions, ${how}`,
      () => '/v1/chat/completions',
      (model) => ({ model, messages, stream }),
    ),
    way(
      `messages, ${how}`,
      () => '/v1/messages',
      (model) => ({ model, messages, stream, max_tokens: 64 }),
    ),
    way(
      `responses, ${how}`,
      () => '/v1/responses',
      (model) => ({ model, input: 'hi', stream }),
    ),
    way(
      `gemini, ${how}`,
      (model) => `/v1beta/models/${encodeURIComponent(model)}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
      () => ({ contents: [{ role: 'user', parts: [{ text: 'hi' }] }] }),
    ),
  ]
})
const CHAT = WAYS.find(({ name }) => name === 'chat completions, whole') as Way

async function trailOf(): Promise<readonly string[]> {
  const [row] = await running.rows(1)
  const detail = await running.client['traffic.get']({ id: row?.id ?? '' })
  if (!detail.ok) throw new Error(detail.failure.message)
  return (detail.value.exchange?.plan?.trail ?? []).map(english)
}

/** A rule's condition, a request that it holds for and one that it does not. */
const CONDITIONS: readonly { readonly when: object; readonly holds: Parameters<Way['ask']>; readonly not: Parameters<Way['ask']>; readonly notBy?: string }[] =
  [
    { when: { models: ['left/*'] }, holds: ['left/m'], not: ['right/m'] },
    { when: { dialects: ['openai-chat'] }, holds: ['left/m'], not: ['left/m'], notBy: 'messages, whole' },
    { when: { tags: { team: 'search' } }, holds: ['left/m', { metadata: { team: 'search' } }], not: ['left/m', {}, { 'x-switchyard-tags': 'team=ads' }] },
    { when: { inputTokens: { min: 200 } }, holds: ['left/m', { messages: [{ role: 'user', content: 'word '.repeat(2_000) }] }], not: ['left/m'] },
    { when: { stream: true }, holds: ['left/m', { stream: true }], not: ['left/m'] },
    {
      when: { tools: 'some' },
      holds: ['left/m', { tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object', properties: {} } } }] }],
      not: ['left/m'],
    },
    { when: { needs: ['json-schema'] }, holds: ['left/m', jsonSchema()], not: ['left/m'] },
    { when: { hours: { from: 0, to: 24 }, weekdays: [1, 2, 3, 4, 5, 6, 7], stream: true }, holds: ['left/m', { stream: true }], not: ['left/m'] },
    {
      when: { estimatedUsd: { min: 0.01 } },
      holds: ['openai/gpt-4o', { messages: [{ role: 'user', content: 'word '.repeat(20_000) }] }],
      not: ['openai/gpt-4o'],
    },
    { when: { spentTodayUsd: { max: 1 }, stream: true }, holds: ['left/m', { stream: true }], not: ['left/m'] },
  ]

function jsonSchema(): object {
  return {
    response_format: { type: 'json_schema', json_schema: { name: 'a', strict: true, schema: { type: 'object', properties: {}, additionalProperties: false } } },
  }
}

describe('a rule', () => {
  it.each(CONDITIONS.map((each) => [JSON.stringify(each.when), each] as const))(
    'holds where %s does, and nowhere else',
    async (_name, { when, holds, not, notBy = CHAT.name }) => {
      await start({ rules: [{ name: 'there', when, actions: [{ do: 'route', models: ['right/chosen'] }] }] })
      // prices are read beside the first requests; the list of models waits for them
      await raw(`${running.address}/v1/models`, { method: 'GET', headers: { authorization: `Bearer ${TEST_KEYS.client}` } })
      const held = await CHAT.ask(...holds)
      expect(held.status, held.text).toBe(200)
      expect(held.headers['x-switchyard-served-by']).toBe('right/chosen')
      const passed = await WAYS.find(({ name }) => name === notBy)?.ask(...not)
      expect(passed?.status).not.toBe(500)
      expect(passed?.headers['x-switchyard-served-by']).not.toBe('right/chosen')
    },
  )
})

describe.each(WAYS)('by $name', ({ ask }) => {
  it('an alias stands for its models, in order', async () => {
    await start({ aliases: { fast: { models: [{ model: 'left/m' }, { model: 'right/m' }] } } })
    answers.set('left', answerJson({ error: { message: 'no' } }, 500))
    const answer = await ask('fast')
    expect(answer.status, answer.text).toBe(200)
    expect(answer.headers['x-switchyard-served-by']).toBe('right/m')
    expect(await trailOf()).toEqual(["Alias 'fast' stands for left/m, then right/m."])
  })

  it('a preset brings model, parameters and system prompt, whichever way the upstream speaks', async () => {
    await start({ presets: { terse: { models: ['left/m'], parameters: { temperature: 0.25 }, system: 'Be brief.' } } })
    const answer = await ask('@preset/terse')
    expect(answer.status, answer.text).toBe(200)
    expect(sentUp()).toMatchObject({ model: 'm', temperature: 0.25 })
    expect(JSON.stringify(sentUp().messages)).toContain('Be brief.')
    expect(sentUp()).not.toHaveProperty('preset')
  })

  it('a preset goes with the model beside it, and by its field', async () => {
    await start({ presets: { terse: { models: ['left/m'], parameters: { temperature: 0.5 } } } })
    expect((await ask('right/m@preset/terse')).headers['x-switchyard-served-by']).toBe('right/m')
    expect(sentUp()).toMatchObject({ temperature: 0.5 })
    expect((await ask('right/other', { preset: 'terse' })).headers['x-switchyard-served-by']).toBe('right/other')
    expect(sentUp()).toMatchObject({ model: 'other', temperature: 0.5 })
  })

  it('an unknown preset is a 404 that names near ones', async () => {
    await start({ presets: { terse: { models: ['left/m'] } } })
    const answer = await ask('@preset/terze')
    expect(answer.status).toBe(404)
    expect(answer.text).toContain("There is no preset 'terze'. Near names: terse.")
    expect(called()).toEqual([])
  })

  it("a rule that denies answers 403 in the user's words and calls nobody", async () => {
    await start({ rules: [{ name: 'closed', when: { models: ['left/*'] }, actions: [{ do: 'deny', message: 'Not on this machine.' }] }] })
    const answer = await ask('left/m')
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('Not on this machine.')
    expect(called()).toEqual([])
    const [row] = await running.rows(1)
    expect(row).toMatchObject({ outcome: 'forbidden', message: 'Not on this machine.' })
    // for who asks why
    expect(await trailOf()).toEqual(["Rule 'closed' applies: it denies."])
  })

  it('a rule routes by tags, and others go on as asked', async () => {
    await start({ rules: [{ name: 'search team', when: { tags: { team: 'search' } }, actions: [{ do: 'route', models: ['right/m'] }] }] })
    expect((await ask('left/m', {}, { 'x-switchyard-tags': 'team=search' })).headers['x-switchyard-served-by']).toBe('right/m')
    expect((await ask('left/m', {}, { 'x-switchyard-tags': 'team=ads' })).headers['x-switchyard-served-by']).toBe('left/m')
  })

  it('a rule that guards stops what holds a secret, and nobody is told which', async () => {
    await start({ rules: [{ name: 'no secrets', when: {}, actions: [{ do: 'guard', block: ['secret'] }] }] })
    expect((await ask('left/m')).status).toBe(200)
    const secret = 'AKIAMADEUP0123456789'
    const guarded = { messages: [{ role: 'user', content: secret }], input: secret, contents: [{ role: 'user', parts: [{ text: secret }] }] }
    const answer = await ask('left/m', guarded)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain("The rule 'no secrets' of this gateway lets no key or other secret out")
    expect(called()).toEqual(['left'])
    const rows = await running.rows(2)
    expect(rows[0]).toMatchObject({ outcome: 'content-policy' })
    expect(JSON.stringify(rows)).not.toContain(secret)
    expect(await trailOf()).toEqual(["Rule 'no secrets' applies: it found key or other secret and stopped the request."])
  })

  it('a fallback for one cause is not tried for another', async () => {
    await start({ fallbacks: [{ models: ['left/*'], on: ['rate-limit'], to: ['right/m'] }] })
    answers.set('left', answerJson({ error: { message: 'broken' } }, 500))
    const broken = await ask('left/m')
    expect(broken.status).toBe(502)
    expect(called()).not.toContain('right')
    answers.set('left', answerJson({ error: { message: 'slow down' } }, 429))
    const limited = await ask('left/n')
    expect(limited.status, limited.text).toBe(200)
    expect(limited.headers['x-switchyard-served-by']).toBe('right/m')
  })
})

describe('a rule by what is measured', () => {
  it.each([
    [{ inputTokens: { min: 1, max: 1_000 } }, true],
    [{ inputTokens: { min: 1_000 } }, false],
    [{ spentTodayUsd: { max: 1 } }, true],
    [{ spentTodayUsd: { min: 1 } }, false],
    // nobody knows what left/m costs, and nobody has a budget here
    [{ estimatedUsd: { max: 1 } }, false],
    [{ budgetLeftUsd: { max: 1 } }, false],
    [{ hours: { from: 0, to: 24 }, weekdays: [1, 2, 3, 4, 5, 6, 7] }, true],
    [{ tools: 'none', needs: [], stream: false, dialects: ['openai-chat'], clients: ['Environment key'] }, true],
  ])('%j: %s', async (when, applies) => {
    await start({ rules: [{ name: 'measured', when, actions: [{ do: 'route', models: ['right/m'] }] }] })
    const answer = await CHAT.ask('left/m')
    expect(answer.status, answer.text).toBe(200)
    expect(answer.headers['x-switchyard-served-by']).toBe(applies ? 'right/m' : 'left/m')
  })
})

describe('fallbacks by cause', () => {
  it.each([
    ['context-too-long', 400, { message: "This model's maximum context length is 8192 tokens.", code: 'context_length_exceeded' }],
    ['content-policy', 400, { message: 'Rejected by the content filter.', code: 'content_filter' }],
    ['error', 503, { message: 'busy' }],
    ['rate-limit', 429, { message: 'slow down' }],
  ])('%s', async (cause, status, error) => {
    await start({ fallbacks: [{ on: [cause], to: ['right/m'] }] })
    answers.set('left', answerJson({ error }, status))
    for (const [index, { name, ask }] of WAYS.entries()) {
      upstream.seen.length = 0
      // a place of its own for each, since places that fail get a rest
      const answer = await ask(`left/m${index}`)
      expect(answer.status, `${name}: ${answer.text}`).toBe(200)
      expect(called(), name).toEqual(['left', 'right'])
      const [row] = await running.rows(index + 1)
      expect(row?.attempts.map(({ phase }) => phase)).toEqual(['failed', 'done'])
    }
  })

  it('do not cover for a model that nobody serves', async () => {
    await start({ fallbacks: [{ on: ['error'], to: ['right/m'] }] })
    expect((await CHAT.ask('nobody/has-this')).status).toBe(404)
    expect(called()).toEqual([])
  })

  it('cover for one without a key', async () => {
    await start({ fallbacks: [{ on: ['error'], to: ['right/m'] }] })
    expect((await CHAT.ask('mistral/mistral-small-latest')).headers['x-switchyard-served-by']).toBe('right/m')
  })
})

describe('preferences of a rule', () => {
  const PREFERRING = {
    aliases: { either: { models: [{ model: 'left/m' }, { model: 'right/m' }] } },
    rules: [{ name: 'not left', when: {}, actions: [{ do: 'prefer', provider: { ignore: ['left'] } }] }],
  }

  it("hold where the client says nothing, and give way to the client's own", async () => {
    await start(PREFERRING)
    expect((await CHAT.ask('either')).headers['x-switchyard-served-by']).toBe('right/m')
    expect((await CHAT.ask('either', { provider: { ignore: ['right'] } })).headers['x-switchyard-served-by']).toBe('left/m')
    expect(sentUp()).not.toHaveProperty('provider')
  })
})

describe('why nobody was asked', () => {
  it('is kept with an answer out of the cache, and told to who asks for metadata', async () => {
    await start({ aliases: { fast: { models: [{ model: 'left/m' }] } } })
    const asked = { 'x-openrouter-cache': 'true', 'x-openrouter-metadata': 'enabled' }
    const pipeline = async (): Promise<unknown> =>
      (await CHAT.ask('fast', {}, asked)).json<{ openrouter_metadata: { pipeline: unknown } }>().openrouter_metadata.pipeline
    const stands = { type: 'routing', name: 'own-routing', summary: "Alias 'fast' stands for left/m." }
    expect(await pipeline()).toEqual([stands, { type: 'response_cache', name: 'miss', data: {} }])
    const [first] = await running.rows(1)
    await expect.poll(pipeline).toMatchObject([{ name: 'own-routing' }, { type: 'response_cache', name: 'exact', data: { source: first?.id } }])
    await running.rows(2)
    expect(called()).toEqual(['left'])
    expect(await trailOf()).toEqual([
      "Alias 'fast' stands for left/m.",
      `The response cache had the answer to this very question, given to ${first?.id ?? ''}.`,
    ])
  })
})

describe('cache settings of a rule', () => {
  it('keep answers for those that it is for, unless the client says otherwise', async () => {
    await start({
      aliases: { steady: { models: [{ model: 'left/m' }] } },
      rules: [{ name: 'batch', when: { tags: { job: 'batch' } }, actions: [{ do: 'cache', cache: { enabled: true, ttlSeconds: 60 } }] }],
    })
    const status = async (headers: Record<string, string>): Promise<unknown> =>
      (await CHAT.ask('steady', { temperature: 0 }, headers)).headers['x-openrouter-cache-status']
    const batch = { 'x-switchyard-tags': 'job=batch' }
    expect(await status(batch)).toBe('MISS')
    await running.rows(1)
    await expect.poll(() => status(batch)).toBe('HIT')
    expect(await status({ ...batch, 'x-openrouter-cache': 'false' })).toBeUndefined()
    expect(await status({})).toBeUndefined()
  })
})

describe('cache settings of an alias and of a preset', () => {
  it('opt in questions in other words, the preset over the alias, the rule over both', async () => {
    const cache = { enabled: true, semantic: true }
    await start({
      aliases: { faq: { models: [{ model: 'left/m' }], cache }, plain: { models: [{ model: 'left/m' }] } },
      presets: { faq: { models: ['plain'], cache }, exact: { models: ['faq'], cache: { enabled: true, semantic: false } } },
      rules: [{ name: 'batch', when: { tags: { job: 'batch' } }, actions: [{ do: 'cache', cache: { enabled: false } }] }],
    })
    const status = async (model: string, question: string, headers: Record<string, string> = {}): Promise<unknown> =>
      (await CHAT.ask(model, { messages: [{ role: 'user', content: question }] }, headers)).headers['x-openrouter-cache-status']
    const asked = 'How do I turn on two-factor authentication?'
    const reworded = 'How can I turn on two-factor authentication?'
    expect(await status('faq', asked)).toBe('MISS')
    await expect.poll(() => status('faq', asked)).toBe('HIT')
    expect(await status('@preset/exact', reworded)).toBe('MISS')
    expect(await status('plain', asked)).toBeUndefined()
    expect(await status('faq', 'How should I turn on two-factor authentication?')).toBe('HIT')
    expect(await status('@preset/faq', 'What should I do to turn on two-factor authentication?')).toBe('HIT')
    expect(await status('faq', asked, { 'x-switchyard-tags': 'job=batch' })).toBeUndefined()
    // and the workbench opens aliases too when it says why two requests are the same
    const body = (model: string): string => JSON.stringify({ model, messages: [{ role: 'user', content: asked }] })
    const one = { dialect: 'openai-chat', body: body('faq') } as const
    const compared = await running.client['cache.explain']({ one, other: { dialect: 'openai-chat', body: body('left/m') } })
    expect(compared).toMatchObject({ ok: true, value: { same: true } })
  })
})

describe('a split', () => {
  it('keeps a conversation in its arm and shares conversations by weight', async () => {
    const arms = [
      { name: 'a', model: 'left/m', weight: 1 },
      { name: 'b', model: 'right/m', weight: 1 },
    ]
    await start({ splits: [{ name: 'trial', models: ['smart'], arms }] })
    const served = async (session: string): Promise<unknown> => (await CHAT.ask('smart', { session_id: session })).headers['x-switchyard-served-by']
    const first = await Promise.all(Array.from({ length: 12 }, (_, index) => served(`conversation ${index}`)))
    const second = await Promise.all(Array.from({ length: 12 }, (_, index) => served(`conversation ${index}`)))
    expect(second).toEqual(first)
    expect(new Set(first)).toEqual(new Set(['left/m', 'right/m']))
  })
})

describe('lists of models', () => {
  it.each([
    [
      '/v1/models',
      {},
      (json: { data: { id: string; owned_by: string }[] }) =>
        json.data
          .filter(({ owned_by }) => owned_by === 'switchyard')
          .slice(0, 2)
          .map(({ id }) => id),
    ],
    ['/v1/models', { 'anthropic-version': '2023-06-01' }, (json: { data: { id: string }[] }) => json.data.slice(0, 2).map(({ id }) => id)],
    ['/v1beta/models', {}, (json: { models: { name: string }[] }) => json.models.slice(0, 2).map(({ name }) => name.replace('models/', ''))],
    ['/api/tags', {}, (json: { models: { model: string }[] }) => json.models.slice(0, 2).map(({ model }) => model)],
  ])('%s with %j offers aliases and presets', async (path, headers, own) => {
    await start({ aliases: { fast: { models: [{ model: 'left/m' }] } }, presets: { terse: { models: ['left/m'] }, bare: {} } })
    const answer = await raw(`${running.address}${path}`, { method: 'GET', headers: { authorization: `Bearer ${TEST_KEYS.client}`, ...headers } })
    expect(own(answer.json<never>())).toEqual(['fast', '@preset/terse'])
  })

  it.each([
    ['GET', '/v1/models/NAME', {}, undefined, (json: { id: string }) => json.id],
    ['GET', '/v1/models/NAME', { 'anthropic-version': '2023-06-01' }, undefined, (json: { id: string }) => json.id],
    ['GET', '/v1beta/models/NAME', {}, undefined, (json: { name: string }) => json.name.replace('models/', '')],
    ['POST', '/api/show', {}, { model: 'NAME' }, (json: { capabilities: string[] }) => (json.capabilities.includes('completion') ? 'NAME' : '')],
  ] as const)('%s %s with %j knows them one by one', async (method, path, headers, body, named) => {
    await start({ aliases: { fast: { models: [{ model: 'left/m' }] } }, presets: { terse: { models: ['left/m'] } } })
    for (const name of ['fast', '@preset/terse']) {
      const answer = await raw(`${running.address}${path.replace('NAME', name)}`, {
        method,
        headers: { authorization: `Bearer ${TEST_KEYS.client}`, ...headers },
        ...(body !== undefined && { body: JSON.stringify(body).replace('NAME', name) }),
      })
      expect(answer.status, answer.text).toBe(200)
      expect(named(answer.json<never>()).replace('NAME', name)).toBe(name)
    }
  })
})
