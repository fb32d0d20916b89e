import { create } from 'zustand'
import type { TrafficDetail } from '../../../shared/api/traffic.ts'
import type { ApiFailure } from '../../../shared/contract.ts'
import type { RequestId } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { NO_FILTER, type TrafficFilter } from './rows.ts'

export type TrafficList =
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly failure: ApiFailure }
  | {
      readonly is: 'ready'
      /** Newest first. */
      readonly rows: readonly UsageRecord[]
      /** Where the next, older page begins; undefined at the end. */
      readonly cursor: string | undefined
      readonly more: 'idle' | 'loading' | 'failed'
    }

export type OpenDetail =
  | { readonly is: 'closed' }
  | { readonly is: 'loading'; readonly id: RequestId }
  | { readonly is: 'failed'; readonly id: RequestId; readonly failure: ApiFailure }
  | { readonly is: 'ready'; readonly id: RequestId; readonly detail: TrafficDetail }

export const TABS = ['summary', 'request', 'sent', 'answer', 'why'] as const
export type Tab = (typeof TABS)[number]

export interface TrafficState {
  readonly filter: TrafficFilter
  readonly list: TrafficList
  /** The row the keys act on; stays when the drawer closes. */
  readonly current: RequestId | undefined
  readonly detail: OpenDetail
  /** The tab stays while one walks through the list. */
  readonly tab: Tab
}

export const EMPTY_TRAFFIC: TrafficState = { filter: NO_FILTER, list: { is: 'loading' }, current: undefined, detail: { is: 'closed' }, tab: 'summary' }

export const useTraffic = create<TrafficState>(() => EMPTY_TRAFFIC)
