import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'mistral',
  name: 'Mistral',
  protocol: 'openai-chat',
  baseUrl: 'https://api.mistral.ai/v1',
  authorization: { kind: 'bearer' },
  keyPrefixes: [],
  environment: ['MISTRAL_API_KEY'],
  validatePath: '/models',
  keyPage: 'https://console.mistral.ai/api-keys',
  docs: 'https://docs.mistral.ai/api/',
  statusPage: 'https://status.mistral.ai',
  residency: { regions: ['eu'], source: 'https://mistral.ai/cloud/inference/' },
  runsLocally: false,
  quirks: [
    {
      what: 'Takes no field it does not know: such a request is a 422 with a list of what is wrong where.',
      source: 'https://docs.mistral.ai/api/',
    },
    {
      what: 'Tool call ids have nine letters and digits; those of other providers are mapped.',
      source: 'https://github.com/mistralai/mistral-common/blob/main/src/mistral_common/protocol/instruct/validator.py',
    },
    {
      what: 'Reasoning comes as content parts of type thinking, streamed as lists in place of text.',
      source: 'https://docs.mistral.ai/capabilities/reasoning/',
    },
    {
      what: 'The last message may be an assistant turn only with prefix: true.',
      source: 'https://docs.mistral.ai/capabilities/completion/usage',
    },
  ],
})
