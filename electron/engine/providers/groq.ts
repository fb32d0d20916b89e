import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'groq',
  name: 'Groq',
  protocol: 'openai-chat',
  baseUrl: 'https://api.groq.com/openai/v1',
  authorization: { kind: 'bearer' },
  keyPrefixes: ['gsk_'],
  environment: ['GROQ_API_KEY'],
  validatePath: '/models',
  keyPage: 'https://console.groq.com/keys',
  docs: 'https://console.groq.com/docs/api-reference',
  statusPage: 'https://groqstatus.com',
  dataPolicy: {
    trains: false,
    retentionDays: 0,
    note: {
      en: 'Batches and fine-tuning keep what they need; failures and abuse may be looked into.',
      de: 'Stapelaufträge und Feinabstimmung behalten, was sie brauchen; Fehlern und Missbrauch kann nachgegangen werden.',
    },
    source: 'https://console.groq.com/docs/your-data',
    asOf: '2026-11-25',
  },
  runsLocally: false,
  aggregates: true,
  quirks: [
    {
      what: 'Tool calls that do not fit their schema are a 400 tool_use_failed; in a stream, an error event after a 200.',
      source: 'https://console.groq.com/docs/tool-use',
    },
    {
      what: 'Streams may count their tokens under x_groq in the last chunk.',
      source: 'https://console.groq.com/docs/api-reference',
    },
    {
      what: '498 means that no flex capacity is free.',
      source: 'https://console.groq.com/docs/errors',
    },
  ],
})
