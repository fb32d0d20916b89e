/** Entries that a sketch may pass on to exact comparison, for each result asked for. More is slower and misses less. */
const SHORTLIST_PER_RESULT = 64
const LEAST_SHORTLIST = 512
const LEAST_SLOTS = 64

export interface Neighbour {
  readonly id: string
  /** Cosine, -1 to 1. */
  readonly similarity: number
}

/**
 * Vectors of one embedder, searched in two steps: a sketch of signs after a random rotation (random hyperplanes, Charikar 2002) picks a shortlist by
 * Hamming distance, exact cosines decide. At 100,000 vectors of 384 numbers that reads 6 MB of sketches instead of 150 MB. Vectors are kept as 8-bit
 * integers with a scale of their own, a quarter of the memory; cosines then are within 0.005.
 */
export class VectorIndex {
  readonly #dimensions: number
  /** A power of two that holds the dimensions: the rotation needs one. */
  readonly #width: number
  readonly #sketchWords: number
  readonly #signs: Float32Array
  readonly #slots = new Map<string, number>()
  readonly #free: number[] = []
  #ids: (string | undefined)[] = []
  #numbers: Int8Array
  #scales: Float32Array
  #sketches: Uint32Array

  constructor(dimensions: number) {
    this.#dimensions = dimensions
    this.#width = 2 ** Math.ceil(Math.log2(Math.max(32, dimensions)))
    this.#sketchWords = this.#width / 32
    this.#signs = randomSigns(this.#width)
    this.#numbers = new Int8Array(LEAST_SLOTS * dimensions)
    this.#scales = new Float32Array(LEAST_SLOTS)
    this.#sketches = new Uint32Array(LEAST_SLOTS * this.#sketchWords)
  }

  get size(): number {
    return this.#slots.size
  }

  /** @param vector a unit vector; one of another length is not taken, for it is of another model */
  add(id: string, vector: Float32Array): void {
    if (vector.length !== this.#dimensions) return
    this.remove(id)
    const slot = this.#free.pop() ?? this.#ids.length
    if ((slot + 1) * this.#dimensions > this.#numbers.length) this.#grow()
    const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const scale = largest / 127 || 1
    this.#numbers.set(
      vector.map((value) => Math.round(value / scale)),
      slot * this.#dimensions,
    )
    this.#scales[slot] = scale
    this.#sketches.set(this.#sketch(vector), slot * this.#sketchWords)
    this.#ids[slot] = id
    this.#slots.set(id, slot)
  }

  remove(id: string): void {
    const slot = this.#slots.get(id)
    if (slot === undefined) return
    this.#slots.delete(id)
    this.#ids[slot] = undefined
    this.#free.push(slot)
  }

  /** The `most` nearest, nearest first. */
  search(vector: Float32Array, most: number): readonly Neighbour[] {
    if (vector.length !== this.#dimensions || this.#slots.size === 0) return []
    return this.#shortlist(this.#sketch(vector), Math.max(LEAST_SHORTLIST, most * SHORTLIST_PER_RESULT))
      .map((slot) => ({ id: this.#ids[slot] ?? '', similarity: this.#cosine(vector, slot) }))
      .sort((one, other) => other.similarity - one.similarity)
      .slice(0, most)
  }

  /** Slots by Hamming distance, counted into buckets so that nothing is sorted. */
  #shortlist(sketch: Uint32Array, most: number): readonly number[] {
    const total = this.#ids.length
    const distances = new Uint16Array(total)
    const counts = new Uint32Array(this.#width + 1)
    const [sketches, words] = [this.#sketches, this.#sketchWords]
    for (let slot = 0, at = 0; slot < total; slot++) {
      let distance = 0
      for (let word = 0; word < words; word++, at++) distance += bitsIn((sketches[at] as number) ^ (sketch[word] as number))
      distances[slot] = distance
      if (this.#ids[slot] !== undefined) counts[distance] = (counts[distance] as number) + 1
    }
    let limit = 0
    for (let found = 0; limit <= this.#width; limit++) {
      found += counts[limit] as number
      if (found >= most) break
    }
    const slots: number[] = []
    for (let slot = 0; slot < total && slots.length < most; slot++) if (this.#ids[slot] !== undefined && (distances[slot] as number) < limit) slots.push(slot)
    for (let slot = 0; slot < total && slots.length < most; slot++) if (this.#ids[slot] !== undefined && distances[slot] === limit) slots.push(slot)
    return slots
  }

  #cosine(vector: Float32Array, slot: number): number {
    const start = slot * this.#dimensions
    let sum = 0
    for (let index = 0; index < this.#dimensions; index++) sum += (vector[index] as number) * (this.#numbers[start + index] as number)
    // beyond six digits lies only the rounding to 8 bits
    return Math.round(sum * (this.#scales[slot] as number) * 1e6) / 1e6
  }

  /** Signs flipped at random, then a Walsh-Hadamard transform: a rotation in n log n steps, so that also sparse vectors fill every bit. */
  #sketch(vector: Float32Array): Uint32Array {
    const rotated = new Float32Array(this.#width)
    for (let index = 0; index < vector.length; index++) rotated[index] = (vector[index] as number) * (this.#signs[index] as number)
    for (let half = 1; half < this.#width; half *= 2) {
      for (let start = 0; start < this.#width; start += half * 2) {
        for (let index = start; index < start + half; index++) {
          const [one, other] = [rotated[index] as number, rotated[index + half] as number]
          rotated[index] = one + other
          rotated[index + half] = one - other
        }
      }
    }
    const sketch = new Uint32Array(this.#sketchWords)
    for (let index = 0; index < this.#width; index++)
      if ((rotated[index] as number) > 0) sketch[index >>> 5] = (sketch[index >>> 5] as number) | (1 << (index & 31))
    return sketch
  }

  #grow(): void {
    const grown = <Numbers extends Int8Array | Float32Array | Uint32Array>(old: Numbers, made: Numbers): Numbers => {
      made.set(old)
      return made
    }
    this.#numbers = grown(this.#numbers, new Int8Array(this.#numbers.length * 2))
    this.#scales = grown(this.#scales, new Float32Array(this.#scales.length * 2))
    this.#sketches = grown(this.#sketches, new Uint32Array(this.#sketches.length * 2))
  }
}

/** Set bits of 32, by the parallel sums of Hacker's Delight, 5-1. */
function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The same in every run (xorshift32), or sketches would not survive a restart of a thread. */
function randomSigns(length: number): Float32Array {
  let state = 0x9e3779b9
  return Float32Array.from({ length }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state & 1 ? 1 : -1
  })
}
