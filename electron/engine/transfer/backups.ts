/** What imports have replaced, as files of the same kind in the data folder: `before-imports/<time>.json`, the last ten. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TransferBackup } from '../../../shared/transfer.ts'
import { holds, readTransfer } from './plan.ts'

const KEPT = 10
const NAME = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}\.json$/

export class TransferBackups {
  readonly #folder: string

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'before-imports')
  }

  /** @param at ms since the epoch; the file is named for it, in UTC */
  async keep(text: string, at: number): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const taken = new Set(await this.#names())
    let moment = at
    while (taken.has(nameOf(moment))) moment++
    const name = nameOf(moment)
    await writeFile(join(this.#folder, `${name}.new`), text, { mode: 0o600 })
    await rename(join(this.#folder, `${name}.new`), join(this.#folder, name))
    for (const old of (await this.#names()).slice(KEPT)) await rm(join(this.#folder, old), { force: true })
    return name
  }

  /** Newest first. What cannot be read (any more) is left out. */
  async list(): Promise<readonly TransferBackup[]> {
    const found = await Promise.all((await this.#names()).map(async (name) => ({ name, text: await this.read(name) })))
    return found.flatMap(({ name, text }) => {
      const reading = text === undefined ? undefined : readTransfer(text)
      return reading?.is === 'read' ? [{ name, at: momentOf(name), parts: holds(reading.file) }] : []
    })
  }

  async read(name: string): Promise<string | undefined> {
    if (!NAME.test(name)) return undefined
    return readFile(join(this.#folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
  }

  async #names(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    return names
      .filter((name) => NAME.test(name))
      .sort()
      .reverse()
  }
}

function nameOf(at: number): string {
  return `${new Date(at).toISOString().replace(/[:.]/g, '-').replace(/Z$/, '')}.json`
}

function momentOf(name: string): number {
  return Date.parse(name.replace(/T(\d{2})-(\d{2})-(\d{2})-(\d{3})\.json$/, 'T$1:$2:$3.$4Z'))
}
