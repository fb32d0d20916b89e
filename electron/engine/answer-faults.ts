/** What can be seen to be wrong with a complete answer, without asking anybody. Pure. */

import type { ChatEvent, ChatView, Finish, JsonValue, Tokens, UsageExtras } from '../../shared/chat.ts'
import type { AutoReason } from '../../shared/messages/auto.ts'

/** A complete answer, as far as checks look at it. */
export interface AnswerSeen {
  readonly text: string
  readonly calls: readonly { readonly name: string; readonly arguments: string }[]
  readonly isRefusal: boolean
  readonly finish: Finish | undefined
  readonly error: string | undefined
  readonly tokens: Tokens
  readonly extras: UsageExtras | undefined
}

export function answerSeen(events: readonly ChatEvent[]): AnswerSeen {
  let text = ''
  let isRefusal = false
  let finish: Finish | undefined
  let error: string | undefined
  let tokens: Tokens = {}
  let extras: UsageExtras | undefined
  const calls: { name: string; arguments: string }[] = []
  for (const event of events) {
    if (event.type === 'text-delta') text += event.text
    else if (event.type === 'refusal-delta') isRefusal = true
    else if (event.type === 'tool-call-start') calls[event.index] = { name: event.name, arguments: '' }
    else if (event.type === 'tool-call-delta') {
      const call = calls[event.index]
      if (call !== undefined) call.arguments += event.arguments
    } else if (event.type === 'finish') finish = event.reason
    else if (event.type === 'error') error = event.message
    else if (event.type === 'usage') {
      tokens = event.tokens
      extras = event.extras ?? extras
    }
  }
  // an index that was skipped leaves a hole
  return { text, calls: calls.filter((call) => call !== undefined), isRefusal, finish, error, tokens, extras }
}

/** Longer than this an answer says something besides that it will not. */
const LONGEST_REFUSAL = 400
const REFUSAL =
  /^\W*(?:i(?:'|’)?m (?:so |very )?sorry|sorry,? (?:but )?i|i apologi[sz]e|i (?:can(?:'|’|no)?t|can not|won(?:'|’)t|will not|am (?:not able|unable)|(?:'|’)m (?:not able|unable))|as an ai\b)/i

/** What is wrong with it, or undefined. */
export function faultOf(
  seen: AnswerSeen,
  { tools, output }: Pick<ChatView, 'tools' | 'output'>,
  options: { readonly refusals: boolean },
): AutoReason | undefined {
  const { text, calls, finish } = seen
  if (seen.error !== undefined) return { code: 'broke-off', said: seen.error }
  if (options.refusals && (seen.isRefusal || finish === 'content-filter' || (text.length <= LONGEST_REFUSAL && calls.length === 0 && REFUSAL.test(text))))
    return { code: 'declines' }
  if (text.trim() === '' && calls.length === 0) return { code: 'is-empty' }
  for (const call of calls) {
    const tool = tools.find(({ name }) => name === call.name)
    if (tool === undefined) return { code: 'calls-unknown-tool', tool: call.name }
    if (tool.freeform !== undefined) continue
    const given = objectOf(call.arguments === '' ? '{}' : call.arguments)
    if (given === undefined) return { code: 'arguments-no-object', tool: call.name }
    const { required } = tool.parameters ?? {}
    const missing = Array.isArray(required)
      ? (required as readonly JsonValue[]).find((name) => typeof name === 'string' && !Object.hasOwn(given, name))
      : undefined
    if (missing !== undefined) return { code: 'arguments-lack', tool: call.name, field: String(missing) }
  }
  if (output?.type === 'json-object' && calls.length === 0 && objectOf(text) === undefined) return { code: 'no-json-object' }
  return undefined
}

function objectOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
