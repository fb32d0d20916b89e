/** What a router is measured by. RouteLLM's definitions: arXiv 2406.18665, section 3. Pure. */

/** One question between two models: how each did, and where the router ranks it (high = strong model). */
export interface Decided {
  readonly id: string
  readonly strong: number
  readonly weak: number
  readonly score: number
}

export interface PairMetrics {
  /** Mean of the recovered gap over all shares of strong calls; 0.5 is chance. */
  readonly apgr: number
  /** Least share of strong calls that recovers 50 % and 80 % of the gap. */
  readonly cpt50: number
  readonly cpt80: number
  /** Least share of strong calls that reaches 95 % and 99 % of the strong model's own quality. */
  readonly for95: number
  readonly for99: number
}

/** Quality after each share of strong calls, in the order of the scores; equal scores are served in proportion. */
function curveOf(decided: readonly Decided[]): { readonly shares: Float64Array; readonly quality: Float64Array } {
  const order = decided.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
  const n = order.length
  const quality = new Float64Array(n + 1)
  let gained = 0
  quality[0] = mean(order.map(({ weak }) => weak))
  for (let at = 0; at < n; ) {
    let end = at
    let gain = 0
    const { score } = order[at] as Decided
    for (; end < n && (order[end] as Decided).score === score; end++) gain += (order[end] as Decided).strong - (order[end] as Decided).weak
    for (let k = at; k < end; k++) quality[k + 1] = (quality[0] as number) + (gained + (gain * (k + 1 - at)) / (end - at)) / n
    gained += gain
    at = end
  }
  return { shares: Float64Array.from({ length: n + 1 }, (_, k) => k / n), quality }
}

/** Quality at equal steps of the share of strong calls, from none to all. */
export function qualityCurve(decided: readonly Decided[], steps: number): readonly number[] {
  const { quality } = curveOf(decided)
  return Array.from({ length: steps + 1 }, (_, step) => quality[Math.round((step * decided.length) / steps)] as number)
}

export function pairMetrics(decided: readonly Decided[]): PairMetrics {
  const { shares, quality } = curveOf(decided)
  const n = decided.length
  const weak = quality[0] as number
  const strong = quality[n] as number
  let area = 0
  for (let k = 0; k < n; k++) area += (((quality[k] as number) + (quality[k + 1] as number)) / 2 - weak) / n
  const reach = (aim: number): number => {
    for (let k = 0; k <= n; k++) if ((quality[k] as number) >= aim - 1e-12) return shares[k] as number
    return 1
  }
  const gap = strong - weak
  return { apgr: area / gap, cpt50: reach(weak + 0.5 * gap), cpt80: reach(weak + 0.8 * gap), for95: reach(0.95 * strong), for99: reach(0.99 * strong) }
}

/** Mean squared error of a probability. */
export function brier(predicted: readonly number[], happened: readonly number[]): number {
  return mean(predicted.map((p, at) => (p - (happened[at] as number)) ** 2))
}

const BINS = 10

/** Expected calibration error over ten bins of equal size. */
export function calibrationError(predicted: readonly number[], happened: readonly number[]): number {
  const order = predicted.map((p, at) => [p, happened[at] as number] as const).toSorted((a, b) => a[0] - b[0])
  let error = 0
  for (let bin = 0; bin < BINS; bin++) {
    const part = order.slice(Math.floor((bin * order.length) / BINS), Math.floor(((bin + 1) * order.length) / BINS))
    if (part.length === 0) continue
    error += (part.length / order.length) * Math.abs(mean(part.map(([p]) => p)) - mean(part.map(([, y]) => y)))
  }
  return error
}

/** One question among many models: predicted quality, real quality, price. */
export interface ManyDecided {
  readonly predicted: readonly number[]
  readonly scores: readonly number[]
  readonly costs: readonly number[]
}

/**
 * Least cost, as a share of the best single model's, at which picking argmax(predicted - lambda x cost) reaches this share of its quality.
 * @param expected what each model is expected to cost, known before the call
 */
export function costAtQuality(
  decided: readonly ManyDecided[],
  expected: readonly (readonly number[])[],
  shares: readonly number[],
): readonly (number | undefined)[] {
  const best = bestSingle(decided)
  const unit = meanOf(decided, ({ costs }) => costs[best] as number)
  const found: (number | undefined)[] = shares.map(() => undefined)
  const target = meanOf(decided, ({ scores }) => scores[best] as number)
  for (let step = 0; step <= LAMBDAS; step++) {
    const lambda = step === LAMBDAS ? 0 : 10 ** (2 - (5 * step) / LAMBDAS)
    let quality = 0
    let cost = 0
    for (const [at, { predicted, scores, costs }] of decided.entries()) {
      let pick = 0
      let most = Number.NEGATIVE_INFINITY
      for (let m = 0; m < predicted.length; m++) {
        const value = (predicted[m] as number) - (lambda * ((expected[at] as readonly number[])[m] as number)) / unit
        if (value > most) {
          most = value
          pick = m
        }
      }
      quality += scores[pick] as number
      cost += costs[pick] as number
    }
    quality /= decided.length
    cost /= decided.length
    for (const [k, share] of shares.entries()) if (quality >= share * target && cost / unit < (found[k] ?? Number.POSITIVE_INFINITY)) found[k] = cost / unit
  }
  return found
}

const LAMBDAS = 160

export function bestSingle(decided: readonly Pick<ManyDecided, 'scores'>[]): number {
  const models = decided[0]?.scores.length ?? 0
  const means = Array.from({ length: models }, (_, m) => meanOf(decided, ({ scores }) => scores[m] as number))
  return means.indexOf(Math.max(...means))
}

/** The cheapest random mixture of two models that reaches each share of the best single model's quality. */
export function fixedMix(decided: readonly ManyDecided[], shares: readonly number[]): readonly number[] {
  const best = bestSingle(decided)
  const models = decided[0]?.scores.length ?? 0
  const quality = Array.from({ length: models }, (_, m) => meanOf(decided, ({ scores }) => scores[m] as number))
  const cost = Array.from({ length: models }, (_, m) => meanOf(decided, ({ costs }) => costs[m] as number))
  const unit = cost[best] as number
  return shares.map((share) => {
    const target = share * (quality[best] as number)
    let least = Number.POSITIVE_INFINITY
    for (let a = 0; a < models; a++) {
      if ((quality[a] as number) < target) continue
      least = Math.min(least, cost[a] as number)
      for (let b = 0; b < models; b++) {
        if ((quality[b] as number) >= target || (cost[b] as number) >= (cost[a] as number)) continue
        const part = (target - (quality[b] as number)) / ((quality[a] as number) - (quality[b] as number))
        least = Math.min(least, part * (cost[a] as number) + (1 - part) * (cost[b] as number))
      }
    }
    return least / unit
  })
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

function meanOf<T>(rows: readonly T[], value: (row: T) => number): number {
  let total = 0
  for (const row of rows) total += value(row)
  return total / Math.max(1, rows.length)
}
