import type { CredentialId } from '../../../shared/ids.ts'
import { SpokenError } from '../../../shared/messages/spoken-error.ts'
import type { VaultMessage } from '../../../shared/messages/vaults.ts'
import type { Secret } from './secret.ts'

export type VaultBackend = 'keychain' | 'file' | 'environment' | 'memory'

/** Where provider keys rest. Four implementations, one test suite. */
export interface Vault {
  readonly backend: VaultBackend
  /** false: keys can only be read (environment). */
  readonly writable: boolean
  /** undefined when the vault does not hold it. @throws VaultError */
  get(id: CredentialId): Promise<Secret | undefined>
  /** @throws VaultError when it is read-only, locked, or the backend refuses. */
  set(id: CredentialId, secret: Secret): Promise<void>
  /** Removing what is not there is no error. @throws VaultError */
  delete(id: CredentialId): Promise<void>
}

export class VaultError extends SpokenError {
  readonly reason: 'unavailable' | 'locked' | 'wrong-passphrase' | 'read-only' | 'corrupt'

  constructor(reason: VaultError['reason'], said: VaultMessage, cause?: unknown) {
    super(said, cause === undefined ? undefined : { cause })
    this.name = 'VaultError'
    this.reason = reason
  }
}
