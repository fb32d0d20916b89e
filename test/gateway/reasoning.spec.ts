/** Reasoning that a client has no place for is back in its next turn, in the provider's own form. */
import OpenAI from 'openai'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../shared/chat.ts'
import { type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'

let upstream: FakeUpstream
let running: TestGateway
beforeEach(async () => {
  upstream = await fakeUpstream()
  running = await startGateway({ upstream: upstream.url })
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

const THINKING = { type: 'thinking', thinking: 'The tool will know.', signature: 'c2lnbmVkLWJ5LWNsYXVkZQ==' }
const CLAUDE = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5',
  content: [THINKING, { type: 'tool_use', id: 'toolu_1', name: 'look', input: { at: 'it' } }],
  stop_reason: 'tool_use',
  stop_sequence: null,
  usage: { input_tokens: 3, output_tokens: 5 },
}
const claudeStream = [
  { type: 'message_start', message: { ...CLAUDE, content: [], stop_reason: null } },
  { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'The tool ' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'will know.' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: THINKING.signature } },
  { type: 'content_block_stop', index: 0 },
  { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 'toolu_1', name: 'look', input: {} } },
  { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"at":"it"}' } },
  { type: 'content_block_stop', index: 1 },
  { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 5 } },
  { type: 'message_stop' },
]
const GEMINI = {
  candidates: [
    {
      content: { role: 'model', parts: [{ functionCall: { name: 'look', args: { at: 'it' } }, thoughtSignature: 'c2lnbmVkLWJ5LWdlbWluaQ==' }] },
      finishReason: 'STOP',
      index: 0,
    },
  ],
  usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 5, totalTokenCount: 8 },
  modelVersion: 'gemini-3-flash',
  responseId: 'r1',
}

const sse = (events: readonly JsonObject[]): string =>
  events.map((event) => `${event.type === undefined ? '' : `event: ${String(event.type)}\n`}data: ${JSON.stringify(event)}\n\n`).join('')
const tools = [{ type: 'function' as const, function: { name: 'look', parameters: { type: 'object', properties: { at: { type: 'string' } } } } }]

/** Two turns of an official chat client that keeps what it knows of a message: text and calls. Returns the second body that the provider saw. */
async function twoTurns(
  model: string,
  answer: object,
  stream: readonly JsonObject[],
  streamed: boolean,
  secondKey: string = TEST_KEYS.client,
): Promise<JsonObject> {
  upstream.answer((_seen, response) => {
    response.writeHead(200, { 'content-type': streamed ? 'text/event-stream' : 'application/json' })
    response.end(streamed ? sse(stream) : JSON.stringify(answer))
  })
  const client = (apiKey: string): OpenAI => new OpenAI({ apiKey, baseURL: `${running.address}/v1`, maxRetries: 0 })
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Look at it.' }]
  const ask = async (apiKey: string): Promise<OpenAI.ChatCompletion> =>
    streamed
      ? await client(apiKey).chat.completions.stream({ model, messages, tools }).finalChatCompletion()
      : await client(apiKey).chat.completions.create({ model, messages, tools })
  const first = (await ask(TEST_KEYS.client)).choices[0]?.message
  const [call] = first?.tool_calls ?? []
  if (call?.type !== 'function') throw new Error('no call')
  messages.push({ role: 'assistant', content: first?.content ?? null, tool_calls: [{ id: call.id, type: 'function', function: call.function }] })
  messages.push({ role: 'tool', tool_call_id: call.id, content: 'seen' })
  await ask(secondKey)
  return JSON.parse(upstream.seen.at(-1)?.body ?? '') as JsonObject
}

describe.each([
  ['streamed', true],
  ['whole', false],
])('a chat client that drops reasoning, %s', (_how, streamed) => {
  it('has it back in front of its tool call at Anthropic, signature and all', async () => {
    const body = await twoTurns('anthropic/claude-sonnet-4-5', CLAUDE, claudeStream, streamed)
    const turns = body.messages as readonly JsonObject[]
    expect(turns[1]).toMatchObject({ role: 'assistant', content: [THINKING, { type: 'tool_use', id: 'toolu_1', name: 'look', input: { at: 'it' } }] })
  })

  it('has it back on its tool call at Gemini', async () => {
    const body = await twoTurns('google/gemini-3-flash', GEMINI, [GEMINI], streamed)
    const turns = body.contents as readonly { parts: readonly JsonObject[] }[]
    expect(turns[1]?.parts[0]).toMatchObject({ functionCall: { name: 'look', args: { at: 'it' } }, thoughtSignature: 'c2lnbmVkLWJ5LWdlbWluaQ==' })
  })
})

it('keeps what was thought for one client key from another', async () => {
  const other = await running.gateway.newClientKey('another tool')
  const body = await twoTurns('anthropic/claude-sonnet-4-5', CLAUDE, claudeStream, true, other)
  expect(JSON.stringify(body)).not.toContain(THINKING.signature)
})
