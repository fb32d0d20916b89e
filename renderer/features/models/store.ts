import { create } from 'zustand'
import type { EndpointId } from '../../../shared/ids.ts'
import { type ModelFilter, NO_FILTER } from './filter.ts'

export const FEWEST_COMPARED = 2
export const MOST_COMPARED = 4

export interface ModelsScreen {
  readonly filter: ModelFilter
  readonly current: EndpointId | undefined
  /** Whose details are open. */
  readonly open: EndpointId | undefined
  /** Put aside to be compared, in the order they were. */
  readonly tray: readonly EndpointId[]
  readonly comparing: boolean
  readonly refreshing: boolean
}

export const NOTHING_OPEN: ModelsScreen = { filter: NO_FILTER, current: undefined, open: undefined, tray: [], comparing: false, refreshing: false }

export const useModels = create<ModelsScreen>()(() => NOTHING_OPEN)
