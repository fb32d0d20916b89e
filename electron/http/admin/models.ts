import type { CatalogStatus, modelsApi } from '../../../shared/api/models.ts'
import { ApiError, type Handlers } from '../../../shared/contract.ts'
import type { Said } from '../../../shared/messages/message.ts'
import { saidBy } from '../../../shared/messages/spoken-error.ts'
import type { ModelsConfig } from '../../../shared/models-config.ts'
import { measure } from '../../engine/ledger/measure.ts'
import { reprice } from '../../engine/ledger/reprice.ts'
import type { AdminStages } from './stages.ts'

export function modelsHandlers(stages: AdminStages): Handlers<typeof modelsApi> {
  const { budgets, catalog, catalogRefresh, live, modelsFile, priceVersions, storage } = stages
  let fileProblem: Said | undefined

  const applyFile = (): void => {
    catalog.setCorrections(modelsFile.corrections(new Date(stages.now()).toISOString().slice(0, 10)))
    live.changed('models')
  }
  const status = async (): Promise<CatalogStatus> => {
    try {
      if (await modelsFile.load()) applyFile()
      fileProblem = undefined
    } catch (thrown) {
      fileProblem = saidBy(thrown)
    }
    const { held, isRunning, progress, notAsked } = catalogRefresh
    return { sources: catalogRefresh.sources(), held, refreshing: isRunning, progress, notAsked, own: modelsFile.config, fileProblem }
  }
  const change = async (edit: (config: ModelsConfig) => ModelsConfig): Promise<CatalogStatus> => {
    try {
      await modelsFile.update(edit)
    } catch (thrown) {
      throw new ApiError('bad-input', saidBy(thrown))
    }
    applyFile()
    return status()
  }

  return {
    'catalog.status': status,
    'catalog.refresh': async () => {
      await catalogRefresh.refresh()
      live.changed('models')
      return status()
    },
    'catalog.cancelRefresh': () => {
      catalogRefresh.cancel()
      return status()
    },
    'catalog.decideHeld': async ({ endpoint, accept }) => {
      if (!catalogRefresh.held.some((held) => held.endpoint === endpoint)) throw new ApiError('not-found', { code: 'none-held', endpoint }, 'endpoint')
      await catalogRefresh.decide(endpoint, accept)
      live.changed('models')
      return status()
    },
    'models.setPrice': ({ endpoint, price }) =>
      change((config) => ({ ...config, prices: price === null ? without(config.prices, endpoint) : { ...config.prices, [endpoint]: price } })),
    'models.setDiscount': ({ of, percent }) =>
      change((config) => ({ ...config, discounts: percent === null ? without(config.discounts, of) : { ...config.discounts, [of]: percent } })),
    'models.addOwn': (model) => {
      const provider = stages.providers().get(model.provider)
      if (provider === undefined) throw new ApiError('not-found', { code: 'no-provider', provider: model.provider }, 'provider')
      if (provider.models !== undefined) throw new ApiError('bad-input', { code: 'own-models-only', provider: provider.name }, 'provider')
      return change((config) => ({ ...config, models: [...config.models.filter(({ provider, id }) => provider !== model.provider || id !== model.id), model] }))
    },
    'models.removeOwn': ({ endpoint }) => {
      if (!modelsFile.config.models.some(({ provider, id }) => `${provider}/${id}` === endpoint))
        throw new ApiError('not-found', { code: 'not-your-model', endpoint }, 'endpoint')
      return change((config) => ({ ...config, models: config.models.filter(({ provider, id }) => `${provider}/${id}` !== endpoint) }))
    },
    'models.priceHistory': async ({ endpoint }) => {
      await catalog.ready()
      const versions = await storage.listPriceVersions(endpoint)
      return {
        current: catalog.priceOf(endpoint),
        listed: catalog.listPriceOf(endpoint),
        notes: catalog.priceNotes(endpoint),
        listedBefore: [
          ...catalog.priceHistory(endpoint).map(({ since, price }) => ({ since, prices: price })),
          ...catalogRefresh.pastPrices(endpoint).map(({ until, price }) => ({ until, prices: price })),
        ].toReversed(),
        versions: versions.map(({ id, since, prices }) => ({ id, since, prices })),
      }
    },
    'models.measured': ({ endpoint }) => measure(endpoint, stages.now(), storage),
    'models.reprice': async ({ endpoint, since }) => {
      await catalog.ready()
      const prices = catalog.priceOf(endpoint)
      if (prices === undefined) throw new ApiError('conflict', { code: 'nobody-knows-price', endpoint }, 'endpoint')
      // rows that wait in memory would be written with their old sum afterwards
      await stages.ledger.flush()
      // what was spent before is read first, or the new sums would be read and added as well
      await budgets.load()
      return reprice({ endpoint, prices, version: priceVersions.versionOf(endpoint, prices), since }, storage, (row, more) => budgets.settle(row, more))
    },
  }
}

function without<Value>(record: Readonly<Record<string, Value>>, name: string): Record<string, Value> {
  const { [name]: _, ...rest } = record
  return rest
}
