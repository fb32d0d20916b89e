/**
 * Recorded answers with what they cost by hand: the counts of the recording's independent reader times the list prices of the provider's own page, summed as
 * decimals outside of this code and rounded once, half up, to nano-USD. Cached input and reasoning among them.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { loadModelBook } from '../../../../../electron/engine/catalog/model-book.ts'
import type { PriceBook } from '../../../../../electron/engine/catalog/price-book.ts'
import { costOf } from '../../../../../electron/engine/ledger/cost.ts'
import type { ChatEvent } from '../../../../../shared/chat.ts'
import { formatOf, readStream, readWhole } from '../../../../support/formats.ts'
import { load, RECORDINGS_PRESENT, recordings } from '../../../../support/recordings.ts'

/** Outside of the hours at which DeepSeek asks more. */
const AT = Date.parse('2026-11-22T12:00:00Z')

const PAGES: Readonly<Record<string, string>> = {
  openai: 'https://platform.openai.com/docs/pricing',
  anthropic: 'https://claude.com/pricing#api',
  google: 'https://ai.google.dev/gemini-api/docs/pricing',
  vertex: 'https://cloud.google.com/vertex-ai/generative-ai/pricing',
  groq: 'https://groq.com/pricing',
  mistral: 'https://mistral.ai/pricing#api-pricing',
  deepseek: 'https://api-docs.deepseek.com/quick_start/pricing',
  xai: 'https://docs.x.ai/docs/models',
  azure: 'https://azure.microsoft.com/pricing/details/azure-openai/',
  bedrock: 'https://aws.amazon.com/bedrock/pricing/',
  together: 'https://www.together.ai/pricing',
}

interface DollarsPerMillion {
  readonly input: number
  readonly cacheRead?: number
  readonly cacheWrite?: number
  readonly output: number
}

/** Recording, model, list price, cost in nano-USD. */
const CASES: readonly (readonly [id: string, model: string, price: DollarsPerMillion, nanoUsd: number])[] = [
  [
    'openai/openai-responses/test-openai-responses-test-openai-responses-model-web-search-tool-with-0-00e8ec',
    'gpt-5',
    { input: 1.25, cacheRead: 0.125, output: 10 },
    9068750,
  ],
  [
    'openai/openai-chat/agents-testopenainativetoolcalling-test-openai-parallel-native-tool-ca-0-2c0bc1',
    'gpt-5-nano',
    { input: 0.05, cacheRead: 0.005, output: 0.4 },
    359150,
  ],
  [
    'openai/openai-chat/test-caching-multi-turn-conversation-openai-gpt-4o-completions-1-0409a4',
    'gpt-4o',
    { input: 2.5, cacheRead: 1.25, output: 10 },
    6435000,
  ],
  ['openai/openai-chat/test-chat-test-chat-with-service-tier-0-2db1d3', 'gpt-5', { input: 1.25, cacheRead: 0.125, output: 10 }, 830000],
  [
    'openai/openai-chat/test-multimodal-tool-returns-test-multimodal-tool-return-matrix-direct-1-437adf',
    'gpt-5-mini',
    { input: 0.25, cacheRead: 0.025, output: 2 },
    740000,
  ],
  ['openai/openai-chat/test-openai-test-max-completion-tokens-o3-mini-0-03ee34', 'o3-mini', { input: 1.1, cacheRead: 0.55, output: 4.4 }, 390500],
  ['openai/openai-chat/test-tool-calls-test-cached-tokens-1-0db3d5', 'gpt-4o-mini', { input: 0.15, cacheRead: 0.075, output: 0.6 }, 202500],
  [
    'anthropic/anthropic-messages/test-anthropic-mid-conversation-system-test-inline-system-prompt-cache-0-01d216',
    'claude-opus-4-8',
    { input: 5, cacheRead: 0.5, cacheWrite: 6.25, output: 25 },
    10047500,
  ],
  [
    'anthropic/anthropic-messages/test-caching-tool-anthropic-claude-sonnet-4-0-0-41d46e',
    'claude-sonnet-4-0',
    { input: 3, cacheRead: 0.3, cacheWrite: 3.75, output: 15 },
    18268500,
  ],
  [
    'anthropic/anthropic-messages/test-echo-display-providers-test-anthropic-search-panel-0-0d40ec',
    'claude-haiku-4-5-20251001',
    { input: 1, cacheRead: 0.1, cacheWrite: 1.25, output: 5 },
    24390250,
  ],
  [
    'anthropic/anthropic-messages/test-provider-anthropic-files-test-anthropic-file-lifecycle-1-4962df',
    'claude-sonnet-4-6',
    { input: 3, cacheRead: 0.3, cacheWrite: 3.75, output: 15 },
    6204000,
  ],
  [
    'anthropic/anthropic-messages/chat-with-extended-thinking-anthropic-claude-haiku-4-5-returns-thinkin-0-3d0748',
    'claude-haiku-4-5-20251001',
    { input: 1, cacheRead: 0.1, cacheWrite: 1.25, output: 5 },
    3855000,
  ],
  [
    'anthropic/anthropic-messages/test-caching-tool-anthropic-beta-claude-sonnet-4-0-1-101215',
    'claude-sonnet-4-0',
    { input: 3, cacheRead: 0.3, cacheWrite: 3.75, output: 15 },
    2403600,
  ],
  [
    'anthropic/anthropic-messages/test-provider-anthropic-files-test-anthropic-file-lifecycle-async-1-863da2',
    'claude-sonnet-4-6',
    { input: 3, cacheRead: 0.3, cacheWrite: 3.75, output: 15 },
    559800,
  ],
  ['google/gemini-generate/test-cache-test-google-model-cached-content-1-9def5f', 'gemini-2.5-flash', { input: 0.3, cacheRead: 0.03, output: 2.5 }, 217760],
  [
    'google/gemini-generate/agents-testgemininativetoolcalling-test-gemini-parallel-native-tool-ca-0-396a0d',
    'gemini-2.5-flash',
    { input: 0.3, cacheRead: 0.03, output: 2.5 },
    429800,
  ],
  [
    'google/gemini-generate/chat-multimodal-tool-attachments-gemini-gemini-3-flash-preview-reads-p-1-10f631',
    'gemini-3-flash-preview',
    { input: 0.5, cacheRead: 0.05, output: 3 },
    1541500,
  ],
  ['google/gemini-generate/test-google-test-google-model-web-search-tool-1-1892ea', 'gemini-2.5-pro', { input: 1.25, cacheRead: 0.125, output: 10 }, 3988750],
  [
    'google/gemini-generate/test-strict-mode-with-streamed-thinking-google-gemini-3-pro-preview-0-9e1e59',
    'gemini-3-pro-preview',
    { input: 2, cacheRead: 0.2, output: 12 },
    4082000,
  ],
  [
    'google/gemini-generate/chat-function-calling-gemini-gemini-2-5-flash-can-use-tools-1-279b00',
    'gemini-2.5-flash',
    { input: 0.3, cacheRead: 0.03, output: 2.5 },
    109500,
  ],
  [
    'google/gemini-generate/llms-testgeminimultimodalintegration-test-analyze-text-file-0-1e52a6',
    'gemini-2.0-flash',
    { input: 0.1, cacheRead: 0.025, output: 0.4 },
    28000,
  ],
  [
    'vertex/gemini-generate/cachedcontent-explicit-caching-round-trip-vertexai-gemini-2-5-flash-cr-3-bb70f1',
    'gemini-2.5-flash',
    { input: 0.3, cacheRead: 0.03, output: 2.5 },
    471360,
  ],
  [
    'vertex/gemini-generate/chat-citations-with-vertexai-gemini-2-5-flash-returns-grounding-citati-1-3a70c1',
    'gemini-2.5-flash',
    { input: 0.3, cacheRead: 0.03, output: 2.5 },
    641000,
  ],
  [
    'vertex/gemini-generate/chat-multimodal-tool-attachments-vertexai-gemini-3-flash-preview-reads-2-007dbf',
    'gemini-3-flash-preview',
    { input: 0.5, cacheRead: 0.05, output: 3 },
    1907500,
  ],
  [
    'vertex/gemini-generate/testgooglecommon-vertex-gemini-2-5-pro-simple-streaming-0-c93197',
    'gemini-2.5-pro',
    { input: 1.25, cacheRead: 0.125, output: 10 },
    8521250,
  ],
  [
    'vertex/gemini-generate/chat-function-calling-vertexai-gemini-2-5-flash-can-use-tools-in-multi-4-7af153',
    'gemini-2.5-flash',
    { input: 0.3, cacheRead: 0.03, output: 2.5 },
    158500,
  ],
  ['groq/openai-chat/test-groq-test-tool-use-failed-error-2-aedf16', 'openai/gpt-oss-120b', { input: 0.15, cacheRead: 0.075, output: 0.6 }, 88800],
  ['groq/openai-chat/test-groq-test-tool-use-failed-error-1-04c984', 'openai/gpt-oss-120b', { input: 0.15, cacheRead: 0.075, output: 0.6 }, 76350],
  ['groq/openai-chat/test-thinking-wire-contract-test-reasoning-wire-contract-groq-qwen3-en-0-9f5106', 'qwen/qwen3-32b', { input: 0.29, output: 0.59 }, 89870],
  ['groq/openai-chat/groq-generate-text-with-multiple-tools-1-0-7ac4ea', 'llama-3.3-70b-versatile', { input: 0.59, output: 0.79 }, 208180],
  ['groq/openai-chat/test-groq-test-groq-native-output-0-5a1a6f', 'openai/gpt-oss-120b', { input: 0.15, cacheRead: 0.075, output: 0.6 }, 83100],
  ['groq/openai-chat/test-thinking-wire-contract-test-reasoning-wire-contract-groq-qwen3-ef-0-f18d72', 'qwen/qwen3-32b', { input: 0.29, output: 0.59 }, 108160],
  [
    'groq/openai-chat/testopenaicompatiblecommon-groq-kimi-k2-simple-0-650a28',
    'moonshotai/kimi-k2-instruct-0905',
    { input: 1, cacheRead: 0.5, output: 3 },
    32000,
  ],
  [
    'mistral/openai-chat/test-mistral-test-mistral-history-uses-prompt-cache-1-835805',
    'mistral-large-latest',
    { input: 0.5, cacheRead: 0.05, output: 1.5 },
    40700,
  ],
  ['mistral/openai-chat/mistral-generate-text-with-multiple-tools-1-0-d7d3e3', 'mistral-large-latest', { input: 0.5, cacheRead: 0.05, output: 1.5 }, 148000],
  ['mistral/openai-chat/mistral-reasoning-0-185844', 'magistral-medium-2507', { input: 2, output: 5 }, 250000],
  ['mistral/openai-chat/test-mistral-test-image-as-binary-content-tool-response-1-32261e', 'pixtral-12b-latest', { input: 0.15, output: 0.15 }, 239100],
  ['mistral/openai-chat/test-mistral-test-mistral-model-thinking-part-1-41e0c7', 'magistral-medium-latest', { input: 2, output: 5 }, 5063000],
  [
    'deepseek/openai-chat/test-provider-deepseek-test-deepseek-tool-variations-2-92dbd1',
    'deepseek-v4-flash',
    { input: 0.22, cacheRead: 0.007, output: 0.66 },
    45792,
  ],
  [
    'deepseek/openai-chat/test-provider-deepseek-test-deepseek-simple-streaming-request-0-41fca5',
    'deepseek-v4-flash',
    { input: 0.22, cacheRead: 0.007, output: 0.66 },
    22440,
  ],
  ['xai/openai-chat/testopenaicompatiblecommon-xai-grok-4-fast-simple-0-a86983', 'grok-4-fast', { input: 0.2, cacheRead: 0.05, output: 0.5 }, 73100],
  ['xai/openai-chat/testopenaicompatiblecommon-xai-grok-code-fast-simple-0-84651f', 'grok-code-fast-1', { input: 0.2, cacheRead: 0.02, output: 1.5 }, 395040],
  ['xai/openai-chat/testopenaicompatiblethinking-xai-grok-3-mini-thinking-0-ceec84', 'grok-3-mini', { input: 0.3, cacheRead: 0.075, output: 0.5 }, 273325],
  [
    'xai/openai-responses/chat-basic-chat-functionality-xai-grok-4-1-fast-non-reasoning-can-hand-0-4c0a9b',
    'grok-4.3',
    { input: 1.25, cacheRead: 0.2, output: 2.5 },
    630600,
  ],
  [
    'azure/openai-chat/agents-testazurenativetoolcalling-test-azure-parallel-native-tool-call-0-52072e',
    'gpt-5-nano',
    { input: 0.05, cacheRead: 0.005, output: 0.4 },
    283550,
  ],
  ['azure/openai-chat/testazurecommon-azure-gpt-5-mini-simple-streaming-0-db9a4d', 'gpt-5-mini', { input: 0.25, cacheRead: 0.025, output: 2 }, 156750],
  [
    'azure/openai-chat/llms-azure-test-azure-agent-kickoff-structured-output-without-tools-0-30d955',
    'gpt-4o-mini',
    { input: 0.15, cacheRead: 0.075, output: 0.6 },
    100200,
  ],
  [
    'bedrock/bedrock-converse/test-bedrock-test-bedrock-cache-messages-with-image-as-last-content-1-29773f',
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    { input: 3.3, cacheRead: 0.33, cacheWrite: 4.125, output: 16.5 },
    2925945,
  ],
  [
    'bedrock/bedrock-converse/test-cache-test-bedrock-single-tool-choice-preserves-cache-anthropic-0-03d401',
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    { input: 3.3, cacheRead: 0.33, cacheWrite: 4.125, output: 16.5 },
    2601060,
  ],
  [
    'bedrock/bedrock-converse/agents-testbedrocknativetoolcalling-test-bedrock-agent-kickoff-with-to-0-52f423',
    'us.anthropic.claude-sonnet-4-6',
    { input: 3.3, cacheRead: 0.33, cacheWrite: 4.125, output: 16.5 },
    3257100,
  ],
  [
    'bedrock/bedrock-converse/chat-multimodal-tool-attachments-bedrock-claude-sonnet-4-5-reads-pdfs-1-44034a',
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    { input: 3.3, cacheRead: 0.33, cacheWrite: 4.125, output: 16.5 },
    11398200,
  ],
  ['bedrock/bedrock-converse/test-bedrock-test-bedrock-model-0-0fa0f0', 'us.amazon.nova-micro-v1:0', { input: 0.035, cacheRead: 0.00875, output: 0.14 }, 4445],
  [
    'bedrock/bedrock-converse/test-bedrock-test-bedrock-model-instructions-0-1f5cb4',
    'us.amazon.nova-pro-v1:0',
    { input: 0.8, cacheRead: 0.2, output: 3.2 },
    237600,
  ],
  ['together/openai-chat/test-instrumentor-test-async-chat-0-0d21ad', 'meta-llama/Llama-3.3-70B-Instruct-Turbo', { input: 0.88, output: 0.88 }, 77440],
]

/** These say themselves what they charged, fees included: the sums stand in their answers. */
const STATED: readonly (readonly [id: string, nanoUsd: number])[] = [
  ['perplexity/openai-chat/chat-text-models-perplexity-sonar-can-understand-text-0-d21939', 5040000],
  ['perplexity/openai-chat/chat-with-params-perplexity-sonar-supports-json-schema-response-format-0-e77712', 5030000],
  ['openrouter/openai-responses/test-openai-prompt-cache-test-openrouter-responses-prompt-cache-e2e-1-fa0b80', 2196000],
  ['openrouter/openai-chat/test-cache-test-openrouter-cache-instructions-e2e-0-2ab3aa', 930000],
  ['openrouter/openai-chat/chat-tool-choice-and-calls-control-openrouter-claude-haiku-4-5-respect-0-f3cb74', 996000],
  ['xai/openai-responses/chat-with-extended-thinking-xai-grok-3-mini-returns-thinking-when-avai-0-d36b5e', 6471850],
]

let book: PriceBook
beforeAll(async () => {
  book = await loadModelBook()
})

function answerOf(id: string): { readonly provider: string; readonly usage: Extract<ChatEvent, { type: 'usage' }> } {
  const [provider = '', api = ''] = id.split('/')
  const line = recordings(api).find((one) => one.id === id)
  const format = formatOf(api)
  if (line === undefined || format === undefined) throw new Error(`there is no recording ${id} that can be read`)
  const { body } = load(line)
  const usage = (line.streaming ? readStream(format, body) : readWhole(format, body)).findLast((event) => event.type === 'usage')
  if (usage === undefined) throw new Error(`${id} counts nothing`)
  return { provider, usage }
}

describe('the table', () => {
  it('has at least 40 cases over 10 providers, each with its price page', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(40)
    const providers = new Set(CASES.map(([id]) => id.split('/')[0] ?? ''))
    expect(providers.size).toBeGreaterThanOrEqual(10)
    for (const provider of providers) expect(PAGES[provider], provider).toMatch(/^https:/)
  })
})

describe.skipIf(!RECORDINGS_PRESENT)('a recorded answer costs what it does by hand', () => {
  it.each(CASES)('%s', (id, model, price, nanoUsd) => {
    const { provider, usage } = answerOf(id)
    const prices = book.find(provider, model)?.pricing(AT).price
    expect(prices?.microUsdPerMillion, PAGES[provider]).toMatchObject({
      input: Math.round(price.input * 1e6),
      output: Math.round(price.output * 1e6),
      ...(price.cacheRead !== undefined && usage.tokens.cacheRead !== undefined && { cacheRead: Math.round(price.cacheRead * 1e6) }),
      ...(price.cacheWrite !== undefined && { cacheWrite5m: Math.round(price.cacheWrite * 1e6) }),
    })
    // classes of service and searches have tests of their own; the figures here are those of the tokens
    expect(costOf(usage.tokens, prices, { at: AT })).toBe(nanoUsd)
  })

  it.each(STATED)('%s, as its provider states', (id, nanoUsd) => {
    expect(answerOf(id).usage.extras?.reportedCost).toBe(nanoUsd)
  })
})
