/**
 * Most formats refuse a conversation in which a call has no result in the turn after it, or a result no call before it. Clients cut histories, and
 * people interrupt tools; so what is missing is said to be missing, and what has lost its call is told in words.
 */
import type { ChatView, Message, Part, ToolCallPart, ToolResultPart } from '../../../shared/chat.ts'
import type { UpstreamFormat } from './protocol.ts'

const NO_RESULT = 'The conversation holds no result of this call.'

/** What becomes of results whose call is gone. A Responses client may go on from calls that stand in an earlier response. */
type Orphans = 'in-words' | 'kept'

/** `write` for a format that takes nothing but calls with their results, and these before all else. The view is left as it is where that holds. */
export function withEveryResult(write: UpstreamFormat['writeRequest'], orphans: Orphans = 'in-words'): UpstreamFormat['writeRequest'] {
  return (view, target) => write(complete(view, orphans), target)
}

function complete(view: ChatView, orphans: Orphans): ChatView {
  const messages: Message[] = []
  let hasChanged = false
  for (const { calls, asked, answered } of turns(view.messages)) {
    messages.push(...asked)
    const whole = answered.length === 0 ? answered : answers(calls, answered, orphans)
    hasChanged ||= whole !== answered
    messages.push(...whole)
  }
  return hasChanged ? { ...view, messages } : view
}

interface Turn {
  /** Of the model, in as many messages as they came in. */
  readonly asked: Message[]
  readonly calls: ToolCallPart[]
  /** Everything until the model's next words. */
  readonly answered: Message[]
}

function turns(messages: readonly Message[]): readonly Turn[] {
  let turn: Turn = { asked: [], calls: [], answered: [] }
  const found = [turn]
  for (const message of messages) {
    if (message.role !== 'assistant') {
      turn.answered.push(message)
      continue
    }
    if (turn.answered.length > 0) {
      turn = { asked: [], calls: [], answered: [] }
      found.push(turn)
    }
    turn.asked.push(message)
    for (const part of message.parts) if (part.type === 'tool-call') turn.calls.push(part)
  }
  return found
}

/** The same messages where nothing is missing, too much, or behind what the user said meanwhile. */
function answers(calls: readonly ToolCallPart[], answered: readonly Message[], orphans: Orphans): readonly Message[] {
  const open = [...calls]
  // some providers give several calls of one turn the same id
  const answer = (callId: string): boolean => {
    const place = open.findIndex(({ id }) => id === callId)
    if (place >= 0) open.splice(place, 1)
    return place >= 0
  }
  const results: Message[] = []
  const others: Message[] = []
  let isChanged = false
  for (const message of answered) {
    const parts = message.parts.flatMap((part): readonly Part[] => {
      if (part.type !== 'tool-result' || answer(part.callId) || orphans === 'kept') return [part]
      isChanged = true
      return inWords(part)
    })
    const own = message.role === 'tool' ? parts.filter((part) => part.type === 'tool-result') : parts
    const isResult = own.some((part) => part.type === 'tool-result')
    isChanged ||= isResult && others.length > 0
    if (isResult) results.push({ ...message, parts: own })
    else if (own.length > 0 || parts.length === 0) others.push({ ...message, parts: own })
    // what has become words is the user's: a message of results holds nothing else
    if (own.length < parts.length) others.push({ role: 'user', parts: parts.filter((part) => part.type !== 'tool-result') })
  }
  if (open.length === 0 && !isChanged) return answered
  const missing: readonly Message[] = open.length === 0 ? [] : [{ role: 'tool', parts: open.map(({ id, name }) => noResult(id, name)) }]
  return [...results, ...missing, ...others]
}

function noResult(callId: string, name: string): ToolResultPart {
  return { type: 'tool-result', callId, name, parts: [{ type: 'text', text: NO_RESULT }], isError: true }
}

function inWords(result: ToolResultPart): readonly Part[] {
  const label = result.name === undefined ? '<tool-result>' : `<tool-result name="${result.name}">`
  return [{ type: 'text', text: label }, ...result.parts, { type: 'text', text: '</tool-result>' }]
}
