import type { Database } from 'better-sqlite3'
import type { Ms } from '../../../shared/ids.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import type { SpentBy, UsageSpan, UsageSums, UsageTokens } from './usage.ts'

const QUARTER_MS = 900_000

interface Stored {
  readonly endpoint: string
  readonly caller: string
  readonly credential: string
  readonly simulated: number
  readonly caller_name: string | null
  readonly requests: number
  readonly unpriced: number
  readonly spent: number
  readonly input: number
  readonly cacheRead: number
  readonly cacheWrite5m: number
  readonly cacheWrite1h: number
  readonly output: number
  readonly reasoning: number
  readonly saved: number
  readonly savedUnknown: number
}

/** The sums kept beside the ledger: triggers correct them where its rows change. */
export function usageTable(database: Database) {
  const within = database.prepare<[number, number], Stored>(`
    SELECT endpoint, caller, credential, simulated, max(caller_name) AS caller_name,
      sum(requests) AS requests, sum(unpriced) AS unpriced, sum(spent_nano_usd) AS spent,
      sum(tokens_input) AS input, sum(tokens_cache_read) AS cacheRead, sum(tokens_cache_write_5m) AS cacheWrite5m,
      sum(tokens_cache_write_1h) AS cacheWrite1h, sum(tokens_output) AS output, sum(tokens_reasoning) AS reasoning,
      sum(saved_nano_usd) AS saved, sum(saved_unknown) AS savedUnknown
    FROM usage_quarters WHERE quarter >= ? AND quarter < ?
    GROUP BY endpoint, caller, credential, simulated HAVING sum(requests) > 0`)

  const before = database.prepare<[number, number, number, number], { caller: string; spent: number }>(`
    SELECT caller, sum(spent) AS spent FROM (
      SELECT caller, spent_nano_usd AS spent FROM usage_quarters WHERE quarter >= ? AND quarter < ?
      UNION ALL
      SELECT ifnull(caller, '') AS caller, ifnull(cost_nano_usd, 0) AS spent FROM ledger WHERE at >= ? AND at < ?
    ) GROUP BY caller`)
  const routed = database.prepare<[number, number], { saved: number | null }>(
    'SELECT sum(saved_nano_usd) AS saved FROM routing_saved WHERE quarter >= ? AND quarter < ?',
  )

  return {
    /** What each caller has spent from a quarter's beginning to before a moment; '' stands for nobody. */
    spentBefore: (since: Ms, until: Ms): readonly SpentBy[] => {
      const [from, to] = [Math.floor(since / QUARTER_MS), Math.floor(until / QUARTER_MS)]
      return before.all(from, to, Math.max(since, to * QUARTER_MS), until).map(({ caller, spent }) => ({ caller, spent: asNanoUsd(spent) }))
    },
    /** For each span what choices of ours saved. */
    routed: (spans: readonly UsageSpan[]): readonly NanoUsd[] =>
      spans.map(({ from, until }) => asNanoUsd(routed.get(Math.floor(from / QUARTER_MS), Math.floor(until / QUARTER_MS))?.saved ?? 0)),
    /** For each span its sums. Spans are taken in whole quarters of an hour. */
    sums: (spans: readonly UsageSpan[]): readonly (readonly UsageSums[])[] =>
      spans.map(({ from, until }) => within.all(Math.floor(from / QUARTER_MS), Math.floor(until / QUARTER_MS)).map(toSums)),
  }
}

function toSums(stored: Stored): UsageSums {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning } = stored
  const tokens: UsageTokens = { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning }
  return {
    endpoint: stored.endpoint === '' ? undefined : stored.endpoint,
    caller: stored.caller === '' ? undefined : stored.caller,
    callerName: stored.caller_name ?? undefined,
    credential: stored.credential === '' ? undefined : stored.credential,
    simulated: stored.simulated === 1,
    requests: stored.requests,
    unpriced: stored.unpriced,
    spent: asNanoUsd(stored.spent),
    tokens,
    saved: asNanoUsd(stored.saved),
    savedUnknown: stored.savedUnknown,
  }
}
