import type { trafficApi } from '../../../shared/api/traffic.ts'
import { ApiError, type Handlers } from '../../../shared/contract.ts'
import { cachesSaved, localDays } from '../../engine/costs/report.ts'
import type { AdminStages } from './stages.ts'

export function trafficHandlers(stages: AdminStages): Handlers<typeof trafficApi> {
  return {
    'traffic.list': async (query) => {
      // what is still in the batch belongs on the page
      await stages.ledger.flush()
      return stages.storage.listLedger(query)
    },
    'traffic.get': async ({ id }) => {
      await stages.ledger.flush()
      const found = await stages.storage.getLedger(id)
      if (found === undefined) throw new ApiError('not-found', 'This request is not in the ledger (any more).')
      return found
    },
    'traffic.totals': async () => {
      await stages.ledger.flush()
      const since = localMidnight(stages.now())
      const [totals, [sums = []]] = await Promise.all([stages.storage.totalsSince(since), stages.storage.usageSums(localDays(since, since + 1))])
      const saved = cachesSaved(sums, (endpoint) => stages.catalog.priceOf(endpoint))
      return { since, ...totals, saved, active: stages.active() }
    },
    'live.changes': (_input, signal) => stages.live.watch(signal),
  }
}

/** The last midnight of this machine's clock, in milliseconds since the Unix epoch. */
export function localMidnight(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0)
}
