/**
 * Money is exact: prices are integer micro-USD per million tokens ($0.0375 = 37 500), a cost is integer nano-USD, rounded once.
 * 1 token at 1 micro-USD per million tokens costs 1e-12 USD = 0.001 nano-USD, so a cost is sum(tokens * price) / 1000.
 */
declare const nanoUsd: unique symbol
/** Billionths of a US dollar, an integer. Safe in a double up to about 9 million dollars. */
export type NanoUsd = number & { readonly [nanoUsd]: true }

export function asNanoUsd(value: number): NanoUsd {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number of nano-USD: ${value}`)
  return value as NanoUsd
}

export const ZERO_USD = asNanoUsd(0)

/** Dollars for people: at least two decimals, and enough of them that a tiny charge never reads as free. */
export function formatUsd(cost: NanoUsd | undefined): string {
  if (cost === undefined) return 'n/a'
  if (cost === 0) return '$0.00'
  const dollars = cost / 1e9
  const size = Math.abs(dollars)
  if (size >= 1) return `$${dollars.toFixed(2)}`
  if (size >= 0.01) return `$${dollars.toFixed(4)}`
  if (size >= 0.000001) return `$${dollars.toFixed(6)}`
  return `$${dollars.toFixed(9)}`
}
