import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

vi.mock('../../../renderer/client/client.ts', async () => ({ client: (await import('../support/memory.ts')).client }))
const toasts: { readonly text: string; readonly undo: (() => void) | undefined }[] = []
const failures: string[] = []
vi.mock('../../../renderer/ui/toast.tsx', () => ({
  showToast: (text: string, undo?: () => void) => toasts.push({ text, undo }),
  showFailure: (text: string) => failures.push(text),
}))

import { live } from '../../../renderer/client/live.ts'
import {
  allowAgain,
  callWrong,
  clearMatching,
  closeEntry,
  compareKeys,
  countMatching,
  deleteEntry,
  fetchFirstPage,
  fetchNevers,
  followCache,
  forbidRequest,
  keepWarm,
  lateRequests,
  neverCache,
  openEntry,
  pin,
  setCurrent,
  setFilter,
  setLife,
  toggleEntry,
} from '../../../renderer/features/cache/actions.ts'
import { ownNames, withUse } from '../../../renderer/features/cache/settings/scopes.ts'
import { EMPTY_CACHE, useCache } from '../../../renderer/features/cache/store.ts'
import { isEmptyPart, lifeLeft, scopeName } from '../../../renderer/features/cache/words.ts'
import { NO_ROUTING, type RoutingConfig } from '../../../shared/routing-config.ts'
import type { FakeEngine } from '../../support/fake-api.ts'
import { intercept, reset, sent, until } from '../support/memory.ts'

let engine: FakeEngine
let leave: () => void
let stop: AbortController

function rows() {
  const { list } = useCache.getState()
  return list.is === 'ready' ? list.rows : []
}
const keys = () => rows().map((row) => row.key)
function detail() {
  const { open } = useCache.getState()
  if (open.is !== 'ready') throw new Error(`the drawer is ${open.is}`)
  return open.detail
}

beforeEach(async () => {
  engine = reset()
  toasts.length = 0
  failures.length = 0
  useCache.setState(EMPTY_CACHE, true)
  stop = new AbortController()
  void live.run(stop.signal)
  leave = followCache()
  await until(() => expect(rows()).toHaveLength(6))
})
afterEach(() => {
  leave()
  stop.abort()
  engine.close()
})

describe('the list', () => {
  it('asks for what the filter says, and drops answers to an older question', async () => {
    setFilter({ text: 'mutex' })
    await until(() => expect(rows().map((row) => row.question)).toEqual(['What is the difference between a mutex and a semaphore?']))
    setFilter({ text: '', kind: 'semantic' })
    await until(() => expect(rows()).toMatchObject([{ kind: 'semantic' }]))
    setFilter({ kind: 'all', sort: 'hits' })
    await until(() => expect(rows().map((row) => row.hits)).toEqual([14, 12, 10, 6, 4, 0]))
    expect(JSON.parse(sent.findLast(({ route }) => route === 'cache.list')?.body ?? '')).toEqual({ sort: 'hits', limit: 100 })
  })

  it('keeps what it shows when the engine is away', async () => {
    intercept(async () => Response.json({ ok: false, failure: { kind: 'unavailable', message: 'away' } }))
    await fetchFirstPage()
    expect(rows()).toHaveLength(6)
  })
})

describe('an entry', () => {
  it('opens, follows the current row, and closes on the second click', async () => {
    const [first = '', second = ''] = keys()
    await openEntry(first)
    expect(detail().entry.key).toBe(first)
    setCurrent(second)
    await until(() => expect(detail().entry.key).toBe(second))
    toggleEntry(second)
    expect(useCache.getState().open.is).toBe('closed')
    expect(useCache.getState().current).toBe(second)
  })

  it('is deleted at once and comes back by undo', async () => {
    const [first = ''] = keys()
    await openEntry(first)
    await deleteEntry(first)
    expect(useCache.getState().open.is).toBe('closed')
    await until(() => expect(keys()).not.toContain(first))
    toasts.at(-1)?.undo?.()
    await until(() => expect(keys()).toContain(first))
  })

  it('is pinned and unpinned, and lives as long as it is told', async () => {
    const entry = rows()[0]
    if (entry === undefined) throw new Error('there is no entry')
    await openEntry(entry.key)
    await pin(entry)
    expect(detail().entry).toMatchObject({ pinned: true })
    await pin(detail().entry)
    expect(detail().entry.pinned).toBe(false)
    expect(await setLife(entry.key, 3_600)).toBeUndefined()
    expect(lifeLeft(detail().entry, Date.now())).toBe('1 h')
  })

  it('is left out for ever, unless that is undone', async () => {
    const [first = ''] = keys()
    await neverCache(first)
    await until(() => expect(keys()).not.toContain(first))
    toasts.at(-1)?.undo?.()
    await until(() => expect(keys()).toContain(first))
    expect(sent.some(({ route, body }) => route === 'cache.never' && body.includes('"allow":true'))).toBe(true)
  })

  it('stands in the list of what is never cached, and leaves it there again', async () => {
    const [first = ''] = keys()
    await neverCache(first)
    await fetchNevers()
    expect(useCache.getState().nevers).toMatchObject({ is: 'ready', rows: [{ key: first, question: expect.stringContaining('two-factor') }] })
    await allowAgain(first)
    expect(useCache.getState().nevers).toEqual({ is: 'ready', rows: [] })
    expect(await forbidRequest('a request')).toMatch(/no id/)
    expect(await forbidRequest('gen-7')).toBeUndefined()
    expect(useCache.getState().nevers).toMatchObject({ rows: [{ key: Buffer.from('gen-7').toString('hex').padEnd(64, '0') }] })
    intercept(async () => Response.json({ ok: false, failure: { kind: 'unavailable', message: 'away' } }))
    await fetchNevers()
    expect(useCache.getState().nevers).toMatchObject({ is: 'failed', failure: { message: 'away' } })
  })

  it('stays when one of its hits was wrong, and goes when its answer was', async () => {
    const [first = ''] = keys()
    await openEntry(first)
    await callWrong(first, detail().hits[0])
    expect(toasts.at(-1)?.text).toMatch(/Learned/)
    expect(keys()).toContain(first)
    await callWrong(first, undefined)
    await until(() => expect(keys()).not.toContain(first))
  })

  it('says what went wrong', async () => {
    closeEntry()
    await deleteEntry('f'.repeat(64))
    intercept(async () => Response.json({ ok: false, failure: { kind: 'unavailable', message: 'away' } }))
    await deleteEntry('e'.repeat(64))
    expect(failures).toEqual(['away'])
  })
})

it('clears what a filter means after counting it, and brings it back by undo', async () => {
  expect(await countMatching({ kind: 'semantic' })).toBe(1)
  expect(rows()).toHaveLength(6)
  expect(await clearMatching({ kind: 'semantic' })).toBeUndefined()
  await until(() => expect(rows()).toHaveLength(5))
  expect(toasts.at(-1)?.text).toBe('1 answer removed.')
  toasts.at(-1)?.undo?.()
  await until(() => expect(rows()).toHaveLength(6))
})

it('tells two requests apart by the parts of their keys', async () => {
  expect(await compareKeys('gen-1', 'gen-1')).toMatchObject({ same: true })
  expect(await compareKeys('gen-1', keys()[0] ?? '')).toMatchObject({ same: false, differences: [{ part: 'parameters' }] })
  expect(await compareKeys('gen-1', 'two words')).toMatch(/no id/)
  expect((await lateRequests())[0]).toEqual({ id: expect.any(String), model: expect.any(String), at: expect.any(Number) })
})

describe('aliases and presets', () => {
  const routing: RoutingConfig = {
    ...NO_ROUTING,
    aliases: { fast: { models: [{ model: 'a/b' }], balance: 'in-order' } },
    presets: { terse: { models: ['fast'], parameters: {}, overrides: false, systemPlace: 'before', cache: { enabled: true, ttlSeconds: 60, semantic: true } } },
  }

  it('say how they use the cache', () => {
    expect(ownNames(routing)).toEqual([
      { is: 'alias', name: 'fast', use: 'default' },
      { is: 'preset', name: 'terse', use: 'semantic' },
    ])
  })

  it('are changed one at a time, and keep how long answers are kept', () => {
    const fast = withUse(routing, { is: 'alias', name: 'fast' }, 'semantic')
    expect(fast.aliases.fast?.cache).toEqual({ enabled: true, semantic: true })
    expect(fast.presets).toEqual(routing.presets)
    expect(withUse(routing, { is: 'preset', name: 'terse' }, 'off').presets.terse?.cache).toEqual({ enabled: false, ttlSeconds: 60 })
    expect(withUse(routing, { is: 'preset', name: 'terse' }, 'default').presets.terse?.cache).toBeUndefined()
    expect(withUse(routing, { is: 'alias', name: 'gone' }, 'off')).toEqual(routing)
  })
})

describe('words', () => {
  it.each([
    [undefined, 'never'],
    [-1, 'expired'],
    [45 * 60_000, '45 min'],
    [30 * 3_600_000, '30 h'],
    [12 * 86_400_000, '12 days'],
  ])('of a life of %s ms are %s', (left, words) => {
    expect(lifeLeft({ expiresAt: left === undefined ? undefined : 1_000_000 + left }, 1_000_000)).toBe(words)
  })

  it('name whose an entry is', () => {
    const cursor = { id: 'client-1', name: 'Cursor', last4: '', createdAt: 0, lastUsedAt: undefined }
    expect(scopeName('client-1', [cursor])).toBe('Cursor')
    expect(scopeName('everyone', [])).toBe('every client key')
    expect(scopeName('client-2', [cursor])).toBe('a client key that is gone')
  })

  it('see that a part of a key says nothing', () => {
    for (const text of ['', 'null', '[]', '[[],null,null]']) expect(isEmptyPart(text)).toBe(true)
    expect(isEmptyPart('{"temperature":0}')).toBe(false)
  })
})

describe('the prompt cache', () => {
  it('shows what is warm, and keeps it when asked, telling the cost', async () => {
    await until(() => useCache.getState().warm?.length === 2)
    const [first, second] = useCache.getState().warm ?? []
    if (first === undefined || second === undefined) throw new Error('two prefixes are warm')
    await keepWarm(first)
    expect(toasts.at(-1)?.text).toBe('Kept warm for $0.0456.')
    expect(useCache.getState().warm?.[0]?.until).toBeGreaterThan(first.until)
    await keepWarm(second)
    expect(failures).toEqual(['This prefix is not warm any more.'])
  })
})
