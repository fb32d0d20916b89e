/** One question in the words of each dialect, for tests that ask the same of a gateway in all of them. Temperature 0 and at most 64 tokens. */
import type { ChatDialect } from '../../shared/chat.ts'

export interface Asked {
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
}

export type AskDialect = Exclude<ChatDialect, 'openai-completions' | 'ollama-generate' | 'ollama-chat'>

export const ASK_DIALECTS: readonly AskDialect[] = ['openai-chat', 'anthropic-messages', 'openai-responses', 'gemini', 'cohere-v2']

export function ask(dialect: AskDialect, model: string, question: string, stream: boolean): Asked {
  const messages = [{ role: 'user', content: question }]
  switch (dialect) {
    case 'openai-chat':
      return { path: '/v1/chat/completions', body: { model, stream, temperature: 0, max_tokens: 64, messages } }
    case 'anthropic-messages':
      return { path: '/v1/messages', body: { model, stream, temperature: 0, max_tokens: 64, messages } }
    case 'openai-responses':
      return { path: '/v1/responses', body: { model, stream, temperature: 0, max_output_tokens: 64, input: question, store: false } }
    case 'cohere-v2':
      return { path: '/v2/chat', body: { model, stream, temperature: 0, max_tokens: 64, messages } }
    case 'gemini':
      return {
        path: `/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
        body: { contents: [{ role: 'user', parts: [{ text: question }] }], generationConfig: { temperature: 0, maxOutputTokens: 64 } },
      }
    default:
      throw new Error(`nobody asks in ${dialect satisfies never}`)
  }
}
