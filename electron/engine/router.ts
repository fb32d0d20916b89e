/** Joins what routing knows (models, keys, health, conversations) to its pure decision, and keeps what it learns. */

import type { CacheMark, ChatView, RoutingWish, Tokens } from '../../shared/chat.ts'
import { Failure } from '../../shared/failure.ts'
import type { CredentialId, EndpointId } from '../../shared/ids.ts'
import type { RouteReason } from '../../shared/messages/routing.ts'
import type { NanoUsd } from '../../shared/money.ts'
import type { Candidate, Endpoint, Prices, RoutePlan, Standing } from '../../shared/routing.ts'
import type { Settings } from '../../shared/settings.ts'
import { answersAsked } from '../../shared/several-answers.ts'
import type { AttemptStages } from './attempt/failover.ts'
import type { RefusedFields } from './attempt/refused-fields.ts'
import { droppedBy, spoken } from './attempt/write-body.ts'
import type { Catalog, Resolution } from './catalog/catalog.ts'
import type { Credentials } from './credentials/credentials.ts'
import { costOf } from './ledger/cost.ts'
import { estimateInput } from './ledger/estimate.ts'
import { isEarlierThought } from './protocols/left-out.ts'
import { usedUpForSeconds } from './protocols/rate-limits.ts'
import type { ProviderDefinition } from './providers/define.ts'
import type { Caller, ChatRequest } from './request.ts'
import { type DataPolicy, dataPolicyOf, ruledOut } from './routing/constraints.ts'
import { Health, type Pace } from './routing/health.ts'
import { KeyLimits } from './routing/key-limits.ts'
import { savingOf } from './routing/order.ts'
import { type Asked, askedBy, type KeyFacts, type PlanFacts, planRoute } from './routing/plan.ts'
import { hasRegion, providersMeant } from './routing/provider-names.ts'
import { keptOf, Stickiness, sessionOf, type Warm } from './routing/stickiness.ts'
import { Wakefulness } from './routing/wakefulness.ts'
import type { Storage } from './storage/storage.ts'
import { keepWarmPrefixes, restoreWarmPrefixes } from './warm-prefixes.ts'

export interface RouterOptions {
  readonly catalog: Pick<Catalog, 'resolve' | 'isReady' | 'ready' | 'priceOf'>
  readonly credentials: Pick<Credentials, 'forProvider' | 'whyNot' | 'mark' | 'used' | 'open' | 'hasFormer' | 'removeFormer'>
  /** Undefined once keys of earlier runs are at hand. */
  readonly loadingKeys: () => Promise<unknown> | undefined
  readonly provider: (id: string) => ProviderDefinition | undefined
  readonly settings: () => Settings
  readonly storage: Pick<Storage, 'listHealth' | 'putHealth'> & { readonly cache: Pick<Storage['cache'], 'cacheFact' | 'cacheSetFact'> }
  /** What endpoints have refused of earlier requests. */
  readonly refusedFields: RefusedFields
  readonly now: () => number
  readonly random: () => number
  readonly onError: (error: Error) => void
  /** This machine went offline, or came back. */
  readonly onNetwork?: () => void
  /** The beginning of a conversation is in a provider's cache; `request` is its last turn. */
  readonly onWarm?: (session: string, request: ChatRequest | undefined) => void
}

/** A chat request, or the view of a side call, which has no body to translate. */
export type Routed = Pick<ChatRequest, 'view' | 'own'> | ChatRequest

/** What was learned is written this often; a crash loses no more. */
const WRITE_EVERY_MS = 2_000
/** Of an answer whose length nothing limits. */
const USUAL_OUTPUT_TOKENS = 4_096
/** By key, lower case. */
type Regions = ReadonlyMap<CredentialId, string>
const NO_REGIONS: Regions = new Map()
const NO_KEYS: KeyFacts = { needsKey: false, ready: [], notReady: [] }

type RoutingStages = Pick<
  AttemptStages,
  | 'health'
  | 'keyLimits'
  | 'limited'
  | 'markCredential'
  | 'formerKeys'
  | 'served'
  | 'reckon'
  | 'random'
  | 'hedges'
  | 'afterContentPolicy'
  | 'timeouts'
  | 'attemptLimits'
>

export class Router {
  readonly options: RouterOptions
  readonly health: Health
  readonly keyLimits: KeyLimits
  readonly stickiness: Stickiness
  readonly #wakefulness: Wakefulness
  readonly #writing: NodeJS.Timeout

  constructor(options: RouterOptions) {
    this.options = options
    const { now, settings } = options
    this.#wakefulness = new Wakefulness(now)
    this.health = new Health(now, this.#wakefulness, () => settings().routing.failuresInARow, options.onNetwork)
    this.keyLimits = new KeyLimits(now, () => settings().routing.keyLimits)
    this.stickiness = new Stickiness(
      now,
      () => settings().routing.stickyMs,
      (endpoint, tokens) => savingOf({ price: options.catalog.priceOf(endpoint) }, tokens),
    )
    this.#writing = setInterval(() => void this.#write(), WRITE_EVERY_MS)
    this.#writing.unref()
  }

  /** Takes up what an earlier run had learned. */
  async load(): Promise<void> {
    const { storage, onError } = this.options
    await Promise.all([storage.listHealth().then((rows) => this.health.restore(rows)), restoreWarmPrefixes(this.stickiness, storage.cache).catch(onError)])
  }

  /** Writes what was learned and ends. */
  async stop(): Promise<void> {
    clearInterval(this.#writing)
    this.#wakefulness.stop()
    await this.#write()
  }

  /** @throws Failure as planRoute does. @param asked the models to try, where another than the client has decided on them */
  plan(request: Routed, caller: Caller, asked: Asked = request.own ?? askedBy(request.view)): RoutePlan | Promise<RoutePlan> {
    const named = namesWithRegion(request.view.routing)
    return named === undefined
      ? this.#planned(request, caller, asked, NO_REGIONS)
      : this.#regionsOf(named).then((regions) => this.#planned(request, caller, asked, regions))
  }

  /** Which region each key of the providers meant opens. Asks the vault, and only for clients that name a region. */
  async #regionsOf(names: readonly string[]): Promise<Regions> {
    await this.options.loadingKeys()
    const { provider, credentials } = this.options
    const regions = new Map<CredentialId, string>()
    for (const id of new Set(names.flatMap(providersMeant))) {
      const regionOf = provider(id)?.regionOf
      if (regionOf === undefined) continue
      for (const key of credentials.forProvider(id)) {
        try {
          const region = (await credentials.open(key.id)).use(regionOf)?.toLowerCase()
          if (region !== undefined) regions.set(key.id, region)
        } catch (thrown) {
          // a key that cannot be read opens no region; an attempt with it says why
          if (!(thrown instanceof Failure)) throw thrown
        }
      }
    }
    return regions
  }

  #planned(request: Routed, caller: Caller, asked: Asked, regions: Regions): RoutePlan | Promise<RoutePlan> {
    const { catalog } = this.options
    const loadingKeys = this.options.loadingKeys()
    if (catalog.isReady() && loadingKeys === undefined) return this.#plannedNow(request, caller, asked, regions)
    const now = (): RoutePlan => this.#plannedNow(request, caller, asked, regions)
    const found = asked.names.map(({ name }) => catalog.resolve(name))
    // names without a provider are only known once the price list is, and so are the contexts and prices that a choice among several goes by
    const [first] = found
    const isPlain = found.length === 1 && first?.is === 'found' && first.alternatives.length === 0
    const waits: Promise<unknown>[] = isPlain && !this.#asksForPrices(request) ? [] : [catalog.ready()]
    if (loadingKeys !== undefined && !found.every((model) => model.is === 'found' && !this.takesKey(model.endpoint.provider))) waits.push(loadingKeys)
    return waits.length === 0 ? now() : Promise.all(waits).then(now, now)
  }

  #plannedNow(request: Routed, caller: Caller, asked: Asked, regions: Regions): RoutePlan {
    return planRoute(request.view, caller, new Facts(this, request, caller, regions), asked)
  }

  #asksForPrices(request: Routed): boolean {
    const { maxPrice, sort } = request.view.routing
    const hasLimit =
      this.options.settings().attempts.mostUsd !== null || ('incoming' in request && request.incoming.headers['x-switchyard-max-cost'] !== undefined)
    return maxPrice !== undefined || sort !== undefined || hasLimit
  }

  /** Why a host may not serve a request, in words; undefined: it may. For who chooses among many before a plan is made. */
  refusals(request: Routed, caller: Caller): (endpoint: Endpoint) => RouteReason | undefined {
    const facts = new Facts(this, request, caller, NO_REGIONS)
    return (endpoint) => ruledOut(endpoint, request.view, caller, false, facts)?.why
  }

  keyFacts(provider: string): KeyFacts {
    const kind = this.options.provider(provider)?.authorization.kind ?? 'none'
    if (kind === 'none') return NO_KEYS
    const { credentials } = this.options
    return { needsKey: kind !== 'optional-bearer', ready: credentials.forProvider(provider), notReady: credentials.whyNot(provider) }
  }

  takesKey(provider: string): boolean {
    return (this.options.provider(provider)?.authorization.kind ?? 'none') !== 'none'
  }

  /** What attempts tell and ask. */
  stages(): RoutingStages {
    const { settings, random, now } = this.options
    return {
      health: this.health,
      keyLimits: this.keyLimits,
      random,
      hedges: () => settings().routing.hedge,
      afterContentPolicy: () => settings().routing.afterContentPolicy,
      timeouts: () => settings().timeouts,
      attemptLimits: () => settings().attempts,
      limited: ({ endpoint, credential }, headers) => {
        const seconds = usedUpForSeconds(headers, now())
        if (seconds !== undefined) this.health.limited({ endpoint: endpoint.id, credential }, now() + seconds * 1000)
      },
      markCredential: (id, failure) => this.#mark(id, failure),
      formerKeys: {
        isThere: (id) => this.options.credentials.hasFormer(id),
        refused: (id) => void this.options.credentials.removeFormer(id).catch((error: Error) => this.options.onError(error)),
      },
      served: (plan, candidate, trying, tokens) => this.#served(plan, candidate, trying, tokens),
      reckon: (endpoint, view, inputTokens) => this.#reckon(endpoint, view, inputTokens),
    }
  }

  #mark(id: string, failure: Failure | undefined): void {
    const { credentials, now } = this.options
    if (failure === undefined) credentials.used(id)
    else if (failure.kind === 'credential-refused') credentials.mark(id, { is: 'refused', ...failure.told, at: now() })
    else if (failure.kind === 'out-of-credit') credentials.mark(id, { is: 'out-of-credit', ...failure.told, at: now() })
    else if (failure.kind === 'rate-limited') credentials.mark(id, { is: 'limited', until: now() + (failure.retryAfterSeconds ?? 1) * 1000 })
  }

  #served(
    plan: RoutePlan,
    { endpoint, credential }: Candidate,
    { view, headers, request, caller = '' }: Parameters<RoutingStages['served']>[2],
    tokens: Tokens,
  ): void {
    const kept = keptOf(tokens, endpoint)
    if (!this.stickiness.keeps(endpoint, kept)) return
    const session = plan.session ?? sessionOf(view, headers['x-session-id'], caller)
    this.stickiness.note(session, { endpoint, credential, tokens: kept, caller, request: request?.id, view })
    this.options.onWarm?.(session, request)
  }

  #reckon(endpoint: Endpoint, view: ChatView, input = estimateInput(view)): ReturnType<AttemptStages['reckon']> {
    const prices = this.options.catalog.priceOf(endpoint.id)
    const { serviceTier } = view.routing
    // who is not known to have the class of service that is asked for serves in its usual one
    const extras = serviceTier === undefined || prices?.serviceTiers?.[serviceTier] === undefined ? undefined : { serviceTier }
    const charged = { at: this.options.now(), needs: view.needs, extras }
    const output = view.maxOutputTokens ?? Math.min(endpoint.limits.output ?? USUAL_OUTPUT_TOKENS, USUAL_OUTPUT_TOKENS)
    const wholeWith = (read: Tokens): NanoUsd | undefined => costOf({ ...read, output: output * Math.ceil(answersAsked(view)) }, prices, charged)
    return {
      input: costOf({ input }, prices, charged),
      whole: dearest(wholeWith({ input }), ...writtenAs(view, prices).map((bucket) => wholeWith({ [bucket]: input }))),
    }
  }

  async #write(): Promise<void> {
    const { storage, settings, onError } = this.options
    const rows = this.health.takeChanges()
    if (rows.length > 0) await storage.putHealth(rows).catch(onError)
    await keepWarmPrefixes(this.stickiness, storage.cache, settings().capture !== 'none').catch(onError)
  }
}

/** The buckets in which a prompt may be charged as one that is written to the cache: which of it is new there, only the provider knows. */
function writtenAs({ messages, tools }: ChatView, prices: Prices | undefined): readonly ('cacheWrite5m' | 'cacheWrite1h')[] {
  const { cacheWrite5m, cacheWrite1h } = prices?.microUsdPerMillion ?? {}
  const isLong = ({ cache }: { readonly cache?: CacheMark }): boolean => cache?.ttl === '1h'
  const asksForHour = cacheWrite1h !== undefined && (tools.some(isLong) || messages.some(({ parts }) => parts.some((part) => 'cache' in part && isLong(part))))
  return [...(cacheWrite5m === undefined ? [] : (['cacheWrite5m'] as const)), ...(asksForHour ? (['cacheWrite1h'] as const) : [])]
}

/** undefined where the first is; others that are not known say nothing. */
function dearest(first: NanoUsd | undefined, ...others: readonly (NanoUsd | undefined)[]): NanoUsd | undefined {
  return others.reduce<NanoUsd | undefined>((most, other) => (most === undefined || other === undefined || other <= most ? most : other), first)
}

/** undefined: none. */
function namesWithRegion({ only, order, ignore }: RoutingWish): readonly string[] | undefined {
  if (only === undefined && order === undefined && ignore === undefined) return undefined
  const named = [...(only ?? []), ...(order ?? []), ...(ignore ?? [])].filter(hasRegion)
  return named.length === 0 ? undefined : named
}

/** What one plan may ask; a class, since every request makes one. */
class Facts implements PlanFacts {
  readonly #router: Router
  readonly #request: Routed
  readonly #caller: Caller
  readonly #regions: Regions

  constructor(router: Router, request: Routed, caller: Caller, regions: Regions) {
    this.#router = router
    this.#regions = regions
    this.#request = request
    this.#caller = caller
  }

  resolve(model: string): Resolution {
    return this.#router.options.catalog.resolve(model)
  }

  keys(provider: string): KeyFacts {
    return this.#router.keyFacts(provider)
  }

  standing(endpoint: EndpointId, credential: string | undefined): Standing {
    const standing = this.#router.health.standing(endpoint, credential)
    const reached = standing.is === 'resting' || credential === undefined ? undefined : this.#router.keyLimits.reached(credential)
    return reached === undefined ? standing : { is: 'resting', until: reached.until, because: 'limit', why: reached.why }
  }

  weight(credential: string): number | undefined {
    return this.#router.keyLimits.weight(credential)
  }

  region(credential: CredentialId): string | undefined {
    return this.#regions.get(credential)
  }

  pace(endpoint: EndpointId): Pace {
    return this.#router.health.pace(endpoint)
  }

  get localFirst(): boolean {
    return this.#router.options.settings().routing.localFirst
  }

  get dice(): number {
    return this.#router.options.random()
  }

  conversation(): { session: string; warm: Warm | undefined } {
    const header = 'incoming' in this.#request ? this.#request.incoming.headers['x-session-id'] : undefined
    const session = sessionOf(this.#request.view, header, this.#caller.id)
    return { session, warm: this.#router.stickiness.find(session) }
  }

  warmElsewhere(): Warm | undefined {
    const { stickiness } = this.#router
    return stickiness.hasOtherModels(this.#caller.id, this.#request.view.model) ? stickiness.elsewhere(this.conversation().session) : undefined
  }

  inputTokens(): number {
    return estimateInput(this.#request.view)
  }

  cannotCarry(endpoint: Endpoint): readonly string[] {
    const provider = this.#router.options.provider(endpoint.provider)
    if (provider === undefined || !('wire' in this.#request)) return []
    const request = this.#request
    const dropped = droppedBy(request, spoken(endpoint, provider, request), provider, this.#router.options.refusedFields)
    return dropped.filter((name) => !isEarlierThought(name))
  }

  dataPolicy(endpoint: Endpoint): DataPolicy | undefined {
    const { settings, provider } = this.#router.options
    return dataPolicyOf(endpoint, settings().routing.dataPolicies[endpoint.provider], provider(endpoint.provider))
  }

  passesWishesOn(endpoint: Endpoint): boolean {
    const provider = this.#router.options.provider(endpoint.provider)
    if (endpoint.provider !== 'openrouter' || provider === undefined || !('wire' in this.#request)) return false
    return spoken(endpoint, provider, this.#request).protocol === this.#request.wire.codec.id
  }
}
