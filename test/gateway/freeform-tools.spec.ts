/** Chat's freeform ("custom") tools, as Cursor declares its ApplyPatch, at models of other formats. Bodies are written from OpenAI's documentation. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkOpenAiStream } from '../../electron/engine/protocols/grammar/openai-chat.ts'
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

const PATCH = '*** Begin Patch\n"quoted"\n*** End Patch'
const GRAMMAR = { syntax: 'lark', definition: 'start: "*** Begin Patch"' }
const custom = { name: 'ApplyPatch', description: 'Changes files.', format: { type: 'grammar', grammar: GRAMMAR } }
const earlier = { id: 'call_1', type: 'custom', custom: { name: 'ApplyPatch', input: PATCH } }
const BODY = {
  messages: [
    { role: 'user', content: 'Change it.' },
    { role: 'assistant', content: null, tool_calls: [earlier] },
    { role: 'tool', tool_call_id: 'call_1', content: 'Done.' },
  ],
  tools: [{ type: 'custom', custom }],
  tool_choice: { type: 'custom', custom: { name: 'ApplyPatch' } },
}

async function ask(body: object): Promise<Response> {
  const headers = { authorization: `Bearer ${TEST_KEYS.client}`, 'content-type': 'application/json' }
  return fetch(`${running.address}/v1/chat/completions`, { method: 'POST', headers, body: JSON.stringify({ ...BODY, ...body }) })
}

it('are Claude’s as functions with one text, and their calls come back as the client knows them', async () => {
  const content = [{ type: 'tool_use', id: 'toolu_1', name: 'ApplyPatch', input: { input: PATCH } }]
  upstream.answer(answerJson({ type: 'message', role: 'assistant', content, stop_reason: 'tool_use', usage: { input_tokens: 1, output_tokens: 1 } }))
  const response = await ask({ model: 'anthropic/claude-sonnet-4-5' })
  expect(JSON.parse(upstream.seen[0]?.body ?? '')).toMatchObject({
    messages: [{}, { content: [{ type: 'tool_use', id: 'call_1', name: 'ApplyPatch', input: { input: PATCH } }] }, { content: [{ tool_use_id: 'call_1' }] }],
    tools: [{ name: 'ApplyPatch', input_schema: { required: ['input'] } }],
    tool_choice: { type: 'tool', name: 'ApplyPatch' },
  })
  expect(response.headers.get('x-switchyard-dropped')).toBeNull()
  expect(await response.json()).toMatchObject({
    choices: [{ finish_reason: 'tool_calls', message: { tool_calls: [{ id: 'toolu_1', type: 'custom', custom: { name: 'ApplyPatch', input: PATCH } }] } }],
  })
})

it('are GPT’s own behind Responses, and a streamed call tells its text', async () => {
  const item = { type: 'custom_tool_call', id: 'ctc_1', call_id: 'call_2', name: 'ApplyPatch' }
  const done = { ...item, input: PATCH, status: 'completed' }
  const response = { id: 'resp_1', status: 'completed', model: 'gpt-5-pro', output: [done], usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 } }
  const events = [
    { type: 'response.output_item.added', output_index: 0, item: { ...item, input: '' } },
    { type: 'response.custom_tool_call_input.delta', output_index: 0, item_id: 'ctc_1', delta: PATCH },
    { type: 'response.output_item.done', output_index: 0, item: done },
    { type: 'response.completed', response },
  ]
  const body = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
  upstream.answer(replay(Buffer.from(body), { headers: { 'content-type': 'text/event-stream' } }))
  const answered = await ask({ model: 'openai/gpt-5-pro', stream: true })
  expect(JSON.parse(upstream.seen[0]?.body ?? '')).toMatchObject({
    input: [{}, { type: 'custom_tool_call', call_id: 'call_1', input: PATCH }, { type: 'custom_tool_call_output', call_id: 'call_1', output: 'Done.' }],
    tools: [{ type: 'custom', name: 'ApplyPatch', description: 'Changes files.', format: { type: 'grammar', ...GRAMMAR } }],
    tool_choice: { type: 'custom', name: 'ApplyPatch' },
  })
  const chunks = checkOpenAiStream(await answered.text())
  expect(chunks.flatMap(({ choices }) => (choices as { delta: { tool_calls?: object[] } }[]).flatMap(({ delta }) => delta.tool_calls ?? []))).toEqual([
    { index: 0, id: 'call_2', type: 'custom', custom: { name: 'ApplyPatch', input: '' } },
    { index: 0, custom: { input: PATCH } },
  ])
})

it.each([true, false])('are relayed to OpenAI’s chat and back as they are, streamed: %j', async (stream) => {
  const call = { id: 'call_2', type: 'custom', custom: { name: 'ApplyPatch', input: PATCH } }
  const head = { id: 'chatcmpl-1', created: 1, model: 'gpt-4.1' }
  const message = { role: 'assistant', content: null, tool_calls: [stream ? { index: 0, ...call } : call] }
  const choice = { index: 0, [stream ? 'delta' : 'message']: message, finish_reason: stream ? null : 'tool_calls' }
  const chunks = [choice, { index: 0, delta: {}, finish_reason: 'tool_calls' }].map((one) => ({ ...head, object: 'chat.completion.chunk', choices: [one] }))
  const streamed = `${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')}data: [DONE]\n\n`
  upstream.answer(
    stream
      ? replay(Buffer.from(streamed), { headers: { 'content-type': 'text/event-stream' } })
      : answerJson({ ...head, object: 'chat.completion', choices: [choice], usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } }),
  )
  const answered = await ask({ model: 'openai/gpt-4.1', stream })
  expect(answered.status).toBe(200)
  expect(JSON.parse(upstream.seen[0]?.body ?? '')).toMatchObject(BODY)
  expect(await answered.text()).toContain(JSON.stringify(call).slice(1))
  expect(upstream.seen).toHaveLength(1)
  const [row] = await running.rows(1)
  const shown = await running.client['traffic.get']({ id: row?.id ?? '' })
  expect(shown.ok && shown.value.exchange?.answer?.toolCalls).toEqual([{ id: 'call_2', name: 'ApplyPatch', arguments: JSON.stringify({ input: PATCH }) }])
})
