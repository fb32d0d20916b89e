/**
 * Anthropic clients send thinking blocks back only with a signature. Reasoning of another provider's model has none that Anthropic would accept,
 * so it travels under a mark of our own in the signature's place. The mark holds what the other format will want back (its signature or encrypted
 * reasoning), so a conversation that stays with that provider keeps its chain; towards Anthropic the block is left out.
 */
import { PROTOCOLS, type Protocol, type ReasoningPart } from '../../../../shared/chat.ts'

const MARK = 'switchyard.reasoning.1'

/** Unsigned reasoning comes from OpenAI's dialects (`reasoning_content`): every other format signs. */
const FORMAT_OF_UNSIGNED: Protocol = 'openai-chat'

export type ForeignSeal = Pick<ReasoningPart, 'signature' | 'redacted'> & { readonly format: Protocol }

/** The stand-in for a signature. Letters, digits, '-', '_' and '.' only. */
export function sealForeign(seal: ForeignSeal = { format: FORMAT_OF_UNSIGNED }): string {
  if (seal.redacted !== undefined) return [MARK, seal.format, 'redacted', base64url(seal.redacted)].join('.')
  if (seal.signature !== undefined) return [MARK, seal.format, 'signature', base64url(seal.signature)].join('.')
  return [MARK, seal.format, 'unsigned'].join('.')
}

/** What a signature of ours stands for; undefined for a genuine one. */
export function unsealForeign(signature: string): ForeignSeal | undefined {
  if (!signature.startsWith(`${MARK}.`)) return undefined
  const [name, kind, payload] = signature.slice(MARK.length + 1).split('.')
  const format = PROTOCOLS.find((protocol) => protocol === name) ?? FORMAT_OF_UNSIGNED
  if (payload === undefined) return { format }
  const text = Buffer.from(payload, 'base64url').toString('utf8')
  return kind === 'redacted' ? { format, redacted: text } : { format, signature: text }
}

function base64url(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url')
}
