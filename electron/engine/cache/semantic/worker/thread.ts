import { Worker } from 'node:worker_threads'
import { EmbedderError } from '../embedders/embedder.ts'
import type { ModelToLoad } from '../embedders/local-model.ts'
import { ModelError } from '../embedders/model-files.ts'
import type { Neighbour } from '../index/vector-index.ts'
import type { VectorSearch } from '../index/vector-search.ts'
import type { FromThread, ToThread } from './messages.ts'

/** A thread for vectors and, once a model is loaded, for local embeddings. */
export interface SemanticThread extends VectorSearch {
  /** In place of the one before. @throws ModelError when a file is not the pinned one, or the runtime refuses the model */
  loadModel(folder: string, model: ModelToLoad): Promise<void>
  /** Nothing happens where the thread has not started. */
  unloadModel(): void
  /** @param model as `vectorsOf` names it. @throws EmbedderError, also when another model has taken its place */
  embed(model: string, texts: readonly string[]): Promise<readonly Float32Array[]>
}

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }

/** Starts at the first call. While nothing is awaited it does not keep the process alive. */
export function semanticThread(): SemanticThread {
  let worker: Worker | undefined
  let calls = 0
  const waiting = new Map<number, Waiting>()

  function fail(message: string): void {
    for (const { reject } of waiting.values()) reject(new EmbedderError(message))
    waiting.clear()
    worker = undefined
  }

  function thread(): Worker {
    if (worker !== undefined) return worker
    // beside us in the sources, flat in the build; see vite.config.ts
    const started = new Worker(new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './semantic-worker.js', import.meta.url))
    started.on('message', (answer: FromThread) => {
      const call = waiting.get(answer.call)
      waiting.delete(answer.call)
      if (waiting.size === 0) started.unref()
      if (answer.is === 'done') call?.resolve(answer.value)
      else call?.reject(answer.problem === undefined ? new EmbedderError(answer.message) : new ModelError(answer.problem))
    })
    started.on('error', (error) => fail(error.message))
    started.on('exit', () => fail('the thread has ended'))
    started.unref()
    worker = started
    return started
  }

  // a vector is copied, not transferred: its owner may still need it
  const tell = (message: ToThread): void => thread().postMessage(message)
  function ask<Value>(make: (call: number) => ToThread): Promise<Value> {
    const call = ++calls
    return new Promise<Value>((resolve, reject) => {
      waiting.set(call, { resolve: resolve as (value: unknown) => void, reject })
      thread().ref()
      tell(make(call))
    })
  }

  return {
    add: (part, id, vector) => tell({ do: 'add', part, id, vector }),
    remove: (part, id) => tell({ do: 'remove', part, id }),
    clear: () => worker?.postMessage({ do: 'clear' } satisfies ToThread),
    search: (part, vector, most) => ask<readonly Neighbour[]>((call) => ({ do: 'search', call, part, vector, most })),
    loadModel: (folder, { id, revision, files, pooling }) => ask<void>((call) => ({ do: 'load-model', call, folder, model: { id, revision, files, pooling } })),
    unloadModel: () => worker?.postMessage({ do: 'unload-model' } satisfies ToThread),
    embed: (model, texts) => ask<readonly Float32Array[]>((call) => ({ do: 'embed', call, model, texts })),
    async close() {
      await worker?.terminate()
    },
  }
}
