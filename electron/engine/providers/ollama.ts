import { OWN_SOURCES } from '../../../shared/messages/price-source.ts'
import { defineProvider } from './define.ts'
import { freeOfCharge } from './free.ts'

export default defineProvider({
  id: 'ollama',
  name: 'Ollama',
  // not its OpenAI surface, which takes no num_ctx: a prompt over the model's default window is cut there without a word
  protocol: 'ollama-chat',
  // An address rather than localhost: that may resolve to ::1, where Ollama does not listen.
  baseUrl: 'http://127.0.0.1:11434',
  // as OpenAI's clients are told to write it
  baseOf: (address) => address.replace(/\/v1$/, ''),
  authorization: { kind: 'optional-bearer' },
  keyPrefixes: [],
  // OLLAMA_API_KEY belongs to ollama.com, not to the server on this machine.
  environment: [],
  validatePath: '/api/tags',
  docs: 'https://docs.ollama.com/api',
  runsLocally: true,
  flatPrice: freeOfCharge(OWN_SOURCES['runs-here']),
  // `gpt-oss:120b-cloud` and `kimi-k2.6:cloud` are only listed here; Ollama sends their prompts to ollama.com.
  leavesMachine: (model) => /[:-]cloud$/.test(model),
  quirks: [
    {
      what: 'A prompt longer than the context window is cut without a word, so each request names a window that holds it.',
      source: 'https://docs.ollama.com/context-length',
    },
    {
      what: 'Names that end in cloud run at ollama.com.',
      source: 'https://docs.ollama.com/cloud',
    },
  ],
})
