import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

vi.mock('../../../renderer/client/client.ts', async () => ({ client: (await import('../support/memory.ts')).client }))

import { live } from '../../../renderer/client/live.ts'
import { closeDetail, openDetail, setCurrent } from '../../../renderer/features/traffic/actions.ts'
import { followTraffic, goToRow, refresh, setFilter, showRange, stepRow } from '../../../renderer/features/traffic/list-actions.ts'
import { chooseForDiff, explain, openCached, remove, removeShown, togglePin } from '../../../renderer/features/traffic/request-actions.ts'
import { NO_ROWS } from '../../../renderer/features/traffic/rows.ts'
import { EMPTY_TRAFFIC, useTraffic } from '../../../renderer/features/traffic/store.ts'
import type { UsageRecord } from '../../../shared/ledger.ts'
import type { FakeEngine } from '../../support/fake-api.ts'
import { client, intercept, reset, sent, until } from '../support/memory.ts'
import { record } from '../support/records.ts'

// Node has no frames; without one the list would wait for its timer for hidden windows.
vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 0))
vi.stubGlobal('cancelAnimationFrame', (timer: number) => clearTimeout(timer))

let engine: FakeEngine
let leave: () => void
let stop: AbortController

function list() {
  const { list: now } = useTraffic.getState()
  return now.is === 'ready' ? now.rows : NO_ROWS
}
/** Those that are here. */
function rows(): readonly UsageRecord[] {
  return Array.from({ length: list().length }, (_, index) => list().at(index)).filter((row) => row !== undefined)
}
const listCalls = () => sent.filter(({ route }) => route === 'traffic.marks').length
const blockBodies = () => sent.filter(({ route }) => route === 'traffic.list').map(({ body }) => body)

async function follow(past: number): Promise<void> {
  engine = reset({ past })
  useTraffic.setState(EMPTY_TRAFFIC, true)
  stop = new AbortController()
  void live.run(stop.signal)
  leave = followTraffic()
  await until(() => expect(list()).toHaveLength(past))
  await until(() => expect(live.connection.getState().is).toBe('live'))
}

beforeEach(() => follow(60))
afterEach(() => {
  leave()
  stop.abort()
  engine.close()
})

describe('what the chips of a row lead to', () => {
  it('is why that model was chosen', async () => {
    const [row] = rows()
    if (row === undefined) throw new Error('no row')
    await explain(row.id)
    expect(useTraffic.getState()).toMatchObject({ tab: 'why', detail: { is: 'ready', id: row.id } })
  })

  it('is the cached answer', async () => {
    const location = { hash: '' }
    vi.stubGlobal('window', { location })
    engine.record(record('hit', Date.now(), { cache: { kind: 'exact', key: 'made-up-key', source: 'earlier', ageMs: 3 } }))
    await until(() => expect(rows()[0]).toMatchObject({ id: 'hit' }))
    await openCached('hit')
    expect(location.hash).toContain('cache/made-up-key')
    vi.stubGlobal('window', undefined)
  })
})

describe('the log', () => {
  it('shows a request as soon as it is opened, and its end in the same row', async () => {
    engine.record(record('new', Date.now(), { outcome: 'open', status: undefined }))
    await until(() => expect(rows()[0]).toMatchObject({ id: 'new', outcome: 'open' }))
    engine.record(record('new', Date.now()))
    await until(() => expect(rows()[0]).toMatchObject({ id: 'new', outcome: 'ok' }))
    expect(rows()).toHaveLength(61)
  })

  it('keeps what happened while a page was on its way', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    intercept(async (request, pass) => {
      const answer = await pass(request)
      if (request.url.endsWith('traffic.marks')) await held
      return answer
    })
    const fetching = refresh()
    await until(() => expect(listCalls()).toBeGreaterThan(1))
    engine.record(record('new', Date.now()))
    await until(() => expect(rows()[0]?.id).toBe('new'))
    release()
    await fetching
    expect(rows()[0]?.id).toBe('new')
  })

  it('asks the engine for what fits, and drops the answer to an older filter', async () => {
    setFilter('is:failed')
    await until(() => expect(rows().length).toBeLessThan(60))
    expect(rows().every((row) => row.outcome !== 'ok')).toBe(true)
    setFilter('is:failed time')
    setFilter('is:failed timeout')
    await until(() => expect(rows().every((row) => row.outcome === 'timeout')).toBe(true))
    expect(sent.some(({ body }) => body.includes('"is:failed time"'))).toBe(false)
    setFilter('')
    await until(() => expect(rows()).toHaveLength(60))
  })

  it('stays as it is while a filter is half written', async () => {
    setFilter('is:failed')
    await until(() => expect(rows().length).toBeLessThan(60))
    const [before, calls] = [rows().length, listCalls()]
    setFilter('is:failed model:')
    await refresh()
    expect(rows()).toHaveLength(before)
    expect(listCalls()).toBe(calls + 1)
  })

  it('keeps a live request out of a list it does not fit', async () => {
    setFilter('is:failed')
    await until(() => expect(rows().length).toBeLessThan(60))
    const before = rows().length
    engine.record(record('good', Date.now()))
    engine.record(record('poor', Date.now(), { outcome: 'timeout' }))
    await until(() => expect(rows()).toHaveLength(before + 1))
    expect(rows()[0]?.id).toBe('poor')
  })

  it('stays browsable when the engine is away, also through the filter', async () => {
    intercept(() => Promise.reject(new TypeError('offline')))
    await refresh()
    expect(rows()).toHaveLength(60)
    setFilter('is:failed')
    await until(() => expect(rows().length).toBeLessThan(60))
    expect(rows().every((row) => row.outcome !== 'ok')).toBe(true)
  })

  it('says so when there is nothing to show and the engine is away', async () => {
    useTraffic.setState(EMPTY_TRAFFIC, true)
    intercept(() => Promise.reject(new TypeError('offline')))
    await refresh()
    expect(useTraffic.getState().list).toMatchObject({ is: 'failed', failure: { kind: 'unavailable' } })
  })

  it('asks again after the stream of changes was interrupted', async () => {
    const before = listCalls()
    engine.dropStreams()
    await until(() => expect(listCalls()).toBe(before + 1))
  })
})

describe('a long list', () => {
  beforeEach(async () => {
    leave()
    stop.abort()
    await follow(5_000)
  })

  it('has its whole length at once, and of its rows those near the screen', async () => {
    await until(() => expect(list().at(200)).toBeDefined())
    expect(list().at(2_000)).toBeUndefined()
    showRange(2_000, 2_030)
    await until(() => expect(list().at(2_015)).toBeDefined())
    expect(list().at(2_015)?.id).toBe('past-2985')
  })

  it('lets rows go that are far away, so that memory stays bounded', async () => {
    for (let first = 0; first < 5_000; first += 100) {
      showRange(first, first + 30)
      await until(() => expect(list().at(first)).toBeDefined())
    }
    expect(list().blocks.size).toBeLessThanOrEqual(40)
    expect(list()).toHaveLength(5_000)
  })

  it('asks for a block once, however often it comes into sight', async () => {
    await until(() => expect(list().at(280)).toBeDefined())
    // the list is fetched once more when the stream of changes begins, and then asks for the blocks in sight again: not meanwhile
    await until(() => expect(listCalls()).toBeGreaterThan(1))
    await refresh()
    const known = new Set(blockBodies())
    for (let count = 0; count < 5; count++) showRange(3_000, 3_030)
    await until(() => expect(list().at(3_000)).toBeDefined())
    await until(() => expect(list().at(3_250)).toBeDefined())
    const asked = blockBodies().filter((body) => !known.has(body))
    expect(asked.length).toBeGreaterThan(0)
    expect(new Set(asked).size).toBe(asked.length)
  })

  it('moves rows in sight by nothing but what came above them', async () => {
    showRange(2_000, 2_030)
    await until(() => expect(list().at(2_000)).toBeDefined())
    const id = list().at(2_000)?.id
    engine.record(record('new', Date.now()))
    await until(() => expect(list()).toHaveLength(5_001))
    expect(list().at(2_001)?.id).toBe(id)
    await refresh()
    expect(list().at(2_001)?.id).toBe(id)
  })

  it('goes to a row that is not here yet', async () => {
    goToRow(4_999)
    await until(() => expect(useTraffic.getState().current).toBe('past-0001'))
    stepRow(-1)
    expect(useTraffic.getState().current).toBe('past-0002')
  })

  it('says that a part is missing, and has it after another try', async () => {
    intercept(() => Promise.reject(new TypeError('offline')))
    showRange(3_000, 3_030)
    await until(() => expect(useTraffic.getState().list).toMatchObject({ stale: true }))
    intercept(undefined)
    await refresh()
    await until(() => expect(list().at(3_000)).toBeDefined())
    expect(useTraffic.getState().list).toMatchObject({ stale: false })
  })
})

describe('what is done with requests', () => {
  it('pins one, and says so in its row', async () => {
    await togglePin('past-0060')
    await until(() => expect(rows()[0]?.pinned).toBe(true))
    await togglePin('past-0060')
    await until(() => expect(rows()[0]?.pinned).toBe(false))
  })

  it('deletes one and goes on to the next, and only counts when asked to', async () => {
    setCurrent('past-0060')
    await remove('past-0060')
    expect(rows()).toHaveLength(59)
    expect(useTraffic.getState().current).toBe('past-0059')
    const answer = await client['traffic.remove']({ what: { filter: 'is:failed' }, dryRun: true })
    expect(answer).toMatchObject({ ok: true, value: { rows: 15, pinned: 0, open: 0 } })
    expect(rows()).toHaveLength(59)
  })

  it('deletes what is shown but for what is pinned', async () => {
    await togglePin('past-0060')
    expect(await removeShown('')).toBeUndefined()
    expect(rows().map(({ id }) => id)).toEqual(['past-0060'])
  })

  it('puts two requests side by side', async () => {
    await chooseForDiff('past-0060')
    await chooseForDiff('past-0058')
    expect(useTraffic.getState().difference).toMatchObject({ is: 'open', one: { record: { id: 'past-0060' } }, other: { record: { id: 'past-0058' } } })
    await chooseForDiff('past-0060')
    await chooseForDiff('past-0060')
    expect(useTraffic.getState().difference).toEqual({ is: 'none' })
  })
})

describe('the drawer', () => {
  it('walks along with the list while it is open, and only then', async () => {
    setCurrent('past-0060')
    expect(useTraffic.getState().detail.is).toBe('closed')
    await openDetail('past-0060')
    setCurrent('past-0059')
    await until(() => expect(useTraffic.getState().detail).toMatchObject({ is: 'ready', id: 'past-0059' }))
  })

  it('shows the request that was asked for last, whichever answer comes first', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    intercept(async (request, pass) => {
      if (request.url.endsWith('traffic.get') && (await request.clone().text()).includes('past-0060')) await held
      return pass(request)
    })
    const slow = openDetail('past-0060')
    await openDetail('past-0058')
    release()
    await slow
    expect(useTraffic.getState().detail).toMatchObject({ is: 'ready', id: 'past-0058' })
  })

  it('gets the bodies of a running request when it has ended', async () => {
    engine.record(record('live-1', Date.now(), { outcome: 'open', status: undefined }))
    await openDetail('live-1')
    expect(useTraffic.getState().detail).toMatchObject({ is: 'ready', detail: { record: { outcome: 'open' } } })
    engine.record(record('live-1', Date.now()))
    await until(() => {
      const { detail } = useTraffic.getState()
      expect(detail.is === 'ready' && detail.detail.exchange !== undefined && detail.detail.record.outcome).toBe('ok')
    })
  })

  it('stays closed when it was closed before the answer came', async () => {
    const opening = openDetail('past-0060')
    closeDetail()
    await opening
    expect(useTraffic.getState().detail.is).toBe('closed')
  })
})
