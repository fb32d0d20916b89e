/**
 * Which models there are, what a name means, and what a model costs.
 *
 * Names work before prices are loaded: until `ready()` has resolved, `provider/model` finds its endpoint with an undefined price, while bare names and
 * vendor prefixes may be unknown. So the price of a finished request is looked up when it is settled, through `priceOf`.
 */
import type { Need, SortBy } from '../../../shared/chat.ts'
import type { EndpointId, Ms, ProviderId } from '../../../shared/ids.ts'
import type { Endpoint, Prices } from '../../../shared/routing.ts'
import type { DeclaredModel, ProviderDefinition } from '../providers/define.ts'
import type { LiveModel } from './local.ts'
import { nearNames } from './near.ts'
import { isOffered } from './offered.ts'
import type { PriceBook, Pricing } from './price-book.ts'

export interface Catalog {
  /** Loads the price list, once; a failed load is tried again at the next call. @throws what the loader throws */
  ready(): Promise<void>
  /** Whether the price list is loaded, so that `priceOf` knows what there is to know. */
  isReady(): boolean
  /** Everything worth offering, in the order of the providers. Models that are only known by name are not among them. */
  endpoints(): readonly Endpoint[]
  resolve(name: string): Resolution
  /**
   * What a model costs now, also one that is not offered. undefined where unknown, and where a request with these `needs` is charged by
   * something that token prices do not hold (audio at a price of its own).
   */
  priceOf(endpoint: EndpointId, needs?: ReadonlySet<Need>): Prices | undefined
  /** What is charged beside the price, or why there is none, in words for people. */
  priceNotes(endpoint: EndpointId): readonly string[]
  /** What a server says it holds, in place of what we know of it. Declared lists stay as they are. */
  setModels(provider: ProviderId, models: readonly LiveModel[]): void
  setProviders(providers: ReadonlyMap<string, ProviderDefinition>): void
}

export type Resolution =
  /** `alternatives`: other hosts of the very same model, best known first; routing may go to them where the client allows fallbacks. */
  | {
      readonly is: 'found'
      readonly endpoint: Endpoint
      readonly alternatives: readonly Endpoint[]
      /** What a suffix of the name asks for (`:floor`, `:nitro`), where the request says nothing itself. */
      readonly sort?: SortBy
      /** `:free`: hosts that charge nothing, and no others. */
      readonly onlyFree?: boolean
    }
  | { readonly is: 'ambiguous'; readonly candidates: readonly EndpointId[] }
  | { readonly is: 'unknown'; readonly near: readonly EndpointId[] }

export interface CatalogOptions {
  readonly providers: ReadonlyMap<string, ProviderDefinition>
  readonly now: () => Ms
  readonly loadPrices: () => Promise<PriceBook>
  /** Only these are proposed for a name that nobody knows: those with a key, say. */
  readonly isUsable?: (endpoint: Endpoint) => boolean
}

/** No model's name is longer; what is, came from a mistake or an attack and is not worth remembering. */
const LONGEST_NAME = 200
/** Clients use a handful of names. Whoever sends thousands gets the slow road, not our memory. */
const REMEMBERED_NAMES = 2_000
const DAY_MS = 86_400_000

interface Index {
  readonly day: number
  readonly endpoints: readonly Endpoint[]
  readonly byId: ReadonlyMap<EndpointId, Endpoint>
  /** By name without provider. Of aggregators also without vendor. */
  readonly byBareName: ReadonlyMap<string, readonly Endpoint[]>
  /** Answers that hold as long as this index does. */
  readonly resolved: Map<string, Resolution>
}

export function createCatalog(options: CatalogOptions): Catalog {
  let { providers } = options
  const liveModels = new Map<ProviderId, readonly LiveModel[]>()
  let book: PriceBook | undefined
  let loading: Promise<void> | undefined
  let index: Index | undefined

  /** Dated prices change at midnight UTC, so an index is good for a day. */
  function current(): Index {
    const day = Math.floor(options.now() / DAY_MS)
    if (index?.day !== day) index = buildIndex(day)
    return index
  }

  function buildIndex(day: number): Index {
    const endpoints = [...providers.values()].flatMap(offeredBy)
    const byBareName = new Map<string, Endpoint[]>()
    for (const endpoint of endpoints) {
      for (const name of bareNames(endpoint)) {
        const sharing = byBareName.get(name)
        if (sharing) sharing.push(endpoint)
        else byBareName.set(name, [endpoint])
      }
    }
    return { day, endpoints, byId: new Map(endpoints.map((endpoint) => [endpoint.id, endpoint])), byBareName, resolved: new Map() }
  }

  function offeredBy(provider: ProviderDefinition): readonly Endpoint[] {
    if (provider.models) return provider.models.map((model) => declaredEndpoint(provider, model))
    const models: readonly LiveModel[] = liveModels.get(provider.id) ?? book?.models(provider.id).map(({ id, name }) => ({ id, name })) ?? []
    return models.filter(({ id }) => isOffered(provider.id, id)).map((model) => openEndpoint(provider, model))
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
    return {
      id: `${provider.id}/${model.id}`,
      provider: provider.id,
      upstreamModel: model.id,
      name: model.name ?? known?.name ?? model.id,
      protocol: provider.protocol,
      price: pricing(provider, model.id).price,
      limits: { context: model.context ?? known?.context, output: undefined },
      // no source here tells what a model can do, so nothing is ruled out
      can: undefined,
      runsLocally: provider.runsLocally && !provider.leavesMachine?.(model.id),
      simulated: provider.simulated === true,
    }
  }

  function pricing(provider: ProviderDefinition, model: string): Pricing {
    const declared = provider.models?.find(({ id }) => id === model)?.price
    if (declared) return { price: declared, notFor: new Set(), notes: [] }
    const listed = book?.find(provider.id, model)
    if (listed) return listed.pricing(options.now())
    if (provider.flatPrice && !provider.leavesMachine?.(model)) return { price: provider.flatPrice, notFor: new Set(), notes: [] }
    return { price: undefined, notFor: new Set(), notes: ['no price list of ours names this model'] }
  }

  function pricingOf(endpoint: EndpointId): Pricing | undefined {
    const slash = endpoint.indexOf('/')
    const provider = providers.get(endpoint.slice(0, slash))
    return provider && pricing(provider, endpoint.slice(slash + 1))
  }

  function bareNames(endpoint: Endpoint): readonly string[] {
    const provider = providers.get(endpoint.provider)
    // a made-up answer must have been asked for by its full name
    if (provider?.simulated) return []
    const withoutVendor = endpoint.upstreamModel.slice(endpoint.upstreamModel.lastIndexOf('/') + 1)
    return provider?.aggregates && withoutVendor !== endpoint.upstreamModel ? [endpoint.upstreamModel, withoutVendor] : [endpoint.upstreamModel]
  }

  function resolveSlowly(name: string, { byId, byBareName }: Index): Resolution | undefined {
    const slash = name.indexOf('/')
    const provider = slash > 0 ? providers.get(name.slice(0, slash)) : undefined
    if (provider) {
      const asked = name.slice(slash + 1)
      if (provider.models || asked === '') return undefined
      const model = provider.spelling?.(asked) ?? asked
      return found(byId.get(`${provider.id}/${model}`) ?? unlisted(provider, model))
    }
    const listed = new Set(byBareName.get(name))
    for (const vendor of vendors())
      for (const endpoint of byBareName.get(vendor.spelling?.(name) ?? name) ?? []) if (endpoint.provider === vendor.id) listed.add(endpoint)
    const firstParty = [...listed].filter((endpoint) => !providers.get(endpoint.provider)?.aggregates)
    if (firstParty.length > 0) return oneOf(firstParty)
    // a dated or alternative name of a model whose usual name is listed
    const alternative = vendors().filter((vendor) => book?.find(vendor.id, vendor.spelling?.(name) ?? name) !== undefined)
    if (alternative.length > 0) return oneOf(alternative.map((vendor) => unlisted(vendor, vendor.spelling?.(name) ?? name)))
    return listed.size > 0 ? oneOf([...listed]) : undefined
  }

  function vendors(): readonly ProviderDefinition[] {
    return [...providers.values()].filter((provider) => !provider.aggregates && !provider.models)
  }

  function unlisted(provider: ProviderDefinition, model: string): Endpoint {
    const known = book?.find(provider.id, model)
    return openEndpoint(provider, { id: model, name: known && known.name !== model ? `${known.name} (${model})` : `${model} (not listed)` })
  }

  return {
    ready() {
      loading ??= options.loadPrices().then(
        (loaded) => {
          book = loaded
          index = undefined
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

    resolve(name) {
      const now = current()
      const known = now.byId.get(name)
      const before = known ? undefined : now.resolved.get(name)
      if (before) return before
      const resolution = known ? found(known) : name.length <= LONGEST_NAME ? resolveSlowly(name, now) : undefined
      if (resolution === undefined) {
        // not remembered: which names are usable changes with every key
        const usable = options.isUsable === undefined ? now.endpoints : now.endpoints.filter(options.isUsable)
        return {
          is: 'unknown',
          near: nearNames(
            name.slice(0, LONGEST_NAME),
            usable.map(({ id }) => id),
          ),
        }
      }
      if (!known) {
        if (now.resolved.size >= REMEMBERED_NAMES) now.resolved.clear()
        now.resolved.set(name, resolution)
      }
      return resolution
    },

    priceOf(endpoint, needs) {
      const found = pricingOf(endpoint)
      if (found === undefined) return undefined
      return needs !== undefined && [...found.notFor].some((need) => needs.has(need)) ? undefined : found.price
    },

    priceNotes: (endpoint) => pricingOf(endpoint)?.notes ?? [],

    setModels(provider, models) {
      liveModels.set(provider, models)
      index = undefined
    },

    setProviders(next) {
      providers = next
      index = undefined
    },
  }
}

function found(endpoint: Endpoint): Resolution {
  return { is: 'found', endpoint, alternatives: [] }
}

function oneOf(endpoints: readonly Endpoint[]): Resolution {
  const [only, ...others] = endpoints
  return only !== undefined && others.length === 0 ? found(only) : { is: 'ambiguous', candidates: endpoints.map(({ id }) => id) }
}
