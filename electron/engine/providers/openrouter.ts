import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'openrouter',
  name: 'OpenRouter',
  protocol: 'openai-chat',
  baseUrl: 'https://openrouter.ai/api/v1',
  authorization: { kind: 'bearer' },
  // They name the application in OpenRouter's rankings. That is the client's to say, so we send none of our own.
  forwardedHeaders: ['http-referer', 'x-title'],
  keyPrefixes: ['sk-or-'],
  environment: ['OPENROUTER_API_KEY'],
  // /models answers without a key and would prove nothing.
  validatePath: '/key',
  keyPage: 'https://openrouter.ai/settings/keys',
  docs: 'https://openrouter.ai/docs/api-reference/overview',
  statusPage: 'https://status.openrouter.ai',
  dataPolicy: {
    trains: false,
    retentionDays: 0,
    exceptModels: 'all',
    note: {
      en: 'Holds for the router itself while its logging is off; the provider behind it has a policy of its own.',
      de: 'Gilt für den Router selbst, solange sein Protokoll ausgeschaltet ist; der Anbieter dahinter hat eigene Regeln.',
    },
    source: 'https://openrouter.ai/privacy',
    asOf: '2026-07-08',
  },
  runsLocally: false,
  aggregates: true,
  quirks: [
    {
      what: 'Prices are those of the cheapest endpoint; usage.cost in the answer is what was charged.',
      source: 'https://openrouter.ai/docs/use-cases/usage-accounting',
    },
    {
      what: 'Suffixes such as :free and :thinking are part of the model name.',
      source: 'https://openrouter.ai/docs/faq',
    },
  ],
})
