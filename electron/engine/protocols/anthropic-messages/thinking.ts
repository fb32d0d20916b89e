/** A client's wish about reasoning, in the form that the target model takes. */
import type { Effort, JsonObject, ReasoningWish } from '../../../../shared/chat.ts'
import { EFFORTS } from '../../../../shared/chat.ts'
import type { ModelPolicy } from './model-policy.ts'

/** Anthropic refuses smaller budgets. */
const LEAST_BUDGET_TOKENS = 1024

/** Of max_tokens, for models that only take a budget; OpenRouter's shares, so that a move changes nothing. */
const SHARE_OF_EFFORT: Readonly<Record<Effort, number>> = { none: 0, minimal: 0.1, low: 0.2, medium: 0.5, high: 0.8, xhigh: 0.95, max: 0.95 }

/** What adaptive thinking without a stated effort means at Anthropic. */
const ADAPTIVE_EFFORT: Effort = 'high'

export interface ThinkingPlan {
  readonly thinking?: JsonObject
  readonly effort?: Effort
  /** Whether the model will think, as far as its rules about other fields go. */
  readonly isOn: boolean
}

export interface ThinkingFacts {
  readonly maxTokens: number
  /** The client insists on a tool. */
  readonly forcesTool: boolean
  /** The last assistant turn waits for its tools' results and does not open with its thinking. */
  readonly loopWithoutThinking: boolean
}

export function planThinking(wish: ReasoningWish | undefined, policy: ModelPolicy, facts: ThinkingFacts, dropped: Set<string>): ThinkingPlan {
  const wants = wish !== undefined && wish.effort !== 'none' && (wish.effort ?? wish.budgetTokens ?? wish.adaptive) !== undefined
  if (!wants) return wish?.effort === 'none' ? planOff(policy, dropped) : planDefault(wish, policy, facts, dropped)
  const field = wish.budgetTokens === undefined ? 'reasoning_effort' : 'reasoning.max_tokens'
  if (policy.thinking === 'none') {
    dropped.add(field)
    return { isOn: false }
  }
  const byBudget = policy.thinking === 'budget' || (policy.thinking === 'either' && wish.budgetTokens !== undefined && wish.adaptive !== true)
  return byBudget ? planBudget(wish, facts, field, dropped) : planAdaptive(wish, policy, facts, dropped)
}

/** The client left it to the model. */
function planDefault(wish: ReasoningWish | undefined, policy: ModelPolicy, facts: ThinkingFacts, dropped: Set<string>): ThinkingPlan {
  if (!policy.thinksByDefault) return { isOn: false }
  // a tool that the client insists on outweighs thinking that nobody asked for
  if (facts.forcesTool && policy.forcedTool === 'not-while-thinking') return planOff(policy, dropped)
  const display = wish?.exclude === true ? 'omitted' : wish?.shown === true ? 'summarized' : undefined
  return { ...(display !== undefined && { thinking: { type: 'adaptive', display } }), isOn: true }
}

function planOff(policy: ModelPolicy, dropped: Set<string>): ThinkingPlan {
  if (!policy.thinksByDefault) return { isOn: false }
  if (policy.off === 'impossible') {
    dropped.add('reasoning_effort')
    return { effort: 'low', isOn: true }
  }
  return { thinking: { type: policy.off }, isOn: policy.off === 'between_tools' }
}

function planBudget(wish: ReasoningWish, facts: ThinkingFacts, field: string, dropped: Set<string>): ThinkingPlan {
  // without the thinking that led to the open calls Anthropic refuses to go on thinking; no room is no thinking either
  if (facts.loopWithoutThinking || facts.maxTokens <= LEAST_BUDGET_TOKENS) {
    dropped.add(field)
    return { isOn: false }
  }
  const wanted = wish.budgetTokens ?? Math.floor(facts.maxTokens * SHARE_OF_EFFORT[wish.effort ?? ADAPTIVE_EFFORT])
  const budget = Math.min(Math.max(wanted, LEAST_BUDGET_TOKENS), facts.maxTokens - 1)
  if (wish.budgetTokens !== undefined && budget !== wish.budgetTokens) dropped.add(field)
  if (wish.exclude === true) dropped.add('reasoning.exclude')
  return { thinking: { type: 'enabled', budget_tokens: budget }, isOn: true }
}

function planAdaptive(wish: ReasoningWish, policy: ModelPolicy, facts: ThinkingFacts, dropped: Set<string>): ThinkingPlan {
  if (wish.exclude === true && !policy.display) dropped.add('reasoning.exclude')
  const thinking = policy.display ? { type: 'adaptive', display: wish.exclude === true ? 'omitted' : 'summarized' } : { type: 'adaptive' }
  const wanted = wish.effort ?? (wish.budgetTokens === undefined ? undefined : effortOfShare(wish.budgetTokens / facts.maxTokens))
  if (wanted === undefined) return { thinking, isOn: true }
  const effort = nearest(wanted, policy.efforts)
  if (effort !== wish.effort) dropped.add(wish.effort === undefined ? 'reasoning.max_tokens' : 'reasoning_effort')
  return { thinking, effort, isOn: true }
}

/** The boundaries lie midway between two shares. */
export function effortOfShare(share: number): Effort {
  if (share >= 0.875) return 'xhigh'
  if (share >= 0.65) return 'high'
  return share >= 0.35 ? 'medium' : 'low'
}

/** The strongest level that does not exceed the one asked for, else the weakest there is. */
export function nearest(wanted: Effort, levels: readonly Effort[]): Effort {
  const rank = EFFORTS.indexOf(wanted)
  return levels.findLast((level) => EFFORTS.indexOf(level) <= rank) ?? levels[0] ?? 'low'
}
