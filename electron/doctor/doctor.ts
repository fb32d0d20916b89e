/** `--doctor`: looks at everything that Switchyard needs, says what it finds in one line each, and starts nothing. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Settings, settingsSchema } from '../../shared/settings.ts'
import { createUpstream } from '../engine/attempt/upstream.ts'
import { VaultKeeper } from '../engine/credentials/vault-keeper.ts'
import { NetworkKeeper } from '../engine/network-keeper.ts'
import { environmentVariables, providersWith } from '../engine/providers/registry.ts'
import { checkDatabase } from '../engine/storage/check-database.ts'
import { RoutingFile } from '../engine/storage/routing-file.ts'
import { SettingsFile } from '../engine/storage/settings-file.ts'
import { VERSION } from '../version.ts'
import { checkCatalog, checkDatabaseState, checkDataDir, checkPort, checkReach, checkVault } from './checks.ts'
import { exitCodeOf, type Finding, printed } from './finding.ts'

export interface DoctorOptions {
  readonly dataDir: string
  /** undefined: the usual one. */
  readonly port: number | undefined
  readonly vault: string | undefined
  readonly online: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly say: (line: string) => void
  readonly now?: () => number
}

/** Returns the exit code: 0, or 1 as soon as anything failed. */
export async function runDoctor(options: DoctorOptions): Promise<0 | 1> {
  const findings = await examine(options)
  for (const line of printed(findings)) options.say(line)
  return exitCodeOf(findings)
}

export async function examine({ dataDir, port, vault, online, environment, now = Date.now }: DoctorOptions): Promise<readonly Finding[]> {
  const version: Finding = { of: 'version', is: 'ok', says: `Switchyard ${VERSION}, Node ${process.versions.node}, ${process.platform} ${process.arch}` }
  const folder = await checkDataDir(dataDir)
  const before = [version, folder.finding]
  // the files' readers would make the folder
  const files = folder.exists ? readFiles(dataDir) : { settings: undefined, findings: [] }
  const settings = files.settings
  const database = folder.exists ? checkDatabase(dataDir) : ({ is: 'none' } as const)
  const providers = providersWith(settings?.customProviders ?? [], settings)
  const setting = isVault(vault) ? vault : (settings?.vault ?? 'auto')
  const keeper = new VaultKeeper({
    ...{ dataDir, setting, environment, environmentVariables: environmentVariables(providers.values()) },
    // nothing is chosen here
    onChosen: () => undefined,
  })
  const findings: Finding[] = [
    ...before,
    ...files.findings,
    checkDatabaseState(database),
    await checkVault(keeper, setting, database.is === 'whole' ? database.keys : 0),
    await checkPort(port),
    checkCatalog(await fetchedAt(dataDir), now()),
  ]
  if (!online) return findings

  const { network, timeouts } = settings ?? settingsSchema.parse({})
  // as a start would call them
  const outbound = new NetworkKeeper({ settings: () => network, save: () => undefined, keeper: () => keeper, environment, onError: () => undefined })
  await outbound.load()
  const upstream = createUpstream({ connectMs: () => timeouts.connectMs, outbound: () => outbound.current() })
  const known = new Set([...keeper.environment.secrets().map(({ provider }) => provider), ...(database.is === 'whole' ? database.providers : [])])
  const reached = [...providers.values()].flatMap((provider) => {
    const baseUrl = settings?.baseUrls[provider.id]?.replace(/\/+$/, '') ?? provider.baseUrl
    return known.has(provider.id) && baseUrl !== undefined ? [checkReach(provider, baseUrl, upstream.send)] : []
  })
  findings.push(...(await Promise.all(reached)))
  if (reached.length === 0) findings.push({ of: 'reach', is: 'note', says: 'no provider has a key, so none was asked' })
  upstream.close()
  return findings
}

/** Settings and routing as they would be read at a start, which a mistake in either of them prevents. */
function readFiles(dataDir: string): { readonly settings: Settings | undefined; readonly findings: readonly Finding[] } {
  const findings: Finding[] = []
  let settings: Settings | undefined
  try {
    settings = new SettingsFile(dataDir).current
    findings.push({ of: 'settings.json', is: 'ok', says: 'valid, or not there' })
  } catch (thrown) {
    findings.push({
      of: 'settings.json',
      is: 'bad',
      says: thrown instanceof Error ? thrown.message : String(thrown),
      todo: 'mend the field, or move the file away',
    })
  }
  try {
    new RoutingFile(dataDir)
    findings.push({ of: 'routing.json', is: 'ok', says: 'valid, or not there' })
  } catch (thrown) {
    findings.push({
      of: 'routing.json',
      is: 'bad',
      says: thrown instanceof Error ? thrown.message : String(thrown),
      todo: 'mend the field, or move the file away',
    })
  }
  return { settings, findings }
}

/** When the price list was fetched, see catalog/refresh.ts; undefined: never, or what was kept cannot be read, which counts as nothing there too. */
async function fetchedAt(dataDir: string): Promise<number | undefined> {
  try {
    const kept = JSON.parse(await readFile(join(dataDir, 'catalog.json'), 'utf8')) as { readonly priceList?: { readonly fetchedAt?: unknown } }
    return typeof kept.priceList?.fetchedAt === 'number' ? kept.priceList.fetchedAt : undefined
  } catch {
    return undefined
  }
}

function isVault(name: string | undefined): name is Settings['vault'] {
  return name === 'auto' || name === 'keychain' || name === 'file' || name === 'environment' || name === 'memory'
}
