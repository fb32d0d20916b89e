/**
 * Bradley-Terry ratings of models from votes: the odds that i beats j are exp(a_i - a_j). Fitted by Newton's method to the most likely abilities under
 * a weak Gaussian prior, which keeps a model that never lost finite; the inverse of the Hessian there is their covariance (Laplace's approximation),
 * from which the intervals come. Sources: R. A. Bradley and M. E. Terry, "Rank Analysis of Incomplete Block Designs" (1952); the scale of 400 to a
 * factor of ten in odds is Elo's. A tie, and "both bad", count half a win for each side, as Chatbot Arena does.
 */
import type { Rating, Vote } from '../../../shared/api/votes.ts'

export type Ballot = Pick<Vote, 'models' | 'verdict'>

const AVERAGE = 1000
const POINTS_PER_NAT = 400 / Math.LN10
/** Of the prior, in nats^-2: a standard deviation of about 550 points. */
const PRIOR_PRECISION = 0.1
/** Newton's method on this concave function settles within ten steps; more means that it already has, to within rounding. */
const MOST_STEPS = 50
const SETTLED = 1e-9
/** Of a normal distribution, for 95 %. */
const QUANTILE_95 = 1.959964

interface Pair {
  readonly one: number
  readonly other: number
  /** 1, 0 or a half. */
  readonly score: number
}

/** Best first. Only answers that stood side by side are compared: a vote for one of three says nothing about the other two. */
export function ratingsOf(ballots: readonly Ballot[]): readonly Rating[] {
  const models: string[] = []
  const places = new Map<string, number>()
  const placeOf = (model: string): number => {
    const known = places.get(model)
    if (known !== undefined) return known
    places.set(model, models.length)
    return models.push(model) - 1
  }
  const pairs = ballots.flatMap((ballot) => pairsOf(ballot, placeOf))
  if (models.length === 0) return []

  const { abilities, covariance } = mostLikely(models.length, pairs)
  const mean = abilities.reduce((sum, ability) => sum + ability, 0) / models.length
  const ratings = models.map((model, place): Rating => {
    const rating = AVERAGE + POINTS_PER_NAT * ((abilities[place] ?? 0) - mean)
    const margin = QUANTILE_95 * POINTS_PER_NAT * Math.sqrt(varianceFromMean(covariance, place))
    return { model, rating, low: rating - margin, high: rating + margin, ...tally(pairs, place) }
  })
  return ratings.sort((a, b) => b.rating - a.rating || a.model.localeCompare(b.model))
}

function pairsOf({ models, verdict }: Ballot, placeOf: (model: string) => number): readonly Pair[] {
  const pairs: Pair[] = []
  for (const [index, model] of models.entries()) {
    for (const [otherIndex, otherModel] of models.entries()) {
      if (otherIndex <= index || otherModel === model) continue
      if (verdict.is === 'won' && verdict.index !== index && verdict.index !== otherIndex) continue
      const score = verdict.is === 'won' ? Number(verdict.index === index) : 0.5
      pairs.push({ one: placeOf(model), other: placeOf(otherModel), score })
    }
  }
  return pairs
}

function mostLikely(count: number, pairs: readonly Pair[]): { readonly abilities: readonly number[]; readonly covariance: readonly (readonly number[])[] } {
  let abilities: number[] = Array.from({ length: count }, () => 0)
  let hessian: number[][] = []
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = abilities.map((ability) => -PRIOR_PRECISION * ability)
    // of the negated log posterior, so that it is positive definite
    hessian = abilities.map((_, row) => abilities.map((_, column) => (row === column ? PRIOR_PRECISION : 0)))
    for (const { one, other, score } of pairs) {
      const expected = 1 / (1 + Math.exp((abilities[other] ?? 0) - (abilities[one] ?? 0)))
      const weight = expected * (1 - expected)
      add(gradient, one, score - expected)
      add(gradient, other, expected - score)
      add(hessian[one], one, weight)
      add(hessian[other], other, weight)
      add(hessian[one], other, -weight)
      add(hessian[other], one, -weight)
    }
    const change = solve(hessian, gradient)
    const largest = Math.max(...change.map(Math.abs))
    // a long step over the flat ends of the logistic could overshoot
    const shorter = Math.min(1, 2 / Math.max(largest, 1e-12))
    abilities = abilities.map((ability, place) => ability + (change[place] ?? 0) * shorter)
    if (largest < SETTLED) break
  }
  const covariance = abilities.map((_, column) =>
    solve(
      hessian,
      abilities.map((_, row) => Number(row === column)),
    ),
  )
  return { abilities, covariance }
}

function add(values: number[] | undefined, place: number, amount: number): void {
  if (values !== undefined) values[place] = (values[place] ?? 0) + amount
}

/** Gauss elimination; the matrix is symmetric and positive definite, so no pivot is needed. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0])
  const size = rows.length
  for (let pivot = 0; pivot < size; pivot++) {
    for (let below = pivot + 1; below < size; below++) {
      const factor = (rows[below]?.[pivot] ?? 0) / (rows[pivot]?.[pivot] ?? 1)
      for (let column = pivot; column <= size; column++) add(rows[below], column, -factor * (rows[pivot]?.[column] ?? 0))
    }
  }
  const result: number[] = Array.from({ length: size }, () => 0)
  for (let row = size - 1; row >= 0; row--) {
    let rest = rows[row]?.[size] ?? 0
    for (let column = row + 1; column < size; column++) rest -= (rows[row]?.[column] ?? 0) * (result[column] ?? 0)
    result[row] = rest / (rows[row]?.[row] ?? 1)
  }
  return result
}

/** Only distances from the average mean something, so that is what the interval is of. */
function varianceFromMean(covariance: readonly (readonly number[])[], place: number): number {
  const count = covariance.length
  const weight = (index: number): number => Number(index === place) - 1 / count
  let variance = 0
  for (const [row, values] of covariance.entries()) for (const [column, value] of values.entries()) variance += weight(row) * weight(column) * value
  return Math.max(0, variance)
}

function tally(pairs: readonly Pair[], place: number): Pick<Rating, 'wins' | 'losses' | 'ties'> {
  let wins = 0
  let losses = 0
  let ties = 0
  for (const { one, other, score } of pairs) {
    if (one !== place && other !== place) continue
    const own = one === place ? score : 1 - score
    if (own === 1) wins++
    else if (own === 0) losses++
    else ties++
  }
  return { wins, losses, ties }
}
