/**
 * The grammar of a Responses stream, as strict as the strictest client: response.created and response.in_progress; items one after another, each with
 * its place in the output, its pieces between its beginning and its end, and every text, refusal, summary or argument said whole once more at its
 * end; the last event holds all items and the token counts. `sequence_number` counts from 0, `event:` equals `type`.
 */
import { SseSplitter } from '../../electron/engine/protocols/sse.ts'
import type { JsonObject, JsonValue } from '../../shared/chat.ts'

const LAST = ['response.completed', 'response.incomplete', 'response.failed']

/** Deltas, by the type of item or part they belong to: what ends them, and the field of the end that repeats them. */
const GROWING: Readonly<Record<string, { readonly ends: string; readonly field: string; readonly inside: string }>> = {
  'response.output_text.delta': { ends: 'response.output_text.done', field: 'text', inside: 'output_text' },
  'response.refusal.delta': { ends: 'response.refusal.done', field: 'refusal', inside: 'refusal' },
  'response.reasoning_summary_text.delta': { ends: 'response.reasoning_summary_text.done', field: 'text', inside: 'summary_text' },
  'response.function_call_arguments.delta': { ends: 'response.function_call_arguments.done', field: 'arguments', inside: 'function_call' },
  'response.custom_tool_call_input.delta': { ends: 'response.custom_tool_call_input.done', field: 'input', inside: 'custom_tool_call' },
}

/** @returns the events. @throws Error naming the event at fault and why */
export function checkResponsesStream(stream: string, options: { readonly mayFail?: boolean } = {}): readonly JsonObject[] {
  const splitter = new SseSplitter()
  const frames = [...splitter.push(Buffer.from(stream))]
  const rest = splitter.end()
  if (rest !== undefined) throw new Error('the stream does not end with a blank line')
  const checker = new Checker()
  const events = frames.map(({ event }, index) => {
    if (event === undefined) throw new Error(`frame ${index} has no data`)
    const value = JSON.parse(event.data) as JsonObject
    const wrong = event.event === value.type ? checker.check(value, index) : `is named '${event.event}'`
    if (wrong !== undefined) throw new Error(`event ${index} (${String(value.type)}): ${wrong}`)
    return value
  })
  if (!checker.isDone) throw new Error('the stream ends without its last event')
  if (events.at(-1)?.type === 'response.failed' && options.mayFail !== true) throw new Error(`the response failed: ${JSON.stringify(events.at(-1))}`)
  return events
}

interface OpenItem {
  readonly item: JsonObject
  readonly index: number
  part: { readonly type: string; ended: boolean } | undefined
  parts: number
  grown: string
  whole: boolean
}

class Checker {
  isDone = false
  #responseId: JsonValue | undefined
  #open: OpenItem | undefined
  readonly #items: JsonObject[] = []
  readonly #ids = new Set<JsonValue>()

  /** What is wrong with the event, if anything is. */
  check(event: JsonObject, position: number): string | undefined {
    if (this.isDone) return 'comes after the last event'
    if (event.sequence_number !== position) return `sequence_number ${String(event.sequence_number)}`
    const type = String(event.type)
    if (position === 0 && type !== 'response.created') return 'opens the stream'
    if (position === 1 && type !== 'response.in_progress') return 'stands in second place'
    if (position < 2) return this.#response(event, 'in_progress')
    if (LAST.includes(type)) return this.#last(event, type)
    if (type === 'response.output_item.added') return this.#itemAdded(event)
    const open = this.#open
    if (open === undefined) return 'outside of any item'
    if (event.output_index !== open.index) return `output_index ${String(event.output_index)} while ${open.index} is open`
    if (type === 'response.output_item.done') return this.#itemDone(event, open)
    if (event.item_id !== open.item.id) return `item_id ${String(event.item_id)}`
    return this.#within(event, type, open)
  }

  #response(event: JsonObject, status: string): string | undefined {
    const response = event.response as JsonObject
    if (typeof response.id !== 'string' || response.id === '') return 'no id'
    this.#responseId ??= response.id
    if (response.id !== this.#responseId) return 'another id'
    if (response.object !== 'response' || response.status !== status) return `object ${String(response.object)}, status ${String(response.status)}`
    if (typeof response.model !== 'string' || response.model === '') return 'no model'
    if (typeof response.created_at !== 'number') return 'no created_at'
    if (!Array.isArray(response.output) || !Array.isArray(response.tools)) return 'output or tools is no list'
    for (const field of ['error', 'incomplete_details', 'instructions', 'metadata', 'parallel_tool_calls', 'temperature', 'tool_choice', 'top_p', 'usage']) {
      if (!(field in response)) return `no ${field}`
    }
    return undefined
  }

  #last(event: JsonObject, type: string): string | undefined {
    this.isDone = true
    const wrong = this.#response(event, type.slice('response.'.length))
    if (wrong !== undefined) return wrong
    const response = event.response as JsonObject
    if (type === 'response.failed') {
      const error = response.error as JsonObject | null
      return typeof error?.code === 'string' && typeof error.message === 'string' ? undefined : 'no error'
    }
    if (this.#open !== undefined) return `item ${this.#open.index} is still open`
    if (JSON.stringify(response.output) !== JSON.stringify(this.#items)) return 'its output is not the items that were streamed'
    if (type === 'response.incomplete' && typeof (response.incomplete_details as JsonObject | null)?.reason !== 'string') return 'no reason'
    const usage = response.usage as JsonObject | null
    if (usage === null) return undefined
    if (Number(usage.input_tokens) + Number(usage.output_tokens) !== usage.total_tokens) return 'its token counts do not add up'
    return undefined
  }

  #itemAdded(event: JsonObject): string | undefined {
    if (this.#open !== undefined) return `item ${this.#open.index} is still open`
    if (event.output_index !== this.#items.length) return `output_index ${String(event.output_index)} instead of ${this.#items.length}`
    const item = event.item as JsonObject
    if (typeof item.id !== 'string' || item.id === '' || this.#ids.has(item.id)) return `item id ${String(item.id)}`
    this.#ids.add(item.id)
    if (item.type === 'message' && (item.role !== 'assistant' || JSON.stringify(item.content) !== '[]')) return 'a message that is not empty'
    if (item.type === 'function_call' && (item.arguments !== '' || !item.call_id || !item.name)) return 'a call with arguments, or without id or name'
    this.#open = { item, index: this.#items.length, part: undefined, parts: 0, grown: '', whole: false }
    return undefined
  }

  #within(event: JsonObject, type: string, open: OpenItem): string | undefined {
    const inside = open.part?.type ?? String(open.item.type)
    const growing = GROWING[type]
    if (growing !== undefined) {
      if (growing.inside !== inside || open.whole) return `inside of ${inside}${open.whole ? ', which is complete' : ''}`
      open.grown += String(event.delta)
      return event.delta === '' ? 'an empty delta' : undefined
    }
    const ended = Object.values(GROWING).find(({ ends }) => ends === type)
    if (ended !== undefined) {
      if (ended.inside !== inside || open.whole) return `inside of ${inside}`
      open.whole = true
      return event[ended.field] === open.grown ? undefined : `says ${JSON.stringify(event[ended.field])} after ${JSON.stringify(open.grown)}`
    }
    switch (type) {
      case 'response.content_part.added':
      case 'response.reasoning_summary_part.added': {
        const place = type === 'response.content_part.added' ? event.content_index : event.summary_index
        if (open.part !== undefined || place !== open.parts) return `part ${String(place)} instead of ${open.parts}`
        open.part = { type: String((event.part as JsonObject).type), ended: false }
        open.grown = ''
        open.whole = false
        return undefined
      }
      case 'response.content_part.done':
      case 'response.reasoning_summary_part.done': {
        const part = event.part as JsonObject
        if (open.part === undefined || !open.whole) return 'the part is not complete'
        if ((part.text ?? part.refusal) !== open.grown) return 'says something else than its pieces'
        open.part = undefined
        open.parts++
        return undefined
      }
      case 'response.output_text.annotation.added':
        return inside === 'output_text' ? undefined : `inside of ${inside}`
      default:
        return 'unknown type'
    }
  }

  #itemDone(event: JsonObject, open: OpenItem): string | undefined {
    const item = event.item as JsonObject
    if (item.id !== open.item.id || item.type !== open.item.type) return 'is another item'
    if (open.part !== undefined) return 'a part is still open'
    if ((item.type === 'function_call' || item.type === 'custom_tool_call') && !open.whole) return 'the arguments are not complete'
    if (item.type === 'function_call' && item.arguments !== open.grown) return 'says something else than its pieces'
    if (item.type === 'message' && (item.content as readonly JsonValue[]).length !== open.parts) return 'holds other parts than were streamed'
    if (item.type === 'reasoning' && !Array.isArray(item.summary)) return 'no summary'
    this.#items.push(item)
    this.#open = undefined
    return undefined
  }
}
