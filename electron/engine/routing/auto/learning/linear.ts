/** Linear models by least squares with a penalty (ridge): a dense one in closed form, a sparse one by coordinate descent. Deterministic. */

export interface DenseModel {
  readonly mean: Float64Array
  readonly scale: Float64Array
  readonly weights: Float64Array
  readonly bias: number
}

/**
 * Ridge regression over standardised features, (X'X + penalty n I) w = X'y, solved by Cholesky.
 * @param penalty share of a feature's own variance that is added to it
 */
export function fitDense(rows: readonly Float64Array[], targets: ArrayLike<number>, penalty: number, importance?: ArrayLike<number>): DenseModel {
  const width = rows[0]?.length ?? 0
  const mean = new Float64Array(width)
  const scale = new Float64Array(width)
  const total = importance === undefined ? rows.length : sum(importance)
  let bias = 0
  for (const [at, row] of rows.entries()) {
    const share = (importance?.[at] ?? 1) / total
    bias += share * (targets[at] as number)
    for (let f = 0; f < width; f++) mean[f] = (mean[f] as number) + share * (row[f] as number)
  }
  for (const [at, row] of rows.entries()) {
    const share = (importance?.[at] ?? 1) / total
    for (let f = 0; f < width; f++) scale[f] = (scale[f] as number) + share * ((row[f] as number) - (mean[f] as number)) ** 2
  }
  for (let f = 0; f < width; f++) scale[f] = Math.sqrt(scale[f] as number) || 1
  const gram = new Float64Array(width * width)
  const right = new Float64Array(width)
  const z = new Float64Array(width)
  for (const [at, row] of rows.entries()) {
    const share = (importance?.[at] ?? 1) / total
    const off = (targets[at] as number) - bias
    for (let f = 0; f < width; f++) z[f] = ((row[f] as number) - (mean[f] as number)) / (scale[f] as number)
    for (let f = 0; f < width; f++) {
      const value = (z[f] as number) * share
      if (value === 0) continue
      right[f] = (right[f] as number) + value * off
      for (let g = 0; g <= f; g++) gram[f * width + g] = (gram[f * width + g] as number) + value * (z[g] as number)
    }
  }
  for (let f = 0; f < width; f++) gram[f * width + f] = (gram[f * width + f] as number) + penalty
  return { mean, scale, weights: solve(gram, right, width), bias }
}

export function scoreDense(model: DenseModel, row: Float64Array): number {
  let score = model.bias
  for (let f = 0; f < row.length; f++) score += ((row[f] as number) - (model.mean[f] as number)) * ((model.weights[f] as number) / (model.scale[f] as number))
  return score
}

/** Cholesky decomposition of the lower triangle of `gram`, then two substitutions. */
function solve(gram: Float64Array, right: Float64Array, width: number): Float64Array {
  const low = Float64Array.from(gram)
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let value = low[i * width + j] as number
      for (let k = 0; k < j; k++) value -= (low[i * width + k] as number) * (low[j * width + k] as number)
      low[i * width + j] = i === j ? Math.sqrt(Math.max(value, 1e-9)) : value / (low[j * width + j] as number)
    }
  }
  const half = new Float64Array(width)
  for (let i = 0; i < width; i++) {
    let value = right[i] as number
    for (let k = 0; k < i; k++) value -= (low[i * width + k] as number) * (half[k] as number)
    half[i] = value / (low[i * width + i] as number)
  }
  const out = new Float64Array(width)
  for (let i = width - 1; i >= 0; i--) {
    let value = half[i] as number
    for (let k = i + 1; k < width; k++) value -= (low[k * width + i] as number) * (out[k] as number)
    out[i] = value / (low[i * width + i] as number)
  }
  return out
}

function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let at = 0; at < values.length; at++) total += values[at] as number
  return total
}

export interface SparseModel {
  /** One weight a bucket; the number of buckets is a power of two. */
  readonly weights: Float32Array
  readonly bias: number
}

/** Each text weighs the same, however many words it has. */
export function lengthScale(hashes: Uint32Array): number {
  return 1 / Math.sqrt(Math.max(8, hashes.length))
}

/** Ridge regression over hashed words by coordinate descent over the buckets. @param penalty in examples: a word seen this often is believed by half */
export function fitSparse(
  rows: readonly Uint32Array[],
  targets: ArrayLike<number>,
  buckets: number,
  penalty: number,
  importance?: ArrayLike<number>,
): SparseModel {
  const mask = buckets - 1
  const sizes = new Uint32Array(buckets + 1)
  for (const row of rows) for (const hash of row) sizes[(hash & mask) + 1] = (sizes[(hash & mask) + 1] as number) + 1
  for (let b = 0; b < buckets; b++) sizes[b + 1] = (sizes[b + 1] as number) + (sizes[b] as number)
  const cursor = sizes.slice()
  const members = new Uint32Array(sizes[buckets] as number)
  const scales = new Float64Array(rows.length)
  const residual = new Float64Array(rows.length)
  let bias = 0
  let total = 0
  for (const [at, row] of rows.entries()) {
    scales[at] = lengthScale(row)
    bias += (importance?.[at] ?? 1) * (targets[at] as number)
    total += importance?.[at] ?? 1
    for (const hash of row) {
      const place = cursor[hash & mask] as number
      members[place] = at
      cursor[hash & mask] = place + 1
    }
  }
  bias /= Math.max(1e-9, total)
  for (let at = 0; at < rows.length; at++) residual[at] = (targets[at] as number) - bias
  const weights = new Float32Array(buckets)
  for (let pass = 0; pass < PASSES; pass++) {
    for (let b = 0; b < buckets; b++) {
      const from = sizes[b] as number
      const to = sizes[b + 1] as number
      // a word of a single example says nothing about the next
      if (to - from < 2) continue
      const old = weights[b] as number
      let gradient = 0
      let weight = penalty
      for (let place = from; place < to; place++) {
        const at = members[place] as number
        const x = scales[at] as number
        const w = importance?.[at] ?? 1
        gradient += w * x * ((residual[at] as number) + x * old)
        weight += w * x * x
      }
      const next = Math.fround(gradient / weight)
      if (next === old) continue
      weights[b] = next
      const step = next - old
      for (let place = from; place < to; place++) {
        const at = members[place] as number
        residual[at] = (residual[at] as number) - step * (scales[at] as number)
      }
    }
  }
  return { weights, bias }
}

/** More passes change the order of no more than a handful of questions. */
const PASSES = 6

export function scoreSparse(model: SparseModel, hashes: Uint32Array): number {
  const mask = model.weights.length - 1
  let score = 0
  for (const hash of hashes) score += model.weights[hash & mask] as number
  return model.bias + score * lengthScale(hashes)
}
