import { describe, expect, it } from 'vitest'
import { MoneyBudgets } from '../../../../../electron/engine/ledger/budgets.ts'
import type { ChatView } from '../../../../../shared/chat.ts'
import { Failure } from '../../../../../shared/failure.ts'
import { asNanoUsd, type NanoUsd } from '../../../../../shared/money.ts'
import type { Endpoint, RoutePlan } from '../../../../../shared/routing.ts'
import { type Settings, settingsSchema } from '../../../../../shared/settings.ts'

const usd = (dollars: number): NanoUsd => asNanoUsd(Math.round(dollars * 1e9))
const CALLER = { id: 'c', name: 'Cursor', opens: 'everything' } as const
const VIEW = {} as ChatView
const endpoint = (id: string): Endpoint => ({
  ...{ id, provider: 'p', upstreamModel: id, name: id, protocol: 'openai-chat', price: undefined, can: undefined, runsLocally: false, simulated: false },
  limits: { context: undefined, output: undefined },
})
const PLAN: RoutePlan = { requested: 'm', decidedBy: 'pinned', candidates: [{ endpoint: endpoint('m'), credential: undefined, why: 'asked' }], passedOver: [] }

/** Budgets over a clock that is set by hand; each request may cost a dollar at most. */
function at(moment: Date, budgets: Partial<Settings['budgets']>, earlier: readonly { caller: string; spent: NanoUsd }[] = []) {
  const clock = { now: moment.getTime() }
  const asked: [number, number][] = []
  const made = new MoneyBudgets({
    settings: () => settingsSchema.parse({ budgets }).budgets,
    storage: {
      spentBefore: (since, until) => {
        asked.push([since, until])
        return Promise.resolve(earlier)
      },
    },
    atMost: () => usd(1),
    loadingPrices: () => undefined,
    now: () => clock.now,
    onError: (error) => {
      throw error
    },
  })
  let next = 0
  return {
    clock,
    asked,
    made,
    /** The refusal, or what ends the request at a cost. */
    ask: async (): Promise<string | ((cost: number, at?: number) => void)> => {
      const id = `r${next++}`
      const startedAt = clock.now
      try {
        await made.reserve(PLAN, VIEW, CALLER, id)
      } catch (thrown) {
        if (thrown instanceof Failure) return thrown.message
        throw thrown
      }
      return (cost) => made.settle({ id, at: startedAt, caller: 'c' }, usd(cost))
    },
  }
}
const ended = (end: string | ((cost: number) => void), cost: number): void => {
  if (typeof end === 'string') throw new Error(end)
  end(cost)
}

describe('a budget', () => {
  it('counts what a request has spent in the place of what was set aside for it, when the request goes on', async () => {
    const { made } = at(new Date(2026, 10, 24, 12), { overall: { day: 1.5 } })
    await made.reserve(PLAN, VIEW, CALLER, 'r')
    // a first answer was cheaper than it might have been
    await made.reserve(PLAN, VIEW, CALLER, 'r', usd(0.25))
    expect(await made.standings()).toMatchObject([{ reserved: usd(1.25), spent: 0 }])
    expect(() => made.reserve(PLAN, VIEW, CALLER, 'r', usd(0.75))).toThrow('has $0.7500 left')
    expect(await made.standings()).toMatchObject([{ reserved: usd(1.25) }])
    made.settle({ id: 'r', at: new Date(2026, 10, 24, 12).getTime(), caller: 'c' }, usd(0.9))
    expect(await made.standings()).toMatchObject([{ reserved: 0, spent: usd(0.9) }])
  })

  it('begins anew at local midnight, and what began before counts for the day before', async () => {
    const { ask, clock, made } = at(new Date(2026, 10, 24, 23, 0), { overall: { day: 2 } })
    ended(await ask(), 0.9)
    const late = await ask()
    expect(await ask()).toContain('has $0.1000 left')
    clock.now = new Date(2026, 10, 25, 0, 1).getTime()
    ended(late, 0.9)
    expect(await made.standings()).toMatchObject([{ spent: 0, reserved: 0, resetsAt: new Date(2026, 10, 26).getTime() }])
    ended(await ask(), 0.5)
    expect(await made.standings()).toMatchObject([{ spent: usd(0.5) }])
  })

  it('of a month goes on over its days and ends with it', async () => {
    const { ask, clock } = at(new Date(2026, 11, 30, 12), { clients: { c: { month: 2 } } })
    ended(await ask(), 0.6)
    clock.now = new Date(2026, 11, 31, 12).getTime()
    ended(await ask(), 0.6)
    expect(await ask()).toContain("The budget of the client key 'Cursor' for this month ($2.00) has $0.8000 left")
    clock.now = new Date(2027, 0, 1, 0, 0).getTime()
    ended(await ask(), 0.6)
  })

  it('counts earlier runs once, from the beginning of its day and of its month to the beginning of this run', async () => {
    const moment = new Date(2026, 10, 25, 12)
    const { ask, asked } = at(moment, { overall: { day: 2, month: 50 } }, [{ caller: 'other', spent: usd(1.5) }])
    expect(await ask()).toContain('has $0.5000 left')
    expect(await ask()).toContain('has $0.5000 left')
    expect(asked).toEqual([
      [new Date(2026, 10, 25).getTime(), moment.getTime()],
      [new Date(2026, 10, 1).getTime(), moment.getTime()],
    ])
  })

  it('asks nobody anything while none is set', async () => {
    const { ask, asked, made } = at(new Date(2026, 10, 25, 12), {})
    made.start()
    expect(made.reserve(PLAN, VIEW, CALLER, 'r')).toBe(PLAN)
    ended(await ask(), 5)
    expect(made.left('c')).toBeUndefined()
    expect(asked).toEqual([])
  })

  it('takes a cost that is known late as what it has grown by', async () => {
    const { ask, made } = at(new Date(2026, 10, 25, 12), { overall: { day: 9 } })
    const end = await ask()
    ended(end, 0.2)
    ended(end, 0.3)
    expect(await made.standings()).toMatchObject([{ spent: usd(0.5), reserved: 0 }])
  })
})
