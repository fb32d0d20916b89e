/** How many models the catalogue has and how much it knows of them, by provider. */
import { createCatalog } from '../../electron/engine/catalog/catalog.ts'
import { loadModelBook } from '../../electron/engine/catalog/model-book.ts'
import { builtInProviders, providersWith } from '../../electron/engine/providers/registry.ts'
import type { EndpointId } from '../../shared/ids.ts'
import type { ModelKind } from '../../shared/models.ts'
import type { Endpoint } from '../../shared/routing.ts'

export const FIELDS = {
  context: ({ limits }) => limits.context !== undefined,
  output: ({ limits }) => limits.output !== undefined,
  'input modalities': ({ facts }) => facts?.inputModalities !== undefined,
  'output modalities': ({ facts }) => facts?.outputModalities !== undefined,
  tools: ({ facts }) => facts?.abilities.tools !== undefined,
  'parallel tools': ({ facts }) => facts?.abilities['parallel-tools'] !== undefined,
  'JSON schema': ({ facts }) => facts?.abilities['json-schema'] !== undefined,
  reasoning: ({ facts }) => facts?.abilities.reasoning !== undefined,
  efforts: ({ facts }) => facts?.efforts !== undefined,
  'prompt caching': ({ facts }) => facts?.abilities['prompt-caching'] !== undefined,
  'cache minimum': ({ facts }) => facts?.cacheMinimum !== undefined,
  streaming: ({ facts }) => facts?.abilities.streaming !== undefined,
  cutoff: ({ facts }) => facts?.cutoff !== undefined,
  'open weights': ({ facts }) => facts?.openWeights !== undefined,
  deprecation: ({ facts }) => facts?.deprecated !== undefined,
  canonical: ({ canonical }) => canonical !== undefined,
  'price: input': ({ price }) => price?.microUsdPerMillion.input !== undefined,
  'price: output': ({ price }) => price?.microUsdPerMillion.output !== undefined,
  'price: cache read': ({ price }) => price?.microUsdPerMillion.cacheRead !== undefined,
  'price: cache write 5 m': ({ price }) => price?.microUsdPerMillion.cacheWrite5m !== undefined,
  'price: cache write 1 h': ({ price }) => price?.microUsdPerMillion.cacheWrite1h !== undefined,
  'price: reasoning apart': ({ price }) => price?.microUsdPerMillion.reasoning !== undefined,
  'price: audio in': ({ price }) => price?.microUsdPerMillion.audioInput !== undefined,
  'price: audio out': ({ price }) => price?.microUsdPerMillion.audioOutput !== undefined,
  'price: image in': ({ price }) => price?.microUsdPerMillion.imageInput !== undefined,
  'price: image out': ({ price }) => price?.microUsdPerMillion.imageOutput !== undefined,
  'price: request': ({ price }) => (price?.perCall?.request ?? price?.perCall?.requestAtMost) !== undefined,
  'price: web search': ({ price }) => price?.perCall?.webSearch !== undefined,
  'price: by prompt length': ({ price }) => price?.tiers !== undefined,
  'price: by hour': ({ price }) => price?.hours !== undefined,
  'price: batch': ({ price }) => price?.serviceTiers?.batch !== undefined,
  'price: flex': ({ price }) => price?.serviceTiers?.flex !== undefined,
  'price: priority': ({ price }) => price?.serviceTiers?.priority !== undefined,
} as const satisfies Readonly<Record<string, (endpoint: Endpoint) => boolean>>

export type Field = keyof typeof FIELDS

const PRICED_APART = ['price: audio in', 'price: audio out', 'price: image in', 'price: image out'] as const satisfies readonly Field[]
export type PricedApart = (typeof PRICED_APART)[number]

/** Names in the price list of models that are made for sound and pictures. */
const MEDIA_MODELS: readonly EndpointId[] = [
  ...[
    'gpt-audio',
    'gpt-audio-mini',
    'gpt-realtime',
    'gpt-realtime-mini',
    'gpt-realtime-2',
    'gpt-image-1',
    'gpt-image-1-mini',
    'gpt-image-1.5',
    'gpt-image-2',
  ].map((model) => `openai/${model}`),
  ...['gemini-2.5-flash-image', 'gemini-3-pro-image-preview', 'gemini-3.1-flash-image-preview', 'gemini-3.1-flash-lite-image', 'gemini-live-2.5-flash'].map(
    (model) => `google/${model}`,
  ),
  ...['amazon.nova-sonic-v1:0', 'amazon.nova-2-sonic-v1:0'].map((model) => `bedrock/${model}`),
]

export interface Coverage {
  readonly providers: readonly { readonly id: string; readonly chat: number; readonly other: number; readonly priced: number }[]
  readonly chatEndpoints: number
  /** Different models, whoever hosts them. */
  readonly chatModels: number
  readonly embeddings: number
  /** Models with at least two hosts among the built-in providers. */
  readonly withSeveralHosts: number
  readonly fields: Readonly<Record<Field, number>>
  /** Models whose sound or pictures have a price; few of them are for conversations, so most are priced when they are asked for by name. */
  readonly priced: Readonly<Record<PricedApart, number>>
  /** Prices without source or date. */
  readonly unsourced: number
}

/** @param at the moment of which prices are told */
export async function catalogCoverage(at: number): Promise<Coverage> {
  const catalog = createCatalog({ providers: providersWith([]), now: () => at, loadPrices: () => loadModelBook() })
  await catalog.ready()
  const chat = catalog.endpoints().filter(({ simulated }) => !simulated)
  const others = catalog.otherEndpoints()
  const isOf = (id: string) => (endpoint: Endpoint) => endpoint.provider === id
  const models = new Set(chat.map(({ canonical, id }) => canonical ?? id))
  const hosts = Map.groupBy(chat, ({ canonical, id }) => canonical ?? id)
  return {
    providers: builtInProviders
      .map(({ id }) => {
        const own = chat.filter(isOf(id))
        return { id, chat: own.length, other: others.filter(isOf(id)).length, priced: own.filter(FIELDS['price: input']).length }
      })
      .filter((provider) => provider.chat + provider.other > 0),
    chatEndpoints: chat.length,
    chatModels: models.size,
    embeddings: others.filter(({ facts }) => facts?.kind === ('embedding' satisfies ModelKind)).length,
    withSeveralHosts: [...hosts.values()].filter((group) => new Set(group.map(({ provider }) => provider)).size > 1).length,
    fields: Object.fromEntries(Object.entries(FIELDS).map(([name, has]) => [name, chat.filter(has).length])) as Record<Field, number>,
    priced: Object.fromEntries(
      PRICED_APART.map((name) => {
        const named = MEDIA_MODELS.filter((id) => {
          const price = catalog.priceOf(id)
          return price !== undefined && FIELDS[name]({ price } as Endpoint)
        })
        return [name, chat.filter(FIELDS[name]).length + named.length]
      }),
    ) as Record<PricedApart, number>,
    unsourced: [...chat, ...others].filter(({ price }) => price !== undefined && (price.source === '' || !/^\d{4}-\d{2}-\d{2}$/.test(price.asOf))).length,
  }
}
