/** Answers towards Gemini clients: GenerateContentResponse objects, one for each step of a stream. */
import type { ChatEvent, Citation, JsonObject, JsonValue, TokenLogprob, Tokens } from '../../../../shared/chat.ts'
import { totalInput, totalOutput } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { writeGeminiLogprobs } from '../logprobs.ts'
import type { AnswerContext, AnswerWriter } from '../protocol.ts'
import { sse } from '../sse.ts'
import { writeFailure } from './failure.ts'
import { isObject, parseObject } from './fields.ts'
import { writeFinish } from './finish.ts'
import { groundingOf } from './grounding.ts'

/** `write` throws Failure 'upstream-unreadable' when a finished call's arguments are no JSON object: this dialect has no other way to say them. */
export function writer(context: AnswerContext): AnswerWriter {
  return new GeminiWriter(context)
}

/**
 * The answer in one piece.
 * @throws Failure 'upstream-unreadable' for arguments that are no JSON object, 'upstream-error' when the events tell of one.
 */
export function writeWhole(events: readonly ChatEvent[], context: AnswerContext): JsonObject {
  const assembly = new Assembly(context)
  const parts: JsonObject[] = []
  for (const event of events) {
    if (event.type === 'error') throw new Failure('upstream-error', event.message, { ...(event.status === undefined ? {} : { upstreamStatus: event.status }) })
    for (const part of assembly.take(event)) append(parts, part)
  }
  return assembly.response(parts, assembly.closing())
}

/** Joins what a stream sends in pieces: text to text of its kind, and a signature to the text before it. */
function append(parts: JsonObject[], part: JsonObject): void {
  const last = parts.at(-1)
  const joins = last !== undefined && typeof last.text === 'string' && typeof part.text === 'string' && last.thoughtSignature === undefined
  if (joins && (last.thought === part.thought || part.text === '')) {
    parts[parts.length - 1] = { ...last, ...part, text: last.text + String(part.text), ...(last.thought === true ? { thought: true } : {}) }
  } else {
    parts.push(part)
  }
}

class GeminiWriter implements AnswerWriter {
  readonly #assembly: Assembly

  constructor(context: AnswerContext) {
    this.#assembly = new Assembly(context)
  }

  /** In-band errors of a provider write nothing here: the pipeline turns them into `fail`. */
  write(event: ChatEvent): string {
    const parts = this.#assembly.take(event)
    const extras = this.#assembly.extras()
    if (parts.length === 0 && extras === undefined) return ''
    return sse(JSON.stringify(this.#assembly.response(parts, { ...extras })))
  }

  /** Finish and counts go out together and last, as Google sends them. @throws Failure 'stream-broken' inside a call. */
  end(): string {
    return sse(JSON.stringify(this.#assembly.response([{ text: '' }], this.#assembly.closing())))
  }

  fail(failure: Failure): string {
    return sse(JSON.stringify(writeFailure(failure)))
  }
}

interface OpenCall {
  readonly id: string
  readonly name: string
  readonly signature: string | undefined
  arguments: string
  isComplete: boolean
}

/** Turns events into parts and keeps what only the end of an answer may say. */
class Assembly {
  readonly #context: AnswerContext
  #id: string | undefined
  #model: string | undefined
  /** Something has gone out, under the id and model of then. */
  #isNamed: boolean = false
  /** By index; calls leave in the order they began, since Gemini's parts know no index. */
  readonly #calls = new Map<number, OpenCall>()
  #extras: Record<string, JsonValue> | undefined
  readonly #citations: Citation[] = []
  /** What has been said, for citations that point into it. */
  #text = ''
  /** Since the last response. */
  #logprobs: TokenLogprob[] = []
  #tokens: Tokens | undefined
  #finishReason: string | undefined
  #lastKind: 'thought' | 'other' = 'other'

  constructor(context: AnswerContext) {
    this.#context = context
  }

  /** The parts that are ready once `event` is known. */
  take(event: ChatEvent): readonly JsonObject[] {
    switch (event.type) {
      case 'response-start':
        if (this.#isNamed) return []
        this.#id = event.id
        this.#model = event.model
        return []
      case 'text-delta':
      case 'refusal-delta':
        if (event.type === 'text-delta' && event.logprobs !== undefined) this.#logprobs.push(...event.logprobs)
        // an empty part would be an echo of nothing; a refusal has no place of its own here and is what the model said
        if (event.text === '') return []
        this.#lastKind = 'other'
        this.#text += event.text
        return [{ text: event.text }]
      case 'reasoning-delta':
        if (event.text === '') return []
        this.#lastKind = 'thought'
        return [{ text: event.text, thought: true }]
      case 'reasoning-signature':
        // another provider's signature is none to a Gemini client, who would hand it to Google
        if (event.format !== 'gemini' || event.signature === undefined) return []
        return [{ text: '', ...(this.#lastKind === 'thought' ? { thought: true } : {}), thoughtSignature: event.signature }]
      case 'tool-call-start':
        this.#lastKind = 'other'
        this.#calls.set(event.index, { id: event.id, name: event.name, signature: event.signature, arguments: '', isComplete: false })
        return []
      case 'tool-call-delta': {
        const call = this.#calls.get(event.index)
        if (call !== undefined) call.arguments += event.arguments
        return []
      }
      case 'tool-call-end': {
        const call = this.#calls.get(event.index)
        if (call !== undefined) call.isComplete = true
        return this.#completeCalls()
      }
      case 'opaque':
        return this.#takeOpaque(event)
      case 'citation':
        if (event.origin !== 'gemini') this.#citations.push(event.citation)
        return []
      case 'usage':
        this.#tokens = event.tokens
        return []
      case 'finish':
        this.#finishReason = writeFinish(event.reason, event.raw)
        return []
      case 'error':
        return []
      default:
        return event satisfies never
    }
  }

  /** Fields beside the content of the candidate that have come up since the last call. */
  extras(): Record<string, JsonValue> | undefined {
    const logprobs = this.#logprobs
    const extras = logprobs.length === 0 ? this.#extras : { ...this.#extras, logprobsResult: writeGeminiLogprobs(logprobs) }
    this.#logprobs = []
    this.#extras = undefined
    return extras
  }

  /** What the last response says: extras not yet told, the finish reason. @throws Failure 'stream-broken' while a call is open. */
  closing(): Record<string, JsonValue> {
    const [open] = this.#calls.values()
    if (open !== undefined) throw new Failure('stream-broken', `The answer ended inside the arguments of ${open.name}.`)
    return { ...this.extras(), ...this.#grounding(), ...(this.#finishReason === undefined ? {} : { finishReason: this.#finishReason }) }
  }

  #grounding(): Record<string, JsonValue> {
    return this.#citations.length === 0 ? {} : { groundingMetadata: groundingOf(this.#citations, this.#text) }
  }

  response(parts: readonly JsonObject[], candidate: Readonly<Record<string, JsonValue>>): JsonObject {
    this.#isNamed = true
    return {
      candidates: [{ content: { parts, role: 'model' }, ...candidate, index: 0 }],
      ...(this.#tokens === undefined ? {} : { usageMetadata: writeTokens(this.#tokens) }),
      modelVersion: this.#model ?? this.#context.model,
      responseId: this.#id ?? this.#context.requestId,
    }
  }

  #completeCalls(): JsonObject[] {
    const parts: JsonObject[] = []
    for (const [index, call] of this.#calls) {
      if (!call.isComplete) break
      this.#calls.delete(index)
      parts.push(writeCall(call))
    }
    return parts
  }

  #takeOpaque(event: ChatEvent & { type: 'opaque' }): readonly JsonObject[] {
    if (event.protocol !== 'gemini') return []
    const { candidate } = event.value
    if (!isObject(candidate)) {
      this.#lastKind = 'other'
      return [event.value]
    }
    this.#extras = { ...this.#extras, ...candidate }
    return []
  }
}

function writeCall(call: OpenCall): JsonObject {
  const text = call.arguments.trim()
  const args = text === '' || text === 'null' ? {} : parseObject(text)
  if (args === undefined) throw new Failure('upstream-unreadable', `The model called ${call.name} with arguments that are no JSON object.`)
  const signature = call.signature === undefined ? {} : { thoughtSignature: call.signature }
  return { functionCall: { id: call.id, name: call.name, args }, ...signature }
}

/** Gemini's total is prompt and output; the cached tokens are part of the prompt. */
function writeTokens(tokens: Tokens): JsonObject {
  const input = totalInput(tokens)
  const output = totalOutput(tokens)
  return {
    ...(input === undefined ? {} : { promptTokenCount: input }),
    ...(tokens.cacheRead === undefined ? {} : { cachedContentTokenCount: tokens.cacheRead }),
    ...(tokens.output === undefined ? {} : { candidatesTokenCount: (output ?? 0) - (tokens.reasoning ?? 0) }),
    ...(tokens.reasoning === undefined ? {} : { thoughtsTokenCount: tokens.reasoning }),
    // a total over an unknown count would make a zero of it
    ...(tokens.output === undefined || input === undefined || output === undefined ? {} : { totalTokenCount: input + output }),
  }
}
