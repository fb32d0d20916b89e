/** What Switchyard needs of the machine it runs on. Each check asks the system, changes nothing that stays, and gives one finding. */
import { constants } from 'node:fs'
import { access, readdir, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import type { FindingOf } from '../../../shared/doctor.ts'

const ENOUGH_FREE_BYTES = 500 * 1024 * 1024
/** A request holds two connections; below this some hundred at a time exhaust it. */
const FEW_FILES = 1_024
const HEALTH_LIMIT_MS = 1_000

/** Whether it is there and can be written, by whom else it can be read, and how much is in it. */
export async function checkDataFolder(path: string): Promise<FindingOf<'data-folder'>> {
  const of = 'data-folder'
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) {
    const parent = await nearest(path)
    return access(parent, constants.W_OK).then(
      () => ({ of, path, is: 'warn', why: 'not-yet' }),
      () => ({ of, path, is: 'bad', why: 'not-to-be-made', told: parent }),
    )
  }
  if (!found.isDirectory()) return { of, path, is: 'bad', why: 'no-folder', told: 'ENOTDIR' }
  const bytes = await sizeOf(path)
  const trial = join(path, `.doctor-${process.pid}`)
  try {
    await writeFile(trial, '', { mode: 0o600 })
    await rm(trial)
  } catch (thrown) {
    return { of, path, is: 'bad', why: 'not-writable', told: (thrown as NodeJS.ErrnoException).code ?? 'unknown' }
  }
  // Windows has no such bits
  const isOpen = process.platform !== 'win32' && (found.mode & 0o077) !== 0
  return isOpen ? { of, path, is: 'warn', why: 'others-read' } : { of, path, is: 'ok', bytes }
}

/** Of the disk on which a folder is, or would be. */
export async function checkDisk(path: string): Promise<FindingOf<'disk'>> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  )
  const { bavail, bsize } = await statfs(isThere ? path : await nearest(path))
  const freeBytes = bavail * bsize
  return { of: 'disk', is: freeBytes < ENOUGH_FREE_BYTES ? 'warn' : 'ok', freeBytes }
}

/** Whether 127.0.0.1 can be listened on there, or a Switchyard does so already. @param isWanted absent that port, the next one will not do */
export async function checkPort(port: number, isWanted: boolean, isOurs: typeof isSwitchyard = isSwitchyard): Promise<FindingOf<'endpoint'>> {
  const of = 'endpoint'
  const address = `127.0.0.1:${port}`
  const taken = await whyNotOn(port)
  if (taken === undefined) return { of, is: 'ok', state: 'free', address }
  if (taken !== 'EADDRINUSE') return { of, is: 'bad', state: 'refused', address, code: taken }
  if (await isOurs(port)) return { of, is: 'ok', state: 'listens', address: `http://${address}`, lan: [] }
  return isWanted ? { of, is: 'bad', state: 'taken', address } : { of, is: 'warn', state: 'next-port', address }
}

/** undefined where the system does not tell (anything but Linux). */
export async function checkOpenFiles(proc = '/proc/self'): Promise<FindingOf<'open-files'> | undefined> {
  const limits = await readFile(join(proc, 'limits'), 'utf8').catch(() => '')
  const limit = /^Max open files\s+(\d+)/m.exec(limits)?.[1]
  if (limit === undefined) return undefined
  const open = (await readdir(join(proc, 'fd')).catch(() => [])).length
  return { of: 'open-files', is: Number(limit) < FEW_FILES || open > Number(limit) * 0.8 ? 'warn' : 'ok', limit: Number(limit), open }
}

async function nearest(path: string): Promise<string> {
  const parent = dirname(path)
  if (parent === path) return path
  const found = await stat(parent).catch(() => undefined)
  return found === undefined ? nearest(parent) : parent
}

/** Of a folder's files, in bytes. What goes away meanwhile counts nothing. */
async function sizeOf(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => [])
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** The system's code for why nobody can listen there; undefined: one can. */
function whyNotOn(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(undefined)))
  })
}

async function isSwitchyard(port: number): Promise<boolean> {
  try {
    const answer: unknown = await (await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(HEALTH_LIMIT_MS) })).json()
    return typeof answer === 'object' && answer !== null && 'status' in answer && answer.status === 'ok' && 'version' in answer
  } catch {
    // silent, or no JSON: a stranger
    return false
  }
}
