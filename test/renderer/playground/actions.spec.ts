import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Api } from '../../../shared/api/api.ts'
import { kinds } from '../../../shared/api/kinds.ts'
import { clientOf } from '../../../shared/contract.ts'
import { fakeEngine } from '../../support/fake-api.ts'

const engine = fakeEngine({ pace: 0 })
vi.mock('../../../renderer/client/client.ts', () => ({ client: clientOf<Api>(kinds, (request) => engine.fetch(request), 'http://memory/api/') }))
vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw))
vi.stubGlobal('cancelAnimationFrame', clearTimeout)

const { clearConversation, messagesOf, regenerate, runAll, stopAll } = await import('../../../renderer/features/playground/actions.ts')
const { addPane, chooseModel, removePane } = await import('../../../renderer/features/playground/desk-actions.ts')
const { readDesk } = await import('../../../renderer/features/playground/read-desk.ts')
const { turnsOf, useConversation, useDesk } = await import('../../../renderer/features/playground/store.ts')

const panesOf = (...models: string[]) => models.map((model, index) => ({ id: `pane-${index}`, model }))
const ask = (draft: string) => {
  useDesk.setState({ draft })
  void runAll()
}
const idle = () => vi.waitFor(() => expect(useConversation.getState().running).toEqual([]))
const last = (pane: string) => turnsOf(useConversation.getState(), pane).at(-1)

beforeEach(() => {
  clearConversation()
  useDesk.setState({ panes: panesOf('demo/swift', 'demo/steady'), draft: '', system: '', costCap: undefined })
})

describe('the playground', () => {
  it('asks every pane the same question and empties the draft', async () => {
    const before = engine.runs.length
    ask('  Why?  ')
    expect(useDesk.getState().draft).toBe('')
    expect(useConversation.getState().running).toEqual(['pane-0', 'pane-1'])
    await idle()
    expect(engine.runs.slice(before)).toEqual([
      { model: 'demo/swift', messages: [{ role: 'user', text: 'Why?' }] },
      { model: 'demo/steady', messages: [{ role: 'user', text: 'Why?' }] },
    ])
    expect(last('pane-0')?.run.store.getState().phase).toMatchObject({ is: 'ended', summary: { outcome: 'ok' } })
  })

  it('asks nothing when there is no question, or while one is being answered', async () => {
    ask('   ')
    expect(useConversation.getState().running).toEqual([])
    ask('One')
    ask('Two')
    await idle()
    expect(turnsOf(useConversation.getState(), 'pane-0')).toHaveLength(1)
    expect(useDesk.getState().draft).toBe('Two')
  })

  it('gives each pane its own answers as history, after the system prompt', async () => {
    useDesk.setState({ system: ' Be brief. ' })
    ask('One')
    await idle()
    const answers = ['pane-0', 'pane-1'].map((pane) => last(pane)?.run.text())
    ask('Two')
    await idle()
    expect(engine.runs.slice(-2).map((run) => run.messages)).toEqual(
      answers.map((answer) => [
        { role: 'system', text: 'Be brief.' },
        { role: 'user', text: 'One' },
        { role: 'assistant', text: answer },
        { role: 'user', text: 'Two' },
      ]),
    )
  })

  it('keeps a failure in its pane, out of the next question’s history', async () => {
    useDesk.setState({ panes: panesOf('bench/limited', 'demo/swift') })
    ask('One')
    await idle()
    expect(last('pane-0')?.run.store.getState().phase).toMatchObject({ is: 'ended', summary: { outcome: 'rate-limited', retryAfterSeconds: 12 } })
    expect(last('pane-1')?.run.store.getState().phase).toMatchObject({ summary: { outcome: 'ok' } })
    expect(messagesOf('', turnsOf(useConversation.getState(), 'pane-0'), 'Two')).toEqual([{ role: 'user', text: 'Two' }])
  })

  it('asks the last question again of the model that the pane has now', async () => {
    ask('One')
    await idle()
    chooseModel('pane-0', 'demo/scholar')
    regenerate('pane-0')
    await idle()
    expect(engine.runs.at(-1)).toEqual({ model: 'demo/scholar', messages: [{ role: 'user', text: 'One' }] })
    expect(turnsOf(useConversation.getState(), 'pane-0')).toHaveLength(1)
  })

  it('stops everything, and keeps what was said', async () => {
    useDesk.setState({ panes: panesOf('bench/silent') })
    const slow = fakeEngine()
    const { fetch } = engine
    Object.assign(engine, { fetch: slow.fetch })
    ask('One')
    await vi.waitFor(() => expect(slow.runs).toHaveLength(1))
    stopAll()
    await idle()
    Object.assign(engine, { fetch })
    expect(last('pane-0')?.run.store.getState().phase.is).toBe('stopped')
  })

  it('has between one and six panes', () => {
    for (let extra = 0; extra < 9; extra += 1) addPane()
    expect(useDesk.getState().panes).toHaveLength(6)
    for (const pane of useDesk.getState().panes) removePane(pane.id)
    expect(useDesk.getState().panes).toHaveLength(1)
  })

  it('forgets a removed pane’s answers', async () => {
    ask('One')
    await idle()
    removePane('pane-0')
    expect(Object.keys(useConversation.getState().turns)).toEqual(['pane-1'])
  })
})

describe('readDesk', () => {
  it('keeps what is usable of a desk that someone edited', () => {
    const panes = [{ id: 'a', model: 'demo/swift' }, { id: '', model: 'x' }, 'junk', null]
    expect(readDesk({ panes, draft: 7, system: 'Be kind.', systemOpen: 'yes' })).toEqual({ panes: [{ id: 'a', model: 'demo/swift' }], system: 'Be kind.' })
  })

  it.each([undefined, null, 'text', [], { panes: [] }, { panes: 'x' }])('starts fresh from %j', (kept) => {
    expect(readDesk(kept)).toEqual({})
  })
})
