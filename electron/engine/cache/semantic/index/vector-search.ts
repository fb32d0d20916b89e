import { type Neighbour, VectorIndex } from './vector-index.ts'

/** Vectors in parts: a search sees those of one part alone. */
export interface VectorSearch {
  add(part: string, id: string, vector: Float32Array): void
  remove(part: string, id: string): void
  /** Forgets every part: another embedder's vectors come. */
  clear(): void
  /** The nearest first. @throws when the thread behind it has died */
  search(part: string, vector: Float32Array, most: number): Promise<readonly Neighbour[]>
  close(): Promise<void>
}

/** In this thread: for tests, and inside the worker. */
export function localVectors(): VectorSearch {
  const parts = new Map<string, VectorIndex>()
  return {
    add(part, id, vector) {
      const index = parts.get(part) ?? new VectorIndex(vector.length)
      parts.set(part, index)
      index.add(id, vector)
    },
    remove(part, id) {
      const index = parts.get(part)
      index?.remove(id)
      if (index?.size === 0) parts.delete(part)
    },
    clear: () => parts.clear(),
    search: async (part, vector, most) => parts.get(part)?.search(vector, most) ?? [],
    close: async () => parts.clear(),
  }
}
