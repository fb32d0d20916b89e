/** Made-up spending for drawing the Costs screen: the same for the same day. */
import { reconcile, utcDays } from '../../electron/engine/costs/reconcile.ts'
import { costReport, localDays } from '../../electron/engine/costs/report.ts'
import type { UsageSums } from '../../electron/engine/storage/usage.ts'
import type { CostDimension, CostReport } from '../../shared/api/costs.ts'
import type { ExportGroup, Reconciliation } from '../../shared/api/reconcile.ts'
import { asNanoUsd } from '../../shared/money.ts'
import { MODELS } from './fake-models.ts'

const CLIENTS = [
  { caller: 'client-0', callerName: 'Claude Code' },
  { caller: 'client-1', callerName: 'Cursor' },
  { caller: 'playground', callerName: 'Playground' },
] as const

export function fakeCosts(from: number, until: number, by: CostDimension): CostReport {
  const days = localDays(from, until)
  return costReport(by, days, days.map(usedOn), {
    priceOf: (endpoint) => MODELS.find(({ id }) => id === endpoint)?.price,
    providerName: (id) => MODELS.find(({ provider }) => provider === id)?.providerName,
    keyLabel: (id) => (id === 'cred-1' ? 'Work' : undefined),
  })
}

export function fakeReconciliation(provider: string, groups: readonly ExportGroup[]): Reconciliation {
  return reconcile(provider, groups, utcDays(groups).map(usedOn))
}

function usedOn(day: { readonly from: number }): readonly UsageSums[] {
  const weekday = new Date(day.from).getDay()
  const busy = weekday === 0 || weekday === 6 ? 1 : 4
  return MODELS.filter(({ simulated, runsLocally }) => !simulated && !runsLocally).map(({ id, price }, index) => {
    const requests = busy * (1 + ((Math.floor(day.from / 86_400_000) * (index + 3)) % 9))
    return {
      endpoint: id,
      ...(CLIENTS[index % CLIENTS.length] ?? CLIENTS[0]),
      credential: index % 3 === 0 ? 'cred-1' : 'cred-gone',
      simulated: false,
      requests,
      unpriced: price === undefined ? requests : 0,
      spent: asNanoUsd(price === undefined ? 0 : requests * 31_000_000 * (index + 1)),
      saved: asNanoUsd(price === undefined ? 0 : requests * 4_000_000),
      savedUnknown: 0,
      tokens: {
        input: requests * 900,
        cacheRead: requests * 2_400,
        cacheWrite5m: requests * 120,
        cacheWrite1h: 0,
        output: requests * 340,
        reasoning: requests * 80,
      },
    }
  })
}
