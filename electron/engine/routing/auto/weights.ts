/**
 * The learned part of automatic routing, small enough to lie in the repository: whole numbers of one byte with a scale each. `shipped-weights.json` is
 * written by `npm run train:routing`; a user's own retraining makes another of the same form. Pure.
 */
import type { Task, Tier } from '../../../../shared/auto.ts'
import type { DenseModel, SparseModel } from './learning/linear.ts'

/** Buckets of hashed words, powers of two. */
export const FACTOR_BUCKETS = 2 ** 14
export const TASK_BUCKETS = 2 ** 11

/** As it lies in the file. */
export interface WeightsFile {
  readonly version: 1
  /** What a structure value loses and is divided by, in the order of `STRUCTURE`. */
  readonly mean: readonly number[]
  readonly scale: readonly number[]
  /** How much worse than usual every model does. */
  readonly difficulty: PackedFactor
  /** How much further than usual able models are ahead of the others. */
  readonly gap: PackedFactor
  /** By how much the log-odds of a good answer fall with a spread of each. */
  readonly slopes: Readonly<Record<Tier, FactorSlopes>>
  readonly tasks: Readonly<Partial<Record<Task, PackedHead>>>
}

/** What a score loses and is divided by, so that 0 is usual and 1 one spread more. */
interface Spread {
  readonly centre: number
  readonly spread: number
}

export interface FactorSlopes {
  readonly difficulty: number
  readonly gap: number
}

export type PackedFactor = PackedHead & Spread

export interface PackedHead {
  readonly bias: number
  readonly structure: readonly number[]
  readonly scale: number
  /** Base64 of signed bytes, one a bucket. */
  readonly words: string
}

export interface Head {
  readonly bias: number
  readonly structure: Float64Array
  readonly words: Int8Array
  readonly scale: number
}

export interface Weights {
  readonly mean: Float64Array
  readonly scale: Float64Array
  readonly difficulty: Head & Spread
  readonly gap: Head & Spread
  readonly slopes: Readonly<Record<Tier, FactorSlopes>>
  readonly tasks: readonly (readonly [Task, Head])[]
}

const MOST = 127

export function packHead(dense: DenseModel, sparse: SparseModel, share: number): PackedHead {
  const { scale, words } = packWords(sparse.weights)
  return {
    bias: short(dense.bias * share + sparse.bias * (1 - share)),
    structure: Array.from(dense.weights, (weight) => short(weight * share)),
    scale: short(scale * (1 - share)),
    words,
  }
}

/** The same weights with a correction of difficulty, in spreads of it, put onto its words. The constant of the correction goes with it. */
export function withCorrection(file: WeightsFile, correction: SparseModel): WeightsFile {
  const { difficulty } = file
  const signs = unpackHead(difficulty).words
  const weights = Float32Array.from(correction.weights, (weight, bucket) => (signs[bucket] as number) * difficulty.scale + weight * difficulty.spread)
  const { scale, words } = packWords(weights)
  return { ...file, difficulty: { ...difficulty, bias: short(difficulty.bias + correction.bias * difficulty.spread), scale: short(scale), words } }
}

function packWords(weights: Float32Array): { readonly scale: number; readonly words: string } {
  const most = weights.reduce((max, weight) => Math.max(max, Math.abs(weight)), 0) || 1
  const signs = Array.from(weights, (weight) => String.fromCharCode(Math.round((weight / most) * MOST) & 255))
  return { scale: most / MOST, words: btoa(signs.join('')) }
}

/** Five digits are more than a byte beside them can use. */
export function short(value: number): number {
  return Number(value.toPrecision(5))
}

export function unpack(file: WeightsFile): Weights {
  return {
    mean: Float64Array.from(file.mean),
    scale: Float64Array.from(file.scale),
    difficulty: { ...unpackHead(file.difficulty), centre: file.difficulty.centre, spread: file.difficulty.spread },
    gap: { ...unpackHead(file.gap), centre: file.gap.centre, spread: file.gap.spread },
    slopes: file.slopes,
    tasks: Object.entries(file.tasks).map(([task, head]) => [task as Task, unpackHead(head)]),
  }
}

function unpackHead({ bias, structure, scale, words }: PackedHead): Head {
  const signs = atob(words)
  return { bias, structure: Float64Array.from(structure), words: Int8Array.from({ length: signs.length }, (_, at) => signs.charCodeAt(at)), scale }
}

/** @param lengthScale what every text's words are weighed by, see `learning/linear.ts` */
export function scoreHead({ bias, structure, words, scale }: Head, standardised: Float64Array, hashes: Uint32Array, lengthScale: number): number {
  let score = bias
  for (let f = 0; f < structure.length; f++) score += (structure[f] as number) * (standardised[f] as number)
  const mask = words.length - 1
  let sum = 0
  for (const hash of hashes) sum += words[hash & mask] as number
  return score + sum * scale * lengthScale
}

export function standardise({ mean, scale }: Pick<Weights, 'mean' | 'scale'>, structure: Float64Array): Float64Array {
  return structure.map((value, f) => (value - (mean[f] as number)) / (scale[f] as number))
}
