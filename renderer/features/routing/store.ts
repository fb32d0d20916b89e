import { create } from 'zustand'
import type { ArmResult, PlaceHealth, ReplayEvent, RoutingProblem, RoutingVersion, ShadowPair, SimulatedPlan } from '../../../shared/api/routing.ts'
import type { TrafficDetail } from '../../../shared/api/traffic.ts'
import type { RequestId } from '../../../shared/ids.ts'
import type { RoutingConfig } from '../../../shared/routing-config.ts'

export { routing } from '../../client/mirrors.ts'

/** Edits that are not saved. `on` is the revision they were begun on: a file that somebody else has changed meanwhile is not written over. */
export interface Draft {
  readonly config: RoutingConfig
  readonly on: string
}

export interface RoutingEdits {
  readonly draft: Draft | undefined
  readonly saving: boolean
  readonly problems: readonly RoutingProblem[]
  readonly warnings: readonly RoutingProblem[]
  /** Somebody else has saved in between; in their words. */
  readonly conflict: string | undefined
}

export const CLEAN: RoutingEdits = { draft: undefined, saving: false, problems: [], warnings: [], conflict: undefined }

export const useEdits = create<RoutingEdits>(() => CLEAN)

export type Asked<T> =
  | { readonly is: 'idle' }
  | { readonly is: 'asking' }
  | { readonly is: 'answered'; readonly value: T }
  | { readonly is: 'failed'; readonly message: string }

export const useSimulation = create<{ readonly plan: Asked<SimulatedPlan> }>(() => ({ plan: { is: 'idle' } }))
export const useHealth = create<{ readonly places: Asked<readonly PlaceHealth[]> }>(() => ({ places: { is: 'idle' } }))
export interface SplitResults {
  readonly splits: readonly ArmResult[]
  readonly shadows: readonly ArmResult[]
  readonly pairs: readonly ShadowPair[]
}

export const useResults = create<{ readonly results: Asked<SplitResults> }>(() => ({ results: { is: 'idle' } }))

/** Original and shadow that somebody has opened, by the shadow's id. */
export const usePairs = create<Readonly<Record<RequestId, Asked<{ readonly original: TrafficDetail; readonly shadow: TrafficDetail }>>>>(() => ({}))

export type ReplayState =
  | { readonly is: 'idle' }
  | { readonly is: 'running'; readonly looked: number; readonly stop: AbortController }
  | { readonly is: 'done'; readonly result: Extract<ReplayEvent, { type: 'result' }> }
  | { readonly is: 'cancelled' }
  | { readonly is: 'failed'; readonly message: string }

export const useReplay = create<ReplayState>(() => ({ is: 'idle' }))
export const useVersions = create<{ readonly versions: readonly RoutingVersion[] }>(() => ({ versions: [] }))
