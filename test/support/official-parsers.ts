/** The official clients as parsers: fed with text instead of a network, they say what they made of an answer of ours. */
import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import { CohereClientV2 } from 'cohere-ai'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import type { ChatDialect } from '../../shared/chat.ts'

export interface Heard {
  readonly text: string
  readonly calls: readonly { readonly name: string; readonly arguments: unknown }[]
  /** Everything that went in and came out; undefined where the answer does not say. */
  readonly input: number | undefined
  readonly output: number | undefined
}

export type Parse = (answer: string, streamed: boolean) => Promise<Heard>

const parsed = (text: string): unknown => JSON.parse(text === '' ? '{}' : text)
const user = [{ role: 'user' as const, content: 'x' }]

function response(answer: string, streamed: boolean): Response {
  return new Response(answer, { status: 200, headers: { 'content-type': streamed ? 'text/event-stream' : 'application/json' } })
}

/** By dialect. */
export const officialParsers: Readonly<Record<ChatDialect, Parse>> = {
  'openai-chat': async (answer, streamed) => {
    const client = new OpenAI({ apiKey: 'made-up', maxRetries: 0, fetch: async () => response(answer, streamed) })
    const completion = streamed
      ? await client.chat.completions.stream({ model: 'm', messages: user, stream_options: { include_usage: true } }).finalChatCompletion()
      : await client.chat.completions.create({ model: 'm', messages: user })
    const message = completion.choices[0]?.message
    return {
      text: (message?.content ?? '') + (message?.refusal ?? ''),
      calls: (message?.tool_calls ?? []).map((call) =>
        call.type === 'function' ? { name: call.function.name, arguments: parsed(call.function.arguments) } : { name: '?', arguments: null },
      ),
      input: completion.usage?.prompt_tokens,
      output: completion.usage?.completion_tokens,
    }
  },
  'openai-responses': async (answer, streamed) => {
    const client = new OpenAI({ apiKey: 'made-up', maxRetries: 0, fetch: async () => response(answer, streamed) })
    const { output, usage } = streamed
      ? await client.responses.stream({ model: 'm', input: 'x' }).finalResponse()
      : await client.responses.create({ model: 'm', input: 'x' })
    return {
      text: output
        .flatMap((item) => (item.type === 'message' ? item.content : []))
        .map((part) => (part.type === 'output_text' ? part.text : part.refusal))
        .join(''),
      calls: output.flatMap((item) => (item.type === 'function_call' ? [{ name: item.name, arguments: parsed(item.arguments) }] : [])),
      input: usage?.input_tokens,
      output: usage?.output_tokens,
    }
  },
  'openai-completions': async (answer, streamed) => {
    const client = new OpenAI({ apiKey: 'made-up', maxRetries: 0, fetch: async () => response(answer, streamed) })
    const request = { model: 'm', prompt: 'x' }
    const pieces = []
    if (streamed) for await (const piece of await client.completions.create({ ...request, stream: true })) pieces.push(piece)
    else pieces.push(await client.completions.create(request))
    const usage = pieces.at(-1)?.usage
    return { text: pieces.map((piece) => piece.choices[0]?.text ?? '').join(''), calls: [], input: usage?.prompt_tokens, output: usage?.completion_tokens }
  },
  'anthropic-messages': async (answer, streamed) => {
    const client = new Anthropic({ apiKey: 'made-up', maxRetries: 0, fetch: async () => response(answer, streamed) })
    const request = { model: 'm', max_tokens: 10, messages: user }
    const { content, usage } = streamed ? await client.messages.stream(request).finalMessage() : await client.messages.create(request)
    return {
      text: content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join(''),
      calls: content.flatMap((block) => (block.type === 'tool_use' ? [{ name: block.name, arguments: block.input }] : [])),
      input: usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0),
      output: usage.output_tokens,
    }
  },
  gemini: async (answer, streamed) => {
    const client = new GoogleGenAI({ apiKey: 'made-up' })
    const networks = globalThis.fetch
    // this client takes no fetch of its own
    globalThis.fetch = async () => response(answer, streamed)
    try {
      const request = { model: 'm', contents: 'x' }
      const pieces = []
      if (streamed) for await (const piece of await client.models.generateContentStream(request)) pieces.push(piece)
      else pieces.push(await client.models.generateContent(request))
      const parts = pieces.flatMap((piece) => piece.candidates?.[0]?.content?.parts ?? [])
      const usage = pieces.at(-1)?.usageMetadata
      const { promptTokenCount: input, candidatesTokenCount: said, thoughtsTokenCount: thought } = usage ?? {}
      return {
        text: parts.flatMap((part) => (part.text !== undefined && part.thought !== true ? [part.text] : [])).join(''),
        calls: parts.flatMap((part) =>
          part.functionCall === undefined ? [] : [{ name: part.functionCall.name ?? '', arguments: part.functionCall.args ?? {} }],
        ),
        input,
        output: said === undefined && thought === undefined ? undefined : (said ?? 0) + (thought ?? 0),
      }
    } finally {
      globalThis.fetch = networks
    }
  },
  'cohere-v2': async (answer, streamed) => {
    const client = new CohereClientV2({ token: 'made-up', maxRetries: 0, fetch: async () => response(answer, streamed) })
    const request = { model: 'm', messages: user }
    if (!streamed) {
      const { message, usage } = await client.chat(request)
      return {
        text: (message.content ?? []).map((part) => (part.type === 'text' ? part.text : '')).join(''),
        calls: (message.toolCalls ?? []).map((call) => ({ name: call.function?.name ?? '', arguments: parsed(call.function?.arguments ?? '') })),
        input: usage?.tokens?.inputTokens,
        output: usage?.tokens?.outputTokens,
      }
    }
    let text = ''
    const calls: { name: string; arguments: string }[] = []
    let tokens: { inputTokens?: number; outputTokens?: number } | undefined
    for await (const event of await client.chatStream(request)) {
      if (event.type === 'content-delta') text += event.delta?.message?.content?.text ?? ''
      else if (event.type === 'tool-call-start') calls[event.index ?? 0] = { name: event.delta?.message?.toolCalls?.function?.name ?? '', arguments: '' }
      else if (event.type === 'tool-call-delta') {
        const call = calls[event.index ?? 0]
        if (call !== undefined) call.arguments += event.delta?.message?.toolCalls?.function?.arguments ?? ''
      } else if (event.type === 'message-end') {
        tokens = event.delta?.usage?.tokens
        if (event.delta?.error !== undefined) throw new Error(event.delta.error)
      }
    }
    const { inputTokens: input, outputTokens: output } = tokens ?? {}
    return { text, calls: calls.map((call) => ({ name: call.name, arguments: parsed(call.arguments) })), input, output }
  },
  'ollama-chat': async (answer, streamed) => {
    const client = new Ollama({ fetch: async () => response(answer, streamed) })
    const request = { model: 'm', messages: user }
    const pieces = []
    if (streamed) for await (const piece of await client.chat({ ...request, stream: true })) pieces.push(piece)
    else pieces.push(await client.chat(request))
    return {
      text: pieces.map((piece) => piece.message.content).join(''),
      calls: pieces.flatMap((piece) => piece.message.tool_calls ?? []).map((call) => ({ name: call.function.name, arguments: call.function.arguments })),
      input: pieces.at(-1)?.prompt_eval_count,
      output: pieces.at(-1)?.eval_count,
    }
  },
  'ollama-generate': async (answer, streamed) => {
    const client = new Ollama({ fetch: async () => response(answer, streamed) })
    const request = { model: 'm', prompt: 'x' }
    const pieces = []
    if (streamed) for await (const piece of await client.generate({ ...request, stream: true })) pieces.push(piece)
    else pieces.push(await client.generate(request))
    return { text: pieces.map((piece) => piece.response).join(''), calls: [], input: pieces.at(-1)?.prompt_eval_count, output: pieces.at(-1)?.eval_count }
  },
}
