import { create } from 'zustand'
import type { ClientKey } from '../../../shared/api/connect.ts'
import type { ApiFailure } from '../../../shared/contract.ts'
import type { CallerId, Ms } from '../../../shared/ids.ts'
import type { SnippetId } from './snippets.ts'

/** A key just made: the only moment in which it can be read. It is kept until the screen is left or it is put away. */
export interface Created {
  readonly client: ClientKey
  readonly secret: string
}

/** The first request seen from a caller since this screen was opened. */
export interface Seen {
  readonly at: Ms
  readonly model: string
  readonly outcome: 'open' | 'ok' | 'failed'
}

export interface ConnectState {
  readonly created: Created | undefined
  readonly creating: boolean
  readonly failure: ApiFailure | undefined
  /** The latest request of each caller since the screen was opened; the demo key's callers are gathered under `DEMO`. */
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
