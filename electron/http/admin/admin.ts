/** Handlers of the whole contract, by subject; the compiler sees that none is missing. */
import { type Api, api } from '../../../shared/api/api.ts'
import { type Handlers, serverOf, type Transport } from '../../../shared/contract.ts'
import { autoHandlers } from './auto.ts'
import { budgetsHandlers } from './budgets.ts'
import { cacheHandlers } from './cache.ts'
import { connectHandlers } from './connect.ts'
import { costsHandlers } from './costs.ts'
import { doctorHandlers } from './doctor.ts'
import { embeddersHandlers } from './embedders.ts'
import { keysHandlers } from './keys.ts'
import { modelsHandlers } from './models.ts'
import { networkHandlers } from './network.ts'
import { playgroundHandlers } from './playground.ts'
import { promptCacheHandlers } from './prompt-cache.ts'
import { providerTermsHandlers } from './provider-terms.ts'
import { providersHandlers } from './providers.ts'
import { reconcileHandlers } from './reconcile.ts'
import { routingHandlers } from './routing.ts'
import type { AdminStages } from './stages.ts'
import { trafficHandlers } from './traffic.ts'
import { transferHandlers } from './transfer.ts'
import { updatesHandlers } from './updates.ts'

export const API_PREFIX = '/api/'

/** The contract as one `Request -> Response` function: behind a session over HTTP, in process for the window. */
export function adminApi(stages: AdminStages, onInternal: (route: string, thrown: unknown) => void): Transport {
  const handlers: Handlers<Api> = {
    ...keysHandlers(stages),
    ...providersHandlers(stages),
    ...providerTermsHandlers(stages),
    ...modelsHandlers(stages),
    ...trafficHandlers(stages),
    ...connectHandlers(stages),
    ...costsHandlers(stages),
    ...reconcileHandlers(stages),
    ...budgetsHandlers(stages),
    ...autoHandlers(stages),
    ...routingHandlers(stages),
    ...cacheHandlers(stages),
    ...promptCacheHandlers(stages),
    ...embeddersHandlers(stages),
    ...playgroundHandlers(stages),
    ...networkHandlers(stages),
    ...doctorHandlers(stages),
    ...transferHandlers(stages),
    ...updatesHandlers(stages),
    'settings.get': () => stages.settings(),
    'settings.update': (changes) => {
      const settings = stages.updateSettings(changes)
      stages.live.changed('settings')
      return settings
    },
  }
  return serverOf(api, handlers, API_PREFIX, onInternal)
}
