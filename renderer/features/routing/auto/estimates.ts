/** Expected shares and costs in words, always with how far they may be off. Pure. */
import type { Estimated } from '../../../../shared/api/auto.ts'
import { asNanoUsd, type NanoUsd } from '../../../../shared/money.ts'
import { formatMoney } from '../../../ui/figures.ts'

/** Requests that costs are told for: those of one are too small to read. */
export const REQUESTS = 1_000

/** `91 %` */
export function formatShare(share: number): string {
  return `${Math.round(100 * share)} %`
}

/** Percentage points with their sign: `+3`, `−2`, `±0`. */
export function formatPoints(share: number): string {
  const points = Math.round(100 * share)
  return points === 0 ? '±0' : points > 0 ? `+${points}` : `−${-points}`
}

/** Nano-USD for one request as dollars for a thousand. */
export function formatPerThousand(cost: number): string {
  return formatMoney(asNanoUsd(Math.round(cost * REQUESTS)))
}

/** Dollars with the sign in front: a loss reads `−$0.02`. */
export function formatSaved(saved: NanoUsd): string {
  return saved < 0 ? `−${formatMoney(asNanoUsd(-saved))}` : formatMoney(saved)
}

/** Its ends, no lower than nothing: `88 % – 94 %`. */
export function formatEnds({ low, high }: Estimated, format: (value: number) => string): string {
  return `${format(Math.max(0, low))} – ${format(Math.max(0, high))}`
}

/** Ends of a share, which is never more than the whole either. */
export function formatShareEnds({ low, high }: Estimated): string {
  return formatEnds({ mean: 0, low, high: Math.min(1, high) }, formatShare)
}
