/** Pictures and documents that a client names by their address reach providers that take bytes alone. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../shared/chat.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { placesAt, startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'

const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex')
const PDF = Buffer.from('%PDF-1.7\n')

const AWS_KEY = 'AKIAMADEUPACCESSKEY0:made-up-secret-key-0123456789abcdef0123456@us-east-1'

/** By a part of the path that a provider of each format is asked at. */
const ANSWERS: readonly (readonly [string, JsonObject])[] = [
  [
    '/converse',
    { output: { message: { role: 'assistant', content: [{ text: 'A cat.' }] } }, stopReason: 'end_turn', usage: { inputTokens: 1, outputTokens: 1 } },
  ],
  ['/api/chat', { model: 'm', message: { role: 'assistant', content: 'A cat.' }, done: true, done_reason: 'stop' }],
  ['generateContent', { candidates: [{ content: { role: 'model', parts: [{ text: 'A cat.' }] }, finishReason: 'STOP' }] }],
  ['/invoke', { type: 'message', role: 'assistant', content: [{ type: 'text', text: 'A cat.' }], stop_reason: 'end_turn', usage: {} }],
  ['/messages', { type: 'message', role: 'assistant', content: [{ type: 'text', text: 'A cat.' }], stop_reason: 'end_turn', usage: {} }],
  ['/chat/completions', { choices: [{ index: 0, message: { role: 'assistant', content: 'A cat.' }, finish_reason: 'stop' }] }],
]

let upstream: FakeUpstream
let files: FakeUpstream
let running: TestGateway
beforeEach(async () => {
  upstream = await fakeUpstream((seen, response) => answerJson(ANSWERS.find(([path]) => seen.url.includes(path))?.[1])(seen, response))
  files = await fakeUpstream((seen, response) => {
    if (seen.url.endsWith('.png')) response.writeHead(200, { 'content-type': 'image/png' }).end(PNG)
    // as storage hosts do that know no types
    else if (seen.url.endsWith('.pdf')) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(PDF)
    else response.writeHead(404).end()
  })
})
afterEach(async () => {
  await running.close()
  await upstream.close()
  await files.close()
})

async function start(fetchFromPrivateNetworks: boolean): Promise<void> {
  running = await startGateway({
    settings: {
      baseUrls: { ...placesAt(upstream.url), bedrock: upstream.url, 'bedrock-anthropic': upstream.url, ollama: upstream.url },
      fetchFromPrivateNetworks,
    },
    environment: { BEDROCK_CREDENTIALS: AWS_KEY, BEDROCK_ANTHROPIC_CREDENTIALS: AWS_KEY },
  })
}

const image = (name: string): JsonObject => ({ type: 'image_url', image_url: { url: `${files.url}/${name}` } })

function ask(model: string, parts: readonly JsonObject[], more: JsonObject = {}): Promise<Response> {
  const body = { model, messages: [{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, ...parts] }], ...more }
  const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
  return fetch(`${running.address}/v1/chat/completions`, { method: 'POST', headers, body: JSON.stringify(body) })
}

const sent = (): string => upstream.seen.find(({ method }) => method === 'POST')?.body ?? ''

describe('an image at an address', () => {
  it.each([
    ['bedrock/amazon.nova-pro-v1:0', { image: { format: 'png', source: { bytes: PNG.toString('base64') } } }],
    ['ollama/llava', { images: [PNG.toString('base64')] }],
    ['google/gemini-2.0-flash', { inlineData: { mimeType: 'image/png', data: PNG.toString('base64') } }],
  ])('goes to %s as bytes', async (model, expected) => {
    await start(true)
    const response = await ask(model, [image('cat.png'), image('cat.png')])
    expect(response.status).toBe(200)
    expect(response.headers.get('x-switchyard-dropped')).toBeNull()
    expect(sent()).toContain(JSON.stringify(expected).slice(1, -1).replace(/\]$/, ''))
    expect(files.seen).toHaveLength(1)
  })

  it.each(['google/gemini-3-flash', 'openai/gpt-4.1', 'anthropic/claude-sonnet-4-5'])('goes to %s as it is, which fetches it itself', async (model) => {
    await start(true)
    expect((await ask(model, [image('cat.png')])).status).toBe(200)
    expect(sent()).toContain(`${files.url}/cat.png`)
    expect(files.seen).toHaveLength(0)
  })

  it('is left out and named where it cannot be had, and the model is told', async () => {
    await start(true)
    const response = await ask('bedrock/amazon.nova-pro-v1:0', [image('gone'), image('cat.png')])
    expect(response.status).toBe(200)
    expect(response.headers.get('x-switchyard-dropped')).toBe('messages.image_url')
    expect(sent()).toContain('An image was left out here')
    expect(sent()).toContain(PNG.toString('base64'))
  })

  it('is never fetched from this machine or its network, unless the user says so', async () => {
    await start(false)
    const response = await ask('bedrock/amazon.nova-pro-v1:0', [image('cat.png')])
    expect(response.headers.get('x-switchyard-dropped')).toBe('messages.image_url')
    expect(files.seen).toHaveLength(0)
  })

  it('is no reason to pass an endpoint over that must carry everything, and one when it cannot be had', async () => {
    await start(true)
    const strict = { provider: { require_parameters: true } }
    expect((await ask('bedrock/amazon.nova-pro-v1:0', [image('cat.png')], strict)).status).toBe(200)
    const refused = await ask('bedrock/amazon.nova-pro-v1:0', [image('gone')], strict)
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ error: { param: 'messages', message: expect.stringContaining('was answered with status 404') as string } })
  })
})

it('a document at an address goes as bytes, its type told by its beginning', async () => {
  await start(true)
  const headers = { 'x-api-key': TEST_KEYS.client, 'content-type': 'application/json' }
  const content = [{ type: 'document', source: { type: 'url', url: `${files.url}/report.pdf` } }]
  const body = { model: 'openai/gpt-4.1', max_tokens: 10, messages: [{ role: 'user', content }] }
  const response = await fetch(`${running.address}/v1/messages`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(response.status).toBe(200)
  expect(sent()).toContain(`data:application/pdf;base64,${PDF.toString('base64')}`)
})

it('an Anthropic client’s own body gets the bytes where Claude is served by a place that fetches none', async () => {
  await start(true)
  const headers = { 'x-api-key': TEST_KEYS.client, 'content-type': 'application/json' }
  const image = { type: 'image', source: { type: 'url', url: `${files.url}/cat.png` }, cache_control: { type: 'ephemeral' } }
  const messages = [{ role: 'user', content: [image, { type: 'tool_result', tool_use_id: 't', content: [image] }] }]
  const body = { model: 'bedrock-anthropic/anthropic.claude-sonnet-4-6', max_tokens: 10, unknown_field: 1, messages }
  const response = await fetch(`${running.address}/v1/messages`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(response.status).toBe(200)
  const expected = { ...image, source: { type: 'base64', media_type: 'image/png', data: PNG.toString('base64') } }
  expect(JSON.parse(sent())).toMatchObject({ unknown_field: 1, messages: [{ content: [expected, { content: [expected] }] }] })
  expect(files.seen).toHaveLength(1)
})

describe('an image in the instructions', () => {
  it.each(['anthropic/claude-sonnet-4-5', 'google/gemini-2.0-flash', 'bedrock/amazon.nova-pro-v1:0', 'ollama/llava'])(
    'goes to %s with what the user says',
    async (model) => {
      await start(true)
      const data = `data:image/png;base64,${PNG.toString('base64')}`
      const system = [
        { type: 'text', text: 'Judge by this.' },
        { type: 'image_url', image_url: { url: data } },
      ]
      const messages = [
        { role: 'system', content: system },
        { role: 'user', content: 'Is it good?' },
      ]
      const response = await ask(model, [], { messages })
      expect([response.status, response.headers.get('x-switchyard-dropped')], await response.text()).toEqual([200, null])
      expect(sent()).toContain('Judge by this.')
      const { contents, messages: turns = contents } = JSON.parse(sent()) as Readonly<Record<string, readonly object[]>>
      expect(JSON.stringify(turns?.at(-1))).toContain(PNG.toString('base64'))
    },
  )
})
