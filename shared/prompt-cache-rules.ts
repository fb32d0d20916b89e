/**
 * What providers' prompt caches keep, from how many tokens on and how long, as data: by host and by the model's name, since several hosts serve one
 * family by its maker's rules. Read in November 2026; a figure that a source does not give is absent. Where sources differ, the larger minimum and the
 * shorter life stand here.
 */
import type { Ms } from './ids.ts'

export interface PromptCacheRules {
  /** A shorter prefix is not kept, and no error says so. */
  readonly leastTokens: number
  /** Prefixes are kept in steps of so many tokens. */
  readonly stepTokens: number
  /** How long a prefix that nobody reads is kept; undefined: the host promises nothing. */
  readonly idleMs: Ms | undefined
  /** The same for a prefix that its client asked to be kept for long (`ttl: '1h'`, `prompt_cache_retention: '24h'`); undefined: it cannot be asked for. */
  readonly longMs: Ms | undefined
  /** Reading a prefix begins its life anew, so that a call just to keep it makes sense. */
  readonly readRenews: boolean
  /** Only prompts with marks are kept; elsewhere every long enough one is. */
  readonly byMarks: boolean
  readonly source: string
}

const MINUTE_MS: Ms = 60_000
const HOUR_MS: Ms = 60 * MINUTE_MS

const ANTHROPIC: PromptCacheRules = {
  leastTokens: 1_024,
  stepTokens: 1,
  idleMs: 5 * MINUTE_MS,
  longMs: HOUR_MS,
  readRenews: true,
  byMarks: true,
  source: 'https://platform.claude.com/docs/en/build-with-claude/prompt-caching',
}
const OPENAI: PromptCacheRules = {
  leastTokens: 1_024,
  stepTokens: 128,
  // 5 to 10 minutes, up to an hour when little is going on
  idleMs: undefined,
  longMs: 24 * HOUR_MS,
  readRenews: true,
  byMarks: false,
  source: 'https://developers.openai.com/api/docs/guides/prompt-caching',
}
const GEMINI: PromptCacheRules = {
  leastTokens: 2_048,
  stepTokens: 1,
  idleMs: 5 * MINUTE_MS,
  longMs: undefined,
  readRenews: false,
  byMarks: false,
  source: 'https://ai.google.dev/gemini-api/docs/caching',
}
/** Nobody has written it down: as OpenAI, the dearest of those that cache by themselves. */
const UNTOLD: PromptCacheRules = { leastTokens: 1_024, stepTokens: 1, idleMs: undefined, longMs: undefined, readRenews: false, byMarks: false, source: '' }

interface Row {
  /** Absent: whoever hosts it. */
  readonly hosts?: readonly string[]
  /** Of the model's name at its host; absent: all of that host's. */
  readonly model?: RegExp
  readonly rules: PromptCacheRules
}

/** The first row that fits holds. */
const ROWS: readonly Row[] = [
  { model: /claude-(?:opus|sonnet|haiku)-5[-.]5|claude-opus-5(?!\d)|fable-5/i, rules: { ...ANTHROPIC, leastTokens: 512 } },
  { model: /claude-opus-4[-.][5-8](?!\d)|claude-haiku-4[-.]5(?!\d)/i, rules: { ...ANTHROPIC, leastTokens: 4_096 } },
  { model: /claude-3(?:[-.]5)?-haiku/i, rules: { ...ANTHROPIC, leastTokens: 2_048 } },
  { model: /claude/i, rules: ANTHROPIC },
  {
    model: /amazon\.nova/i,
    rules: { ...ANTHROPIC, leastTokens: 1_000, longMs: undefined, source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html' },
  },
  { hosts: ['anthropic', 'bedrock', 'bedrock-anthropic', 'vertex-anthropic'], rules: ANTHROPIC },
  { model: /gemini-2/i, rules: GEMINI },
  { model: /gemini-(?:[3-9]|\d\d)/i, rules: { ...GEMINI, leastTokens: 4_096 } },
  { hosts: ['google', 'vertex'], rules: GEMINI },
  // kept for 30 minutes at least, in place of prompt_cache_retention
  { model: /(?:^|[/.])gpt-(?:5\.(?:[6-9]|\d\d)|[6-9]|\d\d)(?!\d)/i, rules: { ...OPENAI, idleMs: 30 * MINUTE_MS, longMs: undefined } },
  { hosts: ['openai', 'azure'], rules: OPENAI },
  { model: /(?:^|[/.])(?:gpt-[45]|o[134](?:-|$))/i, rules: { ...OPENAI, longMs: undefined } },
  {
    hosts: ['deepseek'],
    // on disk, "from a few hours to a few days"
    rules: { ...UNTOLD, leastTokens: 64, stepTokens: 64, idleMs: 2 * HOUR_MS, source: 'https://api-docs.deepseek.com/guides/kv_cache' },
  },
  {
    hosts: ['alibaba'],
    rules: { ...UNTOLD, idleMs: 5 * MINUTE_MS, readRenews: true, source: 'https://www.alibabacloud.com/help/en/model-studio/context-cache' },
  },
]

/** By host, then by model: the rows are mostly patterns, and several stages of each request ask. */
const known = new Map<string, Map<string, PromptCacheRules>>()
/** Names come from clients, so there is no end to them. */
const KNOWN_HOSTS = 200
const KNOWN_MODELS = 1_000

export function promptCacheRules(host: string, model: string): PromptCacheRules {
  const found = known.get(host)?.get(model)
  if (found !== undefined) return found
  const row = ROWS.find(({ hosts, model: pattern }) => (hosts === undefined || hosts.includes(host)) && (pattern === undefined || pattern.test(model)))
  const rules = row?.rules ?? UNTOLD
  remember(host, model, rules)
  return rules
}

function remember(host: string, model: string, rules: PromptCacheRules): void {
  let models = known.get(host)
  if (models === undefined) {
    if (known.size >= KNOWN_HOSTS) known.clear()
    models = new Map()
    known.set(host, models)
  }
  if (models.size >= KNOWN_MODELS) models.clear()
  models.set(model, rules)
}

/** Why no call is offered that keeps a prefix warm, in words for people. */
export const KEEP_WARM_REFUSALS = {
  'model-gone': 'Its model is not in the catalogue any more.',
  'this-machine': 'It is in the memory of this machine.',
  'not-renewed': 'Its provider does not say that reading a prefix keeps it.',
  'no-prices': 'Its prices are not known.',
  'not-held':
    'Its last turn, which the call would repeat, is neither in memory nor kept whole in Traffic: it was let go, was too long, or contents are not kept.',
  thinks: 'It thinks within a budget, which the call would have to pay for.',
  dialect: 'Its client speaks a dialect in which such a call is not made.',
  'does-not-pay': 'The call would cost more than it is likely to save.',
} as const
export type KeepWarmRefusal = keyof typeof KEEP_WARM_REFUSALS
