/**
 * Signatures and encrypted reasoning hold for whoever gave them: one model, one account, one platform. A conversation that moves takes them along, and
 * one refused block then spoils every later turn of it, since clients send the whole history each time. All formats mean the same without them.
 */
import type { Failure } from '../../../shared/failure.ts'

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
