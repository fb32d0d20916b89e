import type { reconcileApi } from '../../../shared/api/reconcile.ts'
import { ApiError, type Handlers } from '../../../shared/contract.ts'
import { MOST_RECONCILED_DAYS } from '../../../shared/reconcile-limits.ts'
import { reconcile, utcDays } from '../../engine/costs/reconcile.ts'
import type { AdminStages } from './stages.ts'

export function reconcileHandlers(stages: AdminStages): Handlers<typeof reconcileApi> {
  return {
    'costs.reconcile': async ({ provider, groups }) => {
      const days = utcDays(groups)
      if (days.length > MOST_RECONCILED_DAYS) {
        throw new ApiError('bad-input', `The export covers ${days.length} days. At most ${MOST_RECONCILED_DAYS} are compared at once; choose a shorter period.`)
      }
      // what is still in the batch belongs to the sums
      await stages.ledger.flush()
      return reconcile(provider, groups, await stages.storage.usageSums(days))
    },
  }
}
