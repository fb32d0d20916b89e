import { describe, expect, it } from 'vitest'
import { anthropicMessages } from '../../../../../../electron/engine/protocols/anthropic-messages/anthropic-messages.ts'
import { Failure, type FailureKind } from '../../../../../../shared/failure.ts'

function body(type: string, message: string, more: object = {}): string {
  return JSON.stringify({ type: 'error', error: { type, message, ...more }, request_id: 'req_1' })
}

describe('errors of a provider', () => {
  it.each<[number, string, FailureKind]>([
    [400, body('invalid_request_error', 'Your credit balance is too low to access the Anthropic API.'), 'out-of-credit'],
    [400, body('invalid_request_error', 'You have reached your specified API usage limits.'), 'out-of-credit'],
    [400, body('invalid_request_error', 'prompt is too long: 208310 tokens > 200000 maximum'), 'context-too-long'],
    [400, body('invalid_request_error', 'input length and `max_tokens` exceed context limit: 190000 + 64000 > 200000'), 'context-too-long'],
    [400, body('invalid_request_error', 'temperature: Extra inputs are not permitted'), 'unsupported-parameter'],
    [400, body('invalid_request_error', '`temperature` is deprecated for this model.'), 'unsupported-parameter'],
    [400, body('invalid_request_error', '`temperature` and `top_p` cannot both be specified for this model.'), 'unsupported-parameter'],
    [400, body('invalid_request_error', 'Output blocked by content filtering policy'), 'content-policy'],
    [400, body('invalid_request_error', 'messages.0.content: Field required'), 'bad-request'],
    [401, body('authentication_error', 'invalid x-api-key'), 'credential-refused'],
    [402, body('billing_error', 'Payment required'), 'out-of-credit'],
    [403, body('permission_error', 'Your API key does not have permission'), 'credential-refused'],
    [404, body('not_found_error', 'model: claude-sonet-4-5'), 'model-missing'],
    [404, '<html><body>Not Found</body></html>', 'upstream-unreadable'],
    [413, body('request_too_large', 'Request exceeds the maximum size'), 'body-too-large'],
    [429, body('rate_limit_error', 'This request would exceed your rate limit of 40,000 input tokens per minute.'), 'rate-limited'],
    [429, body('rate_limit_error', 'Limit reached', { details: { error_code: 'enforced_spend_limit_reached' } }), 'out-of-credit'],
    [500, body('api_error', 'Internal server error'), 'upstream-error'],
    [503, '', 'overloaded'],
    [522, '<!DOCTYPE html><html>Cloudflare</html>', 'overloaded'],
    [529, body('overloaded_error', 'Overloaded'), 'overloaded'],
  ])('%d %s means %s', (status, text, kind) => {
    expect(anthropicMessages.classify(status, {}, text)).toMatchObject({ kind, upstreamStatus: status })
  })

  it('name the field', () => {
    const named = (message: string): string | undefined => anthropicMessages.classify(400, {}, body('invalid_request_error', message)).param
    expect(named('messages.0.content: Field required')).toBe('messages.0.content')
    expect(named('`temperature` is deprecated for this model.')).toBe('temperature')
    expect(named('Something else')).toBeUndefined()
  })

  it.each(['', '<html><h1>502 Bad Gateway</h1></html>', '{"error":{}}'])('never show a page or nothing: %j', (text) => {
    expect(anthropicMessages.classify(502, {}, text).message).toMatch(/^The provider answered with status 502/)
  })

  it('show the sentence of the provider, cut and without keys', () => {
    const key = `sk-made-up-${'x1'.repeat(8)}`
    const { message } = anthropicMessages.classify(400, {}, body('invalid_request_error', `Key ${key} is odd. ${'long '.repeat(300)}`))
    expect(message).not.toContain(key)
    expect(message).toContain('Key [key] is odd.')
    expect(message.length).toBeLessThanOrEqual(500)
  })

  it.each<[Record<string, string>, number | undefined]>([
    [{ 'retry-after': '17' }, 17],
    [{ 'retry-after-ms': '1500', 'retry-after': '17' }, 1.5],
    [{ 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT', date: 'Sun, 22 Nov 2026 10:00:00 GMT' }, 30],
    [
      {
        date: 'Sun, 22 Nov 2026 10:00:00 GMT',
        'anthropic-ratelimit-tokens-remaining': '0',
        'anthropic-ratelimit-tokens-reset': '2026-11-22T10:00:12Z',
        'anthropic-ratelimit-requests-remaining': '5',
        'anthropic-ratelimit-requests-reset': '2026-11-22T10:00:50Z',
      },
      12,
    ],
    [{}, undefined],
  ])('say how long to wait: %j', (headers, seconds) => {
    expect(anthropicMessages.classify(429, headers, body('rate_limit_error', 'slow down')).retryAfterSeconds).toBe(seconds)
  })
})

describe('errors towards an Anthropic client', () => {
  it('have its shape', () => {
    expect(anthropicMessages.writeFailure(new Failure('rate-limited', 'Slow down.'), 'req_9')).toEqual({
      type: 'error',
      error: { type: 'rate_limit_error', message: 'Slow down.', metadata: { error_type: 'rate_limit_exceeded' } },
      request_id: 'req_9',
    })
  })

  it('make Claude Code compact when the context is full, whoever said so', () => {
    const message = (text: string): unknown => (anthropicMessages.writeFailure(new Failure('context-too-long', text), 'r').error as { message: string }).message
    expect(message("This model's maximum context length is 128000 tokens.")).toBe("prompt is too long: This model's maximum context length is 128000 tokens.")
    expect(message('Prompt is too long: 9 > 8')).toBe('prompt is too long: 9 > 8')
  })
})
