import type { Dialect } from '../../../shared/chat.ts'

export const DIALECTS: Readonly<Record<Dialect, string>> = {
  'openai-chat': 'OpenAI Chat',
  'openai-responses': 'OpenAI Responses',
  'anthropic-messages': 'Anthropic Messages',
  gemini: 'Gemini',
}
