import type { Dialect } from '../../../shared/chat.ts'

export const DIALECTS: Readonly<Record<Dialect, string>> = {
  'openai-chat': 'OpenAI Chat',
  'openai-responses': 'OpenAI Responses',
  'anthropic-messages': 'Anthropic Messages',
  gemini: 'Gemini',
  'cohere-v2': 'Cohere',
  'ollama-chat': 'Ollama',
  'ollama-generate': 'Ollama Generate',
  'openai-completions': 'OpenAI Completions',
  'openai-embeddings': 'OpenAI Embeddings',
  'gemini-embeddings': 'Gemini Embeddings',
  'ollama-embeddings': 'Ollama Embeddings',
  'anthropic-count-tokens': 'Anthropic token count',
  'gemini-count-tokens': 'Gemini token count',
  'openai-input-tokens': 'OpenAI token count',
  'openai-compaction': 'OpenAI compaction',
}
