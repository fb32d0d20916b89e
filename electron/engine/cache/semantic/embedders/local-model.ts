/** A sentence model run by transformers.js. This file is loaded in the semantic thread alone, and the packages when a model is started. */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { EmbedderError, toUnit } from './embedder.ts'
import { ModelError, sha256 } from './model-files.ts'
import type { ModelOffer } from './models.ts'
import { sentenceRuntime } from './sentence-runtime.ts'

export interface LocalModel {
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>
  /** Gives its memory back. */
  close(): Promise<void>
}

/** What the thread has to know of an offer. */
export type ModelToLoad = Pick<ModelOffer, 'id' | 'revision' | 'files' | 'pooling'>

/**
 * Starts a model out of the very bytes whose sums were checked. A wrong file is deleted.
 * @param folder the model's own folder, as `fetchModel` fills it
 * @throws ModelError when a file is wrong, or the runtime refuses the model
 */
export async function loadModel(folder: string, { files, pooling }: ModelToLoad): Promise<LocalModel> {
  const checked = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const { path, sha256: expected } of files) {
    const bytes = await readFile(join(folder, path)).catch(() => undefined)
    if (bytes === undefined || sha256(bytes) !== expected) {
      await rm(join(folder, path), { force: true })
      throw new ModelError({ code: 'wrong-file', file: path })
    }
    checked.set(path, bytes)
  }
  const extract = await sentenceRuntime(checked).catch((thrown: unknown) => {
    throw new ModelError({ code: 'unusable', why: thrown instanceof Error ? thrown.message : String(thrown) })
  })
  return {
    async embed(texts) {
      const { dims, data } = await extract(texts, { pooling, normalize: true })
      const [rows = 0, columns = 0] = dims
      if (rows !== texts.length) throw new EmbedderError(`the model answered ${rows} vectors for ${texts.length} texts`)
      return texts.map((_, row) => toUnit(Float32Array.from({ length: columns }, (_number, column) => data[row * columns + column] ?? 0)))
    },
    close: () => extract.dispose(),
  }
}
