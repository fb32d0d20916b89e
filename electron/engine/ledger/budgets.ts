import type { RoutePlan } from '../../../shared/routing.ts'
import type { Caller } from '../request.ts'

/** Money set aside before a request goes out and settled after it. */
export interface Budgets {
  /** @throws Failure when the caller's budget cannot bear the plan's worst case. */
  reserve(plan: RoutePlan, caller: Caller): Promise<void>
}

/** Not built yet: nobody has a budget. Listed as a pass-through in the README. */
export const passThroughBudgets: Budgets = { reserve: async () => undefined }
