import { gemini } from '../../protocols/gemini/gemini.ts'
import { defineProvider } from '../define.ts'
import { authorizeVertex, VERTEX_BASE_URL } from './authorize.ts'
import { readServiceAccount } from './service-account.ts'

export default defineProvider({
  id: 'vertex',
  name: 'Google Vertex AI',
  protocol: 'gemini',
  baseUrl: VERTEX_BASE_URL,
  path: (target) => `/publishers/google${gemini.path(target)}`,
  // the access token that the service account's key is exchanged for
  authorization: { kind: 'bearer' },
  authorize: authorizeVertex,
  regionOf: (key) => readServiceAccount(key).location,
  keyPrefixes: [],
  environment: ['GOOGLE_APPLICATION_CREDENTIALS_JSON'],
  // the account's own cached prompts, mostly none
  validatePath: '/cachedContents?pageSize=1',
  noList: {
    en: 'Its list names the models of all publishers and does not say which of them a project may call.',
    de: 'Die Liste nennt die Modelle aller Herausgeber und sagt nicht, welche davon ein Projekt aufrufen darf.',
  },
  keyPage: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
  docs: 'https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference',
  statusPage: 'https://status.cloud.google.com',
  dataPolicy: {
    trains: false,
    retentionDays: undefined,
    note: {
      en: 'Cached for up to 24 hours unless switched off; what safety classifiers flag may be kept for up to 90 days.',
      de: 'Bis zu 24 Stunden zwischengespeichert, wenn das nicht abgeschaltet ist; was Sicherheitsprüfungen auffällt, kann bis zu 90 Tage behalten werden.',
    },
    source: 'https://docs.cloud.google.com/gemini-enterprise-agent-platform/resources/zero-data-retention',
    asOf: '2026-08-31',
  },
  runsLocally: false,
  quirks: [
    {
      what: 'Addresses of files are fetched by Google itself, which obeys robots.txt and answers 400 where it may not.',
      source: 'https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference#filedata',
    },
    {
      what: 'usageMetadata says beside the counts which kind of traffic was used.',
      source: 'https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/GenerateContentResponse#UsageMetadata',
    },
  ],
})
