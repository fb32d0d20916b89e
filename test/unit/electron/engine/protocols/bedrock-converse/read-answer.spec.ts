import { describe, expect, it } from 'vitest'
import { bedrockConverse } from '../../../../../../electron/engine/protocols/bedrock-converse/bedrock-converse.ts'
import type { ChatEvent } from '../../../../../../shared/chat.ts'
import type { FailureKind } from '../../../../../../shared/failure.ts'
import { converseMessage, exceptionMessage } from '../../../../../support/event-stream.ts'
import { readStream } from './meaning.ts'

const delta = (contentBlockIndex: number, value: object): Buffer => converseMessage('contentBlockDelta', { contentBlockIndex, delta: value })
const stop = (contentBlockIndex: number): Buffer => converseMessage('contentBlockStop', { contentBlockIndex })
const start = converseMessage('messageStart', { role: 'assistant' })
const call = converseMessage('contentBlockStart', { contentBlockIndex: 1, start: { toolUse: { toolUseId: 't1', name: 'weather' } } })
const ended = (stopReason: string): Buffer => converseMessage('messageStop', { stopReason })

describe('a Converse stream', () => {
  it('tells reasoning with its proof, as Anthropic’s own', () => {
    const b64 = (words: string): string => Buffer.from(words).toString('base64')
    const stream = [
      start,
      delta(0, { reasoningContent: { text: 'Hm.' } }),
      delta(0, { reasoningContent: { signature: 'c2ln' } }),
      stop(0),
      delta(1, { reasoningContent: { redactedContent: b64('EmwK') } }),
      delta(1, { reasoningContent: { redactedContent: b64('AhgB') } }),
      stop(1),
      delta(2, { text: 'Yes.' }),
      stop(2),
      ended('end_turn'),
    ]
    expect(readStream(stream)).toEqual<ChatEvent[]>([
      { type: 'response-start' },
      { type: 'reasoning-delta', text: 'Hm.' },
      { type: 'reasoning-signature', signature: 'c2ln', format: 'anthropic-messages' },
      { type: 'reasoning-signature', redacted: 'EmwKAhgB', format: 'anthropic-messages' },
      { type: 'text-delta', text: 'Yes.' },
      { type: 'finish', reason: 'stop', raw: 'end_turn' },
    ])
  })

  it('counts what went through the cache apart, an hour’s apart from five minutes’', () => {
    const usage = {
      inputTokens: 5,
      cacheReadInputTokens: 7,
      cacheWriteInputTokens: 30,
      cacheDetails: [
        { ttl: '1h', inputTokens: 20 },
        { ttl: '5m', inputTokens: 10 },
      ],
      outputTokens: 3,
      totalTokens: 45,
    }
    const events = readStream([start, delta(0, { text: 'x' }), stop(0), ended('max_tokens'), converseMessage('metadata', { usage })])
    expect(events.at(-1)).toEqual({ type: 'usage', tokens: { input: 5, cacheRead: 7, cacheWrite5m: 10, cacheWrite1h: 20, output: 3 } })
    expect(events.at(-2)).toEqual({ type: 'finish', reason: 'length', raw: 'max_tokens' })
  })

  it('keeps citations and tools that ran at the provider away from the client’s tools', () => {
    const serverTool = { toolUseId: 's1', name: 'nova_grounding', type: 'server_tool_use' }
    const stream = [
      start,
      converseMessage('contentBlockStart', { contentBlockIndex: 0, start: { toolUse: serverTool } }),
      delta(0, { toolUse: { input: '{"q":1}' } }),
      stop(0),
      delta(1, { text: 'So it is.' }),
      delta(1, { citation: { title: 'facts' } }),
      stop(1),
      ended('end_turn'),
    ]
    expect(readStream(stream).filter(({ type }) => type !== 'text-delta')).toEqual([
      { type: 'response-start' },
      { type: 'opaque', protocol: 'bedrock-converse', value: { toolUse: { ...serverTool, input: { q: 1 } } } },
      { type: 'opaque', protocol: 'bedrock-converse', value: { citation: { title: 'facts' } } },
      { type: 'finish', reason: 'stop', raw: 'end_turn' },
    ])
  })

  it.each([
    ['guardrail_intervened', 'content-filter'],
    ['content_filtered', 'content-filter'],
    ['malformed_tool_use', 'error'],
    ['model_context_window_exceeded', 'length'],
    ['a_word_of_tomorrow', 'stop'],
  ])('that ends with %s has finished by %s', (raw, reason) => {
    expect(readStream([start, ended(raw)]).at(-1)).toEqual({ type: 'finish', reason, raw })
  })

  it.each([
    ['before its stop reason', [start, delta(0, { text: 'x' })]],
    ['inside the arguments of a tool', [start, call, delta(1, { toolUse: { input: '{"ci' } })]],
    ['with a stop reason inside a tool call', [start, call, delta(1, { toolUse: { input: '{"ci' } }), ended('max_tokens')]],
  ])('that ends %s is broken, and no well-formed empty call', (_where, stream) => {
    expect(() => readStream(stream)).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
  })

  it.each([
    ['throttlingException', 429],
    ['modelStreamErrorException', 424],
    ['serviceUnavailableException', 503],
    ['validationException', 400],
  ])('tells of %s as an error of status %i', (type, status) => {
    expect(readStream([start, exceptionMessage(type, 'Not now.')]).at(-1)).toEqual({ type: 'error', message: 'Not now.', code: type, status })
  })

  it('that is not of this format is refused', () => {
    expect(() => readStream([delta(1, { toolUse: { input: '{}' } })])).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
    expect(() => bedrockConverse.readWhole({ message: 'hello' })).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
  })
})

describe('an error of Bedrock', () => {
  it.each<[number, string | undefined, string, FailureKind]>([
    [429, 'ThrottlingException', 'Too many requests, please wait before trying again.', 'rate-limited'],
    [429, 'ThrottlingException', 'Too many tokens per day, please wait before trying again.', 'out-of-credit'],
    [403, 'AccessDeniedException:http://internal.amazon.com/coral/', 'You don’t have access to the model.', 'credential-refused'],
    [403, undefined, 'The request signature we calculated does not match.', 'credential-refused'],
    [400, 'ValidationException', 'Input is too long for requested model.', 'context-too-long'],
    [400, 'ValidationException', 'The model returned the following errors: prompt is too long: 210000 tokens > 200000 maximum', 'context-too-long'],
    [400, 'ValidationException', 'Invocation of model ID x with on-demand throughput isn’t supported.', 'model-missing'],
    [
      400,
      'ValidationException',
      'The model returned the following errors: `temperature` and `top_p` cannot both be specified for this model.',
      'unsupported-parameter',
    ],
    [400, 'ValidationException', 'Malformed input request: #/messages: required', 'bad-request'],
    [404, 'ResourceNotFoundException', 'This model version has reached the end of its life.', 'model-missing'],
    [424, 'ModelErrorException', 'The model failed.', 'upstream-error'],
    [408, 'ModelTimeoutException', 'The model took too long.', 'overloaded'],
    [503, undefined, '', 'overloaded'],
    [529, undefined, '', 'overloaded'],
  ])('%i %s "%s" is %s', (status, name, message, kind) => {
    const headers = name === undefined ? {} : { 'x-amzn-errortype': name }
    const failure = bedrockConverse.classify(status, headers, message === '' ? '<html>no</html>' : JSON.stringify({ message }))
    expect(failure.kind).toBe(kind)
    expect(failure.message).toContain(message)
    expect(failure.message).not.toContain('<html>')
  })
})
