/** What a client or its key rules out: each rule says in a sentence why a host may not serve a request. Nothing here is weighed, only allowed or not. */

import type { ChatView, MaxPrice, RoutingWish } from '../../../shared/chat.ts'
import { Failure } from '../../../shared/failure.ts'
import type { RouteReason } from '../../../shared/messages/routing.ts'
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
  readonly why: RouteReason
  readonly refusal: Failure
}

const MICRO = 1_000_000

/** Why this endpoint may not serve the request; undefined: it may. */
export function ruledOut(endpoint: Endpoint, view: ChatView, caller: Caller, onlyFree: boolean, facts: ConstraintFacts): Refused | undefined {
  if (caller.opens === 'simulated-models' && !endpoint.simulated) {
    return {
      why: { code: 'demo-key' },
      refusal: new Failure('forbidden', { code: 'demo-models-only', endpoint: endpoint.id }),
    }
  }
  // reasoning is a wish: a model that cannot still answers, and clients such as Claude Code ask every model for it
  if (endpoint.can !== undefined) {
    for (const need of view.needs) {
      if (need === 'reasoning' || endpoint.can.has(need)) continue
      return { why: { code: 'cannot', need }, refusal: new Failure('unsupported-parameter', { code: 'cannot-serve', endpoint: endpoint.id, need }) }
    }
  }
  if (onlyFree && !isFree(endpoint)) return filtered(endpoint, 'model', { code: 'not-free' })
  const { routing } = view
  if (routing.requireParameters) {
    const lost = facts.cannotCarry(endpoint)
    if (lost.length > 0) {
      const why: RouteReason = { code: 'cannot-carry', fields: lost }
      return { why, refusal: new Failure('unsupported-parameter', { code: 'endpoint-is', endpoint: endpoint.id, why }) }
    }
  }
  // one answer in place of several would be taken for all of them, so this is not left out as other fields are
  const several = severalAnswersField(view)
  if (several !== undefined && facts.cannotCarry(endpoint).includes(several)) {
    const why: RouteReason = { code: 'one-answer', field: several }
    return { why, refusal: new Failure('unsupported-parameter', { code: 'ask-several-times', endpoint: endpoint.id, why }, { param: several }) }
  }
  const { serviceTier } = routing
  if (routing.requireParameters && serviceTier !== undefined && endpoint.price?.serviceTiers?.[serviceTier] === undefined) {
    return filtered(endpoint, 'service_tier', { code: 'no-service-tier', tier: serviceTier })
  }
  if (routing.ignore?.some((name) => means(name, endpoint.provider, undefined)) === true) return filtered(endpoint, 'provider.ignore', { code: 'ignored' })
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
  if (only?.some(hasRegion) === true && !only.some(isMeant)) return filtered(endpoint, 'provider.only', { code: 'region', region, rule: 'only' })
  if (ignore?.some((name) => hasRegion(name) && isMeant(name)) === true)
    return filtered(endpoint, 'provider.ignore', { code: 'region', region, rule: 'ignore' })
  if (allowFallbacks === false && order?.some(hasRegion) === true && !order.some(isMeant)) {
    return filtered(endpoint, 'provider.order', { code: 'region', region, rule: 'order' })
  }
  return undefined
}

function byProvider(endpoint: Endpoint, { only, order, allowFallbacks }: RoutingWish): Refused | undefined {
  if (only !== undefined && !isNamed(only, endpoint)) return filtered(endpoint, 'provider.only', { code: 'not-in-only' })
  if (order !== undefined && allowFallbacks === false && !isNamed(order, endpoint)) {
    return filtered(endpoint, 'provider.order', { code: 'not-in-order' })
  }
  return undefined
}

function byQuantization({ quantization = 'unknown', ...endpoint }: Endpoint, { quantizations }: RoutingWish): Refused | undefined {
  if (quantizations === undefined || quantizations.includes(quantization)) return undefined
  return filtered(endpoint, 'provider.quantizations', { code: 'precision', quantization })
}

function byPrice(endpoint: Endpoint, { maxPrice, serviceTier }: RoutingWish): Refused | undefined {
  if (maxPrice === undefined) return undefined
  for (const name of Object.keys(maxPrice) as (keyof MaxPrice)[]) {
    const most = maxPrice[name]
    if (most === undefined || !isCharged(endpoint, name)) continue
    const usd = usdFor(endpoint, name, serviceTier)
    if (usd === undefined) return filtered(endpoint, 'provider.max_price', { code: 'no-price', bound: name })
    if (usd > most) return filtered(endpoint, 'provider.max_price', { code: 'too-dear', usd, bound: name })
  }
  return undefined
}

/** Who takes no pictures and no sound charges nothing for them. */
function isCharged({ can }: Endpoint, name: keyof MaxPrice): boolean {
  return can === undefined || ((name !== 'image' || can.has('vision')) && (name !== 'audio' || can.has('audio')))
}

/** Of a picture of about a megapixel at Anthropic and OpenAI; hosts charge pictures by the token. */
const TOKENS_PER_IMAGE = 1_500
const NANO = 1e9

/** undefined: not known. Sound and pictures without a price of their own cost what text does; no fee for each request is none. */
function usdFor({ price }: Endpoint, name: keyof MaxPrice, tier: RoutingWish['serviceTier']): number | undefined {
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
  if (zdr === true && policy?.keepsNothing !== true) return filtered(endpoint, 'provider.zdr', { code: 'may-keep-data' })
  if (dataCollection === 'deny' && policy?.learnsNothing !== true && policy?.keepsNothing !== true) {
    return filtered(endpoint, 'provider.data_collection', { code: 'may-learn' })
  }
  return undefined
}

function isFree({ price }: Endpoint): boolean {
  return price?.microUsdPerMillion.input === 0 && price.microUsdPerMillion.output === 0
}

function filtered(endpoint: Endpoint, param: string, why: RouteReason): Refused {
  return { why, refusal: new Failure('unknown-model', { code: 'no-host-left', endpoint: endpoint.id, why }, { param, code: 'constraint_filtered' }) }
}
