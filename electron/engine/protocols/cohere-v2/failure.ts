/** What Cohere's refusals mean: `{id, message}` and a status. https://docs.cohere.com/reference/errors */
import type { JsonObject } from '../../../../shared/chat.ts'
import { Failure, type FailureKind } from '../../../../shared/failure.ts'
import { known, objectOf, parseJson, textOf } from '../json.ts'
import { isHtml, presentable, retryAfterSeconds } from '../upstream-message.ts'

type Headers = Readonly<Record<string, string | undefined>>

/** The first match holds. */
const TELLING: readonly { readonly kind: FailureKind; readonly words: RegExp; readonly statuses: readonly number[] }[] = [
  { kind: 'context-too-long', words: /too many tokens|token limit|context (?:length|window)|maximum.{0,40}tokens/i, statuses: [400, 413, 422] },
  { kind: 'out-of-credit', words: /trial key.{0,80}(?:month|1000)|billing|payment|credit|spend/i, statuses: [402, 403, 429] },
  { kind: 'credential-refused', words: /api (?:key|token)/i, statuses: [400] },
  { kind: 'model-missing', words: /model.{0,120}(?:not found|was removed|deprecated|does not exist)|unknown model/i, statuses: [400, 404, 422] },
  { kind: 'content-policy', words: /content (?:filter|policy|moderation)|toxic|blocked/i, statuses: [400, 403, 422] },
  {
    kind: 'unsupported-parameter',
    words: /not supported|unsupported|unknown field|invalid (?:field|parameter)|does not support|not permitted/i,
    statuses: [400, 422],
  },
]

/** @param headers lower-case names. @param body the body's text, whatever it is. */
export function classify(status: number, headers: Headers, body: string): Failure {
  const parsed = objectOf(parseJson(body))
  // an error told in band comes as {error: {message}}
  const message = textOf(parsed?.message) ?? textOf(objectOf(parsed?.error)?.message) ?? textOf(objectOf(parsed?.data)?.message)
  const kind = TELLING.find(({ words, statuses }) => statuses.includes(status) && words.test(message ?? ''))?.kind ?? kindOfStatus(status)
  const waits = kind === 'rate-limited' || kind === 'overloaded' ? retryAfterSeconds(headers) : undefined
  const silence = isHtml(body) ? 'with a web page instead of a reason' : 'without a reason'
  return new Failure(kind, message === undefined ? `The provider answered ${status} ${silence}.` : presentable(message), {
    upstreamStatus: status,
    ...known({ retryAfterSeconds: waits }),
  })
}

function kindOfStatus(status: number): FailureKind {
  switch (status) {
    case 401:
    case 403:
    case 498: // an invalid token, at Cohere
      return 'credential-refused'
    case 402:
      return 'out-of-credit'
    case 404:
      return 'model-missing'
    case 413:
      return 'body-too-large'
    case 429:
      return 'rate-limited'
    case 408:
    case 502:
    case 503:
    case 504:
    case 529:
      return 'overloaded'
    case 499: // Cohere: the request was cancelled on its side
      return 'upstream-error'
    default:
      return status >= 400 && status < 500 ? 'bad-request' : 'upstream-error'
  }
}

export function writeFailure(failure: Failure, requestId: string): JsonObject {
  return { id: requestId, message: failure.message }
}
