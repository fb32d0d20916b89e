import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ProviderSummary } from '../../shared/api/providers.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'

const ANSWER = {
  id: 'made-up',
  object: 'chat.completion',
  model: 'gpt-5-nano',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
}

let before: FakeUpstream
let after: FakeUpstream
let running: TestGateway

beforeEach(async () => {
  before = await fakeUpstream(answerJson(ANSWER))
  after = await fakeUpstream(answerJson(ANSWER))
  running = await startGateway({ upstream: before.url })
})
afterEach(async () => {
  await running.close()
  await before.close()
  await after.close()
})

const { client: key } = TEST_KEYS
async function ask(more: object = {}, model = 'openai/gpt-5-nano') {
  const response = await fetch(`${running.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hi' }], ...more }),
  })
  return { status: response.status, text: await response.text() }
}
async function told<T>(asking: Promise<{ ok: true; value: T } | { ok: false; failure: { message: string } }>): Promise<T> {
  const result = await asking
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}
const posts = (upstream: FakeUpstream) => upstream.seen.filter(({ method }) => method === 'POST').map(({ url }) => url)
const onDisk = () => JSON.parse(readFileSync(join(running.dataDir, 'settings.json'), 'utf8'))

describe('the address of a provider', () => {
  it('holds for the next request, and the usual one is named beside it', async () => {
    expect((await ask()).status).toBe(200)
    const moved = await told(running.client['providers.setAddress']({ id: 'openai', baseUrl: `${after.url}/relay/v1/` }))
    expect(moved).toMatchObject({
      baseUrl: `${after.url}/relay/v1`,
      usualBaseUrl: 'https://api.openai.com/v1',
      ownAddress: { baseUrl: `${after.url}/relay/v1`, inPrivateNetwork: false },
    })
    expect((await ask()).status).toBe(200)
    expect([posts(before), posts(after)]).toEqual([['/v1/chat/completions'], ['/relay/v1/chat/completions']])
    expect(onDisk().baseUrls.openai).toBe(`${after.url}/relay/v1`)
  })

  it('is the usual one again after a reset', async () => {
    const reset = await told(running.client['providers.setAddress']({ id: 'openai' }))
    expect(reset.baseUrl).toBe('https://api.openai.com/v1')
    expect(reset).not.toHaveProperty('ownAddress')
    expect(onDisk().baseUrls).not.toHaveProperty('openai')
  })

  it('inside a private network wants a yes, which goes with the address', async () => {
    const baseUrl = 'http://10.1.2.3:8000/v1'
    const refused = await running.client['providers.setAddress']({ id: 'openai', baseUrl })
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'bad-input', field: 'inPrivateNetwork' } })
    expect(onDisk().baseUrls.openai).toContain(before.url)
    await told(running.client['providers.setAddress']({ id: 'openai', baseUrl, inPrivateNetwork: true }))
    expect(onDisk()).toMatchObject({ baseUrls: { openai: baseUrl }, privateBaseUrls: ['openai'] })
    await told(running.client['providers.setAddress']({ id: 'openai', baseUrl: after.url }))
    expect(onDisk().privateBaseUrls).toEqual([])
    expect((await ask()).status).toBe(200)
  })

  it.each([
    ['ftp://files.example/v1', 'http or https'],
    ['not an address', 'http or https'],
    ['http://169.254.169.254/v1', 'metadata'],
  ])('is not %s', async (baseUrl, why) => {
    const refused = await running.client['providers.setAddress']({ id: 'openai', baseUrl })
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'bad-input', field: 'baseUrl', message: expect.stringContaining(why) } })
  })

  it('of one’s own provider can be changed, and not be taken away', async () => {
    await told(running.client['providers.addCustom']({ id: 'lab', name: 'Lab', baseUrl: `${before.url}/v1`, needsKey: false }))
    const moved = await told(running.client['providers.setAddress']({ id: 'lab', baseUrl: `${after.url}/v1` }))
    expect(moved).toMatchObject({ custom: true, baseUrl: `${after.url}/v1` })
    expect((await ask({}, 'lab/any-model')).status).toBe(200)
    expect([posts(before), posts(after)]).toEqual([[], ['/v1/chat/completions']])
    expect(await running.client['providers.setAddress']({ id: 'lab' })).toMatchObject({ ok: false, failure: { field: 'baseUrl' } })
  })

  it('is another one: what the one before said of a key is forgotten', async () => {
    before.answer(answerJson({ error: { message: 'Incorrect API key.', code: 'invalid_api_key' } }, 401))
    expect((await ask()).status).toBe(401)
    const states = async () => (await told(running.client['keys.list']({}))).filter(({ provider }) => provider === 'openai').map(({ state }) => state.is)
    expect(await states()).toEqual(['refused'])
    await told(running.client['providers.setAddress']({ id: 'openai', baseUrl: `${after.url}/v1` }))
    expect(await states()).toEqual(['unchecked'])
    expect((await ask()).status).toBe(200)
  })

  it('is none of a provider that is not there, nor of the simulated one', async () => {
    for (const id of ['nobody', 'demo']) {
      expect(await running.client['providers.setAddress']({ id, baseUrl: after.url })).toMatchObject({ ok: false, failure: { kind: 'not-found' } })
    }
  })
})

describe('a stated contract', () => {
  const listed = async (id: string): Promise<ProviderSummary | undefined> => (await told(running.client['providers.list']({}))).find((each) => each.id === id)

  it('lets requests in that want nothing kept, until it is taken back', async () => {
    const zdr = { provider: { zdr: true } }
    expect((await ask(zdr)).text).toContain('your contract')
    await told(running.client['providers.setContract']({ id: 'openai', contract: { keepsNothing: true, learnsNothing: true, note: ' ZDR addendum 2026 ' } }))
    expect((await ask(zdr)).status).toBe(200)
    expect(await listed('openai')).toMatchObject({ contract: { keepsNothing: true, learnsNothing: true, note: 'ZDR addendum 2026' } })
    await told(running.client['providers.setContract']({ id: 'openai' }))
    expect((await ask(zdr)).status).toBe(404)
    expect(await listed('openai')).not.toHaveProperty('contract')
  })

  it('goes before a better document too', async () => {
    const deny = { provider: { data_collection: 'deny' } }
    expect((await ask(deny)).status).toBe(200)
    await told(running.client['providers.setContract']({ id: 'openai', contract: { keepsNothing: false, learnsNothing: false } }))
    expect((await ask(deny)).status).toBe(404)
  })

  it('is what automatic routing goes by', async () => {
    const { auto } = await told(running.client['settings.get']({}))
    await told(running.client['settings.update']({ auto: { ...auto, dataPolicy: 'not-kept', allowed: ['openai/gpt-5*'] } }))
    const before = await ask({}, 'switchyard/auto')
    expect(before.status).not.toBe(200)
    await told(running.client['providers.setContract']({ id: 'openai', contract: { keepsNothing: true, learnsNothing: true } }))
    expect((await ask({}, 'switchyard/auto')).status).toBe(200)
  })

  it('is not made with a server on this machine', async () => {
    const refused = await running.client['providers.setContract']({ id: 'ollama', contract: { keepsNothing: true, learnsNothing: true } })
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'not-found' } })
  })
})
