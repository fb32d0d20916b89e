import type { CredentialId } from '../../../shared/ids.ts'
import type { Secret } from './secret.ts'
import type { Vault } from './vault.ts'

/** Holds keys until the process ends, and nowhere else. */
export class MemoryVault implements Vault {
  readonly backend = 'memory'
  readonly writable = true
  readonly #secrets = new Map<CredentialId, Secret>()

  async get(id: CredentialId): Promise<Secret | undefined> {
    return this.#secrets.get(id)
  }

  async set(id: CredentialId, secret: Secret): Promise<void> {
    this.#secrets.set(id, secret)
  }

  async delete(id: CredentialId): Promise<void> {
    this.#secrets.delete(id)
  }
}
