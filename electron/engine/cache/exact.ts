/**
 * The response cache's place in the pipeline: an equal question has been answered before, or is just being answered. Whether that concerns a request is
 * decided from its headers and settings alone; only then is its key made. A miss asks an index in memory; a hit waits for one answer of the database's
 * thread at most. Answers are kept after they have been delivered.
 */
import type { CacheKey, CacheScope } from '../../../shared/cache.ts'
import type { Tokens } from '../../../shared/chat.ts'
import type { EndpointId, Ms } from '../../../shared/ids.ts'
import { type CacheReason, reasonInEnglish } from '../../../shared/messages/cache-reasons.ts'
import type { NanoUsd } from '../../../shared/money.ts'
import type { Endpoint } from '../../../shared/routing.ts'
import type { Settings } from '../../../shared/settings.ts'
import type { Account } from '../ledger/account.ts'
import type { Priced } from '../ledger/charge.ts'
import type { Charged } from '../ledger/cost.ts'
import type { Answer, Caller, ChatRequest } from '../request.ts'
import { agree } from './agreement.ts'
import { Flight } from './flight.ts'
import { Flights } from './flights.ts'
import { AnswerGatherer, type KeptAnswer, textOf } from './kept-answer.ts'
import { keyOf, partsOf, type RequestKey } from './key.ts'
import { frameOf, lengthOf, paced } from './pace.ts'
import { modelFamily } from './semantic/fingerprint.ts'
import type { SemanticTier, SemanticVerdict } from './semantic-tier.ts'
import type { CacheStore } from './store.ts'
import { type CacheWish, cacheWish, underRule } from './wish.ts'

export interface ResponseCache {
  /** How this request is to be treated; undefined: neither the cache nor merging has to do with it. @throws Failure 'bad-request' naming a header */
  consider(request: ChatRequest, caller: Caller): Considered | undefined
  /** The answer out of the cache, out of a running call, or out of a new one that `ask` makes. @throws Failure what `ask` threw */
  answer(considered: Considered, request: ChatRequest, account: Account, ask: (request: ChatRequest) => Promise<Answer>): Promise<Answer>
}

export interface Considered {
  readonly key: RequestKey
  readonly scope: CacheScope
  /** The model that the name asked for stands for. */
  readonly endpoint: Endpoint
  readonly caller: Caller
  /** It may be answered from an entry. */
  readonly looks: boolean
  /** Its answer may be kept, for so long. undefined: it is not. */
  readonly ttlSeconds: number | undefined
  readonly semantic: boolean
  readonly merges: boolean
  readonly wish: CacheWish
}

export interface ResponseCacheFacts {
  readonly store: CacheStore
  readonly settings: () => Pick<Settings, 'cache' | 'merging'>
  /** undefined: a name that stands for no one model. */
  readonly resolve: (model: string) => Endpoint | undefined
  readonly price: (endpoint: Endpoint, tokens: Tokens, charged: Charged) => Priced | Promise<Priced>
  readonly semantic: SemanticTier | undefined
  readonly now: () => Ms
  /** A hit was given: one in so many is asked again, after it. */
  readonly onHit: (hit: GivenHit) => void
  readonly onError: (error: Error) => void
}

export interface GivenHit {
  readonly considered: Considered
  readonly request: ChatRequest
  readonly key: CacheKey
  readonly kind: 'exact' | 'semantic'
  readonly similarity: number
  /** The kind of a semantic match, by which evidence is kept apart. */
  readonly how: string | undefined
  readonly answer: KeptAnswer
}

/** An answer longer than this is not kept. */
const MOST_ANSWER_CHARACTERS = 4 * 1024 * 1024

/** Fields whose answers hold more than one text, or more than text: events do not carry all of that, so it could not be given again. */
const ANSWERED_WITH_MORE = ['n', 'logprobs', 'top_logprobs', 'modalities', 'audio', 'best_of', 'echo', 'web_search_options']

export class ExactCache implements ResponseCache {
  readonly #facts: ResponseCacheFacts
  readonly #flights: Flights

  constructor(facts: ResponseCacheFacts) {
    this.#facts = facts
    this.#flights = new Flights(() => facts.settings().merging)
  }

  consider(request: ChatRequest, caller: Caller): Considered | undefined {
    const { cache, merging } = this.#facts.settings()
    const { view, incoming } = request
    const rule = incoming.source === 'playground' ? undefined : request.own?.cache
    const wish = underRule(cacheWish(incoming.headers), rule)
    const permitted = incoming.source === 'playground' ? 'asked' : (cache.clients[caller.id] ?? (cache.use === 'everyone' ? 'exact' : 'asked'))
    const isUsed = permitted === 'asked' ? wish.use === true : permitted !== 'off' && wish.use !== false
    const wantsOwn = wish.use === false || wish.noStore || incoming.source === 'playground'
    const merges =
      merging.when !== 'never' && (isUsed || (!wantsOwn && (merging.when === 'always' || view.temperature === 0))) && !wish.noCache && !wish.noStore
    if (!isUsed && !merges) return undefined
    // asked for in so many words counts more than a policy
    const asks = wish.use === true
    const fits =
      (asks || cache.temperature === 'any' || view.temperature === 0) &&
      (asks || cache.seed === 'any' || view.seed === undefined) &&
      (cache.tools !== 'never' || view.tools.length === 0)
    const uses = isUsed && fits && !hasMoreAnswers(request)
    if (!uses && !merges) return undefined
    const endpoint = this.#facts.resolve(request.own?.names[0]?.name ?? view.model)
    if (endpoint === undefined) return undefined
    const scope = cache.share === 'everyone' && caller.opens === 'everything' ? 'everyone' : caller.id
    const key = keyOf(request, scope, endpoint.id, cache.semanticModel === 'family' ? modelFamily(endpoint.id) : undefined)
    if (key === undefined) return undefined
    const keeps = uses && !wish.noStore && !this.#facts.store.isForbidden(key.key)
    return {
      key,
      scope,
      endpoint,
      caller,
      looks: uses && !wish.noCache && !wish.clear && !wish.noStore && wish.maxAgeMs !== 0,
      ttlSeconds: keeps ? (wish.ttlSeconds ?? cache.ttlSeconds) : undefined,
      semantic: uses && (rule?.semantic ?? permitted === 'semantic'),
      merges: merges && (isUsed ? !wish.clear : true),
      wish,
    }
  }

  async answer(considered: Considered, request: ChatRequest, account: Account, ask: (request: ChatRequest) => Promise<Answer>): Promise<Answer> {
    const { key, looks, ttlSeconds } = considered
    const isUsed = looks || ttlSeconds !== undefined
    let nearMiss: CacheReason | undefined
    let held: SemanticVerdict['held']
    if (looks) {
      const hit = await this.#find(considered, request, account)
      if (hit !== undefined && !('nearMiss' in hit)) return hit
      nearMiss = hit?.nearMiss
      held = hit?.held
    } else if (considered.wish.clear) this.#facts.store.remove([key.key])
    const mergeKey = considered.merges ? key.key : undefined
    const running = mergeKey === undefined ? undefined : this.#flights.find(mergeKey, request)
    const status: Record<string, string> = isUsed ? { 'x-openrouter-cache-status': 'MISS' } : {}
    if (ttlSeconds !== undefined) status['x-openrouter-cache-ttl'] = String(ttlSeconds)
    if (running !== undefined) {
      account.shares(running)
      account.cached({ kind: 'merged', with: running.leader.id })
      const answer = await running.join(request, account)
      account.answeredBy(answer.candidate.endpoint)
      return { ...answer, headers: { ...answer.headers, ...status, 'x-switchyard-cache': `merged; with=${running.leader.id}` } }
    }
    if (isUsed)
      account.cached(
        looks
          ? { kind: 'miss', key: key.key, ...(nearMiss !== undefined && { nearMiss: reasonInEnglish(nearMiss), nearMissReason: nearMiss }) }
          : { kind: 'refresh', key: key.key },
      )
    const answer = await this.#fly(considered, request, account, ask, mergeKey, held)
    return isUsed ? { ...answer, headers: { ...answer.headers, ...status } } : answer
  }

  async #fly(
    considered: Considered,
    request: ChatRequest,
    account: Account,
    ask: (request: ChatRequest) => Promise<Answer>,
    mergeKey: string | undefined,
    held: SemanticVerdict['held'],
  ): Promise<Answer> {
    const gatherer = considered.ttlSeconds === undefined && held === undefined ? undefined : new AnswerGatherer()
    const { now } = this.#facts
    let watch: ReturnType<Account['takeWatcher']>
    let served: EndpointId | undefined
    let firstAt = 0
    const flight: Flight = new Flight(
      request,
      account,
      async (asked) => {
        const answer = await ask(asked)
        watch = account.takeWatcher()
        served = answer.candidate.endpoint.id
        firstAt = now()
        return answer
      },
      {
        keepRunningMs: () => this.#facts.settings().merging.keepRunningMs,
        onEvents: (events) => {
          watch?.(events)
          if (gatherer !== undefined && gatherer.size <= MOST_ANSWER_CHARACTERS) for (const event of events) gatherer.add(event)
        },
        onEnd: (complete) => {
          this.#flights.ended(mergeKey, flight)
          if (!complete || gatherer === undefined || served !== considered.endpoint.id || gatherer.size > MOST_ANSWER_CHARACTERS) return
          if (held !== undefined) this.#compare(considered, held, gatherer)
          if (considered.ttlSeconds !== undefined) this.#keep(considered, request, gatherer, now() - firstAt)
        },
      },
    )
    this.#flights.add(mergeKey, flight)
    account.shares(flight)
    return flight.join(request, account)
  }

  /** The answer of an equal question, or of one that means the same. */
  async #find(
    considered: Considered,
    request: ChatRequest,
    account: Account,
  ): Promise<Answer | { readonly nearMiss: CacheReason; readonly held: SemanticVerdict['held'] } | undefined> {
    const { key, wish } = considered
    const exact = await this.#take(key.key, wish)
    if (exact !== undefined) return this.#given(considered, request, account, exact, key.key, { kind: 'exact', similarity: 1, how: undefined })
    const tier = this.#facts.semantic
    if (tier === undefined || !considered.semantic || key.question === '' || tier.whyNot(request.view) !== undefined) return undefined
    let verdict: SemanticVerdict | undefined
    try {
      verdict = await tier.judge({ text: key.question, scope: considered.scope, fingerprint: key.fingerprint })
    } catch (thrown) {
      this.#facts.onError(thrown instanceof Error ? thrown : new Error(String(thrown)))
    }
    if (verdict === undefined) return undefined
    const at = this.#facts.now()
    const [nearest] = verdict.nearMisses
    if (nearest !== undefined) {
      this.#facts.store.nearMisses(verdict.nearMisses.slice(0, 3).map((miss) => ({ ...miss, at, request: request.id, question: key.question })))
    }
    // whatever the tier has made of it: what a user called wrong is not said again
    if (verdict.hit !== undefined && !this.#facts.store.isWrong(verdict.hit.key, key.question)) {
      const found = await this.#take(verdict.hit.key, wish)
      if (found !== undefined) return this.#given(considered, request, account, found, verdict.hit.key, { kind: 'semantic', ...verdict.hit })
    }
    return nearest === undefined ? undefined : { nearMiss: nearest.why, held: verdict.held }
  }

  async #take(key: CacheKey, wish: CacheWish): ReturnType<CacheStore['take']> {
    const at = this.#facts.store.peek(key)
    if (at === undefined || (wish.maxAgeMs !== undefined && this.#facts.now() - at.madeAt > wish.maxAgeMs)) return undefined
    return this.#facts.store.take(key)
  }

  #given(
    considered: Considered,
    request: ChatRequest,
    account: Account,
    found: NonNullable<Awaited<ReturnType<CacheStore['take']>>>,
    key: CacheKey,
    match: Pick<GivenHit, 'kind' | 'similarity' | 'how'>,
  ): Answer {
    const { kind, similarity, how } = match
    const { settings, now, store, price } = this.#facts
    const { answer, source, madeAt, expiresAt } = found
    const at = now()
    const use = { key, source, ageMs: Math.max(0, at - madeAt) }
    account.cached(kind === 'exact' ? { kind, ...use } : { kind, similarity, ...use })
    // another snapshot of the model may have answered; it is named, and its price is what is saved
    const endpoint = found.model === considered.endpoint.id ? considered.endpoint : (this.#facts.resolve(found.model) ?? considered.endpoint)
    account.answeredBy(endpoint)
    const tokens = answer.events.find((event) => event.type === 'usage')?.tokens
    // while the price list is being loaded nobody waits for it; the ledger's row will have the figure
    const priced = tokens === undefined ? undefined : price(endpoint, tokens, { at: now(), needs: request.view.needs })
    const saved = priced instanceof Promise ? undefined : priced?.cost
    store.hit({ key, request: request.id, at, kind, similarity, question: kind === 'exact' ? undefined : considered.key.question, how, saved })
    this.#facts.onHit({ considered, request, key, kind, similarity, how, answer })

    const events = answer.events.map((event) => (event.type === 'usage' ? { ...event, charge: { cost: 0, saved } } : event))
    const { pace, typedCharactersPerSecond } = settings().cache
    const lengthMs = request.view.stream ? lengthOf(answer, pace, typedCharactersPerSecond) : 0
    const secondsLeft = expiresAt === undefined ? undefined : Math.max(0, Math.round((expiresAt - at) / 1000))
    return {
      candidate: { endpoint, credential: undefined, why: 'answered from the response cache' },
      whole: undefined,
      held: lengthMs === 0 ? [frameOf(events)] : [],
      relay: false,
      headers: {
        'x-openrouter-cache-status': 'HIT',
        'x-openrouter-cache-age': String(Math.round(use.ageMs / 1000)),
        ...(secondsLeft !== undefined && { 'x-openrouter-cache-ttl': String(secondsLeft) }),
        'x-openrouter-cache-source-id': source,
        'x-switchyard-cache': `${kind}${kind === 'semantic' ? `; similarity=${similarity.toFixed(3)}` : ''}${savedText(saved)}`,
      },
      dropped: [],
      frames: lengthMs === 0 ? NONE : paced(events, lengthMs, request.incoming.departure),
    }
  }

  /** A match that was held for want of evidence: the fresh answer is there anyway, so whether the kept one would have done is learned at no cost. */
  #compare({ key }: Considered, held: NonNullable<SemanticVerdict['held']>, gatherer: AnswerGatherer): void {
    const { settings, store, semantic } = this.#facts
    if (gatherer.whyNot(settings().cache.tools) !== undefined) return
    const fresh = gatherer.text
    setImmediate(() => {
      // never rejects; an entry that has gone meanwhile teaches nothing
      void store.take(held.key).then((kept) => {
        if (kept !== undefined) semantic?.checked(held.key, key.question, agree(textOf(kept.answer.events), fresh), held)
      })
    })
  }

  /** Off the request's path: it has been delivered, or is about to be. */
  #keep(considered: Considered, request: ChatRequest, gatherer: AnswerGatherer, streamedMs: Ms): void {
    const { settings, store, now } = this.#facts
    if (gatherer.whyNot(settings().cache.tools) !== undefined) return
    setImmediate(() => {
      const { key, scope, endpoint, ttlSeconds = 0 } = considered
      const at = now()
      const answer: KeptAnswer = { events: gatherer.events, streamedMs: Math.max(0, streamedMs) }
      store.put(
        {
          key: key.key,
          scope,
          fingerprint: key.fingerprint,
          question: key.question,
          model: endpoint.id,
          source: request.id,
          answer: gatherer.text,
          parts: partsOf(key),
          madeAt: at,
          expiresAt: at + ttlSeconds * 1000,
          pinned: false,
        },
        answer,
      )
    })
  }

  /** Ends calls that run for nobody. */
  close(): void {
    this.#flights.close()
  }
}

const NONE: Answer['frames'] = { [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }) }

function hasMoreAnswers({ view }: ChatRequest): boolean {
  if (view.logprobs !== undefined) return true
  return ANSWERED_WITH_MORE.some((name) => {
    const value = view.unmodelled[name] ?? view.unmodelled[`generationConfig.${name}`]
    return value !== undefined && value !== false && value !== 1
  })
}

/** Dollars, exact. */
function savedText(saved: NanoUsd | undefined): string {
  return saved === undefined ? '' : `; saved=${(saved / 1e9).toFixed(9)}`
}
