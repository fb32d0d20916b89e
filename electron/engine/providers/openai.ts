import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'openai',
  name: 'OpenAI',
  protocol: 'openai-chat',
  baseUrl: 'https://api.openai.com/v1',
  authorization: { kind: 'bearer' },
  // Bare `sk-` is the oldest form. Other services copied it, so every longer prefix has to win over it.
  keyPrefixes: ['sk-proj-', 'sk-svcacct-', 'sk-'],
  environment: ['OPENAI_API_KEY'],
  validatePath: '/models',
  keyPage: 'https://platform.openai.com/api-keys',
  runsLocally: false,
  quirks: [
    {
      what: 'The -pro, codex and deep-research models answer on /responses only and so are not offered for chat.',
      source: 'https://platform.openai.com/docs/models',
    },
    {
      what: 'Cached input is part of prompt_tokens; from gpt-5.6 on cache writes are charged 1.25 times the input price.',
      source: 'https://developers.openai.com/api/docs/guides/prompt-caching',
    },
  ],
})
