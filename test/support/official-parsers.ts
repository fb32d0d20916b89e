/** The official clients as parsers: fed with text instead of a network, they say what they made of an answer of ours. */
import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import OpenAI from 'openai'

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

/** By dialect; those without an official client that can be fed like this are absent. */
export const officialParsers: Readonly<Record<string, Parse | undefined>> = {
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
}
