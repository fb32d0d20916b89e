import { beforeEach, describe, expect, it, vi } from 'vitest'

vi.mock('../../../renderer/client/client.ts', async () => ({ client: (await import('../support/memory.ts')).client }))

import { settings } from '../../../renderer/client/mirrors.ts'
import { changeLimit, changeOrigins, changePriceList } from '../../../renderer/features/settings/actions.ts'
import { GROUPS } from '../../../renderer/features/settings/items.ts'
import { ATTEMPTS, CAPTURE, KEEP_RESPONSES, MERGING, ROUTING, TIMEOUTS } from '../../../renderer/features/settings/limits.ts'
import { groupsFor } from '../../../renderer/features/settings/search.ts'
import { useRefusals } from '../../../renderer/features/settings/store.ts'
import { SETTINGS_TEXTS } from '../../../renderer/features/settings/texts.ts'
import { KILOBYTES, PLAIN, parsed, SECONDS, shown } from '../../../renderer/features/settings/units.ts'
import { USUAL_PRICE_LIST } from '../../../shared/price-list.ts'
import { settingsSchema } from '../../../shared/settings.ts'
import { intercept, reset, sent } from '../support/memory.ts'

const defaults = settingsSchema.parse({})
const limits = [...TIMEOUTS, ...ATTEMPTS, ...ROUTING, ...MERGING, ...CAPTURE, KEEP_RESPONSES]

describe('numbers with units', () => {
  it('are shown and read in the same unit', () => {
    for (const limit of limits) {
      const value = limit.read(defaults)
      expect(parsed(shown(value, limit.unit), limit.unit, limit.least, limit.most)).toEqual({ is: 'number', value })
    }
  })

  it('take a comma and fractions of a second', () => {
    expect(parsed(' 1,5 ', SECONDS, 100, 10_000)).toEqual({ is: 'number', value: 1500 })
  })

  it.each([
    ['', 'Type a number.'],
    ['abc', 'Type a number.'],
    ['-3', 'Type a number.'],
    ['1e9', 'Type a number.'],
    ['0.01', 'At least 0.1 s.'],
    ['99', 'At most 10 s.'],
  ])('refuse “%s” in words', (text, why) => {
    expect(parsed(text, SECONDS, 100, 10_000)).toEqual({ is: 'refused', why })
  })

  it('name bounds in the field’s own unit', () => {
    expect(parsed('0', KILOBYTES, 1024, 4096)).toEqual({ is: 'refused', why: 'At least 1 KB.' })
    expect(parsed('0', PLAIN, 1, 50)).toEqual({ is: 'refused', why: 'At least 1.' })
  })
})

describe('limits', () => {
  it.each(limits.map((limit) => [limit.path, limit] as const))('%s allows nothing that the engine refuses', (_, limit) => {
    for (const value of [limit.least, limit.most]) expect(settingsSchema.safeParse({ ...defaults, ...limit.write(defaults, value) }).success).toBe(true)
  })

  it.each(limits.map((limit) => [limit.path, limit] as const))('%s changes only itself', (_, limit) => {
    const after = { ...defaults, ...limit.write(defaults, limit.most) }
    expect(limit.read(after)).toBe(limit.most)
    for (const other of limits) if (other !== limit) expect(other.read(after)).toBe(other.read(defaults))
  })
})

describe('the settings', () => {
  it('are found by any words of theirs, on all pages', () => {
    const found = (query: string) => groupsFor('general', query, SETTINGS_TEXTS.en).flatMap(({ items }) => items.map(({ path }) => path))
    expect(found('demo key opens')).toEqual(['demoKey'])
    expect(found('dark')).toEqual(['theme'])
    expect(found('nothing is called this')).toEqual([])
    expect(groupsFor('appearance', '', SETTINGS_TEXTS.en).map(({ id }) => id)).toEqual(['appearance'])
  })

  it('write only what they read', () => {
    for (const item of GROUPS.flatMap(({ items }) => items)) {
      if (item.kind === 'toggle') expect(item.read({ ...defaults, ...item.write(defaults, !item.read(defaults)) })).toBe(!item.read(defaults))
      if (item.kind === 'choice') for (const value of item.values) expect(item.read({ ...defaults, ...item.write(defaults, value) })).toBe(value)
    }
  })

  it('take no origin that is none', async () => {
    reset()
    await changeOrigins('https://app.example.com/\nhttps://app.example.com/path')
    expect(useRefusals.getState().allowedOrigins).toContain('/path')
    expect(sent.some(({ route }) => route === 'settings.update')).toBe(false)
    await changeOrigins(' https://app.example.com/ \n\nhttp://localhost:3000')
    expect(useRefusals.getState().allowedOrigins).toBeUndefined()
    const state = settings.store.getState()
    expect(state.is === 'ready' && state.value.allowedOrigins).toEqual(['https://app.example.com', 'http://localhost:3000'])
  })
})

describe('the address of the price list', () => {
  beforeEach(async () => {
    reset()
    useRefusals.setState({}, true)
    await settings.refresh()
  })
  const now = () => {
    const state = settings.store.getState()
    if (state.is !== 'ready') throw new Error('no settings')
    return state.value
  }

  it('is taken, and nothing is the usual one again', async () => {
    await changePriceList(now(), ' https://prices.example/list.json ')
    expect(now().catalog).toEqual({ refresh: 'off', priceList: 'https://prices.example/list.json' })
    await changePriceList(now(), '')
    expect(now().catalog.priceList).toBe(USUAL_PRICE_LIST)
  })

  it.each(['prices.example', 'file:///etc/passwd', 'ftp://prices.example'])('is not %s', async (text) => {
    await changePriceList(now(), text)
    expect(useRefusals.getState()['catalog.priceList']).toContain('https://')
    expect(sent.some(({ route }) => route === 'settings.update')).toBe(false)
  })
})

describe('changing a limit', () => {
  beforeEach(async () => {
    reset()
    useRefusals.setState({}, true)
    await settings.refresh()
  })
  const [connect] = TIMEOUTS

  it('holds at once', async () => {
    if (connect === undefined) throw new Error('no limits')
    await changeLimit(connect, defaults, 2_500)
    const state = settings.store.getState()
    expect(state.is === 'ready' && state.value.timeouts).toEqual({ ...defaults.timeouts, connectMs: 2_500 })
  })

  it('asks nothing when nothing changed', async () => {
    if (connect === undefined) throw new Error('no limits')
    await changeLimit(connect, defaults, connect.read(defaults))
    expect(sent.some(({ route }) => route === 'settings.update')).toBe(false)
  })

  it('puts a refusal below its field', async () => {
    if (connect === undefined) throw new Error('no limits')
    intercept(async () => Response.json({ ok: false, failure: { kind: 'bad-input', message: 'timeouts.connectMs: too small', field: 'timeouts.connectMs' } }))
    await changeLimit(connect, defaults, 2_500)
    expect(useRefusals.getState()).toEqual({ 'timeouts.connectMs': 'too small' })
  })
})
