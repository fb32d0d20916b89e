import type { CostDimension, CostReport } from '../../../shared/api/costs.ts'
import type { ApiFailure } from '../../../shared/contract.ts'
import type { BudgetSettings } from '../../../shared/settings.ts'
import { client } from '../../client/client.ts'
import { live } from '../../client/live.ts'
import { settings } from '../../client/mirrors.ts'
import { formatDay } from '../../ui/figures.ts'
import { showFailure } from '../../ui/toast.tsx'
import { reportAsCsv } from './csv.ts'
import { type Preset, type Range, spanOf } from './ranges.ts'
import { budgets, useChoices, useReport } from './store.ts'

/** Sums are asked for at most this often while requests come in. */
const REFRESH_MS = 3_000

let asked = 0

/** Asks for what is chosen. An answer that comes after a newer question is dropped. */
export async function loadReport(): Promise<void> {
  const { range, by } = useChoices.getState()
  const span = spanOf(range, Date.now())
  if (span === undefined) return
  asked += 1
  const mine = asked
  const result = await client['costs.report']({ ...span, by })
  if (mine !== asked) return
  if (result.ok) useReport.setState({ is: 'ready', value: result.value }, true)
  else if (useReport.getState().is !== 'ready') useReport.setState({ is: 'failed', failure: result.failure }, true)
}

/** Loads now and follows the traffic until the returned function is called. */
export function followCosts(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined
      void loadReport()
    }, REFRESH_MS)
  }
  void loadReport()
  const leave = [live.on('traffic', soon), live.onResync(soon)]
  return () => {
    clearTimeout(timer)
    for (const each of leave) each()
  }
}

/** A custom range starts as the days that were in sight. */
export function choosePreset(preset: Preset): void {
  const report = useReport.getState()
  const now = Date.now()
  const first = formatDay(report.is === 'ready' ? report.value.from : now)
  useChoices.setState(({ range }) => ({ range: preset === 'custom' && range.first === '' ? { preset, first, last: formatDay(now) } : { ...range, preset } }))
  void loadReport()
}

export function chooseDays(days: Partial<Pick<Range, 'first' | 'last'>>): void {
  useChoices.setState(({ range }) => ({ range: { ...range, ...days } }))
  void loadReport()
}

export function chooseDimension(by: CostDimension): void {
  useChoices.setState({ by })
  void loadReport()
}

/** Both limits of a client key, or of everybody together, in USD; null takes one away. */
export async function setBudget(
  of: string | undefined,
  limits: { readonly day: number | null; readonly month: number | null },
): Promise<ApiFailure | undefined> {
  const result = await client['budgets.set']({ ...(of !== undefined && { client: of }), ...limits })
  if (!result.ok) return result.failure
  budgets.store.setState({ is: 'ready', value: result.value }, true)
  return undefined
}

/** What happens under a budget to requests for models without a known price. */
export async function setUnpriced(unpriced: BudgetSettings['unpriced']): Promise<void> {
  const state = settings.store.getState()
  if (state.is !== 'ready') return
  const result = await client['settings.update']({ budgets: { ...state.value.budgets, unpriced } })
  if (!result.ok) return showFailure(result.failure.message)
  settings.store.setState({ is: 'ready', value: result.value }, true)
}

/** Hands the report to the browser as a file. */
export function saveCsv(report: CostReport): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([reportAsCsv(report)], { type: 'text/csv' }))
  link.download = `switchyard-costs-${report.by}-${formatDay(report.from)}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
}
