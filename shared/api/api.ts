import { autoApi } from './auto.ts'
import { budgetsApi } from './budgets.ts'
import { cacheApi } from './cache.ts'
import { connectApi } from './connect.ts'
import { costsApi } from './costs.ts'
import { doctorApi } from './doctor.ts'
import { embeddersApi } from './embedders.ts'
import { historyApi } from './history.ts'
import { keysApi } from './keys.ts'
import { libraryApi } from './library.ts'
import { matrixApi } from './matrix.ts'
import { modelsApi } from './models.ts'
import { networkApi } from './network.ts'
import { playgroundApi } from './playground.ts'
import { promptCacheApi } from './prompt-cache.ts'
import { providerTermsApi } from './provider-terms.ts'
import { providersApi } from './providers.ts'
import { reconcileApi } from './reconcile.ts'
import { routingApi } from './routing.ts'
import { settingsApi } from './settings.ts'
import { trafficApi } from './traffic.ts'
import { transferApi } from './transfer.ts'
import { updatesApi } from './updates.ts'
import { votesApi } from './votes.ts'

/** The whole contract. The renderer imports `Api` as a type and `kinds` from kinds.ts; the schemas stay with the engine. */
export const api = {
  ...keysApi,
  ...providersApi,
  ...providerTermsApi,
  ...modelsApi,
  ...playgroundApi,
  ...trafficApi,
  ...connectApi,
  ...costsApi,
  ...reconcileApi,
  ...budgetsApi,
  ...cacheApi,
  ...promptCacheApi,
  ...embeddersApi,
  ...settingsApi,
  ...networkApi,
  ...doctorApi,
  ...transferApi,
  ...updatesApi,
  ...routingApi,
  ...autoApi,
  ...votesApi,
  ...libraryApi,
  ...historyApi,
  ...matrixApi,
}
export type Api = typeof api
