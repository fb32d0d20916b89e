/**
 * The grammar of a chat completions stream: every chunk with the fields that the official schema requires, the same id throughout; the role in the
 * first delta; a tool call's id and name before its arguments; one finish reason, after it nothing but the token counts; [DONE] last. OpenRouter's
 * additions (reasoning, reasoning_details, an error beside the choices) are part of the dialect.
 * Source: CreateChatCompletionStreamResponse in https://github.com/openai/openai-openapi
 */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { arrayOf, isObject, objectOf } from '../json.ts'
import type { SseEvent } from '../protocol.ts'
import { checkOpenAiCounts, EventCutter, isCount, objectIn, onlyFields, type StreamGrammar } from './stream-grammar.ts'

const CHUNK_FIELDS: ReadonlySet<string> = new Set([
  ...['id', 'object', 'created', 'model', 'choices', 'usage', 'system_fingerprint', 'service_tier', 'obfuscation', 'error'],
  ...['provider', 'openrouter_metadata'],
])
const CHOICE_FIELDS: ReadonlySet<string> = new Set(['index', 'delta', 'logprobs', 'finish_reason', 'native_finish_reason'])
const DELTA_FIELDS: ReadonlySet<string> = new Set([
  ...['role', 'content', 'refusal', 'tool_calls', 'function_call', 'reasoning', 'reasoning_content', 'reasoning_details', 'annotations', 'images', 'audio'],
])
const FINISH_REASONS: ReadonlySet<string> = new Set(['stop', 'length', 'tool_calls', 'content_filter', 'function_call'])
/** Reasons for which a call's arguments may stop anywhere. */
const CUT_SHORT: ReadonlySet<string> = new Set(['length', 'content_filter'])

/** A whole stream as text; returns its chunks. @throws Error naming the first breach */
export function checkOpenAiStream(stream: string, options: { readonly mayFail?: boolean } = {}): readonly JsonObject[] {
  const grammar = new OpenAiChatGrammar()
  grammar.push(stream)
  if (grammar.end() === 'failed' && options.mayFail !== true) throw new Error('the stream ended with an error')
  return grammar.chunks
}

export class OpenAiChatGrammar implements StreamGrammar {
  readonly chunks: JsonObject[] = []
  readonly #cutter = new EventCutter()
  #phase: 'before' | 'within' | 'finished' | 'counted' | 'done' | 'failed' = 'before'
  #identity: string | undefined
  /** The arguments of each call so far, by index. */
  readonly #calls: string[] = []

  push(piece: string): void {
    for (const event of this.#cutter.push(piece)) if (event !== undefined) this.#take(event)
  }

  end(): 'complete' | 'failed' {
    this.#cutter.end()
    if (this.#phase === 'failed') return 'failed'
    if (this.#phase !== 'done') throw new Error(`the stream stopped ${this.#phase === 'before' ? 'before its first chunk' : 'before [DONE]'}`)
    return 'complete'
  }

  #take(event: SseEvent): void {
    if (this.#phase === 'done' || this.#phase === 'failed') throw new Error('something follows the end')
    if (event.event !== '') throw new Error(`an event name: ${event.event}`)
    if (event.data === '[DONE]') {
      if (this.#phase !== 'finished' && this.#phase !== 'counted') throw new Error('[DONE] before a finish reason')
      this.#phase = 'done'
      return
    }
    const chunk = objectIn(event)
    this.chunks.push(chunk)
    this.#checkIdentity(chunk)
    if (chunk.error !== undefined) this.#checkError(chunk)
    else if (Array.isArray(chunk.choices) && chunk.choices.length === 0) this.#checkCounts(chunk)
    else this.#checkChoice(chunk)
  }

  #checkIdentity(chunk: JsonObject): void {
    onlyFields(chunk, CHUNK_FIELDS, 'the chunk')
    const { id, object, created, model } = chunk
    if (typeof id !== 'string' || id === '') throw new Error('a chunk without id')
    if (object !== 'chat.completion.chunk') throw new Error(`object ${String(object)}`)
    if (!isCount(created)) throw new Error('created is no moment in seconds')
    if (typeof model !== 'string' || model === '') throw new Error('a chunk without model')
    if (!Array.isArray(chunk.choices)) throw new Error('a chunk without choices')
    const identity = `${id} ${created} ${model}`
    if (this.#identity !== undefined && identity !== this.#identity) throw new Error('id, created or model changed on the way')
    this.#identity = identity
  }

  #checkError(chunk: JsonObject): void {
    const error = objectOf(chunk.error)
    if (typeof error?.message !== 'string' || error.message === '') throw new Error('an error without a message')
    const code = error.code
    if (typeof code !== 'number' || code < 400 || code > 599) throw new Error('error.code is no HTTP status')
    if (objectOf(arrayOf(chunk.choices)[0])?.finish_reason !== 'error') throw new Error('an error without the choice that ends')
    this.#phase = 'failed'
  }

  #checkCounts(chunk: JsonObject): void {
    if (this.#phase !== 'finished') throw new Error('token counts before the finish reason, or twice')
    this.#phase = 'counted'
    checkOpenAiCounts(objectOf(chunk.usage))
  }

  #checkChoice(chunk: JsonObject): void {
    const [first, ...others] = arrayOf(chunk.choices)
    if (!isObject(first) || others.length > 0) throw new Error('not exactly one choice')
    onlyFields(first, CHOICE_FIELDS, 'the choice')
    if (first.index !== 0) throw new Error('choice.index is not 0')
    if (!isObject(first.delta)) throw new Error('a choice without delta')
    if (this.#phase === 'finished' || this.#phase === 'counted') throw new Error('a choice after the finish reason')
    this.#checkDelta(first.delta)
    this.#phase = 'within'
    const reason = first.finish_reason
    if (reason === undefined) throw new Error('a choice without finish_reason')
    if (reason !== null) this.#finish(reason, first.native_finish_reason)
  }

  #checkDelta(delta: JsonObject): void {
    onlyFields(delta, DELTA_FIELDS, 'the delta')
    if (this.#phase === 'before' && delta.role !== 'assistant') throw new Error('the first delta has no role')
    if (this.#phase !== 'before' && delta.role !== undefined) throw new Error('the role a second time')
    for (const name of ['content', 'refusal', 'reasoning', 'reasoning_content'] as const) {
      const text = delta[name]
      if (text !== undefined && text !== null && typeof text !== 'string') throw new Error(`${name} is no text`)
    }
    for (const name of ['reasoning_details', 'annotations'] as const) {
      const list = delta[name]
      if (list !== undefined && !(Array.isArray(list) && list.every((entry) => typeof objectOf(entry)?.type === 'string')))
        throw new Error(`${name} is no list of typed things`)
    }
    if (delta.tool_calls === undefined) return
    if (!Array.isArray(delta.tool_calls) || delta.tool_calls.length === 0) throw new Error('tool_calls is no list with something in it')
    for (const call of delta.tool_calls as readonly JsonValue[]) this.#checkCall(call)
  }

  #checkCall(call: JsonValue): void {
    if (!isObject(call) || !isCount(call.index)) throw new Error('a tool call without index')
    const { index } = call
    const isFreeform = call.custom !== undefined
    const definition = objectOf(isFreeform ? call.custom : call.function)
    const given = isFreeform ? definition?.input : definition?.arguments
    const before = this.#calls[index]
    if (before === undefined) {
      if (index !== this.#calls.length) throw new Error(`tool call ${index} instead of ${this.#calls.length}`)
      if (typeof call.id !== 'string' || call.id === '') throw new Error(`tool call ${index} begins without id`)
      if (call.type !== (isFreeform ? 'custom' : 'function')) throw new Error(`tool call ${index} begins without type`)
      const name = definition?.name
      if (typeof name !== 'string' || name === '') throw new Error(`tool call ${index} begins without name`)
    } else if (call.id !== undefined || call.type !== undefined || definition?.name !== undefined) {
      // clients put the pieces of a name together too
      throw new Error(`tool call ${index} tells id, type or name again`)
    }
    if (typeof given !== 'string') throw new Error(`arguments of tool call ${index} are no text`)
    this.#calls[index] = (before ?? '') + given
  }

  #finish(reason: JsonValue, native: JsonValue | undefined): void {
    const isNative = reason === 'error' && typeof native === 'string'
    if (typeof reason !== 'string' || !(FINISH_REASONS.has(reason) || isNative)) throw new Error(`unknown finish reason ${String(reason)}`)
    const empty = this.#calls.indexOf('')
    if (empty >= 0 && !CUT_SHORT.has(reason)) throw new Error(`tool call ${empty} ends without arguments`)
    if (reason === 'tool_calls' && this.#calls.length === 0) throw new Error('finished for tool calls, but there are none')
    this.#phase = 'finished'
  }
}
