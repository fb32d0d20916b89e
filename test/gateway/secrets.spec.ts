/** After a session that uses every route and fails in every way, no key is found in the data folder, the log, or any answer. */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { answerJson, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS } from '../support/gateway.ts'
import { raw } from '../support/http.ts'

function files(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? files(path) : [path]
  })
}

it.each(['memory', 'file'] as const)('keeps every key out of files, log and answers (vault: %s)', async (backend) => {
  const upstream = await fakeUpstream()
  const running = await startGateway({ upstream: upstream.url, keepData: true })
  const answers: string[] = []
  const told = <T>(value: T): T => {
    answers.push(JSON.stringify(value))
    return value
  }
  const { client } = running
  const passphrase = 'made-up-passphrase-31415926'
  told(await client['vault.choose']({ backend, passphrase }))
  upstream.answer(answerJson({ object: 'list', data: [] }))
  const added = told(await client['keys.add']({ provider: 'openai', label: 'work', secret: TEST_KEYS.openai }))
  told(await client['keys.add']({ provider: 'openai', label: 'again', secret: TEST_KEYS.openai }))
  told(await client['keys.add']({ provider: 'nowhere', label: 'bad', secret: TEST_KEYS.google }))
  told(await client['keys.import']({ variable: 'ANTHROPIC_API_KEY' }))
  // a provider that gives the key back in its complaint
  upstream.answer(answerJson({ error: { message: `bad key ${TEST_KEYS.openaiSecond}`, code: 'invalid_api_key' } }, 401))
  if (added.ok) told(await client['keys.replace']({ id: added.value.credential.id, secret: TEST_KEYS.openaiSecond }))
  for (const path of ['/v1/chat/completions', '/v1/messages', '/v1beta/models/openai%2Fgpt-4o-mini:generateContent'])
    for (const headers of [
      { authorization: `Bearer ${TEST_KEYS.client}` },
      { 'x-api-key': TEST_KEYS.client },
      { 'x-goog-api-key': TEST_KEYS.client },
      { authorization: `Bearer ${TEST_KEYS.google}` },
    ])
      answers.push(
        (
          await raw(running.address + path, {
            headers,
            body: JSON.stringify({
              model: 'openai/gpt-4o-mini',
              max_tokens: 5,
              messages: [{ role: 'user', content: 'hello' }],
              contents: [{ parts: [{ text: 'hello' }] }],
            }),
          })
        ).text,
      )
  answers.push((await raw(`${running.address}/v1beta/models?key=${TEST_KEYS.client}`, { method: 'GET' })).text)
  const created = await client['clients.create']({ name: 'tool' })
  const clientSecret = created.ok ? created.value.secret : ''
  expect(clientSecret).not.toBe('')
  const reads = await Promise.all([
    client['vault.status']({}),
    client['keys.list']({}),
    client['keys.environment']({}),
    client['providers.list']({}),
    client['models.list']({}),
    client['connect.status']({}),
    client['clients.list']({}),
    client['settings.get']({}),
    client['traffic.totals']({}),
  ])
  told(reads)
  for (const row of await running.rows(3)) told(await client['traffic.get']({ id: row.id }))
  await running.close()
  await upstream.close()

  const looked = files(running.dataDir)
  expect(looked.length).toBeGreaterThan(1)
  // other users of this machine read none of them, wherever the folder is
  if (process.platform !== 'win32') for (const path of looked) expect(statSync(path).mode & 0o077, path).toBe(0)
  const places: [string, string][] = [
    ...looked.map((path): [string, string] => [path, readFileSync(path, 'latin1')]),
    ['the log', running.log.join('\n')],
    ['an answer', answers.join('\n')],
  ]
  for (const secret of [...Object.values(TEST_KEYS), clientSecret, passphrase]) {
    for (const [place, text] of places) expect(text.includes(secret), `${place} holds a key`).toBe(false)
  }
  rmSync(running.dataDir, { recursive: true, force: true })
})
