/**
 * Vertex AI answers 400 to the ids of calls and their results (`Unknown name "id" at 'contents[1].parts[0].function_call'`), which the Gemini API knows.
 * There a result answers the call in its place. https://github.com/vercel/ai/issues/15664, https://github.com/charmbracelet/fantasy/issues/265
 */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import type { WriteTarget } from '../protocol.ts'
import { isArray, isObject } from './fields.ts'

export function takesCallIds({ provider }: Pick<WriteTarget, 'provider'>): boolean {
  return provider !== 'vertex'
}

/** Bodies are protobuf JSON, which knows each field under two spellings. */
const HOLDERS = ['functionCall', 'function_call', 'functionResponse', 'function_response'] as const

/** The very same contents where no part bears an id. */
export function withoutCallIds(contents: JsonValue): JsonValue {
  if (!isArray(contents)) return contents
  const turns = contents.map((turn) => {
    if (!isObject(turn) || !isArray(turn.parts) || !turn.parts.some(hasId)) return turn
    return { ...turn, parts: turn.parts.map((part) => (hasId(part) ? withoutId(part) : part)) }
  })
  return turns.every((turn, index) => turn === contents[index]) ? contents : turns
}

function hasId(part: JsonValue): part is JsonObject {
  return isObject(part) && HOLDERS.some((name) => isObject(part[name]) && part[name].id !== undefined)
}

function withoutId(part: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => {
      if (!HOLDERS.some((holder) => holder === name) || !isObject(value)) return [name, value]
      const { id: _id, ...rest } = value
      return [name, rest]
    }),
  )
}
