/** The doctor: one list of checks, for a Switchyard that runs and for a data folder that nobody uses yet. What differs comes in as facts. */
import type { DoctorFinding, FindingOf } from '../../../shared/doctor.ts'
import type { NetworkStatus } from '../../../shared/network.ts'
import type { Send } from '../attempt/send.ts'
import type { VaultKeeper } from '../credentials/vault-keeper.ts'
import type { DatabaseState } from '../storage/check-database.ts'
import { checkDataFolder, checkDisk, checkOpenFiles } from './machine.ts'
import { checkClock, checkReach, type Reached } from './outside.ts'
import { checkCatalog, checkDatabase, checkFiles, checkKeys, checkNetwork } from './setup.ts'

export interface DoctorFacts {
  readonly version: string
  readonly dataDir: string
  readonly keeper: VaultKeeper
  readonly storedKeys: number
  /** Reads all of it. */
  readonly database: () => DatabaseState | Promise<DatabaseState>
  readonly endpoint: () => Promise<FindingOf<'endpoint'>> | FindingOf<'endpoint'>
  readonly prices: { readonly asOf: string; readonly fetched: boolean } | undefined
  readonly network: NetworkStatus
  /** Those that there is a key for. */
  readonly reached: readonly Reached[]
  readonly send: Send
  readonly now: () => number
}

/** What takes time, or asks others. */
export interface DoctorReach {
  readonly database: boolean
  readonly online: boolean
}

export async function examine(facts: DoctorFacts, { database, online }: DoctorReach): Promise<readonly DoctorFinding[]> {
  const { version, dataDir, keeper, storedKeys, prices, network, reached, send, now } = facts
  const folder = await checkDataFolder(dataDir)
  const isThere = folder.is === 'ok' || (folder.why !== 'not-yet' && folder.why !== 'not-to-be-made' && folder.why !== 'no-folder')
  const platform = `${process.platform} ${process.arch}`
  const findings = await Promise.all([
    { of: 'version' as const, is: 'ok' as const, version, node: process.versions.node, platform },
    folder,
    checkDisk(dataDir),
    ...(isThere ? checkFiles(dataDir) : []),
    ...(database ? [databaseOf(facts)] : []),
    checkKeys(keeper, storedKeys),
    facts.endpoint(),
    ...(prices === undefined ? [] : [checkCatalog(prices.asOf, prices.fetched, now())]),
    checkNetwork(network, now()),
    checkOpenFiles(),
    ...(online ? [checkClock(reached[0]?.baseUrl, send, now), ...reached.map((each) => checkReach(each, send))] : []),
  ])
  return findings.filter((finding) => finding !== undefined)
}

async function databaseOf({ database }: DoctorFacts): Promise<FindingOf<'database'>> {
  const began = performance.now()
  return checkDatabase(await database(), performance.now() - began)
}
