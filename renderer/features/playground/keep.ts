import { create } from 'zustand'
import type { Comparison } from '../../../shared/api/history.ts'
import { totalOutput } from '../../../shared/chat.ts'
import { client } from '../../client/client.ts'
import type { Run } from './run-store.ts'
import { settingsOf, turnsOf, useConversation, useDesk } from './store.ts'

/** How many this window has kept so far: a list of them is an old one when it changes. */
export const useKept = create<{ readonly count: number }>()(() => ({ count: 0 }))

/** Keeps a question with its answers in the history, once no pane answers it any more. History is a convenience: that it failed stops nobody. */
export function keepComparison(question: string): void {
  const desk = useDesk.getState()
  const conversation = useConversation.getState()
  // the question may be of a tab that is not open any more
  const placed = [desk, ...Object.values(desk.parked)].flatMap((sheet) => sheet.panes.map((pane) => ({ pane, sheet })))
  const asked = placed.flatMap(({ pane, sheet }) => {
    const turn = turnsOf(conversation, pane.id).find((each) => each.question === question)
    return turn === undefined ? [] : [{ pane, sheet, turn }]
  })
  const [first] = asked
  if (first === undefined || asked.some(({ pane }) => conversation.running.includes(pane.id))) return
  const comparison: Comparison = {
    id: question,
    prompt: first.turn.prompt,
    files: first.turn.files.map(({ name }) => name),
    answers: asked.map(({ pane, sheet, turn }) => ({ system: settingsOf(pane, sheet).system, ...answerOf(turn.run) })),
  }
  void client['history.put']({ comparison }).then(() => useKept.setState(({ count }) => ({ count: count + 1 })))
}

function answerOf(run: Run): Omit<Comparison['answers'][number], 'system'> {
  const { phase } = run.store.getState()
  if (phase.is !== 'ended') return { model: run.model, text: run.text(), outcome: phase.is }
  const { outcome, firstEventMs, totalMs, tokens, cost } = phase.summary
  const tokensOut = totalOutput(tokens)
  return {
    model: run.model,
    text: run.text(),
    outcome,
    totalMs,
    ...(firstEventMs !== undefined && { firstEventMs }),
    ...(tokensOut !== undefined && { tokensOut }),
    ...(cost !== undefined && { cost }),
  }
}
