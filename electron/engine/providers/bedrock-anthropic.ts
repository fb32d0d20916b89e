import { betasIn, droppedBeta } from '../protocols/anthropic-messages/betas.ts'
import { classify } from '../protocols/bedrock-converse/failure.ts'
import { authorizeBedrock } from './bedrock/authorize.ts'
import { readCredential } from './bedrock/credential.ts'
import { InvokeStreamSplitter } from './bedrock/invoke-stream.ts'
import { bedrockLists } from './bedrock/lists.ts'
import { type Adaptation, defineProvider } from './define.ts'

/**
 * The betas that Bedrock knows; any other makes it refuse the request ("invalid beta flag"), and Claude Code sends some.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html
 */
const BETAS: ReadonlySet<string> = new Set([
  'computer-use-2024-10-22',
  'computer-use-2025-01-24',
  'computer-use-2025-11-24',
  'token-efficient-tools-2025-02-19',
  'interleaved-thinking-2025-05-14',
  'output-128k-2025-02-19',
  'dev-full-thinking-2025-05-14',
  'context-1m-2025-08-07',
  'context-management-2025-06-27',
  'effort-2025-11-24',
  'tool-search-tool-2025-10-19',
  'tool-examples-2025-10-29',
])

export default defineProvider({
  id: 'bedrock-anthropic',
  name: 'Claude on Amazon Bedrock',
  protocol: 'anthropic-messages',
  baseUrl: 'https://bedrock-runtime.{region}.amazonaws.com',
  path: ({ upstreamModel, stream }) => `/model/${encodeURIComponent(upstreamModel)}/${stream ? 'invoke-with-response-stream' : 'invoke'}`,
  adapt,
  refusesAddresses: true,
  forwardedHeaders: ['anthropic-beta'],
  splitter: () => new InvokeStreamSplitter(),
  classify,
  authorization: { kind: 'bearer' },
  authorize: authorizeBedrock,
  regionOf: (key) => readCredential(key).region,
  // a key that is pasted is taken to be for Converse, which serves every model
  keyPrefixes: [],
  environment: ['BEDROCK_ANTHROPIC_CREDENTIALS'],
  validatePath: '/async-invoke?maxResults=1',
  lists: bedrockLists,
  keyPage: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
  docs: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html',
  statusPage: 'https://health.aws.amazon.com/health/status',
  dataPolicy: {
    trains: false,
    retentionDays: undefined,
    note: {
      en: 'A mode of retention none has to be set, and some models do not allow it.',
      de: 'Der Aufbewahrungsmodus „none“ muss eingestellt sein, und manche Modelle lassen ihn nicht zu.',
    },
    source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/data-retention.html',
    asOf: '2026-08-31',
  },
  runsLocally: false,
  quirks: [
    {
      what: 'Model and streaming stand in the address; the version of the format and the betas stand in the body.',
      source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html',
    },
    {
      what: 'Images go as bytes; addresses are refused.',
      source: 'https://platform.claude.com/docs/en/build-with-claude/vision',
    },
  ],
})

function adapt(headers: Readonly<Record<string, string>>): Adaptation {
  const asked = betasIn(headers['anthropic-beta'])
  const known = asked.filter((beta) => BETAS.has(beta))
  return {
    edits: { model: undefined, stream: undefined, anthropic_version: 'bedrock-2023-05-31', ...(known.length > 0 && { anthropic_beta: known }) },
    dropped: asked.filter((beta) => !BETAS.has(beta)).map(droppedBeta),
  }
}
