/** What was saved, each against a stated counterfactual. Nothing here is guessed: what cannot be computed is left out and counted. */
import type { Saving } from '../../../shared/api/costs.ts'
import type { EndpointId, Ms } from '../../../shared/ids.ts'
import { asNanoUsd, type NanoUsd } from '../../../shared/money.ts'
import type { Prices } from '../../../shared/routing.ts'
import type { UsageSums } from '../storage/usage.ts'

/**
 * What OpenRouter takes when credit is bought: 5.5 %, at least $0.80 a purchase (its pricing page as of 2026-08). The month's spending is taken for one
 * purchase.
 */
export const FEE_PERCENT = 5.5
export const LEAST_FEE = asNanoUsd(800_000_000)
const CHARGES_FEE = 'openrouter'

/** A micro-USD per million tokens is a thousandth of a nano-USD per token. */
const PER_NANO_USD = 1000

/** The response cache: what the answers that it gave again would have cost, by the prices at which each of them was charged first. */
export function responseCacheSaving(days: readonly (readonly UsageSums[])[]): Saving {
  const byDay = days.map((sums) => sumOf(sums.map(({ saved }) => saved)))
  return { amount: sumOf(byDay), leftOut: days.flat().reduce((count, { savedUnknown }) => count + savedUnknown, 0), byDay }
}

/**
 * Prompt caches: what cached input would have cost as fresh input, less what writing it cost above that, at the prices of now. May be negative: a
 * cache that is written and never read costs money.
 */
export function promptCacheSaving(days: readonly (readonly UsageSums[])[], priceOf: (endpoint: EndpointId) => Prices | undefined): Saving {
  let leftOut = 0
  const byDay = days.map((sums) => {
    let saved = 0
    for (const { endpoint, tokens, requests } of sums) {
      if (tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h === 0) continue
      const price = endpoint === undefined ? undefined : priceOf(endpoint)?.microUsdPerMillion
      const { input, cacheRead, cacheWrite5m = input, cacheWrite1h = cacheWrite5m } = price ?? {}
      if (input === undefined || cacheRead === undefined) {
        leftOut += requests
        continue
      }
      saved += tokens.cacheRead * (input - cacheRead)
      saved -= tokens.cacheWrite5m * ((cacheWrite5m ?? input) - input) + tokens.cacheWrite1h * ((cacheWrite1h ?? input) - input)
    }
    return asNanoUsd(Math.round(saved / PER_NANO_USD))
  })
  return { amount: sumOf(byDay), leftOut, byDay }
}

/** Routing: as each request was settled, see `routedOf`. */
export function routingSaving(byDay: readonly NanoUsd[]): Saving {
  return { amount: sumOf(byDay), leftOut: 0, byDay }
}

/**
 * The fee of a credit reseller on what was paid to providers directly. Each calendar month in the range counts as one purchase; its fee is spread over
 * the days in proportion to what they cost.
 */
export function feeNotPaid(days: readonly { readonly at: Ms; readonly sums: readonly UsageSums[] }[]): Saving {
  const direct = days.map(({ sums }) => sumOf(sums.filter(({ endpoint }) => endpoint?.startsWith(`${CHARGES_FEE}/`) !== true).map(({ spent }) => spent)))
  const months = Map.groupBy(
    days.map(({ at }, index) => ({ month: monthOf(at), index })),
    ({ month }) => month,
  )
  const byDay = days.map(() => asNanoUsd(0))
  for (const within of months.values()) {
    const spent = sumOf(within.map(({ index }) => direct[index] ?? asNanoUsd(0)))
    if (spent === 0) continue
    const fee = Math.max(Math.round((spent * FEE_PERCENT) / 100), LEAST_FEE)
    for (const { index } of within) byDay[index] = asNanoUsd(Math.round((fee * (direct[index] ?? 0)) / spent))
  }
  const leftOut = days.reduce((sum, day) => sum + day.sums.reduce((count, { unpriced }) => count + unpriced, 0), 0)
  return { amount: sumOf(byDay), leftOut, byDay }
}

function monthOf(at: Ms): number {
  const day = new Date(at)
  return day.getFullYear() * 12 + day.getMonth()
}

function sumOf(amounts: readonly NanoUsd[]): NanoUsd {
  return asNanoUsd(amounts.reduce<number>((sum, each) => sum + each, 0))
}
