import type { Prices } from '../../../shared/routing.ts'

/** An explicit price of nothing, which is something other than no known price. `why` is shown to people. */
export function freeOfCharge(why: string): Prices {
  return { asOf: '2026-11-22', source: why, microUsdPerMillion: { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0 } }
}
