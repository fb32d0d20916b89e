/** What the palette can do. Features add sources of their own; the palette asks each of them while one types. */
import { score } from './score.ts'

export const COMMAND_GROUPS = ['sections', 'actions', 'models', 'requests', 'cache'] as const
export type CommandGroup = (typeof COMMAND_GROUPS)[number]

export interface Command {
  /** Unique among all. */
  readonly id: string
  readonly group: CommandGroup
  readonly title: string
  /** Dimmed, at the end of the row: a shortcut, a time. */
  readonly note?: string
  /** Found by these words too, which are not shown. */
  readonly keywords?: string
  /** The source has searched already, in more than the title: not filtered again. */
  readonly found?: boolean
  readonly run: () => void
}

/** Commands for what is typed so far, '' at first. A source that has to ask the engine gives a promise; one that rejects is left out. */
export type CommandSource = (query: string) => readonly Command[] | Promise<readonly Command[]>

const sources = new Set<CommandSource>()

/** Adds a source until the returned function is called. */
export function addCommands(source: CommandSource): () => void {
  sources.add(source)
  return () => sources.delete(source)
}

const MOST_IN_GROUP = 8

export interface CommandSection {
  readonly group: CommandGroup
  readonly items: readonly Command[]
}

/** The best of each group, groups in their order. Asked without a query everything counts the same and stays in its source's order. */
export function ranked(query: string, commands: readonly Command[]): readonly CommandSection[] {
  const scored = commands.flatMap((command) => {
    const value = query.trim() === '' || command.found === true ? 0 : score(query, `${command.title} ${command.keywords ?? ''}`)
    return value === undefined ? [] : [{ command, value }]
  })
  return COMMAND_GROUPS.flatMap((group) => {
    const items = scored
      .filter(({ command }) => command.group === group)
      .toSorted((one, other) => other.value - one.value)
      .slice(0, MOST_IN_GROUP)
    return items.length === 0 ? [] : [{ group, items: items.map(({ command }) => command) }]
  })
}

/** Asks all sources; `onCommands` is called with all that is there so far, at once for what needs no asking. Stops when `signal` aborts. */
export async function collect(query: string, signal: AbortSignal, onCommands: (commands: readonly Command[]) => void): Promise<void> {
  let all: readonly Command[] = []
  await Promise.all(
    [...sources].map(async (source) => {
      const commands = await answerOf(source, query)
      if (signal.aborted) return
      all = [...all, ...commands]
      onCommands(all)
    }),
  )
}

async function answerOf(source: CommandSource, query: string): Promise<readonly Command[]> {
  try {
    return await source(query)
  } catch {
    // a source that fails has nothing to offer; the others have
    return []
  }
}
