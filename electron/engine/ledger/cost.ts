/**
 * What a request cost, exactly: whole tokens times whole micro-USD per million tokens, summed in BigInt and rounded once, half up, to nano-USD.
 */
import { type Tokens, totalInput } from '../../../shared/chat.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import type { Prices, TokenPrices } from '../../../shared/routing.ts'

/** Reasoning is charged as output by every provider we have prices of. */
const CHARGED_AS: Readonly<Record<keyof Tokens, keyof TokenPrices>> = {
  input: 'input',
  cacheRead: 'cacheRead',
  cacheWrite5m: 'cacheWrite5m',
  cacheWrite1h: 'cacheWrite1h',
  output: 'output',
  reasoning: 'output',
}

/** A token at a micro-USD per million is a thousandth of a nano-USD. */
const PER_NANO_USD = 1000n

/**
 * undefined means unknown: no prices, no counts at all, a bucket with tokens but no price, or a count that is no whole number of tokens. A missing
 * bucket adds nothing, so the cost of an answer that broke off before its output was counted is a lower bound.
 * @throws RangeError beyond about 9 million dollars
 */
export function costOf(tokens: Tokens, prices: Prices | undefined): NanoUsd | undefined {
  if (prices === undefined) return undefined
  const applicable = pricesFor(totalInput(tokens) ?? 0, prices)
  let sum: bigint | undefined
  for (const [bucket, charged] of Object.entries(CHARGED_AS) as [keyof Tokens, keyof TokenPrices][]) {
    const count = tokens[bucket]
    if (count === undefined) continue
    if (!Number.isSafeInteger(count) || count < 0) return undefined
    const price = applicable[charged]
    if (count > 0 && price === undefined) return undefined
    sum = (sum ?? 0n) + BigInt(count) * BigInt(price ?? 0)
  }
  return sum === undefined ? undefined : asNanoUsd(Number((sum + PER_NANO_USD / 2n) / PER_NANO_USD))
}

/** The last tier that `inputTokens` exceeds sets the prices of the whole request. */
export function pricesFor(inputTokens: number, prices: Prices): TokenPrices {
  return prices.tiers?.findLast(({ overInputTokens }) => inputTokens > overInputTokens)?.microUsdPerMillion ?? prices.microUsdPerMillion
}
