/**
 * One request, top to bottom. Each line of `answerTo` is a stage; each stage is a file that can be read alone and comes in as an argument. Two
 * stages only pass through so far: input and output guardrails.
 */
import type { ChatView, Dialect, JsonObject } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { RoutePlan } from '../../shared/routing.ts'
import { asBuffer } from './as-buffer.ts'
import { type AttemptStages, attemptInTurn } from './attempt/failover.ts'
import type { AutoFeeds } from './auto-feeds.ts'
import type { ResponseCache } from './cache/exact.ts'
import { type DeliverStages, deliver, refuse } from './deliver.ts'
import { answerUpwards, type EscalationStages, mayEscalate } from './escalation.ts'
import type { Guardrails } from './guardrails/runner.ts'
import { Account } from './ledger/account.ts'
import type { AccountStages } from './ledger/account-stages.ts'
import type { Budgets } from './ledger/budgets.ts'
import type { OwnRouting } from './own-routing.ts'
import { clientCodec } from './protocols/codecs.ts'
import { firstJsonError } from './protocols/json-position.ts'
import type { Answer, Caller, ChatRequest, Incoming, Reply } from './request.ts'
import type { ShadowRuns } from './shadow-runs.ts'
import type { Recalled, StoredResponses } from './stored-responses.ts'
import { unplanned } from './unplanned.ts'

export interface Stages extends AttemptStages, AccountStages, DeliverStages, EscalationStages {
  /** @throws Failure 'unauthenticated' */
  readonly authenticate: (incoming: Pick<Incoming, 'presentedKey'> & { readonly dialect: Dialect }) => Caller | Promise<Caller>
  readonly responses: Pick<StoredResponses, 'recall' | 'keep'>
  readonly guardrails: Guardrails
  readonly shadows: Pick<ShadowRuns, 'start'>
  readonly feeds: Pick<AutoFeeds, 'asked'>
  readonly own: Pick<OwnRouting, 'open' | 'decide' | 'decisionOn'>
  readonly cache: ResponseCache
  /** @throws Failure when nothing can serve it */
  readonly plan: (request: Pick<ChatRequest, 'view' | 'own'> | ChatRequest, caller: Caller) => RoutePlan | Promise<RoutePlan>
  readonly budgets: Budgets
}

/** Serves one chat request in its client's own dialect. Never rejects: whatever goes wrong becomes a reply and a closed ledger row. */
export async function serveChat(incoming: Incoming, stages: Stages): Promise<Reply> {
  const account = new Account(stages, incoming)
  try {
    const { request, answer } = await answerTo(incoming, stages, account)
    const reply = await deliver(request, answer, account, stages)
    return request.turn === undefined ? reply : stages.responses.keep(request.turn, reply)
  } catch (thrown) {
    return refuse(thrown, clientCodec(incoming.dialect), account, stages.log)
  }
}

/** The way from a request to the first content of its answer. @throws Failure */
export async function answerTo(incoming: Incoming, stages: Stages, account: Account): Promise<{ request: ChatRequest; answer: Answer }> {
  const caller = await stages.authenticate(incoming)
  account.calledBy(caller)
  const sent = parseBody(incoming.body)
  const { body, preset } = stages.own.open(sent, incoming)
  const recalled = incoming.dialect === 'openai-responses' ? await stages.responses.recall(body, caller) : { body, turn: undefined }
  const read = await stages.guardrails.input(parse(incoming, sent, recalled, account), caller)
  account.open()
  const request = stages.own.decide(read, caller, preset)
  if (request.own !== undefined) stages.shadows.start(request, caller)
  stages.feeds.asked(request, caller)
  const considered = stages.cache.consider(request, caller)
  if (considered === undefined) return { request, answer: await askProvider(request, caller, stages, account) }
  const answer = await stages.cache.answer(considered, request, account, (asked) => askProvider(asked, caller, stages, account))
  if (!account.isPlanned) account.planned(unplanned(request, account.cacheUse))
  return { request, answer }
}

/** The way from a request that nothing here can answer to the first content of a provider's answer. @throws Failure */
export async function askProvider(request: ChatRequest, caller: Caller, stages: Stages, account: Account): Promise<Answer> {
  const plan = await borne(await stages.plan(request, caller), request.view, caller, stages, account)
  const answer = mayEscalate(request, plan, stages.escalation())
    ? await answerUpwards(plan, { request, caller, stages, account })
    : await attemptInTurn(request, plan, stages, account)
  account.answeredBy(answer.candidate.endpoint)
  if (answer.dropped.length > 0) {
    stages.log.info({ request: account.id, endpoint: answer.candidate.endpoint.id, dropped: answer.dropped }, 'a translation left fields out')
  }
  return answer
}

/** The plan, as far as the caller's budgets bear it; what it may cost is set aside. @throws Failure 'over-budget' */
export function borne(plan: RoutePlan, view: ChatView, caller: Caller, stages: Pick<Stages, 'budgets'>, account: Account): RoutePlan | Promise<RoutePlan> {
  account.planned(plan)
  const left = stages.budgets.reserve(plan, view, caller, account.id)
  if (left === plan) return plan
  const noted = (left: RoutePlan): RoutePlan => {
    account.planned(left)
    return left
  }
  return left instanceof Promise ? left.then(noted) : noted(left)
}

/** Our reading of a body, beside the client's own bytes. @throws Failure as the dialect's `readRequest` */
export function parse(incoming: Incoming, sent: JsonObject, { body: recalled, turn }: Recalled, account: Pick<Account, 'id' | 'asks'>): ChatRequest {
  const codec = clientCodec(incoming.dialect)
  const body = codec.inOwnShapes?.(recalled) ?? recalled
  const view = codec.readRequest(body, incoming.route)
  account.asks(view)
  const bytes = body === sent ? incoming.body : Buffer.from(JSON.stringify(body))
  return { id: account.id, wire: { codec, body, bytes }, view, sent, incoming, turn }
}

/** @throws Failure 'invalid-json' with line and column */
export function parseBody(bytes: Uint8Array): JsonObject {
  const text = asBuffer(bytes).toString('utf8')
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new Failure('invalid-json', { code: 'body-not-json', where: whereItBreaks(text) })
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Failure('bad-request', { code: 'body-no-object' })
  return parsed as JsonObject
}

function whereItBreaks(text: string): string {
  if (text.trim() === '') return 'it is empty'
  const position = firstJsonError(text) ?? text.length
  const before = text.slice(0, position)
  const where = `line ${before.split('\n').length}, column ${position - before.lastIndexOf('\n')} (position ${position})`
  return position >= text.length ? `it ends too early, at ${where}` : `unexpected ${JSON.stringify(text[position])} at ${where}`
}
