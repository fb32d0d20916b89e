/** Decides which endpoints may serve a request, in which order, and says why. Pure: all facts come in as arguments, the dice among them. */
import type { ChatView, RoutingWish } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import type { CredentialId, EndpointId } from '../../../shared/ids.ts'
import type { Said } from '../../../shared/messages/message.ts'
import type { OwnRoutingMessage } from '../../../shared/messages/own-routing.ts'
import type { RouteReason } from '../../../shared/messages/routing.ts'
import type { Candidate, Endpoint, RestingCandidate, RoutePlan, Standing } from '../../../shared/routing.ts'
import type { Cause } from '../../../shared/routing-config.ts'
import type { Resolution } from '../catalog/catalog.ts'
import type { Caller } from '../request.ts'
import { byRegion, type ConstraintFacts, ruledOut } from './constraints.ts'
import { type Applicant, compareRows, type OrderFacts, type Ranked, rank } from './order.ts'
import type { Warm } from './stickiness.ts'

/** What a provider's keys allow right now. */
export interface KeyFacts {
  readonly needsKey: boolean
  /** In the user's order, ready to be tried. */
  readonly ready: readonly { readonly id: CredentialId; readonly label: string }[]
  readonly notReady: readonly { readonly id: CredentialId; readonly label: string; readonly why: Said }[]
}

export interface PlanFacts extends ConstraintFacts, Pick<OrderFacts, 'pace' | 'localFirst' | 'dice'> {
  readonly resolve: (model: string) => Resolution
  readonly keys: (provider: string) => KeyFacts
  readonly standing: (endpoint: EndpointId, credential: CredentialId | undefined) => Standing
  readonly weight: (credential: CredentialId) => number | undefined
  /** Which region a key opens; undefined: not known, or no region was asked for. */
  readonly region: (credential: CredentialId) => string | undefined
  /** Which conversation this is a turn of, and where its beginning is cached. Asked only where there is a choice. */
  readonly conversation: () => { readonly session: string; readonly warm: Warm | undefined }
  /** Where the same conversation is cached at a model that was not asked for this time. */
  readonly warmElsewhere: () => Warm | undefined
  /** How many tokens go in, reckoned. Asked only where there is a choice. */
  readonly inputTokens: () => number
}

/** The models to try, best first, each with the reason in words. Whoever decides on models (a list of the client, a rule, a learned choice) makes this. */
export interface Asked {
  readonly names: readonly { readonly name: string; readonly why: Said; readonly after?: readonly Cause[]; readonly among?: readonly string[] }[]
  readonly decidedBy: Said
  /** How it came to be, one sentence a step. */
  readonly trail?: readonly Said[]
}

/** An estimate is off by less than this; what is longer than a context by more cannot fit. */
const ESTIMATE_MARGIN = 1.5

type PassedOver = RoutePlan['passedOver'][number]

const said = (reason: RouteReason): RouteReason => reason
export const ASKED_FOR = said({ code: 'asked-for' })
export const fallback = (place: number): RouteReason => ({ code: 'fallback', place })
export const pinned = (fallbacks: number): OwnRoutingMessage => ({ code: 'pinned', fallbacks })
const PINNED = pinned(0)

/** What the client itself asks for: its model, then its fallbacks. */
export function askedBy({ model, routing }: Pick<ChatView, 'model' | 'routing'>): Asked {
  const { fallbackModels } = routing
  if (fallbackModels.length === 0) return { names: [{ name: model, why: ASKED_FOR }], decidedBy: PINNED }
  const names = [model, ...fallbackModels.filter((name, place) => name !== model && fallbackModels.indexOf(name) === place)]
  return {
    names: names.map((name, place) => ({ name, why: place === 0 ? ASKED_FOR : fallback(place) })),
    decidedBy: pinned(names.length - 1),
  }
}

/**
 * Candidates in the order in which they are to be tried, and those that have to rest first.
 * @throws Failure 'unknown-model' (near names listed), 'forbidden', 'no-credential' ... when nothing is left to try, now or later.
 */
export function planRoute(view: ChatView, caller: Caller, facts: PlanFacts, asked: Asked = askedBy(view)): RoutePlan {
  const found: Found = { open: [], resting: [], passedOver: [], refusal: undefined }
  for (let place = 0; place < asked.names.length; place++) {
    const { name, why, after } = asked.names[place] as Asked['names'][number]
    // what nobody serves is the caller's mistake, and no failure that a fallback is for
    if (after !== undefined && found.open.length === 0 && found.resting.length === 0 && found.refusal?.kind !== 'no-credential') break
    gather(found, place, name, why, after, view, caller, facts)
  }
  if (found.open.length === 0 && found.resting.length === 0) {
    throw found.refusal ?? new Failure('unknown-model', { code: 'no-model-named' }, { param: 'model' })
  }
  const { decidedBy, trail } = asked
  const only = found.open[0]
  if (only !== undefined && only.after === undefined && found.open.length === 1 && found.resting.length === 0) {
    const candidates = forfeiting([{ endpoint: only.endpoint, credential: only.credential, why: only.why }], facts.warmElsewhere())
    const plan = { requested: view.model, decidedBy, candidates, passedOver: found.passedOver }
    return trail === undefined ? plan : { ...plan, trail }
  }
  return choose({ requested: view.model, decidedBy, ...(trail !== undefined && { trail }) }, found, view, facts)
}

interface Found {
  readonly open: Entrant[]
  readonly resting: { readonly entrant: Entrant; readonly standing: Extract<Standing, { is: 'resting' }> }[]
  readonly passedOver: PassedOver[]
  refusal: Failure | undefined
}

const WELL: Entrant['standing'] = { is: 'well' }

type Entrant = Applicant & { readonly why: Said; readonly after: readonly Cause[] | undefined }

/** Every host of one name, with every key of its provider. */
function gather(found: Found, name: number, asked: string, why: Said, after: Entrant['after'], view: ChatView, caller: Caller, facts: PlanFacts): void {
  const resolution = facts.resolve(asked)
  if (resolution.is !== 'found') {
    found.passedOver.push({ endpoint: asked, why: said({ code: 'no-such-model' }) })
    found.refusal ??= unknownModel(asked, resolution)
    return
  }
  const { endpoint: first, alternatives, sort, onlyFree = false } = resolution
  const isNamed = asked.startsWith(first.provider) && asked[first.provider.length] === '/'
  for (let host = 0; host <= alternatives.length; host++) {
    const endpoint = host === 0 ? first : alternatives[host - 1]
    if (endpoint === undefined) continue
    const refused = ruledOut(endpoint, view, caller, onlyFree, facts)
    if (refused !== undefined) {
      found.passedOver.push({ endpoint: endpoint.id, why: refused.why })
      found.refusal ??= refused.refusal
      continue
    }
    const keys = facts.keys(endpoint.provider)
    const about: Hosted = { endpoint, name, host, isNamed: isNamed && host === 0, sort, after }
    const held = facts.passesWishesOn(endpoint) ? undefined : view.routing
    if (keys.ready.length === 0 && !keys.needsKey) {
      const misplaced = held && byRegion(endpoint, undefined, held)
      if (misplaced !== undefined) {
        found.passedOver.push({ endpoint: endpoint.id, why: misplaced.why })
        found.refusal ??= misplaced.refusal
        continue
      }
      enter(found, about, { credential: undefined, key: 0, region: undefined, weight: undefined, why }, facts, undefined)
      continue
    }
    for (let key = 0; key < keys.ready.length; key++) {
      const ready = keys.ready[key]
      if (ready === undefined) continue
      const region = facts.region(ready.id)
      const misplaced = held && byRegion(endpoint, region, held)
      if (misplaced !== undefined) {
        found.passedOver.push({ endpoint: endpoint.id, why: said({ code: 'of-key', label: ready.label, why: misplaced.why }) })
        found.refusal ??= misplaced.refusal
        continue
      }
      const whyKey = keys.ready.length === 1 ? why : said({ code: 'one-of-keys', why, key: key + 1, of: keys.ready.length, label: ready.label })
      enter(found, about, { credential: ready.id, key, region, weight: facts.weight(ready.id), why: whyKey }, facts, ready.label)
    }
    for (const key of keys.notReady) found.passedOver.push({ endpoint: endpoint.id, why: said({ code: 'of-key', label: key.label, why: key.why }) })
    if (keys.ready.length > 0) continue
    if (keys.notReady.length === 0) found.passedOver.push({ endpoint: endpoint.id, why: said({ code: 'no-key' }) })
    found.refusal ??= withoutKey(endpoint, keys)
  }
}

type Hosted = Pick<Entrant, 'endpoint' | 'name' | 'host' | 'isNamed' | 'sort' | 'after'>
type Keyed = Pick<Entrant, 'credential' | 'key' | 'region' | 'weight' | 'why'>

function enter(found: Found, at: Hosted, by: Keyed, facts: PlanFacts, label: string | undefined): void {
  const { endpoint, name, host, isNamed, sort, after } = at
  const { credential, key, region, weight, why } = by
  const standing = facts.standing(endpoint.id, credential)
  const rests = standing.is === 'resting'
  const entrant: Entrant = { endpoint, name, host, isNamed, sort, after, credential, key, region, weight, why, standing: rests ? WELL : standing }
  if (!rests) {
    found.open.push(entrant)
    return
  }
  found.resting.push({ entrant, standing })
  found.passedOver.push({ endpoint: endpoint.id, why: label === undefined ? standing.why : said({ code: 'key-rests', label, why: standing.why }) })
}

function choose(plan: Pick<RoutePlan, 'requested' | 'decidedBy' | 'trail'>, found: Found, view: ChatView, facts: PlanFacts): RoutePlan {
  const { session, warm } = facts.conversation()
  const order: OrderFacts = { pace: (endpoint) => facts.pace(endpoint), localFirst: facts.localFirst, dice: facts.dice, warm }
  const ranked = (entrant: Entrant): Entrant & Ranked => ({ ...entrant, ...rank(entrant, view.routing, order) })
  const byRow = (one: Ranked, other: Ranked): number => compareRows(one.row, other.row)
  const passedOver = [...found.passedOver]
  const open = withinContext(found.open, facts, passedOver).map(ranked).sort(byRow)
  const candidates = primaryOnly(open, view.routing, passedOver)
  const resting = found.resting
    .map(({ entrant, standing }) => ({ ...ranked(entrant), until: standing.until, because: standing.because }))
    .sort(byRow)
    .map((entrant): RestingCandidate => ({ candidate: candidateOf(entrant, entrant.score), until: entrant.until, because: entrant.because }))
  const best = candidates[0]
  const isLeft = warm !== undefined && (best?.endpoint.id !== warm.endpoint || best.credential !== warm.credential)
  const chosen = candidates.map((entrant) => candidateOf(entrant, entrant.score))
  const causes = causesFrom(found, candidates)
  return {
    ...{ ...plan, candidates: forfeiting(chosen, isLeft ? warm : warm === undefined ? facts.warmElsewhere() : undefined), passedOver, resting, session },
    ...(causes.length > 0 && { causes }),
  }
}

/** What fallbacks stand behind may be out of the question before anything is tried: its key is refused, it rests, or it reads too little. */
function causesFrom({ open, resting }: Found, candidates: readonly Entrant[]): readonly Cause[] {
  if (![...candidates, ...resting.map(({ entrant }) => entrant)].some(({ after }) => after !== undefined)) return []
  if (candidates.some(({ after }) => after === undefined)) return []
  if (open.some(({ after }) => after === undefined)) return ['context-too-long']
  const waiting = resting.filter(({ entrant }) => entrant.after === undefined)
  return waiting.length > 0 && waiting.every(({ standing }) => standing.because === 'limit') ? ['rate-limit'] : ['error']
}

/** Says of the first candidate what going there leaves behind in another place's prompt cache. */
function forfeiting(candidates: readonly Candidate[], warm: Warm | undefined): readonly Candidate[] {
  const [first, ...others] = candidates
  if (first === undefined || warm === undefined || warm.worth === undefined || warm.worth <= 0) return candidates
  const why = said({ code: 'forfeits', why: first.why, worth: warm.worth, tokens: warm.tokens, endpoint: warm.endpoint })
  return [{ ...first, why }, ...others]
}

/** Hosts whose context is certainly too small are not asked, unless nobody's is large enough: then the provider's own words help most. */
function withinContext(open: readonly Entrant[], facts: PlanFacts, passedOver: PassedOver[]): readonly Entrant[] {
  if (!open.some(({ endpoint }) => endpoint.limits.context !== undefined)) return open
  const tokens = facts.inputTokens()
  const isTooLong = ({ endpoint }: Entrant): boolean => tokens > (endpoint.limits.context ?? Number.POSITIVE_INFINITY) * ESTIMATE_MARGIN
  const fitting = open.filter((entrant) => !isTooLong(entrant))
  // a fallback for other causes is no reason to pass over what it stands behind
  if (!fitting.some(({ after }) => after === undefined || after.includes('context-too-long'))) return open
  if (fitting.length === 0 || fitting.length === open.length) return open
  for (const { endpoint } of open.filter(isTooLong)) {
    passedOver.push({ endpoint: endpoint.id, why: said({ code: 'reads-less', context: endpoint.limits.context, tokens }) })
  }
  return fitting
}

/** `allow_fallbacks: false`: the best host of each model alone, with all its keys. A list in `order` is obeyed as it is (see constraints). */
function primaryOnly<One extends Entrant>(sorted: readonly One[], wish: RoutingWish, passedOver: PassedOver[]): readonly One[] {
  if (wish.allowFallbacks !== false || wish.order !== undefined) return sorted
  const primary = new Map<number, EndpointId>()
  return sorted.filter(({ name, endpoint }) => {
    const first = primary.get(name) ?? endpoint.id
    primary.set(name, first)
    if (first === endpoint.id) return true
    passedOver.push({ endpoint: endpoint.id, why: said({ code: 'other-host-first' }) })
    return false
  })
}

function candidateOf({ endpoint, credential, why, after, standing }: Entrant, score: Ranked['score']): Candidate {
  const reasons: Said[] = [why]
  if (standing.is !== 'well') reasons.push(standing.why)
  if (score.warm !== undefined) reasons.push(said({ code: 'in-its-cache' }))
  if (score.slow === true) reasons.push(said({ code: 'slower-than-asked' }))
  return { endpoint, credential, why: reasons.length === 1 ? why : said({ code: 'reasons', all: reasons }), ...(after !== undefined && { after }), score }
}

function withoutKey(endpoint: Endpoint, keys: KeyFacts): Failure {
  if (keys.notReady.length === 0) return new Failure('no-credential', { code: 'no-key-yet', provider: endpoint.provider })
  return new Failure('no-credential', { code: 'no-key-usable', provider: endpoint.provider, keys: keys.notReady.map(({ label, why }) => ({ label, why })) })
}

function unknownModel(name: string, resolution: Exclude<Resolution, { is: 'found' }>): Failure {
  const facts = { param: 'model', code: 'model_not_found' }
  if (name === '') return new Failure('unknown-model', { code: 'names-no-model' }, facts)
  if (resolution.is === 'ambiguous') return new Failure('unknown-model', { code: 'several-serve', model: name, endpoints: resolution.candidates }, facts)
  return new Failure('unknown-model', { code: 'unknown-model', model: name, near: resolution.near }, facts)
}
