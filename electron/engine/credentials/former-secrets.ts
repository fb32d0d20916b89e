/**
 * Keys that were replaced a moment ago. A new key is often not in force everywhere yet, or was pasted wrongly: for ten minutes the old one stands in where a
 * provider refuses the new one. It rests in the vault it was in all the time, and its row in the database says until when. The row is written before the
 * secret and removed after it, as in credentials.ts; what has run out while nothing ran is deleted at the next start.
 */
import type { CredentialId, Ms } from '../../../shared/ids.ts'
import type { FormerSecretRow, Storage } from '../storage/storage.ts'
import type { Secret } from './secret.ts'
import { type Vault, VaultError } from './vault.ts'
import type { VaultKeeper } from './vault-keeper.ts'

export const FORMER_KEPT_MS = 10 * 60_000
/** A vault that cannot be reached when a secret runs out is asked again after this long. Used it is no more in any case. */
const PURGE_AGAIN_MS = 60_000

export interface FormerSecretsOptions {
  readonly storage: Pick<Storage, 'listFormerSecrets' | 'putFormerSecret' | 'removeFormerSecret'>
  readonly keeper: Pick<VaultKeeper, 'current' | 'reachable'>
  readonly now: () => Ms
  readonly onChange: () => void
  readonly onError: (error: Error) => void
}

export class FormerSecrets {
  readonly #options: FormerSecretsOptions
  readonly #rows = new Map<CredentialId, FormerSecretRow>()
  readonly #secrets = new Map<CredentialId, Secret>()
  #timer: NodeJS.Timeout | undefined

  constructor(options: FormerSecretsOptions) {
    this.#options = options
  }

  /** Reads the rows and deletes what has run out, and what belongs to a key that is no more. @throws StorageError */
  async load(isThere: (id: CredentialId) => boolean): Promise<void> {
    for (const row of await this.#options.storage.listFormerSecrets()) {
      // nothing outlives a process in its memory
      const isLost = row.vault === 'memory' || !isThere(row.id)
      this.#rows.set(row.id, isLost ? { ...row, until: 0 } : row)
    }
    await this.#purge()
  }

  /** The end of the secret that stands in for this key, and until when; undefined: none does. */
  of(id: CredentialId): { readonly last4: string; readonly until: Ms } | undefined {
    const row = this.#rows.get(id)
    if (row === undefined || !this.#isLive(row) || this.#options.keeper.current()?.backend !== row.vault) return undefined
    return { last4: row.last4, until: row.until }
  }

  /** undefined: none stands in any more, or its vault has lost it. @throws VaultError */
  async open(id: CredentialId): Promise<Secret | undefined> {
    if (this.of(id) === undefined) return undefined
    const secret = this.#secrets.get(id) ?? (await this.#options.keeper.current()?.get(nameOf(id)))
    if (secret === undefined) await this.remove(id)
    else if (this.of(id) !== undefined) this.#secrets.set(id, secret)
    return secret
  }

  /** Lets `secret` stand in for the one that takes its place, in the vault it rests in. That this fails is no reason to replace no key. */
  async keep(id: CredentialId, secret: Secret, vault: Vault): Promise<void> {
    const { storage, now, onError } = this.#options
    const row: FormerSecretRow = { id, last4: secret.last4, vault: vault.backend, until: now() + FORMER_KEPT_MS }
    try {
      await storage.putFormerSecret(row)
      await vault.set(nameOf(id), secret)
      this.#rows.set(id, row)
      this.#secrets.set(id, secret)
    } catch (thrown) {
      onError(thrown as Error)
      this.#rows.set(id, { ...row, until: 0 })
    }
    this.#schedule()
  }

  /** Deletes it now. Removing what is not there is no error; a vault that cannot be reached is asked again later. */
  async remove(id: CredentialId): Promise<void> {
    const row = this.#rows.get(id)
    if (row === undefined) return
    this.#rows.set(id, { ...row, until: 0 })
    await this.#purge()
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  /** A clock that was set back makes nothing last longer. */
  #isLive({ until }: FormerSecretRow): boolean {
    const leftMs = until - this.#options.now()
    return leftMs > 0 && leftMs <= FORMER_KEPT_MS
  }

  async #purge(): Promise<void> {
    const over = [...this.#rows.values()].filter((row) => !this.#isLive(row))
    for (const { id } of over) this.#secrets.delete(id)
    if (over.length > 0) {
      const vaults = await this.#options.keeper.reachable()
      for (const { id, vault: backend } of over)
        await this.#delete(
          id,
          vaults.find((vault) => vault.backend === backend),
        )
      this.#options.onChange()
    }
    this.#schedule()
  }

  async #delete(id: CredentialId, vault: Vault | undefined): Promise<void> {
    try {
      if (vault === undefined)
        throw new VaultError('unavailable', 'A replaced key has run out and its vault cannot be reached to delete it; this is tried again.')
      await vault.delete(nameOf(id))
      await this.#options.storage.removeFormerSecret(id)
      this.#rows.delete(id)
    } catch (thrown) {
      this.#options.onError(thrown as Error)
    }
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    if (this.#rows.size === 0) return
    const now = this.#options.now()
    const nextMs = Math.min(...[...this.#rows.values()].map((row) => (this.#isLive(row) ? row.until - now : PURGE_AGAIN_MS)))
    this.#timer = setTimeout(() => void this.#purge().catch(this.#options.onError), nextMs)
    this.#timer.unref()
  }
}

/** No credential has such a name, since their ids hold no dot. */
function nameOf(id: CredentialId): string {
  return `${id}.former`
}
