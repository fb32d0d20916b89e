/** The playground's way in: the same pipeline as every client's, with the answer as events instead of bytes. */
import type { RunEvent, RunSummary } from '../../shared/api/playground.ts'
import type { JsonObject, Tokens } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import { Departure } from './departure.ts'
import { Account } from './ledger/account.ts'
import { answerTo, type Stages } from './pipeline.ts'
import type { Caller, Frame, Incoming } from './request.ts'
import { DeniedByRule } from './routing/own/decide.ts'
import { watched } from './watched.ts'

export const PLAYGROUND_CALLER: Caller = { id: 'playground', name: 'Playground', opens: 'everything' }

/** Runs one conversation and yields what happens. Never throws: the last event says how it ended. Ends early when `signal` aborts. */
export async function* converse(body: JsonObject, stages: Stages, signal: AbortSignal, useCache = false): AsyncGenerator<RunEvent> {
  const incoming: Incoming = {
    dialect: 'openai-chat',
    body: Buffer.from(JSON.stringify({ ...body, stream: true })),
    route: {},
    headers: useCache ? { 'x-openrouter-cache': 'true' } : {},
    presentedKey: undefined,
    source: 'playground',
    departure: Departure.of(signal),
    framing: 'sse',
  }
  const account = new Account(stages, incoming)
  yield { type: 'started', id: account.id }
  try {
    const { answer } = await answerTo(incoming, { ...stages, authenticate: () => PLAYGROUND_CALLER }, account)
    let broken: Failure | undefined
    const show = shown()
    const pieces = watched<RunEvent>(
      // never a relay: events are what is shown, and an error told in band is ours to tell
      { ...answer, relay: false },
      account,
      (frame) => [...show(frame)],
      () => [],
      (failure) => {
        broken = failure
        return []
      },
    )
    try {
      yield { type: 'answering', servedBy: answer.candidate.endpoint.id, simulated: answer.candidate.endpoint.simulated, attempts: account.attempts.count }
      yield* pieces
    } finally {
      // whoever leaves may do so before the first of them
      await pieces.return?.()
    }
    yield { type: 'ended', summary: await summary(account, stages, broken) }
  } catch (thrown) {
    const failure = Failure.from(thrown)
    if (failure instanceof DeniedByRule) account.planned(failure.plan)
    await account.fail(failure, failure.rule.status)
    yield { type: 'ended', summary: await summary(account, stages, failure) }
  }
}

/** Tool calls are told with their arguments so far, since a pane replaces what it shows of a call. */
function shown(): (frame: Frame) => Iterable<RunEvent> {
  const calls = new Map<number, { name: string; arguments: string }>()
  return function* (frame) {
    for (const event of frame.events) {
      if (event.type === 'text-delta' || event.type === 'refusal-delta') yield { type: 'text', text: event.text }
      else if (event.type === 'reasoning-delta') yield { type: 'reasoning', text: event.text }
      else if (event.type === 'tool-call-start') calls.set(event.index, { name: event.name, arguments: '' })
      else if (event.type === 'tool-call-delta') {
        const call = calls.get(event.index)
        if (call === undefined) continue
        call.arguments += event.arguments
        yield { type: 'tool-call', index: event.index, ...call }
      } else if (event.type === 'tool-call-end') {
        const call = calls.get(event.index)
        if (call?.arguments === '') yield { type: 'tool-call', index: event.index, ...call }
      }
    }
  }
}

async function summary(account: Account, stages: Stages, failure: Failure | undefined): Promise<RunSummary> {
  const tokens: Tokens = account.tokens
  const { cost } = await account.charged()
  return {
    outcome: failure?.kind ?? 'ok',
    message: failure?.message,
    ...(failure?.said !== undefined && { said: failure.said }),
    retryAfterSeconds: failure?.retryAfterSeconds,
    finish: account.finish?.reason,
    firstEventMs: account.firstEventMs,
    totalMs: stages.now() - account.receivedAt,
    tokens,
    cost,
  }
}
