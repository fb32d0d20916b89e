/** What was spent in a day and in a month of this machine's clock, and what is set aside beside that. */
import type { Ms } from '../../../shared/ids.ts'

export const BUDGET_PERIODS = ['day', 'month'] as const
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number]

/** From the first moment to before the second. */
export type Spans = Readonly<Record<BudgetPeriod, { readonly from: Ms; readonly until: Ms }>>

/** The local day and month that a moment is in. */
export function spansAt(now: Ms): Spans {
  const date = new Date(now)
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()]
  return {
    day: { from: new Date(year, month, day).getTime(), until: new Date(year, month, day + 1).getTime() },
    month: { from: new Date(year, month, 1).getTime(), until: new Date(year, month + 1, 1).getTime() },
  }
}

/** In nano-USD. */
export class Purse {
  readonly spent: Record<BudgetPeriod, number> = { day: 0, month: 0 }
  reserved = 0

  /** What was spent at a moment counts for the day and the month it was in, as in the ledger; nothing where those are over. */
  add(sum: number, at: Ms, spans: Spans): void {
    for (const period of BUDGET_PERIODS) if (at >= spans[period].from) this.spent[period] += sum
  }
}
