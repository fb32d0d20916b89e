import type { EndpointId } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { asNanoUsd } from '../../../shared/money.ts'
import type { Prices, RoutePlan } from '../../../shared/routing.ts'
import { costOf } from './cost.ts'

export interface RoutedFacts {
  /** The endpoint that a name means by itself; undefined for aliases and unknown names. */
  readonly endpointOf: (name: string) => EndpointId | undefined
  readonly priceOf: (endpoint: EndpointId) => Prices | undefined
}

/**
 * What a choice of ours saved: the same tokens at the model that the client asked for, or at the best within reach where it left the choice to
 * `switchyard/auto`, less what was paid. Negative where the choice was dearer. undefined: there was no choice, as when a model was only failed over from,
 * or one of the two prices is not known.
 */
export function routedOf(record: UsageRecord, plan: RoutePlan | undefined, { endpointOf, priceOf }: RoutedFacts): UsageRecord['routed'] {
  const { servedBy, cost, simulated, tokens, extras, at } = record
  if (plan === undefined || servedBy === undefined || cost === undefined || simulated) return undefined
  const instead = plan.auto?.baselines.find(({ against }) => against === 'model asked for')?.model ?? replaced(plan, endpointOf)
  if (instead === undefined) return undefined
  // where the other would have answered is not known
  const otherwise = instead === servedBy ? cost : costOf(tokens, priceOf(instead), { at, extras: extras && { ...extras, surchargePercent: 0 } })
  return otherwise === undefined ? undefined : { instead, saved: asNanoUsd(otherwise - cost) }
}

/** The model asked for, where the user's own routing put others in its place altogether. */
function replaced({ requested, trail = [], candidates }: RoutePlan, endpointOf: RoutedFacts['endpointOf']): EndpointId | undefined {
  if (trail.length === 0) return undefined
  const asked = endpointOf(requested)
  return asked === undefined || candidates.some(({ endpoint }) => endpoint.id === asked) ? undefined : asked
}
