/**
 * Puts entries into the response cache at a steady rate until it is killed, and says what it did: `put <number>` when an entry was handed over,
 * `written <number>` when the database said that it is kept. Run by test/gateway/cache-kill.spec.ts as `node cache-until-killed.ts <data folder>`.
 */
import { CacheStore } from '../../electron/engine/cache/store.ts'
import { openStorage } from '../../electron/engine/storage/worker-client.ts'
import { settingsSchema } from '../../shared/settings.ts'
import { answerOf, entryOf } from './cache-entries.ts'

const [dataDir = ''] = process.argv.slice(2)
const storage = await openStorage({ dataDir })
let count = 0
const store = new CacheStore({
  storage: {
    ...storage.cache,
    cachePut: async (entry) => {
      const mine = count
      await storage.cache.cachePut(entry)
      process.stdout.write(`written ${mine}\n`)
    },
  },
  settings: () => settingsSchema.parse({}).cache,
  now: Date.now,
  onError: (error) => {
    throw error
  },
  onChange: () => undefined,
  onAdded: () => undefined,
  onRemoved: () => undefined,
  onLearned: () => undefined,
})
await store.load()

setInterval(() => {
  for (let burst = 0; burst < 3; burst++) {
    count++
    store.put(entryOf(count), answerOf(count))
    process.stdout.write(`put ${count}\n`)
  }
}, 5)
