/**
 * The clients of this format send reasoning items back as they got them, so `encrypted_content` carries what other providers want to see again:
 * their signature, or the mark that there is none, sealed as it is for Anthropic's clients. A Gemini signature belongs to a call rather than to a
 * text; it travels in a reasoning item of its own just before that call.
 */
import type { ReasoningPart } from '../../../../shared/chat.ts'
import { type ForeignSeal, sealForeign, unsealForeign } from '../anthropic-messages/foreign-reasoning.ts'

const CALL_MARK = 'switchyard.call.1.'

export function sealReasoning(seal: ForeignSeal | undefined): string {
  return seal?.format === 'openai-responses' && seal.signature !== undefined ? seal.signature : sealForeign(seal)
}

/** A reasoning item's text and `encrypted_content` ('' when absent) as the part it stands for. */
export function unsealReasoning(text: string, encrypted: string): ReasoningPart {
  const foreign = unsealForeign(encrypted)
  if (foreign !== undefined) return { type: 'reasoning', text, ...foreign }
  return { type: 'reasoning', text, format: 'openai-responses', ...(encrypted !== '' && { signature: encrypted }) }
}

export function sealCallSignature(signature: string): string {
  return CALL_MARK + Buffer.from(signature, 'utf8').toString('base64url')
}

/** undefined when it is no signature of a call. */
export function unsealCallSignature(encrypted: string): string | undefined {
  return encrypted.startsWith(CALL_MARK) ? Buffer.from(encrypted.slice(CALL_MARK.length), 'base64url').toString('utf8') : undefined
}
