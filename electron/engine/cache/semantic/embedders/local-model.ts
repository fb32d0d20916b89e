/** A sentence model run by transformers.js. This file is loaded in the semantic thread alone. */
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { EmbedderError, toUnit } from './embedder.ts'

export type LocalModel = (texts: readonly string[]) => Promise<readonly Float32Array[]>

const PACKAGE = '@huggingface/transformers'

/** The part of transformers.js 3 and 4 that is used here. */
interface Runtime {
  readonly env: { allowRemoteModels: boolean; allowLocalModels: boolean; localModelPath: string }
  readonly pipeline: (
    task: 'feature-extraction',
    model: string,
    options: { readonly dtype: 'q8'; readonly local_files_only: boolean },
  ) => Promise<
    (
      texts: readonly string[],
      options: { readonly pooling: 'mean'; readonly normalize: boolean },
    ) => Promise<{ readonly dims: readonly number[]; readonly data: ArrayLike<number> }>
  >
}

/**
 * Loads a model from its folder, never from the network.
 * @param folder the model's own folder, as `fetchModel` fills it
 * @param runtime a folder from which `@huggingface/transformers` can be resolved; the package is optional and large, so it is not among our dependencies
 * @throws EmbedderError when the package is not installed there or refuses the model
 */
export async function loadModel(folder: string, runtime: string): Promise<LocalModel> {
  const { env, pipeline } = runtimeFrom(runtime)
  env.allowRemoteModels = false
  env.allowLocalModels = true
  env.localModelPath = dirname(folder)
  const extract = await pipeline('feature-extraction', basename(folder), { dtype: 'q8', local_files_only: true })
  return async (texts) => {
    const { dims, data } = await extract(texts, { pooling: 'mean', normalize: true })
    const [rows = 0, columns = 0] = dims
    if (rows !== texts.length) throw new EmbedderError(`the model answered ${rows} vectors for ${texts.length} texts`)
    return texts.map((_, row) => toUnit(Float32Array.from({ length: columns }, (_number, column) => data[row * columns + column] ?? 0)))
  }
}

/** By `require`, which since Node 22 takes modules of both kinds. */
function runtimeFrom(folder: string): Runtime {
  const require = createRequire(join(folder, 'package.json'))
  try {
    require.resolve(PACKAGE)
  } catch {
    throw new EmbedderError(`local embeddings need the package ${PACKAGE}; install it in ${folder}`)
  }
  return require(PACKAGE) as Runtime
}
