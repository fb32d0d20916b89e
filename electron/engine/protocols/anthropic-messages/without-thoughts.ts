import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { isArray, isObject } from './json-fields.ts'
import { isThinking } from './write-messages.ts'

/**
 * A body without the thinking of earlier turns. With a budget Anthropic wants to see the thinking that led to the calls whose results come now; then
 * this turn goes without, and without the edits of thinking that only a thinking request may ask for.
 */
export function withoutThoughts(body: JsonObject): JsonObject {
  const { messages } = body
  if (!isArray(messages)) return body
  const left: JsonObject = { ...body, messages: messages.flatMap(withoutThinking) }
  if (!isObject(body.thinking) || body.thinking.type !== 'enabled' || !endsInResults(messages)) return left
  const { thinking: _thinking, context_management: _edits, ...rest } = left
  return rest
}

/** Nothing of a turn that was thinking alone: its neighbours are of one role then, which Anthropic takes as one turn. */
function withoutThinking(message: JsonValue): readonly JsonValue[] {
  if (!isObject(message) || message.role !== 'assistant' || !isArray(message.content)) return [message]
  const content = message.content.filter((block) => !isObject(block) || !isThinking(block))
  return content.length === 0 ? [] : [{ ...message, content }]
}

function endsInResults(messages: readonly JsonValue[]): boolean {
  const last = messages.at(-1)
  return isObject(last) && isArray(last.content) && last.content.some((block) => isObject(block) && block.type === 'tool_result')
}
