import type { RunParameters } from '../../../shared/api/playground.ts'
import type { Desk, Layout, Mode, Pane, PaneSettings, Sheet, Tab } from './store.ts'

type Fields = Readonly<Record<string, unknown>>

const MOST_PANES = 6
const MOST_TABS = 50
const LAYOUTS: readonly Layout[] = ['columns', 'grid', 'focus', 'tabs']
const MODES: readonly Mode[] = ['compare', 'matrix', 'history', 'library', 'ratings']

/** What of a kept desk can still be used: it may come from another version, or from someone's editor. */
export function readDesk(kept: unknown): Partial<Desk> {
  if (!isObject(kept)) return {}
  return { ...readSheet(kept), ...readTabs(kept), ...readChoices(kept) }
}

function readChoices({ mode, syncScroll, costCap, tag }: Fields): Partial<Desk> {
  const known = MODES.find((each) => each === mode)
  return {
    ...(known !== undefined && { mode: known }),
    ...(typeof syncScroll === 'boolean' && { syncScroll }),
    ...(typeof costCap === 'number' && costCap >= 0 && { costCap }),
    ...(costCap === null && { costCap: undefined }),
    ...(typeof tag === 'string' && tag !== '' && { tag }),
  }
}

function readSheet({ panes, draft, system, systemOpen, parameters, layout, front, blind }: Fields): Partial<Sheet> {
  const usable = Array.isArray(panes) ? panes.flatMap(readPane).slice(0, MOST_PANES) : []
  const known = LAYOUTS.find((each) => each === layout)
  return {
    ...(usable.length > 0 && { panes: usable }),
    ...(typeof draft === 'string' && { draft }),
    ...(typeof system === 'string' && { system }),
    ...(typeof systemOpen === 'boolean' && { systemOpen }),
    ...(isObject(parameters) && { parameters: parameters as RunParameters }),
    ...(known !== undefined && { layout: known }),
    ...(Number.isInteger(front) && { front: front as number }),
    ...(typeof blind === 'boolean' && { blind }),
  }
}

/** All or nothing: a tab without its sheet, or a sheet without its tab, would be lost silently later. */
function readTabs({ tabs, active, parked }: Fields): Partial<Desk> {
  if (!Array.isArray(tabs) || typeof active !== 'string' || !isObject(parked)) return {}
  const sheets: Record<string, Sheet> = {}
  for (const [id, value] of Object.entries(parked)) {
    const sheet = isObject(value) ? readSheet(value) : {}
    if (isWhole(sheet)) sheets[id] = sheet
  }
  const usable = tabs.filter(isTab).filter(({ id }) => id === active || sheets[id] !== undefined)
  if (usable.length > MOST_TABS || !usable.some(({ id }) => id === active)) return {}
  return { tabs: usable, active, parked: sheets }
}

function isWhole(sheet: Partial<Sheet>): sheet is Sheet {
  return Object.keys(sheet).length === 8
}

function isTab(value: unknown): value is Tab {
  return isObject(value) && typeof value.id === 'string' && typeof value.name === 'string'
}

function readPane(value: unknown): readonly Pane[] {
  if (!isObject(value)) return []
  const { id, model, own } = value
  if (typeof id !== 'string' || id === '' || typeof model !== 'string' || model === '') return []
  return [{ id, model, ...(isSettings(own) && { own }) }]
}

function isSettings(value: unknown): value is PaneSettings {
  return isObject(value) && typeof value.system === 'string' && isObject(value.parameters)
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
