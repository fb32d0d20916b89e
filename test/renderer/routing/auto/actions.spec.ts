import { beforeEach, describe, expect, it, vi } from 'vitest'

vi.mock('../../../../renderer/client/client.ts', async () => ({ client: (await import('../../support/memory.ts')).client }))
const toasts: { readonly text: string; readonly undo: (() => void) | undefined }[] = []
const failures: string[] = []
vi.mock('../../../../renderer/ui/toast.tsx', () => ({
  showToast: (text: string, undo?: () => void) => toasts.push({ text, undo }),
  showFailure: (text: string) => failures.push(text),
}))

import { settings } from '../../../../renderer/client/mirrors.ts'
import {
  applyAuto,
  cancelRetraining,
  changeAuto,
  discardAuto,
  judge,
  loadAuto,
  removeEvidence,
  retrain,
  undoRetraining,
} from '../../../../renderer/features/routing/auto/actions.ts'
import { UNASKED, UNCHANGED, useAuto, useAutoEdits, useRetraining } from '../../../../renderer/features/routing/auto/store.ts'
import type { FakeOptions } from '../../../support/fake-api.ts'
import { client, intercept, reset, sent, until } from '../../support/memory.ts'

async function begin(options: FakeOptions = {}): Promise<void> {
  reset(options)
  toasts.length = 0
  failures.length = 0
  useAuto.setState(UNASKED, true)
  useAutoEdits.setState(UNCHANGED, true)
  useRetraining.setState({ is: 'idle' }, true)
  await settings.refresh()
  await loadAuto()
}
beforeEach(() => begin())

const inForce = async () => {
  const result = await client['settings.get']({})
  if (!result.ok) throw new Error(result.failure.message)
  return result.value.auto
}
function evidence() {
  const state = useAuto.getState().evidence
  if (state.is !== 'answered') throw new Error(state.is)
  return state.value
}
function outlook() {
  const state = useAuto.getState().outlook
  if (state.is !== 'answered') throw new Error(state.is)
  return state.value
}
function retrained() {
  const state = useAuto.getState().overview
  if (state.is !== 'answered') throw new Error(state.is)
  return state.value.retrained
}

describe('a setting', () => {
  it('is replayed before it holds, holds when it is applied, and comes back by one click', async () => {
    const before = outlook()
    changeAuto({ slider: 0 })
    await until(() => expect(outlook().slider).toBe(0))
    expect(outlook().cost.mean).toBeLessThan(before.cost.mean)
    expect((await inForce()).slider).toBe(0.65)
    await applyAuto()
    expect((await inForce()).slider).toBe(0)
    expect(useAutoEdits.getState()).toEqual(UNCHANGED)
    toasts[0]?.undo?.()
    await until(() => expect(outlook().slider).toBe(0.65))
    expect((await inForce()).slider).toBe(0.65)
  })

  it('asks for the whole curve again when other models may be chosen', async () => {
    const cheapest = () => {
      const { curve } = useAuto.getState()
      return curve.is === 'answered' ? curve.value.points[0]?.models.map(({ model }) => model) : undefined
    }
    expect(cheapest()).toEqual(['openai/gpt-5-mini'])
    changeAuto({ allowed: ['anthropic/*'] })
    // a change of something else on its heels does not keep the curve from being drawn anew
    changeAuto({ slider: 0.2 })
    await until(() => expect(cheapest()).toEqual(['anthropic/claude-haiku-4-5']))
    expect(outlook().slider).toBe(0.2)
    discardAuto()
    await until(() => expect(outlook().slider).toBe(0.65))
    expect(useAutoEdits.getState().changes).toBeUndefined()
  })

  it('asks once for a slider that is dragged, and shows its last place', async () => {
    sent.length = 0
    for (const place of [60, 50, 40, 30, 20]) changeAuto({ slider: place / 100 })
    await until(() => expect(outlook().slider).toBe(0.2))
    expect(sent.filter(({ route }) => route === 'auto.replay').length).toBe(1)
  })

  it('that is refused stays on the screen with the reason', async () => {
    changeAuto({ slider: 2 })
    await applyAuto()
    expect(useAutoEdits.getState().refused).toContain('auto.slider')
    expect(useAutoEdits.getState().changes).toEqual({ slider: 2 })
    expect((await inForce()).slider).toBe(0.65)
  })

  it.each([
    ['Not a name', { strong: 'a/b', cheap: 'a/c' }],
    ['half', { strong: 'a/b', cheap: '' }],
  ])('with a pair %j of %j is not even sent', async (name, pair) => {
    changeAuto({ pairs: { whole: { strong: 'a/b', cheap: 'a/c' }, [name]: pair } })
    sent.length = 0
    await applyAuto()
    expect(useAutoEdits.getState().refused).toContain(name)
    expect(sent.filter(({ route }) => route === 'settings.update')).toEqual([])
  })

  it('leaves alone what somebody else has changed meanwhile', async () => {
    changeAuto({ slider: 0.1 })
    const auto = await inForce()
    await client['settings.update']({ auto: { ...auto, sticky: false } })
    await settings.refresh()
    await applyAuto()
    expect(await inForce()).toMatchObject({ slider: 0.1, sticky: false })
  })
})

describe('what was loaded', () => {
  it('stays when the engine is away', async () => {
    const known = evidence().length
    intercept(() => Promise.reject(new TypeError('Failed to fetch')))
    await loadAuto()
    expect(evidence().length).toBe(known)
    expect(useAuto.getState().curve.is).toBe('answered')
    intercept(undefined)
  })

  it('says what failed when there was nothing before', async () => {
    useAuto.setState(UNASKED, true)
    intercept(() => Promise.reject(new TypeError('Failed to fetch')))
    await loadAuto()
    intercept(undefined)
    expect(useAuto.getState().overview.is).toBe('failed')
  })
})

describe('judgements', () => {
  it('are told by a click, of the model that answered or of a cheap one', async () => {
    sent.length = 0
    expect(await judge('req-1', 'wrong')).toBe(true)
    expect(await judge('req-1', 'cheaper')).toBe(true)
    expect(sent.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { signal: 'wrong', quality: 0, of: { request: 'req-1', about: 'served' } },
      { signal: 'check', quality: 1, of: { request: 'req-1', about: 'cheaper' } },
    ])
    await loadAuto()
    expect(evidence().length).toBe(62)
    toasts[0]?.undo?.()
    await loadAuto()
    expect(evidence().map(({ signal, quality }) => [signal, quality])[0]).toEqual(['check', 1])
    expect(evidence().length).toBe(61)
  })

  it('are forgotten, and remembered again by undoing', async () => {
    const [one] = evidence()
    if (one === undefined) throw new Error('none')
    await removeEvidence(one)
    expect(evidence().some(({ id }) => id === one.id)).toBe(false)
    toasts[0]?.undo?.()
    await until(() => expect(evidence()[0]).toMatchObject({ prompt: one.prompt, model: one.model, quality: one.quality }))
  })
})

describe('retraining', () => {
  it('tells how far it is, what came of it, and is taken back', async () => {
    const seen: string[] = []
    const leave = useRetraining.subscribe((state) => seen.push(state.is === 'running' ? `${state.done}/${state.of}` : state.is))
    await retrain()
    leave()
    expect(seen).toEqual(['0/1', '1/6', '2/6', '3/6', '4/6', '5/6', 'done'])
    expect(retrained()).toMatchObject({ note: '60 judgements' })
    await undoRetraining()
    expect(retrained()).toBeUndefined()
  })

  it('can be stopped, and then nothing has changed', async () => {
    await begin({ pace: 0.2 })
    const running = retrain()
    await until(() => expect(useRetraining.getState()).toMatchObject({ is: 'running', done: 1 }))
    cancelRetraining()
    await running
    expect(useRetraining.getState()).toEqual({ is: 'cancelled' })
    await loadAuto()
    expect(retrained()).toBeUndefined()
  })

  it('says how many judgements are missing', async () => {
    await begin({ judgements: 5 })
    await retrain()
    expect(useRetraining.getState()).toEqual({ is: 'done', result: { is: 'too-few', have: 5, need: 40 } })
  })
})
