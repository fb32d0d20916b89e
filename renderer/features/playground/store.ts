import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { EXAMPLES } from './examples.ts'
import type { Run } from './run-store.ts'

export const FEWEST_PANES = 1
export const MOST_PANES = 6

/** Where the first comparison happens without any key. */
const FIRST_MODELS = ['demo/swift', 'demo/steady', 'demo/scholar'] as const

export interface Pane {
  readonly id: string
  /** `provider/model`, as a client of the endpoint would write it. */
  readonly model: string
}

export interface Desk {
  readonly panes: readonly Pane[]
  readonly draft: string
  readonly system: string
  readonly systemOpen: boolean
}

/** What the user has laid out: kept from one start to the next. */
export const useDesk = create<Desk>()(
  persist(
    (): Desk => ({
      panes: FIRST_MODELS.map((model, index) => ({ id: `first-${index}`, model })),
      draft: EXAMPLES[0].prompt,
      system: '',
      systemOpen: false,
    }),
    {
      name: 'switchyard.playground',
      version: 1,
      migrate: readDesk,
      merge: (kept, initial) => ({ ...initial, ...readDesk(kept) }),
    },
  ),
)

/** What of a kept desk can still be used: it may come from another version, or from someone's editor. */
export function readDesk(kept: unknown): Partial<Desk> {
  if (typeof kept !== 'object' || kept === null) return {}
  const { panes, draft, system, systemOpen } = kept as Record<string, unknown>
  const usable = Array.isArray(panes) ? panes.filter(isPane).slice(0, MOST_PANES) : []
  return {
    ...(usable.length >= FEWEST_PANES && { panes: usable }),
    ...(typeof draft === 'string' && { draft }),
    ...(typeof system === 'string' && { system }),
    ...(typeof systemOpen === 'boolean' && { systemOpen }),
  }
}

function isPane(value: unknown): value is Pane {
  if (typeof value !== 'object' || value === null) return false
  const { id, model } = value as Record<string, unknown>
  return typeof id === 'string' && id !== '' && typeof model === 'string' && model !== ''
}

/** One question in one pane. The model is the run's own: the pane may have moved on to another since. */
export interface Turn {
  readonly id: string
  readonly prompt: string
  readonly run: Run
}

export interface Conversation {
  /** By pane. Each pane has its own answers as history. */
  readonly turns: Readonly<Record<string, readonly Turn[]>>
  /** Panes that are answering. */
  readonly running: readonly string[]
}

/** What has been asked and answered since the window opened. */
export const useConversation = create<Conversation>()(() => ({ turns: {}, running: [] }))

const NO_TURNS: readonly Turn[] = []

export function turnsOf(conversation: Conversation, pane: string): readonly Turn[] {
  return conversation.turns[pane] ?? NO_TURNS
}

export function isEmpty(conversation: Conversation): boolean {
  return Object.values(conversation.turns).every((turns) => turns.length === 0)
}

/** A, B, C ... as the panes stand. */
export function letterOf(index: number): string {
  return String.fromCharCode(65 + index)
}
