import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'perplexity',
  name: 'Perplexity',
  protocol: 'openai-chat',
  baseUrl: 'https://api.perplexity.ai',
  authorization: { kind: 'bearer' },
  keyPrefixes: ['pplx-'],
  environment: ['PERPLEXITY_API_KEY', 'PPLX_API_KEY'],
  // Its list of models answers without a key and would prove nothing; this one lists the key's own requests.
  validatePath: '/async/chat/completions',
  keyPage: 'https://www.perplexity.ai/account/api/keys',
  docs: 'https://docs.perplexity.ai/api-reference/chat-completions-post',
  statusPage: 'https://status.perplexity.com',
  dataPolicy: {
    trains: false,
    retentionDays: 0,
    source: 'https://docs.perplexity.ai/guides/privacy-security',
    asOf: '2026-11-25',
  },
  runsLocally: false,
  quirks: [
    {
      what: 'Sources stand beside the choices of every chunk, as citations and search_results.',
      source: 'https://docs.perplexity.ai/api-reference/chat-completions-post',
    },
    {
      what: 'Counts are cumulative and stand in every chunk.',
      source: 'https://docs.perplexity.ai/guides/streaming',
    },
    {
      what: 'Takes no tools of the client.',
      source: 'https://docs.perplexity.ai/guides/chat-completions-guide',
    },
    {
      what: 'User and assistant have to take turns.',
      source: 'https://github.com/perplexityai/api-discussion/issues/265',
    },
  ],
})
