import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

vi.mock('../../../renderer/client/client.ts', async () => ({ client: (await import('../support/memory.ts')).client }))

import { live } from '../../../renderer/client/live.ts'
import {
  clearFilter,
  closeDetail,
  fetchFirstPage,
  followTraffic,
  loadOlder,
  openDetail,
  setCurrent,
  setFilter,
} from '../../../renderer/features/traffic/actions.ts'
import { EMPTY_TRAFFIC, useTraffic } from '../../../renderer/features/traffic/store.ts'
import type { FakeEngine } from '../../support/fake-api.ts'
import { intercept, reset, sent, until } from '../support/memory.ts'
import { record } from '../support/records.ts'

// Node has no frames; without one the list would wait for its timer for hidden windows.
vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw, 0))
vi.stubGlobal('cancelAnimationFrame', (timer: number) => clearTimeout(timer))

let engine: FakeEngine
let leave: () => void
let stop: AbortController

function rows() {
  const { list } = useTraffic.getState()
  return list.is === 'ready' ? list.rows : []
}
const listCalls = () => sent.filter(({ route }) => route === 'traffic.list').length

async function follow(past: number): Promise<void> {
  engine = reset({ past })
  useTraffic.setState(EMPTY_TRAFFIC, true)
  stop = new AbortController()
  void live.run(stop.signal)
  leave = followTraffic()
  await until(() => expect(rows()).toHaveLength(Math.min(past, 100)))
  await until(() => expect(live.connection.getState().is).toBe('live'))
}

beforeEach(() => follow(60))
afterEach(() => {
  leave()
  stop.abort()
  engine.close()
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
      if (request.url.endsWith('traffic.list')) await held
      return answer
    })
    const fetching = fetchFirstPage()
    await until(() => expect(listCalls()).toBeGreaterThan(1))
    engine.record(record('new', Date.now()))
    await until(() => expect(rows()[0]?.id).toBe('new'))
    release()
    await fetching
    expect(rows()[0]?.id).toBe('new')
  })

  it('asks the engine for what fits, and drops the answer to an older filter', async () => {
    setFilter({ outcome: 'failed' })
    await until(() => expect(rows().length).toBeLessThan(60))
    expect(rows().every((row) => row.outcome !== 'ok')).toBe(true)
    setFilter({ text: 'time' })
    setFilter({ text: 'timeout' })
    await until(() => expect(rows().every((row) => row.outcome === 'timeout')).toBe(true))
    expect(sent.some(({ body }) => body.includes('"text":"time"'))).toBe(false)
    clearFilter()
    await until(() => expect(rows()).toHaveLength(60))
  })

  it('keeps a live request out of a list it does not fit', async () => {
    setFilter({ outcome: 'failed' })
    await until(() => expect(rows().length).toBeLessThan(60))
    const before = rows().length
    engine.record(record('good', Date.now()))
    engine.record(record('poor', Date.now(), { outcome: 'timeout' }))
    await until(() => expect(rows()).toHaveLength(before + 1))
    expect(rows()[0]?.id).toBe('poor')
  })

  it('stays browsable when the engine is away, also through the filter', async () => {
    intercept(() => Promise.reject(new TypeError('offline')))
    await fetchFirstPage()
    expect(rows()).toHaveLength(60)
    setFilter({ outcome: 'failed' })
    await until(() => expect(rows().length).toBeLessThan(60))
    expect(rows().every((row) => row.outcome !== 'ok')).toBe(true)
  })

  it('says so when there is nothing to show and the engine is away', async () => {
    useTraffic.setState(EMPTY_TRAFFIC, true)
    intercept(() => Promise.reject(new TypeError('offline')))
    await fetchFirstPage()
    expect(useTraffic.getState().list).toMatchObject({ is: 'failed', failure: { kind: 'unavailable' } })
  })

  it('asks again after the stream of changes was interrupted', async () => {
    const before = listCalls()
    engine.dropStreams()
    await until(() => expect(listCalls()).toBe(before + 1))
  })
})

describe('older pages', () => {
  beforeEach(async () => {
    leave()
    stop.abort()
    await follow(250)
  })

  it('come one after the other and end', async () => {
    await loadOlder()
    expect(rows()).toHaveLength(200)
    await loadOlder()
    expect(rows()).toHaveLength(250)
    const before = listCalls()
    await loadOlder()
    expect(listCalls()).toBe(before)
    expect(new Set(rows().map((row) => row.id)).size).toBe(250)
  })

  it('are asked for once, however often the end comes into sight', async () => {
    const before = listCalls()
    await Promise.all([loadOlder(), loadOlder(), loadOlder()])
    expect(listCalls()).toBe(before + 1)
  })

  it('stay when the first page is brought up to date', async () => {
    await loadOlder()
    engine.record(record('new', Date.now()))
    await fetchFirstPage()
    expect(rows()).toHaveLength(201)
    await loadOlder()
    expect(rows()).toHaveLength(251)
  })

  it('can be asked for again after a failure', async () => {
    intercept(() => Promise.reject(new TypeError('offline')))
    await loadOlder()
    expect(useTraffic.getState().list).toMatchObject({ more: 'failed' })
    intercept(undefined)
    await loadOlder()
    expect(rows()).toHaveLength(200)
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
