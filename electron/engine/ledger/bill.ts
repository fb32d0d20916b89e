/** How a cost came about: each bucket of tokens at its price, so that the person who doubts the sum can add it up. */
import type { Bill, BillLine } from '../../../shared/api/traffic.ts'
import { type Tokens, totalInput } from '../../../shared/chat.ts'
import type { EndpointId, Ms } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import { type Prices, SERVICE_TIERS } from '../../../shared/routing.ts'
import { BUCKETS, byThePiece, costOf, priceIn, pricesFor } from './cost.ts'

/** A micro-USD per million tokens is a thousandth of a nano-USD a token. */
const PER_NANO_USD = 1000

export interface BillFacts {
  /** The prices that it was charged at, and where they are known from. */
  readonly prices: { readonly prices: Prices; readonly from: 'version' | 'plan' | 'now' } | undefined
  /** The model that was asked for, where another one answered. */
  readonly asked: { readonly endpoint: EndpointId; readonly prices: Prices | undefined } | undefined
}

/** undefined: nobody counted, nobody answered, or no price is known. */
export function billOf(record: UsageRecord, { prices: known, asked }: BillFacts): Bill | undefined {
  const { tokens, servedBy, at, extras } = record
  if (known === undefined || servedBy === undefined || Object.keys(tokens).length === 0) return undefined
  const { prices } = known
  const applied = pricesFor(totalInput(tokens) ?? 0, prices, at, extras?.serviceTier) ?? {}
  const lines: BillLine[] = []
  for (const [bucket, charged] of BUCKETS) {
    const count = tokens[bucket]
    if (count === undefined) continue
    const price = priceIn(applied, charged)
    lines.push({
      bucket,
      tokens: count,
      microUsdPerMillion: price,
      nanoUsd: price === undefined ? (count === 0 ? 0 : undefined) : (count * price) / PER_NANO_USD,
    })
  }
  const charge = { at, extras }
  const piece = byThePiece(prices, extras)
  return {
    endpoint: servedBy,
    lines,
    extras: piece === undefined ? undefined : asNanoUsd(Number(piece) + surchargeOn(lines, extras?.surchargePercent)),
    sum: costOf(tokens, prices, charge),
    from: isStated(record) ? 'stated' : known.from,
    prices,
    tier: tierOf(prices, applied, at, extras?.serviceTier),
    withoutPromptCache: usesPromptCache(tokens) ? costOf(uncached(tokens), prices, charge) : undefined,
    asked: asked && { endpoint: asked.endpoint, cost: costAt(asked.prices, tokens, at) },
  }
}

/** Of lines without a sum nothing is known, and the whole has none either. */
function surchargeOn(lines: readonly BillLine[], percent = 0): number {
  return Math.round((lines.reduce((sum, { nanoUsd }) => sum + (nanoUsd ?? 0), 0) * percent) / 100)
}

function costAt(prices: Prices | undefined, tokens: Tokens, at: Ms): NanoUsd | undefined {
  // classes of service and searches are those of the one who answered
  return costOf(tokens, prices, { at })
}

/** A cost without a version of a price: the provider said it itself, or it is free. */
function isStated({ cost, priceVersion, pricesAsOf, cache }: UsageRecord): boolean {
  return cost !== undefined && cost > 0 && priceVersion === undefined && pricesAsOf === undefined && cache === undefined
}

function tierOf(prices: Prices, applied: Prices['microUsdPerMillion'], at: Ms, serviceTier: string | undefined): Bill['tier'] {
  if (SERVICE_TIERS.some((tier) => tier === serviceTier && prices.serviceTiers?.[tier] !== undefined)) return 'service'
  if (prices.hours?.some(({ microUsdPerMillion }) => microUsdPerMillion === applied) === true && at > 0) return 'hours'
  return prices.tiers?.some(({ microUsdPerMillion }) => microUsdPerMillion === applied) === true ? 'long' : 'usual'
}

function usesPromptCache({ cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0 }: Tokens): boolean {
  return cacheRead + cacheWrite5m + cacheWrite1h > 0
}

function uncached({ cacheRead = 0, cacheWrite5m = 0, cacheWrite1h = 0, ...tokens }: Tokens): Tokens {
  return { ...tokens, input: (tokens.input ?? 0) + cacheRead + cacheWrite5m + cacheWrite1h }
}
