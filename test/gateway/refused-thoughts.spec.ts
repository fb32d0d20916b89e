/** A conversation that has moved to another account or model: its reasoning is refused there. Refusals are as reported, see protocols/earlier-thoughts.ts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { upstreamFormats } from '../../electron/engine/protocols/codecs.ts'
import { sealOf } from '../../electron/engine/protocols/earlier-thoughts.ts'
import type { JsonObject } from '../../shared/chat.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { raw } from '../support/http.ts'

let upstream: FakeUpstream
let running: TestGateway
beforeAll(async () => {
  upstream = await fakeUpstream()
  running = await startGateway({ upstream: upstream.url })
})
afterAll(async () => {
  await running.close()
  await upstream.close()
})

const anthropicError = (message: string) => ({ type: 'error', error: { type: 'invalid_request_error', message } })
const claude = { id: 'msg_1', type: 'message', role: 'assistant', model: 'c', content: [{ type: 'text', text: 'fine' }], stop_reason: 'end_turn' }
const thinking = { type: 'thinking', thinking: 'Hm.', signature: 'seal' }
const use = { type: 'tool_use', id: 'toolu_1', name: 'f', input: {} }
const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'r' }] }
const chatDetails = [{ type: 'reasoning.text', text: 'Hm.', signature: 'seal', format: 'anthropic-claude-v1', index: 0 }]
const chatCall = { id: 'toolu_1', type: 'function', function: { name: 'f', arguments: '{}' } }
const user = { role: 'user', content: 'Hi' }

const MOVED: readonly { what: string; path: string; asked: JsonObject; refusal: object; answer: object; left: object; dropped: string }[] = [
  {
    what: 'Anthropic, relayed, with a budget',
    path: '/v1/messages',
    asked: {
      ...{ model: 'anthropic/claude-sonnet-4-5', max_tokens: 2000, thinking: { type: 'enabled', budget_tokens: 1024 }, context_management: { edits: [] } },
      messages: [user, { role: 'assistant', content: [thinking] }, user, { role: 'assistant', content: [thinking, use] }, result],
    },
    refusal: anthropicError('messages.1.content.0: Invalid `signature` in `thinking` block'),
    answer: claude,
    left: {
      model: 'claude-sonnet-4-5',
      messages: [user, { role: 'assistant', content: [{ type: 'text', text: expect.any(String) }] }, user, { role: 'assistant', content: [use] }, result],
    },
    dropped: 'messages.thinking',
  },
  {
    what: 'Anthropic, translated',
    path: '/v1/chat/completions',
    asked: {
      model: 'anthropic/claude-sonnet-5',
      messages: [
        user,
        { role: 'assistant', content: null, reasoning_details: chatDetails, tool_calls: [chatCall] },
        { role: 'tool', tool_call_id: 'toolu_1', content: 'r' },
      ],
    },
    refusal: anthropicError('messages.1.content.0.thinking.signature: Field required'),
    answer: claude,
    left: { messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }, { role: 'assistant', content: [use] }, result] },
    dropped: 'messages.thinking',
  },
  {
    what: 'OpenAI Responses',
    path: '/v1/responses',
    asked: {
      model: 'openai/gpt-5-mini',
      store: false,
      input: [
        { role: 'user', content: 'Hi' },
        { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAA' },
        { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f', arguments: '{}' },
        { type: 'function_call_output', call_id: 'call_1', output: 'r' },
      ],
    },
    refusal: {
      error: { code: 'invalid_encrypted_content', message: 'The encrypted content gAAA...7tlT could not be verified.', type: 'invalid_request_error' },
    },
    answer: { id: 'resp_1', object: 'response', status: 'completed', model: 'gpt-5-mini', output: [] },
    left: {
      input: [
        { role: 'user', content: 'Hi' },
        { type: 'function_call', call_id: 'call_1', name: 'f', arguments: '{}' },
        { type: 'function_call_output', call_id: 'call_1', output: 'r' },
      ],
    },
    dropped: 'messages.reasoning',
  },
  {
    what: 'Gemini',
    path: '/v1beta/models/google/gemini-3-flash:generateContent',
    asked: {
      contents: [
        { role: 'user', parts: [{ text: 'Hi' }] },
        {
          role: 'model',
          parts: [
            { text: 'Hm.', thought: true },
            { functionCall: { name: 'f', args: {} }, thoughtSignature: 'c2VhbA==' },
          ],
        },
        { role: 'user', parts: [{ functionResponse: { name: 'f', response: {} } }] },
      ],
    },
    refusal: { error: { code: 400, message: 'Corrupted thought signature.', status: 'INVALID_ARGUMENT' } },
    answer: { candidates: [{ content: { parts: [{ text: 'fine' }], role: 'model' }, finishReason: 'STOP' }] },
    left: {
      contents: [
        { role: 'user', parts: [{ text: 'Hi' }] },
        { role: 'model', parts: [{ functionCall: { name: 'f', args: {} }, thoughtSignature: 'skip_thought_signature_validator' }] },
        { role: 'user', parts: [{ functionResponse: { name: 'f', response: {} } }] },
      ],
    },
    dropped: 'messages.reasoning',
  },
]

describe('reasoning of earlier turns that a provider refuses', () => {
  it.each(MOVED)('is left out, and the conversation goes on: $what', async ({ path, asked, refusal, answer, left, dropped }) => {
    let count = 0
    upstream.answer((seen, response) => (count++ === 0 ? answerJson(refusal, 400) : answerJson(answer))(seen, response))
    const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
    const reply = await raw(running.address + path, { headers, body: JSON.stringify(asked) })
    expect([reply.status, count], reply.text).toEqual([200, 2])
    expect(reply.headers).toMatchObject({ 'x-switchyard-attempts': '2', 'x-switchyard-dropped': dropped })
    const sent = JSON.parse(upstream.seen.at(-1)?.body ?? '') as JsonObject
    expect(sent).toMatchObject(left)
    for (const gone of ['thinking', 'context_management']) if (gone in asked) expect(sent).not.toHaveProperty(gone)
  })

  it('is asked for without once only', async () => {
    const refusal = anthropicError('messages.1.content.0: Invalid `signature` in `thinking` block')
    const before = upstream.seen.length
    upstream.answer(answerJson(refusal, 400))
    const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
    const reply = await raw(`${running.address}/v1/messages`, { headers, body: JSON.stringify(MOVED[0]?.asked) })
    expect([reply.status, upstream.seen.length - before]).toEqual([400, 2])
    expect(reply.text).toContain('Invalid `signature`')
  })
})

describe('later turns of a conversation whose reasoning was refused', () => {
  const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
  const refusal = anthropicError('messages.1.content.0: Invalid `signature` in `thinking` block')
  const foreign = { type: 'thinking', thinking: 'Hm.', signature: 'another-account' }
  const own = { type: 'thinking', thinking: 'Aha.', signature: 'this-account' }
  const later = { type: 'tool_use', id: 'toolu_2', name: 'f', input: {} }
  const laterResult = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_2', content: 'r' }] }
  const budget = { max_tokens: 2000, thinking: { type: 'enabled', budget_tokens: 1024 } }
  const ask = (model: string, messages: readonly JsonObject[]) =>
    raw(`${running.address}/v1/messages`, { headers, body: JSON.stringify({ model, ...budget, messages }) })
  const sent = (): JsonObject => JSON.parse(upstream.seen.at(-1)?.body ?? '') as JsonObject

  it('go without it at once, and with what was thought since', async () => {
    upstream.answer((seen, response) => (seen.body.includes('another-account') ? answerJson(refusal, 400) : answerJson(claude))(seen, response))
    const moved = [user, { role: 'assistant', content: [foreign, use] }, result]
    const first = await ask('anthropic/claude-opus-4-5', moved)
    expect([first.status, first.headers['x-switchyard-attempts']]).toEqual([200, '2'])
    expect(sent()).not.toHaveProperty('thinking')

    const before = upstream.seen.length
    const second = await ask('anthropic/claude-opus-4-5', [...moved, { role: 'assistant', content: [own, later] }, laterResult])
    expect([second.status, second.headers['x-switchyard-attempts'], upstream.seen.length - before]).toEqual([200, '1', 1])
    expect(second.headers['x-switchyard-dropped']).toBe('messages.thinking')
    expect(sent()).toMatchObject({ ...budget, messages: [user, { content: [use] }, result, { content: [own, later] }, laterResult] })

    const other = await ask('anthropic/claude-opus-4-5', [user, { role: 'assistant', content: [own, use] }, result])
    expect([other.headers['x-switchyard-dropped'], sent().messages]).toEqual([undefined, [user, { role: 'assistant', content: [own, use] }, result]])
    // another model has not refused it yet
    expect((await ask('anthropic/claude-opus-4-1', moved)).headers['x-switchyard-attempts']).toBe('2')
  })

  it('are not told apart by a refusal that going without did not mend', async () => {
    const lost = { ...foreign, signature: 'lost-for-other-reasons' }
    const moved = [user, { role: 'assistant', content: [lost, use] }, result]
    upstream.answer(answerJson(refusal, 400))
    await ask('anthropic/claude-haiku-4-5', moved)
    upstream.answer(answerJson(claude))
    expect((await ask('anthropic/claude-haiku-4-5', moved)).headers['x-switchyard-dropped']).toBeUndefined()
    expect(JSON.stringify(sent())).toContain('lost-for-other-reasons')
  })
})

const LEAVES_OLD = (thought: JsonObject): boolean => sealOf(thought) === 'b2xk'
const target = { provider: 'p', upstreamModel: 'gemini-3-flash', stream: false, outputLimit: undefined }

it.each<[keyof typeof upstreamFormats, JsonObject, JsonObject]>([
  [
    'openai-responses',
    {
      input: [
        { role: 'user', content: 'Hi' },
        { type: 'reasoning', id: 'rs_1', encrypted_content: 'b2xk' },
        { type: 'function_call', id: 'fc_1', call_id: 'a' },
        { type: 'function_call_output', id: 'out', call_id: 'a' },
        { type: 'reasoning', id: 'rs_2', encrypted_content: 'bmV3' },
        { type: 'function_call', id: 'fc_2', call_id: 'b' },
      ],
    },
    {
      input: [
        { role: 'user', content: 'Hi' },
        { type: 'function_call', call_id: 'a' },
        { type: 'function_call_output', id: 'out', call_id: 'a' },
        { type: 'reasoning', id: 'rs_2', encrypted_content: 'bmV3' },
        { type: 'function_call', id: 'fc_2', call_id: 'b' },
      ],
    },
  ],
  [
    'gemini',
    {
      contents: [
        { role: 'model', parts: [{ functionCall: { name: 'f' }, thoughtSignature: 'b2xk' }] },
        { role: 'model', parts: [{ functionCall: { name: 'g' }, thoughtSignature: 'bmV3' }] },
      ],
    },
    {
      contents: [
        { role: 'model', parts: [{ functionCall: { name: 'f' }, thoughtSignature: 'skip_thought_signature_validator' }] },
        { role: 'model', parts: [{ functionCall: { name: 'g' }, thoughtSignature: 'bmV3' }] },
      ],
    },
  ],
  [
    'openai-chat',
    {
      messages: [
        {
          role: 'assistant',
          reasoning_details: [
            { type: 'reasoning.encrypted', data: 'b2xk' },
            { type: 'reasoning.encrypted', data: 'bmV3' },
          ],
        },
      ],
    },
    { messages: [{ role: 'assistant', reasoning_details: [{ type: 'reasoning.encrypted', data: 'bmV3' }] }] },
  ],
  [
    'bedrock-converse',
    {
      messages: [
        { role: 'assistant', content: [{ reasoningContent: { reasoningText: { text: 'Hm.', signature: 'b2xk' } } }, { text: 'a' }] },
        { role: 'assistant', content: [{ reasoningContent: { reasoningText: { text: 'Aha.', signature: 'bmV3' } } }, { toolUse: { toolUseId: 'a' } }] },
        { role: 'user', content: [{ toolResult: { toolUseId: 'a' } }] },
      ],
      additionalModelRequestFields: { thinking: { type: 'enabled' } },
    },
    {
      messages: [
        { role: 'assistant', content: [{ text: 'a' }] },
        { role: 'assistant', content: [{ reasoningContent: { reasoningText: { text: 'Aha.', signature: 'bmV3' } } }, { toolUse: { toolUseId: 'a' } }] },
        { role: 'user', content: [{ toolResult: { toolUseId: 'a' } }] },
      ],
      additionalModelRequestFields: { thinking: { type: 'enabled' } },
    },
  ],
])('%s goes without one thought and keeps another', (protocol, body, left) => {
  expect(upstreamFormats[protocol].withoutThoughts?.(body, target, LEAVES_OLD)).toEqual(left)
})

it('Bedrock’s Claude goes on without it as well', () => {
  const reasoning = { reasoningContent: { reasoningText: { text: 'Hm.', signature: 'seal' } } }
  const asked = { role: 'assistant', content: [{ toolUse: { toolUseId: 'a', name: 'f', input: {} } }] }
  const last = { role: 'user', content: [{ toolResult: { toolUseId: 'a', content: [] } }] }
  const body = {
    messages: [{ role: 'assistant', content: [reasoning] }, { ...asked, content: [reasoning, ...asked.content] }, last],
    additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1024 }, top_k: 5 },
  }
  const target = { provider: 'bedrock', upstreamModel: 'anthropic.claude-sonnet-4-5-20250929-v1:0', stream: false, outputLimit: undefined }
  expect(upstreamFormats['bedrock-converse'].withoutThoughts?.(body, target, () => true)).toEqual({
    messages: [asked, last],
    additionalModelRequestFields: { top_k: 5 },
  })
})
