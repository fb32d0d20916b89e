/**
 * What clients ask beside conversations, top to bottom: the same callers, plans, keys, failover and ledger as a chat request, one body in and one body
 * out. What is asked is each file's own beside this one.
 */
import type { ChatView, JsonObject, SideCall, Tokens } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import type { Candidate } from '../../../shared/routing.ts'
import { call, type Outgoing } from '../attempt/failover.ts'
import { type Trial, tryInTurn } from '../attempt/in-turn.ts'
import { readAll } from '../attempt/pulled-body.ts'
import { refuse } from '../deliver.ts'
import { droppedNames, headerText } from '../header-text.ts'
import { Account } from '../ledger/account.ts'
import { borne, parseBody, type Stages } from '../pipeline.ts'
import { clientCodec } from '../protocols/codecs.ts'
import type { Caller, Incoming, Reply } from '../request.ts'

/** Vectors of a large batch; a hundred of 3072 floats as text are some 6 MB. */
const ANSWER_LIMIT_BYTES = 128 * 1024 * 1024

export type SideIncoming = Omit<Incoming, 'dialect'> & { readonly dialect: SideCall }

/** One question, read. */
export interface Question {
  /** For the plan and the ledger: the model, and what it must be able to do. */
  readonly view: ChatView
  /** What money is set aside for; undefined: it costs nothing. */
  readonly paid: ChatView | undefined
  /** Asks one candidate. `post` calls its provider; an answer may also be found without. @throws Failure */
  readonly ask: (candidate: Candidate, post: Post) => Promise<SideAnswer>
}

export type Post = (outgoing: Outgoing) => Promise<Posted>

export interface Posted {
  readonly json: JsonObject
  readonly bytes: Uint8Array
  /** Those of the provider's headers that go on to the client. */
  readonly headers: Readonly<Record<string, string>>
}

export interface SideAnswer {
  readonly body: JsonObject | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  /** What was used, to be paid; nothing for a mere count. */
  readonly tokens?: Tokens
  /** A number in the answer or in `tokens` is ours and not the provider's. */
  readonly estimated: boolean
  readonly dropped: readonly string[]
}

/** @throws Failure 'bad-request' naming the field */
export type ReadQuestion = (body: JsonObject, incoming: SideIncoming, caller: Caller, stages: Pick<Stages, 'responses'>) => Question | Promise<Question>

/** Never rejects: whatever goes wrong becomes a reply and a closed ledger row. @param read throws Failure 'bad-request' */
export async function serveSideCall(incoming: SideIncoming, stages: Stages, read: ReadQuestion): Promise<Reply> {
  const account = new Account(stages, incoming)
  try {
    const caller = await stages.authenticate(incoming)
    account.calledBy(caller)
    const question = await read(parseBody(incoming.body), incoming, caller, stages)
    account.asks(question.view)
    account.open()
    const own = stages.own.decisionOn(question.view, incoming, caller)
    const planned = await stages.plan({ view: question.view, ...(own !== undefined && { own }) }, caller)
    account.planned(planned)
    const plan = question.paid === undefined ? planned : await borne(planned, question.paid, caller, stages, account)
    const { candidate, answer } = await tryInTurn(plan, { ...incoming, view: question.view }, stages, account, async (candidate, trial) => ({
      candidate,
      answer: await question.ask(candidate, (outgoing) => post(candidate, outgoing, { ...trial, headers: incoming.headers }, stages, account)),
    }))
    const { endpoint } = candidate
    account.answeredBy(endpoint)
    if (answer.tokens !== undefined) account.used(answer.tokens, answer.estimated ? 'estimate' : 'provider')
    void account.succeed(200)
    const headers: Record<string, string> = {
      ...answer.headers,
      'content-type': 'application/json',
      'x-generation-id': account.id,
      'x-switchyard-served-by': headerText(endpoint.id),
      'x-switchyard-attempts': String(account.attempts.count),
      ...(endpoint.simulated && { 'x-switchyard-simulated': 'true' }),
      ...(answer.estimated && { 'x-switchyard-estimated': 'tokens' }),
      ...(answer.dropped.length > 0 && { 'x-switchyard-dropped': droppedNames(answer.dropped) }),
    }
    return { status: 200, headers, body: answer.body instanceof Uint8Array ? answer.body : JSON.stringify(answer.body) }
  } catch (thrown) {
    return refuse(thrown, clientCodec(incoming.dialect), account, stages.log)
  }
}

async function post(
  candidate: Candidate,
  outgoing: Outgoing,
  how: Pick<Trial, 'departure' | 'timeouts' | 'formerKey'> & Pick<Incoming, 'headers'>,
  stages: Stages,
  account: Account,
): Promise<Posted> {
  const { response, replied, deadline } = await call(candidate, outgoing, how, stages, account)
  try {
    const bytes = await readAll(response.body, ANSWER_LIMIT_BYTES)
    const json: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Failure('upstream-unreadable', { code: 'answer-no-object' })
    return { json: json as JsonObject, bytes, headers: replied }
  } catch (thrown) {
    if (thrown instanceof SyntaxError) throw new Failure('upstream-unreadable', { code: 'answer-not-json' }, { cause: thrown })
    throw deadline.explain(thrown)
  } finally {
    deadline.done()
  }
}

/** A view of a question that is no conversation. */
export function viewOfModel(model: string, fallbackModels: readonly string[] = []): ChatView {
  return {
    model,
    messages: [],
    stream: false,
    wantsUsage: true,
    tools: [],
    needs: new Set(),
    unmodelled: {},
    routing: { fallbackModels, requireParameters: false },
  }
}
