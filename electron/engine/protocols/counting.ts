/**
 * How each wire format counts, as data with a source: whether the cached part stands inside the count of the input or beside it, and reasoning inside
 * the count of the output or beside it. The readers of answers make their disjoint buckets by this table, and a test holds it to recorded answers.
 */
export type Place = 'inside' | 'beside'

export interface Counting {
  /** Of cached tokens in the input's count. */
  readonly cached: Place
  /** Of reasoning tokens in the output's count. */
  readonly reasoning: Place
  readonly source: string
}

export const COUNTING = {
  // of OpenAI's dialects xAI's counts reasoning beside, and its total says so: https://docs.x.ai/docs/guides/reasoning
  'openai-chat': { cached: 'inside', reasoning: 'inside', source: 'https://platform.openai.com/docs/api-reference/chat/object' },
  'openai-responses': { cached: 'inside', reasoning: 'inside', source: 'https://platform.openai.com/docs/api-reference/responses/object' },
  'anthropic-messages': {
    ...{ cached: 'beside', reasoning: 'inside' },
    source: 'https://platform.claude.com/docs/en/build-with-claude/prompt-caching#tracking-cache-performance',
  },
  gemini: { cached: 'inside', reasoning: 'beside', source: 'https://ai.google.dev/api/generate-content#UsageMetadata' },
  'bedrock-converse': {
    ...{ cached: 'beside', reasoning: 'inside' },
    source: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html',
  },
  'cohere-v2': { cached: 'inside', reasoning: 'inside', source: 'https://docs.cohere.com/reference/chat' },
} as const satisfies Readonly<Record<string, Counting>>

/** What is left of a count when what stands inside it and has a bucket of its own is taken out. Negative where the breakdown does not fit its total. */
export function restOf(total: number, place: Place, ...parts: readonly (number | undefined)[]): number {
  return place === 'beside' ? total : parts.reduce((rest: number, part) => rest - (part ?? 0), total)
}
