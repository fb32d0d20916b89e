/** The prices of classes of service, from what the facts tell of a model and what its provider writes of the whole family. */
import type { ProviderId } from '../../../shared/ids.ts'
import type { Prices, ServiceTier, TokenPrices } from '../../../shared/routing.ts'
import { rulesFor, TIER_RULES } from './facts/known-rules.ts'

const CACHE_BUCKETS: ReadonlySet<string> = new Set(['cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'audioCacheRead'] satisfies (keyof TokenPrices)[])

export interface ToldTiers {
  /** Figures of a source; they stand before every rule. */
  readonly told?: Prices['serviceTiers'] | undefined
  /** A source says that the model is answered in batches. */
  readonly batches?: boolean | undefined
}

/** undefined: nothing is known. A price that a share would break into parts of a micro-USD is left out. */
export function serviceTiersOf(
  provider: ProviderId,
  model: string,
  standard: TokenPrices,
  { told, batches }: ToldTiers,
): NonNullable<Prices['serviceTiers']> | undefined {
  const found: Partial<Record<ServiceTier, TokenPrices>> = {}
  for (const rule of rulesFor(TIER_RULES, provider, model)) {
    if (rule.ifBatches === true && batches !== true) continue
    const base = rule.of === 'standard' ? standard : (told?.batch ?? found.batch)
    if (base !== undefined) found[rule.tier] = shareOf(base, rule.times, rule.cacheToo)
  }
  const all = { ...found, ...told }
  return Object.keys(all).length === 0 ? undefined : all
}

function shareOf(prices: TokenPrices, [numerator, denominator]: readonly [number, number], cacheToo: boolean): TokenPrices {
  const kept = Object.entries(prices).flatMap(([bucket, price]: [string, number | undefined]) => {
    if (price === undefined || (!cacheToo && CACHE_BUCKETS.has(bucket)) || (price * numerator) % denominator !== 0) return []
    return [[bucket, (price * numerator) / denominator] as const]
  })
  return Object.fromEntries(kept)
}
