import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'azure',
  name: 'Azure OpenAI',
  protocol: 'openai-chat',
  // every resource has its own: https://RESOURCE.openai.azure.com/openai/v1
  baseUrl: undefined,
  authorization: { kind: 'header', name: 'api-key' },
  keyPrefixes: [],
  environment: ['AZURE_OPENAI_API_KEY', 'AZURE_OPENAI_KEY'],
  validatePath: '/models',
  keyPage: 'https://ai.azure.com/',
  runsLocally: false,
  quirks: [
    {
      what: 'The model is the name of a deployment, which its owner chose.',
      source: 'https://learn.microsoft.com/azure/ai-foundry/openai/how-to/create-resource',
    },
    {
      what: 'Streams open with a chunk without choices that tells what the content filter made of the prompt.',
      source: 'https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-streaming',
    },
  ],
})
