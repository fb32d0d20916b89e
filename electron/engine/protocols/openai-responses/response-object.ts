import type { JsonObject, JsonValue, Tokens } from '../../../../shared/chat.ts'
import { writeUsage } from './usage.ts'

/** How far a response has come. */
export type ResponseState =
  | { readonly status: 'in_progress' }
  | { readonly status: 'completed' }
  | { readonly status: 'incomplete'; readonly reason: 'max_output_tokens' | 'content_filter' }
  | { readonly status: 'failed'; readonly code: string; readonly message: string }

export interface ResponseFacts {
  readonly id: string
  readonly model: string
  /** Seconds since the Unix epoch. */
  readonly createdAt: number
  readonly output: readonly JsonObject[]
  readonly tokens: Tokens | undefined
}

/**
 * The `response` object of answers and of the events that open and close a stream, with every field that the official client's type demands.
 * Options of the request are not repeated in it: nobody reads them there, and null says that we do not tell.
 */
export function responseObject(facts: ResponseFacts, state: ResponseState): JsonObject {
  const error: JsonValue = state.status === 'failed' ? { code: state.code, message: state.message } : null
  return {
    id: facts.id,
    object: 'response',
    created_at: facts.createdAt,
    status: state.status,
    background: false,
    error,
    incomplete_details: state.status === 'incomplete' ? { reason: state.reason } : null,
    instructions: null,
    max_output_tokens: null,
    metadata: {},
    model: facts.model,
    output: facts.output,
    parallel_tool_calls: true,
    previous_response_id: null,
    store: false,
    temperature: null,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: null,
    truncation: 'disabled',
    usage: facts.tokens === undefined ? null : writeUsage(facts.tokens),
  }
}
