/**
 * How well each of many models will answer a prompt: one shared difficulty, a straight curve for each model over it, and what a model departs from its
 * curve where similar prompts are known. On new ground only difficulty and curve remain, which is what carries over.
 */

import { type DenseModel, fitDense, fitSparse, type SparseModel, scoreDense, scoreSparse } from './linear.ts'
import type { Example } from './mixture.ts'
import { indexNeighbours, type NeighbourIndex, neighboursOf } from './neighbours.ts'
import { partOf } from './parts.ts'
import { type BinnedRows, binRows, fitTrees, scoreTrees, type TreeModel } from './trees.ts'

/** Trees, words and a line that foretell one number. */
interface Trio {
  readonly trees: TreeModel
  readonly sparse: SparseModel
  readonly dense: DenseModel
}

interface ModelCurve {
  readonly base: number
  readonly slope: number
  readonly departure: Trio
  readonly residuals: Float64Array
}

export interface QualityModel {
  readonly easiness: Trio
  /** Mean easiness of the known prompts. */
  readonly centre: number
  readonly curves: readonly ModelCurve[]
  readonly index: NeighbourIndex
}

const BUCKETS = 2 ** 15
const DENSE_PENALTY = 0.1
const SPARSE_PENALTY = 6
const NEIGHBOURS = 80
/** Similarity mass at which neighbours are believed by half. */
const NEIGHBOUR_DOUBT = 5
/** Similarity mass of neighbours at which a prompt counts as known ground; below it departures fade with the square. */
const KNOWN_GROUND = 8

/** @param scores of every model for each example, 0..1 */
export function fitQuality(examples: readonly Example[], scores: readonly (readonly number[])[]): QualityModel {
  const models = scores[0]?.length ?? 0
  const binned = binRows(examples.map(({ structure }) => structure))
  const means = scores.map((row) => row.reduce((sum, score) => sum + score, 0) / Math.max(1, models))
  const easiness = fitTrio(examples, means, binned)
  const foretold = crossFitted(examples, means)
  const centre = foretold.reduce((sum, value) => sum + value, 0) / Math.max(1, foretold.length)
  const spread = foretold.reduce((sum, value) => sum + (value - centre) ** 2, 0) || 1
  const curves = Array.from({ length: models }, (_, m): ModelCurve => {
    const own = scores.map((row) => row[m] as number)
    const base = own.reduce((sum, score) => sum + score, 0) / Math.max(1, own.length)
    const slope = foretold.reduce((sum, value, at) => sum + (value - centre) * ((own[at] as number) - base), 0) / spread
    const residuals = Float64Array.from(own, (score, at) => score - base - slope * ((foretold[at] as number) - centre))
    return { base, slope, departure: fitTrio(examples, residuals, binned), residuals }
  })
  return { easiness, centre, curves, index: indexNeighbours(examples.map(({ hashes }) => hashes)) }
}

/** The expected quality of every model. */
export function foretell({ easiness, centre, curves, index }: QualityModel, example: Example): readonly number[] {
  const above = scoreTrio(easiness, example) - centre
  const near = neighboursOf(index, example.hashes, NEIGHBOURS)
  const mass = near.reduce((sum, { similarity }) => sum + similarity, 0)
  const known = Math.min(1, (mass / KNOWN_GROUND) ** 2)
  return curves.map(({ base, slope, departure, residuals }) => {
    const pull = near.reduce((sum, { at, similarity }) => sum + similarity * (residuals[at] as number), 0) / (mass + NEIGHBOUR_DOUBT)
    return base + slope * above + (known * (pull + scoreTrio(departure, example))) / 2
  })
}

function fitTrio(examples: readonly Example[], targets: ArrayLike<number>, binned: BinnedRows): Trio {
  return {
    trees: fitTrees(binned, targets),
    sparse: fitSparse(
      examples.map(({ hashes }) => hashes),
      targets,
      BUCKETS,
      SPARSE_PENALTY,
    ),
    dense: fitDense(binned.rows, targets, DENSE_PENALTY),
  }
}

function scoreTrio({ trees, sparse, dense }: Trio, { structure, hashes }: Example): number {
  return (scoreTrees(trees, structure) + scoreSparse(sparse, hashes) + 0.5 * scoreDense(dense, structure)) / 2.5
}

/** What each half says of the other, so that a curve is not fitted to what was learned by heart. */
function crossFitted(examples: readonly Example[], targets: readonly number[]): readonly number[] {
  const halves = [0, 1].map((half) => {
    const known = [...examples.keys()].filter((at) => partOf(at, 2) === half)
    const part = known.map((at) => examples[at] as Example)
    return fitTrio(
      part,
      known.map((at) => targets[at] as number),
      binRows(part.map(({ structure }) => structure)),
    )
  })
  return examples.map((example, at) => scoreTrio(halves[1 - partOf(at, 2)] as Trio, example))
}
