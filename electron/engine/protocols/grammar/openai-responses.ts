/**
 * The grammar of a Responses stream, as strict as the strictest client: response.created and response.in_progress; items one after another, each with
 * its place in the output, its pieces between its beginning and its end, and every text, refusal, summary or argument said whole once more at its
 * end; the last event holds all items and the token counts. `sequence_number` counts from 0, `event:` equals `type`, there is no [DONE].
 * Source: https://platform.openai.com/docs/api-reference/responses-streaming
 */
import { isDeepStrictEqual } from 'node:util'
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { arrayOf, isObject, objectOf } from '../json.ts'
import { EventCutter, isCount, objectIn, type StreamGrammar } from './stream-grammar.ts'

const LAST: readonly string[] = ['response.completed', 'response.incomplete', 'response.failed']
/** Fields that the official client's type demands of every response. */
const DEMANDED = ['error', 'incomplete_details', 'instructions', 'metadata', 'parallel_tool_calls', 'temperature', 'tool_choice', 'top_p', 'usage'] as const

/** What grows by deltas: the item or part it belongs to, and the event and field that repeat it whole. */
interface Growing {
  readonly ends: string
  readonly field: 'text' | 'refusal' | 'arguments' | 'input'
  readonly inside: string
}

const GROWING: Readonly<Record<string, Growing>> = {
  'response.output_text.delta': { ends: 'response.output_text.done', field: 'text', inside: 'output_text' },
  'response.refusal.delta': { ends: 'response.refusal.done', field: 'refusal', inside: 'refusal' },
  'response.reasoning_summary_text.delta': { ends: 'response.reasoning_summary_text.done', field: 'text', inside: 'summary_text' },
  'response.function_call_arguments.delta': { ends: 'response.function_call_arguments.done', field: 'arguments', inside: 'function_call' },
  'response.custom_tool_call_input.delta': { ends: 'response.custom_tool_call_input.done', field: 'input', inside: 'custom_tool_call' },
}
const ENDING: ReadonlyMap<string, Growing> = new Map(Object.values(GROWING).map((growing) => [growing.ends, growing]))

/** Items whose pieces are streamed, by the field in which they hold them when complete. */
const STREAMED: Readonly<Record<string, 'content' | 'summary' | 'arguments' | 'input'>> = {
  message: 'content',
  reasoning: 'summary',
  function_call: 'arguments',
  custom_tool_call: 'input',
}

interface OpenItem {
  readonly item: JsonObject
  readonly index: number
  readonly parts: JsonValue[]
  /** The type of the part that is open. */
  part: string | undefined
  annotations: number
  grown: string
  isWhole: boolean
}

/** A whole stream as text; returns its events. @throws Error naming the first breach */
export function checkResponsesStream(stream: string, options: { readonly mayFail?: boolean } = {}): readonly JsonObject[] {
  const grammar = new ResponsesGrammar()
  grammar.push(stream)
  if (grammar.end() === 'failed' && options.mayFail !== true) throw new Error(`the response failed: ${JSON.stringify(grammar.events.at(-1))}`)
  return grammar.events
}

export class ResponsesGrammar implements StreamGrammar {
  readonly events: JsonObject[] = []
  readonly #cutter = new EventCutter()
  #phase: 'within' | 'done' | 'failed' = 'within'
  #position = 0
  #identity: string | undefined
  #open: OpenItem | undefined
  readonly #items: JsonObject[] = []
  readonly #ids = new Set<JsonValue>()

  push(piece: string): void {
    for (const sent of this.#cutter.push(piece)) {
      if (sent === undefined) continue
      const event = objectIn(sent)
      const type = String(event.type)
      const complaint = sent.event === type ? this.#check(event, type) : `is named '${sent.event}'`
      if (complaint !== undefined) throw new Error(`event ${this.#position} (${type}): ${complaint}`)
      this.#position++
      this.events.push(event)
    }
  }

  end(): 'complete' | 'failed' {
    this.#cutter.end()
    if (this.#phase === 'within') throw new Error('the stream ends without its last event')
    return this.#phase === 'failed' ? 'failed' : 'complete'
  }

  #check(event: JsonObject, type: string): string | undefined {
    const position = this.#position
    if (this.#phase !== 'within') return 'comes after the last event'
    if (event.sequence_number !== position) return `sequence_number ${String(event.sequence_number)}`
    if (position === 0 && type !== 'response.created') return 'opens the stream'
    if (position === 1 && type !== 'response.in_progress') return 'stands in second place'
    if (position < 2) return this.#response(event, 'in_progress')
    if (LAST.includes(type)) return this.#last(event, type)
    if (type === 'response.output_item.added') return this.#itemAdded(event)
    const open = this.#open
    if (open === undefined) return 'outside of any item'
    if (event.output_index !== open.index) return `output_index ${String(event.output_index)} while ${open.index} is open`
    if (type === 'response.output_item.done') return this.#itemDone(event, open)
    if (event.item_id !== open.item.id) return 'of another item'
    return this.#within(event, type, open)
  }

  #response(event: JsonObject, status: string): string | undefined {
    const response = objectOf(event.response)
    if (response === undefined) return 'no response'
    const { id, model, created_at: createdAt } = response
    if (typeof id !== 'string' || id === '') return 'no id'
    if (typeof model !== 'string' || model === '') return 'no model'
    if (!isCount(createdAt)) return 'created_at is no moment in seconds'
    const identity = `${id} ${model} ${createdAt}`
    this.#identity ??= identity
    if (identity !== this.#identity) return 'id, model or created_at changed on the way'
    if (response.object !== 'response' || response.status !== status) return `object ${String(response.object)}, status ${String(response.status)}`
    if (!Array.isArray(response.output) || !Array.isArray(response.tools)) return 'output or tools is no list'
    const missing = DEMANDED.find((field) => !(field in response))
    if (missing !== undefined) return `no ${missing}`
    if (status === 'in_progress' && (response.output.length > 0 || response.usage !== null)) return 'output or usage at its beginning'
    if (status !== 'failed' && response.error !== null) return 'an error, but it did not fail'
    return (response.incomplete_details !== null) === (status === 'incomplete') ? undefined : 'incomplete_details unlike its status'
  }

  #last(event: JsonObject, type: string): string | undefined {
    const wrong = this.#response(event, type.slice('response.'.length))
    if (wrong !== undefined) return wrong
    const response = objectOf(event.response) ?? {}
    if (type === 'response.failed') {
      this.#phase = 'failed'
      const error = objectOf(response.error)
      return typeof error?.code === 'string' && typeof error.message === 'string' && error.message !== '' ? undefined : 'an error without code or message'
    }
    this.#phase = 'done'
    if (this.#open !== undefined) return `item ${this.#open.index} is still open`
    if (!isDeepStrictEqual(response.output, this.#items)) return 'its output is not the items that were streamed'
    if (type === 'response.incomplete' && typeof objectOf(response.incomplete_details)?.reason !== 'string') return 'no reason'
    return response.usage === null ? undefined : wrongCounts(objectOf(response.usage))
  }

  #itemAdded(event: JsonObject): string | undefined {
    if (this.#open !== undefined) return `item ${this.#open.index} is still open`
    if (event.output_index !== this.#items.length) return `output_index ${String(event.output_index)} instead of ${this.#items.length}`
    const item = objectOf(event.item)
    if (typeof item?.type !== 'string') return 'no item'
    const { id } = item
    if (typeof id !== 'string' || id === '' || this.#ids.has(id)) return 'an item without an id of its own'
    this.#ids.add(id)
    if (item.type === 'message' && (item.role !== 'assistant' || !isDeepStrictEqual(item.content, []))) return 'a message that is not empty'
    if (item.type === 'function_call' || item.type === 'custom_tool_call') {
      if (item[STREAMED[item.type] ?? ''] !== '') return 'a call that is not empty'
      if (!item.call_id || !item.name) return 'a call without id or name'
    }
    this.#open = { item, index: this.#items.length, parts: [], part: undefined, annotations: 0, grown: '', isWhole: false }
    return undefined
  }

  #within(event: JsonObject, type: string, open: OpenItem): string | undefined {
    const inside = open.part ?? String(open.item.type)
    const growing = GROWING[type] ?? ENDING.get(type)
    if (growing !== undefined) {
      if (growing.inside !== inside || open.isWhole) return `inside of ${inside}${open.isWhole ? ', which is complete' : ''}`
      if (open.part !== undefined && placeOf(event) !== open.parts.length) return `part ${String(placeOf(event))} while ${open.parts.length} is open`
      if (growing.ends === type) {
        open.isWhole = true
        return event[growing.field] === open.grown ? undefined : 'says something else than its pieces'
      }
      if (typeof event.delta !== 'string' || event.delta === '') return 'an empty delta'
      open.grown += event.delta
      return undefined
    }
    switch (type) {
      case 'response.content_part.added':
      case 'response.reasoning_summary_part.added':
        return this.#partAdded(event, type, open)
      case 'response.content_part.done':
      case 'response.reasoning_summary_part.done':
        return this.#partDone(event, open)
      case 'response.output_text.annotation.added':
        if (inside !== 'output_text' || open.isWhole) return `inside of ${inside}`
        return event.annotation_index === open.annotations++ && isObject(event.annotation) ? undefined : 'an annotation out of its place'
      default:
        return 'unknown type'
    }
  }

  #partAdded(event: JsonObject, type: string, open: OpenItem): string | undefined {
    const holder = type === 'response.content_part.added' ? 'message' : 'reasoning'
    if (open.item.type !== holder) return `inside of ${String(open.item.type)}`
    if (open.part !== undefined || placeOf(event) !== open.parts.length) return `part ${String(placeOf(event))} instead of ${open.parts.length}`
    const part = objectOf(event.part)
    if (part === undefined || (part.text ?? part.refusal) !== '') return 'a part that is not empty'
    open.part = String(part.type)
    open.grown = ''
    open.annotations = 0
    open.isWhole = false
    return undefined
  }

  #partDone(event: JsonObject, open: OpenItem): string | undefined {
    const part = objectOf(event.part)
    if (open.part === undefined || !open.isWhole) return 'the part is not complete'
    if (part?.type !== open.part || placeOf(event) !== open.parts.length) return 'is another part'
    if ((part.text ?? part.refusal) !== open.grown) return 'says something else than its pieces'
    if (part.type === 'output_text' && arrayOf(part.annotations).length !== open.annotations) return 'holds other annotations than were streamed'
    open.parts.push(part)
    open.part = undefined
    return undefined
  }

  #itemDone(event: JsonObject, open: OpenItem): string | undefined {
    const item = objectOf(event.item)
    if (item === undefined || item.id !== open.item.id || item.type !== open.item.type) return 'is another item'
    if (open.part !== undefined) return 'a part is still open'
    const field = STREAMED[String(item.type)]
    if (field === 'arguments' || field === 'input') {
      if (!open.isWhole) return 'the call is not complete'
      if (item[field] !== open.grown) return 'says something else than its pieces'
      if (field === 'arguments' && open.grown === '') return 'a call without arguments'
      if (item.call_id !== open.item.call_id || item.name !== open.item.name) return 'is another call'
    } else if (field !== undefined && !this.#holdsParts(item, field, open)) return 'holds other parts than were streamed'
    this.#items.push(item)
    this.#open = undefined
    return undefined
  }

  /** Reasoning that an earlier provider summed up comes whole, so it may have been there at its beginning. */
  #holdsParts(item: JsonObject, field: string, open: OpenItem): boolean {
    return isDeepStrictEqual(item[field], open.parts) || (item.type === 'reasoning' && open.parts.length === 0 && isDeepStrictEqual(item, open.item))
  }
}

function placeOf(event: JsonObject): JsonValue | undefined {
  return event.content_index ?? event.summary_index
}

function wrongCounts(usage: JsonObject | undefined): string | undefined {
  const { input_tokens: input, output_tokens: output, total_tokens: total } = usage ?? {}
  if (!isCount(input) || !isCount(output) || !isCount(total)) return 'usage lacks its counts'
  if (input + output !== total) return 'its token counts do not add up'
  const cached = objectOf(usage?.input_tokens_details)?.cached_tokens
  if (isCount(cached) && cached > input) return 'more tokens cached than sent'
  const reasoned = objectOf(usage?.output_tokens_details)?.reasoning_tokens
  return isCount(reasoned) && reasoned > output ? 'more tokens of reasoning than of answer' : undefined
}
