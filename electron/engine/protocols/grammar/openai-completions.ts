/**
 * The grammar of a legacy completions stream: chunks of one id, each one choice with its text; one finish reason, after it nothing but the token
 * counts; [DONE] last. A chunk with `error` ends the stream in its place.
 * Source: CreateCompletionResponse in https://github.com/openai/openai-openapi
 */
import type { JsonObject } from '../../../../shared/chat.ts'
import { isObject, objectOf } from '../json.ts'
import type { SseEvent } from '../protocol.ts'
import { checkOpenAiCounts, EventCutter, isCount, objectIn, onlyFields, type StreamGrammar } from './stream-grammar.ts'

const CHUNK_FIELDS: ReadonlySet<string> = new Set(['id', 'object', 'created', 'model', 'choices', 'usage', 'system_fingerprint'])
const CHOICE_FIELDS: ReadonlySet<string> = new Set(['text', 'index', 'logprobs', 'finish_reason'])
const FINISH_REASONS: ReadonlySet<string> = new Set(['stop', 'length', 'content_filter'])

export class CompletionsGrammar implements StreamGrammar {
  readonly #cutter = new EventCutter()
  #phase: 'within' | 'finished' | 'counted' | 'done' | 'failed' = 'within'
  #identity: string | undefined

  push(piece: string): void {
    for (const event of this.#cutter.push(piece)) if (event !== undefined) this.#take(event)
  }

  end(): 'complete' | 'failed' {
    this.#cutter.end()
    if (this.#phase === 'failed') return 'failed'
    if (this.#phase !== 'done') throw new Error('the stream stopped before [DONE]')
    return 'complete'
  }

  #take(event: SseEvent): void {
    if (this.#phase === 'done' || this.#phase === 'failed') throw new Error('something follows the end')
    if (event.event !== '') throw new Error(`an event name: ${event.event}`)
    if (event.data === '[DONE]') {
      if (this.#phase === 'within') throw new Error('[DONE] before a finish reason')
      this.#phase = 'done'
      return
    }
    const chunk = objectIn(event)
    if (chunk.error !== undefined) {
      const message = objectOf(chunk.error)?.message
      if (typeof message !== 'string' || message === '') throw new Error('an error without a message')
      this.#phase = 'failed'
      return
    }
    this.#checkIdentity(chunk)
    if (Array.isArray(chunk.choices) && chunk.choices.length === 0) {
      if (this.#phase !== 'finished') throw new Error('token counts before the finish reason, or twice')
      checkOpenAiCounts(objectOf(chunk.usage))
      this.#phase = 'counted'
    } else this.#checkChoice(chunk)
  }

  #checkIdentity(chunk: JsonObject): void {
    onlyFields(chunk, CHUNK_FIELDS, 'the chunk')
    const { id, object, created, model } = chunk
    if (typeof id !== 'string' || id === '') throw new Error('a chunk without id')
    if (object !== 'text_completion') throw new Error(`object ${String(object)}`)
    if (!isCount(created)) throw new Error('created is no moment in seconds')
    if (typeof model !== 'string' || model === '') throw new Error('a chunk without model')
    if (!Array.isArray(chunk.choices)) throw new Error('a chunk without choices')
    const identity = `${id} ${created} ${model}`
    if (this.#identity !== undefined && identity !== this.#identity) throw new Error('id, created or model changed on the way')
    this.#identity = identity
  }

  #checkChoice({ choices }: JsonObject): void {
    const [first, ...others] = choices as readonly unknown[]
    if (!isObject(first) || others.length > 0) throw new Error('not exactly one choice')
    onlyFields(first, CHOICE_FIELDS, 'the choice')
    if (this.#phase !== 'within') throw new Error('a choice after the finish reason')
    if (first.index !== 0) throw new Error('choice.index is not 0')
    if (typeof first.text !== 'string') throw new Error('a choice without text')
    if (first.logprobs === undefined || first.finish_reason === undefined) throw new Error('a choice without logprobs or finish_reason')
    if (first.finish_reason === null) return
    if (typeof first.finish_reason !== 'string' || !FINISH_REASONS.has(first.finish_reason))
      throw new Error(`unknown finish reason ${String(first.finish_reason)}`)
    this.#phase = 'finished'
  }
}
