/** The response cache's entries. What is asked of them by the Cache screen is in cache-lists.ts. */
import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { CacheKey, CacheScope } from '../../../shared/cache.ts'
import { cacheLists } from './cache-lists.ts'
import type { CacheCalls, CacheIndexRow, NewCacheEntry, NewNearMiss } from './cache-storage.ts'
import type { StorageLog } from './storage-log.ts'

/** Of one entry, the newest are kept. */
const NEAR_MISSES_KEPT = 50
const HITS_KEPT = 1_000

interface IndexColumns {
  readonly key: string
  readonly scope: string
  readonly fingerprint: string
  readonly question: string
  readonly made_at: number
  readonly expires_at: number
  readonly pinned: number
  readonly bytes: number
}

const INDEX_COLUMNS = 'key, scope, fingerprint, question, made_at, expires_at, pinned, bytes'

export function cacheTable(database: Database, log: StorageLog): CacheCalls {
  const index = database.prepare<[], IndexColumns>(`SELECT ${INDEX_COLUMNS} FROM cache_entries WHERE deleted_at IS NULL ORDER BY made_at, key`)
  const never = database.prepare<[], { key: string }>('SELECT key FROM cache_never')
  const put = database.prepare<[object]>(`
    INSERT INTO cache_entries (key, scope, model, fingerprint, source, question, answer, parts, content, checksum, bytes, made_at, expires_at, pinned)
    VALUES (@key, @scope, @model, @fingerprint, @source, @question, @answer, @parts, @content, @checksum, @bytes, @madeAt, @expiresAt, @pinned)
    ON CONFLICT (key) DO UPDATE SET model = excluded.model, source = excluded.source, answer = excluded.answer, parts = excluded.parts,
      content = excluded.content, checksum = excluded.checksum, bytes = excluded.bytes, made_at = excluded.made_at, expires_at = excluded.expires_at,
      deleted_at = NULL`)
  const take = database.prepare<[string], { content: string; checksum: string; model: string; source: string }>(
    'SELECT content, checksum, model, source FROM cache_entries WHERE key = ? AND deleted_at IS NULL',
  )
  const searched = database.prepare<[string, string, string]>('INSERT INTO cache_search (key, question, answer) VALUES (?, ?, ?)')
  const unsearched = database.prepare<[string]>('DELETE FROM cache_search WHERE key = ?')
  const purge = database.prepare<[string]>('DELETE FROM cache_entries WHERE key = ?')
  const putHit = database.prepare<[string, string, number, string, number, string | null, string | null, number | null]>(
    'INSERT INTO cache_hits (key, request, at, kind, similarity, question, how, saved_nano_usd) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const countHit = database.prepare<[Record<string, string | number | null>]>(`
    UPDATE cache_entries SET hits = hits + 1, semantic_hits = semantic_hits + @semantic, last_hit_at = max(coalesce(last_hit_at, 0), @at),
      saved_nano_usd = CASE WHEN @saved IS NULL THEN saved_nano_usd ELSE coalesce(saved_nano_usd, 0) + @saved END
    WHERE key = @key`)
  const keepHits = database.prepare<[string, string, number]>(
    'DELETE FROM cache_hits WHERE key = ? AND id NOT IN (SELECT id FROM cache_hits WHERE key = ? ORDER BY id DESC LIMIT ?)',
  )
  const putNearMiss = database.prepare<[string, number, number, string, string, string]>(
    'INSERT INTO cache_near_misses (key, request, at, similarity, question, gate) SELECT key, ?, ?, ?, ?, ? FROM cache_entries WHERE key = ?',
  )
  const keepNearMisses = database.prepare<[string, string, number]>(
    'DELETE FROM cache_near_misses WHERE key = ? AND id NOT IN (SELECT id FROM cache_near_misses WHERE key = ? ORDER BY id DESC LIMIT ?)',
  )
  const checked = database.prepare<[string, string]>('UPDATE cache_hits SET checked = ? WHERE request = ?')
  const mark = database.prepare<[number | null, string, number]>('UPDATE cache_entries SET deleted_at = ? WHERE key = ? AND (deleted_at IS NULL) = ?')
  const restored = database.prepare<[string], IndexColumns>(`SELECT ${INDEX_COLUMNS} FROM cache_entries WHERE key = ? AND deleted_at IS NULL`)
  const pin = database.prepare<[number, string]>('UPDATE cache_entries SET pinned = ? WHERE key = ? AND deleted_at IS NULL')
  const expire = database.prepare<[number, string]>('UPDATE cache_entries SET expires_at = ? WHERE key = ? AND deleted_at IS NULL')
  const dead = database.prepare<[number, number], { key: string }>('SELECT key FROM cache_entries WHERE (pinned = 0 AND expires_at <= ?) OR deleted_at < ?')
  const beyond = database.prepare<[number, number], { key: string }>(`
    SELECT key FROM (
      SELECT key, pinned, row_number() OVER used AS place, sum(bytes) OVER used AS total FROM cache_entries
      WINDOW used AS (ORDER BY pinned DESC, max(made_at, coalesce(last_hit_at, 0)) DESC, key)
    ) WHERE pinned = 0 AND (place > ? OR total > ?)`)
  const negative = database.prepare<[number, string, string, string, string, string]>(
    'INSERT OR IGNORE INTO cache_negatives (at, scope, fingerprint, key, question, other) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const negatives = database.prepare<[], { at: number; scope: string; fingerprint: string; key: string; question: string; other: string }>(
    'SELECT at, scope, fingerprint, key, question, other FROM cache_negatives ORDER BY id',
  )
  const fact = database.prepare<[string], { value: string }>('SELECT value FROM cache_facts WHERE name = ?')
  const setFact = database.prepare<[string, string]>('INSERT OR REPLACE INTO cache_facts (name, value) VALUES (?, ?)')
  const how = database.prepare<[string], { how: string | null }>('SELECT how FROM cache_hits WHERE request = ?')
  const putVector = database.prepare<[string, Uint8Array, string]>(
    'INSERT OR REPLACE INTO cache_vectors (key, embedder, vector) SELECT key, ?, ? FROM cache_entries WHERE key = ?',
  )
  const vectors = database.prepare<[string], { key: string; vector: Uint8Array }>('SELECT key, vector FROM cache_vectors WHERE embedder = ?')
  const forbid = database.prepare<[string, number, string]>('INSERT OR REPLACE INTO cache_never (key, at, question) VALUES (?, ?, ?)')
  const nevers = database.prepare<[number], { key: string; question: string; at: number }>(
    'SELECT key, question, at FROM cache_never ORDER BY at DESC, key LIMIT ?',
  )
  const allow = database.prepare<[string]>('DELETE FROM cache_never WHERE key = ?')

  const remove = (key: string): void => {
    unsearched.run(key)
    purge.run(key)
  }

  return {
    ...cacheLists(database),
    cacheIndex: () => ({ rows: index.all().map(indexRow), never: never.all().map(({ key }) => key) }),

    cachePut: database.transaction((entry: NewCacheEntry): void => {
      const { key, question, answer, content } = entry
      const parts = JSON.stringify(entry.parts)
      put.run({ ...entry, parts, checksum: checksumOf(key, content), pinned: entry.pinned ? 1 : 0 })
      unsearched.run(key)
      searched.run(key, question, answer)
    }),

    cacheTake(key) {
      const row = take.get(key)
      if (row === undefined) return undefined
      if (row.checksum === checksumOf(key, row.content)) return { content: row.content, model: row.model, source: row.source }
      remove(key)
      log('error', `An entry of the response cache was damaged and has been removed (${key.slice(0, 12)}).`)
      return 'corrupt'
    },

    cacheHits: database.transaction((hits: Parameters<CacheCalls['cacheHits']>[0]): void => {
      for (const hit of hits) {
        const semantic = hit.kind === 'semantic' ? 1 : 0
        // an entry may have gone meanwhile
        if (countHit.run({ key: hit.key, semantic, at: hit.at, saved: hit.saved ?? null }).changes === 0) continue
        putHit.run(hit.key, hit.request, hit.at, hit.kind, hit.similarity, hit.question ?? null, hit.how ?? null, hit.saved ?? null)
      }
      for (const key of new Set(hits.map((hit) => hit.key))) keepHits.run(key, key, HITS_KEPT)
    }),

    cacheNearMisses: database.transaction((misses: readonly NewNearMiss[]): void => {
      for (const miss of misses) {
        putNearMiss.run(miss.request, miss.at, miss.similarity, miss.question, JSON.stringify(miss.why), miss.key)
        keepNearMisses.run(miss.key, miss.key, NEAR_MISSES_KEPT)
      }
    }),

    cacheChecked: (request, verdict) => void checked.run(verdict, request),
    cachePin: (key, pinned) => pin.run(pinned ? 1 : 0, key).changes === 1,
    cacheExpire: (key, expiresAt) => expire.run(Math.round(expiresAt), key).changes === 1,
    cacheDelete: database.transaction((keys: readonly CacheKey[], at: number) => keys.filter((key) => mark.run(at, key, 1).changes === 1)),
    cacheRestore: database.transaction((keys: readonly CacheKey[]) =>
      keys.filter((key) => mark.run(null, key, 0).changes === 1).flatMap((key) => restored.all(key).map(indexRow)),
    ),

    cacheTrim: database.transaction((limits: Parameters<CacheCalls['cacheTrim']>[0]) => {
      const keys = dead.all(limits.now, limits.deletedBefore).map(({ key }) => key)
      for (const key of keys) remove(key)
      const tooMany = beyond.all(limits.entries, limits.bytes).map(({ key }) => key)
      for (const key of tooMany) remove(key)
      return [...keys, ...tooMany]
    }),

    cacheNegative: (pair) => void negative.run(pair.at, pair.scope, pair.fingerprint, pair.key, pair.question, pair.other),
    cacheNegatives: () => negatives.all(),
    cacheFact: (name) => fact.get(name)?.value,
    cacheSetFact: (name, value) => void setFact.run(name, value),
    cacheHow: (request) => how.get(request)?.how ?? undefined,
    cacheVector: (key, embedder, vector) => void putVector.run(embedder, new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength), key),
    // copied, for a number of four bytes must not begin at an odd place
    cacheVectors: (embedder) => vectors.all(embedder).map(({ key, vector }) => ({ key, vector: new Float32Array(Uint8Array.from(vector).buffer) })),
    cacheNever: (key, question, at) => void forbid.run(key, at, question),
    cacheNevers: (limit) => nevers.all(limit),
    cacheAllow: (key) => allow.run(key).changes === 1,
  }
}

function indexRow(row: IndexColumns): CacheIndexRow {
  return {
    key: row.key,
    scope: row.scope as CacheScope,
    fingerprint: row.fingerprint,
    question: row.question,
    madeAt: row.made_at,
    expiresAt: row.expires_at,
    pinned: row.pinned === 1,
    bytes: row.bytes,
  }
}

function checksumOf(key: string, content: string): string {
  return createHash('sha256').update(key).update('\n').update(content).digest('hex')
}
