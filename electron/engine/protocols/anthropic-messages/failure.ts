/** What Anthropic's errors mean, and how ours look to an Anthropic client. Sources: docs.claude.com/en/api/errors and recorded answers. */
import type { JsonObject } from '../../../../shared/chat.ts'
import { Failure, type FailureFacts, type FailureKind } from '../../../../shared/failure.ts'
import { objectIn, parseObject, stringIn } from './json-fields.ts'

type Headers = Readonly<Record<string, string | undefined>>

/** Longer explanations quote the request back; a sentence or two is what people read. */
const MESSAGE_LIMIT = 500

const STATUS_OF_TYPE: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
}

/** Anthropic's own number for it, by which its clients tell a busy provider from a broken one. */
export const STATUSES: Readonly<Partial<Record<FailureKind, number>>> = { overloaded: 529, 'shutting-down': 529 }

/** The status an error would have had, had it come before the stream. */
export function statusOfErrorType(type: string): number | undefined {
  return STATUS_OF_TYPE[type]
}

const OUT_OF_CREDIT = /credit balance|spend(ing)? limit|usage limits?\b|billing/i
const TOO_LONG = /prompt is too long|exceeds? (the )?context (limit|window)|context window|too many (input )?tokens|maximum context length/i
const UNSUPPORTED =
  /not support|unsupported|not (available|allowed|permitted|compatible)|(is|are) deprecated|may only be|cannot (both )?be (specified|used|set)|unexpected value/i
const CONTENT_POLICY = /content filtering policy|content policy|usage policy|violat\w+ .*polic/i

/** Kinds by status where the text makes no difference. Cloudflare's 520 to 524 mean that it could not reach the provider behind it. */
const KIND_OF_STATUS: Readonly<Record<number, FailureKind>> = {
  401: 'credential-refused',
  402: 'out-of-credit',
  408: 'overloaded',
  409: 'overloaded',
  413: 'body-too-large',
  500: 'upstream-error',
  502: 'overloaded',
  503: 'overloaded',
  504: 'overloaded',
  520: 'overloaded',
  521: 'overloaded',
  522: 'overloaded',
  523: 'overloaded',
  524: 'overloaded',
  529: 'overloaded',
}

export function classify(status: number, headers: Headers, body: string): Failure {
  const parsed = parseObject(body)
  const error = objectIn(parsed, 'error') ?? parsed
  const type = stringIn(error, 'type')
  const said = stringIn(error, 'message') ?? stringIn(parsed, 'error')
  const errorCode = stringIn(objectIn(error, 'details'), 'error_code')
  const kind = kindOf(status, type, said ?? '', errorCode ?? '', parsed !== undefined)
  const message = said === undefined || said.trim() === '' ? `The provider answered with status ${status} and no readable explanation.` : presentable(said)
  return new Failure(kind, message, { upstreamStatus: status, ...facts(kind, said ?? ''), ...retryAfter(status, headers) })
}

function kindOf(status: number, type: string | undefined, said: string, errorCode: string, isJson: boolean): FailureKind {
  if (type === 'billing_error' || /spend_limit|usage_limit|credit/.test(errorCode)) return 'out-of-credit'
  if (type === 'overloaded_error') return 'overloaded'
  if ((status === 400 || status === 413) && TOO_LONG.test(said)) return 'context-too-long'
  if ((status === 400 || status === 403) && CONTENT_POLICY.test(said)) return 'content-policy'
  switch (status) {
    case 400:
    case 422:
      if (OUT_OF_CREDIT.test(said)) return 'out-of-credit'
      return UNSUPPORTED.test(said) ? 'unsupported-parameter' : 'bad-request'
    case 403:
      return 'credential-refused'
    case 404:
      // a page instead of an error: the base URL leads somewhere else
      return isJson ? 'model-missing' : 'upstream-unreadable'
    case 429:
      return OUT_OF_CREDIT.test(said) ? 'out-of-credit' : 'rate-limited'
    default:
      return KIND_OF_STATUS[status] ?? 'upstream-error'
  }
}

function facts(kind: FailureKind, said: string): FailureFacts {
  if (kind === 'context-too-long') return { code: 'context_length_exceeded' }
  if (kind === 'model-missing') return { code: 'model_not_found' }
  if (kind !== 'bad-request' && kind !== 'unsupported-parameter') return {}
  // Anthropic opens with the field (`messages.0.content: ...`) or quotes it (`temperature`)
  const param = /^([a-z_]+(?:\.[a-z0-9_]+)*): /.exec(said)?.[1] ?? /`([a-z_]+(?:\.[a-z0-9_]+)*)`/.exec(said)?.[1]
  return param === undefined ? {} : { param }
}

/** Dates are counted from the answer's own `date`, so that neither our clock nor a skewed one matters. */
function retryAfter(status: number, headers: Headers): FailureFacts {
  const milliseconds = Number.parseFloat(headers['retry-after-ms'] ?? '')
  if (milliseconds >= 0) return { retryAfterSeconds: milliseconds / 1000 }
  const stated = headers['retry-after']
  if (stated !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(stated)) return { retryAfterSeconds: Number(stated) }
  const now = Date.parse(headers.date ?? '')
  const moments = [stated, ...(status === 429 ? spentLimits(headers) : [])].map((moment) => Date.parse(moment ?? ''))
  const seconds = moments.filter((moment) => !Number.isNaN(moment)).map((moment) => Math.max(0, (moment - now) / 1000))
  if (Number.isNaN(now) || seconds.length === 0) return {}
  return { retryAfterSeconds: Math.max(...seconds) }
}

/** When the limits that are used up start anew (RFC 3339). */
function spentLimits(headers: Headers): readonly (string | undefined)[] {
  return ['requests', 'tokens', 'input-tokens', 'output-tokens']
    .filter((limit) => Number(headers[`anthropic-ratelimit-${limit}-remaining`] ?? 'NaN') === 0)
    .map((limit) => headers[`anthropic-ratelimit-${limit}-reset`])
}

const KEY_LIKE = /\b(sk|pk|rk|gsk|xai|key|api)[-_][A-Za-z0-9_*.-]{6,}|\bAIza[\w-]{10,}|\bBearer\s+\S+|\beyJ[\w-]{10,}\.[\w.-]+/g

/** A provider's sentence as we may show it: one line, no keys, not longer than people read. */
export function presentable(said: string): string {
  const line = said.replace(/\s+/g, ' ').trim()
  if (/^<(!doctype|html)/i.test(line)) return ''
  const masked = line.replace(KEY_LIKE, '[key]')
  return masked.length <= MESSAGE_LIMIT ? masked : `${masked.slice(0, MESSAGE_LIMIT - 1)}…`
}

/** Claude Code compacts its conversation when it reads these words, by as much as the numbers behind them say. */
const COMPACT_WORDS = 'prompt is too long'

export function writeFailure(failure: Failure, requestId: string): JsonObject {
  return { ...errorBody(failure), request_id: requestId }
}

/** The same body in band, where there is no status to go with it. */
export function errorBody(failure: Failure): JsonObject {
  const { anthropic, errorType } = failure.rule
  return { type: 'error', error: { type: anthropic, message: messageOf(failure), metadata: { error_type: errorType } } }
}

function messageOf({ kind, message }: Failure): string {
  if (kind !== 'context-too-long') return message
  const place = message.toLowerCase().indexOf(COMPACT_WORDS)
  // Claude's own sentence may stand behind the name of whoever serves it
  const own = place < 0 ? undefined : COMPACT_WORDS + message.slice(place + COMPACT_WORDS.length)
  if (own !== undefined && /\d tokens? > \d/.test(own)) return own
  const overrun = overrunIn(message)
  if (overrun !== undefined) return `${COMPACT_WORDS}: ${overrun.tokens} tokens > ${overrun.limit} maximum (${message})`
  return own ?? `${COMPACT_WORDS}: ${message}`
}

const LIMIT_BEFORE = /(?:maximum|max|limit|allowed|at most|no more than|context (?:length|window|size))[^\d.;]{0,60}?(\d[\d,_]{2,})/i
const LIMIT_BEHIND = /(\d[\d,_]{2,})[^\d.;]{0,12}(?:maximum|max\b|limit|token limit)/i

/** Providers tell the size of a prompt and the limit in any order and wording; the prompt is what is larger than the limit. */
function overrunIn(message: string): { readonly tokens: number; readonly limit: number } | undefined {
  const limit = count((LIMIT_BEFORE.exec(message) ?? LIMIT_BEHIND.exec(message))?.[1])
  if (limit === undefined) return undefined
  const larger = [...message.matchAll(/\d[\d,_]{2,}/g)].flatMap(([digits]) => count(digits) ?? []).filter((tokens) => tokens > limit)
  return larger.length === 0 ? undefined : { tokens: Math.max(...larger), limit }
}

function count(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits.replace(/[,_]/g, ''))
}
