import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'google',
  name: 'Google Gemini',
  protocol: 'gemini',
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  // The key may also travel as ?key=, where it would end up in logs; the header does the same.
  authorization: { kind: 'header', name: 'x-goog-api-key' },
  keyPrefixes: ['AIza'],
  environment: ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
  validatePath: '/models?pageSize=1',
  keyPage: 'https://aistudio.google.com/apikey',
  docs: 'https://ai.google.dev/api',
  statusPage: 'https://aistudio.google.com/status',
  dataPolicy: {
    trains: false,
    retentionDays: undefined,
    note: {
      en: 'Holds for paid projects: free ones are used to improve products. Projects made from 2026-10-26 on log for 55 days unless told otherwise.',
      de: 'Gilt für bezahlte Projekte: Kostenlose dienen der Verbesserung von Produkten. Projekte ab dem 26.10.2026 protokollieren 55 Tage, wenn nichts anderes eingestellt ist.',
    },
    source: 'https://ai.google.dev/gemini-api/docs/zdr',
    asOf: '2026-11-25',
  },
  runsLocally: false,
  quirks: [
    {
      what: 'A wrong key is answered with 400 API_KEY_INVALID rather than 401.',
      source: 'https://ai.google.dev/gemini-api/docs/troubleshooting',
    },
    {
      what: 'Thinking is counted apart from candidatesTokenCount and charged as output.',
      source: 'https://ai.google.dev/gemini-api/docs/thinking#pricing',
    },
  ],
})
