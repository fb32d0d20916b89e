import { defineProvider } from '../define.ts'
import { authorizeBedrock } from './authorize.ts'
import { readCredential } from './credential.ts'
import { bedrockLists } from './lists.ts'

export default defineProvider({
  id: 'bedrock',
  name: 'Amazon Bedrock',
  protocol: 'bedrock-converse',
  baseUrl: 'https://bedrock-runtime.{region}.amazonaws.com',
  // stands for a Bedrock API key; AWS key pairs sign instead
  authorization: { kind: 'bearer' },
  authorize: authorizeBedrock,
  regionOf: (key) => readCredential(key).region,
  keyPrefixes: ['AKIA', 'ASIA', 'ABSK', 'bedrock-api-key-'],
  // AWS's own variables hold a key without its secret or its region; this one holds all of it, in any form that can be pasted
  environment: ['BEDROCK_CREDENTIALS'],
  // lists jobs of this account: costs nothing, and is answered by the very service that answers chats
  validatePath: '/async-invoke?maxResults=1',
  lists: bedrockLists,
  keyPage: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
  docs: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html',
  statusPage: 'https://health.aws.amazon.com/health/status',
  dataPolicy: {
    trains: false,
    retentionDays: undefined,
    note: {
      en: 'A mode of retention none has to be set, and some models do not allow it.',
      de: 'Der Aufbewahrungsmodus „none“ muss eingestellt sein, und manche Modelle lassen ihn nicht zu.',
    },
    source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/data-retention.html',
    asOf: '2026-08-31',
  },
  runsLocally: false,
  quirks: [
    {
      what: 'Images and documents go as bytes; addresses are refused.',
      source: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ImageSource.html',
    },
    {
      what: 'Newer models answer only to the id of an inference profile, such as one that begins with us. or global.',
      source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html',
    },
    {
      what: 'inputTokens leaves out what was read from or written to the prompt cache.',
      source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html',
    },
  ],
})
