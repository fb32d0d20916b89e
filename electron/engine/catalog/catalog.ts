/**
 * Which models there are, what a name means, and what a model costs.
 *
 * Names work before prices are loaded: until `ready()` has resolved, `provider/model` finds its endpoint with an undefined price, while bare names and
 * vendor prefixes may be unknown. So the price of a finished request is looked up when it is settled, through `priceOf`.
 */

import type { EndpointId, Ms, ProviderId } from '../../../shared/ids.ts'
import type { CatalogMessage } from '../../../shared/messages/catalog.ts'
import type { Endpoint, Prices } from '../../../shared/routing.ts'
import type { DeclaredModel, ProviderDefinition } from '../providers/define.ts'
import { canOf } from './can.ts'
import { type Corrections, less, NO_CORRECTIONS } from './corrections.ts'
import { HostGroups } from './hosts.ts'
import type { LiveModel } from './local.ts'
import { nearNames } from './near.ts'
import { isOffered } from './offered.ts'
import type { BookModel, DatedPrice, PriceBook, Pricing } from './price-book.ts'
import type { Resolution } from './resolution.ts'
import { bareNames, type HostIndex, hostsOf, type NameFacts, resolveName } from './resolve.ts'

export interface Catalog {
  /** Loads the price list, once; a failed load is tried again at the next call. @throws what the loader throws */
  ready(): Promise<void>
  /** Whether the price list is loaded, so that `priceOf` knows what there is to know. */
  isReady(): boolean
  /** Every chat model worth offering, in the order of the providers. Models that are only known by name are not among them. */
  endpoints(): readonly Endpoint[]
  /** The models that do something else: embeddings. */
  otherEndpoints(): readonly Endpoint[]
  /** The hosts of one model by its `author/model`, or of the model that any other name means, best known first; empty for a name nobody knows. */
  hosts(name: string): readonly Endpoint[]
  resolve(name: string): Resolution
  /** What a model costs now, also one that is not offered; undefined where unknown. */
  priceOf(endpoint: EndpointId): Prices | undefined
  /** The same without what the user has corrected. */
  listPriceOf(endpoint: EndpointId): Prices | undefined
  /** Earlier and announced prices by the lists, oldest first; empty where they know of one alone. */
  priceHistory(endpoint: EndpointId): readonly DatedPrice[]
  /** What is charged beside the price, or why there is none, in words for people. */
  priceNotes(endpoint: EndpointId): readonly CatalogMessage[]
  /** What a server says it holds, in place of what we know of it. Declared lists stay as they are. */
  setModels(provider: ProviderId, models: readonly LiveModel[]): void
  setProviders(providers: ReadonlyMap<string, ProviderDefinition>): void
  setCorrections(corrections: Corrections): void
  /** Fresher figures in place of those that were loaded. */
  setBook(book: PriceBook): void
  /** Which hosts can be used has changed. */
  keysChanged(): void
}

export type { Resolution }

export interface CatalogOptions {
  readonly providers: ReadonlyMap<string, ProviderDefinition>
  readonly now: () => Ms
  readonly loadPrices: () => Promise<PriceBook>
  /** Only these are proposed for a name that nobody knows, and preferred where a name leaves the host open: those with a key, say. */
  readonly isUsable?: (endpoint: Endpoint) => boolean
}

/** No model's name is longer; what is, came from a mistake or an attack and is not worth remembering. */
const LONGEST_NAME = 200
/** Clients use a handful of names. Whoever sends thousands gets the slow road, not our memory. */
const REMEMBERED_NAMES = 2_000
const DAY_MS = 86_400_000

interface Index extends HostIndex {
  readonly day: number
  readonly endpoints: readonly Endpoint[]
  readonly others: readonly Endpoint[]
  /** Answers that hold as long as this index does. */
  readonly resolved: Map<string, Resolution>
}

export function createCatalog(options: CatalogOptions): Catalog {
  let { providers } = options
  const liveModels = new Map<ProviderId, readonly LiveModel[]>()
  let book: PriceBook | undefined
  let loading: Promise<void> | undefined
  let index: Index | undefined
  let corrections = NO_CORRECTIONS
  let offered: { readonly day: number; readonly byProvider: Map<ProviderId, readonly Endpoint[]> } = { day: 0, byProvider: new Map() }
  const livePrices = new Map<EndpointId, Prices>()
  /** Every request asks, and what makes a price changes seldom. Good for a day, as the index. */
  let pricings: { readonly day: number; readonly byEndpoint: Map<EndpointId, Pricing> } = { day: 0, byEndpoint: new Map() }

  /** Dated prices change at midnight UTC, so an index is good for a day. */
  function current(): Index {
    const day = Math.floor(options.now() / DAY_MS)
    if (index?.day !== day) index = buildIndex(day)
    return index
  }

  function buildIndex(day: number): Index {
    if (offered.day !== day) offered = { day, byProvider: new Map() }
    const all = [...providers.values()].flatMap((provider) => {
      const before = offered.byProvider.get(provider.id)
      if (before !== undefined) return before
      const made = offeredBy(provider)
      offered.byProvider.set(provider.id, made)
      return made
    })
    const endpoints = all.filter(isChat)
    const byBareName = new Map<string, Endpoint[]>()
    const groups = new HostGroups()
    for (const endpoint of endpoints) {
      for (const name of bareNames(endpoint, providers)) add(byBareName, name, endpoint)
      groups.add(endpoint)
    }
    return {
      day,
      endpoints,
      others: all.filter((endpoint) => !isChat(endpoint)),
      byId: new Map(all.map((endpoint) => [endpoint.id, endpoint])),
      byBareName,
      groups,
      resolved: new Map(),
    }
  }

  /** What is offered has changed, at one provider or at all. */
  function stale(provider?: ProviderId): void {
    if (provider === undefined) offered.byProvider.clear()
    else offered.byProvider.delete(provider)
    pricings.byEndpoint.clear()
    index = undefined
  }

  function offeredBy(provider: ProviderDefinition): readonly Endpoint[] {
    if (provider.models) return provider.models.map((model) => declaredEndpoint(provider, model))
    const own = corrections.ownModels.filter((model) => model.provider === provider.id)
    const listed: readonly LiveModel[] = liveModels.get(provider.id) ?? book?.models(provider.id).map(({ id, name }) => ({ id, name })) ?? []
    const ownIds = new Set(own.map(({ id }) => id))
    const models = listed.filter(
      ({ id, kind }) => !ownIds.has(id) && ((kind ?? book?.find(provider.id, id)?.facts?.kind) === 'embedding' || isOffered(provider.id, id)),
    )
    return [...own, ...models].map((model) => openEndpoint(provider, model as LiveModel))
  }

  function declaredEndpoint(provider: ProviderDefinition, model: DeclaredModel): Endpoint {
    return {
      id: `${provider.id}/${model.id}`,
      provider: provider.id,
      upstreamModel: model.id,
      name: model.name,
      protocol: provider.protocol,
      price: model.price,
      limits: { context: model.context, output: model.output },
      can: new Set(model.can),
      runsLocally: provider.runsLocally,
      simulated: provider.simulated === true,
    }
  }

  function openEndpoint(provider: ProviderDefinition, model: LiveModel): Endpoint {
    const known = book?.find(provider.id, model.id)
    const facts = factsOf(known, model)
    const canonical = canonicalOf(provider, model.id, known)
    return {
      id: `${provider.id}/${model.id}`,
      provider: provider.id,
      upstreamModel: model.id,
      name: model.name ?? known?.name ?? model.id,
      protocol: provider.protocol,
      price: pricing(provider, model.id).price,
      limits: { context: model.context ?? known?.context, output: model.output ?? known?.output },
      can: canOf(facts),
      runsLocally: provider.runsLocally && !provider.leavesMachine?.(model.id),
      simulated: provider.simulated === true,
      ...(facts !== undefined && { facts }),
      ...(canonical !== undefined && { canonical }),
    }
  }

  /** What a book knows, under what the server itself says of the model. */
  function factsOf(known: BookModel | undefined, model: LiveModel): Endpoint['facts'] {
    const { facts } = known ?? {}
    const { kind, inputModalities, outputModalities, abilities, deprecated, retiresOn } = model
    if ([kind, inputModalities, outputModalities, abilities, deprecated, retiresOn].every((told) => told === undefined)) return facts
    return {
      kind: kind ?? facts?.kind ?? 'chat',
      inputModalities: inputModalities ?? facts?.inputModalities,
      outputModalities: outputModalities ?? facts?.outputModalities,
      abilities: { ...facts?.abilities, ...abilities },
      efforts: facts?.efforts,
      cacheMinimum: facts?.cacheMinimum,
      cutoff: facts?.cutoff,
      openWeights: facts?.openWeights,
      // a day on which it goes is the provider's word that it will
      deprecated: retiresOn === undefined ? (deprecated ?? facts?.deprecated) : true,
      retiresOn,
      snapshot: facts?.snapshot,
      sources: ['its own list of models', ...(facts?.sources ?? [])],
    }
  }

  /** Of providers whose models nobody but the user knows, a name says nothing. */
  function canonicalOf(provider: ProviderDefinition, model: string, known: BookModel | undefined): string | undefined {
    if (book?.names === undefined || (known === undefined && book.models(provider.id).length === 0)) return undefined
    const key = book.names.keyOf({ provider: provider.id, model })
    return key === undefined ? undefined : book.names.nameOf(key)
  }

  function pricing(provider: ProviderDefinition, model: string): Pricing {
    const id = `${provider.id}/${model}`
    const corrected = corrections.prices.get(id)
    const found = corrected === undefined ? listPricing(provider, model) : { price: corrected, notes: [] }
    const percent = corrections.discounts.get(id) ?? corrections.discounts.get(provider.id) ?? 0
    // a price that the user gave is what they pay
    return percent === 0 || found.price === undefined || corrected !== undefined ? found : { ...found, price: less(found.price, percent) }
  }

  function pricingOf(endpoint: EndpointId): Pricing | undefined {
    const day = Math.floor(options.now() / DAY_MS)
    if (pricings.day !== day) pricings = { day, byEndpoint: new Map() }
    const { byEndpoint } = pricings
    const known = byEndpoint.get(endpoint)
    if (known !== undefined) return known
    const place = providerOf(endpoint)
    if (place === undefined) return undefined
    const found = pricing(place.provider, place.model)
    if (byEndpoint.size >= REMEMBERED_NAMES) byEndpoint.clear()
    byEndpoint.set(endpoint, found)
    return found
  }

  function listPricing(provider: ProviderDefinition, model: string): Pricing {
    const declared = provider.models?.find(({ id }) => id === model)?.price
    if (declared) return { price: declared, notes: [] }
    const live = livePrices.get(`${provider.id}/${model}`)
    if (live) return { price: live, notes: [] }
    const listed = book?.find(provider.id, model)
    if (listed) return listed.pricing(options.now())
    if (provider.flatPrice && !provider.leavesMachine?.(model)) return { price: provider.flatPrice, notes: [] }
    return { price: undefined, notes: [{ code: 'unlisted-model' }] }
  }

  function providerOf(endpoint: EndpointId): { readonly provider: ProviderDefinition; readonly model: string } | undefined {
    const slash = endpoint.indexOf('/')
    const provider = providers.get(endpoint.slice(0, slash))
    return provider && { provider, model: endpoint.slice(slash + 1) }
  }

  /** A model that is not listed, by the name that was asked for. */
  function unlisted(provider: ProviderDefinition, model: string): Endpoint {
    const known = book?.find(provider.id, model)
    return openEndpoint(provider, { id: model, name: known && known.name !== model ? `${known.name} (${model})` : `${model} (not listed)` })
  }

  function isUsable(endpoint: Endpoint): boolean {
    return options.isUsable?.(endpoint) ?? true
  }

  function names(now: Index): NameFacts {
    return { ...now, providers, book, isUsable, unlisted }
  }

  return {
    ready() {
      loading ??= options.loadPrices().then(
        (loaded) => {
          // fresher figures may have come in between
          book ??= loaded
          stale()
        },
        (thrown: unknown) => {
          loading = undefined
          throw thrown
        },
      )
      return loading
    },

    isReady: () => book !== undefined,

    endpoints: () => current().endpoints,

    otherEndpoints: () => current().others,

    hosts: (name) => (name.length <= LONGEST_NAME ? hostsOf(name, names(current())) : []),

    resolve(name) {
      const now = current()
      const before = now.resolved.get(name)
      if (before) return before
      const resolution = name.length <= LONGEST_NAME ? resolveName(name, names(now)) : undefined
      if (resolution === undefined) {
        // not remembered: which names are usable changes with every key
        const usable = options.isUsable === undefined ? now.endpoints : now.endpoints.filter(isUsable)
        return {
          is: 'unknown',
          near: nearNames(
            name.slice(0, LONGEST_NAME),
            usable.map(({ id }) => id),
          ),
        }
      }
      if (now.resolved.size >= REMEMBERED_NAMES) now.resolved.clear()
      now.resolved.set(name, resolution)
      return resolution
    },

    priceOf: (endpoint) => pricingOf(endpoint)?.price,

    listPriceOf(endpoint) {
      const place = providerOf(endpoint)
      return place && listPricing(place.provider, place.model).price
    },

    priceHistory(endpoint) {
      const place = providerOf(endpoint)
      return (place && book?.find(place.provider.id, place.model)?.history?.()) ?? []
    },

    priceNotes: (endpoint) => pricingOf(endpoint)?.notes ?? [],

    setModels(provider, models) {
      // local servers are asked often and seldom say something new, and an index takes milliseconds
      if (JSON.stringify(liveModels.get(provider)) === JSON.stringify(models)) return
      liveModels.set(provider, models)
      for (const id of livePrices.keys()) if (id.startsWith(`${provider}/`)) livePrices.delete(id)
      for (const { id, price } of models) if (price !== undefined) livePrices.set(`${provider}/${id}`, price)
      stale(provider)
    },

    setProviders(next) {
      providers = next
      stale()
    },

    setCorrections(next) {
      corrections = next
      stale()
    },

    setBook(next) {
      book = next
      stale()
    },

    keysChanged: () => index?.resolved.clear(),
  }
}

function isChat({ facts }: Endpoint): boolean {
  return (facts?.kind ?? 'chat') === 'chat'
}

function add<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = lists.get(key)
  if (known) known.push(value)
  else lists.set(key, [value])
}
