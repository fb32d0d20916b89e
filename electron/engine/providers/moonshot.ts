import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'moonshot',
  name: 'Moonshot AI',
  protocol: 'openai-chat',
  baseUrl: 'https://api.moonshot.ai/v1',
  authorization: { kind: 'bearer' },
  // Its keys begin with a bare `sk-`, which is taken for OpenAI.
  keyPrefixes: [],
  environment: ['MOONSHOT_API_KEY'],
  validatePath: '/models',
  keyPage: 'https://platform.moonshot.ai/console/api-keys',
  docs: 'https://platform.kimi.ai/docs/api/models-overview',
  runsLocally: false,
  quirks: [
    {
      what: 'Temperature goes from 0 to 1.',
      source: 'https://platform.kimi.ai/docs/api/models-overview',
    },
    {
      what: 'Thinking models want their reasoning_content back while they call tools.',
      source: 'https://platform.moonshot.ai/docs/guide/use-kimi-k2-thinking-model',
    },
  ],
})
