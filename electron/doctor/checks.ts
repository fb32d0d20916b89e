/** One function a check, in words for a terminal; what the workbench looks at too is found out by engine/doctor.ts. None changes anything that stays. */
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { english } from '../../shared/messages/english.ts'
import type { Settings } from '../../shared/settings.ts'
import { readAll } from '../engine/attempt/pulled-body.ts'
import type { Send } from '../engine/attempt/send.ts'
import { GENAI_PRICES } from '../engine/catalog/genai-prices.ts'
import type { VaultKeeper } from '../engine/credentials/vault-keeper.ts'
import { Departure } from '../engine/departure.ts'
import { checkCatalog as catalogAge, checkDataFolder, checkDisk } from '../engine/doctor.ts'
import type { ProviderDefinition } from '../engine/providers/define.ts'
import type { DatabaseState } from '../engine/storage/check-database.ts'
import { DEFAULT_PORT } from '../flags.ts'
import type { Finding } from './finding.ts'

const REACH_LIMIT_MS = 8_000
const BODY_LIMIT_BYTES = 16 * 1024 * 1024
const HEALTH_LIMIT_MS = 1_000

/** Whether it can be written, by whom else it can be read, and how much room there is. `exists`: later checks have something to look at. */
export async function checkDataDir(dataDir: string): Promise<{ readonly finding: Finding; readonly exists: boolean }> {
  const of = 'data folder'
  const found = await stat(dataDir).catch(() => undefined)
  if (found === undefined) {
    const parent = await nearest(dataDir)
    const writable = await access(parent, constants.W_OK).then(
      () => true,
      () => false,
    )
    const finding: Finding = writable
      ? { of, is: 'note', says: `${dataDir} does not exist yet; the first start makes it` }
      : { of, is: 'bad', says: `${dataDir} does not exist, and ${parent} cannot be written`, todo: 'choose another with --data-dir' }
    return { finding, exists: false }
  }
  if (!found.isDirectory()) return { finding: { of, is: 'bad', says: `${dataDir} is not a folder`, todo: 'choose another with --data-dir' }, exists: false }
  const written = await checkDataFolder(dataDir)
  if (written.is === 'bad') {
    const todo = 'give yourself the right, or choose another with --data-dir'
    return { finding: { of, is: 'bad', says: `${dataDir} cannot be written (${written.code})`, todo }, exists: true }
  }
  const disk = await checkDisk(dataDir)
  const free = megabytes(disk.freeBytes)
  if (disk.is !== 'ok') {
    return { finding: { of, is: 'bad', says: `${dataDir}: only ${free} free`, todo: 'make room; the ledger and the cache need some' }, exists: true }
  }
  // Windows has no such bits
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    return { finding: { of, is: 'note', says: `${dataDir} can be read by other users of this machine`, todo: `chmod 700 ${dataDir}` }, exists: true }
  }
  return { finding: { of, is: 'ok', says: `${dataDir}, writable, ${free} free` }, exists: true }
}

export function checkDatabaseState(state: DatabaseState): Finding {
  const of = 'database'
  switch (state.is) {
    case 'none':
      return { of, is: 'note', says: 'none yet; the first start makes it' }
    case 'damaged':
      return {
        of,
        is: 'bad',
        says: `damaged: ${state.why}`,
        todo: 'start Switchyard: it moves the file aside, begins a new one and takes over what can be read of the keys',
      }
    case 'too-new':
      return { of, is: 'bad', says: `written by a newer Switchyard (format ${state.version}, this one knows ${state.known})`, todo: 'update Switchyard' }
    case 'whole': {
      const pending = state.version < state.known ? `, format ${state.version}; the next start brings it to ${state.known}` : ''
      return { of, is: 'ok', says: `whole, ${state.requests} requests, ${megabytes(state.bytes)}${pending}` }
    }
  }
}

/** Where keys rest, and whether that place answers. Asks the keychain where that is the choice. */
export async function checkVault(keeper: VaultKeeper, setting: Settings['vault'], storedKeys: number): Promise<Finding> {
  const of = 'keys'
  await keeper.ready()
  const { backend, locked, keychain } = keeper.status()
  const why = keychain.reason === undefined ? 'it does not answer' : english(keychain.reason)
  const inEnvironment = keeper.environment.secrets().map(({ variable }) => variable)
  const found = [`${storedKeys} stored`, ...(inEnvironment.length === 0 ? [] : [`in the environment: ${inEnvironment.join(', ')}`])].join('; ')
  switch (backend) {
    case 'keychain':
      if (!keychain.works)
        return {
          of,
          is: 'bad',
          says: `the ${keychain.name} cannot be used: ${why}`,
          todo: 'unlock it, or choose another place with --vault',
        }
      return { of, is: 'ok', says: `in the ${keychain.name}; ${found}` }
    case 'file':
      return { of, is: 'ok', says: `in an encrypted file${locked ? ', which asks for its passphrase in the workbench' : ''}; ${found}` }
    case 'environment':
      return { of, is: 'ok', says: `from environment variables alone; ${found}` }
    case 'memory':
      return { of, is: 'note', says: `in memory until Switchyard ends; ${found}` }
    case undefined:
      return {
        ...{
          of,
          is: 'note',
          says: `no place for keys yet (${setting}): the ${keychain.name} cannot be used: ${why} (${found})`,
        },
        todo: 'choose one in the workbench, or with --vault file, environment or memory',
      }
  }
}

/** A port that was asked for must be free, or be Switchyard's already; of the usual one the next will do. */
export async function checkPort(asked: number | undefined, health: typeof healthOf = healthOf): Promise<Finding> {
  const of = 'port'
  const port = asked ?? DEFAULT_PORT
  const taken = await codeOf(port)
  if (taken === undefined) return { of, is: 'ok', says: `127.0.0.1:${port} is free` }
  if (taken !== 'EADDRINUSE') return { of, is: 'bad', says: `127.0.0.1:${port} cannot be listened on (${taken})`, todo: 'choose another with --port' }
  const version = await health(port)
  if (version !== undefined) return { of, is: 'ok', says: `Switchyard ${version} listens on 127.0.0.1:${port}` }
  if (asked === undefined) return { of, is: 'note', says: `127.0.0.1:${port} is in use by another program; the next free port is taken instead` }
  return { of, is: 'bad', says: `127.0.0.1:${port} is in use by another program`, todo: 'end it, or choose another with --port' }
}

/** `fetchedAt`: when the price list was fetched last; undefined: the one that came with Switchyard is in use. */
export function checkCatalog(fetchedAt: number | undefined, now: number): Finding {
  const of = 'catalog'
  const asOf = fetchedAt === undefined ? GENAI_PRICES.publishedOn : new Date(fetchedAt).toISOString().slice(0, 10)
  const age = catalogAge(asOf, now)
  const says = `prices of ${asOf}${fetchedAt === undefined ? ', as they came with Switchyard' : ', fetched'}`
  if (age.is === 'ok') return { of, is: 'ok', says }
  return { of, is: 'note', says: `${says}: ${age.days} days old`, todo: 'Models screen, Refresh' }
}

/** Any answer will do, a refusal included: nothing is signed in for, and no key is sent. */
export async function checkReach(provider: Pick<ProviderDefinition, 'name' | 'validatePath' | 'within'>, baseUrl: string, send: Send): Promise<Finding> {
  const of = 'reach'
  const startedAt = performance.now()
  try {
    const request = { method: 'GET' as const, url: baseUrl + provider.validatePath, headers: { accept: 'application/json' }, body: undefined }
    const answer = await send(
      provider.within === undefined ? request : { ...request, within: provider.within },
      Departure.of(AbortSignal.timeout(REACH_LIMIT_MS)),
    )
    await readAll(answer.body, BODY_LIMIT_BYTES)
    return { of, is: 'ok', says: `${provider.name} answers (${answer.status}) after ${Math.round(performance.now() - startedAt)} ms` }
  } catch (thrown) {
    return { of, is: 'bad', says: `${provider.name} cannot be reached: ${messageOf(thrown)}`, todo: 'look at network, proxy and base URL' }
  }
}

async function nearest(path: string): Promise<string> {
  const parent = dirname(path)
  if (parent === path) return path
  const found = await stat(parent).catch(() => undefined)
  return found === undefined ? nearest(parent) : parent
}

/** The system's code for why nobody can listen there; undefined: one can. */
function codeOf(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(undefined)))
  })
}

/** The version of the Switchyard that listens there; undefined: it is something else. */
async function healthOf(port: number): Promise<string | undefined> {
  try {
    const answer: unknown = await (await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(HEALTH_LIMIT_MS) })).json()
    if (typeof answer !== 'object' || answer === null || !('status' in answer) || answer.status !== 'ok') return undefined
    return 'version' in answer && typeof answer.version === 'string' ? answer.version : undefined
  } catch {
    // silent, or no JSON: a stranger
    return undefined
  }
}

function megabytes(bytes: number): string {
  return bytes < 1024 ** 3 ? `${(bytes / 1024 ** 2).toFixed(1)} MB` : `${(bytes / 1024 ** 3).toFixed(1)} GB`
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
