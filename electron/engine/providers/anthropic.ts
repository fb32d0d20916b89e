import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'anthropic',
  name: 'Anthropic',
  protocol: 'anthropic-messages',
  baseUrl: 'https://api.anthropic.com/v1',
  authorization: { kind: 'header', name: 'x-api-key' },
  // The version that still takes sampling parameters. A client that names another one gets that one.
  headers: { 'anthropic-version': '2023-06-01' },
  forwardedHeaders: ['anthropic-version', 'anthropic-beta'],
  keyPrefixes: ['sk-ant-'],
  environment: ['ANTHROPIC_API_KEY'],
  validatePath: '/models?limit=1',
  keyPage: 'https://platform.claude.com/settings/keys',
  docs: 'https://platform.claude.com/docs/en/api/overview',
  statusPage: 'https://status.claude.com',
  dataPolicy: {
    trains: false,
    retentionDays: 30,
    note: {
      en: 'Up to 30 days; longer where something was flagged, not at all by agreement.',
      de: 'Bis zu 30 Tage; länger, wo etwas auffiel, gar nicht nach Vereinbarung.',
    },
    source: 'https://privacy.claude.com/en/articles/7996866-how-long-do-you-store-my-organization-s-data',
    asOf: '2026-05-19',
  },
  runsLocally: false,
  // OpenRouter writes claude-sonnet-4.5 where Anthropic writes claude-sonnet-4-5; whoever moves in should not have to rename.
  spelling: (model) => (model.startsWith('claude-') ? model.replace(/(?<=\d)\.(?=\d)/g, '-') : model),
  quirks: [
    {
      what: 'input_tokens leaves out what was read from or written to the prompt cache.',
      source: 'https://platform.claude.com/docs/en/build-with-claude/prompt-caching#tracking-cache-performance',
    },
    {
      what: 'max_tokens is required.',
      source: 'https://platform.claude.com/docs/en/api/messages',
    },
  ],
})
