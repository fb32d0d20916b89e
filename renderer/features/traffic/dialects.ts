import type { Protocol } from '../../../shared/chat.ts'

export const DIALECTS: Readonly<Record<Protocol, string>> = { 'openai-chat': 'OpenAI Chat', 'anthropic-messages': 'Anthropic Messages', gemini: 'Gemini' }
