/** A model's files on disk: brought from the hub piece by piece, checked, and only then given their names. */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type LocalModelProblem, problemInEnglish } from '../../../../../shared/local-models.ts'
import type { Send } from '../../../attempt/send.ts'
import { Departure } from '../../../departure.ts'
import { bytesOf, type ModelFile, type ModelOffer } from './models.ts'

export interface FetchModelOptions {
  /** The model's own folder. */
  readonly place: string
  /** Without a slash at its end. */
  readonly hub: string
  /** Follows redirects. */
  readonly send: Send
  readonly signal: AbortSignal
  /** Told with every piece: bytes of all files that are on disk now. */
  readonly onProgress: (received: number) => void
}

/** A server that sends nothing for so long is taken for gone. */
const SILENCE_MS = 30_000

/** A model could not be brought or used. */
export class ModelError extends Error {
  readonly problem: LocalModelProblem
  constructor(problem: LocalModelProblem) {
    super(problemInEnglish(problem))
    this.name = 'ModelError'
    this.problem = problem
  }
}

/**
 * Brings what is not there yet. A file appears under its name only once its SHA-256 is the pinned one; a wrong one is deleted. What a broken attempt has left
 * is gone on from where the server can do that.
 * @throws ModelError, or the signal's reason
 */
export async function fetchModel(offer: ModelOffer, options: FetchModelOptions): Promise<void> {
  let before = 0
  for (const file of offer.files) {
    const told = (received: number): void => options.onProgress(before + received)
    if (!(await isRight(join(options.place, file.path), file))) await fetchFile(offer, file, options, told)
    before += file.bytes
    told(0)
  }
}

/** Bytes of a model that are on disk, finished or not. `whole`: every file has its name and its size; sums are looked at when it is started. */
export async function onDisk(offer: ModelOffer, place: string): Promise<{ readonly received: number; readonly whole: boolean }> {
  let received = 0
  let whole = true
  for (const file of offer.files) {
    const path = join(place, file.path)
    const size = await sizeOf(path)
    if (size === file.bytes) received += size
    else {
      whole = false
      received += await sizeOf(partOf(path))
    }
  }
  return { received: Math.min(received, bytesOf(offer)), whole }
}

/** Takes a model, and what there is of one, from the disk. */
export async function removeModel(place: string): Promise<void> {
  await rm(place, { recursive: true, force: true })
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function fetchFile(offer: ModelOffer, file: ModelFile, { place, hub, send, signal }: FetchModelOptions, told: (received: number) => void): Promise<void> {
  const path = join(place, file.path)
  const part = partOf(path)
  await mkdir(dirname(path), { recursive: true })
  const silence = new AbortController()
  const heard = setTimeout(() => silence.abort(new Error(`nothing came for ${SILENCE_MS / 1000} seconds`)), SILENCE_MS)
  const departure = Departure.of(AbortSignal.any([signal, silence.signal]))
  try {
    const kept = await sizeOf(part)
    const from = kept < file.bytes ? kept : 0
    const url = `${hub}/${offer.repository}/resolve/${offer.revision}/${file.path}`
    const headers = { accept: '*/*', 'user-agent': 'Switchyard', ...(from > 0 && { range: `bytes=${from}-` }) }
    const answer = await send({ method: 'GET', url, headers, body: undefined }, departure)
    if (answer.status !== 200 && answer.status !== 206) throw new ModelError({ code: 'refused', file: file.path, status: answer.status })
    const goesOn = from > 0 && answer.status === 206 && answer.headers['content-range']?.startsWith(`bytes ${from}-`) === true
    const hash = createHash('sha256')
    if (goesOn) await hashFile(part, hash)
    const written = await open(part, goesOn ? 'a' : 'w')
    try {
      await write(answer.body, { written, hash, from: goesOn ? from : 0, most: file.bytes, heard, told })
    } finally {
      await written.close()
    }
    if (hash.digest('hex') !== file.sha256) {
      await rm(part, { force: true })
      throw new ModelError({ code: 'wrong-file', file: file.path })
    }
    await rename(part, path)
  } catch (thrown) {
    if (thrown instanceof ModelError) throw thrown
    signal.throwIfAborted()
    throw new ModelError({ code: 'broken-off', file: file.path, why: whyOf(silence.signal.aborted ? silence.signal.reason : thrown) })
  } finally {
    clearTimeout(heard)
    // closes what is still open
    departure.leave()
  }
}

interface Written {
  readonly written: FileHandle
  readonly hash: Hash
  readonly from: number
  readonly most: number
  readonly heard: NodeJS.Timeout
  readonly told: (received: number) => void
}

/** Ends early where more comes than the file is long: it is the wrong one whatever follows. @throws where less came, so that the part is kept */
async function write(body: AsyncIterable<Uint8Array>, { written, hash, from, most, heard, told }: Written): Promise<void> {
  let received = from
  for await (const piece of body) {
    heard.refresh()
    received += piece.length
    hash.update(piece)
    await written.write(piece)
    told(Math.min(received, most))
    if (received > most) return
  }
  if (received < most) throw new Error(`${received} of ${most} bytes came`)
}

async function isRight(path: string, file: ModelFile): Promise<boolean> {
  if ((await sizeOf(path)) !== file.bytes) return false
  const hash = createHash('sha256')
  await hashFile(path, hash)
  return hash.digest('hex') === file.sha256
}

async function hashFile(path: string, hash: Hash): Promise<void> {
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array)
}

const partOf = (path: string): string => `${path}.part`

/** 0 where there is no such file. */
async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0
}

function whyOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
