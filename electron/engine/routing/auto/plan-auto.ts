/** Joins automatic routing to the router: what it decided as the models to try, and the plan with the decision beside it. Pure. */

import type { AutoDecision } from '../../../../shared/auto.ts'
import type { AutoReason } from '../../../../shared/messages/auto.ts'
import { says } from '../../../../shared/messages/message.ts'
import type { RoutePlan } from '../../../../shared/routing.ts'
import type { Asked } from '../plan.ts'
import { NO_KEY } from './constraints.ts'

/** Models passed over that a plan names. */
const MOST_TOLD = 40

/** The models in the decision's order, each with its reason, then what was to be tried after it. @param asked with automatic routing first */
export function askedOf(decision: AutoDecision, asked: Asked): Asked {
  const { order, firstTry } = decision
  const isKnown = firstTry === undefined || order.some(({ model }) => model === firstTry.model)
  const chosen = [...order, ...(isKnown ? [] : [firstTry])].map(({ model, why }) => ({ name: model, why }))
  const others = asked.names.slice(1).filter(({ name }) => !chosen.some((choice) => choice.name === name))
  const decidedBy = { code: 'by-auto', before: says(asked.decidedBy, 'pinned') ? undefined : asked.decidedBy, line: decision.line } satisfies AutoReason
  return { ...asked, names: [...chosen, ...others], decidedBy }
}

export function planOf(plan: RoutePlan, decision: AutoDecision): RoutePlan {
  // hundreds of models without a key would fill every row of the ledger
  const told = decision.passedOver.filter(({ why }) => !says(why, NO_KEY.code)).slice(0, MOST_TOLD)
  return { ...plan, passedOver: [...plan.passedOver, ...told], auto: { ...decision, passedOver: [] } }
}
