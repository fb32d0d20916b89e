import { connectApi } from './connect.ts'
import { historyApi } from './history.ts'
import { keysApi } from './keys.ts'
import { libraryApi } from './library.ts'
import { matrixApi } from './matrix.ts'
import { playgroundApi } from './playground.ts'
import { providersApi } from './providers.ts'
import { settingsApi } from './settings.ts'
import { trafficApi } from './traffic.ts'
import { votesApi } from './votes.ts'

/** The whole contract. The renderer imports `Api` as a type and `kinds` from kinds.ts; the schemas stay with the engine. */
export const api = {
  ...keysApi,
  ...providersApi,
  ...playgroundApi,
  ...trafficApi,
  ...connectApi,
  ...settingsApi,
  ...votesApi,
  ...libraryApi,
  ...historyApi,
  ...matrixApi,
}
export type Api = typeof api
