/** What is warm in providers' prompt caches outlives us: it is kept over a restart, so that a conversation goes back to where its prefix is. */
import type { KeptPrefix, Stickiness } from './routing/stickiness.ts'
import type { CacheStorage } from './storage/cache-storage.ts'

const NAME = 'warm prefixes'
/** More than anyone goes on with after a restart; some 150 kB. */
const MOST_KEPT = 500

/** Writes what has changed since it was called last. @param withTitles how questions begin is content, and kept only where contents are */
export async function keepWarmPrefixes(
  stickiness: Pick<Stickiness, 'takeChanged'>,
  storage: Pick<CacheStorage, 'cacheSetFact'>,
  withTitles: boolean,
): Promise<void> {
  const changed = stickiness.takeChanged(MOST_KEPT)
  if (changed === undefined) return
  await storage.cacheSetFact(NAME, JSON.stringify(withTitles ? changed : changed.map((prefix) => ({ ...prefix, title: '' }))))
}

/** What only we have written is taken as it is. @throws Error when it is no JSON; nothing is warm then, as without it */
export async function restoreWarmPrefixes(stickiness: Pick<Stickiness, 'restore'>, storage: Pick<CacheStorage, 'cacheFact'>): Promise<void> {
  const text = await storage.cacheFact(NAME)
  if (text === undefined) return
  const rows = JSON.parse(text) as readonly KeptPrefix[]
  // JSON leaves out what is undefined
  stickiness.restore(rows.map((row) => ({ ...row, credential: row.credential, request: row.request })))
}
