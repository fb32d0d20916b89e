import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'minimax',
  name: 'MiniMax',
  protocol: 'anthropic-messages',
  baseUrl: 'https://api.minimax.io/anthropic/v1',
  authorization: { kind: 'header', name: 'x-api-key' },
  headers: { 'anthropic-version': '2023-06-01' },
  forwardedHeaders: ['anthropic-version', 'anthropic-beta'],
  keyPrefixes: [],
  environment: ['MINIMAX_API_KEY'],
  validatePath: '/models',
  keyPage: 'https://platform.minimax.io/user-center/basic-information/interface-key',
  docs: 'https://platform.minimax.io/docs/guides/quickstart',
  runsLocally: false,
  quirks: [
    {
      what: 'Keeps up to four cache_control marks for five minutes, counted from the last hit.',
      source: 'https://platform.minimax.io/docs/api-reference/anthropic-api-compatible-cache',
    },
  ],
})
