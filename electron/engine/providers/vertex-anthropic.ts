import type { WriteTarget } from '../protocols/protocol.ts'
import { defineProvider } from './define.ts'
import { authorizeVertex, VERTEX_BASE_URL } from './vertex/authorize.ts'
import { readServiceAccount } from './vertex/service-account.ts'

export default defineProvider({
  id: 'vertex-anthropic',
  name: 'Claude on Google Vertex AI',
  protocol: 'anthropic-messages',
  baseUrl: VERTEX_BASE_URL,
  path,
  adapt: () => ({ edits: { model: undefined, anthropic_version: 'vertex-2023-10-16' } }),
  refusesAddresses: true,
  forwardedHeaders: ['anthropic-beta'],
  authorization: { kind: 'bearer' },
  authorize: authorizeVertex,
  regionOf: (key) => readServiceAccount(key).location,
  keyPrefixes: [],
  environment: ['ANTHROPIC_VERTEX_CREDENTIALS_JSON'],
  validatePath: '/cachedContents?pageSize=1',
  noList: {
    en: 'Its list names the models of all publishers and does not say which of them a project may call.',
    de: 'Die Liste nennt die Modelle aller Herausgeber und sagt nicht, welche davon ein Projekt aufrufen darf.',
  },
  keyPage: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
  docs: 'https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude',
  statusPage: 'https://status.cloud.google.com',
  dataPolicy: {
    trains: false,
    retentionDays: undefined,
    source: 'https://docs.cloud.google.com/gemini-enterprise-agent-platform/resources/zero-data-retention',
    asOf: '2026-08-31',
  },
  runsLocally: false,
  quirks: [
    { what: 'Images go as bytes; addresses are refused.', source: 'https://platform.claude.com/docs/en/build-with-claude/vision' },
    {
      what: 'The model stands in the address and not in the body; the version of the format stands in the body and not in a header.',
      source: 'https://platform.claude.com/docs/en/build-with-claude/claude-on-vertex-ai',
    },
  ],
})

/** Dated names bear their date behind an @ here (`claude-sonnet-4-5@20250929`). */
function path(target: WriteTarget): string {
  const verb = target.stream ? 'streamRawPredict' : 'rawPredict'
  return `/publishers/anthropic/models/${encodeURIComponent(target.upstreamModel).replaceAll('%40', '@')}:${verb}`
}
