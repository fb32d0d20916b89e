import type { Measured } from '../../../shared/api/models.ts'
import { totalOutput } from '../../../shared/chat.ts'
import type { EndpointId, Ms, RequestId } from '../../../shared/ids.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import type { Storage } from '../storage/storage.ts'

const SPAN_MS = 7 * 86_400_000
const PAGE_ROWS = 500
/** More change no median that people could tell apart. */
const MOST_ROWS = 5_000
/** A rate over a shorter writing says nothing. */
const LEAST_WRITING_MS = 100

/** How fast an endpoint answered the requests of the last seven days. Rejects as the storage does. */
export async function measure(endpoint: EndpointId, now: Ms, storage: Pick<Storage, 'ledgerServedBy'>): Promise<Measured> {
  const since = now - SPAN_MS
  const rows: UsageRecord[] = []
  let after: RequestId | undefined
  do {
    const page = await storage.ledgerServedBy(endpoint, since, after, PAGE_ROWS)
    rows.push(...page.filter(isOwnAnswer))
    after = page.length < PAGE_ROWS ? undefined : page.at(-1)?.id
  } while (after !== undefined && rows.length < MOST_ROWS)
  const firsts = rows.flatMap(({ firstEventMs }) => firstEventMs ?? []).sort((a, b) => a - b)
  const rates = rows.flatMap((row) => rateOf(row) ?? []).sort((a, b) => a - b)
  return { since, requests: rows.length, firstEventMs: atShare(firsts, 0.5), slowFirstEventMs: atShare(firsts, 0.95), tokensPerSecond: atShare(rates, 0.5) }
}

/** The endpoint itself answered it, to the end. */
function isOwnAnswer({ outcome, cache }: UsageRecord): boolean {
  return outcome === 'ok' && (cache === undefined || cache.kind === 'miss' || cache.kind === 'refresh')
}

function rateOf({ tokens, firstEventMs, totalMs, streamed }: UsageRecord): number | undefined {
  const output = totalOutput(tokens)
  if (!streamed || output === undefined || output === 0 || firstEventMs === undefined || totalMs === undefined) return undefined
  const writingMs = totalMs - firstEventMs
  return writingMs < LEAST_WRITING_MS ? undefined : (output / writingMs) * 1000
}

/** The value below which this share of the sorted ones lies (nearest rank). */
function atShare(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
}
