/** What the response cache says of itself: to the ledger, to the Cache screen, and to whoever asks why two requests are not the same. */
import type { CallerId, EndpointId, Ms, RequestId } from './ids.ts'
import type { CacheReason } from './messages/cache-reasons.ts'
import type { NanoUsd } from './money.ts'

/** SHA-256 of a canonical request, hex. */
export type CacheKey = string & { readonly __id?: 'cache-key' }

/** What the response cache did for one request. Absent: it had no part in it. */
export type CacheUse =
  /** Looked for and not there; `stored`: the answer was kept. `nearMiss`: why the nearest question was refused, where one was near, in English; `nearMissReason`: the same as data, but in old rows. */
  | { readonly kind: 'miss'; readonly key: CacheKey; readonly nearMiss?: string; readonly nearMissReason?: CacheReason }
  /** Not looked for, as the request said; the answer may have been kept. */
  | { readonly kind: 'refresh'; readonly key: CacheKey }
  | ({ readonly kind: 'exact' } & CacheHit)
  | ({ readonly kind: 'semantic'; readonly similarity: number } & CacheHit)
  /** Shared the upstream call of another request, which pays for it. */
  | { readonly kind: 'merged'; readonly with: RequestId }

export interface CacheHit {
  readonly key: CacheKey
  /** The request whose answer it was. */
  readonly source: RequestId
  readonly ageMs: Ms
}

/** One part of a key: equal requests have equal parts, so the parts that differ say why two requests are not the same. */
export interface KeyPart {
  readonly name: KeyPartName
  /** SHA-256 of the part's canonical text, hex. */
  readonly hash: string
  /** The canonical text, cut after some thousand characters. */
  readonly text: string
}

export const KEY_PARTS = ['scope', 'model', 'system', 'turns', 'question', 'tools', 'parameters', 'format', 'routing', 'rest'] as const
export type KeyPartName = (typeof KEY_PARTS)[number]

/** Whose requests may be answered from an entry: one client key's, or everybody's. */
export type CacheScope = CallerId | 'everyone'

export interface CacheEntrySummary {
  readonly key: CacheKey
  readonly scope: CacheScope
  /** The model that answered. */
  readonly model: EndpointId
  /** The last user turn, cut. */
  readonly question: string
  /** How it has been used: 'semantic' once a differently worded question has been answered from it. */
  readonly kind: 'exact' | 'semantic'
  readonly source: RequestId
  readonly madeAt: Ms
  /** undefined: pinned, it stays until it is deleted. */
  readonly expiresAt: Ms | undefined
  readonly pinned: boolean
  readonly hits: number
  readonly lastHitAt: Ms | undefined
  readonly bytes: number
  /** What its hits would have cost. undefined: nobody knows the price. */
  readonly saved: NanoUsd | undefined
}

export interface CacheHitRecord {
  readonly id: number
  readonly request: RequestId
  readonly at: Ms
  readonly kind: 'exact' | 'semantic'
  /** 0 to 1; 1 for an exact hit. */
  readonly similarity: number
  /** As it was asked, for hits whose wording differs. */
  readonly question: string | undefined
  readonly saved: NanoUsd | undefined
  /** What asking the model again showed, where that was sampled. */
  readonly checked: 'agrees' | 'differs' | undefined
}

/** Requests with this key are always asked of the provider, and their answers not kept. */
export interface NeverCached {
  readonly key: CacheKey
  /** Of the entry that was marked so; '' where it held more than text, or had gone. */
  readonly question: string
  readonly at: Ms
}

export interface NearMiss {
  readonly at: Ms
  readonly request: RequestId
  readonly question: string
  /** 0 to 1 */
  readonly similarity: number
  /** Why it was refused, in English. */
  readonly gate: string
  /** The same as data; of some earlier version there is none. */
  readonly reason?: CacheReason | undefined
}
