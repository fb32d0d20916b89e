/**
 * A strict checker of what we send to Gemini clients: the order and the fields that Google's own streams keep to, and that its official clients
 * rely on. Stricter than any client, so that a slip of ours is seen here first. From https://ai.google.dev/api/generate-content.
 */
import type { JsonObject, JsonValue } from '../../../../shared/chat.ts'
import { EventCutter, isCount, objectIn, onlyFields, type StreamGrammar } from './stream-grammar.ts'

export interface GeminiMeaning {
  readonly text: string
  readonly thoughts: string
  readonly calls: readonly { readonly id: string; readonly name: string; readonly args: JsonObject; readonly signature: string | undefined }[]
  /** Signatures on texts and other parts, in order; those of calls stand with their call. */
  readonly signatures: readonly string[]
  readonly finishReason: string | undefined
  readonly usage: JsonObject | undefined
  readonly error: JsonObject | undefined
}

const RESPONSE_FIELDS = new Set(['candidates', 'usageMetadata', 'modelVersion', 'responseId'])
const CANDIDATE_FIELDS = new Set([
  'content',
  'finishReason',
  'index',
  'groundingMetadata',
  'groundingAttributions',
  'urlContextMetadata',
  'citationMetadata',
  'logprobsResult',
])
const DATA_FIELDS = ['text', 'inlineData', 'functionCall', 'executableCode', 'codeExecutionResult', 'toolCall', 'toolResponse'] as const
const FINISH_REASONS = new Set(['STOP', 'MAX_TOKENS', 'SAFETY', 'OTHER', 'RECITATION', 'PROHIBITED_CONTENT', 'MALFORMED_FUNCTION_CALL', 'UNEXPECTED_TOOL_CALL'])

/** A whole stream as text. @throws Error naming the first breach */
export function checkGeminiStream(stream: string): GeminiMeaning {
  const grammar = new GeminiGrammar()
  grammar.push(stream)
  grammar.end()
  return grammar.meaning
}

/** The responses of one answer in order; one for an answer that came whole. @throws Error naming the first breach */
export function checkGeminiResponses(responses: readonly JsonObject[]): GeminiMeaning {
  const grammar = new GeminiGrammar()
  for (const response of responses) grammar.take(response)
  grammar.end()
  return grammar.meaning
}

export class GeminiGrammar implements StreamGrammar {
  readonly #cutter = new EventCutter()
  readonly #told = { text: '', thoughts: '', calls: [] as GeminiMeaning['calls'][number][], signatures: [] as string[] }
  #finishReason: string | undefined
  #usage: JsonObject | undefined
  #error: JsonObject | undefined
  #identity: string | undefined

  get meaning(): GeminiMeaning {
    return { ...this.#told, finishReason: this.#finishReason, usage: this.#usage, error: this.#error }
  }

  push(piece: string): void {
    for (const event of this.#cutter.push(piece)) {
      // Google's own client reads what is no data line as part of the answer
      if (event === undefined || event.event !== '') throw new Error('something other than a data line')
      this.take(objectIn(event))
    }
  }

  end(): 'complete' | 'failed' {
    this.#cutter.end()
    if (this.#error !== undefined) return 'failed'
    if (this.#identity === undefined) throw new Error('no response at all')
    if (this.#finishReason === undefined) throw new Error('no finish reason')
    return 'complete'
  }

  /** The next response. @throws Error naming the first breach */
  take(response: JsonObject): void {
    if (this.#error !== undefined) throw new Error('something follows an error')
    if (response.error !== undefined) {
      this.#error = checkedError(object(response.error, 'error'))
      return
    }
    if (this.#finishReason !== undefined) throw new Error('a finish reason before the last response')
    onlyFields(response, RESPONSE_FIELDS, 'response')
    const identity = `${String(response.responseId)} ${String(response.modelVersion)}`
    if (this.#identity !== undefined && identity !== this.#identity) throw new Error('responseId or modelVersion changed on the way')
    this.#identity = identity
    if (typeof response.responseId !== 'string' || typeof response.modelVersion !== 'string') throw new Error('responseId and modelVersion are strings')
    const candidates = response.candidates
    if (!Array.isArray(candidates) || candidates.length !== 1) throw new Error('not exactly one candidate')
    const candidate = object(candidates[0] as JsonValue, 'candidate')
    onlyFields(candidate, CANDIDATE_FIELDS, 'candidate')
    if (candidate.index !== 0) throw new Error('candidate.index is not 0')
    const content = object(candidate.content, 'content')
    if (content.role !== 'model' || !Array.isArray(content.parts)) throw new Error('content needs role model and parts')
    for (const part of content.parts as readonly JsonValue[]) checkPart(object(part, 'part'), this.#told)
    if (candidate.finishReason !== undefined) {
      if (!FINISH_REASONS.has(String(candidate.finishReason))) throw new Error(`unknown finish reason ${String(candidate.finishReason)}`)
      this.#finishReason = String(candidate.finishReason)
    }
    if (response.usageMetadata !== undefined) {
      this.#usage = object(response.usageMetadata, 'usageMetadata')
      checkUsage(this.#usage)
    }
  }
}

function checkedError(error: JsonObject): JsonObject {
  if (typeof error.code !== 'number' || error.code < 400 || error.code > 599) throw new Error('error.code is no HTTP status')
  if (typeof error.message !== 'string' || typeof error.status !== 'string') throw new Error('an error needs message and status')
  return error
}

function checkPart(part: JsonObject, meaning: { text: string; thoughts: string; calls: GeminiMeaning['calls'][number][]; signatures: string[] }): void {
  const data = DATA_FIELDS.filter((field) => part[field] !== undefined)
  if (data.length !== 1) throw new Error(`a part holds exactly one of its kinds: ${Object.keys(part).join(', ')}`)
  onlyFields(part, new Set([...data, 'thought', 'thoughtSignature']), 'part')
  const { thought, thoughtSignature: signature } = part
  if (signature !== undefined && (typeof signature !== 'string' || signature === '')) throw new Error('a signature is a text')
  if (thought !== undefined && (thought !== true || data[0] !== 'text')) throw new Error('thought stands on texts and is true')
  if (data[0] === 'functionCall') {
    const call = object(part.functionCall, 'functionCall')
    onlyFields(call, new Set(['id', 'name', 'args']), 'functionCall')
    const { id, name } = call
    if (typeof id !== 'string' || id === '' || meaning.calls.some((other) => other.id === id)) throw new Error('call ids are texts and differ')
    if (typeof name !== 'string' || name === '') throw new Error('a call has a name')
    meaning.calls.push({ id, name, args: object(call.args, 'args'), signature })
    return
  }
  if (data[0] === 'text') {
    if (typeof part.text !== 'string') throw new Error('text is a string')
    if (thought === true) meaning.thoughts += part.text
    else meaning.text += part.text
  }
  if (signature !== undefined) meaning.signatures.push(signature)
}

function checkUsage(usage: JsonObject): void {
  for (const [name, value] of Object.entries(usage)) {
    if (!isCount(value)) throw new Error(`${name} is no count`)
  }
  const { promptTokenCount: prompt, cachedContentTokenCount: cached, totalTokenCount: total } = usage
  if (typeof prompt === 'number' && typeof cached === 'number' && cached > prompt) throw new Error('more tokens cached than sent')
  const sum = Number(prompt ?? 0) + Number(usage.candidatesTokenCount ?? 0) + Number(usage.thoughtsTokenCount ?? 0)
  if (total !== undefined && total !== sum) throw new Error('totalTokenCount is not the sum')
}

function object(value: JsonValue | undefined, name: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${name} is no object`)
  return value as JsonObject
}
