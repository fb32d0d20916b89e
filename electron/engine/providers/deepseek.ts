import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'deepseek',
  name: 'DeepSeek',
  protocol: 'openai-chat',
  baseUrl: 'https://api.deepseek.com',
  authorization: { kind: 'bearer' },
  // Its keys begin with a bare `sk-`, which is taken for OpenAI.
  keyPrefixes: [],
  environment: ['DEEPSEEK_API_KEY'],
  validatePath: '/models',
  keyPage: 'https://platform.deepseek.com/api_keys',
  docs: 'https://api-docs.deepseek.com',
  statusPage: 'https://status.deepseek.com',
  residency: { regions: ['cn'], source: 'https://cdn.deepseek.com/policies/en-US/deepseek-privacy-policy.html' },
  dataPolicy: {
    trains: true,
    retentionDays: undefined,
    note: {
      en: 'The policy names a way to object; the terms of the API make no exception from it.',
      de: 'Die Richtlinie nennt einen Weg zu widersprechen; die Bedingungen der API machen davon keine Ausnahme.',
    },
    source: 'https://cdn.deepseek.com/policies/en-US/deepseek-privacy-policy.html',
    asOf: '2026-06-29',
  },
  runsLocally: false,
  quirks: [
    {
      what: 'Cached input is told as prompt_cache_hit_tokens, part of prompt_tokens.',
      source: 'https://api-docs.deepseek.com/guides/kv_cache',
    },
    {
      what: 'Turns that called tools want their reasoning_content back in all later requests.',
      source: 'https://api-docs.deepseek.com/guides/thinking_mode',
    },
    {
      what: '402 means that the balance is used up.',
      source: 'https://api-docs.deepseek.com/quick_start/error_codes',
    },
  ],
})
