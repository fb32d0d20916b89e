import type { LocalModelProblem } from '../../../../../shared/local-models.ts'
import type { ModelToLoad } from '../embedders/local-model.ts'
import type { Neighbour } from '../index/vector-index.ts'

/** What the semantic thread is told. `call` names the answer. */
export type ToThread =
  | { readonly do: 'add'; readonly part: string; readonly id: string; readonly vector: Float32Array }
  | { readonly do: 'remove'; readonly part: string; readonly id: string }
  | { readonly do: 'clear' }
  | { readonly do: 'search'; readonly call: number; readonly part: string; readonly vector: Float32Array; readonly most: number }
  | { readonly do: 'load-model'; readonly call: number; readonly folder: string; readonly model: ModelToLoad }
  | { readonly do: 'unload-model' }
  | { readonly do: 'embed'; readonly call: number; readonly model: string; readonly texts: readonly string[] }

export type FromThread =
  | { readonly call: number; readonly is: 'done'; readonly value: readonly Neighbour[] | readonly Float32Array[] | undefined }
  | { readonly call: number; readonly is: 'failed'; readonly message: string; readonly problem?: LocalModelProblem }
