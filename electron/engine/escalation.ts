/**
 * Escalation: the cheap model answers first, its answer is checked before anybody sees it, and where it does not pass a better model is asked. Every try
 * and every check is an attempt of the request, and paid for by it: what each may cost is set aside in the caller's budgets first, and where they do not
 * bear it, it is left out. Only for answers that go out whole, and for streams whose client has asked for it (`X-Switchyard-Escalate: hold`), since
 * nothing may be taken back that was shown.
 */

import type { AnswerCheck } from '../../shared/answer-check.ts'
import type { AutoDecision } from '../../shared/auto.ts'
import { Failure } from '../../shared/failure.ts'
import type { AutoReason } from '../../shared/messages/auto.ts'
import type { Said } from '../../shared/messages/message.ts'
import type { RouteReason } from '../../shared/messages/routing.ts'
import { saidBy } from '../../shared/messages/spoken-error.ts'
import { asNanoUsd, type NanoUsd } from '../../shared/money.ts'
import type { Candidate, RoutePlan } from '../../shared/routing.ts'
import type { Settings } from '../../shared/settings.ts'
import { type AnswerSeen, answerSeen, faultOf } from './answer-faults.ts'
import { type AttemptStages, attemptInTurn } from './attempt/failover.ts'
import { alike } from './auto-feeds.ts'
import type { Account, HeldAnswer } from './ledger/account.ts'
import type { AccountStages } from './ledger/account-stages.ts'
import type { Budgets } from './ledger/budgets.ts'
import { playgroundBody } from './playground-body.ts'
import { clientCodec } from './protocols/codecs.ts'
import type { Answer, Caller, ChatRequest, Frame, StageLog } from './request.ts'
import { decidingText } from './routing/auto/asked.ts'

export type EscalationSettings = Settings['auto']['escalation']

export interface EscalationStages extends AttemptStages, AccountStages {
  readonly plan: (request: Pick<ChatRequest, 'view' | 'own'> | ChatRequest, caller: Caller) => RoutePlan | Promise<RoutePlan>
  readonly budgets: Budgets
  readonly log: StageLog
  readonly escalation: () => EscalationSettings
  /** Hears of answers that were found wanting. */
  readonly foundWanting: (request: ChatRequest, model: string) => void
}

/** A longer stream is shown as it comes; nobody waits for a check of that. */
const MOST_HELD_BYTES = 4 * 1024 * 1024
const NOTHING: AsyncIterable<Frame> = { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }) }

export function mayEscalate(
  { incoming, view }: ChatRequest,
  plan: RoutePlan,
  { enabled }: EscalationSettings,
): plan is RoutePlan & { readonly auto: AutoDecision } {
  if (!enabled || plan.auto === undefined || incoming.source === 'shadow') return false
  return !view.stream || incoming.headers['x-switchyard-escalate'] === 'hold'
}

/** An answer that nobody has seen yet. */
interface Held {
  readonly answer: Answer
  readonly seen: AnswerSeen
  readonly hold: HeldAnswer
  /** Too long to be held to its end. */
  readonly isCut: boolean
  readonly broken: Failure | undefined
}

interface Asking {
  readonly request: ChatRequest
  readonly caller: Caller
  readonly stages: EscalationStages
  readonly account: Account
}

/** @throws Failure when no candidate of the first try answers */
export async function answerUpwards(plan: RoutePlan & { readonly auto: AutoDecision }, asking: Asking): Promise<Answer> {
  const { request, stages, account } = asking
  const { order, firstTry } = plan.auto
  const settings = stages.escalation()
  const quality = new Map((firstTry === undefined ? order : [...order, firstTry]).map((choice) => [choice.model, choice.quality]))
  const qualityAt = ({ endpoint }: Candidate): number => quality.get(endpoint.id) ?? 0
  const isFirst = ({ endpoint }: Candidate): number => Number(endpoint.id === firstTry?.model)
  let going: RoutePlan = { ...plan, candidates: plan.candidates.toSorted((a, b) => isFirst(b) - isFirst(a)) }
  let poor: { readonly held: Held; readonly why: Said } | undefined
  for (let tries = 1; ; tries++) {
    const held = await tried(going, asking).catch((thrown: unknown) => {
      // a poor answer is better than none, unless nobody waits for it
      if (poor === undefined || request.incoming.departure.isGone) throw thrown
      return undefined
    })
    if (held === undefined) return accepted((poor as NonNullable<typeof poor>).held)
    if (poor !== undefined) await setAside(poor.held, { code: 'not-good-enough', why: poor.why }, asking)
    const better = plan.candidates.filter((candidate) => qualityAt(candidate) > qualityAt(held.answer.candidate))
    if (tries >= settings.mostTries || better.length === 0 || held.isCut) return accepted(held)
    const { sent } = account
    const why = held.broken === undefined ? await faultIn(held, settings, asking) : saidBy(held.broken)
    account.sent = sent
    if (why === undefined) return accepted(held)
    stages.foundWanting(request, held.answer.candidate.endpoint.id)
    const upwards = await borneUpwards({ ...plan, resting: [], candidates: better }, held, asking)
    if (upwards === undefined) return accepted(held)
    poor = { held, why }
    going = upwards
  }
}

/** A plan for what is asked beyond the answer that is held, with what it may cost set aside beside what was paid so far. @throws Failure 'over-budget' */
async function borneBesides(plan: RoutePlan, held: Held, { request, caller, stages, account }: Asking): Promise<RoutePlan> {
  const paid = asNanoUsd(account.asideCost + ((await costOf(held, { request, stages, account })) ?? 0))
  return stages.budgets.reserve(plan, request.view, caller, account.id, paid)
}

/** undefined: the caller's budgets bear none of the better models. The plan that is kept says so of each. */
async function borneUpwards(plan: RoutePlan, held: Held, asking: Asking): Promise<RoutePlan | undefined> {
  try {
    return await borneBesides(plan, held, asking)
  } catch (thrown) {
    const failure = Failure.from(thrown)
    if (failure.kind !== 'over-budget') throw failure
    const { account } = asking
    const kept = account.routed?.plan ?? plan
    const passedOver = plan.candidates.map(({ endpoint }) => ({ endpoint: endpoint.id, why: saidBy(failure) }))
    account.planned({ ...kept, passedOver: [...kept.passedOver, ...passedOver] })
    return undefined
  }
}

/** @throws Failure what broke it off */
function accepted({ answer, hold, broken }: Held): Answer {
  hold.accept()
  if (broken !== undefined) throw broken
  return answer
}

async function tried(plan: RoutePlan, { request, stages, account }: Pick<Asking, 'request' | 'stages' | 'account'>): Promise<Held> {
  const answer = await attemptInTurn(request, plan, stages, account)
  const hold = account.holdAnswer()
  if (answer.whole !== undefined) return { answer, hold, seen: answerSeen(answer.whole.events), isCut: false, broken: undefined }
  const frames: Frame[] = [...answer.held]
  const rest = answer.frames[Symbol.asyncIterator]()
  let bytes = 0
  let broken: Failure | undefined
  try {
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      frames.push(next.value)
      bytes += next.value.wire.length
      if (bytes > MOST_HELD_BYTES)
        return { answer: { ...answer, held: frames, frames: { [Symbol.asyncIterator]: () => rest } }, hold, seen: UNSEEN, isCut: true, broken }
    }
  } catch (thrown) {
    broken = Failure.from(thrown)
  }
  return { answer: { ...answer, held: frames, frames: NOTHING }, hold, seen: answerSeen(frames.flatMap(({ events }) => events)), isCut: false, broken }
}

const UNSEEN: AnswerSeen = answerSeen([])

async function setAside(held: Held, why: AutoReason, asking: Asking): Promise<void> {
  held.hold.setAside(why, held.seen.tokens, await costOf(held, asking))
}

async function costOf({ answer, seen }: Held, { request, stages, account }: Pick<Asking, 'request' | 'stages' | 'account'>): Promise<NanoUsd | undefined> {
  const charged = { at: account.receivedAt, needs: request.view.needs, extras: seen.extras }
  return (await stages.price(answer.candidate.endpoint, seen.tokens, charged)).cost
}

/** The first thing that is wrong with an answer; what costs nothing is looked at first. */
async function faultIn(held: Held, settings: EscalationSettings, asking: Asking): Promise<Said | undefined> {
  const { view } = asking.request
  const { seen } = held
  const plain = faultOf(seen, view, settings)
  if (plain !== undefined || seen.calls.length > 0) return plain
  const question = decidingText(view.messages)
  const tests: AnswerCheck[] = [...settings.tests]
  if (view.output?.type === 'json-schema') tests.unshift({ kind: 'json-schema', schema: JSON.stringify(view.output.schema) })
  if (settings.verifier !== undefined) tests.push({ kind: 'judge', model: settings.verifier, criterion: GOOD_ENOUGH })
  if (tests.length > 0) {
    // its patterns and schemas are only read in where somebody has tests
    const { CheckError, checkerOf } = await import('./matrix/checks.ts')
    for (const test of tests) {
      try {
        const { passed, why } = await checkerOf(test)(question, seen.text, (model, criterion, asked, given) =>
          judged({ model, criterion, asked, given }, held, asking),
        )
        if (!passed) return why
      } catch (thrown) {
        // a client's schema with parts that cannot be checked says nothing of the answer
        if (!(thrown instanceof CheckError)) throw thrown
      }
    }
  }
  return settings.samples > 0 ? disagreement(held, settings, asking) : undefined
}

const GOOD_ENOUGH = 'The answer does what the question asks, completely, and holds no error that you can see.'

/** Asks another model, as an attempt of this request. A judge that cannot be reached fails nobody. */
async function judged(
  { model, criterion, asked, given }: { readonly model: string; readonly criterion: string; readonly asked: string; readonly given: string },
  held: Held,
  asking: Asking,
): Promise<{ readonly passed: boolean; readonly why: Said }> {
  const { request, caller, stages } = asking
  const { judgement, readVerdict } = await import('./matrix/checks.ts')
  const codec = clientCodec('openai-chat')
  const body = playgroundBody({ model, messages: [{ role: 'user', text: judgement(criterion, asked, given) }] })
  const view = codec.readRequest(body, {})
  const question: ChatRequest = { ...request, wire: { codec, body, bytes: Buffer.from(JSON.stringify(body)) }, view, turn: undefined }
  const questioning = { ...asking, request: question }
  const verdict = await besides(async () => tried(await borneBesides(await stages.plan({ view }, caller), held, questioning), questioning), asking)
  if (verdict === undefined) return UNJUDGED
  await setAside(verdict, { code: 'was-judge' }, questioning)
  return verdict.broken === undefined ? readVerdict(verdict.seen.text) : UNJUDGED
}

const UNJUDGED = { passed: true, why: '' } as const

/** Asks the same model again: what it is sure of it says again (self-consistency, Wang et al. 2022). More than half have to agree with the first answer. */
async function disagreement(held: Held, { samples, agreement }: EscalationSettings, asking: Asking): Promise<AutoReason | undefined> {
  const { answer, seen } = held
  const plan: RoutePlan = {
    requested: asking.request.view.model,
    decidedBy: { code: 'asked-again' } satisfies RouteReason,
    candidates: [answer.candidate],
    passedOver: [],
  }
  let asked = 0
  let agreeing = 0
  for (let sample = 0; sample < samples; sample++) {
    const again = await besides(async () => tried(await borneBesides(plan, held, asking), asking), asking)
    if (again === undefined) continue
    await setAside(again, { code: 'was-sample' }, asking)
    if (again.broken !== undefined) continue
    asked++
    if (again.seen.text.trim() === seen.text.trim() || alike(again.seen.text, seen.text) >= agreement) agreeing++
  }
  return agreeing * 2 > asked || asked === 0 ? undefined : { code: 'samples-agree', agreeing, asked }
}

/** A question asked for a check. Where it fails, the check says nothing; only the caller's leaving ends the request. */
async function besides<Result>(ask: () => Promise<Result>, { request, stages }: Asking): Promise<Result | undefined> {
  try {
    return await ask()
  } catch (thrown) {
    const failure = Failure.from(thrown)
    if (failure.kind === 'cancelled' || failure.kind === 'shutting-down' || failure.kind === 'stopped') throw failure
    stages.log.warn({ request: request.id, err: failure }, 'an answer could not be checked')
    return undefined
  }
}
