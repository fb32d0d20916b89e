import { OWN_SOURCES } from '../../../shared/messages/price-source.ts'
import { defineProvider } from './define.ts'
import { freeOfCharge } from './free.ts'

export default defineProvider({
  id: 'vllm',
  name: 'vLLM',
  protocol: 'openai-chat',
  baseUrl: 'http://127.0.0.1:8000/v1',
  authorization: { kind: 'optional-bearer' },
  keyPrefixes: [],
  environment: ['VLLM_API_KEY'],
  validatePath: '/models',
  docs: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
  runsLocally: true,
  flatPrice: freeOfCharge(OWN_SOURCES['runs-here']),
  quirks: [
    {
      what: 'Asks for a key only when started with --api-key.',
      source: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
    },
    {
      what: 'Reasoning and tool calls are only told apart when the server runs with the parser of its model.',
      source: 'https://docs.vllm.ai/en/latest/features/tool_calling.html',
    },
  ],
})
