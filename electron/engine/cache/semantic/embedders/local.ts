import type { SemanticThread } from '../worker/thread.ts'
import type { Embedder } from './embedder.ts'
import { type FetchModelOptions, fetchModel, type ModelOffer } from './model-files.ts'

export interface LocalEmbedderOptions extends FetchModelOptions {
  readonly thread: SemanticThread
  /** A folder from which `@huggingface/transformers` can be resolved. */
  readonly runtime: string
}

/** A model on this machine, brought and loaded at the first text. A failed attempt is tried again at the next one. */
export function localEmbedder(offer: ModelOffer, { thread, runtime, ...options }: LocalEmbedderOptions): Embedder {
  let loading: Promise<void> | undefined
  async function load(): Promise<void> {
    await thread.loadModel(await fetchModel(offer, options), runtime)
  }
  return {
    id: offer.id,
    async embed(texts) {
      loading ??= load()
      try {
        await loading
      } catch (error) {
        loading = undefined
        throw error
      }
      return thread.embed(texts)
    },
  }
}
