import { describe, expect, it } from 'vitest'
import { routedOf } from '../../../../../electron/engine/ledger/routed.ts'
import { asNanoUsd } from '../../../../../shared/money.ts'
import type { Prices, RoutePlan } from '../../../../../shared/routing.ts'
import { closedRow } from '../../../../support/ledger-rows.ts'

const price = (input: number): Prices => ({ asOf: '2026-11-01', source: 'test', microUsdPerMillion: { input } })
const PRICES: Readonly<Record<string, Prices>> = { 'a/large': price(10_000_000), 'a/small': price(1_000_000) }
const facts = { endpointOf: (name: string) => (name in PRICES ? name : undefined), priceOf: (id: string) => PRICES[id] }
const row = closedRow('r', { servedBy: 'a/small', tokens: { input: 1_000 }, cost: asNanoUsd(1_000_000) })
const planOf = (requested: string, candidates: readonly string[], more: Partial<RoutePlan> = {}): RoutePlan => ({
  requested,
  decidedBy: 'test',
  candidates: candidates.map((id) => ({ endpoint: { id }, credential: undefined, why: '' })) as unknown as RoutePlan['candidates'],
  passedOver: [],
  trail: ['a rule'],
  ...more,
})
const auto = (model: string): Pick<RoutePlan, 'auto'> => ({
  auto: { baselines: [{ against: 'model asked for', model, quality: 1, cost: undefined }] } as unknown as NonNullable<RoutePlan['auto']>,
})

describe('what routing saved', () => {
  it.each([
    ['the model asked for, less what was paid', planOf('a/large', ['a/small']), { instead: 'a/large', saved: 9_000_000 }],
    ['nothing where the model asked for was only failed over from', planOf('a/large', ['a/large', 'a/small']), undefined],
    ['nothing where an alias was asked for', planOf('mine', ['a/small']), undefined],
    ['nothing where no routing of the user’s own had a say', planOf('a/large', ['a/small'], { trail: [] }), undefined],
    ['the best within reach where the choice was ours', planOf('switchyard/auto', ['a/small'], auto('a/large')), { instead: 'a/large', saved: 9_000_000 }],
    ['0 where the best was chosen', planOf('switchyard/auto', ['a/small'], auto('a/small')), { instead: 'a/small', saved: 0 }],
    ['unknown without a price', planOf('switchyard/auto', ['a/small'], auto('a/unheard-of')), undefined],
  ])('is %s', (_, plan, expected) => {
    expect(routedOf(row, plan, facts)).toEqual(expected)
  })

  it('is below 0 where the choice was dearer', () => {
    const dear = closedRow('r', { servedBy: 'a/large', tokens: { input: 1_000 }, cost: asNanoUsd(10_000_000) })
    expect(routedOf(dear, planOf('a/small', ['a/large']), facts)).toEqual({ instead: 'a/small', saved: -9_000_000 })
  })

  it('is nothing for simulated answers, unknown costs and requests without a plan', () => {
    const plan = planOf('a/large', ['a/small'])
    expect(routedOf({ ...row, simulated: true }, plan, facts)).toBeUndefined()
    expect(routedOf({ ...row, cost: undefined }, plan, facts)).toBeUndefined()
    expect(routedOf(row, undefined, facts)).toBeUndefined()
  })
})
