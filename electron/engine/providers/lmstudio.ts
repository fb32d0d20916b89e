import { OWN_SOURCES } from '../../../shared/messages/price-source.ts'
import { defineProvider } from './define.ts'
import { freeOfCharge } from './free.ts'

export default defineProvider({
  id: 'lmstudio',
  name: 'LM Studio',
  protocol: 'openai-chat',
  baseUrl: 'http://127.0.0.1:1234/v1',
  authorization: { kind: 'optional-bearer' },
  keyPrefixes: [],
  environment: ['LM_API_TOKEN'],
  validatePath: '/models',
  docs: 'https://lmstudio.ai/docs/developer/core',
  runsLocally: true,
  flatPrice: freeOfCharge(OWN_SOURCES['runs-here']),
  quirks: [
    {
      what: 'Asks for a token only where its owner has switched that on.',
      source: 'https://lmstudio.ai/docs/developer/core/authentication',
    },
    {
      what: 'Model names hold slashes (qwen/qwen3-4b) and the list names embedding models too.',
      source: 'https://lmstudio.ai/docs/developer/openai-compat/models',
    },
  ],
})
