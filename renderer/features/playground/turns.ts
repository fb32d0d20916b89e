/** How a pane's turns change. Each turn may hold several branches, of which one is shown with what followed it. */
import type { Branch, Turn } from './store.ts'

/** `turns` up to and with `turn`, which gets `branch` and shows it. What followed stays with the branch that was shown. */
export function withBranch(turns: readonly Turn[], turnId: string, branch: Branch): readonly Turn[] {
  const index = turns.findIndex(({ id }) => id === turnId)
  const turn = turns[index]
  if (turn === undefined) return turns
  const branches = [...parked(turn, turns.slice(index + 1)), branch]
  return [...turns.slice(0, index), showing(turn, branches, branches.length - 1)]
}

/** Shows another branch of a turn, and what followed that one. */
export function withShown(turns: readonly Turn[], turnId: string, shown: number): readonly Turn[] {
  const index = turns.findIndex(({ id }) => id === turnId)
  const turn = turns[index]
  const wanted = turn?.branches[shown]
  if (turn === undefined || wanted === undefined || shown === turn.shown) return turns
  return [...turns.slice(0, index), showing(turn, parked(turn, turns.slice(index + 1)), shown), ...wanted.after]
}

/** A turn whose only branch is `branch`. */
export function firstTurn(id: string, question: string, branch: Branch): Turn {
  return { id, question, prompt: branch.prompt, files: branch.files, run: branch.run, branches: [branch], shown: 0 }
}

function parked(turn: Turn, after: readonly Turn[]): readonly Branch[] {
  return turn.branches.map((branch, place) => (place === turn.shown ? { ...branch, after } : branch))
}

function showing(turn: Turn, branches: readonly Branch[], shown: number): Turn {
  const branch = branches[shown] ?? turn
  return { ...turn, prompt: branch.prompt, files: branch.files, run: branch.run, branches, shown }
}

/** All runs of these turns, also those not shown: they were paid for all the same. */
export function runsOf(turns: readonly Turn[]): readonly Branch['run'][] {
  return turns.flatMap(({ branches }) => branches.flatMap(({ run, after }) => [run, ...runsOf(after)]))
}
