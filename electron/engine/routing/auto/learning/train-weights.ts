/** Makes the weights of automatic routing from labelled questions, and refits them on a user's own judgements. Deterministic, pure. */
import { type Task, TIERS, type Tier } from '../../../../../shared/auto.ts'
import { qualityOf } from '../quality-table.ts'
import { FACTOR_BUCKETS, type PackedFactor, packHead, short, TASK_BUCKETS, type WeightsFile } from '../weights.ts'
import { logistic, logit } from './calibration.ts'
import { type DenseModel, fitDense, fitSparse, type SparseModel, scoreDense, scoreSparse } from './linear.ts'
import type { Example } from './mixture.ts'
import { partOf } from './parts.ts'

/** A question that models of known tiers have answered. */
export interface LabelledQuestion extends Example {
  readonly task: Task
  readonly answers: readonly { readonly tier: Tier; readonly quality: number }[]
}

export interface TaskExample extends Example {
  readonly task: Task
  /** Where it comes from; every collection of a task weighs the same, however large. */
  readonly collection: string
}

/** A line over structure and one over words for one number of a prompt. */
export interface FactorModel {
  readonly dense: DenseModel
  readonly sparse: SparseModel
}

const DENSE_PENALTY = 0.1
const SPARSE_PENALTY = 6
/** Of structure and words in a head. */
const STRUCTURE_SHARE = 0.5
const TASK_SPARSE_PENALTY = 2
const TASK_STRUCTURE_SHARE = 0.35
/** Each collection of a task weighs as much as this many examples. */
const COLLECTION_WEIGHT = 300

/** By how much models did worse than their tiers usually do on the task. */
export function difficultyOf({ task, answers }: LabelledQuestion): number {
  return answers.reduce((sum, { tier, quality }) => sum + qualityOf(task, tier) - quality, 0) / Math.max(1, answers.length)
}

/** By how much the abler half of the models was ahead of the other half, beyond what their tiers usually are. */
export function gapOf({ task, answers }: LabelledQuestion): number {
  const order = answers.toSorted((a, b) => TIERS.indexOf(b.tier) - TIERS.indexOf(a.tier))
  const half = order.length >> 1
  const above = (part: typeof order): number => part.reduce((sum, { tier, quality }) => sum + quality - qualityOf(task, tier), 0) / Math.max(1, part.length)
  return half === 0 ? 0 : above(order.slice(0, half)) - above(order.slice(order.length - half))
}

export function fitFactor(questions: readonly LabelledQuestion[], target: (question: LabelledQuestion) => number): FactorModel {
  const targets = questions.map(target)
  return {
    dense: fitDense(
      questions.map(({ structure }) => structure),
      targets,
      DENSE_PENALTY,
    ),
    sparse: fitSparse(
      questions.map(({ hashes }) => hashes),
      targets,
      FACTOR_BUCKETS,
      SPARSE_PENALTY,
    ),
  }
}

export function scoreFactor({ dense, sparse }: FactorModel, { structure, hashes }: Example): number {
  return STRUCTURE_SHARE * scoreDense(dense, structure) + (1 - STRUCTURE_SHARE) * scoreSparse(sparse, hashes)
}

export function trainWeights(questions: readonly LabelledQuestion[], examples: readonly TaskExample[]): WeightsFile {
  const difficulty = packedFactor(questions, difficultyOf)
  const gap = packedFactor(questions, gapOf)
  return {
    version: 1,
    mean: Array.from(difficulty.dense.mean, short),
    scale: Array.from(difficulty.dense.scale, short),
    difficulty: difficulty.packed,
    gap: gap.packed,
    slopes: slopesOf(questions, difficulty.foretold, gap.foretold),
    tasks: taskHeads(examples, difficulty.dense),
  }
}

function packedFactor(questions: readonly LabelledQuestion[], target: (question: LabelledQuestion) => number) {
  const { dense, sparse } = fitFactor(questions, target)
  // what each half says of the other, so that spread and slopes are those of new questions
  const halves = [0, 1].map((half) =>
    fitFactor(
      questions.filter((_, at) => partOf(at, 2) === half),
      target,
    ),
  )
  const raw = questions.map((question, at) => scoreFactor(halves[1 - partOf(at, 2)] as FactorModel, question))
  const centre = raw.reduce((sum, value) => sum + value, 0) / raw.length
  const spread = Math.sqrt(raw.reduce((sum, value) => sum + (value - centre) ** 2, 0) / raw.length) || 1
  const packed: PackedFactor = { ...packHead(dense, sparse, STRUCTURE_SHARE), centre: short(centre), spread: short(spread) }
  return { dense, packed, foretold: raw.map((value) => (value - centre) / spread) }
}

/** One-vs-rest lines over structure and words. */
function taskHeads(examples: readonly TaskExample[], { mean, scale }: DenseModel): WeightsFile['tasks'] {
  const counts = Map.groupBy(examples, ({ task, collection }) => `${task} ${collection}`)
  const importance = examples.map(({ task, collection }) => COLLECTION_WEIGHT / (counts.get(`${task} ${collection}`)?.length ?? 1))
  const structures = examples.map(({ structure }) => structure)
  const words = examples.map(({ hashes }) => hashes)
  return Object.fromEntries(
    [...new Set(examples.map(({ task }) => task))].map((task) => {
      const targets = examples.map((example) => (example.task === task ? 1 : 0))
      const dense = rebased(fitDense(structures, targets, DENSE_PENALTY, importance), mean, scale)
      return [task, packHead(dense, fitSparse(words, targets, TASK_BUCKETS, TASK_SPARSE_PENALTY, importance), TASK_STRUCTURE_SHARE)]
    }),
  )
}

/** The same line over values that were standardised otherwise. */
function rebased(model: DenseModel, mean: Float64Array, scale: Float64Array): DenseModel {
  let { bias } = model
  const weights = model.weights.map((weight, f) => {
    const raw = weight / (model.scale[f] as number)
    bias += raw * ((mean[f] as number) - (model.mean[f] as number))
    return raw * (scale[f] as number)
  })
  return { mean, scale, weights, bias }
}

const NEWTON_STEPS = 25
const DOUBT = 20

/**
 * Logistic regression of good answers on both factors, around what each tier usually reaches on the task. All tiers share two figures: difficulty
 * weighs on every tier alike, and a gap pulls tiers apart in proportion to how far they are from the middle one. With slopes
 * of its own for each tier the questions of one collection were ranked backwards.
 */
function slopesOf(questions: readonly LabelledQuestion[], difficulty: readonly number[], gap: readonly number[]): WeightsFile['slopes'] {
  const below = (tier: Tier): number => (TIERS.length - 1) / 2 - TIERS.indexOf(tier)
  let a = 0
  let b = 0
  for (let step = 0; step < NEWTON_STEPS; step++) {
    let ga = DOUBT * a
    let gb = DOUBT * b
    let haa = DOUBT
    let hab = 0
    let hbb = DOUBT
    for (const [at, { task, answers }] of questions.entries()) {
      const x = difficulty[at] as number
      // a question counts once, however many models have answered it
      const share = 1 / answers.length
      for (const { tier, quality } of answers) {
        const y = below(tier) * (gap[at] as number)
        const p = logistic(logit(qualityOf(task, tier)) - a * x - b * y)
        ga += share * (quality - p) * x
        gb += share * (quality - p) * y
        haa += share * p * (1 - p) * x * x
        hab += share * p * (1 - p) * x * y
        hbb += share * p * (1 - p) * y * y
      }
    }
    const determinant = haa * hbb - hab * hab
    a -= (hbb * ga - hab * gb) / determinant
    b -= (haa * gb - hab * ga) / determinant
  }
  return Object.fromEntries(TIERS.map((tier) => [tier, { difficulty: short(a), gap: short(b * below(tier)) }])) as WeightsFile['slopes']
}
