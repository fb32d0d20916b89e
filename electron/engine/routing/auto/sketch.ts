/**
 * A vector as decisions compare it: of unit length, and of at most 384 numbers, since two thousand of them are looked at in a part of two milliseconds.
 * What an embedder makes longer is projected at random onto 256 (Johnson-Lindenstrauss, by signs alone as Achlioptas 2003 has it), which moves a cosine by
 * some six hundredths. Deterministic, pure.
 */

/** As long as those of small local models. */
const LONGEST = 384
const PROJECTED = 256
const SEED = 0x9e3779b9

const signs = new Map<number, Int8Array>()

export function sketchOf(vector: ArrayLike<number>): Float32Array {
  if (vector.length <= LONGEST) return unit(Float32Array.from(vector))
  const rows = signsFor(vector.length)
  const sketch = new Float32Array(PROJECTED)
  for (let at = 0; at < PROJECTED; at++) {
    const from = at * vector.length
    let sum = 0
    for (let k = 0; k < vector.length; k++) sum += (rows[from + k] as number) * (vector[k] as number)
    sketch[at] = sum
  }
  return unit(sketch)
}

/** The same for every vector of a length: xorshift (Marsaglia 2003) from a fixed seed. */
function signsFor(length: number): Int8Array {
  const known = signs.get(length)
  if (known !== undefined) return known
  let state = SEED ^ length
  const rows = Int8Array.from({ length: PROJECTED * length }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state < 0 ? -1 : 1
  })
  signs.set(length, rows)
  return rows
}

function unit(vector: Float32Array): Float32Array {
  let sum = 0
  for (const value of vector) sum += value * value
  const scale = sum === 0 ? 0 : 1 / Math.sqrt(sum)
  return vector.map((value) => value * scale)
}
