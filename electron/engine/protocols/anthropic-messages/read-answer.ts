/**
 * What a provider of this format answers, as events. A whole answer is read by playing it as a stream, so that both ways give the same events and
 * counts. Blocks that no other dialect has (server-side tools, their results, compaction) become one opaque event each, when complete.
 */
import type { ChatEvent, JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { AlikeChunks, onlyText } from '../alike-chunks.ts'
import type { AnswerReader, SseEvent } from '../protocol.ts'
import { presentable, statusOfErrorType } from './failure.ts'
import { arrayIn, type Draft, isObject, objectIn, parseObject, stringIn } from './json-fields.ts'
import { finishOf } from './stop-reason.ts'
import { RAW_ARGUMENTS_KEY } from './tool-names.ts'
import { UsageTally } from './usage.ts'

/**
 * Two text blocks in a row are told apart by this opaque value between them: each carries its own citations.
 * The writer ends its block there.
 */
const TEXT_BOUNDARY = { type: 'content_block_stop' } as const

type OpenBlock =
  | { readonly kind: 'text' }
  | { readonly kind: 'thinking'; signature: string }
  | { readonly kind: 'redacted'; readonly data: string }
  | { readonly kind: 'tool'; readonly index: number; readonly id: string; readonly name: string; readonly wholeInput: string; streamed: string }
  | { readonly kind: 'opaque'; readonly value: Draft; streamed: string }

export class AnthropicReader implements AnswerReader {
  readonly usageOnly = false
  readonly #blocks = new Map<number, OpenBlock>()
  readonly #usage = new UsageTally()
  readonly #alike = new AlikeChunks()
  #toolCalls = 0
  #lastClosed: OpenBlock['kind'] | undefined
  #phase: 'reading' | 'finished' | 'broken off' = 'reading'

  read(event: SseEvent): readonly ChatEvent[] {
    const alike = this.#alike.textOf(event.data)
    if (alike !== undefined) return textDelta(alike)
    // OpenAI's end mark, which some hosts of this format send after message_stop
    if (event.data === '[DONE]') return []
    const data = parseObject(event.data)
    if (data === undefined) throw new Failure('upstream-unreadable', 'The provider sent a streamed event that is not a JSON object.')
    const events = this.take(data)
    const text = data.type === 'content_block_delta' ? onlyText(events) : undefined
    if (text !== undefined) this.#alike.learn(event.data, text, (like) => (isObject(like) ? onlyText(this.take(like)) : undefined))
    // keep-alives change nothing, all else may
    else if (data.type !== 'ping') this.#alike.forget()
    return events
  }

  /** One event of the stream, parsed. */
  take(data: JsonObject): readonly ChatEvent[] {
    switch (data.type) {
      case 'message_start':
        return this.#start(objectIn(data, 'message') ?? {})
      case 'content_block_start':
        return this.#open(indexOf(data), objectIn(data, 'content_block') ?? {})
      case 'content_block_delta':
        return this.#delta(indexOf(data), objectIn(data, 'delta') ?? {})
      case 'content_block_stop':
        return this.#close(indexOf(data))
      case 'message_delta':
        return this.#messageDelta(objectIn(data, 'delta') ?? {}, objectIn(data, 'usage'))
      case 'error':
        this.#phase = 'broken off'
        return [errorEvent(objectIn(data, 'error') ?? data)]
      default:
        if (typeof data.type !== 'string') throw new Failure('upstream-unreadable', 'The provider sent a streamed event without a type.')
        // ping, message_stop, and kinds that Anthropic announces it may add
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

  #start(message: JsonObject): readonly ChatEvent[] {
    const id = stringIn(message, 'id')
    const model = stringIn(message, 'model')
    const usage = objectIn(message, 'usage')
    return [
      { type: 'response-start', ...(id !== undefined && { id }), ...(model !== undefined && { model }) },
      ...(usage === undefined ? [] : [this.#usage.add(usage)]),
    ]
  }

  #open(index: number, block: JsonObject): readonly ChatEvent[] {
    const open = this.#blocks.get(index)
    if (open?.kind === 'tool') {
      // the same beginning twice is one call; put aside for another block, a call without arguments would look complete
      if (block.type === 'tool_use' && stringIn(block, 'id') === open.id && open.streamed === '') return []
      throw brokenInside(open.name)
    }
    switch (block.type) {
      case 'text': {
        const follows = this.#lastClosed === 'text'
        this.#blocks.set(index, { kind: 'text' })
        const citations = arrayIn(block, 'citations').map((citation) => opaque({ type: 'citations_delta', citation }))
        return [...(follows ? [opaque(TEXT_BOUNDARY)] : []), ...citations, ...textDelta(stringIn(block, 'text'))]
      }
      case 'thinking':
        this.#blocks.set(index, { kind: 'thinking', signature: stringIn(block, 'signature') ?? '' })
        return reasoningDelta(stringIn(block, 'thinking'))
      case 'redacted_thinking':
        this.#blocks.set(index, { kind: 'redacted', data: stringIn(block, 'data') ?? '' })
        return []
      case 'tool_use':
        return this.#openTool(index, block)
      default:
        this.#blocks.set(index, { kind: 'opaque', value: { ...block }, streamed: '' })
        return []
    }
  }

  #openTool(index: number, block: JsonObject): readonly ChatEvent[] {
    const input = objectIn(block, 'input') ?? {}
    const wholeInput = Object.keys(input).length === 0 ? '' : JSON.stringify(input)
    const name = stringIn(block, 'name') ?? ''
    const call = this.#toolCalls++
    const id = stringIn(block, 'id') ?? ''
    this.#blocks.set(index, { kind: 'tool', index: call, id, name, wholeInput, streamed: '' })
    return [{ type: 'tool-call-start', index: call, id, name }]
  }

  #delta(index: number, delta: JsonObject): readonly ChatEvent[] {
    const block = this.#blocks.get(index)
    if (block === undefined) throw new Failure('upstream-unreadable', 'The provider sent a piece of a content block that it had not begun.')
    if (block.kind === 'opaque') {
      if (delta.type === 'input_json_delta') block.streamed += stringIn(delta, 'partial_json') ?? ''
      else growBlock(block.value, delta)
      return []
    }
    switch (delta.type) {
      case 'text_delta':
        return textDelta(stringIn(delta, 'text'))
      case 'thinking_delta':
        return reasoningDelta(stringIn(delta, 'thinking'))
      case 'signature_delta':
        // comes whole; the official SDKs put it in place of an earlier one too
        if (block.kind === 'thinking') block.signature = stringIn(delta, 'signature') ?? ''
        return []
      case 'input_json_delta': {
        const piece = stringIn(delta, 'partial_json') ?? ''
        if (block.kind !== 'tool' || piece === '') return []
        block.streamed += piece
        return [{ type: 'tool-call-delta', index: block.index, arguments: piece }]
      }
      default:
        return [opaque(delta)]
    }
  }

  #close(index: number): readonly ChatEvent[] {
    const block = this.#blocks.get(index)
    if (block === undefined) throw new Failure('upstream-unreadable', 'The provider ended a content block that it had not begun.')
    this.#blocks.delete(index)
    this.#lastClosed = block.kind
    switch (block.kind) {
      case 'text':
        return []
      case 'thinking':
        return block.signature === '' ? [] : [{ type: 'reasoning-signature', signature: block.signature, format: 'anthropic-messages' }]
      case 'redacted':
        return [{ type: 'reasoning-signature', redacted: block.data, format: 'anthropic-messages' }]
      case 'tool': {
        const whole = block.streamed === '' && block.wholeInput !== ''
        return [
          ...(whole ? [{ type: 'tool-call-delta', index: block.index, arguments: block.wholeInput } as const] : []),
          { type: 'tool-call-end', index: block.index },
        ]
      }
      case 'opaque':
        if (block.streamed !== '') block.value.input = parseObject(block.streamed) ?? { [RAW_ARGUMENTS_KEY]: block.streamed }
        return [opaque(block.value)]
    }
  }

  #messageDelta(delta: JsonObject, usage: JsonObject | undefined): readonly ChatEvent[] {
    const events: ChatEvent[] = []
    const stopReason = stringIn(delta, 'stop_reason')
    const ends = stopReason !== undefined && this.#phase === 'reading'
    if (ends) events.push(...this.#closeAll())
    const rest = withoutCounterpart(delta, usage)
    if (rest !== undefined) events.push(opaque(rest))
    if (usage !== undefined) events.push(this.#usage.add(usage))
    if (ends) {
      this.#phase = 'finished'
      const stopSequence = stringIn(delta, 'stop_sequence')
      events.push({ type: 'finish', reason: finishOf(stopReason), raw: stopReason, ...(stopSequence !== undefined && { stopSequence }) })
    }
    return events
  }

  /** A provider that forgets content_block_stop is forgiven, unless the arguments of a tool are then visibly cut short. */
  #closeAll(): readonly ChatEvent[] {
    const events: ChatEvent[] = []
    for (const [index, block] of [...this.#blocks]) {
      if (block.kind === 'tool' && block.streamed !== '' && parseObject(block.streamed) === undefined) throw brokenInside(block.name)
      events.push(...this.#close(index))
    }
    return events
  }
}

/**
 * The events of an answer that came in one piece.
 * @throws Failure 'upstream-unreadable' when it is no message of this format.
 */
export function readWhole(body: JsonObject): readonly ChatEvent[] {
  if (body.type === 'error') return [errorEvent(objectIn(body, 'error') ?? body)]
  if (!Array.isArray(body.content)) throw new Failure('upstream-unreadable', 'The provider answered with something that is not a message.')
  const reader = new AnthropicReader()
  const events: ChatEvent[] = [...reader.take({ type: 'message_start', message: body })]
  for (const [index, block] of arrayIn(body, 'content').entries()) {
    if (!isObject(block)) throw new Failure('upstream-unreadable', 'The provider answered with a content block that is not an object.')
    events.push(...reader.take({ type: 'content_block_start', index, content_block: block }))
    events.push(...reader.take({ type: 'content_block_stop', index }))
  }
  if (typeof body.stop_reason !== 'string') throw new Failure('upstream-unreadable', 'The provider answered with a message that has no stop reason.')
  events.push(...reader.take({ type: 'message_delta', delta: body, usage: objectIn(body, 'usage') ?? {} }))
  return events
}

function indexOf(data: JsonObject): number {
  const index = data.index
  return typeof index === 'number' ? index : 0
}

function textDelta(text: string | undefined): readonly ChatEvent[] {
  return text === undefined || text === '' ? [] : [{ type: 'text-delta', text }]
}

function reasoningDelta(text: string | undefined): readonly ChatEvent[] {
  return text === undefined || text === '' ? [] : [{ type: 'reasoning-delta', text }]
}

function opaque(value: JsonObject): ChatEvent {
  return { type: 'opaque', protocol: 'anthropic-messages', value }
}

/** Deltas of blocks we do not know: strings grow, everything else is replaced. */
function growBlock(value: Draft, delta: JsonObject): void {
  for (const [name, piece] of Object.entries(delta)) {
    if (name === 'type') continue
    const before = value[name]
    value[name] = typeof before === 'string' && typeof piece === 'string' ? before + piece : piece
  }
}

/** What message_delta says beyond stop reason and tokens, if anything: why it refused, the sandbox's id, server-side tool counts. */
function withoutCounterpart(delta: JsonObject, usage: JsonObject | undefined): JsonObject | undefined {
  const rest: Draft = { type: 'message_delta' }
  for (const name of ['stop_details', 'container']) keep(rest, name, delta[name])
  keep(rest, 'server_tool_use', usage?.server_tool_use)
  return Object.keys(rest).length > 1 ? rest : undefined
}

function keep(target: Draft, name: string, value: JsonValue | undefined): void {
  if (value !== undefined && value !== null) target[name] = value
}

function errorEvent(error: JsonObject): ChatEvent {
  const code = stringIn(error, 'type')
  const status = code === undefined ? undefined : statusOfErrorType(code)
  const message = presentable(stringIn(error, 'message') ?? '') || 'The provider broke off its answer and gave no reason.'
  return { type: 'error', message, ...(code !== undefined && { code }), ...(status !== undefined && { status }) }
}

function brokenInside(tool: string): Failure {
  return new Failure('stream-broken', `The provider's answer broke off inside the arguments of tool "${tool}".`)
}
