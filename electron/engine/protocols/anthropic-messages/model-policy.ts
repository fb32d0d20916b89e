/**
 * What the families of Claude models take and refuse. The same body is fine for one and a 400 for the next, so this is data: the first row whose
 * pattern fits the model's id holds. Ids come in many spellings (`claude-sonnet-4-5-20250929`, `anthropic/claude-sonnet-4.5`,
 * `us.anthropic.claude-sonnet-4-5-v1:0`, `claude-3-7-sonnet@20250219`).
 * Sources: platform.claude.com/docs/en/models/<model>/migration-guide; docs/en/build-with-claude/{extended-thinking,adaptive-thinking,effort}.
 */
import type { Effort } from '../../../../shared/chat.ts'

export interface ModelPolicy {
  /** How thinking is asked for: with a budget, with adaptive + effort, either way, or not at all. */
  readonly thinking: 'none' | 'budget' | 'either' | 'adaptive'
  /** Thinks also when `thinking` is absent. */
  readonly thinksByDefault: boolean
  /** The `thinking.type` that switches it off, where it can be. */
  readonly off: 'disabled' | 'between_tools' | 'impossible'
  /** Levels of `output_config.effort`, least first. */
  readonly efforts: readonly Effort[]
  /** Takes `thinking.display`, and leaves the text out unless asked for a summary. */
  readonly display: boolean
  /** 'one-of': temperature or top_p, not both. */
  readonly sampling: 'free' | 'one-of' | 'refused'
  readonly forcedTool: 'free' | 'not-while-thinking' | 'refused'
  /** Takes a last turn of the assistant to go on from. */
  readonly prefill: boolean
  /** Takes `output_config.format` and strict tools. */
  readonly jsonSchema: boolean
  /** Tokens that every model of the family can write, for those whose own limit nobody knows. undefined: no more is known than of the oldest. */
  readonly outputLimit: number | undefined
}

const LOW_TO_MAX: readonly Effort[] = ['low', 'medium', 'high', 'xhigh', 'max']

const CLAUDE_3: ModelPolicy = {
  thinking: 'none',
  thinksByDefault: false,
  off: 'disabled',
  efforts: [],
  display: false,
  sampling: 'free',
  forcedTool: 'free',
  prefill: true,
  jsonSchema: false,
  outputLimit: undefined,
}
const CLAUDE_4: ModelPolicy = { ...CLAUDE_3, thinking: 'budget', forcedTool: 'not-while-thinking', outputLimit: 32_000 }
const CLAUDE_4_5: ModelPolicy = { ...CLAUDE_4, sampling: 'one-of', jsonSchema: true, outputLimit: 64_000 }
const CLAUDE_4_6: ModelPolicy = { ...CLAUDE_4_5, thinking: 'either', efforts: LOW_TO_MAX.filter((effort) => effort !== 'xhigh'), prefill: false }
const CLAUDE_4_7: ModelPolicy = { ...CLAUDE_4_6, thinking: 'adaptive', efforts: LOW_TO_MAX, display: true, sampling: 'refused' }
const CLAUDE_5: ModelPolicy = { ...CLAUDE_4_7, thinksByDefault: true }
const CLAUDE_5_5: ModelPolicy = { ...CLAUDE_5, forcedTool: 'refused' }

const POLICIES: readonly (readonly [pattern: RegExp, policy: ModelPolicy])[] = [
  [/claude[-_](?:instant|v?2\b|3(?:[-.][05])?-(?:opus|sonnet|haiku))/i, CLAUDE_3],
  [/claude-3[-.]7/i, CLAUDE_4],
  [/claude-(?:opus|sonnet|haiku)-4[-.]5(?!\d)/i, CLAUDE_4_5],
  [/claude-(?:opus|sonnet|haiku)-4[-.]6(?!\d)/i, CLAUDE_4_6],
  [/claude-(?:opus|sonnet|haiku)-4[-.][7-9](?!\d)/i, CLAUDE_4_7],
  [/claude-opus-4[-.]1(?!\d)/i, { ...CLAUDE_4, sampling: 'one-of', jsonSchema: true }],
  // also `claude-sonnet-4-0` and `claude-sonnet-4-20250514`
  [/claude-(?:opus|sonnet|haiku)-4(?!\d)/i, CLAUDE_4],
  [/claude-opus-5[-.]5(?!\d)/i, { ...CLAUDE_5_5, off: 'impossible' }],
  [/claude-sonnet-5[-.]5(?!\d)/i, { ...CLAUDE_5_5, off: 'between_tools' }],
  [/claude-haiku-5[-.]5(?!\d)/i, CLAUDE_5_5],
  [/claude-fable-5[-.][1-9](?!\d)/i, { ...CLAUDE_5_5, off: 'impossible' }],
  [/claude-(?:opus|sonnet|haiku|fable)-5(?!\d)/i, CLAUDE_5],
  // a Claude that is younger than this table refuses at least what the youngest in it does
  [/claude/i, { ...CLAUDE_5_5, off: 'impossible' }],
]

/** Other makers' models behind this format copy what Claude 4 had, without its refusals. */
const NOT_CLAUDE: ModelPolicy = { ...CLAUDE_4, forcedTool: 'free', outputLimit: undefined }

export function policyOf(upstreamModel: string): ModelPolicy {
  return POLICIES.find(([pattern]) => pattern.test(upstreamModel))?.[1] ?? NOT_CLAUDE
}
