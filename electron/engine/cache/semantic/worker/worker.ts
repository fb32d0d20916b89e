/** The semantic thread: scans vectors and runs the local model, so that neither holds up a request on the main thread. */
import { parentPort } from 'node:worker_threads'
import { type LocalModel, loadModel } from '../embedders/local-model.ts'
import { ModelError } from '../embedders/model-files.ts'
import { vectorsOf } from '../embedders/models.ts'
import { localVectors } from '../index/vector-search.ts'
import type { FromThread, ToThread } from './messages.ts'

const vectors = localVectors()
/** One at a time: a model is most of this thread's memory. */
let loaded: { readonly id: string; readonly model: LocalModel } | undefined
/** Models come and go one after the other, however they are asked for. */
let turn: Promise<unknown> = Promise.resolve()

function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  const done = turn.then(work)
  turn = done.catch(() => undefined)
  return done
}

async function unload(): Promise<void> {
  const before = loaded
  loaded = undefined
  await before?.model.close()
}

async function answer(message: Exclude<ToThread, { do: 'add' | 'remove' | 'clear' | 'unload-model' }>): Promise<Extract<FromThread, { is: 'done' }>['value']> {
  if (message.do === 'search') return vectors.search(message.part, message.vector, message.most)
  return inTurn(async () => {
    if (message.do === 'load-model') {
      const id = vectorsOf(message.model)
      if (loaded?.id === id) return undefined
      await unload()
      loaded = { id, model: await loadModel(message.folder, message.model) }
      return undefined
    }
    if (loaded?.id !== message.model) throw new Error(`the model ${message.model} is not loaded`)
    return loaded.model.embed(message.texts)
  })
}

parentPort?.on('message', (message: ToThread) => {
  if (message.do === 'add') return vectors.add(message.part, message.id, message.vector)
  if (message.do === 'remove') return vectors.remove(message.part, message.id)
  if (message.do === 'clear') return vectors.clear()
  if (message.do === 'unload-model') {
    // what cannot be given back now goes with the thread
    inTurn(unload).catch(() => undefined)
    return
  }
  const { call } = message
  answer(message).then(
    (value) => parentPort?.postMessage({ call, is: 'done', value } satisfies FromThread),
    (error: unknown) =>
      parentPort?.postMessage({
        call,
        is: 'failed',
        message: error instanceof Error ? error.message : String(error),
        ...(error instanceof ModelError && { problem: error.problem }),
      } satisfies FromThread),
  )
})
