import { z } from 'zod'
import { reads, writes } from '../contract.ts'
import type { CredentialId, Ms, ProviderId } from '../ids.ts'

/** Provider keys. A full key travels once, towards the engine, and never back. */

export type VaultBackend = 'keychain' | 'file' | 'environment' | 'memory'

export interface VaultStatus {
  /** undefined: there is no keychain and the user has not chosen yet; keys cannot be stored until then. */
  readonly backend: VaultBackend | undefined
  readonly writable: boolean
  /** Encrypted file that waits for its passphrase. */
  readonly locked: boolean
  readonly keychain: { readonly works: boolean; readonly name: string; readonly reason?: string }
}

export type CredentialState =
  | { readonly is: 'unchecked' }
  | { readonly is: 'ready'; readonly checkedAt: Ms }
  | { readonly is: 'refused'; readonly message: string; readonly at: Ms }
  | { readonly is: 'out-of-credit'; readonly message: string; readonly at: Ms }
  | { readonly is: 'limited'; readonly until: Ms }
  /** The vault does not hold its secret (removed outside, other machine, or locked). */
  | { readonly is: 'missing' }

export interface CredentialSummary {
  readonly id: CredentialId
  readonly provider: ProviderId
  readonly label: string
  /** At most the last four characters; '' when the key is too short to spare them. */
  readonly last4: string
  readonly order: number
  readonly state: CredentialState
  /** Read from an environment variable: cannot be changed here. */
  readonly readOnly: boolean
  readonly lastUsedAt: Ms | undefined
  /** The secret that was replaced a moment ago: until then it stands in where the provider refuses the new one. */
  readonly former?: { readonly last4: string; readonly until: Ms }
}

export type Validation =
  | { readonly is: 'valid'; readonly models: number | undefined; readonly tookMs: number }
  /** The provider answered, but would have done so to anyone: only a first request proves the key. */
  | { readonly is: 'unproven'; readonly tookMs: number }
  | {
      readonly is: 'refused' | 'out-of-credit' | 'forbidden' | 'rate-limited' | 'unreachable' | 'unexpected'
      readonly message: string
      readonly status?: number
    }

export interface EnvironmentKey {
  readonly variable: string
  readonly provider: ProviderId
  readonly last4: string
  /** Already stored under this provider (same secret). */
  readonly imported: boolean
}

const id = z.string().min(1).max(100)
const label = z.string().trim().min(1, 'give it a name').max(60)
const secret = z.string().trim().min(1, 'paste a key').max(20_000)

export const keysApi = {
  'vault.status': reads(z.object({})).returns<VaultStatus>(),
  'vault.choose': writes(
    z.object({ backend: z.enum(['keychain', 'file', 'environment', 'memory']), passphrase: z.string().min(8, 'at least 8 characters').max(1000).optional() }),
  ).returns<VaultStatus>(),
  'vault.unlock': writes(z.object({ passphrase: z.string().min(1).max(1000) })).returns<VaultStatus>(),
  'keys.list': reads(z.object({})).returns<readonly CredentialSummary[]>(),
  'keys.add': writes(z.object({ provider: id, label: label.optional(), secret })).returns<{ credential: CredentialSummary; validation: Validation }>(),
  'keys.validate': writes(z.object({ id })).returns<Validation>(),
  'keys.rename': writes(z.object({ id, label })).returns<CredentialSummary>(),
  'keys.replace': writes(z.object({ id, secret })).returns<{ credential: CredentialSummary; validation: Validation }>(),
  /** Deletes the replaced secret that still stands in, before its time. */
  'keys.removeFormer': writes(z.object({ id })).returns<null>(),
  'keys.reorder': writes(z.object({ provider: id, ids: z.array(id).min(1).max(100) })).returns<readonly CredentialSummary[]>(),
  'keys.delete': writes(z.object({ id })).returns<null>(),
  'keys.environment': reads(z.object({})).returns<readonly EnvironmentKey[]>(),
  'keys.import': writes(z.object({ variable: z.string().min(1).max(200) })).returns<{ credential: CredentialSummary; validation: Validation }>(),
}
