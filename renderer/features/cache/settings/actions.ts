import type { LocalModelSummary } from '../../../../shared/local-models.ts'
import { client } from '../../../client/client.ts'
import { localModels, routing } from '../../../client/mirrors.ts'
import { textsNow } from '../../../i18n/texts.ts'
import { formatBytes } from '../../../ui/figures.ts'
import { showFailure, showToast } from '../../../ui/toast.tsx'
import { LOCAL_MODEL_TEXTS } from './local-model-texts.ts'
import { type ForName, type OwnName, withUse } from './scopes.ts'
import { CACHE_SETTINGS_TEXTS } from './texts.ts'

type Sent = Parameters<(typeof client)['routing.save']>[0]['config']

/** The last change. The next one waits for it, for each is made to what was saved before. */
let last: Promise<unknown> = Promise.resolve()

/** Says in the user's own routing how one of its names uses the response cache. Resolves with a sentence when it was not saved. */
export function saveOwnName(own: Pick<OwnName, 'is' | 'name'>, use: ForName): Promise<string | undefined> {
  const saving = last.then(() => save(own, use))
  last = saving.catch(() => undefined)
  return saving
}

async function save(own: Pick<OwnName, 'is' | 'name'>, use: ForName): Promise<string | undefined> {
  const state = routing.store.getState()
  if (state.is !== 'ready') return undefined
  // without the names whose value is undefined, as JSON has none
  const config = JSON.parse(JSON.stringify(withUse(state.value.config, own, use))) as Sent
  const result = await client['routing.save']({ config, revision: state.value.revision })
  await routing.refresh()
  if (!result.ok) return result.failure.kind === 'conflict' ? textsNow(CACHE_SETTINGS_TEXTS).namesRefused : result.failure.message
  return result.value.saved ? undefined : result.value.problems[0]?.message
}

/** Begins to load a model whose terms were agreed to. */
export async function getModel({ id, revision }: LocalModelSummary): Promise<void> {
  const result = await client['embedders.download']({ id, revision })
  if (!result.ok) showFailure(result.failure.message)
  await localModels.refresh()
}

export async function cancelModel(id: string): Promise<void> {
  const result = await client['embedders.cancel']({ id })
  if (!result.ok) showFailure(result.failure.message)
  await localModels.refresh()
}

export async function deleteModel({ id, bytes, state }: LocalModelSummary): Promise<void> {
  const result = await client['embedders.delete']({ id })
  if (!result.ok) return showFailure(result.failure.message)
  showToast(textsNow(LOCAL_MODEL_TEXTS).deleted(formatBytes(state.is === 'ready' ? bytes : state.received)))
  await localModels.refresh()
}
