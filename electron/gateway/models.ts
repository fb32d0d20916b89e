/** Providers, their models and prices: what the app came with, what was fetched since, and the user's own. */
import type { Tokens } from '../../shared/chat.ts'
import type { EndpointId } from '../../shared/ids.ts'
import type { Endpoint } from '../../shared/routing.ts'
import type { Settings } from '../../shared/settings.ts'
import { providerHeaders } from '../engine/attempt/headers.ts'
import type { Upstream } from '../engine/attempt/upstream.ts'
import { type Catalog, createCatalog } from '../engine/catalog/catalog.ts'
import { LocalServers } from '../engine/catalog/local-servers.ts'
import { ModelsFile } from '../engine/catalog/models-file.ts'
import { PriceVersions } from '../engine/catalog/price-versions.ts'
import { CatalogRefresh } from '../engine/catalog/refresh.ts'
import type { Credentials } from '../engine/credentials/credentials.ts'
import type { Priced } from '../engine/ledger/charge.ts'
import { type Charged, costOf } from '../engine/ledger/cost.ts'
import type { ProviderDefinition } from '../engine/providers/define.ts'
import { providersWith } from '../engine/providers/registry.ts'
import type { KeyFacts } from '../engine/routing/plan.ts'
import type { Storage } from '../engine/storage/storage.ts'

export interface ModelsOptions {
  readonly dataDir: string
  readonly settings: () => Settings
  readonly storage: Storage
  readonly upstream: Upstream
  readonly credentials: () => Credentials
  readonly keyFacts: (provider: string) => KeyFacts
  /** A refresh has come further. */
  readonly onProgress: () => void
  readonly now: () => number
  readonly onError: (error: Error) => void
}

export interface Models {
  readonly providers: () => ReadonlyMap<string, ProviderDefinition>
  /** Takes up custom providers that the settings have gained or lost, and addresses that were moved. */
  readonly setProviders: () => void
  /** The user's own address of a provider, else its usual one. */
  readonly baseUrl: (provider: ProviderDefinition) => string | undefined
  readonly catalog: Catalog
  readonly modelsFile: ModelsFile
  readonly catalogRefresh: CatalogRefresh
  readonly localServers: LocalServers
  readonly priceVersions: PriceVersions
  /** The endpoint that a model's name means in the first place. */
  readonly endpointOf: (model: string) => Endpoint | undefined
  /** All endpoints that serve it, the one it means first. */
  readonly endpointsOf: (model: string) => readonly EndpointId[]
  /** What was used costs, in nano-USD: as its provider states it, else by the price list, which may have to be loaded first. */
  readonly price: (endpoint: Endpoint, tokens: Tokens, charged: Charged) => Priced | Promise<Priced>
}

export function createModels({ dataDir, settings, storage, upstream, credentials, keyFacts, onProgress, now, onError }: ModelsOptions): Models {
  let providers = providersWith(settings().customProviders, settings())
  const baseUrl = (provider: ProviderDefinition): string | undefined => {
    const own = settings().baseUrls[provider.id]?.replace(/\/+$/, '')
    return own === undefined ? provider.baseUrl : (provider.baseOf?.(own) ?? own)
  }
  const catalog = createCatalog({
    providers,
    now,
    loadPrices: async () => (await import('../engine/catalog/model-book.ts')).loadModelBook(),
    // a key that rests for a while is a key: the plan knows when it is back
    isUsable: ({ provider }) => {
      const { needsKey, ready: usable, notReady } = keyFacts(provider)
      return !needsKey || usable.length + notReady.length > 0
    },
  })
  const priceVersions = new PriceVersions(storage, now, onError)
  const catalogRefresh = new CatalogRefresh({
    dataDir,
    catalog,
    send: upstream.send,
    now,
    providers: () => providers.values(),
    baseUrl,
    hasKey: (provider) => provider.authorization.kind !== 'none' && credentials().forProvider(provider.id).length > 0,
    opened: async (provider, url) => {
      const [key] = credentials().forProvider(provider.id)
      if (key === undefined) return undefined
      const secret = credentials().cached(key.id) ?? (await credentials().open(key.id))
      const { within } = provider
      const plain = { method: 'GET' as const, url, headers: providerHeaders(provider, secret, {}), body: undefined, ...(within !== undefined && { within }) }
      return provider.authorize === undefined ? plain : provider.authorize(plain, secret, { now, send: upstream.send })
    },
    priceListUrl: () => settings().catalog.priceList,
    bookFrom: async (list) => (await import('../engine/catalog/model-book.ts')).loadModelBook(list),
    onProgress,
  })

  const listed = (endpoint: Endpoint, tokens: Tokens, charged: Charged): Priced => {
    const prices = catalog.priceOf(endpoint.id)
    return { cost: costOf(tokens, prices, charged), pricesAsOf: prices?.asOf, priceVersion: prices && priceVersions.versionOf(endpoint.id, prices) }
  }
  return {
    providers: () => providers,
    setProviders() {
      providers = providersWith(settings().customProviders, settings())
      catalog.setProviders(providers)
    },
    baseUrl,
    catalog,
    modelsFile: new ModelsFile(dataDir),
    catalogRefresh,
    localServers: new LocalServers(catalog, upstream.send, baseUrl),
    priceVersions,
    endpointOf(model) {
      const found = catalog.resolve(model)
      return found.is === 'found' ? found.endpoint : undefined
    },
    endpointsOf(model) {
      const found = catalog.resolve(model)
      return found.is === 'found' ? [found.endpoint, ...found.alternatives].map(({ id }) => id) : []
    },
    price(endpoint, tokens, charged) {
      const { reportedCost } = charged.extras ?? {}
      if (reportedCost !== undefined) return { cost: reportedCost, pricesAsOf: undefined }
      if (catalog.isReady()) return listed(endpoint, tokens, charged)
      return catalog.ready().then(
        () => listed(endpoint, tokens, charged),
        () => ({ cost: undefined, pricesAsOf: undefined }),
      )
    },
  }
}
