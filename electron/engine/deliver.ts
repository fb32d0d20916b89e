/** Hands an answer to its client: untouched bytes where both speak the same format, otherwise written anew from the events. */
import type { ChatEvent } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import { inBand } from './attempt/failover.ts'
import type { Account } from './ledger/account.ts'
import { codecs } from './protocols/codecs.ts'
import { asJsonArray } from './protocols/gemini/json-array.ts'
import type { AnswerContext, ClientCodec } from './protocols/protocol.ts'
import type { Answer, ChatRequest, Frame, Reply } from './request.ts'

/** Settles the account on every path: the answer ends, breaks, or is left. @throws Failure while nothing has gone out */
export async function deliver(request: ChatRequest, answer: Answer, account: Account): Promise<Reply> {
  const headers = replyHeaders(request, answer, account)
  if (request.view.stream) return { status: 200, headers, body: streamed(request, answer, account) }
  const events = await allEvents(answer, account)
  const body = answer.relay && answer.whole !== undefined ? answer.whole.wire : JSON.stringify(request.wire.codec.writeWhole(events, context(request, account)))
  void account.succeed(200)
  return { status: 200, headers, body }
}

/** @throws Failure when the provider broke off */
async function allEvents(answer: Answer, account: Account): Promise<readonly ChatEvent[]> {
  if (answer.whole !== undefined) {
    account.sees(answer.whole.events)
    return answer.whole.events
  }
  const events: ChatEvent[] = []
  for await (const frame of answer.frames) {
    account.sees(frame.events)
    events.push(...frame.events)
  }
  const failed = account.inBandError
  if (failed !== undefined) throw inBand(failed, codecs[answer.candidate.endpoint.protocol])
  return events
}

/** An error in the client's dialect, and a closed row. */
export function refuse(thrown: unknown, codec: ClientCodec, account: Account): Reply {
  const failure = Failure.from(thrown)
  void account.fail(failure, failure.rule.status)
  const headers: Record<string, string> = { 'content-type': 'application/json', 'x-generation-id': account.id }
  if (failure.retryAfterSeconds !== undefined) headers['retry-after'] = String(failure.retryAfterSeconds)
  return { status: failure.rule.status, headers, body: JSON.stringify(codec.writeFailure(failure, account.id)) }
}

/**
 * Watches every frame of a streamed answer on its way to whoever shows it, and settles the account when it ends, breaks or is left.
 * After the first content a failure is no exception any more: `onBroken` may write it in band.
 */
export async function* watched<Out>(
  answer: Answer,
  account: Account,
  show: (frame: Frame) => Iterable<Out>,
  end: () => Iterable<Out>,
  onBroken: (failure: Failure) => Iterable<Out>,
): AsyncGenerator<Out> {
  let ended = false
  try {
    if (answer.whole !== undefined) {
      account.sees(answer.whole.events)
      yield* show(answer.whole)
    }
    for await (const frame of answer.frames) {
      account.sees(frame.events)
      for (const piece of show(frame)) yield piece
      if (account.inBandError !== undefined) break
    }
    ended = true
    const failed = account.inBandError
    if (failed === undefined) {
      yield* end()
      void account.succeed(200)
    } else {
      const failure = inBand(failed, codecs[answer.candidate.endpoint.protocol])
      void account.fail(failure, 200)
      // a relay has shown the provider's own words already
      if (!answer.relay) yield* onBroken(failure)
    }
  } catch (thrown) {
    ended = true
    const failure = Failure.from(thrown)
    void account.fail(failure, 200)
    if (failure.kind !== 'cancelled') yield* onBroken(failure)
  } finally {
    // the client left: the loop was ended from outside
    if (!ended) void account.fail(new Failure('cancelled', 'The caller went away in the middle of the answer.'), 200)
  }
}

function streamed(request: ChatRequest, answer: Answer, account: Account): AsyncGenerator<Uint8Array | string> {
  const plain = request.wire.codec.writer(context(request, account))
  const writer = request.incoming.framing === 'json-array' ? asJsonArray(plain) : plain
  const show = answer.relay
    ? (frame: Frame): readonly Uint8Array[] => (frame.wire.length === 0 ? [] : [frame.wire])
    : (frame: Frame): readonly string[] => {
        let text = ''
        for (const event of frame.events) if (event.type !== 'error') text += writer.write(event)
        return text === '' ? [] : [text]
      }
  return watched<Uint8Array | string>(
    answer,
    account,
    show,
    () => (answer.relay ? [] : nonEmpty(writer.end())),
    (failure) => nonEmpty(writer.fail(failure)),
  )
}

function nonEmpty(text: string): readonly string[] {
  return text === '' ? [] : [text]
}

function context(request: ChatRequest, account: Account): AnswerContext {
  return { requestId: request.id, model: request.view.model, createdAt: Math.floor(account.receivedAt / 1000), wantsUsage: request.view.wantsUsage }
}

function replyHeaders(request: ChatRequest, answer: Answer, account: Account): Record<string, string> {
  const { endpoint } = answer.candidate
  const headers: Record<string, string> = { ...answer.headers, 'x-generation-id': account.id, 'x-switchyard-served-by': endpoint.id }
  if (endpoint.simulated) headers['x-switchyard-simulated'] = 'true'
  if (answer.dropped.length > 0) headers['x-switchyard-dropped'] = answer.dropped.join(', ')
  if (!answer.relay) {
    const type = request.incoming.framing === 'json-array' ? 'application/json' : request.wire.codec.streamType
    headers['content-type'] = request.view.stream ? type : 'application/json'
  }
  if (request.view.stream) headers['cache-control'] = 'no-cache'
  return headers
}
