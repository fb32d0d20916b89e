import { describe, expect, it } from 'vitest'
import { openaiResponses } from '../../../../../../electron/engine/protocols/openai-responses/openai-responses.ts'
import type { ChatEvent, JsonObject } from '../../../../../../shared/chat.ts'
import { meaningOf, readStream } from './events.ts'

const wire = (...events: readonly JsonObject[]): Buffer =>
  Buffer.from(events.map((event) => `event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`).join(''))

const CREATED = { type: 'response.created', response: { id: 'resp_1', model: 'm', status: 'in_progress', output: [] } }
const COMPLETED = { type: 'response.completed', response: { id: 'resp_1', model: 'm', status: 'completed', output: [] } }
const CALL = { id: 'fc_1', type: 'function_call', call_id: 'call_1', name: 'lookup', arguments: '' }
const added = (item: JsonObject) => ({ type: 'response.output_item.added', output_index: 0, item })
const done = (item: JsonObject) => ({ type: 'response.output_item.done', output_index: 0, item })
const argumentsDelta = (delta: string) => ({ type: 'response.function_call_arguments.delta', item_id: 'fc_1', output_index: 0, delta })

describe('a stream', () => {
  it('that ends inside of arguments is broken, never an empty call', () => {
    expect(() => readStream(wire(CREATED, added(CALL), argumentsDelta('{"a":')))).toThrow(/arguments of a tool call/)
    expect(() => readStream(wire(CREATED, added(CALL)))).toThrow(/arguments of a tool call/)
  })

  it('that lost a piece of the arguments is broken too', () => {
    expect(() => readStream(wire(CREATED, added(CALL), argumentsDelta('{"a":'), done({ ...CALL, arguments: '{"a":1}' }), COMPLETED))).not.toThrow()
    expect(() => readStream(wire(CREATED, added(CALL), argumentsDelta('1}'), done({ ...CALL, arguments: '{"a":1}' }), COMPLETED))).toThrow(
      /arguments of a tool/,
    )
    expect(() => readStream(wire(CREATED, added(CALL), argumentsDelta('{"a":'), COMPLETED))).toThrow(/arguments of a tool/)
  })

  it('that ends without its last event is broken', () => {
    expect(() => readStream(wire(CREATED, added({ id: 'm', type: 'message' })))).toThrow(/without saying why/)
  })

  it('is read from the ends of its items where it had no pieces', () => {
    const message = { id: 'msg_1', type: 'message', content: [{ type: 'output_text', text: 'Hello', annotations: [] }] }
    const call = { ...CALL, arguments: '{"a":1}' }
    const meaning = meaningOf(
      readStream(
        wire(CREATED, done(message), { ...done(call), output_index: 1 }, { ...done({ ...CALL, id: 'fc_2', call_id: 'b' }), output_index: 2 }, COMPLETED),
      ),
    )
    expect(meaning.text).toBe('Hello')
    expect(meaning.calls.map((each) => each.arguments)).toEqual(['{"a":1}', ''])
    expect(meaning.finish).toMatchObject({ reason: 'tool-calls', raw: 'completed' })
  })

  it('is read from its last event where it had nothing else', () => {
    const output = [{ id: 'msg_1', type: 'message', content: [{ type: 'refusal', refusal: 'No.' }] }]
    expect(meaningOf(readStream(wire({ ...COMPLETED, response: { ...COMPLETED.response, output } }))).refusal).toBe('No.')
  })

  it('ends each call before it finishes, also one that the provider never ended', () => {
    const types = readStream(wire(CREATED, added(CALL), argumentsDelta('{}'), COMPLETED)).map((event) => event.type)
    expect(types.slice(-2)).toEqual(['tool-call-end', 'finish'])
  })

  it('takes the free text of a tool as the one argument it is, in pieces', () => {
    const custom = { id: 'ctc_1', type: 'custom_tool_call', call_id: 'c', name: 'apply_patch', input: '' }
    const input = (delta: string) => ({ type: 'response.custom_tool_call_input.delta', item_id: 'ctc_1', output_index: 0, delta })
    const events = readStream(wire(CREATED, added(custom), input('say "'), input('hi"\n'), done({ ...custom, input: 'say "hi"\n' }), COMPLETED))
    expect(meaningOf(events).calls).toEqual([{ id: 'c', name: 'apply_patch', arguments: '{"input":"say \\"hi\\"\\n"}' }])
    expect(events.filter((event) => event.type === 'tool-call-delta').length).toBeGreaterThan(2)
  })

  it('tells a failure once, with the status it would have had at the door', () => {
    const error = { code: 'rate_limit_exceeded', message: 'Slow down.' }
    const events = readStream(wire(CREATED, { type: 'error', error }, { type: 'response.failed', response: { ...CREATED.response, status: 'failed', error } }))
    expect(events.filter((event) => event.type === 'error')).toEqual([{ type: 'error', code: 'rate_limit_exceeded', message: 'Slow down.', status: 429 }])
  })

  it.each(['not json', '[1]', '5'])('that holds %s is unreadable', (data) => {
    expect(() => readStream(Buffer.from(`data: ${data}\n\n`))).toThrow(/not an event of a response/)
  })

  it('that goes on with a call nobody began is unreadable', () => {
    expect(() => readStream(wire(CREATED, argumentsDelta('{}')))).toThrow(/had not begun/)
  })
})

describe('a whole answer', () => {
  it('that is no response is unreadable', () => {
    expect(() => openaiResponses.readWhole({ hello: 1 })).toThrow(/not a response/)
  })

  it('tells why it is incomplete', () => {
    const finish = (reason: string): ChatEvent | undefined =>
      openaiResponses.readWhole({ output: [], status: 'incomplete', incomplete_details: { reason } }).find((event) => event.type === 'finish')
    expect(finish('content_filter')).toEqual({ type: 'finish', reason: 'content-filter', raw: 'incomplete:content_filter' })
    expect(finish('max_output_tokens')).toEqual({ type: 'finish', reason: 'length', raw: 'incomplete:max_output_tokens' })
  })

  it('leaves out a breakdown that does not fit into its total', () => {
    const usage = { input_tokens: 3, input_tokens_details: { cached_tokens: 5 }, output_tokens: 2, output_tokens_details: { reasoning_tokens: 9 } }
    expect(meaningOf(openaiResponses.readWhole({ output: [], usage })).tokens).toEqual({ input: 3, output: 2 })
  })
})
