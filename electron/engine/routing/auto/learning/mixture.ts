/**
 * The learner for one number a prompt is expected to get: what a strong model gains over a weak one, or how well one model does. Four learners that
 * err differently are averaged in their own units of spread: boosted trees and a line over structure, a line over hashed words, and the neighbours'
 * residuals, which fade out by themselves where no known prompt is near.
 */
import { fitSigmoid, probability, type Sigmoid } from './calibration.ts'
import { type DenseModel, fitDense, fitSparse, type SparseModel, scoreDense, scoreSparse } from './linear.ts'
import { indexNeighbours, type NeighbourIndex, neighboursOf } from './neighbours.ts'
import { partOf } from './parts.ts'
import { binRows, fitTrees, scoreTrees, type TreeModel } from './trees.ts'

/** A prompt as the learners see it. */
export interface Example {
  readonly structure: Float64Array
  readonly hashes: Uint32Array
}

/** One learner's say in the mixture, and the mean and spread its figures have on prompts it was not fitted on. */
interface Member {
  readonly weight: number
  readonly mean: number
  readonly scale: number
}

export interface Learners {
  readonly trees: TreeModel | undefined
  readonly dense: DenseModel
  readonly sparse: SparseModel
  readonly index: NeighbourIndex
  readonly residuals: Float64Array
}

export interface Mixture {
  readonly learners: Learners
  readonly members: readonly Member[]
  /** From the mixed score to the probability of the event it was calibrated on. */
  readonly sigmoid: Sigmoid
}

const BUCKETS = 2 ** 16
/** Trees, line, words, neighbours. */
const WEIGHTS = [1, 0.5, 1, 0.5] as const
/** With fewer labels the trees have nothing to split and the words need a firmer hand. */
const FEW_LABELS = 600
const WEIGHTS_OF_FEW = [0.3, 0, 1, 0.3] as const
const DENSE_PENALTY = 0.1
const DENSE_PENALTY_OF_FEW = 3
const SPARSE_PENALTY = 6
const SPARSE_PENALTY_OF_FEW = 50
const NEIGHBOURS = 80
/** Similarity mass of neighbours at which they are believed by half. */
const NEIGHBOUR_DOUBT = 1
/** Every third example is kept from a first fit, which tells spread and calibration. */
const HELD_OUT = 3
const PLENTY = 2_500

export function fitLearners(examples: readonly Example[], targets: ArrayLike<number>, few = examples.length < FEW_LABELS): Learners {
  const structures = examples.map(({ structure }) => structure)
  const words = examples.map(({ hashes }) => hashes)
  const dense = fitDense(structures, targets, few ? DENSE_PENALTY_OF_FEW : DENSE_PENALTY)
  const trees = fitTrees(binRows(structures), targets, few ? { depth: 2, least: 15 } : {})
  const sparse = fitSparse(words, targets, BUCKETS, few ? SPARSE_PENALTY_OF_FEW : SPARSE_PENALTY)
  const residuals = Float64Array.from(examples, ({ structure }, at) => (targets[at] as number) - scoreDense(dense, structure))
  return { trees, dense, sparse, index: indexNeighbours(words), residuals }
}

/** What each learner expects, in units of the target. */
export function expectations({ trees, dense, sparse, index, residuals }: Learners, { structure, hashes }: Example): readonly [number, number, number, number] {
  const line = scoreDense(dense, structure)
  let pull = 0
  let mass = NEIGHBOUR_DOUBT
  for (const { at, similarity } of neighboursOf(index, hashes, NEIGHBOURS)) {
    pull += similarity * (residuals[at] as number)
    mass += similarity
  }
  return [trees === undefined ? line : scoreTrees(trees, structure), line, scoreSparse(sparse, hashes), line + pull / mass]
}

/** @param happened the event whose probability is wanted, 0..1 for each example: "the cheap model did as well", say */
export function fitMixture(examples: readonly Example[], targets: ArrayLike<number>, happened: ArrayLike<number>): Mixture {
  const few = examples.length < FEW_LABELS
  const weights = few ? WEIGHTS_OF_FEW : WEIGHTS
  const order: number[] = []
  const seen: (readonly number[])[] = []
  // where labels are plenty, one held-out part tells enough
  for (let part = 0; part < (examples.length > PLENTY ? 1 : HELD_OUT); part++) {
    const known = [...examples.keys()].filter((at) => partOf(at, HELD_OUT) !== part)
    const first = fitLearners(
      known.map((at) => examples[at] as Example),
      known.map((at) => targets[at] as number),
      few,
    )
    for (const at of examples.keys()) {
      if (partOf(at, HELD_OUT) !== part) continue
      order.push(at)
      seen.push(expectations(first, examples[at] as Example))
    }
  }
  const members = weights.map((weight, which) => {
    const values = seen.map((row) => row[which] as number)
    const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
    const scale = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length))
    return { weight, mean, scale: scale || 1 }
  })
  const sigmoid = fitSigmoid(
    seen.map((row) => mix(members, row)),
    order.map((at) => happened[at] as number),
  )
  return { learners: fitLearners(examples, targets, few), members, sigmoid }
}

export function scoreMixture({ learners, members }: Mixture, example: Example): number {
  return mix(members, expectations(learners, example))
}

export function chanceOf(mixture: Mixture, score: number): number {
  return probability(mixture.sigmoid, score)
}

function mix(members: readonly Member[], values: readonly number[]): number {
  let score = 0
  for (const [which, { weight, mean, scale }] of members.entries()) score += (weight * ((values[which] as number) - mean)) / scale
  return score
}
