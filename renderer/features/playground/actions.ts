import { client } from '../../client/client.ts'
import { formatSpan } from '../../ui/figures.ts'
import { announce } from './announcer.ts'
import { type Run, startRun } from './run-store.ts'
import { FEWEST_PANES, letterOf, MOST_PANES, type Pane, type Turn, turnsOf, useConversation, useDesk } from './store.ts'

type Message = { readonly role: 'system' | 'user' | 'assistant'; readonly text: string }

/** Sends the draft to every pane. Nothing happens while one still answers, or when there is nothing to ask. */
export function runAll(): void {
  const { draft, panes } = useDesk.getState()
  const prompt = draft.trim()
  if (prompt === '' || useConversation.getState().running.length > 0) return
  useDesk.setState({ draft: '' })
  announce(panes.length === 1 ? 'Asked one model.' : `Asked ${panes.length} models.`)
  for (const pane of panes) ask(pane, prompt, turnsOf(useConversation.getState(), pane.id))
}

/** Asks the pane's last question again, of the model the pane has now. The old answer goes. */
export function regenerate(paneId: string): void {
  const pane = useDesk.getState().panes.find((each) => each.id === paneId)
  const turns = turnsOf(useConversation.getState(), paneId)
  const last = turns.at(-1)
  if (pane === undefined || last === undefined) return
  last.run.stop()
  ask(pane, last.prompt, turns.slice(0, -1))
}

export function stop(paneId: string): void {
  turnsOf(useConversation.getState(), paneId).at(-1)?.run.stop()
}

export function stopAll(): void {
  for (const pane of useConversation.getState().running) stop(pane)
}

export function clearConversation(): void {
  stopAll()
  useConversation.setState({ turns: {}, running: [] })
}

export function addPane(model?: string): void {
  const { panes } = useDesk.getState()
  if (panes.length >= MOST_PANES) return
  const added: Pane = { id: crypto.randomUUID(), model: model ?? panes.at(-1)?.model ?? 'demo/swift' }
  useDesk.setState({ panes: [...panes, added] })
}

/** Puts these models side by side in place of those that were; the draft stays. At most six of them. */
export function layOut(ids: readonly string[]): void {
  if (ids.length < FEWEST_PANES) return
  stopAll()
  useConversation.setState({ turns: {}, running: [] })
  useDesk.setState({ panes: ids.slice(0, MOST_PANES).map((model) => ({ id: crypto.randomUUID(), model })) })
}

export function removePane(paneId: string): void {
  const { panes } = useDesk.getState()
  if (panes.length <= FEWEST_PANES) return
  stop(paneId)
  useDesk.setState({ panes: panes.filter((pane) => pane.id !== paneId) })
  useConversation.setState(({ turns, running }) => {
    const { [paneId]: _gone, ...others } = turns
    return { turns: others, running: running.filter((each) => each !== paneId) }
  })
}

export function chooseModel(paneId: string, model: string): void {
  useDesk.setState(({ panes }) => ({ panes: panes.map((pane) => (pane.id === paneId ? { ...pane, model } : pane)) }))
}

/** Starts a run in a pane after `earlier` turns, and keeps the books on who is answering. */
function ask(pane: Pane, prompt: string, earlier: readonly Turn[]): void {
  const messages = messagesOf(useDesk.getState().system, earlier, prompt)
  const run = startRun(pane.model, (signal) => client['playground.run']({ model: pane.model, messages }, signal))
  const turn: Turn = { id: crypto.randomUUID(), prompt, run }
  useConversation.setState(({ turns, running }) => ({
    turns: { ...turns, [pane.id]: [...earlier, turn] },
    running: running.includes(pane.id) ? running : [...running, pane.id],
  }))
  void run.done.then(() => {
    // a regenerated turn's old run ends later than the new one began
    if (turnsOf(useConversation.getState(), pane.id).at(-1) !== turn) return
    useConversation.setState(({ running }) => ({ running: running.filter((each) => each !== pane.id) }))
    announce(endOf(pane.id, run))
  })
}

/** The pane's own history: turns without an answer are left out, since many providers refuse two questions in a row. */
export function messagesOf(system: string, earlier: readonly Turn[], prompt: string): Message[] {
  const history = earlier.flatMap((turn): Message[] => {
    const answer = turn.run.text()
    return answer === ''
      ? []
      : [
          { role: 'user', text: turn.prompt },
          { role: 'assistant', text: answer },
        ]
  })
  const before: Message[] = system.trim() === '' ? [] : [{ role: 'system', text: system.trim() }]
  return [...before, ...history, { role: 'user', text: prompt }]
}

function endOf(paneId: string, run: Run): string {
  const who = `${letterOf(useDesk.getState().panes.findIndex((pane) => pane.id === paneId))}, ${run.model}`
  const { phase } = run.store.getState()
  switch (phase.is) {
    case 'ended':
      return phase.summary.outcome === 'ok' ? `${who}: answered in ${formatSpan(phase.summary.totalMs)}.` : `${who}: failed. ${phase.summary.message ?? ''}`
    case 'lost':
      return `${who}: failed. ${phase.message}`
    default:
      return `${who}: stopped.`
  }
}
