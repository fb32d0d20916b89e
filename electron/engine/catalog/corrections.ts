/** What the user knows better: prices, discounts and models of their own. Laid over everything that sources tell. */

import type { EndpointId, ProviderId } from '../../../shared/ids.ts'
import { lessPercent } from '../../../shared/messages/price-source.ts'
import type { Ability, Modality } from '../../../shared/models.ts'
import type { Prices } from '../../../shared/routing.ts'

export interface OwnModel {
  readonly provider: ProviderId
  readonly id: string
  readonly name?: string | undefined
  /** Tokens. */
  readonly context?: number | undefined
  readonly output?: number | undefined
  readonly inputModalities?: readonly Modality[] | undefined
  readonly abilities?: Readonly<Partial<Record<Ability, boolean>>> | undefined
}

export interface Corrections {
  /** The price that the user gave for this endpoint. */
  readonly prices: ReadonlyMap<EndpointId, Prices>
  /** Percent off, by provider or by endpoint; the endpoint's own holds. */
  readonly discounts: ReadonlyMap<ProviderId | EndpointId, number>
  readonly ownModels: readonly OwnModel[]
}

export const NO_CORRECTIONS: Corrections = { prices: new Map(), discounts: new Map(), ownModels: [] }

const discounted = new WeakMap<Prices, Map<number, Prices>>()

/** The prices less `percent`, each rounded half up to a whole micro-USD. Made once for each price and discount. */
export function less(price: Prices, percent: number): Prices {
  if (percent === 0) return price
  const known = discounted.get(price) ?? new Map<number, Prices>()
  discounted.set(price, known)
  const before = known.get(percent)
  if (before !== undefined) return before
  const cut = (figure: number): number => Math.round((figure * (100 - percent)) / 100)
  const cutAll = <Figures extends object>(figures: Figures): Figures =>
    Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, typeof figure === 'number' ? cut(figure) : figure])) as Figures
  const made: Prices = {
    ...price,
    source: lessPercent(price.source, percent),
    microUsdPerMillion: cutAll(price.microUsdPerMillion),
    ...(price.tiers && { tiers: price.tiers.map((tier) => ({ ...tier, microUsdPerMillion: cutAll(tier.microUsdPerMillion) })) }),
    ...(price.hours && { hours: price.hours.map((hour) => ({ ...hour, microUsdPerMillion: cutAll(hour.microUsdPerMillion) })) }),
    ...(price.serviceTiers && { serviceTiers: Object.fromEntries(Object.entries(price.serviceTiers).map(([tier, prices]) => [tier, cutAll(prices)])) }),
    ...(price.perCall && { perCall: cutAll(price.perCall) }),
  }
  known.set(percent, made)
  return made
}
