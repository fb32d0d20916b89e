/** The Traffic screen's part of the fake engine: the list by places and filters, marks of the user's own, removals, replays. */

import { billOf } from '../../electron/engine/ledger/bill.ts'
import { readCursor, writeCursor } from '../../electron/engine/storage/ledger-cursor.ts'
import type { ModelRow } from '../../shared/api/providers.ts'
import type { Bill, SavedFilter, trafficApi } from '../../shared/api/traffic.ts'
import { ApiError, type Handlers } from '../../shared/contract.ts'
import type { UsageRecord } from '../../shared/ledger.ts'
import { asNanoUsd } from '../../shared/money.ts'
import { matchesFilter } from '../../shared/traffic/match-filter.ts'
import { parseFilter } from '../../shared/traffic/parse-filter.ts'
import { exchangeOf } from './fake-exchange.ts'

export interface FakeTrafficFacts {
  /** Newest first; changed in place. */
  readonly rows: UsageRecord[]
  readonly write: (record: UsageRecord) => void
  readonly tell: () => void
  readonly models: readonly ModelRow[]
}

type Handled = Omit<Handlers<typeof trafficApi>, 'live.changes'>

export function fakeTraffic({ rows, write, tell, models }: FakeTrafficFacts): Handled {
  const removed = new Map<number, readonly UsageRecord[]>()
  let filters: readonly SavedFilter[] = []
  let serial = 0

  const sort = (): void => void rows.sort(newestFirst)
  const fitting = (text = ''): readonly UsageRecord[] => {
    const { terms, problems } = parseFilter(text)
    const [problem] = problems
    if (problem !== undefined) throw new ApiError('bad-input', `'${problem.word}' cannot be understood.`, 'filter')
    sort()
    return terms.length === 0 ? rows : rows.filter((row) => matchesFilter(row, terms, Date.now()))
  }
  const get = (id: string): UsageRecord => {
    const record = rows.find((row) => row.id === id)
    if (record === undefined) throw new ApiError('not-found', 'There is no such request.')
    return record
  }
  const take = (going: ReadonlySet<UsageRecord>): void => {
    const left = rows.filter((row) => !going.has(row))
    rows.splice(0, rows.length, ...left)
  }

  return {
    'traffic.list': ({ limit, before, from, after, filter, text, outcome }) => {
      const wanted = fitting(filter).filter(
        (row) =>
          (text === undefined || `${row.requested} ${row.callerName} ${row.outcome}`.toLowerCase().includes(text.toLowerCase())) &&
          (outcome === undefined || (outcome === 'failed' ? row.outcome !== 'ok' && row.outcome !== 'open' : row.outcome === outcome)),
      )
      const placeOf = (cursor: string): number => {
        const at = readCursor(cursor) as UsageRecord
        const place = wanted.findIndex((row) => newestFirst(at, row) <= 0)
        return place === -1 ? wanted.length : place
      }
      if (after !== undefined) {
        const newer = wanted.slice(0, placeOf(after))
        return { rows: newer.slice(-limit), cursor: undefined }
      }
      const start = from !== undefined ? placeOf(from) : before !== undefined ? placeOf(before) + (isAt(wanted[placeOf(before)], before) ? 1 : 0) : 0
      const page = wanted.slice(start, start + limit)
      const last = page.at(-1)
      return { rows: page, cursor: start + limit < wanted.length && last !== undefined ? writeCursor(last) : undefined }
    },
    'traffic.marks': ({ filter, every }) => {
      const wanted = fitting(filter)
      return { total: wanted.length, marks: wanted.filter((_row, index) => index % every === 0).map(writeCursor) }
    },
    'traffic.get': ({ id }) => {
      const record = get(id)
      return { record, exchange: record.outcome === 'open' ? undefined : exchangeOf(record), bill: fakeBill(record, models) }
    },
    'traffic.totals': () => ({
      since: new Date().setHours(0, 0, 0, 0),
      requests: rows.length,
      spent: asNanoUsd(rows.reduce((sum, row) => sum + (row.cost ?? 0), 0)),
      unpriced: rows.filter((row) => row.outcome === 'ok' && row.cost === undefined).length,
      saved: asNanoUsd(rows.reduce((sum, row) => sum + (row.saved ?? 0), 0)),
      active: rows.filter((row) => row.outcome === 'open').length,
    }),
    'traffic.pin': ({ id, pinned }) => {
      const marked = { ...get(id), pinned }
      write(marked)
      return marked
    },
    'traffic.remove': ({ what, dryRun }) => {
      const fit = 'ids' in what ? rows.filter(({ id }) => what.ids.includes(id)) : fitting(what.filter)
      const open = fit.filter(({ outcome }) => outcome === 'open')
      const pinned = 'ids' in what ? [] : fit.filter((row) => row.pinned === true && row.outcome !== 'open')
      const going = fit.filter((row) => !open.includes(row) && !pinned.includes(row))
      const counts = { rows: going.length, pinned: pinned.length, open: open.length }
      if (dryRun) return { ...counts, removal: undefined }
      const removal = Date.now() * 1000 + ++serial
      removed.set(removal, going)
      take(new Set(going))
      tell()
      return { ...counts, removal }
    },
    'traffic.restore': ({ removal }) => {
      const back = removed.get(removal) ?? []
      removed.delete(removal)
      rows.push(...back)
      sort()
      tell()
      return { restored: back.length }
    },
    'traffic.replay': ({ id }) => {
      const record = get(id)
      const again = `again-${++serial}`
      write({ ...record, id: again, at: Date.now(), source: 'playground', callerName: 'Playground', pinned: false })
      return { id: again }
    },
    'traffic.question': ({ id }) => {
      const record = get(id)
      const served = record.servedBy ?? record.requested
      const cheaper = models.filter((row) => row.id !== served && row.usable && !row.simulated).map((row) => row.id)
      return {
        system: 'You review code.',
        prompt: 'Why does the retry loop stop after one attempt?',
        turns: 1,
        filesLeftOut: 0,
        models: [served, ...cheaper.slice(0, 2)],
        maxOutputTokens: undefined,
        temperature: undefined,
      }
    },
    'traffic.filters': () => filters,
    'traffic.saveFilter': (saved) => {
      filters = [saved, ...filters.filter(({ name }) => name !== saved.name)]
      tell()
      return null
    },
    'traffic.dropFilter': ({ name }) => {
      filters = filters.filter((each) => each.name !== name)
      tell()
      return null
    },
  }
}

function fakeBill(record: UsageRecord, models: readonly ModelRow[]): Bill | undefined {
  const prices = models.find(({ id }) => id === record.servedBy)?.price
  return billOf(record, { prices: prices && { prices, from: 'version' }, asked: undefined })
}

function newestFirst(one: Pick<UsageRecord, 'at' | 'id'>, other: Pick<UsageRecord, 'at' | 'id'>): number {
  return Math.round(other.at) - Math.round(one.at) || (one.id < other.id ? 1 : one.id > other.id ? -1 : 0)
}

function isAt(row: UsageRecord | undefined, cursor: string): boolean {
  return row !== undefined && writeCursor(row) === cursor
}
