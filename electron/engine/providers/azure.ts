import { defineProvider } from './define.ts'
import { placeInKey } from './key-place.ts'

export default defineProvider({
  id: 'azure',
  name: 'Azure OpenAI',
  protocol: 'openai-chat',
  baseUrl: 'https://{resource}.openai.azure.com/openai/v1',
  authorization: { kind: 'header', name: 'api-key' },
  authorize: placeInKey({
    provider: 'Azure OpenAI',
    gap: 'resource',
    what: 'resource',
    header: 'api-key',
    hint: ', where the resource answers at https://RESOURCE.openai.azure.com, or give the base URL in the settings.',
  }),
  keyPrefixes: [],
  environment: ['AZURE_OPENAI_API_KEY', 'AZURE_OPENAI_KEY'],
  validatePath: '/models',
  noList: {
    en: 'Its list names base models. Requests name deployments, which only its management API lists, and that takes another kind of key.',
    de: 'Die Liste nennt Basismodelle. Anfragen nennen Deployments; die führt nur die Verwaltungs-API auf, und die verlangt eine andere Art Schlüssel.',
  },
  keyPage: 'https://ai.azure.com/',
  docs: 'https://learn.microsoft.com/azure/ai-foundry/openai/reference',
  statusPage: 'https://azure.status.microsoft',
  dataPolicy: {
    trains: false,
    retentionDays: undefined,
    note: {
      en: 'Only what was flagged for human review is stored, for a time that is not named.',
      de: 'Gespeichert wird nur, was zur Durchsicht durch Menschen markiert wurde, für eine Zeit, die nicht genannt ist.',
    },
    source: 'https://learn.microsoft.com/azure/foundry/openai/concepts/abuse-monitoring',
    asOf: '2026-08-31',
  },
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
