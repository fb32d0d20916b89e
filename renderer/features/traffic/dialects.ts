import type { Protocol } from '../../../shared/chat.ts'

export const DIALECTS: Readonly<Record<Protocol, string>> = {
  'openai-chat': 'OpenAI Chat',
  'openai-responses': 'OpenAI Responses',
  'anthropic-messages': 'Anthropic Messages',
  gemini: 'Gemini',
}
