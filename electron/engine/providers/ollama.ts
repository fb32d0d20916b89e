import { defineProvider } from './define.ts'
import { freeOfCharge } from './free.ts'

export default defineProvider({
  id: 'ollama',
  name: 'Ollama',
  protocol: 'openai-chat',
  // An address rather than localhost: that may resolve to ::1, where Ollama does not listen.
  baseUrl: 'http://127.0.0.1:11434/v1',
  authorization: { kind: 'optional-bearer' },
  keyPrefixes: [],
  // OLLAMA_API_KEY belongs to ollama.com, not to the server on this machine.
  environment: [],
  validatePath: '/models',
  runsLocally: true,
  flatPrice: freeOfCharge('runs on this machine'),
  // `gpt-oss:120b-cloud` and `kimi-k2.6:cloud` are only listed here; Ollama sends their prompts to ollama.com.
  leavesMachine: (model) => /[:-]cloud$/.test(model),
  quirks: [
    {
      what: 'This surface takes no num_ctx: a prompt over the model default is cut without a word.',
      source: 'https://docs.ollama.com/api/openai-compatibility',
    },
    {
      what: 'Names that end in cloud run at ollama.com.',
      source: 'https://docs.ollama.com/cloud',
    },
  ],
})
