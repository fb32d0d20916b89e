/**
 * What Mistral takes no other way. Its server refuses tool call ids that are not nine letters and digits, and any message field it does not know:
 * https://github.com/mistralai/mistral-common/blob/main/src/mistral_common/protocol/instruct/validator.py
 */
import { createHash } from 'node:crypto'
import type { ChatView, JsonObject, JsonValue, Message, Part } from '../../../../shared/chat.ts'

const OWN_ID = /^[a-zA-Z0-9]{9}$/
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/**
 * The id as Mistral takes it: its own unchanged, another provider's as nine characters that are always the same for it. So calls and results keep
 * finding each other, turn after turn, without a table that would have to be remembered.
 */
export function nineCharacterId(id: string): string {
  if (OWN_ID.test(id)) return id
  const digest = createHash('sha256').update(id).digest()
  let short = ''
  for (const byte of digest.subarray(0, 9)) short += ALPHABET[byte % ALPHABET.length]
  return short
}

/** What the model says between a result and the user's next words, where it had no turn of its own. */
const BRIDGE: JsonObject = { role: 'assistant', content: 'I have read the results.' }

/** Nobody but the model may speak after a result ("Unexpected role 'user' after role 'tool'"): https://github.com/zed-industries/zed/pull/31736 */
export function withBridges(messages: readonly JsonObject[]): readonly JsonObject[] {
  return messages.flatMap((message, index) => (needsBridge(messages[index - 1]?.role, message.role) ? [BRIDGE, message] : [message]))
}

function needsBridge(before: JsonValue | undefined, role: JsonValue | undefined): boolean {
  return before === 'tool' && role !== 'tool' && role !== 'assistant'
}

/**
 * Whether a chat client's own messages would be refused: because of ids, reasoning, files or fields of others, for ending in an assistant turn or for
 * what follows a result.
 */
export function writtenAnew(view: ChatView): boolean {
  if (view.messages.at(-1)?.role === 'assistant') return true
  if (view.messages.some(({ role }, index) => needsBridge(view.messages[index - 1]?.role, role))) return true
  if (Object.keys(view.unmodelled).some((field) => field.startsWith('messages[].') && field !== 'messages[].prefix')) return true
  return view.messages.some((message) => message.parts.some((part) => isForeign(part, message)))
}

function isForeign(part: Part, { role }: Message): boolean {
  switch (part.type) {
    case 'tool-call':
      return !OWN_ID.test(part.id) || part.signature !== undefined || part.cache !== undefined
    case 'tool-result':
      return !OWN_ID.test(part.callId) || part.cache !== undefined
    case 'reasoning':
      return true
    case 'document':
      return true
    case 'text':
    case 'image':
      return part.cache !== undefined
    case 'opaque':
      return role === 'assistant'
    case 'audio':
      return false
  }
}
