/** What parts of earlier turns are called when a format cannot hold them (`X-Switchyard-Dropped`). */
import type { JsonObject, ReasoningPart } from '../../../shared/chat.ts'

/** Gemini's mark on a call. */
export const CALL_SIGNATURE = 'messages.thought_signature'

export function thoughtName({ format }: Pick<ReasoningPart, 'format'>): string {
  return format === 'anthropic-messages' ? 'messages.thinking' : 'messages.reasoning'
}

/** Of a part that only another format knows: its type, or the reasoning that it carries. */
export function opaqueName(value: JsonObject, prefix = ''): string {
  if (typeof value.type === 'string') return prefix + value.type
  if (value.thoughtSignature !== undefined) return CALL_SIGNATURE
  return value.reasoning_details === undefined ? `${prefix}content` : 'messages.reasoning_details'
}

const EARLIER_THOUGHT = /^messages\.(?:thinking|reasoning|reasoning_details|thought_signature)$/

/** Reasoning of earlier turns is of use to its maker alone: no field of the request, and no reason to pass anybody over. */
export function isEarlierThought(name: string): boolean {
  return EARLIER_THOUGHT.test(name)
}
