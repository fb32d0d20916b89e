import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Ballot, ratingsOf } from '../../../../../electron/engine/votes/ratings.ts'

const won = (winner: string, ...losers: string[]): Ballot => ({ models: [winner, ...losers], verdict: { is: 'won', index: 0 } })
const tie = (...models: string[]): Ballot => ({ models, verdict: { is: 'tie' } })
const times = (count: number, ballot: Ballot): Ballot[] => Array.from({ length: count }, () => ballot)
const ratingIn = (ballots: readonly Ballot[], model: string) => {
  const found = ratingsOf(ballots).find((rating) => rating.model === model)
  if (found === undefined) throw new Error(`${model} has no rating`)
  return found
}

describe('Bradley-Terry ratings', () => {
  it('put 400 points between models of which one wins ten times as often', () => {
    // the weak prior pulls a little less the more votes there are
    const ballots = [...times(1000, won('strong', 'weak')), ...times(100, won('weak', 'strong'))]
    expect(ratingIn(ballots, 'strong').rating - ratingIn(ballots, 'weak').rating).toBeCloseTo(400, -1)
  })

  it('rank along a chain of comparisons, also models that never met', () => {
    const ballots = [...times(9, won('a', 'b')), won('b', 'a'), ...times(9, won('b', 'c')), won('c', 'b')]
    expect(ratingsOf(ballots).map(({ model }) => model)).toEqual(['a', 'b', 'c'])
    expect(ratingIn(ballots, 'a').rating - ratingIn(ballots, 'c').rating).toBeGreaterThan(500)
  })

  it('stay finite for a model that never lost', () => {
    const { rating, low, high } = ratingIn(times(3, won('a', 'b')), 'a')
    expect(rating).toBeGreaterThan(1000)
    expect(Number.isFinite(high) && low < rating && rating < high).toBe(true)
  })

  it('say nothing about two answers of which neither won', () => {
    const winner = ratingsOf([won('a', 'b', 'c')])
    expect(winner.map(({ model, wins, losses, ties }) => [model, wins, losses, ties])).toEqual([
      ['a', 2, 0, 0],
      ['b', 0, 1, 0],
      ['c', 0, 1, 0],
    ])
  })

  it('count a tie and "both bad" as half a win each', () => {
    expect(ratingIn(times(20, tie('a', 'b')), 'a').rating).toBeCloseTo(1000)
    expect(ratingIn(times(20, { models: ['a', 'b'], verdict: { is: 'both-bad' } }), 'a').ties).toBe(20)
  })

  it('leave out a model that only stood beside itself', () => {
    expect(ratingsOf([won('a', 'a')])).toEqual([])
  })

  const ballot = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 2, maxLength: 4 }).chain((models) =>
    fc
      .oneof(
        fc.nat(models.length - 1).map((index): Ballot['verdict'] => ({ is: 'won', index })),
        fc.constantFrom<Ballot['verdict']>({ is: 'tie' }, { is: 'both-bad' }),
      )
      .map((verdict): Ballot => ({ models, verdict })),
  )

  it('do not depend on the order of votes or of answers', () => {
    fc.assert(
      fc.property(fc.array(ballot, { minLength: 1, maxLength: 40 }), (ballots) => {
        const turned = ballots.toReversed().map(
          ({ models, verdict }): Ballot => ({
            models: models.toReversed(),
            verdict: verdict.is === 'won' ? { is: 'won', index: models.length - 1 - verdict.index } : verdict,
          }),
        )
        const before = new Map(ratingsOf(ballots).map((each) => [each.model, each]))
        for (const { model, rating, low } of ratingsOf(turned)) {
          expect(rating).toBeCloseTo(before.get(model)?.rating ?? Number.NaN, 3)
          expect(low).toBeCloseTo(before.get(model)?.low ?? Number.NaN, 3)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('narrow with more of the same votes, and average 1000', () => {
    fc.assert(
      fc.property(fc.array(ballot, { minLength: 1, maxLength: 20 }), (ballots) => {
        const once = ratingsOf(ballots)
        const often = new Map(ratingsOf(ballots.flatMap((each) => times(10, each))).map((each) => [each.model, each]))
        expect(once.reduce((sum, { rating }) => sum + rating, 0) / once.length).toBeCloseTo(1000, 6)
        for (const { model, low, high } of once) {
          const more = often.get(model)
          // of somebody who never lost, more votes move the peak to where the curve is flat
          if (more !== undefined && more.wins > 0 && more.losses > 0) expect(more.high - more.low).toBeLessThan((high - low) * 1.05)
        }
      }),
      { numRuns: 60 },
    )
  })
})
