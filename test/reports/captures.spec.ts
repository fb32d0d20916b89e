/** What real clients send (Claude Code, Codex, opencode, the SDKs), translated to every upstream format and back: no text, tool, image or result is lost. */
import { describe, expect, it } from 'vitest'
import { clientCodec, upstreamFormats } from '../../electron/engine/protocols/codecs.ts'
import { type JsonObject, PROTOCOLS, type Protocol } from '../../shared/chat.ts'
import { captures } from '../support/client-captures.ts'
import type { Format } from '../support/formats.ts'
import { brokenRules } from '../support/request-rules.ts'
import { lossesOf } from './compare-twins.ts'

const TARGETS: readonly (readonly [Protocol, string, string])[] = [
  ['openai-chat', 'openai', 'gpt-4.1'],
  ['openai-chat', 'mistral', 'mistral-large-latest'],
  ['openai-responses', 'openai', 'gpt-5'],
  ['anthropic-messages', 'anthropic', 'claude-sonnet-4-5'],
  ['gemini', 'google', 'gemini-2.5-flash'],
  ['bedrock-converse', 'bedrock', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'],
  ['cohere-v2', 'cohere', 'command-a-vision-07-2025'],
  ['ollama-chat', 'ollama', 'qwen3:8b'],
]

it('has the captures at hand, or says that they are left out', () => {
  if (captures.length === 0) console.info('client captures: left out, they are not here')
  expect(captures.length === 0 || captures.length > 25).toBe(true)
  expect(new Set(TARGETS.map(([protocol]) => protocol))).toEqual(new Set(PROTOCOLS.filter((protocol) => protocol !== 'openai-completions')))
})

describe.each(captures)('what $name sends', ({ dialect, body }) => {
  const own = clientCodec(dialect)
  const view = own.readRequest(body, {})

  // between equal formats the client's own bytes go through, see test/gateway/relay.spec.ts
  it.each(TARGETS.filter(([protocol]) => protocol !== own.id))('reaches %s of %s (%s) whole, and comes back', (protocol, provider, upstreamModel) => {
    const format: Format = upstreamFormats[protocol]
    const written = format.writeRequest(view, { provider, upstreamModel, stream: view.stream, outputLimit: undefined })
    const sent = JSON.parse(JSON.stringify(written.body)) as JsonObject
    expect(lossesOf(view, sent)).toEqual([])
    expect(brokenRules(protocol, sent)).toEqual([])
    // Converse is spoken by providers alone
    if (format.readRequest === undefined) return
    const again = format.readRequest(sent, { model: upstreamModel, stream: view.stream })
    const home = upstreamFormats[own.id as Protocol]
    const back = home.writeRequest(again, { provider: HOMES[own.id] ?? '', upstreamModel: 'm', stream: view.stream, outputLimit: undefined })
    expect(lossesOf(view, JSON.parse(JSON.stringify(back.body)) as JsonObject)).toEqual([])
  })
})

const HOMES: Readonly<Record<string, string>> = { 'openai-chat': 'openai', 'openai-responses': 'openai', 'anthropic-messages': 'anthropic' }

it.each<[Protocol, JsonObject, string]>([
  [
    'openai-chat',
    {
      messages: [
        { role: 'assistant', tool_calls: [{ id: 'a' }] },
        { role: 'user', content: 'x' },
      ],
    },
    'calls a are answered by nothing',
  ],
  ['openai-chat', { messages: [{ role: 'user', content: 'x' }], tools: [{ type: 'function', function: { name: 'a.b' } }] }, 'tool name "a.b"'],
  ['anthropic-messages', { messages: [{ role: 'user', content: 'x' }] }, 'max_tokens is missing'],
  [
    'gemini',
    {
      contents: [
        { role: 'user', parts: [] },
        { role: 'user', parts: [] },
      ],
    },
    'two turns of user in a row',
  ],
  ['bedrock-converse', { messages: [{ role: 'assistant', content: [] }] }, 'the first turn is not the user’s'],
  ['cohere-v2', { messages: [{ role: 'user', content: 'x' }], tool_choice: 'auto' }, 'tool_choice auto'],
  ['openai-responses', { input: [{ type: 'function_call', call_id: 'a' }] }, 'calls a, answers '],
  ['ollama-chat', { messages: [{ role: 'assistant', tool_calls: [{ function: { arguments: '{}' } }] }] }, 'arguments that are no object'],
])('the rules of %s notice what breaks them', (protocol, body, broken) => {
  expect(brokenRules(protocol, body)).toContain(broken)
})
