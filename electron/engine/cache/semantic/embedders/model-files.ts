import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { EmbedderError } from './embedder.ts'

/** A sentence model on Hugging Face, and what its first use will load. */
export interface ModelOffer {
  /** Names the vectors too. */
  readonly id: string
  readonly repository: string
  readonly revision: string
  readonly files: readonly string[]
  /** About, for the question whether to load it. */
  readonly megabytes: number
  /** Where matches begin to be worth a look; a start, evidence decides. */
  readonly leastSimilarity: number
}

const FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx']

export const MODELS: readonly ModelOffer[] = [
  { id: 'all-minilm-l6-v2', repository: 'Xenova/all-MiniLM-L6-v2', revision: 'main', files: FILES, megabytes: 24, leastSimilarity: 0.92 },
  { id: 'bge-small-en-v1.5', repository: 'Xenova/bge-small-en-v1.5', revision: 'main', files: FILES, megabytes: 35, leastSimilarity: 0.94 },
]

export interface FetchModelOptions {
  /** The folder that will hold the model's folder. */
  readonly folder: string
  readonly fetch: typeof globalThis.fetch
  /** Asked once before anything leaves the machine; false ends it. */
  readonly consent: (offer: ModelOffer) => Promise<boolean>
  readonly signal?: AbortSignal
}

const HOST = 'https://huggingface.co'
const MANIFEST = 'switchyard-model.json'

/**
 * Brings a model to disk if it is not there, and checks every file: new ones against the checksums that the hub lists for the revision (SHA-256 of large
 * files, Git blob SHA-1 of small ones), kept ones against the SHA-256 noted when they came. A file appears under its name only once it has been checked.
 * @returns the model's folder
 * @throws EmbedderError without consent, or when a file is missing or not what was listed
 */
export async function fetchModel(offer: ModelOffer, { folder, fetch, consent, signal }: FetchModelOptions): Promise<string> {
  const place = join(folder, offer.id)
  if (await isIntact(place, offer)) return place
  if (!(await consent(offer))) throw new EmbedderError(`${offer.repository} was not loaded: you did not agree to it`)
  const get = async (path: string): Promise<Response> => {
    const answer = await fetch(`${HOST}/${path}`, signal === undefined ? {} : { signal })
    if (!answer.ok) throw new EmbedderError(`${HOST}/${path} answered ${answer.status}`)
    return answer
  }
  const listed = readListing(await (await get(`api/models/${offer.repository}/tree/${offer.revision}?recursive=true`)).json())
  const sums: Record<string, string> = {}
  for (const file of offer.files) {
    const bytes = new Uint8Array(await (await get(`${offer.repository}/resolve/${offer.revision}/${file}`)).arrayBuffer())
    const expected = listed.get(file)
    if (expected === undefined || !matches(bytes, expected))
      throw new EmbedderError(`${file} of ${offer.repository} is not what the hub lists; it was thrown away`)
    await writeChecked(join(place, file), bytes)
    sums[file] = sha256(bytes)
  }
  await writeChecked(join(place, MANIFEST), new TextEncoder().encode(JSON.stringify(sums)))
  return place
}

type Expected = { readonly is: 'sha256' | 'git-blob'; readonly sum: string }

/** The hub's tree: `oid` is the Git blob's hash, `lfs.oid` the SHA-256 of a large file. https://huggingface.co/docs/hub/api */
function readListing(tree: unknown): ReadonlyMap<string, Expected> {
  const listed = new Map<string, Expected>()
  for (const item of Array.isArray(tree) ? (tree as unknown[]) : []) {
    const { path, oid, lfs } = item as { readonly path?: unknown; readonly oid?: unknown; readonly lfs?: { readonly oid?: unknown } }
    if (typeof path !== 'string') continue
    if (typeof lfs?.oid === 'string') listed.set(path, { is: 'sha256', sum: lfs.oid })
    else if (typeof oid === 'string') listed.set(path, { is: 'git-blob', sum: oid })
  }
  return listed
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function matches(bytes: Uint8Array, { is, sum }: Expected): boolean {
  return sum === (is === 'sha256' ? sha256(bytes) : createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex'))
}

async function writeChecked(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.part`, bytes)
  await rename(`${path}.part`, path)
}

async function isIntact(place: string, offer: ModelOffer): Promise<boolean> {
  let sums: Record<string, string>
  try {
    sums = JSON.parse(await readFile(join(place, MANIFEST), 'utf8')) as Record<string, string>
  } catch {
    // never loaded, or not to its end
    return false
  }
  for (const file of offer.files) {
    const bytes = await readFile(join(place, file)).catch(() => undefined)
    if (bytes !== undefined && sha256(bytes) === sums[file]) continue
    await rm(place, { recursive: true, force: true })
    return false
  }
  return true
}
