/**
 * The official clients of six dialects hear what a model of each maker thought, said and called, and are told it in their own types. Answers are
 * written from documentation.
 */
import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import { CohereClientV2 } from 'cohere-ai'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../shared/chat.ts'
import { answerJson, type FakeUpstream, fakeUpstream, replay } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { CUTS } from '../support/recordings.ts'

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

const sse = (events: readonly JsonObject[]): Buffer =>
  Buffer.from(events.map((event) => `${typeof event.type === 'string' ? `event: ${event.type}\n` : ''}data: ${JSON.stringify(event)}\n\n`).join(''))

interface Maker {
  readonly name: string
  readonly model: string
  readonly whole: JsonObject
  readonly stream: Buffer
}

const CALL = { name: 'look', arguments: { at: 'it' } }
const ARGUMENTS = '{"at":"it"}'

const claudeUsage = { input_tokens: 7, output_tokens: 9 }
const claude = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5', stop_sequence: null }
const claudeBlocks = [
  [
    { type: 'thinking', thinking: '', signature: '' },
    [
      { type: 'thinking_delta', thinking: 'The tool ' },
      { type: 'thinking_delta', thinking: 'will know.' },
      { type: 'signature_delta', signature: 'c2VhbA==' },
    ],
  ],
  [
    { type: 'text', text: '' },
    [
      { type: 'text_delta', text: 'Let me ' },
      { type: 'text_delta', text: 'look.' },
    ],
  ],
  [
    { type: 'tool_use', id: 'toolu_1', name: 'look', input: {} },
    [
      { type: 'input_json_delta', partial_json: '{"at":' },
      { type: 'input_json_delta', partial_json: '"it"}' },
    ],
  ],
] as const
const CLAUDE: Maker = {
  name: 'Claude',
  model: 'anthropic/claude-sonnet-4-5',
  whole: {
    ...claude,
    content: [
      { type: 'thinking', thinking: 'The tool will know.', signature: 'c2VhbA==' },
      { type: 'text', text: 'Let me look.' },
      { type: 'tool_use', id: 'toolu_1', name: 'look', input: CALL.arguments },
    ],
    stop_reason: 'tool_use',
    usage: claudeUsage,
  },
  stream: sse([
    { type: 'message_start', message: { ...claude, content: [], stop_reason: null, usage: { input_tokens: 7, output_tokens: 1 } } },
    ...claudeBlocks.flatMap(([block, deltas], index): JsonObject[] => [
      { type: 'content_block_start', index, content_block: block },
      ...deltas.map((delta): JsonObject => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  ]),
}

const geminiAnswer = (parts: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...more }],
  usageMetadata: { promptTokenCount: 7, candidatesTokenCount: 4, thoughtsTokenCount: 5, totalTokenCount: 16 },
  ...{ modelVersion: 'gemini-3-flash', responseId: 'r1' },
})
const geminiCall = { functionCall: { id: 'g1', name: 'look', args: CALL.arguments }, thoughtSignature: 'c2VhbA==' }
const GEMINI: Maker = {
  name: 'Gemini',
  model: 'google/gemini-3-flash',
  whole: geminiAnswer([{ text: 'The tool will know.', thought: true }, { text: 'Let me look.' }, geminiCall], { finishReason: 'STOP' }),
  stream: sse([
    geminiAnswer([{ text: 'The tool ', thought: true }]),
    geminiAnswer([{ text: 'will know.', thought: true }, { text: 'Let me ' }]),
    geminiAnswer([{ text: 'look.' }]),
    geminiAnswer([geminiCall], { finishReason: 'STOP' }),
  ]),
}

const openaiItems: readonly JsonObject[] = [
  { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'The tool will know.' }], encrypted_content: 'gAAAA' },
  { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'Let me look.', annotations: [] }] },
  { type: 'function_call', id: 'fc_1', status: 'completed', call_id: 'call_1', name: 'look', arguments: ARGUMENTS },
]
const openaiUsage = {
  input_tokens: 7,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 9,
  output_tokens_details: { reasoning_tokens: 5 },
  total_tokens: 16,
}
const response = (more: JsonObject): JsonObject => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  model: 'gpt-5-pro',
  error: null,
  incomplete_details: null,
  ...more,
})
const openaiEvents: readonly JsonObject[] = [
  { type: 'response.created', response: response({ status: 'in_progress', output: [] }) },
  { type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning', id: 'rs_1', summary: [] } },
  { type: 'response.reasoning_summary_part.added', item_id: 'rs_1', output_index: 0, summary_index: 0, part: { type: 'summary_text', text: '' } },
  ...['The tool ', 'will know.'].map(
    (delta): JsonObject => ({ type: 'response.reasoning_summary_text.delta', item_id: 'rs_1', output_index: 0, summary_index: 0, delta }),
  ),
  { type: 'response.reasoning_summary_text.done', item_id: 'rs_1', output_index: 0, summary_index: 0, text: 'The tool will know.' },
  { type: 'response.output_item.done', output_index: 0, item: openaiItems[0] ?? {} },
  { type: 'response.output_item.added', output_index: 1, item: { type: 'message', id: 'msg_1', role: 'assistant', status: 'in_progress', content: [] } },
  { type: 'response.content_part.added', item_id: 'msg_1', output_index: 1, content_index: 0, part: { type: 'output_text', text: '', annotations: [] } },
  ...['Let me ', 'look.'].map((delta): JsonObject => ({ type: 'response.output_text.delta', item_id: 'msg_1', output_index: 1, content_index: 0, delta })),
  { type: 'response.output_text.done', item_id: 'msg_1', output_index: 1, content_index: 0, text: 'Let me look.' },
  {
    type: 'response.content_part.done',
    item_id: 'msg_1',
    output_index: 1,
    content_index: 0,
    part: { type: 'output_text', text: 'Let me look.', annotations: [] },
  },
  { type: 'response.output_item.done', output_index: 1, item: openaiItems[1] ?? {} },
  {
    type: 'response.output_item.added',
    output_index: 2,
    item: { type: 'function_call', id: 'fc_1', status: 'in_progress', call_id: 'call_1', name: 'look', arguments: '' },
  },
  ...['{"at":', '"it"}'].map((delta): JsonObject => ({ type: 'response.function_call_arguments.delta', item_id: 'fc_1', output_index: 2, delta })),
  { type: 'response.function_call_arguments.done', item_id: 'fc_1', output_index: 2, name: 'look', arguments: ARGUMENTS },
  { type: 'response.output_item.done', output_index: 2, item: openaiItems[2] ?? {} },
  { type: 'response.completed', response: response({ status: 'completed', output: openaiItems, usage: openaiUsage }) },
]
const OPENAI: Maker = {
  name: 'GPT',
  model: 'openai/gpt-5-pro',
  whole: response({ status: 'completed', output: openaiItems, usage: openaiUsage }),
  stream: sse(openaiEvents.map((event, sequence) => ({ ...event, sequence_number: sequence }))),
}

interface Heard {
  thought: string
  text: string
  calls: { name: string; arguments: unknown }[]
}

const parameters = { type: 'object' as const, properties: { at: { type: 'string' } } }
const user = [{ role: 'user' as const, content: 'Look at it.' }]
const parsed = (text: string | undefined): unknown => JSON.parse(text === undefined || text === '' ? '{}' : text)
const chatTool = { type: 'function' as const, function: { name: 'look', description: 'looks', parameters } }

/** By dialect: asks for reasoning as its users do. */
const CLIENTS: readonly { readonly name: string; ask(model: string, stream: boolean): Promise<Heard> }[] = [
  {
    name: 'openai (chat completions)',
    async ask(model, stream) {
      const client = new OpenAI({ apiKey: TEST_KEYS.client, baseURL: `${running.address}/v1`, maxRetries: 0 })
      const request = { model, messages: user, tools: [chatTool], reasoning_effort: 'high' as const }
      if (!stream) {
        const message = (await client.chat.completions.create(request)).choices[0]?.message as OpenAI.ChatCompletionMessage & { reasoning_content?: string }
        const calls = (message.tool_calls ?? []).flatMap((call) =>
          call.type === 'function' ? [{ name: call.function.name, arguments: parsed(call.function.arguments) }] : [],
        )
        return { thought: message.reasoning_content ?? '', text: message.content ?? '', calls }
      }
      let thought = ''
      const chunks = client.chat.completions.stream(request)
      chunks.on('chunk', (chunk) => {
        thought += (chunk.choices[0]?.delta as { reasoning_content?: string } | undefined)?.reasoning_content ?? ''
      })
      const message = (await chunks.finalChatCompletion()).choices[0]?.message
      const calls = (message?.tool_calls ?? []).flatMap((call) =>
        call.type === 'function' ? [{ name: call.function.name, arguments: parsed(call.function.arguments) }] : [],
      )
      return { thought, text: message?.content ?? '', calls }
    },
  },
  {
    name: 'openai (Responses)',
    async ask(model, stream) {
      const client = new OpenAI({ apiKey: TEST_KEYS.client, baseURL: `${running.address}/v1`, maxRetries: 0 })
      const tools = [{ type: 'function' as const, name: 'look', description: 'looks', parameters, strict: false }]
      const request = { model, input: 'Look at it.', store: false, tools, reasoning: { effort: 'high' as const, summary: 'auto' as const } }
      let streamed = ''
      const events = stream ? client.responses.stream(request) : undefined
      events?.on('response.reasoning_summary_text.delta', ({ delta }) => {
        streamed += delta
      })
      const { output, output_text: text } = events === undefined ? await client.responses.create(request) : await events.finalResponse()
      const thought = output.flatMap((item) => (item.type === 'reasoning' ? item.summary.map((part) => part.text) : [])).join('')
      if (stream) expect(streamed).toBe(thought)
      return { thought, text, calls: output.flatMap((item) => (item.type === 'function_call' ? [{ name: item.name, arguments: parsed(item.arguments) }] : [])) }
    },
  },
  {
    name: '@anthropic-ai/sdk',
    async ask(model, stream) {
      const client = new Anthropic({ apiKey: TEST_KEYS.client, baseURL: running.address, maxRetries: 0 })
      const thinking = { type: 'enabled' as const, budget_tokens: 2000 }
      const request = { model, max_tokens: 4000, messages: user, thinking, tools: [{ name: 'look', description: 'looks', input_schema: parameters }] }
      const { content } = stream ? await client.messages.stream(request).finalMessage() : await client.messages.create(request)
      return {
        thought: content.flatMap((block) => (block.type === 'thinking' ? [block.thinking] : [])).join(''),
        text: content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join(''),
        calls: content.flatMap((block) => (block.type === 'tool_use' ? [{ name: block.name, arguments: block.input }] : [])),
      }
    },
  },
  {
    name: '@google/genai',
    async ask(model, stream) {
      const client = new GoogleGenAI({ apiKey: TEST_KEYS.client, httpOptions: { baseUrl: running.address } })
      const tools = [{ functionDeclarations: [{ name: 'look', description: 'looks', parametersJsonSchema: parameters }] }]
      const request = { model, contents: 'Look at it.', config: { tools, thinkingConfig: { includeThoughts: true, thinkingBudget: 2000 } } }
      const pieces = []
      if (stream) for await (const piece of await client.models.generateContentStream(request)) pieces.push(piece)
      else pieces.push(await client.models.generateContent(request))
      const parts = pieces.flatMap((piece) => piece.candidates?.[0]?.content?.parts ?? [])
      const said = (thought: boolean): string => parts.map((part) => (part.text !== undefined && (part.thought ?? false) === thought ? part.text : '')).join('')
      const calls = parts.flatMap(({ functionCall }) => (functionCall === undefined ? [] : [{ name: functionCall.name ?? '', arguments: functionCall.args }]))
      return { thought: said(true), text: said(false), calls }
    },
  },
  {
    name: 'ollama',
    async ask(model, stream) {
      const client = new Ollama({ host: running.address, headers: { authorization: `Bearer ${TEST_KEYS.client}` } })
      const request = { model, messages: user, tools: [chatTool], think: true }
      const pieces = []
      if (stream) for await (const piece of await client.chat({ ...request, stream: true })) pieces.push(piece)
      else pieces.push(await client.chat(request))
      return {
        thought: pieces.map(({ message }) => message.thinking ?? '').join(''),
        text: pieces.map(({ message }) => message.content).join(''),
        calls: pieces.flatMap(({ message }) => message.tool_calls ?? []).map((call) => ({ name: call.function.name, arguments: call.function.arguments })),
      }
    },
  },
  {
    name: 'cohere-ai',
    async ask(model, stream) {
      const client = new CohereClientV2({ token: TEST_KEYS.client, environment: running.address, maxRetries: 0 })
      const request = { model, messages: user, tools: [chatTool], thinking: { type: 'enabled' as const } }
      if (!stream) {
        const { message } = await client.chat(request)
        return {
          thought: (message.toolPlan ?? '') + (message.content ?? []).map((part) => (part.type === 'thinking' ? part.thinking : '')).join(''),
          text: (message.content ?? []).map((part) => (part.type === 'text' ? part.text : '')).join(''),
          calls: (message.toolCalls ?? []).map((call) => ({ name: call.function?.name ?? '', arguments: parsed(call.function?.arguments) })),
        }
      }
      const heard = { thought: '', text: '', calls: [] as { name: string; arguments: string }[] }
      for await (const event of await client.chatStream(request)) {
        if (event.type === 'content-delta') {
          heard.text += event.delta?.message?.content?.text ?? ''
          heard.thought += event.delta?.message?.content?.thinking ?? ''
        } else if (event.type === 'tool-plan-delta') heard.thought += event.delta?.message?.toolPlan ?? ''
        else if (event.type === 'tool-call-start') heard.calls.push({ name: event.delta?.message?.toolCalls?.function?.name ?? '', arguments: '' })
        else if (event.type === 'tool-call-delta') {
          const call = heard.calls.at(-1)
          if (call !== undefined) call.arguments += event.delta?.message?.toolCalls?.function?.arguments ?? ''
        }
      }
      return { ...heard, calls: heard.calls.map((call) => ({ name: call.name, arguments: parsed(call.arguments) })) }
    },
  },
]

describe.each(CLIENTS)('the official $name client', ({ ask }) => {
  it.each([CLAUDE, GEMINI, OPENAI])('hears what $name thought, whole and streamed in any pieces', async ({ model, whole, stream }) => {
    const expected: Heard = { thought: 'The tool will know.', text: 'Let me look.', calls: [CALL] }
    upstream.answer(answerJson(whole))
    expect(await ask(model, false)).toEqual(expected)
    for (const size of CUTS) {
      upstream.answer(replay(stream, { size }))
      expect(await ask(model, true), `cut at ${size}`).toEqual(expected)
    }
  })
})
