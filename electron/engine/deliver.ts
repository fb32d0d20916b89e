/** Hands an answer to its client: untouched bytes where both speak the same format, otherwise written anew from the events. */

import type { AutoDecision } from '../../shared/auto.ts'
import type { ChatEvent, JsonObject } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { EndpointId } from '../../shared/ids.ts'
import { english } from '../../shared/messages/english.ts'
import { inBand } from './attempt/failover.ts'
import { droppedNames, headerText } from './header-text.ts'
import type { Account } from './ledger/account.ts'
import { CallGuard, guardCalls } from './protocols/call-guard.ts'
import { upstreamFormats } from './protocols/codecs.ts'
import { asJsonArray } from './protocols/gemini/json-array.ts'
import { checkedWriter, grammars } from './protocols/grammar/grammars.ts'
import { type AnswerContext, type AnswerWriter, type ClientFormat, statusTowards } from './protocols/protocol.ts'
import { patchTopLevel } from './protocols/relay-body.ts'
import type { Answer, ChatRequest, Frame, Reply, StageLog } from './request.ts'
import { asksForMetadata, metadataOf, streamWithMetadata } from './router-metadata.ts'
import { DeniedByRule } from './routing/own/decide.ts'
import { watched } from './watched.ts'

export interface DeliverStages {
  readonly log: StageLog
  /** Whether translated streams are held to the grammar of their dialect. */
  readonly checkStreams: () => boolean
  /** After how much silence a translated stream shows that it lives; 0 for never. */
  readonly keepAliveMs: () => number
}

/** Settles the account on every path: the answer ends, breaks, or is left. @throws Failure while nothing has gone out */
export function deliver(request: ChatRequest, answer: Answer, account: Account, stages: DeliverStages): Reply | Promise<Reply> {
  const headers = replyHeaders(request, answer, account)
  account.replies(headers)
  if (request.view.stream) {
    const body = streamed(request, answer, account, stages)
    return { status: 200, headers, body: asksForMetadata(account.headers) ? telling(body, request, account) : body, ...kept(request, answer, stages) }
  }
  if (answer.whole === undefined) return allEvents(answer, account).then((events) => inOnePiece(events, request, answer, account, headers))
  account.sees(answer.whole.events)
  return inOnePiece(answer.whole.events, request, answer, account, headers)
}

function inOnePiece(events: readonly ChatEvent[], request: ChatRequest, answer: Answer, account: Account, headers: Reply['headers']): Reply {
  const isTold = answer.relay && answer.whole !== undefined
  if (!isTold) guardCalls(events)
  const added = asksForMetadata(account.headers) ? { openrouter_metadata: metadata(account) } : undefined
  const body = isTold ? relayed(answer.whole.wire, added) : JSON.stringify({ ...request.wire.codec.writeWhole(events, context(request, account)), ...added })
  account.tells(body)
  void account.succeed(200)
  return { status: 200, headers, body }
}

/** A provider's own bytes, with what the client asked us to add. */
function relayed(wire: Uint8Array, added: JsonObject | undefined): Uint8Array {
  return added === undefined ? wire : patchTopLevel(wire, added)
}

function metadata(account: Account): JsonObject {
  const { routed } = account
  return routed === undefined ? {} : metadataOf(routed)
}

function telling(body: AsyncIterable<Uint8Array | string>, request: ChatRequest, account: Account): AsyncGenerator<Uint8Array | string> {
  const { requestId: id, model, createdAt: created } = context(request, account)
  return streamWithMetadata(body, request.wire.codec.id, { id, model, created }, () => metadata(account))
}

/** Of a streamed answer to a client that wants it whole. @throws Failure when the provider broke off */
async function allEvents(answer: Answer, account: Account): Promise<readonly ChatEvent[]> {
  const events: ChatEvent[] = []
  const take = (frame: Frame): void => {
    account.sees(frame.events)
    events.push(...frame.events)
  }
  answer.held.forEach(take)
  for await (const frame of answer.frames) take(frame)
  const failed = account.inBandError
  if (failed !== undefined) throw inBand(failed, upstreamFormats[answer.candidate.endpoint.protocol])
  return events
}

/** An error in the client's dialect, and a closed row. */
export function refuse(thrown: unknown, codec: ClientFormat, account: Account, log: StageLog): Reply {
  const failure = Failure.from(thrown)
  if (failure instanceof DeniedByRule) account.planned(failure.plan)
  if (failure.kind === 'internal') log.warn({ request: account.id, err: failure.cause ?? failure }, 'a request failed for a fault of ours')
  if (account.isStreamed && codec.toldInStream?.has(failure.kind) === true) return refuseInStream(failure, codec, account)
  const status = statusTowards(codec, failure.kind)
  const body = codec.writeFailure(failure, account.id)
  account.tells(JSON.stringify(body))
  void account.fail(failure, status)
  const headers: Record<string, string> = { 'content-type': 'application/json', 'x-generation-id': account.id, ...waiting(failure) }
  nameRequest(headers, codec, account)
  if (account.attempts.count > 0) headers['x-switchyard-attempts'] = String(account.attempts.count)
  // what is hidden from clients of a fault of ours is hidden here too
  const isTold = failure.kind !== 'internal' && account.routed !== undefined && asksForMetadata(account.headers)
  return { status, headers, body: JSON.stringify(isTold ? { ...body, openrouter_metadata: metadata(account) } : body) }
}

/** A stream that holds nothing but its failure. */
function refuseInStream(failure: Failure, codec: ClientFormat, account: Account): Reply {
  void account.fail(failure, 200)
  const createdAt = Math.floor(account.receivedAt / 1000)
  const writer = codec.writer({ requestId: account.id, model: account.requested, createdAt, wantsUsage: false })
  const headers: Record<string, string> = { 'content-type': codec.streamType, 'cache-control': 'no-cache', 'x-generation-id': account.id }
  nameRequest(headers, codec, account)
  return { status: 200, headers, body: writer.write({ type: 'error', message: failure.message, code: failure.rule.errorType }) }
}

/** The provider's own id, where it has said one in the header that the client looks into, is what its support asks for; otherwise ours. */
function nameRequest(headers: Record<string, string>, { requestIdHeader: name }: Pick<ClientFormat, 'requestIdHeader'>, { id }: Pick<Account, 'id'>): void {
  if (name !== undefined) headers[name] ??= id
}

/** How long a client should wait that was told to come again, where the provider did not say. */
const USUAL_WAIT_SECONDS = 5

function waiting(failure: Failure): { readonly 'retry-after'?: string } {
  const seconds = failure.retryAfterSeconds ?? (failure.kind === 'overloaded' || failure.kind === 'rate-limited' ? USUAL_WAIT_SECONDS : undefined)
  return seconds === undefined ? {} : { 'retry-after': String(Math.ceil(seconds)) }
}

/** A relay's bytes are the provider's, its own keep-alives included. */
function kept(request: ChatRequest, answer: Answer, stages: DeliverStages): Pick<Reply, 'keepAlive'> {
  const text = request.wire.codec.keepAlive
  const afterMs = stages.keepAliveMs()
  return answer.relay || text === undefined || afterMs === 0 || request.incoming.framing !== 'sse' ? {} : { keepAlive: { text, afterMs } }
}

function streamed(request: ChatRequest, answer: Answer, account: Account, stages: DeliverStages): AsyncIterableIterator<Uint8Array | string> {
  const plain = writerOf(request, answer, account, stages)
  const writer = request.incoming.framing === 'json-array' ? asJsonArray(plain) : plain
  const guard = new CallGuard()
  let finish: Extract<ChatEvent, { type: 'finish' }> | undefined
  const finished = (): string => {
    if (finish === undefined) return ''
    guard.see(finish)
    return writer.write(finish)
  }
  const told = (text: string): readonly string[] => {
    if (text === '') return []
    account.tells(text)
    return [text]
  }
  const show = answer.relay
    ? (frame: Frame): readonly Uint8Array[] => {
        if (frame.wire.length === 0) return []
        account.tells(frame.wire)
        return [frame.wire]
      }
    : (frame: Frame): readonly string[] => {
        // before any of it is written: what a writer has written and nobody sent would be missed
        for (const event of frame.events) if (event.type !== 'finish') guard.see(event)
        let text = ''
        for (const event of frame.events) {
          // the reason is told once and last, also where a provider says more after it
          if (event.type === 'finish') finish = event
          else if (event.type !== 'error') text += writer.write(event)
        }
        return told(text)
      }
  return watched<Uint8Array | string>(
    answer,
    account,
    show,
    () => (answer.relay ? [] : told(finished() + writer.end())),
    (failure) => told(writer.fail(failure)),
  )
}

function writerOf(request: ChatRequest, answer: Answer, account: Account, stages: DeliverStages): AnswerWriter {
  const { codec } = request.wire
  const writer = codec.writer({ ...context(request, account), isRelay: answer.relay })
  const grammar = answer.relay || !stages.checkStreams() ? undefined : grammars[codec.id]()
  if (grammar === undefined) return writer
  const facts = { request: request.id, dialect: codec.id, endpoint: answer.candidate.endpoint.id }
  return checkedWriter(writer, grammar, (breach) => stages.log.warn({ ...facts, breach }, 'a stream of ours broke the grammar of its dialect'))
}

function context(request: ChatRequest, account: Account): AnswerContext {
  const { model, wantsUsage, tools } = request.view
  const createdAt = Math.floor(account.receivedAt / 1000)
  return { requestId: request.id, model, createdAt, wantsUsage, tools, asked: request.sent, isStored: request.turn !== undefined }
}

function replyHeaders(request: ChatRequest, answer: Answer, account: Account): Record<string, string> {
  const { endpoint } = answer.candidate
  const headers: Record<string, string> = { ...answer.headers, 'x-generation-id': account.id, 'x-switchyard-served-by': headerText(endpoint.id) }
  nameRequest(headers, request.wire.codec, account)
  headers['x-switchyard-attempts'] = String(account.attempts.count)
  const auto = account.routed?.plan.auto
  if (auto !== undefined) headers['x-switchyard-decision'] = decisionLine(auto, endpoint.id)
  if (endpoint.simulated) headers['x-switchyard-simulated'] = 'true'
  if (answer.dropped.length > 0) headers['x-switchyard-dropped'] = droppedNames(answer.dropped)
  if (!answer.relay) {
    const type = request.incoming.framing === 'json-array' ? 'application/json' : request.wire.codec.streamType
    headers['content-type'] = request.view.stream ? type : 'application/json'
  }
  if (request.view.stream) headers['cache-control'] = 'no-cache'
  return headers
}

/** In one line why this model; said anew where another one has answered than was chosen. */
function decisionLine({ line, order }: AutoDecision, servedBy: EndpointId): string {
  const said = order[0]?.model === servedBy ? english(line) : `answered by ${servedBy}; ${english(line)}`
  return headerText(said)
}
