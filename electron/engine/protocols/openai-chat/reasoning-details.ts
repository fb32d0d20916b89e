/**
 * `reasoning_details[]`, OpenRouter's list of reasoning blocks on messages and deltas. It is the only place in this dialect where signatures and
 * encrypted reasoning travel, each with the `format` of the model family that can read it.
 * Source: https://openrouter.ai/docs/guides/best-practices/reasoning-tokens
 */
import type { JsonObject, JsonValue, Part, Protocol } from '../../../../shared/chat.ts'
import { arrayOf, isObject, known, textOf } from '../json.ts'

const PROTOCOL_OF_FORMAT: Readonly<Record<string, Protocol>> = {
  'anthropic-claude-v1': 'anthropic-messages',
  'google-gemini-v1': 'gemini',
  'openai-responses-v1': 'openai-responses',
}
const FORMAT_OF_PROTOCOL: Readonly<Record<Protocol, string>> = {
  'anthropic-messages': 'anthropic-claude-v1',
  gemini: 'google-gemini-v1',
  'openai-responses': 'openai-responses-v1',
  'openai-chat': 'unknown',
  'openai-completions': 'unknown',
  'bedrock-converse': 'unknown',
  'cohere-v2': 'unknown',
  'ollama-chat': 'unknown',
}

/** One detail as this engine understands it. */
export type Detail =
  | { readonly type: 'text'; readonly text: string; readonly signature?: string; readonly format: Protocol; readonly index: number | undefined }
  | { readonly type: 'redacted'; readonly data: string; readonly format: Protocol }
  /** Gemini's thoughtSignature; `callId` when it belongs to a tool call. Or the encrypted reasoning of OpenAI's models. */
  | { readonly type: 'signature'; readonly signature: string; readonly callId: string | undefined; readonly format: 'gemini' | 'openai-responses' }
  /** Encrypted reasoning of a family that only the sender can hand back (xai-responses-v1). */
  | { readonly type: 'opaque'; readonly value: JsonObject }

export function readDetails(list: JsonValue | undefined): readonly Detail[] {
  const details: Detail[] = []
  for (const entry of arrayOf(list)) {
    const detail = isObject(entry) ? readDetail(entry) : undefined
    if (detail !== undefined) details.push(detail)
  }
  return details
}

function readDetail(entry: JsonObject): Detail | undefined {
  const formatName = textOf(entry.format)
  const format = PROTOCOL_OF_FORMAT[formatName ?? ''] ?? 'openai-chat'
  const index = typeof entry.index === 'number' ? entry.index : undefined
  const signature = textOf(entry.signature)
  const data = textOf(entry.data)
  if (entry.type === 'reasoning.text') {
    const text = textOf(entry.text) ?? ''
    return text === '' && signature === undefined ? undefined : { type: 'text', text, format, index, ...known({ signature }) }
  }
  if (entry.type === 'reasoning.summary') {
    const text = textOf(entry.summary)
    return text === undefined ? undefined : { type: 'text', text, format, index }
  }
  if (entry.type !== 'reasoning.encrypted' || data === undefined) return undefined
  if (format === 'gemini') return { type: 'signature', signature: data, callId: textOf(entry.id), format }
  // its `id` is that of an item, which nobody needs who has the content
  if (format === 'openai-responses') return { type: 'signature', signature: data, callId: undefined, format }
  if (format === 'anthropic-messages') return { type: 'redacted', data, format }
  return { type: 'opaque', value: entry }
}

/**
 * The details of an earlier assistant turn as parts. Clients that collect a stream send one detail per delta; pieces of one block (same index,
 * up to its signature) are put together again. Signatures of tool calls are left to the caller.
 */
export function partsOfDetails(details: readonly Detail[]): readonly Part[] {
  const parts: Part[] = []
  let open: Extract<Detail, { type: 'text' }> | undefined
  const close = () => {
    if (open !== undefined) parts.push({ type: 'reasoning', text: open.text, format: open.format, ...known({ signature: open.signature }) })
    open = undefined
  }
  for (const detail of details) {
    if (detail.type === 'text') {
      if (open !== undefined && (open.index !== detail.index || open.signature !== undefined)) close()
      const format = detail.format === 'openai-chat' ? (open?.format ?? detail.format) : detail.format
      open = { type: 'text', text: (open?.text ?? '') + detail.text, format, index: detail.index, ...known({ signature: detail.signature }) }
      continue
    }
    if (detail.type === 'signature' && detail.format === 'openai-responses' && open?.signature === undefined) {
      // it covers the summary before it, if there is one
      parts.push({ type: 'reasoning', text: open?.text ?? '', signature: detail.signature, format: detail.format })
      open = undefined
      continue
    }
    close()
    if (detail.type === 'redacted') parts.push({ type: 'reasoning', text: '', redacted: detail.data, format: detail.format })
    else if (detail.type === 'opaque') parts.push({ type: 'opaque', protocol: 'openai-chat', value: { reasoning_details: [detail.value] } })
    else if (detail.callId === undefined) parts.push({ type: 'reasoning', text: '', signature: detail.signature, format: detail.format })
  }
  close()
  return parts
}

interface Block {
  readonly text?: string
  readonly signature?: string
  readonly redacted?: string
  /** undefined while a stream has not said yet whose reasoning it is. */
  readonly format: Protocol | undefined
  readonly callId?: string
}

/** One block, or one piece of it, in OpenRouter's form. */
export function writeDetail(block: Block, index: number): JsonObject {
  const format = block.format === undefined ? null : FORMAT_OF_PROTOCOL[block.format]
  if (block.redacted !== undefined) return { type: 'reasoning.encrypted', data: block.redacted, format, index }
  // Gemini's and OpenAI's are no signature of a text but stand for the whole reasoning
  if (block.signature !== undefined && (block.format === 'gemini' || block.format === 'openai-responses')) {
    return { type: 'reasoning.encrypted', data: block.signature, format, index, ...known({ id: block.callId }) }
  }
  return { type: 'reasoning.text', ...known({ text: block.text, signature: block.signature }), format, index }
}
