/**
 * transformers.js on ONNX Runtime's WebAssembly. Its build for Node would bring a native library for each platform, which macOS on Intel no longer has, and an
 * image library that sentences have no use for; its build for browsers runs as well under Node once it is handed a runtime and told where files are.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The part of a feature extraction pipeline that is used here. */
export interface Extract {
  (
    texts: readonly string[],
    options: { readonly pooling: 'mean' | 'cls'; readonly normalize: boolean },
  ): Promise<{ readonly dims: readonly number[]; readonly data: ArrayLike<number> }>
  /** Gives the model's memory back. */
  dispose(): Promise<void>
}

/** The part of transformers.js 4 that is used here. */
interface Transformers {
  readonly env: {
    allowRemoteModels: boolean
    allowLocalModels: boolean
    localModelPath: string
    remoteHost: string
    remotePathTemplate: string
    useFSCache: boolean
    useBrowserCache: boolean
    useWasmCache: boolean
    useCustomCache: boolean
    customCache: { match(path: string): Promise<Response | undefined>; put(): Promise<void> }
    fetch: (path: string) => Promise<Response>
    logLevel: number
  }
  readonly LogLevel: { readonly ERROR: number }
  readonly pipeline: (
    task: 'feature-extraction',
    model: string,
    options: {
      readonly dtype: 'q8'
      readonly device: 'auto'
      readonly local_files_only: boolean
      readonly session_options: { readonly executionProviders: readonly string[] }
    },
  ) => Promise<Extract>
}

interface OnnxRuntime {
  readonly env: { readonly wasm: { numThreads?: number; wasmPaths?: string; wasmBinary?: Uint8Array } }
}

const PACKAGE = '@huggingface/transformers'
const BROWSER_BUILD = 'dist/transformers.web.min.js'
/** A place that exists for transformers.js alone: whatever it asks for there comes out of memory. */
const NOWHERE = '/'
const MODEL = 'model'

/** @param files a model's, by their paths. Nothing else is read, and nothing is asked of the network. */
export async function sentenceRuntime(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): Promise<Extract> {
  const { env, LogLevel, pipeline } = await transformers()
  const read = async (path: string): Promise<Response | undefined> => {
    const bytes = files.get(path.slice(`${NOWHERE}${MODEL}/`.length))
    return bytes === undefined ? undefined : new Response(bytes)
  }
  Object.assign(env, {
    allowRemoteModels: false,
    allowLocalModels: true,
    localModelPath: NOWHERE,
    // a file has a name for either case, and these are to be the same
    remoteHost: NOWHERE,
    remotePathTemplate: '{model}/',
    useFSCache: false,
    useBrowserCache: false,
    useWasmCache: false,
    useCustomCache: true,
    customCache: { match: read, put: async () => undefined },
    fetch: async () => new Response('', { status: 404 }),
    logLevel: LogLevel.ERROR,
  } satisfies Transformers['env'])
  // 'auto' takes the runtime as it is; any other device is looked up in a list that is empty for a runtime from outside
  return pipeline('feature-extraction', MODEL, { dtype: 'q8', device: 'auto', local_files_only: true, session_options: { executionProviders: ['wasm'] } })
}

let loaded: Promise<Transformers> | undefined

function transformers(): Promise<Transformers> {
  loaded ??= load()
  loaded.catch(() => {
    loaded = undefined
  })
  return loaded
}

/** @throws Error when the packages are not there */
async function load(): Promise<Transformers> {
  const require = createRequire(import.meta.url)
  const runtime = require('onnxruntime-web') as OnnxRuntime
  const folder = dirname(require.resolve('onnxruntime-web'))
  const { wasm } = runtime.env
  // more threads would be more workers, for questions of a dozen words
  wasm.numThreads = 1
  // as bytes and by file name: by default both are asked of a content delivery network
  wasm.wasmPaths = pathToFileURL(join(folder, '/')).href
  wasm.wasmBinary = readFileSync(join(folder, 'ort-wasm-simd-threaded.wasm'))
  // "If the JS runtime exposes their own ONNX runtime, use it": huggingface/transformers.js, src/backends/onnx.js
  Object.assign(globalThis, { [Symbol.for('onnxruntime')]: runtime })
  // the package's `exports` offer this build to browsers alone
  const place = require.resolve.paths(PACKAGE)?.find((each) => existsSync(join(each, PACKAGE, BROWSER_BUILD)))
  if (place === undefined) throw new Error(`the package ${PACKAGE} is not installed`)
  return (await import(pathToFileURL(join(place, PACKAGE, BROWSER_BUILD)).href)) as Transformers
}
