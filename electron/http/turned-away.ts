/** Who is turned away at the door leaves a row in the ledger, but not without end: any page can knock a thousand times a second. */
import type { Failure, FailureKind } from '../../shared/failure.ts'

/** So many in a minute are more than anybody reads, and fill no disk. */
const MOST_IN_A_MINUTE = 100
const MINUTE_MS = 60_000

/** Those whom nobody has let in yet. Whoever has a key is recorded always. */
const STRANGERS: ReadonlySet<FailureKind> = new Set(['forbidden', 'unauthenticated'])

/**
 * @param record writes the row
 * @param onSkipped is told of each minute after it in which some were left out, and how many
 */
export function recordedInBounds<Facts>(
  record: (facts: Facts, failure: Failure) => void,
  onSkipped: (count: number) => void,
  now: () => number,
): (facts: Facts, failure: Failure) => void {
  let since = Number.NEGATIVE_INFINITY
  let count = 0
  return (facts, failure) => {
    if (!STRANGERS.has(failure.kind)) return record(facts, failure)
    if (now() - since >= MINUTE_MS) {
      if (count > MOST_IN_A_MINUTE) onSkipped(count - MOST_IN_A_MINUTE)
      since = now()
      count = 0
    }
    if (++count <= MOST_IN_A_MINUTE) record(facts, failure)
  }
}
