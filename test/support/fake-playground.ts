/** The playground's own handlers over a database in memory and the fake engine's answers: what they keep and compute is the real thing. */
import Sqlite from 'better-sqlite3'
import type { Catalog, Resolution } from '../../electron/engine/catalog/catalog.ts'
import { MIGRATIONS } from '../../electron/engine/storage/migrations/migration.ts'
import type { PlaygroundCalls, PlaygroundStorage } from '../../electron/engine/storage/playground-storage.ts'
import { playgroundTables } from '../../electron/engine/storage/playground-tables.ts'
import { playgroundHandlers } from '../../electron/http/admin/playground.ts'
import type { AdminStages } from '../../electron/http/admin/stages.ts'
import type { ModelRow } from '../../shared/api/providers.ts'
import type { Endpoint } from '../../shared/routing.ts'
import type { Settings } from '../../shared/settings.ts'

export interface FakePlaygroundOptions {
  readonly models: readonly ModelRow[]
  readonly converse: AdminStages['converse']
  readonly settings: () => Settings
  readonly onChange: (topic: 'votes' | 'library' | 'history' | 'matrix') => void
}

export function fakePlayground({ models, converse, settings, onChange }: FakePlaygroundOptions): ReturnType<typeof playgroundHandlers> {
  let evidence = 0
  const stages = {
    storage: storageInMemory(),
    converse,
    settings,
    now: Date.now,
    live: { changed: onChange },
    catalog: catalogOf(models),
    auto: { addEvidence: async () => ({ id: `evidence-${++evidence}` }), removeEvidence: async () => undefined },
    onError: (error: unknown) => console.error('fake matrix:', error),
    onClose: () => undefined,
  }
  return playgroundHandlers(stages as unknown as AdminStages)
}

/** The real tables in a database of its own that is gone with the process. */
export function storageInMemory(): PlaygroundStorage {
  const database = new Sqlite(':memory:')
  database.pragma('foreign_keys = ON')
  for (const { sql } of MIGRATIONS) database.exec(sql)
  const calls = playgroundTables(database) as Record<keyof PlaygroundCalls, (...values: readonly unknown[]) => unknown>
  const asked = Object.entries(calls).map(([name, call]) => [name, async (...values: readonly unknown[]) => call(...values)])
  return Object.fromEntries(asked) as PlaygroundStorage
}

function catalogOf(models: readonly ModelRow[]): Pick<Catalog, 'ready' | 'resolve' | 'priceOf'> {
  const priceOf = (id: string) => models.find((row) => row.id === id)?.price
  return {
    ready: async () => undefined,
    resolve: (id): Resolution => {
      const row = models.find((each) => each.id === id)
      if (row === undefined) return { is: 'unknown', near: [] }
      return {
        is: 'found',
        endpoint: { id, upstreamModel: id.slice(id.indexOf('/') + 1), limits: { context: row.context, output: undefined } } as Endpoint,
        alternatives: [],
      }
    },
    priceOf,
  }
}
