/** Questions that mean the same, over a real gateway: opt-in, told in a header, seen through, and unlearned in one step. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Result } from '../../shared/contract.ts'
import type { Settings } from '../../shared/settings.ts'
import { dataFolder } from '../support/data-folder.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'

let upstream: FakeUpstream
let running: TestGateway
let dataDir: string
let answers = 0
/** What the provider says; undefined: a numbered answer. */
let says: string | undefined

beforeEach(async () => {
  answers = 0
  says = undefined
  dataDir = dataFolder()
  upstream = await fakeUpstream((seen, response) =>
    answerJson({
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: says ?? `answer ${++answers}` }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 },
    })(seen, response),
  )
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

const start = async (cache: Partial<Settings['cache']> = {}): Promise<void> => {
  const settings = { cache: { clients: { environment: 'semantic' }, ...cache } as Settings['cache'] }
  running = await startGateway({ upstream: upstream.url, dataDir, keepData: true, settings })
  await value(running.client['cache.stats']({}))
}

async function value<T>(result: Promise<Result<T>>): Promise<T> {
  const answer = await result
  if (!answer.ok) throw new Error(answer.failure.message)
  return answer.value
}

const ask = (question: string, more: object = {}): Promise<RawAnswer> =>
  raw(`${running.address}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}` },
    body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: question }], ...more }),
  })
const status = (answer: RawAnswer): unknown => answer.headers['x-openrouter-cache-status']

const QUESTION = 'How do I turn on two-factor authentication?'
const REWORDED = 'How can I turn on two-factor authentication?'
const OPPOSITE = 'How do I turn off two-factor authentication?'

async function kept(): Promise<string> {
  await ask(QUESTION)
  // a row is closed with its price: from then on the price list is there
  await running.rows(1)
  for (let tries = 0; tries < 200; tries++) {
    const { rows } = await value(running.client['cache.list']({ sort: 'newest', limit: 1 }))
    if (rows[0] !== undefined) return rows[0].key
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('not kept')
}

it('answers another wording of the same question, and says so', async () => {
  await start()
  const key = await kept()
  const answer = await ask(REWORDED)
  expect(status(answer)).toBe('HIT')
  expect(answer.headers['x-switchyard-cache']).toMatch(/^semantic; similarity=[01]\.\d{3}; saved=/)
  expect(answer.text).toContain('answer 1')
  expect(upstream.seen).toHaveLength(1)
  const [row] = await running.rows(2)
  expect(row).toMatchObject({ cost: 0, saved: 270_000, cache: { kind: 'semantic', key, similarity: expect.any(Number) } })
  const detail = await value(running.client['cache.get']({ key }))
  expect(detail.entry).toMatchObject({ kind: 'semantic', hits: 1 })
  expect(detail.hits).toMatchObject([{ kind: 'semantic', question: REWORDED }])
})

it('does not answer the opposite, and shows which gate refused', async () => {
  await start()
  const key = await kept()
  expect(status(await ask(OPPOSITE))).toBe('MISS')
  const detail = await value(running.client['cache.get']({ key }))
  const reason = { code: 'opposites', one: 'off', other: 'on' }
  expect(detail.nearMisses).toMatchObject([{ question: OPPOSITE, gate: 'opposites: off and on', reason }])
  const [row] = await running.rows(2)
  expect(row?.cache).toMatchObject({ kind: 'miss', nearMiss: 'opposites: off and on', nearMissReason: reason })
  const tested = await value(running.client['cache.test']({ one: QUESTION, other: OPPOSITE }))
  expect(tested).toMatchObject({ exact: false, isHit: false })
  expect(tested.gates).toContainEqual({ name: 'antonyms', against: 'opposites: on and off', reason: { code: 'opposites', one: 'on', other: 'off' } })
})

it.each([
  [
    'another system prompt',
    {
      messages: [
        { role: 'system', content: 'Answer in French.' },
        { role: 'user', content: REWORDED },
      ],
    },
  ],
  [
    'an earlier turn',
    {
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
        { role: 'user', content: REWORDED },
      ],
    },
  ],
  ['a tool', { tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } }] }],
  ['another model', { model: 'openai/gpt-4.1-mini' }],
  ['another limit', { max_tokens: 5 }],
  ['a format', { response_format: { type: 'json_object' } }],
  ['a field that nobody knows', { num_ctx: 1 }],
])('never answers across %s', async (_what, change) => {
  await start()
  await kept()
  expect(status(await ask(REWORDED, change))).toBe('MISS')
})

it('takes snapshots of one model for the same only where that is set, and names the one that answered', async () => {
  for (const semanticModel of ['exact', 'family'] as const) {
    await start({ semanticModel })
    const question = `${QUESTION} (${semanticModel})`
    await ask(question, { model: 'openai/gpt-4o-2024-08-06' })
    await value(running.client['cache.list']({ sort: 'newest', limit: 1 }))
    const answer = await ask(`${REWORDED} (${semanticModel})`, { model: 'openai/gpt-4o' })
    expect(status(answer)).toBe(semanticModel === 'family' ? 'HIT' : 'MISS')
    if (semanticModel === 'exact') await running.close()
    else expect(answer.headers['x-switchyard-served-by']).toBe('openai/gpt-4o-2024-08-06')
  }
})

it('is for those alone who have opted in', async () => {
  await start({ clients: { environment: 'exact' } })
  await kept()
  expect(status(await ask(QUESTION))).toBe('HIT')
  expect(status(await ask(REWORDED))).toBe('MISS')
})

it('never says again what was called wrong, also after a restart', async () => {
  await start()
  const key = await kept()
  const hit = await ask(REWORDED)
  const request = String(hit.headers['x-generation-id'])
  expect(await value(running.client['cache.wrong']({ key, request }))).toEqual({ deleted: false, learned: true })
  expect(status(await ask(REWORDED, { n: 1 }))).toBe('MISS')
  await running.client['cache.clear']({ filter: { text: 'can' }, dryRun: false })
  expect(status(await ask(REWORDED))).toBe('MISS')
  expect(status(await ask(QUESTION))).toBe('HIT')
  expect((await value(running.client['cache.stats']({}))).wrong).toBe(1)
  await running.client['cache.clear']({ filter: { text: 'can' }, dryRun: false })
  await running.close()
  await start()
  expect(status(await ask(QUESTION))).toBe('HIT')
  expect(status(await ask(REWORDED))).toBe('MISS')
})

it('finds what an earlier run kept', async () => {
  await start()
  await kept()
  await running.close()
  await start()
  expect(status(await ask(REWORDED))).toBe('HIT')
})

it('asks a sample of its hits again, shows what that cost, and learns from what it heard', async () => {
  says = 'Open the settings, choose security, and switch two-factor authentication on.'
  await start({ checkOneIn: 1 })
  const key = await kept()
  await ask(QUESTION)
  const verdicts = async (count: number): Promise<unknown[]> => {
    for (let tries = 0; ; tries++) {
      const { hits } = await value(running.client['cache.get']({ key }))
      const known = hits.flatMap((hit) => hit.checked ?? [])
      if (known.length >= count || tries > 200) return known
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  expect(await verdicts(1)).toEqual(['agrees'])
  expect(upstream.seen).toHaveLength(2)
  says = 'Bananas are yellow.'
  await ask(REWORDED)
  expect(await verdicts(2)).toEqual(['differs', 'agrees'])
  const stats = await value(running.client['cache.stats']({}))
  expect(stats).toMatchObject({ checked: 2, differed: 1, checksCost: 540_000 })
  const rows = await running.rows(5)
  expect(rows.filter((row) => row.source === 'cache-check')).toHaveLength(2)
  // what a check found different is not said again
  says = undefined
  expect(status(await ask(REWORDED))).toBe('MISS')
})

it('learns at no cost from matches that it holds: the fresh answer is compared with the kept one', async () => {
  says = 'Open the settings, choose security, and switch two-factor authentication on.'
  // no shipped evidence shows so small a rate
  await start({ targetErrorRate: 0.0001 })
  await kept()
  expect(status(await ask(REWORDED))).toBe('MISS')
  says = 'Bananas are yellow.'
  await ask('What should I do to turn on two-factor authentication?')
  const database = new Database(join(dataDir, 'switchyard.db'), { readonly: true })
  const judged = (): unknown => {
    const row = database.prepare<[], { value: string }>("SELECT value FROM cache_facts WHERE name = 'evidence'").get()
    return row === undefined ? undefined : (JSON.parse(row.value) as { kinds: unknown[] }).kinds
  }
  await expect.poll(judged, { timeout: 5_000 }).toMatchObject([{ kind: 'same words', right: 1, wrong: 1, checked: 2, checkedWrong: 1 }])
  database.close()
  expect(upstream.seen).toHaveLength(3)
})

describe('with an embedder of the user’s own', () => {
  /** Vectors as a model would make them: those about passwords lie together, whatever their words. */
  const vectorOf = (text: string): number[] => (/password|credentials/i.test(text) ? [1, 0.02 * text.length, 0] : [0, 0.01 * text.length, 1])
  let embedded: string[][]
  beforeEach(() => {
    embedded = []
    upstream.answer((seen, response) => {
      if (!seen.url.endsWith('/embeddings'))
        return answerJson({
          id: 'c',
          object: 'chat.completion',
          created: 1,
          model: 'm',
          choices: [{ index: 0, message: { role: 'assistant', content: `answer ${++answers}` }, finish_reason: 'stop' }],
          usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
        })(seen, response)
      const { input } = JSON.parse(seen.body) as { input: string[] }
      embedded.push(input)
      const data = input.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) }))
      return answerJson({ object: 'list', model: 'text-embedding-3-small', data, usage: { prompt_tokens: 5, total_tokens: 5 } })(seen, response)
    })
  })
  const embedder = { embedder: 'openai/text-embedding-3-small' }
  const FORGOTTEN = 'How do I reset a forgotten password?'

  it('asks it once for each question, keeps the vectors, and pays for them in rows of their own', async () => {
    await start(embedder)
    await ask(FORGOTTEN)
    await ask('What is the capital of Norway?')
    await ask('Which colours does the sky have?')
    await value(running.client['cache.list']({ sort: 'newest', limit: 10 }))
    const texts = embedded.flat()
    expect(texts).toContain(FORGOTTEN)
    const rows = await running.rows(4)
    expect(rows.some((row) => row.source === 'cache-embedding' && row.servedBy === 'openai/text-embedding-3-small')).toBe(true)
    await running.close()
    const before = embedded.flat().filter((text) => text === FORGOTTEN).length
    await start(embedder)
    await ask('What does a locksmith do all day long?')
    // the vector made before is taken from the disk
    expect(embedded.flat().filter((text) => text === FORGOTTEN)).toHaveLength(before)
  })

  it('goes on by words alone when it fails', async () => {
    await start({ embedder: 'openai/no-such-model' })
    upstream.answer((seen, response) => {
      if (seen.url.endsWith('/embeddings')) return answerJson({ error: { message: 'no such model' } }, 404)(seen, response)
      return answerJson({
        id: 'c',
        object: 'chat.completion',
        created: 1,
        model: 'm',
        choices: [{ index: 0, message: { role: 'assistant', content: 'yes' }, finish_reason: 'stop' }],
      })(seen, response)
    })
    await kept()
    expect(status(await ask(REWORDED))).toBe('HIT')
    expect(status(await ask(OPPOSITE))).toBe('MISS')
    expect(running.log.join('')).toContain('the embedder of the semantic cache failed')
  })
})

it('tells a near miss of an earlier version in the words it was kept in', async () => {
  await start()
  const key = await kept()
  await ask(OPPOSITE)
  await running.close()
  const database = new Database(join(dataDir, 'switchyard.db'))
  database.prepare("UPDATE cache_near_misses SET gate = 'numbers differ: 1 and 2'").run()
  database.close()
  await start()
  const { nearMisses } = await value(running.client['cache.get']({ key }))
  expect(nearMisses).toHaveLength(1)
  expect(nearMisses[0]).toMatchObject({ gate: 'numbers differ: 1 and 2' })
  expect(nearMisses[0]?.reason).toBeUndefined()
})
