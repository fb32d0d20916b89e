import type { Dialect } from '../../../shared/chat.ts'

export const DIALECTS: Readonly<Record<Dialect, string>> = { 'openai-chat': 'OpenAI Chat', 'anthropic-messages': 'Anthropic Messages', gemini: 'Gemini' }
