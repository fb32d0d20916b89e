/**
 * A row of the ledger as the database holds it. What the engine's thread makes of a record are its plain values, in the order of the columns: an array of
 * them is cheaper to hand to another thread than text or objects, and to bind than names.
 */
import type { Tokens, UsageExtras } from '../../../shared/chat.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import type { Attempt } from '../../../shared/routing.ts'

export interface StoredRow {
  readonly id: string
  readonly at: number
  readonly source: string
  readonly caller: string | null
  readonly caller_name: string | null
  readonly dialect: string
  readonly requested: string
  readonly streamed: number
  readonly served_by: string | null
  readonly simulated: number
  readonly attempts: string
  readonly tokens_input: number | null
  readonly tokens_cache_read: number | null
  readonly tokens_cache_write_5m: number | null
  readonly tokens_cache_write_1h: number | null
  readonly tokens_output: number | null
  readonly tokens_reasoning: number | null
  readonly counted_by: string | null
  readonly cost_nano_usd: number | null
  readonly prices_as_of: string | null
  readonly cache: string | null
  readonly saved_nano_usd: number | null
  readonly outcome: string
  readonly message: string | null
  readonly status: number | null
  readonly first_event_ms: number | null
  readonly total_ms: number | null
  readonly finish: string | null
  readonly price_version: string | null
  readonly usage_more: string | null
}

/** What of the usage has no column of its own. */
export interface UsageMore {
  readonly tokens?: Tokens
  readonly extras?: UsageExtras
  readonly routed?: UsageRecord['routed']
  readonly said?: UsageRecord['said']
}

/** The id comes last, where an UPDATE needs it. */
export const COLUMNS = [
  'at',
  'source',
  'caller',
  'caller_name',
  'dialect',
  'requested',
  'streamed',
  'served_by',
  'simulated',
  'attempts',
  'tokens_input',
  'tokens_cache_read',
  'tokens_cache_write_5m',
  'tokens_cache_write_1h',
  'tokens_output',
  'tokens_reasoning',
  'counted_by',
  'cost_nano_usd',
  'prices_as_of',
  'cache',
  'saved_nano_usd',
  'outcome',
  'message',
  'status',
  'first_event_ms',
  'total_ms',
  'finish',
  'price_version',
  'usage_more',
  'id',
] as const satisfies readonly (keyof StoredRow)[]

/** In the order of `COLUMNS`. */
export type RowValues = readonly (string | number | null)[]

export function valuesOf(record: UsageRecord): RowValues {
  const { tokens } = record
  return [
    Math.round(record.at),
    record.source,
    record.caller ?? null,
    record.callerName ?? null,
    record.dialect,
    record.requested,
    record.streamed ? 1 : 0,
    record.servedBy ?? null,
    record.simulated ? 1 : 0,
    JSON.stringify(payingLast(record.attempts)),
    counted(tokens.input),
    counted(tokens.cacheRead),
    counted(tokens.cacheWrite5m),
    counted(tokens.cacheWrite1h),
    counted(tokens.output),
    counted(tokens.reasoning),
    record.countedBy ?? null,
    whole(record.cost),
    record.pricesAsOf ?? null,
    record.cache === undefined ? null : JSON.stringify(record.cache),
    whole(record.saved),
    record.outcome,
    record.message ?? null,
    whole(record.status),
    record.firstEventMs ?? null,
    record.totalMs ?? null,
    record.finish ?? null,
    record.priceVersion ?? null,
    moreOf(record),
    record.id,
  ]
}

/**
 * The sums go by the key of the last attempt (see migration 9), which of two that ran side by side need not be the one that was answered: that one is
 * written last.
 */
export function payingLast(attempts: readonly Attempt[]): readonly Attempt[] {
  if (attempts.length < 2) return attempts
  const place = attempts.findLastIndex((attempt) => 'firstEventMs' in attempt)
  const paying = attempts[place]
  return paying === undefined ? attempts : [...attempts.slice(0, place), ...attempts.slice(place + 1), paying]
}

/** null for nearly every row: it costs nothing where there is nothing. */
function moreOf({ tokens, extras, routed, said }: UsageRecord): string | null {
  const { audioInput, audioCacheRead, audioOutput, imageInput, imageOutput } = tokens
  const isCounted = [audioInput, audioCacheRead, audioOutput, imageInput, imageOutput].some((count) => count !== undefined)
  if (!isCounted && extras === undefined && routed === undefined && said === undefined) return null
  return JSON.stringify({ ...(isCounted && { tokens: { audioInput, audioCacheRead, audioOutput, imageInput, imageOutput } }), extras, routed, said })
}

/** A count that is no whole number (providers have sent such) is unknown: the STRICT column would refuse it, and with it the whole batch. */
function whole(count: number | undefined): number | null {
  return count !== undefined && Number.isSafeInteger(count) ? count : null
}

/** A count below nothing says nothing either, and would take other requests' tokens out of the sums. */
function counted(count: number | undefined): number | null {
  return count !== undefined && count >= 0 ? whole(count) : null
}

export function recordOf(stored: StoredRow): UsageRecord {
  const more: UsageMore = stored.usage_more === null ? {} : (JSON.parse(stored.usage_more) as UsageMore)
  return {
    id: stored.id,
    at: stored.at,
    source: stored.source as UsageRecord['source'],
    caller: stored.caller ?? undefined,
    callerName: stored.caller_name ?? undefined,
    dialect: stored.dialect as UsageRecord['dialect'],
    requested: stored.requested,
    streamed: stored.streamed === 1,
    servedBy: stored.served_by ?? undefined,
    simulated: stored.simulated === 1,
    attempts: (JSON.parse(stored.attempts) as Attempt[]).sort((one, other) => one.startedAt - other.startedAt),
    tokens: { ...tokensOf(stored), ...more.tokens },
    countedBy: (stored.counted_by ?? undefined) as UsageRecord['countedBy'],
    cost: costOf(stored.cost_nano_usd),
    pricesAsOf: stored.prices_as_of ?? undefined,
    cache: stored.cache === null ? undefined : (JSON.parse(stored.cache) as UsageRecord['cache']),
    saved: costOf(stored.saved_nano_usd),
    outcome: stored.outcome as UsageRecord['outcome'],
    message: stored.message ?? undefined,
    status: stored.status ?? undefined,
    firstEventMs: stored.first_event_ms ?? undefined,
    totalMs: stored.total_ms ?? undefined,
    finish: stored.finish ?? undefined,
    ...(more.extras !== undefined && { extras: more.extras }),
    ...(more.routed !== undefined && { routed: more.routed }),
    ...(more.said !== undefined && { said: more.said }),
    ...(stored.price_version !== null && { priceVersion: stored.price_version }),
  }
}

function costOf(nanoUsd: number | null): NanoUsd | undefined {
  return nanoUsd === null ? undefined : asNanoUsd(nanoUsd)
}

/** Only the buckets that somebody counted. */
function tokensOf(stored: StoredRow): Tokens {
  return {
    ...(stored.tokens_input !== null && { input: stored.tokens_input }),
    ...(stored.tokens_cache_read !== null && { cacheRead: stored.tokens_cache_read }),
    ...(stored.tokens_cache_write_5m !== null && { cacheWrite5m: stored.tokens_cache_write_5m }),
    ...(stored.tokens_cache_write_1h !== null && { cacheWrite1h: stored.tokens_cache_write_1h }),
    ...(stored.tokens_output !== null && { output: stored.tokens_output }),
    ...(stored.tokens_reasoning !== null && { reasoning: stored.tokens_reasoning }),
  }
}
