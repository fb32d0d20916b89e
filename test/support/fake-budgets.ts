/** Budgets of the fake engine: one for everybody, one of a client key. */
import type { BudgetState, budgetsApi } from '../../shared/api/budgets.ts'
import type { Handlers } from '../../shared/contract.ts'
import { asNanoUsd } from '../../shared/money.ts'

const NAMES: Readonly<Record<string, string>> = { 'client-0': 'Claude Code', 'client-1': 'Cursor' }

export function fakeBudgets(tell: (topic: 'settings') => void): Handlers<typeof budgetsApi> {
  let limits: Readonly<Record<string, { readonly day: number | null; readonly month: number | null }>> = {
    '': { day: 5, month: 100 },
    'client-0': { day: 2, month: null },
  }
  const list = (): readonly BudgetState[] =>
    Object.entries(limits).flatMap(([client, of]) =>
      (['day', 'month'] as const).flatMap((period) => {
        const usd = of[period]
        if (usd === null) return []
        return {
          client: client === '' ? undefined : { id: client, name: NAMES[client] },
          period,
          limit: asNanoUsd(Math.round(usd * 1e9)),
          spent: asNanoUsd(period === 'day' ? 1_700_000_000 : 31_000_000_000),
          reserved: asNanoUsd(40_000_000),
          resetsAt: new Date(2026, 11, period === 'day' ? 2 : 31).getTime(),
        }
      }),
    )
  return {
    'budgets.list': list,
    'budgets.set': ({ client = '', day, month }) => {
      limits = { ...limits, [client]: { day, month } }
      tell('settings')
      return list()
    },
  }
}
