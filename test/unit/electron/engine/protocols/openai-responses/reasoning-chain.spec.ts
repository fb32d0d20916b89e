/** OpenAI's encrypted reasoning comes back to it through clients of every dialect that can carry it, in the place where it was. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { codecs } from '../../../../../../electron/engine/protocols/codecs.ts'
import { arrayOf, objectOf } from '../../../../../../electron/engine/protocols/json.ts'
import type { ChatEvent, JsonObject, JsonValue } from '../../../../../../shared/chat.ts'
import { CONTEXT, readStream } from './events.ts'

const fixture = fileURLToPath(new URL('../../../../../fixtures/answers/responses-tools-stream.json', import.meta.url))
const stream = (JSON.parse(readFileSync(fixture, 'utf8')) as { body: readonly string[] }).body.join('\n')
const events = readStream(Buffer.from(`${stream}\n`))

/** The client's next request: its history with this answer, and results of the two calls. */
const NEXT: Readonly<Record<'openai-chat' | 'anthropic-messages', (answer: JsonObject) => JsonObject>> = {
  'openai-chat': (answer) => ({
    messages: [
      { role: 'user', content: 'x' },
      objectOf(objectOf(arrayOf(answer.choices)[0])?.message) ?? {},
      { role: 'tool', tool_call_id: 'call_doc1', content: 'one' },
      { role: 'tool', tool_call_id: 'call_doc2', content: 'two' },
    ],
  }),
  'anthropic-messages': (answer) => ({
    max_tokens: 100,
    messages: [
      { role: 'user', content: 'x' },
      { role: 'assistant', content: answer.content as JsonValue },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'call_doc1', content: 'one' },
          { type: 'tool_result', tool_use_id: 'call_doc2', content: 'two' },
        ],
      },
    ],
  }),
}

describe.each(['openai-chat', 'anthropic-messages'] as const)('a client of %s', (dialect) => {
  const codec = codecs[dialect]
  const next = (said: readonly ChatEvent[], provider: string, upstreamModel: string) => {
    const answer = JSON.parse(JSON.stringify(codec.writeWhole(said, CONTEXT))) as JsonObject
    const view = codec.readRequest({ model: 'any', ...NEXT[dialect](answer) }, {})
    return (provider === 'openai' ? codecs['openai-responses'] : codecs['anthropic-messages']).writeRequest(view, {
      ...{ provider, upstreamModel, stream: false, outputLimit: undefined },
    })
  }

  it('brings the reasoning back before what it led to', () => {
    const { body, dropped } = next(events, 'openai', 'gpt-5.6')
    expect(arrayOf(body.input).map((item) => objectOf(item)?.type)).toEqual([
      ...['message', 'reasoning', 'message', 'function_call', 'function_call', 'function_call_output', 'function_call_output'],
    ])
    expect(arrayOf(body.input)[1]).toEqual({ type: 'reasoning', summary: [], encrypted_content: 'gAAAA-written-from-documentation' })
    expect(dropped).toEqual([])
  })

  it('brings it back with its summary', () => {
    const signature = events.findIndex((event) => event.type === 'reasoning-signature')
    const { body } = next(events.toSpliced(signature, 0, { type: 'reasoning-delta', text: 'First I look.' }), 'openai', 'gpt-5.6')
    expect(arrayOf(body.input)[1]).toMatchObject({
      summary: [{ type: 'summary_text', text: 'First I look.' }],
      encrypted_content: 'gAAAA-written-from-documentation',
    })
  })

  it('does not bring it to another maker', () => {
    const { body, dropped } = next(events, 'anthropic', 'claude-sonnet-4-5')
    expect(JSON.stringify(body)).not.toContain('gAAAA')
    expect(dropped.some((name) => name.includes('reasoning'))).toBe(true)
  })
})
