import { defineProvider } from './define.ts'
import { placeInKey, placeOfKey } from './key-place.ts'

export default defineProvider({
  id: 'bedrock-mantle',
  name: 'Amazon Bedrock (OpenAI format)',
  protocol: 'openai-chat',
  baseUrl: 'https://bedrock-mantle.{region}.api.aws/v1',
  authorization: { kind: 'bearer' },
  authorize: placeInKey({
    provider: 'Amazon Bedrock (OpenAI format)',
    gap: 'region',
    what: 'region',
    header: 'authorization',
    hint: ', or give the base URL in the settings.',
  }),
  regionOf: placeOfKey,
  keyPrefixes: [],
  environment: ['BEDROCK_MANTLE_CREDENTIALS'],
  validatePath: '/models',
  keyPage: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
  docs: 'https://docs.aws.amazon.com/bedrock/latest/userguide/bedrock-mantle.html',
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
  aggregates: true,
})
