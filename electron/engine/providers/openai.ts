import { familyOf } from '../protocols/openai-chat/families.ts'
import { type AskedProtocol, defineProvider } from './define.ts'

export default defineProvider({
  id: 'openai',
  name: 'OpenAI',
  protocol: 'openai-chat',
  protocolFor,
  baseUrl: 'https://api.openai.com/v1',
  authorization: { kind: 'bearer' },
  // Bare `sk-` is the oldest form. Other services copied it, so every longer prefix has to win over it.
  keyPrefixes: ['sk-proj-', 'sk-svcacct-', 'sk-'],
  environment: ['OPENAI_API_KEY'],
  validatePath: '/models',
  keyPage: 'https://platform.openai.com/api-keys',
  docs: 'https://platform.openai.com/docs/api-reference',
  statusPage: 'https://status.openai.com',
  dataPolicy: {
    trains: false,
    retentionDays: 30,
    note: {
      en: 'Kept against abuse; longer where something was flagged, not at all after an approved request.',
      de: 'Gegen Missbrauch behalten; länger, wo etwas auffiel, gar nicht nach genehmigtem Antrag.',
    },
    source: 'https://developers.openai.com/api/docs/guides/your-data',
    asOf: '2026-07-29',
  },
  runsLocally: false,
  quirks: [
    {
      what: 'The -pro, codex and deep-research models answer on /responses only and so every request for them goes out there.',
      source: 'https://platform.openai.com/docs/models',
    },
    {
      what: 'gpt-3.5-turbo-instruct, davinci-002 and babbage-002 answer on /completions only.',
      source: 'https://platform.openai.com/docs/models/gpt-3.5-turbo-instruct',
    },
    {
      what: 'From gpt-5.4 on, tools are taken together with reasoning on /responses only.',
      source: 'https://community.openai.com/t/1386454',
    },
    {
      what: 'What a model thought is told on /responses only, as a summary, and not to organisations that have not been verified.',
      source: 'https://platform.openai.com/docs/guides/reasoning#reasoning-summaries',
    },
    {
      what: 'Cached input is part of prompt_tokens; from gpt-5.6 on cache writes are charged 1.25 times the input price.',
      source: 'https://developers.openai.com/api/docs/guides/prompt-caching',
    },
  ],
})

/** Models that chat completions refuse altogether. */
const RESPONSES_ONLY = /-pro(?:-|$)|codex|deep-research|computer-use/

/** Models of before chat, which know completions alone. */
const COMPLETIONS_ONLY = /-instruct(?:-|$)|^(?:davinci|babbage)-002$/

/** Clients that speak Responses are relayed; others are translated to it where chat completions would not do. */
function protocolFor({ upstreamModel, view, dialect }: AskedProtocol): 'openai-chat' | 'openai-responses' | 'openai-completions' {
  if (COMPLETIONS_ONLY.test(upstreamModel)) return 'openai-completions'
  if (dialect === 'openai-responses' || RESPONSES_ONLY.test(upstreamModel)) return 'openai-responses'
  const family = familyOf(upstreamModel)
  if (family === undefined || view.reasoning?.effort === 'none') return 'openai-chat'
  const needsEffortNone = family.toolsNeedEffortNone && view.tools.length > 0
  return needsEffortNone || (view.reasoning?.shown === true && family.efforts.length > 0) ? 'openai-responses' : 'openai-chat'
}
