import { type Embedder, EmbedderError, toUnit } from './embedder.ts'

/** Sends texts to an embedding endpoint and gives back one list of numbers a text, in order. How it is reached and paid is its maker's part. */
export type EmbedTexts = (texts: readonly string[], signal?: AbortSignal) => Promise<readonly (readonly number[])[]>

/** OpenAI takes 2,048 texts a call, Gemini 100, Voyage 1,000; local servers are better served in small portions. */
const TEXTS_PER_CALL = 64

/**
 * The user's own embeddings: OpenAI, Gemini, Voyage, Ollama, LM Studio or whatever else `embed` reaches.
 * @param id `provider/model`; vectors of one model are never compared with another's
 */
export function endpointEmbedder(id: string, embed: EmbedTexts): Embedder {
  return {
    id,
    async embed(texts, signal) {
      const vectors: Float32Array[] = []
      for (let start = 0; start < texts.length; start += TEXTS_PER_CALL) {
        const portion = texts.slice(start, start + TEXTS_PER_CALL)
        const lists = await embed(portion, signal)
        if (lists.length !== portion.length) throw new EmbedderError(`${id} answered ${lists.length} vectors for ${portion.length} texts`)
        for (const list of lists) {
          if (list.length === 0 || !list.every(Number.isFinite)) throw new EmbedderError(`${id} answered a vector that holds no numbers`)
          vectors.push(toUnit(Float32Array.from(list)))
        }
      }
      if (vectors.some(({ length }) => length !== vectors[0]?.length)) throw new EmbedderError(`${id} answered vectors of different lengths`)
      return vectors
    },
  }
}
