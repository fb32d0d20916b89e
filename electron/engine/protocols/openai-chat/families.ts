/**
 * What families of OpenAI models refuse on chat completions, as data: the same body is fine for one and a 400 for the next.
 * Sources: recorded 400s; https://platform.openai.com/docs/guides/reasoning and the model pages.
 */
import type { Effort, ReasoningWish } from '../../../../shared/chat.ts'

export interface FamilyPolicy {
  /** Sampling (temperature, top_p, penalties) only at its defaults; `with-effort-none` lifts that while reasoning is off. */
  readonly sampling: 'free' | 'fixed' | 'free-with-effort-none'
  readonly takesStop: boolean
  readonly takesParallelToolCalls: boolean
  readonly takesSystem: boolean
  /** The reasoning efforts it knows, weakest first; none for models that do not reason. */
  readonly efforts: readonly Effort[]
  /** Tools are only taken with effort `none`; reasoning with tools is left to the Responses API. */
  readonly toolsNeedEffortNone: boolean
}

const PLAIN: FamilyPolicy = {
  sampling: 'free',
  takesStop: true,
  takesParallelToolCalls: true,
  takesSystem: true,
  efforts: [],
  toolsNeedEffortNone: false,
}

const REASONING: FamilyPolicy = { ...PLAIN, sampling: 'fixed', takesStop: false, efforts: ['low', 'medium', 'high'] }

/** The first match holds. Names are tried without their `vendor/` prefix. */
const FAMILIES: readonly (readonly [RegExp, FamilyPolicy])[] = [
  [/^o1-(?:mini|preview)/, { ...REASONING, takesSystem: false, takesParallelToolCalls: false, efforts: [] }],
  [/^o\d/, { ...REASONING, takesParallelToolCalls: false }],
  [/^gpt-(?:[5-9]|\d\d)(?:\.\d+)?-chat/, { ...PLAIN, sampling: 'fixed' }],
  [/^gpt-5(?:-|$)/, { ...REASONING, efforts: ['minimal', 'low', 'medium', 'high'] }],
  [/^gpt-5\.1(?:-|$)/, { ...REASONING, sampling: 'free-with-effort-none', efforts: ['none', 'low', 'medium', 'high'] }],
  [/^gpt-5\.[23](?:-|$)/, { ...REASONING, sampling: 'free-with-effort-none', efforts: ['none', 'low', 'medium', 'high', 'xhigh'] }],
  [
    /^gpt-(?:[5-9]|\d\d)/,
    { ...REASONING, sampling: 'free-with-effort-none', efforts: ['none', 'low', 'medium', 'high', 'xhigh', 'max'], toolsNeedEffortNone: true },
  ],
]

/** What holds for a model by its name; undefined when it belongs to no family listed here. */
export function familyOf(upstreamModel: string): FamilyPolicy | undefined {
  const name = upstreamModel.slice(upstreamModel.lastIndexOf('/') + 1).toLowerCase()
  return FAMILIES.find(([pattern]) => pattern.test(name))?.[1]
}

/** GPT-5.6 and later: https://developers.openai.com/api/docs/guides/prompt-caching */
const TAKES_BREAKPOINTS = /^gpt-(?:5\.(?:[6-9]|\d\d)|[6-9]|\d\d)/
export const MOST_BREAKPOINTS = 4

/** Whether a model takes explicit marks of what to cache. */
export function takesBreakpoints(upstreamModel: string): boolean {
  return TAKES_BREAKPOINTS.test(upstreamModel.slice(upstreamModel.lastIndexOf('/') + 1).toLowerCase())
}

const OLD_GROK = /^grok-(?:2|3(?!-mini))/
const PENALTIES = ['presence_penalty', 'frequency_penalty'] as const

/**
 * Fields that a Grok refuses the whole request for, where those that reason end at no sequence either: https://github.com/miaoxworld/NativeTavern/issues/83,
 * https://github.com/langchain-ai/langchain/pull/38335
 */
export function refusedByGrok(upstreamModel: string): readonly string[] {
  if (OLD_GROK.test(upstreamModel)) return []
  return /non-reasoning/.test(upstreamModel) ? PENALTIES : [...PENALTIES, 'stop']
}

const STRENGTH: readonly Effort[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']

/** The strongest effort a family knows that is not above the wish, or its weakest. */
function nearestEffort(wish: Effort, efforts: readonly Effort[]): Effort | undefined {
  const limit = STRENGTH.indexOf(wish)
  return efforts.findLast((effort) => STRENGTH.indexOf(effort) <= limit) ?? efforts[0]
}

/** What a budget is a share of when no limit is known: Claude Code's usual max_tokens. */
const USUAL_OUTPUT_LIMIT_TOKENS = 32_000

/** A thinking budget in tokens as an effort, by its share of the output limit (high 80 %, medium 50 %, low 20 %, minimal 10 %). */
export function effortOfBudget(budgetTokens: number, outputLimitTokens: number | undefined): Effort {
  if (budgetTokens === 0) return 'none'
  const share = budgetTokens / (outputLimitTokens ?? USUAL_OUTPUT_LIMIT_TOKENS)
  if (share >= 0.65) return 'high'
  if (share >= 0.35) return 'medium'
  return share >= 0.15 ? 'low' : 'minimal'
}

export interface FittedEffort {
  /** undefined: the model's own default does. */
  readonly effort: Effort | undefined
  /** The model cannot do what was asked; the nearest it can do was taken. An effort in place of a budget is no change. */
  readonly isAltered: boolean
}

/** A client's wish as one of the efforts that a model knows (weakest first; none of a model that does not reason). */
export function fittedEffort(wish: ReasoningWish, efforts: readonly Effort[], outputLimitTokens: number | undefined): FittedEffort {
  const asked = wish.effort ?? (wish.budgetTokens === undefined ? undefined : effortOfBudget(wish.budgetTokens, outputLimitTokens))
  if (asked === undefined) {
    if (wish.adaptive !== true) return { effort: undefined, isAltered: false }
    // a model that can do without reasoning does without unless it is told
    return { effort: efforts.includes('none') ? nearestEffort('medium', efforts) : undefined, isAltered: efforts.length === 0 }
  }
  // a small budget is still a wish to think
  const least = wish.effort === undefined && asked === 'minimal' && !efforts.includes('minimal') ? 'low' : asked
  const effort = nearestEffort(least, efforts)
  return { effort, isAltered: effort === undefined ? asked !== 'none' : wish.effort !== undefined && effort !== asked }
}
