import type { embeddersApi } from '../../../shared/api/embedders.ts'
import { ApiError, type Handlers } from '../../../shared/contract.ts'
import type { LocalModelSummary } from '../../../shared/local-models.ts'
import type { ModelOffer } from '../../engine/cache/semantic/embedders/models.ts'
import type { AdminStages } from './stages.ts'

export function embeddersHandlers({
  models,
  settings,
  updateSettings,
  live,
}: Pick<AdminStages, 'models' | 'settings' | 'updateSettings' | 'live'>): Handlers<typeof embeddersApi> {
  const offered = (id: string): ModelOffer => {
    const offer = models.offer(id)
    if (offer === undefined) throw new ApiError('not-found', `There is no model ${id} to be had.`, 'id')
    return offer
  }
  const summary = async (id: string): Promise<LocalModelSummary> => {
    const found = (await models.list()).find((model) => model.id === id)
    if (found === undefined) throw new ApiError('not-found', `There is no model ${id} to be had.`, 'id')
    return found
  }

  return {
    'embedders.list': () => models.list(),
    'embedders.download': async ({ id, revision }) => {
      const offer = offered(id)
      if (revision !== offer.revision)
        throw new ApiError('conflict', `Of ${offer.repository} the commit ${offer.revision} is offered, and no other.`, 'revision')
      // what is on the disk is known before it is asked for again
      await models.list()
      models.download(offer)
      return summary(id)
    },
    'embedders.cancel': async ({ id }) => {
      await models.cancel(offered(id))
      return summary(id)
    },
    'embedders.delete': async ({ id }) => {
      const { cache } = settings()
      if (cache.embedder === offered(id).id) {
        updateSettings({ cache: { ...cache, embedder: '' } })
        live.changed('settings')
      }
      await models.remove(offered(id))
      return summary(id)
    },
  }
}
