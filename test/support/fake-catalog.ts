/** The catalogue's half of the fake API: corrections are remembered, nothing is fetched. */
import type { CatalogStatus, modelsApi } from '../../shared/api/models.ts'
import type { Handlers } from '../../shared/contract.ts'
import { EMPTY_MODELS, type ModelsConfig } from '../../shared/models-config.ts'
import { ZERO_USD } from '../../shared/money.ts'
import { MODELS } from './fake-models.ts'

export function fakeCatalog(now: () => number): Handlers<typeof modelsApi> {
  let own: ModelsConfig = EMPTY_MODELS
  let fetchedAt: number | undefined
  const status = (): CatalogStatus => ({
    sources: [{ name: '@pydantic/genai-prices', asOf: '2026-09-23', fetchedAt, models: undefined, failure: undefined }],
    held: [],
    refreshing: false,
    own,
    fileProblem: undefined,
  })
  const change = (next: ModelsConfig): CatalogStatus => {
    own = next
    return status()
  }
  const without = <Value>(record: Readonly<Record<string, Value>>, name: string): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))
  return {
    'catalog.status': status,
    'catalog.refresh': () => {
      fetchedAt = now()
      return status()
    },
    'catalog.decideHeld': status,
    'models.setPrice': ({ endpoint, price }) =>
      change({ ...own, prices: price === null ? without(own.prices, endpoint) : { ...own.prices, [endpoint]: price } }),
    'models.setDiscount': ({ of, percent }) =>
      change({ ...own, discounts: percent === null ? without(own.discounts, of) : { ...own.discounts, [of]: percent } }),
    'models.addOwn': (model) => change({ ...own, models: [...own.models, model] }),
    'models.removeOwn': ({ endpoint }) => change({ ...own, models: own.models.filter(({ provider, id }) => `${provider}/${id}` !== endpoint) }),
    'models.priceHistory': ({ endpoint }) => {
      const price = MODELS.find(({ id }) => id === endpoint)?.price
      return { current: price, listed: price, notes: [], versions: [] }
    },
    'models.reprice': () => ({ rows: 0, before: ZERO_USD, after: ZERO_USD }),
  }
}
