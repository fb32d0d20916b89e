import type { SemanticThread } from '../worker/thread.ts'
import type { Embedder } from './embedder.ts'
import type { LocalModels } from './local-models.ts'
import { ModelError } from './model-files.ts'
import { type ModelOffer, vectorsOf } from './models.ts'

/** A model that is on this machine, started at the first text. A failed start is tried again at the next one. */
export function localEmbedder(offer: ModelOffer, { thread, models }: { readonly thread: SemanticThread; readonly models: LocalModels }): Embedder {
  const id = vectorsOf(offer)
  let starting: Promise<void> | undefined
  return {
    id,
    async embed(texts) {
      starting ??= thread.loadModel(models.placeOf(offer), offer)
      try {
        await starting
        return await thread.embed(id, texts)
      } catch (error) {
        // the thread may have ended, or hold another model by now
        starting = undefined
        if (error instanceof ModelError) models.broken(offer, error)
        throw error
      }
    },
  }
}
