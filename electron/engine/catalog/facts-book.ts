/** The generated model facts as a book: limits, modalities, abilities, cutoff, and prices for the many hosts that no price list has. */

import type { ProviderId } from '../../../shared/ids.ts'
import type { CatalogMessage } from '../../../shared/messages/catalog.ts'
import type { Ability, ModelFacts } from '../../../shared/models.ts'
import type { Prices, ServiceTier, TokenPrices } from '../../../shared/routing.ts'
import { CanonicalNames, type HostedName } from './canonical.ts'
import { type FactPrice, type FactRow, readFactRows } from './facts/fact-row.ts'
import { CACHE_MINIMUM, FAMILY_ABILITIES, rulesFor } from './facts/known-rules.ts'
import { FACT_PACKAGES } from './facts/packages.ts'
import { microUsd } from './genai-prices.ts'
import { kindOfName } from './kind-of-name.ts'
import { isOffered } from './offered.ts'
import type { BookModel, PriceBook, Pricing } from './price-book.ts'
import { serviceTiersOf, type ToldTiers } from './service-tiers.ts'

/** Providers of ours that serve a part of what another one in the facts does. */
const SHARED_ROWS: Readonly<Record<ProviderId, { readonly rowsOf: ProviderId; readonly models: RegExp }>> = {
  'bedrock-anthropic': { rowsOf: 'bedrock', models: /anthropic\./ },
  'vertex-anthropic': { rowsOf: 'vertex', models: /^claude-/ },
}

/** Here names are the user's own deployments: what the facts know of a name holds, but it is not known to be there. */
const NOT_LISTED: ReadonlySet<ProviderId> = new Set(['azure'])

const PRICE_SOURCE = `${FACT_PACKAGES.pi.name} ${FACT_PACKAGES.pi.version}`
const FACT_SOURCES = [
  ...new Set(Object.values(FACT_PACKAGES).map(({ name, version }) => `${name.startsWith('@langchain/') ? '@langchain/*' : `${name} ${version}`}`)),
]

/** What a model has wherever it runs; the rest depends on its host too. */
const OF_THE_MODEL: ReadonlySet<Ability> = new Set(['reasoning'])

/** @param alsoKnown names of models that other sources know, for telling models apart */
export async function loadFactsBook(alsoKnown: readonly HostedName[] = []): Promise<PriceBook> {
  const { MODEL_FACTS } = await import('./facts/model-facts.ts')
  return factsBook(readFactRows(MODEL_FACTS), alsoKnown)
}

export function factsBook(rows: readonly FactRow[], alsoKnown: readonly HostedName[] = []): PriceBook {
  const byProvider = Map.groupBy(rows, ({ provider }) => provider)
  const byId = new Map<string, BookModel>()
  const names = new CanonicalNames(
    [...rows.filter(({ kind }) => kind === undefined || kind === 'embedding'), ...alsoKnown],
    rows.flatMap(({ provider, model, snapshot }) => (snapshot === undefined ? [] : [{ provider, model, snapshot }])),
  )
  const described = new Map<string, FactRow>()
  for (const row of rows) {
    const key = names.keyOf(row)
    if (key === undefined) continue
    const before = described.get(key)
    // the vendor's own row says most of its model, and stands before its hosts' only by chance
    described.set(key, before === undefined ? row : (before.can?.length ?? 0) < (row.can?.length ?? 0) ? bothSay(row, before) : bothSay(before, row))
  }
  const rowsFor = (provider: ProviderId): readonly FactRow[] => {
    const shared = SHARED_ROWS[provider]
    return shared === undefined ? (byProvider.get(provider) ?? []) : (byProvider.get(shared.rowsOf) ?? []).filter(({ model }) => shared.models.test(model))
  }
  const bookModel = (provider: ProviderId, row: FactRow): BookModel => {
    const id = `${provider}/${row.model}`
    const before = byId.get(id)
    if (before !== undefined) return before
    const key = names.keyOf({ provider, model: row.model })
    const made = toBookModel(provider, row, key === undefined ? undefined : described.get(key))
    byId.set(id, made)
    return made
  }
  const index = new Map<ProviderId, ReadonlyMap<string, FactRow>>()
  const indexOf = (provider: ProviderId): ReadonlyMap<string, FactRow> => {
    const before = index.get(provider)
    if (before !== undefined) return before
    const made = new Map(rowsFor(provider).map((row) => [row.model, row]))
    index.set(provider, made)
    return made
  }
  return {
    models: (provider) =>
      NOT_LISTED.has(provider)
        ? []
        : rowsFor(provider)
            .filter(({ kind, retired, model }) => retired !== true && (kind === 'embedding' || (kind === undefined && isOffered(provider, model))))
            .map((row) => bookModel(provider, row)),
    find: (provider, model) => {
      const row = indexOf(provider).get(model)
      return row === undefined ? undefined : bookModel(provider, row)
    },
    names,
  }
}

/** The first row, and of the second what is the model's own wherever it runs and the first does not say. */
function bothSay(first: FactRow, second: FactRow): FactRow {
  const cutoff = first.cutoff ?? second.cutoff
  const open = first.open ?? second.open
  const efforts = first.efforts ?? second.efforts
  const outputs = longest(first.out, second.out)
  return {
    ...first,
    ...(cutoff !== undefined && { cutoff }),
    ...(open !== undefined && { open }),
    ...(efforts !== undefined && { efforts }),
    ...(outputs !== undefined && { out: outputs }),
  }
}

function toBookModel(provider: ProviderId, row: FactRow, described: FactRow | undefined): BookModel {
  const pricing = pricingOf(provider, row)
  return {
    id: row.model,
    name: row.name ?? row.model,
    context: row.context,
    output: row.output,
    facts: factsOf(provider, row.model, row, described),
    tiers: toldTiers(row),
    pricing: () => pricing,
  }
}

/** What is known of a model at a provider: from its row, then from the row of the same model at another host, then from what holds for its family. */
export function factsOf(provider: ProviderId, model: string, row: FactRow | undefined, elsewhere: FactRow | undefined): ModelFacts {
  const abilities: Partial<Record<Ability, boolean>> = {}
  for (const { can } of rulesFor(FAMILY_ABILITIES, provider, model)) for (const ability of can) abilities[ability] = true
  for (const ability of elsewhere?.can ?? []) if (OF_THE_MODEL.has(ability)) abilities[ability] = true
  for (const ability of row?.can ?? []) abilities[ability] = true
  for (const ability of row?.cannot ?? []) if (abilities[ability] !== true) abilities[ability] = false
  return {
    kind: row?.kind ?? kindOfName(model) ?? 'chat',
    inputModalities: longest(row?.in, elsewhere?.in),
    outputModalities: longest(row?.out, elsewhere?.out),
    abilities,
    efforts: row?.efforts ?? elsewhere?.efforts,
    cacheMinimum: rulesFor(CACHE_MINIMUM, provider, model).at(-1)?.tokens,
    cutoff: row?.cutoff ?? elsewhere?.cutoff,
    openWeights: row?.open ?? elsewhere?.open,
    deprecated: row?.deprecated ?? (row === undefined ? undefined : false),
    snapshot: row?.snapshot,
    sources: FACT_SOURCES,
  }
}

function longest<Value>(first: readonly Value[] | undefined, second: readonly Value[] | undefined): readonly Value[] | undefined {
  return (second?.length ?? 0) > (first?.length ?? 0) ? second : first
}

function pricingOf(provider: ProviderId, row: FactRow): Pricing {
  if (row.price === undefined) return { price: undefined, notes: [{ code: 'unpriced-model' }] }
  const notes: CatalogMessage[] = []
  const standard = tokenPrices(row.price, notes)
  const tiers = (row.tiers ?? []).map(([overInputTokens, ...price]) => ({ overInputTokens, microUsdPerMillion: tokenPrices(price, notes) }))
  const serviceTiers = serviceTiersOf(provider, row.model, standard, toldTiers(row))
  const price: Prices = {
    asOf: FACT_PACKAGES.pi.publishedOn,
    source: PRICE_SOURCE,
    microUsdPerMillion: standard,
    ...(tiers.length > 0 && { tiers }),
    ...(serviceTiers !== undefined && { serviceTiers }),
  }
  return { price, notes }
}

function toldTiers({ service, batches }: FactRow): ToldTiers {
  if (service === undefined) return { batches }
  const entries = Object.entries(service) as [ServiceTier, FactPrice][]
  return { batches, told: Object.fromEntries(entries.map(([tier, price]) => [tier, tokenPrices(price, [])])) }
}

function tokenPrices([input, output, cacheRead, cacheWrite]: FactPrice, notes: CatalogMessage[]): TokenPrices {
  const found: { -readonly [Bucket in keyof TokenPrices]: number } = {}
  const figures = { input, output, cacheRead, cacheWrite5m: cacheWrite } as const
  for (const [bucket, usd] of Object.entries(figures) as [keyof typeof figures, number | null][]) {
    if (usd === null) continue
    const micro = microUsd(usd)
    if (micro === undefined) notes.push({ code: 'not-whole', key: bucket, usd, unit: 'micro-USD' })
    else found[bucket] = micro
  }
  return found
}
