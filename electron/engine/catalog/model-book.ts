/**
 * All sources as one book. For a price: the price list where it has the very name, since it knows history, hours, sound and searches; then the model facts;
 * then the price list's other names. At hosts of other people's models the facts come first: there prices move with the hosts, and the facts are fresher.
 */
import type { Ms, ProviderId } from '../../../shared/ids.ts'
import type { Prices, TokenPrices } from '../../../shared/routing.ts'
import { factsOf, loadFactsBook } from './facts-book.ts'
import { loadGenaiPrices } from './genai-prices.ts'
import type { BookModel, PriceBook, Pricing } from './price-book.ts'
import { serviceTiersOf, type ToldTiers } from './service-tiers.ts'

const MOVING_PRICES: ReadonlySet<ProviderId> = new Set(['openrouter', 'huggingface', 'vercel', 'bedrock', 'bedrock-anthropic'])

/** Whose prices stand in the list under another name: it has one provider for both of Google's APIs, and names both of their price pages. */
const LISTED_AS: Readonly<Record<ProviderId, ProviderId>> = { vertex: 'google' }

/** @param fetched a newer price list in place of the one that came with the app. @throws Error when it is none */
export async function loadModelBook(fetched?: { readonly data: unknown; readonly asOf: string }): Promise<PriceBook> {
  const prices = await loadGenaiPrices(fetched)
  const alsoKnown = prices.models('openrouter').map(({ id }) => ({ provider: 'openrouter', model: id }))
  return joined(prices, await loadFactsBook(alsoKnown))
}

export function joined(list: PriceBook, facts: PriceBook): PriceBook {
  const prices: PriceBook = { ...list, find: (provider, model) => list.find(LISTED_AS[provider] ?? provider, model) }
  const known = new Map<ProviderId, Map<string, BookModel>>()
  const find = (provider: ProviderId, model: string): BookModel | undefined => {
    const ofProvider = known.get(provider)
    const before = ofProvider?.get(model)
    if (before !== undefined) return before
    const described = facts.find(provider, model)
    // looking for alternative names goes through all of a list, and here it would seldom be used
    const priced = described !== undefined && MOVING_PRICES.has(provider) ? undefined : prices.find(provider, model)
    if (priced === undefined && described === undefined) return undefined
    // an alternative name has the facts of the name it stands for
    const made = join(provider, model, priced, described ?? (priced && facts.find(provider, priced.id)), () => prices.find(provider, model))
    if (ofProvider === undefined) known.set(provider, new Map([[model, made]]))
    else ofProvider.set(model, made)
    return made
  }
  return {
    models: (provider) => {
      const ids = new Set([...prices.models(provider), ...facts.models(provider)].map(({ id }) => id))
      return [...ids].flatMap((id) => find(provider, id) ?? [])
    },
    find,
    ...(facts.names !== undefined && { names: facts.names }),
  }
}

function join(
  provider: ProviderId,
  model: string,
  priced: BookModel | undefined,
  described: BookModel | undefined,
  lookUp: () => BookModel | undefined,
): BookModel {
  const isExact = priced?.id === model
  const isDescribed = described?.id === model
  const ordered = (at: Ms): readonly (BookModel | undefined)[] => {
    if (!isDescribed || (isExact && !MOVING_PRICES.has(provider))) return [priced, described]
    // a dated name at the price of its plain one: then what the list says beyond that holds for it too
    return !MOVING_PRICES.has(provider) && isSameBase(priced?.pricing(at).price, described?.pricing(at).price) ? [priced, described] : [described, priced]
  }
  return {
    id: isExact || described?.id === model ? model : (priced?.id ?? model),
    name: priced?.name ?? described?.name ?? model,
    context: described?.context ?? priced?.context,
    output: described?.output,
    facts: described?.facts ?? factsOf(provider, model, undefined, undefined),
    history: () => priced?.history?.() ?? [],
    pricing: (at) => {
      const [first, second] = ordered(at)
      const best = bestOf(first?.pricing(at), () => (second ?? lookUp())?.pricing(at))
      // an alternative name of the list may be another model of the family, which costs the same but for what is cached
      const own = isDescribed && !isExact && first === priced ? described?.pricing(at).price : undefined
      const found = own === undefined || best.price === undefined ? best : { ...best, price: laidOver(best.price, own) }
      // price lists know nothing of classes of service
      return found.price === undefined || found.price.serviceTiers !== undefined
        ? found
        : { ...found, price: withTiers(provider, model, found.price, described?.tiers ?? {}) }
    },
  }
}

function bestOf(best: Pricing | undefined, next: () => Pricing | undefined): Pricing {
  if (best?.price !== undefined) return best
  const other = next()
  return other?.price !== undefined || best === undefined ? (other ?? { price: undefined, notes: [] }) : best
}

/** The price with the other's own figures in it, which are of this very name; the same object where that changes nothing. */
function laidOver(price: Prices, own: Prices): Prices {
  const theirs: TokenPrices = price.microUsdPerMillion
  const buckets = Object.entries(own.microUsdPerMillion) as [keyof TokenPrices, number][]
  if (price.tiers !== undefined || buckets.every(([bucket, figure]) => theirs[bucket] === figure)) return price
  return { ...price, source: `${price.source}; ${own.source}`, microUsdPerMillion: { ...theirs, ...own.microUsdPerMillion } }
}

function isSameBase(first: Prices | undefined, second: Prices | undefined): boolean {
  return (
    first !== undefined &&
    second !== undefined &&
    (['input', 'output'] as const).every((bucket) => first.microUsdPerMillion[bucket] === second.microUsdPerMillion[bucket])
  )
}

const merged = new WeakMap<Prices, Map<string, Prices>>()

/** Made once for each model and price, since the same one is asked for again and again. */
function withTiers(provider: ProviderId, model: string, price: Prices, tiers: ToldTiers): Prices {
  const ofPrice = merged.get(price) ?? new Map<string, Prices>()
  merged.set(price, ofPrice)
  const before = ofPrice.get(`${provider}/${model}`)
  if (before !== undefined) return before
  const serviceTiers = serviceTiersOf(provider, model, price.microUsdPerMillion, tiers)
  const made = serviceTiers === undefined ? price : { ...price, serviceTiers }
  ofPrice.set(`${provider}/${model}`, made)
  return made
}
