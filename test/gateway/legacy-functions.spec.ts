/** Chat clients of the time before tools send `functions` and know `function_call` alone. Bodies are written from OpenAI's documentation. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkOpenAiStream } from '../../electron/engine/protocols/grammar/openai-chat.ts'
import type { JsonObject } from '../../shared/chat.ts'
import { answerJson, type FakeUpstream, fakeUpstream, replay } from '../support/fake-upstream.ts'
import { startGateway, TEST_KEYS, type TestGateway } from '../support/gateway.ts'

let upstream: FakeUpstream
let running: TestGateway
beforeEach(async () => {
  upstream = await fakeUpstream()
  running = await startGateway({ upstream: upstream.url })
})
afterEach(async () => {
  await running.close()
  await upstream.close()
})

const functions = [{ name: 'look', parameters: { type: 'object', properties: { at: { type: 'string' } } } }]
const LEGACY = { functions, function_call: 'auto' }
const use = (id: string, at: string) => ({ type: 'tool_use', id, name: 'look', input: { at } })
const claude = (content: readonly object[], stop: string): JsonObject =>
  ({ type: 'message', role: 'assistant', content, stop_reason: stop, usage: { input_tokens: 1, output_tokens: 1 } }) as JsonObject

function ask(body: object): Promise<Response> {
  const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
  const asked = { model: 'anthropic/claude-sonnet-4-5', messages: [{ role: 'user', content: 'Look.' }], ...body }
  return fetch(`${running.address}/v1/chat/completions`, { method: 'POST', headers, body: JSON.stringify(asked) })
}

it('get function_call from models of other formats, and go on with it', async () => {
  upstream.answer(answerJson(claude([use('toolu_1', 'it'), use('toolu_2', 'that')], 'tool_use')))
  const { choices } = (await (await ask(LEGACY)).json()) as { choices: [{ message: JsonObject; finish_reason: string }] }
  const [{ message, finish_reason }] = choices
  expect(finish_reason).toBe('function_call')
  expect(message).toMatchObject({ content: null, function_call: { name: 'look', arguments: '{"at":"it"}' } })
  expect(message).not.toHaveProperty('tool_calls')

  upstream.answer(answerJson(claude([{ type: 'text', text: 'Seen.' }], 'end_turn')))
  const history = [{ role: 'user', content: 'Look.' }, message, { role: 'function', name: 'look', content: 'a cat' }]
  const second = (await (await ask({ ...LEGACY, messages: history })).json()) as { choices: object[] }
  expect(second.choices).toMatchObject([{ message: { content: 'Seen.' }, finish_reason: 'stop' }])
  const { messages } = JSON.parse(upstream.seen.at(-1)?.body ?? '') as { messages: { content: { id?: string; tool_use_id?: string }[] }[] }
  expect(messages).toMatchObject([{}, { content: [{ name: 'look', input: { at: 'it' } }] }, { content: [{ type: 'tool_result', content: 'a cat' }] }])
  expect(messages[2]?.content[0]?.tool_use_id).toBe(messages[1]?.content[0]?.id)
})

const CALLED = [
  { type: 'message_start', message: { id: 'm', type: 'message', role: 'assistant', model: 'c', content: [], usage: { input_tokens: 1, output_tokens: 1 } } },
  ...[0, 1].flatMap((index) => [
    { type: 'content_block_start', index, content_block: { ...use(`toolu_${index}`, ''), input: {} } },
    ...(index === 0 ? ['{"at":', '"it"}'] : []).map((partial_json) => ({
      type: 'content_block_delta',
      index,
      delta: { type: 'input_json_delta', partial_json },
    })),
    { type: 'content_block_stop', index },
  ]),
  { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 1 } },
  { type: 'message_stop' },
]
const STREAM = Buffer.from(CALLED.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''))

it.each([
  ['get function_call in a stream', LEGACY, ['{"at":', '"it"}'].map((piece) => ({ function_call: { arguments: piece } })), 'function_call'],
  ['who send tools as well get tool_calls', { ...LEGACY, tools: [{ type: 'function', function: functions[0] }] }, undefined, 'tool_calls'],
])('%s', async (_what, body, pieces, finish) => {
  upstream.answer(replay(STREAM, { headers: { 'content-type': 'text/event-stream' } }))
  const choices = checkOpenAiStream(await (await ask({ ...body, stream: true })).text()).flatMap(
    (chunk) => chunk.choices as readonly { delta: JsonObject; finish_reason: string | null }[],
  )
  expect(choices.at(-1)?.finish_reason).toBe(finish)
  const called = choices.map(({ delta }) => delta).filter((delta) => 'function_call' in delta)
  expect(called).toEqual(pieces === undefined ? [] : [{ function_call: { name: 'look', arguments: '' } }, ...pieces])
  expect(choices.some(({ delta }) => 'tool_calls' in delta)).toBe(pieces === undefined)
})
