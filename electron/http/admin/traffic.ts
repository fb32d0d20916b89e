import type { TrafficDetail, trafficApi } from '../../../shared/api/traffic.ts'
import { ApiError, type Handlers } from '../../../shared/contract.ts'
import type { TrafficFilter } from '../../../shared/traffic/filter.ts'
import { parseFilter } from '../../../shared/traffic/parse-filter.ts'
import { viewOf } from '../../engine/auto-past.ts'
import { cachesSaved, localDays } from '../../engine/costs/report.ts'
import { billOf } from '../../engine/ledger/bill.ts'
import { localMidnight } from '../../engine/local-midnight.ts'
import { pastQuestion } from '../../engine/past-question.ts'
import { askedBy } from '../../engine/replay-routing.ts'
import { RESTORABLE_MS } from '../../engine/storage/traffic-storage.ts'
import { whyUnusable } from './providers.ts'
import type { AdminStages } from './stages.ts'

export function trafficHandlers(stages: AdminStages): Handlers<typeof trafficApi> {
  const { storage, ledger, live, catalog, now } = stages

  const detailOf = async (id: string) => {
    // what is still in the batch belongs to it
    await ledger.flush()
    const found = await storage.getLedger(id)
    if (found === undefined) throw new ApiError('not-found', { code: 'no-request' })
    return found
  }
  const billed = async ({ record, exchange }: Pick<TrafficDetail, 'record' | 'exchange'>) => {
    const { servedBy, requested } = record
    if (servedBy === undefined || Object.keys(record.tokens).length === 0) return undefined
    await catalog.ready()
    const versions = record.priceVersion === undefined ? [] : await storage.listPriceVersions(servedBy)
    const version = versions.find(({ id }) => id === record.priceVersion)?.prices
    const planned = exchange?.plan?.candidates.find(({ endpoint }) => endpoint.id === servedBy)?.endpoint.price
    const current = catalog.priceOf(servedBy)
    const prices =
      (version && ({ prices: version, from: 'version' } as const)) ??
      (planned && ({ prices: planned, from: 'plan' } as const)) ??
      (current && ({ prices: current, from: 'now' } as const))
    const asked = catalog.resolve(requested)
    return billOf(record, {
      prices,
      asked: asked.is === 'found' && asked.endpoint.id !== servedBy ? { endpoint: asked.endpoint.id, prices: catalog.priceOf(asked.endpoint.id) } : undefined,
    })
  }

  return {
    'traffic.list': async ({ filter, ...query }) => {
      await ledger.flush()
      return storage.listLedger({ ...query, filter: filterOf(filter), now: now() })
    },
    'traffic.marks': async ({ filter, every }) => {
      await ledger.flush()
      return storage.traffic.ledgerMarks(filterOf(filter), every, now())
    },
    'traffic.get': async ({ id }) => {
      const detail = await detailOf(id)
      return { ...detail, bill: await billed(detail) }
    },
    'traffic.totals': async () => {
      await ledger.flush()
      const since = localMidnight(now())
      const [totals, [sums = []]] = await Promise.all([storage.totalsSince(since), storage.usageSums(localDays(since, since + 1))])
      const saved = cachesSaved(sums, (endpoint) => catalog.priceOf(endpoint))
      return { since, ...totals, saved, active: stages.active() }
    },
    'traffic.pin': async ({ id, pinned }) => {
      await ledger.flush()
      if (!(await storage.traffic.pinRequest(id, pinned, now()))) throw new ApiError('not-found', { code: 'no-request' })
      const { record } = await detailOf(id)
      const marked = { ...record, pinned }
      live.row(marked)
      return marked
    },
    'traffic.remove': async ({ what, dryRun }) => {
      await ledger.flush()
      const removal = 'ids' in what ? what : { filter: filterOf(what.filter) }
      if (dryRun) return { ...(await storage.traffic.countRemoval(removal, now())), removal: undefined }
      const at = now()
      await storage.traffic.forgetRemoved(at - RESTORABLE_MS)
      const removed = await storage.traffic.removeRequests(removal, at)
      live.changed('traffic-list')
      return { ...removed, removal: at }
    },
    'traffic.restore': async ({ removal }) => {
      if (removal < now() - RESTORABLE_MS) throw new ApiError('not-found', { code: 'bodies-gone' })
      const restored = await storage.traffic.restoreRequests(removal)
      live.changed('traffic-list')
      return { restored }
    },
    'traffic.replay': async ({ id }) => {
      const { record, exchange } = await detailOf(id)
      const asked = exchange && askedBy(record, exchange)
      if (asked === undefined) throw new ApiError('conflict', { code: 'cannot-resend' })
      return { id: stages.resend(asked) }
    },
    'traffic.question': async ({ id }) => {
      const { record, exchange } = await detailOf(id)
      const view = exchange && viewOf({ record, exchange })
      if (view === undefined) throw new ApiError('conflict', { code: 'cannot-compare' })
      await catalog.ready()
      const usable = new Map([...stages.providers().values()].map((provider) => [provider.id, whyUnusable(provider, stages) === undefined]))
      const endpoints = catalog.endpoints().filter(({ id: each, provider }) => each === record.servedBy || usable.get(provider) === true)
      return pastQuestion(view, record.servedBy ?? record.requested, endpoints)
    },
    'traffic.filters': () => storage.traffic.listTrafficFilters(),
    'traffic.saveFilter': async ({ name, filter }) => {
      filterOf(filter)
      await storage.traffic.putTrafficFilter({ name, filter }, now())
      live.changed('traffic-list')
      return null
    },
    'traffic.dropFilter': async ({ name }) => {
      if (!(await storage.traffic.removeTrafficFilter(name))) throw new ApiError('not-found', { code: 'no-filter' })
      live.changed('traffic-list')
      return null
    },
    'live.changes': (_input, signal) => live.watch(signal),
  }
}

/** @throws ApiError 'bad-input' with the place of what cannot be understood */
function filterOf(text: string | undefined): TrafficFilter {
  const { terms, problems } = parseFilter(text ?? '')
  const [problem] = problems
  if (problem === undefined) return terms
  throw new ApiError('bad-input', { code: 'filter-unclear', from: problem.start + 1, to: problem.end, word: problem.word, problem: problem.kind }, 'filter')
}
