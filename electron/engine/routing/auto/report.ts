/** What automatic routing has come to on the user's own traffic, with intervals, so that a few requests do not read like many. Pure. */
import type { AutoCalibration, AutoReplay, AutoSavings, Estimated } from '../../../../shared/api/auto.ts'
import type { AutoDecision, Evidence } from '../../../../shared/auto.ts'
import { asNanoUsd } from '../../../../shared/money.ts'
import { curveOf } from './retrain.ts'

/** Normal quantile of 95 %. */
const Z = 1.96
const MOST_REGRETS = 20
const BASELINES = ['model asked for', 'best single cheap model', 'fixed mix'] as const

/** Mean and 95 % interval by the normal approximation; a single value has an interval of no width that says little. */
export function estimated(values: readonly number[]): Estimated {
  if (values.length === 0) return { mean: 0, low: 0, high: 0 }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.length < 2 ? 0 : values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  const half = Z * Math.sqrt(variance / values.length)
  return { mean, low: mean - half, high: mean + half }
}

/** Wilson's interval for a share of good answers (1927), which holds for few judgements too. */
export function wilson(share: number, count: number): Estimated {
  const z = Z * Z
  const centre = (share + z / (2 * count)) / (1 + z / count)
  const half = (Z / (1 + z / count)) * Math.sqrt((share * (1 - share)) / count + z / (4 * count * count))
  return { mean: share, low: centre - half, high: centre + half }
}

/** Expected costs on both sides, since only one of the two was really paid. */
export function savingsOf(decisions: readonly AutoDecision[]): AutoSavings {
  return {
    requests: decisions.length,
    against: BASELINES.map((baseline) => {
      const pairs = decisions.flatMap(({ order: [chosen], baselines }) => {
        const rival = baselines.find(({ against }) => against === baseline)
        if (chosen?.cost === undefined || rival?.cost === undefined) return []
        return [{ saved: rival.cost - chosen.cost, quality: chosen.quality - rival.quality }]
      })
      return {
        baseline,
        saved: asNanoUsd(pairs.reduce((sum, { saved }) => sum + saved, 0)),
        quality: estimated(pairs.map(({ quality }) => quality)),
        requests: pairs.length,
      }
    }),
  }
}

export function calibrationOf(judged: readonly { readonly evidence: Evidence; readonly expected: number }[]): AutoCalibration {
  const { brier, parts } = curveOf(
    judged.map(({ expected }) => expected),
    judged.map(({ evidence }) => evidence),
  )
  return {
    judgements: judged.length,
    brier,
    parts: parts.map(({ expected, judged: share, count }) => ({ expected, judged: wilson(share, count), count })),
    regrets: judged
      .filter(({ evidence, expected }) => evidence.quality < expected)
      .toSorted((a, b) => b.expected - b.evidence.quality - (a.expected - a.evidence.quality))
      .slice(0, MOST_REGRETS),
  }
}

export function replayOf(slider: number, decisions: readonly AutoDecision[]): AutoReplay {
  const chosen = decisions.flatMap(({ order: [first] }) => (first === undefined ? [] : [first]))
  const counts = Map.groupBy(chosen, ({ model }) => model)
  return {
    slider,
    requests: decisions.length,
    quality: estimated(chosen.map(({ quality }) => quality)),
    cost: estimated(chosen.flatMap(({ cost }) => (cost === undefined ? [] : [cost]))),
    models: [...counts].map(([model, { length }]) => ({ model, requests: length })).toSorted((a, b) => b.requests - a.requests),
    elsewhere: decisions.filter(({ order: [first], baselines }) => first?.model !== baselines.find(({ against }) => against === 'model asked for')?.model)
      .length,
    rivals: BASELINES.map((against) => {
      const rivals = decisions.flatMap(({ baselines }) => baselines.filter((baseline) => baseline.against === against))
      return {
        against,
        quality: estimated(rivals.map(({ quality }) => quality)),
        cost: estimated(rivals.flatMap(({ cost }) => (cost === undefined ? [] : [cost]))),
        requests: rivals.length,
      }
    }),
    savings: savingsOf(decisions),
  }
}
