/**
 * The official clients against the real listener, every dialect to every provider format, on recorded answers cut anywhere. What the client
 * makes of the answer must be what the recording's independent reader found in it.
 */
import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnswerCase, answers } from '../support/answer-cases.ts'
import { type FakeUpstream, fakeUpstream, replay } from '../support/fake-upstream.ts'
import { placesAt, startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'
import { CUTS } from '../support/recordings.ts'

interface Heard {
  text: string
  calls: { name: string; arguments: unknown }[]
  finish: string | null | undefined
  input: number | undefined
  output: number | undefined
}

interface OfficialClient {
  readonly name: string
  readonly dialect: AnswerCase['protocol']
  ask(model: string, stream: boolean): Promise<Heard>
  /** What this dialect calls an answer that ended with tool calls, at its length limit, or by itself. */
  readonly finishes: Readonly<Record<string, string>>
}

let upstream: FakeUpstream
let running: TestGateway
beforeAll(async () => {
  upstream = await fakeUpstream()
  running = await startGateway({
    settings: { baseUrls: { ...placesAt(upstream.url), ollama: `${upstream.url}/v1` } },
    environment: { OPENROUTER_API_KEY: 'made-up-openrouter-key-1122334455' },
  })
})
afterAll(async () => {
  await running.close()
  await upstream.close()
})

const tool = { name: 'lookup', description: 'looks something up', parameters: { type: 'object', properties: { what: { type: 'string' } }, required: ['what'] } }
const parsed = (text: string): unknown => JSON.parse(text === '' ? '{}' : text)

const clients: readonly OfficialClient[] = [
  {
    name: 'openai',
    dialect: 'openai-chat',
    finishes: { stop: 'stop', length: 'length', tool_calls: 'tool_calls' },
    async ask(model, stream) {
      const client = new OpenAI({ apiKey: TEST_KEYS.client, baseURL: `${running.address}/v1`, maxRetries: 0 })
      const request = { model, messages: [{ role: 'user' as const, content: 'hello' }], tools: [{ type: 'function' as const, function: tool }] }
      const completion = stream
        ? await client.chat.completions.stream({ ...request, stream_options: { include_usage: true } }).finalChatCompletion()
        : await client.chat.completions.create(request)
      const choice = completion.choices[0]
      return {
        text: choice?.message.content ?? '',
        calls: (choice?.message.tool_calls ?? []).map((call) =>
          call.type === 'function' ? { name: call.function.name, arguments: parsed(call.function.arguments) } : { name: '?', arguments: null },
        ),
        finish: choice?.finish_reason,
        input: completion.usage?.prompt_tokens,
        output: completion.usage?.completion_tokens,
      }
    },
  },
  {
    name: 'openai (responses)',
    dialect: 'openai-responses',
    finishes: { stop: 'completed', length: 'incomplete', tool_calls: 'completed' },
    async ask(model, stream) {
      const client = new OpenAI({ apiKey: TEST_KEYS.client, baseURL: `${running.address}/v1`, maxRetries: 0 })
      const request = { model, input: 'hello', tools: [{ type: 'function' as const, strict: false, ...tool }] }
      const response = stream ? await client.responses.stream(request).finalResponse() : await client.responses.create(request)
      return {
        text: response.output_text,
        calls: response.output.flatMap((item) => (item.type === 'function_call' ? [{ name: item.name, arguments: parsed(item.arguments) }] : [])),
        finish: response.status,
        input: response.usage?.input_tokens,
        output: response.usage?.output_tokens,
      }
    },
  },
  {
    name: '@anthropic-ai/sdk',
    dialect: 'anthropic-messages',
    finishes: { stop: 'end_turn', length: 'max_tokens', tool_calls: 'tool_use' },
    async ask(model, stream) {
      const client = new Anthropic({ apiKey: TEST_KEYS.client, baseURL: running.address, maxRetries: 0 })
      const request = {
        model,
        max_tokens: 2000,
        messages: [{ role: 'user' as const, content: 'hello' }],
        tools: [{ name: tool.name, description: tool.description, input_schema: { ...tool.parameters, type: 'object' as const } }],
      }
      const message = stream ? await client.messages.stream(request).finalMessage() : await client.messages.create(request)
      const { usage } = message
      return {
        text: message.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join(''),
        calls: message.content.flatMap((block) => (block.type === 'tool_use' ? [{ name: block.name, arguments: block.input }] : [])),
        finish: message.stop_reason,
        input: usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0),
        output: usage.output_tokens,
      }
    },
  },
  {
    name: '@google/genai',
    dialect: 'gemini',
    finishes: { stop: 'STOP', length: 'MAX_TOKENS', tool_calls: 'STOP' },
    async ask(model, stream) {
      const client = new GoogleGenAI({ apiKey: TEST_KEYS.client, httpOptions: { baseUrl: running.address } })
      const request = {
        model,
        contents: 'hello',
        config: { tools: [{ functionDeclarations: [{ name: tool.name, description: tool.description, parametersJsonSchema: tool.parameters }] }] },
      }
      const pieces = []
      if (stream) for await (const piece of await client.models.generateContentStream(request)) pieces.push(piece)
      else pieces.push(await client.models.generateContent(request))
      const parts = pieces.flatMap((piece) => piece.candidates?.[0]?.content?.parts ?? [])
      const usage = pieces.at(-1)?.usageMetadata
      return {
        text: parts.flatMap((part) => (part.text !== undefined && part.thought !== true ? [part.text] : [])).join(''),
        calls: parts.flatMap((part) =>
          part.functionCall === undefined ? [] : [{ name: part.functionCall.name ?? '', arguments: part.functionCall.args ?? {} }],
        ),
        finish: pieces.map((piece) => piece.candidates?.[0]?.finishReason).findLast((reason) => reason !== undefined),
        input: (usage?.promptTokenCount ?? 0) + (usage?.toolUsePromptTokenCount ?? 0),
        output: (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0),
      }
    },
  },
]

/** OpenAI serves two formats: chat clients get its Responses for a -pro model, its clients for Responses never anything else. */
const MODELS = {
  'openai-chat': 'openrouter/openai/gpt-4o-mini',
  'openai-responses': 'openai/gpt-5-pro',
  'anthropic-messages': 'anthropic/claude-sonnet-4-5',
  gemini: 'google/gemini-2.5-flash',
  'cohere-v2': 'cohere/command-a-03-2025',
  'ollama-chat': 'ollama/qwen3:8b',
} as const

describe.each(clients)('the official $name client', (client) => {
  describe.each(['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini', 'cohere-v2', 'ollama-chat'] as const)('on a %s provider', (protocol) => {
    it.each(answers(protocol))('hears $what', async ({ body, stream, headers, expected }) => {
      for (const size of stream ? CUTS : [Number.POSITIVE_INFINITY]) {
        upstream.answer(replay(body, { headers, size }))
        const heard = await client.ask(MODELS[protocol], stream)
        expect(heard.text, `cut at ${size}`).toBe(expected.text)
        expect(heard.calls, `cut at ${size}`).toEqual(expected.calls)
        if (client.dialect !== protocol) expect(heard.finish).toBe(client.finishes[expected.finish])
        else expect(heard.finish).toBe(expected.finishRaw)
        expect(heard.input, 'tokens in').toBe(expected.input)
        expect(heard.output, 'tokens out').toBe(expected.output)
      }
    })
  })
})
