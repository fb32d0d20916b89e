/** Reads Ollama's answers, of `/api/chat` and `/api/generate` alike: a whole answer is a stream of one line. */
import type { ChatEvent, Finish, JsonObject, Tokens } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { arrayOf, isObject, known, numberOf, objectOf, parseJson, textOf } from '../json.ts'
import type { AnswerReader, SseEvent } from '../protocol.ts'
import { presentable } from '../upstream-message.ts'

const FINISHES: Readonly<Record<string, Finish>> = { stop: 'stop', length: 'length', load: 'stop', unload: 'stop' }

export class OllamaReader implements AnswerReader {
  readonly usageOnly = false
  #started: boolean = false
  #ended: boolean = false
  #calls = 0
  /** Calls have no id of their own at older servers; those of one answer must differ from those of another. */
  #stamp = ''

  read(event: SseEvent): readonly ChatEvent[] {
    const body = parseJson(event.data)
    if (!isObject(body)) throw new Failure('upstream-unreadable', 'The provider streamed something that is not a line of a chat answer.')
    return this.#readBody(body)
  }

  end(): readonly ChatEvent[] {
    if (this.#ended) return []
    throw new Failure('stream-broken', 'The answer broke off: the provider closed the stream without saying why it stopped.')
  }

  /** @throws Failure 'upstream-unreadable' when it is no answer. */
  readWhole(body: JsonObject): readonly ChatEvent[] {
    const events = this.#readBody(body)
    // some servers that resemble it leave the reason out; the answer is whole all the same
    return this.#ended ? events : [...events, ...this.#finish(body)]
  }

  #readBody(body: JsonObject): ChatEvent[] {
    const error = body.error
    if (error !== undefined && error !== null) {
      this.#ended = true
      return [{ type: 'error', message: presentable(textOf(error) ?? textOf(objectOf(error)?.message) ?? 'The provider broke off without saying why.') }]
    }
    const message = objectOf(body.message)
    if (message === undefined && body.response === undefined && body.done === undefined) {
      throw new Failure('upstream-unreadable', 'The provider answered with something that is not a chat answer.')
    }
    const events: ChatEvent[] = []
    if (!this.#started) {
      this.#started = true
      this.#stamp = (textOf(body.created_at) ?? '').replace(/\W+/g, '')
      events.push({ type: 'response-start', ...known({ model: textOf(body.model) }) })
    }
    const thinking = textOf(message?.thinking) ?? textOf(body.thinking)
    if (thinking !== undefined) events.push({ type: 'reasoning-delta', text: thinking })
    const text = textOf(message?.content) ?? textOf(body.response)
    if (text !== undefined) events.push({ type: 'text-delta', text })
    for (const call of arrayOf(message?.tool_calls)) if (isObject(call)) events.push(...this.#readCall(call))
    if (body.done === true) events.push(...this.#finish(body))
    return events
  }

  #readCall(call: JsonObject): ChatEvent[] {
    const definition = objectOf(call.function) ?? {}
    const index = this.#calls++
    const { arguments: written } = definition
    const text = typeof written === 'string' ? written : isObject(written) ? JSON.stringify(written) : ''
    return [
      { type: 'tool-call-start', index, id: textOf(call.id) ?? `call_${this.#stamp}_${index}`, name: textOf(definition.name) ?? '' },
      ...(text === '' ? [] : [{ type: 'tool-call-delta', index, arguments: text } as const]),
      { type: 'tool-call-end', index },
    ]
  }

  #finish(body: JsonObject): ChatEvent[] {
    this.#ended = true
    const tokens = readUsage(body)
    const raw = textOf(body.done_reason) ?? (body.done === true ? 'stop' : '')
    const reason = FINISHES[raw] ?? 'stop'
    return [
      ...(tokens === undefined ? [] : [{ type: 'usage', tokens } as const]),
      { type: 'finish', reason: reason === 'stop' && this.#calls > 0 ? 'tool-calls' : reason, raw },
    ]
  }
}

/** A prompt that is in the server's memory still may not be counted at all; then the input is unknown. */
function readUsage(body: JsonObject): Tokens | undefined {
  const input = numberOf(body.prompt_eval_count)
  const output = numberOf(body.eval_count)
  return input === undefined && output === undefined ? undefined : known({ input, output })
}
