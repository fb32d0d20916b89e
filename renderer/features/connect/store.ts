import { create } from 'zustand'
import type { ClientKey } from '../../../shared/api/connect.ts'
import type { ApiFailure } from '../../../shared/contract.ts'
import type { CallerId, Ms } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import type { SnippetId } from './snippets.ts'

/** A key just made: the only moment in which it can be read. It is kept until the screen is left or it is put away. */
export interface Created {
  readonly client: ClientKey
  readonly secret: string
}

/** The latest request seen from a caller since this screen was opened. */
export interface Seen extends Pick<UsageRecord, 'dialect' | 'servedBy' | 'status' | 'message'> {
  readonly at: Ms
  readonly model: string
  readonly outcome: 'open' | 'ok' | 'failed'
}

/** Stands for whoever came with a key that is not known here. */
export const STRANGER: CallerId = 'stranger'

/** Which key stands in the snippets, and whether it works as it stands. */
export type SnippetKey =
  | { readonly is: 'created'; readonly secret: string; readonly caller: CallerId }
  | { readonly is: 'demo'; readonly secret: string }
  | { readonly is: 'placeholder' }

export interface ConnectState {
  readonly created: Created | undefined
  readonly creating: boolean
  readonly failure: ApiFailure | undefined
  /** The latest request of each caller since the screen was opened. */
  readonly seen: Readonly<Record<CallerId, Seen>>
  /** Chosen by hand; undefined: the first fitting one. */
  readonly model: string | undefined
  readonly snippet: SnippetId
  /** Keys made for one tool each, by its snippet. */
  readonly toolKeys: Readonly<Partial<Record<SnippetId, Created>>>
}

export const EMPTY_CONNECT: ConnectState = {
  created: undefined,
  creating: false,
  failure: undefined,
  seen: {},
  model: undefined,
  snippet: 'curl',
  toolKeys: {},
}

export const useConnect = create<ConnectState>(() => EMPTY_CONNECT)
