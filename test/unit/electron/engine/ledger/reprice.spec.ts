import { expect, it } from 'vitest'
import { reprice } from '../../../../../electron/engine/ledger/reprice.ts'
import type { RowCost } from '../../../../../electron/engine/storage/storage.ts'
import type { UsageRecord } from '../../../../../shared/ledger.ts'
import { asNanoUsd } from '../../../../../shared/money.ts'
import { closedRow } from '../../../../support/ledger-rows.ts'

const PRICES = { asOf: '2026-11-01', source: 'test', microUsdPerMillion: { input: 2_000_000, output: 2_000_000 } }
const charged = (id: string, more: Partial<UsageRecord>): UsageRecord => closedRow(id, { servedBy: 'openai/m', tokens: { input: 1000, output: 0 }, ...more })

it('charges anew what was charged by the list, and nothing else', async () => {
  const hit = { key: 'k', source: 'a', ageMs: 1 } as const
  const rows = [
    charged('a', { cost: asNanoUsd(5) }),
    charged('b', { cost: undefined }),
    charged('c', { cost: asNanoUsd(0), cache: { kind: 'exact', ...hit } }),
    charged('d', { cost: asNanoUsd(0), cache: { kind: 'merged', with: 'a' } }),
    charged('e', { cost: asNanoUsd(7), extras: { reportedCost: asNanoUsd(7) } }),
    charged('f', { cost: asNanoUsd(2_000_000) }),
    charged('g', { cost: undefined, extras: { serviceTier: 'priority' } }),
  ]
  const written: RowCost[] = []
  const storage = {
    ledgerServedBy: async (_endpoint: string, _since: number, after: string | undefined, limit: number) =>
      rows.filter(({ id }) => id > (after ?? '')).slice(0, limit),
    setCosts: async (costs: readonly RowCost[]) => void written.push(...costs),
  }
  expect(await reprice({ endpoint: 'openai/m', prices: PRICES, version: 'v2', since: 0 }, storage)).toEqual({ rows: 2, before: 5, after: 4_000_000 })
  expect(written).toEqual(['a', 'b'].map((id) => ({ id, cost: 2_000_000, pricesAsOf: '2026-11-01', priceVersion: 'v2' })))
})
