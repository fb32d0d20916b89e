/** The most similar known prompts by the words they share (TF-IDF cosine), through an inverted index. Deterministic. */

export interface NeighbourIndex {
  /** The examples that hold a word, by its hash. */
  readonly postings: ReadonlyMap<number, Uint32Array>
  readonly idf: ReadonlyMap<number, number>
  readonly norms: Float64Array
  readonly size: number
}

/** Words of more than this share of many examples find everything, slowly, and tell nothing. */
const TOO_COMMON = 0.2

/** @param tooCommon 1 where the examples may be all of one kind, so that their common words are what makes them alike */
export function indexNeighbours(rows: readonly Uint32Array[], tooCommon = TOO_COMMON): NeighbourIndex {
  const lists = new Map<number, number[]>()
  for (const [at, row] of rows.entries()) {
    for (const hash of row) {
      const list = lists.get(hash)
      if (list === undefined) lists.set(hash, [at])
      else list.push(at)
    }
  }
  const postings = new Map<number, Uint32Array>()
  const idf = new Map<number, number>()
  const norms = new Float64Array(rows.length)
  for (const [hash, list] of lists) {
    const weight = Math.log(1 + rows.length / list.length)
    if (list.length > 1 && list.length > rows.length * tooCommon) {
      idf.set(hash, 0)
      continue
    }
    for (const at of list) norms[at] = (norms[at] as number) + weight * weight
    if (list.length < 2) continue
    postings.set(hash, Uint32Array.from(list))
    idf.set(hash, weight)
  }
  for (let at = 0; at < norms.length; at++) norms[at] = Math.sqrt(norms[at] as number) || 1
  return { postings, idf, norms, size: rows.length }
}

/** Of a long text the rarest words are looked up; the others are in too many examples to tell them apart. */
const MOST_LOOKED_UP = 250

export interface Neighbour {
  readonly at: number
  /** Cosine, 0..1. */
  readonly similarity: number
}

/** The `most` nearest examples, nearest first. */
export function neighboursOf(index: NeighbourIndex, hashes: Uint32Array, most: number): readonly Neighbour[] {
  const dots = new Float64Array(index.size)
  let norm = 0
  const unseen = Math.log(1 + index.size)
  const known: { readonly hash: number; readonly weight: number }[] = []
  for (const hash of hashes) {
    const weight = index.idf.get(hash)
    norm += (weight ?? unseen * 0.5) ** 2
    if (weight !== undefined && weight !== 0) known.push({ hash, weight })
  }
  if (known.length > MOST_LOOKED_UP) known.sort((a, b) => b.weight - a.weight || a.hash - b.hash).length = MOST_LOOKED_UP
  for (const { hash, weight } of known) {
    const square = weight * weight
    for (const at of index.postings.get(hash) as Uint32Array) dots[at] = (dots[at] as number) + square
  }
  norm = Math.sqrt(norm) || 1
  const found: Neighbour[] = []
  let least = 0
  for (let at = 0; at < dots.length; at++) {
    if (dots[at] === 0) continue
    const similarity = (dots[at] as number) / (norm * (index.norms[at] as number))
    if (found.length >= most * 4) {
      found.sort(nearestFirst)
      found.length = most
      least = found[most - 1]?.similarity ?? 0
    }
    if (similarity > least) found.push({ at, similarity })
  }
  return found.sort(nearestFirst).slice(0, most)
}

function nearestFirst(a: Neighbour, b: Neighbour): number {
  return b.similarity - a.similarity || a.at - b.at
}
