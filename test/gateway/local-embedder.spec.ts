/**
 * A model on this machine from the agreement to the answer: brought from a made-up hub over HTTP, run by transformers.js in its thread, and used by whole
 * requests through the gateway. The model is made by the test and holds no trained weights.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { vectorsOf } from '../../electron/engine/cache/semantic/embedders/models.ts'
import type { Result } from '../../shared/contract.ts'
import type { LocalModelSummary } from '../../shared/local-models.ts'
import type { Settings } from '../../shared/settings.ts'
import { dataFolder } from '../support/data-folder.ts'
import { type FakeHub, fakeHub, offerOf } from '../support/fake-hub.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { type RawAnswer, raw } from '../support/http.ts'
import { madeModelFiles } from '../support/made-embedding-model.ts'

/** The last word is in no vocabulary: words alone do not take the two for the same, the made model's vectors are near and the gate lets it pass. */
const QUESTION = 'How do I undo my commit?'
const REWORDED = 'How do I undo my commit quickly?'
const SIMILARITY = 0.974
const WEIGHTS = 'onnx/model_quantized.onnx'

const files = madeModelFiles()
const offer = offerOf(files)
let hub: FakeHub
let upstream: FakeUpstream
let running: TestGateway
let dataDir: string
let answers: number

beforeEach(async () => {
  answers = 0
  dataDir = dataFolder()
  hub = await fakeHub(files)
  upstream = await fakeUpstream((seen, response) =>
    answerJson({
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: `answer ${++answers}` }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
    })(seen, response),
  )
})
afterEach(async () => {
  await running.close()
  await upstream.close()
  await hub.close()
})

async function start(cache: Partial<Settings['cache']> = {}): Promise<void> {
  const settings = { cache: { clients: { environment: 'semantic' }, ...cache } as Settings['cache'] }
  running = await startGateway({ upstream: upstream.url, dataDir, keepData: true, settings, modelHub: { url: hub.url, offers: [offer] } })
}

async function value<T>(result: Promise<Result<T>>): Promise<T> {
  const answer = await result
  if (!answer.ok) throw new Error(answer.failure.message)
  return answer.value
}

const model = async (): Promise<LocalModelSummary> => {
  const [found] = await value(running.client['embedders.list']({}))
  if (found === undefined) throw new Error('no model is offered')
  return found
}
async function until(is: LocalModelSummary['state']['is']): Promise<LocalModelSummary> {
  for (let tries = 0; tries < 400; tries++) {
    const found = await model()
    if (found.state.is === is) return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`never ${is}: ${JSON.stringify(await model())}`)
}
const embedder = async (): Promise<string> => (await value(running.client['settings.get']({}))).cache.embedder
const agree = (): Promise<LocalModelSummary> => value(running.client['embedders.download']({ id: offer.id, revision: offer.revision }))
const ask = (question: string): Promise<RawAnswer> =>
  raw(`${running.address}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${TEST_KEYS.client}` },
    body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: question }] }),
  })
const status = (answer: RawAnswer): unknown => answer.headers['x-openrouter-cache-status']

it('brings nothing without agreement, also when the settings name the model', async () => {
  await start({ embedder: offer.id })
  expect(status(await ask(QUESTION))).toBe('MISS')
  expect(status(await ask(QUESTION))).toBe('HIT')
  expect(await model()).toMatchObject({ licence: 'CC0-1.0', host: new URL(hub.url).host, state: { is: 'absent', received: 0 } })
  expect(hub.asked).toEqual([])
  const wrong = await running.client['embedders.download']({ id: offer.id, revision: 'f'.repeat(40) })
  expect(wrong).toMatchObject({ ok: false, failure: { kind: 'conflict' } })
  expect(await running.client['embedders.download']({ id: 'another', revision: offer.revision })).toMatchObject({ ok: false, failure: { kind: 'not-found' } })
  expect(hub.asked).toEqual([])
  expect(existsSync(join(dataDir, 'embedders'))).toBe(false)
})

/** As if so many matches of this embedder had been judged right: without evidence a match is only told, never served. */
function judgeRight(matches: number): void {
  const kinds = [{ kind: `${vectorsOf(offer)} 0.95 to 1.00`, right: matches, wrong: 0, checked: matches, checkedWrong: 0, served: 0 }]
  const database = new Database(join(dataDir, 'switchyard.db'))
  database.prepare('INSERT INTO cache_facts (name, value) VALUES (?, ?)').run('evidence', JSON.stringify({ kinds, entries: [], never: [] }))
  database.close()
}

function vectorsKept(): unknown {
  const database = new Database(join(dataDir, 'switchyard.db'), { readonly: true })
  const count = database.prepare('SELECT count(*) FROM cache_vectors').pluck().get()
  database.close()
  return count
}

it('once agreed to proposes a question in other words, which the gate lets through and the answer is given for', async () => {
  await start()
  await running.close()
  judgeRight(500)
  await start()
  await agree()
  await until('ready')
  expect(await embedder()).toBe(offer.id)
  await ask(QUESTION)
  // vectors are made behind the requests' backs; the first one starts the model. That of the newest answer may be made when somebody asks next
  expect(status(await ask('How do I bake a cake?'))).toBe('MISS')
  await expect.poll(vectorsKept).toBeGreaterThan(0)
  const answer = await ask(REWORDED)
  expect(status(answer)).toBe('HIT')
  expect(answer.headers['x-switchyard-cache']).toMatch(/^semantic; similarity=0\.974/)
  expect(answer.text).toContain('answer 1')
  expect(upstream.seen).toHaveLength(2)
  expect((await running.rows(3))[0]?.cache).toMatchObject({ kind: 'semantic', similarity: expect.closeTo(SIMILARITY, 2) })
  // the vectors are kept under this model and this commit
  await running.close()
  const database = new Database(join(dataDir, 'switchyard.db'), { readonly: true })
  const embedders = database.prepare('SELECT DISTINCT embedder FROM cache_vectors').pluck().all()
  database.close()
  expect(embedders).toEqual(['made-model@01234567'])
  // and the next run starts the model from the disk
  const before = hub.asked.length
  let asked = 0
  await start({ embedder: offer.id })
  await until('ready')
  // no look-up waits for the model to start; one that comes later finds it running
  const words = ['again', 'safely', 'quietly', 'cleanly', 'properly', 'neatly', 'gently', 'fully']
  await expect.poll(async () => status(await ask(`How do I undo my commit ${words[asked++]}?`)), { timeout: 5_000, interval: 500 }).toBe('HIT')
  expect(hub.asked).toHaveLength(before)
})

it('leaves the settings as they were when it was cancelled or failed', async () => {
  await start()
  hub.holds.set(WEIGHTS, 256)
  await agree()
  expect((await until('loading')).state).toMatchObject({ received: expect.any(Number) })
  expect((await value(running.client['embedders.cancel']({ id: offer.id }))).state).toEqual({ is: 'absent', received: 0 })
  expect(readdirSync(join(dataDir, 'embedders'))).toEqual([])
  hub.release()
  hub.lies.set(WEIGHTS, new Uint8Array(files.get(WEIGHTS)?.length ?? 0))
  await agree()
  expect((await until('failed')).state).toMatchObject({
    problem: { code: 'wrong-file', file: WEIGHTS },
    message: `${WEIGHTS} is not the file that Switchyard knows by its SHA-256; it was deleted`,
  })
  expect(await embedder()).toBe('')
  hub.lies.clear()
  await agree()
  await until('ready')
  expect(await embedder()).toBe(offer.id)
})

it('gives its disk back when deleted, and words alone are used from then on', async () => {
  await start()
  await agree()
  await until('ready')
  await ask(QUESTION)
  expect((await value(running.client['embedders.delete']({ id: offer.id }))).state).toEqual({ is: 'absent', received: 0 })
  expect(await embedder()).toBe('')
  expect(readdirSync(join(dataDir, 'embedders'))).toEqual([])
  expect(status(await ask(QUESTION))).toBe('HIT')
})
