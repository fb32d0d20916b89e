import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'xai',
  name: 'xAI',
  protocol: 'openai-chat',
  baseUrl: 'https://api.x.ai/v1',
  authorization: { kind: 'bearer' },
  keyPrefixes: ['xai-'],
  environment: ['XAI_API_KEY'],
  validatePath: '/models',
  keyPage: 'https://console.x.ai',
  docs: 'https://docs.x.ai/docs/api-reference',
  statusPage: 'https://status.x.ai',
  runsLocally: false,
  quirks: [
    {
      what: 'Reasoning is counted beside completion_tokens; only total_tokens holds both.',
      source: 'https://docs.x.ai/docs/guides/reasoning',
    },
    {
      what: 'A wrong key is answered with 400 and the error as a text.',
      source: 'https://docs.x.ai/docs/key-information/debugging',
    },
  ],
})
