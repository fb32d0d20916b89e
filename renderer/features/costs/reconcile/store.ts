import { create } from 'zustand'
import type { ReconcileKind, Reconciliation } from '../../../../shared/api/reconcile.ts'
import type { FormatId } from './formats.ts'
import type { ExportProblem } from './read-export.ts'

/** One comparison, from the choice of a file to its end. Nothing of it outlives the window. */
export type ReconcileState =
  | { readonly is: 'idle' }
  | { readonly is: 'reading'; readonly file: string; readonly share: number }
  /** Which column holds what is asked. */
  | {
      readonly is: 'columns'
      readonly file: string
      readonly text: string
      readonly header: readonly string[]
      readonly sample: readonly (readonly string[])[]
      readonly chosen: ChosenColumns
    }
  | { readonly is: 'comparing'; readonly file: string }
  | {
      readonly is: 'ready'
      readonly file: string
      readonly format: FormatId | 'chosen'
      readonly lines: number
      readonly result: Reconciliation
      /** Kinds that are shown; undefined: all. */
      readonly shown: ReconcileKind | undefined
    }
  | { readonly is: 'failed'; readonly file: string; readonly failure: ReconcileFailure }

export type ReconcileFailure = { readonly why: 'engine'; readonly message: string } | { readonly why: 'too-large' } | ExportProblem

/** '' where the file does not have it. */
export interface ChosenColumns {
  readonly provider: string
  readonly day: string
  readonly model: string
  readonly input: string
  readonly output: string
  readonly cost: string
}

export const useReconcile = create<ReconcileState>(() => ({ is: 'idle' }))
