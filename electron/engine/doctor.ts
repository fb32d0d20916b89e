/** Looks at what Switchyard needs, as a list of checks. Each takes facts or asks the system, changes nothing that stays, and gives one finding. */
import { readdir, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DoctorFinding } from '../../shared/doctor.ts'
import type { NetworkStatus } from '../../shared/network.ts'
import type { Send } from './attempt/send.ts'
import { Departure } from './departure.ts'

type FindingOf<Subject extends DoctorFinding['of']> = Extract<DoctorFinding, { readonly of: Subject }>

const ENOUGH_FREE_BYTES = 500 * 1024 * 1024
const OLD_CATALOG_DAYS = 60
/** Signatures of AWS are void beyond five minutes; tokens of Google and others at about one. */
const CLOCK_TOLERANCE_MS = 60_000
/** A request holds two connections; below this some hundred at a time exhaust it. */
const FEW_FILES = 1_024
const TIME_LIMIT_MS = 8_000
const DAY_MS = 86_400_000

/** Tries to write, and adds up what is there. */
export async function checkDataFolder(path: string): Promise<FindingOf<'data-folder'>> {
  const bytes = await sizeOf(path)
  const trial = join(path, `.doctor-${process.pid}`)
  try {
    await writeFile(trial, '', { mode: 0o600 })
    await rm(trial)
    return { of: 'data-folder', is: 'ok', path, bytes }
  } catch (thrown) {
    return { of: 'data-folder', is: 'bad', path, bytes, code: (thrown as NodeJS.ErrnoException).code ?? 'unknown' }
  }
}

export async function checkDisk(path: string): Promise<FindingOf<'disk'>> {
  const { bavail, bsize } = await statfs(path)
  const freeBytes = bavail * bsize
  return { of: 'disk', is: freeBytes < ENOUGH_FREE_BYTES ? 'warn' : 'ok', freeBytes }
}

/** @param quickCheck what SQLite has to complain of; empty for nothing */
export async function checkDatabase(quickCheck: () => Promise<readonly string[]>): Promise<DoctorFinding> {
  const began = performance.now()
  const damage = await quickCheck()
  return { of: 'database', is: damage.length === 0 ? 'ok' : 'bad', damage, ms: Math.round(performance.now() - began) }
}

/** @param asOf the newest date of the price list, ISO */
export function checkCatalog(asOf: string, now: number): FindingOf<'catalog'> {
  const days = Math.max(0, Math.floor((now - Date.parse(asOf)) / DAY_MS))
  return { of: 'catalog', is: days > OLD_CATALOG_DAYS ? 'warn' : 'ok', asOf, days }
}

/** By the `date` of a server's answer, whatever it answers: RFC 9110 6.6.1. Half of the time on the way is taken off. */
export async function checkClock(url: string | undefined, send: Send, now: () => number): Promise<DoctorFinding> {
  if (url === undefined) return { of: 'clock', is: 'unknown', by: undefined }
  const by = new URL(url).host
  try {
    const asked = now()
    const answer = await send({ method: 'GET', url, headers: { accept: '*/*' }, body: undefined }, Departure.of(AbortSignal.timeout(TIME_LIMIT_MS)))
    const at = (asked + now()) / 2
    // leaving at once closes the connection: of the body nothing is wanted
    for await (const _ of answer.body) break
    const told = Date.parse(answer.headers.date ?? '')
    if (Number.isNaN(told)) return { of: 'clock', is: 'unknown', by }
    // it is told in whole seconds
    const aheadMs = Math.round(at - told - 500)
    return { of: 'clock', is: Math.abs(aheadMs) > CLOCK_TOLERANCE_MS ? 'warn' : 'ok', aheadMs, by }
  } catch {
    // offline, or the server is down: the connection has a check of its own
    return { of: 'clock', is: 'unknown', by }
  }
}

/** undefined where the system does not tell (anything but Linux). */
export async function checkOpenFiles(proc = '/proc/self'): Promise<DoctorFinding | undefined> {
  const limits = await readFile(join(proc, 'limits'), 'utf8').catch(() => '')
  const limit = /^Max open files\s+(\d+)/m.exec(limits)?.[1]
  if (limit === undefined) return undefined
  const open = (await readdir(join(proc, 'fd')).catch(() => [])).length
  return { of: 'open-files', is: Number(limit) < FEW_FILES || open > Number(limit) * 0.8 ? 'warn' : 'ok', limit: Number(limit), open }
}

export function checkNetwork({ proxy, password, ca }: Pick<NetworkStatus, 'proxy' | 'password' | 'ca'>, now: number): DoctorFinding {
  const wrong = [
    ...(ca?.is === 'refused' ? (['ca-file'] as const) : []),
    ...(ca?.is === 'read' && ca.certificates.some(({ validTo }) => validTo < now) ? (['ca-expired'] as const) : []),
    ...(proxy === 'own' && password === 'missing' ? (['password'] as const) : []),
  ]
  return { of: 'network', is: wrong.length === 0 ? 'ok' : 'warn', proxy, wrong }
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
