/** Panes, tabs and settings of the desk. */
import type { Comparison } from '../../../shared/api/history.ts'
import type { LibraryEntry } from '../../../shared/api/library.ts'
import { stop } from './actions.ts'
import {
  FEWEST_PANES,
  type Layout,
  MOST_PANES,
  type Mode,
  NEW_SHEET,
  type Pane,
  type PaneSettings,
  type Sheet,
  settingsOf,
  type Turn,
  turnsOf,
  useConversation,
  useDesk,
} from './store.ts'

export function addPane(model?: string): void {
  const { panes } = useDesk.getState()
  if (panes.length >= MOST_PANES) return
  const added: Pane = { id: crypto.randomUUID(), model: model ?? panes.at(-1)?.model ?? 'demo/swift' }
  useDesk.setState({ panes: [...panes, added] })
}

export function removePane(paneId: string): void {
  const { panes, front } = useDesk.getState()
  if (panes.length <= FEWEST_PANES) return
  stop(paneId)
  const left = panes.filter((pane) => pane.id !== paneId)
  useDesk.setState({ panes: left, front: Math.min(front, left.length - 1) })
  forget([paneId])
}

/** One pane for each of these models: panes that ask one of them stay as they are, others go, and new ones come behind. At least one is left, at most six. */
export function choosePanes(models: readonly string[]): void {
  const { panes } = useDesk.getState()
  const wanted = [...new Set(models)]
  const shown = new Set(panes.map(({ model }) => model))
  for (const model of wanted) if (!shown.has(model)) addPane(model)
  for (const { id, model } of panes) if (!wanted.includes(model)) removePane(id)
}

export function chooseModel(paneId: string, model: string): void {
  changePane(paneId, (pane) => ({ ...pane, model }))
}

/** Changes a pane's settings where they are: its own, or those that all linked panes share. */
export function changeSettings(paneId: string, change: (settings: PaneSettings) => PaneSettings): void {
  const desk = useDesk.getState()
  const pane = desk.panes.find(({ id }) => id === paneId)
  if (pane === undefined) return
  const changed = change(settingsOf(pane, desk))
  if (pane.own === undefined) useDesk.setState({ system: changed.system, parameters: changed.parameters })
  else changePane(paneId, (each) => ({ ...each, own: changed }))
}

/** Unlinked, a pane starts from the settings it had; linked, it follows the shared ones again. */
export function linkPane(paneId: string, linked: boolean): void {
  const desk = useDesk.getState()
  changePane(paneId, (pane) => {
    const { own: _dropped, ...bare } = pane
    return linked ? bare : { ...bare, own: settingsOf(pane, desk) }
  })
}

/** Makes a pane's settings everybody's, and links all panes. */
export function applyToAll(paneId: string): void {
  const desk = useDesk.getState()
  const pane = desk.panes.find(({ id }) => id === paneId)
  if (pane === undefined) return
  const { system, parameters } = settingsOf(pane, desk)
  useDesk.setState({ system, parameters, panes: desk.panes.map(({ own: _own, ...bare }) => bare) })
}

export function chooseLayout(layout: Layout): void {
  useDesk.setState({ layout })
}

export function chooseMode(mode: Mode): void {
  useDesk.setState({ mode })
}

/** Shows one pane alone, or all again. */
export function toggleFocus(index: number): void {
  const { layout, front } = useDesk.getState()
  useDesk.setState(layout === 'focus' && front === index ? { layout: 'columns' } : { layout: 'focus', front: index })
}

export function toggleBlind(): void {
  const { blind, active } = useDesk.getState()
  useDesk.setState({ blind: !blind })
  useConversation.setState(({ revealed }) => ({ revealed: revealed.filter((tab) => tab !== active) }))
}

export function reveal(): void {
  const { active } = useDesk.getState()
  useConversation.setState(({ revealed }) => ({ revealed: [...revealed.filter((tab) => tab !== active), active] }))
}

export function openTab(sheet: Partial<Sheet> = {}, name = ''): string {
  const desk = useDesk.getState()
  const id = crypto.randomUUID()
  const panes = (sheet.panes ?? desk.panes).map((pane) => ({ ...pane, id: crypto.randomUUID() }))
  const { layout, parameters, system } = desk
  useDesk.setState({
    ...NEW_SHEET,
    layout,
    parameters,
    system,
    draft: '',
    ...sheet,
    panes,
    tabs: [...desk.tabs, { id, name }],
    active: id,
    parked: { ...desk.parked, [desk.active]: sheetOf(desk) },
    mode: 'compare',
  })
  return id
}

export function chooseTab(id: string): void {
  const desk = useDesk.getState()
  const sheet = desk.parked[id]
  if (sheet === undefined || id === desk.active) return
  const { [id]: _opened, ...others } = desk.parked
  useDesk.setState({ ...sheet, active: id, parked: { ...others, [desk.active]: sheetOf(desk) }, mode: 'compare' })
}

/** `step` tabs on, round and round. */
export function stepTab(step: number): void {
  const { tabs, active } = useDesk.getState()
  const next = tabs.at((tabs.findIndex(({ id }) => id === active) + step) % tabs.length)
  if (next !== undefined) chooseTab(next.id)
}

export function renameTab(id: string, name: string): void {
  useDesk.setState(({ tabs }) => ({ tabs: tabs.map((tab) => (tab.id === id ? { ...tab, name: name.trim().slice(0, 60) } : tab)) }))
}

/** The last tab stays. What was said in a closed one is gone from here, and in the history. */
export function closeTab(id: string): void {
  const { tabs, active } = useDesk.getState()
  if (tabs.length < 2) return
  if (id === active) stepTab(tabs.at(-1)?.id === id ? -1 : 1)
  const { parked } = useDesk.getState()
  const { [id]: closed, ...others } = parked
  for (const pane of closed?.panes ?? []) stop(pane.id)
  useDesk.setState({ tabs: tabs.filter((tab) => tab.id !== id), parked: others })
  forget(closed?.panes.map((pane) => pane.id) ?? [])
}

/** A new tab with every pane's conversation up to and with this question; the old one stays as it is. */
export function forkTab(question: string, name: string): void {
  const { panes, draft, ...desk } = useDesk.getState()
  const conversation = useConversation.getState()
  const upTo = (paneId: string): readonly Turn[] => {
    const turns = turnsOf(conversation, paneId)
    return turns.slice(0, turns.findIndex((turn) => turn.question === question) + 1)
  }
  openTab({ panes, system: desk.system, systemOpen: desk.systemOpen, front: desk.front, blind: false }, name)
  const copies = useDesk.getState().panes
  useConversation.setState((state) => ({
    turns: { ...state.turns, ...Object.fromEntries(copies.map((copy, index) => [copy.id, upTo(panes[index]?.id ?? '')])) },
  }))
}

/** A past comparison's question and models in a tab of their own, ready to be asked again. */
export function openComparison({ prompt, answers }: Pick<Comparison, 'prompt' | 'answers'>): void {
  const panes = answers.map(({ model, system }): Pane => ({ id: '', model, own: { system, parameters: {} } }))
  openTab({ panes, draft: prompt }, prompt.slice(0, 30))
}

/** A prompt goes into the draft; a preset becomes what all linked panes share. */
export function takeEntry(entry: LibraryEntry): void {
  if (entry.kind === 'preset') useDesk.setState({ system: entry.system, parameters: entry.parameters, mode: 'compare' })
  else useDesk.setState({ draft: entry.text, ...(entry.system !== undefined && { system: entry.system }), mode: 'compare' })
}

function changePane(paneId: string, change: (pane: Pane) => Pane): void {
  useDesk.setState(({ panes }) => ({ panes: panes.map((pane) => (pane.id === paneId ? change(pane) : pane)) }))
}

function sheetOf({ panes, draft, system, systemOpen, parameters, layout, front, blind }: Sheet): Sheet {
  return { panes, draft, system, systemOpen, parameters, layout, front, blind }
}

function forget(paneIds: readonly string[]): void {
  useConversation.setState(({ turns, running }) => ({
    turns: Object.fromEntries(Object.entries(turns).filter(([id]) => !paneIds.includes(id))),
    running: running.filter((id) => !paneIds.includes(id)),
  }))
}
