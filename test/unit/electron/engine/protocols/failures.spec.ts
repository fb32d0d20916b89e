/**
 * What each provider's refusals mean: one row for each body shape and case, written from the providers' documentation; those marked 'recorded' bear
 * the words of a recorded answer. And how a failure looks to the clients that act on it.
 */
import { describe, expect, it } from 'vitest'
import { inBand } from '../../../../../electron/engine/attempt/failover.ts'
import { codecs, upstreamFormats } from '../../../../../electron/engine/protocols/codecs.ts'
import { statusTowards } from '../../../../../electron/engine/protocols/protocol.ts'
import type { JsonObject, Protocol } from '../../../../../shared/chat.ts'
import { FAILURE_KINDS, Failure, type FailureKind } from '../../../../../shared/failure.ts'

type Row = readonly [what: string, status: number, body: string | object, kind: FailureKind, headers?: Readonly<Record<string, string>>]

const openai = (message: string, fields: object = {}): object => ({ error: { message, type: 'invalid_request_error', param: null, code: null, ...fields } })
const anthropic = (type: string, message: string, details?: object): object => ({ type: 'error', error: { type, message, ...(details && { details }) } })
const google = (code: number, status: string, message: string, details: readonly object[] = []): object => ({ error: { code, message, status, details } })
const aws = (name: string): Readonly<Record<string, string>> => ({ 'x-amzn-errortype': `${name}:http://internal.amazon.com/coral/` })
const quota = (quotaId: string): object => ({ '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId }] })

const ROWS: Readonly<Partial<Record<Protocol, readonly Row[]>>> = {
  'anthropic-messages': [
    ['rate limit', 429, anthropic('rate_limit_error', 'This request would exceed your rate limit'), 'rate-limited'],
    ['spend limit', 429, anthropic('rate_limit_error', 'Limit reached', { error_code: 'enforced_spend_limit_reached' }), 'out-of-credit'],
    ['no credit', 400, anthropic('invalid_request_error', 'Your credit balance is too low to access the Anthropic API.'), 'out-of-credit'],
    ['billing', 402, anthropic('billing_error', 'There is an issue with your billing.'), 'out-of-credit'],
    ['overloaded', 529, anthropic('overloaded_error', 'Overloaded'), 'overloaded'],
    ['overloaded behind a proxy', 520, '<html>', 'overloaded'],
    ['server', 500, anthropic('api_error', 'Internal server error'), 'upstream-error'],
    ['wrong key (recorded)', 401, anthropic('authentication_error', 'invalid x-api-key'), 'credential-refused'],
    ['no permission', 403, anthropic('permission_error', 'Your API key does not have permission.'), 'credential-refused'],
    ['no such model (recorded)', 404, anthropic('not_found_error', 'model: there-is-no-such-model'), 'model-missing'],
    ['too long', 400, anthropic('invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'), 'context-too-long'],
    [
      'too long with the answer',
      400,
      anthropic('invalid_request_error', 'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000'),
      'context-too-long',
    ],
    ['effort (recorded)', 400, anthropic('invalid_request_error', "This model does not support effort level 'xhigh'."), 'unsupported-parameter'],
    ['policy', 400, anthropic('invalid_request_error', 'Output blocked by content filtering policy'), 'content-policy'],
    ['bad request', 400, anthropic('invalid_request_error', 'messages: at least one message is required'), 'bad-request'],
    ['too large', 413, anthropic('request_too_large', 'Request exceeds the maximum size'), 'body-too-large'],
    ['timeout', 504, anthropic('timeout_error', 'timed out'), 'overloaded'],
  ],
  gemini: [
    ['a minute’s quota', 429, google(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota', [quota('RequestsPerMinutePerProject')]), 'rate-limited'],
    ['a day’s quota', 429, google(429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota', [quota('RequestsPerDayPerProject')]), 'out-of-credit'],
    ['overloaded', 503, google(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'), 'overloaded'],
    ['server', 500, google(500, 'INTERNAL', 'An internal error has occurred.'), 'upstream-error'],
    ['deadline', 504, google(504, 'DEADLINE_EXCEEDED', 'Deadline expired'), 'overloaded'],
    ['wrong key (recorded)', 400, google(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.'), 'credential-refused'],
    ['no permission', 403, google(403, 'PERMISSION_DENIED', 'Permission denied on resource project'), 'credential-refused'],
    ['no such model (recorded)', 404, google(404, 'NOT_FOUND', 'models/nonexistent-model is not found for API version v1beta'), 'model-missing'],
    [
      'too long',
      400,
      google(400, 'INVALID_ARGUMENT', 'The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).'),
      'context-too-long',
    ],
    ['unknown field', 400, google(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received. Unknown name "foo"'), 'unsupported-parameter'],
    ['bad request', 400, google(400, 'INVALID_ARGUMENT', 'Please ensure that function call turn comes immediately after a user turn'), 'bad-request'],
    ['in a list', 404, [google(404, 'NOT_FOUND', 'Publisher Model was not found')], 'model-missing'],
    ['a page', 502, '<!doctype html><html>', 'overloaded'],
  ],
  'bedrock-converse': [
    ['throttled', 429, { message: 'Too many requests, please wait' }, 'rate-limited', aws('ThrottlingException')],
    ['a day’s tokens', 429, { message: 'Too many tokens per day, please wait' }, 'out-of-credit', aws('ThrottlingException')],
    ['not ready', 429, { message: 'The model is not ready' }, 'overloaded', aws('ModelNotReadyException')],
    ['unavailable', 503, { message: 'Try again' }, 'overloaded', aws('ServiceUnavailableException')],
    ['model timeout', 408, { message: 'timed out' }, 'overloaded', aws('ModelTimeoutException')],
    ['model error', 424, { message: 'the model failed' }, 'upstream-error', aws('ModelErrorException')],
    ['token (recorded)', 403, { message: 'The security token included in the request is invalid.' }, 'credential-refused', aws('UnrecognizedClientException')],
    ['access', 403, { message: "You don't have access to the model with the specified model ID." }, 'credential-refused', aws('AccessDeniedException')],
    ['no such model (recorded)', 400, { message: 'The provided model identifier is invalid.' }, 'model-missing', aws('ValidationException')],
    ['too long', 400, { message: 'Input Tokens Exceeded: Number of input tokens exceeds maximum length' }, 'context-too-long', aws('ValidationException')],
    ['too long at Claude', 400, { message: 'prompt is too long: 210000 tokens > 200000 maximum' }, 'context-too-long', aws('ValidationException')],
    ['too long at Llama', 400, { message: "This model's maximum context length is 131072 tokens" }, 'context-too-long', aws('ValidationException')],
    ['field (recorded)', 400, { message: "This model doesn't support the s3Uri field." }, 'unsupported-parameter', aws('ValidationException')],
    ['bad request (recorded)', 400, { message: 'messages.2.content.2.document.source.type: Field required' }, 'bad-request', aws('ValidationException')],
    ['no header', 500, '', 'upstream-error'],
  ],
  'cohere-v2': [
    ['rate limit', 429, { id: '1', message: 'You are using a Trial key, which is limited to 10 API calls / minute.' }, 'rate-limited'],
    ['a month’s trial', 429, { id: '1', message: 'You are using a Trial key, which is limited to 1000 API calls / month.' }, 'out-of-credit'],
    ['wrong key (recorded)', 401, { id: '1', message: 'Incorrect API key provided: ****' }, 'credential-refused'],
    ['invalid token', 498, { message: 'invalid token' }, 'credential-refused'],
    ['retired (recorded)', 404, { id: '1', message: "model 'command-r' was removed on September 15, 2025." }, 'model-missing'],
    ['too long', 400, { message: 'too many tokens: the total number of tokens in the prompt cannot exceed 128000' }, 'context-too-long'],
    ['unsupported', 422, { message: 'invalid field: unknown field' }, 'unsupported-parameter'],
    ['bad request', 400, { message: 'invalid request: messages must not be empty' }, 'bad-request'],
    ['server', 500, { message: 'internal server error' }, 'upstream-error'],
    ['unavailable', 503, { message: 'unavailable' }, 'overloaded'],
  ],
  'openai-responses': [
    ['quota (recorded)', 429, openai('You exceeded your current quota', { type: 'insufficient_quota', code: 'insufficient_quota' }), 'out-of-credit'],
    ['no such model (recorded)', 400, openai("The requested model 'x' does not exist.", { param: 'model', code: 'model_not_found' }), 'model-missing'],
    ['reasoning alone (recorded)', 400, openai("Item 'rs_1' of type 'reasoning' was provided without its required following item."), 'bad-request'],
    ['too long', 400, openai('Your input exceeds the context window of this model.', { code: 'context_length_exceeded' }), 'context-too-long'],
    ['xAI: wrong key (recorded)', 400, { code: 'invalid-argument', error: 'Incorrect API key provided.' }, 'credential-refused'],
    ['overloaded', 503, openai('busy', { code: 'server_is_overloaded' }), 'overloaded'],
  ],
  'openai-chat': [
    ['xAI: too long', 400, { code: 'x', error: 'maximum prompt length is 131072 but the request contains 537812 tokens.' }, 'context-too-long'],
    [
      'Mistral: too long',
      400,
      { object: 'error', message: 'Prompt contains 40000 tokens, too large for model with 32768 maximum context length' },
      'context-too-long',
    ],
    [
      'llama.cpp: too long',
      400,
      { error: { code: 400, message: 'the request exceeds the available size', type: 'exceed_context_size_error' } },
      'context-too-long',
    ],
    ['Moonshot: too long', 400, openai('Your request exceeded model token limit: 131072'), 'context-too-long'],
    ['TGI: too long', 422, { error: '`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000', error_type: 'validation' }, 'context-too-long'],
    ['Alibaba: too long', 400, openai('Range of input length should be [1, 98304]'), 'context-too-long'],
    ['a local server that knows only 500', 500, openai('the context length is exceeded', { code: 'context_length_exceeded' }), 'context-too-long'],
    ['spend limit', 429, openai('limit', { code: 'project_spend_limit_exceeded' }), 'out-of-credit'],
    ['organisation’s limit', 429, openai('limit', { code: 'organization_usage_limit_exceeded' }), 'out-of-credit'],
    ['Groq: failed call (recorded)', 400, openai('Tool call validation failed', { code: 'tool_use_failed' }), 'bad-request'],
    ['Azure: wrong key (recorded)', 401, { error: { code: '401', message: 'Access denied due to invalid subscription key' } }, 'credential-refused'],
    ['Hugging Face', 429, { error: 'Too Many Requests' }, 'rate-limited'],
    ['null everywhere', 400, { error: { message: null, type: null, code: null } }, 'bad-request'],
    ['an error of odd shape', 500, { error: [1, 2] }, 'upstream-error'],
  ],
  'ollama-chat': [
    ['no such model (recorded)', 404, { error: "model 'nonexistent-model:latest' not found" }, 'model-missing'],
    ['too long', 400, { error: 'input length exceeds maximum context length' }, 'context-too-long'],
    ['no tools', 400, { error: 'registry.ollama.ai/library/gemma:2b does not support tools' }, 'unsupported-parameter'],
  ],
}

describe.each(Object.entries(ROWS))('a refusal of %s', (protocol, rows) => {
  it.each(rows.map((row) => ({ what: row[0], row })))('$what', ({ row: [, status, body, kind, headers = {}] }) => {
    const failure = upstreamFormats[protocol as Protocol].classify(status, headers, typeof body === 'string' ? body : JSON.stringify(body))
    expect(failure.kind).toBe(kind)
    expect(failure.upstreamStatus).toBe(status)
    expect(failure.message).not.toMatch(/^\s*$|<(?!=)/)
  })
})

describe('a failure told in band, without a status', () => {
  it.each<[Protocol, string, FailureKind]>([
    ['openai-responses', 'context_length_exceeded', 'context-too-long'],
    ['openai-chat', 'context_length_exceeded', 'context-too-long'],
    ['openai-chat', 'rate_limit_exceeded', 'rate-limited'],
    ['openai-chat', 'insufficient_quota', 'out-of-credit'],
    ['openai-responses', 'server_is_overloaded', 'overloaded'],
    ['anthropic-messages', 'overloaded_error', 'overloaded'],
    ['bedrock-converse', 'throttlingException', 'rate-limited'],
  ])('of %s: %s', (protocol, code, kind) => {
    expect(inBand({ type: 'error', message: 'It did not work.', code }, upstreamFormats[protocol]).kind).toBe(kind)
  })
})

describe('a prompt that is too long', () => {
  const said = (message: string): unknown =>
    (codecs['anthropic-messages'].writeFailure(new Failure('context-too-long', message), 'r').error as JsonObject).message

  it.each([
    ["OpenAI: This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens.", 130_000, 128_000],
    ['OpenAI: maximum context length is 8192 tokens, however you requested 9000 tokens (5000 in your prompt; 4000 for the completion).', 9000, 8192],
    ['Gemini: The input token count (1048577) exceeds the maximum number of tokens allowed (1048576).', 1_048_577, 1_048_576],
    ['xAI: maximum prompt length is 131,072 but the request contains 537,812 tokens.', 537_812, 131_072],
    ['Mistral: Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length', 40_000, 32_768],
    ['Cerebras: Current length is 9000 while limit is 8192', 9000, 8192],
  ])('is told to Claude Code with its numbers: %s', (message, tokens, limit) => {
    expect(said(message)).toBe(`prompt is too long: ${tokens} tokens > ${limit} maximum (${message})`)
  })

  it('is told in Claude’s own sentence where Claude said it', () => {
    expect(said('Anthropic: prompt is too long: 210000 tokens > 200000 maximum')).toBe('prompt is too long: 210000 tokens > 200000 maximum')
  })

  it('invents no numbers', () => {
    expect(said('OpenAI: Your input exceeds the context window of this model.')).toMatch(/^prompt is too long: OpenAI/)
    expect(said('The maximum context length is 8192 tokens.')).toMatch(/^prompt is too long: The maximum/)
  })

  it('has the code that OpenAI’s clients match on, whatever its provider’s was', () => {
    const failure = new Failure('context-too-long', 'Too long.', { code: 'string_above_max_length' })
    for (const id of ['openai-chat', 'openai-responses'] as const)
      expect(codecs[id].writeFailure(failure, 'r').error).toMatchObject({ code: 'context_length_exceeded' })
  })
})

it('tells an Anthropic client of a busy provider as Anthropic does, everybody else by the table', () => {
  for (const kind of FAILURE_KINDS) {
    const { status } = new Failure(kind, '').rule
    for (const codec of Object.values(codecs)) {
      const own = codec.id === 'anthropic-messages' && (kind === 'overloaded' || kind === 'shutting-down')
      expect(statusTowards(codec, kind)).toBe(own ? 529 : status)
    }
  }
})
