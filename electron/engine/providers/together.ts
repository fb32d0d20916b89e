import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'together',
  name: 'Together AI',
  protocol: 'openai-chat',
  baseUrl: 'https://api.together.xyz/v1',
  authorization: { kind: 'bearer' },
  keyPrefixes: ['tgp_'],
  environment: ['TOGETHER_API_KEY'],
  validatePath: '/models',
  keyPage: 'https://api.together.ai/settings/api-keys',
  docs: 'https://docs.together.ai/reference/chat-completions-1',
  statusPage: 'https://status.together.ai',
  runsLocally: false,
  aggregates: true,
  quirks: [
    {
      what: 'Cached input stands in usage itself, as cached_tokens.',
      source: 'https://docs.together.ai/reference/chat-completions-1',
    },
  ],
})
