/** The official clients as parsers of what is no conversation: embeddings and token counts. */
import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import type { EmbeddingDialect } from '../../electron/engine/protocols/embeddings/formats.ts'
import type { CountDialect } from '../../electron/engine/protocols/token-counts/counters.ts'

type Vectors = readonly (readonly number[])[]

const answering = (body: string) => async (): Promise<Response> => new Response(body, { status: 200, headers: { 'content-type': 'application/json' } })

/** Google's client takes no fetch of its own. */
async function withGoogle<T>(body: string, ask: (client: GoogleGenAI) => Promise<T>): Promise<T> {
  const network = globalThis.fetch
  globalThis.fetch = answering(body)
  try {
    return await ask(new GoogleGenAI({ apiKey: 'made-up' }))
  } finally {
    globalThis.fetch = network
  }
}

/** The vectors that each dialect's client makes of an answer. */
export const officialVectors: Readonly<Record<EmbeddingDialect, (body: string) => Promise<Vectors>>> = {
  'openai-embeddings': async (body) => {
    const client = new OpenAI({ apiKey: 'made-up', maxRetries: 0, fetch: answering(body) })
    // the client unpacks what it has asked for as base64, which it does unless told otherwise
    return (await client.embeddings.create({ model: 'm', input: 'x' })).data.map(({ embedding }) => embedding)
  },
  'gemini-embeddings': (body) =>
    withGoogle(body, async (client) =>
      ((await client.models.embedContent({ model: 'text-embedding-004', contents: ['x'] })).embeddings ?? []).map(({ values }) => values ?? []),
    ),
  'ollama-embeddings': async (body) => (await new Ollama({ fetch: answering(body) }).embed({ model: 'm', input: 'x' })).embeddings,
}

/** The count that each dialect's client makes of an answer. */
export const officialCounts: Readonly<Record<CountDialect, (body: string) => Promise<number | undefined>>> = {
  'anthropic-count-tokens': async (body) => {
    const client = new Anthropic({ apiKey: 'made-up', maxRetries: 0, fetch: answering(body) })
    return (await client.messages.countTokens({ model: 'm', messages: [{ role: 'user', content: 'x' }] })).input_tokens
  },
  'gemini-count-tokens': (body) => withGoogle(body, async (client) => (await client.models.countTokens({ model: 'm', contents: 'x' })).totalTokens),
  'openai-input-tokens': async (body) => {
    const client = new OpenAI({ apiKey: 'made-up', maxRetries: 0, fetch: answering(body) })
    return (await client.responses.inputTokens.count({ model: 'm', input: 'x' })).input_tokens
  },
}
