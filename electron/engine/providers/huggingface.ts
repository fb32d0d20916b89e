import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'huggingface',
  name: 'Hugging Face',
  protocol: 'openai-chat',
  baseUrl: 'https://router.huggingface.co/v1',
  authorization: { kind: 'bearer' },
  keyPrefixes: ['hf_'],
  environment: ['HF_TOKEN', 'HUGGINGFACE_API_KEY'],
  validatePath: '/models',
  keyPage: 'https://huggingface.co/settings/tokens',
  docs: 'https://huggingface.co/docs/inference-providers/index',
  statusPage: 'https://status.huggingface.co',
  listIsPublic: true,
  runsLocally: false,
  aggregates: true,
  quirks: [
    {
      what: 'The list of models answers without a key, so only the first request proves one.',
      source: 'https://huggingface.co/docs/inference-providers/index',
    },
    {
      what: 'A suffix such as :groq or :cheapest chooses who serves the model.',
      source: 'https://huggingface.co/docs/inference-providers/index',
    },
    {
      what: 'Fills fields that hold nothing with null, empty text or empty objects.',
      source: 'https://huggingface.co/docs/inference-providers/tasks/chat-completion',
    },
  ],
})
