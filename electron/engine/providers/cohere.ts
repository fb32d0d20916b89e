import { defineProvider } from './define.ts'

export default defineProvider({
  id: 'cohere',
  name: 'Cohere',
  protocol: 'cohere-v2',
  baseUrl: 'https://api.cohere.com',
  authorization: { kind: 'bearer' },
  keyPrefixes: [],
  environment: ['COHERE_API_KEY', 'CO_API_KEY'],
  validatePath: '/v1/models?page_size=1',
  keyPage: 'https://dashboard.cohere.com/api-keys',
  docs: 'https://docs.cohere.com/reference/chat',
  statusPage: 'https://status.cohere.com',
  runsLocally: false,
  quirks: [
    {
      what: 'Its hidden preamble is counted in usage.tokens and left out of billed_units, so a cost made of the tokens is an upper bound.',
      source: 'https://docs.cohere.com/docs/rate-limits',
    },
    {
      what: 'There is no tool choice by name: the tool is offered alone and demanded.',
      source: 'https://docs.cohere.com/reference/chat',
    },
    {
      what: 'A response format is refused together with tools.',
      source: 'https://docs.cohere.com/docs/structured-outputs',
    },
  ],
})
