/** A tool whose name the provider refuses is still called by the name its client gave it. */
import Anthropic from '@anthropic-ai/sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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

const NAME = `mcp__plugin_chrome_devtools__${'take_snapshot_of_everything_'.repeat(3)}`
const asked = {
  model: 'openai/gpt-4.1',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'Look.' }],
  tools: [{ name: NAME, input_schema: { type: 'object' as const } }],
  tool_choice: { type: 'tool' as const, name: NAME },
}

function client(): Anthropic {
  return new Anthropic({ apiKey: TEST_KEYS.client, baseURL: running.address, maxRetries: 0 })
}

/** What the provider was told the tool is called. */
function wireName(): string {
  const body = JSON.parse(upstream.seen.at(-1)?.body ?? '{}')
  expect(body.tool_choice.function.name).toBe(body.tools[0].function.name)
  return body.tools[0].function.name
}

describe('a tool with a name of more than 64 characters', () => {
  it('is called by its own name in a whole answer', async () => {
    upstream.answer((seen, response) => {
      const name = JSON.parse(seen.body).tools[0].function.name as string
      const message = { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name, arguments: '{}' } }] }
      return answerJson({ id: 'c', object: 'chat.completion', choices: [{ index: 0, message, finish_reason: 'tool_calls' }] })(seen, response)
    })
    const answer = await client().messages.create(asked)
    expect(wireName()).toMatch(/^[a-zA-Z0-9_-]{1,64}$/)
    expect(answer.content).toMatchObject([{ type: 'tool_use', name: NAME }])
  })

  it('is called by its own name in a streamed one, and goes back under the same', async () => {
    upstream.answer((seen, response) => {
      const name = JSON.parse(seen.body).tools[0].function.name as string
      const call = { index: 0, id: 'call_1', type: 'function', function: { name, arguments: '{}' } }
      const chunk = (delta: object, finish: string | null) => `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
      return replay(Buffer.from(`${chunk({ tool_calls: [call] }, null)}${chunk({}, 'tool_calls')}data: [DONE]\n\n`))(seen, response)
    })
    const answer = await client().messages.stream(asked).finalMessage()
    const first = wireName()
    expect(answer.content).toMatchObject([{ type: 'tool_use', name: NAME }])
    const results = [{ type: 'tool_result' as const, tool_use_id: 'call_1', content: 'seen' }]
    const messages = [...asked.messages, { role: 'assistant' as const, content: answer.content }, { role: 'user' as const, content: results }]
    await client()
      .messages.stream({ ...asked, messages })
      .finalMessage()
    expect(wireName()).toBe(first)
    expect(JSON.parse(upstream.seen.at(-1)?.body ?? '{}').messages[1].tool_calls[0].function.name).toBe(first)
  })
})
