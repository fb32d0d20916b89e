/**
 * The pool of provider keys: what is known of them (rows in the database), where their secrets rest (a vault), and which of them may be used
 * just now. Secrets are read once and then held in memory; they never reach the database.
 *
 * Order of writes: a row is written before its secret and removed after it, so that a crash in between leaves a row without a secret, which is
 * shown as missing and can be deleted, and never a secret that nothing lists.
 */

import type { CredentialState, CredentialSummary, EnvironmentKey } from '../../../shared/api/keys.ts'
import { ApiError } from '../../../shared/contract.ts'
import { Failure } from '../../../shared/failure.ts'
import type { CredentialId, Ms, ProviderId } from '../../../shared/ids.ts'
import { saidBy } from '../../../shared/messages/spoken-error.ts'
import type { VaultMessage } from '../../../shared/messages/vaults.ts'
import type { CredentialMark, CredentialRow, Storage } from '../storage/storage.ts'
import { CredentialStates } from './credential-states.ts'
import { isEnvironmentId } from './environment-vault.ts'
import { FormerSecrets } from './former-secrets.ts'
import type { Secret } from './secret.ts'
import { type Vault, type VaultBackend, VaultError } from './vault.ts'
import { asked, type VaultKeeper } from './vault-keeper.ts'

/** A key in steady use writes its row no oftener than this. */
const USED_EVERY_MS = 60_000

const NO_PLACE: VaultMessage = { code: 'no-place' }

export interface CredentialsOptions {
  readonly storage: Pick<Storage, 'listCredentials' | 'putCredential' | 'touchCredential' | 'removeCredential'>
  /** Where marks outlive a restart; absent: nowhere. */
  readonly marks?: Pick<Storage, 'listCredentialMarks' | 'putCredentialMark' | 'removeCredentialMark'>
  /** Where replaced keys that stand in for a while are listed; absent: none does. */
  readonly formers?: Pick<Storage, 'listFormerSecrets' | 'putFormerSecret' | 'removeFormerSecret'>
  readonly keeper: VaultKeeper
  readonly now: () => Ms
  readonly newId: () => CredentialId
  /** The list or a state changed. Called on the request's path: be quick. */
  readonly onChange?: () => void
  /** Something that nobody waits for went wrong. */
  readonly onError?: (error: Error) => void
}

export interface NewCredential {
  readonly provider: ProviderId
  readonly label?: string | undefined
  readonly secret: Secret
}

export class Credentials {
  readonly #options: CredentialsOptions
  readonly #states: CredentialStates
  readonly #formers: FormerSecrets | undefined
  #rows: readonly CredentialRow[] = []
  readonly #secrets = new Map<CredentialId, Secret>()
  readonly #opening = new Map<CredentialId, Promise<Secret>>()
  readonly #notedAt = new Map<CredentialId, Ms>()
  /** Those with a mark in the database. */
  readonly #kept = new Set<CredentialId>()
  #generation = -1
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: CredentialsOptions) {
    this.#options = options
    this.#states = new CredentialStates(options.now)
    const { formers: storage, keeper, now } = options
    const onError = (error: Error): void => options.onError?.(error)
    if (storage !== undefined) this.#formers = new FormerSecrets({ storage, keeper, now, onChange: () => options.onChange?.(), onError })
  }

  /** Reads the rows and waits until it is settled where secrets rest. @throws StorageError */
  async load(): Promise<void> {
    const { storage, keeper, marks } = this.#options
    const [rows, marked] = await Promise.all([storage.listCredentials(), marks?.listCredentialMarks() ?? [], keeper.ready()])
    this.#rows = rows
    for (const { id, last4, state } of marked) {
      this.#kept.add(id)
      // another secret under the same name has not been refused by anybody
      if (this.#all().some((row) => row.id === id && row.last4 === last4)) this.#states.mark(id, JSON.parse(state) as CredentialState)
    }
    await this.#formers?.load((id) => rows.some((row) => row.id === id))
  }

  /** By provider, each in the order in which its keys are used. */
  list(): readonly CredentialSummary[] {
    return this.#all().map((row) => this.#summary(row))
  }

  /** The keys that may be used now, in order. */
  forProvider(provider: ProviderId): readonly { readonly id: CredentialId; readonly label: string }[] {
    const usable: { readonly id: CredentialId; readonly label: string }[] = []
    for (const row of this.#all()) if (row.provider === provider && this.#isUsable(row)) usable.push({ id: row.id, label: row.label })
    return usable
  }

  /** The keys of a provider that may not be used now, each with the reason in a sentence. Empty when it has none at all. */
  whyNot(provider: ProviderId): readonly { readonly id: CredentialId; readonly label: string; readonly why: VaultMessage }[] {
    const unusable: { readonly id: CredentialId; readonly label: string; readonly why: VaultMessage }[] = []
    for (const row of this.#all()) {
      const why = row.provider === provider && !this.#isUsable(row) ? this.#whyNot(row) : undefined
      if (why !== undefined) unusable.push({ id: row.id, label: row.label, why })
    }
    return unusable
  }

  /** The secret if it has been read already: no waiting on the hot path. */
  cached(id: CredentialId): Secret | undefined {
    this.#forgetOfOtherVault()
    return this.#secrets.get(id)
  }

  /** @throws Failure 'no-credential' with what can be done; the next candidate may still serve. */
  async open(id: CredentialId): Promise<Secret> {
    const cached = this.cached(id)
    if (cached !== undefined) return cached
    let opening = this.#opening.get(id)
    if (opening === undefined) {
      opening = this.#readSecret(id)
      this.#opening.set(id, opening)
    }
    const mine = opening
    try {
      const secret = await mine
      // Replaced, deleted or in another vault meanwhile: then it is not to be remembered.
      if (this.#opening.get(id) === mine) this.#secrets.set(id, secret)
      return secret
    } finally {
      if (this.#opening.get(id) === mine) this.#opening.delete(id)
    }
  }

  /** Whether the secret that this key replaced stands in where a provider refuses it. */
  hasFormer(id: CredentialId): boolean {
    return this.#formers?.of(id) !== undefined
  }

  /** The secret that this key replaced. @throws Failure 'no-credential' when it stands in no more */
  async openFormer(id: CredentialId): Promise<Secret> {
    const secret = await this.#formers?.open(id).catch((thrown: unknown) => {
      if (!(thrown instanceof VaultError)) throw thrown
      return undefined
    })
    if (secret === undefined) throw new Failure('no-credential', 'The key that was replaced is not kept any more.')
    return secret
  }

  /** Deletes the secret that this key replaced before its time. Safe for a key without one. */
  removeFormer(id: CredentialId): Promise<void> {
    return this.#inTurn(async () => await this.#formers?.remove(id))
  }

  /** Ends what would be done later. */
  close(): void {
    this.#formers?.close()
  }

  /**
   * Stores a key as the provider's last.
   * @throws ApiError 'conflict' when the provider has this very key, 'unavailable' when no vault is chosen or it is locked.
   */
  add({ provider, label, secret }: NewCredential): Promise<CredentialSummary> {
    return this.#inTurn(async () => {
      const vault = this.#writable()
      await this.#refuseTwice(provider, secret)
      const others = this.#rows.filter((row) => row.provider === provider)
      const row: CredentialRow = {
        id: this.#options.newId(),
        provider,
        label: label ?? unusedLabel(others),
        last4: secret.last4,
        vault: vault.backend,
        order: Math.max(-1, ...others.map((other) => other.order)) + 1,
        createdAt: this.#options.now(),
        lastUsedAt: undefined,
      }
      await this.#options.storage.putCredential(row)
      try {
        await asked(() => vault.set(row.id, secret))
      } catch (thrown) {
        await this.#options.storage.removeCredential(row.id)
        throw thrown
      }
      // Only now may a request find it: before, its secret would have been missing.
      this.#remember(row.id, secret)
      this.#show(row)
      return this.#summary(row)
    })
  }

  /** @throws ApiError 'not-found', 'refused' for a key of the environment. */
  rename(id: CredentialId, label: string): Promise<CredentialSummary> {
    return this.#inTurn(async () => {
      const row = { ...this.#stored(id), label }
      await this.#put(row)
      return this.#summary(row)
    })
  }

  /**
   * Puts another secret in a key's place, in the vault chosen now. The one before stands in for a while where it rested there too, see former-secrets.ts.
   * @throws ApiError as `add`, and 'not-found'.
   */
  replace(id: CredentialId, secret: Secret): Promise<CredentialSummary> {
    return this.#inTurn(async () => {
      const before = this.#stored(id)
      const vault = this.#writable()
      await this.#refuseTwice(before.provider, secret, id)
      await this.#keepFormer(before, secret, vault)
      // The secret first: until the row says otherwise the old one still holds, and deleting the row clears every vault of it.
      await asked(() => vault.set(id, secret))
      this.#remember(id, secret)
      const row = { ...before, last4: secret.last4, vault: vault.backend }
      await this.#put(row)
      if (before.vault !== vault.backend) await this.#deleteElsewhere(id, vault.backend)
      return this.#summary(row)
    })
  }

  /** @throws ApiError 'bad-input' unless `ids` are exactly the provider's stored keys. */
  reorder(provider: ProviderId, ids: readonly CredentialId[]): Promise<readonly CredentialSummary[]> {
    return this.#inTurn(async () => {
      const rows = this.#rows.filter((row) => row.provider === provider)
      if (ids.length !== rows.length || new Set(ids).size !== ids.length || !rows.every((row) => ids.includes(row.id))) {
        throw new ApiError('bad-input', { code: 'name-each-key' }, 'ids')
      }
      for (const row of rows) if (row.order !== ids.indexOf(row.id)) await this.#put({ ...row, order: ids.indexOf(row.id) })
      return this.list()
    })
  }

  /** @throws ApiError 'not-found', 'refused' for a key of the environment, 'unavailable' when its vault cannot be reached: then it stays listed. */
  delete(id: CredentialId): Promise<void> {
    return this.#inTurn(async () => {
      const { vault: backend } = this.#stored(id)
      const home = (await this.#options.keeper.reachable()).find((vault) => vault.backend === backend)
      if (home === undefined) {
        throw new ApiError('unavailable', { code: 'keychain-away', keychain: this.#options.keeper.status().keychain.name })
      }
      await asked(() => home.delete(id))
      this.#forget(id)
      await this.#formers?.remove(id)
      await this.#deleteElsewhere(id, backend)
      await this.#drop(id)
    })
  }

  /** What a provider's answer told about a key. A refusal is kept over a restart, and ends with the next good answer or another secret. */
  mark(id: CredentialId, state: CredentialState): void {
    const row = this.#all().find((row) => row.id === id)
    if (row === undefined) return
    this.#states.mark(id, state)
    if (state.is === 'refused' || state.is === 'out-of-credit') this.#keepMark({ id, last4: row.last4, state: JSON.stringify(state) })
    else if (state.is === 'ready' || state.is === 'unchecked') this.#dropMark(id)
    this.#options.onChange?.()
  }

  #keepMark(mark: CredentialMark): void {
    this.#kept.add(mark.id)
    this.#options.marks?.putCredentialMark(mark).catch((error: Error) => this.#options.onError?.(error))
  }

  #dropMark(id: CredentialId): void {
    if (this.#kept.delete(id)) this.#options.marks?.removeCredentialMark(id).catch((error: Error) => this.#options.onError?.(error))
  }

  /** Notes that a request used it. Writes behind, at most once a minute. */
  used(id: CredentialId): void {
    const now = this.#options.now()
    // it has answered: what was said of it before holds no more
    if (this.#kept.size > 0 && this.#kept.has(id)) this.mark(id, { is: 'ready', checkedAt: now })
    if (now - (this.#notedAt.get(id) ?? Number.NEGATIVE_INFINITY) < USED_EVERY_MS) return
    this.#notedAt.set(id, now)
    this.#rows = this.#rows.map((row) => (row.id === id ? { ...row, lastUsedAt: now } : row))
    if (!isEnvironmentId(id)) this.#noteUse(id, now).catch((error: Error) => this.#options.onError?.(error))
  }

  async #noteUse(id: CredentialId, at: Ms): Promise<void> {
    // Deleted by another process: this is how a running one learns of it.
    if (!(await this.#options.storage.touchCredential(id, at))) this.#hide(id)
  }

  /** Keys that stand in environment variables, for import. */
  async environment(): Promise<readonly EnvironmentKey[]> {
    const keys: EnvironmentKey[] = []
    for (const { variable, provider, secret } of this.#options.keeper.environment.secrets()) {
      keys.push({ variable, provider, last4: secret.last4, imported: (await this.#sameAs(provider, secret)) !== undefined })
    }
    return keys
  }

  /** Stores the key of an environment variable. @throws ApiError 'not-found' when it holds none, and as `add`. */
  async import(variable: string): Promise<CredentialSummary> {
    const found = this.#options.keeper.environment.secrets().find((entry) => entry.variable === variable)
    if (found === undefined) throw new ApiError('not-found', { code: 'environment-empty', variable }, 'variable')
    return this.add({ provider: found.provider, label: variable, secret: found.secret })
  }

  /** Stored keys, and those of the environment where that is the vault. */
  #all(): readonly CredentialRow[] {
    return this.#options.keeper.backend === 'environment' ? [...this.#environmentRows(), ...this.#rows] : this.#rows
  }

  #environmentRows(): readonly CredentialRow[] {
    return this.#options.keeper.environment.secrets().map(({ id, variable, provider, secret }, order) => ({
      id,
      provider,
      label: variable,
      last4: secret.last4,
      vault: 'environment',
      order,
      createdAt: 0,
      lastUsedAt: this.#notedAt.get(id),
    }))
  }

  #summary(row: CredentialRow): CredentialSummary {
    const { id, provider, label, last4, order, lastUsedAt } = row
    const former = this.#formers?.of(id)
    return {
      ...{ id, provider, label, last4, order, state: this.#stateOf(row), readOnly: isEnvironmentId(id), lastUsedAt },
      ...(former !== undefined && { former }),
    }
  }

  #stateOf(row: CredentialRow): CredentialState {
    this.#forgetOfOtherVault()
    return this.#options.keeper.current()?.backend === row.vault ? this.#states.of(row.id) : { is: 'missing' }
  }

  #isUsable(row: CredentialRow): boolean {
    const state = this.#stateOf(row)
    return this.#states.usable(state) || (state.is === 'refused' && this.hasFormer(row.id))
  }

  /** What the new secret takes the place of. One that was itself refused is worth nothing: the one before it goes on standing in. */
  async #keepFormer(before: CredentialRow, next: Secret, vault: Vault): Promise<void> {
    const { id } = before
    if (this.#formers === undefined || (this.#stateOf(before).is === 'refused' && this.hasFormer(id) && !(await this.#isFormer(id, next)))) return
    await this.#formers.remove(id)
    if (before.vault !== vault.backend || this.#stateOf(before).is === 'refused') return
    try {
      const secret = await this.open(id)
      if (!isSame(secret, next)) await this.#formers.keep(id, secret, vault)
    } catch (thrown) {
      // what cannot be read cannot stand in
      if (!(thrown instanceof Failure)) throw thrown
    }
  }

  async #isFormer(id: CredentialId, next: Secret): Promise<boolean> {
    try {
      return isSame(await this.openFormer(id), next)
    } catch {
      return false
    }
  }

  #whyNot(row: CredentialRow): VaultMessage | undefined {
    const { keeper } = this.#options
    const state = this.#stateOf(row)
    if (state.is !== 'missing') return this.#states.whyNot(state)
    if (keeper.backend === row.vault || keeper.backend === undefined) return keeper.unavailableBecause() ?? this.#states.whyNot(state)
    return { code: 'in-other-vault' }
  }

  async #readSecret(id: CredentialId): Promise<Secret> {
    const { keeper } = this.#options
    const row = this.#all().find((candidate) => candidate.id === id)
    if (row === undefined) throw new Failure('no-credential', { code: 'key-deleted' })
    const vault = keeper.current()
    if (vault === undefined) throw new Failure('no-credential', keeper.unavailableBecause() ?? NO_PLACE)
    if (vault.backend !== row.vault) throw new Failure('no-credential', { code: 'key-in-other-vault', label: row.label })
    try {
      const secret = await vault.get(id)
      if (secret !== undefined) return secret
    } catch (thrown) {
      if (!(thrown instanceof VaultError)) throw thrown
      if (thrown.reason === 'corrupt') this.mark(id, { is: 'missing' })
      throw new Failure('no-credential', { code: 'key-unreadable', label: row.label, said: saidBy(thrown) }, { cause: thrown })
    }
    this.mark(id, { is: 'missing' })
    throw new Failure('no-credential', { code: 'key-not-there', label: row.label })
  }

  /** After another vault was chosen or unlocked, what was read or missed before says nothing any more. */
  #forgetOfOtherVault(): void {
    if (this.#generation === this.#options.keeper.generation) return
    this.#generation = this.#options.keeper.generation
    this.#secrets.clear()
    this.#opening.clear()
    this.#states.forgetMissing()
  }

  #remember(id: CredentialId, secret: Secret): void {
    this.#forgetOfOtherVault()
    this.#opening.delete(id)
    this.#secrets.set(id, secret)
    this.#states.forget(id)
    this.#dropMark(id)
  }

  #forget(id: CredentialId): void {
    this.#opening.delete(id)
    this.#secrets.delete(id)
    this.#states.forget(id)
    this.#dropMark(id)
    this.#notedAt.delete(id)
  }

  /** @throws ApiError 'unavailable' */
  #writable(): Vault & { readonly backend: VaultBackend } {
    const vault = this.#options.keeper.current()
    if (vault === undefined) throw new ApiError('unavailable', this.#options.keeper.unavailableBecause() ?? NO_PLACE)
    if (!vault.writable) throw new ApiError('unavailable', { code: 'environment-here' })
    return vault
  }

  /** @throws ApiError 'not-found', 'refused' */
  #stored(id: CredentialId): CredentialRow {
    if (isEnvironmentId(id)) throw new ApiError('refused', { code: 'change-in-environment' })
    const row = this.#rows.find((candidate) => candidate.id === id)
    if (row === undefined) throw new ApiError('not-found', { code: 'no-such-key' })
    return row
  }

  async #refuseTwice(provider: ProviderId, secret: Secret, except?: CredentialId): Promise<void> {
    const same = await this.#sameAs(provider, secret, except)
    if (same !== undefined) throw new ApiError('conflict', { code: 'stored-already', label: same.label }, 'secret')
  }

  /** The provider's stored key with this very secret. Keys that cannot be read now are passed over: they cannot be compared. */
  async #sameAs(provider: ProviderId, secret: Secret, except?: CredentialId): Promise<CredentialRow | undefined> {
    for (const row of this.#rows) {
      if (row.provider !== provider || row.id === except || this.#stateOf(row).is === 'missing') continue
      try {
        const other = await this.open(row.id)
        if (isSame(secret, other)) return row
      } catch (thrown) {
        if (!(thrown instanceof Failure)) throw thrown
      }
    }
    return undefined
  }

  /** Copies that a replacement or a crash may have left in vaults that are not in use. That one of them fails must not keep a key alive. */
  async #deleteElsewhere(id: CredentialId, backend: VaultBackend): Promise<void> {
    for (const vault of await this.#options.keeper.reachable()) {
      if (vault.backend !== backend) await vault.delete(id).catch((error: Error) => this.#options.onError?.(error))
    }
  }

  async #put(row: CredentialRow): Promise<void> {
    await this.#options.storage.putCredential(row)
    this.#show(row)
  }

  #show(row: CredentialRow): void {
    this.#rows = [...this.#rows.filter(({ id }) => id !== row.id), row].sort(byProviderAndOrder)
    this.#options.onChange?.()
  }

  async #drop(id: CredentialId): Promise<void> {
    await this.#options.storage.removeCredential(id)
    this.#hide(id)
  }

  #hide(id: CredentialId): void {
    this.#forget(id)
    this.#rows = this.#rows.filter((row) => row.id !== id)
    this.#options.onChange?.()
  }

  /** Changes run one after another, or two of them could both find that a key is new. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(change)
    this.#turn = turn.catch(() => undefined)
    return turn
  }
}

function isSame(one: Secret, other: Secret): boolean {
  return one.use((text) => other.use((its) => text === its))
}

function byProviderAndOrder(one: CredentialRow, other: CredentialRow): number {
  if (one.provider !== other.provider) return one.provider < other.provider ? -1 : 1
  return one.order - other.order || one.createdAt - other.createdAt
}

function unusedLabel(others: readonly CredentialRow[]): string {
  for (let number = others.length + 1; ; number++) {
    const label = `Key ${number}`
    if (!others.some((other) => other.label === label)) return label
  }
}
