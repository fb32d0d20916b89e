import { z } from 'zod'
import {
  type CacheEntrySummary,
  type CacheHitRecord,
  type CacheKey,
  KEY_PARTS,
  type KeyPart,
  type KeyPartName,
  type NearMiss,
  type NeverCached,
} from '../cache.ts'
import { CHAT_DIALECTS } from '../chat.ts'
import { reads, writes } from '../contract.ts'
import type { EndpointId, Ms } from '../ids.ts'
import type { AnswerRecord } from '../ledger.ts'
import type { CacheReason, Gate } from '../messages/cache-reasons.ts'
import type { NanoUsd } from '../money.ts'

export interface CachePage {
  readonly rows: readonly CacheEntrySummary[]
  /** Pass as `before` for the next page; undefined at the end. */
  readonly cursor: string | undefined
}

export interface CacheDetail {
  readonly entry: CacheEntrySummary
  /** The last user turn, whole. */
  readonly question: string
  readonly answer: AnswerRecord
  readonly parts: readonly KeyPart[]
  /** Newest first. */
  readonly hits: readonly CacheHitRecord[]
  readonly nearMisses: readonly NearMiss[]
  /** Entries that differ in their question alone, nearest first. */
  readonly neighbours: readonly CacheNeighbour[]
}

export interface CacheNeighbour {
  readonly key: CacheKey
  readonly question: string
  /** 0 to 1 */
  readonly similarity: number
  /** What keeps the two apart, in English; empty: they would be taken for the same. */
  readonly refusals: readonly string[]
  /** The same as data, in the same order. */
  readonly reasons: readonly CacheReason[]
}

export interface CacheStats {
  readonly entries: number
  readonly bytes: number
  readonly pinned: number
  readonly mostEntries: number
  readonly mostBytes: number
  readonly models: readonly EndpointId[]
  /** The following are of the time since this moment. */
  readonly since: Ms
  readonly hits: number
  readonly semanticHits: number
  readonly nearMisses: number
  readonly saved: NanoUsd
  /** Hits that were asked again, and those of them whose answer differed. */
  readonly checked: number
  readonly differed: number
  /** What that asking cost. */
  readonly checksCost: NanoUsd
  /** Hits that a user said were wrong. */
  readonly wrong: number
}

/** What a filter would remove, or has removed. */
export interface CacheCleared {
  readonly keys: readonly CacheKey[]
  readonly dryRun: boolean
}

/** A part in which two requests are not the same. */
export interface KeyDifference {
  readonly part: KeyPartName
  readonly one: string
  readonly other: string
}

export interface KeyComparison {
  readonly same: boolean
  readonly one: { readonly key: CacheKey; readonly what: string }
  readonly other: { readonly key: CacheKey; readonly what: string }
  readonly differences: readonly KeyDifference[]
}

export interface CacheTest {
  /** Equal to the last character. */
  readonly exact: boolean
  readonly similarity: number
  /** Whether the second question would be answered from the first. */
  readonly isHit: boolean
  /** What each gate says against it, in English and as data; undefined: nothing. */
  readonly gates: readonly { readonly name: Gate; readonly against: string | undefined; readonly reason: CacheReason | undefined }[]
}

export interface CacheExport {
  /** JSON, a line an entry. */
  readonly lines: string
  /** Pass as `after` for the next part; undefined at the end. */
  readonly next: CacheKey | undefined
}

const key = z.string().regex(/^[0-9a-f]{64}$/, 'is no key of an entry')
const keys = z.array(key).min(1).max(10_000)

const filter = z.object({
  text: z.string().max(200).optional(),
  model: z.string().max(300).optional(),
  scope: z.string().max(100).optional(),
  kind: z.enum(['exact', 'semantic']).optional(),
  /** Older than so many milliseconds. */
  olderThanMs: z.number().int().min(0).optional(),
  leastHits: z.number().int().min(0).optional(),
  mostHits: z.number().int().min(0).optional(),
  pinned: z.boolean().optional(),
})
export type CacheFilterInput = z.infer<typeof filter>

/** A request that has been, an entry, or a body as a client would send it. */
const compared = z.union([
  z.object({ request: z.string().min(1).max(100) }),
  z.object({ entry: key }),
  z.object({ dialect: z.enum(CHAT_DIALECTS), body: z.string().max(26_214_400), scope: z.string().max(100).optional() }),
])
export type ComparedInput = z.infer<typeof compared>

const EVENT_TYPES = [
  ...(['response-start', 'text-delta', 'refusal-delta', 'reasoning-delta', 'reasoning-signature', 'tool-call-start', 'tool-call-delta'] as const),
  ...(['tool-call-end', 'opaque', 'usage', 'finish'] as const),
] as const

/** One line of an export. */
export const exportedEntry = z.object({
  format: z.literal('switchyard-cache-1'),
  key,
  scope: z.string().min(1).max(100),
  fingerprint: key,
  question: z.string(),
  model: z.string().min(1).max(300),
  source: z.string().max(100),
  answer: z.string(),
  parts: z.array(z.object({ name: z.enum(KEY_PARTS), hash: key, text: z.string() })).length(KEY_PARTS.length),
  madeAt: z.number().int(),
  expiresAt: z.number().int(),
  pinned: z.boolean(),
  kept: z.object({ events: z.array(z.looseObject({ type: z.enum(EVENT_TYPES) })).min(1), streamedMs: z.number().min(0) }),
})

export const cacheApi = {
  'cache.list': reads(
    filter.extend({
      sort: z.enum(['newest', 'hits', 'saved', 'largest']).default('newest'),
      limit: z.number().int().min(1).max(500).default(100),
      before: z.string().max(100).optional(),
    }),
  ).returns<CachePage>(),
  'cache.get': reads(z.object({ key })).returns<CacheDetail>(),
  'cache.stats': reads(z.object({})).returns<CacheStats>(),
  'cache.pin': writes(z.object({ key, pinned: z.boolean() })).returns<CacheEntrySummary>(),
  /** Counted from now. */
  'cache.setTtl': writes(z.object({ key, ttlSeconds: z.number().int().min(1).max(31_536_000) })).returns<CacheEntrySummary>(),
  'cache.delete': writes(z.object({ keys })).returns<{ deleted: readonly CacheKey[] }>(),
  /** Within ten minutes of their deletion. */
  'cache.restore': writes(z.object({ keys })).returns<{ restored: readonly CacheKey[] }>(),
  /** A hit was no answer to its question. Without a request: the entry itself is wrong. */
  'cache.wrong': writes(z.object({ key, request: z.string().max(100).optional() })).returns<{ deleted: boolean; learned: boolean }>(),
  /** Equal requests are always asked of the provider from now on; `allow` takes that back. */
  'cache.never': writes(z.object({ key, allow: z.boolean().default(false) })).returns<{ never: boolean }>(),
  /** The newest 1,000 of them. */
  'cache.nevers': reads(z.object({})).returns<readonly NeverCached[]>(),
  'cache.clear': writes(z.object({ filter, dryRun: z.boolean().default(true) })).returns<CacheCleared>(),
  'cache.explain': reads(z.object({ one: compared, other: compared })).returns<KeyComparison>(),
  'cache.test': reads(z.object({ one: z.string().max(100_000), other: z.string().max(100_000) })).returns<CacheTest>(),
  'cache.export': reads(z.object({ after: key.optional() })).returns<CacheExport>(),
  'cache.import': writes(z.object({ lines: z.string().max(26_214_400) })).returns<{ imported: number; refused: readonly string[] }>(),
}
