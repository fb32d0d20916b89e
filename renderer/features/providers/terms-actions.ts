/** Where a provider is, and what the user's contract with it says. Nothing here rejects: a failure is returned for the form. */
import type { ProviderSummary } from '../../../shared/api/providers.ts'
import type { ApiFailure } from '../../../shared/contract.ts'
import type { ProviderContract } from '../../../shared/settings.ts'
import { client } from '../../client/client.ts'
import { textsNow } from '../../i18n/texts.ts'
import { showToast } from '../../ui/toast.tsx'
import { checkKey } from './actions.ts'
import { keys, providers } from './store.ts'
import { TERMS_TEXTS } from './terms-texts.ts'

/** Whether that can be the base of a provider's routes; the engine looks where it leads. */
export function isAddress(text: string): boolean {
  const url = URL.parse(text.trim())
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== ''
}

/** Whether keys would cross a network in the clear there. */
export function isInTheClear(text: string): boolean {
  const url = URL.parse(text.trim())
  return url?.protocol === 'http:' && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname)
}

/** Moves a provider, and tries its keys there. @param baseUrl undefined: back to its usual address */
export async function setAddress({ id, name }: ProviderSummary, baseUrl: string | undefined, inPrivateNetwork: boolean): Promise<ApiFailure | undefined> {
  const result = await client['providers.setAddress']({ id, ...(baseUrl !== undefined && { baseUrl: baseUrl.trim(), inPrivateNetwork }) })
  if (!result.ok) return result.failure
  await Promise.all([providers.refresh(), keys.refresh()])
  const { addressDialog: texts } = textsNow(TERMS_TEXTS)
  showToast(baseUrl === undefined ? texts.wasReset(name) : texts.saved(name))
  const state = keys.store.getState()
  if (state.is === 'ready') for (const key of state.value) if (key.provider === id && key.state.is !== 'missing') void checkKey(key.id)
  return undefined
}

/** @param contract undefined: what the provider documents holds again */
export async function setContract({ id, name }: ProviderSummary, contract: ProviderContract | undefined): Promise<ApiFailure | undefined> {
  const result = await client['providers.setContract']({ id, ...(contract !== undefined && { contract }) })
  if (!result.ok) return result.failure
  await providers.refresh()
  const { contractDialog: texts } = textsNow(TERMS_TEXTS)
  showToast(contract === undefined ? texts.removed(name) : texts.saved(name))
  return undefined
}

/** What is stated of a provider, in a sentence; undefined: nothing is. */
export function contractSentence(contract: ProviderContract | undefined): string | undefined {
  if (contract === undefined) return undefined
  const { says: texts } = textsNow(TERMS_TEXTS)
  const { keepsNothing, learnsNothing, note } = contract
  const sentence = keepsNothing ? (learnsNothing ? texts.both : texts.keepsNothing) : learnsNothing ? texts.learnsNothing : texts.neither
  return note === undefined || note === '' ? sentence : texts.noted(sentence, note)
}
