import { create } from 'zustand'
import type { CacheDetail, CacheStats } from '../../../shared/api/cache.ts'
import type { WarmPrefixSummary } from '../../../shared/api/prompt-cache.ts'
import type { CacheEntrySummary, CacheKey, NeverCached } from '../../../shared/cache.ts'
import type { ApiFailure } from '../../../shared/contract.ts'

export type CacheSort = 'newest' | 'hits' | 'saved' | 'largest'

export interface CacheFilter {
  /** Words of question or answer. */
  readonly text: string
  /** '' for all. */
  readonly model: string
  readonly kind: 'all' | 'exact' | 'semantic'
  readonly sort: CacheSort
}

export const NO_FILTER: CacheFilter = { text: '', model: '', kind: 'all', sort: 'newest' }

export type CacheList =
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly failure: ApiFailure }
  | {
      readonly is: 'ready'
      readonly rows: readonly CacheEntrySummary[]
      readonly cursor: string | undefined
      readonly more: 'idle' | 'loading' | 'failed'
    }

export type OpenEntry =
  | { readonly is: 'closed' }
  | { readonly is: 'loading'; readonly key: CacheKey }
  | { readonly is: 'failed'; readonly key: CacheKey; readonly failure: ApiFailure }
  | { readonly is: 'ready'; readonly key: CacheKey; readonly detail: CacheDetail }

export type NeverList =
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly failure: ApiFailure }
  | { readonly is: 'ready'; readonly rows: readonly NeverCached[] }

export const TABS = ['answer', 'hits', 'near', 'key'] as const
export type Tab = (typeof TABS)[number]

export interface CacheState {
  readonly filter: CacheFilter
  readonly list: CacheList
  /** undefined: not asked yet. */
  readonly stats: CacheStats | undefined
  /** What is warm in providers' prompt caches, dearest first. undefined: not told yet. */
  readonly warm: readonly WarmPrefixSummary[] | undefined
  readonly warmFailed: boolean
  readonly nevers: NeverList
  /** The row the keys act on; stays when the drawer closes. */
  readonly current: CacheKey | undefined
  readonly open: OpenEntry
  readonly tab: Tab
}

export const EMPTY_CACHE: CacheState = {
  filter: NO_FILTER,
  list: { is: 'loading' },
  stats: undefined,
  warm: undefined,
  warmFailed: false,
  nevers: { is: 'loading' },
  current: undefined,
  open: { is: 'closed' },
  tab: 'answer',
}

export const useCache = create<CacheState>(() => EMPTY_CACHE)

export function isFiltered({ text, model, kind }: CacheFilter): boolean {
  return text.trim() !== '' || model !== '' || kind !== 'all'
}
