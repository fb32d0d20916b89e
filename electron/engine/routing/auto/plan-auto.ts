/** Joins automatic routing to the router: the models it ordered are planned like a client's own list of fallbacks, each with its reason. Pure. */
import type { AutoDecision } from '../../../../shared/auto.ts'
import type { ChatView } from '../../../../shared/chat.ts'
import type { RoutePlan } from '../../../../shared/routing.ts'
import { NO_KEY } from './constraints.ts'

/** Models passed over that a plan names. */
const MOST_TOLD = 40

/** @param plan plans a view whose model and fallbacks are set @throws what it throws */
export function planAuto(view: ChatView, decision: AutoDecision, plan: (view: ChatView) => RoutePlan): RoutePlan {
  const [first, ...others] = decision.order.map(({ model }) => model)
  const planned = plan({ ...view, model: first ?? view.model, routing: { ...view.routing, fallbackModels: [...others, ...view.routing.fallbackModels] } })
  // hundreds of models without a key would fill every row of the ledger
  const told = decision.passedOver.filter(({ why }) => why !== NO_KEY).slice(0, MOST_TOLD)
  const reasons = new Map(decision.order.map(({ model, why }) => [model, why]))
  return {
    ...planned,
    requested: view.model,
    decidedBy: `auto: ${decision.line}`,
    candidates: planned.candidates.map((candidate) => ({ ...candidate, why: reasons.get(candidate.endpoint.id) ?? candidate.why })),
    passedOver: [...planned.passedOver, ...told],
    auto: { ...decision, passedOver: [] },
  }
}
