/**
 * Writes answers as chat completions for any OpenAI client. Reasoning goes out in OpenRouter's form: as `reasoning` for those who only read, and in
 * `reasoning_details` with signatures for those who send it back; and as `reasoning_content`, the older name that many clients know alone.
 */
import type { ChatEvent, Citation, Finish, JsonObject, JsonValue, TokenLogprob, Tool } from '../../../../shared/chat.ts'
import type { Failure } from '../../../../shared/failure.ts'
import { isFreeform, unwrapFreeform } from '../freeform.ts'
import { arrayOf, known } from '../json.ts'
import { writeOpenAiLogprobs } from '../logprobs.ts'
import type { AnswerContext, AnswerWriter } from '../protocol.ts'
import { writeDetail } from './reasoning-details.ts'
import { writeUsage } from './usage.ts'
import { detailsOf } from './write-messages.ts'

const FINISH_WORDS: Readonly<Record<Finish, string>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
  error: 'error',
}

const NO_TOOLS: readonly Tool[] = []

/** Clients of the time before tools know `function_call` alone, which holds one call: of several the first, and the model asks for the others again. */
function knowsOneCall({ asked }: AnswerContext): boolean {
  return arrayOf(asked?.functions).length > 0 && arrayOf(asked?.tools).length === 0
}

function finishWord(reason: Finish, oneCall: boolean): string {
  return oneCall && reason === 'tool-calls' ? 'function_call' : FINISH_WORDS[reason]
}

type SignatureEvent = Extract<ChatEvent, { type: 'reasoning-signature' }>

export class OpenAiChatWriter implements AnswerWriter {
  readonly #context: AnswerContext
  readonly #oneCall: boolean
  #started: boolean = false
  #failed: boolean = false
  /** Everything of a chunk up to its delta: the same in each, so it is written once. */
  #head = ''
  #usage: Extract<ChatEvent, { type: 'usage' }> | undefined
  #detailIndex = 0
  /** Texts for freeform tools, by their calls; they can only be told once the JSON around them is complete. */
  readonly #freeform = new Map<number, string>()
  /** Calls whose arguments are still empty. */
  readonly #withoutArguments = new Set<number>()

  constructor(context: AnswerContext) {
    this.#context = context
    this.#oneCall = knowsOneCall(context)
  }

  write(event: ChatEvent): string {
    if (event.type === 'usage') {
      this.#usage = event
      return ''
    }
    if (event.type === 'error') {
      // without a status it is the provider's fault, hence 502
      return this.#failInBand(event.message, event.status ?? 502, known({ error_type: 'provider_unavailable', provider_code: event.code }))
    }
    return this.#start(event) + this.#writeDelta(event)
  }

  end(): string {
    if (this.#failed) return ''
    const usage =
      this.#context.wantsUsage && this.#usage !== undefined ? this.#chunk({ choices: [], usage: writeUsage(this.#usage.tokens, this.#usage.charge) }) : ''
    return `${usage}data: [DONE]\n\n`
  }

  fail(failure: Failure): string {
    return this.#failInBand(failure.message, failure.rule.status, { error_type: failure.rule.errorType })
  }

  #start(event: ChatEvent): string {
    if (this.#started) return ''
    this.#started = true
    if (event.type === 'response-start' && event.model !== undefined) this.#setHead(event.model)
    return this.#delta({ role: 'assistant', content: '' })
  }

  #writeDelta(event: ChatEvent): string {
    switch (event.type) {
      case 'text-delta':
        if (event.logprobs !== undefined) return this.#withLogprobs(event.text, event.logprobs)
        return event.text === '' ? '' : this.#delta({ content: event.text })
      case 'refusal-delta':
        return event.text === '' ? '' : this.#delta({ refusal: event.text })
      case 'reasoning-delta': {
        if (event.text === '') return ''
        const detail = writeDetail({ text: event.text, format: undefined }, this.#detailIndex)
        return this.#delta({ reasoning: event.text, reasoning_content: event.text, reasoning_details: [detail] })
      }
      case 'reasoning-signature':
        // a signature closes its block: what follows is another one
        return this.#delta({ reasoning_details: [writeDetail(event, this.#detailIndex++)] })
      case 'tool-call-start': {
        if (isFreeform(event.name, this.#context.tools ?? NO_TOOLS)) {
          this.#freeform.set(event.index, '')
          const custom = { index: event.index, id: event.id, type: 'custom', custom: { name: event.name, input: '' } }
          return this.#delta({ tool_calls: [custom], ...this.#callSignature(event) })
        }
        if (this.#oneCall && event.index > 0) return ''
        this.#withoutArguments.add(event.index)
        if (this.#oneCall) return this.#delta({ function_call: { name: event.name, arguments: '' }, ...this.#callSignature(event) })
        const call = { index: event.index, id: event.id, type: 'function', function: { name: event.name, arguments: '' } }
        return this.#delta({ tool_calls: [call], ...this.#callSignature(event) })
      }
      case 'tool-call-delta': {
        if (event.arguments === '') return ''
        const before = this.#freeform.get(event.index)
        if (before !== undefined) {
          this.#freeform.set(event.index, before + event.arguments)
          return ''
        }
        this.#withoutArguments.delete(event.index)
        return this.#arguments(event.index, event.arguments)
      }
      case 'tool-call-end': {
        const freeform = this.#freeform.get(event.index)
        if (freeform !== undefined) return this.#delta({ tool_calls: [{ index: event.index, custom: { input: unwrapFreeform(freeform) } }] })
        // clients parse the arguments without looking whether there are any
        return this.#withoutArguments.delete(event.index) ? this.#arguments(event.index, '{}') : ''
      }
      case 'opaque':
        return event.protocol === 'openai-chat' ? this.#delta(event.value) : ''
      case 'citation':
        return event.origin === 'openai-chat' ? '' : this.#delta({ annotations: [annotationOf(event.citation)] })
      case 'finish': {
        const native = event.reason === 'error' ? { native_finish_reason: event.raw } : {}
        return this.#chunk({ choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: finishWord(event.reason, this.#oneCall), ...native }] })
      }
      case 'response-start':
      case 'usage':
      case 'error':
        return ''
    }
  }

  #arguments(index: number, piece: string): string {
    if (!this.#oneCall) return this.#delta({ tool_calls: [{ index, function: { arguments: piece } }] })
    return index > 0 ? '' : this.#delta({ function_call: { arguments: piece } })
  }

  #callSignature(event: Extract<ChatEvent, { type: 'tool-call-start' }>): JsonObject {
    if (event.signature === undefined) return {}
    return { reasoning_details: [writeDetail({ signature: event.signature, format: 'gemini', callId: event.id }, this.#detailIndex++)] }
  }

  #delta(delta: JsonObject): string {
    return `${this.#headText()}"choices":[{"index":0,"delta":${JSON.stringify(delta)},"logprobs":null,"finish_reason":null}]}\n\n`
  }

  #withLogprobs(content: string, tokens: readonly TokenLogprob[]): string {
    return this.#chunk({ choices: [{ index: 0, delta: { content }, logprobs: logprobsOf(tokens), finish_reason: null }] })
  }

  #chunk(fields: JsonObject): string {
    return `${this.#headText()}${JSON.stringify(fields).slice(1)}\n\n`
  }

  #headText(): string {
    if (this.#head === '') this.#setHead(this.#context.model)
    return this.#head
  }

  #setHead(model: string): void {
    const head = { id: `chatcmpl-${this.#context.requestId}`, object: 'chat.completion.chunk', created: this.#context.createdAt, model }
    this.#head = `data: ${JSON.stringify(head).slice(0, -1)},`
  }

  /** OpenRouter's form: an `error` beside a last choice. No [DONE] follows, so nobody takes the answer for a complete one. */
  #failInBand(message: string, code: number, metadata: JsonObject): string {
    if (this.#failed) return ''
    this.#failed = true
    const choice = { index: 0, delta: { content: '' }, logprobs: null, finish_reason: 'error' }
    return this.#chunk({ error: { code, message, metadata }, choices: [choice] })
  }
}

/** A whole `chat.completion`, with what the events amount to. */
export function writeWhole(events: readonly ChatEvent[], context: AnswerContext): JsonObject {
  let model = context.model
  let text: string | null = null
  const tokens: TokenLogprob[] = []
  let refusal: string | null = null
  let usage: Extract<ChatEvent, { type: 'usage' }> = { type: 'usage', tokens: {} }
  let finish: Extract<ChatEvent, { type: 'finish' }> | undefined
  let error: Extract<ChatEvent, { type: 'error' }> | undefined
  const reasoning = new ReasoningBlocks()
  const calls = new Map<number, { readonly id: string; readonly name: string; arguments: string }>()
  const others: Record<string, JsonValue> = {}
  for (const event of events) {
    switch (event.type) {
      case 'response-start':
        model = event.model ?? model
        break
      case 'text-delta':
        text = (text ?? '') + event.text
        if (event.logprobs !== undefined) tokens.push(...event.logprobs)
        break
      case 'refusal-delta':
        refusal = (refusal ?? '') + event.text
        break
      case 'reasoning-delta':
        reasoning.add(event.text)
        break
      case 'reasoning-signature':
        reasoning.close(event)
        break
      case 'tool-call-start':
        calls.set(event.index, { id: event.id, name: event.name, arguments: '' })
        if (event.signature !== undefined) reasoning.push(writeDetail({ signature: event.signature, format: 'gemini', callId: event.id }, reasoning.count))
        break
      case 'tool-call-delta': {
        const call = calls.get(event.index)
        if (call !== undefined) call.arguments += event.arguments
        break
      }
      case 'opaque':
        if (event.protocol === 'openai-chat') mergeFragment(event.value, others, reasoning)
        break
      case 'citation':
        if (event.origin !== 'openai-chat') mergeFragment({ annotations: [annotationOf(event.citation)] }, others, reasoning)
        break
      case 'usage':
        usage = event
        break
      case 'finish':
        finish = event
        break
      case 'error':
        error = event
        break
      case 'tool-call-end':
        break
    }
  }
  reasoning.close()
  const toolCalls = [...calls.values()].map(({ id, name, arguments: written }) =>
    isFreeform(name, context.tools ?? NO_TOOLS)
      ? { id, type: 'custom', custom: { name, input: unwrapFreeform(written) } }
      : { id, type: 'function', function: { name, arguments: written || '{}' } },
  )
  const oneCall = knowsOneCall(context)
  const [first] = calls.values()
  const message = {
    role: 'assistant',
    content: text ?? (toolCalls.length > 0 ? null : ''),
    refusal,
    ...(reasoning.text === '' ? {} : { reasoning: reasoning.text, reasoning_content: reasoning.text }),
    ...(reasoning.count === 0 ? {} : { reasoning_details: reasoning.details }),
    ...(first === undefined ? {} : oneCall ? { function_call: { name: first.name, arguments: first.arguments || '{}' } } : { tool_calls: toolCalls }),
    ...others,
  }
  const reason = error !== undefined ? 'error' : (finish?.reason ?? 'stop')
  const native = reason === 'error' ? { native_finish_reason: finish?.raw ?? error?.code ?? 'error' } : {}
  return {
    id: `chatcmpl-${context.requestId}`,
    object: 'chat.completion',
    created: context.createdAt,
    model,
    system_fingerprint: null,
    choices: [{ index: 0, message, logprobs: tokens.length === 0 ? null : logprobsOf(tokens), finish_reason: finishWord(reason, oneCall), ...native }],
    usage: writeUsage(usage.tokens, usage.charge),
    ...(error === undefined ? {} : { error: { code: error.status ?? 502, message: error.message } }),
  }
}

function logprobsOf(tokens: readonly TokenLogprob[]): JsonObject {
  return { content: writeOpenAiLogprobs(tokens), refusal: null }
}

/** As OpenAI's search models and OpenRouter name a source; a place that is not known is left out. */
function annotationOf({ url, title, quote, start, end }: Citation): JsonObject {
  return { type: 'url_citation', url_citation: { url, title: title ?? '', ...known({ content: quote, start_index: start, end_index: end }) } }
}

/** Gathers reasoning deltas into blocks, each closed by its signature. */
class ReasoningBlocks {
  readonly details: JsonObject[] = []
  text = ''
  #open = ''

  get count(): number {
    return this.details.length
  }

  add(text: string): void {
    this.text += text
    this.#open += text
  }

  close(signature?: SignatureEvent): void {
    const text = this.#open
    this.#open = ''
    if (signature?.signature !== undefined) {
      this.details.push(...detailsOf({ type: 'reasoning', text, signature: signature.signature, format: signature.format }, this.count))
      return
    }
    if (text !== '') this.details.push(writeDetail({ text, format: undefined }, this.count))
    if (signature?.redacted !== undefined) this.details.push(writeDetail({ redacted: signature.redacted, format: signature.format }, this.count))
  }

  push(detail: JsonObject): void {
    this.close()
    this.details.push(detail)
  }
}

/** A fragment of a delta into the whole message: lists grow, text grows, anything else is replaced. */
function mergeFragment(fragment: JsonObject, message: Record<string, JsonValue>, reasoning: ReasoningBlocks): void {
  for (const [key, value] of Object.entries(fragment)) {
    if (key === 'reasoning_details') for (const detail of arrayOf(value)) reasoning.push(detail as JsonObject)
    else if (Array.isArray(value)) message[key] = [...arrayOf(message[key]), ...(value as readonly JsonValue[])]
    else message[key] = value
  }
}
