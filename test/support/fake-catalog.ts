/** The catalogue's half of the fake API: corrections are remembered, nothing is fetched. */

import type { CatalogStatus, modelsApi } from '../../shared/api/models.ts'
import type { ModelRow, providersApi } from '../../shared/api/providers.ts'
import type { Handlers } from '../../shared/contract.ts'
import type { CatalogMessage } from '../../shared/messages/catalog.ts'
import { EMPTY_MODELS, type ModelsConfig } from '../../shared/models-config.ts'
import { ZERO_USD } from '../../shared/money.ts'
import type { Prices } from '../../shared/routing.ts'

export function fakeCatalog(
  now: () => number,
  rows: readonly ModelRow[],
  changed: () => void,
  slowListMs: number,
): Handlers<typeof modelsApi> & Pick<Handlers<typeof providersApi>, 'models.list'> {
  let own: ModelsConfig = EMPTY_MODELS
  let held: CatalogStatus['held'] = [{ endpoint: 'bench/breaks', before: madeUp(2, 8), after: madeUp(40, 160) }]
  let fetchedAt: number | undefined
  let progress: CatalogStatus['progress']
  let stop = (): void => undefined
  const status = (): CatalogStatus => ({
    sources: [
      { name: '@pydantic/genai-prices', asOf: '2026-09-23', fetchedAt, models: undefined, failure: undefined },
      {
        name: 'openai',
        asOf: '2026-11-20',
        fetchedAt: now() - 432_000_000,
        models: 93,
        failure: { code: 'list-status', status: 500 } satisfies CatalogMessage,
      },
    ],
    held,
    refreshing: progress !== undefined,
    progress,
    notAsked: [{ name: 'azure', why: { en: 'Its list names base models.', de: 'Die Liste nennt Basismodelle.' } }],
    own,
    fileProblem: undefined,
  })
  const change = (next: ModelsConfig): CatalogStatus => {
    own = next
    changed()
    return status()
  }
  const without = <Value>(record: Readonly<Record<string, Value>>, name: string): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))
  return {
    'models.list': () => [...rows.map((row) => corrected(row, own)), ...own.models.map(rowOf)],
    'catalog.status': status,
    // the price list answers at once; the provider takes until it is told to stop, or its time
    'catalog.refresh': async () => {
      progress = { done: 1, total: 2, asking: ['openai'] }
      changed()
      await new Promise<void>((resolve) => {
        stop = resolve
        setTimeout(resolve, slowListMs)
      })
      progress = undefined
      fetchedAt = now()
      changed()
      return status()
    },
    'catalog.cancelRefresh': () => {
      stop()
      return status()
    },
    'catalog.decideHeld': ({ endpoint }) => {
      held = held.filter((each) => each.endpoint !== endpoint)
      return status()
    },
    'models.setPrice': ({ endpoint, price }) =>
      change({ ...own, prices: price === null ? without(own.prices, endpoint) : { ...own.prices, [endpoint]: price } }),
    'models.setDiscount': ({ of, percent }) =>
      change({ ...own, discounts: percent === null ? without(own.discounts, of) : { ...own.discounts, [of]: percent } }),
    'models.addOwn': (model) => change({ ...own, models: [...own.models, model] }),
    'models.removeOwn': ({ endpoint }) => change({ ...own, models: own.models.filter(({ provider, id }) => `${provider}/${id}` !== endpoint) }),
    'models.priceHistory': ({ endpoint }) => {
      const price = rows.find(({ id }) => id === endpoint)?.price
      const listedBefore =
        price === undefined
          ? []
          : [
              { since: '2027-01-01', prices: madeUp(9, 90) },
              { until: '2026-10-01', prices: price },
            ]
      return {
        current: price,
        listed: price,
        notes: [],
        listedBefore,
        versions: price === undefined ? [] : [{ id: 'v1', since: now() - 864_000_000, prices: price }],
      }
    },
    'models.measured': () => ({ since: now() - 604_800_000, requests: 42, firstEventMs: 380, slowFirstEventMs: 1_240, tokensPerSecond: 71.4 }),
    'models.reprice': () => ({ rows: 0, before: ZERO_USD, after: ZERO_USD }),
  }
}

function madeUp(input: number, output: number): Prices {
  return { asOf: '2026-11-20', source: 'made up for tests', microUsdPerMillion: { input: input * 1e6, output: output * 1e6 } }
}

function corrected(row: ModelRow, { prices }: ModelsConfig): ModelRow {
  const { input = 0, output = 0 } = prices[row.id] ?? {}
  return prices[row.id] === undefined ? row : { ...row, price: madeUp(input, output), priceIs: 'yours' }
}

function rowOf({ provider, id, name, context }: ModelsConfig['models'][number]): ModelRow {
  return {
    id: `${provider}/${id}`,
    name: name ?? id,
    provider,
    providerName: provider,
    context,
    price: undefined,
    can: undefined,
    runsLocally: false,
    simulated: false,
    usable: true,
    unusableBecause: undefined,
  }
}
