/** What a client or its key rules out: each rule says in a sentence why a host may not serve a request. Nothing here is weighed, only allowed or not. */
import type { ChatView, RoutingWish } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import type { Endpoint } from '../../../shared/routing.ts'
import { severalAnswersField } from '../../../shared/several-answers.ts'
import type { ProviderDefinition } from '../providers/define.ts'
import type { Caller } from '../request.ts'
import { pricesAsked } from './order.ts'
import { hasRegion, mayMean, means } from './provider-names.ts'

/** What holds for prompts at a provider. */
export interface DataPolicy {
  readonly keepsNothing: boolean
  readonly learnsNothing: boolean
}

/**
 * What holds at an endpoint: the user's own contract where one is stated, otherwise what the provider documents for everybody. Where the
 * document tells of a router alone and not of the hosts behind it, nothing is known.
 */
export function dataPolicyOf(
  { upstreamModel }: Pick<Endpoint, 'upstreamModel'>,
  stated: DataPolicy | undefined,
  provider: Pick<ProviderDefinition, 'dataPolicy'> | undefined,
): DataPolicy | undefined {
  if (stated !== undefined) return stated
  if (provider?.dataPolicy === undefined) return undefined
  const { trains, retentionDays, exceptModels = [] } = provider.dataPolicy
  if (exceptModels === 'all' || exceptModels.some((beginning) => upstreamModel.startsWith(beginning))) return undefined
  return { keepsNothing: !trains && retentionDays === 0, learnsNothing: !trains }
}

export interface ConstraintFacts {
  /** The fields of this request that an endpoint's format could not carry; asked only where the client will have all of them carried. */
  readonly cannotCarry: (endpoint: Endpoint) => readonly string[]
  readonly dataPolicy: (endpoint: Endpoint) => DataPolicy | undefined
  /** A router itself that gets the client's own preferences along with the request, and holds its hosts to them. */
  readonly passesWishesOn: (endpoint: Endpoint) => boolean
}

export interface Refused {
  readonly why: string
  readonly refusal: Failure
}

const MICRO = 1_000_000

/** Why this endpoint may not serve the request; undefined: it may. */
export function ruledOut(endpoint: Endpoint, view: ChatView, caller: Caller, onlyFree: boolean, facts: ConstraintFacts): Refused | undefined {
  if (caller.opens === 'simulated-models' && !endpoint.simulated) {
    return {
      why: 'this key opens the simulated demo/* models only',
      refusal: new Failure(
        'forbidden',
        `The public demo key opens the simulated demo/* models only, not '${endpoint.id}'. Make a key of your own on the Connect screen.`,
      ),
    }
  }
  // reasoning is a wish: a model that cannot still answers, and clients such as Claude Code ask every model for it
  if (endpoint.can !== undefined) {
    for (const need of view.needs) {
      if (need === 'reasoning' || endpoint.can.has(need)) continue
      return { why: `cannot do ${need}`, refusal: new Failure('unsupported-parameter', `${endpoint.id} cannot do ${need}, which this request needs.`) }
    }
  }
  if (onlyFree && !isFree(endpoint)) return filtered(endpoint, 'model', 'is not known to be free, and :free was asked for')
  const { routing } = view
  if (routing.requireParameters) {
    const lost = facts.cannotCarry(endpoint)
    if (lost.length > 0) {
      const why = `cannot carry ${lost.join(', ')}, and provider.require_parameters is set`
      return { why, refusal: new Failure('unsupported-parameter', `${endpoint.id} ${why}.`) }
    }
  }
  // one answer in place of several would be taken for all of them, so this is not left out as other fields are
  const several = severalAnswersField(view)
  if (several !== undefined && facts.cannotCarry(endpoint).includes(several)) {
    const why = `gives one answer in this format, and ${several} asks for more`
    return { why, refusal: new Failure('unsupported-parameter', `${endpoint.id} ${why}. Ask several times instead.`, { param: several }) }
  }
  const { serviceTier } = routing
  if (routing.requireParameters && serviceTier !== undefined && endpoint.price?.serviceTiers?.[serviceTier] === undefined) {
    return filtered(endpoint, 'service_tier', `is not known to have the service tier ${serviceTier}, and provider.require_parameters is set`)
  }
  if (routing.ignore?.some((name) => means(name, endpoint.provider, undefined)) === true) return filtered(endpoint, 'provider.ignore', 'is in provider.ignore')
  const tooDear = byPrice(endpoint, routing)
  if (tooDear !== undefined || !asksOfHosts(routing) || facts.passesWishesOn(endpoint)) return tooDear
  return byProvider(endpoint, routing) ?? byQuantization(endpoint, routing) ?? byData(endpoint, routing, facts)
}

function asksOfHosts({ only, order, quantizations, zdr, dataCollection }: RoutingWish): boolean {
  return only !== undefined || order !== undefined || quantizations !== undefined || zdr === true || dataCollection === 'deny'
}

/** Which regions are meant is looked at key by key, see `byRegion`. */
function isNamed(names: readonly string[], { provider }: Endpoint): boolean {
  return names.some((name) => mayMean(name, provider))
}

/** Why a key that opens this region may not be used; undefined: it may, or no region was named. */
export function byRegion(endpoint: Endpoint, region: string | undefined, { only, order, ignore, allowFallbacks }: RoutingWish): Refused | undefined {
  const isMeant = (name: string): boolean => means(name, endpoint.provider, region)
  const place = region === undefined ? 'its region is not known, and one' : `it is in ${region}, which`
  if (only?.some(hasRegion) === true && !only.some(isMeant)) return filtered(endpoint, 'provider.only', `${place} is not in provider.only`)
  if (ignore?.some((name) => hasRegion(name) && isMeant(name)) === true) return filtered(endpoint, 'provider.ignore', `${place} is in provider.ignore`)
  if (allowFallbacks === false && order?.some(hasRegion) === true && !order.some(isMeant)) {
    return filtered(endpoint, 'provider.order', `${place} is not in provider.order, and provider.allow_fallbacks is false`)
  }
  return undefined
}

function byProvider(endpoint: Endpoint, { only, order, allowFallbacks }: RoutingWish): Refused | undefined {
  if (only !== undefined && !isNamed(only, endpoint)) return filtered(endpoint, 'provider.only', 'is not in provider.only')
  if (order !== undefined && allowFallbacks === false && !isNamed(order, endpoint)) {
    return filtered(endpoint, 'provider.order', 'is not in provider.order, and provider.allow_fallbacks is false')
  }
  return undefined
}

function byQuantization({ quantization = 'unknown', ...endpoint }: Endpoint, { quantizations }: RoutingWish): Refused | undefined {
  if (quantizations === undefined || quantizations.includes(quantization)) return undefined
  return filtered(endpoint, 'provider.quantizations', `serves the model in a precision (${quantization}) that is not asked for`)
}

/** In which unit each bound is, for people. */
const PER = {
  prompt: 'million tokens of prompt',
  completion: 'million tokens of completion',
  audio: 'million tokens of audio',
  request: 'request',
  image: 'picture',
}

function byPrice(endpoint: Endpoint, { maxPrice, serviceTier }: RoutingWish): Refused | undefined {
  if (maxPrice === undefined) return undefined
  for (const name of Object.keys(maxPrice) as (keyof typeof PER)[]) {
    const most = maxPrice[name]
    if (most === undefined || !isCharged(endpoint, name)) continue
    const usd = usdFor(endpoint, name, serviceTier)
    if (usd === undefined) return filtered(endpoint, 'provider.max_price', `has no known price, and provider.max_price.${name} is set`)
    if (usd > most) return filtered(endpoint, 'provider.max_price', `costs ${usd} USD per ${PER[name]}, more than provider.max_price.${name} allows`)
  }
  return undefined
}

/** Who takes no pictures and no sound charges nothing for them. */
function isCharged({ can }: Endpoint, name: keyof typeof PER): boolean {
  return can === undefined || ((name !== 'image' || can.has('vision')) && (name !== 'audio' || can.has('audio')))
}

/** Of a picture of about a megapixel at Anthropic and OpenAI; hosts charge pictures by the token. */
const TOKENS_PER_IMAGE = 1_500
const NANO = 1e9

/** undefined: not known. Sound and pictures without a price of their own cost what text does; no fee for each request is none. */
function usdFor({ price }: Endpoint, name: keyof typeof PER, tier: RoutingWish['serviceTier']): number | undefined {
  if (price === undefined) return undefined
  const tokens = pricesAsked(price, tier)
  const perMillion = (micro: number | undefined): number | undefined => (micro === undefined ? undefined : micro / MICRO)
  switch (name) {
    case 'prompt':
      return perMillion(tokens.input)
    case 'completion':
      return perMillion(tokens.output)
    case 'audio':
      return perMillion(tokens.audioInput ?? tokens.input)
    case 'image': {
      const micro = tokens.imageInput ?? tokens.input
      return micro === undefined ? undefined : (micro * TOKENS_PER_IMAGE) / MICRO / MICRO
    }
    case 'request':
      return (price.perCall?.requestAtMost ?? price.perCall?.request ?? 0) / NANO
  }
}

function byData(endpoint: Endpoint, { zdr, dataCollection }: RoutingWish, facts: ConstraintFacts): Refused | undefined {
  if (endpoint.runsLocally || endpoint.simulated) return undefined
  const policy = facts.dataPolicy(endpoint)
  if (zdr === true && policy?.keepsNothing !== true) return filtered(endpoint, 'provider.zdr', 'is not known to keep nothing (see Providers, your contract)')
  if (dataCollection === 'deny' && policy?.learnsNothing !== true && policy?.keepsNothing !== true) {
    return filtered(endpoint, 'provider.data_collection', 'is not known not to learn from prompts (see Providers, your contract)')
  }
  return undefined
}

function isFree({ price }: Endpoint): boolean {
  return price?.microUsdPerMillion.input === 0 && price.microUsdPerMillion.output === 0
}

function filtered(endpoint: Endpoint, param: string, why: string): Refused {
  return { why, refusal: new Failure('unknown-model', `No host is left for this request: ${endpoint.id} ${why}.`, { param, code: 'constraint_filtered' }) }
}
