import type { Verdict } from '../../../shared/api/votes.ts'
import { client } from '../../client/client.ts'
import { textsNow } from '../../i18n/texts.ts'
import { showFailure, showToast } from '../../ui/toast.tsx'
import { announce } from './announcer.ts'
import { reveal } from './desk-actions.ts'
import { type Conversation, type Desk, isHidden, letterOf, runningOf, turnsOf, useConversation, useDesk } from './store.ts'
import { texts } from './texts.ts'

/** The panes that answered the newest question, in their order; undefined while there is nothing to vote on. */
export function votable(
  desk: Desk,
  conversation: Conversation,
): { readonly question: string; readonly prompt: string; readonly places: readonly number[] } | undefined {
  if (!isHidden(desk, conversation) || runningOf(conversation, desk.panes).length > 0) return undefined
  const newest = desk.panes.map((pane) => turnsOf(conversation, pane.id).at(-1))
  const question = newest.find((turn) => turn !== undefined)
  if (question === undefined) return undefined
  const places = newest.flatMap((turn, place) => (turn?.question === question.question && turn.run.text() !== '' ? [place] : []))
  return places.length < 2 ? undefined : { question: question.question, prompt: question.prompt, places }
}

export type Choice = { readonly is: 'place'; readonly place: number } | { readonly is: 'tie' } | { readonly is: 'both-bad' }

/** Keeps the vote and shows the names. Nothing happens while there is nothing to vote on. */
export async function vote(choice: Choice): Promise<void> {
  const desk = useDesk.getState()
  const on = votable(desk, useConversation.getState())
  if (on === undefined) return
  const index = choice.is === 'place' ? on.places.indexOf(choice.place) : 0
  if (index < 0) return
  const verdict: Verdict = choice.is === 'place' ? { is: 'won', index } : choice
  const models = on.places.map((place) => modelAt(desk, place))
  reveal()
  const result = await client['votes.add']({ tag: desk.tag, models, verdict, prompt: on.prompt, blind: true })
  const { votes } = textsNow(texts)
  if (!result.ok) return showFailure(result.failure.message)
  const { id } = result.value
  const sentence = choice.is === 'place' ? votes.won(letterOf(choice.place), modelAt(desk, choice.place)) : choice.is === 'tie' ? votes.tied : votes.bothBadKept
  announce(sentence)
  showToast(sentence, () => void client['votes.remove']({ id }))
}

/** The model that answered, which the pane may have left since. */
function modelAt({ panes }: Desk, place: number): string {
  const pane = panes[place]
  return (pane && turnsOf(useConversation.getState(), pane.id).at(-1)?.run.model) ?? ''
}
