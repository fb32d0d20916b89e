/**
 * Every provider through the real gateway: a chat call lands at its address with its key where it belongs, and a refusal reaches the client as one.
 * The answers are written from documentation, one a wire format.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProviderDefinition } from '../../electron/engine/providers/define.ts'
import { builtInProviders } from '../../electron/engine/providers/registry.ts'
import type { Protocol } from '../../shared/chat.ts'
import { answerJson, type FakeUpstream, fakeUpstream, type Seen } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { madeUpAccount } from '../support/service-account.ts'

const WHOLE: Partial<Record<Protocol, object>> = {
  'openai-chat': {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: 'some-model',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Here I am.' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 5, completion_tokens: 4, total_tokens: 9 },
  },
  'anthropic-messages': {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'some-model',
    content: [{ type: 'text', text: 'Here I am.' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 5, output_tokens: 4 },
  },
  gemini: {
    candidates: [{ content: { role: 'model', parts: [{ text: 'Here I am.' }] }, finishReason: 'STOP', index: 0 }],
    usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 4, totalTokenCount: 9 },
  },
  'bedrock-converse': {
    output: { message: { role: 'assistant', content: [{ text: 'Here I am.' }] } },
    stopReason: 'end_turn',
    usage: { inputTokens: 5, outputTokens: 4, totalTokens: 9 },
  },
  'cohere-v2': {
    id: 'c1',
    finish_reason: 'COMPLETE',
    message: { role: 'assistant', content: [{ type: 'text', text: 'Here I am.' }] },
    usage: { tokens: { input_tokens: 5, output_tokens: 4 } },
  },
  'ollama-chat': {
    model: 'some-model',
    created_at: '2026-01-01T00:00:00Z',
    message: { role: 'assistant', content: 'Here I am.' },
    done: true,
    done_reason: 'stop',
    prompt_eval_count: 5,
    eval_count: 4,
  },
}

const REFUSALS: Partial<Record<Protocol, object>> = {
  'anthropic-messages': { type: 'error', error: { type: 'authentication_error', message: 'invalid key' } },
  gemini: { error: { code: 401, message: 'invalid key', status: 'UNAUTHENTICATED' } },
  'bedrock-converse': { message: 'invalid key' },
  'cohere-v2': { id: 'e1', message: 'invalid key' },
  'ollama-chat': { error: 'invalid key' },
}

const PATHS: Partial<Record<Protocol, RegExp>> = {
  'openai-chat': /\/chat\/completions$/,
  'anthropic-messages': /\/messages$/,
  gemini: /\/models\/some-model:generateContent$/,
  'bedrock-converse': /\/model\/some-model\/converse$/,
  'cohere-v2': /\/v2\/chat$/,
  'ollama-chat': /\/api\/chat$/,
}
/** Where the address is the provider's own and not its format's. */
const OWN_PATHS: Readonly<Record<string, RegExp>> = {
  'bedrock-anthropic': /\/model\/some-model\/invoke$/,
  'vertex-anthropic': /\/publishers\/anthropic\/models\/some-model:rawPredict$/,
}

const providers = builtInProviders.filter((provider) => provider.simulated !== true)

let upstream: FakeUpstream
let running: TestGateway

beforeAll(async () => {
  upstream = await fakeUpstream()
  const inProject = '/projects/{project}/locations/{location}'
  running = await startGateway({
    vault: 'memory',
    settings: {
      baseUrls: Object.fromEntries(providers.map(({ id }) => [id, `${upstream.url}/${id}${id.startsWith('vertex') ? inProject : ''}`])),
    },
    environment: { OPENAI_API_KEY: '', ANTHROPIC_API_KEY: '', GEMINI_API_KEY: '', COHERE_API_KEY: '' },
  })
})
afterAll(async () => {
  await running.close()
  await upstream.close()
})

function keyFor(provider: ProviderDefinition): string {
  if (provider.id.startsWith('vertex')) return madeUpAccount({ token_uri: `${upstream.url}/token` }).json
  if (provider.id.startsWith('bedrock')) return `made-up-key-of-${provider.id}@eu-central-1`
  return `made-up-key-of-${provider.id}`
}

function ask(model: string): Promise<Response> {
  return fetch(`${running.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Where are you?' }], max_tokens: 100 }),
  })
}

/** Everything a provider got but lists of models, which the workbench asks local servers for, and tokens. */
function asked(provider: ProviderDefinition): readonly Seen[] {
  return upstream.seen.filter(({ method, url }) => method === 'POST' && url.startsWith(`/${provider.id}/`))
}

describe.each(providers.map((provider) => [provider.id, provider] as const))('%s', (id, provider) => {
  const takesKey = provider.authorization.kind !== 'none'

  it('is asked at its address, with its key where it belongs', async () => {
    const key = takesKey ? keyFor(provider) : ''
    upstream.answer(async (seen, response) =>
      seen.url === '/token'
        ? await answerJson({ access_token: 'made-up-token', expires_in: 3600 })(seen, response)
        : await answerJson({ data: [] })(seen, response),
    )
    if (takesKey) expect(await running.client['keys.add']({ provider: id, secret: key })).toMatchObject({ ok: true })
    const body = WHOLE[provider.protocol]
    if (body === undefined) throw new Error(`write an answer in ${provider.protocol} here`)
    upstream.answer(async (seen, response) =>
      seen.url === '/token' ? await answerJson({ access_token: 'made-up-token', expires_in: 3600 })(seen, response) : await answerJson(body)(seen, response),
    )
    upstream.seen.length = 0
    const answer = await ask(`${id}/some-model`)
    const told = (await answer.json()) as { choices: { message: { content: string } }[] }
    expect([answer.status, told.choices?.[0]?.message.content]).toEqual([200, 'Here I am.'])
    const [seen, ...others] = asked(provider)
    expect(others).toEqual([])
    expect(seen?.url.split('?')[0]).toMatch(OWN_PATHS[id] ?? PATHS[provider.protocol] ?? /$^/)
    expect(shownKey(seen, provider)).toBe(id.startsWith('vertex') ? 'made-up-token' : key.split('@')[0])
    expect(JSON.stringify(seen?.headers)).not.toContain(TEST_KEYS.client)
  })

  it('refuses a key in its own words, and the client hears which provider did', async () => {
    const refusal = answerJson(
      REFUSALS[provider.protocol] ?? { error: { message: 'invalid key', type: 'invalid_request_error', code: 'invalid_api_key' } },
      401,
    )
    upstream.answer(refusal)
    const answer = await ask(`${id}/some-model`)
    const { error } = (await answer.json()) as { error: { message: string; metadata: { error_type: string } } }
    expect([answer.status, error.message.includes(provider.name)]).toEqual([401, true])
    expect(JSON.stringify(error)).not.toContain('made-up-key')
  })
})

function shownKey(seen: Seen | undefined, provider: ProviderDefinition): string | undefined {
  const { authorization } = provider
  const header = authorization.kind === 'header' ? authorization.name : 'authorization'
  const value = seen?.headers[header]
  return typeof value === 'string' ? value.replace(/^Bearer /, '') : undefined
}
