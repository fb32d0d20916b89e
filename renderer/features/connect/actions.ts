import type { ClientKey } from '../../../shared/api/connect.ts'
import type { ModelRow } from '../../../shared/api/providers.ts'
import type { ApiFailure } from '../../../shared/contract.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { client } from '../../client/client.ts'
import { live } from '../../client/live.ts'
import { clientKeys } from '../../client/mirrors.ts'
import { textsNow } from '../../i18n/texts.ts'
import { showFailure, showToast } from '../../ui/toast.tsx'
import type { Snippet, SnippetId } from './snippets.ts'
import { type ConnectState, EMPTY_CONNECT, type SnippetKey, useConnect } from './store.ts'
import { seenOf } from './test-light.ts'
import { CONNECT_TEXTS } from './texts.ts'

/** Watches for requests from tools until the returned function is called. Leaving the screen forgets the key that was shown. */
export function watchForRequests(): () => void {
  const leave = live.on('traffic', ({ record }) => see(record))
  return () => {
    leave()
    const { model, snippet } = useConnect.getState()
    useConnect.setState({ ...EMPTY_CONNECT, model, snippet })
  }
}

function see(record: UsageRecord): void {
  const seen = seenOf(record)
  if (seen === undefined) return
  useConnect.setState((state) => ({ seen: { ...state.seen, [seen.caller]: seen.request } }))
  void refreshLastUsed(record)
}

/** A key that is used for the first time should not go on saying `never`. */
async function refreshLastUsed(record: UsageRecord): Promise<void> {
  const state = clientKeys.store.getState()
  if (state.is === 'ready' && state.value.some((each) => each.id === record.caller && each.lastUsedAt === undefined)) await clientKeys.refresh()
}

export async function createClient(name: string): Promise<boolean> {
  useConnect.setState({ creating: true, failure: undefined })
  const result = await client['clients.create']({ name: name.trim() })
  if (!result.ok) {
    useConnect.setState({ creating: false, failure: result.failure })
    return false
  }
  useConnect.setState({ creating: false, created: result.value })
  await clientKeys.refresh()
  return true
}

/** A key of the tool's own, filled into its snippet at once. */
export async function createToolKey(snippet: Snippet): Promise<void> {
  if (useConnect.getState().creating) return
  useConnect.setState({ creating: true })
  const result = await client['clients.create']({ name: snippet.title })
  useConnect.setState({ creating: false })
  if (!result.ok) return showFailure(result.failure.message)
  useConnect.setState(({ toolKeys }) => ({ toolKeys: { ...toolKeys, [snippet.id]: result.value } }))
  await clientKeys.refresh()
}

/** Puts the shown key away; it cannot be shown again. */
export function forgetCreated(): void {
  useConnect.setState({ created: undefined })
}

export async function revokeClient(key: ClientKey): Promise<ApiFailure | undefined> {
  const result = await client['clients.revoke']({ id: key.id })
  if (!result.ok) return result.failure
  if (useConnect.getState().created?.client.id === key.id) forgetCreated()
  useConnect.setState(({ toolKeys }) => ({ toolKeys: Object.fromEntries(Object.entries(toolKeys).filter(([, made]) => made.client.id !== key.id)) }))
  await clientKeys.refresh()
  showToast(textsNow(CONNECT_TEXTS).revoked(key.name))
  return undefined
}

export function chooseModel(model: string | undefined): void {
  useConnect.setState({ model })
}

export function chooseSnippet(snippet: SnippetId): void {
  useConnect.setState({ snippet })
}

/**
 * The just-made key where there is one. Otherwise the public demo key, as long as it opens the model that was chosen; a real model needs a key
 * of its own, which only its owner still has.
 */
export function snippetKey(created: ConnectState['created'], demoKey: string | undefined, model: ModelRow | undefined): SnippetKey {
  if (created !== undefined) return { is: 'created', secret: created.secret, caller: created.client.id }
  if (demoKey !== undefined && model?.simulated === true) return { is: 'demo', secret: demoKey }
  return { is: 'placeholder' }
}

/** The model in the snippets: the chosen one, else one that works now: with a key of one's own a real one, without it a simulated one. */
export function snippetModel(models: readonly ModelRow[], chosen: string | undefined, hasKey: boolean): ModelRow | undefined {
  const usable = models.filter((model) => model.usable)
  return (
    models.find((model) => model.id === chosen) ?? (hasKey ? usable.find((model) => !model.simulated) : usable.find((model) => model.simulated)) ?? usable[0]
  )
}
