/** Answers of generateContent, whole and streamed: each streamed event is a whole GenerateContentResponse with the next parts in it. */
import type { ChatEvent, JsonObject, JsonValue, TokenLogprob, Tokens, UsageExtras } from '../../../../shared/chat.ts'
import { Failure } from '../../../../shared/failure.ts'
import { chargesOf } from '../charges.ts'
import { COUNTING, restOf } from '../counting.ts'
import { known } from '../json.ts'
import { readGeminiLogprobs } from '../logprobs.ts'
import type { AnswerReader, SseEvent } from '../protocol.ts'
import { readInBandError } from './failure.ts'
import { isArray, isObject } from './fields.ts'
import { readFinish } from './finish.ts'
import { PartialArguments } from './partial-arguments.ts'

/** What stands beside the content of a candidate and means something to a client: sources and citations. */
const CANDIDATE_EXTRAS = ['groundingMetadata', 'groundingAttributions', 'urlContextMetadata', 'citationMetadata'] as const

/** OpenAI takes call ids of up to 40 characters, Anthropic letters, digits, '_' and '-' only. */
const MOST_ID_CHARACTERS = 28

export function reader(): AnswerReader {
  return new GeminiReader()
}

/** @throws Failure 'upstream-unreadable' when the body is no answer, or an answer without candidates that names no reason. */
export function readWhole(body: JsonObject): readonly ChatEvent[] {
  const whole = new GeminiReader()
  const events = whole.readValue(body)
  if (whole.phase === 'open') {
    if (!events.some((event) => event.type !== 'response-start' && event.type !== 'usage')) {
      throw new Failure('upstream-unreadable', 'The provider answered without a candidate and without a reason.')
    }
    // a candidate that says all it has to say and gives no reason: seen from proxies
    return [...events, { type: 'finish', reason: readFinish('STOP', whole.callCount > 0), raw: '' }]
  }
  return events
}

class GeminiReader implements AnswerReader {
  /** Gemini's token counts ride on events with content or the finish reason; its clients need not ask for them. */
  readonly usageOnly = false
  phase: 'open' | 'finished' | 'failed' = 'open'
  callCount = 0
  /** Set by the first event. */
  #idPrefix: string | undefined
  #finish: string | undefined
  /** Only Vertex tells a call in pieces, and only on demand; everywhere else a call is one part. */
  #openCall: { readonly index: number; readonly args: PartialArguments } | undefined

  read(event: SseEvent): readonly ChatEvent[] {
    let value: JsonValue
    try {
      value = JSON.parse(event.data) as JsonValue
    } catch (cause) {
      throw new Failure('upstream-unreadable', 'The provider sent a streamed event that is no JSON.', { cause })
    }
    return this.readValue(value)
  }

  end(): readonly ChatEvent[] {
    if (this.phase === 'open') throw new Failure('stream-broken', 'The provider ended its answer before giving a finish reason.')
    if (this.phase === 'finished' && this.#openCall !== undefined) throw new Failure('stream-broken', 'The provider ended its answer inside a tool call.')
    return []
  }

  readValue(value: JsonValue): ChatEvent[] {
    // errors come as a list of one at times, and so does everything where the provider ignored alt=sse
    if (isArray(value)) return value.flatMap((item) => this.readValue(item))
    if (!isObject(value)) throw new Failure('upstream-unreadable', 'The provider sent something other than a Gemini answer.')
    const error = readInBandError(value)
    if (error !== undefined) {
      this.phase = 'failed'
      return [error]
    }
    if (!['candidates', 'promptFeedback', 'usageMetadata', 'responseId', 'modelVersion'].some((name) => value[name] !== undefined)) {
      throw new Failure('upstream-unreadable', 'The provider sent something other than a Gemini answer.')
    }
    return this.#readResponse(value)
  }

  #readResponse(response: JsonObject): ChatEvent[] {
    const events: ChatEvent[] = []
    if (this.#idPrefix === undefined) events.push(this.#start(response))
    const candidate = firstCandidate(response.candidates)
    const content = candidate?.content
    const parts = isObject(content) ? content.parts : undefined
    if (isArray(parts)) {
      for (const part of parts) {
        if (isObject(part)) this.#readPart(part, events)
      }
    }
    const logprobs = readGeminiLogprobs(candidate?.logprobsResult)
    if (logprobs.length > 0) withLogprobs(events, logprobs)
    const extras = candidate === undefined ? [] : CANDIDATE_EXTRAS.flatMap((name) => (candidate[name] == null ? [] : [[name, candidate[name]] as const]))
    if (extras.length > 0) events.push({ type: 'opaque', protocol: 'gemini', value: { candidate: Object.fromEntries(extras) } })
    const tokens = readTokens(response.usageMetadata)
    if (tokens !== undefined) events.push({ type: 'usage', tokens, ...known({ extras: readClass(response.usageMetadata) }) })
    this.#readEnd(candidate, response.promptFeedback, events)
    return events
  }

  #start(response: JsonObject): ChatEvent {
    const { responseId: id, modelVersion: model } = response
    // ids made up below must differ between the answers of one conversation
    const seed = typeof id === 'string' ? id.replace(/[^\w-]/g, '').slice(0, MOST_ID_CHARACTERS) : ''
    this.#idPrefix = seed === '' ? 'call' : `call_${seed}`
    return { type: 'response-start', ...(typeof id === 'string' ? { id } : {}), ...(typeof model === 'string' ? { model } : {}) }
  }

  #readPart(part: JsonObject, events: ChatEvent[]): void {
    const { text, thought, thoughtSignature, functionCall } = part
    const signature = typeof thoughtSignature === 'string' ? thoughtSignature : undefined
    if (isObject(functionCall)) {
      this.#readCall(functionCall, signature, events)
      return
    }
    const isText = typeof text === 'string'
    if (!isText && !(signature !== undefined && Object.keys(part).length === 1)) {
      // images, server-side tools and whatever comes next, signature included
      if (Object.keys(part).length > 0) events.push({ type: 'opaque', protocol: 'gemini', value: part })
      return
    }
    if (isText && text !== '') events.push(thought === true ? { type: 'reasoning-delta', text } : { type: 'text-delta', text })
    if (signature !== undefined) events.push({ type: 'reasoning-signature', signature, format: 'gemini' })
  }

  #readCall(call: JsonObject, signature: string | undefined, events: ChatEvent[]): void {
    const { id, name, args, partialArgs, willContinue } = call
    let open = this.#openCall
    if (open === undefined) {
      open = { index: this.callCount++, args: new PartialArguments() }
      events.push({
        type: 'tool-call-start',
        index: open.index,
        id: typeof id === 'string' && id !== '' ? id : `${this.#idPrefix}_${open.index}`,
        name: typeof name === 'string' ? name : '',
        ...(signature === undefined ? {} : { signature }),
      })
    }
    open.args.add(partialArgs)
    this.#openCall = willContinue === true ? open : undefined
    if (willContinue === true) return
    const { index } = open
    events.push({ type: 'tool-call-delta', index, arguments: isObject(args) ? JSON.stringify(args) : open.args.json() }, { type: 'tool-call-end', index })
  }

  #readEnd(candidate: JsonObject | undefined, feedback: JsonValue | undefined, events: ChatEvent[]): void {
    const blocked = isObject(feedback) ? feedback.blockReason : undefined
    const said = candidate?.finishReason
    if (candidate === undefined && typeof blocked === 'string') this.#finishAs({ type: 'finish', reason: 'content-filter', raw: blocked }, events)
    else if (typeof said === 'string') this.#finishAs({ type: 'finish', reason: readFinish(said, this.callCount > 0), raw: said }, events)
  }

  /** The reason may be said on several events; it is told again only when a call that came since has changed it. */
  #finishAs(finish: ChatEvent & { type: 'finish' }, events: ChatEvent[]): void {
    this.phase = 'finished'
    const told = `${finish.reason} ${finish.raw}`
    if (told === this.#finish) return
    this.#finish = told
    events.push(finish)
  }
}

/** Beside the first text of the same step, or alone. */
function withLogprobs(events: ChatEvent[], logprobs: readonly TokenLogprob[]): void {
  const place = events.findIndex(({ type }) => type === 'text-delta')
  const said = events[place]
  if (said?.type === 'text-delta') events[place] = { ...said, logprobs }
  else events.push({ type: 'text-delta', text: '', logprobs })
}

/** Clients that ask for several candidates get them by relay; the canonical answer is the first. */
function firstCandidate(candidates: JsonValue | undefined): JsonObject | undefined {
  if (!isArray(candidates)) return undefined
  return candidates.filter(isObject).find((candidate) => (candidate.index ?? 0) === 0)
}

/** promptTokenCount holds the cached tokens, totalTokenCount the tools' prompts too: disjoint buckets out of overlapping ones. */
/** The class of service in Google's word: https://ai.google.dev/api/generate-content#UsageMetadata */
function readClass(usage: JsonValue | undefined): UsageExtras | undefined {
  const tier = isObject(usage) ? usage.serviceTier : undefined
  return chargesOf(undefined, typeof tier === 'string' ? tier.toLowerCase() : undefined)
}

function readTokens(usage: JsonValue | undefined): Tokens | undefined {
  if (!isObject(usage)) return undefined
  const prompt = count(usage.promptTokenCount)
  const cached = count(usage.cachedContentTokenCount)
  const reasoning = count(usage.thoughtsTokenCount)
  const tools = count(usage.toolUsePromptTokenCount) ?? 0
  const total = count(usage.totalTokenCount)
  // protobuf JSON leaves zeros out; the total tells a zero from an unknown
  const untold = total === undefined || prompt === undefined ? undefined : Math.max(0, total - prompt - tools - (reasoning ?? 0))
  const candidates = count(usage.candidatesTokenCount)
  const output = candidates === undefined ? untold : Math.max(0, restOf(candidates, COUNTING.gemini.reasoning, reasoning))
  const tokens: Tokens = {
    ...inputSide(usage, prompt, tools, cached),
    ...outputSide(usage, output),
    ...(reasoning === undefined ? {} : { reasoning }),
  }
  return Object.keys(tokens).length === 0 ? undefined : tokens
}

function count(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
}

/** Sound and pictures apart where they are told; a breakdown that does not fit into its total is left out. */
function inputSide(usage: JsonObject, prompt: number | undefined, tools: number, told: number | undefined): Tokens {
  const cached = told !== undefined && prompt !== undefined && told > prompt + tools ? undefined : told
  const cachedAudio = ofModality(usage.cacheTokensDetails, 'AUDIO')
  const audio = ofModality(usage.promptTokensDetails, 'AUDIO') - cachedAudio
  const cacheRead = cached === undefined ? {} : { cacheRead: cached }
  if (prompt === undefined) return cacheRead
  const input = Math.max(0, restOf(prompt, COUNTING.gemini.cached, cached) + tools)
  if (audio <= 0 || audio > input || cachedAudio > (cached ?? 0)) return { input, ...cacheRead }
  if (cachedAudio === 0) return { input: input - audio, ...cacheRead, audioInput: audio }
  return { input: input - audio, cacheRead: (cached ?? 0) - cachedAudio, audioInput: audio, audioCacheRead: cachedAudio }
}

function outputSide(usage: JsonObject, output: number | undefined): Tokens {
  if (output === undefined) return {}
  const audioOutput = ofModality(usage.candidatesTokensDetails, 'AUDIO')
  const imageOutput = ofModality(usage.candidatesTokensDetails, 'IMAGE')
  const text = output - audioOutput - imageOutput
  if (text < 0) return { output }
  return { output: text, ...(audioOutput > 0 && { audioOutput }), ...(imageOutput > 0 && { imageOutput }) }
}

function ofModality(details: JsonValue | undefined, modality: string): number {
  if (!Array.isArray(details)) return 0
  return details.filter(isObject).reduce((sum, detail) => sum + (detail.modality === modality ? (count(detail.tokenCount) ?? 0) : 0), 0)
}
