/**
 * Signatures and encrypted reasoning hold for whoever gave them: one model, one account, one platform. A conversation that moves takes them along, and
 * one refused block then spoils every later turn of it, since clients send the whole history each time. All formats mean the same without them.
 */
import type { JsonObject } from '../../../shared/chat.ts'
import type { Failure } from '../../../shared/failure.ts'
import { textOf } from './json.ts'

/**
 * Anthropic and Bedrock: https://github.com/CommonstackAI/UncommonRoute/issues/19, https://github.com/anomalyco/opencode/issues/25005. Gemini:
 * https://github.com/lbjlaq/Antigravity-Manager/pull/3342. OpenAI and Azure: https://github.com/Wei-Shaw/sub2api/issues/658.
 */
const REFUSALS: readonly RegExp[] = [
  /invalid `?signature`? in `?thinking`? block/i,
  /thinking\.signature: field required/i,
  /thinking`?(?: or `?redacted_thinking`?)? blocks in the latest assistant message cannot be modified/i,
  /(?:corrupted|invalid) thought signature|thought signature is not valid/i,
  /encrypted content .{0,200}could not be (?:verified|decrypted)/i,
]

/** Whether a provider has refused the reasoning of earlier turns rather than the request. */
export function refusesThoughts({ message, code }: Pick<Failure, 'message' | 'code'>): boolean {
  return code === 'invalid_encrypted_content' || REFUSALS.some((words) => words.test(message))
}

/** Whether a thought is to be left out, by its block, item, detail or part as the format has it. */
export type IsLeftOut = (thought: JsonObject) => boolean

/** By what a thought is known again in later turns: what only its maker can read of it, or all of it where that is missing. */
export function sealOf({ signature, data, encrypted_content, thoughtSignature, thought_signature, ...rest }: JsonObject): string {
  const sealed = [signature, data, encrypted_content, thoughtSignature, thought_signature].map(textOf).find((text) => text !== undefined)
  return sealed ?? JSON.stringify(rest)
}
