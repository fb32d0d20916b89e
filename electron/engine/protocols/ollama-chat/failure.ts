/** Ollama says what is wrong in one text: `{error: "..."}`, which is a case of OpenAI's dialects. */
import type { JsonObject } from '../../../../shared/chat.ts'
import type { Failure } from '../../../../shared/failure.ts'

export { classify } from '../openai-chat/failure.ts'

export function writeFailure(failure: Failure): JsonObject {
  return { error: failure.message }
}
