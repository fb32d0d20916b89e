/**
 * A routing over the past: each request that was kept is planned again under it, and what it used is priced where it would have gone. Nothing is sent.
 * Prices and models are today's, and places rest as they do now; so it tells what the rules would do, not what the day would have been like.
 */
import type { ReplayEvent, ReplayMove, ReplayTotals } from '../../shared/api/routing.ts'
import { CHAT_DIALECTS, type JsonObject, type Tokens } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { Exchange, UsageRecord } from '../../shared/ledger.ts'
import { asNanoUsd, type NanoUsd } from '../../shared/money.ts'
import type { Endpoint } from '../../shared/routing.ts'
import type { Incoming } from './request.ts'
import type { Simulation } from './simulate.ts'
import type { Storage } from './storage/storage.ts'

export interface ReplayStages {
  readonly storage: Pick<Storage, 'listLedger' | 'getLedger'>
  /** @throws Failure what the client would be told */
  readonly simulate: (body: JsonObject, incoming: Pick<Incoming, 'dialect' | 'route' | 'headers'>, caller: { id: string; name: string }) => Promise<Simulation>
  /** undefined: nobody knows. */
  readonly costAt: (endpoint: Endpoint, tokens: Tokens, record: UsageRecord) => Promise<NanoUsd | undefined>
}

/** A page of the ledger, and how often progress is told. */
const PAGE = 100
const TELL_EVERY = 20
const MOST_MOVES = 50

interface Tally {
  looked: number
  same: number
  moved: number
  denied: number
  refused: number
  notKept: number
  costThen: number
  costNow: number
  unpriced: number
}

/** Newest first, `most` at most; ends early when `signal` aborts. The last event is the result. */
export async function* replayRouting(most: number, { storage, simulate, costAt }: ReplayStages, signal: AbortSignal): AsyncGenerator<ReplayEvent> {
  const tally: Tally = { looked: 0, same: 0, moved: 0, denied: 0, refused: 0, notKept: 0, costThen: 0, costNow: 0, unpriced: 0 }
  const moves = new Map<string, ReplayMove>()
  const look = async (record: UsageRecord): Promise<void> => {
    tally.looked++
    const exchange = (await storage.getLedger(record.id))?.exchange
    const asked = exchange && askedBy(record, exchange)
    if (asked === undefined) {
      tally.notKept++
      return
    }
    let now: Endpoint | undefined
    try {
      now = (await simulate(asked.body, asked, { id: record.caller ?? '', name: record.callerName ?? '' })).plan.candidates[0]?.endpoint
    } catch (thrown) {
      const failure = Failure.from(thrown)
      if (failure.kind === 'internal') throw thrown
      if (failure.code === 'denied_by_rule') tally.denied++
      else tally.refused++
      return
    }
    if (now === undefined) {
      tally.refused++
      return
    }
    const from = record.servedBy ?? ''
    if (now.id === from) tally.same++
    else {
      tally.moved++
      const key = `${from}\n${now.id}`
      const known = moves.get(key)
      moves.set(key, { from, to: now.id, count: (known?.count ?? 0) + 1, example: known?.example ?? record.id })
    }
    // a request of which either price is unknown counts on neither side
    const costNow = record.cost === undefined ? undefined : now.id === from ? record.cost : await costAt(now, record.tokens, record)
    if (record.cost === undefined || costNow === undefined) tally.unpriced++
    else {
      tally.costThen += record.cost
      tally.costNow += costNow
    }
  }

  let before: string | undefined
  while (tally.looked < most && !signal.aborted) {
    const page = await storage.listLedger({ limit: Math.min(PAGE, most - tally.looked), outcome: 'ok', ...(before !== undefined && { before }) })
    for (const record of page.rows) {
      if (signal.aborted) return
      // copies and checks were made by rules, and are no requests of their own
      if (record.source !== 'proxy' && record.source !== 'playground') continue
      await look(record)
      if (tally.looked % TELL_EVERY === 0) yield { type: 'progress', looked: tally.looked, most }
    }
    before = page.cursor
    if (before === undefined) break
  }
  if (signal.aborted) return
  const sorted = [...moves.values()].sort((one, other) => other.count - one.count)
  yield { type: 'result', totals: totalsOf(tally), moves: sorted.slice(0, MOST_MOVES) }
}

function totalsOf(tally: Tally): ReplayTotals {
  return { ...tally, costThen: asNanoUsd(Math.round(tally.costThen)), costNow: asNanoUsd(Math.round(tally.costNow)) }
}

export type AskedBefore = Pick<Incoming, 'dialect' | 'route' | 'headers'> & { readonly body: JsonObject }

/** The request as it came. undefined: it is no conversation, or was not kept whole. */
export function askedBy({ dialect, requested, streamed }: UsageRecord, { requestBody, requestHeaders, truncated }: Exchange): AskedBefore | undefined {
  const chat = CHAT_DIALECTS.find((each) => each === dialect)
  if (chat === undefined || truncated.includes('requestBody')) return undefined
  let body: unknown
  try {
    body = JSON.parse(requestBody)
  } catch {
    // kept by a version that kept it otherwise; there is nothing to plan from
    return undefined
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined
  // Gemini's address says what others say in the body
  const route = chat === 'gemini' ? { model: requested, stream: streamed } : {}
  return { dialect: chat, body: body as JsonObject, route, headers: requestHeaders }
}
