/** What a model must have for a request; nothing routes past it. Pure. */

import type { AutoTerms, TierReading } from '../../../../shared/auto.ts'
import type { Need } from '../../../../shared/chat.ts'
import type { EndpointId } from '../../../../shared/ids.ts'
import type { AutoReason } from '../../../../shared/messages/auto.ts'
import type { RouteReason } from '../../../../shared/messages/routing.ts'
import type { NanoUsd } from '../../../../shared/money.ts'
import type { Prices } from '../../../../shared/routing.ts'

/** A model as automatic routing sees it. What is undefined is not known. */
export interface AutoModel {
  readonly id: EndpointId
  /** Read once for each model, by `tierOf`. */
  readonly tier: TierReading
  readonly context: number | undefined
  readonly output: number | undefined
  readonly can: ReadonlySet<Need> | undefined
  readonly mostTools: number | undefined
  readonly price: Prices | undefined
  readonly runsLocally: boolean
  /** Where the data go, such as 'eu' or 'us'. */
  readonly regions: readonly string[] | undefined
  /** Whether the host keeps prompts or trains on them. */
  readonly keepsData: boolean | undefined
  readonly hasKey: boolean
  readonly health: 'well' | 'unwell' | 'down'
}

/** What the request demands of whoever answers. */
export interface Demands {
  readonly inputTokens: number
  readonly maxOutputTokens: number | undefined
  readonly needs: ReadonlySet<Need>
  readonly tools: number
  /** Regions the data may go to; undefined for anywhere. */
  readonly regions: readonly string[] | undefined
  readonly dataPolicy: 'any' | 'not-kept' | 'this-machine'
  readonly budgetLeft: NanoUsd | undefined
}

/** Our count of tokens is an estimate, and the answer needs room too. */
const CONTEXT_MARGIN = 1.1
/** So much any model takes, also where nobody says how much. */
const SAFE_CONTEXT = 4_096
const LEAST_ANSWER = 256
export const NO_KEY: RouteReason = { code: 'no-key' }

/**
 * Why a model must not get the request, or undefined.
 * @param trusting whether what is unknown of abilities and context may pass; data policy, region, key and budget never do
 */
export function whyNot(
  model: AutoModel,
  demands: Demands,
  cost: NanoUsd | undefined,
  wish: AutoTerms,
  trusting: boolean,
): RouteReason | AutoReason | undefined {
  if (wish.within !== undefined && model.id !== wish.within.strong && model.id !== wish.within.cheap) return { code: 'not-of-pair' }
  if (wish.among !== undefined && !wish.among.includes(model.id)) return { code: 'not-of-alias' }
  if (wish.allowed.length > 0 && !wish.allowed.some((pattern) => fits(pattern, model.id))) return { code: 'not-allowed' }
  if (wish.excluded.some((pattern) => fits(pattern, model.id))) return { code: 'excluded' }
  if (!model.hasKey) return NO_KEY
  if (model.health === 'down') return { code: 'not-answering' }
  const leak = whyNoData(model, demands)
  if (leak !== undefined) return leak
  const room = demands.inputTokens * CONTEXT_MARGIN + Math.min(demands.maxOutputTokens ?? LEAST_ANSWER, LEAST_ANSWER)
  if (model.context === undefined ? !trusting && room > SAFE_CONTEXT : room > model.context) return { code: 'does-not-fit', tokens: Math.ceil(room) }
  if (demands.maxOutputTokens !== undefined && model.output !== undefined && demands.maxOutputTokens > model.output) return { code: 'writes-less' }
  for (const need of demands.needs) {
    // reasoning is a wish: a model that cannot still answers
    if (need === 'reasoning') continue
    if (model.can === undefined ? !trusting : !model.can.has(need)) return model.can === undefined ? { code: 'not-known-to', need } : { code: 'cannot', need }
  }
  if (demands.tools > 0 && model.mostTools !== undefined && demands.tools > model.mostTools)
    return { code: 'fewer-tools', most: model.mostTools, asked: demands.tools }
  if (demands.budgetLeft !== undefined && (cost === undefined || cost > demands.budgetLeft)) return { code: 'budget-left' }
  return undefined
}

/** Why what the user says may not go there, whatever it is sent for; undefined: it may. */
export function whyNoData(
  { runsLocally, keepsData, regions }: Pick<AutoModel, 'runsLocally' | 'keepsData' | 'regions'>,
  demands: Pick<Demands, 'regions' | 'dataPolicy'>,
): AutoReason | undefined {
  if (runsLocally) return undefined
  if (demands.dataPolicy === 'this-machine') return { code: 'stays-on-machine' }
  if (demands.dataPolicy === 'not-kept' && keepsData !== false) return { code: 'host-keeps-data' }
  if (demands.regions !== undefined && !(regions?.length && regions.every((region) => demands.regions?.includes(region))))
    return { code: 'leaves-regions', regions: demands.regions }
  return undefined
}

/** `anthropic/*`, `*sonnet*`, or a whole name; capitals do not matter. */
export function fits(pattern: string, model: string): boolean {
  const pieces = pattern.toLowerCase().split('*')
  const name = model.toLowerCase()
  const first = pieces[0] as string
  const last = pieces.at(-1) as string
  if (pieces.length === 1) return name === first
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false
  let from = first.length
  for (const piece of pieces.slice(1, -1)) {
    const at = name.indexOf(piece, from)
    if (at < 0 || at + piece.length > name.length - last.length) return false
    from = at + piece.length
  }
  return true
}
