/**
 * A conversation goes from one maker's model to another's and comes back, through clients of every dialect: each maker finds its own reasoning again,
 * unchanged, and is never sent another's.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../shared/chat.ts'
import { answerJson, type FakeUpstream, fakeUpstream } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { holds } from '../support/reasoning-losses.ts'

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

interface Maker {
  readonly name: string
  readonly model: string
  /** Where on its requests it is asked. */
  readonly path: RegExp
  /** What proves its reasoning: a signature or encrypted content. */
  readonly seal: string
  /** Thinks and calls a tool, in a conversation of this number. */
  readonly calls: (id: string) => JsonObject
  readonly says: JsonObject
}

const usage = { input_tokens: 3, output_tokens: 5 }
const MAKERS: readonly Maker[] = [
  {
    name: 'Claude',
    model: 'anthropic/claude-sonnet-4-5',
    path: /\/messages$/,
    seal: 'RXFNQmNsYXVkZS1zZWFs',
    calls: (id) => ({
      ...{ id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5', stop_reason: 'tool_use', stop_sequence: null, usage },
      content: [
        { type: 'thinking', thinking: 'The tool will know.', signature: 'RXFNQmNsYXVkZS1zZWFs' },
        { type: 'tool_use', id: `toolu_${id}`, name: 'look', input: { at: 'it' } },
      ],
    }),
    says: {
      ...{ id: 'msg_2', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5', stop_reason: 'end_turn', stop_sequence: null, usage },
      content: [{ type: 'text', text: 'It is blue.' }],
    },
  },
  {
    name: 'Gemini',
    model: 'google/gemini-3-flash',
    path: /:generateContent/,
    seal: 'Q2k4Rz1nZW1pbmktc2VhbA==',
    calls: (id) => ({
      candidates: [
        {
          ...{ index: 0, finishReason: 'STOP' },
          content: {
            role: 'model',
            parts: [
              { text: 'The tool will know.', thought: true },
              { functionCall: { id: `g_${id}`, name: 'look', args: { at: 'it' } }, thoughtSignature: 'Q2k4Rz1nZW1pbmktc2VhbA==' },
            ],
          },
        },
      ],
      usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 5, totalTokenCount: 8 },
      ...{ modelVersion: 'gemini-3-flash', responseId: 'r1' },
    }),
    says: {
      candidates: [{ index: 0, finishReason: 'STOP', content: { role: 'model', parts: [{ text: 'It is blue.' }] } }],
      usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 5, totalTokenCount: 8 },
      ...{ modelVersion: 'gemini-3-flash', responseId: 'r2' },
    },
  },
  {
    name: 'OpenAI',
    model: 'openai/gpt-5-pro',
    path: /\/responses$/,
    seal: 'gAAAAABvcGVuYWktc2VhbA',
    calls: (id) => ({
      ...{ id: 'resp_1', object: 'response', status: 'completed', created_at: 1, model: 'gpt-5-pro', usage: { ...usage, total_tokens: 8 } },
      output: [
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'The tool will know.' }], encrypted_content: 'gAAAAABvcGVuYWktc2VhbA' },
        { type: 'function_call', id: 'fc_1', status: 'completed', call_id: `call_${id}`, name: 'look', arguments: '{"at":"it"}' },
      ],
    }),
    says: {
      ...{ id: 'resp_2', object: 'response', status: 'completed', created_at: 1, model: 'gpt-5-pro', usage: { ...usage, total_tokens: 8 } },
      output: [
        { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'It is blue.', annotations: [] }] },
      ],
    },
  },
]

const parameters = { type: 'object', properties: { at: { type: 'string' } } }
const list = (value: JsonValue | undefined): readonly JsonObject[] => (Array.isArray(value) ? (value as readonly JsonObject[]) : [])
const first = (value: JsonValue | undefined): JsonObject => list(value)[0] ?? {}
const at = (value: JsonObject, key: string): JsonObject => (value[key] ?? {}) as JsonObject

/** A client of a dialect that sends the answers back as its dialect holds them. */
interface Client {
  readonly name: string
  path(model: string): string
  ask(model: string, history: readonly JsonObject[]): JsonObject
  user(text: string): JsonObject
  /** The entries of the history that an answer becomes. */
  entries(answer: JsonObject): readonly JsonObject[]
  result(answer: JsonObject): JsonObject
  /** It keeps what it was told of reasoning, so that another maker's is named as left out. */
  readonly keepsReasoning: boolean
}

const chatTool = { type: 'function', function: { name: 'look', parameters } }
const chatMessage = (answer: JsonObject): JsonObject => at(first(answer.choices), 'message')
const CHAT: Client = {
  name: 'chat completions that keeps reasoning_details',
  path: () => '/v1/chat/completions',
  ask: (model, messages) => ({ model, messages, tools: [chatTool] }),
  user: (content) => ({ role: 'user', content }),
  entries: (answer) => [chatMessage(answer)],
  result: (answer) => ({ role: 'tool', tool_call_id: String(first(chatMessage(answer).tool_calls).id), content: 'blue' }),
  keepsReasoning: true,
}

const CLIENTS: readonly Client[] = [
  CHAT,
  {
    ...CHAT,
    name: 'chat completions that keeps text and calls alone',
    entries: (answer) => {
      const { role = null, content = null, tool_calls: calls } = chatMessage(answer)
      return [{ role, content, ...(calls !== undefined && { tool_calls: calls }) }]
    },
    keepsReasoning: false,
  },
  {
    name: 'Responses',
    path: () => '/v1/responses',
    ask: (model, input) => ({
      model,
      input,
      store: false,
      include: ['reasoning.encrypted_content'],
      tools: [{ type: 'function', name: 'look', parameters, strict: false }],
    }),
    user: (text) => ({ role: 'user', content: [{ type: 'input_text', text }] }),
    entries: (answer) => list(answer.output),
    result: (answer) => ({
      type: 'function_call_output',
      call_id: list(answer.output).find(({ type }) => type === 'function_call')?.call_id ?? '',
      output: 'blue',
    }),
    keepsReasoning: true,
  },
  {
    name: 'Anthropic messages',
    path: () => '/v1/messages',
    ask: (model, messages) => ({ model, max_tokens: 4000, messages, tools: [{ name: 'look', input_schema: parameters }] }),
    user: (content) => ({ role: 'user', content }),
    entries: ({ content = [] }) => [{ role: 'assistant', content }],
    result: ({ content }) => ({
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: list(content).find(({ type }) => type === 'tool_use')?.id ?? '', content: 'blue' }],
    }),
    keepsReasoning: true,
  },
  {
    name: 'Gemini',
    path: (model) => `/v1beta/models/${model}:generateContent`,
    ask: (_model, contents) => ({ contents, tools: [{ functionDeclarations: [{ name: 'look', parametersJsonSchema: parameters }] }] }),
    user: (text) => ({ role: 'user', parts: [{ text }] }),
    entries: (answer) => [at(first(answer.candidates), 'content')],
    result: (answer) => {
      const call = list(at(first(answer.candidates), 'content').parts).find(({ functionCall }) => functionCall !== undefined)
      return { role: 'user', parts: [{ functionResponse: { id: at(call ?? {}, 'functionCall').id ?? '', name: 'look', response: { result: 'blue' } } }] }
    },
    keepsReasoning: true,
  },
  {
    name: 'Cohere',
    path: () => '/v2/chat',
    ask: (model, messages) => ({ model, messages, tools: [chatTool] }),
    user: (content) => ({ role: 'user', content }),
    entries: ({ message = {} }) => [message as JsonObject],
    result: (answer) => ({ role: 'tool', tool_call_id: first(at(answer, 'message').tool_calls).id ?? '', content: 'blue' }),
    keepsReasoning: false,
  },
  {
    name: 'Ollama',
    path: () => '/api/chat',
    ask: (model, messages) => ({ model, messages, stream: false, tools: [chatTool] }),
    user: (content) => ({ role: 'user', content }),
    entries: ({ message = {} }) => [message as JsonObject],
    result: () => ({ role: 'tool', tool_name: 'look', content: 'blue' }),
    keepsReasoning: false,
  },
]

let conversations = 0
const isThought = (name: string): boolean => /^messages\.(?:reasoning|thinking|thought_signature)/.test(name)

/** Asks once and returns the answer, what was named as dropped, and the body that the maker saw. */
async function turn(client: Client, maker: Maker, history: readonly JsonObject[], answer: JsonObject) {
  upstream.answer(answerJson(answer))
  const response = await fetch(running.address + client.path(maker.model), {
    method: 'POST',
    headers: { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' },
    body: JSON.stringify(client.ask(maker.model, history)),
  })
  const said = (await response.json()) as JsonObject
  expect(response.status, JSON.stringify(said)).toBe(200)
  const seen = upstream.seen.at(-1)
  expect(seen?.url).toMatch(maker.path)
  return { said, dropped: (response.headers.get('x-switchyard-dropped') ?? '').split(', '), sent: JSON.parse(seen?.body ?? '') as JsonObject }
}

const journeys = CLIENTS.flatMap((client) =>
  MAKERS.flatMap((maker) =>
    MAKERS.filter((other) => other !== maker).map((other) => ({ client, maker, other, name: `${client.name}: ${maker.name}, then ${other.name}` })),
  ),
)

describe.each(journeys)('a client of $name', ({ client, maker, other }) => {
  it('brings each its own reasoning and no other', async () => {
    const id = `n${++conversations}`
    const history = [client.user(`Look at ${id}.`)]
    const called = await turn(client, maker, history, maker.calls(id))
    history.push(...client.entries(called.said), client.result(called.said))

    const elsewhere = await turn(client, other, history, other.says)
    expect(holds(elsewhere.sent, maker.seal), 'another maker’s seal').toBe(false)
    expect(JSON.stringify(elsewhere.sent)).not.toContain('switchyard.')
    // a relay to Google takes unsigned thoughts along, whoever had them
    const isRelayed = client.name === other.name
    if (client.keepsReasoning && !isRelayed) expect(elsewhere.dropped.filter(isThought), elsewhere.dropped.join()).not.toEqual([])
    history.push(...client.entries(elsewhere.said), client.user('And now?'))

    const home = await turn(client, maker, history, maker.says)
    expect(holds(home.sent, maker.seal), JSON.stringify(home.sent)).toBe(true)
    // Google asks for its marks alone; the words beside them bear no name of who thought them
    expect(home.dropped.filter((name) => isThought(name) && !(maker.name === 'Gemini' && name === 'messages.reasoning'))).toEqual([])
  })
})
