import type { JsonObject } from '../../../shared/chat.ts'

/** What a part that only another format knows is called when it is left out: its type, or the reasoning that it carries. */
export function opaqueName(value: JsonObject): string {
  if (typeof value.type === 'string') return value.type
  if (value.thoughtSignature !== undefined) return 'thought_signature'
  return value.reasoning_details === undefined ? 'content' : 'reasoning_details'
}
