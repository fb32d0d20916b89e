import { create } from 'zustand'
import type { SavedFilter, TrafficDetail } from '../../../shared/api/traffic.ts'
import type { ApiFailure } from '../../../shared/contract.ts'
import type { RequestId } from '../../../shared/ids.ts'
import type { TrafficRows } from './rows.ts'

export type TrafficList =
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly failure: ApiFailure }
  | {
      readonly is: 'ready'
      readonly rows: TrafficRows
      /** What they were chosen by; the field may be further on. */
      readonly filter: string
      /** Something of it could not be loaded. */
      readonly stale: boolean
    }

export type OpenDetail =
  | { readonly is: 'closed' }
  | { readonly is: 'loading'; readonly id: RequestId }
  | { readonly is: 'failed'; readonly id: RequestId; readonly failure: ApiFailure }
  | { readonly is: 'ready'; readonly id: RequestId; readonly detail: TrafficDetail }

export const TABS = ['summary', 'request', 'response', 'translated', 'why', 'cost', 'cache'] as const
export type Tab = (typeof TABS)[number]

/** Two requests side by side. */
export type Difference =
  | { readonly is: 'none' }
  /** One is chosen, the other is not yet. */
  | { readonly is: 'half'; readonly one: RequestId }
  | { readonly is: 'loading' }
  | { readonly is: 'open'; readonly one: TrafficDetail; readonly other: TrafficDetail }

export interface TrafficState {
  /** As typed. */
  readonly filter: string
  readonly filters: readonly SavedFilter[]
  readonly list: TrafficList
  /** The row the keys act on; stays when the drawer closes. */
  readonly current: RequestId | undefined
  readonly detail: OpenDetail
  /** The tab stays while one walks through the list. */
  readonly tab: Tab
  readonly difference: Difference
  /** Which question is asked in front of the screen. */
  readonly asking: 'nothing' | 'clear' | 'save-filter'
}

export const EMPTY_TRAFFIC: TrafficState = {
  filter: '',
  filters: [],
  list: { is: 'loading' },
  current: undefined,
  detail: { is: 'closed' },
  tab: 'summary',
  difference: { is: 'none' },
  asking: 'nothing',
}

export const useTraffic = create<TrafficState>(() => EMPTY_TRAFFIC)
