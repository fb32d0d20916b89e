/**
 * What refusals of providers of this format mean, and how ours look. The bodies differ (OpenAI and most others `{error: {…}}`, xAI and Ollama
 * `{error: string}`, Mistral `{detail}` or a flat object, proxies a page), the cases are the same.
 */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { Failure, type FailureKind } from '../../../../shared/failure.ts'
import { arrayOf, isObject, known, objectOf, parseJson, textOf } from '../json.ts'
import { isHtml, parseDuration, presentable, retryAfterSeconds } from '../upstream-message.ts'

type Headers = Readonly<Record<string, string | undefined>>

interface Refusal {
  readonly message: string | undefined
  readonly type: string | undefined
  readonly code: string | undefined
  readonly param: string | undefined
}

/** @param headers lower-case names. @param body the body's text, whatever it is. */
export function classify(status: number, headers: Headers, body: string): Failure {
  const refusal = readRefusal(body)
  const kind = kindOf(status, refusal)
  const said = refusal.message === undefined ? undefined : presentable(refusal.message)
  const retryAfter = kind === 'rate-limited' || kind === 'overloaded' ? (retryAfterSeconds(headers) ?? waitInSentence(refusal.message)) : undefined
  return new Failure(kind, said ?? silence(status, body), {
    upstreamStatus: status,
    ...known({ code: refusal.code, param: refusal.param ?? paramIn(kind, refusal.message), retryAfterSeconds: retryAfter }),
  })
}

/** xAI and Groq name the field in their sentence alone, xAI as its own protobuf has it. */
const NAMED: readonly RegExp[] = [
  /does not support (?:the )?parameter '?`?([a-z]\w*)/i,
  /argument not supported on this model: '?`?([a-z]\w*)/i,
  /property '([a-z_]+)' is unsupported/i,
  /`([a-z_]+)` is not supported with this model/i,
  /`(reasoning_effort)` must be one of/i,
]

function paramIn(kind: FailureKind, message: string | undefined): string | undefined {
  if (kind !== 'unsupported-parameter' || message === undefined) return undefined
  const found = NAMED.map((words) => words.exec(message)?.[1]).find((name) => name !== undefined)
  return found?.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function silence(status: number, body: string): string {
  return isHtml(body) ? `The provider answered ${status} with a web page instead of a reason.` : `The provider answered ${status} without a reason.`
}

function readRefusal(body: string): Refusal {
  const parsed = parseJson(body)
  // Google's OpenAI surface wraps its error in a list
  const value = Array.isArray(parsed) ? (parsed as readonly JsonValue[])[0] : parsed
  if (isObject(value)) return fromObject(value)
  const text = typeof value === 'string' ? value : body.trim()
  return { message: text === '' || isHtml(text) ? undefined : text, type: undefined, code: undefined, param: undefined }
}

function fromObject(body: JsonObject): Refusal {
  const error = objectOf(body.error)
  if (error !== undefined) return fromError(error)
  const detail = body.detail
  if (Array.isArray(detail)) return fromValidation(detail as readonly JsonValue[])
  const message = textOf(body.error) ?? textOf(detail) ?? textOf(body.message)
  const nested = objectOf(body.message)
  if (message === undefined && nested !== undefined) return fromObject(nested)
  return { message, type: textOf(body.type), code: codeText(body.code), param: textOf(body.param) }
}

function fromError(error: JsonObject): Refusal {
  const own: Refusal = { message: textOf(error.message), type: textOf(error.type), code: codeText(error.code), param: textOf(error.param) }
  // OpenRouter: "Provider returned error", and the provider's own body as text behind it
  const metadata = objectOf(error.metadata)
  const raw = textOf(metadata?.raw)
  const inner = raw === undefined || isHtml(raw) ? undefined : readRefusal(raw)
  const deeper = objectOf(error.innererror)
  return {
    message: inner?.message ?? own.message,
    type: inner?.type ?? own.type ?? (Array.isArray(metadata?.reasons) ? 'moderation' : textOf(metadata?.error_type)),
    code: inner?.code ?? (isStatus(own.code) ? (codeText(deeper?.code) ?? own.code) : own.code),
    param: inner?.param ?? own.param,
  }
}

/** Mistral's (FastAPI's) list of what is wrong where. */
function fromValidation(problems: readonly JsonValue[]): Refusal {
  const [first] = problems.map((problem) => objectOf(problem))
  const place = arrayOf(first?.loc)
    .filter((step) => step !== 'body')
    .reduce<string>((path, step) => (typeof step === 'number' ? `${path}[${step}]` : path === '' ? String(step) : `${path}.${String(step)}`), '')
  const message = textOf(first?.msg)
  return {
    message: message === undefined || place === '' ? message : `${place}: ${message}`,
    type: textOf(first?.type),
    code: undefined,
    param: place === '' ? undefined : place,
  }
}

function codeText(code: JsonValue | undefined): string | undefined {
  return typeof code === 'number' ? String(code) : textOf(code)
}

/** OpenRouter, Azure and Perplexity repeat the HTTP status as the code. */
function isStatus(code: string | undefined): boolean {
  return code !== undefined && /^[45]\d\d$/.test(code)
}

/** Told inside a stream an error has no status of its own, and some local servers know no other for anything. */
function isUntold(status: number): boolean {
  return status === 500
}

/** Words in a code, type or message that tell a case whatever the status says; the first match holds. */
const TELLING: readonly { readonly kind: FailureKind; readonly words: RegExp; readonly statuses: (status: number) => boolean }[] = [
  {
    kind: 'context-too-long',
    words:
      /context_length_exceeded|string_above_max_length|maximum context length|context (?:window|length|limit)|prompt is too long|too many (?:input )?tokens|input tokens? (?:count|exceed)|maximum prompt length|exceed_context_size|context size|exceeded model token limit|prompt exceeds max length|range of input length|inputs?`? tokens \+|exceeds? the (?:model's )?(?:maximum|limit).*tokens|reduce the length of the (?:messages|input)/i,
    statuses: (status) => status === 400 || status === 413 || status === 422 || isUntold(status),
  },
  {
    kind: 'out-of-credit',
    words:
      /insufficient_quota|credit_balance|spend_limit|organization_usage_limit|billing_hard_limit|exceeded your current quota|insufficient (?:balance|credits?|funds)|credit balance|out of credits|used all available credits|^1113$/im,
    statuses: (status) => status === 400 || status === 402 || status === 403 || status === 429 || isUntold(status),
  },
  {
    kind: 'rate-limited',
    words: /rate_limit_exceeded|rate_limit_error|slow_down/i,
    statuses: (status) => status === 413 || status === 503 || status === 429 || isUntold(status),
  },
  {
    kind: 'content-policy',
    words: /content_filter|content_policy|ResponsibleAIPolicyViolation|moderation|data_inspection_failed|flagged/i,
    statuses: (status) => status === 400 || status === 403 || status === 422,
  },
  {
    kind: 'credential-refused',
    words: /invalid_api_key|(?:incorrect|invalid) api key|api key (?:not|is not|is in)\s?valid|invalid authentication/i,
    statuses: (status) => status === 400,
  },
  {
    kind: 'model-missing',
    words:
      /model_not_found|model_decommissioned|invalid_model|unknown_model|is not a valid model|invalid model\b|model identifier is invalid|model\b.{0,120}\b(?:does not exist|not found|not exist)|no endpoints found/i,
    statuses: (status) => status === 400 || status === 403 || status === 404 || status === 422,
  },
  {
    kind: 'unsupported-parameter',
    words:
      /unsupported_parameter|unsupported_value|unknown_parameter|extra_forbidden|unsupported (?:parameter|value)|does not support|not supported (?:with|by|for)|is not supported|unrecognized request argument|extra inputs are not permitted|is unsupported|argument not supported|unsupported mime type|reasoning_effort`? must be one of/i,
    statuses: (status) => status === 400 || status === 422,
  },
]

function kindOf(status: number, refusal: Refusal): FailureKind {
  const told = [refusal.code, refusal.type, refusal.message].filter((words) => words !== undefined).join('\n')
  for (const { kind, words, statuses } of TELLING) if (statuses(status) && words.test(told)) return kind
  return kindOfStatus(status, told)
}

function kindOfStatus(status: number, told: string): FailureKind {
  switch (status) {
    case 401:
    case 403:
      return 'credential-refused'
    case 402:
      return 'out-of-credit'
    case 404:
    case 410:
      return 'model-missing'
    case 413:
      return 'body-too-large'
    case 429:
      return 'rate-limited'
    case 408: // timed out upstream
    case 409: // a lock was not had in time: the official clients try it again too
    case 498: // Groq: no flex capacity
    case 502:
    case 503:
    case 504:
    case 529: // Anthropic: overloaded
      return 'overloaded'
    default:
      if (status >= 520 && status <= 524) return 'overloaded'
      if (status >= 400 && status < 500) return 'bad-request'
      return /overloaded|server_is_overloaded/i.test(told) ? 'overloaded' : 'upstream-error'
  }
}

/** "Please try again in 1m2.5s." */
function waitInSentence(message: string | undefined): number | undefined {
  const found = message === undefined ? null : /(?:try again|retry) (?:in|after) ((?:\d+(?:\.\d+)?(?:ms|h|m|s))+)/i.exec(message)
  return found?.[1] === undefined ? undefined : parseDuration(found[1])
}

/** Codes that OpenAI's clients match on, where the failure brings none of its own. */
const CODES: Partial<Readonly<Record<FailureKind, string>>> = {
  'context-too-long': 'context_length_exceeded',
  'content-policy': 'content_policy_violation',
  'unsupported-parameter': 'unsupported_parameter',
  unauthenticated: 'invalid_api_key',
  'credential-refused': 'invalid_api_key',
  'no-credential': 'invalid_api_key',
  'unknown-model': 'model_not_found',
  'model-missing': 'model_not_found',
  'rate-limited': 'rate_limit_exceeded',
  'out-of-credit': 'insufficient_quota',
  'unknown-route': 'unknown_url',
  overloaded: 'server_is_overloaded',
}

/** The provider's own code, except where clients wait for one certain word. */
function codeOf({ kind, code }: Failure): string | null {
  const fixed = kind === 'context-too-long' || kind === 'overloaded'
  return !fixed && code !== undefined && !isStatus(code) ? code : (CODES[kind] ?? null)
}

/** OpenAI's error body, with OpenRouter's `metadata` beside it. */
export function writeFailure(failure: Failure, requestId: string): JsonObject {
  const { rule, upstreamStatus, retryAfterSeconds: retryAfter } = failure
  return {
    error: {
      message: failure.message,
      type: rule.openai,
      param: failure.param ?? null,
      code: codeOf(failure),
      metadata: { error_type: rule.errorType, request_id: requestId, ...known({ upstream_status: upstreamStatus, retry_after_seconds: retryAfter }) },
    },
  }
}
