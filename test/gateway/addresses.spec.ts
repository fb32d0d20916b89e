/** Addresses that people give for providers of their own: where they lead is looked at when they are added and at every call. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { english } from '../../shared/messages/english.ts'
import { type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'

let running: TestGateway
beforeAll(async () => {
  running = await startGateway({
    settings: {
      // as if written into the file by hand, past the form
      customProviders: [
        { id: 'meta-service', name: 'Metadata service', baseUrl: 'http://169.254.169.254/latest', needsKey: false },
        { id: 'lab', name: 'Lab', baseUrl: 'http://10.255.255.1:9/v1', needsKey: false },
      ],
    },
  })
})
afterAll(() => running.close())

const add = (baseUrl: string, more: { inPrivateNetwork?: boolean } = {}) =>
  running.client['providers.addCustom']({ id: `p${Math.floor(Math.random() * 1e9)}`, name: 'P', baseUrl, needsKey: false, ...more })

describe('a new address', () => {
  it.each([
    'http://169.254.169.254/v1',
    'http://[::ffff:169.254.169.254]/v1',
    'http://2852039166/v1',
    'http://metadata.google.internal/v1',
    'http://[fe80::1]/v1',
  ])('of a place that no model is served from is refused, also with a yes: %s', async (baseUrl) => {
    const refused = { ok: false, failure: { kind: 'bad-input', field: 'baseUrl' } }
    expect(await add(baseUrl)).toMatchObject(refused)
    expect(await add(baseUrl, { inPrivateNetwork: true })).toMatchObject(refused)
  })

  it.each(['http://192.168.1.20:8000/v1', 'http://10.0.0.3/v1', 'http://[fd12::1]/v1'])('in a private network needs a yes: %s', async (baseUrl) => {
    expect(await add(baseUrl)).toMatchObject({ ok: false, failure: { kind: 'bad-input', field: 'inPrivateNetwork' } })
    expect(await add(baseUrl, { inPrivateNetwork: true })).toMatchObject({ ok: true })
  })

  it.each(['https://anna:made-up-password@models.example/v1', 'https://made-up-token@models.example/v1'])(
    'with a password in it is refused, for it would rest in plain text: %s',
    async (baseUrl) => {
      const refused = { ok: false, failure: { kind: 'bad-input', field: 'baseUrl' } }
      expect(await add(baseUrl)).toMatchObject(refused)
      expect(await running.client['providers.setAddress']({ id: 'openai', baseUrl })).toMatchObject(refused)
      expect(readFileSync(join(running.dataDir, 'settings.json'), 'utf8')).not.toContain('made-up-')
    },
  )

  it('on this machine or out in the world needs none', async () => {
    expect(await add('http://127.0.0.1:9/v1')).toMatchObject({ ok: true })
    expect(await add('https://8.8.8.8/v1')).toMatchObject({ ok: true })
  })
})

it.each([
  ['meta-service/x', /169\.254\.169\.254 leads to a link-local, metadata or unusable address/],
  ['lab/x', /10\.255\.255\.1 leads into a private network/],
])('%s in the settings file is not called either', async (model, message) => {
  const answer = await fetch(`${running.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
  })
  expect([answer.status, ((await answer.json()) as { error: { message: string } }).error.message]).toEqual([502, expect.stringMatching(message)])
})

describe('a base URL of the user’s own for a provider that is known', () => {
  let moved: TestGateway
  let upstream: FakeUpstream
  beforeAll(async () => {
    upstream = await fakeUpstream((_seen, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' })
      response.end()
    })
    moved = await startGateway({
      settings: {
        baseUrls: {
          ...{ groq: 'http://10.255.255.1:9/openai/v1', mistral: 'http://10.255.255.1:9/v1', deepseek: 'http://169.254.169.254', openai: `${upstream.url}/v1` },
        },
        privateBaseUrls: ['mistral', 'deepseek'],
        timeouts: { connectMs: 300 },
        attempts: { most: 1 },
      },
      environment: { GROQ_API_KEY: 'gsk_made-up', MISTRAL_API_KEY: 'made-up', DEEPSEEK_API_KEY: 'sk-made-up' },
    })
  })
  afterAll(async () => {
    await moved.close()
    await upstream.close()
  })
  const ask = async (model: string): Promise<string> => {
    const answer = await fetch(`${moved.address}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
    })
    return ((await answer.json()) as { error: { message: string } }).error.message
  }

  it('leads into a private network only with a yes, and to metadata services with none', async () => {
    expect(await ask('groq/llama-3.1-8b-instant')).toMatch(/10\.255\.255\.1 leads into a private network. It is not called without a yes/)
    expect(await ask('mistral/mistral-small-latest')).not.toMatch(/leads into/)
    expect(await ask('deepseek/deepseek-chat')).toMatch(/169\.254\.169\.254 leads to a link-local/)
  })

  it('is not asked for its models or whether a key is good either', async () => {
    const refreshed = await moved.client['catalog.refresh']({})
    if (!refreshed.ok) throw new Error(refreshed.failure.message)
    const failureOf = (name: string) => english(refreshed.value.sources.find((source) => source.name === name)?.failure ?? '')
    expect(failureOf('groq')).toMatch(/leads into a private network/)
    expect(failureOf('deepseek')).toMatch(/leads to a link-local/)
    const keys = await moved.client['keys.list']({})
    const id = (keys.ok ? keys.value : []).find(({ provider }) => provider === 'groq')?.id ?? ''
    const validated = await moved.client['keys.validate']({ id })
    expect(validated).toMatchObject({ ok: true, value: { is: 'unreachable', message: expect.stringMatching(/leads into a private network/) } })
  })

  it('is not followed to where it redirects', async () => {
    expect(await ask('openai/gpt-5-mini')).toMatch(/302/)
    expect(upstream.seen.length).toBeGreaterThan(0)
    const refreshed = await moved.client['catalog.refresh']({})
    expect(refreshed.ok && refreshed.value.sources.find(({ name }) => name === 'openai')?.failure).toEqual({ code: 'list-status', status: 302 })
  })
})
