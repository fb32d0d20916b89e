import type { Need } from '../../../shared/chat.ts'
import type { Ms, ProviderId } from '../../../shared/ids.ts'
import type { Prices } from '../../../shared/routing.ts'

/** What models cost, as some source tells it. Looked up, never guessed: what a source does not say stays undefined. */
export interface PriceBook {
  /** The models of a provider that are worth offering for chat. Empty for a provider it does not know. */
  models(provider: ProviderId): readonly BookModel[]
  /** By any name that the provider takes, dated and alternative ones included; also models that are not offered. */
  find(provider: ProviderId, model: string): BookModel | undefined
}

export interface BookModel {
  /** The provider's own name for it. */
  readonly id: string
  /** For people. */
  readonly name: string
  /** In tokens. */
  readonly context: number | undefined
  pricing(at: Ms): Pricing
}

export interface Pricing {
  readonly price: Prices | undefined
  /** Requests with one of these needs are charged by something `price` cannot hold: then the price is unknown. */
  readonly notFor: ReadonlySet<Need>
  /** What the source charges beside tokens, or why there is no price, in words for people. */
  readonly notes: readonly string[]
}
