/** What Codex really sends, translated to every other format and back. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { codecs } from '../../../../../../electron/engine/protocols/codecs.ts'
import { openaiResponses } from '../../../../../../electron/engine/protocols/openai-responses/openai-responses.ts'
import type { ChatView, ClientProtocol, JsonObject, JsonValue, Part } from '../../../../../../shared/chat.ts'
import { SHARED_DIR } from '../../../../../support/recordings.ts'

/** A turn of a coding agent with everything that this format alone has; origin: written from documentation. */
const documented: JsonObject = {
  model: 'openai/gpt-5.6',
  stream: true,
  store: false,
  include: ['reasoning.encrypted_content'],
  parallel_tool_calls: true,
  prompt_cache_key: 'thread-1',
  reasoning: { effort: 'high', summary: 'auto' },
  input: [
    { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'You are a coding agent.' }] },
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Fix the bug – bitte, 🐛' }] },
    { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Look first.' }], encrypted_content: 'gAAAA-made-up' },
    { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'exec_command', arguments: '{"cmd":"cat a.ts"}' },
    { type: 'function_call', id: 'fc_2', call_id: 'call_2', name: 'spawn_agent', namespace: 'multi_agent_v1', arguments: '{"task":"review"}' },
    { type: 'function_call_output', call_id: 'call_1', output: 'const a = 1' },
    { type: 'function_call_output', call_id: 'call_2', output: 'agent 7' },
    { type: 'custom_tool_call', call_id: 'call_3', name: 'apply_patch', input: '*** Begin Patch\n+"quoted" \\ and\ttabbed\n*** End Patch' },
    { type: 'custom_tool_call_output', call_id: 'call_3', output: 'Done.' },
    { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Fixed.', annotations: [] }] },
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Thanks. Now the tests.' }] },
  ],
  tools: [
    {
      type: 'function',
      name: 'exec_command',
      description: 'Runs a command.',
      strict: false,
      parameters: { type: 'object', properties: { cmd: { type: 'string' } }, required: ['cmd'] },
    },
    {
      type: 'namespace',
      name: 'multi_agent_v1',
      description: 'Agents.',
      tools: [
        {
          type: 'function',
          name: 'spawn_agent',
          description: 'Starts one.',
          strict: false,
          parameters: { type: 'object', properties: { task: { type: 'string' } }, required: ['task'] },
        },
      ],
    },
    {
      type: 'custom',
      name: 'apply_patch',
      description: 'Changes files.',
      format: { type: 'grammar', syntax: 'lark', definition: 'start: "*** Begin Patch"' },
    },
    { type: 'web_search', external_web_access: false },
  ],
}

/** The captures with the lists that were shortened for reading ("… 5 more") made whole again. */
function captured(): readonly JsonObject[] {
  const file = `${SHARED_DIR}client-captures/codex.json`
  if (!existsSync(file)) return []
  const calls = JSON.parse(readFileSync(file, 'utf8')) as readonly { readonly url: string; readonly body?: JsonObject }[]
  const withoutNotes = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return (value as readonly JsonValue[]).filter((entry) => typeof entry !== 'string' || !entry.startsWith('… ')).map(withoutNotes)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withoutNotes(field)]))
  }
  return calls.flatMap(({ url, body }) => (url.endsWith('/v1/responses') && body !== undefined ? [withoutNotes(body) as JsonObject] : []))
}

const requests = [['documented', documented] as const, ...captured().map((body, index) => [`captured ${index + 1}`, body] as const)]

interface Told {
  readonly texts: readonly string[]
  readonly calls: readonly { readonly id: string; readonly name: string; readonly arguments: unknown }[]
  readonly results: readonly { readonly id: string; readonly text: string }[]
  readonly tools: readonly { readonly name: string; readonly parameters: unknown }[]
}

/** What must survive: every word, call, result and tool. Instructions in mid-conversation may have become tagged text. */
function told(view: ChatView): Told {
  const parts = view.messages.flatMap((message) => message.parts)
  const textOf = (list: readonly Part[]): string => list.map((part) => (part.type === 'text' ? part.text : '')).join('')
  return {
    texts: parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])),
    calls: parts.flatMap((part) => (part.type === 'tool-call' ? [{ id: part.id, name: part.name, arguments: JSON.parse(part.arguments) as unknown }] : [])),
    results: parts.flatMap((part) => (part.type === 'tool-result' ? [{ id: part.callId, text: textOf(part.parts) }] : [])),
    tools: view.tools.map(({ name, parameters }) => ({ name, parameters })),
  }
}

const TARGETS: readonly { readonly protocol: ClientProtocol; readonly provider: string; readonly upstreamModel: string }[] = [
  { protocol: 'openai-chat', provider: 'openai', upstreamModel: 'gpt-4.1' },
  { protocol: 'anthropic-messages', provider: 'anthropic', upstreamModel: 'claude-sonnet-4-5' },
  { protocol: 'gemini', provider: 'google', upstreamModel: 'gemini-3-pro' },
  { protocol: 'openai-responses', provider: 'openai', upstreamModel: 'gpt-5.6' },
]

describe.each(requests)('the request of Codex, %s', (_, body) => {
  const view = openaiResponses.readRequest(body, {})

  test.each(TARGETS)('loses no word, call, result or tool on its way to $protocol and back', ({ protocol, ...target }) => {
    const codec = codecs[protocol]
    const written = codec.writeRequest(view, { ...target, stream: true, outputLimit: 32_000 })
    const again = codec.readRequest(JSON.parse(JSON.stringify(written.body)) as JsonObject, { model: target.upstreamModel })
    expect(again.messages.length).toBeGreaterThan(0)
    const before = told(view)
    const after = told(again)
    const words = (texts: readonly string[]): string => texts.join('\n').replaceAll(/\n*<\/?system>\n*|\n+/g, '\n')
    expect(words(after.texts)).toBe(words(before.texts))
    expect(after.calls).toEqual(before.calls)
    expect(after.results).toEqual(before.results)
    expect(after.tools).toEqual(before.tools)
  })

  test('names what only OpenAI can do', () => {
    const { dropped } = codecs['anthropic-messages'].writeRequest(view, {
      provider: 'anthropic',
      upstreamModel: 'claude-sonnet-4-5',
      stream: true,
      outputLimit: undefined,
    })
    expect(dropped).toContain('prompt_cache_key')
    expect(dropped.some((name) => /^tools\[\d+\]$/.test(name))).toBe(true)
  })
})
