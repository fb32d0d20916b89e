/**
 * Ledger writes on their way to the database's thread, and exchanges as text. Rows cross as plain values, see ledger-row.ts. An exchange waits and crosses as
 * the text that is stored: a text is one thing for the garbage collector to move, where its object is fifty, and the thread neither parses nor prints it.
 *
 * The text is one line of JSON, the head, and after it the long texts as they are, which as JSON would have to be escaped and so grow. What was sent is
 * nearly always what came in with another model's name in it: only the piece that differs is kept. Older versions wrote one line of JSON and nothing after.
 */
import type { Need } from '../../../shared/chat.ts'
import type { RequestId } from '../../../shared/ids.ts'
import type { AnswerRecord, Exchange } from '../../../shared/ledger.ts'
import type { Said } from '../../../shared/messages/message.ts'
import type { Candidate, Endpoint, RoutePlan } from '../../../shared/routing.ts'
import { payingLast, type RowValues, valuesOf } from './ledger-row.ts'
import type { LedgerWrite } from './storage.ts'

/** As it crosses between the threads. `exchanges` and `credentials` hold one entry for each row. */
export interface LedgerBatch {
  readonly rows: readonly RowValues[]
  /** That the last attempt used; '' for none. */
  readonly credentials: readonly string[]
  readonly exchanges: readonly (string | undefined)[]
}

export function writeBatch(rows: readonly LedgerWrite[]): LedgerBatch {
  return {
    rows: rows.map(({ record }) => valuesOf(record)),
    credentials: rows.map(({ record: { attempts } }) => payingLast(attempts).at(-1)?.credential ?? ''),
    exchanges: rows.map(({ exchange }) => exchange),
  }
}

/** What the texts after the head are, by their lengths in UTF-16 code units and in this order. */
interface Lengths {
  readonly request: number
  /** Of the body that was sent: so much is the beginning of what came in, then comes a piece of its own, and so much is its end. undefined: nothing was. */
  readonly sent?: readonly [same: number, own: number, same: number]
  readonly answer?: readonly [text: number, reasoning: number]
  readonly response?: number
}

interface Head {
  readonly lengths: Lengths
  readonly requestHeaders: Exchange['requestHeaders']
  readonly sentTo?: string
  readonly calls?: AnswerRecord['toolCalls']
  readonly responseHeaders?: Readonly<Record<string, string>>
  readonly dropped?: Exchange['dropped']
  readonly truncated?: Exchange['truncated']
  readonly plan?: RoutePlan
}

type Optional<Of> = { readonly [Name in keyof Of]: Of[Name] | undefined }

export function writeExchange({ requestHeaders, requestBody, sentBody, sentTo, plan, answer, response, dropped, truncated }: Exchange): string {
  const sent = sentBody === undefined ? undefined : differenceOf(requestBody, sentBody)
  // numbers need no quoting, and what is undefined JSON leaves out
  const lengths =
    `{"request":${requestBody.length}` +
    (sent === undefined ? '' : `,"sent":[${sent.before},${sent.own.length},${sent.after}]`) +
    (answer === undefined ? '' : `,"answer":[${answer.text.length},${answer.reasoning.length}]`) +
    (response === undefined ? '}' : `,"response":${response.text.length}}`)
  const rest = JSON.stringify({
    requestHeaders,
    sentTo,
    calls: answer === undefined || answer.toolCalls.length === 0 ? undefined : answer.toolCalls,
    responseHeaders: response?.headers,
    dropped: dropped.length === 0 ? undefined : dropped,
    truncated: truncated.length === 0 ? undefined : truncated,
  } satisfies Optional<Omit<Head, 'lengths' | 'plan'>>)
  const texts = `${requestBody}${sent?.own ?? ''}${answer?.text ?? ''}${answer?.reasoning ?? ''}${response?.text ?? ''}`
  return `{${plan === undefined ? '' : `"plan":${planText(plan)},`}"lengths":${lengths},${rest.slice(1)}\n${texts}`
}

export function readExchange(id: RequestId, stored: string): Exchange {
  const line = stored.indexOf('\n')
  if (line < 0) return withPlan(JSON.parse(stored) as Exchange)
  const { lengths, requestHeaders, sentTo, calls = [], responseHeaders = {}, dropped = [], truncated = [], plan } = JSON.parse(stored.slice(0, line)) as Head
  let place = line + 1
  const next = (length: number): string => {
    place += length
    return stored.slice(place - length, place)
  }
  const requestBody = next(lengths.request)
  const { sent, answer, response } = lengths
  const own = next(sent?.[1] ?? 0)
  return withPlan({
    id,
    requestHeaders,
    requestBody,
    sentBody: sent === undefined ? undefined : requestBody.slice(0, sent[0]) + own + requestBody.slice(requestBody.length - sent[2]),
    sentTo,
    plan,
    answer: answer === undefined ? undefined : { text: next(answer[0]), reasoning: next(answer[1]), toolCalls: calls },
    ...(response !== undefined && { response: { headers: responseHeaders, text: next(response) } }),
    dropped,
    truncated,
  })
}

/** Where one text begins and ends as another one does; what is between is its own. No pair of surrogates is cut apart, for half of one is no text. */
function differenceOf(text: string, other: string): { readonly before: number; readonly own: string; readonly after: number } {
  const most = Math.min(text.length, other.length)
  let before = 0
  while (before < most && text.charCodeAt(before) === other.charCodeAt(before)) before++
  if (before > 0 && isFirstHalf(text.charCodeAt(before - 1))) before--
  let after = 0
  while (after < most - before && text.charCodeAt(text.length - 1 - after) === other.charCodeAt(other.length - 1 - after)) after++
  if (after > 0 && isFirstHalf(other.charCodeAt(other.length - after - 1))) after--
  return { before, own: other.slice(before, other.length - after), after }
}

function isFirstHalf(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

/** A plan names the same few endpoints again and again, and they are the most of it. */
const endpointTexts = new WeakMap<Endpoint, string>()

/** An endpoint's abilities are a Set, of which JSON would make `{}`: they are written as a list. */
function endpointText(endpoint: Endpoint): string {
  const known = endpointTexts.get(endpoint)
  if (known !== undefined) return known
  const text = JSON.stringify(endpoint.can === undefined ? endpoint : { ...endpoint, can: [...endpoint.can] })
  endpointTexts.set(endpoint, text)
  return text
}

function candidateText({ endpoint, ...rest }: Candidate): string {
  return `{"endpoint":${endpointText(endpoint)},${JSON.stringify(rest).slice(1)}`
}

/** Nearly every request names one model that one place serves, and its plan is the same as the last one for that place. */
const lastPlans = new WeakMap<Endpoint, { readonly plan: RoutePlan; readonly only: Candidate; readonly text: string }>()

/** All that a plan and a candidate have where there was nothing to choose; one with more fields is written anew. */
const PLAN_FIELDS = ['requested', 'decidedBy', 'candidates', 'passedOver'] satisfies readonly (keyof RoutePlan)[]
const CANDIDATE_FIELDS = ['endpoint', 'credential', 'why'] satisfies readonly (keyof Candidate)[]

function planText(plan: RoutePlan): string {
  const { candidates, passedOver } = plan
  const only = candidates[0]
  const isPlain = candidates.length === 1 && passedOver.length === 0 && Object.keys(plan).length === PLAN_FIELDS.length
  if (only === undefined || !isPlain || Object.keys(only).length !== CANDIDATE_FIELDS.length) return freshPlanText(plan)
  const last = lastPlans.get(only.endpoint)
  const isKnown = last !== undefined && last.plan.requested === plan.requested && last.only.credential === only.credential
  if (isKnown && isSame(last.only.why, only.why) && isSame(last.plan.decidedBy, plan.decidedBy)) return last.text
  const text = freshPlanText(plan)
  lastPlans.set(only.endpoint, { plan, only, text })
  return text
}

/** Where nothing was said but a code, or the same object again. What says more may differ in it. */
function isSame(one: Said, other: Said): boolean {
  return one === other || (typeof one === 'object' && typeof other === 'object' && one.code === other.code && JSON.stringify(one) === JSON.stringify(other))
}

function freshPlanText({ candidates, resting, ...rest }: RoutePlan): string {
  const waiting = resting?.map(({ candidate, ...until }) => `{"candidate":${candidateText(candidate)},${JSON.stringify(until).slice(1)}`)
  return `{"candidates":[${candidates.map(candidateText).join(',')}],${waiting === undefined ? '' : `"resting":[${waiting.join(',')}],`}${JSON.stringify(rest).slice(1)}`
}

function withPlan(exchange: Exchange): Exchange {
  return exchange.plan === undefined ? exchange : { ...exchange, plan: withAbilities(exchange.plan) }
}

function withAbilities(plan: RoutePlan): RoutePlan {
  const revived = (candidate: Candidate): Candidate => {
    const { can } = candidate.endpoint
    return can === undefined ? candidate : { ...candidate, endpoint: { ...candidate.endpoint, can: new Set(can as Iterable<Need>) } }
  }
  const resting = plan.resting?.map((each) => ({ ...each, candidate: revived(each.candidate) }))
  return { ...plan, candidates: plan.candidates.map(revived), ...(resting !== undefined && { resting }) }
}
