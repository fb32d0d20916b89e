import { describe, expect, test } from 'vitest'
import { openaiChat } from '../../../../../../electron/engine/protocols/openai-chat/openai-chat.ts'
import { Failure, type FailureKind } from '../../../../../../shared/failure.ts'

function error(message: string, fields: object = {}): string {
  return JSON.stringify({ error: { message, ...fields } })
}

/** Bodies as the providers document or are known to send them. */
const CASES: readonly (readonly [string, number, string, FailureKind])[] = [
  ['OpenAI: too long', 400, error("This model's maximum context length is 8192 tokens.", { code: 'context_length_exceeded' }), 'context-too-long'],
  [
    'vLLM: too long, by its text alone',
    400,
    JSON.stringify({ object: 'error', message: "This model's maximum context length is 4096 tokens", code: 400 }),
    'context-too-long',
  ],
  ['OpenAI: out of quota', 429, error('You exceeded your current quota', { type: 'insufficient_quota', code: 'insufficient_quota' }), 'out-of-credit'],
  ['OpenAI: rate limit', 429, error('Rate limit reached', { code: 'rate_limit_exceeded' }), 'rate-limited'],
  ['OpenAI: slow down', 503, error('Slow down', { code: 'slow_down' }), 'rate-limited'],
  ['OpenAI: no access to the model', 403, error('Project does not have access to model gpt-9', { code: 'model_not_found' }), 'model-missing'],
  ['OpenAI: server error', 500, error('The server had an error', { type: 'server_error' }), 'upstream-error'],
  [
    'Azure: filtered prompt',
    400,
    error('The response was filtered', { code: 'content_filter', innererror: { code: 'ResponsibleAIPolicyViolation' } }),
    'content-policy',
  ],
  ['OpenRouter: moderation', 403, error('Your input was flagged', { code: 403, metadata: { reasons: ['violence'] } }), 'content-policy'],
  ['OpenRouter: no credits', 402, error('Insufficient credits', { code: 402 }), 'out-of-credit'],
  ['OpenRouter: no such model', 400, error('foo/bar is not a valid model ID', { code: 400 }), 'model-missing'],
  [
    'OpenRouter: the provider’s own words',
    429,
    error('Provider returned error', { code: 429, metadata: { raw: error('You exceeded your current quota') } }),
    'out-of-credit',
  ],
  ['Groq: larger than the minute allows', 413, error('Request too large', { type: 'tokens', code: 'rate_limit_exceeded' }), 'rate-limited'],
  ['Groq: no flex capacity', 498, error('capacity exceeded'), 'overloaded'],
  [
    'xAI: wrong key',
    400,
    JSON.stringify({ code: 'Client specified an invalid argument', error: 'Incorrect API key provided: xa***. You can obtain one' }),
    'credential-refused',
  ],
  ['Mistral: wrong key', 401, JSON.stringify({ detail: 'Invalid API Key' }), 'credential-refused'],
  [
    'Mistral: unknown field',
    422,
    JSON.stringify({ detail: [{ type: 'extra_forbidden', loc: ['body', 'top_k'], msg: 'Extra inputs are not permitted' }] }),
    'unsupported-parameter',
  ],
  ['Mistral: no such model', 400, JSON.stringify({ object: 'error', message: 'Invalid model: x', type: 'invalid_model', code: '1500' }), 'model-missing'],
  ['Ollama: no such model', 404, JSON.stringify({ error: "model 'x' not found" }), 'model-missing'],
  ['DeepSeek: no balance', 402, error('Insufficient Balance', { type: 'unknown_error' }), 'out-of-credit'],
  ['Together: overloaded', 503, error('The server is overloaded'), 'overloaded'],
  ['Z.ai: no balance', 429, error('Insufficient balance', { code: '1113' }), 'out-of-credit'],
  ['Google: a list', 400, `[${error('API key not valid. Please pass a valid API key.', { code: 400 })}]`, 'credential-refused'],
  ['a parameter the model refuses', 400, error("Unsupported parameter: 'stop'", { code: 'unsupported_parameter', param: 'stop' }), 'unsupported-parameter'],
  ['plain bad request', 400, error("Invalid type for 'messages'", { param: 'messages' }), 'bad-request'],
  ['a proxy’s page', 502, '<html><head><title>502 Bad Gateway</title></head></html>', 'overloaded'],
  ['Cloudflare', 522, '', 'overloaded'],
  ['too large for a proxy', 413, '<html>413</html>', 'body-too-large'],
  ['nothing at all', 500, '', 'upstream-error'],
]

describe('classifying refusals', () => {
  test.each(CASES)('%s', (_, status, body, kind) => {
    const failure = openaiChat.classify(status, {}, body)
    expect(failure.kind).toBe(kind)
    expect(failure.upstreamStatus).toBe(status)
    expect(failure.message).not.toMatch(/[<>]/)
    expect(failure.message).not.toBe('')
  })

  test('keeps the provider’s sentence, code and field', () => {
    // xAI and Groq name it in their sentence alone
    const sentences: readonly (readonly [string, string])[] = [
      [JSON.stringify({ code: 'invalid-argument', error: 'Model grok-4.6 does not support parameter presencePenalty.' }), 'presence_penalty'],
      [JSON.stringify({ code: 'Client specified an invalid argument', error: 'Argument not supported on this model: stop' }), 'stop'],
      [error('`reasoning_effort` is not supported with this model'), 'reasoning_effort'],
      [error("property 'store' is unsupported"), 'store'],
      [error('`reasoning_effort` must be one of `none` or `default`'), 'reasoning_effort'],
    ]
    for (const [body, param] of sentences) expect(openaiChat.classify(400, {}, body)).toMatchObject({ kind: 'unsupported-parameter', param })
    const failure = openaiChat.classify(400, {}, error("Unsupported parameter: 'stop'", { code: 'unsupported_parameter', param: 'stop' }))
    expect(failure).toMatchObject({ message: "Unsupported parameter: 'stop'", code: 'unsupported_parameter', param: 'stop' })
    expect(openaiChat.classify(422, {}, CASES.find(([name]) => name === 'Mistral: unknown field')?.[2] ?? '').param).toBe('top_k')
  })

  test('shows no key and no endless text', () => {
    const failure = openaiChat.classify(401, {}, error(`Incorrect key sk-made-up-key-42 ${'word '.repeat(300)}`))
    expect(failure.message).toContain('[hidden]')
    expect(failure.message).not.toContain('made-up')
    expect(failure.message.length).toBeLessThanOrEqual(500)
  })

  test.each<[string, Record<string, string>, string, number | undefined]>([
    ['seconds', { 'retry-after': '7' }, '', 7],
    ['milliseconds', { 'retry-after-ms': '1500', 'retry-after': '9' }, '', 1.5],
    ['a date, against the answer’s own', { 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT', date: 'Sun, 22 Nov 2026 10:00:00 GMT' }, '', 30],
    ['a date without one to compare', { 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT' }, '', undefined],
    [
      'the reset of the limit that is used up',
      { 'x-ratelimit-remaining-requests': '5', 'x-ratelimit-reset-requests': '1h', 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '6m0s' },
      '',
      360,
    ],
    ['a moment of OpenRouter', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1754667660000', date: 'Fri, 08 Aug 2025 15:40:34 GMT' }, '', 26],
    ['the sentence', {}, 'Rate limit reached. Please try again in 1m2.5s.', 62.5],
    ['nothing', {}, 'Too many requests', undefined],
  ])('reads how long to wait from %s', (_, headers, message, seconds) => {
    expect(openaiChat.classify(429, headers, error(message)).retryAfterSeconds).toBe(seconds)
  })
})

describe('writing failures', () => {
  test('gives OpenAI’s clients the shape and code they match on', () => {
    expect(openaiChat.writeFailure(new Failure('unknown-model', 'No such model.', { param: 'model' }), 'req-1')).toEqual({
      error: {
        message: 'No such model.',
        type: 'invalid_request_error',
        param: 'model',
        code: 'model_not_found',
        metadata: { error_type: 'not_found', request_id: 'req-1' },
      },
    })
  })

  test('does not hand a status on as a code, and says what the provider answered', () => {
    const failure = openaiChat.classify(429, { 'retry-after': '3' }, error('Slow', { code: 429 }))
    expect(openaiChat.writeFailure(failure, 'req-1')).toMatchObject({
      error: { code: 'rate_limit_exceeded', metadata: { upstream_status: 429, retry_after_seconds: 3 } },
    })
  })
})
