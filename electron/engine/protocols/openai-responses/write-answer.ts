/**
 * An answer in this format, out of the events of any. Clients expect one item after another, other dialects interleave tool calls; so each piece
 * goes to its own item in a queue, the front of the queue is written as it grows, and what stands behind waits until the front has ended.
 */
import type { ChatEvent, Citation, JsonObject, Tokens } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { isObject, objectOf, textOf } from '../json.ts'
import { writeFailure } from '../openai-chat/failure.ts'
import type { AnswerContext } from '../protocol.ts'
import { askedFields } from './asked-fields.ts'
import { CallItem, type Fields, type ItemStatus, MessageItem, type OutputItem, type Piece, ReasoningItem, WholeItem } from './output-items.ts'
import { type ResponseState, responseObject } from './response-object.ts'
import { sealCallSignature, sealReasoning } from './sealed-reasoning.ts'
import { declaredName } from './tools.ts'

interface Queued {
  readonly item: OutputItem
  /** Pieces that are not yet written. */
  waiting: Piece[]
  /** Set once nothing more can come. */
  closedAs: ItemStatus | undefined
  /** Its place in the output once it has begun on the wire. */
  index: number | undefined
}

type Finished = Extract<ChatEvent, { type: 'finish' }>

/** Turns events into the stream's own, whether they are then written one by one or only the last one counts. */
export class AnswerComposer {
  readonly #context: AnswerContext
  readonly #queue: Queued[] = []
  readonly #calls = new Map<number, Queued>()
  readonly #callIds = new Set<string>()
  readonly #wholeIds = new Set<string>()
  readonly #output: JsonObject[] = []
  #responseId: string
  #model: string
  /** The same in each event that holds the response. */
  #asked: JsonObject | undefined
  #tokens: Tokens | undefined
  #finish: Finished | undefined
  #items = 0
  #begun = 0
  #sequence = 0
  #phase: 'before' | 'open' | 'ended' = 'before'

  constructor(context: AnswerContext) {
    this.#context = context
    this.#responseId = `resp_${context.requestId}`
    this.#model = context.model
  }

  take(event: ChatEvent): Fields[] {
    if (this.#phase === 'ended') return []
    switch (event.type) {
      case 'response-start':
        // too late once the response has been opened under another
        if (this.#phase !== 'before') return []
        if (event.id?.startsWith('resp_') === true) this.#responseId = event.id
        this.#model = event.model ?? this.#model
        return []
      case 'text-delta':
        if (event.text === '' && event.logprobs === undefined) break
        this.#message().waiting.push({ is: 'output_text', text: event.text, ...(event.logprobs !== undefined && { logprobs: event.logprobs }) })
        break
      case 'refusal-delta':
        if (event.text !== '') this.#message().waiting.push({ is: 'refusal', text: event.text })
        break
      case 'reasoning-delta':
        if (event.text !== '') this.#reasoning().queued.waiting.push({ is: 'reasoning', text: event.text })
        break
      case 'reasoning-signature': {
        const { item, queued } = this.#reasoning()
        item.seal(sealReasoning(event))
        queued.closedAs = 'completed'
        break
      }
      case 'tool-call-start':
        this.#beginCall(event)
        break
      case 'tool-call-delta':
        this.#call(event.index).waiting.push({ is: 'arguments', text: event.arguments })
        break
      case 'tool-call-end':
        this.#call(event.index).closedAs ??= 'completed'
        break
      case 'opaque':
        if (event.protocol !== 'openai-responses') return []
        this.#restore(event.value)
        break
      case 'citation':
        if (event.origin === 'openai-responses') return []
        this.#cite(event.citation)
        break
      case 'usage':
        this.#tokens = event.tokens
        return []
      case 'finish':
        this.#finish = event
        for (const queued of this.#queue) queued.closedAs ??= event.reason === 'length' || event.reason === 'content-filter' ? 'incomplete' : 'completed'
        break
      case 'error':
        return this.fail(new Failure('upstream-error', event.message, event.code === undefined ? {} : { code: event.code }))
    }
    return this.#drain()
  }

  end(): Fields[] {
    if (this.#phase === 'ended') return []
    const finish = this.#finish
    if (finish === undefined) return this.fail(new Failure('stream-broken', 'The answer ended before it was complete.'))
    if (finish.reason === 'error') return this.fail(new Failure('upstream-error', `The model ended its answer with an error (${finish.raw}).`))
    const events = this.#begin()
    this.#phase = 'ended'
    if (finish.reason === 'length') events.push(this.#last({ status: 'incomplete', reason: 'max_output_tokens' }))
    else if (finish.reason === 'content-filter') events.push(this.#last({ status: 'incomplete', reason: 'content_filter' }))
    else events.push(this.#last({ status: 'completed' }))
    return events
  }

  /** The last event, behind those that open the stream where nothing has been said: on a relay the provider has. */
  fail(failure: Failure): Fields[] {
    if (this.#phase === 'ended') return []
    const events = this.#context.isRelay === true ? [] : this.#begin()
    this.#phase = 'ended'
    const code = textOf(objectOf(writeFailure(failure, '').error)?.code) ?? 'server_error'
    return [...events, this.#last({ status: 'failed', code, message: failure.message })]
  }

  #message(): Queued {
    const last = this.#queue.at(-1)
    if (last?.item.kind === 'message' && last.closedAs === undefined) return last
    return this.#append(new MessageItem(this.#newId('msg')))
  }

  #reasoning(): { readonly item: ReasoningItem; readonly queued: Queued } {
    const last = this.#queue.at(-1)
    if (last?.item instanceof ReasoningItem && last.closedAs === undefined) return { item: last.item, queued: last }
    const item = new ReasoningItem(this.#newId('rs'), sealReasoning(undefined))
    return { item, queued: this.#append(item) }
  }

  #append(item: OutputItem): Queued {
    const last = this.#queue.at(-1)
    // calls may go on beside each other; text and reasoning end where something else begins
    if (last?.item.kind === 'message' || last?.item.kind === 'reasoning') last.closedAs ??= 'completed'
    const queued: Queued = { item, waiting: [], closedAs: item.kind === 'whole' ? 'completed' : undefined, index: undefined }
    this.#queue.push(queued)
    return queued
  }

  #beginCall({ index, id, name, signature }: Extract<ChatEvent, { type: 'tool-call-start' }>): void {
    if (signature !== undefined) {
      const carrier = { type: 'reasoning', summary: [], encrypted_content: sealCallSignature(signature) }
      this.#append(new WholeItem(carrier, this.#newId('rs')))
    }
    // two calls under one id would get each other's results
    const call = id === '' || this.#callIds.has(id) ? `call_${this.#context.requestId}_${index}` : id
    this.#callIds.add(call)
    const tools = this.#context.tools ?? []
    const { isFreeform } = declaredName(name, tools)
    this.#calls.set(index, this.#append(new CallItem({ item: this.#newId(isFreeform ? 'ctc' : 'fc'), call }, name, tools)))
  }

  #call(index: number): Queued {
    const call = this.#calls.get(index)
    if (call === undefined) throw new Failure('upstream-unreadable', `The answer goes on with tool call ${index}, which it had not begun.`)
    return call
  }

  /** Puts back what the reader kept for this very format. */
  #restore(value: JsonObject): void {
    if (isObject(value.annotation)) this.#message().waiting.push({ is: 'annotation', annotation: value.annotation })
    else if (textOf(value.type) !== undefined) {
      const id = textOf(value.id) ?? this.#newId('item')
      // told twice by a stream that repeats itself
      if (this.#wholeIds.has(id)) return
      this.#wholeIds.add(id)
      this.#append(new WholeItem(value, id))
    }
  }

  /** Beside the text it belongs to; once that has ended there is no place for it. */
  #cite({ url, title = '', start = 0, end = start }: Citation): void {
    const last = this.#queue.at(-1)
    if (last?.item.kind !== 'message' || last.closedAs !== undefined) return
    last.waiting.push({ is: 'annotation', annotation: { type: 'url_citation', url, title, start_index: start, end_index: end } })
  }

  #newId(kind: string): string {
    return `${kind}_${this.#context.requestId}_${this.#items++}`
  }

  /** Writes the front of the queue as far as it has come. */
  #drain(): Fields[] {
    if (this.#queue.length === 0) return []
    const events = this.#begin()
    for (let queued = this.#queue[0]; queued !== undefined; queued = this.#queue[0]) {
      const { item } = queued
      if (queued.index === undefined) {
        queued.index = this.#begun++
        events.push(this.#event({ type: 'response.output_item.added', output_index: queued.index, item: item.opening }))
      }
      const place = { item_id: item.opening.id ?? null, output_index: queued.index }
      for (const piece of queued.waiting) for (const fields of item.write(piece)) events.push(this.#event({ ...fields, ...place }))
      queued.waiting = []
      if (queued.closedAs === undefined) break
      const closing = item.close(queued.closedAs)
      for (const fields of closing.events) events.push(this.#event({ ...fields, ...place }))
      events.push(this.#event({ type: 'response.output_item.done', output_index: queued.index, item: closing.item }))
      this.#output.push(closing.item)
      this.#queue.shift()
    }
    return events
  }

  #begin(): Fields[] {
    if (this.#phase !== 'before') return []
    this.#phase = 'open'
    const response = this.#response({ status: 'in_progress' })
    return [this.#event({ type: 'response.created', response }), this.#event({ type: 'response.in_progress', response })]
  }

  #last(state: ResponseState): Fields {
    return this.#event({ type: `response.${state.status}`, response: this.#response(state) })
  }

  #response(state: ResponseState): JsonObject {
    const tokens = state.status === 'in_progress' ? undefined : this.#tokens
    this.#asked ??= askedFields(this.#context)
    const facts = { id: this.#responseId, model: this.#model, createdAt: this.#context.createdAt, output: [...this.#output], tokens }
    return responseObject({ ...facts, asked: this.#asked }, state)
  }

  #event(fields: Fields): Fields {
    return { ...fields, sequence_number: this.#sequence++ }
  }
}

/** The same answer in one piece: what its stream would have ended with. A model that failed is told in `status` and `error`. */
export function writeWhole(events: readonly ChatEvent[], context: AnswerContext): JsonObject {
  const composer = new AnswerComposer(context)
  const wire = [...events.flatMap((event) => composer.take(event)), ...composer.end()]
  return objectOf(wire.at(-1)?.response) ?? {}
}
