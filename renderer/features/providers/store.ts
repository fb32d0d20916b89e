import { create } from 'zustand'
import type { CredentialSummary, Validation } from '../../../shared/api/keys.ts'
import type { ApiFailure } from '../../../shared/contract.ts'
import type { CredentialId, Ms, ProviderId } from '../../../shared/ids.ts'
import { client } from '../../client/client.ts'
import { mirrorOf } from '../../client/mirror.ts'

export const providers = mirrorOf(() => client['providers.list']({}), ['providers', 'keys'])
export const keys = mirrorOf(() => client['keys.list']({}), ['keys'])
export const environmentKeys = mirrorOf(() => client['keys.environment']({}), ['keys'])

/** How a key fared when it was stored: kept until the next one, so that the sentence can be read. */
export interface Stored {
  readonly verb: 'saved' | 'replaced' | 'imported'
  readonly credential: CredentialSummary
  readonly validation: Validation
}

/** The form "Paste a key". The secret lives here only while it is typed: `saveKey` takes it out before the request leaves. */
export interface AddKey {
  readonly secret: string
  /** Chosen by hand; undefined as long as the key itself says where it belongs. */
  readonly chosen: ProviderId | undefined
  readonly label: string
  readonly phase: { readonly is: 'typing' } | { readonly is: 'saving'; readonly provider: ProviderId; readonly since: Ms }
  readonly failure: ApiFailure | undefined
  readonly stored: Stored | undefined
}

export const EMPTY_FORM: AddKey = { secret: '', chosen: undefined, label: '', phase: { is: 'typing' }, failure: undefined, stored: undefined }

export const useAddKey = create<AddKey>(() => EMPTY_FORM)

/** Keys that are being tried just now, and how the last try of this window ended. */
export const useChecks = create<Readonly<Record<CredentialId, { readonly is: 'checking' } | { readonly is: 'checked'; readonly validation: Validation }>>>(
  () => ({}),
)

/** Asking local servers whether they run. */
export const useProbe = create<{ readonly probing: boolean }>(() => ({ probing: false }))
