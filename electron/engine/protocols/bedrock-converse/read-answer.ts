/**
 * What a Converse upstream answers, as events. A whole answer is read by playing it as a stream, so that both ways give the same events and counts.
 * Blocks that no other dialect has (citations, tools that ran at the provider) become opaque events.
 */
import type { ChatEvent, Finish, JsonObject } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { EXCEPTION } from '../event-stream.ts'
import { arrayOf, isObject, numberOf, objectOf, parseJson, textOf } from '../json.ts'
import type { AnswerReader, SseEvent } from '../protocol.ts'
import { presentable } from '../upstream-message.ts'
import { statusOfException } from './failure.ts'
import { tokensOf } from './usage.ts'

type OpenBlock =
  | { readonly kind: 'text' }
  | { readonly kind: 'reasoning'; signature: string; readonly redacted: Buffer[] }
  | { readonly kind: 'tool'; readonly index: number; readonly name: string }
  /** A tool that Bedrock runs itself: not the client's to answer. */
  | { readonly kind: 'server-tool'; readonly value: JsonObject; input: string }

const FINISHES: Readonly<Record<string, Finish>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'tool-calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  guardrail_intervened: 'content-filter',
  content_filtered: 'content-filter',
  malformed_model_output: 'error',
  malformed_tool_use: 'error',
}

export class ConverseReader implements AnswerReader {
  readonly usageOnly = false
  readonly #blocks = new Map<number, OpenBlock>()
  #toolCalls = 0
  #phase: 'reading' | 'finished' | 'broken off' = 'reading'

  read(event: SseEvent): readonly ChatEvent[] {
    const data = parseJson(event.data)
    if (!isObject(data)) throw new Failure('upstream-unreadable', 'The provider sent a streamed message that is not a JSON object.')
    if (event.event.startsWith(EXCEPTION)) return this.#exception(event.event.slice(EXCEPTION.length), data)
    return this.take(event.event, data)
  }

  /** One message of the stream, parsed. */
  take(type: string, data: JsonObject): readonly ChatEvent[] {
    const index = numberOf(data.contentBlockIndex) ?? 0
    switch (type) {
      case 'messageStart':
        return [{ type: 'response-start' }]
      case 'contentBlockStart':
        return this.#start(index, objectOf(data.start) ?? {})
      case 'contentBlockDelta':
        return this.#delta(index, objectOf(data.delta) ?? {})
      case 'contentBlockStop':
        return this.#stop(index)
      case 'messageStop':
        return this.#finish(textOf(data.stopReason) ?? 'end_turn')
      case 'metadata': {
        const usage = objectOf(data.usage)
        return usage === undefined ? [] : [{ type: 'usage', tokens: tokensOf(usage) }]
      }
      default:
        // kinds that AWS may add
        return []
    }
  }

  end(): readonly ChatEvent[] {
    // a break that the provider announced has been told as an event
    if (this.#phase === 'broken off') return []
    for (const block of this.#blocks.values()) if (block.kind === 'tool') throw brokenInside(block.name)
    if (this.#phase !== 'finished') throw new Failure('stream-broken', 'The provider ended its answer without a stop reason: it is incomplete.')
    return []
  }

  #exception(type: string, data: JsonObject): readonly ChatEvent[] {
    this.#phase = 'broken off'
    // a model's own error stands behind `originalMessage`
    const said = textOf(data.message) ?? textOf(data.Message) ?? textOf(data.originalMessage) ?? ''
    const status = numberOf(data.originalStatusCode) ?? statusOfException(type)
    const message = presentable(said) || 'The provider broke off its answer and gave no reason.'
    return [{ type: 'error', message, ...(type !== '' && { code: type }), ...(status !== undefined && { status }) }]
  }

  #start(index: number, start: JsonObject): readonly ChatEvent[] {
    const call = objectOf(start.toolUse)
    if (call !== undefined) return this.#startTool(index, call)
    const [other] = Object.keys(start)
    return other === undefined || other === 'text' ? [] : [opaque({ contentBlockStart: start })]
  }

  #startTool(index: number, call: JsonObject): readonly ChatEvent[] {
    if (call.type === 'server_tool_use') {
      this.#blocks.set(index, { kind: 'server-tool', value: call, input: '' })
      return []
    }
    const block = { kind: 'tool', index: this.#toolCalls++, name: textOf(call.name) ?? '' } as const
    this.#blocks.set(index, block)
    return [{ type: 'tool-call-start', index: block.index, id: textOf(call.toolUseId) ?? '', name: block.name }]
  }

  #delta(index: number, delta: JsonObject): readonly ChatEvent[] {
    if (typeof delta.text === 'string') {
      this.#open(index, 'text')
      return delta.text === '' ? [] : [{ type: 'text-delta', text: delta.text }]
    }
    const reasoning = objectOf(delta.reasoningContent)
    if (reasoning !== undefined) return this.#reasoning(index, reasoning)
    const call = objectOf(delta.toolUse)
    if (call !== undefined) return this.#arguments(index, textOf(call.input))
    return Object.keys(delta).length === 0 ? [] : [opaque(delta)]
  }

  #reasoning(index: number, delta: JsonObject): readonly ChatEvent[] {
    const block = this.#open(index, 'reasoning')
    if (block.kind !== 'reasoning') throw new Failure('upstream-unreadable', 'The provider sent reasoning inside a block of another kind.')
    if (typeof delta.signature === 'string') block.signature += delta.signature
    if (typeof delta.redactedContent === 'string') block.redacted.push(Buffer.from(delta.redactedContent, 'base64'))
    return typeof delta.text === 'string' && delta.text !== '' ? [{ type: 'reasoning-delta', text: delta.text }] : []
  }

  #arguments(index: number, piece: string | undefined): readonly ChatEvent[] {
    const block = this.#blocks.get(index)
    if (block?.kind === 'server-tool') block.input += piece ?? ''
    else if (block?.kind !== 'tool') throw new Failure('upstream-unreadable', 'The provider sent arguments of a tool call that it had not begun.')
    else if (piece !== undefined) return [{ type: 'tool-call-delta', index: block.index, arguments: piece }]
    return []
  }

  /** Only tool calls announce themselves; every other block begins with its first piece. */
  #open(index: number, kind: 'text' | 'reasoning'): OpenBlock {
    const open = this.#blocks.get(index)
    if (open !== undefined) return open
    const block: OpenBlock = kind === 'text' ? { kind } : { kind, signature: '', redacted: [] }
    this.#blocks.set(index, block)
    return block
  }

  #stop(index: number): readonly ChatEvent[] {
    const block = this.#blocks.get(index)
    this.#blocks.delete(index)
    switch (block?.kind) {
      case 'tool':
        return [{ type: 'tool-call-end', index: block.index }]
      case 'reasoning':
        return sealOf(block)
      case 'server-tool':
        return [opaque({ toolUse: { ...block.value, input: parseJson(block.input) ?? block.input } })]
      default:
        return []
    }
  }

  #finish(raw: string): readonly ChatEvent[] {
    if (this.#phase !== 'reading') return []
    const left: ChatEvent[] = []
    for (const [index, block] of [...this.#blocks]) {
      // arguments that nobody ended may be cut short
      if (block.kind === 'tool') throw brokenInside(block.name)
      left.push(...this.#stop(index))
    }
    this.#phase = 'finished'
    return [...left, { type: 'finish', reason: FINISHES[raw] ?? 'stop', raw }]
  }
}

/**
 * Claude's signatures hold on every platform that serves it, so they are told as Anthropic's own and a conversation may move between them.
 * Source: https://platform.claude.com/docs/en/build-with-claude/extended-thinking#thinking-encryption
 */
function sealOf(block: Extract<OpenBlock, { kind: 'reasoning' }>): readonly ChatEvent[] {
  if (block.signature !== '') return [{ type: 'reasoning-signature', signature: block.signature, format: 'anthropic-messages' }]
  if (block.redacted.length === 0) return []
  // Converse wraps Anthropic's text of encrypted reasoning in base64 once more, as JSON does with all bytes
  const bytes = Buffer.concat(block.redacted)
  const text = bytes.toString('utf8')
  const isText = Buffer.from(text, 'utf8').equals(bytes)
  return isText
    ? [{ type: 'reasoning-signature', redacted: text, format: 'anthropic-messages' }]
    : [{ type: 'reasoning-signature', redacted: bytes.toString('base64'), format: 'bedrock-converse' }]
}

/**
 * The events of an answer that came in one piece.
 * @throws Failure 'upstream-unreadable' when it is no answer of this format.
 */
export function readWhole(body: JsonObject): readonly ChatEvent[] {
  const message = objectOf(objectOf(body.output)?.message)
  const stopReason = textOf(body.stopReason)
  if (stopReason === undefined) throw new Failure('upstream-unreadable', 'The provider answered with something that is not a message of the Converse format.')
  const reader = new ConverseReader()
  const events: ChatEvent[] = [...reader.take('messageStart', {})]
  for (const [index, block] of arrayOf(message?.content).entries()) {
    if (!isObject(block)) throw new Failure('upstream-unreadable', 'The provider answered with a content block that is not an object.')
    for (const { type, data } of played(block)) events.push(...reader.take(type, { ...data, contentBlockIndex: index }))
    events.push(...reader.take('contentBlockStop', { contentBlockIndex: index }))
  }
  if (isObject(body.usage)) events.push(...reader.take('metadata', { usage: body.usage }))
  return [...events, ...reader.take('messageStop', { stopReason })]
}

/** A whole block as the messages in which it would have been streamed. */
function played(block: JsonObject): readonly { readonly type: string; readonly data: JsonObject }[] {
  const delta = (value: JsonObject): { type: string; data: JsonObject } => ({ type: 'contentBlockDelta', data: { delta: value } })
  const call = objectOf(block.toolUse)
  if (call !== undefined) {
    const { input, ...start } = call
    const written = JSON.stringify(input ?? {})
    return [{ type: 'contentBlockStart', data: { start: { toolUse: start } } }, ...(written === '{}' ? [] : [delta({ toolUse: { input: written } })])]
  }
  const reasoning = objectOf(block.reasoningContent)
  if (reasoning !== undefined) {
    const text = objectOf(reasoning.reasoningText)
    return [delta({ reasoningContent: text ?? reasoning })]
  }
  const cited = objectOf(block.citationsContent)
  if (cited !== undefined) {
    const texts = arrayOf(cited.content).filter(isObject)
    return [...texts.map(delta), ...arrayOf(cited.citations).map((citation) => delta({ citation }))]
  }
  return [delta(block)]
}

function opaque(value: JsonObject): ChatEvent {
  return { type: 'opaque', protocol: 'bedrock-converse', value }
}

function brokenInside(tool: string): Failure {
  return new Failure('stream-broken', `The provider's answer broke off inside the arguments of tool "${tool}".`)
}
