/** The routes of the Cache screen over a real gateway. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Result } from '../../shared/contract.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'

let upstream: FakeUpstream
let running: TestGateway
let answers = 0

beforeEach(async () => {
  answers = 0
  upstream = await fakeUpstream((seen, response) =>
    answerJson({
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: `Réponse number ${++answers}` }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 },
    })(seen, response),
  )
  running = await startGateway({ upstream: upstream.url })
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

async function value<T>(result: Promise<Result<T>>): Promise<T> {
  const answer = await result
  if (!answer.ok) throw new Error(answer.failure.message)
  return answer.value
}

const ask = (question: string, more: object = {}): Promise<RawAnswer> =>
  raw(`${running.address}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'x-openrouter-cache': 'true' },
    body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: question }], ...more }),
  })
const status = async (question: string): Promise<unknown> => (await ask(question)).headers['x-openrouter-cache-status']
const list = (query: object = {}) => value(running.client['cache.list']({ sort: 'newest', limit: 100, ...query }))

/** Asks each question once, and waits until all of them are kept. */
async function keep(...questions: string[]): Promise<readonly string[]> {
  for (const question of questions) await ask(question)
  // a row is closed with its price: from then on the price list is there
  await running.rows(questions.length)
  for (let tries = 0; tries < 200; tries++) {
    const { rows } = await list()
    if (rows.length >= questions.length) return questions.map((question) => rows.find((row) => row.question === question)?.key ?? '')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('not kept')
}

it('lists entries in pages, by words of question and answer, and by filter', async () => {
  await keep('Où est la gare?', 'Turn it on', 'Turn it off')
  await ask('Turn it on')
  const first = await list({ limit: 2 })
  const second = await list({ limit: 2, before: first.cursor })
  expect([...first.rows, ...second.rows].map((row) => row.question)).toEqual(['Turn it off', 'Turn it on', 'Où est la gare?'])
  expect(second.cursor).toBeUndefined()
  expect((await list({ sort: 'hits' })).rows[0]).toMatchObject({ question: 'Turn it on', hits: 1, kind: 'exact', saved: 270_000 })
  const found = async (query: object) => (await list(query)).rows.map((row) => row.question).sort()
  expect(await found({ text: 'gare' })).toEqual(['Où est la gare?'])
  expect(await found({ text: 'ou est' })).toEqual(['Où est la gare?'])
  expect(await found({ text: 'reponse 2' })).toEqual(['Turn it on'])
  expect(await found({ text: 'turn it o' })).toEqual(['Turn it off', 'Turn it on'])
  // nothing that people type is an expression
  for (const text of ['"', 'a AND', 'question:x', '*', 'NEAR(', "';--"]) expect(await found({ text })).toBeInstanceOf(Array)
  expect(await found({ leastHits: 1 })).toEqual(['Turn it on'])
  expect(await found({ model: 'openai/gpt-5' })).toEqual([])
  expect(await found({ kind: 'semantic' })).toEqual([])
  expect(await found({ olderThanMs: 3_600_000 })).toEqual([])
  expect(await running.client['cache.list']({ sort: 'newest', limit: 2, before: 'nonsense' })).toMatchObject({ ok: false, failure: { kind: 'bad-input' } })
})

it('tells everything of one entry', async () => {
  const [key = ''] = await keep('Turn it on')
  const hit = await ask('Turn it on')
  const detail = await value(running.client['cache.get']({ key }))
  expect(detail).toMatchObject({
    question: 'Turn it on',
    answer: { text: 'Réponse number 1' },
    entry: { key, hits: 1, model: 'openai/gpt-4o-mini', pinned: false },
    hits: [{ kind: 'exact', similarity: 1, request: hit.headers['x-generation-id'], saved: 270_000 }],
    nearMisses: [],
  })
  expect(detail.parts.map((part) => part.name)).toEqual(['scope', 'model', 'system', 'turns', 'question', 'tools', 'parameters', 'format', 'routing', 'rest'])
  expect(await running.client['cache.get']({ key: 'f'.repeat(64) })).toMatchObject({ ok: false, failure: { kind: 'not-found' } })
})

it('pins, changes the life of, deletes and brings back an entry, at once', async () => {
  const [key = ''] = await keep('x')
  expect((await value(running.client['cache.pin']({ key, pinned: true }))).expiresAt).toBeUndefined()
  await value(running.client['cache.setTtl']({ key, ttlSeconds: 1 }))
  await new Promise((resolve) => setTimeout(resolve, 1_050))
  expect(await status('x')).toBe('HIT')
  await value(running.client['cache.pin']({ key, pinned: false }))
  expect(await status('x')).toBe('MISS')
  await keep('y')
  const [other = ''] = await keep('y')
  expect(await value(running.client['cache.delete']({ keys: [other] }))).toEqual({ deleted: [other] })
  expect((await list({ text: 'y' })).rows).toEqual([])
  expect(await value(running.client['cache.restore']({ keys: [other] }))).toEqual({ restored: [other] })
  expect(await status('y')).toBe('HIT')
})

it('clears what a filter means, after telling what that would be', async () => {
  await keep('apple one', 'apple two', 'pear')
  const plan = await value(running.client['cache.clear']({ filter: { text: 'apple' }, dryRun: true }))
  expect(plan).toMatchObject({ dryRun: true })
  expect(plan.keys).toHaveLength(2)
  expect((await list()).rows).toHaveLength(3)
  expect((await value(running.client['cache.clear']({ filter: { text: 'apple' }, dryRun: false }))).keys).toHaveLength(2)
  expect((await list()).rows.map((row) => row.question)).toEqual(['pear'])
  await value(running.client['cache.restore']({ keys: [...plan.keys] }))
  expect((await list()).rows).toHaveLength(3)
})

it('never caches a question that was marked so, until that is taken back', async () => {
  const [key = ''] = await keep('x')
  await value(running.client['cache.never']({ key, allow: false }))
  for (let time = 0; time < 2; time++) expect(await status('x')).toBe('MISS')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await status('x')).toBe('MISS')
  expect(await value(running.client['cache.nevers']({}))).toMatchObject([{ key, question: 'x' }])
  await value(running.client['cache.never']({ key, allow: true }))
  expect(await value(running.client['cache.nevers']({}))).toEqual([])
  await keep('x')
  expect(await status('x')).toBe('HIT')
})

it('removes an entry whose answer was wrong', async () => {
  const [key = ''] = await keep('x')
  await ask('x')
  expect(await value(running.client['cache.wrong']({ key }))).toEqual({ deleted: true, learned: false })
  expect(await status('x')).toBe('MISS')
})

it('says why two requests are not the same', async () => {
  const one = await ask('Turn it on', { temperature: 0.5, num_ctx: 10 })
  const other = await ask('Turn it off', { temperature: 0.7, num_ctx: 10 })
  await running.rows(2)
  const request = (answer: RawAnswer) => ({ request: String(answer.headers['x-generation-id']) })
  const compared = await value(running.client['cache.explain']({ one: request(one), other: request(other) }))
  expect(compared.same).toBe(false)
  expect(compared.differences.map(({ part }) => part)).toEqual(['question', 'parameters'])
  expect(compared.differences[0]).toMatchObject({ one: expect.stringContaining('Turn it on'), other: expect.stringContaining('Turn it off') })
  expect(compared.differences[1]).toMatchObject({ one: expect.stringContaining('0.5'), other: expect.stringContaining('0.7') })
  const [entry] = (await list()).rows
  const itself = await value(running.client['cache.explain']({ one: request(other), other: { entry: entry?.key ?? '' } }))
  expect(itself).toMatchObject({ same: true, differences: [] })
  const body = JSON.stringify({ model: 'openai/gpt-4o-mini', temperature: 0.7, num_ctx: 11, messages: [{ role: 'user', content: 'Turn it off' }] })
  const given = await value(running.client['cache.explain']({ one: { dialect: 'openai-chat', body, scope: 'environment' }, other: request(other) }))
  expect(given.differences.map(({ part }) => part)).toEqual(['rest'])
})

interface Line {
  readonly key: string
  readonly parts: readonly unknown[]
}

it('takes its entries elsewhere and back', async () => {
  await keep('one', 'two')
  const exported = await value(running.client['cache.export']({}))
  expect(exported.lines.trim().split('\n')).toHaveLength(2)
  const { keys } = await value(running.client['cache.clear']({ filter: {}, dryRun: false }))
  expect(keys).toHaveLength(2)
  const spoilt = exported.lines.split('\n')[0]?.replace('"text-delta"', '"made-up"')
  const imported = await value(running.client['cache.import']({ lines: `${exported.lines}{"no":1}\nnot json\n${spoilt}` }))
  expect(imported.imported).toBe(2)
  expect(imported.refused).toHaveLength(3)
  expect(imported.refused[1]).toBe('line 4: it is not JSON')
  // an answer under the key of another question would be given to it
  const [first = '', second = ''] = exported.lines.trim().split('\n')
  const [one, two] = [JSON.parse(first), JSON.parse(second)] as [Line, Line]
  const mixed = [
    { ...one, key: two.key },
    { ...one, parts: two.parts },
    { ...one, parts: one.parts.map(() => one.parts[0]) },
  ]
  const refused = await value(running.client['cache.import']({ lines: mixed.map((line) => JSON.stringify(line)).join('\n') }))
  expect(refused).toEqual({ imported: 0, refused: [1, 2, 3].map((line) => `line ${line}: its key is not that of its parts`) })
  expect(await status('one')).toBe('HIT')
  expect(await status('two')).toBe('HIT')
})

it('keeps within its size, the least lately used going first and pinned ones never', async () => {
  const settings = await value(running.client['settings.get']({}))
  const keys = await keep('one', 'two', 'three')
  await value(running.client['cache.pin']({ key: keys[0] ?? '', pinned: true }))
  await ask('two')
  await list()
  await value(running.client['settings.update']({ cache: { ...settings.cache, mostEntries: 3 } }))
  await ask('four')
  for (let tries = 0; tries < 200 && (await list()).rows.length > 3; tries++) await new Promise((resolve) => setTimeout(resolve, 5))
  expect((await list()).rows.map((row) => row.question).sort()).toEqual(['four', 'one', 'two'])
  expect(await status('three')).toBe('MISS')
})

it('counts what it did', async () => {
  await keep('x')
  for (let time = 0; time < 3; time++) await ask('x')
  expect(await value(running.client['cache.stats']({}))).toMatchObject({
    entries: 1,
    hits: 3,
    semanticHits: 0,
    saved: 810_000,
    wrong: 0,
    models: ['openai/gpt-4o-mini'],
  })
})
