import { beforeEach, expect, it, vi } from 'vitest'

vi.mock('../../../renderer/client/client.ts', async () => ({ client: (await import('../support/memory.ts')).client }))

import { setBudget } from '../../../renderer/features/costs/actions.ts'
import { budgets } from '../../../renderer/features/costs/store.ts'
import { reset } from '../support/memory.ts'

const shown = (): readonly [string | undefined, string, number][] => {
  const state = budgets.store.getState()
  if (state.is !== 'ready') throw new Error('budgets are not loaded')
  return state.value.map(({ client, period, limit }) => [client?.id, period, limit / 1e9])
}

beforeEach(async () => {
  reset()
  await budgets.refresh()
})

it('are set for everybody and for a client key, and taken away', async () => {
  await setBudget(undefined, { day: 3, month: null })
  await setBudget('client-0', { day: null, month: null })
  await setBudget('client-1', { day: 0, month: 20.5 })
  expect(shown()).toEqual([
    [undefined, 'day', 3],
    ['client-1', 'day', 0],
    ['client-1', 'month', 20.5],
  ])
})
