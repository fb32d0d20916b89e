/**
 * Reads answers of OpenAI chat completions and everything that resembles them. Whole answers go through the same reader as streams, as one
 * chunk whose message is the delta; so both always mean the same.
 */
import type { ChatEvent, Finish, JsonObject, JsonValue, TokenLogprob } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { AlikeChunks, onlyText } from '../alike-chunks.ts'
import { readCharges } from '../charges.ts'
import { arrayOf, isObject, known, numberOf, objectOf, parseJson, textOf } from '../json.ts'
import { readOpenAiLogprobs } from '../logprobs.ts'
import type { AnswerReader, SseEvent } from '../protocol.ts'
import { presentable } from '../upstream-message.ts'
import { thinkingText } from './read-messages.ts'
import { type Detail, readDetails } from './reasoning-details.ts'
import { ToolCalls } from './tool-calls.ts'
import { readUsage } from './usage.ts'

const FINISHES: Readonly<Record<string, Finish>> = {
  stop: 'stop',
  eos: 'stop',
  end_turn: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  safety: 'content-filter',
  error: 'error',
  insufficient_system_resource: 'error',
}

const NOTHING: readonly never[] = []

export class OpenAiChatReader implements AnswerReader {
  usageOnly = false
  readonly #alike = new AlikeChunks()
  readonly #calls = new ToolCalls()
  #answerId = ''
  #started: boolean = false
  #finish: { readonly reason: Finish; readonly raw: string } | undefined
  #finishTold: boolean = false
  #failed: boolean = false
  #citations: readonly ChatEvent[] = NOTHING

  read(event: SseEvent): readonly ChatEvent[] {
    this.usageOnly = false
    const data = event.data
    if (data === '') return []
    const alike = this.#isAmidText && event.event === '' ? this.#alike.textOf(data) : undefined
    if (alike !== undefined) return alike === '' ? NOTHING : [{ type: 'text-delta', text: alike }]
    if (data === '[DONE]' || data.trim() === '[DONE]') return this.#finishNow()
    const chunk = parseJson(data)
    if (!isObject(chunk)) throw new Failure('upstream-unreadable', 'The provider streamed something that is not a chat completion chunk.')
    if (event.event === 'error') return [this.#readError(chunk.error ?? chunk)]
    this.usageOnly = Array.isArray(chunk.choices) && chunk.choices.length === 0 && isObject(chunk.usage)
    const events = this.#readBody(chunk, false)
    const text = this.#isAmidText ? onlyText(events) : undefined
    if (text !== undefined) this.#alike.learn(data, text, (like) => (isObject(like) ? onlyText(this.#readBody(like, false)) : undefined))
    return events
  }

  /** A chunk of text changes nothing then of what the reader knows. */
  get #isAmidText(): boolean {
    return this.#started && !this.#failed && this.#finish === undefined && this.#calls.count === 0
  }

  end(): readonly ChatEvent[] {
    const finish = this.#finishNow()
    if (this.#failed || this.#finishTold) return [...finish, ...this.#calls.end()]
    if (this.#calls.isBrokenOff) throw new Failure('stream-broken', 'The answer broke off inside the arguments of a tool call.')
    throw new Failure('stream-broken', 'The answer broke off: the provider closed the stream without saying why it stopped.')
  }

  /** @throws Failure 'upstream-unreadable' when it is no answer or an empty one. */
  readWhole(body: JsonObject): readonly ChatEvent[] {
    const events = this.#readBody(body, true)
    if (this.#failed || this.#finishTold) return events
    if (arrayOf(body.choices).length === 0) throw new Failure('upstream-unreadable', 'The provider answered without any choice.')
    // some old OpenRouter answers lack the reason; the answer is whole, so this is how it ended
    const reason: Finish = this.#calls.count > 0 ? 'tool-calls' : 'stop'
    return [...events, ...this.#calls.end(), { type: 'finish', reason, raw: '' }]
  }

  #readBody(body: JsonObject, isWhole: boolean): ChatEvent[] {
    const { choices: said, usage: counted, error: failed, x_groq: groq } = body
    // by one of these an object shows that it belongs to this format
    if (said === undefined && counted === undefined && failed === undefined && groq === undefined) {
      throw new Failure('upstream-unreadable', 'The provider answered with something that is not a chat completion.')
    }
    const events: ChatEvent[] = []
    const choices = arrayOf(said)
    if (!this.#started) this.#start(body, choices, events)
    // the counts come once the choices are complete
    if (choices.length === 0) addAll(events, this.#finishNow())
    for (const value of choices) {
      const choice = objectOf(value)
      if (choice === undefined || (numberOf(choice.index) ?? 0) > 0) continue
      this.#readChoice(choice, isWhole, events)
    }
    if (body.search_results !== undefined || body.citations !== undefined) this.#noteCitations(body)
    // Moonshot counts within the last choice: https://platform.moonshot.ai/docs/guide/utilize-the-streaming-output-feature-of-kimi-api
    const usage = objectOf(counted) ?? objectOf(objectOf(groq)?.usage) ?? objectOf(objectOf(choices[0])?.usage)
    if (usage !== undefined) readCounts(usage, body, events)
    const error = failed ?? objectOf(groq)?.error
    if (error !== undefined && error !== null) events.push(this.#readError(error))
    // Together gives the reason after each call, so with calls it is only believed once the answer is over
    else if (isWhole || this.#calls.count === 0) addAll(events, this.#finishNow())
    return events
  }

  /** Azure's first chunk has neither id nor model, so the start waits for a chunk that names one or holds a choice. */
  #start(body: JsonObject, choices: readonly JsonValue[], events: ChatEvent[]): void {
    const id = textOf(body.id)
    const model = textOf(body.model)
    if (id === undefined && model === undefined && choices.length === 0) return
    this.#started = true
    this.#answerId = id ?? ''
    events.push(id !== undefined && model !== undefined ? { type: 'response-start', id, model } : { type: 'response-start', ...known({ id, model }) })
  }

  #readChoice(choice: JsonObject, isWhole: boolean, events: ChatEvent[]): void {
    // Perplexity's chunks hold the message so far beside the delta, its whole answers an empty delta beside the message
    const delta = isWhole ? objectOf(choice.message) : (objectOf(choice.delta) ?? objectOf(choice.message))
    if (delta !== undefined) {
      this.#readReasoning(delta, events)
      const logprobs = objectOf(choice.logprobs)
      readContent(delta.content, logprobs === undefined ? NOTHING : readOpenAiLogprobs(logprobs.content), events)
      const refusal = textOf(delta.refusal)
      if (refusal !== undefined) events.push({ type: 'refusal-delta', text: refusal })
      // handed on as they are: nobody else has them
      const { annotations, images, audio } = delta
      if (saysSomething(annotations)) events.push({ type: 'opaque', protocol: 'openai-chat', value: { annotations } })
      if (saysSomething(images)) events.push({ type: 'opaque', protocol: 'openai-chat', value: { images } })
      if (saysSomething(audio)) events.push({ type: 'opaque', protocol: 'openai-chat', value: { audio } })
      if (delta.tool_calls !== undefined) {
        for (const [position, value] of arrayOf(delta.tool_calls).entries()) {
          if (isObject(value)) events.push(...this.#calls.read(value, this.#answerId, isWhole ? position : undefined))
        }
      }
      const legacy = objectOf(delta.function_call)
      if (legacy !== undefined && (textOf(legacy.name) !== undefined || textOf(legacy.arguments) !== undefined)) {
        events.push(...this.#calls.read({ function: legacy }, this.#answerId))
      }
    }
    const raw = textOf(choice.finish_reason)
    if (raw !== undefined) this.#finish ??= { reason: FINISHES[raw] ?? (this.#calls.count > 0 ? 'tool-calls' : 'stop'), raw }
    if (isObject(choice.error)) events.push(this.#readError(choice.error))
  }

  #readReasoning(delta: JsonObject, events: ChatEvent[]): void {
    const details = delta.reasoning_details === undefined ? NOTHING : readDetails(delta.reasoning_details)
    const plain = textOf(delta.reasoning) ?? textOf(delta.reasoning_content)
    // OpenRouter says the same text in both; the details know where a block ends
    if (plain !== undefined && !details.some((detail) => detail.type === 'text' && detail.text !== '')) events.push({ type: 'reasoning-delta', text: plain })
    for (const detail of details) this.#readDetail(detail, events)
  }

  #readDetail(detail: Detail, events: ChatEvent[]): void {
    switch (detail.type) {
      case 'text':
        if (detail.text !== '') events.push({ type: 'reasoning-delta', text: detail.text })
        if (detail.signature !== undefined) events.push({ type: 'reasoning-signature', signature: detail.signature, format: detail.format })
        return
      case 'redacted':
        events.push({ type: 'reasoning-signature', redacted: detail.data, format: detail.format })
        return
      case 'signature':
        if (detail.callId !== undefined) this.#calls.expectSignature(detail.callId, detail.signature)
        else events.push({ type: 'reasoning-signature', signature: detail.signature, format: detail.format })
        return
      case 'opaque':
        events.push({ type: 'opaque', protocol: 'openai-chat', value: { reasoning_details: [detail.value] } })
    }
  }

  /** Perplexity repeats its sources beside the choices in every chunk; they are told once, as the annotations other providers send. */
  #noteCitations(body: JsonObject): void {
    const results: readonly JsonObject[] = arrayOf(body.search_results).flatMap((result) => (isObject(result) ? [result] : []))
    const sources: readonly JsonObject[] = results.length > 0 ? results : arrayOf(body.citations).map((url) => ({ url }))
    const annotations = sources.flatMap((source) => {
      const url = textOf(source.url)
      return url === undefined ? [] : [{ type: 'url_citation', url_citation: { url, title: textOf(source.title) ?? '' } }]
    })
    if (annotations.length > 0) this.#citations = [{ type: 'opaque', protocol: 'openai-chat', value: { annotations } }]
  }

  /** The finish once, however often the provider says it, and never after calls that were cut off: that would make them look complete. */
  #finishNow(): readonly ChatEvent[] {
    if (this.#finish === undefined || this.#finishTold || this.#failed) return NOTHING
    const { reason, raw } = this.#finish
    if (reason !== 'length' && reason !== 'content-filter' && this.#calls.isBrokenOff) return NOTHING
    this.#finishTold = true
    return [...this.#citations, ...this.#calls.end(), { type: 'finish', reason, raw }]
  }

  #readError(error: JsonValue): ChatEvent {
    this.#failed = true
    if (!isObject(error)) return { type: 'error', message: presentable(typeof error === 'string' ? error : 'The provider broke off without saying why.') }
    const message = presentable(textOf(error.message) ?? 'The provider broke off without saying why.')
    const codeNumber = numberOf(error.code)
    const code = typeof error.code === 'string' ? error.code : (textOf(error.type) ?? (codeNumber === undefined ? undefined : String(codeNumber)))
    const status = [numberOf(error.status_code), numberOf(error.status), codeNumber].find((number) => number !== undefined && number >= 400 && number < 600)
    return { type: 'error', message, ...known({ code, status }) }
  }
}

function readCounts(usage: JsonObject, body: JsonObject, events: ChatEvent[]): void {
  const tokens = readUsage(usage)
  if (tokens === undefined) return
  const extras = readCharges(usage, body)
  events.push(extras === undefined ? { type: 'usage', tokens } : { type: 'usage', tokens, extras })
}

function addAll(events: ChatEvent[], more: readonly ChatEvent[]): void {
  for (const event of more) events.push(event)
}

/** Text, or Mistral's list of text and thinking. */
function readContent(content: JsonValue | undefined, logprobs: readonly TokenLogprob[], events: ChatEvent[]): void {
  if (logprobs.length > 0) {
    events.push({ type: 'text-delta', text: typeof content === 'string' ? content : '', logprobs })
    if (typeof content === 'string') return
  }
  if (typeof content === 'string') {
    if (content !== '') events.push({ type: 'text-delta', text: content })
    return
  }
  for (const value of arrayOf(content)) {
    const part = objectOf(value)
    if (part === undefined) continue
    const text = textOf(part.text)
    if (part.type === 'thinking') {
      const thought = thinkingText(part.thinking)
      if (thought !== '') events.push({ type: 'reasoning-delta', text: thought })
    } else if (part.type === 'text' || part.type === undefined) {
      if (text !== undefined) events.push({ type: 'text-delta', text })
    } else events.push({ type: 'opaque', protocol: 'openai-chat', value: { content: [part] } })
  }
}

/** Cloud hosts fill fields they do not use: null, [], `{data: ""}` all mean absent. */
function saysSomething(value: JsonValue | undefined): value is JsonValue {
  if (Array.isArray(value)) return value.length > 0
  if (isObject(value)) return Object.values(value).some((field) => field !== null && field !== '')
  return textOf(value) !== undefined
}
