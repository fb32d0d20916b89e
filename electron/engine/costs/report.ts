/** The Costs screen's figures out of the sums the database keeps. Pure: what it needs comes in. */
import type { CostDimension, CostGroup, CostReport, CostSums } from '../../../shared/api/costs.ts'
import type { CredentialId, EndpointId, Ms } from '../../../shared/ids.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import type { Prices } from '../../../shared/routing.ts'
import type { UsageSpan, UsageSums } from '../storage/usage.ts'
import { feeNotPaid, promptCacheSaving, responseCacheSaving, routingSaving } from './savings.ts'

/** More days make bars thinner than a pixel. */
const MOST_DAYS = 400

/** The local days from the one of `from` to the last that begins before `until`. Clock changes make days of 23 and 25 hours. */
export function localDays(from: Ms, until: Ms): readonly UsageSpan[] {
  const days: UsageSpan[] = []
  const start = new Date(from)
  start.setHours(0, 0, 0, 0)
  while (start.getTime() < until && days.length < MOST_DAYS) {
    const at = start.getTime()
    start.setDate(start.getDate() + 1)
    days.push({ from: at, until: start.getTime() })
  }
  return days
}

/** What the response cache and prompt caches saved, as the report counts it. Simulated answers are left out. */
export function cachesSaved(sums: readonly UsageSums[], priceOf: ReportFacts['priceOf']): NanoUsd {
  const real = [sums.filter(({ simulated }) => !simulated)]
  return asNanoUsd([responseCacheSaving(real), promptCacheSaving(real, priceOf)].reduce((sum, saving) => sum + saving.amount, 0))
}

export interface ReportFacts {
  readonly priceOf: (endpoint: EndpointId) => Prices | undefined
  readonly providerName: (id: string) => string | undefined
  readonly keyLabel: (id: CredentialId) => string | undefined
}

/** `sums` holds one list for each of `days`, `routed` what routing saved on it. */
export function costReport(
  by: CostDimension,
  days: readonly UsageSpan[],
  sums: readonly (readonly UsageSums[])[],
  facts: ReportFacts,
  routed: readonly NanoUsd[] = [],
): CostReport {
  const real = days.map((span, index) => ({ at: span.from, sums: (sums[index] ?? []).filter(({ simulated }) => !simulated) }))
  const groupsOf = (rows: readonly UsageSums[]): readonly CostGroup[] =>
    [...Map.groupBy(rows, (row) => groupId(by, row))]
      .map(([id, within]) => ({ id, name: nameOf(by, id, within, facts), ...sumOf(within) }))
      .toSorted((one, other) => other.spent - one.spent || other.requests - one.requests || one.id.localeCompare(other.id))
  const all = real.flatMap((day) => day.sums)
  return {
    from: days[0]?.from ?? 0,
    until: days.at(-1)?.until ?? 0,
    by,
    total: sumOf(all),
    days: real.map((day) => ({ at: day.at, ...sumOf(day.sums), groups: groupsOf(day.sums) })),
    groups: groupsOf(all),
    saved: {
      responseCache: responseCacheSaving(real.map((day) => day.sums)),
      promptCache: promptCacheSaving(
        real.map((day) => day.sums),
        facts.priceOf,
      ),
      routing: routingSaving(days.map((_, index) => routed[index] ?? asNanoUsd(0))),
      fee: feeNotPaid(real),
    },
  }
}

function groupId(by: CostDimension, { endpoint, caller, credential }: UsageSums): string {
  switch (by) {
    case 'model':
      return endpoint ?? ''
    case 'provider':
      return endpoint?.split('/', 1)[0] ?? ''
    case 'client':
      return caller ?? ''
    case 'key':
      return credential ?? ''
  }
}

function nameOf(by: CostDimension, id: string, rows: readonly UsageSums[], { providerName, keyLabel }: ReportFacts): string | undefined {
  if (id === '') return undefined
  switch (by) {
    case 'model':
      return id
    case 'provider':
      return providerName(id) ?? id
    case 'client':
      return rows.findLast(({ callerName }) => callerName !== undefined)?.callerName
    case 'key':
      return keyLabel(id)
  }
}

function sumOf(rows: readonly UsageSums[]): CostSums {
  const sum = (of: (row: UsageSums) => number): number => rows.reduce((total, row) => total + of(row), 0)
  return {
    requests: sum(({ requests }) => requests),
    unpriced: sum(({ unpriced }) => unpriced),
    spent: asNanoUsd(sum(({ spent }) => spent)),
    tokens: {
      input: sum(({ tokens }) => tokens.input),
      cacheRead: sum(({ tokens }) => tokens.cacheRead),
      cacheWrite: sum(({ tokens }) => tokens.cacheWrite5m + tokens.cacheWrite1h),
      output: sum(({ tokens }) => tokens.output + tokens.reasoning),
    },
  }
}
