/** Names of tools that a format refuses: written under another name everywhere in a request, and the client's own again in the answer. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codecs, upstreamFormats } from '../../../../../electron/engine/protocols/codecs.ts'
import type { WriteTarget } from '../../../../../electron/engine/protocols/protocol.ts'
import { SseSplitter } from '../../../../../electron/engine/protocols/sse.ts'
import { restoringToolNames } from '../../../../../electron/engine/protocols/tool-names.ts'
import type { ChatEvent, ChatView, JsonValue, Protocol } from '../../../../../shared/chat.ts'

/** As each provider documents it. Ollama takes any name. */
const RULES: readonly (readonly [Protocol, RegExp, WriteTarget])[] = [
  ['openai-chat', /^[a-zA-Z0-9_-]{1,64}$/, target('openai', 'gpt-4.1')],
  ['openai-chat', /^[a-zA-Z0-9_-]{1,64}$/, target('mistral', 'mistral-large-latest')],
  ['openai-responses', /^[a-zA-Z0-9_-]{1,64}$/, target('openai', 'gpt-5.6')],
  ['anthropic-messages', /^[a-zA-Z0-9_-]{1,128}$/, target('anthropic', 'claude-sonnet-4-5')],
  ['gemini', /^[a-zA-Z_][a-zA-Z0-9_.-]{0,63}$/, target('google', 'gemini-3-flash')],
  ['bedrock-converse', /^[a-zA-Z0-9_-]{1,64}$/, target('bedrock', 'anthropic.claude-sonnet-4-5-20250929-v1:0')],
  ['cohere-v2', /^[a-zA-Z_][a-zA-Z0-9_]{0,63}$/, target('cohere', 'command-a-03-2025')],
]

function target(provider: string, upstreamModel: string): WriteTarget {
  return { provider, upstreamModel, stream: false, outputLimit: 8192 }
}

const LONG = `mcp__plugin_${'very_'.repeat(25)}long`
const ODD = ['files.read', 'files/read', 'files read', '7zip', 'größe', LONG, `${LONG}er`]

function view(names: readonly string[], chosen: string): ChatView {
  return {
    model: 'm',
    messages: [
      { role: 'user', parts: [{ type: 'text', text: 'Use them all.' }] },
      ...names.flatMap((name, index) => [
        { role: 'assistant', parts: [{ type: 'tool-call', id: `call_${index}`, name, arguments: '{}' }] } as const,
        { role: 'tool', parts: [{ type: 'tool-result', callId: `call_${index}`, name, parts: [{ type: 'text', text: 'done' }], isError: false }] } as const,
      ]),
    ],
    stream: false,
    wantsUsage: true,
    tools: names.map((name) => ({ name, parameters: { type: 'object', properties: {} } })),
    toolChoice: { type: 'tool', name: chosen },
    needs: new Set(['tools']),
    unmodelled: {},
    routing: { fallbackModels: [], requireParameters: false },
  }
}

/** Every text under `name` and in Gemini's `allowedFunctionNames`. */
function namesIn(value: JsonValue, key = ''): string[] {
  if (typeof value === 'string') return key === 'name' || key === 'allowedFunctionNames' ? [value] : []
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap((entry) => namesIn(entry, key))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, entry]) => namesIn(entry, name))
}

describe.each(RULES)('%s with names that it takes: %s', (protocol, legal, where) => {
  const format = upstreamFormats[protocol]

  it('knows every tool by one legal name, in the list, the choice and the history', () => {
    const { body, toolNames } = format.writeRequest(view(ODD, LONG), where)
    const names = namesIn(body)
    expect(names.length).toBeGreaterThan(ODD.length)
    for (const name of names) expect(name).toMatch(legal)
    const onTheWire = new Set(names)
    // Cohere is offered the chosen tool alone, the others stand in the history
    expect(onTheWire.size).toBe(ODD.length)
    expect([...onTheWire].map((name) => toolNames?.get(name) ?? name)).toEqual(expect.arrayContaining(ODD))
  })

  it('names a tool the same in every turn, whatever else is offered', () => {
    const wireName = (names: readonly string[]) => {
      const { toolNames } = format.writeRequest(view(names, LONG), where)
      return [...(toolNames ?? [])].find(([, original]) => original === LONG)?.[0]
    }
    expect(wireName([LONG])).toBe(wireName(ODD.toReversed()))
  })

  it('leaves names alone that it takes anyway', () => {
    expect(format.writeRequest(view(['read_file', 'Bash'], 'Bash'), where).toolNames).toBeUndefined()
  })

  it('never gives two tools one name', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 12 }), (names) => {
        const { body, toolNames } = format.writeRequest(view(names, names[0] ?? ''), where)
        const onTheWire = new Set(namesIn(body))
        expect(onTheWire.size).toBe(names.length)
        expect(new Set([...onTheWire].map((name) => toolNames?.get(name) ?? name))).toEqual(new Set(names))
      }),
    )
  })
})

it('steps aside for a tool that bears the very name already', () => {
  const taken = namesIn(codecs['openai-chat'].writeRequest(view(['files.read'], 'files.read'), target('openai', 'gpt-4.1')).body)[0] ?? ''
  const { body, toolNames } = codecs['openai-chat'].writeRequest(view(['files.read', taken], taken), target('openai', 'gpt-4.1'))
  expect(new Set(namesIn(body)).size).toBe(2)
  expect(toolNames?.has(taken)).toBe(false)
})

describe.each(Object.values(codecs))('an answer of $id', (codec) => {
  const answer: readonly ChatEvent[] = [
    { type: 'response-start' },
    { type: 'tool-call-start', index: 0, id: 'call_1', name: 'wire_name' },
    { type: 'tool-call-delta', index: 0, arguments: '{"a":1}' },
    { type: 'tool-call-end', index: 0 },
    { type: 'finish', reason: 'tool-calls', raw: 'tool_calls' },
  ]
  const context = { requestId: 'r', model: 'm', createdAt: 0, wantsUsage: true }
  const restoring = restoringToolNames(codec, new Map([['wire_name', 'files.read']]))
  const named = (events: readonly ChatEvent[]) => events.flatMap((event) => (event.type === 'tool-call-start' ? [event.name] : []))

  it('bears the client’s own name, whole', () => {
    expect(named(restoring.readWhole(codec.writeWhole(answer, context)))).toEqual(['files.read'])
  })

  it('bears the client’s own name, streamed', () => {
    const writer = codec.writer(context)
    const text = answer.map((event) => writer.write(event)).join('') + writer.end()
    const reader = restoring.reader()
    const frames = (codec.splitter?.() ?? new SseSplitter()).push(Buffer.from(text))
    const events = frames.flatMap(({ event }) => (event === undefined ? [] : reader.read(event)))
    expect(named([...events, ...reader.end()])).toEqual(['files.read'])
  })
})
