/**
 * The closed table of everything that can go wrong with a request: what the client sees and what the router does next stand
 * side by side. Providers and protocols only map to a kind; nobody invents a status of their own.
 */
export interface FailureRule {
  /** HTTP status towards the client. */
  readonly status: number
  /** `next` tries another candidate while nothing has reached the client; `give-up` tells the client at once. */
  readonly router: 'give-up' | 'next-candidate'
  /** `error.metadata.error_type`, in the vocabulary OpenRouter's clients know. */
  readonly errorType: string
  /** `error.type` of the OpenAI shape. */
  readonly openai: string
  /** `error.type` of the Anthropic shape. */
  readonly anthropic: string
  /** `error.status` of the Google shape (google.rpc.Code names). */
  readonly google: string
}

function rule(status: number, router: FailureRule['router'], errorType: string, openai: string, anthropic: string, google: string): FailureRule {
  return { status, router, errorType, openai, anthropic, google }
}

export const FAILURES = {
  // the caller's own doing
  'bad-request': rule(400, 'give-up', 'invalid_request', 'invalid_request_error', 'invalid_request_error', 'INVALID_ARGUMENT'),
  'invalid-json': rule(400, 'give-up', 'invalid_request', 'invalid_request_error', 'invalid_request_error', 'INVALID_ARGUMENT'),
  'context-too-long': rule(400, 'give-up', 'context_length_exceeded', 'invalid_request_error', 'invalid_request_error', 'INVALID_ARGUMENT'),
  'unsupported-parameter': rule(400, 'next-candidate', 'invalid_request', 'invalid_request_error', 'invalid_request_error', 'INVALID_ARGUMENT'),
  'content-policy': rule(400, 'give-up', 'content_policy_violation', 'invalid_request_error', 'invalid_request_error', 'INVALID_ARGUMENT'),
  unauthenticated: rule(401, 'give-up', 'authentication', 'authentication_error', 'authentication_error', 'UNAUTHENTICATED'),
  forbidden: rule(403, 'give-up', 'permission_denied', 'permission_error', 'permission_error', 'PERMISSION_DENIED'),
  'unknown-model': rule(404, 'give-up', 'not_found', 'invalid_request_error', 'not_found_error', 'NOT_FOUND'),
  'unknown-route': rule(404, 'give-up', 'not_found', 'invalid_request_error', 'not_found_error', 'NOT_FOUND'),
  'wrong-method': rule(405, 'give-up', 'invalid_request', 'invalid_request_error', 'invalid_request_error', 'INVALID_ARGUMENT'),
  'body-too-large': rule(413, 'give-up', 'payload_too_large', 'invalid_request_error', 'request_too_large', 'INVALID_ARGUMENT'),
  'wrong-media-type': rule(415, 'give-up', 'invalid_request', 'invalid_request_error', 'invalid_request_error', 'INVALID_ARGUMENT'),
  'no-credential': rule(401, 'next-candidate', 'authentication', 'authentication_error', 'authentication_error', 'UNAUTHENTICATED'),
  /** The caller went away. 499 is nginx's number for it; nobody is there to read it, but the ledger is. */
  cancelled: rule(499, 'give-up', 'cancelled', 'api_error', 'api_error', 'CANCELLED'),
  // the provider's doing
  'credential-refused': rule(401, 'next-candidate', 'authentication', 'authentication_error', 'authentication_error', 'UNAUTHENTICATED'),
  'out-of-credit': rule(402, 'next-candidate', 'payment_required', 'insufficient_quota', 'billing_error', 'RESOURCE_EXHAUSTED'),
  'model-missing': rule(404, 'next-candidate', 'not_found', 'invalid_request_error', 'not_found_error', 'NOT_FOUND'),
  'rate-limited': rule(429, 'next-candidate', 'rate_limit_exceeded', 'rate_limit_error', 'rate_limit_error', 'RESOURCE_EXHAUSTED'),
  overloaded: rule(503, 'next-candidate', 'provider_overloaded', 'server_error', 'overloaded_error', 'UNAVAILABLE'),
  'upstream-error': rule(502, 'next-candidate', 'provider_unavailable', 'server_error', 'api_error', 'INTERNAL'),
  'upstream-unreadable': rule(502, 'next-candidate', 'provider_unavailable', 'server_error', 'api_error', 'INTERNAL'),
  'upstream-unreachable': rule(502, 'next-candidate', 'provider_unavailable', 'server_error', 'api_error', 'UNAVAILABLE'),
  'stream-broken': rule(502, 'next-candidate', 'provider_unavailable', 'server_error', 'api_error', 'INTERNAL'),
  timeout: rule(504, 'next-candidate', 'timeout', 'server_error', 'timeout_error', 'DEADLINE_EXCEEDED'),
  // ours
  /** A budget of the user's own cannot bear it. */
  'over-budget': rule(402, 'give-up', 'payment_required', 'insufficient_quota', 'billing_error', 'RESOURCE_EXHAUSTED'),
  'shutting-down': rule(503, 'give-up', 'server', 'server_error', 'overloaded_error', 'UNAVAILABLE'),
  /** The user has stopped the endpoint; nothing is wrong. */
  stopped: rule(503, 'give-up', 'server', 'server_error', 'overloaded_error', 'UNAVAILABLE'),
  /** Found open in the ledger at the next start. */
  crashed: rule(500, 'give-up', 'server', 'server_error', 'api_error', 'INTERNAL'),
  internal: rule(500, 'give-up', 'server', 'server_error', 'api_error', 'INTERNAL'),
} as const satisfies Record<string, FailureRule>

export type FailureKind = keyof typeof FAILURES

export const FAILURE_KINDS = Object.keys(FAILURES) as readonly FailureKind[]

export interface FailureFacts {
  /** The field at fault, in the client's own dialect (`messages[2].content`). */
  readonly param?: string
  /** A machine-readable code that clients match on, such as `context_length_exceeded` or `model_not_found`. */
  readonly code?: string
  readonly retryAfterSeconds?: number
  readonly upstreamStatus?: number
  /** Inner cause, for our log only; never shown to a client. */
  readonly cause?: unknown
}

/** A failure with a kind out of the table. The message is written for whoever called us and never holds a secret. */
export class Failure extends Error {
  readonly kind: FailureKind
  readonly param: string | undefined
  readonly code: string | undefined
  readonly retryAfterSeconds: number | undefined
  readonly upstreamStatus: number | undefined

  constructor(kind: FailureKind, message: string, facts: FailureFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = 'Failure'
    this.kind = kind
    this.param = facts.param
    this.code = facts.code
    this.retryAfterSeconds = facts.retryAfterSeconds
    this.upstreamStatus = facts.upstreamStatus
  }

  get rule(): FailureRule {
    return FAILURES[this.kind]
  }

  /** Any thrown thing as a Failure; what is not one already is `internal`, and its text stays inside. */
  static from(thrown: unknown): Failure {
    if (thrown instanceof Failure) return thrown
    return new Failure('internal', 'Switchyard failed to handle this request. Its log says more.', { cause: thrown })
  }
}
