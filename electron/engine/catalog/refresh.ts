/**
 * Fresher figures than those that came with the app, when the user asks or daily where allowed: the price list from its package's own update channel, and
 * the models of every provider that there is a key for from that provider. It tells how far it is and can be stopped. What was fetched is kept in `catalog.json`; a source that fails keeps what it had
 * and says why. Nothing here is on a request's path.
 */

import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { CatalogSource, CatalogStatus } from '../../../shared/api/models.ts'
import type { EndpointId, IsoDate, Ms, ProviderId } from '../../../shared/ids.ts'
import type { Said } from '../../../shared/messages/message.ts'
import { SpokenError, saidBy } from '../../../shared/messages/spoken-error.ts'
import type { Prices } from '../../../shared/routing.ts'
import { readAll } from '../attempt/pulled-body.ts'
import type { Send, UpstreamRequest } from '../attempt/send.ts'
import { Departure } from '../departure.ts'
import type { ProviderDefinition } from '../providers/define.ts'
import type { Catalog } from './catalog.ts'
import { GENAI_PRICES } from './genai-prices.ts'
import { type HeldPrice, markOf, movedTooFar } from './held-back.ts'
import type { LiveModel } from './local.ts'
import { listUrls, readModels } from './model-lists.ts'
import type { BookModel, PriceBook } from './price-book.ts'

const ANSWER_LIMIT_MS = 30_000
const BODY_LIMIT_BYTES = 64 * 1024 * 1024
const DAY_MS = 86_400_000
const PRICE_LIST = '@pydantic/genai-prices'

export interface RefreshOptions {
  readonly dataDir: string
  readonly catalog: Catalog
  readonly send: Send
  readonly now: () => Ms
  readonly providers: () => Iterable<ProviderDefinition>
  readonly baseUrl: (provider: ProviderDefinition) => string | undefined
  readonly hasKey: (provider: ProviderDefinition) => boolean
  /** A request to a provider as its first usable key opens it; undefined where there is none. @throws what opening a key throws */
  readonly opened: (provider: ProviderDefinition, url: string) => Promise<UpstreamRequest | undefined>
  /** Where the price list is fetched. */
  readonly priceListUrl: () => string
  /** A book over a fetched price list, or without one the list that came with the app. @throws Error when it is none */
  readonly bookFrom: (priceList: FetchedList | undefined) => Promise<PriceBook>
  /** It is further than before. */
  readonly onProgress: () => void
}

export interface FetchedList {
  readonly data: unknown
  /** ISO date. */
  readonly asOf: string
}

interface Kept {
  readonly priceList?: { readonly fetchedAt: Ms; readonly data: unknown }
  readonly lists: Readonly<Record<ProviderId, { readonly fetchedAt: Ms; readonly models: readonly LiveModel[] }>>
  /** Moves that the user has accepted, by endpoint. */
  readonly accepted: Readonly<Record<EndpointId, string>>
  /** Prices that stood in the lists until a refresh changed them, oldest first. */
  readonly past: Readonly<Record<EndpointId, readonly PastPrice[]>>
}

export interface PastPrice {
  readonly until: IsoDate
  readonly price: Prices
}

const NOTHING: Kept = { lists: {}, accepted: {}, past: {} }
/** Of one model; the oldest go first. */
const MOST_PAST_PRICES = 30

export class CatalogRefresh {
  readonly #options: RefreshOptions
  readonly #path: string
  readonly #failures = new Map<string, Said>()
  #kept: Kept = NOTHING
  #held: readonly HeldPrice[] = []
  #shipped: PriceBook | undefined
  #running: Promise<void> | undefined
  #cancel = new AbortController()
  #asking = new Set<string>()
  #asked = 0
  #loaded: Promise<void> | undefined

  constructor(options: RefreshOptions) {
    this.#options = options
    this.#path = join(options.dataDir, 'catalog.json')
  }

  get isRunning(): boolean {
    return this.#running !== undefined
  }

  /** undefined while nothing is fetched. */
  get progress(): CatalogStatus['progress'] {
    if (this.#running === undefined) return undefined
    return { done: this.#asked - this.#asking.size, total: this.#asked, asking: [...this.#asking] }
  }

  /** Providers that there is a key for and that are not asked, with the reason. */
  get notAsked(): CatalogStatus['notAsked'] {
    return [...this.#options.providers()].flatMap((provider) =>
      provider.noList !== undefined && this.#options.hasKey(provider) ? [{ name: provider.id, why: provider.noList }] : [],
    )
  }

  get held(): readonly HeldPrice[] {
    return this.#held
  }

  /** Puts what earlier runs have fetched in force. Once. @throws Error when the file can be read but is of no use; what came with the app stays in force */
  load(): Promise<void> {
    this.#loaded ??= this.#load()
    return this.#loaded
  }

  async #load(): Promise<void> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    if (text === undefined) return
    const kept = JSON.parse(text) as Partial<Kept>
    this.#kept = { ...NOTHING, ...kept }
    await this.#putInForce()
  }

  /** Whether a day has passed since the price list was fetched. */
  isDue(): boolean {
    return this.#options.now() - (this.#kept.priceList?.fetchedAt ?? 0) >= DAY_MS
  }

  /** Fetches everything there is to fetch; a second call while one runs waits for that. Never rejects: failures are told by `sources()`. */
  refresh(): Promise<void> {
    this.#running ??= this.#refresh().finally(() => {
      this.#running = undefined
      this.#options.onProgress()
    })
    return this.#running
  }

  /** Ends what is being fetched: what has come stays, the others keep what they had, and none of them has failed by it. */
  cancel(): void {
    this.#cancel.abort()
  }

  async #refresh(): Promise<void> {
    await this.load().catch(() => undefined)
    const providers = [...this.#options.providers()].filter((provider) => isAsked(provider) && this.#options.hasKey(provider))
    const sources = new Map([
      [PRICE_LIST, () => this.#fetchPriceList()],
      ...providers.map((provider) => [provider.id, () => this.#fetchList(provider)] as const),
    ])
    this.#cancel = new AbortController()
    this.#asking = new Set(sources.keys())
    this.#asked = sources.size
    this.#options.onProgress()
    await Promise.all([...sources].map(([name, bring]) => this.#ask(name, bring)))
    await this.#try('catalog.json', async () => {
      await this.#putInForceAndRemember()
      await this.#save()
    })
  }

  /** Accepts or refuses a move that was held back. */
  async decide(endpoint: EndpointId, accept: boolean): Promise<void> {
    const held = this.#held.find((price) => price.endpoint === endpoint)
    if (held === undefined) return
    const accepted = { ...this.#kept.accepted }
    if (accept) accepted[endpoint] = markOf(held.after)
    this.#kept = { ...this.#kept, accepted }
    if (accept) await this.#putInForceAndRemember()
    else this.#held = this.#held.filter((price) => price !== held)
    await this.#save()
  }

  /** What the lists said before refreshes changed it, oldest first. */
  pastPrices(endpoint: EndpointId): readonly PastPrice[] {
    return this.#kept.past[endpoint] ?? []
  }

  sources(): readonly CatalogSource[] {
    const { priceList, lists } = this.#kept
    const listed = new Set([...Object.keys(lists), ...[...this.#failures.keys()].filter((name) => name !== PRICE_LIST)])
    return [
      {
        name: PRICE_LIST,
        asOf: priceList === undefined ? GENAI_PRICES.publishedOn : dayOf(priceList.fetchedAt),
        fetchedAt: priceList?.fetchedAt,
        models: undefined,
        failure: this.#failures.get(PRICE_LIST),
      },
      ...[...listed].map((name) => ({
        name,
        asOf: dayOf(lists[name]?.fetchedAt ?? 0),
        fetchedAt: lists[name]?.fetchedAt,
        models: lists[name]?.models.length,
        failure: this.#failures.get(name),
      })),
    ]
  }

  async #ask(name: string, bring: () => Promise<void>): Promise<void> {
    await this.#try(name, bring)
    this.#asking.delete(name)
    this.#options.onProgress()
  }

  async #try(name: string, bring: () => Promise<void>): Promise<void> {
    try {
      await bring()
      this.#failures.delete(name)
    } catch (thrown) {
      if (!this.#cancel.signal.aborted) this.#failures.set(name, saidBy(thrown))
    }
  }

  async #fetchPriceList(): Promise<void> {
    const data = await this.#get({ method: 'GET', url: this.#options.priceListUrl(), headers: { accept: 'application/json' }, body: undefined })
    const fetchedAt = this.#options.now()
    // a list that is none must not take the place of one
    await this.#options.bookFrom({ data, asOf: dayOf(fetchedAt) })
    this.#kept = { ...this.#kept, priceList: { fetchedAt, data } }
  }

  async #fetchList(provider: ProviderDefinition): Promise<void> {
    const base = this.#options.baseUrl(provider)
    if (base === undefined) return
    const models = new Map<string, LiveModel>()
    for (const url of listUrls(provider, base)) {
      const request = await this.#options.opened(provider, url)
      if (request === undefined) return
      const read = readModels(provider, await this.#get(request), dayOf(this.#options.now()))
      if (read === undefined) throw new SpokenError({ code: 'list-is-none', provider: provider.name })
      for (const model of read) models.set(model.id, model)
    }
    if (models.size === 0) throw new SpokenError({ code: 'list-empty', provider: provider.name })
    const fetchedAt = this.#options.now()
    this.#kept = { ...this.#kept, lists: { ...this.#kept.lists, [provider.id]: { fetchedAt, models: [...models.values()] } } }
  }

  async #get(request: UpstreamRequest): Promise<unknown> {
    const response = await this.#options.send(request, Departure.of(AbortSignal.any([AbortSignal.timeout(ANSWER_LIMIT_MS), this.#cancel.signal])))
    const text = (await readAll(response.body, BODY_LIMIT_BYTES)).toString('utf8')
    if (response.status !== 200) throw new SpokenError({ code: 'list-status', status: response.status })
    try {
      return JSON.parse(text) as unknown
    } catch (cause) {
      throw new SpokenError({ code: 'list-not-json' }, { cause })
    }
  }

  /** Keeps each list price that another one takes the place of. */
  async #putInForceAndRemember(): Promise<void> {
    const { catalog, now } = this.#options
    await catalog.ready()
    const offered = [...catalog.endpoints(), ...catalog.otherEndpoints()].map(({ id }) => id)
    const before = [...new Set([...offered, ...this.#held.map(({ endpoint }) => endpoint)])].map((id) => [id, catalog.listPriceOf(id)] as const)
    await this.#putInForce()
    const until = dayOf(now())
    const past: Record<EndpointId, readonly PastPrice[]> = { ...this.#kept.past }
    for (const [endpoint, price] of before) {
      const after = catalog.listPriceOf(endpoint)
      if (price === undefined || after === undefined || isSame(price, after)) continue
      past[endpoint] = [...(past[endpoint] ?? []), { until, price }].slice(-MOST_PAST_PRICES)
    }
    this.#kept = { ...this.#kept, past }
  }

  async #putInForce(): Promise<void> {
    const { catalog, now, providers, bookFrom } = this.#options
    const { priceList, lists, accepted } = this.#kept
    this.#shipped ??= await bookFrom(undefined)
    const shipped = this.#shipped
    const held = new Map<EndpointId, HeldPrice>()
    const isHeld = (endpoint: EndpointId, before: Prices | undefined, after: Prices | undefined): boolean => {
      if (before === undefined || after === undefined || !movedTooFar(before, after) || accepted[endpoint] === markOf(after)) return false
      held.set(endpoint, { endpoint, before, after })
      return true
    }
    let book = shipped
    if (priceList !== undefined) {
      const fresh = await bookFrom({ data: priceList.data, asOf: dayOf(priceList.fetchedAt) })
      const kept = new Map<EndpointId, BookModel>()
      for (const { id: provider } of providers()) {
        for (const model of shipped.models(provider)) {
          const endpoint = `${provider}/${model.id}`
          if (isHeld(endpoint, model.pricing(now()).price, fresh.find(provider, model.id)?.pricing(now()).price)) kept.set(endpoint, model)
        }
      }
      book = { ...fresh, find: (provider, model) => kept.get(`${provider}/${model}`) ?? fresh.find(provider, model) }
    }
    catalog.setBook(book)
    for (const [provider, { models }] of Object.entries(lists)) {
      const withoutHeld = models.map(({ price, ...rest }): LiveModel => {
        const before = book.find(provider, rest.id)?.pricing(now()).price
        return price === undefined || isHeld(`${provider}/${rest.id}`, before, price) ? rest : { ...rest, price }
      })
      catalog.setModels(provider, withoutHeld)
    }
    this.#held = [...held.values()]
  }

  async #save(): Promise<void> {
    await writeFile(`${this.#path}.new`, JSON.stringify(this.#kept), { mode: 0o600 })
    await rename(`${this.#path}.new`, this.#path)
  }
}

/** Local servers are asked live, declared lists are closed, and clouds list their models in places of their own. */
function isAsked({ runsLocally, models, authorize, lists, validatePath, noList }: ProviderDefinition): boolean {
  return !runsLocally && models === undefined && noList === undefined && (authorize === undefined || lists !== undefined || validatePath === '/models')
}

/** Whatever list they stand in. */
function isSame({ asOf: _on, source: _in, ...one }: Prices, { asOf: _then, source: _there, ...other }: Prices): boolean {
  return isDeepStrictEqual(one, other)
}

function dayOf(at: Ms): string {
  return new Date(at).toISOString().slice(0, 10)
}
