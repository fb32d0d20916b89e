/** Turns texts into vectors. Everything that proposes candidates stands behind this; none of them may approve one, that is the gate's part. */
export interface Embedder {
  /** Names the vectors: those of one id are compared with each other and with no others. */
  readonly id: string
  /**
   * Unit vectors, one a text, in order.
   * @throws when the model or the endpoint behind it fails; the tier then goes on without vectors
   */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]>
}

/** Scales to length 1 in place; a vector of zeros stays as it is. */
export function toUnit(vector: Float32Array): Float32Array {
  let sum = 0
  for (const value of vector) sum += value * value
  if (sum === 0) return vector
  const scale = 1 / Math.sqrt(sum)
  for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] as number) * scale
  return vector
}

/** Of unit vectors, so the dot product; 0 where the lengths differ. */
export function cosine(one: Float32Array, other: Float32Array): number {
  if (one.length !== other.length) return 0
  let sum = 0
  for (let index = 0; index < one.length; index++) sum += (one[index] as number) * (other[index] as number)
  return sum
}

/** An embedder could not do what was asked. The message is for people. */
export class EmbedderError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'EmbedderError'
  }
}
