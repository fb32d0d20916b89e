/** What automatic routing must know of a conversation: the text that decides, what the request demands, and which conversation it is. Pure. */
import type { ChatView, Message } from '../../../../shared/chat.ts'
import type { Demands } from './constraints.ts'
import { hashOf } from './words.ts'

/** Shorter words than these ('go on', 'yes') mean what was asked before. */
const SHORT_TEXT = 40
/** More than is ever read. */
const MOST_CHARACTERS = 16_000
/** Beginnings of conversations are told apart by so much. */
const TOLD_APART_BY = 2_000

/** The newest user text; with the one before where it says little by itself. */
export function decidingText(messages: readonly Message[]): string {
  let text = ''
  for (let at = messages.length - 1; at >= 0 && text.length < SHORT_TEXT; at--) {
    const message = messages[at]
    if (message?.role !== 'user') continue
    const said = textOf(message)
    if (said !== '') text = text === '' ? said : `${said}\n${text}`
  }
  return text.slice(0, MOST_CHARACTERS)
}

/** Its client has asked that nobody keep it, or learn from it: then no other provider gets it either. */
export function mustStay({ routing }: Pick<ChatView, 'routing'>): boolean {
  return routing.zdr === true || routing.dataCollection === 'deny'
}

/** What the user said last, by itself. */
export function newestText(messages: readonly Message[]): string {
  const newest = messages.findLast(({ role }) => role === 'user')
  return newest === undefined ? '' : textOf(newest).slice(0, MOST_CHARACTERS)
}

/** The model is at work with tools: what came last is a tool's result. */
export function isInToolLoop(messages: readonly Message[]): boolean {
  const last = messages.at(-1)
  return last !== undefined && (last.role === 'tool' || last.parts.some(({ type }) => type === 'tool-result'))
}

export function demandsOf(view: ChatView, inputTokens: number): Demands {
  return {
    inputTokens,
    maxOutputTokens: view.maxOutputTokens,
    needs: view.needs,
    tools: view.tools.length,
    regions: undefined,
    dataPolicy: 'any',
    budgetLeft: undefined,
  }
}

/** The same for all turns of a conversation of one client: its beginning does not change. */
export function conversationOf(messages: readonly Message[], caller: string): string {
  const system = messages.find(({ role }) => role === 'system')
  const user = messages.find(({ role }) => role === 'user')
  const beginning = [system, user].map((message) => (message === undefined ? '' : textOf(message).slice(0, TOLD_APART_BY))).join('\n')
  return `${caller} ${hashOf(beginning)} ${beginning.length}`
}

function textOf({ parts }: Message): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
}
