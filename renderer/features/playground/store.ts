import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { RunParameters } from '../../../shared/api/playground.ts'
import type { Attachment } from '../../../shared/attachments.ts'
import { EXAMPLES } from './examples.ts'
import { readDesk } from './read-desk.ts'
import type { Run } from './run-store.ts'

export const FEWEST_PANES = 1
export const MOST_PANES = 6

/** Where the first comparison happens without any key. */
const FIRST_MODELS = ['demo/swift', 'demo/steady', 'demo/scholar'] as const
export const FIRST_TAB = 'first'
/** Nano-USD. Dearer runs are asked about first: a dollar is more than a question to six large models usually costs. */
const FIRST_COST_CAP = 1_000_000_000

/** What one can set beside the model. */
export interface PaneSettings {
  readonly system: string
  readonly parameters: RunParameters
}

export interface Pane {
  readonly id: string
  /** `provider/model`, as a client of the endpoint would write it. */
  readonly model: string
  /** Settings of its own; without them it follows those of its tab. */
  readonly own?: PaneSettings
}

export const LAYOUTS = ['columns', 'grid', 'focus', 'tabs'] as const
export type Layout = (typeof LAYOUTS)[number]
export const MODES = ['compare', 'matrix', 'history', 'library', 'ratings'] as const
export type Mode = (typeof MODES)[number]

/** What one tab holds. */
export interface Sheet {
  readonly panes: readonly Pane[]
  readonly draft: string
  readonly system: string
  readonly systemOpen: boolean
  /** Of all panes that have none of their own. */
  readonly parameters: RunParameters
  readonly layout: Layout
  /** The pane that is seen in the layouts that show one, counted from 0. */
  readonly front: number
  readonly blind: boolean
}

export interface Tab {
  readonly id: string
  /** '' for a tab nobody has named. */
  readonly name: string
}

/** The open tab's sheet, and the others beside it. */
export interface Desk extends Sheet {
  readonly tabs: readonly Tab[]
  readonly active: string
  /** Sheets of the tabs that are not open, by their id. */
  readonly parked: Readonly<Record<string, Sheet>>
  readonly mode: Mode
  readonly syncScroll: boolean
  /** Nano-USD; undefined: never ask. */
  readonly costCap: number | undefined
  /** The kind of task that votes are for. */
  readonly tag: string
}

export const NEW_SHEET: Sheet = {
  panes: FIRST_MODELS.map((model, index) => ({ id: `first-${index}`, model })),
  draft: EXAMPLES.en[0].prompt,
  system: '',
  systemOpen: false,
  parameters: {},
  layout: 'columns',
  front: 0,
  blind: false,
}

/** What the user has laid out: kept from one start to the next. */
export const useDesk = create<Desk>()(
  persist(
    (): Desk => ({
      ...NEW_SHEET,
      tabs: [{ id: FIRST_TAB, name: '' }],
      active: FIRST_TAB,
      parked: {},
      mode: 'compare',
      syncScroll: true,
      costCap: FIRST_COST_CAP,
      tag: 'general',
    }),
    {
      name: 'switchyard.playground',
      version: 2,
      migrate: readDesk,
      merge: (kept, initial) => ({ ...initial, ...readDesk(kept) }),
    },
  ),
)

/** One way a question was put and answered; asking again or with other words makes another beside it. */
export interface Branch {
  readonly prompt: string
  readonly files: readonly Attachment[]
  /** The model is the run's own: the pane may have moved on to another since. */
  readonly run: Run
  /** The turns that followed this branch, while another one is shown. */
  readonly after: readonly Turn[]
}

/** One question in one pane; `prompt`, `files` and `run` are those of the branch shown. */
export interface Turn extends Omit<Branch, 'after'> {
  readonly id: string
  /** The same in every pane that was asked together. */
  readonly question: string
  readonly branches: readonly Branch[]
  readonly shown: number
}

export interface Conversation {
  /** By pane. Each pane has its own answers as history. */
  readonly turns: Readonly<Record<string, readonly Turn[]>>
  /** Panes that are answering. */
  readonly running: readonly string[]
  /** Tabs in blind mode whose names are shown, since the vote is given. */
  readonly revealed: readonly string[]
  /** Files that go with the next question, by tab. Too large to be kept beyond the window. */
  readonly files: Readonly<Record<string, readonly Attachment[]>>
}

/** What has been asked and answered since the window opened. */
export const useConversation = create<Conversation>()(() => ({ turns: {}, running: [], revealed: [], files: {} }))

const NO_TURNS: readonly Turn[] = []
const NO_FILES: readonly Attachment[] = []

export function turnsOf(conversation: Pick<Conversation, 'turns'>, pane: string): readonly Turn[] {
  return conversation.turns[pane] ?? NO_TURNS
}

export function filesOf({ files }: Pick<Conversation, 'files'>, tab: string): readonly Attachment[] {
  return files[tab] ?? NO_FILES
}

/** Whether nothing has been asked in these panes. */
export function isEmpty(conversation: Pick<Conversation, 'turns'>, panes: readonly Pane[]): boolean {
  return panes.every(({ id }) => turnsOf(conversation, id).length === 0)
}

/** Those of `panes` that are answering. */
export function runningOf({ running }: Pick<Conversation, 'running'>, panes: readonly Pane[]): readonly Pane[] {
  return panes.filter(({ id }) => running.includes(id))
}

/** In blind mode names are hidden until the vote. */
export function isHidden({ blind, active }: Pick<Desk, 'blind' | 'active'>, { revealed }: Pick<Conversation, 'revealed'>): boolean {
  return blind && !revealed.includes(active)
}

export function settingsOf(pane: Pane, sheet: PaneSettings): PaneSettings {
  return pane.own ?? { system: sheet.system, parameters: sheet.parameters }
}

/** A, B, C ... as the panes stand. */
export function letterOf(index: number): string {
  return String.fromCharCode(65 + index)
}
