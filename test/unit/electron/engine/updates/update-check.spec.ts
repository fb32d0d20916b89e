import { beforeEach, describe, expect, it } from 'vitest'
import { UpdateCheck } from '../../../../../electron/engine/updates/update-check.ts'

const HOUR_MS = 3_600_000
let now: number
let asked: number
let facts: Map<string, string>
beforeEach(() => {
  now = Date.UTC(2026, 10, 26)
  asked = 0
  facts = new Map()
})

function checking(settings: { check: 'off' | 'daily'; feed: string }, running = '0.1.0'): UpdateCheck {
  return new UpdateCheck({
    running,
    settings: () => settings,
    send: async () => {
      asked++
      const body = (async function* () {
        yield Buffer.from('version: 0.2.0\n')
      })()
      return { status: 200, headers: {}, body }
    },
    storage: {
      cacheFact: async (name) => facts.get(name),
      cacheSetFact: async (name, value) => void facts.set(name, value),
    },
    now: () => now,
    onChange: () => undefined,
  })
}

describe('looking by itself', () => {
  it('happens once a day at most, over restarts too, and at once at another address', async () => {
    const feed = 'https://downloads.example/latest.yml'
    const check = checking({ check: 'daily', feed })
    await check.checkIfDue()
    now += 23 * HOUR_MS
    await check.checkIfDue()
    await checking({ check: 'daily', feed }).checkIfDue()
    expect(asked).toBe(1)
    now += HOUR_MS
    await checking({ check: 'daily', feed }).checkIfDue()
    expect(asked).toBe(2)
    await checking({ check: 'daily', feed: 'https://other.example/latest.yml' }).checkIfDue()
    expect(asked).toBe(3)
  })

  it.each([
    { check: 'off', feed: 'https://downloads.example/latest.yml' },
    { check: 'daily', feed: '' },
  ] as const)('happens never with %o', async (settings) => {
    await checking(settings).checkIfDue()
    expect(asked).toBe(0)
  })
})

it('asks once for two who ask at the same time, and takes what was found for no news once it runs', async () => {
  const settings = { check: 'off', feed: 'https://downloads.example/latest.yml' } as const
  const check = checking(settings)
  const [one, other] = await Promise.all([check.check(), check.check()])
  expect(asked).toBe(1)
  expect([one, other]).toMatchObject([{ last: { is: 'newer', version: '0.2.0' } }, { last: { is: 'newer' } }])
  expect(await checking(settings, '0.2.0').status()).toMatchObject({ running: '0.2.0', last: { is: 'none-newer', version: '0.2.0' } })
})
