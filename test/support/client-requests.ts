/** A streaming question as clients of each dialect put it over HTTP. */
import type { ChatDialect } from '../../shared/chat.ts'
import { TEST_KEYS } from './gateway.ts'
import { type RawAnswer, raw } from './http.ts'

const user = [{ role: 'user', content: 'x' }]

const REQUESTS: Readonly<Record<ChatDialect, (model: string) => { readonly path: string; readonly body: object }>> = {
  'openai-chat': (model) => ({ path: '/v1/chat/completions', body: { model, stream: true, stream_options: { include_usage: true }, messages: user } }),
  'openai-responses': (model) => ({ path: '/v1/responses', body: { model, stream: true, input: 'x', store: false } }),
  'openai-completions': (model) => ({ path: '/v1/completions', body: { model, stream: true, stream_options: { include_usage: true }, prompt: 'x' } }),
  'anthropic-messages': (model) => ({ path: '/v1/messages', body: { model, stream: true, max_tokens: 1000, messages: user } }),
  gemini: (model) => ({ path: `/v1beta/models/${model}:streamGenerateContent?alt=sse`, body: { contents: [{ parts: [{ text: 'x' }] }] } }),
  'cohere-v2': (model) => ({ path: '/v2/chat', body: { model, stream: true, messages: user } }),
  'ollama-chat': (model) => ({ path: '/api/chat', body: { model, messages: user } }),
  'ollama-generate': (model) => ({ path: '/api/generate', body: { model, prompt: 'x' } }),
}

export const DIALECTS = Object.keys(REQUESTS) as readonly ChatDialect[]

export function askStreamed(address: string, dialect: ChatDialect, model: string): Promise<RawAnswer> {
  const { path, body } = REQUESTS[dialect](model)
  const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
  return raw(address + path, { headers, body: JSON.stringify(body) })
}
