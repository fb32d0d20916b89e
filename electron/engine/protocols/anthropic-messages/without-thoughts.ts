import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import type { IsLeftOut } from '../earlier-thoughts.ts'
import type { WriteTarget } from '../protocol.ts'
import { isArray, isObject } from './json-fields.ts'
import { isThinking } from './write-messages.ts'

/**
 * A body without thinking of earlier turns. With a budget Anthropic wants to see the thinking that led to the calls whose results come now; where that
 * is gone this turn goes without, and without the edits of thinking that only a thinking request may ask for.
 */
export function withoutThoughts(body: JsonObject, _target: WriteTarget, isLeftOut: IsLeftOut): JsonObject {
  const { messages } = body
  if (!isArray(messages)) return body
  const shorter = messages.map((message) => withoutThinking(message, isLeftOut))
  const left: JsonObject = { ...body, messages: shorter }
  if (!isObject(body.thinking) || body.thinking.type !== 'enabled' || !endsInResults(shorter) || lastTurnThinks(shorter)) return left
  const { thinking: _thinking, context_management: _edits, ...rest } = left
  return rest
}

/** Keeps the place of a turn that was thinking alone: instructions in mid-conversation must have a turn of the model behind them. */
const NOTHING_ELSE: JsonObject = { type: 'text', text: '(The thinking of this turn is not at hand.)' }

function withoutThinking(message: JsonValue, isLeftOut: IsLeftOut): JsonValue {
  if (!isObject(message) || message.role !== 'assistant' || !isArray(message.content)) return message
  const content = message.content.filter((block) => !isObject(block) || !isThinking(block) || !isLeftOut(block))
  if (content.length === message.content.length) return message
  return { ...message, content: content.length === 0 ? [NOTHING_ELSE] : content }
}

function endsInResults(messages: readonly JsonValue[]): boolean {
  const last = messages.at(-1)
  return isObject(last) && isArray(last.content) && last.content.some((block) => isObject(block) && block.type === 'tool_result')
}

function lastTurnThinks(messages: readonly JsonValue[]): boolean {
  const last = messages.findLast((message) => isObject(message) && message.role === 'assistant')
  return isObject(last) && isArray(last.content) && last.content.some((block) => isObject(block) && isThinking(block))
}
