/**
 * Shadow runs: a copy of a request goes to another model, for comparison. Its client never sees it and never waits for it; it has a ledger row and a
 * cost of its own, and a limit on that for each day. Marks of splits are written here too: both are told apart later by what the marks say.
 */
import type { ChatView } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { Ms, RequestId } from '../../shared/ids.ts'
import type { RoutePlan } from '../../shared/routing.ts'
import type { Shadow } from '../../shared/routing-config.ts'
import { Departure } from './departure.ts'
import { Account } from './ledger/account.ts'
import type { OwnRouting } from './own-routing.ts'
import { askProvider, type Stages } from './pipeline.ts'
import type { Caller, ChatRequest, Incoming } from './request.ts'
import type { Storage } from './storage/storage.ts'
import { watched } from './watched.ts'

export interface ShadowFacts {
  readonly stages: () => Stages
  readonly own: Pick<OwnRouting, 'decisionOfShadow'>
  readonly storage: Pick<Storage, 'putRoutingMark' | 'shadowSpent'>
  /** Once prices are known, without which no limit could be held. */
  readonly pricesKnown: () => Promise<unknown>
  /** The last local midnight. */
  readonly midnight: () => Ms
  readonly now: () => Ms
  readonly onError: (error: Error) => void
}

/** Nobody waits for them, so they must not crowd out those that somebody waits for. */
const MOST_AT_ONCE = 4

interface Spending {
  readonly since: Ms
  /** Nano-USD: what ended runs have cost, and running ones are reckoned to cost at most. */
  spent: number
}

export class ShadowRuns {
  readonly #facts: ShadowFacts
  readonly #running = new Set<Departure>()
  readonly #spending = new Map<string, Promise<Spending>>()
  #isStopped = false

  constructor(facts: ShadowFacts) {
    this.#facts = facts
  }

  /** Takes note of a request's arm, and starts its shadows once the request itself is on its way. Returns at once. */
  start(request: ChatRequest, caller: Caller): void {
    const { own, incoming } = request
    if (own === undefined) return
    const { split, shadows } = own
    if (split !== undefined) this.#mark({ request: request.id, kind: 'split', ...split, at: this.#facts.now() })
    // what the user tries out in the workbench is a comparison by itself, and the public key opens nothing that costs
    if (shadows.length === 0 || incoming.source !== 'proxy' || caller.opens !== 'everything') return
    setImmediate(() => {
      for (const shadow of shadows) this.#run(request, caller, shadow).catch(this.#facts.onError)
    })
  }

  /** Ends those that run. */
  stop(): void {
    this.#isStopped = true
    for (const departure of this.#running) departure.leave(new Failure('shutting-down', { code: 'shutting-down' }))
  }

  async #run(request: ChatRequest, caller: Caller, shadow: Shadow): Promise<void> {
    if (this.#isStopped || this.#running.size >= MOST_AT_ONCE) return
    const departure = new Departure()
    this.#running.add(departure)
    try {
      await this.#ask(request, caller, shadow, departure)
    } finally {
      this.#running.delete(departure)
    }
  }

  async #ask(request: ChatRequest, caller: Caller, shadow: Shadow, departure: Departure): Promise<void> {
    await this.#facts.pricesKnown()
    const stages = this.#facts.stages()
    const view = { ...request.view, model: shadow.to, routing: { ...request.view.routing, fallbackModels: [] } }
    const own = this.#facts.own.decisionOfShadow(shadow, view, request, caller)
    const incoming: Incoming = { ...request.incoming, source: 'shadow', departure }
    const asked = { ...request, view, own, incoming, turn: undefined }
    // a name that nobody serves is told when it is saved; here it would fill the ledger
    const plan = await planned(stages, asked, caller)
    const [candidate] = plan?.candidates ?? []
    if (plan === undefined || candidate === undefined) return
    const { endpoint } = candidate
    const atMost = endpoint.runsLocally || endpoint.simulated ? 0 : stages.reckon(endpoint, view).whole
    // what has no price could not be held to the day's limit
    if (atMost === undefined) return
    const spending = await this.#spendingOf(shadow)
    if (this.#isStopped || (spending.spent + atMost) / 1e9 > shadow.mostUsdPerDay) return
    const account = new Account(stages, incoming)
    // the same for money of the client's that there is not
    if (!(await isBorne(stages, plan, view, caller, account.id))) return
    spending.spent += atMost
    account.calledBy(caller)
    account.asks(view)
    account.open()
    this.#mark({ request: account.id, kind: 'shadow', name: shadow.name, arm: shadow.to, original: request.id, at: this.#facts.now() })
    try {
      const answer = await askProvider({ ...asked, id: account.id }, caller, stages, account)
      const pieces = watched(
        { ...answer, relay: false },
        account,
        () => [],
        () => [],
        () => [],
      )
      for await (const _piece of pieces) {
        // it is only counted
      }
      const { cost } = await account.charged()
      if (cost !== undefined) spending.spent += cost - atMost
    } catch (thrown) {
      const failure = Failure.from(thrown)
      void account.fail(failure, failure.rule.status)
      spending.spent -= atMost
    }
  }

  #spendingOf({ name }: Shadow): Promise<Spending> {
    const since = this.#facts.midnight()
    const load = async (): Promise<Spending> => ({ since, spent: await this.#facts.storage.shadowSpent(name, since) })
    const known = this.#spending.get(name)
    const spending = known === undefined ? load() : known.then((each) => (each.since === since ? each : load()), load)
    this.#spending.set(name, spending)
    return spending
  }

  #mark(mark: Parameters<Storage['putRoutingMark']>[0]): void {
    void this.#facts.storage.putRoutingMark(mark).catch(this.#facts.onError)
  }
}

/** Sets aside in the caller's budgets what it may cost, which the request itself takes over. */
async function isBorne({ budgets }: Stages, plan: RoutePlan, view: ChatView, caller: Caller, id: RequestId): Promise<boolean> {
  try {
    await budgets.reserve(plan, view, caller, id)
    return true
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind === 'over-budget') return false
    throw thrown
  }
}

async function planned(stages: Stages, request: ChatRequest, caller: Caller): Promise<RoutePlan | undefined> {
  try {
    return await stages.plan(request, caller)
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind !== 'internal') return undefined
    throw thrown
  }
}
