/** Google's error bodies, read and written: google.rpc.Status as https://cloud.google.com/apis/design/errors describes it. */
import type { ChatEvent, JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { Failure, type FailureFacts, type FailureKind } from '../../../../shared/failure.ts'
import { isArray, isObject } from './fields.ts'

const MOST_MESSAGE_CHARACTERS = 500

interface GoogleError {
  readonly message: string
  readonly code: number | undefined
  /** google.rpc.Code name, '' when absent. */
  readonly status: string
  readonly details: readonly JsonObject[]
}

type Headers = Readonly<Record<string, string | undefined>>

/** Body may be an object, a list of one, HTML or empty. */
export function classify(status: number, headers: Headers, body: string): Failure {
  const error = parseError(body)
  const message = error === undefined || error.message === '' ? `The provider answered ${status} without saying why.` : tidy(error.message)
  const kind = kindOf(status, error)
  const retryAfterSeconds = kind === 'rate-limited' || kind === 'overloaded' ? retryAfter(headers, error) : undefined
  const param = error === undefined ? undefined : fieldAtFault(error)
  const facts: FailureFacts = {
    upstreamStatus: status,
    ...(CODES[kind] === undefined ? {} : { code: CODES[kind] }),
    ...(param === undefined ? {} : { param }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  }
  return new Failure(kind, message, facts)
}

/** Codes that clients match on, in OpenAI's words. */
const CODES: Partial<Record<FailureKind, string>> = { 'context-too-long': 'context_length_exceeded', 'model-missing': 'model_not_found' }

/** An error in the place of an answer, after a 200. */
export function readInBandError(value: JsonObject): (ChatEvent & { type: 'error' }) | undefined {
  const error = errorOf(value)
  if (error === undefined) return undefined
  return {
    type: 'error',
    message: error.message === '' ? 'The provider broke off its answer without saying why.' : tidy(error.message),
    ...(error.status === '' ? {} : { code: error.status }),
    ...(error.code === undefined ? {} : { status: error.code }),
  }
}

/** The error body of this dialect, for a whole answer and in band alike. */
export function writeFailure(failure: Failure, requestId?: string): JsonObject {
  const { status, google, errorType } = failure.rule
  const reason = (failure.code ?? failure.kind).toUpperCase().replace(/[^A-Z0-9]+/g, '_')
  const metadata = { error_type: errorType, ...(requestId === undefined ? {} : { request_id: requestId }) }
  const details: JsonObject[] = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'switchyard', metadata }]
  if (failure.param !== undefined) {
    const violation = { field: failure.param, description: failure.message }
    details.push({ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [violation] })
  }
  if (failure.retryAfterSeconds !== undefined) {
    details.push({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${failure.retryAfterSeconds}s` })
  }
  return { error: { code: status, message: failure.message, status: google, details, metadata: { error_type: errorType } } }
}

function kindOf(status: number, error: GoogleError | undefined): FailureKind {
  const message = error?.message ?? ''
  const reasons = (error?.details ?? []).map((detail) => detail.reason)
  if (
    /api key (not valid|not found|expired|invalid)|reported as leaked/i.test(message) ||
    reasons.some((reason) => /^API_KEY_(INVALID|EXPIRED)/.test(String(reason)))
  ) {
    return 'credential-refused'
  }
  if (
    status === 402 ||
    /credits? (are|is) depleted|spend(ing)? (cap|limit)|enable billing|billing (account|is not|has not|to be) .*(disabled|enabled|closed)/i.test(message)
  ) {
    return 'out-of-credit'
  }
  if (status === 429 || error?.status === 'RESOURCE_EXHAUSTED') return error !== undefined && isHardQuota(error) ? 'out-of-credit' : 'rate-limited'
  if (status === 400 || status === 413) return badRequestKind(status, message)
  if (status === 401 || status === 403) return 'credential-refused'
  if (status === 404) return 'model-missing'
  if ([408, 502, 503, 504, 529].includes(status) || (status >= 520 && status <= 524) || error?.status === 'UNAVAILABLE') return 'overloaded'
  return status > 400 && status < 499 ? 'bad-request' : 'upstream-error'
}

function badRequestKind(status: number, message: string): FailureKind {
  if (/input token count|exceeds the maximum number of (input )?tokens|too many tokens|context (window|length)/i.test(message)) return 'context-too-long'
  if (status === 413 || /payload size exceeds/i.test(message)) return 'body-too-large'
  if (/prohibited content|violates? .*polic|safety polic/i.test(message)) return 'content-policy'
  if (/user location is not supported/i.test(message)) return 'upstream-error'
  if (/unknown name|does not support|is not supported|are not supported|is unsupported|unsupported|is not enabled for|cannot find field/i.test(message))
    return 'unsupported-parameter'
  return 'bad-request'
}

/** Every quota error bears the same sentence about plan and billing; only the quota's id tells a minute from a day. */
function isHardQuota(error: GoogleError): boolean {
  const violations = error.details.flatMap((detail) => (isArray(detail.violations) ? detail.violations.filter(isObject) : []))
  return violations.some((violation) => /per_?day/i.test(`${String(violation.quotaId ?? '')} ${String(violation.quotaMetric ?? '')}`))
}

/** Seconds: the header where there is one, else google.rpc.RetryInfo ("34.4s"). */
function retryAfter(headers: Headers, error: GoogleError | undefined): number | undefined {
  const header = headers['retry-after']
  if (header !== undefined) {
    if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header)
    // a date is meant by the provider's own clock
    const seconds = (Date.parse(header) - Date.parse(headers.date ?? '')) / 1000
    if (Number.isFinite(seconds)) return Math.max(0, seconds)
  }
  for (const detail of error?.details ?? []) {
    const delay = detail.retryDelay
    const seconds = typeof delay === 'string' ? /^(\d+(?:\.\d+)?)s$/.exec(delay)?.[1] : undefined
    if (seconds !== undefined) return Number(seconds)
  }
  return undefined
}

function fieldAtFault(error: GoogleError): string | undefined {
  for (const detail of error.details) {
    const violations = detail.fieldViolations
    const first = isArray(violations) ? violations.find(isObject) : undefined
    if (typeof first?.field === 'string' && first.field !== '') return first.field
  }
  // "Logprobs is not enabled for models/gemini-2.5-pro"
  if (/^logprobs is not (?:enabled|supported)/i.test(error.message)) return 'generationConfig.responseLogprobs'
  return /Unknown name "([^"]+)"/.exec(error.message)?.[1]
}

function parseError(body: string): GoogleError | undefined {
  try {
    const value = JSON.parse(body) as JsonValue
    const object = isArray(value) ? value[0] : value
    return isObject(object) ? errorOf(object) : undefined
  } catch {
    // HTML or nothing, from a proxy on the way: never shown raw
    return undefined
  }
}

function errorOf(body: JsonObject): GoogleError | undefined {
  const { error } = body
  if (typeof error === 'string') return { message: error, code: undefined, status: '', details: [] }
  if (!isObject(error)) return undefined
  const { message, code, status, details } = error
  return {
    message: typeof message === 'string' ? message : '',
    code: typeof code === 'number' ? code : undefined,
    status: typeof status === 'string' ? status : '',
    details: isArray(details) ? details.filter(isObject) : [],
  }
}

const KEY_LIKE = /\b(AIza|AQ\.|ya29\.|sk-|gsk_|xai-)[\w.-]{6,}|(?<=\bBearer\s+)[\w.~+/-]{8,}|(?<=[?&]key=)[^&\s"']+|\b(?=[\w-]*\d)(?=[\w-]*[A-Z])[\w-]{32,}\b/g

/** The provider's sentence on one line, no longer than 500 characters, without anything that looks like a key. */
function tidy(message: string): string {
  const line = message.replace(KEY_LIKE, '[hidden]').replace(/\s+/g, ' ').trim()
  return line.length <= MOST_MESSAGE_CHARACTERS ? line : `${line.slice(0, MOST_MESSAGE_CHARACTERS - 1)}…`
}
