/** What Bedrock's errors mean: `{message}` beside the exception's name in a header. https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html */
import { Failure, type FailureFacts, type FailureKind } from '../../../../shared/failure.ts'
import { isObject, objectOf, parseJson, textOf } from '../json.ts'
import { presentable, retryAfterSeconds } from '../upstream-message.ts'

type Headers = Readonly<Record<string, string | undefined>>

/** By the exception's name, without the `Exception` that streams leave or write in another case. */
const EXCEPTIONS: Readonly<Record<string, { readonly status: number; readonly kind: FailureKind }>> = {
  throttling: { status: 429, kind: 'rate-limited' },
  toomanyrequests: { status: 429, kind: 'rate-limited' },
  servicequotaexceeded: { status: 429, kind: 'out-of-credit' },
  modelnotready: { status: 429, kind: 'overloaded' },
  serviceunavailable: { status: 503, kind: 'overloaded' },
  modeltimeout: { status: 408, kind: 'overloaded' },
  internalserver: { status: 500, kind: 'upstream-error' },
  internalfailure: { status: 500, kind: 'upstream-error' },
  modelerror: { status: 424, kind: 'upstream-error' },
  modelstreamerror: { status: 424, kind: 'upstream-error' },
  resourcenotfound: { status: 404, kind: 'model-missing' },
  accessdenied: { status: 403, kind: 'credential-refused' },
  unrecognizedclient: { status: 403, kind: 'credential-refused' },
  invalidsignature: { status: 403, kind: 'credential-refused' },
  incompletesignature: { status: 403, kind: 'credential-refused' },
  missingauthenticationtoken: { status: 403, kind: 'credential-refused' },
  expiredtoken: { status: 403, kind: 'credential-refused' },
  optinrequired: { status: 403, kind: 'credential-refused' },
  notauthorized: { status: 403, kind: 'credential-refused' },
  // its text tells more
  validation: { status: 400, kind: 'bad-request' },
}

function exceptionNamed(name: string | undefined): { readonly status: number; readonly kind: FailureKind } | undefined {
  // `UnrecognizedClientException:http://internal.amazon.com/...`
  const [word = ''] = (name ?? '').split(':')
  return EXCEPTIONS[word.toLowerCase().replace(/exception$/, '')]
}

/** The status an exception of a stream would have had, had it come before the stream. */
export function statusOfException(name: string): number | undefined {
  return exceptionNamed(name)?.status
}

const MODEL_MISSING =
  /model identifier is invalid|(model|inference profile).*(not found|could not be found|does not exist|is not available|isn.t supported)|end of its life|on-demand throughput isn/i
const TOO_LONG =
  /input is too long|prompt is too long|too many (input )?tokens|(exceeds?|exceeded) .*(context|maximum (number of )?(input )?tokens|token limit|max(imum)? length)|context (window|length|limit)|input tokens exceeded/i
const UNSUPPORTED =
  /not support|n't support|unsupported|not (available|allowed|compatible)|deprecated|(may|can) only be|cannot (both )?be (specified|used|set)|extraneous key \[(temperature|topP|topK|top_k|thinking|toolConfig|toolChoice|strict|outputConfig|system)\]/i
const CONTENT_POLICY = /content (filter|policy)|usage policy|blocked by/i
const DAILY = /per day|daily/i

export function classify(status: number, headers: Headers, body: string): Failure {
  const parsed = objectOf(parseJson(body))
  // told in band, the exception's name stands in the body
  const error = isObject(parsed?.error) ? parsed.error : parsed
  const said = textOf(error?.message) ?? textOf(error?.Message) ?? ''
  const name = headers['x-amzn-errortype'] ?? textOf(error?.__type)?.split('#').at(-1) ?? textOf(error?.code)
  const kind = kindOf(status, name, said)
  const message = presentable(said) || `The provider answered with status ${status} and no readable explanation.`
  const seconds = kind === 'rate-limited' || kind === 'overloaded' ? retryAfterSeconds(headers) : undefined
  return new Failure(kind, message, { upstreamStatus: status, ...codeOf(kind), ...(seconds !== undefined && { retryAfterSeconds: seconds }) })
}

function kindOf(status: number, name: string | undefined, said: string): FailureKind {
  const named = exceptionNamed(name)?.kind
  if ((status === 429 || named === 'rate-limited') && DAILY.test(said)) return 'out-of-credit'
  if (status === 400 || status === 413 || named === 'bad-request') {
    if (named !== undefined && named !== 'bad-request') return named
    if (TOO_LONG.test(said)) return 'context-too-long'
    if (MODEL_MISSING.test(said)) return 'model-missing'
    if (/security token|signature|expired/i.test(said)) return 'credential-refused'
    if (status === 413) return 'body-too-large'
    if (CONTENT_POLICY.test(said)) return 'content-policy'
    return UNSUPPORTED.test(said) ? 'unsupported-parameter' : 'bad-request'
  }
  if (named !== undefined) return named
  switch (status) {
    case 401:
    case 403:
      return 'credential-refused'
    case 402:
      return 'out-of-credit'
    case 404:
      return 'model-missing'
    case 429:
      return 'rate-limited'
    case 408:
    case 502:
    case 503:
    case 504:
    case 529:
      return 'overloaded'
    default:
      return status === 422 ? 'bad-request' : 'upstream-error'
  }
}

function codeOf(kind: FailureKind): FailureFacts {
  if (kind === 'context-too-long') return { code: 'context_length_exceeded' }
  return kind === 'model-missing' ? { code: 'model_not_found' } : {}
}
