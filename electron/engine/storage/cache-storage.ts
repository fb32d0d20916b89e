import type { CacheEntrySummary, CacheHitRecord, CacheKey, CacheScope, KeyPart, NearMiss, NeverCached } from '../../../shared/cache.ts'
import type { EndpointId, Ms, RequestId } from '../../../shared/ids.ts'
import type { CacheReason } from '../../../shared/messages/cache-reasons.ts'
import type { NanoUsd } from '../../../shared/money.ts'

/** What the response cache asks of the database. Every name is also that of the call into its thread. */
export interface CacheStorage {
  /** What a request's path must know of every entry, newest last. */
  cacheIndex(): Promise<CacheIndex>
  /** Keeps an answer; one under the same key is replaced and its hits stay. */
  cachePut(entry: NewCacheEntry): Promise<void>
  /** 'corrupt': its checksum did not fit, and it has been removed. undefined: there is none. */
  cacheTake(key: CacheKey): Promise<StoredAnswer | 'corrupt' | undefined>
  cacheHits(hits: readonly NewCacheHit[]): Promise<void>
  cacheNearMisses(misses: readonly NewNearMiss[]): Promise<void>
  /** What asking the model again showed of one hit. */
  cacheChecked(request: RequestId, verdict: 'agrees' | 'differs'): Promise<void>

  /** @throws ApiError 'bad-input' for a `before` that is no cursor of ours */
  cacheList(query: CacheQuery): Promise<CachePage>
  cacheGet(key: CacheKey): Promise<CacheDetailRow | undefined>
  /** The key of the entry that a request made. */
  cacheMadeBy(request: RequestId): Promise<CacheKey | undefined>
  /** false: there is no such entry. */
  cachePin(key: CacheKey, pinned: boolean): Promise<boolean>
  cacheExpire(key: CacheKey, expiresAt: Ms): Promise<boolean>
  /** Takes entries out of use; `cacheRestore` brings them back until they are purged. Returns those that were there. */
  cacheDelete(keys: readonly CacheKey[], at: Ms): Promise<readonly CacheKey[]>
  cacheRestore(keys: readonly CacheKey[]): Promise<readonly CacheIndexRow[]>
  /** The keys that a filter means. */
  cacheMatching(filter: CacheFilter): Promise<readonly CacheKey[]>
  /** Removes for good what has expired, was deleted before `deletedBefore`, and of the rest the least lately used beyond the limits. Returns the keys. */
  cacheTrim(limits: CacheLimits): Promise<readonly CacheKey[]>
  cacheTotals(since: Ms): Promise<CacheTotals>
  /** Entries that differ from one in their question alone, newest first. */
  cacheSiblings(of: Pick<CacheIndexRow, 'key' | 'scope' | 'fingerprint'>, limit: number): Promise<readonly Pick<CacheIndexRow, 'key' | 'question'>[]>
  /** A page of entries with their content, oldest first, for taking them elsewhere. */
  cacheExport(after: CacheKey | undefined, limit: number): Promise<readonly NewCacheEntry[]>

  cacheNegative(pair: NegativePair): Promise<void>
  cacheNegatives(): Promise<readonly NegativePair[]>
  /** What the semantic tier has learned, as JSON under a name of its own. */
  cacheFact(name: string): Promise<string | undefined>
  cacheSetFact(name: string, value: string): Promise<void>
  /** How a semantic hit was found; undefined: there is no such hit (any more). */
  cacheHow(request: RequestId): Promise<string | undefined>
  cacheVector(key: CacheKey, embedder: string, vector: Float32Array): Promise<void>
  cacheVectors(embedder: string): Promise<readonly { readonly key: CacheKey; readonly vector: Float32Array }[]>
  cacheNever(key: CacheKey, question: string, at: Ms): Promise<void>
  /** What is never cached, newest first. */
  cacheNevers(limit: number): Promise<readonly NeverCached[]>
  /** false: it was not forbidden. */
  cacheAllow(key: CacheKey): Promise<boolean>
}

export const CACHE_CALLS = [
  ...(['cacheIndex', 'cachePut', 'cacheTake', 'cacheHits', 'cacheNearMisses', 'cacheChecked', 'cacheList', 'cacheGet', 'cacheMadeBy'] as const),
  ...(['cachePin', 'cacheExpire', 'cacheDelete', 'cacheRestore', 'cacheMatching', 'cacheTrim', 'cacheTotals', 'cacheSiblings', 'cacheExport'] as const),
  ...([
    'cacheNegative',
    'cacheNegatives',
    'cacheFact',
    'cacheSetFact',
    'cacheHow',
    'cacheVector',
    'cacheVectors',
    'cacheNever',
    'cacheNevers',
    'cacheAllow',
  ] as const),
] as const satisfies readonly (keyof CacheStorage)[]

/** The same calls as the thread answers them. */
export type CacheCalls = { [N in keyof CacheStorage]: (...values: Parameters<CacheStorage[N]>) => Awaited<ReturnType<CacheStorage[N]>> }

export interface CacheIndexRow {
  readonly key: CacheKey
  readonly scope: CacheScope
  readonly fingerprint: string
  /** The last user turn, whole. */
  readonly question: string
  readonly madeAt: Ms
  readonly expiresAt: Ms
  readonly pinned: boolean
  readonly bytes: number
}

export interface CacheIndex {
  readonly rows: readonly CacheIndexRow[]
  readonly never: readonly CacheKey[]
}

export interface NewCacheEntry extends CacheIndexRow {
  readonly model: EndpointId
  readonly source: RequestId
  /** The answer's text, for the full-text search. */
  readonly answer: string
  readonly parts: readonly KeyPart[]
  /** A KeptAnswer as JSON. */
  readonly content: string
}

export interface StoredAnswer {
  readonly content: string
  readonly model: EndpointId
  readonly source: RequestId
}

export interface NewCacheHit {
  readonly key: CacheKey
  readonly request: RequestId
  readonly at: Ms
  readonly kind: 'exact' | 'semantic'
  readonly similarity: number
  readonly question: string | undefined
  /** The kind of a semantic match, by which evidence is kept apart. */
  readonly how: string | undefined
  readonly saved: NanoUsd | undefined
}

export interface NewNearMiss extends Omit<NearMiss, 'gate' | 'reason'> {
  readonly why: CacheReason
  readonly key: CacheKey
}

export interface CacheFilter {
  /** Words to be found in question or answer; the last one may be unfinished. */
  readonly text?: string | undefined
  readonly model?: EndpointId | undefined
  readonly scope?: CacheScope | undefined
  readonly kind?: 'exact' | 'semantic' | undefined
  /** Made before this moment. */
  readonly madeBefore?: Ms | undefined
  readonly leastHits?: number | undefined
  readonly mostHits?: number | undefined
  readonly pinned?: boolean | undefined
}

export interface CacheQuery extends CacheFilter {
  readonly sort: CacheSort
  readonly limit: number
  readonly before?: string | undefined
}

export type CacheSort = 'newest' | 'hits' | 'saved' | 'largest'

export interface CachePage {
  readonly rows: readonly CacheEntrySummary[]
  readonly cursor: string | undefined
}

export interface CacheDetailRow {
  readonly summary: CacheEntrySummary
  readonly fingerprint: string
  /** Whole. */
  readonly question: string
  readonly answer: string
  readonly parts: readonly KeyPart[]
  readonly content: string
  readonly hits: readonly CacheHitRecord[]
  readonly nearMisses: readonly NearMiss[]
}

export interface CacheLimits {
  readonly now: Ms
  readonly deletedBefore: Ms
  readonly entries: number
  readonly bytes: number
}

export interface CacheTotals {
  readonly entries: number
  readonly bytes: number
  readonly pinned: number
  readonly models: readonly EndpointId[]
  /** Since the moment asked for. */
  readonly hits: number
  readonly semanticHits: number
  readonly nearMisses: number
  readonly saved: NanoUsd
  readonly checked: number
  readonly differed: number
  /** Of the requests that asked again. */
  readonly checksCost: NanoUsd
  readonly wrong: number
}

/** Two questions that must not have the same answer, as a user said. */
export interface NegativePair {
  readonly at: Ms
  readonly scope: CacheScope
  readonly fingerprint: string
  readonly key: CacheKey
  /** That of the entry. */
  readonly question: string
  /** The one that was answered from it wrongly. */
  readonly other: string
}
