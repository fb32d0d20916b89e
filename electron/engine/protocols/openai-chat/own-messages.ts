/** What has to change in a chat client's own messages before a provider of the same format takes them. */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { fittedCallId } from '../call-ids.ts'
import type { IsLeftOut } from '../earlier-thoughts.ts'
import { arrayOf, isObject } from '../json.ts'
import type { WriteTarget } from '../protocol.ts'
import type { Dialect } from './dialects.ts'

/**
 * OpenAI refuses longer ids ("string too long. Expected a string with maximum length 40"); Kimi's hold the name of the tool, and some gateways' a whole
 * signature: https://github.com/BerriAI/litellm/issues/41534
 */
export const LONGEST_CALL_ID = 40

/**
 * The messages with what the provider would refuse put in its words; undefined where nothing has to change. Nobody but OpenAI knows the role
 * `developer`, which its newer clients write for `system`: https://github.com/theopenco/llmgateway/pull/3462
 */
export function ownMessages(messages: JsonValue | undefined, dialect: Dialect): readonly JsonValue[] | undefined {
  if (!Array.isArray(messages)) return undefined
  const known = inKnownWords(messages, dialect)
  const whole = dialect.wantsEveryReasoning && known.every(isObject) ? withEveryReasoning(known) : known
  return whole === messages ? undefined : whole
}

/** A body without what only the maker of earlier reasoning can read. The words of it are anybody's. */
export function withoutThoughts(body: JsonObject, _target: WriteTarget, isLeftOut: IsLeftOut): JsonObject {
  const messages = arrayOf(body.messages).map((message) => {
    if (!isObject(message) || message.reasoning_details === undefined) return message
    const { reasoning_details: sealed, ...rest } = message
    const kept = arrayOf(sealed).filter((detail) => isObject(detail) && !isLeftOut(detail))
    return kept.length === 0 ? rest : { ...rest, reasoning_details: kept }
  })
  return { ...body, messages }
}

/** What stands in for reasoning that is gone, or that another model's turn never had: DeepSeek and Moonshot take nothing shorter. */
const NO_REASONING = ' '

/**
 * The very same messages where no turn lacks its reasoning. While they think, DeepSeek and Moonshot answer 400 to a history in which a turn of the model
 * lacks it: https://github.com/NousResearch/hermes-agent/pull/18263, https://github.com/theopenco/llmgateway/pull/2093,
 * https://github.com/anomalyco/opencode/issues/25000
 */
export function withEveryReasoning(messages: readonly JsonObject[]): readonly JsonObject[] {
  const turns = messages.filter(({ role }) => role === 'assistant')
  const matters = turns.some((turn) => hasReasoning(turn) || arrayOf(turn.tool_calls).length > 0)
  if (!matters || turns.every(hasReasoning)) return messages
  return messages.map((message) => (message.role === 'assistant' && !hasReasoning(message) ? { ...message, reasoning_content: NO_REASONING } : message))
}

function hasReasoning({ reasoning_content: reasoning }: JsonObject): boolean {
  return typeof reasoning === 'string' && reasoning !== ''
}

/** The very same messages where nothing has to change. */
function inKnownWords(own: readonly JsonValue[], dialect: Dialect): readonly JsonValue[] {
  let edited: JsonValue[] | undefined
  for (let index = 0; index < own.length; index++) {
    const message = own[index]
    const changed = isObject(message) ? (dialect.isOpenAi ? withFittedIds(message) : inKnownRole(message)) : undefined
    if (changed === undefined) continue
    edited ??= [...own]
    edited[index] = changed
  }
  return edited ?? own
}

function inKnownRole(message: JsonObject): JsonObject | undefined {
  return message.role === 'developer' ? { ...message, role: 'system' } : undefined
}

function withFittedIds(message: JsonObject): JsonObject | undefined {
  const { tool_call_id: answered, tool_calls: calls } = message
  if (isTooLong(answered)) return { ...message, tool_call_id: fittedCallId(answered, LONGEST_CALL_ID) }
  if (!Array.isArray(calls) || !calls.some((call) => isObject(call) && isTooLong(call.id))) return undefined
  const fitted = arrayOf(calls).map((call) => (isObject(call) && isTooLong(call.id) ? { ...call, id: fittedCallId(call.id, LONGEST_CALL_ID) } : call))
  return { ...message, tool_calls: fitted }
}

function isTooLong(id: JsonValue | undefined): id is string {
  return typeof id === 'string' && id.length > LONGEST_CALL_ID
}
