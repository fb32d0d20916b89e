import { OWN_SOURCES } from '../../../shared/messages/price-source.ts'
import { defineProvider } from './define.ts'
import { freeOfCharge } from './free.ts'

export default defineProvider({
  id: 'llamacpp',
  name: 'llama.cpp',
  protocol: 'openai-chat',
  baseUrl: 'http://127.0.0.1:8080/v1',
  authorization: { kind: 'optional-bearer' },
  keyPrefixes: [],
  environment: ['LLAMA_API_KEY'],
  validatePath: '/models',
  docs: 'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md',
  runsLocally: true,
  flatPrice: freeOfCharge(OWN_SOURCES['runs-here']),
  quirks: [
    {
      what: 'Asks for a key only when started with --api-key.',
      source: 'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md',
    },
    {
      what: 'Reasoning comes as reasoning_content; timings stand beside usage.',
      source: 'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md',
    },
  ],
})
