/** Joins automatic routing to the router: what it decided as the models to try, and the plan with the decision beside it. Pure. */
import type { AutoDecision } from '../../../../shared/auto.ts'
import type { ChatView } from '../../../../shared/chat.ts'
import type { RoutePlan } from '../../../../shared/routing.ts'
import type { Asked } from '../plan.ts'
import { NO_KEY } from './constraints.ts'

/** Models passed over that a plan names. */
const MOST_TOLD = 40

/** The models in the decision's order, each with its reason, then the client's own fallbacks. */
export function askedOf(decision: AutoDecision, { routing }: Pick<ChatView, 'routing'>): Asked {
  const chosen = decision.order.map(({ model, why }) => ({ name: model, why }))
  const others = routing.fallbackModels.filter((name) => !chosen.some((choice) => choice.name === name))
  return { names: [...chosen, ...others.map((name, place) => ({ name, why: `fallback ${place + 1}` }))], decidedBy: `auto: ${decision.line}` }
}

export function planOf(plan: RoutePlan, decision: AutoDecision): RoutePlan {
  // hundreds of models without a key would fill every row of the ledger
  const told = decision.passedOver.filter(({ why }) => why !== NO_KEY).slice(0, MOST_TOLD)
  return { ...plan, passedOver: [...plan.passedOver, ...told], auto: { ...decision, passedOver: [] } }
}
