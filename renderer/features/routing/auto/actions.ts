import type { Evidence } from '../../../../shared/auto.ts'
import type { Result } from '../../../../shared/contract.ts'
import type { RequestId } from '../../../../shared/ids.ts'
import { client } from '../../../client/client.ts'
import { settings } from '../../../client/mirrors.ts'
import { textsNow } from '../../../i18n/texts.ts'
import { showFailure, showToast } from '../../../ui/toast.tsx'
import type { Asked } from '../store.ts'
import { type AutoChanges, type AutoSettings, realChanges, unfinishedPair, withChanges } from './draft.ts'
import { UNCHANGED, useAuto, useAutoEdits, useRetraining } from './store.ts'
import { AUTO_TEXTS } from './texts.ts'

/** Requests that are looked at again, the newest. */
const PAST = 200
/** Typing and dragging settle for this long before the past is replayed. */
const SETTLE_MS = 200
const MOST_EVIDENCE = 2_000

let settling: ReturnType<typeof setTimeout> | undefined
/** Answers to an older draft are dropped. */
let question = 0
/** The curve on the screen is of other models than those that may be chosen now. */
let curveIsOld = false

function shown<T>(result: Result<T>): Asked<T> {
  return result.ok ? { is: 'answered', value: result.value } : { is: 'failed', message: result.failure.message }
}

/** What was there is worth more than an error; the frame says when the engine is away. */
function kept<T>(before: Asked<T>, result: Result<T>): Asked<T> {
  return !result.ok && before.is === 'answered' ? before : shown(result)
}

/** Everything that the screen shows. What is there already stays until the new is there. */
export async function loadAuto(): Promise<void> {
  await Promise.all([loadPast(), loadLearned()])
}

/** What is known of the weights, of the decisions so far and of the user's judgements. */
export async function loadLearned(): Promise<void> {
  await Promise.all([
    client['auto.overview']({}).then((result) => useAuto.setState(({ overview }) => ({ overview: kept(overview, result) }))),
    client['auto.report']({ past: PAST }).then((result) => useAuto.setState(({ report }) => ({ report: kept(report, result) }))),
    client['auto.evidence']({ limit: MOST_EVIDENCE }).then((result) => useAuto.setState(({ evidence }) => ({ evidence: kept(evidence, result) }))),
  ])
}

/** The settings of automatic routing that are on the screen: what is in force with the changes over it. */
export function shownAuto(): AutoSettings | undefined {
  const state = settings.store.getState()
  return state.is === 'ready' ? withChanges(state.value.auto, useAutoEdits.getState().changes ?? {}) : undefined
}

/** The user's own traffic replayed: the curve, and the slider's place on it. */
export async function loadPast(): Promise<void> {
  const asked = ++question
  const now = shownAuto()
  if (now === undefined) return
  useAuto.setState({ looking: true })
  const models = { allowed: now.allowed.filter(Boolean), excluded: now.excluded.filter(Boolean) }
  const [outlook, curve] = await Promise.all([
    client['auto.replay']({ past: PAST, slider: now.slider, ...models }),
    client['auto.curve']({ past: PAST, ...models }),
  ])
  if (asked !== question) return
  curveIsOld &&= !curve.ok
  useAuto.setState((before) => ({ outlook: shown(outlook), curve: kept(before.curve, curve), looking: false }))
}

async function loadOutlook(): Promise<void> {
  const asked = ++question
  const now = shownAuto()
  if (now === undefined) return
  const outlook = await client['auto.replay']({ past: PAST, slider: now.slider, allowed: now.allowed.filter(Boolean), excluded: now.excluded.filter(Boolean) })
  if (asked === question) useAuto.setState({ outlook: shown(outlook), looking: false })
}

/** Changes what is on the screen; nothing holds before `applyAuto`. */
export function changeAuto(changed: AutoChanges): void {
  const state = settings.store.getState()
  if (state.is !== 'ready') return
  useAutoEdits.setState(({ changes }) => ({ changes: realChanges(state.value.auto, { ...changes, ...changed }), refused: undefined }))
  lookAgain('allowed' in changed || 'excluded' in changed)
}

export function discardAuto(): void {
  useAutoEdits.setState(UNCHANGED, true)
  lookAgain(true)
}

/** @param models which models may be chosen has changed, so the whole curve has */
function lookAgain(models: boolean): void {
  question++
  curveIsOld ||= models
  useAuto.setState({ looking: true })
  clearTimeout(settling)
  settling = setTimeout(() => void (curveIsOld ? loadPast() : loadOutlook()), SETTLE_MS)
}

/** Puts the changes in force; one click brings back what was. */
export async function applyAuto(): Promise<void> {
  const { changes, saving } = useAutoEdits.getState()
  const state = settings.store.getState()
  const next = shownAuto()
  if (changes === undefined || saving || state.is !== 'ready' || next === undefined) return
  const unfinished = unfinishedPair(next)
  if (unfinished !== undefined) return useAutoEdits.setState({ refused: textsNow(AUTO_TEXTS).pairs.unfinished(unfinished) })
  const before = state.value.auto
  useAutoEdits.setState({ saving: true })
  const result = await client['settings.update']({ auto: next })
  if (!result.ok) return useAutoEdits.setState({ saving: false, refused: result.failure.message })
  settings.store.setState({ is: 'ready', value: result.value }, true)
  // what was changed while it was being saved stays a change
  useAutoEdits.setState((edits) => ({ ...UNCHANGED, changes: edits.changes && realChanges(result.value.auto, edits.changes) }), true)
  const names = Object.keys(changes) as (keyof AutoSettings)[]
  showToast(textsNow(AUTO_TEXTS).applied, () => void restore(Object.fromEntries(names.map((name) => [name, before[name]]))))
}

async function restore(old: AutoChanges): Promise<void> {
  const state = settings.store.getState()
  if (state.is !== 'ready') return
  const result = await client['settings.update']({ auto: withChanges(state.value.auto, old) })
  if (!result.ok) return showFailure(result.failure.message)
  settings.store.setState({ is: 'ready', value: result.value }, true)
  lookAgain(true)
}

export type Verdict = 'wrong' | 'good' | 'cheaper'

/** What a click on an answer says: by which signal, how good, and of which model. */
const VERDICTS = {
  wrong: { signal: 'wrong', quality: 0, about: 'served' },
  good: { signal: 'check', quality: 1, about: 'served' },
  cheaper: { signal: 'check', quality: 1, about: 'cheaper' },
} as const

/** Tells automatic routing of an answer. True when it was taken. */
export async function judge(request: RequestId, verdict: Verdict): Promise<boolean> {
  const { signal, quality, about } = VERDICTS[verdict]
  const result = await client['auto.addEvidence']({ signal, quality, of: { request, about } })
  if (!result.ok) {
    showFailure(result.failure.message)
    return false
  }
  const added = result.value
  showToast(textsNow(AUTO_TEXTS).judge.taken[verdict](added.model), () => void client['auto.removeEvidence']({ id: added.id }))
  return true
}

export async function removeEvidence(one: Evidence): Promise<void> {
  const result = await client['auto.removeEvidence']({ id: one.id })
  if (!result.ok) return showFailure(result.failure.message)
  await loadLearned()
  const { signal, quality, prompt, model } = one
  showToast(textsNow(AUTO_TEXTS).evidence.removed, () => {
    void client['auto.addEvidence']({ signal, quality, of: { prompt, model } }).then((added) => (added.ok ? loadLearned() : showFailure(added.failure.message)))
  })
}

/** Refits the weights on the user's judgements. */
export async function retrain(): Promise<void> {
  if (useRetraining.getState().is === 'running') return
  const stop = new AbortController()
  useRetraining.setState({ is: 'running', done: 0, of: 1, stop }, true)
  try {
    for await (const event of client['auto.retrain']({}, stop.signal)) {
      if (stop.signal.aborted) return
      useRetraining.setState(event.type === 'result' ? { is: 'done', result: event.result } : { is: 'running', done: event.done, of: event.of, stop }, true)
    }
  } catch (thrown) {
    // ended by its user
    if (stop.signal.aborted) return
    return useRetraining.setState({ is: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) }, true)
  }
  await loadAuto()
}

export function cancelRetraining(): void {
  const state = useRetraining.getState()
  if (state.is !== 'running') return
  state.stop.abort()
  useRetraining.setState({ is: 'cancelled' }, true)
}

/** Back to the weights before the last retraining. */
export async function undoRetraining(): Promise<void> {
  const result = await client['auto.undoRetrain']({})
  if (!result.ok) return showFailure(result.failure.message)
  useRetraining.setState({ is: 'idle' }, true)
  showToast(textsNow(AUTO_TEXTS).retraining.undone)
  await loadAuto()
}
