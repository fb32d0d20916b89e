import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { CostDimension, CostReport } from '../../../shared/api/costs.ts'
import { client } from '../../client/client.ts'
import { type Mirrored, mirrorOf } from '../../client/mirror.ts'
import type { Range } from './ranges.ts'

interface Choices {
  readonly range: Range
  readonly by: CostDimension
}

/** What is looked at; remembered, so that the screen is as it was left. */
export const useChoices = create<Choices>()(
  persist(() => ({ range: { preset: 'week', first: '', last: '' }, by: 'model' }) as Choices, { name: 'switchyard.costs', version: 1 }),
)

/** How budgets stand, followed as requests are paid for. */
export const budgets = mirrorOf(() => client['budgets.list']({}), ['settings', 'traffic', 'clients'], 2_000)

/** The report for the choices; the last one stays until the next is there. */
export const useReport = create<Mirrored<CostReport>>(() => ({ is: 'loading' }))
