/** What the bars show: the dearest groups by themselves, the rest together. Pure. */
import type { CostGroup, CostReport } from '../../../shared/api/costs.ts'

/** As many as there are colours one can tell apart. */
export const MOST_SERIES = 7

export interface Series {
  /** undefined: all others. */
  readonly group: CostGroup | undefined
  /** 1 and up; the others are 0. */
  readonly colour: number
  /** Nano-USD by day. */
  readonly byDay: readonly number[]
}

export function seriesOf(report: CostReport): readonly Series[] {
  const shown = report.groups.filter(({ spent }) => spent > 0).slice(0, MOST_SERIES)
  const ids = new Set(shown.map(({ id }) => id))
  const own = shown.map((group, index) => ({
    group,
    colour: index + 1,
    byDay: report.days.map((day) => day.groups.find(({ id }) => id === group.id)?.spent ?? 0),
  }))
  const others = report.days.map((day) => day.groups.reduce((sum, group) => (ids.has(group.id) ? sum : sum + group.spent), 0))
  return others.some((spent) => spent > 0) ? [...own, { group: undefined, colour: 0, byDay: others }] : own
}
