import { describe, expect, it } from 'vitest'
import { codecs } from '../../../../../../electron/engine/protocols/codecs.ts'
import { cohereV2 } from '../../../../../../electron/engine/protocols/cohere-v2/cohere-v2.ts'
import type { JsonObject } from '../../../../../../shared/chat.ts'
import { Failure } from '../../../../../../shared/failure.ts'
import { answers } from '../../../../../support/answer-cases.ts'
import { meaningOf, readStream } from '../../../../../support/answer-meaning.ts'
import { CUTS } from '../../../../../support/recordings.ts'

const target = { provider: 'cohere', upstreamModel: 'command-a-reasoning-08-2025', stream: false, outputLimit: undefined }
/** What a chat client's body becomes. */
const written = (body: JsonObject, upstreamModel = target.upstreamModel) =>
  cohereV2.writeRequest(codecs['openai-chat'].readRequest({ model: 'm', messages: [{ role: 'user', content: 'hi' }], ...body }, {}), {
    ...target,
    upstreamModel,
  })
const tool = (name: string, extra: object = {}) => ({ type: 'function', function: { name, parameters: { type: 'object', properties: {} }, ...extra } })
const event = (type: string, fields: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`

describe('a request to Cohere', () => {
  it('says sampling in its words, within its limits', () => {
    const { body, dropped } = written({
      max_completion_tokens: 9,
      temperature: 0.4,
      top_p: 1,
      top_k: 900,
      seed: 3,
      stop: ['a', 'b', 'c', 'd', 'e', 'f'],
      frequency_penalty: -1,
      user: 'u',
    })
    expect(body).toMatchObject({ max_tokens: 9, temperature: 0.4, p: 0.99, k: 500, seed: 3, stop_sequences: ['a', 'b', 'c', 'd', 'e'], frequency_penalty: 0 })
    expect(dropped.toSorted()).toEqual(['frequency_penalty', 'stop', 'top_k', 'user'])
  })

  it('offers a tool that is chosen by name alone, and demands it', () => {
    const { body } = written({ tools: [tool('a'), tool('b')], tool_choice: { type: 'function', function: { name: 'b' } } })
    expect(body).toMatchObject({ tools: [tool('b')], tool_choice: 'REQUIRED' })
    expect(body.tools).toHaveLength(1)
    expect(written({ tools: [tool('a')], tool_choice: 'auto' }).body).not.toHaveProperty('tool_choice')
    expect(written({ tools: [tool('a')], tool_choice: 'none' }).body).toMatchObject({ tool_choice: 'NONE' })
  })

  it('holds all tools to their schemas or none', () => {
    expect(written({ tools: [tool('a', { strict: true })] })).toMatchObject({ body: { strict_tools: true }, dropped: [] })
    const mixed = written({ tools: [tool('a', { strict: true }), tool('b')] })
    expect(mixed.body).not.toHaveProperty('strict_tools')
    expect(mixed.dropped).toEqual(['strict'])
  })

  it('gives a plan back with the calls it led to, and what others have signed to nobody', () => {
    const calls = [{ id: 'c1', type: 'function', function: { name: 'a', arguments: '' } }]
    const turn = (extra: object) =>
      (
        written({
          messages: [
            { role: 'user', content: 'q' },
            { role: 'assistant', content: null, tool_calls: calls, ...extra },
          ],
        }).body.messages as readonly JsonObject[]
      )[1]
    expect(turn({ reasoning: 'I will look.' })).toEqual({
      role: 'assistant',
      tool_plan: 'I will look.',
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'a', arguments: '{}' } }],
    })
    const signed = { reasoning_details: [{ type: 'reasoning.text', text: 'secret', signature: 'sig', format: 'anthropic-claude-v1' }] }
    expect(turn(signed)).not.toHaveProperty('tool_plan')
  })

  it('thinks by budget where the model can', () => {
    expect(written({ reasoning_effort: 'none' }).body.thinking).toEqual({ type: 'disabled' })
    expect(written({ reasoning_effort: 'low', max_tokens: 1000 }).body.thinking).toEqual({ type: 'enabled', token_budget: 200 })
    expect(written({ reasoning_effort: 'low' }, 'command-r-plus')).toMatchObject({ dropped: ['reasoning'] })
    expect(written({ reasoning_effort: 'low' }, 'command-a-03-2025').body).not.toHaveProperty('thinking')
  })

  it('asks for a schema, but not beside tools', () => {
    const response_format = { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object' } } }
    expect(written({ response_format }).body.response_format).toEqual({ type: 'json_object', json_schema: { type: 'object' } })
    expect(written({ response_format, tools: [tool('a')] })).toMatchObject({ dropped: ['response_format'] })
  })

  it('shows pictures of results in the turn after', () => {
    const view = codecs['anthropic-messages'].readRequest(
      {
        model: 'm',
        max_tokens: 5,
        messages: [
          { role: 'user', content: 'look' },
          { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'shot', input: {} }] },
          {
            role: 'user',
            content: [
              { type: 'tool_result', tool_use_id: 't1', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }] },
            ],
          },
        ],
      },
      {},
    )
    const messages = cohereV2.writeRequest(view, target).body.messages as readonly JsonObject[]
    expect(messages.slice(2)).toEqual([
      { role: 'tool', tool_call_id: 't1', content: 'The result follows in the next message.' },
      { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] },
    ])
  })
})

describe('an answer of Cohere', () => {
  it.each(answers('cohere-v2').filter(({ what, stream }) => stream && !what.includes('/')))('reads the same at any cut: $what', ({ body, expected }) => {
    for (const size of CUTS) {
      const meaning = meaningOf(readStream(cohereV2, body, size))
      expect(meaning.text).toBe(expected.text)
      expect(meaning.calls.map(({ name, arguments: args }) => ({ name, arguments: args }))).toEqual(expected.calls)
    }
  })

  it('that stops inside a call is no answer, whatever its end says', () => {
    const start = event('tool-call-start', { index: 0, delta: { message: { tool_calls: { id: 'a', function: { name: 'a', arguments: '{"x":' } } } } })
    expect(() => readStream(cohereV2, Buffer.from(start))).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
    const end = event('message-end', { delta: { finish_reason: 'TOOL_CALL' } })
    expect(() => readStream(cohereV2, Buffer.from(start + end))).toThrow(expect.objectContaining({ kind: 'stream-broken' }))
  })

  it('tells of an error in band', () => {
    const events = readStream(cohereV2, Buffer.from(event('message-end', { delta: { finish_reason: 'ERROR', error: 'it broke' } })))
    expect(events).toEqual([{ type: 'error', message: 'it broke' }])
  })

  it('that is none is said to be unreadable', () => {
    expect(() => cohereV2.readWhole({ choices: [] })).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
    expect(() => readStream(cohereV2, Buffer.from('data: hello\n\n'))).toThrow(expect.objectContaining({ kind: 'upstream-unreadable' }))
  })
})

it.each([
  [401, 'invalid api token', 'credential-refused'],
  [404, "model 'x' not found, make sure the correct model ID was used", 'model-missing'],
  [400, 'too many tokens: total number of tokens cannot exceed 4096', 'context-too-long'],
  [429, 'You are using a Trial key, which is limited to 1000 API calls / month.', 'out-of-credit'],
  [429, 'Please wait and try again later', 'rate-limited'],
  [422, 'unknown field: parameter "foo" is not a valid field', 'unsupported-parameter'],
  [400, 'invalid request: messages must not be empty', 'bad-request'],
  [503, '', 'overloaded'],
  [500, '<html>oops</html>', 'upstream-error'],
] as const)('%d %s is %s', (status, message, kind) => {
  const body = message === '' || message.startsWith('<') ? message : JSON.stringify({ id: 'x', message })
  expect(cohereV2.classify(status, {}, body).kind).toBe(kind)
})

it('tells its clients of failures in their shape', () => {
  expect(cohereV2.writeFailure(new Failure('unknown-model', 'There is no model.'), 'req-1')).toEqual({ id: 'req-1', message: 'There is no model.' })
})
