/** What the data folder holds, and whether Switchyard can work with it. Each check takes facts and gives one finding. */
import type { FileFinding, FindingOf } from '../../../shared/doctor.ts'
import type { NetworkStatus } from '../../../shared/network.ts'
import type { VaultKeeper } from '../credentials/vault-keeper.ts'
import type { DatabaseState } from '../storage/check-database.ts'
import { RoutingFile } from '../storage/routing-file.ts'
import { SettingsFile } from '../storage/settings-file.ts'

const OLD_CATALOG_DAYS = 60
const DAY_MS = 86_400_000

/** Reads them as a start does, which a mistake in either prevents. Their readers would make the folder: call it only where there is one. */
export function checkFiles(dataDir: string): readonly FileFinding[] {
  const check = (of: 'settings.json' | 'routing.json', read: () => unknown): FileFinding => {
    try {
      read()
      return { of, is: 'ok', why: undefined }
    } catch (thrown) {
      return { of, is: 'bad', why: thrown instanceof Error ? thrown.message : String(thrown) }
    }
  }
  return [check('settings.json', () => new SettingsFile(dataDir)), check('routing.json', () => new RoutingFile(dataDir))]
}

/** @param ms how long it took to read it through */
export function checkDatabase(state: DatabaseState, ms: number): FindingOf<'database'> {
  const of = 'database'
  switch (state.is) {
    case 'none':
      return { of, is: 'warn', why: 'not-yet' }
    case 'damaged':
      return { of, is: 'bad', why: 'damaged', damage: state.damage }
    case 'too-new':
      return { of, is: 'bad', why: 'too-new', format: state.version, known: state.known }
    case 'whole':
      return { of, is: 'ok', requests: state.requests, bytes: state.bytes, ms: Math.round(ms), format: state.version, known: state.known }
  }
}

/** Where keys rest, and whether that place answers. Asks the keychain where that is the choice. */
export async function checkKeys(keeper: VaultKeeper, stored: number): Promise<FindingOf<'keys'>> {
  await keeper.ready()
  const { backend, locked, keychain } = keeper.status()
  const variables = keeper.environment.secrets().map(({ variable }) => variable)
  const isBad = backend === 'keychain' && !keychain.works
  const isNoted = backend === undefined || backend === 'memory' || locked
  return { of: 'keys', is: isBad ? 'bad' : isNoted ? 'warn' : 'ok', backend, locked, keychain, stored, variables }
}

/** @param asOf the newest date of the price list, ISO */
export function checkCatalog(asOf: string, fetched: boolean, now: number): FindingOf<'catalog'> {
  const days = Math.max(0, Math.floor((now - Date.parse(asOf)) / DAY_MS))
  return { of: 'catalog', is: days > OLD_CATALOG_DAYS ? 'warn' : 'ok', asOf, days, fetched }
}

export function checkNetwork({ proxy, password, ca }: Pick<NetworkStatus, 'proxy' | 'password' | 'ca'>, now: number): FindingOf<'network'> {
  const wrong = [
    ...(ca?.is === 'refused' ? (['ca-file'] as const) : []),
    ...(ca?.is === 'read' && ca.certificates.some(({ validTo }) => validTo < now) ? (['ca-expired'] as const) : []),
    ...(proxy === 'own' && password === 'missing' ? (['password'] as const) : []),
  ]
  return { of: 'network', is: wrong.length === 0 ? 'ok' : 'warn', proxy, wrong }
}
