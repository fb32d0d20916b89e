import { create } from 'zustand'
import type { AutoCurve, AutoOverview, AutoReplay, AutoReport, RetrainResult } from '../../../../shared/api/auto.ts'
import type { Evidence } from '../../../../shared/auto.ts'
import type { Asked } from '../store.ts'
import type { AutoChanges } from './draft.ts'

export interface AutoScreen {
  readonly overview: Asked<AutoOverview>
  readonly curve: Asked<AutoCurve>
  /** The user's own traffic at the draft's place of the slider. */
  readonly outlook: Asked<AutoReplay>
  /** What is shown is of an older draft; the new one is being looked at. */
  readonly looking: boolean
  readonly report: Asked<AutoReport>
  readonly evidence: Asked<readonly Evidence[]>
}

const IDLE = { is: 'idle' } as const
export const UNASKED: AutoScreen = { overview: IDLE, curve: IDLE, outlook: IDLE, looking: false, report: IDLE, evidence: IDLE }

export const useAuto = create<AutoScreen>(() => UNASKED)

export interface AutoEdits {
  /** undefined: nothing differs from what is in force. */
  readonly changes: AutoChanges | undefined
  readonly saving: boolean
  /** Why the engine did not take them. */
  readonly refused: string | undefined
}

export const UNCHANGED: AutoEdits = { changes: undefined, saving: false, refused: undefined }

export const useAutoEdits = create<AutoEdits>(() => UNCHANGED)

export type Retraining =
  | { readonly is: 'idle' }
  | { readonly is: 'running'; readonly done: number; readonly of: number; readonly stop: AbortController }
  | { readonly is: 'done'; readonly result: RetrainResult }
  | { readonly is: 'cancelled' }
  | { readonly is: 'failed'; readonly message: string }

export const useRetraining = create<Retraining>(() => ({ is: 'idle' }))
