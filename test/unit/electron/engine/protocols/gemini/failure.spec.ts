import { describe, expect, it } from 'vitest'
import { gemini } from '../../../../../../electron/engine/protocols/gemini/gemini.ts'
import type { JsonObject } from '../../../../../../shared/chat.ts'
import { Failure, type FailureKind } from '../../../../../../shared/failure.ts'

const QUOTA = 'You exceeded your current quota, please check your plan and billing details.'

function google(code: number, status: string, message: string, ...details: JsonObject[]): string {
  return JSON.stringify({ error: { code, message, status, details } })
}

const retryInfo = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.4s' }
const quota = (quotaId: string) => ({ '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId }] })

describe('an error of a Gemini provider', () => {
  it.each<[FailureKind, number, string]>([
    ['credential-refused', 400, google(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.')],
    ['credential-refused', 400, google(400, 'INVALID_ARGUMENT', 'API key expired. Please renew the API key.')],
    ['credential-refused', 401, google(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.')],
    ['credential-refused', 403, google(403, 'PERMISSION_DENIED', 'Method does not allow unregistered callers.')],
    ['rate-limited', 429, google(429, 'RESOURCE_EXHAUSTED', QUOTA, quota('GenerateRequestsPerMinutePerProjectPerModel-FreeTier'), retryInfo)],
    ['out-of-credit', 429, google(429, 'RESOURCE_EXHAUSTED', QUOTA, quota('GenerateRequestsPerDayPerProjectPerModel-FreeTier'), retryInfo)],
    ['out-of-credit', 429, google(429, 'RESOURCE_EXHAUSTED', 'Your prepayment credits are depleted.')],
    ['rate-limited', 429, ''],
    ['model-missing', 404, google(404, 'NOT_FOUND', 'models/nope is not found for API version v1beta')],
    ['context-too-long', 400, google(400, 'INVALID_ARGUMENT', 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).')],
    ['unsupported-parameter', 400, google(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received. Unknown name "foo": Cannot find field.')],
    ['unsupported-parameter', 400, google(400, 'INVALID_ARGUMENT', 'Thinking level is not supported for this model.')],
    ['bad-request', 400, google(400, 'INVALID_ARGUMENT', 'Please ensure that function call turn comes immediately after a user turn.')],
    ['body-too-large', 413, '<html>413</html>'],
    ['overloaded', 503, google(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.')],
    ['overloaded', 504, google(504, 'DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.')],
    ['upstream-error', 500, google(500, 'INTERNAL', 'An internal error has occurred.')],
    ['upstream-error', 500, '<html><body>nginx</body></html>'],
  ])('is %s for %i %s', (kind, status, body) => {
    expect(gemini.classify(status, {}, body)).toMatchObject({ kind, upstreamStatus: status })
    expect(gemini.classify(status, {}, body.startsWith('{') ? `[${body}]` : body)).toMatchObject({ kind })
  })

  it('says when to come back, by header or by RetryInfo', () => {
    const body = google(429, 'RESOURCE_EXHAUSTED', QUOTA, retryInfo)
    expect(gemini.classify(429, {}, body).retryAfterSeconds).toBe(34.4)
    expect(gemini.classify(429, { 'retry-after': '7' }, body).retryAfterSeconds).toBe(7)
    const date = 'Sun, 22 Nov 2026 10:00:00 GMT'
    expect(gemini.classify(503, { 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT', date }, '').retryAfterSeconds).toBe(30)
  })

  it('keeps codes that clients match on and the field at fault', () => {
    expect(gemini.classify(400, {}, google(400, 'INVALID_ARGUMENT', 'The input token count exceeds')).code).toBe('context_length_exceeded')
    expect(gemini.classify(404, {}, google(404, 'NOT_FOUND', 'gone')).code).toBe('model_not_found')
    expect(gemini.classify(400, {}, google(400, 'INVALID_ARGUMENT', 'no', { fieldViolations: [{ field: 'contents[0]' }] })).param).toBe('contents[0]')
  })

  it("shows the provider's own sentence, short, and never a key or a page", () => {
    expect(gemini.classify(500, {}, '<html>secret</html>').message).toBe('The provider answered 500 without saying why.')
    const long = gemini.classify(400, {}, google(400, 'X', 'word '.repeat(200))).message
    expect(long.length).toBe(500)
    const leaky = gemini.classify(403, {}, google(403, 'X', 'Bad key AIzaMadeUp-1234 in ?key=abcdef&x=1 or Bearer made.up.token0.')).message
    expect(leaky).toBe('Bad key [hidden] in ?key=[hidden]&x=1 or Bearer [hidden]')
  })
})

describe('a failure of ours towards a Gemini client', () => {
  it('has the shape of google.rpc.Status, with our error type beside', () => {
    const failure = new Failure('rate-limited', 'Wait a moment.', { retryAfterSeconds: 3 })
    expect(gemini.writeFailure(failure, 'req-1')).toEqual({
      error: {
        code: 429,
        message: 'Wait a moment.',
        status: 'RESOURCE_EXHAUSTED',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: 'RATE_LIMITED',
            domain: 'switchyard',
            metadata: { error_type: 'rate_limit_exceeded', request_id: 'req-1' },
          },
          { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '3s' },
        ],
        metadata: { error_type: 'rate_limit_exceeded' },
      },
    })
  })

  it('names the field of a bad request', () => {
    const failure = new Failure('bad-request', 'contents must be a list.', { param: 'contents' })
    expect(JSON.stringify(gemini.writeFailure(failure, 'req-1'))).toContain('"fieldViolations":[{"field":"contents","description":"contents must be a list."}]')
  })
})
