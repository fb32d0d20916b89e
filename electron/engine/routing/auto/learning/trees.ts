/**
 * Boosted regression trees over a few dozen features, for the bends and combinations a line cannot follow. Histogram splits as in LightGBM
 * (Ke et al., NIPS 2017), least squares as in Friedman (2001). Rows and features of each tree are drawn by hash, so the same data give the same trees.
 */

export interface Tree {
  /** Feature of each node in heap order (children of n are 2n+1 and 2n+2); -1 for a leaf. */
  readonly feature: Int16Array
  readonly threshold: Float64Array
  readonly value: Float64Array
}

export interface TreeModel {
  readonly bias: number
  readonly trees: readonly Tree[]
}

/** Features cut into bins once, so that many models can be fitted over the same rows. */
export interface BinnedRows {
  readonly rows: readonly Float64Array[]
  readonly width: number
  readonly edges: readonly Float64Array[]
  readonly bins: Uint8Array
}

export interface TreeOptions {
  readonly trees?: number
  readonly depth?: number
  /** Fewest examples on each side of a split. */
  readonly least?: number
}

const BINS = 24
const RATE = 0.08
/** Examples of doubt added to each leaf. */
const SHRINK = 20
const ROW_SHARE = 0.7
const FEATURE_SHARE = 0.5
const DEFAULTS = { trees: 60, depth: 3, least: 40 }

export function binRows(rows: readonly Float64Array[]): BinnedRows {
  const width = rows[0]?.length ?? 0
  const bins = new Uint8Array(rows.length * width)
  const edges = Array.from({ length: width }, (_, f) => {
    const sorted = Float64Array.from(rows, (row) => row[f] as number).sort()
    const cuts: number[] = []
    for (let b = 1; b < BINS; b++) {
      const cut = sorted[Math.floor((b * sorted.length) / BINS)] as number
      if (cut > (cuts.at(-1) ?? Number.NEGATIVE_INFINITY)) cuts.push(cut)
    }
    for (const [at, row] of rows.entries()) {
      let bin = 0
      while (bin < cuts.length && (row[f] as number) >= (cuts[bin] as number)) bin++
      bins[at * width + f] = bin
    }
    return Float64Array.from(cuts)
  })
  return { rows, width, edges, bins }
}

export function fitTrees(binned: BinnedRows, targets: ArrayLike<number>, options: TreeOptions = {}): TreeModel {
  const { trees: count, depth, least } = { ...DEFAULTS, ...options }
  const n = binned.rows.length
  let bias = 0
  for (let at = 0; at < n; at++) bias += (targets[at] as number) / n
  const residual = Float64Array.from({ length: n }, (_, at) => (targets[at] as number) - bias)
  const trees: Tree[] = []
  for (let seed = 0; seed < count; seed++) {
    const tree = growTree(binned, residual, seed, depth, least)
    trees.push(tree)
    for (const [at, row] of binned.rows.entries()) residual[at] = (residual[at] as number) - answerOf(tree, row)
  }
  return { bias, trees }
}

export function scoreTrees(model: TreeModel, row: Float64Array): number {
  let score = model.bias
  for (const tree of model.trees) score += answerOf(tree, row)
  return score
}

function answerOf({ feature, threshold, value }: Tree, row: Float64Array): number {
  let node = 0
  for (let f = feature[node] as number; f >= 0; f = feature[node] as number)
    node = (row[f] as number) < (threshold[node] as number) ? 2 * node + 1 : 2 * node + 2
  return value[node] as number
}

function growTree(binned: BinnedRows, residual: Float64Array, seed: number, depth: number, least: number): Tree {
  const nodes = 2 ** (depth + 1) - 1
  const feature = new Int16Array(nodes).fill(-1)
  const threshold = new Float64Array(nodes)
  const value = new Float64Array(nodes)
  const members: (Uint32Array | undefined)[] = [Uint32Array.from(binned.rows.keys()).filter((at) => drawn(at, seed, ROW_SHARE))]
  for (let node = 0; node < nodes; node++) {
    const here = members[node]
    if (here === undefined) continue
    let sum = 0
    for (const at of here) sum += residual[at] as number
    value[node] = (RATE * sum) / (here.length + SHRINK)
    if (2 * node + 2 >= nodes || here.length < 2 * least) continue
    const split = bestSplit(binned, residual, here, sum, seed * nodes + node, least)
    if (split === undefined) continue
    feature[node] = split.feature
    threshold[node] = binned.edges[split.feature]?.[split.bin] as number
    const isLeft = (at: number): boolean => (binned.bins[at * binned.width + split.feature] as number) <= split.bin
    members[2 * node + 1] = here.filter(isLeft)
    members[2 * node + 2] = here.filter((at) => !isLeft(at))
    members[node] = undefined
  }
  return { feature, threshold, value }
}

function bestSplit(binned: BinnedRows, residual: Float64Array, here: Uint32Array, sum: number, seed: number, least: number) {
  const sums = new Float64Array(BINS)
  const counts = new Uint32Array(BINS)
  const base = (sum * sum) / (here.length + SHRINK)
  let best: { feature: number; bin: number } | undefined
  let most = 1e-9
  for (let f = 0; f < binned.width; f++) {
    if (!drawn(f, seed + 7, FEATURE_SHARE)) continue
    sums.fill(0)
    counts.fill(0)
    for (const at of here) {
      const bin = binned.bins[at * binned.width + f] as number
      sums[bin] = (sums[bin] as number) + (residual[at] as number)
      counts[bin] = (counts[bin] as number) + 1
    }
    let left = 0
    let leftCount = 0
    for (let bin = 0; bin < (binned.edges[f]?.length ?? 0); bin++) {
      left += sums[bin] as number
      leftCount += counts[bin] as number
      const rightCount = here.length - leftCount
      if (leftCount < least) continue
      if (rightCount < least) break
      const gain = (left * left) / (leftCount + SHRINK) + (sum - left) ** 2 / (rightCount + SHRINK) - base
      if (gain > most) {
        most = gain
        best = { feature: f, bin }
      }
    }
  }
  return best
}

/** Whether `item` belongs to a share, by a hash in place of dice. */
function drawn(item: number, seed: number, share: number): boolean {
  let hash = Math.imul(item + 1, 0x9e3779b1) ^ Math.imul(seed + 1, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32 < share
}
