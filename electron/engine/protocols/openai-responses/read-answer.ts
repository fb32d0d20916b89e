/**
 * Reads answers in the Responses format. Streams tell each item twice, piece by piece and whole at its end; whatever the pieces left out (some
 * providers send none) is taken from the end. A whole answer is read as one whose items only have ends.
 */
import type { ChatEvent, Finish, JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { readCharges } from '../charges.ts'
import { wrapFreeform } from '../freeform.ts'
import { arrayOf, isObject, known, numberOf, objectOf, parseJson, textOf } from '../json.ts'
import { readOpenAiLogprobs } from '../logprobs.ts'
import { isCutShort } from '../openai-chat/tool-calls.ts'
import type { AnswerReader, SseEvent } from '../protocol.ts'
import { presentable } from '../upstream-message.ts'
import { reasoningText } from './read-input.ts'
import { flatName } from './tools.ts'
import { readUsage } from './usage.ts'

/** Codes of failures told in band, as the status they would have had at the door. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  insufficient_quota: 429,
  rate_limit_exceeded: 429,
  context_length_exceeded: 400,
  invalid_prompt: 400,
  content_filter: 400,
  server_is_overloaded: 503,
  slow_down: 503,
}

const LAST: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete', 'response.failed'])

interface Item {
  /** Of a tool call: its place among the calls. */
  readonly call: number | undefined
  readonly isFreeform: boolean
  /** What has been told of its text or arguments. */
  told: string
  annotations: number
}

export class ResponsesReader implements AnswerReader {
  readonly usageOnly = false
  /** Items that have begun and not ended, by their place in the output. */
  readonly #open = new Map<JsonValue, Item>()
  #begun = 0
  #calls = 0
  #started: boolean = false
  #ended: boolean = false

  read({ event, data }: SseEvent): readonly ChatEvent[] {
    // OpenRouter ends its streams as chat completions do
    if (data === '' || data.trim() === '[DONE]') return []
    const body = parseJson(data)
    if (!isObject(body)) throw new Failure('upstream-unreadable', 'The provider streamed something that is not an event of a response.')
    const type = textOf(body.type) ?? event
    // after its end an answer has nothing more to say; only counts may still come
    return this.#ended && !LAST.has(type) ? [] : this.#readEvent(type, body)
  }

  end(): readonly ChatEvent[] {
    if (this.#ended) return []
    const isInCall = [...this.#open.values()].some((item) => item.call !== undefined && (item.told === '' || isCutShort(item.told)))
    if (isInCall) throw brokenCall()
    throw new Failure('stream-broken', 'The answer broke off: the provider closed the stream without saying why it stopped.')
  }

  /** The end of an answer, and with it whatever has not been told before. */
  readResponse(response: JsonObject): readonly ChatEvent[] {
    const events: ChatEvent[] = [...this.#start(response)]
    const output = arrayOf(response.output)
    if (this.#begun === 0) for (const [index, item] of output.entries()) events.push(...this.#readEnd(index, objectOf(item) ?? {}))
    const usage = objectOf(response.usage)
    const tokens = readUsage(usage)
    if (tokens !== undefined) events.push({ type: 'usage', tokens, ...known({ extras: readCharges(usage, response, searchesIn(output)) }) })
    if (this.#ended) return events
    const error = objectOf(response.error)
    if (response.status === 'failed' || response.status === 'cancelled' || error !== undefined) return [...events, this.#fail(error ?? {})]
    // still being worked on, in the background
    if (response.status === 'queued' || response.status === 'in_progress') return events
    this.#ended = true
    for (const item of this.#open.values()) {
      if (item.call === undefined) continue
      // its end is missing, and some of its arguments with it
      if (response.status !== 'incomplete' && isCutShort(item.told)) throw brokenCall()
      events.push({ type: 'tool-call-end', index: item.call })
    }
    this.#open.clear()
    return [...events, { type: 'finish', ...this.#finish(response) }]
  }

  #finish(response: JsonObject): { readonly reason: Finish; readonly raw: string } {
    const why = textOf(objectOf(response.incomplete_details)?.reason)
    const status = textOf(response.status) ?? 'completed'
    const raw = why === undefined ? status : `${status}:${why}`
    if (status === 'incomplete') return { reason: why === 'content_filter' ? 'content-filter' : 'length', raw }
    return { reason: this.#calls > 0 ? 'tool-calls' : 'stop', raw }
  }

  #readEvent(type: string, body: JsonObject): readonly ChatEvent[] {
    switch (type) {
      case 'response.created':
      case 'response.in_progress':
      case 'response.queued':
        return this.#start(objectOf(body.response) ?? {})
      case 'response.output_item.added':
        return this.#begin(placeOf(body), objectOf(body.item) ?? {})
      case 'response.output_item.done':
        return this.#readEnd(placeOf(body), objectOf(body.item) ?? {})
      case 'response.output_text.delta':
        return this.#tell(body, 'text-delta')
      case 'response.refusal.delta':
        return this.#tell(body, 'refusal-delta')
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        return this.#tell(body, 'reasoning-delta')
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        return this.#tellArguments(this.#open.get(placeOf(body)), textOf(body.delta) ?? '')
      case 'response.output_text.annotation.added': {
        const item = this.#open.get(placeOf(body))
        if (item !== undefined) item.annotations++
        return isObject(body.annotation) ? [annotation(body.annotation)] : []
      }
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        return this.readResponse(objectOf(body.response) ?? {})
      case 'error':
        return [this.#fail(objectOf(body.error) ?? body)]
      default:
        // beginnings and ends of parts, progress of the provider's own tools: the items' ends tell the same
        return []
    }
  }

  #start(response: JsonObject): readonly ChatEvent[] {
    if (this.#started) return []
    this.#started = true
    return [{ type: 'response-start', ...known({ id: textOf(response.id), model: textOf(response.model) }) }]
  }

  #begin(place: JsonValue, item: JsonObject): readonly ChatEvent[] {
    this.#begun++
    const isFreeform = item.type === 'custom_tool_call'
    const isCall = isFreeform || item.type === 'function_call'
    const call = isCall ? this.#calls++ : undefined
    this.#open.set(place, { call, isFreeform, told: '', annotations: 0 })
    if (call === undefined) return []
    const id = textOf(item.call_id) ?? textOf(item.id) ?? `call_${call}`
    return [{ type: 'tool-call-start', index: call, id, name: flatName(textOf(item.name) ?? '', textOf(item.namespace)) }]
  }

  #tell(body: JsonObject, type: 'text-delta' | 'refusal-delta' | 'reasoning-delta'): readonly ChatEvent[] {
    const text = textOf(body.delta)
    const logprobs = type === 'text-delta' ? readOpenAiLogprobs(body.logprobs) : []
    if (text === undefined && logprobs.length === 0) return []
    const item = this.#open.get(placeOf(body))
    if (item !== undefined) item.told += text ?? ''
    return [logprobs.length === 0 ? { type, text: text ?? '' } : { type: 'text-delta', text: text ?? '', logprobs }]
  }

  /** A freeform tool's text becomes the one argument of a JSON object, as it comes. */
  #tellArguments(item: Item | undefined, piece: string): readonly ChatEvent[] {
    if (item?.call === undefined) throw new Failure('upstream-unreadable', 'The provider went on with a tool call that it had not begun.')
    if (piece === '') return []
    const opening = item.isFreeform && item.told === '' ? '{"input":"' : ''
    item.told += piece
    return [{ type: 'tool-call-delta', index: item.call, arguments: item.isFreeform ? opening + JSON.stringify(piece).slice(1, -1) : piece }]
  }

  #readEnd(place: JsonValue, value: JsonObject): readonly ChatEvent[] {
    const events: ChatEvent[] = this.#open.has(place) ? [] : [...this.#begin(place, value)]
    const item = this.#open.get(place)
    this.#open.delete(place)
    if (item === undefined) return events
    switch (value.type) {
      case 'message':
        return [...events, ...readMessage(value, item)]
      case 'reasoning': {
        const text = item.told === '' ? reasoningText(value) : ''
        if (text !== '') events.push({ type: 'reasoning-delta', text })
        const signature = textOf(value.encrypted_content)
        if (signature !== undefined) events.push({ type: 'reasoning-signature', signature, format: 'openai-responses' })
        return events
      }
      case 'function_call':
      case 'custom_tool_call':
        return [...events, ...this.#endCall(item, value)]
      default:
        return [...events, { type: 'opaque', protocol: 'openai-responses', value }]
    }
  }

  #endCall(item: Item, value: JsonObject): readonly ChatEvent[] {
    const whole = textOf(item.isFreeform ? value.input : value.arguments) ?? ''
    const events: ChatEvent[] = []
    const index = item.call ?? 0
    if (item.isFreeform && item.told === '') events.push({ type: 'tool-call-delta', index, arguments: wrapFreeform(whole) })
    else {
      // pieces were lost on the way: what has been told is no call any more
      if (!item.isFreeform && whole !== '' && !whole.startsWith(item.told) && parseJson(item.told) === undefined) throw brokenCall()
      if (whole.startsWith(item.told)) events.push(...this.#tellArguments(item, whole.slice(item.told.length)))
      if (item.isFreeform) events.push({ type: 'tool-call-delta', index, arguments: '"}' })
    }
    return [...events, { type: 'tool-call-end', index }]
  }

  #fail(error: JsonObject): ChatEvent {
    this.#ended = true
    const code = textOf(error.code) ?? textOf(error.type)
    const message = presentable(textOf(error.message) ?? 'The provider broke off without saying why.')
    return { type: 'error', message, ...known({ code, status: code === undefined ? undefined : STATUS_OF_CODE[code] }) }
  }
}

function brokenCall(): Failure {
  return new Failure('stream-broken', 'The answer broke off inside the arguments of a tool call.')
}

/** Which item an event speaks of. */
function placeOf(body: JsonObject): JsonValue {
  return numberOf(body.output_index) ?? body.item_id ?? objectOf(body.item)?.id ?? 0
}

function readMessage(message: JsonObject, item: Item): readonly ChatEvent[] {
  const events: ChatEvent[] = []
  for (const value of arrayOf(message.content)) {
    const part = objectOf(value)
    const text = textOf(part?.text)
    const refusal = textOf(part?.refusal)
    const logprobs = readOpenAiLogprobs(part?.logprobs)
    if (item.told === '' && text !== undefined) events.push({ type: 'text-delta', text, ...(logprobs.length > 0 && { logprobs }) })
    if (item.told === '' && refusal !== undefined) events.push({ type: 'refusal-delta', text: refusal })
  }
  const annotations = arrayOf(message.content).flatMap((part) => arrayOf(objectOf(part)?.annotations))
  for (const value of annotations.slice(item.annotations)) if (isObject(value)) events.push(annotation(value))
  return events
}

function annotation(value: JsonObject): ChatEvent {
  return { type: 'opaque', protocol: 'openai-responses', value: { annotation: value } }
}

/** @throws Failure 'upstream-unreadable' when it is no response */
export function readWhole(body: JsonObject): readonly ChatEvent[] {
  if (!Array.isArray(body.output) && !isObject(body.error)) {
    throw new Failure('upstream-unreadable', 'The provider answered with something that is not a response.')
  }
  return new ResponsesReader().readResponse(body)
}

/** A call that opens or looks through a page is not charged, one that searches is: https://platform.openai.com/docs/pricing#built-in-tools */
function searchesIn(output: readonly JsonValue[]): number {
  let searches = 0
  for (const item of output) {
    const call = objectOf(item)
    if (call?.type === 'web_search_call' && (objectOf(call.action)?.type ?? 'search') === 'search') searches++
  }
  return searches
}
