/**
 * What Gemini's model families refuse or need, as data: the same body is fine for one and a 400 for the next.
 * Sources: https://ai.google.dev/gemini-api/docs/thinking, .../thought-signatures, .../function-calling, .../structured-output.
 */
import type { Effort, JsonObject, ReasoningWish } from '../../../../shared/chat.ts'
import { wantsReasoning } from '../needs.ts'

const LEVELS = ['MINIMAL', 'LOW', 'MEDIUM', 'HIGH'] as const
type Level = (typeof LEVELS)[number]

type Thinking =
  | { readonly by: 'level'; readonly levels: readonly Level[] }
  /** Tokens; `least` is the smallest budget apart from 0, which only models with `canStop` take. */
  | { readonly by: 'budget'; readonly least: number; readonly most: number; readonly canStop: boolean }
  | { readonly by: 'nothing' }

export interface Family {
  readonly matches: RegExp
  readonly thinking: Thinking
  /** The first functionCall of each step must bear a signature, or the answer is 400. */
  readonly demandsSignatures: boolean
  readonly takesSystemInstruction: boolean
  /** Images and documents may stand inside a functionResponse. */
  readonly takesMediaInResults: boolean
  /** A response schema and function declarations in one request. */
  readonly takesSchemaWithTools: boolean
  /** Media at public addresses: https://ai.google.dev/gemini-api/docs/file-input-methods */
  readonly fetchesAddresses: boolean
}

const NEVER: Thinking = { by: 'nothing' }
const SINCE_3 = { demandsSignatures: true, takesSystemInstruction: true, takesMediaInResults: true, takesSchemaWithTools: true, fetchesAddresses: true }
const BEFORE_3 = { demandsSignatures: false, takesSystemInstruction: true, takesMediaInResults: false, takesSchemaWithTools: false, fetchesAddresses: true }

/** The first match holds. */
const FAMILIES: readonly Family[] = [
  { matches: /gemma/, thinking: NEVER, ...BEFORE_3, takesSystemInstruction: false, fetchesAddresses: false },
  { matches: /gemini-(1|2\.0|exp)/, thinking: NEVER, ...BEFORE_3, fetchesAddresses: false },
  { matches: /gemini-2\.5.*(image|tts|audio|live)/, thinking: NEVER, ...BEFORE_3 },
  { matches: /gemini-2\.5-flash-lite/, thinking: { by: 'budget', least: 512, most: 24_576, canStop: true }, ...BEFORE_3 },
  { matches: /gemini-2\.5-pro/, thinking: { by: 'budget', least: 128, most: 32_768, canStop: false }, ...BEFORE_3 },
  { matches: /gemini-2\.5/, thinking: { by: 'budget', least: 1, most: 24_576, canStop: true }, ...BEFORE_3 },
  { matches: /gemini-3-pro/, thinking: { by: 'level', levels: ['LOW', 'HIGH'] }, ...SINCE_3 },
  { matches: /gemini-.*pro/, thinking: { by: 'level', levels: ['LOW', 'MEDIUM', 'HIGH'] }, ...SINCE_3 },
  { matches: /gemini-/, thinking: { by: 'level', levels: LEVELS }, ...SINCE_3 },
]

/** Tuned models and strangers behind a Gemini-speaking address: ask for nothing that an old model would refuse. */
const UNKNOWN: Family = { matches: /./, thinking: NEVER, ...BEFORE_3, fetchesAddresses: false }

export function familyOf(model: string): Family {
  const name = model.toLowerCase()
  return FAMILIES.find((family) => family.matches.test(name)) ?? UNKNOWN
}

/** Share of the output limit that an effort stands for, as OpenRouter documents it. */
const SHARE: Readonly<Record<Effort, number>> = { none: 0, minimal: 0.1, low: 0.2, medium: 0.5, high: 0.8, xhigh: 0.95, max: 0.95 }
/** Where the request sets no output limit: what Google's own OpenAI surface makes of an effort. */
const BUDGET: Readonly<Record<Effort, number>> = { none: 0, minimal: 1024, low: 1024, medium: 8192, high: 24_576, xhigh: 24_576, max: 24_576 }
const LEVEL: Readonly<Record<Effort, Level>> = { none: 'MINIMAL', minimal: 'MINIMAL', low: 'LOW', medium: 'MEDIUM', high: 'HIGH', xhigh: 'HIGH', max: 'HIGH' }

export interface ThinkingPlan {
  readonly config: JsonObject | undefined
  /** The model cannot do what was asked; the nearest it can do was taken. */
  readonly altered: boolean
}

/** A reasoning wish in the family's own terms: a level or a budget, never both. */
export function planThinking(family: Family, wish: ReasoningWish | undefined, maxOutputTokens: number | undefined): ThinkingPlan {
  if (wish === undefined) return { config: undefined, altered: false }
  const { thinking } = family
  const off = wish.effort === 'none' || wish.budgetTokens === 0
  if (thinking.by === 'nothing') return { config: undefined, altered: wantsReasoning(wish) }
  const show = off || wish.exclude === true ? {} : { includeThoughts: true }
  if (thinking.by === 'level') {
    const effort = off ? 'none' : (wish.effort ?? (wish.budgetTokens === undefined ? undefined : effortOf(wish.budgetTokens, maxOutputTokens)))
    if (effort === undefined) return { config: orNothing(show), altered: false }
    const wanted = LEVEL[effort]
    const level = nearest(wanted, thinking.levels)
    return { config: { ...show, thinkingLevel: level }, altered: level.toLowerCase() !== effort }
  }
  const wanted = off ? 0 : (wish.budgetTokens ?? (wish.effort === undefined ? undefined : budgetOf(wish.effort, maxOutputTokens)))
  if (wanted === undefined) return { config: orNothing(wish.adaptive === true ? { ...show, thinkingBudget: -1 } : show), altered: false }
  if (wanted === 0 && thinking.canStop) return { config: { thinkingBudget: 0 }, altered: false }
  // thinking and answer share the output limit: a budget that eats it whole leaves no answer
  const room = maxOutputTokens === undefined ? thinking.most : Math.floor(maxOutputTokens * SHARE.max)
  const budget = Math.max(thinking.least, Math.min(wanted, thinking.most, room))
  return { config: { ...show, thinkingBudget: budget }, altered: wish.budgetTokens !== undefined ? budget !== wish.budgetTokens : off }
}

function orNothing(config: JsonObject): JsonObject | undefined {
  return Object.keys(config).length === 0 ? undefined : config
}

function budgetOf(effort: Effort, maxOutputTokens: number | undefined): number {
  return maxOutputTokens === undefined ? BUDGET[effort] : Math.floor(maxOutputTokens * SHARE[effort])
}

/** The smallest effort whose share of the limit, or without a limit whose usual budget, covers the tokens. */
function effortOf(budgetTokens: number, maxOutputTokens: number | undefined): Effort {
  return (['low', 'medium'] as const).find((effort) => budgetTokens <= budgetOf(effort, maxOutputTokens)) ?? 'high'
}

/** The level itself, else the next higher one the model has, else its highest. */
function nearest(wanted: Level, levels: readonly Level[]): Level {
  const order = LEVELS.indexOf(wanted)
  return levels.find((level) => LEVELS.indexOf(level) >= order) ?? 'HIGH'
}
