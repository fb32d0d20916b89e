import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FORMER_KEPT_MS } from '../../electron/engine/credentials/former-secrets.ts'
import type { CredentialSummary } from '../../shared/api/keys.ts'
import { type FakeUpstream, fakeUpstream, type Seen } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'

const OLD = 'made-up-old-openai-key-1111aaaa'
const NEW = 'made-up-new-openai-key-2222bbbb'
const ANSWER = {
  id: 'made-up',
  object: 'chat.completion',
  model: 'gpt-5-nano',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
}

let upstream: FakeUpstream
let running: TestGateway
let now: number
let key: CredentialSummary
/** What the provider takes; with 401 for the rest, or what `refusal` says. */
let good: Set<string>
let refusal: number

beforeEach(async () => {
  now = 1_700_000_000_000
  good = new Set([OLD])
  refusal = 401
  upstream = await fakeUpstream(answering)
  running = await startGateway({ upstream: upstream.url, vault: 'memory', now: () => now })
  key = await told(running.client['keys.add']({ provider: 'openai', secret: OLD })).then(({ credential }) => credential)
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

function answering({ url, headers }: Seen, response: ServerResponse): void {
  const isGood = good.has((headers.authorization ?? '').replace('Bearer ', ''))
  const body = isGood
    ? url.endsWith('/models')
      ? { data: [{ id: 'gpt-5-nano' }] }
      : ANSWER
    : { error: { message: 'Incorrect API key.', code: 'invalid_api_key' } }
  response.writeHead(isGood ? 200 : refusal, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function told<T>(asking: Promise<{ ok: true; value: T } | { ok: false; failure: { message: string } }>): Promise<T> {
  const result = await asking
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}

async function ask(path = '/v1/chat/completions'): Promise<number> {
  const { status } = await fetch(`${running.address}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'openai/gpt-5-nano', messages: [{ role: 'user', content: 'Hi' }] }),
  })
  return status
}

/** The keys of the chat calls that came, in order. */
const sent = () => upstream.seen.filter(({ method }) => method === 'POST').map(({ headers }) => (headers.authorization ?? '').replace('Bearer ', ''))
const listed = async () => (await told(running.client['keys.list']({})))[0]

it.each([401, 403])('a key that is refused with %i is stood in for by the one it replaced', async (status) => {
  refusal = status
  const replaced = await told(running.client['keys.replace']({ id: key.id, secret: NEW }))
  expect(replaced.credential).toMatchObject({ last4: 'bbbb', state: { is: 'refused' }, former: { last4: 'aaaa', until: now + FORMER_KEPT_MS } })
  expect(await ask()).toBe(200)
  expect(sent()).toEqual([NEW, OLD])
  // that the old one answers says nothing good of the new one
  expect(await listed()).toMatchObject({ state: { is: 'refused' } })
  const [row] = await running.rows(1)
  expect(row?.attempts).toMatchObject([
    { phase: 'failed', kind: 'credential-refused' },
    { phase: 'done', formerKey: true },
  ])
})

it('a new key that is good from a moment later on is used from then on', async () => {
  await told(running.client['keys.replace']({ id: key.id, secret: NEW }))
  expect(await ask()).toBe(200)
  good.add(NEW)
  expect(await ask()).toBe(200)
  expect(sent()).toEqual([NEW, OLD, NEW])
  expect(await listed()).toMatchObject({ state: { is: 'ready' } })
})

it.each([429, 500])('%i of the new key is none of the old one’s business', async (status) => {
  good.add(NEW)
  await told(running.client['keys.replace']({ id: key.id, secret: NEW }))
  good.clear()
  refusal = status
  expect(await ask()).not.toBe(200)
  expect(sent().filter((each) => each === OLD)).toEqual([])
})

it('stands in for ten minutes and no longer', async () => {
  await told(running.client['keys.replace']({ id: key.id, secret: NEW }))
  now += FORMER_KEPT_MS - 1_000
  expect(await ask()).toBe(200)
  now += 1_000
  expect(await ask()).toBe(401)
  expect(sent()).toEqual([NEW, OLD])
  expect((await listed())?.former).toBeUndefined()
})

it('stands in no more once it was removed, or refused itself', async () => {
  await told(running.client['keys.replace']({ id: key.id, secret: NEW }))
  await told(running.client['keys.removeFormer']({ id: key.id }))
  expect(await ask()).toBe(401)
  expect(sent()).toEqual([])
  good = new Set([NEW])
  await told(running.client['keys.replace']({ id: key.id, secret: OLD }))
  await told(running.client['keys.replace']({ id: key.id, secret: NEW }))
  expect(await ask()).toBe(200)
})

it('is forgotten when the provider refuses both', async () => {
  await told(running.client['keys.replace']({ id: key.id, secret: NEW }))
  good.clear()
  expect(await ask()).toBe(401)
  expect(sent()).toEqual([NEW, OLD])
  await expect.poll(async () => (await listed())?.former).toBeUndefined()
})

it('appears in no answer, log or file', async () => {
  await told(running.client['keys.replace']({ id: key.id, secret: NEW }))
  await ask()
  const shown = JSON.stringify([await told(running.client['keys.list']({})), await running.rows(1), running.log])
  for (const secret of [OLD, NEW]) expect(shown).not.toContain(secret)
})
