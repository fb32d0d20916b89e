/**
 * Embeddings for automatic routing: by the embedder that the user chose for the semantic cache, if it may be used for this too. Judgements are embedded
 * beside the requests. A decision takes what was embedded already, or waits a few milliseconds for a model on this machine; it asks no provider, ever.
 */
import type { Endpoint } from '../../shared/routing.ts'
import { sketchOf } from './routing/auto/sketch.ts'
import type { Embedding } from './semantic-embedding.ts'

/** An embedder as automatic routing sees it. */
export interface AutoEmbedding {
  /** Names its vectors. */
  readonly id: string
  /** Where texts are sent; undefined: nowhere, the model runs in this process. */
  readonly at: Endpoint | undefined
  /** Vectors of texts, in their order. @throws when it fails */
  readonly embed: (texts: readonly string[]) => Promise<readonly Float32Array[]>
  /** What it has made of this very text lately, for whomever. */
  readonly known: (text: string) => Float32Array | undefined
  readonly onFailure: (error: Error) => void
}

/** The embedder of a setting of the response cache; undefined: words alone, or an endpoint that nobody knows. */
export function autoEmbedding(
  embedders: Pick<Embedding, 'of' | 'known' | 'runsHere'>,
  setting: string,
  endpointOf: (model: string) => Endpoint | undefined,
): AutoEmbedding | undefined {
  const made = embedders.of(setting)
  const at = endpointOf(setting)
  if (made === undefined || (at === undefined && !embedders.runsHere(setting))) return undefined
  const { embedder, onFailure = () => undefined } = made
  return {
    id: embedder.id,
    at: embedders.runsHere(setting) ? undefined : at,
    embed: (texts) => embedder.embed(texts),
    known: (text) => embedders.known(embedder.id, text),
    onFailure,
  }
}

/** As much of a prompt as embedders read; the semantic cache looks at no longer questions either. */
const MOST_CHARACTERS = 2_000
/** A decision goes on by words alone when the model on this machine takes longer. */
const PATIENCE_MS = 15

export function embeddedText(prompt: string): string {
  return prompt.slice(0, MOST_CHARACTERS)
}

/** The sketch of a prompt for a decision; undefined: not to be had in time. Never rejects. */
export async function sketchInTime(embedding: AutoEmbedding, prompt: string): Promise<Float32Array | undefined> {
  const text = embeddedText(prompt)
  const known = embedding.known(text)
  if (known !== undefined) return sketchOf(known)
  if (text === '' || embedding.at !== undefined) return undefined
  const made = embedding.embed([text]).catch((error: Error) => {
    embedding.onFailure(error)
    return []
  })
  const { promise: late, resolve } = Promise.withResolvers<readonly Float32Array[]>()
  const timer = setTimeout(() => resolve([]), PATIENCE_MS)
  const [vector] = await Promise.race([made, late])
  clearTimeout(timer)
  return vector && sketchOf(vector)
}
