/** The last few vectors that embedders have made, so that what the cache has had embedded a moment ago is not embedded again for a choice of models. */
import type { Embedder } from './cache/semantic/embedders/embedder.ts'

/** Requests that are on their way to an answer at the same time, and a few more. */
const MOST = 200

export class LatelyEmbedded {
  /** By embedder and text, the newest last. */
  readonly #vectors = new Map<string, Float32Array>()

  known(embedder: string, text: string): Float32Array | undefined {
    return this.#vectors.get(keyOf(embedder, text))
  }

  /** The same embedder, whose vectors are remembered for a while. */
  remembering(embedder: Embedder): Embedder {
    return {
      id: embedder.id,
      embed: async (texts, signal) => {
        const vectors = await embedder.embed(texts, signal)
        for (const [place, text] of texts.entries()) {
          const vector = vectors[place]
          if (vector !== undefined) this.#add(keyOf(embedder.id, text), vector)
        }
        return vectors
      },
    }
  }

  #add(key: string, vector: Float32Array): void {
    this.#vectors.delete(key)
    this.#vectors.set(key, vector)
    const oldest = this.#vectors.keys().next()
    if (this.#vectors.size > MOST && oldest.done !== true) this.#vectors.delete(oldest.value)
  }
}

function keyOf(embedder: string, text: string): string {
  return `${embedder}\n${text}`
}
