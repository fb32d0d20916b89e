/** The semantic thread: scans vectors and runs the local model, so that neither holds up a request on the main thread. */
import { parentPort } from 'node:worker_threads'
import { type LocalModel, loadModel } from '../embedders/local-model.ts'
import { localVectors } from '../index/vector-search.ts'
import type { FromThread, ToThread } from './messages.ts'

const vectors = localVectors()
let model: LocalModel | undefined

async function answer(message: Exclude<ToThread, { do: 'add' | 'remove' }>): Promise<Extract<FromThread, { is: 'done' }>['value']> {
  if (message.do === 'search') return vectors.search(message.part, message.vector, message.most)
  if (message.do === 'load-model') {
    model = await loadModel(message.folder, message.runtime)
    return undefined
  }
  if (model === undefined) throw new Error('the local model is not loaded')
  return model(message.texts)
}

parentPort?.on('message', (message: ToThread) => {
  if (message.do === 'add') return vectors.add(message.part, message.id, message.vector)
  if (message.do === 'remove') return vectors.remove(message.part, message.id)
  const { call } = message
  answer(message).then(
    (value) => parentPort?.postMessage({ call, is: 'done', value } satisfies FromThread),
    (error: unknown) => parentPort?.postMessage({ call, is: 'failed', message: error instanceof Error ? error.message : String(error) } satisfies FromThread),
  )
})
