/**
 * The price list of @pydantic/genai-prices (MIT, https://github.com/pydantic/genai-prices) in our terms: whole micro-USD per million tokens, tiers by the
 * length of the prompt, dated prices. What our `Prices` cannot hold exactly makes a price undefined or is named in `notes`.
 *
 * The package is 0.8 MB of JavaScript, so it is imported on the first use rather than at startup.
 */

import type { ConditionalPrice, ModelInfo, ModelPrice, Provider } from '@pydantic/genai-prices'
import type { Ms, ProviderId } from '../../../shared/ids.ts'
import type { CatalogMessage } from '../../../shared/messages/catalog.ts'
import type { CallPrices, Prices, TokenPrices } from '../../../shared/routing.ts'
import { kindOfName } from './kind-of-name.ts'
import { isOffered } from './offered.ts'
import type { BookModel, DatedPrice, PriceBook, Pricing } from './price-book.ts'

/** The installed version, and the day it was published on npm. A test holds both to the installed package. */
export const GENAI_PRICES = { version: '0.1.8', publishedOn: '2026-09-23' } as const

/** Its providers whose models we call at the same address under the same names: these it lists for people too. */
const LISTED = ['openai', 'anthropic', 'google', 'openrouter', 'perplexity'] as const
/** Ours by its name, for prices alone: it lists what has been retired or is called otherwise there. */
const PRICED: Readonly<Record<ProviderId, string>> = {
  mistral: 'mistral',
  cohere: 'cohere',
  groq: 'groq',
  deepseek: 'deepseek',
  xai: 'x-ai',
  together: 'together',
  cerebras: 'cerebras',
  moonshot: 'moonshotai',
  zai: 'zai',
  fireworks: 'fireworks',
  azure: 'azure',
  bedrock: 'aws',
  'bedrock-anthropic': 'aws',
  baseten: 'baseten',
  cloudflare: 'cloudflare',
  minimax: 'minimax',
  novita: 'novita',
  ovhcloud: 'ovhcloud',
  zhipu: 'zhipuai',
}

const BUCKETS: Readonly<Record<string, keyof TokenPrices>> = {
  input_mtok: 'input',
  cache_read_mtok: 'cacheRead',
  // the plain write price is that of the short life: 5 minutes at Anthropic, 30 at OpenAI, which has only one
  cache_write_mtok: 'cacheWrite5m',
  cache_write_1h_mtok: 'cacheWrite1h',
  output_mtok: 'output',
  output_reasoning_mtok: 'reasoning',
  input_audio_mtok: 'audioInput',
  cache_audio_read_mtok: 'audioCacheRead',
  output_audio_mtok: 'audioOutput',
  input_image_mtok: 'imageInput',
  output_image_mtok: 'imageOutput',
}

/** By the piece, in thousands. */
const PIECES: Readonly<Record<string, keyof CallPrices>> = {
  web_searches_kcount: 'webSearch',
  // Perplexity asks less for a smaller search; the list has the most it asks: https://docs.perplexity.ai/getting-started/pricing
  requests_kcount: 'requestAtMost',
}

/** Charged beside the tokens, which stay right, and counted by nobody here. */
const BESIDE_TOKENS: Readonly<Record<string, CatalogMessage>> = {
  storage_searches_kcount: { code: 'file-searches-apart' },
  cache_image_read_mtok: { code: 'cached-pictures-apart' },
}

/**
 * @param fetched a newer list by the package's own update channel, in place of the one inside the package; its shape is checked by the package
 * @throws Error when it is no list
 */
export async function loadGenaiPrices(fetched?: { readonly data: unknown; readonly asOf: string }): Promise<PriceBook> {
  const list = await import('@pydantic/genai-prices')
  // first, while the package still holds its own
  shipped ??= bookOver(list, { asOf: GENAI_PRICES.publishedOn, recordedBy: `@pydantic/genai-prices ${GENAI_PRICES.version}` })
  if (fetched === undefined) return shipped
  list.updatePrices(({ setProviderData }) => setProviderData(fetched.data as Provider[]))
  return bookOver(list, { asOf: fetched.asOf, recordedBy: `@pydantic/genai-prices, fetched on ${fetched.asOf}` })
}

let shipped: PriceBook | undefined

interface Edition {
  readonly asOf: string
  readonly recordedBy: string
}

function bookOver({ calcPrice, findProvider }: typeof import('@pydantic/genai-prices'), edition: Edition): PriceBook {
  const shelves = new Map(
    [...LISTED.map((id) => [id, id] as const), ...Object.entries(PRICED)].map(([id, theirs]): [ProviderId, Shelf] => {
      const provider = findProvider({ providerId: theirs })
      if (provider === undefined) throw new Error(`@pydantic/genai-prices has no provider ${theirs}`)
      const shelf = shelve(provider, edition)
      // what embeds is called the same everywhere
      return [id, id in PRICED ? { ...shelf, offered: shelf.offered.filter((model) => kindOfName(model.id) === 'embedding') } : shelf]
    }),
  )
  return {
    models: (provider) => shelves.get(provider)?.offered ?? [],
    find: (provider, model) => {
      const shelf = shelves.get(provider)
      if (shelf === undefined) return undefined
      const exact = shelf.byId.get(model)
      if (exact) return exact
      // the package knows which dated and alternative names mean the same model; its arithmetic is not used
      const info = calcPrice({}, model, { provider: shelf.provider })?.model
      return info && shelf.byId.get(info.id)
    },
  }
}

interface Shelf {
  readonly provider: Provider
  readonly offered: readonly BookModel[]
  readonly byId: ReadonlyMap<string, BookModel>
}

function shelve(provider: Provider, edition: Edition): Shelf {
  const byInfo = new Map(
    // what Vertex charges for Claude is no price of the Gemini API
    provider.models
      .filter((info) => !(provider.id === 'google' && info.id.startsWith('claude-')))
      .map((info) => [info, bookModel(provider, info, edition)] as const),
  )
  return {
    provider,
    offered: [...byInfo].flatMap(([info, model]) =>
      info.deprecated !== true && (isOffered(provider.id, info.id) || kindOfName(info.id) === 'embedding') ? [model] : [],
    ),
    byId: new Map([...byInfo.values()].map((model) => [model.id, model])),
  }
}

function bookModel(provider: Provider, info: ModelInfo, edition: Edition): BookModel {
  const source = `${provider.pricing_urls?.[0] ?? provider.name}, as recorded by ${edition.recordedBy}`
  const known = new Map<ModelPrice, Pricing>()
  return {
    id: info.id,
    name: info.name ?? info.id,
    context: info.context_window,
    pricing: (at) => {
      if (!Array.isArray(info.prices)) return remembered(known, info.prices, () => convert(info, info.prices as ModelPrice, [], { source, asOf: edition.asOf }))
      const { prices } = info
      const inForceNow = inForce(prices, at)
      if (inForceNow === undefined) return unpriced({ code: 'no-price-yet' })
      return remembered(known, inForceNow, () => convert(info, inForceNow, hourly(prices), { source, asOf: edition.asOf }))
    },
    ...(Array.isArray(info.prices) && { history: () => historyOf(info, info.prices as ConditionalPrice[], { source, asOf: edition.asOf }) }),
  }
}

/** The last entry whose start has come; an entry without a start has always been in force. Starts are midnight UTC. */
function inForce(entries: readonly ConditionalPrice[], at: Ms): ModelPrice | undefined {
  return entries.findLast(({ constraint }) => constraint === undefined || (constraint.type === 'start_date' && Date.parse(constraint.start_date) <= at))?.prices
}

function historyOf(info: ModelInfo, entries: readonly ConditionalPrice[], origin: Origin): readonly DatedPrice[] {
  const dated = entries.flatMap(({ constraint, prices }) => {
    if (constraint !== undefined && constraint.type !== 'start_date') return []
    const { price } = convert(info, prices, [], origin)
    return price === undefined ? [] : [{ since: constraint?.start_date, price }]
  })
  return dated.length > 1 ? dated : []
}

interface Hourly {
  readonly from: number
  readonly to: number
  readonly prices: ModelPrice
}

function hourly(entries: readonly ConditionalPrice[]): readonly Hourly[] {
  return entries.flatMap(({ constraint, prices }) =>
    constraint?.type === 'time_of_date' ? [{ from: minutes(constraint.start_time), to: minutes(constraint.end_time), prices }] : [],
  )
}

/** `16:30:00Z` as minutes since midnight UTC. */
function minutes(time: string): number {
  const [hours = '0', rest = '0'] = time.split(':')
  return Number(hours) * 60 + Number(rest)
}

type Origin = Pick<Prices, 'source' | 'asOf'>

type Mutable<Of> = { -readonly [Name in keyof Of]: Of[Name] }

function convert(info: ModelInfo, prices: ModelPrice, hours: readonly Hourly[], origin: Origin): Pricing {
  const notes = new Notes()
  if (/imported from openrouter/i.test(info.price_comments ?? '')) notes.add({ code: 'taken-from-openrouter' })
  const entries = entriesOf(prices)
  if (entries.length === 0) return saysFree(info) ? free(origin) : unpriced({ code: 'named-without-price' })

  const starts = new Set<number>()
  const perCall: Mutable<CallPrices> = {}
  for (const { key, price } of entries) {
    const piece = PIECES[key]
    if (key in BUCKETS) {
      if (typeof price !== 'number') for (const tier of price.tiers) starts.add(tier.start)
    } else if (piece !== undefined && typeof price === 'number') {
      // dollars a thousand are milli-dollars a piece
      const nano = microUsd(price)
      if (nano === undefined) notes.add({ code: 'not-whole', key, usd: price, unit: 'nano-USD' })
      else perCall[piece] = nano
    } else if (BESIDE_TOKENS[key]) {
      notes.add(BESIDE_TOKENS[key])
    } else {
      return unpriced({ code: 'charged-otherwise', key })
    }
  }
  if (perCall.requestAtMost !== undefined) notes.add({ code: 'fee-untold' })

  const tiers = [...starts]
    .sort((first, second) => first - second)
    .map((start) => ({ overInputTokens: start, microUsdPerMillion: pricesAbove(entries, start, notes) }))
  const price: Prices = {
    ...origin,
    microUsdPerMillion: pricesAbove(entries, -1, notes),
    ...(tiers.length === 0 ? {} : { tiers }),
    ...(hours.length === 0
      ? {}
      : { hours: hours.map(({ from, to, prices: then }) => ({ from, to, microUsdPerMillion: pricesAbove(entriesOf(then), -1, notes) })) }),
    ...(Object.keys(perCall).length === 0 ? {} : { perCall }),
  }
  return { price, notes: notes.all }
}

/** Each is noted once, however many tiers it holds for. */
class Notes {
  readonly #noted = new Map<string, CatalogMessage>()

  add(note: CatalogMessage): void {
    this.#noted.set(JSON.stringify(note), note)
  }

  get all(): readonly CatalogMessage[] {
    return [...this.#noted.values()]
  }
}

type Entry = { readonly key: string; readonly price: Exclude<ModelPrice[string], undefined> }

function entriesOf(prices: ModelPrice): readonly Entry[] {
  return Object.entries(prices).flatMap(([key, price]) => (price === undefined ? [] : [{ key, price }]))
}

function pricesAbove(entries: readonly Entry[], inputTokens: number, notes: Notes): TokenPrices {
  const found: Mutable<TokenPrices> = {}
  for (const { key, price } of entries) {
    const bucket = BUCKETS[key]
    if (bucket === undefined) continue
    const usd =
      typeof price === 'number'
        ? price
        : (price.tiers
            .filter(({ start }) => start <= inputTokens)
            .sort(byStart)
            .at(-1)?.price ?? price.base)
    const micro = microUsd(usd)
    if (micro === undefined) notes.add({ code: 'not-whole', key, usd, unit: 'micro-USD' })
    else found[bucket] = micro
  }
  return found
}

/**
 * Dollars per million tokens as whole micro-USD, by moving the decimal point of the written number, so that no binary fraction comes in.
 * undefined when more than six decimals are left.
 */
export function microUsd(usd: number): number | undefined {
  const written = /^(\d+)(?:\.(\d{1,6}))?$/.exec(String(usd))
  if (!written) return undefined
  const [, whole = '', decimals = ''] = written
  return Number(whole + decimals.padEnd(6, '0'))
}

/** No prices at all means free of charge only where the source says so in words. */
function saysFree(info: ModelInfo): boolean {
  return /\bfree\b/i.test(`${info.id} ${info.name ?? ''} ${info.price_comments ?? ''}`)
}

function free(origin: Origin): Pricing {
  const nothing = { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0 }
  return {
    price: { ...origin, microUsdPerMillion: nothing },
    notes: [{ code: 'free-offer' }],
  }
}

function unpriced(why: CatalogMessage): Pricing {
  return { price: undefined, notes: [why] }
}

function byStart(first: { readonly start: number }, second: { readonly start: number }): number {
  return first.start - second.start
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const before = known.get(key)
  if (before !== undefined) return before
  const made = make()
  known.set(key, made)
  return made
}
