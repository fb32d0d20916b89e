import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'zai',
  name: 'Z.ai',
  protocol: 'openai-chat',
  baseUrl: 'https://api.z.ai/api/paas/v4',
  authorization: { kind: 'bearer' },
  keyPrefixes: [],
  environment: ['ZAI_API_KEY'],
  validatePath: '/models',
  keyPage: 'https://z.ai/manage-apikey/apikey-list',
  docs: 'https://docs.z.ai/api-reference/llm/chat-completion',
  runsLocally: false,
  quirks: [
    {
      what: 'Errors bear business codes: 1113 is an empty account, 1302 too many requests.',
      source: 'https://docs.z.ai/api-reference/api-code',
    },
    {
      what: 'Reasoning comes as reasoning_content and is switched by thinking {type}.',
      source: 'https://docs.z.ai/guides/capabilities/thinking-mode',
    },
  ],
})
