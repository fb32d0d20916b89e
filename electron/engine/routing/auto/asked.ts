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
  const beginning = `${beginningOf(system)}\n${beginningOf(user)}`
  return `${caller} ${hashOf(beginning)} ${beginning.length}`
}

/** Which turn of which conversation a request is. Numbers, since every request asks: 32-bit hashes, of which some hundreds are told apart. */
export interface Place {
  /** The same for all turns of a conversation of one client. */
  readonly conversation: number
  /** Of this turn. A first one has nothing before it that would tell it apart, so its client and its system prompt have to do. */
  readonly place: number
  /** How often the user has spoken. */
  readonly turns: number
}

export function placeOf(messages: readonly Message[], caller: string): Place {
  let turns = 0
  let system: Message | undefined
  let user: Message | undefined
  for (const message of messages) {
    if (message.role === 'user') {
      turns++
      user ??= message
    } else if (message.role === 'system') system ??= message
  }
  const opening = hashOf('\n', hashOf(beginningOf(system), hashOf(caller)))
  const conversation = hashOf(beginningOf(user), opening) | 0
  return { conversation, place: (turns > 1 ? conversation + turns : opening) | 0, turns }
}

function beginningOf(message: Message | undefined): string {
  return message === undefined ? '' : textOf(message).slice(0, TOLD_APART_BY)
}

function textOf({ parts }: Message): string {
  let text = ''
  for (const part of parts) if (part.type === 'text') text = text === '' ? part.text : text + part.text
  return text
}
