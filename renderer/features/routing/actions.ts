import type { RoutingProblem, ShadowPair } from '../../../shared/api/routing.ts'
import type { AccessRefusal } from '../../../shared/messages/access.ts'
import { saidBy } from '../../../shared/messages/spoken-error.ts'
import type { RoutingConfig } from '../../../shared/routing-config.ts'
import { client } from '../../client/client.ts'
import { textsNow } from '../../i18n/texts.ts'
import { words } from '../../messages/words.ts'
import { showFailure, showToast } from '../../ui/toast.tsx'
import { CLEAN, routing, useEdits, useHealth, usePairs, useReplay, useResults, useSimulation, useVersions } from './store.ts'
import { ROUTING_TEXTS } from './texts.ts'

type Sent = Parameters<(typeof client)['routing.save']>[0]['config']
type Dialect = Parameters<(typeof client)['routing.simulate']>[0]['dialect']

/** What is on the screen: the draft, or what is in force. */
export function shownConfig(): RoutingConfig | undefined {
  const { draft } = useEdits.getState()
  const state = routing.store.getState()
  return draft?.config ?? (state.is === 'ready' ? state.value.config : undefined)
}

export function edit(change: (config: RoutingConfig) => RoutingConfig): void {
  const now = shownConfig()
  const state = routing.store.getState()
  if (now === undefined || state.is !== 'ready') return
  useEdits.setState(({ draft }) => ({ draft: { config: change(now), on: draft?.on ?? state.value.revision }, problems: [], warnings: [] }))
}

export function discard(): void {
  useEdits.setState(CLEAN, true)
  void routing.refresh()
}

/** Goes on from the draft, over what somebody else has saved. */
export function keepMine(): void {
  const state = routing.store.getState()
  if (state.is !== 'ready') return
  useEdits.setState(({ draft }) => ({ draft: draft && { ...draft, on: state.value.revision }, conflict: undefined }))
}

export async function save(): Promise<void> {
  const { draft, saving } = useEdits.getState()
  if (draft === undefined || saving) return
  const texts = textsNow(ROUTING_TEXTS)
  useEdits.setState({ saving: true })
  const result = await client['routing.save']({ config: draft.config as Sent, revision: draft.on })
  useEdits.setState({ saving: false })
  if (!result.ok) {
    if (result.failure.kind !== 'conflict') return showFailure(result.failure.message)
    await routing.refresh()
    return useEdits.setState({ conflict: texts.conflict })
  }
  if (!result.value.saved) return useEdits.setState({ problems: result.value.problems, warnings: result.value.warnings })
  const { saved: _saved, ...state } = result.value
  routing.store.setState({ is: 'ready', value: state }, true)
  // typed on while it was being saved: that stays, on top of what is saved now
  useEdits.setState((edits) => (edits.draft === draft ? CLEAN : { ...CLEAN, draft: edits.draft && { ...edits.draft, on: state.revision } }), true)
  showToast(texts.saved)
  void loadVersions()
}

/** Text of the JSON view as the draft. @returns problems with the text itself */
export async function takeText(text: string): Promise<readonly RoutingProblem[]> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (thrown) {
    return [{ at: '', message: unparsable(thrown) }]
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ at: '', message: textsNow(ROUTING_TEXTS).notAnObject }]
  const result = await client['routing.check']({ config: value as Sent })
  if (!result.ok) return [{ at: '', message: result.failure.message }]
  const { config, problems, warnings } = result.value
  if (config === undefined) return problems
  edit(() => config)
  useEdits.setState({ warnings })
  return []
}

export async function reload(): Promise<void> {
  const result = await client['routing.reload']({})
  if (!result.ok) return showFailure(result.failure.message)
  useEdits.setState(CLEAN, true)
  routing.store.setState({ is: 'ready', value: result.value }, true)
}

export async function loadVersions(): Promise<void> {
  const result = await client['routing.versions']({})
  if (result.ok) useVersions.setState({ versions: result.value })
}

export async function simulate(dialect: Dialect, text: string, model: string): Promise<void> {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (thrown) {
    return useSimulation.setState({ plan: { is: 'failed', message: unparsable(thrown) } })
  }
  useSimulation.setState({ plan: { is: 'asking' } })
  const { draft } = useEdits.getState()
  const result = await client['routing.simulate']({
    ...{ dialect, body: body as Sent, headers: {} },
    ...(model !== '' && { model }),
    ...(draft !== undefined && { config: draft.config as Sent }),
  })
  useSimulation.setState({ plan: result.ok ? { is: 'answered', value: result.value } : { is: 'failed', message: result.failure.message } })
}

export async function loadHealth(): Promise<void> {
  if (useHealth.getState().places.is === 'idle') useHealth.setState({ places: { is: 'asking' } })
  const result = await client['routing.health']({})
  useHealth.setState({ places: result.ok ? { is: 'answered', value: result.value.places } : { is: 'failed', message: result.failure.message } })
}

export async function resetHealth(endpoint: string, credential: string | undefined): Promise<void> {
  const result = await client['routing.resetHealth']({ endpoint, ...(credential !== undefined && { credential }) })
  if (!result.ok) return showFailure(result.failure.message)
  await loadHealth()
}

export async function loadResults(): Promise<void> {
  const result = await client['routing.results']({ days: 7 })
  useResults.setState({ results: result.ok ? { is: 'answered', value: result.value } : { is: 'failed', message: result.failure.message } })
}

/** Both answers of a pair, for a look at them side by side. */
export async function loadPair({ original, shadow }: ShadowPair): Promise<void> {
  if (usePairs.getState()[shadow]?.is === 'answered') return
  usePairs.setState({ [shadow]: { is: 'asking' } })
  const [one, other] = await Promise.all([client['traffic.get']({ id: original }), client['traffic.get']({ id: shadow })])
  if (one.ok && other.ok) usePairs.setState({ [shadow]: { is: 'answered', value: { original: one.value, shadow: other.value } } })
  else usePairs.setState({ [shadow]: { is: 'failed', message: one.ok ? (other.ok ? '' : other.failure.message) : one.failure.message } })
}

/** What is on the screen, over the last requests. */
export async function replay(most: number): Promise<void> {
  const stop = new AbortController()
  const { draft } = useEdits.getState()
  useReplay.setState({ is: 'running', looked: 0, stop }, true)
  try {
    for await (const event of client['routing.replay']({ most, ...(draft !== undefined && { config: draft.config as Sent }) }, stop.signal)) {
      if (stop.signal.aborted) return
      useReplay.setState(event.type === 'result' ? { is: 'done', result: event } : { is: 'running', looked: event.looked, stop }, true)
    }
  } catch (thrown) {
    // ended by its user
    if (stop.signal.aborted) return
    useReplay.setState({ is: 'failed', message: words(saidBy(thrown)) }, true)
  }
}

export function cancelReplay(): void {
  const state = useReplay.getState()
  if (state.is !== 'running') return
  state.stop.abort()
  useReplay.setState({ is: 'cancelled' }, true)
}

/** Saves what is on the screen as a file of the user's. */
export function exportConfig(): void {
  const config = shownConfig()
  if (config === undefined) return
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(config, null, 2)}\n`], { type: 'application/json' }))
  link.download = 'routing.json'
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000)
}

/** What is wrong with a text that should be JSON; the browser's own words stand in it. */
function unparsable(thrown: unknown): string {
  return words({ code: 'body-not-json', where: thrown instanceof Error ? thrown.message : String(thrown) } satisfies AccessRefusal)
}
