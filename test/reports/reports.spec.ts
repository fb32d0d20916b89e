/** The reports find what they are there to find, on a folder of made-up recordings. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anthropicMessages } from '../../electron/engine/protocols/anthropic-messages/anthropic-messages.ts'
import { openaiChat } from '../../electron/engine/protocols/openai-chat/openai-chat.ts'
import type { JsonObject } from '../../shared/chat.ts'
import { compareTwins } from './compare-twins.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-recordings-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const OPENAI_REQUEST = {
  model: 'm',
  messages: [
    { role: 'user', content: 'What is the weather in Oslo?' },
    { role: 'assistant', content: null, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }] },
    { role: 'tool', tool_call_id: 'call_1', content: '{"degrees":-3}' },
  ],
  tools: [
    {
      type: 'function',
      function: { name: 'weather', description: 'Tells the weather.', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
    },
  ],
}
const ANTHROPIC_REQUEST = {
  model: 'c',
  max_tokens: 100,
  messages: [
    { role: 'user', content: 'What is the weather in Oslo?' },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Oslo' } }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: '{"degrees":-3}' }] },
  ],
  tools: [{ name: 'weather', description: 'Tells the weather.', input_schema: { type: 'object', properties: { city: { type: 'string' } } } }],
}
const USAGE = { prompt_tokens: 3, completion_tokens: 2 }
const answer = (text: string): object => ({
  id: 'x',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
  usage: { ...USAGE, total_tokens: 5 },
})

function record(id: string, response: object, expected: object, request?: object): void {
  const [provider, api] = id.split('/')
  const place = join(folder, 'cases', id)
  mkdirSync(place, { recursive: true })
  const facts = { provider, api, model: 'm', streaming: false, features: ['text'], twin: 'one', status: 200 }
  writeFileSync(join(place, 'meta.json'), JSON.stringify({ ...facts, response: { status: 200, headers: {}, file: 'response.json' } }))
  writeFileSync(join(place, 'response.json'), JSON.stringify(response))
  writeFileSync(join(place, 'expected.json'), JSON.stringify(expected))
  if (request !== undefined) writeFileSync(join(place, 'request.json'), JSON.stringify(request))
}

function run(script: string): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), '--dir', folder], { encoding: 'utf8' })
  return { status, text: stdout + stderr }
}

const SAID = { text: 'Cold.', finish_reason: 'stop', finish_reason_raw: 'stop', usage: USAGE }

describe('report:recordings', () => {
  it('passes what reads as expected, and names what it leaves out with the reason', () => {
    record('openai/openai-chat/good', answer('Cold.'), SAID)
    record('acme/acme-chat/foreign', {}, SAID)
    const { status, text } = run('./recordings.ts')
    expect(status, text).toBe(0)
    expect(text).toMatch(/openai +\| openai-chat +\| whole +\| 1 \/ 1/)
    expect(text).toContain('no reader for this api (acme-chat): 1\n  - acme/acme-chat/foreign')
    expect(text).toContain('2 recordings: 1 passed, 0 failed, 1 left out')
  })

  it('takes a provider that nobody has heard of, by the api that it speaks', () => {
    record('nobody/openai-chat/good', answer('Cold.'), SAID)
    record(
      'nobody/openai-embeddings/good',
      { data: [{ index: 0, embedding: [0.5, -0.25] }], usage: { prompt_tokens: 3 } },
      { aux: true, usage: { prompt_tokens: 3 } },
    )
    record('nobody/bedrock-count-tokens/good', { inputTokens: 23 }, { aux: true, input_tokens: 23 })
    record('nobody/models-list/good', { object: 'list', data: [{ id: 'a' }, { id: 'b' }] }, { aux: true })
    record('nobody/openai-moderations/foreign', {}, { aux: true })
    const { status, text } = run('./recordings.ts')
    expect(status, text).toBe(0)
    expect(text).toContain('5 recordings: 4 passed, 0 failed, 1 left out')
    expect(text).toContain('moderation is not offered here (openai-moderations): 1')
    expect(text).toMatch(/nobody +\| text +\| 4 \/ 4 +\| - +\| 1 /)
  })

  it('fails when a count, a vector or a list is not what was recorded', () => {
    record('x/openai-input-tokens/wrong', { input_tokens: 3 }, { aux: true, input_tokens: 4 })
    record('x/openai-embeddings/wrong', { data: [{ index: 0, embedding: [0.5] }], usage: { prompt_tokens: 2 } }, { aux: true, usage: { prompt_tokens: 3 } })
    record('x/models-list/wrong', { data: [{ id: '' }] }, { aux: true })
    const { status, text } = run('./recordings.ts')
    expect(status).toBe(1)
    expect(text).toContain('read: 3 tokens instead of 4')
    expect(text).toContain('read: 2 tokens instead of 3')
    expect(text).toContain('3 recordings: 0 passed, 3 failed, 0 left out')
  })

  it('tells of a case that cannot even be loaded, and goes on', () => {
    record('openai/openai-chat/good', answer('Cold.'), SAID)
    record('openai/openai-chat/gone', answer('Cold.'), SAID)
    rmSync(join(folder, 'cases/openai/openai-chat/gone/response.json'))
    const { status, text } = run('./recordings.ts')
    expect(status).toBe(1)
    expect(text).toContain('2 recordings: 1 passed, 1 failed, 0 left out')
  })

  it('fails when an answer says something else than its independent reader found', () => {
    record('openai/openai-chat/wrong', answer('Warm.'), SAID)
    const { status, text } = run('./recordings.ts')
    expect(status).toBe(1)
    expect(text).toContain('read: text: "Warm." instead of "Cold."')
  })
})

describe('report:twins', () => {
  it('finds two providers clients alike in what they say', () => {
    record('openai/openai-chat/twin', answer('Cold.'), SAID, OPENAI_REQUEST)
    record('anthropic/anthropic-messages/twin', {}, SAID, ANTHROPIC_REQUEST)
    const { status, text } = run('./twins.ts')
    expect(status, text).toBe(0)
    expect(text).toContain('2 pairs of twins: 2 kept all text, tools, images, results and reasoning, 0 lost some, 0 left out.')
    expect(text).not.toContain('## Different')
  })

  it('leaves out what goes on from a conversation that only its provider has', () => {
    record('openai/openai-responses/twin', {}, SAID, { model: 'm', input: 'And now?', previous_response_id: 'resp_1' })
    record('anthropic/anthropic-messages/twin', {}, SAID, ANTHROPIC_REQUEST)
    const { status, text } = run('./twins.ts')
    expect(status, text).toBe(0)
    expect(text).toContain('goes on from what only its provider has (previous_response_id): 2 pairs')
  })

  it('fails when a request cannot be translated at all', () => {
    record('openai/openai-chat/twin', answer('Cold.'), SAID, { ...OPENAI_REQUEST, messages: 'spoilt' })
    record('anthropic/anthropic-messages/twin', {}, SAID, ANTHROPIC_REQUEST)
    const { status, text } = run('./twins.ts')
    expect(status).toBe(1)
    expect(text).toContain('2 pairs of twins: 0 kept all text, tools, images, results and reasoning, 2 lost some, 0 left out.')
  })

  it.each<[string, (body: JsonObject) => JsonObject]>([
    ['result "-3"', (body) => ({ ...body, messages: (body.messages as readonly JsonObject[]).slice(0, 2) })],
    ['text "What is the weather in Oslo?"', (body) => ({ ...body, messages: (body.messages as readonly JsonObject[]).slice(1) })],
    ['tool "Tells the weather."', ({ tools: _tools, ...body }) => body],
    ['reasoning of anthropic-messages is not there: U2lnbmVk', (body) => JSON.parse(JSON.stringify(body).replaceAll('U2lnbmVk', '')) as JsonObject],
  ])('notices a writer that loses the %s', (loss, spoil) => {
    const format = {
      ...anthropicMessages,
      writeRequest: (...given: Parameters<typeof anthropicMessages.writeRequest>) => {
        const { body, dropped } = anthropicMessages.writeRequest(...given)
        return { body: spoil(body), dropped }
      },
    }
    const [user, called, result] = OPENAI_REQUEST.messages
    const thought = { type: 'reasoning.text', text: 'Oslo it is.', signature: 'U2lnbmVk', format: 'anthropic-claude-v1' }
    const view = openaiChat.readRequest({ ...OPENAI_REQUEST, messages: [user, { ...called, reasoning_details: [thought] }, result] } as JsonObject, {})
    const target = { format, provider: 'anthropic', model: 'claude-sonnet-4-5', stream: false, body: ANTHROPIC_REQUEST, places: new Set<string>() }
    expect(compareTwins(view, target).losses).toContain(loss)
  })
})
