import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Api } from '../../../shared/api/api.ts'
import { kinds } from '../../../shared/api/kinds.ts'
import { clientOf } from '../../../shared/contract.ts'
import { fakeEngine } from '../../support/fake-api.ts'

const engine = fakeEngine({ pace: 0 })
const client = clientOf<Api>(kinds, (request) => engine.fetch(request), 'http://memory/api/')
vi.mock('../../../renderer/client/client.ts', () => ({ client: clientOf<Api>(kinds, (request) => engine.fetch(request), 'http://memory/api/') }))
vi.mock('../../../renderer/ui/toast.tsx', () => ({ showToast: () => undefined, showFailure: () => undefined }))
vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw))
vi.stubGlobal('cancelAnimationFrame', clearTimeout)

const { clearConversation, nextSendings, regenerate, rerun, runAll, showBranch, shuffled, startAll, useCostQuestion } = await import(
  '../../../renderer/features/playground/actions.ts'
)
const { applyToAll, changeSettings, chooseTab, closeTab, forkTab, linkPane, openTab, toggleBlind } = await import(
  '../../../renderer/features/playground/desk-actions.ts'
)
const { forecastFor } = await import('../../../renderer/features/playground/forecast.ts')
const { readDesk } = await import('../../../renderer/features/playground/read-desk.ts')
const { FIRST_TAB, isHidden, NEW_SHEET, turnsOf, useConversation, useDesk } = await import('../../../renderer/features/playground/store.ts')
const { vote } = await import('../../../renderer/features/playground/vote-actions.ts')
const { models } = await import('../../../renderer/client/mirrors.ts')

const panesOf = (...names: string[]) => names.map((model, index) => ({ id: `pane-${index}`, model }))
const idle = () => vi.waitFor(() => expect(useConversation.getState().running).toEqual([]))
const turns = (pane: string) => turnsOf(useConversation.getState(), pane)
const ask = async (draft: string) => {
  useDesk.setState({ draft })
  await runAll()
  await idle()
}

beforeEach(() => {
  clearConversation()
  useConversation.setState({ turns: {}, running: [], revealed: [], files: {} })
  useCostQuestion.setState({ open: undefined })
  useDesk.setState({
    ...NEW_SHEET,
    panes: panesOf('demo/swift', 'demo/steady'),
    draft: '',
    tabs: [{ id: FIRST_TAB, name: '' }],
    active: FIRST_TAB,
    parked: {},
    costCap: undefined,
    tag: 'code',
  })
})

describe('answers beside each other', () => {
  it('stay when a question is asked again, each with what followed it', async () => {
    await ask('One')
    await ask('Two')
    const [first] = turns('pane-0')
    if (first === undefined) throw new Error('nothing was asked')
    rerun(first, 'One, better', 'pane-0')
    await idle()
    expect(turns('pane-0').map(({ prompt, branches }) => [prompt, branches.length])).toEqual([['One, better', 2]])
    expect(turns('pane-1').map(({ prompt }) => prompt)).toEqual(['One', 'Two'])
    showBranch('pane-0', first.id, 0)
    expect(turns('pane-0').map(({ prompt }) => prompt)).toEqual(['One', 'Two'])
    showBranch('pane-0', first.id, 1)
    expect(turns('pane-0').map(({ prompt }) => prompt)).toEqual(['One, better'])
  })

  it('come in every pane that was asked, when a question is edited for all', async () => {
    await ask('One')
    const before = engine.runs.length
    const [first] = turns('pane-0')
    if (first === undefined) throw new Error('nothing was asked')
    rerun(first, 'Other', undefined)
    await idle()
    expect(engine.runs.slice(before).map(({ messages }) => messages.at(-1)?.text)).toEqual(['Other', 'Other'])
    regenerate('pane-1')
    await idle()
    expect(turns('pane-1')[0]?.branches).toHaveLength(3)
  })

  it('go on in a new tab, which leaves the old one as it was', async () => {
    await ask('One')
    await ask('Two')
    forkTab(turns('pane-0')[0]?.question ?? '', 'Fork')
    const { panes, tabs, active } = useDesk.getState()
    expect(tabs.map(({ name }) => name)).toEqual(['', 'Fork'])
    expect(panes.map(({ id }) => turns(id).map(({ prompt }) => prompt))).toEqual([['One'], ['One']])
    await ask('Three')
    closeTab(active)
    expect(useDesk.getState().panes.map(({ id }) => turns(id).map(({ prompt }) => prompt))).toEqual([
      ['One', 'Two'],
      ['One', 'Two'],
    ])
    expect(Object.keys(useConversation.getState().turns)).toEqual(['pane-0', 'pane-1'])
  })
})

describe('tabs', () => {
  it('keep their own draft, panes and layout, and are read back from storage', () => {
    useDesk.setState({ draft: 'Here', layout: 'grid' })
    const second = openTab({ draft: 'There' }, 'Second')
    expect(useDesk.getState()).toMatchObject({ draft: 'There', layout: 'grid', active: second })
    useDesk.setState({ layout: 'tabs' })
    chooseTab(FIRST_TAB)
    expect(useDesk.getState()).toMatchObject({ draft: 'Here', layout: 'grid', active: FIRST_TAB })
    const kept: unknown = JSON.parse(JSON.stringify(useDesk.getState()))
    expect(readDesk(kept)).toMatchObject({
      tabs: [{ id: FIRST_TAB }, { id: second, name: 'Second' }],
      parked: { [second]: { draft: 'There', layout: 'tabs' } },
    })
  })

  it.each([
    [
      'a tab without its sheet',
      {
        tabs: [
          { id: 'a', name: '' },
          { id: 'b', name: '' },
        ],
        active: 'a',
        parked: {},
      },
      ['a'],
    ],
    ['an active tab that is not there', { tabs: [{ id: 'a', name: '' }], active: 'x', parked: {} }, undefined],
    ['nonsense', { tabs: 7, active: 'a', parked: [] }, undefined],
  ])('are read leniently: %s', (_name, kept, expected) => {
    expect(readDesk(kept).tabs?.map(({ id }) => id)).toEqual(expected)
  })
})

describe('settings', () => {
  it('are shared by linked panes, and a pane’s own once it is unlinked', async () => {
    changeSettings('pane-0', (settings) => ({ ...settings, system: 'Be brief.', parameters: { temperature: 0.2 } }))
    linkPane('pane-1', false)
    changeSettings('pane-1', (settings) => ({ ...settings, parameters: { temperature: 1, seed: 7 } }))
    const before = engine.runs.length
    await ask('One')
    expect(engine.runs.slice(before)).toMatchObject([
      { temperature: 0.2, messages: [{ role: 'system', text: 'Be brief.' }, {}] },
      { temperature: 1, seed: 7, messages: [{ role: 'system', text: 'Be brief.' }, {}] },
    ])
    applyToAll('pane-1')
    expect(useDesk.getState()).toMatchObject({ parameters: { temperature: 1, seed: 7 }, panes: panesOf('demo/swift', 'demo/steady') })
  })
})

describe('files', () => {
  it('leave out the panes whose models are known not to take them', async () => {
    await models.refresh()
    const rows = models.store.getState()
    const takes = (needed: boolean) => {
      const found = rows.is === 'ready' ? rows.value.find(({ can }) => can !== undefined && can.includes('vision') === needed) : undefined
      if (found === undefined) throw new Error('the fake list has both kinds')
      return found.id
    }
    useDesk.setState({ panes: panesOf(takes(true), takes(false)) })
    const image = { name: 'a.png', mediaType: 'image/png' as const, data: 'AAAA' }
    useConversation.setState({ files: { [FIRST_TAB]: [image] } })
    await ask('What is this?')
    expect([turns('pane-0').length, turns('pane-1').length]).toEqual([1, 0])
    expect(engine.runs.at(-1)?.messages).toEqual([{ role: 'user', text: 'What is this?', files: [image] }])
    expect(useConversation.getState().files[FIRST_TAB]).toEqual([])
  })
})

describe('the cost cap', () => {
  it('asks before a run whose estimate is above it, and runs on a yes', async () => {
    useDesk.setState({ panes: panesOf('anthropic/claude-sonnet-4-5'), costCap: 1, draft: 'Why?' })
    await runAll()
    expect(useCostQuestion.getState().open).toMatchObject({ cap: 1, unknown: 0, estimated: 1 })
    expect(turns('pane-0')).toEqual([])
    startAll()
    expect(turns('pane-0')).toHaveLength(1)
    await idle()
  })

  it('knows whose input is counted and whose is estimated', async () => {
    useDesk.setState({ panes: panesOf('openai/gpt-5', 'anthropic/claude-sonnet-4-5'), draft: 'hello world' })
    // a tokenizer that takes too long on a busy machine is not waited for: then its count is an estimate as well
    await expect.poll(() => forecastFor(nextSendings())).toMatchObject({ unknown: 0, estimated: 1 })
    useDesk.setState({ panes: panesOf('openai/gpt-5') })
    // 8 tokens in at $1.25 and 800 out at $10 a million
    await expect.poll(() => forecastFor(nextSendings())).toEqual({ cost: 8 * 1_250 + 800 * 10_000, unknown: 0, estimated: 0 })
    useDesk.setState({ draft: '' })
  })

  it('asks nothing below it', async () => {
    useDesk.setState({ costCap: 1_000_000_000 })
    await ask('Why?')
    expect(turns('pane-0')).toHaveLength(1)
  })
})

describe('blind mode', () => {
  it('hides names until the vote, which is kept with its task', async () => {
    toggleBlind()
    const hidden = () => isHidden(useDesk.getState(), useConversation.getState())
    await ask('Which is best?')
    expect(hidden()).toBe(true)
    const second = useDesk.getState().panes[1]?.model
    await vote({ is: 'place', place: 1 })
    expect(hidden()).toBe(false)
    const votes = await client['votes.list']({ tag: 'code', limit: 9 })
    expect(votes.ok && votes.value[0]).toMatchObject({ tag: 'code', verdict: { is: 'won', index: 1 }, blind: true, prompt: 'Which is best?' })
    expect(votes.ok && votes.value[0]?.models[1]).toBe(second)
    await vote({ is: 'tie' })
    const after = await client['votes.list']({ limit: 9 })
    expect(after.ok && after.value).toHaveLength(1)
    await ask('And now?')
    expect(hidden()).toBe(true)
  })

  it('shuffles every order alike', () => {
    const seen = new Map<string, number>()
    // Fisher and Yates with each pair of dice once: every order comes from as many
    for (let a = 0; a < 3; a++)
      for (let b = 0; b < 2; b++) {
        const dice = [a / 3, b / 2]
        const order = shuffled(['x', 'y', 'z'], () => dice.shift() ?? 0).join('')
        seen.set(order, (seen.get(order) ?? 0) + 1)
      }
    expect([...seen.values()]).toEqual([1, 1, 1, 1, 1, 1])
  })
})

describe('history', () => {
  it('keeps each question with all its answers, also those asked again', async () => {
    await ask('A question about otters')
    const list = async () => {
      const result = await client['history.list']({ text: 'otters', limit: 9 })
      return result.ok ? result.value.rows : []
    }
    await vi.waitFor(async () => expect(await list()).toMatchObject([{ prompt: 'A question about otters', models: ['demo/swift', 'demo/steady'] }]))
    regenerate('pane-0')
    await idle()
    await vi.waitFor(async () => expect(await list()).toHaveLength(1))
  })
})
