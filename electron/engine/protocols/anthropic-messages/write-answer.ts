/**
 * An answer in this format, out of the events of any. Its grammar allows one open block at a time, in order; other dialects interleave tool calls.
 * So each piece goes to its own block in a queue, the front of the queue is written as it grows, and what stands behind waits until the front has ended.
 */
import type { ChatEvent, Citation, JsonObject, JsonValue, Tokens } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import type { AnswerContext } from '../protocol.ts'
import { errorBody } from './failure.ts'
import { foreignCitation } from './foreign-citations.ts'
import { sealForeign } from './foreign-reasoning.ts'
import { type Draft, isObject, stringIn } from './json-fields.ts'
import { stopReasonOf } from './stop-reason.ts'
import { argumentsObject, legalId } from './tool-names.ts'
import { deltaUsageOf, usageOf } from './usage.ts'

/** One event of the stream before it is text. */
type WireEvent = JsonObject & { readonly type: string }

interface Block {
  readonly kind: 'text' | 'thinking' | 'tool' | 'whole'
  readonly opening: JsonObject
  /** Deltas that are not yet written. */
  waiting: JsonObject[]
  /** Arguments that may yet turn out to be the word null, which stands for none and would break clients. */
  held: string | undefined
  isClosed: boolean
  /** Its index once it has been begun on the wire. */
  index: number | undefined
}

type Finished = Extract<ChatEvent, { type: 'finish' }>

/** Turns events into the stream's own, whether they are then written one by one or put together. */
export class AnswerComposer {
  readonly #context: AnswerContext
  readonly #queue: Block[] = []
  readonly #tools = new Map<number, Block>()
  #id: string | undefined
  #model: string | undefined
  #tokens: Tokens = {}
  #extras: JsonObject = {}
  #finish: Finished | undefined
  #refused = false
  #nextIndex = 0
  #phase: 'before' | 'open' | 'ended' = 'before'

  constructor(context: AnswerContext) {
    this.#context = context
  }

  take(event: ChatEvent): WireEvent[] {
    if (this.#phase === 'ended') return []
    switch (event.type) {
      case 'response-start':
        this.#id = event.id
        this.#model = event.model
        return []
      case 'text-delta':
      case 'refusal-delta':
        if (event.text === '') return []
        if (event.type === 'refusal-delta') this.#refused = true
        this.#growing('text').waiting.push({ type: 'text_delta', text: event.text })
        break
      case 'reasoning-delta':
        if (event.text === '') return []
        this.#growing('thinking').waiting.push({ type: 'thinking_delta', thinking: event.text })
        break
      case 'reasoning-signature':
        this.#sign(event)
        break
      case 'tool-call-start':
        this.#openTool(event.index, event.id, event.name)
        break
      case 'tool-call-delta':
        addArguments(this.#tool(event.index), event.arguments)
        break
      case 'tool-call-end':
        close(this.#tool(event.index))
        break
      case 'opaque':
        if (event.protocol !== 'anthropic-messages') return []
        this.#restore(event.value)
        break
      case 'citation':
        if (event.origin === 'anthropic-messages') return []
        this.#cite(event.citation)
        break
      case 'usage':
        this.#tokens = event.tokens
        return []
      case 'finish':
        this.#finish = event
        for (const block of this.#queue) close(block)
        break
      case 'error':
        return this.fail(new Failure('upstream-error', event.message))
    }
    return this.#drain()
  }

  end(): WireEvent[] {
    if (this.#phase === 'ended') return []
    const finish = this.#finish
    if (finish === undefined) return this.fail(new Failure('stream-broken', 'The answer ended before it was complete.'))
    // this format has no stop reason for a model that failed
    if (finish.reason === 'error') return this.fail(new Failure('upstream-error', `The model ended its answer with an error (${finish.raw}).`))
    const { reason, raw, stopSequence } = finish
    const { type: _type, server_tool_use = null, ...extras } = this.#extras
    const stop_reason = stopReasonOf({ reason, raw, stopSequence, hasToolCalls: this.#tools.size > 0, refused: this.#refused })
    const events: WireEvent[] = [
      ...this.#begin(),
      {
        type: 'message_delta',
        delta: { stop_reason, stop_sequence: stopSequence ?? null, stop_details: null, container: null, ...extras },
        usage: { ...deltaUsageOf(this.#tokens), server_tool_use },
      },
      { type: 'message_stop' },
    ]
    this.#phase = 'ended'
    return events
  }

  fail(failure: Failure): WireEvent[] {
    if (this.#phase === 'ended') return []
    this.#phase = 'ended'
    return [{ ...errorBody(failure), type: 'error' }]
  }

  #growing(kind: 'text' | 'thinking'): Block {
    const last = this.#queue.at(-1)
    if (last !== undefined && last.kind === kind && !last.isClosed) return last
    return this.#append(kind, kind === 'text' ? { type: 'text', text: '' } : { type: 'thinking', thinking: '', signature: '' })
  }

  #append(kind: Block['kind'], opening: JsonObject): Block {
    const last = this.#queue.at(-1)
    if (last?.kind === 'text' || last?.kind === 'thinking') close(last)
    const block: Block = { kind, opening, waiting: [], held: kind === 'tool' ? '' : undefined, isClosed: kind === 'whole', index: undefined }
    this.#queue.push(block)
    return block
  }

  #sign(event: Extract<ChatEvent, { type: 'reasoning-signature' }>): void {
    if (event.format === 'anthropic-messages' && event.redacted !== undefined) {
      this.#append('whole', { type: 'redacted_thinking', data: event.redacted })
      return
    }
    const signature = event.format === 'anthropic-messages' && event.signature !== undefined ? event.signature : sealForeign(event)
    const block = this.#growing('thinking')
    block.waiting.push({ type: 'signature_delta', signature })
    block.isClosed = true
  }

  #openTool(index: number, id: string, name: string): void {
    const toolId = legalId(id, `toolu_${this.#context.requestId}_${index}`)
    this.#tools.set(index, this.#append('tool', { type: 'tool_use', id: toolId, name, input: {} }))
  }

  #tool(index: number): Block {
    const block = this.#tools.get(index)
    if (block === undefined) throw new Failure('upstream-unreadable', `The answer goes on with tool call ${index}, which it had not begun.`)
    return block
  }

  /** In the block of the text it belongs to; once that has ended there is no place for it. */
  #cite(citation: Citation): void {
    const last = this.#queue.at(-1)
    if (last?.kind === 'text' && !last.isClosed) last.waiting.push({ type: 'citations_delta', citation: foreignCitation(citation) })
  }

  /** Puts back what the reader kept for this very format. */
  #restore(value: JsonObject): void {
    const type = stringIn(value, 'type') ?? ''
    if (type === 'message_delta') this.#extras = { ...this.#extras, ...value }
    else if (type === 'content_block_stop') {
      const last = this.#queue.at(-1)
      if (last?.kind === 'text') close(last)
    } else if (type.endsWith('_delta')) this.#growing('text').waiting.push(value)
    else if (type.endsWith('tool_use') && isObject(value.input)) {
      const block = this.#append('whole', { ...value, input: {} })
      block.waiting.push({ type: 'input_json_delta', partial_json: JSON.stringify(value.input) })
    } else this.#append('whole', value)
  }

  /** Writes the front of the queue as far as it has come. */
  #drain(): WireEvent[] {
    const front = this.#queue[0]
    if (front === undefined) return []
    const events = this.#begin()
    for (let block: Block | undefined = front; block !== undefined; block = this.#queue[0]) {
      if (block.index === undefined) {
        block.index = this.#nextIndex++
        events.push({ type: 'content_block_start', index: block.index, content_block: block.opening })
      }
      for (const delta of block.waiting) events.push({ type: 'content_block_delta', index: block.index, delta })
      block.waiting = []
      if (!block.isClosed) break
      events.push({ type: 'content_block_stop', index: block.index })
      this.#queue.shift()
    }
    return events
  }

  /** message_start waits for the first content, since the input's size is often known by then. */
  #begin(): WireEvent[] {
    if (this.#phase !== 'before') return []
    this.#phase = 'open'
    const message = {
      id: this.#id?.startsWith('msg_') === true ? this.#id : `msg_${this.#context.requestId}`,
      type: 'message',
      role: 'assistant',
      model: this.#model ?? this.#context.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      container: null,
      usage: usageOf(this.#tokens),
    }
    return [{ type: 'message_start', message }]
  }
}

function addArguments(block: Block, piece: string): void {
  if (block.isClosed) throw new Failure('upstream-unreadable', 'The answer goes on with a tool call that it had ended.')
  if (block.held === undefined) {
    if (piece !== '') block.waiting.push({ type: 'input_json_delta', partial_json: piece })
    return
  }
  block.held += piece
  if (!'null'.startsWith(block.held.trim())) release(block)
}

function release(block: Block): void {
  if (block.held !== undefined && block.held !== '') block.waiting.push({ type: 'input_json_delta', partial_json: block.held })
  block.held = undefined
}

function close(block: Block): void {
  if (block.isClosed) return
  block.isClosed = true
  // a block without a signature would be refused by clients when they send it back
  if (block.kind === 'thinking') block.waiting.push({ type: 'signature_delta', signature: sealForeign() })
  if (block.held !== undefined && block.held.trim() !== '' && block.held.trim() !== 'null') release(block)
  block.held = undefined
}

/**
 * The same answer in one piece.
 * @throws Failure 'upstream-error' when the model itself failed: this format has no stop reason for that.
 */
export function writeWhole(events: readonly ChatEvent[], context: AnswerContext): JsonObject {
  const composer = new AnswerComposer(context)
  const wire = [...events.flatMap((event) => composer.take(event)), ...composer.end()]
  const content: Draft[] = []
  const inputs = new Map<number, string>()
  let message: Draft = {}
  for (const event of wire) {
    const index = Number(event.index)
    if (event.type === 'message_start') message = { ...(event.message as JsonObject) }
    else if (event.type === 'content_block_start') content[index] = { ...(event.content_block as JsonObject) }
    else if (event.type === 'content_block_delta') grow(content[index] ?? {}, event.delta as JsonObject, index, inputs)
    else if (event.type === 'message_delta') {
      message = { ...message, ...(event.delta as JsonObject), usage: { ...(message.usage as JsonObject), ...known(event.usage as JsonObject) } }
    } else if (event.type === 'error') throw new Failure('upstream-error', stringIn(event.error as JsonObject, 'message') ?? '')
  }
  for (const [index, text] of inputs) (content[index] ?? {}).input = argumentsObject(text)
  return { ...message, content }
}

function grow(block: Draft, delta: JsonObject, index: number, inputs: Map<number, string>): void {
  switch (delta.type) {
    case 'text_delta':
      block.text = `${block.text ?? ''}${delta.text ?? ''}`
      break
    case 'thinking_delta':
      block.thinking = `${block.thinking ?? ''}${delta.thinking ?? ''}`
      break
    case 'signature_delta':
      block.signature = delta.signature ?? ''
      break
    case 'input_json_delta':
      inputs.set(index, (inputs.get(index) ?? '') + (delta.partial_json ?? ''))
      break
    case 'citations_delta': {
      const before = block.citations
      block.citations = [...(Array.isArray(before) ? (before as readonly JsonValue[]) : []), delta.citation ?? null]
      break
    }
  }
}

function known(usage: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null))
}
