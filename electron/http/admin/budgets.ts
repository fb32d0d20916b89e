import type { BudgetState, budgetsApi } from '../../../shared/api/budgets.ts'
import type { Handlers } from '../../../shared/contract.ts'
import type { BudgetLimits } from '../../../shared/settings.ts'
import type { AdminStages } from './stages.ts'

export function budgetsHandlers(stages: AdminStages): Handlers<typeof budgetsApi> {
  const list = async (): Promise<readonly BudgetState[]> => {
    const names = new Map(stages.clientKeys.list().map(({ id, name }) => [id, name]))
    const standings = await stages.budgets.standings()
    return standings.map(({ client, ...standing }) => ({ ...standing, client: client === undefined ? undefined : { id: client, name: names.get(client) } }))
  }
  return {
    'budgets.list': list,
    'budgets.set': ({ client, day, month }) => {
      const { budgets } = stages.settings()
      const limits: BudgetLimits = { ...(day !== null && { day }), ...(month !== null && { month }) }
      if (client === undefined) stages.updateSettings({ budgets: { ...budgets, overall: limits } })
      else {
        const { [client]: _before, ...others } = budgets.clients
        stages.updateSettings({ budgets: { ...budgets, clients: day === null && month === null ? others : { ...others, [client]: limits } } })
      }
      stages.live.changed('settings')
      return list()
    },
  }
}
