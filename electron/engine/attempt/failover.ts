/**
 * One try at one candidate, up to the first content of its answer; `in-turn.ts` decides who is tried. Silent until the first content has arrived; never after it: from then on the
 * answer belongs to its endpoint, and what breaks is told in band by whoever delivers it.
 */

import { type ChatEvent, isContent } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import { saidBy } from '../../../shared/messages/spoken-error.ts'
import type { Candidate, Endpoint, RoutePlan } from '../../../shared/routing.ts'
import { asBuffer } from '../as-buffer.ts'
import type { Secret } from '../credentials/secret.ts'
import type { Account } from '../ledger/account.ts'
import { type MarkSettings, marksFor } from '../protocols/automatic-marks.ts'
import { withCitations } from '../protocols/citations.ts'
import { upstreamFormats } from '../protocols/codecs.ts'
import { cuttingAt } from '../protocols/local-stop.ts'
import type { AddressedPart, UpstreamFormat } from '../protocols/protocol.ts'
import { patchTopLevel } from '../protocols/relay-body.ts'
import { SseSplitter } from '../protocols/sse.ts'
import { restoringToolNames } from '../protocols/tool-names.ts'
import type { ProviderDefinition } from '../providers/define.ts'
import type { Answer, ChatRequest, Frame, Incoming } from '../request.ts'
import { StreamFrames, wholeFrame } from './answer-frames.ts'
import { Deadline } from './deadline.ts'
import type { DownloadGuard } from './download.ts'
import { providerHeaders, repliedHeaders, saysLimits } from './headers.ts'
import { type Trial, type TurnStages, tryInTurn } from './in-turn.ts'
import { addressed, type Downloads, filesOf, withBytes } from './media-bytes.ts'
import { readAll, readBeginning } from './pulled-body.ts'
import type { ReasoningStore } from './reasoning-store.ts'
import type { RefusedFields } from './refused-fields.ts'
import type { RefusedThoughts } from './refused-thoughts.ts'
import type { Send, UpstreamRequest, UpstreamResponse } from './send.ts'
import { adaptationFor, fieldText, refusesAddress, spoken, targetOf, type WrittenBody, withoutFields, withoutThoughts, writeBody } from './write-body.ts'

/** Held back while nothing has been committed: an error behind a role-only opening can still fail over. */
const HELD_LIMIT_BYTES = 256 * 1024
const ERROR_BODY_LIMIT_BYTES = 256 * 1024
/** A whole answer larger than this is no chat answer any more. */
const WHOLE_LIMIT_BYTES = 64 * 1024 * 1024
/** Server-sent events, AWS's binary frames, lines of JSON. */
const STREAM_TYPES = /event-?stream|x-ndjson|jsonl/
const WHOLE_TYPES = /json|html/
/** How server-sent events begin, where their type is not told or is another one: clients of their own read such a stream all the same. */
const EVENTS = /^(?:\xef\xbb\xbf)?\s*(?:data|event|id|retry)?:/

export interface AttemptStages extends TurnStages {
  readonly provider: (id: string) => ProviderDefinition | undefined
  readonly send: Send
  /** The base URL in force: the user's own, or the provider's. */
  readonly baseUrl: (provider: ProviderDefinition) => string | undefined
  /** Opens a key, or the one it has replaced; the promise is skipped when it is in memory already. @throws Failure 'no-credential' when the vault has lost it. */
  readonly openCredential: (id: string, former: boolean) => Secret | Promise<Secret>
  /** Reasoning that providers want back and clients may have dropped. */
  readonly reasoning: ReasoningStore
  /** What endpoints have refused of earlier requests. */
  readonly refusedFields: RefusedFields
  /** What they have refused of earlier turns. */
  readonly refusedThoughts: RefusedThoughts
  /** Tells the router which limits of a place an answer says are used up. */
  readonly limited: (candidate: Candidate, headers: UpstreamResponse['headers']) => void
  /** Whether prompts are marked for a provider's prompt cache where their client has not. */
  readonly automaticMarks: () => MarkSettings
  /** Where files that a prompt names by their address may be fetched from. */
  readonly downloads: () => DownloadGuard
}

/** @throws Failure the most actionable one of those that the candidates gave. */
export function attemptInTurn(request: ChatRequest, plan: RoutePlan, stages: AttemptStages, account: Account): Promise<Answer> {
  const { departure, headers } = request.incoming
  let files: Downloads | undefined
  const downloads = (): Downloads => {
    files ??= new Map()
    return files
  }
  const trying = { departure, headers, view: request.view, request }
  return tryInTurn(plan, trying, stages, account, (candidate, trial) => attemptOnce(request, candidate, trial, downloads, stages, account))
}

function facts(failure: Failure): { param?: string; code?: string; retryAfterSeconds?: number; upstreamStatus?: number } {
  const { param, code, retryAfterSeconds, upstreamStatus } = failure
  return {
    ...(param !== undefined && { param }),
    ...(code !== undefined && { code }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(upstreamStatus !== undefined && { upstreamStatus }),
  }
}

/** A request on its way: the path below the provider's base URL, the body's bytes, and what they could not carry. */
export interface Outgoing {
  readonly path: string
  readonly bytes: Uint8Array
  readonly dropped: readonly string[]
}

/**
 * One POST to a candidate, up to the headers of its answer, `replied` being those that go on. Whoever gets the deadline has to end it.
 * @throws Failure what the provider's refusal means
 */
export async function call(
  candidate: Candidate,
  outgoing: Outgoing,
  { headers, departure, timeouts, formerKey }: Pick<Incoming, 'headers'> & Pick<Trial, 'departure' | 'timeouts' | 'formerKey'>,
  stages: AttemptStages,
  account: Account,
): Promise<{ readonly response: UpstreamResponse; readonly replied: Record<string, string>; readonly deadline: Deadline }> {
  const { endpoint, credential } = candidate
  const { provider, baseUrl } = placeOf(endpoint, stages)
  const secret = credential === undefined ? undefined : await stages.openCredential(credential, formerKey)
  const url = baseUrl + outgoing.path
  account.sends(url, outgoing.bytes, outgoing.dropped)
  const deadline = new Deadline(departure, timeouts, provider.name, account.receivedAt, stages.now)
  try {
    const plain = postTo(url, outgoing.bytes, providerHeaders(provider, secret, headers), provider, timeouts.connectMs)
    const signed =
      provider.authorize === undefined || secret === undefined ? plain : await provider.authorize(plain, secret, { now: stages.now, send: stages.send })
    // the address as it turned out, with what only the key tells
    if (signed.url !== url) account.sends(signed.url, outgoing.bytes, outgoing.dropped)
    const response = await (provider.send ?? stages.send)(signed, deadline.departure)
    const replied = repliedHeaders(response.headers)
    if (saysLimits(replied)) stages.limited(candidate, response.headers)
    if (response.status < 300) return { response, replied, deadline }
    if (response.status < 400) {
      // what nobody reads would keep its connection for good
      await response.body[Symbol.asyncIterator]().return?.()
      throw redirected(provider, response.status)
    }
    const body = (await readBeginning(response.body, ERROR_BODY_LIMIT_BYTES)).toString('utf8')
    const text = secret?.hiddenIn(body) ?? body
    const classify = provider.classify ?? upstreamFormats[endpoint.protocol].classify
    throw named(classify(response.status, response.headers, text), provider, response.status)
  } catch (thrown) {
    const failure = deadline.explain(thrown)
    deadline.done()
    throw failure
  }
}

/** A key is shown to the address it was given for and to no other. */
function redirected({ name }: ProviderDefinition, status: number): Failure {
  return new Failure('upstream-unreachable', { code: 'redirects', name, status })
}

function postTo(url: string, body: Uint8Array, headers: UpstreamRequest['headers'], { within }: ProviderDefinition, connectMs: number): UpstreamRequest {
  const method = 'POST'
  return within === undefined ? { method, url, headers, body, connectMs } : { method, url, headers, body, connectMs, within }
}

/** @throws Failure 'model-missing' for a provider that is no more, or has no address yet */
function placeOf(endpoint: Endpoint, stages: AttemptStages): { readonly provider: ProviderDefinition; readonly baseUrl: string } {
  const provider = stages.provider(endpoint.provider)
  const baseUrl = provider && stages.baseUrl(provider)
  if (provider === undefined) throw new Failure('model-missing', { code: 'provider-removed', provider: endpoint.provider })
  if (baseUrl === undefined) throw new Failure('model-missing', { code: 'no-address', name: provider.name })
  return { provider, baseUrl }
}

async function attemptOnce(
  request: ChatRequest,
  candidate: Candidate,
  trial: Trial,
  downloads: () => Downloads,
  stages: AttemptStages,
  account: Account,
): Promise<Answer> {
  const { provider } = placeOf(candidate.endpoint, stages)
  const endpoint = spoken(candidate.endpoint, provider, request)
  const codec = upstreamFormats[endpoint.protocol]
  const target = targetOf(request, endpoint)
  const relay = request.wire.codec.id === codec.id && request.incoming.framing === 'sse'
  const isTranslated = request.wire.codec.id !== codec.id
  const whose = isTranslated ? { format: codec.id, caller: account.callerId } : undefined
  const placed = endpoint === candidate.endpoint ? candidate : { ...candidate, endpoint }
  const adaptation = adaptationFor(provider, request.incoming.headers)
  const known = whose === undefined ? request : { ...request, view: stages.reasoning.restored(request.view, whose) }
  // a relay's bytes stay the client's, unless the place is known for refusing what others of its format take
  const parts = isTranslated || provider.refusesAddresses === true ? addressed(known.view, refusesAddress(provider, codec, target)) : []
  const asked = parts.length === 0 ? known : withFiles(known, parts, codec, filesOf(known.view, parts, downloads(), trial.departure, stages.downloads()))
  const marks = marksFor(request.view, endpoint, stages.automaticMarks())
  const full = writeBody(asked instanceof Promise ? await asked : asked, endpoint, adaptation, marks)
  const refused = refusedFields(request, endpoint, full, trial.without, stages.refusedFields)
  const left = withoutFields(full, refused)
  const seals: string[] = []
  const isRefused = trial.withoutThoughts ? (seal: string) => seals.push(seal) > 0 : stages.refusedThoughts.at(candidate)
  const written = isRefused === undefined ? left : withoutThoughts(left, codec, target, isRefused)
  const path = (provider.path ?? codec.path)(target)
  const reading = isTranslated ? readingOf(codec, written) : codec
  const { departure, timeouts, formerKey } = trial
  const headers = isTranslated ? ofOurOwnVersion(request.incoming.headers) : request.incoming.headers
  const outgoing = { path, bytes: written.bytes, dropped: written.dropped }
  const { response, replied, deadline } = await call(placed, outgoing, { headers, departure, timeouts, formerKey }, stages, account)
  if (trial.without !== undefined) {
    const json = fieldText(full.bytes, trial.without.field)
    if (json !== undefined) stages.refusedFields.learn(endpoint.id, trial.without, json)
  }
  stages.refusedThoughts.learn(candidate, seals)
  try {
    const watch = whose && stages.reasoning.watcher(request.view, whose)
    const type = response.headers['content-type'] ?? ''
    let { body } = response
    let streamed = request.view.stream && STREAM_TYPES.test(type)
    const isUntold = request.view.stream && !streamed && !WHOLE_TYPES.test(type)
    if (isUntold) [streamed, body] = await asItBegins(body)
    const hideUsage = relay && !request.view.wantsUsage
    const { dropped } = written
    if (!streamed) {
      const wire = readAll(body, WHOLE_LIMIT_BYTES)
      const whole = wholeFrame(wire instanceof Promise ? await wire : wire, reading)
      deadline.done()
      throwInBand(whole, codec, provider)
      account.alsoSeenBy(watch)
      return { candidate: placed, relay: relay && !request.view.stream, headers: replied, dropped, whole, held: NO_FRAMES, frames: NONE }
    }
    // a stream that is framed anew is told to its client as what it has become
    if (isUntold || provider.splitter !== undefined) replied['content-type'] = request.wire.codec.streamType
    const splitter = provider.splitter?.() ?? codec.splitter?.() ?? new SseSplitter()
    const frames = new StreamFrames(body, splitter, reading, hideUsage, deadline)
    const held = await untilContent(frames, codec, provider)
    deadline.committed()
    account.alsoSeenBy(watch)
    return { candidate: placed, relay: relay && request.view.stream, headers: replied, dropped, whole: undefined, held, frames }
  } catch (thrown) {
    const failure = deadline.explain(thrown)
    deadline.done()
    throw failure
  }
}

const NO_FIELDS: readonly string[] = []

/** What this endpoint would not take of the body: as it has just said, and as it has said of earlier ones, unless the client insists on every field. */
function refusedFields(request: ChatRequest, endpoint: Endpoint, { bytes }: WrittenBody, now: Trial['without'], known: RefusedFields): readonly string[] {
  if (request.view.routing.requireParameters) return []
  const before = known.isEmpty ? NO_FIELDS : known.among(endpoint.id, (field) => fieldText(bytes, field))
  return now === undefined || before.includes(now.field) ? before : [...before, now.field]
}

/** Whether a body begins as server-sent events do, and the body. */
async function asItBegins(body: AsyncIterable<Uint8Array>): Promise<[isEvents: boolean, body: AsyncIterable<Uint8Array>]> {
  const pieces = body[Symbol.asyncIterator]()
  let first: IteratorResult<Uint8Array> | undefined = await pieces.next()
  const isEvents = first.done !== true && EVENTS.test(asBuffer(first.value).toString('latin1', 0, 64))
  const whole: AsyncIterator<Uint8Array> = {
    next() {
      if (first === undefined) return pieces.next()
      const given = first
      first = undefined
      return Promise.resolve(given)
    },
    return: async () => (await pieces.return?.()) ?? { done: true, value: undefined },
  }
  return [isEvents, { [Symbol.asyncIterator]: () => whole }]
}

/** A body of our own is written for the version that the provider's declaration names, and another one would refuse some of its fields. */
function ofOurOwnVersion(headers: Incoming['headers']): Incoming['headers'] {
  return headers['anthropic-version'] === undefined ? headers : { ...headers, 'anthropic-version': undefined }
}

/** The request with the files that its endpoint would not fetch: in our reading of it, and for a relay in the client's own body. */
async function withFiles(
  request: ChatRequest,
  parts: readonly AddressedPart[],
  codec: UpstreamFormat,
  fetching: ReturnType<typeof filesOf>,
): Promise<ChatRequest> {
  const files = await fetching
  if (request.wire.codec.id !== codec.id) return { ...request, view: withBytes(request.view, parts, files) }
  if (codec.inlined === undefined || files.size === 0) return request
  const inlined = codec.inlined(request.wire.body, files)
  return { ...request, wire: { ...request.wire, body: { ...request.wire.body, ...inlined }, bytes: patchTopLevel(request.wire.bytes, inlined) } }
}

/** The format as it reads the answer to what was written: what had to change on the way there is undone on the way back. */
function readingOf(codec: UpstreamFormat, { toolNames, cutAt }: WrittenBody): UpstreamFormat {
  const cut = cutAt === undefined ? codec : cuttingAt(codec, cutAt)
  const cited = withCitations(cut)
  return toolNames === undefined ? cited : restoringToolNames(cited, toolNames)
}

function named(failure: Failure, provider: ProviderDefinition, upstreamStatus: number): Failure {
  return new Failure(
    failure.kind,
    { code: 'at-provider', provider: provider.name, said: saidBy(failure) },
    { ...facts(failure), upstreamStatus, cause: failure },
  )
}

const NO_FRAMES: readonly Frame[] = []
const NONE: AsyncIterable<Frame> = { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }) }

/** @throws Failure when the provider tells of an error in a frame that holds no content before it */
function throwInBand(frame: Frame, codec: UpstreamFormat, provider: ProviderDefinition): boolean {
  for (const event of frame.events) {
    if (event.type === 'error') throw named(inBand(event, codec), provider, event.status ?? 200)
    if (isContent(event)) return true
  }
  return false
}

/** Pulls until something is worth showing, or the answer has ended without. @throws Failure when the provider fails in band first. */
async function untilContent(frames: StreamFrames, codec: UpstreamFormat, provider: ProviderDefinition): Promise<readonly Frame[]> {
  const held: Frame[] = []
  let bytes = 0
  for (;;) {
    const next = await frames.next()
    if (next.done === true) return held
    held.push(next.value)
    bytes += next.value.wire.length
    try {
      if (throwInBand(next.value, codec, provider)) return held
    } catch (thrown) {
      await frames.return()
      throw thrown
    }
    if (bytes > HELD_LIMIT_BYTES) return held
  }
}

/** An error told inside a 200, in the terms of the table. */
export function inBand(event: Extract<ChatEvent, { type: 'error' }>, codec: UpstreamFormat): Failure {
  const body = JSON.stringify({ error: { message: event.message, type: event.code, code: event.code, status: event.code } })
  return codec.classify(event.status ?? 500, {}, body)
}
