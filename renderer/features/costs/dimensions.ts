import type { CostDimension } from '../../../shared/api/costs.ts'

/** As the contract has them; its module stays out of the window, for it brings the schemas along. */
export const COST_DIMENSION_IDS = ['model', 'provider', 'client', 'key'] as const satisfies readonly CostDimension[]
