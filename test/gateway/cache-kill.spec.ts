/** What the response cache has told the database is there after a `kill -9`, and what is damaged on the disk is never served. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { openStorage } from '../../electron/engine/storage/worker-client.ts'
import { answerOf, keyOfEntry } from '../support/cache-entries.ts'
import { dataFolder } from '../support/data-folder.ts'
import { answerJson, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS } from '../support/gateway.ts'
import { raw } from '../support/http.ts'

const SCRIPT = fileURLToPath(new URL('../support/cache-until-killed.ts', import.meta.url))

it('survives kill -9: every entry that was written is there, whole', async () => {
  const dataDir = dataFolder()
  const child = spawn(process.execPath, [SCRIPT, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  let put = 0
  const written: number[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, number] = line.split(' ')
    if (what === 'put') put++
    else written.push(Number(number))
    if (written.length >= 300) child.kill('SIGKILL')
  }
  expect(await exited).toEqual([null, 'SIGKILL'])
  expect(put).toBeGreaterThanOrEqual(written.length)

  const storage = await openStorage({ dataDir })
  const { rows } = await storage.cache.cacheIndex()
  const there = new Set(rows.map(({ key }) => key))
  expect(written.filter((number) => !there.has(keyOfEntry(number)))).toEqual([])
  for (let number = 1; number <= put; number++) {
    const found = await storage.cache.cacheTake(keyOfEntry(number))
    // what was on its way is there whole, or not at all
    if (there.has(keyOfEntry(number))) expect(found).toMatchObject({ content: JSON.stringify(answerOf(number)), source: `gen-${number}` })
    else expect(found).toBeUndefined()
  }
  const page = await storage.cache.cacheList({ sort: 'newest', limit: 5, text: `question ${written.at(-1)}` })
  expect(page.rows.map(({ key }) => key)).toContain(keyOfEntry(written.at(-1) ?? 0))
  await storage.close()
})

it('drops a damaged entry with a line in the log, and asks the provider', async () => {
  const dataDir = dataFolder()
  let answers = 0
  const upstream = await fakeUpstream((seen, response) =>
    answerJson({
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: `answer ${++answers}` }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    })(seen, response),
  )
  const ask = (address: string) =>
    raw(`${address}/v1/chat/completions`, {
      headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'x-openrouter-cache': 'true' },
      body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'x' }] }),
    })
  const first = await startGateway({ upstream: upstream.url, dataDir, keepData: true })
  await ask(first.address)
  await first.rows(1)
  await first.close()

  const database = new Database(join(dataDir, 'switchyard.db'))
  const changed = database.prepare("UPDATE cache_entries SET content = replace(content, 'answer 1', 'answer 9')").run().changes
  database.close()
  expect(changed).toBe(1)

  const second = await startGateway({ upstream: upstream.url, dataDir, keepData: true })
  await second.client['cache.list']({ sort: 'newest', limit: 10 })
  const answer = await ask(second.address)
  expect(answer.headers['x-openrouter-cache-status']).toBe('MISS')
  expect(answer.text).toContain('answer 2')
  expect(second.log.join('')).toContain('An entry of the response cache was damaged and has been removed')
  // made anew, it is good again
  await second.rows(2)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect((await ask(second.address)).headers['x-openrouter-cache-status']).toBe('HIT')
  await second.close()

  // and is there at the next start, from the disk
  const third = await startGateway({ upstream: upstream.url, dataDir, keepData: true })
  await third.client['cache.list']({ sort: 'newest', limit: 10 })
  const kept = await ask(third.address)
  expect(kept.headers['x-openrouter-cache-status']).toBe('HIT')
  expect(kept.text).toContain('answer 2')
  expect(upstream.seen).toHaveLength(2)
  await third.close()
  await upstream.close()
})
