import type { VaultStatus } from '../../../shared/api/keys.ts'
import { ApiError } from '../../../shared/contract.ts'
import type { ProviderId } from '../../../shared/ids.ts'
import { saidBy } from '../../../shared/messages/spoken-error.ts'
import type { VaultMessage } from '../../../shared/messages/vaults.ts'
import type { Settings } from '../../../shared/settings.ts'
import { type Environment, EnvironmentVault } from './environment-vault.ts'
import { FileVault } from './file-vault.ts'
import { type KeychainProbe, KeychainVault, keychainName, keychainWorks } from './keychain-vault.ts'
import { MemoryVault } from './memory-vault.ts'
import { type Vault, type VaultBackend, VaultError } from './vault.ts'

const SILENT: VaultMessage = { code: 'keychain-silent' }

export interface VaultKeeperOptions {
  readonly dataDir: string
  readonly setting: Settings['vault']
  readonly environment: Environment
  /** Which provider's key a variable holds. */
  readonly environmentVariables: ReadonlyMap<string, ProviderId>
  /** Keeps the user's choice for the next start. */
  readonly onChosen: (backend: VaultBackend) => void | Promise<void>
  readonly probeKeychain?: () => Promise<KeychainProbe>
  readonly keychain?: Vault
  readonly file?: FileVault
}

/**
 * Knows in which vault keys rest and lets the user choose another. On 'auto' that is the keychain where it works and otherwise nothing: the
 * user decides, and until then no key is stored. No choice ever falls back to another by itself.
 */
export class VaultKeeper {
  readonly #onChosen: VaultKeeperOptions['onChosen']
  readonly #probeKeychain: () => Promise<KeychainProbe>
  readonly #keychain: Vault
  readonly #file: FileVault
  readonly #memory = new MemoryVault()
  readonly #setting: Settings['vault']
  /** What the environment holds, whichever vault is chosen: its keys are offered for import. */
  readonly environment: EnvironmentVault
  #backend: VaultBackend | undefined
  #probe: KeychainProbe = { works: false, name: keychainName(), reason: { code: 'keychain-not-asked' } }
  #probing: Promise<KeychainProbe> | undefined
  #ready: Promise<void> | undefined
  #asking: Promise<unknown> | undefined
  #isAsked = false
  #generation = 0

  constructor(options: VaultKeeperOptions) {
    this.#onChosen = options.onChosen
    this.#probeKeychain = options.probeKeychain ?? (() => keychainWorks())
    this.#keychain = options.keychain ?? new KeychainVault()
    this.#file = options.file ?? new FileVault(options.dataDir)
    this.environment = new EnvironmentVault(options.environment, options.environmentVariables)
    this.#setting = options.setting
    this.#backend = options.setting === 'auto' ? undefined : options.setting
  }

  /** Resolves when it is settled where keys rest. Asks the keychain, which may take seconds, unless another vault was chosen. */
  ready(): Promise<void> {
    this.#ready ??= this.#decide()
    return this.#ready
  }

  async #decide(): Promise<void> {
    // whoever keeps keys elsewhere is not asked to unlock a keychain at every start
    if (this.#setting !== 'auto' && this.#setting !== 'keychain') return
    const { works } = await this.#probeAgain()
    // The user may have chosen meanwhile.
    if (this.#setting === 'auto' && this.#backend === undefined && works) this.#backend = 'keychain'
    this.#generation++
  }

  /** Changes whenever other secrets may be within reach than before: what is remembered of them is void then. */
  get generation(): number {
    return this.#generation
  }

  get backend(): VaultBackend | undefined {
    return this.#backend
  }

  /** As `status`, with the keychain asked if nobody has asked it yet: where another vault is chosen the workbench wants to know of it. */
  async statusWithKeychain(): Promise<VaultStatus> {
    this.#asking ??= this.#isAsked ? Promise.resolve() : this.#probeAgain()
    await this.#asking
    return this.status()
  }

  status(): VaultStatus {
    const { works, name, reason } = this.#probe
    return {
      backend: this.#backend,
      writable: this.current()?.writable ?? false,
      locked: this.#backend === 'file' && this.#file.locked,
      keychain: { works, name, ...(reason !== undefined && { reason }) },
    }
  }

  /** The chosen vault when it can be used now; otherwise `unavailableBecause()` says what is in the way. */
  current(): Vault | undefined {
    switch (this.#backend) {
      case 'keychain':
        return this.#probe.works ? this.#keychain : undefined
      case 'file':
        return this.#file.locked ? undefined : this.#file
      case 'environment':
        return this.environment
      case 'memory':
        return this.#memory
      case undefined:
        return undefined
    }
  }

  /** For people; undefined while the vault can be used. */
  unavailableBecause(): VaultMessage | undefined {
    if (this.current() !== undefined) return undefined
    if (this.#backend === 'file') return { code: 'vault-locked' }
    const { name, reason = SILENT } = this.#probe
    if (this.#backend === 'keychain') return { code: 'keychain-unusable', keychain: name, why: reason }
    return { code: 'no-place-yet', keychain: name, why: reason }
  }

  /** Every vault that a secret may be deleted from now, the chosen one or not. */
  async reachable(): Promise<readonly Vault[]> {
    await this.ready()
    const { works } = await (this.#probing ?? this.#probe)
    return works ? [this.#memory, this.#file, this.#keychain] : [this.#memory, this.#file]
  }

  /**
   * Keys stay where they rest: those in another vault are out of use until that one is chosen again.
   * @throws ApiError 'bad-input' without a passphrase for the file, 'refused' for a wrong one, 'unavailable' when the vault cannot be used.
   */
  async choose(backend: VaultBackend, passphrase?: string): Promise<VaultStatus> {
    if (backend === 'keychain') {
      const { works, name, reason = SILENT } = await this.#probeAgain()
      if (!works) throw new ApiError('unavailable', { code: 'keychain-unusable', keychain: name, why: reason }, 'backend')
    }
    if (backend === 'file') {
      if (passphrase === undefined) throw new ApiError('bad-input', { code: 'choose-passphrase' }, 'passphrase')
      await asked(async () => ((await this.#file.exists()) ? this.#file.unlock(passphrase) : this.#file.create(passphrase)))
    }
    await this.#onChosen(backend)
    this.#backend = backend
    this.#generation++
    return this.status()
  }

  /** @throws ApiError 'bad-input' when nothing waits for a passphrase, 'refused' for a wrong one, 'unavailable' for a file that is gone or damaged. */
  async unlock(passphrase: string): Promise<VaultStatus> {
    if (this.#backend !== 'file') throw new ApiError('bad-input', { code: 'no-vault-waits' }, 'passphrase')
    await asked(() => this.#file.unlock(passphrase))
    this.#generation++
    return this.status()
  }

  /** A keychain that was locked at the start may be open by now. */
  #probeAgain(): Promise<KeychainProbe> {
    this.#probing ??= this.#probeKeychain()
      .then((probe) => {
        this.#probe = probe
        this.#isAsked = true
        return probe
      })
      .finally(() => {
        this.#probing = undefined
      })
    return this.#probing
  }
}

/** What a vault says, as a failure for the workbench. @throws ApiError */
export async function asked<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (thrown) {
    if (!(thrown instanceof VaultError)) throw thrown
    if (thrown.reason === 'wrong-passphrase') throw new ApiError('refused', saidBy(thrown), 'passphrase')
    throw new ApiError(thrown.reason === 'read-only' ? 'refused' : 'unavailable', saidBy(thrown))
  }
}
