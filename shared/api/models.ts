import { z } from 'zod'
import { reads, writes } from '../contract.ts'
import type { EndpointId, IsoDate, Ms } from '../ids.ts'
import { INPUT_HINTS } from '../messages/input.ts'
import type { Said, Translated } from '../messages/message.ts'
import { type ModelsConfig, ownModel, writtenPrice } from '../models-config.ts'
import type { NanoUsd } from '../money.ts'
import type { Prices } from '../routing.ts'

/** What the catalogue knows, from where and since when, and what the user has put right in it. */
export interface CatalogStatus {
  readonly sources: readonly CatalogSource[]
  /** Prices that moved more than tenfold and are not used until the user says so. */
  readonly held: readonly { readonly endpoint: EndpointId; readonly before: Prices; readonly after: Prices }[]
  readonly refreshing: boolean
  /** How far a refresh is: sources that have been heard and those still asked. undefined while there is none. */
  readonly progress: { readonly done: number; readonly total: number; readonly asking: readonly string[] } | undefined
  /** Providers with a key whose list is not asked, and why not. */
  readonly notAsked: readonly { readonly name: string; readonly why: Translated }[]
  readonly own: ModelsConfig
  /** What is wrong with `models.json`, naming the field; what was in force before stays so. */
  readonly fileProblem: Said | undefined
}

export interface CatalogSource {
  readonly name: string
  /** The day of the figures that are in force. */
  readonly asOf: IsoDate
  /** When it was last fetched; undefined for what came with the app. */
  readonly fetchedAt: Ms | undefined
  readonly models: number | undefined
  /** Why the last refresh brought nothing; the older figures stay in force. */
  readonly failure: Said | undefined
}

export interface PriceHistory {
  /** With discount and correction; undefined when unknown. */
  readonly current: Prices | undefined
  /** What sources say. */
  readonly listed: Prices | undefined
  readonly notes: readonly Said[]
  /**
   * What lists say of other days, newest first: dated by the list itself, also ahead of time, or seen in it until a refresh changed it.
   */
  readonly listedBefore: readonly ({ readonly prices: Prices } & ({ readonly since: IsoDate | undefined } | { readonly until: IsoDate }))[]
  /** Prices that requests have been charged at, newest first. */
  readonly versions: readonly { readonly id: string; readonly since: Ms; readonly prices: Prices }[]
}

/** How fast an endpoint has been for the user's own requests, answers of the response cache left out. Medians; undefined: too little is known. */
export interface Measured {
  readonly since: Ms
  readonly requests: number
  readonly firstEventMs: Ms | undefined
  /** Nineteen of twenty began sooner. */
  readonly slowFirstEventMs: Ms | undefined
  /** Output tokens per second of writing. */
  readonly tokensPerSecond: number | undefined
}

export interface RepricedRows {
  readonly rows: number
  readonly before: NanoUsd
  readonly after: NanoUsd
}

const endpoint = z
  .string()
  .regex(/^[^/\s]+\/\S+$/, INPUT_HINTS['endpoint-id'])
  .max(300)

export const modelsApi = {
  'catalog.status': reads(z.object({})).returns<CatalogStatus>(),
  /** Asks the price list and every provider that there is a key for. A source that fails keeps what it had. */
  'catalog.refresh': writes(z.object({})).returns<CatalogStatus>(),
  /** Ends a refresh: what has come stays. */
  'catalog.cancelRefresh': writes(z.object({})).returns<CatalogStatus>(),
  'catalog.decideHeld': writes(z.object({ endpoint, accept: z.boolean() })).returns<CatalogStatus>(),
  /** null takes a correction back. */
  'models.setPrice': writes(z.object({ endpoint, price: writtenPrice.nullable() })).returns<CatalogStatus>(),
  /** `of`: a provider or an endpoint. null takes it back. */
  'models.setDiscount': writes(z.object({ of: z.string().min(1).max(300), percent: z.number().min(0).max(100).nullable() })).returns<CatalogStatus>(),
  'models.addOwn': writes(ownModel).returns<CatalogStatus>(),
  'models.removeOwn': writes(z.object({ endpoint })).returns<CatalogStatus>(),
  'models.priceHistory': reads(z.object({ endpoint })).returns<PriceHistory>(),
  'models.measured': reads(z.object({ endpoint })).returns<Measured>(),
  /** Charges this endpoint's past requests at its price of now; what they were charged at stays in the history. */
  'models.reprice': writes(z.object({ endpoint, since: z.number().int().min(0) })).returns<RepricedRows>(),
}
