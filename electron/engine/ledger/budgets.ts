/**
 * Budgets in money: for everybody together and for single client keys, by the local day and month. What a request may cost at most is set aside before it
 * is sent, in one step with the look at what is left, so that requests at the same time cannot pass a limit together; when its row is closed, what it
 * cost takes the place of that. What earlier runs have spent is read once; what this run spends is summed here as rows close, so no request asks the database.
 */

import type { ChatView } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import type { CallerId, Ms, RequestId } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import type { Said } from '../../../shared/messages/message.ts'
import type { RouteReason } from '../../../shared/messages/routing.ts'
import { asNanoUsd, type NanoUsd, ZERO_USD } from '../../../shared/money.ts'
import type { Candidate, Endpoint, RoutePlan } from '../../../shared/routing.ts'
import type { BudgetLimits, BudgetSettings } from '../../../shared/settings.ts'
import type { Caller } from '../request.ts'
import type { Storage } from '../storage/storage.ts'
import { BUDGET_PERIODS, type BudgetPeriod, Purse, type Spans, spansAt } from './purse.ts'

/** Money set aside before a request goes out and settled after it. */
export interface Budgets {
  /**
   * The plan with what the caller's budgets can bear of it; the same object where they bear all of it.
   * @param spent what ended attempts of the same request have cost; it takes the place of what was set aside for them
   * @throws Failure 'over-budget' naming the budget and when it begins anew
   */
  reserve(plan: RoutePlan, view: ChatView, caller: Caller, request: RequestId, spent?: NanoUsd): RoutePlan | Promise<RoutePlan>
}

export interface BudgetFacts {
  readonly settings: () => BudgetSettings
  readonly storage: Pick<Storage, 'spentBefore'>
  /** What a request may cost there with as much output as it allows; undefined: nobody knows the price. */
  readonly atMost: (endpoint: Endpoint, view: ChatView) => NanoUsd | undefined
  /** Undefined once prices are at hand. */
  readonly loadingPrices: () => Promise<unknown> | undefined
  readonly now: () => Ms
  readonly onError: (error: Error) => void
}

/** One limit, and how it stands. */
export interface BudgetStanding {
  /** undefined: everybody's. */
  readonly client: CallerId | undefined
  readonly period: BudgetPeriod
  readonly limit: NanoUsd
  readonly spent: NanoUsd
  /** Set aside for requests that are under way. */
  readonly reserved: NanoUsd
  readonly resetsAt: Ms
}

interface Reservation {
  readonly caller: CallerId
  readonly sum: NanoUsd
}

/** Under which everybody's is kept. */
const EVERYBODY = ''
const NANO = 1e9

export class MoneyBudgets implements Budgets {
  readonly #facts: BudgetFacts
  readonly #startedAt: Ms
  readonly #purses = new Map<CallerId, Purse>()
  readonly #reservations = new Map<RequestId, Reservation>()
  #spans: Spans
  #loading: Promise<void> | undefined
  #isLoaded = false

  constructor(facts: BudgetFacts) {
    this.#facts = facts
    this.#startedAt = facts.now()
    this.#spans = spansAt(this.#startedAt)
  }

  /** Loads ahead of the first request where there is a budget. */
  start(): void {
    const { overall, clients } = this.#facts.settings()
    if (overall.day !== undefined || overall.month !== undefined || Object.keys(clients).length > 0) void this.load()
  }

  /** Reads what earlier runs have spent, once. Resolves also when the database is gone: then only this run counts. */
  load(): Promise<void> {
    this.#loading ??= this.#load()
    return this.#loading
  }

  reserve(plan: RoutePlan, view: ChatView, caller: Caller, request: RequestId, spent: NanoUsd = ZERO_USD): RoutePlan | Promise<RoutePlan> {
    if (!this.#isLimited(caller.id)) return plan
    const prices = this.#facts.loadingPrices()
    if (this.#isLoaded && prices === undefined) return this.#reserveNow(plan, view, caller, request, spent)
    return Promise.all([this.load(), prices]).then(() => this.#reserveNow(plan, view, caller, request, spent))
  }

  /**
   * A row was closed, or what it cost is known only now.
   * @param more what is to be added to what it was said to have cost before
   * @param isOver it can cost nothing more, so what was set aside for it is free again
   */
  settle({ id, at, caller = EVERYBODY }: Pick<UsageRecord, 'id' | 'at' | 'caller'>, more: NanoUsd, isOver = true): void {
    const held = isOver && this.#reservations.size > 0 ? this.#reservations.get(id) : undefined
    if (held !== undefined) {
      this.#reservations.delete(id)
      for (const purse of this.#pursesOf(held.caller)) purse.reserved -= held.sum
    }
    if (more === 0) return
    this.#roll()
    for (const purse of this.#pursesOf(caller)) purse.add(more, at, this.#spans)
  }

  /** The least that is left of the budgets that hold for a client, in nano-USD, below 0 where more was spent; undefined: none holds. */
  left(caller: CallerId): number | undefined {
    if (!this.#isLimited(caller)) return undefined
    if (!this.#isLoaded) void this.load()
    return this.#tightest(caller)?.left
  }

  /** All limits that are set, everybody's first. */
  async standings(): Promise<readonly BudgetStanding[]> {
    await this.load()
    this.#roll()
    const { overall, clients } = this.#facts.settings()
    return [[EVERYBODY, overall] as const, ...Object.entries(clients)].flatMap(([client, limits]) =>
      BUDGET_PERIODS.flatMap((period) => this.#standing(client, limits, period) ?? []),
    )
  }

  #standing(client: CallerId, limits: BudgetLimits | undefined, period: BudgetPeriod): BudgetStanding | undefined {
    const usd = limits?.[period]
    if (usd === undefined) return undefined
    const purse = this.#purse(client)
    return {
      client: client === EVERYBODY ? undefined : client,
      period,
      limit: asNanoUsd(Math.round(usd * NANO)),
      spent: asNanoUsd(purse.spent[period]),
      reserved: asNanoUsd(purse.reserved),
      resetsAt: this.#spans[period].until,
    }
  }

  #isLimited(caller: CallerId): boolean {
    const { overall, clients } = this.#facts.settings()
    return overall.day !== undefined || overall.month !== undefined || clients[caller] !== undefined
  }

  #reserveNow(plan: RoutePlan, view: ChatView, caller: Caller, request: RequestId, spent: NanoUsd): RoutePlan {
    this.#roll()
    const found = this.#tightest(caller.id)
    if (found === undefined) return plan
    const before = this.#reservations.get(request)?.sum ?? 0
    const tightest: Tightest = { ...found, left: found.left + before - spent }
    const passedOver: RoutePlan['passedOver'][number][] = []
    const { unpriced } = this.#facts.settings()
    let most = 0
    const isBorne = ({ endpoint }: Candidate): boolean => {
      const cost = this.#costAt(endpoint, view) ?? (unpriced === 'let-through' ? ZERO_USD : undefined)
      if (cost !== undefined && cost <= Math.max(0, tightest.left)) {
        most = Math.max(most, cost)
        return true
      }
      if (!passedOver.some((each) => each.endpoint === endpoint.id)) passedOver.push({ endpoint: endpoint.id, why: whyNot(cost, tightest) })
      return false
    }
    const candidates = plan.candidates.filter(isBorne)
    const resting = plan.resting?.filter(({ candidate }) => isBorne(candidate))
    if (candidates.length === 0 && (resting === undefined || resting.length === 0)) throw this.#refusal(passedOver[0]?.why ?? '', tightest, caller)
    const sum = asNanoUsd(spent + most)
    if (sum > 0 || before > 0) {
      this.#reservations.set(request, { caller: caller.id, sum })
      for (const purse of this.#pursesOf(caller.id)) purse.reserved += sum - before
    }
    if (passedOver.length === 0) return plan
    return { ...plan, candidates, passedOver: [...plan.passedOver, ...passedOver], ...(resting !== undefined && { resting }) }
  }

  #costAt(endpoint: Endpoint, view: ChatView): NanoUsd | undefined {
    return endpoint.runsLocally || endpoint.simulated ? ZERO_USD : this.#facts.atMost(endpoint, view)
  }

  #refusal(why: Said, { of, period, left, limit }: Tightest, caller: Caller): Failure {
    const resetsAt = this.#spans[period].until
    const client = of === EVERYBODY ? undefined : caller.name
    return new Failure(
      'over-budget',
      { code: 'budget-holds', client, period, limit, left: asNanoUsd(left), why, resetsAt },
      { code: 'budget_exceeded', retryAfterSeconds: Math.ceil((resetsAt - this.#facts.now()) / 1000) },
    )
  }

  /** Of the limits that hold for a client, the one of which the least is left. */
  #tightest(caller: CallerId): Tightest | undefined {
    const { overall, clients } = this.#facts.settings()
    let tightest: Tightest | undefined
    for (const [of, limits] of [[EVERYBODY, overall] as const, [caller, clients[caller]] as const]) {
      for (const period of BUDGET_PERIODS) {
        const usd = limits?.[period]
        if (usd === undefined) continue
        const purse = this.#purse(of)
        const limit = asNanoUsd(Math.round(usd * NANO))
        const left = limit - purse.spent[period] - purse.reserved
        if (tightest === undefined || left < tightest.left) tightest = { of, period, limit, left }
      }
    }
    return tightest
  }

  #pursesOf(caller: CallerId): readonly Purse[] {
    return caller === EVERYBODY ? [this.#purse(EVERYBODY)] : [this.#purse(EVERYBODY), this.#purse(caller)]
  }

  #purse(of: CallerId): Purse {
    let purse = this.#purses.get(of)
    if (purse === undefined) {
      purse = new Purse()
      this.#purses.set(of, purse)
    }
    return purse
  }

  /** A new day, or a new month, begins with nothing spent. */
  #roll(): void {
    const now = this.#facts.now()
    // also where the clock was set back
    if (now >= this.#spans.day.from && now < this.#spans.day.until) return
    const before = this.#spans
    this.#spans = spansAt(now)
    for (const period of BUDGET_PERIODS) {
      if (before[period].from !== this.#spans[period].from) for (const purse of this.#purses.values()) purse.spent[period] = 0
    }
  }

  async #load(): Promise<void> {
    const spans = this.#spans
    try {
      for (const period of BUDGET_PERIODS) {
        const spent = await this.#facts.storage.spentBefore(spans[period].from, this.#startedAt)
        // what was asked for is over meanwhile
        if (this.#spans[period].from !== spans[period].from) continue
        for (const { caller, spent: sum } of spent) {
          this.#purse(EVERYBODY).spent[period] += sum
          if (caller !== EVERYBODY) this.#purse(caller).spent[period] += sum
        }
      }
    } catch (thrown) {
      this.#facts.onError(new Error('What was spent before is not known, so budgets count from here on.', { cause: thrown }))
    }
    this.#isLoaded = true
  }
}

interface Tightest {
  /** The client whose limit it is; '' for everybody's. */
  readonly of: CallerId
  readonly period: BudgetPeriod
  readonly limit: NanoUsd
  /** Nano-USD; below 0 where more was spent. */
  readonly left: number
}

function whyNot(cost: NanoUsd | undefined, { of, period, left }: Tightest): RouteReason {
  if (cost === undefined) return { code: 'budget-needs-price' }
  return { code: 'over-budget', cost, everybodys: of === EVERYBODY, period, left: asNanoUsd(Math.max(0, left)) }
}
