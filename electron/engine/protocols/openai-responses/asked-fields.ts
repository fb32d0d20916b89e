import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { arrayOf, isObject, objectOf } from '../json.ts'
import type { AnswerContext } from '../protocol.ts'

/** Fields that are repeated where they were sent; service_tier would say in which class the request was served. */
const REPEATED = ['max_tool_calls', 'prompt_cache_key', 'prompt_cache_retention', 'safety_identifier', 'top_logprobs', 'user'] as const

/**
 * What a response repeats of its request, as OpenAI's do (https://platform.openai.com/docs/api-reference/responses/object). What was not asked for
 * is OpenAI's default where that holds for any model, and null, for untold, where the model's own holds.
 */
export function askedFields({ asked = {}, isStored }: Pick<AnswerContext, 'asked' | 'isStored'>): JsonObject {
  const repeated: Record<string, JsonValue> = {}
  for (const field of REPEATED) {
    const value = asked[field]
    if (value !== undefined && value !== null) repeated[field] = value
  }
  const reasoning = objectOf(asked.reasoning)
  return {
    instructions: asked.instructions ?? null,
    max_output_tokens: asked.max_output_tokens ?? null,
    metadata: objectOf(asked.metadata) ?? {},
    parallel_tool_calls: asked.parallel_tool_calls ?? true,
    previous_response_id: asked.previous_response_id ?? null,
    reasoning: { ...reasoning, effort: reasoning?.effort ?? null, summary: reasoning?.summary ?? null },
    store: isStored ?? false,
    temperature: asked.temperature ?? null,
    text: { ...objectOf(asked.text), format: objectOf(objectOf(asked.text)?.format) ?? { type: 'text' } },
    tool_choice: asked.tool_choice ?? 'auto',
    tools: arrayOf(asked.tools).map((tool) => (isObject(tool) && tool.type === 'function' ? { ...NO_FUNCTION, ...tool } : tool)),
    top_p: asked.top_p ?? null,
    truncation: asked.truncation ?? 'disabled',
    ...repeated,
  }
}

/** What the official client's type demands of a function beside its name. */
const NO_FUNCTION: JsonObject = { description: null, parameters: null, strict: null }
