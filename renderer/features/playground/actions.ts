/** Asking and answering. What concerns the layout of the desk is in desk-actions.ts. */

import { create } from 'zustand'
import type { RunMessage } from '../../../shared/api/playground.ts'
import type { Attachment } from '../../../shared/attachments.ts'
import { client } from '../../client/client.ts'
import { models } from '../../client/mirrors.ts'
import { textsNow } from '../../i18n/texts.ts'
import { told } from '../../messages/words.ts'
import { formatSpan } from '../../ui/figures.ts'
import { announce } from './announcer.ts'
import { type ForecastSum, forecastFor, type Sending } from './forecast.ts'
import { keepComparison } from './keep.ts'
import { lackingFor } from './modality.ts'
import { type Run, startRun } from './run-store.ts'
import { type Branch, filesOf, isHidden, letterOf, type Pane, runningOf, settingsOf, type Turn, turnsOf, useConversation, useDesk } from './store.ts'
import { texts } from './texts.ts'
import { firstTurn, withBranch, withShown } from './turns.ts'

/** A run that waits for a yes, since it may cost more than the cap. */
export const useCostQuestion = create<{ readonly open: (ForecastSum & { readonly cap: number }) | undefined }>()(() => ({ open: undefined }))

/**
 * Sends the draft and its files to every pane that can take them. Nothing happens while one still answers, or when there is nothing to ask. Asks first
 * when the forecast is above the cap.
 */
export async function runAll(): Promise<void> {
  const { draft, costCap, panes, active } = useDesk.getState()
  const conversation = useConversation.getState()
  if (draft.trim() === '' && filesOf(conversation, active).length === 0) return
  if (runningOf(conversation, panes).length > 0) return
  if (costCap !== undefined) {
    const sum = await forecastFor(nextSendings())
    if (sum !== undefined && sum.cost > costCap) {
      useCostQuestion.setState({ open: { ...sum, cap: costCap } })
      return
    }
    // the wait may have been used otherwise
    if (useDesk.getState().draft !== draft || runningOf(useConversation.getState(), panes).length > 0) return
  }
  startAll()
}

/** Sends without asking about the cost. */
export function startAll(): void {
  useCostQuestion.setState({ open: undefined })
  const { draft, active, blind } = useDesk.getState()
  const files = filesOf(useConversation.getState(), active)
  const prompt = draft.trim()
  if (blind) hideAgain()
  const panes = askable()
  if (panes.length === 0) return
  useDesk.setState({ draft: '' })
  useConversation.setState((state) => ({ files: { ...state.files, [active]: [] } }))
  announce(textsNow(texts).said.asked(panes.length))
  const question = crypto.randomUUID()
  for (const pane of panes) ask(pane, prompt, files, turnsOf(useConversation.getState(), pane.id), question)
}

/** Sends the draft to one pane alone. */
export function runPane(paneId: string): void {
  const { draft, active } = useDesk.getState()
  const pane = paneOf(paneId)
  const state = useConversation.getState()
  const files = filesOf(state, active)
  if (pane === undefined || (draft.trim() === '' && files.length === 0) || state.running.includes(paneId)) return
  if (!askable().includes(pane)) return
  ask(pane, draft.trim(), files, turnsOf(state, paneId), crypto.randomUUID())
}

/** What `runAll` would send now. */
export function nextSendings(): readonly Sending[] {
  const desk = useDesk.getState()
  const conversation = useConversation.getState()
  const files = filesOf(conversation, desk.active)
  const prompt = desk.draft.trim()
  if (prompt === '' && files.length === 0) return []
  return askable().map((pane) => {
    const { system, parameters } = settingsOf(pane, desk)
    return {
      pane,
      messages: messagesOf(system, turnsOf(conversation, pane.id), prompt, files),
      maxOutputTokens: parameters.maxOutputTokens,
      tools: parameters.tools,
    }
  })
}

/** Panes whose model can take the files that go with the next question. */
function askable(): readonly Pane[] {
  const { panes, active } = useDesk.getState()
  const files = filesOf(useConversation.getState(), active)
  if (files.length === 0) return panes
  const rows = models.store.getState()
  return panes.filter((pane) => lackingFor(files, rows.is === 'ready' ? rows.value.find(({ id }) => id === pane.model) : undefined) === undefined)
}

/** Asks the pane's last question again, of the model the pane has now. The old answer stays beside the new one. */
export function regenerate(paneId: string): void {
  const turns = turnsOf(useConversation.getState(), paneId)
  const last = turns.at(-1)
  if (last === undefined) return
  last.run.stop()
  again(paneId, last, last.prompt)
}

/** Puts a question anew with other words, in one pane or in all that were asked it. What followed stays beside it. */
export function rerun(turn: Pick<Turn, 'id' | 'question'>, prompt: string, paneId: string | undefined): void {
  const words = prompt.trim()
  const conversation = useConversation.getState()
  for (const pane of useDesk.getState().panes) {
    if (paneId !== undefined && pane.id !== paneId) continue
    const asked = turnsOf(conversation, pane.id).find((each) => each.question === turn.question)
    if (asked === undefined || (words === '' && asked.files.length === 0)) continue
    stop(pane.id)
    again(pane.id, asked, words)
  }
}

function again(paneId: string, turn: Turn, prompt: string): void {
  const pane = paneOf(paneId)
  if (pane === undefined) return
  const turns = turnsOf(useConversation.getState(), paneId)
  ask(pane, prompt, turn.files, turns.slice(0, turns.indexOf(turn)), turn.question, turn)
}

/** Shows another answer of a turn, counted from 0. */
export function showBranch(paneId: string, turnId: string, shown: number): void {
  if (useConversation.getState().running.includes(paneId)) return
  setTurns(paneId, (turns) => withShown(turns, turnId, shown))
}

export function stop(paneId: string): void {
  turnsOf(useConversation.getState(), paneId).at(-1)?.run.stop()
}

/** Of the open tab. */
export function stopAll(): void {
  for (const pane of runningOf(useConversation.getState(), useDesk.getState().panes)) stop(pane.id)
}

/** Of the open tab. */
export function clearConversation(): void {
  stopAll()
  const panes = new Set(useDesk.getState().panes.map(({ id }) => id))
  useConversation.setState(({ turns, running }) => ({
    turns: Object.fromEntries(Object.entries(turns).filter(([id]) => !panes.has(id))),
    running: running.filter((id) => !panes.has(id)),
  }))
}

/** Names are hidden anew, and panes change places so that a place gives nobody away. */
function hideAgain(): void {
  const { active, panes } = useDesk.getState()
  useConversation.setState(({ revealed }) => ({ revealed: revealed.filter((tab) => tab !== active) }))
  useDesk.setState({ panes: shuffled(panes) })
}

/** Fisher and Yates's shuffle. */
export function shuffled<T>(items: readonly T[], random: () => number = Math.random): readonly T[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[result[last], result[other]] = [result[other] as T, result[last] as T]
  }
  return result
}

function paneOf(id: string): Pane | undefined {
  return useDesk.getState().panes.find((pane) => pane.id === id)
}

function setTurns(paneId: string, change: (turns: readonly Turn[]) => readonly Turn[]): void {
  useConversation.setState((state) => ({ turns: { ...state.turns, [paneId]: change(turnsOf(state, paneId)) } }))
}

/** Starts a run in a pane after `earlier` turns, as a new turn or as another branch of `into`, and keeps the books on who is answering. */
function ask(pane: Pane, prompt: string, files: readonly Attachment[], earlier: readonly Turn[], question: string, into?: Turn): void {
  const { system, parameters } = settingsOf(pane, useDesk.getState())
  const messages = messagesOf(system, earlier, prompt, files)
  const run = startRun(pane.model, (signal) => client['playground.run']({ model: pane.model, messages, ...parameters }, signal))
  const branch: Branch = { prompt, files, run, after: [] }
  setTurns(pane.id, (turns) => (into === undefined ? [...earlier, firstTurn(crypto.randomUUID(), question, branch)] : withBranch(turns, into.id, branch)))
  useConversation.setState(({ running }) => ({ running: running.includes(pane.id) ? running : [...running, pane.id] }))
  void run.done.then(() => {
    // a regenerated turn's old run ends later than the new one began
    if (turnsOf(useConversation.getState(), pane.id).at(-1)?.run !== run) return
    useConversation.setState(({ running }) => ({ running: running.filter((each) => each !== pane.id) }))
    if (paneOf(pane.id) !== undefined) announce(endOf(pane.id, run))
    keepComparison(question)
  })
}

/** The pane's own history: turns without an answer are left out, since many providers refuse two questions in a row. */
export function messagesOf(system: string, earlier: readonly Turn[], prompt: string, files: readonly Attachment[] = []): RunMessage[] {
  const history = earlier.flatMap((turn): RunMessage[] => {
    const answer = turn.run.text()
    return answer === '' ? [] : [userMessage(turn.prompt, turn.files), { role: 'assistant', text: answer }]
  })
  const before: RunMessage[] = system.trim() === '' ? [] : [{ role: 'system', text: system.trim() }]
  return [...before, ...history, userMessage(prompt, files)]
}

function userMessage(text: string, files: readonly Attachment[]): RunMessage {
  return { role: 'user', text, ...(files.length > 0 && { files: [...files] }) }
}

function endOf(paneId: string, run: Run): string {
  const { said } = textsNow(texts)
  const desk = useDesk.getState()
  const letter = letterOf(desk.panes.findIndex((pane) => pane.id === paneId))
  const who = isHidden(desk, useConversation.getState()) ? letter : `${letter}, ${run.model}`
  const { phase } = run.store.getState()
  switch (phase.is) {
    case 'ended':
      return phase.summary.outcome === 'ok'
        ? said.answered(who, formatSpan(phase.summary.totalMs))
        : said.failed(who, told({ message: phase.summary.message ?? '', said: phase.summary.said }))
    case 'lost':
      return said.failed(who, phase.message)
    default:
      return said.stopped(who)
  }
}
