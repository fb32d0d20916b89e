/**
 * What the model families on Bedrock take beyond the common format. The same body is fine for one and a 400 for the next, so this is data; the first
 * row whose pattern fits the model's id holds. Ids come bare, behind a region (`us.`), or inside an ARN; an ARN that names no model gets the benefit
 * of the doubt. Source: https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference-supported-models-features.html
 */
import { type ModelPolicy, policyOf } from '../anthropic-messages/model-policy.ts'

export interface Family {
  /** Claude keeps Anthropic's own rules. */
  readonly claude?: ModelPolicy
  /** Where in `additionalModelRequestFields` reasoning is asked for. */
  readonly reasoning: 'thinking' | 'reasoningConfig' | 'reasoning_effort' | 'reasoning_config' | 'none'
  /** Takes `toolChoice` other than auto. */
  readonly forcesTools: boolean
  /** Takes `outputConfig.textFormat` and strict tools. */
  readonly jsonSchema: boolean
  readonly cachePoints: 'everywhere' | 'not-on-tools' | 'none'
  /** Takes cache points that live an hour. */
  readonly longCache: boolean
  /** Where `top_k` goes in `additionalModelRequestFields`. */
  readonly topK: 'top_k' | 'inferenceConfig' | 'none'
  /** Takes `status` of a tool result. */
  readonly toolStatus: boolean
  /** Takes images inside of a tool result: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolResultContentBlock.html */
  readonly imagesInResults: boolean
}

const OPEN_WEIGHTS: Family = {
  reasoning: 'none',
  forcesTools: true,
  jsonSchema: true,
  cachePoints: 'none',
  longCache: false,
  topK: 'none',
  toolStatus: false,
  imagesInResults: false,
}
const PLAIN: Family = { ...OPEN_WEIGHTS, forcesTools: false, jsonSchema: false }
const NOVA: Family = { ...OPEN_WEIGHTS, jsonSchema: false, cachePoints: 'not-on-tools', topK: 'inferenceConfig', toolStatus: true, imagesInResults: true }
const UNKNOWN: Family = { ...OPEN_WEIGHTS, cachePoints: 'everywhere', longCache: true, toolStatus: true, imagesInResults: true }

const FAMILIES: readonly (readonly [pattern: RegExp, family: Family])[] = [
  [/amazon\.nova-2/, { ...NOVA, reasoning: 'reasoningConfig' }],
  [/amazon\.nova/, NOVA],
  // not on the documented list, and yet it does: https://github.com/anomalyco/opencode/issues/49443
  [/meta\.llama4/, { ...PLAIN, imagesInResults: true }],
  [/gpt-oss/, { ...OPEN_WEIGHTS, reasoning: 'reasoning_effort' }],
  [/qwen\.qwen3/, { ...OPEN_WEIGHTS, reasoning: 'reasoning_config' }],
  [/amazon\.titan|meta\.llama|cohere\.|ai21\.|writer\.|deepseek\.r1|mistral\.mi[sx]tral-(7b|8x7b)/, PLAIN],
  [/^(?:[a-z-]+\.)?(?:deepseek|google|minimax|mistral|moonshot(?:ai)?|nvidia|openai|qwen|zai)\./, OPEN_WEIGHTS],
]

export function familyOf(model: string): Family {
  if (/claude/i.test(model)) return claudeFamily(model)
  return FAMILIES.find(([pattern]) => pattern.test(model))?.[1] ?? UNKNOWN
}

function claudeFamily(model: string): Family {
  const claude = policyOf(model)
  return {
    claude,
    reasoning: 'thinking',
    forcesTools: true,
    jsonSchema: claude.jsonSchema,
    // https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html#prompt-caching-models
    cachePoints: /claude-(?:v2|instant|3-(?:opus|sonnet|haiku))/.test(model) ? 'none' : 'everywhere',
    longCache: claude.jsonSchema && !/claude-opus-4[-.]1(?!\d)/.test(model),
    topK: 'top_k',
    toolStatus: true,
    imagesInResults: true,
  }
}
