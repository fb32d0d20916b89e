/** Who makes a request's plan: automatic routing where its name comes first, whoever wrote that (client, preset or rule), else the router alone. */
import type { EndpointId } from '../../shared/ids.ts'
import type { RoutePlan } from '../../shared/routing.ts'
import type { AutoRouting } from '../engine/auto-routing.ts'
import type { Catalog } from '../engine/catalog/catalog.ts'
import type { Caller } from '../engine/request.ts'
import type { Routed, Router } from '../engine/router.ts'
import { askedOf, planOf } from '../engine/routing/auto/plan-auto.ts'
import { type Asked, askedBy } from '../engine/routing/plan.ts'

export interface PlannerFacts {
  readonly router: Pick<Router, 'plan' | 'refusals'>
  readonly auto: Pick<AutoRouting, 'isAuto' | 'isReady' | 'ready' | 'choose' | 'foresee' | 'embeds' | 'sketchOf'>
  readonly catalog: Pick<Catalog, 'isReady' | 'ready'>
  readonly endpointsOf: (model: string) => readonly EndpointId[]
  /** Undefined once providers' keys are at hand. */
  readonly loadingKeys: () => Promise<unknown> | undefined
}

export type Plan = (request: Routed, caller: Caller) => RoutePlan | Promise<RoutePlan>

/** `plan` is for requests that are sent; `foresee` for simulations and replays: a conversation is not held to what was only asked about. */
export function planner(facts: PlannerFacts): { readonly plan: Plan; readonly foresee: Plan } {
  return { plan: planBy(facts, 'choose'), foresee: planBy(facts, 'foresee') }
}

function planBy({ router, auto, catalog, endpointsOf, loadingKeys }: PlannerFacts, choose: 'choose' | 'foresee'): Plan {
  const planAuto = async (request: Routed, caller: Caller, asked: Asked, { name: model, among }: Asked['names'][number]): Promise<RoutePlan> => {
    if (!auto.isReady || !catalog.isReady() || loadingKeys() !== undefined) await Promise.all([auto.ready(), catalog.ready(), loadingKeys()])
    const sketch = auto.embeds ? await auto.sketchOf(request.view) : undefined
    const id = 'id' in request ? request.id : undefined
    const decision = auto[choose]({ ...request.view, model }, caller, router.refusals(request, caller), among?.flatMap(endpointsOf), sketch, id)
    return planOf(await router.plan(request, caller, askedOf(decision, asked)), decision)
  }
  return (request, caller) => {
    const asked = request.own ?? askedBy(request.view)
    const [first] = asked.names
    return first !== undefined && auto.isAuto(first.name) ? planAuto(request, caller, asked, first) : router.plan(request, caller, asked)
  }
}
