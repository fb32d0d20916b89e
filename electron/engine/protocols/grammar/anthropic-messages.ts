/**
 * The grammar of an Anthropic stream, as strict as the strictest client: message_start; blocks with index 0, 1, 2 ..., each begun once, ended once and
 * never two at a time; deltas that fit their block; one message_delta with the stop reason; message_stop. `event:` equals `type`.
 */
import type { JsonObject } from '../../../../shared/chat.ts'
import { EventCutter, objectIn, type StreamGrammar } from './stream-grammar.ts'

const DELTAS: Readonly<Record<string, readonly string[]>> = {
  text: ['text_delta', 'citations_delta'],
  thinking: ['thinking_delta', 'signature_delta'],
  tool_use: ['input_json_delta'],
  server_tool_use: ['input_json_delta'],
  mcp_tool_use: ['input_json_delta'],
}

interface OpenBlock {
  readonly index: number
  readonly type: string
  json: string
  signatures: number
}

/** A whole stream as text; returns its events. @throws Error naming the first breach */
export function checkAnthropicStream(stream: string, options: { readonly mayFail?: boolean } = {}): readonly JsonObject[] {
  const grammar = new AnthropicGrammar()
  grammar.push(stream)
  if (grammar.end() === 'failed' && options.mayFail !== true) throw new Error(`the stream ended with an error: ${JSON.stringify(grammar.events.at(-1))}`)
  return grammar.events
}

export class AnthropicGrammar implements StreamGrammar {
  readonly events: JsonObject[] = []
  readonly #cutter = new EventCutter()
  #phase: 'before' | 'within' | 'after the stop reason of' | 'done' | 'failed' = 'before'
  #open: OpenBlock | undefined
  #next = 0

  push(piece: string): void {
    for (const sent of this.#cutter.push(piece)) {
      if (sent === undefined) throw new Error('an event without data')
      const event = objectIn(sent)
      const name = String(event.type)
      if (name !== sent.event) throw new Error(`event: ${sent.event} carries type ${name}`)
      const complaint = this.#step(event)
      if (complaint !== undefined) throw new Error(`event ${this.events.length} (${name}): ${complaint}`)
      this.events.push(event)
    }
  }

  end(): 'complete' | 'failed' {
    this.#cutter.end()
    if (this.#phase === 'failed') return 'failed'
    if (this.#phase !== 'done') throw new Error(`the stream stopped ${this.#phase} its message`)
    return 'complete'
  }

  #step(event: JsonObject): string | undefined {
    if (this.#phase === 'done' || this.#phase === 'failed') return 'after the end'
    switch (event.type) {
      case 'ping':
        return undefined
      case 'error':
        this.#phase = 'failed'
        return typeof (event.error as JsonObject | undefined)?.message === 'string' ? undefined : 'no message'
      case 'message_start':
        return this.#messageStart(event)
      case 'content_block_start':
        return this.#blockStart(event)
      case 'content_block_delta':
        return this.#blockDelta(event)
      case 'content_block_stop':
        return this.#blockStop(event)
      case 'message_delta':
        return this.#messageDelta(event)
      case 'message_stop':
        if (this.#phase !== 'after the stop reason of') return 'before a stop reason'
        this.#phase = 'done'
        return undefined
      default:
        return 'unknown type'
    }
  }

  #messageStart(event: JsonObject): string | undefined {
    if (this.#phase !== 'before') return 'a second time'
    this.#phase = 'within'
    const message = event.message as JsonObject
    if (!/^msg_[\w-]+$/.test(String(message.id))) return `id ${String(message.id)}`
    if (message.type !== 'message' || message.role !== 'assistant') return 'neither type message nor role assistant'
    if (typeof message.model !== 'string' || message.model === '') return 'no model'
    if (!Array.isArray(message.content) || message.content.length > 0) return 'content is not an empty list'
    if (message.stop_reason !== null || message.stop_sequence !== null) return 'a stop reason already'
    const usage = message.usage as JsonObject | undefined
    if (typeof usage?.input_tokens !== 'number' || typeof usage.output_tokens !== 'number') return 'usage lacks its counts'
    return undefined
  }

  #blockStart(event: JsonObject): string | undefined {
    if (this.#phase !== 'within') return `${this.#phase} the message`
    if (this.#open !== undefined) return `block ${this.#open.index} is still open`
    if (event.index !== this.#next) return `index ${String(event.index)} instead of ${this.#next}`
    const block = event.content_block as JsonObject
    const type = String(block.type)
    if (type === 'text' && block.text !== '') return 'text before its first delta'
    if (type === 'thinking' && (block.thinking !== '' || block.signature !== '')) return 'thinking before its first delta'
    if (type === 'tool_use') {
      if (!/^[\w-]+$/.test(String(block.id))) return `tool id ${String(block.id)}`
      if (typeof block.name !== 'string' || block.name === '') return 'no tool name'
      if (JSON.stringify(block.input) !== '{}') return 'input before its first delta'
    }
    this.#open = { index: this.#next++, type, json: '', signatures: 0 }
    return undefined
  }

  #blockDelta(event: JsonObject): string | undefined {
    const open = this.#open
    if (open === undefined || event.index !== open.index) return `no open block ${String(event.index)}`
    const delta = event.delta as JsonObject
    const type = String(delta.type)
    if (!(DELTAS[open.type] ?? []).includes(type)) return `${type} in a ${open.type} block`
    if (open.signatures > 0) return `${type} after the signature`
    if (type === 'signature_delta') open.signatures++
    if (type === 'input_json_delta') open.json += String(delta.partial_json)
    return undefined
  }

  #blockStop(event: JsonObject): string | undefined {
    const open = this.#open
    if (open === undefined || event.index !== open.index) return `no open block ${String(event.index)}`
    if (open.type === 'thinking' && open.signatures !== 1) return `${open.signatures} signatures in a thinking block`
    this.#open = undefined
    return undefined
  }

  #messageDelta(event: JsonObject): string | undefined {
    if (this.#phase !== 'within') return `${this.#phase} the message`
    if (this.#open !== undefined) return `block ${this.#open.index} is still open`
    this.#phase = 'after the stop reason of'
    const delta = event.delta as JsonObject
    if (typeof delta.stop_reason !== 'string') return 'no stop reason'
    if (!('stop_sequence' in delta)) return 'no stop_sequence field'
    return typeof (event.usage as JsonObject | undefined)?.output_tokens === 'number' ? undefined : 'usage lacks output_tokens'
  }
}
