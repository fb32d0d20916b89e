import { defineProvider } from './define.ts'
import { placeInKey } from './key-place.ts'

export default defineProvider({
  id: 'cloudflare',
  name: 'Cloudflare Workers AI',
  protocol: 'openai-chat',
  baseUrl: 'https://api.cloudflare.com/client/v4/accounts/{account}/ai/v1',
  authorization: { kind: 'bearer' },
  authorize: placeInKey({
    provider: 'Cloudflare Workers AI',
    gap: 'account',
    what: 'account id',
    header: 'authorization',
    hint: ', or give the base URL in the settings.',
  }),
  keyPrefixes: [],
  environment: ['CLOUDFLARE_WORKERS_AI_CREDENTIALS'],
  validatePath: '/models',
  keyPage: 'https://dash.cloudflare.com/profile/api-tokens',
  docs: 'https://developers.cloudflare.com/workers-ai/models/',
  statusPage: 'https://www.cloudflarestatus.com',
  runsLocally: false,
  aggregates: true,
})
