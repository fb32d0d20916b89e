import type { ModelRow } from '../../../shared/api/providers.ts'
import type { WrittenPrice } from '../../../shared/models-config.ts'
import type { Prices, TokenPrices } from '../../../shared/routing.ts'
import { localDecimals } from '../../ui/figures.ts'

export const TOKEN_BUCKETS = [
  ...(['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output', 'reasoning'] as const),
  ...(['audioInput', 'audioCacheRead', 'audioOutput', 'imageInput', 'imageOutput'] as const),
] as const satisfies readonly (keyof TokenPrices)[]
export const CALL_BUCKETS = ['request', 'webSearch'] as const
export type TokenBucket = (typeof TOKEN_BUCKETS)[number]
export type Bucket = TokenBucket | (typeof CALL_BUCKETS)[number]

/** `0.25`, `2.50`, `0.0375`, `15`: dollars from micro-dollars, of a million tokens. */
export function dollarsOf(microUsd: number): string {
  const dollars = microUsd / 1e6
  if (Number.isInteger(dollars)) return String(dollars)
  const exact = String(Number(dollars.toFixed(6)))
  return /\.\d$/.test(exact) ? `${exact}0` : exact
}

/** `$0.25`, the word for free, or the one for unknown. */
export function priceText(microUsd: number | undefined, words: { readonly free: string; readonly unknown: string }): string {
  if (microUsd === undefined) return words.unknown
  return microUsd === 0 ? words.free : localDecimals(`$${dollarsOf(microUsd)}`)
}

/** What a form begins with: the price in force, in dollars, its tiers kept. */
export function writtenFrom({ price }: Pick<ModelRow, 'price'>): WrittenPrice {
  if (price === undefined) return {}
  const { request, webSearch } = price.perCall ?? {}
  return {
    ...inDollars(price.microUsdPerMillion),
    ...(request !== undefined && { request: request / 1e9 }),
    ...(webSearch !== undefined && { webSearch: webSearch / 1e9 }),
    ...(price.tiers !== undefined && { tiers: price.tiers.map((tier) => ({ overInputTokens: tier.overInputTokens, ...inDollars(tier.microUsdPerMillion) })) }),
  }
}

function inDollars(prices: TokenPrices): Partial<Record<TokenBucket, number>> {
  return Object.fromEntries(TOKEN_BUCKETS.flatMap((bucket) => (prices[bucket] === undefined ? [] : [[bucket, prices[bucket] / 1e6]])))
}

/** The buckets in which two prices differ. */
export function changesBetween(
  before: Prices,
  after: Prices,
): readonly { readonly bucket: TokenBucket; readonly before: number | undefined; readonly after: number | undefined }[] {
  return TOKEN_BUCKETS.flatMap((bucket) => {
    const was = before.microUsdPerMillion[bucket]
    const is = after.microUsdPerMillion[bucket]
    return was === is ? [] : [{ bucket, before: was, after: is }]
  })
}
