/**
 * The clouds as providers: official clients ask through the real gateway, and a fake cloud checks what came in: the signature or token, the address
 * with the key's own region or project, the body. Its answers are written from documentation; recorded ones are read beside each format.
 */
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkAnthropicStream } from '../../electron/engine/protocols/grammar/anthropic-messages.ts'
import { authorizationOf } from '../../electron/engine/providers/bedrock/signature.ts'
import { converseMessage, exceptionMessage } from '../support/event-stream.ts'
import { type Answering, answerJson, type FakeUpstream, fakeUpstream, replay, type Seen } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { CUTS } from '../support/recordings.ts'
import { madeUpAccount } from '../support/service-account.ts'

const AWS = { accessKeyId: 'AKIDMADEUP', secretAccessKey: 'made/up+secret+of+a+test', sessionToken: 'made-up-session' }
const AZURE_KEY = 'made-up-azure-key-0011223344'

let upstream: FakeUpstream
let running: TestGateway
let openai: OpenAI
let anthropic: Anthropic
let tokensAsked = 0
let answering: Answering

beforeAll(async () => {
  upstream = await fakeUpstream(async (seen, response) => {
    if (seen.url !== '/token') return await answering(seen, response)
    tokensAsked++
    await answerJson({ access_token: 'made-up-access-token', expires_in: 3599 })(seen, response)
  })
  const place = `${upstream.url}/v1/projects/{project}/locations/{location}`
  running = await startGateway({
    settings: {
      baseUrls: { bedrock: upstream.url, 'bedrock-anthropic': upstream.url, vertex: place, 'vertex-anthropic': place, azure: `${upstream.url}/openai/v1` },
    },
    environment: {
      BEDROCK_CREDENTIALS: `${AWS.accessKeyId}:${AWS.secretAccessKey}:${AWS.sessionToken}@eu-central-1`,
      BEDROCK_ANTHROPIC_CREDENTIALS: 'ABSKmadeup@us-west-2',
      GOOGLE_APPLICATION_CREDENTIALS_JSON: `${madeUpAccount({ token_uri: `${upstream.url}/token` }).json}@us-central1`,
      ANTHROPIC_VERTEX_CREDENTIALS_JSON: madeUpAccount({ token_uri: `${upstream.url}/token`, location: 'us-east5' }).json,
      AZURE_OPENAI_API_KEY: AZURE_KEY,
    },
  })
  openai = new OpenAI({ apiKey: TEST_KEYS.client, baseURL: `${running.address}/v1`, maxRetries: 0 })
  anthropic = new Anthropic({ apiKey: TEST_KEYS.client, baseURL: running.address, maxRetries: 0 })
})
afterAll(async () => {
  await running.close()
  await upstream.close()
})
beforeEach(() => {
  upstream.seen.length = 0
})

const TOOL = { name: 'weather', description: 'The weather of a city.', parameters: { type: 'object', properties: { city: { type: 'string' } } } }

interface Heard {
  readonly text: string
  readonly calls: readonly { readonly name: string; readonly arguments: unknown }[]
  readonly finish: string | null | undefined
  readonly tokens: readonly (number | undefined)[]
}

async function askOpenai(model: string, stream: boolean): Promise<Heard> {
  const request = { model, messages: [{ role: 'user' as const, content: 'hello' }], tools: [{ type: 'function' as const, function: TOOL }] }
  const completion = stream
    ? await openai.chat.completions.stream({ ...request, stream_options: { include_usage: true } }).finalChatCompletion()
    : await openai.chat.completions.create(request)
  const choice = completion.choices[0]
  const calls = (choice?.message.tool_calls ?? []).flatMap((call) =>
    call.type === 'function' ? [{ name: call.function.name, arguments: JSON.parse(call.function.arguments) as unknown }] : [],
  )
  return {
    text: choice?.message.content ?? '',
    calls,
    finish: choice?.finish_reason,
    tokens: [completion.usage?.prompt_tokens, completion.usage?.completion_tokens],
  }
}

async function askAnthropic(model: string, stream: boolean): Promise<Heard> {
  const tools = [{ name: TOOL.name, description: TOOL.description, input_schema: { ...TOOL.parameters, type: 'object' as const } }]
  const request = { model, max_tokens: 500, messages: [{ role: 'user' as const, content: 'hello' }], tools }
  const message = stream ? await anthropic.messages.stream(request).finalMessage() : await anthropic.messages.create(request)
  const { usage } = message
  return {
    text: message.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join(''),
    calls: message.content.flatMap((block) => (block.type === 'tool_use' ? [{ name: block.name, arguments: block.input }] : [])),
    finish: message.stop_reason,
    tokens: [usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0), usage.output_tokens],
  }
}

const CLIENTS = [
  { name: 'OpenAI', ask: askOpenai, finish: 'tool_calls' },
  { name: 'Anthropic', ask: askAnthropic, finish: 'tool_use' },
] as const

/** The one request that was no request for a token. */
function onlyRequest(): Seen {
  const asked = upstream.seen.filter(({ url }) => url !== '/token')
  expect(asked).toHaveLength(1)
  return asked[0] as Seen
}

function expectSigned(seen: Seen, method: 'GET' | 'POST' = 'POST'): void {
  const header = (name: string): string => String(seen.headers[name])
  const headers: Record<string, string> = {}
  for (const name of ['host', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-security-token']) headers[name] = header(name)
  const at = Date.parse(header('x-amz-date').replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5'))
  const expected = authorizationOf({ method, url: upstream.url + seen.url, headers, body: seen.body }, AWS, {
    region: 'eu-central-1',
    service: 'bedrock',
    at,
  })
  expect(header('authorization')).toBe(expected)
  expect(header('x-amz-security-token')).toBe(AWS.sessionToken)
}

const EXPECTED = { text: 'Let me look.', calls: [{ name: 'weather', arguments: { city: 'Ulm' } }], tokens: [60, 9] }

const CONVERSE_WHOLE = {
  output: {
    message: { role: 'assistant', content: [{ text: 'Let me look.' }, { toolUse: { toolUseId: 'tooluse_1', name: 'weather', input: { city: 'Ulm' } } }] },
  },
  stopReason: 'tool_use',
  usage: { inputTokens: 10, cacheReadInputTokens: 30, cacheWriteInputTokens: 20, outputTokens: 9, totalTokens: 69 },
  metrics: { latencyMs: 1 },
}
const CONVERSE_STREAM = Buffer.concat([
  converseMessage('messageStart', { role: 'assistant' }),
  converseMessage('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Let me ' }, p: 'abc' }),
  converseMessage('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'look.' }, p: 'abcdefg' }),
  converseMessage('contentBlockStop', { contentBlockIndex: 0 }),
  converseMessage('contentBlockStart', { contentBlockIndex: 1, start: { toolUse: { toolUseId: 'tooluse_1', name: 'weather' } } }),
  converseMessage('contentBlockDelta', { contentBlockIndex: 1, delta: { toolUse: { input: '{"city":' } } }),
  converseMessage('contentBlockDelta', { contentBlockIndex: 1, delta: { toolUse: { input: '"Ulm"}' } } }),
  converseMessage('contentBlockStop', { contentBlockIndex: 1 }),
  converseMessage('messageStop', { stopReason: 'tool_use' }),
  converseMessage('metadata', { usage: CONVERSE_WHOLE.usage, metrics: { latencyMs: 1 } }),
])
const CLAUDE_CALL = { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Ulm' } }
const CLAUDE_MESSAGE = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5-20250929', stop_sequence: null }
const CLAUDE_WHOLE = {
  ...CLAUDE_MESSAGE,
  content: [{ type: 'text', text: 'Let me look.' }, CLAUDE_CALL],
  stop_reason: 'tool_use',
  usage: { input_tokens: 60, output_tokens: 9 },
}
const CLAUDE_EVENTS = [
  { type: 'message_start', message: { ...CLAUDE_MESSAGE, content: [], stop_reason: null, usage: { input_tokens: 60, output_tokens: 1 } } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Let me look.' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'content_block_start', index: 1, content_block: { ...CLAUDE_CALL, input: {} } },
  { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"city":"Ulm"}' } },
  { type: 'content_block_stop', index: 1 },
  { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 9 } },
  { type: 'message_stop' },
]
const CLAUDE_CHUNKS = Buffer.concat(
  CLAUDE_EVENTS.map((event) => converseMessage('chunk', { bytes: Buffer.from(JSON.stringify(event)).toString('base64'), p: 'abcd' })),
)
const EVENT_STREAM = { 'content-type': 'application/vnd.amazon.eventstream' }

describe.each(CLIENTS)('an $name client', ({ ask, finish }) => {
  it('is served by Bedrock, whole', async () => {
    answering = answerJson(CONVERSE_WHOLE)
    expect(await ask('bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0', false)).toEqual({ ...EXPECTED, finish })
    const seen = onlyRequest()
    expect(seen.url).toBe('/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse')
    expectSigned(seen)
    expect(JSON.parse(seen.body)).toMatchObject({
      messages: [{ role: 'user', content: [{ text: 'hello' }] }],
      toolConfig: { tools: [{ toolSpec: { name: 'weather', inputSchema: { json: TOOL.parameters } } }] },
    })
  })

  it('is served by Bedrock, streamed and cut anywhere', async () => {
    for (const size of CUTS) {
      upstream.seen.length = 0
      answering = replay(CONVERSE_STREAM, { headers: EVENT_STREAM, size })
      expect(await ask('bedrock/amazon.nova-lite-v1:0', true), `cut at ${size}`).toEqual({ ...EXPECTED, finish })
      expect(onlyRequest().url).toBe('/model/amazon.nova-lite-v1%3A0/converse-stream')
      expectSigned(onlyRequest())
    }
  })

  it('is served by Claude on Bedrock in Anthropic’s own format, streams framed anew', async () => {
    const model = 'bedrock-anthropic/us.anthropic.claude-sonnet-4-5-20250929-v1:0'
    answering = answerJson(CLAUDE_WHOLE)
    expect(await ask(model, false)).toEqual({ ...EXPECTED, finish })
    const seen = onlyRequest()
    expect(seen.url).toBe('/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke')
    expect(seen.headers.authorization).toBe('Bearer ABSKmadeup')
    const body = JSON.parse(seen.body) as Record<string, unknown>
    expect(body).toMatchObject({ anthropic_version: 'bedrock-2023-05-31', messages: [{ role: 'user' }] })
    for (const size of CUTS) {
      upstream.seen.length = 0
      answering = replay(CLAUDE_CHUNKS, { headers: EVENT_STREAM, size })
      expect(await ask(model, true), `cut at ${size}`).toEqual({ ...EXPECTED, finish })
      expect(onlyRequest().url).toMatch(/\/invoke-with-response-stream$/)
      const streamed = JSON.parse(onlyRequest().body) as Record<string, unknown>
      for (const field of ['model', 'stream']) expect(streamed).not.toHaveProperty(field)
    }
  })

  it('is served by Gemini on Vertex AI with an access token', async () => {
    const parts = [{ text: 'Let me look.' }, { functionCall: { name: 'weather', args: { city: 'Ulm' } } }]
    const usageMetadata = { promptTokenCount: 60, candidatesTokenCount: 9, totalTokenCount: 69, trafficType: 'ON_DEMAND' }
    const answer = { candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }], usageMetadata, modelVersion: 'gemini-2.5-flash' }
    answering = answerJson(answer)
    expect(await ask('vertex/gemini-2.5-flash', false)).toEqual({ ...EXPECTED, finish })
    expect(onlyRequest()).toMatchObject({
      url: '/v1/projects/made-up-project/locations/us-central1/publishers/google/models/gemini-2.5-flash:generateContent',
      headers: { authorization: 'Bearer made-up-access-token' },
    })
    upstream.seen.length = 0
    answering = replay(Buffer.from(`data: ${JSON.stringify(answer)}\r\n\r\n`))
    expect(await ask('vertex/gemini-2.5-flash', true)).toEqual({ ...EXPECTED, finish })
    expect(onlyRequest().url).toBe('/v1/projects/made-up-project/locations/us-central1/publishers/google/models/gemini-2.5-flash:streamGenerateContent?alt=sse')
  })

  it('is served by Claude on Vertex AI', async () => {
    answering = answerJson(CLAUDE_WHOLE)
    expect(await ask('vertex-anthropic/claude-sonnet-4-5@20250929', false)).toEqual({ ...EXPECTED, finish })
    const seen = onlyRequest()
    expect(seen.url).toBe('/v1/projects/made-up-project/locations/us-east5/publishers/anthropic/models/claude-sonnet-4-5@20250929:rawPredict')
    expect(seen.headers.authorization).toBe('Bearer made-up-access-token')
    const body = JSON.parse(seen.body) as Record<string, unknown>
    expect(body).toMatchObject({ anthropic_version: 'vertex-2023-10-16', messages: [{ role: 'user' }] })
    expect(body).not.toHaveProperty('model')

    upstream.seen.length = 0
    answering = replay(Buffer.from(CLAUDE_EVENTS.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')))
    expect(await ask('vertex-anthropic/claude-sonnet-4-5@20250929', true)).toEqual({ ...EXPECTED, finish })
    expect(onlyRequest().url).toMatch(/:streamRawPredict$/)
  })

  it('is served by a deployment of Azure OpenAI, whose streams open without choices', async () => {
    const call = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Ulm"}' } }
    const usage = { prompt_tokens: 60, completion_tokens: 9, total_tokens: 69 }
    const head = { id: 'chatcmpl-1', created: 1, model: 'gpt-4o-mini-2024-07-18', system_fingerprint: 'fp_1' }
    const chunk = (delta: object, finish_reason: string | null = null): object => ({
      ...head,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, finish_reason, content_filter_results: { hate: { filtered: false, severity: 'safe' } } }],
    })
    const chunks = [
      { id: '', created: 0, model: '', object: '', choices: [], prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }] },
      chunk({ role: 'assistant', content: '' }),
      chunk({ content: 'Let me look.' }),
      chunk({ tool_calls: [{ index: 0, ...call }] }),
      chunk({}, 'tool_calls'),
      { ...head, object: 'chat.completion.chunk', choices: [], usage },
    ]
    answering = replay(Buffer.from([...chunks.map((each) => JSON.stringify(each)), '[DONE]'].map((data) => `data: ${data}\n\n`).join('')))
    expect(await ask('azure/our-mini', true)).toEqual({ ...EXPECTED, finish })
    const seen = onlyRequest()
    expect(seen.url).toBe('/openai/v1/chat/completions')
    expect(seen.headers['api-key']).toBe(AZURE_KEY)
    expect(seen.headers.authorization).toBeUndefined()
    expect(JSON.parse(seen.body)).toMatchObject({ model: 'our-mini' })
  })
})

describe('the length of a prompt', () => {
  const CLAUDE = 'anthropic.claude-sonnet-4-5-20250929-v1:0'
  const vertex = '/v1/projects/made-up-project/locations/us-central1/publishers/google/models/gemini-2.5-flash:countTokens'
  const partner = '/v1/projects/made-up-project/locations/us-east5/publishers/anthropic/models/count-tokens:rawPredict'
  const countAs = (model: string) =>
    anthropic.messages.countTokens({ model, system: 'Be brief.', messages: [{ role: 'user', content: 'Hello?' }] }).withResponse()

  it.each([
    // by the model's own id, also where an inference profile is asked
    [
      'Claude on Bedrock',
      `bedrock/us.${CLAUDE}`,
      { inputTokens: 11 },
      `/model/${encodeURIComponent(CLAUDE)}/count-tokens`,
      { input: { converse: { system: [{ text: 'Be brief.' }] } } },
    ],
    [
      'Claude on Bedrock in Anthropic’s format',
      `bedrock-anthropic/us.${CLAUDE}`,
      { inputTokens: 11 },
      `/model/${encodeURIComponent(CLAUDE)}/count-tokens`,
      { input: { converse: {} } },
    ],
    ['Gemini on Vertex AI', 'vertex/gemini-2.5-flash', { totalTokens: 11 }, vertex, { systemInstruction: { parts: [{ text: 'Be brief.' }] } }],
    ['Claude on Vertex AI', 'vertex-anthropic/claude-sonnet-4-5@20250929', { input_tokens: 11 }, partner, { model: 'claude-sonnet-4-5@20250929' }],
  ])('is counted by %s itself', async (_what, model, answer, url, body) => {
    answering = answerJson(answer)
    const { data, response } = await countAs(model)
    expect(data).toEqual({ input_tokens: 11 })
    expect(response.headers.get('x-switchyard-estimated')).toBeNull()
    const seen = onlyRequest()
    expect(seen.url).toBe(url)
    expect(JSON.parse(seen.body)).toMatchObject(body)
    if (model.startsWith('bedrock/')) expectSigned(seen)
    else expect(seen.headers.authorization).toMatch(/^Bearer (?:made-up-access-token|ABSKmadeup)$/)
  })

  it('is an estimate where Bedrock counts for nobody', async () => {
    const { data, response } = await countAs('bedrock/amazon.nova-lite-v1:0')
    expect(data.input_tokens).toBeGreaterThan(2)
    expect(response.headers.get('x-switchyard-estimated')).toBe('tokens')
    expect(upstream.seen).toEqual([])
  })
})

describe('the clouds', () => {
  it('are asked for one access token by many requests', async () => {
    answering = answerJson({ candidates: [{ content: { role: 'model', parts: [{ text: 'hi' }] }, finishReason: 'STOP' }], usageMetadata: {} })
    const before = tokensAsked
    await Promise.all(Array.from({ length: 5 }, () => askOpenai('vertex/gemini-2.5-flash', false)))
    expect(tokensAsked - before).toBeLessThanOrEqual(1)
    expect(tokensAsked).toBeLessThanOrEqual(2)
  })

  it('that damage their stream after its first words are told as broken, in band', async () => {
    const damaged = Buffer.from(CONVERSE_STREAM)
    damaged[damaged.length - 10] = (damaged[damaged.length - 10] ?? 0) ^ 1
    answering = replay(damaged, { headers: EVENT_STREAM, size: 64 })
    await expect(askAnthropic('bedrock/amazon.nova-lite-v1:0', true)).rejects.toThrow(/damaged message/)
  })

  it('hear only of betas that they know, and the client hears of the others', async () => {
    answering = replay(CLAUDE_CHUNKS, { headers: EVENT_STREAM })
    const response = await fetch(`${running.address}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': TEST_KEYS.client, 'anthropic-beta': 'claude-code-20250219,effort-2025-11-24', 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'bedrock-anthropic/anthropic.claude-sonnet-4-6',
        max_tokens: 10,
        stream: true,
        messages: [{ role: 'user', content: 'hi' }],
        thinking: { type: 'adaptive' },
      }),
    })
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect(response.headers.get('x-switchyard-dropped')).toBe('anthropic-beta: claude-code-20250219')
    checkAnthropicStream(await response.text())
    // what the engine does not read passes as it came
    expect(JSON.parse(onlyRequest().body)).toMatchObject({ anthropic_beta: ['effort-2025-11-24'], thinking: { type: 'adaptive' }, max_tokens: 10 })
  })

  it('know what of a request they could not carry', async () => {
    answering = answerJson(CONVERSE_WHOLE)
    const { response } = await openai.chat.completions
      .create({
        model: 'bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0',
        seed: 7,
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'what is this?' },
              { type: 'image_url', image_url: { url: 'https://pictures.example/cat.png' } },
            ],
          },
        ],
      })
      .withResponse()
    expect(response.headers.get('x-switchyard-dropped')?.split(', ').toSorted()).toEqual(['messages.image_url', 'seed'])
  })

  // its key rests afterwards
  it('that throttle in their stream are told as what they are', async () => {
    const stream = Buffer.concat([
      converseMessage('messageStart', { role: 'assistant' }),
      exceptionMessage('throttlingException', 'Too many requests, slow down.'),
    ])
    answering = replay(stream, { headers: EVENT_STREAM })
    await expect(askOpenai('bedrock/amazon.nova-lite-v1:0', true)).rejects.toMatchObject({ status: 429, message: expect.stringContaining('slow down') })
  })

  it('leave no key behind in log, rows or answers', async () => {
    const rows = await running.rows(1)
    const kept = JSON.stringify(rows) + running.log.join('')
    for (const secret of [AWS.secretAccessKey, AWS.sessionToken, AZURE_KEY, 'made-up-access-token', 'PRIVATE KEY']) expect(kept).not.toContain(secret)
  })
})

describe('lists of models', () => {
  // written from API_FoundationModelSummary and API_InferenceProfileSummary of the Bedrock API reference
  const summary = (modelId: string, more: object = {}) => ({
    ...{ modelId, modelName: `The ${modelId}`, inputModalities: ['TEXT', 'IMAGE'], outputModalities: ['TEXT'], inferenceTypesSupported: ['ON_DEMAND'] },
    ...{ modelLifecycle: { status: 'ACTIVE' }, responseStreamingSupported: true, ...more },
  })
  const FOUNDATION = [
    summary('amazon.nova-lite-v1:0'),
    summary('meta.llama3-8b-instruct-v1:0', { modelLifecycle: { status: 'LEGACY', endOfLifeTime: '2027-02-01T00:00:00Z' } }),
    summary('anthropic.claude-sonnet-5-v1:0', { inferenceTypesSupported: ['INFERENCE_PROFILE'] }),
    summary('amazon.titan-embed-text-v2:0', { outputModalities: ['EMBEDDING'] }),
  ]
  const PROFILES = [{ inferenceProfileId: 'us.anthropic.claude-sonnet-5-v1:0', inferenceProfileName: 'US Claude Sonnet 5', status: 'ACTIVE', models: [] }]

  it('come from the control plane of AWS, signed; who is not asked is named with the reason', async () => {
    answering = async (seen, response) => {
      const body = seen.url.startsWith('/foundation-models') ? { modelSummaries: FOUNDATION } : { inferenceProfileSummaries: PROFILES }
      await answerJson(body)(seen, response)
    }
    const refreshed = await running.client['catalog.refresh']({})
    if (!refreshed.ok) throw new Error(refreshed.failure.message)
    const { sources, notAsked, progress } = refreshed.value
    expect(progress).toBeUndefined()
    expect(sources.find(({ name }) => name === 'bedrock')).toMatchObject({ models: 4, fetchedAt: expect.any(Number) })
    expect(sources.find(({ name }) => name === 'bedrock-anthropic')).toMatchObject({ models: 1 })
    expect(notAsked.map(({ name }) => name).toSorted()).toEqual(['azure', 'vertex', 'vertex-anthropic'])
    for (const { why } of notAsked) for (const text of [why.en, why.de]) expect(text).toMatch(/\.$/)
    const asked = upstream.seen.filter(({ url, headers }) => url.startsWith('/') && String(headers.authorization).startsWith('AWS4'))
    expect(asked.map(({ url }) => url)).toEqual(['/foundation-models', '/inference-profiles?maxResults=1000'])
    for (const seen of asked) expectSigned(seen, 'GET')

    const listed = await running.client['models.list']({})
    if (!listed.ok) throw new Error(listed.failure.message)
    const rows = listed.value.filter(({ provider }) => provider === 'bedrock')
    expect(rows.map(({ id }) => id).toSorted()).toEqual([
      'bedrock/amazon.nova-lite-v1:0',
      'bedrock/amazon.titan-embed-text-v2:0',
      'bedrock/meta.llama3-8b-instruct-v1:0',
      'bedrock/us.anthropic.claude-sonnet-5-v1:0',
    ])
    expect(rows.find(({ id }) => id.includes('llama3'))?.facts).toMatchObject({ deprecated: true, retiresOn: '2027-02-01' })
  })
})
