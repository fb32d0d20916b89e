/** What the Cache screen asks of the response cache: pages, one entry with its history, sums, and entries to take elsewhere. */
import type { Database } from 'better-sqlite3'
import type { CacheEntrySummary, CacheHitRecord, CacheScope, KeyPart, NearMiss } from '../../../shared/cache.ts'
import { ApiError } from '../../../shared/contract.ts'
import { type CacheReason, reasonInEnglish } from '../../../shared/messages/cache-reasons.ts'
import { asNanoUsd } from '../../../shared/money.ts'
import type { CacheCalls, CacheFilter, CacheSort } from './cache-storage.ts'

type Lists = Pick<CacheCalls, 'cacheList' | 'cacheGet' | 'cacheMadeBy' | 'cacheMatching' | 'cacheTotals' | 'cacheSiblings' | 'cacheExport'>

const PREVIEW_CHARACTERS = 300
const HITS_SHOWN = 100
const MOST_MATCHING = 200_000

const SUMMARY = `e.key, e.scope, e.model, substr(e.question, 1, ${PREVIEW_CHARACTERS}) AS preview, e.source, e.made_at, e.expires_at, e.pinned, e.hits,
  e.semantic_hits, e.last_hit_at, e.bytes, e.saved_nano_usd`

interface SummaryColumns {
  readonly key: string
  readonly scope: string
  readonly model: string
  readonly preview: string
  readonly source: string
  readonly made_at: number
  readonly expires_at: number
  readonly pinned: number
  readonly hits: number
  readonly semantic_hits: number
  readonly last_hit_at: number | null
  readonly bytes: number
  readonly saved_nano_usd: number | null
}

const SORTED_BY: Readonly<Record<CacheSort, string>> = {
  newest: 'e.made_at',
  hits: 'e.hits',
  saved: 'coalesce(e.saved_nano_usd, -1)',
  largest: 'e.bytes',
}

export function cacheLists(database: Database): Lists {
  const get = database.prepare<[string], SummaryColumns & { question: string; answer: string; parts: string; content: string; fingerprint: string }>(
    `SELECT ${SUMMARY}, e.question, e.answer, e.parts, e.content, e.fingerprint FROM cache_entries e WHERE e.key = ? AND e.deleted_at IS NULL`,
  )
  const hits = database.prepare<[string, number], Record<'id' | 'at' | 'similarity', number> & Record<'request' | 'kind', string> & HitOptions>(
    'SELECT id, request, at, kind, similarity, question, saved_nano_usd, checked FROM cache_hits WHERE key = ? ORDER BY id DESC LIMIT ?',
  )
  const nearMisses = database.prepare<[string], Omit<NearMiss, 'reason'>>(
    'SELECT at, request, question, similarity, gate FROM cache_near_misses WHERE key = ? ORDER BY id DESC',
  )
  const madeBy = database.prepare<[string], { key: string }>('SELECT key FROM cache_entries WHERE source = ? AND deleted_at IS NULL')
  const kept = database.prepare<[], { entries: number; bytes: number | null; pinned: number | null }>(
    'SELECT count(*) AS entries, sum(bytes) AS bytes, sum(pinned) AS pinned FROM cache_entries WHERE deleted_at IS NULL',
  )
  const models = database.prepare<[], { model: string }>('SELECT DISTINCT model FROM cache_entries WHERE deleted_at IS NULL ORDER BY model LIMIT 500')
  const used = database.prepare<[number], Record<'hits' | 'semantic' | 'saved' | 'checked' | 'differed', number | null>>(`
    SELECT count(*) AS hits, sum(kind = 'semantic') AS semantic, sum(saved_nano_usd) AS saved, count(checked) AS checked, sum(checked = 'differs') AS differed
    FROM cache_hits WHERE at >= ?`)
  const near = database.prepare<[number], { count: number }>('SELECT count(*) AS count FROM cache_near_misses WHERE at >= ?')
  const wrong = database.prepare<[number], { count: number }>('SELECT count(*) AS count FROM cache_negatives WHERE at >= ?')
  const checks = database.prepare<[number], { cost: number | null }>("SELECT sum(cost_nano_usd) AS cost FROM ledger WHERE source = 'cache-check' AND at >= ?")
  const siblings = database.prepare<[string, string, string, number], { key: string; question: string }>(`
    SELECT key, question FROM cache_entries WHERE fingerprint = ? AND scope = ? AND key <> ? AND question <> '' AND deleted_at IS NULL
    ORDER BY made_at DESC LIMIT ?`)
  const exported = database.prepare<[string, number], Record<string, string | number>>(
    'SELECT * FROM cache_entries WHERE deleted_at IS NULL AND key > ? ORDER BY key LIMIT ?',
  )

  return {
    cacheList(query) {
      const { where, values } = conditions(query)
      const by = SORTED_BY[query.sort]
      const after = query.before === undefined ? undefined : readCacheCursor(query.before)
      if (after !== undefined) {
        where.push(`(${by}, e.key) < (?, ?)`)
        values.push(after.value, after.key)
      }
      const found = database
        .prepare<unknown[], SummaryColumns & { rank: number }>(
          `SELECT ${SUMMARY}, ${by} AS rank FROM cache_entries e WHERE ${where.join(' AND ')} ORDER BY ${by} DESC, e.key DESC LIMIT ?`,
        )
        .all(...values, query.limit + 1)
      const rows = found.slice(0, query.limit)
      const last = rows.at(-1)
      return { rows: rows.map(summaryOf), cursor: found.length > query.limit && last !== undefined ? `${last.rank}.${last.key}` : undefined }
    },

    cacheGet(key) {
      const row = get.get(key)
      if (row === undefined) return undefined
      return {
        summary: summaryOf(row),
        fingerprint: row.fingerprint,
        question: row.question,
        answer: row.answer,
        parts: JSON.parse(row.parts) as readonly KeyPart[],
        content: row.content,
        hits: hits.all(key, HITS_SHOWN).map(hitOf),
        nearMisses: nearMisses.all(key).map(nearMissOf),
      }
    },

    cacheMadeBy: (request) => madeBy.get(request)?.key,

    cacheMatching(filter) {
      const { where, values } = conditions(filter)
      return database
        .prepare<unknown[], { key: string }>(`SELECT e.key FROM cache_entries e WHERE ${where.join(' AND ')} LIMIT ${MOST_MATCHING}`)
        .all(...values)
        .map(({ key }) => key)
    },

    cacheTotals(since) {
      const now = kept.get()
      const uses = used.get(since)
      return {
        entries: now?.entries ?? 0,
        bytes: now?.bytes ?? 0,
        pinned: now?.pinned ?? 0,
        models: models.all().map(({ model }) => model),
        hits: uses?.hits ?? 0,
        semanticHits: uses?.semantic ?? 0,
        nearMisses: near.get(since)?.count ?? 0,
        saved: asNanoUsd(uses?.saved ?? 0),
        checked: uses?.checked ?? 0,
        differed: uses?.differed ?? 0,
        checksCost: asNanoUsd(checks.get(since)?.cost ?? 0),
        wrong: wrong.get(since)?.count ?? 0,
      }
    },

    cacheSiblings: ({ key, scope, fingerprint }, limit) => siblings.all(fingerprint, scope, key, limit),

    cacheExport: (after, limit) =>
      exported.all(after ?? '', limit).map((row) => ({
        key: String(row.key),
        scope: String(row.scope) as CacheScope,
        fingerprint: String(row.fingerprint),
        model: String(row.model),
        source: String(row.source),
        question: String(row.question),
        answer: String(row.answer),
        parts: JSON.parse(String(row.parts)) as readonly KeyPart[],
        content: String(row.content),
        bytes: Number(row.bytes),
        madeAt: Number(row.made_at),
        expiresAt: Number(row.expires_at),
        pinned: row.pinned === 1,
      })),
  }
}

interface HitOptions {
  readonly question: string | null
  readonly saved_nano_usd: number | null
  readonly checked: string | null
}

function hitOf(row: Record<'id' | 'at' | 'similarity', number> & Record<'request' | 'kind', string> & HitOptions): CacheHitRecord {
  return {
    id: row.id,
    request: row.request,
    at: row.at,
    kind: row.kind as CacheHitRecord['kind'],
    similarity: row.similarity,
    question: row.question ?? undefined,
    saved: row.saved_nano_usd === null ? undefined : asNanoUsd(row.saved_nano_usd),
    checked: (row.checked ?? undefined) as CacheHitRecord['checked'],
  }
}

function summaryOf(row: SummaryColumns): CacheEntrySummary {
  return {
    key: row.key,
    scope: row.scope as CacheScope,
    model: row.model,
    question: row.preview,
    kind: row.semantic_hits > 0 ? 'semantic' : 'exact',
    source: row.source,
    madeAt: row.made_at,
    expiresAt: row.pinned === 1 ? undefined : row.expires_at,
    pinned: row.pinned === 1,
    hits: row.hits,
    lastHitAt: row.last_hit_at ?? undefined,
    bytes: row.bytes,
    saved: row.saved_nano_usd === null ? undefined : asNanoUsd(row.saved_nano_usd),
  }
}

function conditions(filter: CacheFilter): { readonly where: string[]; readonly values: unknown[] } {
  const where = ['e.deleted_at IS NULL']
  const values: unknown[] = []
  const add = (condition: string, value: unknown): void => {
    where.push(condition)
    values.push(value)
  }
  const words = searchWords(filter.text ?? '')
  if (words !== '') add('e.key IN (SELECT key FROM cache_search WHERE cache_search MATCH ?)', words)
  if (filter.model !== undefined) add('e.model = ?', filter.model)
  if (filter.scope !== undefined) add('e.scope = ?', filter.scope)
  if (filter.kind === 'semantic') where.push('e.semantic_hits > 0')
  if (filter.kind === 'exact') where.push('e.semantic_hits = 0')
  if (filter.madeBefore !== undefined) add('e.made_at < ?', filter.madeBefore)
  if (filter.leastHits !== undefined) add('e.hits >= ?', filter.leastHits)
  if (filter.mostHits !== undefined) add('e.hits <= ?', filter.mostHits)
  if (filter.pinned !== undefined) add('e.pinned = ?', filter.pinned ? 1 : 0)
  return { where, values }
}

/** What people type as an expression of FTS5: every word must be there, and nothing they type is syntax. Each may be the beginning of a longer one. */
function searchWords(text: string): string {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  return words.map((word) => `"${word}"*`).join(' ')
}

/** @throws ApiError 'bad-input' for text that is no cursor of ours */
export function readCacheCursor(cursor: string): { readonly value: number; readonly key: string } {
  const [, value = '', key = ''] = /^(-?\d{1,16})\.([0-9a-f]{64})$/.exec(cursor) ?? []
  if (key === '') throw new ApiError('bad-input', 'This is no page mark of the cache.', 'before')
  return { value: Number(value), key }
}

/** The column holds the reason as data; rows of some earlier version hold an English sentence. */
function nearMissOf(row: Omit<NearMiss, 'reason'>): NearMiss {
  if (!row.gate.startsWith('{')) return row
  const reason = JSON.parse(row.gate) as CacheReason
  return { ...row, gate: reasonInEnglish(reason), reason }
}
