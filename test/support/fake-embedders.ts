/** Local sentence models for the fake engine: one agreement, a download in steps, and what can go wrong with it. */
import type { embeddersApi } from '../../shared/api/embedders.ts'
import { ApiError, type Handlers } from '../../shared/contract.ts'
import type { LocalModelState, LocalModelSummary } from '../../shared/local-models.ts'

const BYTES = 23_685_047
const STEPS = 4

/** How a download ends; 'held' stops half way. */
export type DownloadEnd = 'ready' | 'wrong-file' | 'held'

export interface FakeEmbeddersFacts {
  readonly ends: DownloadEnd
  readonly stepMs: number
  readonly changed: () => void
  readonly chosen: (id: string) => void
}

export function fakeEmbedders({ ends, stepMs, changed, chosen }: FakeEmbeddersFacts): Handlers<typeof embeddersApi> {
  const states = new Map<string, LocalModelState>()
  let run = 0
  const summary = (id: string): LocalModelSummary => {
    if (id !== 'all-minilm-l6-v2' && id !== 'bge-small-en-v1.5') throw new ApiError('not-found', `There is no model ${id} to be had.`, 'id')
    const mini = id === 'all-minilm-l6-v2'
    return {
      id,
      repository: mini ? 'Xenova/all-MiniLM-L6-v2' : 'Xenova/bge-small-en-v1.5',
      revision: mini ? '751bff37182d3f1213fa05d7196b954e230abad9' : 'ea104dacec62c0de699686887e3f920caeb4f3e3',
      host: 'huggingface.co',
      licence: mini ? 'Apache-2.0' : 'MIT',
      bytes: mini ? BYTES : 34_726_871,
      folder: `/home/someone/.config/switchyard/embedders/${id}`,
      state: states.get(id) ?? { is: 'absent', received: 0 },
    }
  }
  const become = (id: string, state: LocalModelState): LocalModelSummary => {
    states.set(id, state)
    changed()
    return summary(id)
  }
  async function bring(id: string, mine: number): Promise<void> {
    for (let step = 1; step <= STEPS; step++) {
      await new Promise((resolve) => setTimeout(resolve, stepMs))
      if (run !== mine) return
      become(id, { is: 'loading', received: (summary(id).bytes * step) / STEPS })
      if (ends === 'held' && step === STEPS / 2) return
    }
    if (ends === 'wrong-file') {
      const file = 'onnx/model_quantized.onnx'
      become(id, { is: 'failed', problem: { code: 'wrong-file', file }, message: `${file} is not the right file`, received: 0 })
      return
    }
    chosen(id)
    become(id, { is: 'ready' })
  }
  return {
    'embedders.list': () => ['all-minilm-l6-v2', 'bge-small-en-v1.5'].map(summary),
    'embedders.download': ({ id, revision }) => {
      if (summary(id).revision !== revision) throw new ApiError('conflict', 'Another commit is offered.', 'revision')
      void bring(id, ++run)
      return become(id, { is: 'loading', received: 0 })
    },
    'embedders.cancel': ({ id }) => {
      run++
      return become(id, { is: 'absent', received: 0 })
    },
    'embedders.delete': ({ id }) => {
      run++
      chosen('')
      return become(id, { is: 'absent', received: 0 })
    },
  }
}
