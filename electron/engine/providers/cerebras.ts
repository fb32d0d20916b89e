import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'cerebras',
  name: 'Cerebras',
  protocol: 'openai-chat',
  baseUrl: 'https://api.cerebras.ai/v1',
  authorization: { kind: 'bearer' },
  keyPrefixes: ['csk-'],
  environment: ['CEREBRAS_API_KEY'],
  validatePath: '/models',
  keyPage: 'https://cloud.cerebras.ai',
  docs: 'https://inference-docs.cerebras.ai/api-reference/chat-completions',
  statusPage: 'https://status.cerebras.ai',
  runsLocally: false,
  aggregates: true,
  quirks: [
    {
      what: 'Takes no frequency or presence penalty; seed and logprobs it does take.',
      source: 'https://inference-docs.cerebras.ai/resources/openai',
    },
  ],
})
