/** What a gateway does of itself, in the background: soon after its start, and every so often. */

import type { Settings } from '../../shared/settings.ts'
import type { Upstream } from '../engine/attempt/upstream.ts'
import type { CacheStore } from '../engine/cache/store.ts'
import type { Catalog } from '../engine/catalog/catalog.ts'
import type { ModelsFile } from '../engine/catalog/models-file.ts'
import type { CatalogRefresh } from '../engine/catalog/refresh.ts'
import type { Live } from '../engine/live.ts'
import type { Storage } from '../engine/storage/storage.ts'
import { RESTORABLE_MS } from '../engine/storage/traffic-storage.ts'
import type { StoredResponses } from '../engine/stored-responses.ts'
import type { UpdateCheck } from '../engine/updates/update-check.ts'
import type { Log } from '../log.ts'

/** The price list is large; it waits until the first requests have had their turn. */
const PRICES_AFTER_MS = 1_500
/** So does the lighter client, see attempt/upstream.ts. */
const LIGHTEN_AFTER_MS = 1_000
/** Ollama and LM Studio are looked for at the start, and this often while the workbench is open. */
const LOCAL_SERVERS_AFTER_MS = 300
const LOCAL_SERVERS_EVERY_MS = 30_000
const OWN_MODELS_AFTER_MS = 300
/** What earlier runs have fetched comes after the list that came with the app; whether a day has passed is looked at this often. */
const REFRESH_AFTER_MS = 2_500
const REFRESH_EVERY_MS = 3_600_000
/** Newer versions come last, and whether a day has passed is looked at this often. */
const UPDATES_AFTER_MS = 10_000
const UPDATES_EVERY_MS = 3_600_000
/** Which request went to which arm: as far back as the Routing screen looks, and no more than a database holds lightly. */
const ROUTING_MARKS_KEPT_MS = 366 * 86_400_000
const ROUTING_MARKS_KEPT = 200_000
/** Exchanges beyond the limit are let go this often. */
const TRIM_EVERY_MS = 10 * 60_000

export interface ChoreFacts {
  readonly upstream: Pick<Upstream, 'lighten'>
  readonly catalog: Pick<Catalog, 'ready' | 'setCorrections'>
  readonly modelsFile: ModelsFile
  readonly catalogRefresh: CatalogRefresh
  /** Whether anything has changed. */
  readonly probeLocalServers: () => Promise<boolean>
  readonly storage: Storage
  readonly responses: StoredResponses
  readonly cacheStore: CacheStore
  readonly settings: () => Settings
  readonly live: Live
  readonly updates: Pick<UpdateCheck, 'checkIfDue'>
  readonly log: Log
  readonly now: () => number
  /** When providers begin to be called by the lighter client. */
  readonly lightenAfterMs?: number | undefined
}

/** Starts them. None keeps the process alive. Returns what ends them. */
export function startChores(facts: ChoreFacts): () => void {
  const { upstream, catalog, modelsFile, catalogRefresh, storage, responses, cacheStore, settings, live, log, now, updates } = facts
  const tryTo = (what: () => Promise<unknown>, failing: string) => (): void => void what().catch((error: unknown) => log.error({ err: error }, failing))

  const lookForLocalServers = async (): Promise<void> => {
    if (await facts.probeLocalServers()) for (const topic of ['providers', 'models'] as const) live.changed(topic)
  }
  const loadOwnModels = async (): Promise<void> => {
    if (await modelsFile.load()) catalog.setCorrections(modelsFile.corrections(new Date(now()).toISOString().slice(0, 10)))
  }
  const refreshIfDue = async (): Promise<void> => {
    await catalog.ready()
    await catalogRefresh.load()
    if (settings().catalog.refresh === 'daily' && catalogRefresh.isDue()) {
      await catalogRefresh.refresh()
      live.changed('models')
    }
  }
  const trim = (): Promise<unknown> =>
    Promise.all([
      storage.trimExchanges(settings().captureKeep),
      storage.traffic.forgetRemoved(now() - RESTORABLE_MS),
      responses.trim(),
      cacheStore.trim(),
      storage.trimRoutingMarks(now() - ROUTING_MARKS_KEPT_MS, ROUTING_MARKS_KEPT),
    ])

  const lookForUpdates = tryTo(() => updates.checkIfDue(), 'newer versions could not be looked for')
  const looking = tryTo(lookForLocalServers, 'servers on this machine could not be looked for')
  const chores = [
    setTimeout(
      tryTo(() => upstream.lighten(), 'providers are still called by node:http'),
      facts.lightenAfterMs ?? LIGHTEN_AFTER_MS,
    ),
    setTimeout(
      tryTo(() => catalog.ready(), 'the price list could not be loaded'),
      PRICES_AFTER_MS,
    ),
    setTimeout(tryTo(loadOwnModels, 'models.json could not be read'), OWN_MODELS_AFTER_MS),
    setTimeout(tryTo(refreshIfDue, 'what was fetched of models earlier is of no use'), REFRESH_AFTER_MS),
    setInterval(tryTo(refreshIfDue, 'models and prices could not be refreshed'), REFRESH_EVERY_MS),
    setTimeout(lookForUpdates, UPDATES_AFTER_MS),
    setInterval(lookForUpdates, UPDATES_EVERY_MS),
    setTimeout(looking, LOCAL_SERVERS_AFTER_MS),
    setInterval(() => live.isWatched && looking(), LOCAL_SERVERS_EVERY_MS),
    setInterval(tryTo(trim, 'old exchanges could not be let go'), TRIM_EVERY_MS),
  ]
  for (const chore of chores) chore.unref()
  return () => {
    for (const chore of chores) clearTimeout(chore)
  }
}
