/** What one can do with keys, providers and the vault. Nothing here rejects: a failure is returned, or put where the form shows it. */
import type { CredentialSummary, VaultBackend } from '../../../shared/api/keys.ts'
import type { ProviderSummary } from '../../../shared/api/providers.ts'
import type { ApiFailure } from '../../../shared/contract.ts'
import type { CredentialId, ProviderId } from '../../../shared/ids.ts'
import { client } from '../../client/client.ts'
import type { Mirror } from '../../client/mirror.ts'
import { settings, vaultStatus } from '../../client/mirrors.ts'
import { textsNow } from '../../i18n/texts.ts'
import { showFailure, showToast } from '../../ui/toast.tsx'
import { moved, providerKeys } from './groups.ts'
import type { KeyLimit } from './limits.ts'
import { recogniseProvider } from './recognise.ts'
import { EMPTY_FORM, environmentKeys, keys, providers, type Stored, useAddKey, useChecks, useProbe } from './store.ts'
import { PROVIDERS_TEXTS } from './texts.ts'

export function typeSecret(secret: string): void {
  useAddKey.setState({ secret, failure: undefined })
}

export function chooseProvider(chosen: ProviderId | undefined): void {
  useAddKey.setState({ chosen, failure: undefined })
}

export function typeLabel(label: string): void {
  useAddKey.setState({ label, failure: undefined })
}

/** Where the typed key would go: the user's choice, or the one provider whose beginning it has. */
export function destination(): ProviderId | undefined {
  const { secret, chosen } = useAddKey.getState()
  if (chosen !== undefined) return chosen
  const recognised = recogniseProvider(secret, known(providers))
  return recognised.is === 'one' ? recognised.provider.id : undefined
}

/** Validates and stores the typed key. It leaves the form before it is sent, whatever the answer will be. */
export async function saveKey(): Promise<void> {
  const { secret, label, phase } = useAddKey.getState()
  if (phase.is === 'saving') return
  const texts = textsNow(PROVIDERS_TEXTS)
  const provider = destination()
  if (secret.trim() === '') return useAddKey.setState({ failure: { kind: 'bad-input', message: texts.form.pasteFirst, field: 'secret' } })
  if (provider === undefined) return useAddKey.setState({ failure: { kind: 'bad-input', message: texts.form.chooseFirst, field: 'provider' } })
  useAddKey.setState({ secret: '', phase: { is: 'saving', provider, since: Date.now() }, failure: undefined, stored: undefined })
  const name = label.trim()
  const result = await client['keys.add']({ provider, secret: secret.trim(), ...(name !== '' && { label: name }) })
  if (!result.ok) return useAddKey.setState({ phase: { is: 'typing' }, failure: result.failure })
  useAddKey.setState({ ...EMPTY_FORM, stored: { verb: 'saved', ...result.value } })
  await refreshKeys()
}

export function dismissStored(): void {
  useAddKey.setState({ stored: undefined })
}

export async function replaceKey(id: CredentialId, secret: string): Promise<ApiFailure | undefined> {
  const result = await client['keys.replace']({ id, secret: secret.trim() })
  if (!result.ok) return result.failure
  tell({ verb: 'replaced', ...result.value })
  await refreshKeys()
  return undefined
}

/** Deletes the key that was replaced before its ten minutes are over. */
export async function removeFormer({ id, label }: CredentialSummary): Promise<void> {
  const result = await client['keys.removeFormer']({ id })
  if (!result.ok) return showFailure(result.failure.message)
  showToast(textsNow(PROVIDERS_TEXTS).key.former.removed(label))
  await keys.refresh()
}

/** Stores a key that was found in the environment. Only ever on the user's own click. */
export async function importKey(variable: string): Promise<void> {
  const result = await client['keys.import']({ variable })
  if (!result.ok) return showFailure(result.failure.message)
  tell({ verb: 'imported', ...result.value })
  await refreshKeys()
}

/** Tries a stored key with the cheapest call. */
export async function checkKey(id: CredentialId): Promise<void> {
  if (useChecks.getState()[id]?.is === 'checking') return
  useChecks.setState({ [id]: { is: 'checking' } })
  const result = await client['keys.validate']({ id })
  const { [id]: _, ...others } = useChecks.getState()
  useChecks.setState(result.ok ? { ...others, [id]: { is: 'checked', validation: result.value } } : others, true)
  if (!result.ok) showFailure(result.failure.message)
  await keys.refresh()
}

export async function renameKey(credential: CredentialSummary, label: string): Promise<ApiFailure | undefined> {
  const name = label.trim()
  if (name === credential.label) return undefined
  const result = await client['keys.rename']({ id: credential.id, label: name })
  if (!result.ok) return result.failure
  await keys.refresh()
  showToast(textsNow(PROVIDERS_TEXTS).key.renamed(name), () => void renameKey({ ...credential, label: name }, credential.label))
  return undefined
}

/** One place up (-1) or down (1) in the order in which the provider's keys are used. The screen follows at once; a refusal puts it back. */
export async function moveKey(credential: CredentialSummary, by: -1 | 1): Promise<void> {
  const state = keys.store.getState()
  if (state.is !== 'ready') return
  const order = moved(
    providerKeys(state.value, credential.provider).map((key) => key.id),
    credential.id,
    by,
  )
  if (order === undefined) return
  const places = new Map(order.map((id, index) => [id, index]))
  keys.store.setState({ is: 'ready', value: state.value.map((key) => ({ ...key, order: places.get(key.id) ?? key.order })) }, true)
  const result = await client['keys.reorder']({ provider: credential.provider, ids: [...order] })
  if (!result.ok) showFailure(result.failure.message)
  await keys.refresh()
}

export async function deleteKey(credential: CredentialSummary): Promise<ApiFailure | undefined> {
  const result = await client['keys.delete']({ id: credential.id })
  if (!result.ok) return result.failure
  if (useAddKey.getState().stored?.credential.id === credential.id) dismissStored()
  await refreshKeys()
  showToast(textsNow(PROVIDERS_TEXTS).key.deleted(credential.label))
  return undefined
}

/** All of a key's limits; empty: none. */
export async function setKeyLimits(id: CredentialId, limit: KeyLimit): Promise<ApiFailure | undefined> {
  const state = settings.store.getState()
  if (state.is !== 'ready') return undefined
  const { routing } = state.value
  const { [id]: _before, ...others } = routing.keyLimits
  const keyLimits = Object.keys(limit).length === 0 ? others : { ...others, [id]: limit }
  const result = await client['settings.update']({ routing: { ...routing, keyLimits } })
  if (!result.ok) return result.failure
  await settings.refresh()
  return undefined
}

/** Asks Ollama, LM Studio and other local servers whether they run. */
export async function probeLocal(): Promise<void> {
  if (useProbe.getState().probing) return
  useProbe.setState({ probing: true })
  const result = await client['providers.probeLocal']({})
  useProbe.setState({ probing: false })
  if (!result.ok) showFailure(result.failure.message)
  await providers.refresh()
}

export interface CustomProviderForm {
  readonly id: string
  readonly name: string
  readonly baseUrl: string
  readonly needsKey: boolean
  /** The user's yes to an address inside a private network. */
  readonly inPrivateNetwork?: boolean
}

export async function addCustomProvider(form: CustomProviderForm): Promise<ApiFailure | undefined> {
  const result = await client['providers.addCustom'](form)
  if (!result.ok) return result.failure
  await providers.refresh()
  showToast(textsNow(PROVIDERS_TEXTS).custom.added(form.name, form.id))
  return undefined
}

export async function removeCustomProvider(provider: ProviderSummary): Promise<ApiFailure | undefined> {
  const hadKeys = known(keys).some((key) => key.provider === provider.id)
  const result = await client['providers.removeCustom']({ id: provider.id })
  if (!result.ok) return result.failure
  await Promise.all([providers.refresh(), refreshKeys()])
  const { id, name, baseUrl, needsKey } = provider
  // its keys went with it and cannot come back, so undo is offered only where it undoes everything
  const removed = textsNow(PROVIDERS_TEXTS).custom.removed(name)
  if (hadKeys) showToast(removed)
  else showToast(removed, () => void addAgain({ id, name, baseUrl, needsKey }))
  return undefined
}

/** An address inside a private network was agreed to before it was removed. */
async function addAgain(form: CustomProviderForm): Promise<void> {
  const failed = await addCustomProvider(form)
  if (failed?.field === 'inPrivateNetwork') await addCustomProvider({ ...form, inPrivateNetwork: true })
}

export async function chooseVault(backend: VaultBackend, passphrase?: string): Promise<ApiFailure | undefined> {
  const result = await client['vault.choose']({ backend, ...(passphrase !== undefined && { passphrase }) })
  if (!result.ok) return result.failure
  await Promise.all([vaultStatus.refresh(), refreshKeys()])
  return undefined
}

export async function unlockVault(passphrase: string): Promise<ApiFailure | undefined> {
  const result = await client['vault.unlock']({ passphrase })
  if (!result.ok) return result.failure
  await Promise.all([vaultStatus.refresh(), refreshKeys()])
  return undefined
}

function tell(stored: Stored): void {
  useAddKey.setState({ stored })
}

async function refreshKeys(): Promise<void> {
  await Promise.all([keys.refresh(), environmentKeys.refresh(), providers.refresh()])
}

function known<T>(mirror: Mirror<readonly T[]>): readonly T[] {
  const state = mirror.store.getState()
  return state.is === 'ready' ? state.value : []
}
