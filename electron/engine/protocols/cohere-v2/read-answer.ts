/**
 * Reads Cohere's answers. A stream's events carry their type in the data as well as by name; tool_plan, which its older models write before they call
 * tools, reads as reasoning, and so does the thinking of newer ones.
 */
import type { ChatEvent, JsonObject } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { arrayOf, isObject, known, numberOf, objectOf, parseJson, textOf } from '../json.ts'
import type { AnswerReader, SseEvent } from '../protocol.ts'
import { presentable } from '../upstream-message.ts'
import { readFinish } from './finish.ts'
import { readUsage } from './usage.ts'

interface OpenCall {
  readonly index: number
  /** Arguments not handed on yet: `null` stands for none, and may come in pieces. */
  held: string
  isEmpty: boolean
}

const BROKEN = 'The provider broke off without saying why.'

export class CohereReader implements AnswerReader {
  readonly usageOnly = false
  readonly #open = new Map<number, OpenCall>()
  #calls = 0
  #ended: boolean = false

  read(event: SseEvent): readonly ChatEvent[] {
    if (event.data === '' || event.data.trim() === '[DONE]') return []
    const data = parseJson(event.data)
    if (!isObject(data)) throw new Failure('upstream-unreadable', 'The provider streamed something that is not an event of a chat answer.')
    const delta = objectOf(data.delta)
    const message = objectOf(delta?.message)
    switch (textOf(data.type) ?? event.event) {
      case 'message-start':
        return [{ type: 'response-start', ...known({ id: textOf(data.id) }) }]
      case 'content-start':
      case 'content-delta':
        return readContent(objectOf(message?.content))
      case 'tool-plan-delta':
        return reasoning(textOf(message?.tool_plan))
      case 'tool-call-start':
        return this.#startCall(objectOf(message?.tool_calls) ?? {}, numberOf(data.index))
      case 'tool-call-delta':
        return this.#continueCall(textOf(objectOf(objectOf(message?.tool_calls)?.function)?.arguments) ?? '', numberOf(data.index))
      case 'tool-call-end':
        return this.#endCall(numberOf(data.index))
      case 'citation-start':
        return isObject(message?.citations) ? [citation(message.citations)] : []
      case 'message-end':
        return this.#end(delta ?? {})
      case 'error':
        this.#ended = true
        return [{ type: 'error', message: presentable(textOf(data.message) ?? BROKEN) }]
      default:
        // content-end, citation-end and debug say nothing by themselves; what is new must not break old readers
        return []
    }
  }

  end(): readonly ChatEvent[] {
    if (this.#ended) return []
    const where = this.#open.size > 0 ? 'inside the arguments of a tool call' : 'the provider closed the stream without saying why it stopped'
    throw new Failure('stream-broken', `The answer broke off: ${where}.`)
  }

  /** @throws Failure 'upstream-unreadable' when it is no answer. */
  readWhole(body: JsonObject): readonly ChatEvent[] {
    const message = objectOf(body.message)
    if (message === undefined) throw new Failure('upstream-unreadable', 'The provider answered with something that is not a chat answer.')
    const events: ChatEvent[] = [{ type: 'response-start', ...known({ id: textOf(body.id) }) }]
    events.push(...reasoning(textOf(message.tool_plan)))
    for (const part of arrayOf(message.content)) events.push(...readContent(objectOf(part)))
    for (const cited of arrayOf(message.citations)) if (isObject(cited)) events.push(citation(cited))
    for (const [place, call] of arrayOf(message.tool_calls).entries()) {
      if (isObject(call)) events.push(...this.#startCall(call, place), ...this.#endCall(place))
    }
    return [...events, ...this.#end(body)]
  }

  #startCall(call: JsonObject, place: number | undefined): ChatEvent[] {
    const definition = objectOf(call.function) ?? {}
    const index = this.#calls++
    this.#open.set(place ?? index, { index, held: '', isEmpty: true })
    const name = textOf(definition.name) ?? ''
    const started: ChatEvent = { type: 'tool-call-start', index, id: textOf(call.id) ?? `${name || 'call'}_${index}`, name }
    return [started, ...this.#continueCall(textOf(definition.arguments) ?? '', place)]
  }

  #continueCall(piece: string, place: number | undefined): ChatEvent[] {
    const call = this.#find(place)
    if (call === undefined || piece === '') return []
    const text = call.held + piece
    if (call.isEmpty && 'null'.startsWith(text.trim())) {
      call.held = text
      return []
    }
    call.held = ''
    call.isEmpty = false
    return [{ type: 'tool-call-delta', index: call.index, arguments: text }]
  }

  #endCall(place: number | undefined): ChatEvent[] {
    const call = this.#find(place)
    if (call === undefined) return []
    for (const [key, open] of this.#open) if (open === call) this.#open.delete(key)
    return [{ type: 'tool-call-end', index: call.index }]
  }

  #find(place: number | undefined): OpenCall | undefined {
    return place === undefined ? [...this.#open.values()].at(-1) : this.#open.get(place)
  }

  #end(end: JsonObject): ChatEvent[] {
    const events: ChatEvent[] = []
    const tokens = readUsage(objectOf(end.usage))
    if (tokens !== undefined) events.push({ type: 'usage', tokens })
    const error = textOf(end.error)
    if (error !== undefined) {
      this.#ended = true
      return [...events, { type: 'error', message: presentable(error) }]
    }
    const raw = textOf(end.finish_reason)
    if (raw === undefined) return events
    const reason = readFinish(raw)
    // a call that was never closed must not look complete
    if (this.#open.size > 0 && reason !== 'length') return events
    this.#ended = true
    for (const place of [...this.#open.keys()]) events.push(...this.#endCall(place))
    return [...events, { type: 'finish', reason, raw }]
  }
}

/** A part of the content, whole or as far as it has come: its start may hold the first piece. */
function readContent(content: JsonObject | undefined): ChatEvent[] {
  const text = textOf(content?.text)
  return [...reasoning(textOf(content?.thinking)), ...(text === undefined ? [] : [{ type: 'text-delta', text } as const])]
}

function reasoning(text: string | undefined): ChatEvent[] {
  return text === undefined ? [] : [{ type: 'reasoning-delta', text }]
}

function citation(value: JsonObject): ChatEvent {
  return { type: 'opaque', protocol: 'cohere-v2', value: { citations: [value] } }
}
