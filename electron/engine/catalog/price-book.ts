import type { IsoDate, Ms, ProviderId } from '../../../shared/ids.ts'
import type { CatalogMessage } from '../../../shared/messages/catalog.ts'
import type { ModelFacts } from '../../../shared/models.ts'
import type { Prices } from '../../../shared/routing.ts'
import type { ToldTiers } from './service-tiers.ts'

/** What models are and cost, as some source tells it. Looked up, never guessed: what a source does not say stays undefined. */
export interface PriceBook {
  /** The models of a provider that are worth offering, embedding models among them. Empty for a provider it does not know. */
  models(provider: ProviderId): readonly BookModel[]
  /** By any name that the provider takes, dated and alternative ones included; also models that are not offered. */
  find(provider: ProviderId, model: string): BookModel | undefined
  /** Groups the names of one model at several hosts. Absent: this book does not tell. */
  readonly names?: ModelNames
}

export interface ModelNames {
  /** The same for all hosts of one model; undefined where that cannot be told safely. */
  keyOf(name: { readonly provider: ProviderId; readonly model: string }): string | undefined
  /** `author/model` for people. */
  nameOf(key: string): string
}

export interface BookModel {
  /** The provider's own name for it. */
  readonly id: string
  /** For people. */
  readonly name: string
  /** In tokens. */
  readonly context: number | undefined
  readonly output?: number | undefined
  readonly facts?: ModelFacts | undefined
  /** What is told of its classes of service. */
  readonly tiers?: ToldTiers
  pricing(at: Ms): Pricing
  /** What the source knows of earlier and announced prices, oldest first. Absent: one price, without a date. */
  history?(): readonly DatedPrice[]
}

/** A price and the day it came or comes into force; undefined: it has been so for as long as the source looks back. */
export interface DatedPrice {
  readonly since: IsoDate | undefined
  readonly price: Prices
}

export interface Pricing {
  readonly price: Prices | undefined
  /** What the source charges beside tokens, or why there is no price, in words for people. */
  readonly notes: readonly CatalogMessage[]
}
