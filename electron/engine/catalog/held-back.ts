/** Prices that moved so far that they are more likely a mistake than a change: they wait for the user's word. */
import type { EndpointId } from '../../../shared/ids.ts'
import type { Prices } from '../../../shared/routing.ts'

/** A tenfold move is a shifted decimal point more often than a new price. */
const MOST = 10

export interface HeldPrice {
  readonly endpoint: EndpointId
  readonly before: Prices
  readonly after: Prices
}

/** Whether input or output moved more than tenfold, up or down. From nothing to something, and back, is as far as can be. */
export function movedTooFar(before: Prices | undefined, after: Prices | undefined): boolean {
  if (before === undefined || after === undefined) return false
  return (['input', 'output'] as const).some((bucket) => {
    const old = before.microUsdPerMillion[bucket]
    const now = after.microUsdPerMillion[bucket]
    if (old === undefined || now === undefined || old === now) return false
    return old === 0 || now === 0 || Math.max(old, now) > MOST * Math.min(old, now)
  })
}

/** The figures that were accepted: another move needs another word. */
export function markOf({ microUsdPerMillion: { input, output } }: Prices): string {
  return `${input ?? ''}/${output ?? ''}`
}
