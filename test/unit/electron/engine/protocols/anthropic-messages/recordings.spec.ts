import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { anthropicMessages } from '../../../../../../electron/engine/protocols/anthropic-messages/anthropic-messages.ts'
import { checkAnthropicStream } from '../../../../../../electron/engine/protocols/grammar/anthropic-messages.ts'
import type { ChatEvent, JsonObject, JsonValue, Part } from '../../../../../../shared/chat.ts'
import { load, RECORDINGS_PRESENT, type Recording, recordings, SHARED_DIR } from '../../../../../support/recordings.ts'
import { meaningOf, readStream, readText } from './events.ts'

const TARGET = { provider: 'anthropic', stream: false, outputLimit: undefined }
const CONTEXT = { requestId: 'r1', model: 'asked-for', createdAt: 0, wantsUsage: true }

const cases = recordings('anthropic-messages')

function eventsOf(recording: Recording): readonly ChatEvent[] {
  return recording.streaming ? readStream([recording.body]) : anthropicMessages.readWhole(JSON.parse(recording.body.toString('utf8')) as JsonObject)
}

describe.runIf(RECORDINGS_PRESENT)('recorded answers', () => {
  it.each(cases.filter((line) => line.status === 200))('keep the blocks that only this format has: $id', (line) => {
    const recording = load(line)
    const kinds = meaningOf(eventsOf(recording)).opaque.map((value) => (JSON.parse(value) as JsonObject).type)
    expect(kinds.filter((kind) => /tool_use$|tool_result$/.test(String(kind)))).toEqual(recording.expected.other ?? [])
  })

  it.each(cases.filter((line) => line.status === 200))('written again, as stream and as a whole, keep their meaning: $id', (line) => {
    const events = eventsOf(load(line))
    const before = meaningOf(events)
    const writer = anthropicMessages.writer(CONTEXT)
    const stream = events.map((event) => writer.write(event)).join('') + writer.end()
    checkAnthropicStream(stream)
    expect(meaningOf(readText(stream))).toEqual(before)
    const whole = anthropicMessages.readWhole(anthropicMessages.writeWhole(events, CONTEXT))
    const again = meaningOf(whole)
    expect(again.toolCalls.map((call) => (call.arguments === '' ? {} : JSON.parse(call.arguments)))).toEqual(
      before.toolCalls.map((call) => (call.arguments === '' ? {} : JSON.parse(call.arguments))),
    )
    expect({ ...again, toolCalls: [] }).toEqual({ ...before, toolCalls: [] })
  })

  it.each(cases.filter((line) => line.status >= 400))('that are errors have their kind: $id', (line) => {
    const { status, headers, body, expected } = load(line)
    const kinds: Readonly<Record<string, string>> = {
      auth: 'credential-refused',
      model_not_found: 'model-missing',
      unsupported_parameter: 'unsupported-parameter',
    }
    const failure = anthropicMessages.classify(status, headers, body.toString('utf8'))
    expect(failure.kind).toBe(kinds[expected.error?.kind ?? ''])
    expect(failure.message).toBe(expected.error?.message)
    expect(failure.upstreamStatus).toBe(status)
  })
})

/** Everything of a request body that a model reads, in order, with the blocks the format treats alike made alike. */
function substance(body: JsonObject): unknown {
  const blocks = (content: unknown): readonly JsonObject[] =>
    typeof content === 'string' ? [{ type: 'text', text: content }] : (content as readonly (JsonObject | string)[]).map(asBlock)
  const turns: { role: unknown; content: JsonObject[] }[] = []
  for (const message of body.messages as readonly JsonObject[]) {
    const content = blocks(message.content).map(normal)
    const last = turns.at(-1)
    if (last !== undefined && last.role === message.role) last.content.push(...content)
    else turns.push({ role: message.role, content: [...content] })
  }
  const system = body.system === undefined || body.system === '' ? [] : blocks(body.system).map(normal)
  const tools = ((body.tools ?? []) as readonly JsonObject[]).filter((tool) => tool.type === undefined || tool.type === 'custom')
  return { system, turns, tools: tools.map((tool) => ({ name: tool.name, description: tool.description })) }

  function normal(block: JsonObject): JsonObject {
    if (block.type === 'tool_result') {
      const { is_error, content, cache_control, ...rest } = block
      return { ...rest, ...marked(cache_control), ...(is_error === true && { is_error }), content: content === undefined ? [] : blocks(content).map(normal) }
    }
    const { citations: _citations, caller: _caller, cache_control, ...rest } = block
    return { ...rest, ...marked(cache_control) }
  }
}

function marked(mark: JsonValue | undefined): JsonObject {
  return mark === undefined || mark === null ? {} : { cache_control: mark }
}

function asBlock(block: JsonObject | string): JsonObject {
  return typeof block === 'string' ? { type: 'text', text: block } : block
}

/** System turns in mid-conversation are told as tagged user text, so they differ on purpose. */
function hasSystemTurn(body: JsonObject): boolean {
  return (body.messages as readonly JsonObject[]).some((message) => message.role === 'system')
}

describe.runIf(RECORDINGS_PRESENT)('recorded requests', () => {
  const loaded = cases.map(load).filter(({ requestBody }) => requestBody !== undefined && !hasSystemTurn(requestBody))
  it.each(loaded)('reach Anthropic again with all their content: $id', ({ requestBody, model }) => {
    const body = requestBody as JsonObject
    const view = anthropicMessages.readRequest(body, { model: model ?? 'claude-sonnet-4-5' })
    const written = anthropicMessages.writeRequest(view, { ...TARGET, upstreamModel: view.model }).body
    const { turns: turnsBefore, ...before } = substance(body) as { turns: unknown[] }
    const { turns: turnsAfter, ...after } = substance(written) as { turns: unknown[] }
    expect(after).toEqual(before)
    // a prefill that the model refuses is followed by a turn of ours
    expect(turnsAfter.slice(0, turnsBefore.length)).toEqual(turnsBefore)
    expect(written.max_tokens).toBe(body.max_tokens)
  })

  it('keep instructions in mid-conversation as tagged text', () => {
    const found = cases.map(load).filter(({ requestBody }) => requestBody !== undefined && hasSystemTurn(requestBody))
    expect(found).not.toHaveLength(0)
    for (const { requestBody } of found) {
      const view = anthropicMessages.readRequest(requestBody as JsonObject, {})
      const { body, dropped } = anthropicMessages.writeRequest(view, { ...TARGET, upstreamModel: view.model })
      const system = view.messages.filter((message, index) => index > 0 && message.role === 'system').flatMap((message) => message.parts)
      for (const part of system) {
        if (part.type === 'text') expect(JSON.stringify(body.messages)).toContain(`<system>\\n${part.text}\\n</system>`)
        else expect(dropped).toContain('system.tool_addition')
      }
    }
  })
})

describe.runIf(RECORDINGS_PRESENT)('what real clients send', () => {
  const captures = (RECORDINGS_PRESENT ? ['claude-code', 'anthropic'] : []).flatMap((name) =>
    (JSON.parse(readFileSync(`${SHARED_DIR}client-captures/${name}.json`, 'utf8')) as readonly { url: string; body?: JsonObject }[])
      .filter(({ url, body }) => body !== undefined && /\/messages(\?|$)/.test(url))
      .map(({ body }, index) => ({ name: `${name} ${index}`, body: withoutNotes(body as JsonObject) })),
  )
  it.each(captures)('reads and writes again: $name', ({ name, body }) => {
    const view = anthropicMessages.readRequest(body, {})
    const written = anthropicMessages.writeRequest(view, { ...TARGET, upstreamModel: view.model }).body
    expect(substance(written)).toEqual(substance(body))
    // in its second request the server had called a tool without thinking first, which rules budgets out
    if (name !== 'claude-code 1') expect(written.thinking).toEqual(body.thinking)
    expect(written.metadata).toEqual(body.metadata)
    expect(written.stop_sequences).toEqual(body.stop_sequences)
  })

  it('keeps what only Anthropic may read away from the other dialects', () => {
    const body = captures[0]?.body as JsonObject
    const view = anthropicMessages.readRequest(body, {})
    const system = view.messages[0]?.parts as readonly Part[]
    expect(system.map((part) => part.type)).toEqual(['opaque', 'text', 'text'])
    expect(view.unmodelled).toEqual({ context_management: body.context_management })
    expect(view.reasoning).toEqual({ budgetTokens: 31999, shown: true })
    expect([...view.needs]).toEqual(['tools'])
  })
})

/** The captures abridge tool lists with a line of text. */
function withoutNotes(body: JsonObject): JsonObject {
  if (!Array.isArray(body.tools)) return body
  return { ...body, tools: body.tools.filter((tool) => typeof tool !== 'string') }
}
