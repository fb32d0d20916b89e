/**
 * The grammar of a Cohere chat stream: message-start; parts of the content with index 0, 1, 2 ..., one at a time; tool calls, each begun once, ended
 * once and with its arguments between; citations; message-end with the finish reason and the counts, and [DONE] unless it tells of an error.
 * `event:` equals `type`. Source: https://docs.cohere.com/v2/docs/streaming
 */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { isObject, objectOf } from '../json.ts'
import type { SseEvent } from '../protocol.ts'
import { EventCutter, isCount, objectIn, onlyFields, type StreamGrammar } from './stream-grammar.ts'

const FINISH_REASONS: ReadonlySet<JsonValue | undefined> = new Set(['COMPLETE', 'STOP_SEQUENCE', 'MAX_TOKENS', 'TOOL_CALL', 'ERROR', 'TIMEOUT', 'ERROR_TOXIC'])
const END_FIELDS: ReadonlySet<string> = new Set(['finish_reason', 'usage', 'error'])

export class CohereGrammar implements StreamGrammar {
  readonly #cutter = new EventCutter()
  #phase: 'before' | 'within' | 'ended' | 'done' | 'failed' = 'before'
  #id: string | undefined
  #part: { readonly index: number; readonly type: 'text' | 'thinking' } | undefined
  #parts = 0
  /** The arguments of the calls that are open, by index. */
  readonly #open = new Map<number, string>()
  #calls = 0
  readonly #callIds = new Set<string>()
  #citation: number | undefined
  #citations = 0

  push(piece: string): void {
    for (const sent of this.#cutter.push(piece)) if (sent !== undefined) this.#take(sent)
  }

  end(): 'complete' | 'failed' {
    this.#cutter.end()
    if (this.#phase === 'failed') return 'failed'
    if (this.#phase !== 'done') throw new Error(`the stream stopped ${this.#phase === 'ended' ? 'before [DONE]' : 'before its message-end'}`)
    return 'complete'
  }

  #take(sent: SseEvent): void {
    if (this.#phase === 'done' || this.#phase === 'failed') throw new Error('something follows the end')
    if (sent.data === '[DONE]') {
      if (sent.event !== '' || this.#phase !== 'ended') throw new Error('[DONE] before message-end')
      this.#phase = 'done'
      return
    }
    if (this.#phase === 'ended') throw new Error('something follows message-end')
    const event = objectIn(sent)
    const type = String(event.type)
    if (type !== sent.event) throw new Error(`event: ${sent.event} carries type ${type}`)
    this.#step(event, type)
  }

  #step(event: JsonObject, type: string): void {
    if ((this.#phase === 'before') !== (type === 'message-start')) throw new Error(`${type} ${this.#phase} the message`)
    const delta = objectOf(event.delta)
    const message = objectOf(delta?.message)
    switch (type) {
      case 'message-start':
        this.#start(event, message)
        break
      case 'content-start':
      case 'content-delta':
        this.#content(event, type, objectOf(message?.content))
        break
      case 'content-end':
        if (this.#part?.index !== event.index) throw new Error(`no open part ${String(event.index)}`)
        this.#part = undefined
        break
      case 'tool-call-start':
        this.#startCall(event, objectOf(message?.tool_calls))
        break
      case 'tool-call-delta':
        this.#continueCall(event, objectOf(objectOf(message?.tool_calls)?.function)?.arguments)
        break
      case 'tool-call-end':
        this.#endCall(event)
        break
      case 'citation-start':
        if (this.#citation !== undefined || event.index !== this.#citations) throw new Error(`citation ${String(event.index)} instead of ${this.#citations}`)
        if (!isObject(message?.citations)) throw new Error('a citation without what it cites')
        this.#citation = this.#citations++
        break
      case 'citation-end':
        if (this.#citation === undefined || event.index !== this.#citation) throw new Error(`no open citation ${String(event.index)}`)
        this.#citation = undefined
        break
      case 'message-end':
        this.#end(event, delta)
        break
      default:
        throw new Error(`unknown type ${type}`)
    }
  }

  #start({ id }: JsonObject, message: JsonObject | undefined): void {
    if (typeof id !== 'string' || id === '') throw new Error('a message without id')
    if (message?.role !== 'assistant') throw new Error('a message that is not the assistant’s')
    this.#id = id
    this.#phase = 'within'
  }

  #content({ index }: JsonObject, type: string, content: JsonObject | undefined): void {
    if (content === undefined) throw new Error(`${type} without content`)
    if (type === 'content-start') {
      if (this.#part !== undefined) throw new Error(`part ${this.#part.index} is still open`)
      if (index !== this.#parts) throw new Error(`part ${String(index)} instead of ${this.#parts}`)
      if (content.type !== 'text' && content.type !== 'thinking') throw new Error(`a part of type ${String(content.type)}`)
      if (content[content.type] !== '') throw new Error('content before its first delta')
      this.#part = { index: this.#parts++, type: content.type }
      return
    }
    const part = this.#part
    if (part === undefined || index !== part.index) throw new Error(`no open part ${String(index)}`)
    const said = content[part.type]
    if (Object.keys(content).length !== 1 || typeof said !== 'string' || said === '') throw new Error(`a delta that says no ${part.type}`)
  }

  #startCall({ index }: JsonObject, call: JsonObject | undefined): void {
    if (this.#part !== undefined) throw new Error(`part ${this.#part.index} is still open`)
    if (index !== this.#calls) throw new Error(`tool call ${String(index)} instead of ${this.#calls}`)
    const { id, type } = call ?? {}
    const definition = objectOf(call?.function)
    if (typeof id !== 'string' || id === '' || this.#callIds.has(id)) throw new Error(`tool call ${index} has no id of its own`)
    if (type !== 'function') throw new Error(`tool call ${index} begins without type`)
    if (typeof definition?.name !== 'string' || definition.name === '') throw new Error(`tool call ${index} begins without name`)
    if (typeof definition.arguments !== 'string') throw new Error(`arguments of tool call ${index} are no text`)
    this.#callIds.add(id)
    this.#open.set(this.#calls++, definition.arguments)
  }

  #continueCall({ index }: JsonObject, piece: JsonValue | undefined): void {
    const before = isCount(index) ? this.#open.get(index) : undefined
    if (before === undefined || !isCount(index)) throw new Error(`no open tool call ${String(index)}`)
    if (typeof piece !== 'string') throw new Error(`arguments of tool call ${index} are no text`)
    this.#open.set(index, before + piece)
  }

  #endCall({ index }: JsonObject): void {
    const said = isCount(index) ? this.#open.get(index) : undefined
    if (said === undefined || !isCount(index)) throw new Error(`no open tool call ${String(index)}`)
    if (said === '') throw new Error(`tool call ${index} ends without arguments`)
    this.#open.delete(index)
  }

  #end({ id }: JsonObject, delta: JsonObject | undefined): void {
    if (id !== this.#id) throw new Error('the id changed on the way')
    if (delta === undefined) throw new Error('message-end without delta')
    onlyFields(delta, END_FIELDS, 'message-end')
    if (this.#part !== undefined) throw new Error(`part ${this.#part.index} is still open`)
    if (!FINISH_REASONS.has(delta.finish_reason)) throw new Error(`unknown finish reason ${String(delta.finish_reason)}`)
    checkUsage(objectOf(delta.usage))
    if (delta.error !== undefined) {
      if (delta.finish_reason !== 'ERROR' || typeof delta.error !== 'string' || delta.error === '') throw new Error('an error without a message')
      this.#phase = 'failed'
      return
    }
    const isCut = delta.finish_reason === 'MAX_TOKENS' || delta.finish_reason === 'ERROR'
    if (this.#open.size > 0 && !isCut) throw new Error(`tool call ${[...this.#open.keys()].join(', ')} never ended`)
    if (delta.finish_reason === 'TOOL_CALL' && this.#calls === 0) throw new Error('finished for tool calls, but there are none')
    this.#phase = 'ended'
  }
}

function checkUsage(usage: JsonObject | undefined): void {
  if (usage === undefined) throw new Error('message-end without usage')
  for (const name of ['billed_units', 'tokens'] as const) {
    for (const [count, value] of Object.entries(objectOf(usage[name]) ?? {})) if (!isCount(value)) throw new Error(`${name}.${count} is no count`)
  }
  const { input_tokens: input } = objectOf(usage.tokens) ?? {}
  if (isCount(input) && isCount(usage.cached_tokens) && usage.cached_tokens > input) throw new Error('more tokens cached than sent')
}
