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
  /** What it repeats of its request, see asked-fields.ts. */
  readonly asked: JsonObject
}

/** The `response` object of answers and of the events that open and close a stream, with every field that the official client's type demands. */
export function responseObject(facts: ResponseFacts, state: ResponseState): JsonObject {
  const error: JsonValue = state.status === 'failed' ? { code: state.code, message: state.message } : null
  return {
    ...facts.asked,
    id: facts.id,
    object: 'response',
    created_at: facts.createdAt,
    status: state.status,
    background: false,
    error,
    incomplete_details: state.status === 'incomplete' ? { reason: state.reason } : null,
    model: facts.model,
    output: facts.output,
    usage: facts.tokens === undefined ? null : writeUsage(facts.tokens),
  }
}
