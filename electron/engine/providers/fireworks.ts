import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'fireworks',
  name: 'Fireworks AI',
  protocol: 'openai-chat',
  baseUrl: 'https://api.fireworks.ai/inference/v1',
  authorization: { kind: 'bearer' },
  keyPrefixes: ['fw_'],
  environment: ['FIREWORKS_API_KEY'],
  validatePath: '/models',
  keyPage: 'https://app.fireworks.ai/settings/users/api-keys',
  docs: 'https://docs.fireworks.ai/api-reference/post-chatcompletions',
  statusPage: 'https://status.fireworks.ai',
  runsLocally: false,
  aggregates: true,
  quirks: [
    {
      what: 'Model names are paths, such as accounts/fireworks/models/kimi-k2.',
      source: 'https://docs.fireworks.ai/tools-sdks/openai-compatibility',
    },
  ],
})
