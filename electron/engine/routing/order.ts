/**
 * In which order the hosts of a request are tried. Every candidate gets a row of numbers from facts about itself alone, and rows are compared column by
 * column: so taking one candidate away never changes how the others stand to each other.
 */
import type { Percentiles, RoutingWish, SortBy } from '../../../shared/chat.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import type { CandidateScore, Endpoint, Prices, Standing, TokenPrices } from '../../../shared/routing.ts'
import type { Pace } from './health.ts'
import { means } from './provider-names.ts'
import type { Warm } from './stickiness.ts'

/** Agents read far more than they write; OpenRouter's own pages blend at three to one too. */
const INPUT_SHARE = 3
/** USD per million tokens: what costs less gets no greater share of the requests, or free hosts would take all. */
const CHEAPEST = 0.05
/** A host whose price nobody knows gets the share of a dear one. */
const UNKNOWN_PRICE = 20
const MICRO = 1_000_000

export interface Applicant {
  readonly endpoint: Endpoint
  readonly credential: string | undefined
  readonly standing: Exclude<Standing, { is: 'resting' }>
  /** Place of its model's name in the list asked for, of the host among those of the name, of the key among the host's. */
  readonly name: number
  readonly host: number
  readonly key: number
  /** The name said this host (`openai/gpt-5-mini`), rather than just the model. */
  readonly isNamed: boolean
  /** That its key opens; undefined: not known, or nobody asked. */
  readonly region?: string | undefined
  /** Of its key, where the user has given weights. */
  readonly weight: number | undefined
  /** What a suffix of its name asks for. */
  readonly sort: SortBy | undefined
}

export interface OrderFacts {
  readonly pace: (endpoint: string) => Pace
  readonly localFirst: boolean
  readonly warm: Warm | undefined
  /** 0 to below 1: the draw of this request among hosts and keys that share the load. */
  readonly dice: number
}

export interface Ranked {
  readonly score: CandidateScore
  readonly row: readonly number[]
}

/** Lower comes first. */
export function compareRows(one: readonly number[], other: readonly number[]): number {
  for (let column = 0; column < one.length; column++) {
    const difference = (one[column] ?? 0) - (other[column] ?? 0)
    // infinities of two hosts without a measurement differ by nothing
    if (difference !== 0 && !Number.isNaN(difference)) return difference
  }
  return 0
}

/** Healthy first, then local if the user says so, then warm, then what the client asks for or a draw weighted by price. */
export function rank(applicant: Applicant, wish: RoutingWish, facts: OrderFacts): Ranked {
  const { endpoint, standing } = applicant
  const pace = facts.pace(endpoint.id)
  const warm = facts.warm?.endpoint === endpoint.id && wish.order === undefined ? facts.warm : undefined
  const isWarmKey = warm !== undefined && warm.credential === applicant.credential
  const price = blended(endpoint, isWarmKey, wish.serviceTier)
  const slow = isSlow(pace, wish)
  const sort = wish.sort ?? (applicant.sort === undefined ? undefined : { by: applicant.sort, partition: 'model' as const })
  const score: CandidateScore = {
    standing: standing.is,
    price,
    firstEventMs: pace.firstEventMs(0.5),
    tokensPerSecond: pace.tokensPerSecond(0.5),
    ...(isWarmKey && { warm: { tokens: warm.tokens, saves: savingOf(endpoint, warm.tokens) } }),
    ...(slow && { slow }),
  }
  const row = [
    sort?.partition === 'none' ? 0 : applicant.name,
    orderOf(applicant, wish.order),
    standing.is === 'troubled' ? 1 + standing.failing : standing.is === 'on-trial' && standing.running ? 3 : 0,
    facts.localFirst && !endpoint.runsLocally ? 1 : 0,
    slow ? 1 : 0,
    // an explicit sort by speed is about this turn; by price, the warm prefix counts in the price
    sort === undefined && !isWarmKey ? 1 : 0,
    sort === undefined ? (applicant.isNamed ? 0 : 1) : measure(sort.by, score),
    sort === undefined && wish.order === undefined && !applicant.isNamed ? draw(facts.dice, endpoint.id, shareOf(price)) : 0,
    isWarmKey ? 0 : 1,
    applicant.name,
    applicant.host,
    applicant.weight === undefined ? 0 : draw(facts.dice, applicant.credential ?? '', applicant.weight),
    applicant.key,
  ]
  return { score, row }
}

function orderOf({ endpoint, region }: Applicant, order: readonly string[] | undefined): number {
  if (order === undefined) return 0
  const place = order.findIndex((name) => means(name, endpoint.provider, region))
  return place < 0 ? order.length : place
}

function measure(by: SortBy, score: CandidateScore): number {
  switch (by) {
    case 'price':
      return score.price ?? Number.POSITIVE_INFINITY
    case 'latency':
      return score.firstEventMs ?? Number.POSITIVE_INFINITY
    case 'throughput':
      return score.tokensPerSecond === undefined ? Number.POSITIVE_INFINITY : -score.tokensPerSecond
  }
}

/** The prices of the class of service that is asked for; the usual ones where the host is not known to have it. */
export function pricesAsked(price: Prices, tier: RoutingWish['serviceTier']): TokenPrices {
  return (tier === undefined ? undefined : price.serviceTiers?.[tier]) ?? price.microUsdPerMillion
}

/** Micro-USD per million tokens. */
function blended({ price }: Endpoint, isWarm: boolean, tier: RoutingWish['serviceTier']): number | undefined {
  if (price === undefined) return undefined
  const { input, cacheRead, output } = pricesAsked(price, tier)
  const read = isWarm ? (cacheRead ?? input) : input
  return read === undefined || output === undefined ? undefined : (INPUT_SHARE * read + output) / (INPUT_SHARE + 1)
}

/** OpenRouter's: a share of one over the square of the price. */
function shareOf(price: number | undefined): number {
  const usd = price === undefined ? UNKNOWN_PRICE : Math.max(CHEAPEST, price / MICRO)
  return 1 / (usd * usd)
}

/**
 * A weighted draw without replacement: sorted by this, each comes first with a chance in proportion to its weight, and what one gets hangs on nobody
 * else (Efraimidis and Spirakis, Weighted random sampling with a reservoir, 2006).
 */
function draw(dice: number, name: string, weight: number): number {
  return -Math.log(uniform(dice, name)) / weight
}

/** Above 0, at most 1, out of the request's draw and a name: FNV-1a, finished as in MurmurHash3 so that close names fall far apart. */
function uniform(dice: number, name: string): number {
  let state = (Math.floor(dice * 2 ** 32) ^ 0x811c9dc5) >>> 0
  for (let index = 0; index < name.length; index++) state = Math.imul(state ^ name.charCodeAt(index), 0x01000193)
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return (((state ^ (state >>> 16)) >>> 0) + 1) / 2 ** 32
}

const SHARES = { p50: 0.5, p75: 0.75, p90: 0.9, p99: 0.99 } as const

/** Whether what was measured breaks a bound. Nothing measured breaks none. */
function isSlow(pace: Pace, { preferredMinThroughput, preferredMaxLatency }: RoutingWish): boolean {
  // p90 of throughput is what nine requests in ten reach
  return (
    breaks(preferredMaxLatency, (share, bound) => (pace.firstEventMs(share) ?? 0) > bound * 1000) ||
    breaks(preferredMinThroughput, (share, bound) => (pace.tokensPerSecond(1 - share) ?? Number.POSITIVE_INFINITY) < bound)
  )
}

function breaks(bounds: Percentiles | undefined, isBroken: (share: number, bound: number) => boolean): boolean {
  if (bounds === undefined) return false
  return (Object.keys(SHARES) as (keyof typeof SHARES)[]).some((name) => {
    const bound = bounds[name]
    return bound !== undefined && isBroken(SHARES[name], bound)
  })
}

/** What reading that many tokens from the cache saves. */
export function savingOf({ price }: Pick<Endpoint, 'price'>, tokens: number): NanoUsd | undefined {
  const { input, cacheRead } = price?.microUsdPerMillion ?? {}
  // a token at a micro-USD per million is a thousandth of a nano-USD
  return input === undefined || cacheRead === undefined ? undefined : asNanoUsd(Math.round(((input - cacheRead) * tokens) / 1000))
}
