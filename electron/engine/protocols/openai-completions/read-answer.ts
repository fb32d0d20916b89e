/** Reads answers of legacy completions. A whole answer is read as one chunk, so that both always mean the same. */
import type { ChatEvent, Finish, JsonObject } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { arrayOf, isObject, known, numberOf, objectOf, parseJson, textOf } from '../json.ts'
import { readUsage } from '../openai-chat/usage.ts'
import type { AnswerReader, SseEvent } from '../protocol.ts'
import { presentable } from '../upstream-message.ts'

const FINISHES: Readonly<Record<string, Finish>> = { stop: 'stop', length: 'length', content_filter: 'content-filter', error: 'error' }

export class CompletionsReader implements AnswerReader {
  usageOnly = false
  #started: boolean = false
  #ended: boolean = false

  read(event: SseEvent): readonly ChatEvent[] {
    this.usageOnly = false
    if (event.data === '' || event.data.trim() === '[DONE]') return []
    const chunk = parseJson(event.data)
    if (!isObject(chunk)) throw new Failure('upstream-unreadable', 'The provider streamed something that is not a chunk of a completion.')
    if (event.event === 'error' && chunk.error === undefined) return this.#readChunk({ error: chunk })
    this.usageOnly = arrayOf(chunk.choices).length === 0 && isObject(chunk.usage)
    return this.#readChunk(chunk)
  }

  end(): readonly ChatEvent[] {
    if (this.#ended) return []
    throw new Failure('stream-broken', 'The answer broke off: the provider closed the stream without saying why it stopped.')
  }

  /** @throws Failure 'upstream-unreadable' when it is no answer. */
  readWhole(body: JsonObject): readonly ChatEvent[] {
    const events = this.#readChunk(body)
    if (this.#ended) return events
    // some servers that resemble it leave the reason out; the answer is whole all the same
    return [...events, { type: 'finish', reason: 'stop', raw: '' }]
  }

  #readChunk(chunk: JsonObject): ChatEvent[] {
    if (chunk.error !== undefined && chunk.error !== null) {
      this.#ended = true
      const error = objectOf(chunk.error)
      const message = textOf(chunk.error) ?? textOf(error?.message) ?? 'The provider broke off without saying why.'
      return [{ type: 'error', message: presentable(message), ...known({ code: textOf(error?.code) ?? textOf(error?.type) }) }]
    }
    if (!Array.isArray(chunk.choices)) throw new Failure('upstream-unreadable', 'The provider answered with something that is not a completion.')
    const events: ChatEvent[] = []
    if (!this.#started) {
      this.#started = true
      events.push({ type: 'response-start', ...known({ id: textOf(chunk.id), model: textOf(chunk.model) }) })
    }
    // of several completions the first is the answer
    const choice = arrayOf(chunk.choices).find((entry) => (numberOf(objectOf(entry)?.index) ?? 0) === 0)
    const text = textOf(objectOf(choice)?.text)
    if (text !== undefined) events.push({ type: 'text-delta', text })
    const tokens = readUsage(objectOf(chunk.usage))
    if (tokens !== undefined) events.push({ type: 'usage', tokens })
    const raw = textOf(objectOf(choice)?.finish_reason)
    // llama.cpp and others say it again in the chunk with the counts
    if (raw !== undefined && !this.#ended) {
      this.#ended = true
      events.push({ type: 'finish', reason: FINISHES[raw] ?? 'stop', raw })
    }
    return events
  }
}
